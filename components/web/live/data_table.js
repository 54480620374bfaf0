// A chart's figure as a table: one row a place on the axis that the traces share, one column a named trace.

import { rounded, trimmed } from "./stops.js";

/** Columns and rows of what a figure shows: {columns: [text], rows: [[place, value, …]]}; texts have no tags. */
export function tableOf({ data, layout }) {
  const map = data.find(({ meta }) => meta === "map");
  if (map) return cellsOf(map, layout);
  const named = data.filter((trace) => trace.name).flatMap(byColumn);
  const places = []; // in the order in which they come, dates sorted
  const columns = named.map((trace) => valuesOf(trace, layout));
  for (const column of columns) for (const place of column.keys()) if (!places.includes(place)) places.push(place);
  if (places.every((place) => /^\d{4}-\d\d-\d\d/.test(place))) places.sort();
  const shared = named.some(({ orientation }) => orientation === "h") ? "yaxis" : "xaxis";
  return {
    columns: [titleOf(layout, shared), ...named.map(({ name }) => bare(name))],
    rows: places.map((place) => [place, ...columns.map((column) => column.get(place) ?? null)]),
    percent: [isPercent(layout[shared]), ...named.map((trace) => inPercent(trace, layout))],
  };
}

// A trace whose points say which column they stand in, as one trace a column.
function byColumn(trace) {
  if (!Array.isArray(trace.customdata) || trace.mode !== "text") return [trace];
  return [...new Set(trace.customdata)].map((name) => {
    const of = (values) => values.filter((_, place) => trace.customdata[place] === name);
    return { ...trace, name, x: of(trace.x), y: of(trace.y), text: of(trace.text) };
  });
}

// A map of cells, bars that stand on each other: one row a height, one column a place across.
function cellsOf({ x, y, base, text }, layout) {
  const number = (written) => Number(written.replace(/,/g, "").replace("\u2212", "-"));
  const across = [...new Set(x)];
  const heights = [...new Set(base)];
  const [right, up] = ["xaxis", "yaxis"].map((axis) => titleOf(layout, axis));
  const [columns, rows] = [namesOf(layout.xaxis), namesOf(layout.yaxis)];
  const named = (names, place) => names.get(String(place)) ?? String(place);
  const at = (place, height) => x.findIndex((each, index) => each === place && base[index] === height);
  return {
    columns: [`${up} \u2193 ${right} \u2192`, ...across.map((place) => named(columns, place))],
    rows: heights.map((height) => [
      named(rows, trimmed(height + y[0] / 2)),
      ...across.map((place) => number(text[at(place, height)])),
    ]),
    percent: [],
  };
}

/** The table as CSV. A text that a spreadsheet would take for a formula is marked as text. */
export function asCsv({ columns, rows }) {
  const line = (cells) => cells.map((cell) => quoted(cell ?? "")).join(",");
  return [columns, ...rows].map(line).join("\r\n") + "\r\n";
}

/** A cell as the reader sees it: a share in per cent where its axis is written so. */
export function shown(cell, percent) {
  if (cell === null) return "not known";
  if (percent && Number.isFinite(Number(cell))) return `${rounded(cell * 100, 1)}%`;
  if (typeof cell !== "number") return cell;
  const places = Math.abs(cell) >= 1000 || Number.isInteger(cell) ? 0 : 2;
  return rounded(cell, places);
}

// Place on the shared axis -> value. Where a trace only writes, its texts are the values.
function valuesOf(trace, layout) {
  const across = trace.orientation === "h" || trace.meta === "across";
  const [along, values] = across ? [trace.y, trace.x] : [trace.x, trace.y];
  const writes = trace.mode === "text";
  const names = namesOf(layout[across ? "yaxis" : "xaxis"]);
  const found = new Map();
  (along ?? []).forEach((at, place) => {
    const value = writes ? bare(trace.text?.[place] ?? "") : values[place];
    const name = names.get(String(at)) ?? String(typeof at === "number" ? trimmed(at) : at);
    found.set(name, value ?? found.get(name) ?? null); // a gap in a line takes nothing away
  });
  return found;
}

// What an axis writes at its values, where it says so.
function namesOf(axis) {
  const { tickvals = [], ticktext } = axis ?? {};
  return new Map(tickvals.map((value, place) => [String(value), bare(ticktext?.[place] ?? value)]));
}

function inPercent(trace, layout) {
  const across = trace.orientation === "h" || trace.meta === "across";
  const name = (across ? trace.xaxis : trace.yaxis) ?? "";
  return isPercent(layout[`${across ? "x" : "y"}axis${name.slice(1)}`]);
}

function isPercent(axis) {
  return (axis?.tickformat ?? "").endsWith("%");
}

function titleOf(layout, axis) {
  return bare(layout[axis]?.title?.text ?? "") || (layout[axis]?.type === "date" ? "Date" : "");
}

// A figure's texts may hold tags and escapes of plotly's.
function bare(text) {
  return String(text).replace(/<[^>]*>/g, " ").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&#123;/g, "{")
    .replace(/&amp;/g, "&").replace(/\s+/g, " ").trim();
}

function quoted(cell) {
  let text = String(cell);
  const risky = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66]/.test(text) && !/^[+-]?[\d.,]+%?$/.test(text);
  if (typeof cell !== "number" && risky) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
