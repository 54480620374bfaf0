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
document.head = new fakes.FakeElement("head");
document.getElementById = (id) => document.head.children.find((child) => child.id === id) ?? null;

const { default: render } = await import("../../../../components/web/live/index.js");

const PLACES = { goal: { low: 0, high: 9, step: 1, home: 5 } };
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
const INPUTS = {
  kind: "inputs",
  id: "panel",
  heard: 0,
  columns: 1,
  groups: [{ title: "", unit: "", inputs: [{
    key: "goal", label: "Goal", name: "Goal", unit: "", value: 5, ...PLACES.goal, decimals: 0, slides: true,
    origin: "assumed", reason: "a round figure",
  }] }],
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
const [sentence, chart, other, panel] = [1, 2, 3, 4].map(() => new fakes.FakeElement("div"));

/** Lets frames pass until nothing is left to draw, a chart a frame. Returns what was drawn. */
async function frame() {
  while (nextFrame() > 0) await fakes.calmDown();
  return drawings.splice(0);
}

/** The reader moves the handle, and does not let it go. */
function move(position) {
  const [range] = panel.querySelectorAll(".live-track")[0].children;
  range.value = position;
  range.on.input();
}

test("a page follows a handle, and what the server sends meanwhile does not move it back", async () => {
  fakes.fakeFetch({ goal: SWEEP });
  send(READOUT, sentence);
  send(INPUTS, panel);
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

test("once the server has heard of a move, its answer counts", async () => {
  move(8);
  await frame();
  assert.equal(sentence.textContent, "At USD 8");
  let message = 0;
  render({ data: new TextEncoder().encode(JSON.stringify(INPUTS)), parentElement: panel,
    setTriggerValue: (_, sent) => (message = sent.message) });
  panel.querySelectorAll(".live-track")[0].children[0].on.change();
  const answered = { ...INPUTS, heard: message };
  answered.groups[0].inputs[0].value = 8;
  send(answered, panel);
  send({ ...READOUT, slots: { goal: "USD 8, by the server" } }, sentence);
  await frame();
  assert.equal(sentence.textContent, "At USD 8, by the server");
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
