// Streamlit's sliders: the positions of their handles, and the moment to request their sweeps.
//
// Streamlit reports a slider to the server only on release. But a drag writes each step into the slider's range input
// on the page, so this module watches that input.

import { paintNow, paintSoon } from "./painting.js";
import { fetchSweeps, hasSweeps, learnPlaces, noteMove, settle, sliderKeys } from "./sweeps.js";

// The sweeps of the sliders on the screen are requested after the page has been calm for this long: a short time on a
// new page, a longer one while a reader moves a slider. That slider's own sweep is loaded already, and the reader would
// be done before the others were of use.
const CALM_MS = 150;
const REST_MS = 1000;

let watcher = null;
let calmTimer = null;
let byKey = false; // whether the reader moves the handle with keys

/** Takes over the positions of the page's sliders from the server. */
export function learnSliders(data) {
  learnPlaces(data);
  fetchWhenCalm(hasSweeps() ? REST_MS : CALM_MS);
}

/** Watches all sliders of the page, including those added later. */
export function watchSliders() {
  if (watcher) return;
  watcher = new MutationObserver((changes) => changes.forEach((change) => follow(change.target)));
  watcher.observe(document.body, { subtree: true, attributeFilter: ["value", "aria-valuetext"] });
  document.addEventListener("input", (event) => follow(event.target), true);
  document.addEventListener("keydown", () => (byKey = true), true);
  document.addEventListener("pointerdown", () => (byKey = false), true);
  // A reader who points at a slider is probably about to move it.
  for (const sign of ["pointerover", "focusin"]) {
    document.addEventListener(sign, ({ target }) => fetchSweeps([keyOf(target)]), { passive: true });
  }
  document.addEventListener("scroll", () => fetchWhenCalm(CALM_MS), { passive: true, capture: true });
}

/**
 * Lets a handle that the reader still holds win over the data that the server has just sent. This repeats for each
 * part of a run, because the parts arrive one by one, each with the texts of that run.
 */
export function followHandles() {
  for (const key of sliderKeys()) {
    settle(key, Number(document.querySelector(`.st-key-${key} input[type=range]`)?.value)); // NaN if none
  }
}

function follow(input) {
  if (input.type !== "range" || !noteMove(keyOf(input), Number(input.value))) return;
  if (byKey) paintNow();
  else paintSoon();
}

// Streamlit puts a widget's key into a class of the box around it: st-key-<key>.
function keyOf(element) {
  return /st-key-([\w-]+)/.exec(element.closest?.("[class*=st-key-]")?.className ?? "")?.[1];
}

function fetchWhenCalm(calmMs) {
  clearTimeout(calmTimer);
  calmTimer = setTimeout(() => fetchSweeps(sliderKeys().filter(isOnScreen)), calmMs);
}

function isOnScreen(key) {
  const box = document.querySelector(`.st-key-${key}`)?.getBoundingClientRect();
  return box && box.height > 0 && box.bottom > 0 && box.top < window.innerHeight;
}
