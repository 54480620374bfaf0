// The moment to request the sweeps of the page's sliders, and the handles that wait for the server.

import { heldAt } from "./inputs.js";
import { fetchSweeps, hasSweeps, learnPlaces, settle, sliderKeys } from "./sweeps.js";

// The sweeps of the sliders on the screen are requested after the page has been calm for this long: a short time on a
// new page, a longer one while a reader moves a slider. That slider's own sweep is loaded already, and the reader would
// be done before the others were of use.
const CALM_MS = 150;
const REST_MS = 1000;

let watches = false;
let calmTimer = null;

/** Takes over the page's sliders from the server. */
export function learnSliders(data) {
  learnPlaces(data);
  fetchWhenCalm(hasSweeps() ? REST_MS : CALM_MS);
}

/** Watches whatever brings a reader near a slider. */
export function watchSliders() {
  if (watches) return;
  watches = true;
  // A reader who points at a slider is probably about to move it.
  for (const sign of ["pointerover", "focusin"]) {
    document.addEventListener(sign, ({ target }) => fetchSweeps([keyOf(target)]), { passive: true });
  }
  document.addEventListener("scroll", () => fetchWhenCalm(CALM_MS), { passive: true, capture: true });
}

/**
 * Lets a handle that the reader has moved on win over the data that the server has just sent. This repeats for each
 * part of a run, because the parts arrive one by one, each with the texts of that run.
 */
export function followHandles() {
  for (const key of sliderKeys()) settle(key, heldAt(key));
}

// An input's key is in a class of the box around it: st-key-<key>.
function keyOf(element) {
  return /st-key-([\w-]+)/.exec(element.closest?.(".live-input")?.className ?? "")?.[1];
}

function fetchWhenCalm(calmMs) {
  clearTimeout(calmTimer);
  calmTimer = setTimeout(() => fetchSweeps(sliderKeys().filter(isOnScreen)), calmMs);
}

function isOnScreen(key) {
  const box = document.querySelector(`.st-key-${key}`)?.getBoundingClientRect();
  return box && box.height > 0 && box.bottom > 0 && box.top < window.innerHeight;
}
