import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { beginPaintingsWith, paintNever, paintNow, paintSoon } from "../../../../components/web/live/painting.js";
import { fakeFrames } from "./fakes.js";

const nextFrame = fakeFrames();
let done = [];

function view(name) {
  return { draw: () => done.push(name) };
}

beforeEach(() => {
  beginPaintingsWith(() => []);
  nextFrame();
  done = [];
  beginPaintingsWith(() => {
    done.push("prepared");
    return [];
  });
});

test("many changes make one painting, at the next frame", () => {
  paintSoon();
  paintSoon();
  paintSoon();
  assert.deepEqual(done, []);
  assert.equal(nextFrame(), 1);
  assert.deepEqual(done, ["prepared"]);
  assert.equal(nextFrame(), 0);
});

test("a view is drawn once, after all has been brought up to date, and not again", () => {
  const chart = view("chart");
  paintSoon(chart);
  paintSoon(chart);
  nextFrame();
  assert.deepEqual(done, ["prepared", "chart"]);
  paintSoon();
  nextFrame();
  assert.deepEqual(done, ["prepared", "chart", "prepared"]);
});

test("of the views that wait, one is drawn a frame, the one that has waited longest first", () => {
  const [one, other] = [view("one"), view("other")];
  const changed = [[other, one, other], [one], []]; // what the beginning of each painting changed
  beginPaintingsWith(() => changed.shift() ?? []);
  paintSoon(one);
  for (const expected of [["one"], ["one", "other"], ["one", "other", "one"]]) {
    assert.equal(nextFrame(), 1);
    assert.deepEqual(done, expected);
  }
  assert.equal(nextFrame(), 0);
});

test("a view that asks for a frame while it is drawn gets the next one", () => {
  const chart = { draw: () => done.push("chart") === 2 && paintSoon(chart) };
  paintSoon(chart);
  nextFrame();
  assert.equal(nextFrame(), 1);
  assert.deepEqual(done, ["prepared", "chart", "prepared", "chart"]);
});

test("a view that is gone is not drawn", () => {
  const chart = view("gone");
  paintSoon(chart);
  paintNever(chart);
  nextFrame();
  assert.deepEqual(done, ["prepared"]);
});

test("a key is answered at once, more of them in the same frame at the next, together", () => {
  paintNow();
  assert.deepEqual(done, ["prepared"]);
  paintNow();
  paintNow();
  assert.deepEqual(done, ["prepared"]);
  nextFrame();
  assert.deepEqual(done, ["prepared", "prepared"]);
  paintNow(); // a frame later, at once again
  assert.deepEqual(done, ["prepared", "prepared", "prepared"]);
});
