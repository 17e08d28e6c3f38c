// What a page may weigh, compressed. Needs a build (`npm run build`).
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { test } from "node:test";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", dist), "utf8"));
const KB = 1024;

for (const [name, limit] of [["console.js", 42], ["portal.js", 18], ["console.css", 20], ["portal.css", 14]]) {
  test(`${name} is at most ${limit} kB`, () => {
    const size = statSync(new URL(`${manifest[name]}.br`, dist)).size;
    assert.ok(size <= limit * KB, `${size} bytes`);
  });
}
