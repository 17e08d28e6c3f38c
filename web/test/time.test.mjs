import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { length, relative, remaining, told, withoutSeconds } = await load("lib/time.ts");
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

test("what the server wrote in the zone of the account stays; only what said how long ago is replaced", () => {
  const now = Date.UTC(2026, 10, 22, 12);
  const later = () => "21 Nov 2026, 14:05";
  assert.equal(told(now - 1441 * MIN, now, texts, false, later), undefined);
  assert.equal(told(now - 1441 * MIN, now, texts, true, later), "21 Nov 2026, 14:05");
  assert.equal(told(now - 5 * MIN, now, texts, true, later), "5 min ago");
  assert.equal(withoutSeconds("1 Jan 2027, 04:30:00 UTC+5:30"), "1 Jan 2027, 04:30");
  assert.equal(withoutSeconds("31 дек. 2026, 23:00:01 UTC"), "31 дек. 2026, 23:00");
  assert.equal(withoutSeconds(""), "");
});
