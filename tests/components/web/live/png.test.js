import assert from "node:assert/strict";
import test from "node:test";

import { fakeServed } from "./fakes.js";

fakeServed();
const { asPicture, asSvg } = await import("../../../../components/web/live/png.js");
const { show } = await import("../../../../components/web/live/slots.js");

const TEMPLATE = { layout: { font: { size: 12 }, annotationdefaults: { font: { size: 13, color: "grey" } } } };
const WORDS = "The return of the share at the target of the article, and what it is by today's price";

function parts(title) {
  const figure = {
    data: [{ y: [1, 2] }],
    layout: { annotations: [{ text: "at {goal}", x: 1 }], margin: { l: 5 }, height: 300 },
  };
  const png = {
    layout: {
      title: { text: title, y: 0.9, subtitle: { text: "Sub {goal}" } },
      margin: { t: 100 },
      annotations: [{ text: "Source" }],
    },
    width: 1600,
    height: 900,
    scale: 2,
    filename: "a-chart",
  };
  return { figure, png };
}

test("a picture has the chart's figure, and title, source and light ground on top", () => {
  show("goal", "USD 200");
  const { figure, png } = parts("Up to {goal}");
  const before = structuredClone({ figure, png });
  const { data, layout } = asPicture(figure, png, TEMPLATE);
  assert.deepEqual(data, figure.data);
  assert.notEqual(data, figure.data); // plotly writes into what it is given
  assert.deepEqual(layout.annotations, [{ text: "at USD 200", x: 1 }, { text: "Source" }]);
  assert.deepEqual(layout.title, { text: "Up to USD 200", y: 0.9, subtitle: { text: "Sub USD 200" } });
  assert.deepEqual(layout.margin, { l: 5, t: 100 });
  assert.deepEqual(layout.template.layout.annotationdefaults, { font: { size: 19, color: "grey" } });
  assert.deepEqual(layout.template.layout.font, { size: 12 });
  assert.deepEqual({ figure, png }, before);
});

test("a title that needs two lines gets the room for them", () => {
  const { figure, png } = parts(WORDS);
  const { layout } = asPicture(figure, png, TEMPLATE);
  assert.equal(layout.title.text.split("<br>").length, 2);
  assert.ok(layout.title.text.split("<br>").every((line) => line.length <= 84));
  assert.ok(layout.title.y < 0.9);
  assert.equal(layout.margin.t, 130);
});

test("a chart without notes of its own has those of the picture", () => {
  const { figure, png } = parts("Title");
  delete figure.layout.annotations;
  assert.deepEqual(asPicture(figure, png, TEMPLATE).layout.annotations, [{ text: "Source" }]);
});

test("type and marks grow with the picture, and what the server sends stays as it is", () => {
  const { figure, png } = parts("Title");
  figure.data = [{ y: [1], text: ["a"], marker: { size: [4, 6] } }, { y: [1], textfont: { size: 10 }, text: ["b"] }];
  figure.layout.annotations = [{ text: "small", font: { size: 10 } }];
  const before = structuredClone(figure);
  const { data, layout } = asPicture(figure, png, TEMPLATE);
  assert.deepEqual(data[0].textfont, { size: 18 });
  assert.deepEqual(data[0].marker, { size: [6, 9] });
  assert.deepEqual(data[1].textfont, { size: 15 });
  assert.deepEqual(layout.annotations[0].font, { size: 15 });
  assert.deepEqual(figure, before);
});

test("a chart that the page does not show has texts of its own", () => {
  show("goal", "USD 200");
  const { figure, png } = parts("Up to {goal}");
  const { layout } = asPicture(figure, png, TEMPLATE, { goal: "USD 9" });
  assert.equal(layout.title.text, "Up to USD 9");
  assert.equal(layout.annotations[0].text, "at USD 9");
});

test("a long line below a picture is broken, and no line is cut", () => {
  const { figure, png } = parts("Title");
  png.layout.annotations = [{ text: `${"word ".repeat(60).trim()}<br>not investment advice` }];
  const rows = asPicture(figure, png, TEMPLATE).layout.annotations.at(-1).text.split("<br>");
  assert.equal(rows.length, 3);
  assert.ok(rows.every((row) => row.length <= 176));
});

test("a picture is made in the size that the server says, and a font that cannot be had is left out", async () => {
  const { figure, png } = parts("Title");
  const asked = [];
  globalThis.document = { baseURI: "http://here/" };
  globalThis.fetch = async () => ({ ok: false });
  const toImage = async (...each) => {
    asked.push(each);
    return `data:image/svg+xml,${encodeURIComponent("<svg width='1'><g/></svg>")}`;
  };
  assert.equal(await asSvg({ toImage }, figure, png, TEMPLATE), "<svg width='1'><g/></svg>");
  const [[picture, options]] = asked;
  assert.deepEqual(options, { format: "svg", width: 1600, height: 900 });
  assert.deepEqual(picture, asPicture(figure, png, TEMPLATE));
});
