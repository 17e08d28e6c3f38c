// Each specimen page at three widths: nothing wider than the window; axe's findings at the first width; pictures
// when a folder is named for them. Usage: PICTURES=folder node shoot.mjs [page name prefix, such as list-en]
import { mkdir, readFile, readdir } from "node:fs/promises";
import { folder, open } from "./specimen.mjs";

const WIDTHS = [[1440, 900], [1024, 768], [390, 844]];
const desk = await open();
const axe = await readFile(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
if (process.env.PICTURES) await mkdir(desk.pictures, { recursive: true });
let bad = 0;

async function look(name) {
  const [[width, height]] = WIDTHS;
  const page = await desk.page(name, { width, height });
  // axe is put in through the debugger, which stands outside the page's policy.
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run());
  for (const v of found.violations) page.complaints.push(`axe ${v.impact} ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")}`);
  for (const [width, height] of WIDTHS) {
    await page.setViewportSize({ width, height });
    const over = await page.evaluate(() => document.documentElement.scrollWidth) - width;
    if (over > 0) page.complaints.push(`${over} px wider than a window of ${width}`);
    if (process.env.PICTURES) await page.screenshot({ path: `${desk.pictures}/${name}-${width}.png` });
  }
  for (const text of page.complaints) console.log(`${name}: ${text}`);
  bad += page.complaints.length;
  await page.close();
}

const names = (await readdir(folder)).filter((n) => n.startsWith(process.argv[2] ?? "") && n.endsWith(".html")).sort().map((n) => n.replace(".html", ""));
for (const name of names) await look(name);
console.log(`# pages ${names.length}, findings ${bad}`);
await desk.close();
process.exitCode = bad ? 1 : 0;
