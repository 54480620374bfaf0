import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { heldAt, InputsView } from "../../../../components/web/live/inputs.js";
import { beginPaintingsWith } from "../../../../components/web/live/painting.js";
import { learnPlaces, takeSteps } from "../../../../components/web/live/sweeps.js";
import { FakeElement, fakeDocument, fakeFetch, fakeFrames } from "./fakes.js";

fakeDocument();
fakeFrames();
fakeFetch({});
beginPaintingsWith(() => {
  takeSteps();
  return [];
});
mock.timers.enable({ apis: ["setTimeout"] });

const PRICE = {
  key: "price", label: "Price", name: "Price, USD", unit: "", value: 1.2, low: 0, high: 3, step: 1, home: 1.2, decimals: 2,
  slides: true, origin: "article", reason: "The article says 1.20.",
};
const COUNT = { ...PRICE, key: "count", slides: false, value: 100, high: 1000, home: 100, decimals: 0 };
let view = null;
let sent = [];

const data = (value, heard = 0) => ({
  id: "panel-p", heard, columns: 1, groups: [{ title: "Group", unit: "USD", inputs: [{ ...PRICE, value }, COUNT] }],
});
const input = (key) => view.inputs.get(key);

function slideTo(place, byKey = false) {
  view.root.on[byKey ? "keydown" : "pointerdown"]();
  input("price").range.value = place;
  input("price").range.on.input();
}

function type(key, text) {
  input(key).field.value = text;
  input(key).field.on.change();
}

let heard = 0; // message numbers go on from panel to panel
beforeEach(() => {
  sent = [];
  view = new InputsView(new FakeElement("div"));
  view.tell = (sign, value) => {
    sent.push([sign, value]);
    heard = value.message;
  };
  view.update(data(1.2, heard));
  learnPlaces({ address: "/s/", query: {}, market: 1, places: { price: { low: 0, high: 3, step: 1, home: 1.2 } } });
});

test("an input shows its value, its stop, where it comes from and why", () => {
  const { field, range, chip, box } = input("price");
  assert.deepEqual([field.value, range.value, range.max, chip.textContent], ["1.20", 2, 4, "A"]); // 0, 1, 1.2, 2, 3
  assert.equal(chip.dataset.hint, "The article says 1.20.");
  assert.equal(field.ariaLabel, "Price, USD");
  assert.ok(!box.className.includes("live-moved"));
  assert.equal(input("count").range, undefined);
});

test("a moved handle is written at once and told on release", () => {
  slideTo(3);
  assert.deepEqual([input("price").field.value, heldAt("price"), sent], ["2.00", 3, []]);
  assert.ok(input("price").box.className.includes("live-moved"));
  input("price").range.on.change();
  assert.deepEqual(sent, [["set", { values: { price: 2 }, message: heard }]]);
});

test("of a row of keys the first is told at once, the others together a little after the last", () => {
  for (const place of [1, 3, 4]) {
    slideTo(place, true);
    input("price").range.on.change();
  }
  const values = () => sent.map(([, each]) => each.values);
  mock.timers.tick(249);
  assert.deepEqual(values(), [{ price: 1 }]);
  mock.timers.tick(1);
  assert.deepEqual(values(), [{ price: 1 }, { price: 3 }]);
});

test("an answer to an earlier message moves no handle back, the answer to the last one counts", () => {
  slideTo(3);
  input("price").range.on.change();
  const first = heard;
  slideTo(4);
  view.update(data(2, first));
  assert.deepEqual([input("price").field.value, heldAt("price")], ["3.00", 4]);
  input("price").range.on.change();
  view.update(data(2, first));
  assert.equal(input("price").field.value, "3.00");
  view.update(data(1.2, heard)); // the server may say no: a reset came in between
  assert.deepEqual([input("price").field.value, heldAt("price")], ["1.20", undefined]);
});

test("any number within the bounds can be typed; between two stops no frame is held", () => {
  type("price", "2.75");
  assert.deepEqual(sent.at(-1)[1].values, { price: 2.75 });
  assert.deepEqual([heldAt("price"), input("price").range.value], [undefined, 4]);
  type("price", "2");
  assert.equal(heldAt("price"), 3);
  type("count", "1,000");
  assert.deepEqual(sent.at(-1)[1].values, { price: 2, count: 1000 }, "what is not confirmed goes along");
});

test("what is no number or out of bounds is said, and the value stays", () => {
  for (const [text, why] of [["a lot", "“a lot” is no number; it stays at 1.20."], ["4", "It goes from 0 to 3; it stays at 1.20."]]) {
    type("price", text);
    assert.deepEqual([input("price").said.textContent, input("price").field.value], [why, "1.20"]);
  }
  assert.deepEqual(sent, []);
});

test("a panel that has gone holds nothing", () => {
  slideTo(3);
  view.root.parentElement.append(view.root);
  view.remove();
  assert.equal(heldAt("price"), undefined);
});
