import assert from "node:assert/strict";
import test from "node:test";

import { inWords } from "../../../../components/web/live/marks.js";

test("a bullet says in words what it shows", () => {
  assert.equal(inWords([1.02, 1.02], [0.6045, 0.6045]), "102% of what is stated when it appeared, 60% today");
  assert.equal(inWords(null, [0.85, 1.14]), "85% to 114% today");
  assert.equal(inWords(null, [-0.5, -0.5]), "−50% today");
});
