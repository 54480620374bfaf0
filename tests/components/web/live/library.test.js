import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { calmDown, FakeElement, fakeDocument } from "./fakes.js";

let early = null; // the script that the first document has asked for
let copies = 0;

beforeEach(() => {
  fakeDocument();
  document.head = new FakeElement("head");
  document.getElementById = () => early;
  globalThis.window = {};
  early = null;
});

/** The module as a new page has it. */
async function newPage() {
  copies += 1;
  return await import(`../../../../components/web/live/library.js?copy=${copies}`);
}

function script() {
  const listeners = {};
  return { listeners, addEventListener: (event, listener) => (listeners[event] = listener) };
}

test("the library that is there is taken", async () => {
  const { loadPlotly } = await newPage();
  window.Plotly = { react: true };
  assert.equal(await loadPlotly("/assets/plotly.js"), window.Plotly);
  assert.deepEqual(document.head.children, []);
});

test("the library that is on its way is waited for", async () => {
  const { loadPlotly } = await newPage();
  early = script();
  const loaded = loadPlotly("/assets/plotly.js");
  window.Plotly = { react: true };
  early.listeners.load();
  assert.equal(await loaded, window.Plotly);
  assert.deepEqual(document.head.children, []);
});

test("else it is asked for once, by however many charts", async () => {
  const { loadPlotly } = await newPage();
  document.createElement = () => Object.assign(new FakeElement("script"), script());
  const both = [loadPlotly("/assets/plotly.js"), loadPlotly("/assets/plotly.js")];
  const [element, ...others] = document.head.children;
  assert.deepEqual([element.src, others], ["http://server/assets/plotly.js", []]);
  window.Plotly = { react: true };
  element.listeners.load();
  assert.deepEqual(await Promise.all(both), [window.Plotly, window.Plotly]);
});

test("a library that does not come is a failure with a reason", async () => {
  const { loadPlotly } = await newPage();
  early = script();
  const loaded = assert.rejects(loadPlotly("/assets/plotly.js"), /did not load/);
  early.listeners.error();
  await calmDown();
  await loaded;
});
