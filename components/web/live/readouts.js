// Readouts: sentences, figures and tables whose texts follow the sliders.

import { make } from "./dom.js";
import { fill, forget, plain, watchSight } from "./slots.js";

/** One readout on the page: a list of blocks, and a text for screen readers. */
export class ReadoutView {
  constructor(parent) {
    this.root = make("div", "live-readout", parent);
    this.blocks = make("div", "live-blocks", this.root);
    this.spoken = make("div", "live-spoken", this.root);
    this.spoken.setAttribute("role", "status");
    this.parent = parent;
    this.stopWatching = watchSight(this.root);
  }

  /** Takes over the readout's data from the server. */
  update(data) {
    this.id = data.id;
    const shape = JSON.stringify(data.blocks);
    if (shape !== this.shape) {
      this.shape = shape;
      forget(this.blocks);
      this.blocks.replaceChildren(...data.blocks.map(makeBlock));
    }
    this.takeOwnHeight();
    // A screen reader says this once per release, not at every step of a drag.
    const said = data.spoken ? plain(data.spoken) : "";
    if (this.spoken.textContent !== said) this.spoken.textContent = said;
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

  // The server reserved an estimate of the height; now that the text is here, it takes what it needs.
  takeOwnHeight() {
    const outermost = this.parent.closest("[data-testid=stElementContainer]");
    for (let box = this.parent; box && box !== outermost?.parentElement; box = box.parentElement) {
      Object.assign(box.style, { height: "auto", flex: "0 0 auto", overflow: "visible" });
    }
  }
}

/** The element of one block, which Python's `readouts/blocks.py` describes. */
export function makeBlock(block) {
  return builders[block.kind](block);
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
    const element = make("h4", "live-heading");
    fill(make("span", "", element), text);
    for (const badge of badges) element.append(makeBadge(badge));
    return element;
  },

  details({ summary, blocks }) {
    const element = make("details", "live-details");
    fill(make("summary", "", element), summary);
    const inner = make("div", "live-blocks", element);
    inner.append(...blocks.map(makeBlock));
    return element;
  },

  figures({ items }) {
    const element = make("dl", "live-figures");
    for (const item of items) {
      const box = make("div", "live-figure", element);
      const label = make("dt", "", box);
      fill(label, item.label);
      if (item.help) explain(label, item.help);
      fill(make("dd", "live-value", box), item.value);
      if (item.detail) fill(make("dd", "live-detail", box), item.detail);
      for (const badge of item.badges ?? []) box.append(makeBadge(badge));
    }
    return element;
  },

  table({ columns, rows, caption, fit }) {
    const wrap = make("div", `live-table live-${fit}`); // stacked, wide, narrow or plain
    const table = make("table", "", wrap);
    if (caption) make("caption", "", table).textContent = caption;
    const head = make("tr", "", make("thead", "", table));
    for (const column of columns) {
      const cell = make("th", column.numeric ? "live-numeric" : "", head);
      cell.scope = "col";
      cell.textContent = column.label;
    }
    const body = make("tbody", "", table);
    for (const row of rows) {
      const line = make("tr", row.strong ? "live-strong" : "", body);
      row.cells.forEach((cell, index) => {
        const column = columns[index];
        const box = make(index === 0 ? "th" : "td", column.numeric ? "live-numeric" : "", line);
        if (index === 0) box.scope = "row";
        box.dataset.label = column.label;
        const main = make("div", "live-main", box);
        fillLinked(main, cell);
        if (index === 0 && row.help) explain(main, row.help);
        if (cell.detail) fill(make("div", "live-detail", box), cell.detail);
        if (cell.badge) box.append(makeBadge(cell.badge));
      });
    }
    return wrap;
  },
};

function fillLinked(element, { url, text }) {
  fill(leadsOut(url) ? leadTo(make("a", "", element), url) : element, text);
}

function explain(element, help) {
  element.classList.add("live-help");
  element.title = help;
  element.tabIndex = 0;
}

function makeBadge({ origin, text, help, url }) {
  const badge = make(leadsOut(url) ? "a" : "span", `live-badge live-${origin}`);
  if (leadsOut(url)) leadTo(badge, url);
  fill(badge, text);
  if (help) badge.title = help;
  return badge;
}

// Addresses come from files that anybody may write, so only those of the web become links.
function leadsOut(url) {
  return /^https?:\/\/\w/.test(url ?? "");
}

function leadTo(link, url) {
  return Object.assign(link, { href: url, target: "_blank", rel: "noopener noreferrer" });
}
