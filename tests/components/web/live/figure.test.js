import assert from "node:assert/strict";
import test from "node:test";

import { fillOf, fits, isWithin, lines, merge, pick, put, stillServe, take } from "../../../../components/web/live/figure.js";

const number = (value) => value;
const axis = (low, high, more) => ({ autorange: true, range: [low, high], r2l: number, d2l: number, ...more });

test("take and put go down a path of names and places", () => {
  const figure = { data: [{ y: [1, 2] }, { y: [3, 4] }], layout: { title: "before" } };
  assert.equal(take(figure, ["data", 1, "y", 0]), 3);
  put(figure, ["data", 1, "y", 0], 5);
  put(figure, ["layout"], { title: "after" });
  assert.deepEqual(figure, { data: [{ y: [1, 2] }, { y: [5, 4] }], layout: { title: "after" } });
});

test("pick copies no more than the named keys, and only those that are there", () => {
  assert.deepEqual(pick({ x: [1], y: undefined, name: "a" }, ["x", "y", "base"]), { x: [1], y: undefined });
});

test("merge goes into objects and replaces all else, and leaves its arguments as they are", () => {
  const base = { font: { size: 12, color: "red" }, list: [1, 2], kept: 1, gone: { a: 1 } };
  const extra = { font: { size: 19 }, list: [3], gone: null, added: { deep: { er: 1 } } };
  assert.deepEqual(merge(base, extra), {
    font: { size: 19, color: "red" },
    list: [3],
    kept: 1,
    gone: null,
    added: { deep: { er: 1 } },
  });
  assert.equal(base.font.size, 12);
  assert.deepEqual(merge(base, undefined), base);
  assert.notEqual(merge(base, undefined), base);
});

test("lines break between words, before they are too long", () => {
  assert.equal(lines("one two three", 12), "one two<br>three");
  assert.equal(lines("one two three", 7), "one two<br>three");
  assert.equal(lines("one two three", 6), "one<br>two<br>three");
  assert.equal(lines("one two", 80), "one two");
  assert.equal(lines("unbreakable word", 4), "unbreakable<br>word");
  assert.equal(lines("", 4), "");
});

test("values lie on an axis up to both of its ends", () => {
  assert.ok(isWithin(axis(0, 10), [0, 5, null, 10]));
  assert.ok(!isWithin(axis(0, 10), [-0.1]));
  assert.ok(!isWithin(axis(0, 10), [10.1]));
  assert.ok(!isWithin(axis(0, 10), [5, 11, 5]));
  assert.ok(isWithin(axis(10, 0), [5])); // an axis may run the other way
  assert.ok(!isWithin(axis(10, 9), [9.5, 8]));
  assert.ok(isWithin(axis(0, 1), []));
});

test("an axis is compared in its own numbers, dates and categories too", () => {
  const days = axis("2026-01-01", "2026-12-31", { r2l: Date.parse, d2l: Date.parse });
  assert.ok(isWithin(days, ["2026-06-01"]));
  assert.ok(!isWithin(days, ["2027-06-01"]));
});

test("on an axis whose range somebody chose, anything may lie beyond", () => {
  assert.ok(isWithin(axis(0, 10, { autorange: false }), [99]));
});

test("a trace fits where x, y and the ends of its bars do", () => {
  const axes = { xaxis: axis(0, 3), yaxis: axis(0, 10) };
  assert.ok(fits({ x: [1, 2], y: [3, 10] }, axes));
  assert.ok(!fits({ x: [1, 4], y: [3, 10] }, axes));
  assert.ok(!fits({ x: [1, 2], y: [3, 11] }, axes));
  assert.ok(fits({ x: [1], y: [3], base: [7] }, axes)); // ends at ten
  assert.ok(!fits({ x: [1], y: [4], base: [7] }, axes));
  assert.ok(!fits({ x: [1], y: [4], base: [-1] }, axes)); // begins below the axis
  assert.ok(fits({ x: [1], y: [-4], base: [5] }, axes)); // its length alone would lie below
});

test("what traces fill of an axis runs from their lowest to their highest value, as shares of its length", () => {
  const axes = { xaxis: axis(0, 4), yaxis: axis(20, 0), xaxis2: axis(0, 4, { autorange: false }) };
  const traces = [{ x: [1, null, 2], y: [5, 10, 10] }, { x: [3], y: [2], base: [4] }];
  assert.deepEqual(fillOf(traces, axes), { xaxis: [0.25, 0.75], yaxis: [0.2, 0.5] });
  assert.deepEqual(fillOf([{ x: [-2], y: [5], xaxis: "x2" }], axes), { yaxis: [0.25, 0.25] }); // x2 is somebody's choice
});

test("axes serve while nothing comes to their edge and two thirds of what was filled still is", () => {
  const before = { xaxis: [0.1, 0.94] };
  assert.ok(stillServe(before, { xaxis: [0.03, 0.97] }));
  assert.ok(!stillServe(before, { xaxis: [0.02, 0.97] }));
  assert.ok(!stillServe(before, { xaxis: [0.03, 0.98] }));
  assert.ok(stillServe(before, { xaxis: [0.1, 0.67] }));
  assert.ok(!stillServe(before, { xaxis: [0.1, 0.65] }));
  assert.ok(stillServe({ xaxis: [0, 1] }, { xaxis: [0, 1] })); // bars begin at the edge, and may
  assert.ok(!stillServe({ xaxis: [0, 1] }, { xaxis: [-0.1, 1] }));
  assert.ok(stillServe({}, {}));
});
