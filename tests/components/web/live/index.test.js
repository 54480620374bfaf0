import assert from "node:assert/strict";
import test, { mock } from "node:test";

import * as fakes from "./fakes.js";

fakes.fakeServed();
fakes.fakeDocument();
fakes.fakeRoom();
const sight = fakes.fakeSight();
mock.timers.enable({ apis: ["setTimeout"] });
const nextFrame = fakes.fakeFrames();
const drawings = [];
let handle = 5; // where the one slider's handle stands
let follow = null; // tells that an attribute of an element has changed

globalThis.window = {
  innerWidth: 500,
  requestIdleCallback: (work) => work(),
  Plotly: {
    react: async (plot, data) => {
      plot._fullLayout = { xaxis: { autorange: false }, yaxis: { autorange: false } };
      drawings.push(data[0].y);
    },
    animate: async (plot, { data }) => drawings.push(data[0].y),
    purge: () => {},
  },
};
globalThis.location = { pathname: "/upside" };
globalThis.getComputedStyle = () => ({ backgroundColor: "rgb(255, 255, 255)" });
globalThis.MutationObserver = class {
  constructor(note) {
    follow = (target) => note([{ target }]);
  }

  observe() {}
};
document.head = new fakes.FakeElement("head");
document.getElementById = (id) => document.head.children.find((child) => child.id === id) ?? null;
document.querySelector = (selector) => (selector.includes("range") ? { value: String(handle) } : null);

const { default: render } = await import("../../../../components/web/live/index.js");

const PLACES = { goal: { low: 0, step: 1, at: 5 } };
const FRAMES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const SWEEP = {
  slots: { goal: { head: "USD ", cores: FRAMES.map(String), tail: "" } },
  patches: [{ chart: "paths", path: ["data", 0, "y", 0], frames: FRAMES }],
};
const READOUT = {
  kind: "readout",
  id: "paths", // as the chart: what moves a chart is not for a readout
  blocks: [{ kind: "sentence", text: "At {goal}" }],
  slots: { goal: "USD 5" },
  sliders: { address: "/sweeps/upside/", query: {}, market: "m", places: PLACES },
};
const CHART = {
  kind: "chart",
  title: "",
  subtitle: "",
  source: "",
  alt: "",
  figure: JSON.stringify({ data: [{ y: [5] }], layout: {} }),
  patches: [],
  narrow: {},
  slots: { goal: "USD 5" },
};

const send = (data, parentElement) => render({ data: new TextEncoder().encode(JSON.stringify(data)), parentElement });
const [sentence, chart, other] = [1, 2, 3].map(() => new fakes.FakeElement("div"));

async function frame() {
  nextFrame();
  await fakes.calmDown();
  return drawings.splice(0);
}

function move(position) {
  handle = position;
  follow({ type: "range", value: String(position), closest: () => ({ className: "st-key-goal" }) });
}

test("a page follows a handle, and what the server sends meanwhile does not move it back", async () => {
  fakes.fakeFetch({ goal: SWEEP });
  send(READOUT, sentence);
  send({ ...CHART, id: "paths" }, chart);
  send({ ...CHART, id: "other" }, other);
  assert.equal(sentence.textContent, "At USD 5");
  assert.deepEqual(await frame(), [[5], [5]]);
  for (const tell of sight.values()) tell(true);

  move(6);
  await fakes.calmDown(); // the sweep comes
  move(7);
  assert.equal(sentence.textContent, "At USD 5");
  assert.deepEqual(await frame(), [[7]]); // the chart that the slider moves, and that one only
  assert.equal(sentence.textContent, "At USD 7");

  send(READOUT, sentence); // an answer to an earlier position
  send({ ...CHART, id: "paths" }, chart);
  assert.equal(sentence.textContent, "At USD 5");
  assert.deepEqual(await frame(), [[7]]);
  assert.equal(sentence.textContent, "At USD 7");
});

test("a readout alone that the server sends follows the handle, too", async () => {
  send(READOUT, sentence);
  assert.equal(sentence.textContent, "At USD 5");
  await frame();
  assert.equal(sentence.textContent, "At USD 7");
});

test("handles are compared with the server only when it has sent something", async () => {
  await frame();
  move(8);
  handle = 3; // nobody asks where the handle stands while nothing has come
  await frame();
  assert.equal(sentence.textContent, "At USD 8");
  handle = 5;
});

test("the same element keeps its view, one that is gone gets a new one", async () => {
  const [before] = sentence.children;
  const leave = send(READOUT, sentence);
  assert.equal(sentence.children.length, 1);
  assert.equal(sentence.children[0], before);
  leave();
  assert.equal(sentence.children.length, 0);
  send(READOUT, sentence);
  assert.equal(sentence.children.length, 1);
});

test("a chart that is gone is neither drawn nor moved", async () => {
  await frame();
  const leave = send({ ...CHART, id: "paths", patches: [{ path: ["data", 0, "y"], value: [1] }] }, chart);
  leave();
  assert.deepEqual(await frame(), []);
  move(7);
  assert.deepEqual(await frame(), []);
});

test("the styles come into the document once", () => {
  assert.deepEqual(
    document.head.children.map((each) => [each.tagName, each.id, each.textContent]),
    [["STYLE", "live-styles", ".a {}"]],
  );
});

test("the list of pages closes after a choice, on a narrow screen, once", () => {
  let clicks = 0;
  document.querySelector = (selector) => (selector.includes("Sidebar") ? { click: () => (clicks += 1) } : null);
  send(READOUT, sentence);
  assert.equal(clicks, 0);
  location.pathname = "/capex";
  send(READOUT, sentence);
  send(READOUT, sentence);
  assert.equal(clicks, 1);
  window.innerWidth = 768;
  location.pathname = "/claims";
  send(READOUT, sentence);
  assert.equal(clicks, 1);
});
