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

test("a view that is out of sight takes no frame from the next", () => {
  const hidden = { draw: () => (done.push("hidden"), null) };
  paintSoon(hidden);
  paintSoon(view("chart"));
  nextFrame();
  assert.deepEqual(done, ["prepared", "hidden", "chart"]);
  assert.equal(nextFrame(), 0);
});

test("a slow view leaves every other frame to the texts, a fast one takes it", () => {
  const [slow, fast] = [{ ...view("slow"), isSlow: true }, view("fast")];
  paintSoon(); // nothing has been drawn in the frame before
  nextFrame();
  done = [];
  beginPaintingsWith(() => (done.push("texts"), [slow]));
  for (let move = 0; move < 3; move += 1) {
    paintSoon();
    nextFrame();
  }
  assert.deepEqual(done, ["texts", "slow", "texts", "texts", "slow"]);
  beginPaintingsWith(() => []);
  paintSoon();
  nextFrame();
  done = [];
  paintSoon(slow);
  paintSoon(fast);
  nextFrame();
  nextFrame();
  assert.deepEqual(done, ["slow", "fast"]);
});

test("what a key has drawn is seen before the next chart is drawn", async () => {
  beginPaintingsWith(() => (done.length ? [] : [view("one"), view("other")]));
  paintNow();
  assert.deepEqual(done, ["one"]);
  nextFrame();
  assert.deepEqual(done, ["one"]);
  nextFrame(); // nothing of it is out yet: texts only
  assert.deepEqual(done, ["one"]);
  await new Promise((after) => setTimeout(after));
  nextFrame();
  assert.deepEqual(done, ["one", "other"]);
});

test("a view that is gone is not drawn", () => {
  const chart = view("gone");
  paintSoon(chart);
  paintNever(chart);
  nextFrame();
  assert.deepEqual(done, ["prepared"]);
});

test("a key is answered at once, more of them in the same frame at the next, together", async () => {
  paintNow();
  assert.deepEqual(done, ["prepared"]);
  paintNow();
  paintNow();
  assert.deepEqual(done, ["prepared"]);
  nextFrame();
  assert.deepEqual(done, ["prepared", "prepared"]);
  await new Promise((after) => setTimeout(after)); // the frame is out
  paintNow();
  assert.deepEqual(done, ["prepared", "prepared", "prepared"]);
});
