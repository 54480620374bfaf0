import assert from "node:assert/strict";
import test from "node:test";

import { nearest, stopsOf, typed, written } from "../../../../components/web/live/stops.js";

test("a handle stands on round numbers, and on the default as it is", () => {
  assert.deepEqual(stopsOf({ low: 0, high: 2, step: 0.5, home: 1 }), [0, 0.5, 1, 1.5, 2]);
  assert.deepEqual(stopsOf({ low: 0, high: 2, step: 0.5, home: 1.233 }), [0, 0.5, 1, 1.233, 1.5, 2]);
  assert.deepEqual(stopsOf({ low: -0.3, high: 0.3, step: 0.1, home: 0 }), [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  assert.deepEqual(stopsOf({ low: 1.9, high: 4, step: 1, home: 1.9 }), [1.9, 2, 3, 4], "a default at the end");
});

test("the nearest stop to a typed value", () => {
  assert.deepEqual([-5, 0.3, 0.26, 9].map((value) => nearest([0, 0.5, 1], value)), [0, 1, 1, 2]);
});

for (const [value, decimals, text] of [
  [190, 2, "190.00"],
  [67.678, 1, "67.678"],
  [1234567, 0, "1,234,567"],
  [-5, 1, "−5.0"],
  [0.1 + 0.2, 1, "0.3"],
]) {
  test(`${value} is written ${text}`, () => assert.equal(written(value, decimals), text));
}

for (const [text, value] of [
  ["190", 190],
  [" 1,234.5 ", 1234.5],
  ["−5", -5],
  ["+7.25%", 7.25],
  ["12x", 12],
  [".5", 0.5],
  ["1,5", null],
  ["", null],
  ["12 to 14", null],
  ["1e9", null],
  ["NaN", null],
  ["=1+1", null],
]) {
  test(`“${text}” is read as ${value}`, () => assert.equal(typed(text), value));
}
