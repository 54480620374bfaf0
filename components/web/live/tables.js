// Tables whose rows can be searched, sorted and opened.

import { make } from "./dom.js";

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
