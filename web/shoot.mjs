// Pictures of the specimen pages (`cargo test -p ui --test specimen` writes them) at three widths,
// under the policy that the product sends, with axe's findings. Usage:
//   node shoot.mjs [out folder] [page name prefix, such as list-en]
import { createServer } from "node:http";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const pages = join(here, "../target/tmp/specimen");
const out = process.argv[2] ?? join(here, "../target/tmp/pictures");
const wanted = process.argv[3] ?? "";
const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types spoc";

const server = createServer(async (request, response) => {
  const path = new URL(request.url, "http://x").pathname;
  const file = path.startsWith("/assets/") ? join(here, "dist", path.slice(8)) : join(pages, path.slice(1));
  try {
    const body = await readFile(file);
    response.writeHead(200, { "content-type": types[file.split(".").pop()] ?? "text/plain", "content-security-policy": policy });
    response.end(body);
  } catch {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found");
  }
}).listen(0, "127.0.0.1");
await new Promise((done) => server.once("listening", done));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const axe = await readFile(join(here, "node_modules/axe-core/axe.min.js"), "utf8");
await mkdir(out, { recursive: true });
let bad = 0;
for (const name of (await readdir(pages)).filter((n) => n.startsWith(wanted) && n.endsWith(".html")).sort()) {
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    const page = await browser.newPage({ viewport: { width, height }, hasTouch: width < 500, isMobile: width < 500 });
    const complain = (text) => { bad += 1; console.log(`${name} ${width}: ${text}`); };
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complain(message.text()));
    page.on("pageerror", (error) => complain(error.message));
    await page.goto(`${origin}/${name}`);
    await page.waitForTimeout(80);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) complain(`${wide} px wider than the window`);
    await page.screenshot({ path: join(out, `${name.replace(".html", "")}-${width}.png`) });
    if (width !== 1024) {
      // axe is put in through the debugger, which stands outside the page's policy.
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run());
      for (const v of found.violations) complain(`axe ${v.impact} ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")}`);
    }
    await page.close();
  }
}
await browser.close();
server.close();
process.exitCode = bad ? 1 : 0;
