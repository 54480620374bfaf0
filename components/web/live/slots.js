// Text slots: named pieces of text. All places that show a slot, in a title or in a table cell, change together.
//
// This module keeps the text of each slot and the elements that show it. Text out of sight is written later, so that a
// drag updates only what is on the screen.

import { make, say } from "./dom.js";

const BEHIND_MS = 80; // views out of sight are written once nothing has moved for this long
const SLOT = /\{([a-z0-9_.-]+)\}/i;

const values = new Map(); // slot name -> text shown now
const places = new Map(); // slot name -> Set of spans that show it
const unseen = new Set(); // roots of views that are out of sight
const behind = new Set(); // those of them with texts still to write
let behindTimer = null;

/** Sets the text of a slot; shown at once where it is in sight. */
export function show(slot, text) {
  if (values.get(slot) === text) return;
  values.set(slot, text);
  for (const span of places.get(slot) ?? []) {
    span.root ??= span.closest(".live-readout, .live-chart"); // looked up once, because a drag calls this at every step
    if (unseen.has(span.root)) leaveBehind(span.root);
    else write(span, text);
  }
  if (behind.size === 0) return;
  clearTimeout(behindTimer);
  behindTimer = setTimeout(() => behind.forEach(catchUp), BEHIND_MS);
}

/** Fills an element with a template such as "At {base.target} the ADS returns {base.total}". */
export function fill(element, template) {
  if (element.dataset.template === template) return;
  forget(element);
  element.dataset.template = template;
  const node = ({ text, slot }) => (slot ? makeSpan(slot) : document.createTextNode(text));
  element.replaceChildren(...parts(template).map(node));
}

/** Splits a template into its texts and slots, in order. */
export function parts(template) {
  return template
    .split(SLOT) // splitting by a pattern with a group keeps the group: text, slot, text, slot, text
    .map((part, index) => (index % 2 === 0 ? { text: part } : { slot: part }));
}

/** A template as one text, with the present texts of its slots. */
export function plain(template) {
  return parts(template)
    .map(({ text, slot }) => (slot ? (values.get(slot) ?? "") : text))
    .join("");
}

/** Forgets the slots in an element that is about to be emptied or removed. */
export function forget(element) {
  for (const span of element.querySelectorAll(".live-slot")) places.get(span.dataset.slot)?.delete(span);
}

/**
 * Watches whether a view is in sight, or nearly so, and calls `tell` whenever that changes. Returns a function that
 * ends the watch.
 */
export function watchSight(root, tell) {
  const sight = new IntersectionObserver(
    ([{ isIntersecting }]) => {
      if (isIntersecting) unseen.delete(root);
      else unseen.add(root);
      if (isIntersecting && behind.has(root)) catchUp(root);
      tell?.(isIntersecting);
    },
    { rootMargin: "200px" },
  );
  sight.observe(root);
  return () => {
    sight.disconnect();
    unseen.delete(root);
    behind.delete(root);
  };
}

function makeSpan(slot) {
  const span = make("span", "live-slot");
  span.dataset.slot = slot;
  write(span, values.get(slot) ?? "");
  if (!places.has(slot)) places.set(slot, new Set());
  places.get(slot).add(span);
  return span;
}

function write(span, text) {
  say(span, text);
  const sign = text.startsWith("−") ? "minus" : text.startsWith("+") ? "plus" : "none";
  if (span.dataset.sign !== sign) span.dataset.sign = sign; // the style of what follows is not worked out for nothing
}

function leaveBehind(root) {
  if (behind.has(root)) return;
  behind.add(root);
  root.dataset.behind = ""; // lets a test, for instance, wait until the texts are written
}

function catchUp(root) {
  behind.delete(root);
  delete root.dataset.behind;
  for (const span of root.querySelectorAll(".live-slot")) write(span, values.get(span.dataset.slot) ?? "");
}
