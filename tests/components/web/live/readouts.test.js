import assert from "node:assert/strict";
import test from "node:test";

import { makeBlock, ReadoutView } from "../../../../components/web/live/readouts.js";
import { show } from "../../../../components/web/live/slots.js";
import { FakeElement, fakeDocument, fakeSight } from "./fakes.js";

fakeDocument();
const sight = fakeSight();

const badge = (url) => ({ origin: "filing", text: "filing", help: "20-F", url });
const table = (rows, more) => makeBlock({ kind: "table", columns: COLUMNS, rows, fit: "plain", ...more });
const COLUMNS = [{ label: "What" }, { label: "Value", numeric: true }];

test("a badge is a link to a safe address only", () => {
  const made = (url) => makeBlock({ kind: "heading", text: "H", badges: [badge(url)] }).children[1];
  const link = made("https://sec.gov/a");
  assert.deepEqual([link.tagName, link.href, link.rel], ["A", "https://sec.gov/a", "noopener noreferrer"]);
  assert.deepEqual([link.className, link.dataset.hint, link.textContent], ["live-badge live-filing", "20-F", "filing"]);
  for (const url of [undefined, null, "", "https://", "//sec.gov", "data:text/html,https://a", "javascript:alert(1)//https://"]) {
    assert.deepEqual([made(url).tagName, made(url).href], ["SPAN", undefined]);
  }
});

test("a table's cell is a link to a safe address only", () => {
  const first = (url) => table([{ cells: [{ text: "one", url }, { text: "2" }] }]).querySelectorAll(".live-main")[0];
  assert.equal(first("https://sec.gov").children[0].href, "https://sec.gov");
  assert.equal(first("http://sec.gov").children[0].href, "http://sec.gov");
  assert.equal(first("https://sec.gov").textContent, "one");
  assert.equal(first("javascript:alert(1)").children[0].href, undefined);
});

test("a table names its rows and columns, and tells numbers from words", () => {
  const built = table(
    [
      { strong: true, help: "why", cells: [{ text: "Price" }, { text: "{price}", detail: "a share", badge: badge() }] },
      { cells: [{ text: "Debt" }, { text: "0" }] },
    ],
    { caption: "As of now" },
  );
  show("price", "USD 120");
  const [caption, head, body] = built.children[0].children;
  assert.equal(built.className, "live-table live-plain");
  assert.equal(caption.textContent, "As of now");
  assert.deepEqual(
    head.children[0].children.map(({ textContent, scope, className }) => [textContent, scope, className]),
    [
      ["What", "col", ""],
      ["Value", "col", "live-numeric"],
    ],
  );
  const [first, second] = body.children;
  assert.deepEqual([first.className, second.className], ["live-strong", ""]);
  const [name, value] = first.children;
  assert.deepEqual([name.tagName, name.scope, name.dataset.label], ["TH", "row", "What"]);
  assert.equal(name.children[0].dataset.hint, "why");
  assert.deepEqual([value.tagName, value.scope, value.className], ["TD", undefined, "live-numeric"]);
  assert.deepEqual(
    value.children.map((each) => [each.className, each.textContent]),
    [
      ["live-main", "USD 120"],
      ["live-detail", "a share"],
      ["live-badge live-filing", "filing"],
    ],
  );
});

test("figures have a label, a value, and where there is one a detail, a help and badges", () => {
  const whole = { label: "P/E", value: "12", detail: "a year ago 9", help: "how", badges: [badge()] };
  const [full, bare] = makeBlock({ kind: "figures", items: [whole, { label: "x", value: "1" }] }).children;
  assert.deepEqual(
    full.children.map((each) => each.textContent),
    ["P/E", "12F", "a year ago 9"],
  );
  const [chip] = full.querySelectorAll(".live-chip");
  assert.deepEqual([chip.dataset.hint, chip.ariaLabel], ["filing · 20-F", "filing"]);
  assert.equal(full.children[0].dataset.hint, "how");
  assert.equal(full.children[0].tabIndex, 0); // a keyboard reaches the help
  assert.deepEqual(bare.children.length, 2);
});

test("details hold blocks", () => {
  const blocks = [
    { kind: "note", text: "N" },
    { kind: "sentence", text: "S" },
  ];
  const built = makeBlock({ kind: "details", summary: "More", blocks });
  assert.equal(built.children[0].textContent, "More");
  assert.deepEqual(
    built.children[1].children.map((each) => [each.className, each.textContent]),
    [
      ["live-note", "N"],
      ["live-sentence", "S"],
    ],
  );
});

test("a readout builds its blocks once, and says its text once per release", () => {
  const parent = new FakeElement("div");
  const view = new ReadoutView(parent);
  const data = { id: "r", blocks: [{ kind: "sentence", text: "At {goal.now}" }], spoken: "Now {goal.now}" };
  show("goal.now", "1");
  view.update(data);
  const [built] = view.blocks.children;
  show("goal.now", "2");
  assert.equal(view.blocks.textContent, "At 2");
  assert.equal(view.spoken.textContent, "Now 1"); // a drag is not spoken
  view.update(structuredClone(data));
  assert.equal(view.spoken.textContent, "Now 2");
  assert.equal(view.blocks.children[0], built);
  view.update({ ...data, blocks: [{ kind: "note", text: "Other" }], spoken: "" });
  assert.equal(view.blocks.textContent, "Other");
  assert.equal(view.spoken.textContent, "");
  assert.equal(parent.style.height, "auto"); // no longer what the server reserved
});

test("what is no longer in a readout changes no more", () => {
  const view = new ReadoutView(new FakeElement("div"));
  const slot = () => view.blocks.querySelectorAll(".live-slot")[0];
  const update = (text) => view.update({ id: "r", blocks: [{ kind: "sentence", text }] });
  update("First {left.over}");
  const first = slot();
  update("Second {left.over}");
  const second = slot();
  show("left.over", "1");
  assert.deepEqual([first.textContent, second.textContent], ["", "1"]);
  view.remove();
  show("left.over", "2");
  assert.equal(second.textContent, "1");
  assert.ok(!sight.has(view.root));
});
