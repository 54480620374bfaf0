import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { beginPaintingsWith } from "../../../../components/web/live/painting.js";
import { show } from "../../../../components/web/live/slots.js";
import { calmDown, FakeElement, fakeDocument, fakeFrames, fakeRoom, fakeServed, fakeSight } from "./fakes.js";

fakeServed();
fakeDocument();
const nextFrame = fakeFrames();
const sight = fakeSight();
const room = fakeRoom();
beginPaintingsWith(() => []);

const { ChartView } = await import("../../../../components/web/live/charts.js");

const value = (each) => each;
const axis = { autorange: true, range: [0, 10], r2l: value, d2l: value };
const FIGURE = { data: [{ x: [1], y: [2], name: "a" }, { x: [3], y: [4] }], layout: { height: 300 } };
const DATA = {
  id: "upside",
  title: "At {chart.goal}",
  subtitle: "Sub",
  source: "Source",
  alt: "Bars at {chart.goal}",
  figure: JSON.stringify(FIGURE),
  patches: [],
  narrow: { legend: "below" },
  png: { layout: {}, width: 1, height: 1, scale: 1, filename: "f" },
  plotly: "/assets/plotly.js",
};

let drawn = []; // what plotly was asked to do
let idle = [];
let ground = "rgb(255, 255, 255)";
let failure = null;

globalThis.getComputedStyle = () => ({ backgroundColor: ground });
const PLOTLY = {
  react: async (plot, data, layout) => {
    if (failure) throw new Error(failure);
    plot._fullLayout ??= { xaxis: { ...axis }, yaxis: { ...axis } };
    drawn.push(["react", data, layout]);
  },
  animate: async (plot, { data }) => {
    if (failure) throw new Error(failure);
    drawn.push(["animate", data]);
  },
  purge: () => drawn.push(["purge"]),
};

globalThis.window = {
  requestIdleCallback: (work) => idle.push(work),
  Plotly: { ...PLOTLY },
};

async function frame() {
  nextFrame();
  await calmDown();
}

/** A chart that stands on the page, in sight unless said otherwise. */
async function chart({ seen = true, patches = [], width = 800 } = {}) {
  const view = new ChartView(new FakeElement("div"));
  room.get(view.plot)(width, 400);
  if (seen) sight.get(view.root)(true);
  view.update({ ...DATA, patches });
  await frame();
  return view;
}

/** What plotly was asked to do since the last time. */
function news() {
  const since = drawn;
  drawn = [];
  return since;
}

const kinds = () => news().map(([kind]) => kind);

beforeEach(() => {
  [idle, ground, failure] = [[], "rgb(255, 255, 255)", null];
  Object.assign(window.Plotly, PLOTLY);
  news();
});

test("a chart in sight is drawn with the patches of the moment, at its own size", async () => {
  const view = await chart({ patches: [{ path: ["data", 0, "y", 0], value: 7 }] });
  const [[kind, data, layout]] = news();
  assert.equal(kind, "react");
  assert.deepEqual(data, [{ x: [1], y: [7], name: "a" }, { x: [3], y: [4] }]);
  assert.deepEqual(layout, {
    template: { layout: { ground: "light" } },
    width: 800,
    height: 400,
    uirevision: "upside", // so that plotly keeps a reader's zoom
  });
  assert.equal(view.root.dataset.drawn, "1");
});

test("a narrow chart has the narrow layout, a chart on dark ground the dark template", async () => {
  await chart({ width: 519 });
  assert.equal(news()[0][2].legend, "below");
  ground = "rgb(14, 17, 23)";
  await chart({ width: 520 });
  const [[, , layout]] = news();
  assert.equal(layout.legend, undefined);
  assert.equal(layout.template.layout.ground, "dark");
});

test("what the server says again is not drawn again, what is new is", async () => {
  const view = await chart();
  news();
  view.update({ ...DATA });
  await frame();
  assert.deepEqual(kinds(), []);
  view.update({ ...DATA, patches: [{ path: ["data", 0, "y"], value: [3] }] });
  await frame();
  assert.deepEqual(kinds(), ["react"]);
  ground = "rgb(0, 0, 0)";
  view.update({ ...DATA, patches: [{ path: ["data", 0, "y"], value: [3] }] });
  await frame();
  assert.deepEqual(kinds(), ["react"]);
  view.update({ ...DATA, figure: JSON.stringify({ ...FIGURE, data: [] }) });
  await frame();
  assert.deepEqual(news()[0][1], []);
});

test("a trace that moves within the axes is drawn alone, the others named and left", async () => {
  const view = await chart();
  news();
  assert.ok(view.move(["data", 1, "y"], [9]));
  await view.draw();
  assert.deepEqual(news(), [["animate", [{}, { x: [3], y: [9] }]]]);
  assert.equal(view.root.dataset.drawn, "2");
});

test("of a trace that moves nothing but its places is handed to plotly, and only while it moves", async () => {
  const view = await chart();
  view.move(["data", 0, "y"], [5]);
  await view.draw();
  view.move(["data", 1, "y"], [6]);
  await view.draw();
  assert.deepEqual(news().slice(1), [
    ["animate", [{ x: [1], y: [5] }, {}]],
    ["animate", [{}, { x: [3], y: [6] }]],
  ]);
});

test("plotly gets copies to write into", async () => {
  const view = await chart();
  news()[0][1][0].y.push("written by plotly");
  assert.deepEqual(view.figure.data, FIGURE.data);
  view.move(["data", 0, "y"], [5]);
  await view.draw();
  news()[0][1][0].y.push("written by plotly");
  assert.deepEqual(view.figure.data[0].y, [5]);
  view.update(DATA);
  await frame();
  assert.deepEqual(news()[0][1], FIGURE.data);
});

test("all is drawn anew only when a step that is on is over", async () => {
  const view = await chart();
  let finish = null;
  window.Plotly.animate = () => new Promise((done) => (finish = done));
  view.move(["data", 0, "y"], [5]);
  view.draw();
  await calmDown();
  news();
  view.update(DATA);
  await frame();
  assert.deepEqual(kinds(), []);
  finish();
  await calmDown();
  assert.deepEqual(kinds(), ["react"]);
});

test("a picture is on light ground whatever the page is on", async () => {
  ground = "rgb(0, 0, 0)";
  const view = await chart();
  const title = { text: "", subtitle: { text: "" } };
  view.update({ ...DATA, png: { ...DATA.png, layout: { title, margin: {}, annotations: [] } } });
  let saved = null;
  window.Plotly.toImage = async ({ layout }) => {
    saved = layout;
    return "data:image/svg+xml,%3Csvg%3E%3C/svg%3E";
  };
  globalThis.fetch = async () => ({ ok: false });
  await view.save("svg").catch(() => {}); // there is no link to click on here
  assert.equal(saved.template.layout.ground, "light");
});

test("a value that stands already is no move", async () => {
  const view = await chart({ patches: [{ path: ["layout", "height"], value: 5 }] });
  assert.ok(!view.move(["layout", "height"], 5));
  assert.ok(view.move(["layout", "height"], 6));
  assert.ok(!view.move(["layout", "height"], 6));
});

test("all is drawn anew when a trace leaves the axes, or more than a trace's places changes", async () => {
  const view = await chart();
  for (const [path, moved] of [
    [["data", 1, "y"], [11]],
    [["layout", "title"], "other"],
    [["data", 0, "name"], "b"],
  ]) {
    news();
    view.move(["data", 0, "y"], [Math.random()]);
    view.move(path, moved);
    await view.draw();
    assert.deepEqual(kinds(), ["react"], String(path));
    view.move(["data", 1, "y"], [4]);
    await view.draw();
  }
  assert.deepEqual(kinds(), ["animate"]); // what had moved before counts no more
});

test("after a drag plotly chooses its axes anew where the marks have come to their edge or fill them no more", async () => {
  for (const [end, expected] of [
    [9.8, "react"], // at the edge
    [2.5, "react"], // both traces at the foot of the axis, which they filled to a fifth
    [9, undefined], // room enough
  ]) {
    const view = await chart({ patches: [{ path: ["data", 1, "y"], value: [4.5] }] });
    view.move(["data", 1, "y"], [end]);
    await view.draw();
    news();
    for (const kind of [expected, undefined]) {
      view.update({ ...DATA, patches: [{ path: ["data", 1, "y"], value: [end] }] });
      await frame();
      assert.deepEqual(kinds(), kind ? [kind] : []);
    }
  }
});

test("where somebody chose both axes, nothing is to be chosen anew", async () => {
  const view = await chart();
  view.plot._fullLayout = { xaxis: { ...axis, autorange: false }, yaxis: { ...axis, autorange: false } };
  view.move(["data", 1, "y"], [99]);
  await view.draw();
  news();
  view.update({ ...DATA, patches: [{ path: ["data", 1, "y"], value: [99] }] });
  await frame();
  assert.deepEqual(kinds(), []);
});

test("a step that another one overtakes is made good by drawing all", async () => {
  const view = await chart();
  failure = "overtaken";
  view.move(["data", 1, "y"], [9]);
  await view.draw();
  failure = null;
  news();
  await frame();
  assert.deepEqual(kinds(), ["react"]);
});

test("a chart is drawn anew when its room changes, not when it is told the same again", async () => {
  const view = await chart();
  news();
  room.get(view.plot)(800, 400);
  await frame();
  assert.deepEqual(kinds(), []);
  for (const size of [[800, 401], [801, 401]]) {
    room.get(view.plot)(...size);
    await frame();
    const [[, , layout]] = news();
    assert.deepEqual([layout.width, layout.height], size);
  }
});

test("out of sight a chart is drawn once, in idle time, and from then on when it comes into sight", async () => {
  const view = await chart({ seen: false });
  assert.deepEqual(kinds(), []);
  idle.forEach((work) => work());
  await calmDown();
  assert.deepEqual(kinds(), ["react"]);
  idle = [];
  view.move(["data", 1, "y"], [5]);
  await view.draw();
  view.move(["data", 1, "y"], [6]);
  await view.draw();
  assert.deepEqual([kinds(), idle], [[], []]);
  sight.get(view.root)(true);
  await frame();
  assert.deepEqual(news(), [["animate", [{}, { x: [3], y: [6] }]]]);
  sight.get(view.root)(false);
  sight.get(view.root)(true);
  await frame();
  assert.deepEqual(kinds(), []); // it is up to date
});

test("a chart that came into sight before there was time is not drawn twice", async () => {
  const view = await chart({ seen: false });
  sight.get(view.root)(true);
  await frame();
  idle.forEach((work) => work());
  await calmDown();
  assert.deepEqual(kinds(), ["react"]);
  assert.equal(view.root.dataset.drawn, "1");
});

test("a chart says what it shows to those who cannot see it", async () => {
  show("chart.goal", "USD 200");
  const view = await chart();
  assert.equal(view.plot.ariaLabel, "Bars at USD 200");
  assert.equal(view.tools.png.ariaLabel, "Download this chart as PNG: At USD 200");
  assert.equal(view.title.textContent, "At USD 200");
  show("chart.goal", "USD 210");
  view.move(["data", 1, "y"], [5]);
  await view.draw();
  assert.equal(view.plot.ariaLabel, "Bars at USD 210");
});

test("a chart that cannot be drawn says so in its place", async () => {
  failure = "no such trace";
  const view = await chart();
  assert.equal(view.plot.textContent, "This chart cannot be drawn: no such trace");
  assert.equal(view.root.dataset.drawn, undefined);
});

test("a chart that goes while plotly is on its way is not drawn", async () => {
  const view = await chart();
  view.drawAnew();
  news();
  nextFrame();
  view.remove();
  await calmDown();
  assert.deepEqual(kinds(), ["purge"]);
});

test("a chart that is gone leaves nothing behind, and is not drawn in idle time", async () => {
  const view = await chart({ seen: false });
  view.remove();
  assert.ok(!sight.has(view.root) && !room.has(view.plot));
  assert.equal(view.root.parentElement.children.length, 0);
  idle.forEach((work) => work());
  await calmDown();
  assert.deepEqual(kinds(), ["purge"]);
});

test("a chart's figures can be seen as a table, which follows a handle, and the chart seen again", async () => {
  const view = await chart();
  assert.ok(view.table.hidden);
  view.tools.switch.onclick();
  assert.deepEqual([view.table.hidden, view.plot.hidden, view.tools.switch.textContent], [false, true, "Chart"]);
  const cells = () => view.table.querySelectorAll(".live-numeric").map((cell) => cell.textContent);
  assert.deepEqual(cells(), ["a", "2"]);
  view.move(["data", 0, "y", 0], 6);
  assert.deepEqual(cells(), ["a", "6"]);
  view.tools.switch.onclick();
  assert.deepEqual([view.table.hidden, view.plot.hidden, view.tools.switch.ariaPressed], [true, false, "false"]);
});

test("colours are exchanged on dark ground, and only there", async () => {
  const figure = JSON.stringify({ ...FIGURE, data: [{ ...FIGURE.data[0], marker: { color: "#111111" } }] });
  for (const [scheme, colour] of [["rgb(255, 255, 255)", "#111111"], ["rgb(14, 17, 23)", "#eeeeee"]]) {
    ground = scheme;
    const view = await chart();
    news();
    view.update({ ...DATA, figure });
    await frame();
    assert.equal(news()[0][1][0].marker.color, colour);
    assert.equal(view.figure.data[0].marker.color, "#111111", "a picture is always light");
  }
});
