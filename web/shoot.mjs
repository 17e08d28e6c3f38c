// Pictures of the specimen pages at three widths, with axe's findings. Usage:
//   node shoot.mjs [page name prefix, such as list-en]; PICTURES=folder
import { mkdir, readFile, readdir } from "node:fs/promises";
import { folder, open } from "./specimen.mjs";

const desk = await open();
const axe = await readFile(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
await mkdir(desk.pictures, { recursive: true });
let bad = 0;
for (const file of (await readdir(folder)).filter((n) => n.startsWith(process.argv[2] ?? "") && n.endsWith(".html")).sort()) {
  const name = file.replace(".html", "");
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    const page = await desk.page(name, { width, height });
    const over = await page.evaluate(() => document.documentElement.scrollWidth) - width;
    if (over > 0) page.complaints.push(`${over} px wider than the window`);
    await page.screenshot({ path: `${desk.pictures}/${name}-${width}.png` });
    // axe is put in through the debugger, which stands outside the page's policy.
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run());
    for (const v of found.violations) page.complaints.push(`axe ${v.impact} ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")}`);
    for (const text of page.complaints) console.log(`${name} ${width}: ${text}`);
    bad += page.complaints.length;
    await page.close();
  }
}
await desk.close();
process.exitCode = bad ? 1 : 0;
