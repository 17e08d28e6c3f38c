import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { changed, meant, pressed, read, write } = await load("lib/remap.ts");

test("a key of one's own means ours, and ours changes place with it", () => {
  const map = changed(new Map(), "e", "q");
  assert.equal(meant(map, "q"), "e");
  assert.equal(meant(map, "e"), "q");
  assert.equal(meant(map, "r"), "r");
  assert.equal(pressed(map, "e"), "q");
});

test("two keys change places, and back again nothing is left", () => {
  const map = changed(new Map(), "e", "r");
  assert.equal(meant(map, "r"), "e");
  assert.equal(meant(map, "e"), "r");
  assert.equal(changed(map, "e", "e").size, 0);
});

test("a key that is off means nothing, and its letter can be given away", () => {
  const off = changed(new Map(), "D", "");
  assert.equal(meant(off, "D"), "");
  const given = changed(off, "e", "D");
  assert.equal(meant(given, "D"), "e");
  assert.equal(pressed(given, "D"), "");
});

test("it survives being written, and nonsense is passed over", () => {
  const map = changed(changed(new Map(), "/", "?"), "e", "");
  assert.deepEqual(read(write(map)), map);
  assert.equal(read("zz_1~~41~<script>").size, 0);
});
