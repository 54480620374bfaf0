// Readouts: sentences, figures and tables whose texts follow the sliders.

import { make, say, takeOwnHeight } from "./dom.js";
import { makeHead } from "./head.js";
import { leadsOut, leadTo, makeBadge, makeChip } from "./chips.js";
import { makeCompare } from "./compare.js";
import { hint } from "./hint.js";
import { makeBullet, makeSpark, makeStrip, makeVerdicts } from "./marks.js";
import { fill, forget, plain, watchSight } from "./slots.js";
import { makeDownload, makeSearch, makeSortable } from "./tables.js";

/** One readout on the page: a list of blocks, and a text for screen readers. */
export class ReadoutView {
  constructor(parent) {
    this.root = make("div", "live-readout", parent);
    this.blocks = make("div", "live-blocks", this.root);
    this.spoken = make("div", "live-spoken", this.root);
    this.spoken.setAttribute("role", "status");
    this.parent = parent;
    this.sent = 0;
    this.stopWatching = watchSight(this.root);
  }

  /** Takes over the readout's data from the server. */
  update(data) {
    this.id = data.id;
    const shape = JSON.stringify(data.blocks);
    if (shape !== this.shape) {
      this.shape = shape;
      forget(this.blocks);
      const open = (id) => this.tell("open", id);
      open.act = (message) => this.tell("act", { ...message, sent: ++this.sent, at: Date.now() });
      this.blocks.replaceChildren(...data.blocks.map((block) => makeBlock(block, open)));
    }
    takeOwnHeight(this.parent);
    // A screen reader says this once per release, not at every step of a drag.
    say(this.spoken, data.spoken ? plain(data.spoken) : "");
  }

  /** A readout has no figure that a slider could move; its slots change by themselves. */
  move() {
    return false;
  }

  /** Takes the readout off the page. */
  remove() {
    this.stopWatching();
    forget(this.root);
    this.root.remove();
  }
}

/** The element of one block, which Python's `readouts/blocks.py` describes. `open` is told which row is opened. */
export function makeBlock(block, open) {
  return builders[block.kind](block, open);
}

const builders = {
  sentence({ text }) {
    const element = make("p", "live-sentence");
    fill(element, text);
    return element;
  },

  note({ text }) {
    const element = make("p", "live-note");
    fill(element, text);
    return element;
  },

  heading({ text, badges }) {
    const element = make("h2", "live-heading");
    fill(make("span", "", element), text);
    for (const badge of badges) element.append(makeBadge(badge));
    return element;
  },

  details({ summary, blocks }) {
    const element = make("details", "live-details");
    fill(make("summary", "", element), summary);
    const inner = make("div", "live-blocks", element);
    inner.append(...blocks.map((block) => makeBlock(block)));
    return element;
  },

  head: makeHead,

  compare: makeCompare,

  strip: makeStrip,

  panel({ blocks }, open) {
    const panel = make("div", "live-panel live-blocks");
    panel.append(...blocks.map((block) => makeBlock(block, open)));
    return panel;
  },

  strip_below({ items }) {
    const strip = make("dl", "live-strip-below");
    for (const { label, value, detail } of items) {
      const box = make("div", "", strip);
      fill(make("dt", "", box), label);
      fill(make("dd", "", box), value);
      if (detail) fill(make("dd", "live-detail", box), detail);
    }
    return strip;
  },

  figures({ items }) {
    const element = make("dl", "live-figures");
    for (const item of items) {
      const box = make("div", "live-figure", element);
      const label = make("dt", "", box);
      fill(label, item.label);
      if (item.help) explain(label, item.help);
      const value = make("dd", "live-value", box);
      fill(make("span", "", value), item.value);
      for (const badge of item.badges ?? []) value.append(makeChip(badge, true));
      if (item.detail) fill(make("dd", "live-detail", box), item.detail);
    }
    return element;
  },

  table({ columns, rows, caption, fit, file }, open) {
    const wrap = make("div", `live-table live-${fit}`); // stacked, rows, keys, sheet or plain
    const table = make("table");
    if (caption) make("caption", "", table).textContent = caption;
    const head = make("tr", "", make("thead", "", table));
    const body = make("tbody", "", table);
    const orders = new Map(); // row -> what each of its cells sorts by
    columns.forEach((column, index) => {
      const cell = make(column.label ? "th" : "td", column.numeric ? "live-numeric" : "", head); // no name, no heading
      if (column.label) cell.scope = "col";
      cell.textContent = column.label;
      if (column.sorts) makeSortable(cell, index, body, orders);
    });
    for (const row of rows) {
      const line = make("tr", row.strong ? "live-strong" : "", body);
      orders.set(line, row.cells.map((cell) => cell.order));
      row.cells.forEach((cell, index) => line.append(makeCell(cell, columns[index], index === 0, row.help, open)));
    }
    if (fit === "rows") wrap.append(makeSearch(body, "Search the claims"));
    if (fit !== "sheet") {
      wrap.append(table);
      return wrap;
    }
    const search = makeSearch(body, "Search");
    search.append(makeDownload(table, file));
    const sheet = make("div", "live-scroll");
    sheet.tabIndex = 0;
    sheet.append(table);
    wrap.append(search, sheet);
    return wrap;
  },
};

function makeCell(cell, column, isFirst, help, open) {
  const box = make(isFirst ? "th" : "td", column.numeric ? "live-numeric" : "");
  if (isFirst) box.scope = "row";
  box.dataset.label = column.label;
  const main = make("div", cell.strong ? "live-main live-strong" : "live-main", box);
  if (cell.chip) main.title = [cell.text, cell.after].filter(Boolean).join(", "); // one line that may be cut
  if (cell.verdicts) main.append(makeVerdicts(cell.verdicts));
  else if (cell.bullet) main.append(makeBullet(cell.bullet));
  else if (cell.spark) main.append(makeSpark(cell.spark));
  else if (cell.opens) main.append(makeOpener(cell, open));
  else fillLinked(main, cell);
  if (cell.chip) main.append(makeChip(cell.chip));
  if (cell.after) make("span", "live-after", main).textContent = cell.after;
  if (isFirst && help) explain(main, help);
  if (cell.detail) fill(make("div", "live-detail", box), cell.detail);
  if (cell.badge) box.append(makeBadge(cell.badge));
  return box;
}

function makeOpener({ text, opens }, open) {
  const button = make("button", "live-open");
  button.type = "button";
  button.textContent = text;
  button.title = text;
  button.addEventListener("click", () => open(opens));
  return button;
}

function fillLinked(element, { url, text }) {
  fill(leadsOut(url) ? leadTo(make("a", "", element), url) : element, text);
}

function explain(element, help) {
  element.classList.add("live-help");
  hint(element, help);
}
