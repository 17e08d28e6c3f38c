// Builds web/dist: one script and one style sheet per area, the icon sprite, the manifest
// (logical name -> hashed file) and precompressed copies. `--watch` rebuilds on change.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { watch } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompress, constants, gzip } from "node:zlib";
import { promisify } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const staging = join(here, "dist.new");
const areas = ["console", "portal"];

/** esbuild's output as logical name -> bytes. */
async function bundle() {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [...areas.flatMap((area) => [`src/${area}.ts`, `src/css/${area}.css`]), "src/push.ts"],
    outdir: "out",
    entryNames: "[name]",
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["chrome125", "firefox128", "safari17.5"],
    legalComments: "none",
    external: ["marks.svg"],
    logLevel: "warning",
  });
  return new Map(result.outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]));
}

/** The names and shapes of the Lucide icons that a list file names, in its order. */
async function icons(list) {
  const names = (await readFile(join(here, list), "utf8")).split("\n").filter((n) => n && !n.startsWith("#"));
  return Promise.all(names.map(async (name) => {
    const svg = await readFile(join(here, "node_modules/lucide-static/icons", `${name}.svg`), "utf8");
    const shapes = svg.replace(/<!--.*?-->/gs, "").replace(/^[\s\S]*?<svg[\s\S]*?>|<\/svg>\s*$/g, "");
    return [name, shapes.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")];
  }));
}

/** All icons of icons.txt as symbols of one file; stroke and fill come from the page's CSS. */
async function sprite() {
  const symbols = (await icons("icons.txt")).map(([name, shapes]) => `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`);
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

/** Grades: four bars always, those above the grade faint, so that the lowest is no speck. */
const bars = Object.fromEntries(["signal-low", "signal-medium", "signal-high"].map((name, grade) => [
  name,
  [[4, 15], [9, 11.5], [14, 8], [19, 4.5]].map(([x, top], bar) => `<path d="M${x} 20V${top}" stroke-width="3.5" stroke-linecap="butt"${bar > grade ? ` opacity=".3"` : ""}/>`).join(""),
]));

/** The icons of marks.txt one below the other, as a mask for css/bits.css. */
async function marks() {
  const rows = (await icons("marks.txt")).map(([name, shapes]) => [name, bars[name] ?? shapes]);
  const cells = rows.map(([, shapes], n) => `<g transform="translate(0 ${n * 24})">${shapes}</g>`);
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="${rows.length * 24}" viewBox="0 0 24 ${rows.length * 24}" fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${cells.join("")}</svg>`);
}

/** Writes a file under its hashed name with its compressed copies; answers that name. */
async function store(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const hashed = `${basename(name, extname(name))}.${hash}${extname(name)}`;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  await Promise.all([
    writeFile(join(staging, hashed), bytes),
    writeFile(join(staging, `${hashed}.br`), br),
    writeFile(join(staging, `${hashed}.gz`), gz),
  ]);
  console.log(`${name.padEnd(14)} ${String(bytes.length).padStart(7)} B  ${String(br.length).padStart(6)} B br  ${hashed}`);
  return hashed;
}

/** The whole build. The folder is swapped at the end, so that a failed build keeps the old one. */
async function run() {
  const files = await bundle();
  files.set("icons.svg", await sprite());
  for (const name of await readdir(join(here, "static"))) {
    files.set(name, await readFile(join(here, "static", name)));
  }
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  const manifest = { "marks.svg": await store("marks.svg", await marks()) };
  for (const name of [...files.keys()].sort()) {
    const bytes = name.endsWith(".css") ? Buffer.from(files.get(name).toString().replaceAll("marks.svg", manifest["marks.svg"])) : files.get(name);
    manifest[name] = await store(name, bytes);
  }
  await writeFile(join(staging, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await rm(dist, { recursive: true, force: true });
  await rename(staging, dist);
}

await run();
if (process.argv.includes("--watch")) {
  let timer;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => run().catch((error) => console.error(error.message)), 80);
  };
  watch(join(here, "src"), { recursive: true }, again);
  watch(join(here, "icons.txt"), again);
}
