// Timing: texts are painted together, once per animation frame; charts one by one, a frame each.
//
// This module keeps the views that wait to be drawn, and whether a painting is due. It knows neither sliders nor
// charts: another module hands in the function that updates them before each painting.

const dirty = new Set(); // views to draw at the next painting
let due = false; // whether a painting is due
let spent = false; // whether the last painting drew a chart
let answered = false; // whether a key press has been painted in an animation frame that is not out yet
let prepare = () => [];

/** Sets the function that each painting starts with. It updates texts and views, and returns the changed views. */
export function beginPaintingsWith(work) {
  prepare = work;
}

/** Paints at the next animation frame, and then draws `view`, where one is given. */
export function paintSoon(view) {
  if (view) dirty.add(view);
  if (due) return;
  due = true;
  requestAnimationFrame(() => paint(!answered));
}

/**
 * Paints at once, but at most once per animation frame. Browsers report pointer moves at the start of a frame, but key
 * presses at any time. A key press thus need not wait for the next frame, and many of them cannot queue up.
 */
export function paintNow() {
  if (answered) {
    paintSoon();
    return;
  }
  answered = true;
  requestAnimationFrame(() => setTimeout(() => (answered = false))); // once the frame is out
  paint(true);
}

/** Forgets a view that is no longer on the page. */
export function paintNever(view) {
  dirty.delete(view);
}

// What a key press has drawn shall be seen before anything else is drawn: the rest of its frame is for texts alone.
function paint(draws) {
  due = false;
  for (const view of prepare()) dirty.add(view);
  // One chart a frame: while a handle moves several of them, texts and handle do not wait for all. The one that has waited
  // longest comes first; one that moves again goes to the end of the row. One that is out of sight takes no frame.
  // A slow one leaves every other frame to texts and handle.
  let drawn = false;
  for (const next of dirty) {
    if (!draws || (spent && next.isSlow)) break;
    dirty.delete(next);
    drawn = next.draw() !== null;
    if (drawn) break;
  }
  spent = drawn;
  if (dirty.size > 0) paintSoon();
}
