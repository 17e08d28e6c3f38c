import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { length, relative, remaining } = await load("lib/time.ts");
const texts = { now: "now", ago: "%time ago", in: "in %time", left: "%time left", over: "%time over", day: "d", hour: "h", minute: "min" };
const MIN = 60_000;

test("a length has at most two neighbouring units", () => {
  for (const [minutes, words] of [[0, "0 min"], [5, "5 min"], [60, "1 h"], [130, "2 h 10 min"], [1440, "1 d"], [1445, "1 d"], [1500, "1 d 1 h"], [-15, "15 min"]]) {
    assert.equal(length(minutes * MIN, texts), words);
  }
});

test("a moment is now, so long ago, or stays as written", () => {
  const now = Date.UTC(2026, 10, 22, 12);
  for (const [minutes, words] of [[0.5, "now"], [1, "1 min ago"], [59.9, "59 min ago"], [200, "3 h ago"], [1439, "23 h ago"], [1440, undefined], [-90, "in 1 h"]]) {
    assert.equal(relative(now - minutes * MIN, now, texts), words, `${minutes} minutes`);
  }
});

test("a clock says what is left and by how much it is over", () => {
  assert.equal(remaining(130 * MIN, 0, texts), "2 h 10 min left");
  assert.equal(remaining(0, 15 * MIN, texts), "15 min over");
});
