// A slider under a finger: a swipe up or down scrolls the page and leaves the slider alone.
//
// The browser's own range input takes the place where a finger comes down, before it is known where the finger goes. So
// the input lets touches pass, and the track around it takes them: it moves the handle once the finger goes sideways, or
// goes up again where it came down. A vertical swipe is the browser's (touch-action: pan-y), which then ends the touch.

const SIDEWAYS = 6; // pixels that a finger goes before it is a drag

/** Lets a finger on the track move the range input, with its own input and change events. */
export function moveByTouch(track, range) {
  let began = null; // where the finger came down
  let drags = false;

  track.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") return;
    [began, drags] = [event.clientX, false];
  });
  track.addEventListener("pointermove", (event) => {
    if (began === null) return;
    if (!drags && Math.abs(event.clientX - began) < SIDEWAYS) return;
    if (!drags) track.setPointerCapture(event.pointerId);
    drags = true;
    moveTo(event.clientX);
  });
  track.addEventListener("pointerup", (event) => {
    if (began === null) return;
    if (!drags) moveTo(event.clientX);
    began = null;
    range.dispatchEvent(new Event("change", { bubbles: true }));
  });
  track.addEventListener("pointercancel", () => {
    if (began !== null && drags) range.dispatchEvent(new Event("change", { bubbles: true }));
    began = null;
  });

  function moveTo(x) {
    const { left, width } = track.getBoundingClientRect();
    const place = placeAt((x - left) / width, Number(range.max));
    if (Number(range.value) === place) return;
    range.value = place;
    range.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** The stop at a share of the track, from 0 to 1. */
export function placeAt(share, last) {
  return Math.round(Math.min(Math.max(share, 0), 1) * last);
}
