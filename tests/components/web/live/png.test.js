import assert from "node:assert/strict";
import test from "node:test";

import { asPicture, savePng } from "../../../../components/web/live/png.js";
import { show } from "../../../../components/web/live/slots.js";

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

test("a picture is saved in the size and under the name that the server says", async () => {
  const { figure, png } = parts("Title");
  const saved = [];
  await savePng({ downloadImage: async (...each) => saved.push(each) }, figure, png, TEMPLATE);
  const [[picture, options]] = saved;
  assert.deepEqual(options, { format: "png", width: 1600, height: 900, scale: 2, filename: "a-chart" });
  assert.deepEqual(picture, asPicture(figure, png, TEMPLATE));
});
