// The article's text on the desk: its figures are marked, and a passage can be selected to propose a claim from it.

import { make } from "./dom.js";
import { makeVerdictCount } from "./marks.js";

/**
 * Fills `place` with the text and the score of what is confirmed. `current` is the claim that keys act on, `go` is told
 * which mark is chosen, `propose` which passage; returns the button for it, or null without a text.
 */
export function drawText(place, { text, is_cut, score }, current, go, propose) {
  place.replaceChildren();
  let add = null;
  if (text.length) {
    make("h2", "live-heading", place).textContent = "The text you gave";
    const body = make("div", "live-desk-body", place);
    body.tabIndex = 0;
    body.setAttribute("role", "region");
    body.ariaLabel = "The article’s text with its figures marked";
    for (const piece of text) body.append(piece.length > 1 ? makeMark(piece, current, go) : piece[0]);
    if (is_cut) make("p", "live-note", place).textContent = "The text goes on; every claim of it is in the queue.";
    add = make("button", "live-button", place);
    Object.assign(add, { type: "button", textContent: "Propose a claim from the selected passage", disabled: true });
    add.addEventListener("click", () => propose(passageIn(place)));
  }
  if (score.length) {
    make("h2", "live-heading live-desk-score", place).textContent = "The score so far, as published";
    const list = make("ul", "live-desk-counts", place);
    for (const each of score) make("li", "", list).append(makeVerdictCount(each));
  }
  return add;
}

function makeMark([said, id, number, state], current, go) {
  const mark = make("mark", `live-desk-mark live-desk-${state}${id === current ? " live-desk-now" : ""}`);
  make("sup", "", mark).textContent = number;
  mark.append(said);
  mark.dataset.id = id;
  mark.addEventListener("click", () => go(id));
  return mark;
}

/** Brings the mark of a claim into the sight of the text's own scrolling. */
export function showMark(place, id) {
  const mark = place.querySelector(`mark[data-id="${CSS.escape(id)}"]`);
  const body = mark?.closest(".live-desk-body");
  if (body) body.scrollTop = mark.offsetTop - body.clientHeight / 3;
}

/** Start and end of the selected passage, in characters of the text; null where none is selected in it. */
export function passageIn(place) {
  const body = place.querySelector(".live-desk-body");
  const selection = getSelection();
  if (!body || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!body.contains(range.startContainer) || !body.contains(range.endContainer)) return null;
  const start = placeOf(body, range.startContainer, range.startOffset);
  const end = placeOf(body, range.endContainer, range.endOffset);
  return end > start ? { start, end } : null;
}

// Characters, as the server counts them, from the start of the text to a place in it; numbers of marks do not count.
function placeOf(body, node, offset) {
  const before = document.createRange();
  before.setStart(body, 0);
  before.setEnd(node, offset);
  const copy = before.cloneContents();
  for (const number of copy.querySelectorAll("sup")) number.remove();
  return [...copy.textContent].length;
}
