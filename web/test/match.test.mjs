import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { fit, folded, otherLayout } = await load("lib/match.ts");

test("a name is found by its beginning, beginnings of its words, its middle and its letters, in this order", () => {
  const rates = ["Priority: Urgent", "Set a priority", "Top priority now", "Reopen pointer"].map((name) => fit("pri", name));
  assert.ok(rates[0] > rates[1] && rates[1] >= rates[2], String(rates));
  assert.ok(fit("urg", "Priority: Urgent") > 0);
  assert.ok(fit("pr urg", "Priority: Urgent") > fit("urg pr", "Priority: Urgent"));
  assert.equal(fit("xyz", "Priority: Urgent"), 0);
  assert.ok(fit("tkt", "My tickets") > 0);
  assert.equal(fit("q", "Unique"), 40);
});

test("accents, ё and case do not matter, й is a letter of its own", () => {
  assert.equal(folded("Ёлка Йод ÑANDÚ"), "елка йод nandu");
  assert.ok(fit("resolucion", "Resolución") === 100);
});

test("what was typed on the other layout reads right", () => {
  assert.equal(otherLayout("ghbynth"), "принтер");
  assert.equal(otherLayout("цфеср"), "watch");
});
