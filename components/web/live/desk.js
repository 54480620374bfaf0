// The desk: an article's text with its figures marked, and beside it the queue of claims to accept, edit or reject.
//
// What the reader does is told to the server as one message; the server answers with the whole desk. What is being
// typed stays: a form that is open is kept while its claim is the same.

import { makeButton, makeRow } from "./desk_row.js";
import { drawText, passageIn, showMark } from "./desk_text.js";
import { make, say, takeOwnHeight } from "./dom.js";

const FILTERS = [["all", "All"], ["open", "Open"], ["accepted", "Confirmed"]];
const KEYS = { j: 1, k: -1 };

/** The view of the desk. */
export class DeskView {
  constructor(parent) {
    this.parent = parent;
    this.root = make("div", "live-readout", parent);
    this.desk = make("div", "live-desk", this.root);
    this.left = make("section", "live-desk-text", this.desk);
    this.right = make("section", "live-desk-queue", this.desk);
    this.spoken = make("div", "live-spoken", this.root);
    this.spoken.setAttribute("role", "status");
    this.filter = "all";
    this.current = null; // id of the claim that keys act on
    this.editing = null; // id of the claim whose form is open
    this.form = null;
    this.sent = 0;
    this.keys = (event) => this.onKey(event);
    document.addEventListener("keydown", this.keys);
    this.selects = () => this.onSelect();
    document.addEventListener("selectionchange", this.selects);
  }

  update(data) {
    this.data = data;
    const ids = data.rows.map(({ id }) => id);
    if (data.edit && data.edit !== this.edited) this.edit(this.edited = data.edit);
    const isSaved = this.closing === this.editing && data.problem.id !== this.editing;
    if (isSaved) this.editing = this.form = null;
    this.closing = undefined;
    if (!ids.includes(this.current)) this.current = ids[0] ?? null;
    if (!ids.includes(this.editing)) this.editing = this.form = null;
    this.draw();
    takeOwnHeight(this.parent);
    const { open, accepted, rejected } = data.counts;
    say(this.spoken, `${accepted} of ${ids.length} confirmed, ${rejected} rejected, ${open} open`);
  }

  move() {
    return false;
  }

  remove() {
    document.removeEventListener("keydown", this.keys);
    document.removeEventListener("selectionchange", this.selects);
    this.root.remove();
  }

  act(message) {
    if (message.next === "accept") this.closing = message.id;
    this.tell("act", { ...message, sent: (this.sent += 1), at: Date.now() });
  }

  // --- What is shown ---

  draw() {
    this.drawText();
    this.drawQueue();
  }

  drawText() {
    const shape = JSON.stringify([this.data.text, this.current, this.data.score]);
    if (shape === this.textShape) return;
    this.textShape = shape;
    const propose = (passage) => {
      if (passage) this.act({ do: "add", ...passage });
      getSelection().removeAllRanges();
    };
    this.add = drawText(this.left, this.data, this.current, (id) => this.go(id), propose);
    this.desk.classList.toggle("live-desk-alone", !this.left.children.length);
  }

  drawQueue() {
    const { rows, counts } = this.data;
    const focused = document.activeElement?.closest?.(".live-desk-queue [data-focus]")?.dataset.focus;
    const head = make("div", "live-desk-head");
    const progress = make("div", "live-desk-progress", head);
    make("strong", "", progress).textContent = `${counts.accepted} of ${rows.length} confirmed`;
    make("span", "", progress).textContent = ` ${counts.rejected} rejected, ${counts.open} open`;
    const bar = make("div", "live-desk-bar", progress);
    bar.ariaHidden = "true";
    for (const { state } of [...rows].sort((a, b) => a.number - b.number)) make("i", `live-desk-${state}`, bar);
    const filters = make("div", "live-desk-filters", head);
    filters.setAttribute("role", "group");
    filters.ariaLabel = "Which claims are shown";
    for (const [name, label] of FILTERS) {
      const button = make("button", "", filters);
      button.type = "button";
      button.dataset.focus = `filter-${name}`;
      button.textContent = `${label} ${name === "all" ? rows.length : counts[name]}`;
      button.ariaPressed = String(this.filter === name);
      button.addEventListener("click", () => {
        this.filter = name;
        this.drawQueue();
      });
    }
    const found = rows.filter(({ state, lacks, doubts }) => state === "open" && !lacks && !doubts);
    head.append(makeButton(`Accept all that were found (${found.length})`, "found", () =>
      this.act({ do: "accept", ids: found.map(({ id }) => id) }), found.length === 0));
    head.append(makeButton("Start from a blank claim", "blank", () => this.act({ do: "add" })));

    const names = make("div", "live-desk-line live-desk-names");
    names.ariaHidden = "true"; // each cell of a row has its own name
    for (const name of ["", "", "Figure", "Stated", "Period", "Test", "Found now", "Verdict, then → now", ""]) {
      make("span", "", names).textContent = name;
    }
    const list = make("ol", "live-desk-list");
    for (const row of rows) {
      if (this.filter !== "all" && row.state !== this.filter && row.id !== this.editing) continue;
      list.append(makeRow(row, this));
    }
    if (!list.children.length) make("li", "live-note", list).textContent = "No claim is left in this list.";
    const keys = make("p", "live-note live-desk-keys");
    keys.textContent = "Keys: j and k go down and up, a accepts, e edits, r rejects, u undoes.";
    this.right.replaceChildren(head, names, list, keys);
    if (focused) this.right.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  // --- What the reader does ---

  go(id, scrolls = true) {
    this.current = id;
    this.draw();
    if (!scrolls) return;
    const hidden = !this.right.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (hidden) this.filter = "all";
    if (hidden) this.drawQueue();
    this.right.querySelector(`li[data-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
    showMark(this.left, id);
  }

  decide(id, what) {
    const ids = this.data.rows.map((row) => row.id);
    const place = ids.indexOf(id);
    if (what !== "reopen") this.current = this.nextOpen(place) ?? id;
    if (this.editing === id) this.editing = this.form = null;
    this.act({ do: what, ids: [id] });
  }

  nextOpen(place) {
    const { rows } = this.data;
    return [...rows.slice(place + 1), ...rows.slice(0, place)].find(({ state }) => state === "open")?.id;
  }

  edit(id) {
    this.editing = id;
    this.form = null;
    if (id) this.current = id;
    this.draw();
    this.right.querySelector(".live-desk-form input, .live-desk-form select")?.focus({ preventScroll: true });
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], [role=combobox], [role=dialog]")) return;
    const shown = [...this.right.querySelectorAll("li[data-id]")].map((row) => row.dataset.id);
    const row = this.data.rows.find(({ id }) => id === this.current);
    if (event.key in KEYS) {
      const place = Math.min(Math.max(shown.indexOf(this.current) + KEYS[event.key], 0), shown.length - 1);
      if (shown.length) this.go(shown[place]);
    } else if (!row) return;
    else if (event.key === "a" && row.state !== "accepted") this.decide(row.id, "accept");
    else if (event.key === "r" && row.state !== "rejected") this.decide(row.id, "reject");
    else if (event.key === "u" && row.state !== "open") this.decide(row.id, "reopen");
    else if (event.key === "e") this.edit(row.id);
    else return;
    event.preventDefault();
  }

  onSelect() {
    if (this.add) this.add.disabled = !passageIn(this.left);
  }
}
