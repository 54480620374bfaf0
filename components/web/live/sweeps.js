// Sweeps: what the page shows at each step of a slider.
//
// A sweep says, for each step of one slider, what each slot reads and what each chart draws. Python made it; nothing
// here computes a figure. A sweep is asked for once, and again when anything that it depends on has changed; until it
// is here, the page follows on release.
//
// This module owns the page's sliders, their sweeps and the positions that wait to be shown. It touches no element.

import { paintSoon } from "./painting.js";

const sliders = new Map(); // slider key -> {low, step, at, shown, address, query, basis, asked, sweep}
const waiting = new Map(); // slider key -> position to show as soon as its sweep is here

/** Learns from the server which sliders there are and where they stand, and keeps the sweeps that still hold. */
export function learnPlaces({ address, query, market, places }) {
  for (const key of sliderKeys()) if (!(key in places)) forget(key);
  for (const [key, place] of Object.entries(places)) {
    const basis = basisOf(key, place, { address, query, market });
    const known = sliders.get(key);
    const kept = known?.basis === basis ? { asked: known.asked, sweep: known.sweep } : {};
    sliders.set(key, { ...place, address, query, basis, shown: place.at, ...kept });
  }
}

/** The keys of the page's sliders. */
export function sliderKeys() {
  return [...sliders.keys()];
}

/** Whether there is a slider with a sweep that holds. */
export function hasSweeps() {
  return [...sliders.values()].some((slider) => slider.sweep);
}

/** Notes that a handle stands at a position; says whether it moved, as Streamlit writes the same one at each rerun. */
export function noteMove(key, position) {
  const slider = sliders.get(key);
  if (!slider || slider.shown === position) return false;
  moveTo(key, slider, position);
  return true;
}

/**
 * Compares a handle's position with the one that the server has answered for. Where they differ, the handle wins; else
 * nothing is left to show for it.
 */
export function settle(key, position) {
  const slider = sliders.get(key);
  if (Math.abs(position - slider.at) > slider.step / 2) moveTo(key, slider, position);
  else waiting.delete(key);
}

/** Takes the steps that wait and have their sweep: what slots and charts show there. */
export function takeSteps() {
  const steps = [];
  for (const [key, position] of waiting) {
    const slider = sliders.get(key);
    if (!slider?.sweep) continue;
    waiting.delete(key);
    steps.push(stepAt(slider, position));
  }
  return steps;
}

/** What a sweep says for a position: texts as [slot, text], and patches as values at a path of a chart's figure. */
export function stepAt({ low, step, sweep }, position) {
  const frame = Math.round((position - low) / step);
  const texts = Object.entries(sweep.slots).filter(([, { cores }]) => frame in cores);
  const patches = sweep.patches.filter(({ frames }) => frame in frames);
  return {
    // Texts come without what they all begin and end with.
    texts: texts.map(([slot, { head, cores, tail }]) => [slot, head + cores[frame] + tail]),
    patches: patches.map(({ chart, path, frames }) => ({ chart, path, value: frames[frame] })),
  };
}

/** Asks for the sweeps of those of the sliders that have not been asked for, all in one question. */
export async function fetchSweeps(keys) {
  const asked = new Map(keys.map((key) => [key, sliders.get(key)]).filter(([, slider]) => slider && !slider.asked));
  if (asked.size === 0) return;
  for (const slider of asked.values()) slider.asked = true; // once; a failure is tried again with the next change
  const [{ address, query }] = asked.values();
  const url = new URL(`${address}${[...asked.keys()].join(",")}?${new URLSearchParams(query)}`, document.baseURI);
  try {
    const response = await fetch(url);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    for (const [key, { basis }] of asked) {
      const slider = sliders.get(key);
      if (slider?.basis === basis) slider.sweep = answer[key]; // else it comes too late
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

function moveTo(key, slider, position) {
  slider.shown = position;
  waiting.set(key, position); // a later step of the same frame replaces an earlier one
  fetchSweeps([key]);
}

// A sweep depends on every input but its own slider's: moving a slider leaves its own sweep as good as it was.
function basisOf(key, { low }, { address, query, market }) {
  const others = Object.entries({ ...query, [key]: "" }).sort();
  return JSON.stringify([address, market, others, low]);
}
