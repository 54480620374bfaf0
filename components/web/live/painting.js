// When things are painted: whatever changes is painted once per animation frame, all of it together.
//
// This module owns the views that wait to be drawn and whether a painting is due. What moves before they are drawn is
// handed in, so it knows neither sliders nor charts.

const dirty = new Set(); // views to draw at the next painting
let due = false; // whether a painting is due
let answered = false; // whether this animation frame has had its answer to a key
let prepare = () => [];

/** Says what each painting begins with: a function that brings texts and views up to date and returns changed views. */
export function beginPaintingsWith(work) {
  prepare = work;
}

/** Paints at the next animation frame; where a view is given, draws it then. */
export function paintSoon(view) {
  if (view) dirty.add(view);
  if (due) return;
  due = true;
  requestAnimationFrame(paint);
}

/**
 * Paints at once, but no more than once per animation frame. The browser hands on a pointer's moves when a frame
 * begins, a key at any time: so a key need not wait for a frame to begin, and many keys cannot queue up.
 */
export function paintNow() {
  if (answered) {
    paintSoon();
    return;
  }
  answered = true;
  requestAnimationFrame(() => (answered = false));
  paint();
}

/** Takes back a view that is gone. */
export function paintNever(view) {
  dirty.delete(view);
}

function paint() {
  due = false;
  for (const view of prepare()) dirty.add(view);
  const views = [...dirty];
  dirty.clear();
  views.forEach((view) => view.draw());
}
