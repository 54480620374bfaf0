import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { beginPaintingsWith } from "../../../../components/web/live/painting.js";
import { followHandles, learnSliders, watchSliders } from "../../../../components/web/live/sliders.js";
import { takeSteps } from "../../../../components/web/live/sweeps.js";
import { calmDown, fakeDocument, fakeFetch, fakeFrames } from "./fakes.js";

fakeDocument();
const nextFrame = fakeFrames();
const watchers = [];
const watched = [];
globalThis.window = { innerHeight: 900 };
globalThis.MutationObserver = class {
  constructor(note) {
    watchers.push(note);
  }

  observe(element, options) {
    watched.push([element, options]);
  }
};
mock.timers.enable({ apis: ["setTimeout"] }); // once: a timer must not be cleared on another clock
watchSliders();
watchSliders();

const PLACE = { low: 0, step: 1, at: 5 };
const SWEEP = { slots: {}, patches: [{ chart: "c", path: ["data"], frames: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }] };
let handles = {}; // slider key -> where its handle stands
let boxes = {}; // slider key -> its box on the screen
let shown = [];
let version = 0;

document.querySelector = (selector) => {
  const [, key, handle] = /^\.st-key-(\w+)( input\[type=range\])?$/.exec(selector);
  if (handle) return key in handles ? { value: String(handles[key]) } : null;
  return key in boxes ? { getBoundingClientRect: () => boxes[key] } : null;
};

const inBox = (key) => ({ closest: () => ({ className: `stSlider st-key-${key} x` }) });
const range = (key, value) => ({ type: "range", value: String(value), ...inBox(key) });
const moveTo = (key, value) => watchers[0]([{ target: range(key, value) }]);

function learn(...keys) {
  version += 1;
  const places = Object.fromEntries(keys.map((key) => [key, PLACE]));
  learnSliders({ address: "/sweeps/p/", query: {}, market: version, places });
}

beforeEach(async () => {
  [handles, boxes, shown] = [{ a: 5 }, {}, []];
  beginPaintingsWith(() => {
    shown.push(...takeSteps().map(({ patches }) => patches[0].value));
    return [];
  });
  fakeFetch({ a: SWEEP });
  learn("a");
  document.listeners.pointerover({ target: inBox("a") });
  await calmDown();
  document.listeners.pointerdown();
});

afterEach(() => {
  nextFrame();
});

test("sliders are watched once, in the attributes that a drag writes", () => {
  assert.equal(watchers.length, 1);
  assert.deepEqual(watched, [[document.body, { subtree: true, attributeFilter: ["value", "aria-valuetext"] }]]);
});

test("a pointer's moves are shown at the next frame, the last of them", () => {
  moveTo("a", 6);
  moveTo("a", 7);
  document.listeners.input({ target: range("a", 8) });
  assert.deepEqual(shown, []);
  nextFrame();
  assert.deepEqual(shown, [8]);
});

test("a key's move is shown at once, until a pointer moves again", () => {
  document.listeners.keydown();
  moveTo("a", 6);
  assert.deepEqual(shown, [6]);
  moveTo("a", 7);
  assert.deepEqual(shown, [6]);
  nextFrame();
  assert.deepEqual(shown, [6, 7]);
  document.listeners.pointerdown();
  moveTo("a", 8);
  assert.deepEqual(shown, [6, 7]);
});

test("what is no slider, no known one, or has not moved asks for no frame", () => {
  watchers[0]([{ target: { ...range("a", 7), type: "text" } }]);
  moveTo("unknown", 7);
  moveTo("a", 5);
  watchers[0]([{ target: { type: "range", value: "7", closest: () => null } }]);
  assert.equal(nextFrame(), 0);
});

test("a handle that is held wins over what the server sends", () => {
  handles = { a: 7 };
  followHandles();
  assert.deepEqual(
    takeSteps().map(({ patches }) => patches[0].value),
    [7],
  );
  handles = { a: 5 };
  followHandles();
  handles = {}; // the slider is not on the page yet
  followHandles();
  assert.deepEqual(takeSteps(), []);
});

test("whoever goes near a slider has its sweep asked for", () => {
  for (const [sign, key] of [["pointerover", "near"], ["focusin", "nearer"]]) {
    learn("near", "nearer");
    const asked = fakeFetch({});
    document.listeners[sign]({ target: inBox(key) });
    document.listeners[sign]({ target: {} }); // the document itself has no closest()
    assert.deepEqual(asked, [`http://server/sweeps/p/${key}?`]);
  }
});

const ON = { height: 40, top: 100, bottom: 140 };

test("once a new page is calm, sliders on the screen have their sweeps asked for, in one question", () => {
  boxes = {
    on: ON,
    edge: { height: 40, top: 899, bottom: 939 },
    above: { height: 40, top: -40, bottom: 0 },
    below: { height: 40, top: 900, bottom: 940 },
    folded: { height: 0, top: 100, bottom: 100 },
  };
  const asked = fakeFetch({});
  learn(...Object.keys(boxes), "absent");
  mock.timers.tick(100);
  learn(...Object.keys(boxes), "absent"); // still coming: it waits anew
  mock.timers.tick(149);
  assert.deepEqual(asked, []);
  mock.timers.tick(1);
  assert.deepEqual(asked, ["http://server/sweeps/p/on,edge?"]);
});

test("where a reader moves a slider, the sweeps of the others wait longer", async () => {
  boxes = { a: ON, b: ON };
  const asked = fakeFetch({});
  learnSliders({ address: "/sweeps/p/", query: { a: "6" }, market: version, places: { a: PLACE, b: PLACE } });
  mock.timers.tick(999);
  assert.deepEqual(asked, []);
  mock.timers.tick(1);
  assert.deepEqual(asked, ["http://server/sweeps/p/b?a=6"]);
});

test("after scrolling, what has come onto the screen is asked for", () => {
  learn("later");
  mock.timers.tick(150);
  const asked = fakeFetch({});
  boxes = { later: ON };
  document.listeners.scroll();
  mock.timers.tick(150);
  assert.deepEqual(asked, ["http://server/sweeps/p/later?"]);
});
