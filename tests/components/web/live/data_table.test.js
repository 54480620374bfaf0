import assert from "node:assert/strict";
import test from "node:test";

import { asCsv, shown, tableOf } from "../../../../components/web/live/data_table.js";

test("a chart's named traces become columns, places on the shared axis rows; days are sorted", () => {
  const layout = { xaxis: { type: "date" } };
  const data = [
    { name: "Close", x: ["2026-01-02", "2026-01-01"], y: [2, 1] },
    { x: ["2026-01-01"], y: [9] }, // no name: it only helps the eye
    { name: "Target <b>&lt;high&gt;</b>", x: ["2026-01-03"], y: [3] },
  ];
  assert.deepEqual(tableOf({ data, layout }), {
    columns: ["Date", "Close", "Target <high>"],
    rows: [["2026-01-01", 1, null], ["2026-01-02", 2, null], ["2026-01-03", null, 3]],
    percent: [false, false, false],
  });
});

test("of lying bars the names are the rows, and texts that stand for values are values", () => {
  const layout = { yaxis: { tickvals: [1, 0], ticktext: ["<b>Bear</b>", "Bull"] } };
  const data = [
    { name: "Length", orientation: "h", y: [1, 0], x: [5, 7] },
    { name: "Return", meta: "across", mode: "text", y: [1, 0], x: [2, 2], text: ["<b>+5.0%</b>", "+7.0%"] },
  ];
  assert.deepEqual(tableOf({ data, layout }), {
    columns: ["", "Length", "Return"],
    rows: [["Bear", 5, "+5.0%"], ["Bull", 7, "+7.0%"]],
    percent: [false, false, false],
  });
});

test("one trace may write several columns: each point says which", () => {
  const layout = { yaxis: { tickvals: [1, 0], ticktext: ["Bear", "Bull"] } };
  const data = [
    {
      name: "Returns", meta: "across", mode: "text", y: [1, 0, 1, 0], x: [1, 1, 2, 2],
      text: ["+1.0%", "+2.0%", "<b>+3.0%</b>", "<b>+4.0%</b>"], customdata: ["Upside", "Upside", "Total", "Total"],
    },
    { name: "Target", meta: "across", mode: "lines+markers+text", y: [0, 0, 1, 1, 1], x: [100, 140, null, 80, null] },
  ];
  assert.deepEqual(tableOf({ data, layout }).columns, ["", "Upside", "Total", "Target"]);
  assert.deepEqual(tableOf({ data, layout }).rows, [["Bear", "+1.0%", "+3.0%", 80], ["Bull", "+2.0%", "+4.0%", 140]]);
});

test("a spreadsheet takes no text for a formula, and numbers as numbers", () => {
  const rows = [["=1+1", -5, "+5.0%"], ['a "b", c', null, 1234.5]];
  assert.equal(asCsv({ columns: ["@What", "n", "m"], rows }), `'@What,n,m\r\n'=1+1,-5,+5.0%\r\n"a ""b"", c",,1234.5\r\n`);
});

test("cells are written as the page writes numbers", () => {
  assert.deepEqual([null, "x", 5, -1234.567, 0.1234].map((cell) => shown(cell, false)), ["not known", "x", "5", "−1,235", "0.12"]);
});

test("a share is written in per cent where its axis is, and stays a number in the file", () => {
  const layout = { xaxis: { tickformat: ".0%" }, xaxis2: { tickformat: ".0%" }, yaxis: { tickformat: ".1%" }, yaxis2: {} };
  const data = [
    { name: "Growth", x: [-0.060000000000000026], y: [0.0862] },
    { name: "Length", x: [-0.06], y: [5], yaxis: "y2" },
  ];
  const table = tableOf({ data, layout });
  assert.deepEqual(table.rows, [["-0.06", 0.0862, 5]]);
  assert.deepEqual(table.percent, [true, true, false]);
  assert.deepEqual(tableOf({ data: [{ name: "Share", x: [0.5], y: [1], orientation: "h", xaxis: "x2" }], layout }).percent, [true, true]);
  assert.deepEqual([shown(0.0862, true), shown(-0.5, true), shown(null, true)], ["8.6%", "−50.0%", "not known"]);
  assert.ok(asCsv(table).includes("0.0862"));
});

test("a map of cells is a table with the map's own rows and columns, the lowest first", () => {
  const map = { meta: "map", x: [5, 6, 5, 6], y: [3.84, 3.84, 3.84, 3.84], base: [6.08, 6.08, 10.08, 10.08] };
  const layout = {
    xaxis: { title: { text: "EPS, USD" }, tickvals: [5, 6] },
    yaxis: { title: { text: "P/E" }, tickvals: [8, 12], ticktext: ["8x", "12x"] },
  };
  const data = [{ ...map, text: ["40", "48", "1,060", "\u22127"] }, { name: "Bull", x: [5], y: [9] }];
  assert.deepEqual(tableOf({ data, layout }), {
    columns: ["P/E ↓ EPS, USD →", "5", "6"],
    rows: [["8x", 40, 48], ["12x", 1060, -7]],
    percent: [],
  });
});
