// Sweeps: what the page shows at each step of a slider.
//
// For each stop of one slider, a sweep has the text of each slot and the values of each chart. Python computed it; no
// figure is computed here. A sweep is requested once, and again when anything that it depends on has changed. Until it
// has arrived, the page follows the slider only on release.
//
// This module keeps the page's sliders, their sweeps, and the stops still to be shown, each by its place among the
// slider's stops. It touches no element.

import { paintSoon } from "./painting.js";

const sliders = new Map(); // slider key -> {shown, address, query, basis, asked, sweep}
const waiting = new Map(); // slider key -> place of the stop to show once its sweep has arrived

/** Takes over the sliders from the server, and keeps the sweeps that are still valid. */
export function learnPlaces({ address, query, market, places }) {
  for (const key of sliderKeys()) if (!(key in places)) forget(key);
  for (const [key, place] of Object.entries(places)) {
    const basis = basisOf(key, place, { address, query, market });
    const known = sliders.get(key);
    const kept = known?.basis === basis ? { asked: known.asked, sweep: known.sweep } : {};
    sliders.set(key, { address, query, basis, shown: undefined, ...kept });
  }
}

/** The settings of the page as the server last said them, as query parameters; empty on a page without sliders. */
export function currentQuery() {
  return [...sliders.values()][0]?.query ?? {};
}

/** The keys of the page's sliders. */
export function sliderKeys() {
  return [...sliders.keys()];
}

/** Whether any slider has a valid sweep. */
export function hasSweeps() {
  return [...sliders.values()].some((slider) => slider.sweep);
}

/** Stores where a handle has moved to. Returns whether there is anything to show. */
export function noteMove(key, place) {
  const slider = sliders.get(key);
  if (!slider || slider.shown === place) return false;
  moveTo(key, slider, place);
  return true;
}

/**
 * After an answer of the server: where the reader holds the handle elsewhere, that place wins; otherwise (`held` is
 * undefined) nothing is left to show for it.
 */
export function settle(key, held) {
  const slider = sliders.get(key);
  if (held === undefined) waiting.delete(key);
  else moveTo(key, slider, held);
}

/** Removes and returns the waiting steps whose sweep has arrived, each with its texts and chart values. */
export function takeSteps() {
  const steps = [];
  for (const [key, place] of waiting) {
    const slider = sliders.get(key);
    if (!slider?.sweep) continue;
    waiting.delete(key);
    steps.push(frameAt(slider.sweep, place));
  }
  return steps;
}

/** A sweep at one stop: texts as [slot, text], and patches as values at a path in a chart's figure. */
export function frameAt(sweep, frame) {
  const texts = Object.entries(sweep.slots).filter(([, { cores }]) => frame in cores);
  const patches = sweep.patches.filter(({ frames }) => frame in frames);
  return {
    // A slot's texts are sent without their common start and end.
    texts: texts.map(([slot, { head, cores, tail }]) => [slot, head + cores[frame] + tail]),
    patches: patches.map(({ chart, path, frames }) => ({ chart, path, value: frames[frame] })),
  };
}

/** Requests, in one go, the sweeps of those sliders for which none has been requested yet. */
export async function fetchSweeps(keys) {
  const asked = new Map(keys.map((key) => [key, sliders.get(key)]).filter(([, slider]) => slider && !slider.asked));
  if (asked.size === 0) return;
  for (const slider of asked.values()) slider.asked = true; // after a failure, the next change asks again
  const [{ address, query }] = asked.values();
  const url = new URL(`${address}${[...asked.keys()].join(",")}?${new URLSearchParams(query)}`, document.baseURI);
  try {
    const response = await fetch(url);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    for (const [key, { basis }] of asked) {
      const slider = sliders.get(key);
      if (slider?.basis === basis) slider.sweep = answer[key]; // otherwise it is out of date
    }
    if (waiting.size > 0) paintSoon();
  } catch (problem) {
    console.warn(`The page follows ${[...asked.keys()].join(", ")} on release only: ${problem.message}`);
  }
}

function forget(key) {
  sliders.delete(key);
  waiting.delete(key);
}

function moveTo(key, slider, place) {
  slider.shown = place;
  waiting.set(key, place); // a later step of the same frame replaces an earlier one
  fetchSweeps([key]);
}

// A sweep depends on every input except its own slider's, so moving that slider leaves it valid.
function basisOf(key, stops, { address, query, market }) {
  const others = Object.entries({ ...query, [key]: "" }).sort();
  return JSON.stringify([address, market, others, stops]);
}
