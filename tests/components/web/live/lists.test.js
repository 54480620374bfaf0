import assert from "node:assert/strict";
import test from "node:test";

import { rememberLists, shapeOf } from "../../../../components/web/live/lists.js";

test("what a trace of one shape has is searched once, whatever its values", () => {
  const searched = [];
  const schema = { findArrayAttributes: (trace) => (searched.push(trace), ["x", "y"]) };
  rememberLists(schema);
  const trace = (x) => ({ type: "bar", _input: { type: "bar", x, y: [1, 2], marker: { color: "#fff" } } });
  assert.deepEqual(schema.findArrayAttributes(trace([1, 2])), ["x", "y"]);
  assert.deepEqual(schema.findArrayAttributes(trace([3, 4])), ["x", "y"]);
  assert.equal(searched.length, 1);
  schema.findArrayAttributes(trace([1, 2])).push("spoilt");
  assert.deepEqual(schema.findArrayAttributes(trace([1, 2])), ["x", "y"]);
});

test("another shape is searched anew: a list in place of a value, another type, another place", () => {
  const searched = [];
  const schema = { findArrayAttributes: (trace) => (searched.push(trace), []) };
  rememberLists(schema);
  rememberLists(schema); // a second call changes nothing
  for (const trace of [
    { type: "bar", _input: { x: [1], marker: { color: "red" } } },
    { type: "bar", _input: { x: [1], marker: { color: ["red"] } } },
    { type: "scatter", _input: { x: [1], marker: { color: "red" } } },
    { type: "bar", _input: { x: [1], steps: [{ a: 1 }] } },
    { type: "bar", _input: { x: [1], steps: [{ a: [1] }] } },
  ]) {
    schema.findArrayAttributes(trace);
    schema.findArrayAttributes(structuredClone(trace));
  }
  assert.equal(searched.length, 5);
});

test("a library without the search stays as it is", () => {
  rememberLists(undefined);
  const schema = { get: () => 1 };
  rememberLists(schema);
  assert.deepEqual(Object.keys(schema), ["get"]);
});

test("values do not change a shape", () => {
  assert.equal(shapeOf({ a: 1, b: { c: [1, 2] } }), shapeOf({ a: "x", b: { c: [] } }));
  assert.equal(shapeOf({ a: [null, { b: 1 }] }), "{a[,{b}]}");
  assert.notEqual(shapeOf({ a: new Float64Array(2) }), shapeOf({ a: 1 }));
});
