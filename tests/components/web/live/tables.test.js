import assert from "node:assert/strict";
import test from "node:test";

import { matches, sorted } from "../../../../components/web/live/tables.js";

test("all words are looked for, in any order and in either case", () => {
  assert.equal(matches("Net cash exceeds USD 50bn", ["cash", "usd"]), true);
  assert.equal(matches("Net cash exceeds USD 50bn", ["cash", "eur"]), false);
  assert.equal(matches("anything", []), true);
});

test("numbers sort as numbers, texts as in a dictionary, and equal rows stay in their order", () => {
  const by = (rows, down) => sorted(rows, (row) => row.key, down).map((row) => row.name);
  const rows = [
    { name: "ten", key: 10 },
    { name: "nine", key: 9 },
    { name: "also nine", key: 9 },
  ];
  assert.deepEqual(by(rows, false), ["nine", "also nine", "ten"]);
  assert.deepEqual(by(rows, true), ["ten", "nine", "also nine"]);
  const words = [
    { name: 1, key: "émigré" },
    { name: 2, key: "Zebra" },
    { name: 3, key: "apple" },
  ];
  assert.deepEqual(by(words, false), [3, 1, 2]);
});
