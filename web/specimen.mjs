// The specimen pages behind a small server with the product's policy, in Debian's chromium. Used by
// shoot.mjs and behave.mjs.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const folder = join(here, "../target/tmp/specimen");
const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types spoc";
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const people = [{ value: "12", label: "Maria Ortega", note: "Accounting, Madrid" }, { value: "14", label: "Maria Sidorova", note: "Sales" }];

/** The few answers that behaviours ask for. */
function answer(path, posts) {
  const status = Number(/^\/status\/(\d+)$/.exec(path)?.[1] ?? 0);
  if (status === 401) return posts.some((p) => p.startsWith("/login")) ? [200, "html", "signed in"] : [401, "html", "log in"];
  if (status) return [status, "html", `answer ${status}`];
  if (path === "/x") return [200, "json", JSON.stringify(people)];
  if (path === "/more.html") return [200, "html", `<!doctype html><title>x</title><body><table><tbody id="rows"><tr id="n1" data-href="#"><td>1</td></tr><tr id="n2" data-href="#"><td>2</td></tr></tbody></table><p id="more"></p></body>`];
  return undefined;
}

/** Waits for a condition of the test server, which has no events of its own. */
export async function until(holds) {
  for (const end = Date.now() + 10_000; !holds();) {
    if (Date.now() > end) throw new Error(`never true: ${holds}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

export async function open() {
  const posts = [];
  const streams = new Set();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    const send = (status, type, body) => response.writeHead(status, { "content-type": types[type] ?? "application/json", "content-security-policy": policy }).end(body);
    if (request.method === "POST") {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      posts.push(`${path} ${Buffer.concat(chunks)}`);
      if (!path.endsWith(".html")) return send(204, "html", "");
    }
    if (path === "/events") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(":\n\n");
      streams.add(response);
      request.on("close", () => streams.delete(response));
      return undefined;
    }
    const special = answer(path, posts);
    if (special) return send(...special);
    const file = path.startsWith("/assets/") ? join(here, "dist", path.slice(8)) : join(folder, path.slice(1));
    try {
      send(200, file.split(".").pop(), await readFile(file));
    } catch {
      send(404, "html", "not found");
    }
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });

  /** A page in a browser profile of its own; `complaints` collects what it logs. */
  async function page(name, { width = 1440, height = 900, allow = /^$/, ...options } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, hasTouch: width < 500, isMobile: width < 500, ...options });
    const page = await watched(context, name, allow, options.javaScriptEnabled !== false);
    page.another = () => watched(context, name, allow, true);
    const close = page.close.bind(page);
    page.close = async () => { await close(); await context.close(); };
    return page;
  }
  async function watched(context, name, allow, script) {
    const page = await context.newPage();
    page.complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !allow.test(message.text())) page.complaints.push(message.text());
    });
    page.on("pageerror", (error) => page.complaints.push(error.message));
    await page.goto(`${origin}/${name}.html`);
    if (script) await page.waitForFunction(() => customElements.get("spoc-clock"));
    return page;
  }
  let serial = 0;
  /** Sends a live update to every open stream. */
  const tell = (message) => { for (const stream of streams) stream.write(`id: ${++serial}\ndata: ${JSON.stringify(message)}\n\n`); };
  /** Resolves when a browser reads the stream. */
  const listening = () => until(() => streams.size > 0);
  /** Resolves with what the server got by POST because of `act`. */
  const posted = async (act) => {
    const before = posts.length;
    await act();
    await until(() => posts.length > before);
    return posts.at(-1);
  };
  return { tell, posted, listening, streams, page, posts, pictures: process.env.PICTURES ?? join(here, "../target/tmp/pictures"), close: async () => { await browser.close(); server.closeAllConnections(); server.close(); } };
}
