// The native sliders on the page: where their handles stand, and when their sweeps are asked for.
//
// Streamlit tells the server about a slider on release only. Its range input is on the page, though, and a drag writes
// each step into it; so the input is watched.

import { paintNow, paintSoon } from "./painting.js";
import { fetchSweeps, hasSweeps, learnPlaces, noteMove, settle, sliderKeys } from "./sweeps.js";

// The sweeps of what is on the screen are asked for when a page has been calm for so long: soon where it is new, later
// where a reader is moving a slider, whose own sweep is here and who would be done before the others are of use.
const CALM_MS = 150;
const REST_MS = 1000;

let watcher = null;
let calmTimer = null;
let byKey = false; // whether the handle is moved by keys

/** Learns where the server says that the page's sliders stand. */
export function learnSliders(data) {
  learnPlaces(data);
  fetchWhenCalm(hasSweeps() ? REST_MS : CALM_MS);
}

/** Watches all sliders of the page, those too that come later. */
export function watchSliders() {
  if (watcher) return;
  watcher = new MutationObserver((changes) => changes.forEach((change) => follow(change.target)));
  watcher.observe(document.body, { subtree: true, attributeFilter: ["value", "aria-valuetext"] });
  document.addEventListener("input", (event) => follow(event.target), true);
  document.addEventListener("keydown", () => (byKey = true), true);
  document.addEventListener("pointerdown", () => (byKey = false), true);
  // Whoever goes near a slider is about to move it.
  for (const sign of ["pointerover", "focusin"]) {
    document.addEventListener(sign, ({ target }) => fetchSweeps([keyOf(target)]), { passive: true });
  }
  document.addEventListener("scroll", () => fetchWhenCalm(CALM_MS), { passive: true, capture: true });
}

/**
 * Lets each handle that is held win over what the server has just sent: each time anew, as a run's parts come one by
 * one and each brings the texts of that run.
 */
export function followHandles() {
  for (const key of sliderKeys()) {
    settle(key, Number(document.querySelector(`.st-key-${key} input[type=range]`)?.value)); // none: not a number
  }
}

function follow(input) {
  if (input.type !== "range" || !noteMove(keyOf(input), Number(input.value))) return;
  if (byKey) paintNow();
  else paintSoon();
}

// Streamlit gives the box around a widget a class that ends with the widget's key.
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
