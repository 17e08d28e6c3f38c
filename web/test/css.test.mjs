import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { contrast } from "../check-contrast.mjs";

const folder = new URL("../src/css/", import.meta.url);
const sheets = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8").replace(/\/\*[\s\S]*?\*\//g, "")]);

test("contrast follows the formula", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#767676", "#FFFFFF").toFixed(2), "4.54");
});

test("no property names a side: right-to-left needs no second sheet", () => {
  for (const [name, css] of sheets) {
    const sides = css.match(/(?:^|[;{\s])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom|text-align:\s*(?:left|right)|float)\s*:/gm) ?? [];
    assert.deepEqual(sides, [], name);
  }
});

test("colours come from tokens", () => {
  for (const [name, css] of sheets.filter(([n]) => n !== "tokens.css")) {
    const literal = (css.match(/#[0-9a-f]{3,8}\b/gi) ?? []).length;
    // The text selection, the dialog's backdrop and black on white for paper.
    const allowed = { "base.css": 2, "overlay.css": 2, "adapt.css": 5 }[name] ?? 0;
    assert.ok(literal <= allowed, `${name} has ${literal} literal colours`);
  }
});

test("every mark of the style sheet has its line in marks.txt", () => {
  const marks = readFileSync(new URL("../marks.txt", import.meta.url), "utf8").split("\n").filter((l) => l && !l.startsWith("#"));
  const used = [...sheets.find(([n]) => n === "bits.css")[1].matchAll(/--mark: (\d+)/g)].map((m) => Number(m[1]));
  assert.deepEqual([...new Set(used)].sort((a, b) => a - b), marks.map((_, n) => n));
});
