import assert from "node:assert/strict";
import test from "node:test";

import { inWords, makeSpark } from "../../../../components/web/live/marks.js";
import { fakeDocument } from "./fakes.js";

fakeDocument();

test("a bullet says in words what it shows", () => {
  assert.equal(inWords([1.02, 1.02], [0.6045, 0.6045]), "102% of what is stated when it appeared, 60% today");
  assert.equal(inWords(null, [0.85, 1.14]), "85% to 114% today");
  assert.equal(inWords(null, [-0.5, -0.5]), "−50% today");
});

test("a course has a line for each definition of its measure, and its last value as a dot", () => {
  const mark = makeSpark([[[1, 10], [2, 20]], [[3, 0]]]);
  const lines = mark.children.filter((each) => each.attributes.class === "live-course");
  assert.deepEqual(lines.map((each) => each.attributes.d), ["M3 9L52 3", "M101 15"]);
  const [dot] = mark.children.filter((each) => each.attributes.class === "live-now");
  assert.deepEqual([dot.attributes.cx, dot.attributes.cy], ["101", "15"]);
  assert.equal(makeSpark([]).children.length, 0);
});
