import assert from "node:assert/strict";
import test from "node:test";

import { placeAt } from "../../../../components/web/live/touch.js";

test("a place on the track is the nearest stop, and none beyond its ends", () => {
  assert.deepEqual([-0.2, 0, 0.24, 0.26, 1, 1.5].map((share) => placeAt(share, 2)), [0, 0, 0, 1, 2, 2]);
});
