import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { followHandles, learnSliders, watchSliders } from "../../../../components/web/live/sliders.js";
import { noteMove, takeSteps } from "../../../../components/web/live/sweeps.js";
import { calmDown, fakeDocument, fakeFetch, fakeFrames } from "./fakes.js";

fakeDocument();
const nextFrame = fakeFrames();
globalThis.window = { innerHeight: 900 };
mock.timers.enable({ apis: ["setTimeout"] }); // once: a timer must not be cleared on another clock
watchSliders();
watchSliders();

const PLACE = { low: 0, high: 9, step: 1, home: 5 };
let boxes = {}; // slider key -> its box on the screen
let version = 0;

document.querySelector = (selector) => {
  const [, key] = /^\.st-key-(\w+)$/.exec(selector);
  return key in boxes ? { getBoundingClientRect: () => boxes[key] } : null;
};

const inBox = (key) => ({ closest: () => ({ className: `live-input st-key-${key} live-moved` }) });

function learn(...keys) {
  version += 1;
  const places = Object.fromEntries(keys.map((key) => [key, PLACE]));
  learnSliders({ address: "/sweeps/p/", query: {}, market: version, places });
}

beforeEach(async () => {
  boxes = {};
  fakeFetch({ a: { slots: {}, patches: [] } });
  learn("a");
  document.listeners.pointerover({ target: inBox("a") });
  await calmDown();
});

afterEach(() => {
  nextFrame();
});

test("a handle of which the server knows everything waits for nothing", () => {
  noteMove("a", 7);
  followHandles(); // no panel has an input of that name, so nobody holds it
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
