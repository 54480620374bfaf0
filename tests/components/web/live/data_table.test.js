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
  });
});

test("a spreadsheet takes no text for a formula, and numbers as numbers", () => {
  const rows = [["=1+1", -5, "+5.0%"], ['a "b", c', null, 1234.5]];
  assert.equal(asCsv({ columns: ["@What", "n", "m"], rows }), `'@What,n,m\r\n'=1+1,-5,+5.0%\r\n"a ""b"", c",,1234.5\r\n`);
});

test("cells are written as the page writes numbers", () => {
  assert.deepEqual([null, "x", 5, -1234.567, 0.1234].map(shown), ["not known", "x", "5", "−1,235", "0.12"]);
});
