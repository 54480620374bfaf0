// Text slots: pieces of text that have a name. Wherever a slot is shown, in a title or in a table cell, all its places
// change together.
//
// This module owns what each slot reads and which elements show it. What nobody sees is written later, so that a drag
// pays only for what is on the screen.

import { make } from "./dom.js";

const BEHIND_MS = 80; // views out of sight are written when nothing has moved for so long
const SLOT = /\{([a-z0-9_.-]+)\}/i;

const values = new Map(); // slot name -> text shown now
const places = new Map(); // slot name -> Set of spans that show it
const unseen = new Set(); // roots of views that are out of sight
const behind = new Set(); // those of them that have texts to write
let behindTimer = null;

/** Sets what a slot reads, at once where it is in sight. */
export function show(slot, text) {
  if (values.get(slot) === text) return;
  values.set(slot, text);
  for (const span of places.get(slot) ?? []) {
    span.root ??= span.closest(".live-readout, .live-chart"); // looked up once: a drag comes here at every step
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

/** Splits a template into its texts and its slots, in their order. */
export function parts(template) {
  return template
    .split(SLOT) // a pattern with a group leaves what it found in the list: text, slot, text, slot, text
    .map((part, index) => (index % 2 === 0 ? { text: part } : { slot: part }));
}

/** A template as one text, with what its slots read now. */
export function plain(template) {
  return parts(template)
    .map(({ text, slot }) => (slot ? (values.get(slot) ?? "") : text))
    .join("");
}

/** Lets go of the slots in an element that is about to be emptied or removed. */
export function forget(element) {
  for (const span of element.querySelectorAll(".live-slot")) places.get(span.dataset.slot)?.delete(span);
}

/**
 * Watches whether a view is in sight, or nearly so, and tells it each time when that changes. Returns a function that
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
  span.textContent = text;
  span.dataset.sign = text.startsWith("−") ? "minus" : text.startsWith("+") ? "plus" : "none";
}

function leaveBehind(root) {
  if (behind.has(root)) return;
  behind.add(root);
  root.dataset.behind = ""; // whoever reads the page from outside, a test for instance, can wait until this is gone
}

function catchUp(root) {
  behind.delete(root);
  delete root.dataset.behind;
  for (const span of root.querySelectorAll(".live-slot")) write(span, values.get(span.dataset.slot) ?? "");
}
