import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { fill, forget, parts, plain, show, watchSight } from "../../../../components/web/live/slots.js";
import { FakeElement, fakeDocument, fakeSight } from "./fakes.js";

fakeDocument();
mock.timers.enable({ apis: ["setTimeout"] }); // once: a timer must not be cleared on another clock
const seen = fakeSight();

function readout(template) {
  const root = Object.assign(new FakeElement("div"), { className: "live-readout" });
  const line = new FakeElement("p");
  root.append(line);
  fill(line, template);
  return { root, line };
}

test("a template is its texts and slots in their order", () => {
  assert.deepEqual(parts("At {base.target} it returns {base-total_2}."), [
    { text: "At " },
    { slot: "base.target" },
    { text: " it returns " },
    { slot: "base-total_2" },
    { text: "." },
  ]);
  assert.deepEqual(parts("{Alone}"), [{ text: "" }, { slot: "Alone" }, { text: "" }]);
  assert.deepEqual(parts("no {slot here}, none {} there"), [{ text: "no {slot here}, none {} there" }]);
});

test("a slot changes at all its places together, and plain text says the same", () => {
  const [one, other] = [readout("At {target}"), readout("{target} and {target}")];
  show("target", "USD 200");
  assert.equal(one.line.textContent, "At USD 200");
  assert.equal(other.line.textContent, "USD 200 and USD 200");
  assert.equal(plain("Goal: {target}, {never.said}"), "Goal: USD 200, ");
});

test("a slot that reads so already is not written again", () => {
  const { line } = readout("{again}");
  show("again", "1");
  line.children[1].textContent = "untouched";
  show("again", "1");
  assert.equal(line.textContent, "untouched");
});

test("a slot that has been said before it is on the page reads so at once", () => {
  show("early", "+3%");
  assert.equal(readout("{early}").line.textContent, "+3%");
});

test("text in a template is text, and a slot's value too", () => {
  show("tag", "<b>{target}</b>");
  const { line } = readout("<i>{tag}</i>");
  assert.equal(line.textContent, "<i><b>{target}</b></i>");
  assert.deepEqual(
    line.children.map((child) => child.className),
    ["", "live-slot", ""],
  );
});

test("a slot wears the sign of its value", () => {
  const { line } = readout("{signed}");
  const sign = () => line.children[1].dataset.sign;
  assert.equal(sign(), "none");
  for (const [text, expected] of [["−3%", "minus"], ["+3%", "plus"], ["3 − 2", "none"]]) {
    show("signed", text);
    assert.equal(sign(), expected);
  }
});

test("the same template is not built again, another one is", () => {
  const { line } = readout("{same}");
  const [before] = line.children;
  fill(line, "{same}");
  assert.equal(line.children[0], before);
  fill(line, "{other}");
  assert.notEqual(line.children[0], before);
});

test("what is forgotten changes no more", () => {
  const { root, line } = readout("{lost}");
  show("lost", "1");
  forget(root);
  show("lost", "2");
  assert.equal(line.textContent, "1");
});

test("an element with a new template lets go of the slots that it had", () => {
  const { line } = readout("{old}");
  const [, span] = line.children;
  fill(line, "nothing");
  show("old", "said");
  assert.equal(span.textContent, "");
});

test("what is out of sight is written when nothing has moved for a while, all at once", () => {
  const [near, far] = [readout("{moving}"), readout("{moving} {still}")];
  const told = [];
  watchSight(far.root, (isSeen) => told.push(isSeen));
  seen.get(far.root)(false);
  show("moving", "1");
  assert.equal(near.line.textContent, "1");
  assert.equal(far.line.textContent, " ");
  assert.ok("behind" in far.root.dataset);
  mock.timers.tick(60);
  show("moving", "2"); // still moving: it waits anew
  mock.timers.tick(60);
  assert.equal(far.line.textContent, " ");
  mock.timers.tick(30);
  assert.equal(far.line.textContent, "2 ");
  assert.ok(!("behind" in far.root.dataset));
  assert.deepEqual(told, [false]);
});

test("what comes into sight is written at once, and from then on with the rest", () => {
  const { root, line } = readout("{coming}");
  watchSight(root);
  seen.get(root)(false);
  show("coming", "1");
  seen.get(root)(true);
  assert.equal(line.textContent, "1");
  show("coming", "2");
  assert.equal(line.textContent, "2");
});

test("a view that is gone is neither watched nor written", () => {
  const { root, line } = readout("{going}");
  const stop = watchSight(root);
  seen.get(root)(false);
  show("going", "1");
  stop();
  mock.timers.tick(1000);
  assert.equal(line.textContent, "");
  assert.equal(seen.size, 2); // those of the tests before
});
