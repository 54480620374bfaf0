// Tables whose rows can be searched, sorted and opened.

import { asCsv } from "./data_table.js";
import { make } from "./dom.js";
import { saveCsv } from "./save.js";

/** A field above a table that hides the rows in which not all words occur. Says how many are left. */
export function makeSearch(body, label) {
  const box = make("div", "live-search");
  const field = make("input", "", box);
  Object.assign(field, { type: "search", placeholder: label, ariaLabel: label });
  const count = make("span", "", box);
  count.setAttribute("role", "status");
  field.addEventListener("input", () => {
    const words = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const rows = [...body.rows];
    for (const row of rows) row.hidden = !matches(row.textContent, words);
    const left = rows.filter((row) => !row.hidden).length;
    count.textContent = words.length ? `${left} of ${rows.length}` : "";
  });
  return box;
}

/** Whether every word occurs in a text. */
export function matches(text, words) {
  const all = text.toLocaleLowerCase();
  return words.every((word) => all.includes(word));
}

/** Turns a heading into a button that sorts the rows by its column, first up, then down. */
export function makeSortable(heading, column, body, orders) {
  const button = make("button", "live-sort");
  button.type = "button";
  button.textContent = heading.textContent;
  heading.replaceChildren(button);
  button.addEventListener("click", () => {
    const down = heading.ariaSort === "ascending";
    for (const each of heading.parentElement.children) each.removeAttribute("aria-sort");
    heading.ariaSort = down ? "descending" : "ascending";
    body.append(...sorted([...body.rows], (row) => orders.get(row)[column], down));
  });
}

/** Rows by a key, numbers as numbers and texts as in a dictionary; equal ones stay in their order. */
export function sorted(rows, key, down) {
  const way = down ? -1 : 1;
  return rows.toSorted((one, other) => way * compare(key(one), key(other)));
}

function compare(one, other) {
  return typeof one === "number" && typeof other === "number" ? one - other : `${one}`.localeCompare(`${other}`);
}

/** A button that saves the rows that are shown, in their order, as CSV. */
export function makeDownload(table, file) {
  const button = make("button", "live-tool");
  Object.assign(button, { type: "button", textContent: "CSV", ariaLabel: "Download this table as CSV" });
  button.addEventListener("click", () => {
    const cells = (row) => [...row.cells].map((cell) => number(cell.textContent.trim()));
    const shown = [...table.tBodies[0].rows].filter((row) => !row.hidden);
    saveCsv(`${file}.csv`, asCsv({ columns: cells(table.tHead.rows[0]), rows: shown.map(cells) }));
  });
  return button;
}

// A cell that is a number goes out as one, so that a spreadsheet can count with it.
function number(text) {
  const plain = text.replace("−", "-").replace(/,/g, "");
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
}
