// Draws charts and readouts, and lets both follow a slider's handle before it is released.
//
// How a handle's move reaches the screen, module by module:
//  1. inputs.js notices that a handle has moved, and sweeps.js stores the stop. The last one wins.
//  2. painting.js waits for the next animation frame, so that all changes are painted together, once.
//  3. A painting starts with bringUpToDate(), below. It gets the texts and values of the handle's stop from sweeps.js,
//     and passes the texts to slots.js and the values to the charts.
//  4. painting.js tells the changed charts to draw themselves, which charts.js does with plotly.js.
// Data from the server arrive in render(): texts go to slots.js, what is known of the sliders to sliders.js, and the rest
// to the view, which is a chart, a readout or a panel of inputs. A view asks painting.js for a frame when it must be
// drawn.
//
// Streamlit calls render() again on the same element at every rerun, without undoing the previous call. State that must
// outlive one call is therefore kept, here or in the module responsible for it, and replaced rather than added.

import { ChartView } from "./charts.js";
import { DeskView } from "./desk.js";
import { adoptGround } from "./ground.js";
import { InputsView } from "./inputs.js";
import { PackView } from "./pack.js";
import { adoptStyles, closeMenu } from "./page.js";
import { beginPaintingsWith, paintNever, paintSoon } from "./painting.js";
import { ReadoutView } from "./readouts.js";
import { followHandles, learnSliders, watchSliders } from "./sliders.js";
import { show } from "./slots.js";
import { takeSteps } from "./sweeps.js";

const KINDS = { chart: ChartView, desk: DeskView, inputs: InputsView, pack: PackView, readout: ReadoutView };

const views = new Map(); // parent element -> view
const decoder = new TextDecoder();
let arrived = false; // whether the server has sent something since the last painting

beginPaintingsWith(bringUpToDate);

/** Streamlit calls this with the data of one chart or readout, each time that the server sends them. */
export default function render({ data: bytes, parentElement, setTriggerValue }) {
  const data = JSON.parse(decoder.decode(bytes));
  adoptStyles();
  adoptGround(parentElement);
  closeMenu();
  if (!views.has(parentElement)) views.set(parentElement, new KINDS[data.kind](parentElement));
  const view = views.get(parentElement);
  view.tell = setTriggerValue;
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

// Updates all texts and figures to the handles' positions. Returns the views that must be drawn.
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
