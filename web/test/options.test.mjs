import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { filterOptions } = await load("lib/options.ts");
const { neighbours } = await load("lib/walk.ts");
const names = ["Ana Núñez", "Артём Ежов", "Mariana Ortega", "Nunez Pedro"].map((label, n) => ({ value: String(n), label }));
const found = (query) => filterOptions(names, query, 8).map((o) => o.label);

test("every word begins a word, accents and ё do not matter, the beginning comes first", () => {
  assert.deepEqual(found("nunez"), ["Nunez Pedro", "Ana Núñez"]);
  assert.deepEqual(found("артем"), ["Артём Ежов"]);
  assert.deepEqual(found("ort mar"), ["Mariana Ortega"]);
  assert.deepEqual(found("riana"), []);
  assert.equal(found("").length, 4);
});

test("the list one came from gives the neighbours", () => {
  const walk = { hrefs: ["/a", "/b", "/c"], from: "/list?v=mine" };
  assert.deepEqual(neighbours(walk, "/a"), { next: "/b", at: 1, of: 3, from: "/list?v=mine" });
  assert.deepEqual(neighbours(walk, "/b"), { previous: "/a", next: "/c", at: 2, of: 3, from: "/list?v=mine" });
  assert.equal(neighbours(walk, "/z"), undefined);
});
