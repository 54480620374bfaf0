// Draws charts and readouts, and lets both follow a slider's handle before it is released.
//
// How a move of a handle comes to the screen, module by module:
//  1. sliders.js sees that a handle has moved, and sweeps.js keeps its position. The last position wins.
//  2. painting.js waits for the next animation frame, so that all that has changed is painted once and together.
//  3. The painting begins with bringUpToDate(), below: it takes from sweeps.js what is to be seen at the handle's step,
//     and gives the texts to slots.js and the values to the charts.
//  4. painting.js has the changed charts drawn: charts.js does it, with plotly.js.
// What the server sends comes in through render(): texts go to slots.js, the sliders' places to sliders.js, the rest
// to its view, a chart or a readout, which asks painting.js for a frame when it must be drawn.
//
// Streamlit calls render() again on the same element at every rerun and never undoes the call before. So all that must
// live longer than one call is kept, here or by the module whose subject it is, and replaced, not added to.

import { ChartView } from "./charts.js";
import { adoptStyles, closeMenu } from "./page.js";
import { beginPaintingsWith, paintNever, paintSoon } from "./painting.js";
import { ReadoutView } from "./readouts.js";
import { followHandles, learnSliders, watchSliders } from "./sliders.js";
import { show } from "./slots.js";
import { takeSteps } from "./sweeps.js";

const KINDS = { chart: ChartView, readout: ReadoutView };

const views = new Map(); // parent element -> view
const decoder = new TextDecoder();
let arrived = false; // whether the server has sent something since the last painting

beginPaintingsWith(bringUpToDate);

/** What Streamlit calls with the data of one chart or readout, each time that the server sends it. */
export default function render({ data: bytes, parentElement }) {
  const data = JSON.parse(decoder.decode(bytes));
  adoptStyles();
  closeMenu();
  if (!views.has(parentElement)) views.set(parentElement, new KINDS[data.kind](parentElement));
  const view = views.get(parentElement);
  for (const [slot, text] of Object.entries(data.slots ?? {})) show(slot, text);
  if (data.sliders) learnSliders(data.sliders);
  view.update(data);
  watchSliders();
  arrived = true;
  paintSoon();
  return () => {
    view.remove();
    views.delete(parentElement);
    paintNever(view);
  };
}

// Brings all texts and figures to where the handles stand, and returns the views that must be drawn for it.
function bringUpToDate() {
  if (arrived) followHandles();
  arrived = false;
  const changed = [];
  for (const { texts, patches } of takeSteps()) {
    for (const [slot, text] of texts) show(slot, text);
    for (const { chart, path, value } of patches) {
      for (const view of views.values()) if (view.id === chart && view.move(path, value)) changed.push(view);
    }
  }
  return changed;
}
