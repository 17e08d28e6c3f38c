import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { Sequence, declared, letterOf } = await load("lib/letters.ts");
const press = (key, code, shiftKey = false) => letterOf({ key, code, shiftKey });

test("Latin layouts answer by what is written on the key", () => {
  assert.equal(press("a", "KeyQ"), "a", "French A");
  assert.equal(press("U", "KeyU", true), "U");
  assert.equal(press("?", "Digit7", true), "?", "Russian and German question mark");
  assert.equal(press("ArrowDown", "ArrowDown"), "ArrowDown");
});

test("other alphabets answer by place", () => {
  assert.equal(press("о", "KeyJ"), "j");
  assert.equal(press("Г", "KeyU", true), "U");
  assert.equal(press("х", "BracketLeft"), "[");
  assert.equal(press("ñ", "Semicolon"), ";", "Spanish, where no key is declared");
});

test("g and t within a second are a sequence, after a pause they are letters", () => {
  const keys = new Sequence();
  assert.deepEqual(keys.add("g", 0), ["g"]);
  assert.deepEqual(keys.add("t", 500), ["g t", "t"]);
  assert.deepEqual(keys.add("x", 900), ["t x", "x"]);
  assert.deepEqual(keys.add("t", 2500), ["t"]);
});

test("a declaration holds several keys", () => {
  assert.deepEqual(declared("/|f"), ["/", "f"]);
  assert.deepEqual(declared("g t"), ["g t"]);
  assert.deepEqual(declared(""), []);
});
