import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { lettersBefore } = await load("lib/marks.ts");

test("places are counted in letters, whatever the browser needs for them", () => {
  assert.equal(lettersBefore("a🔑b", 3), 2);
  assert.equal(lettersBefore("ñандú", 4), 4);
  assert.equal(lettersBefore("", 0), 0);
});
