import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import * as sweeps from "../../../../components/web/live/sweeps.js";
import { calmDown, fakeDocument, fakeFetch, fakeFrames } from "./fakes.js";

fakeDocument();
const nextFrame = fakeFrames();

const PLACES = {
  bull: { low: 100, high: 101, step: 0.5, home: 100 },
  months: { low: 1, high: 60, step: 1, home: 12 },
};
const LEARNT = { address: "/sweeps/upside/", query: { v: "1" }, market: "m1", places: PLACES };

function sweepOf(...texts) {
  return { slots: { said: { head: "USD ", cores: texts, tail: " a share" } }, patches: [] };
}

/** Forgets all sliders and learns two, of which one has a sweep of three steps. */
async function begin() {
  sweeps.learnPlaces({ ...LEARNT, places: {} });
  sweeps.learnPlaces(LEARNT);
  fakeFetch({ bull: sweepOf("100", "100.50", "101") });
  await sweeps.fetchSweeps(["bull"]);
  nextFrame();
}

/** Which sliders would have to ask for their sweep. */
async function lacking() {
  const asked = fakeFetch({});
  await sweeps.fetchSweeps(["bull", "months"]);
  return asked.map((url) => new URL(url).pathname.split("/").at(-1)).join();
}

beforeEach(begin);

test("sweeps are asked for in one question, at the address and with the query of the page", async () => {
  sweeps.learnPlaces({ ...LEARNT, market: "m2", query: { v: "1", text: "a b" } });
  const asked = fakeFetch({});
  await sweeps.fetchSweeps(["bull", "months", "unknown", undefined]);
  assert.deepEqual(asked, ["http://server/sweeps/upside/bull,months?v=1&text=a+b"]);
});

test("nobody asks twice, not while an answer is on its way either", async () => {
  assert.equal(await lacking(), "months");
  assert.equal(await lacking(), "");
});

for (const [what, change, expected] of [
  ["nothing", {}, "months"],
  ["its own value", { query: { v: "1", bull: "231" } }, "months"],
  ["another slider's value", { query: { v: "1", months: "18" } }, "bull,months"],
  ["another input", { query: { v: "2" } }, "bull,months"],
  ["the market", { market: "m2" }, "bull,months"],
  ["the page", { address: "/sweeps/valuation/" }, "bull,months"],
  ["its first step", { places: { ...PLACES, bull: { ...PLACES.bull, low: 50 } } }, "bull,months"],
]) {
  test(`after a change of ${what}, asked anew: ${expected}`, async () => {
    sweeps.learnPlaces({ ...LEARNT, ...change });
    assert.equal(sweeps.hasSweeps(), expected === "months");
    assert.equal(await lacking(), expected);
  });
}

test("the order of a query is of no account", async () => {
  sweeps.learnPlaces({ ...LEARNT, query: { a: "1", v: "1" } });
  await lacking();
  sweeps.learnPlaces({ ...LEARNT, query: { v: "1", a: "1" } });
  assert.equal(await lacking(), "");
});

test("sliders of another page are forgotten", () => {
  sweeps.learnPlaces({ ...LEARNT, places: { pace: PLACES.bull } });
  assert.deepEqual(sweeps.sliderKeys(), ["pace"]);
});

test("a move of a slider that has gone is not shown when it comes again", async () => {
  sweeps.noteMove("bull", 1);
  await begin();
  assert.deepEqual(sweeps.takeSteps(), []);
});

test("of the stops between two frames the last one wins", () => {
  assert.ok(sweeps.noteMove("bull", 0));
  assert.ok(sweeps.noteMove("bull", 2));
  assert.ok(sweeps.noteMove("bull", 1));
  assert.deepEqual(sweeps.takeSteps(), [{ texts: [["said", "USD 100.50 a share"]], patches: [] }]);
  assert.deepEqual(sweeps.takeSteps(), []);
});

test("the same stop again is no move, nor is one of an unknown slider", () => {
  assert.ok(!sweeps.noteMove("nothing", 1));
  assert.ok(sweeps.noteMove("bull", 1));
  assert.ok(!sweeps.noteMove("bull", 1));
});

test("a position waits for its sweep, and a frame is painted when it comes", async () => {
  let answer = null;
  globalThis.fetch = async () => ({ ok: true, json: () => new Promise((done) => (answer = done)) });
  assert.ok(sweeps.noteMove("months", 1)); // asks for the sweep
  assert.ok(sweeps.noteMove("months", 2));
  await calmDown();
  assert.deepEqual(sweeps.takeSteps(), []);
  assert.equal(nextFrame(), 0);
  answer({ months: sweepOf("1", "2", "3") });
  await calmDown();
  assert.equal(nextFrame(), 1);
  assert.deepEqual(sweeps.takeSteps(), [{ texts: [["said", "USD 3 a share"]], patches: [] }]);
});

test("no frame is painted for a sweep that nobody waits for", async () => {
  fakeFetch({ months: sweepOf("1") });
  await sweeps.fetchSweeps(["months"]);
  assert.equal(nextFrame(), 0);
});

test("a sweep that comes after its slider's inputs have changed is not kept", async () => {
  let answer = null;
  globalThis.fetch = async () => ({ ok: true, json: () => new Promise((done) => (answer = done)) });
  const fetched = sweeps.fetchSweeps(["months"]);
  await calmDown();
  sweeps.learnPlaces({ ...LEARNT, market: "m2" });
  answer({ months: sweepOf("1", "2", "3") });
  await fetched;
  assert.ok(!sweeps.hasSweeps());
  assert.equal(await lacking(), "bull,months");
});

test("an answer that is a failure is said, kept out, and tried again with the next change only", async (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  fakeFetch({ ok: false, error: "no such slider", months: sweepOf("1") });
  await sweeps.fetchSweeps(["months"]);
  assert.match(warn.mock.calls[0].arguments[0], /months on release only: no such slider/);
  sweeps.noteMove("months", 1);
  assert.deepEqual(sweeps.takeSteps(), []);
  assert.equal(await lacking(), "");
  sweeps.learnPlaces({ ...LEARNT, query: { v: "1", bull: "210" } });
  assert.equal(await lacking(), "months");
});

test("a handle that is away from what the server answered for is shown again, each time", () => {
  for (const _ of [1, 2]) {
    sweeps.settle("bull", 2);
    assert.equal(sweeps.takeSteps().length, 1);
  }
});

test("where the server has caught up, nothing waits any more", () => {
  sweeps.noteMove("bull", 1);
  sweeps.settle("bull", undefined);
  assert.deepEqual(sweeps.takeSteps(), []);
  sweeps.settle("bull", 0); // the first stop is a stop, too
  assert.equal(sweeps.takeSteps().length, 1);
});

test("the settings that the server last said can be handed on", () => {
  assert.deepEqual(sweeps.currentQuery(), { v: "1" });
  sweeps.learnPlaces({ ...LEARNT, places: {} });
  assert.deepEqual(sweeps.currentQuery(), {});
});

test("before the first stop and after the last there is nothing to show", () => {
  const said = (place) => sweeps.frameAt(sweepOf("a", "b"), place).texts[0]?.[1];
  assert.deepEqual([-1, 0, 1, 2].map(said), [undefined, "USD a a share", "USD b a share", undefined]);
});

test("a step has a chart's values with their places, those of null too", () => {
  const path = ["data", 0, "y"];
  const sweep = { slots: {}, patches: [{ chart: "paths", path, frames: [[1, 2], null] }] };
  const at = (place) => sweeps.frameAt(sweep, place).patches;
  assert.deepEqual(at(0), [{ chart: "paths", path, value: [1, 2] }]);
  assert.deepEqual(at(1), [{ chart: "paths", path, value: null }]);
  assert.deepEqual(at(2), []);
});
