// A demo desk of the test's own, started from the built binary on a free port, and Chromium to use it.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const ROOT = new URL("../../", import.meta.url).pathname;
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Starts a desk with a small demo company; answers its address and log-ins by role. */
export async function startDesk() {
  const folder = await mkdtemp(join(tmpdir(), "spoc-browser-"));
  const binary = process.env.BINARY_UNDER_TEST ?? join(ROOT, "target/debug/spoc");
  await promisify(execFile)(binary, ["demo", "--data", folder, "--seed", "7", "--people", "150", "--tickets", "300"]);
  const child = spawn(binary, ["serve", "--data", folder, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const base = await new Promise((resolve, reject) => {
    const look = (chunk) => {
      said += chunk;
      const ready = /ready at (http:\/\/\S+)/.exec(said);
      if (ready) resolve(ready[1]);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", (chunk) => { said += chunk; });
    child.on("exit", (code) => reject(new Error(`the desk ended with ${code}: ${said}`)));
    setTimeout(() => reject(new Error(`the desk is not ready after a minute: ${said}`)), 60_000).unref();
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  return {
    base,
    said: () => said,
    /** Somebody's browser, in a language. */
    async visitor(lang, options = {}) {
      const context = await browser.newContext({ locale: lang, reducedMotion: "reduce", viewport: { width: 1440, height: 900 }, ...options });
      const page = await context.newPage();
      const complaints = [];
      page.on("console", (message) => { if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(message.text()); });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.addInitScript(() => { document.addEventListener("securitypolicyviolation", (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`)); });
      return { page, context, complaints };
    },
    async stop() {
      await browser.close();
      const ended = new Promise((resolve) => child.on("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Signs in and chooses a language. */
export async function signIn({ page, context }, base, login, password, lang) {
  await page.goto(`${base}/login`);
  await page.fill('input[name="email"]:not([type="hidden"])', login);
  await page.fill('input[type="password"]', password);
  await page.press('input[type="password"]', "Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  const chosen = await context.request.post(`${base}/me/look`, { form: { lang, theme: "light", undo: "0" }, headers: { origin: base }, maxRedirects: 0 });
  if (chosen.status() >= 400) throw new Error(`the language was not taken: ${chosen.status()}`);
}

/** The serious and critical findings of axe on the page, in both themes. */
export async function findings(page) {
  const found = [];
  for (const theme of ["light", "dark"]) {
    await page.evaluate((t) => document.documentElement.setAttribute("data-theme", t), theme);
    if (!(await page.evaluate(() => typeof window.axe === "object"))) {
      // The page's policy forbids foreign scripts, as it should: axe comes in by the debugger.
      const session = await page.context().newCDPSession(page);
      await session.send("Runtime.evaluate", { expression: await readFile(AXE, "utf8") });
      await session.detach();
    }
    const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const v of result.violations.filter((v) => v.impact === "serious" || v.impact === "critical")) {
      found.push(`${theme}: ${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`);
    }
  }
  await page.evaluate(() => document.documentElement.setAttribute("data-theme", "light"));
  return found;
}
