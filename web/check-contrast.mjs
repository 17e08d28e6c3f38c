// Recomputes the contrast of every colour pair that the product uses from css/tokens.css (WCAG 2.2,
// relative luminance) and fails below the limits: 4.5 for text, 3 for borders, focus and graphics.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const css = readFileSync(new URL("src/css/tokens.css", import.meta.url), "utf8");
const themes = ["light", "dark"];

/** Token name to its colours, [light, dark]. */
const tokens = new Map();
for (const [, name, light, dark] of css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9A-Fa-f]{6}),\s*(#[0-9A-Fa-f]{6})\)/g)) tokens.set(name, [light, dark]);
for (const [, name, both] of css.matchAll(/--([\w-]+):\s*(#[0-9A-Fa-f]{6});/g)) tokens.set(name, [both, both]);

export function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ["bg", "surface", "raised", "selected", "note"];
const states = ["new", "open", "pending", "solved", "danger"];
/** What is shown, on what, and the least contrast. */
const rules = [
  ...["text", "muted", "link", ...states].map((token) => [token, surfaces, 4.5]),
  ["border", surfaces, 3],
  ["focus", surfaces, 3],
  ["note-edge", ["note"], 3],
  ["on-accent", ["accent", "accent-hover"], 4.5],
  ["on-note", ["note-fill"], 4.5],
  ["bg", ["text"], 4.5],
  ...states.map((token) => [token, [`tint-${token}`], 4.5]),
  ["text", states.map((token) => `tint-${token}`), 4.5],
  ...[1, 2, 3, 4, 5, 6].map((n) => [`chart-${n}`, ["bg"], 3]),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((n) => [`tone-${n}`, [`tone-${n}-bg`], 4.5]),
];

/** One line per rule: the lowest contrast in each theme, and the surface where it is. */
export function table() {
  return rules.map(([token, on, least]) => ({
    token, least,
    lowest: themes.map((_, theme) => on
      .map((surface) => {
        const pair = [tokens.get(token)?.[theme], tokens.get(surface)?.[theme]];
        if (!pair[0] || !pair[1]) throw new Error(`css/tokens.css has no ${pair[0] ? surface : token}`);
        return { surface, value: contrast(...pair) };
      })
      .reduce((low, each) => (each.value < low.value ? each : low))),
  }));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  let bad = 0;
  for (const { token, least, lowest } of table()) {
    const failed = lowest.some((low) => low.value < least);
    bad += failed ? 1 : 0;
    const values = lowest.map((low, theme) => `${themes[theme]} ${low.value.toFixed(2).padStart(5)} on ${low.surface}`.padEnd(30)).join("");
    if (failed || process.argv.includes("--all")) console.log(`${failed ? "LOW " : "    "}${token.padEnd(12)} needs ${least}: ${values}`);
  }
  console.log(bad ? `${bad} colour pairs are below their limit` : `${rules.length} colour rules hold in both themes`);
  process.exitCode = bad ? 1 : 0;
}
