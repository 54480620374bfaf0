// Scenarios side by side: a column for each, with what can be done with it in its head.

import { makeChip } from "./chips.js";
import { make } from "./dom.js";
import { copied } from "./head.js";
import { makeCourse } from "./marks.js";
import { makeMenu, makeTool } from "./menu.js";

const SAID_MS = 2000;
const SIGNS = { bear: "▼", base: "●", bull: "▲", expected: "◇" };

/** The table, which Python's `readouts/scenarios.py` describes. `open.act` tells the server what the reader does. */
export function makeCompare({ heads, groups, base }, open) {
  const wrap = make("div", "live-compare");
  wrap.tabIndex = 0;
  wrap.setAttribute("role", "region");
  wrap.ariaLabel = "Scenarios side by side";
  const table = make("table", "", wrap);
  const line = make("tr", "", make("thead", "", table));
  make("td", "", line);
  for (const head of heads) line.append(makeHeadOf(head, open.act, base));
  for (const { title, note, rows } of groups) {
    const body = make("tbody", "", table);
    const name = make("th", "live-compare-group", make("tr", "", body));
    Object.assign(name, { colSpan: heads.length + 1, scope: "rowgroup" });
    const words = make("span", "live-compare-title", name); // it stays in sight while the columns scroll
    words.textContent = title;
    if (note) make("span", "live-after", words).textContent = note;
    for (const row of rows) body.append(makeLine(row));
  }
  return wrap;
}

function makeHeadOf({ id, name, note, is_saved: isSaved, link, page }, act, base) {
  const box = make("th", id ? "" : "live-compare-own");
  box.scope = "col";
  const title = make("div", "live-compare-name", box);
  title.textContent = name;
  make("div", "live-detail", box).textContent = note;
  const tools = make("div", "live-compare-tools", box);
  if (id !== "now") makeTool(tools, "Open", () => act({ do: "open", id }), `Open: ${name}`);
  const copy = makeTool(tools, "Copy link", async () => {
    const url = new URL(`${page}?${new URLSearchParams(link)}`, base ? `${base}/` : document.baseURI);
    copy.textContent = (await copied(url.href)) ? "Copied" : "It cannot be copied here";
    setTimeout(() => (copy.textContent = "Copy link"), SAID_MS);
  }, `Copy a link to: ${name}`);
  if (isSaved) {
    const { menu } = makeMenu("⋯", `More for: ${name}`, [
      ["Rename", () => rename(id, name, title, act)],
      ["Duplicate", () => act({ do: "duplicate", id })],
      ["Delete", () => act({ do: "delete", id })],
    ]);
    tools.append(menu);
  }
  return box;
}

// The name becomes a field; Enter or leaving it keeps what is written, Escape does not.
function rename(id, name, title, act) {
  const field = make("input", "live-compare-field");
  Object.assign(field, { value: name, maxLength: 60, ariaLabel: "Name of the scenario" });
  title.replaceChildren(field);
  field.select();
  let done = false;
  const finish = (keeps) => {
    if (done) return;
    done = true;
    const written = field.value.trim();
    title.textContent = keeps && written ? written : name;
    if (keeps && written && written !== name) act({ do: "rename", id, name: written });
  };
  field.addEventListener("blur", () => finish(true));
  field.addEventListener("keydown", ({ key }) => (key === "Enter" || key === "Escape") && finish(key === "Enter"));
}

function makeLine({ label, mark, strong, cells }) {
  const line = make("tr", strong ? "live-compare-strong" : "");
  const name = make("th", "", line);
  name.scope = "row";
  if (mark) name.append(sign(mark));
  name.append(label);
  cells.forEach((cell, place) => line.append(makeCell(cell, place === 0)));
  return line;
}

function makeCell({ bits, detail, tone, course }, isOwn) {
  const box = make("td", isOwn ? "live-compare-own" : "");
  const inner = make("div", course ? "live-compare-course" : "", box);
  if (course) inner.append(makeCourse(course));
  const words = make("div", "", inner);
  const main = make("div", `live-compare-bits${tone ? ` live-tone-${tone}` : ""}`, words);
  for (const bit of bits) {
    const part = make("span", `${bit.strong ? "live-strong" : ""}${bit.quiet ? " live-quiet" : ""}`.trim(), main);
    if (bit.mark) part.append(sign(bit.mark));
    part.append(bit.text);
    if (bit.chip) part.append(" ", makeChip(bit.chip));
  }
  if (detail?.text) make("span", "live-quiet", main).textContent = detail.text;
  else if (detail) make("div", "live-detail", words).textContent = detail;
  return box;
}

function sign(mark) {
  const made = make("span", `live-case live-case-${mark}`);
  made.textContent = SIGNS[mark];
  made.setAttribute("aria-hidden", "true");
  return made;
}
