// What a page may weigh: bytes, requests, nodes and shifts of the layout, as the specification of the
// pages says (8.2). Times are measured by `make budgets`, which fails nothing: machines differ.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { signIn, startDesk } from "./desk.mjs";

let desk;
before(async () => { desk = await startDesk(); });
after(async () => { await desk?.stop(); });

const KB = 1024;
/** Kilobytes of HTML, CSS and JavaScript by brotli; requests of a first visit; nodes. */
const BUDGETS = {
  "portal home": { role: "user", path: "/", html: 10, css: 14, js: 18, requests: 6, nodes: 1500 },
  "my requests": { role: "user", path: "/requests", html: 10, css: 14, js: 18, requests: 6, nodes: 1500 },
  "request form": { role: "user", path: "/new", html: 12, css: 14, js: 22, requests: 6, nodes: 1500 },
  "ticket list": { role: "operator", path: "/desk/tickets?q=sort:-updated", html: 24, css: 20, js: 42, requests: 7, nodes: 1500 },
  "ticket": { role: "operator", path: "ticket", html: 22, css: 20, js: 42, requests: 8, nodes: 1500 },
  "search": { role: "operator", path: "/desk/search?q=printer", html: 20, css: 20, js: 42, requests: 7, nodes: 1500 },
  "fields of the administrator": { role: "administrator", path: "/admin/fields", html: 20, css: 20, js: 42, requests: 7, nodes: 1500 },
};
/** Of one row of a list. */
const ROW = 25;
const SHIFT = 0.02;

/** Files lie in the binary compressed as well as can be, pages are compressed as they go. */
const weigh = (bytes, part) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: part === "html" ? 5 : 11 } }).length;

async function visitor(role) {
  const who = await desk.visitor("en", { reducedMotion: "no-preference" });
  await who.page.goto(`${desk.base}/login`);
  const row = who.page.locator(`[data-demo-role="${role}"]`).first();
  await signIn(who, desk.base, await row.getAttribute("data-demo-login"), await row.getAttribute("data-demo-password"), "en");
  return who;
}

async function measured(who, path) {
  const { context } = who;
  const page = await context.newPage();
  const got = { html: 0, css: 0, js: 0, requests: 0 };
  const bodies = [];
  page.on("response", (response) => {
    const kind = response.request().resourceType();
    if (response.url().includes("/events")) return;
    got.requests += 1;
    const part = { document: "html", stylesheet: "css", script: "js" }[kind];
    if (part) bodies.push(response.body().then((body) => { got[part] += weigh(body, part); }).catch(() => {}));
  });
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value; }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(desk.base + path, { waitUntil: "load" });
  await page.waitForTimeout(700);
  await Promise.all(bodies);
  const inside = await page.evaluate(() => ({
    nodes: document.querySelectorAll("*").length,
    row: Math.max(0, ...[...document.querySelectorAll("tbody > tr[data-href]")].map((tr) => tr.querySelectorAll("*").length)),
    shift: window.shifted,
  }));
  await page.close();
  return { ...got, ...inside };
}

for (const [name, budget] of Object.entries(BUDGETS)) {
  test(`${name} keeps its budget`, { timeout: 120_000 }, async (t) => {
    const who = await visitor(budget.role);
    let { path } = budget;
    if (path === "ticket") {
      await who.page.goto(`${desk.base}/desk/tickets?q=is:open`);
      path = await who.page.locator("tbody .row-link").first().getAttribute("href");
    }
    // Another context has nothing in its cache.
    const state = await who.context.storageState();
    await who.context.close();
    const cold = await desk.visitor("en", { storageState: state, reducedMotion: "no-preference" });
    const got = await measured(cold, path);
    await cold.context.close();
    const told = JSON.stringify(got);
    t.diagnostic(told);
    for (const part of ["html", "css", "js"]) assert.ok(got[part] <= budget[part] * KB, `${part} of ${budget[part]} kB: ${told}`);
    assert.ok(got.requests <= budget.requests, `requests of ${budget.requests}: ${told}`);
    assert.ok(got.nodes <= budget.nodes, `nodes of ${budget.nodes}: ${told}`);
    assert.ok(got.row <= ROW, `nodes of one row: ${told}`);
    assert.ok(got.shift <= SHIFT, `shift of the layout: ${told}`);
  });
}
