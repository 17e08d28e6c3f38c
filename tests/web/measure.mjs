// `make budgets`: how long pages take and how much they keep, the median of five beside a plain page with
// the same rows, in this machine's Chromium. It prints a table and fails nothing: machines differ.
import { createServer } from "node:http";
import { signIn, startDesk } from "./desk.mjs";

const RUNS = 5;
/** 4 times slower and a slow line for the portal, a near one for the desk (8.2). */
const SLOW = { cpu: 4, network: { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 100_000 } };
const NEAR = { cpu: 1, network: { offline: false, latency: 10, downloadThroughput: 12_500_000, uploadThroughput: 12_500_000 } };
/** Updates of eight hours on a busy desk: one every four seconds. */
const UPDATES = 7200;

const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];

async function visitor(desk, role) {
  const who = await desk.visitor("en");
  await who.page.goto(`${desk.base}/login`);
  const row = who.page.locator(`[data-demo-role="${role}"]`).first();
  await signIn(who, desk.base, await row.getAttribute("data-demo-login"), await row.getAttribute("data-demo-password"), "en");
  return who;
}

/** One visit with an empty cache: when the largest thing was painted, and the slowest answer to a key. */
async function visit(desk, state, address, line, keys) {
  const { context, page } = await desk.visitor("en", state ? { storageState: state } : {});
  const session = await context.newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", line.network);
  await session.send("Emulation.setCPUThrottlingRate", { rate: line.cpu });
  await page.addInitScript(() => {
    [window.lcp, window.inp] = [0, 0];
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.lcp = entry.startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (entry.interactionId) window.inp = Math.max(window.inp, entry.duration); }).observe({ type: "event", durationThreshold: 16, buffered: true });
  });
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(600);
  const lcp = await page.evaluate(() => window.lcp);
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(120);
  }
  await page.waitForTimeout(200);
  const inp = await page.evaluate(() => window.inp);
  await context.close();
  return { lcp, inp };
}

async function row(desk, name, state, address, line, keys) {
  const all = [];
  for (let n = 0; n < RUNS; n += 1) all.push(await visit(desk, state, address, line, keys));
  console.log(`| ${name} | ${median(all.map((one) => one.lcp)).toFixed(0)} | ${median(all.map((one) => one.inp)).toFixed(0)} |`);
}

/** A page with the same rows and no product. */
function plain(rows) {
  const html = `<!doctype html><title>plain</title><table>${rows}</table>`;
  const server = createServer((_, response) => { response.setHeader("content-type", "text/html; charset=utf-8"); response.end(html); });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({ address: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() })));
}

/** Bytes of the heap after a collection. */
async function heap(session) {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find((metric) => metric.name === "JSHeapUsedSize").value;
}

/** A list that stays open while tickets change: what its page keeps of that. */
async function soak(desk, who) {
  const { page, context } = who;
  await page.goto(`${desk.base}/desk/tickets?q=is:open`);
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  await page.waitForTimeout(1000);
  const ids = await page.locator("tbody tr").evaluateAll((rows) => rows.map((tr) => tr.id.slice(2)));
  const before = await heap(session);
  for (let n = 0; n < UPDATES; n += 1) {
    const answer = await context.request.patch(`${desk.base}/api/v1/tickets/${ids[n % ids.length]}`, { data: { title: `Printer ${n} prints blank pages` }, headers: { origin: desk.base } });
    if (answer.status() === 429) { await page.waitForTimeout(1000); n -= 1; }
    else if (!answer.ok()) throw new Error(`an update was refused: ${answer.status()} ${await answer.text()}`);
  }
  await page.waitForTimeout(3000);
  const after = await heap(session);
  console.log(`\nHeap of an open list before and after ${UPDATES} updates: ${(before / 1e6).toFixed(1)} and ${(after / 1e6).toFixed(1)} MB (limit of growth 10).`);
}

const desk = await startDesk();
try {
  const [user, operator] = [await visitor(desk, "user"), await visitor(desk, "operator")];
  await operator.page.goto(`${desk.base}/desk/tickets?q=sort:-updated`);
  const rows = await operator.page.locator("tbody").innerHTML();
  const ticket = await operator.page.locator("tbody .row-link").first().getAttribute("href");
  const states = [await user.context.storageState(), await operator.context.storageState()];
  const page = await plain(rows.replace(/<(script|form|input|button|svg)[\s\S]*?>/g, ""));
  console.log("| page | LCP ms | INP ms |\n|---|---|---|");
  await row(desk, "a plain page with 50 rows, near", undefined, page.address, NEAR, ["Tab"]);
  await row(desk, "ticket list, near", states[1], `${desk.base}/desk/tickets?q=sort:-updated`, NEAR, ["j", "j", "x", "k", "Control+k", "p", "r", "Escape"]);
  await row(desk, "ticket, near", states[1], desk.base + ticket, NEAR, ["r", "a", "b", "Escape", "j", "Control+k", "w", "Escape"]);
  await row(desk, "a plain page with 50 rows, slow", undefined, page.address, SLOW, ["Tab"]);
  await row(desk, "portal home, slow", states[0], `${desk.base}/`, SLOW, ["Tab", "Tab", "a"]);
  await row(desk, "request form, slow", states[0], `${desk.base}/new`, SLOW, ["a", "b", "Tab"]);
  page.stop();
  await soak(desk, operator);
} finally {
  await desk.stop();
}
