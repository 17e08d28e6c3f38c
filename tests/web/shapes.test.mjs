// Pages in unusual shapes: a window 320 px wide, as at 400 % zoom (WCAG 1.4.10), from right to left with
// letters of another script, wide spacing of text (1.4.12), and without motion. Nothing goes sideways
// but what scrolls by itself, and nothing that one presses is smaller than it may be (2.5.8).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { signIn, startDesk } from "./desk.mjs";

let desk;
before(async () => { desk = await startDesk(); });
after(async () => { await desk?.stop(); });

const PAGES = {
  user: ["/", "/requests", "/new", "request", "/me"],
  operator: ["/desk/tickets?q=is:open", "ticket", "/desk/new", "/desk/call", "/desk/search?q=printer", "/desk/people", "/desk/tasks", "/desk/drafts", "/me"],
  administrator: ["/admin/fields", "/admin/kinds", "/admin/forms", "/admin/rules", "/admin/roles", "/admin/teams", "/admin/import", "/admin/audit"],
};

async function visitor(role, options) {
  const who = await desk.visitor("en", options);
  await who.page.goto(`${desk.base}/login`);
  const row = who.page.locator(`[data-demo-role="${role}"]`).first();
  await signIn(who, desk.base, await row.getAttribute("data-demo-login"), await row.getAttribute("data-demo-password"), "en");
  if (role === "user") {
    const data = { kind: "incident", title: "The printer on the second floor prints blank pages", description: "Since this morning" };
    const made = await who.context.request.post(`${desk.base}/api/v1/tickets`, { data, headers: { origin: desk.base } });
    assert.equal(made.status(), 201);
  }
  return who;
}

/** Goes to a page; those of one ticket are found in their list. */
async function open(page, path) {
  const list = { ticket: ["/desk/tickets?q=is:open", "tbody .row-link"], request: ["/requests?tab=open", "main a[href^='/requests/']"] }[path];
  if (!list) return page.goto(desk.base + path);
  await page.goto(desk.base + list[0]);
  return page.goto(desk.base + (await page.locator(list[1]).first().getAttribute("href")));
}

/** How far the page goes sideways, and what sticks out. */
const sideways = (page) => page.evaluate(() => {
  const root = document.scrollingElement;
  const over = root.scrollWidth - root.clientWidth;
  if (over <= 1) return "";
  const scrolls = (node) => node && node !== document.body && (/auto|scroll|hidden|clip/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  const out = [...document.body.querySelectorAll("*")].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1) && !scrolls(node.parentElement);
  });
  return `${over} px: ${out.slice(0, 4).map((node) => `${node.tagName.toLowerCase()}.${node.className}`).join(", ")}`;
});

async function walk(role, options, change, look) {
  const who = await visitor(role, options);
  const wrong = [];
  for (const path of PAGES[role]) {
    await open(who.page, path);
    await change?.(who.page);
    const found = await look(who.page);
    if (found !== "") wrong.push(`${path}: ${found}`);
  }
  await who.context.close();
  return wrong;
}

for (const role of Object.keys(PAGES)) {
  test(`the pages of a ${role} fit into 320 px`, { timeout: 180_000 }, async () => {
    assert.deepEqual(await walk(role, { viewport: { width: 320, height: 640 } }, undefined, sideways), []);
  });

  test(`the pages of a ${role} stand from right to left`, { timeout: 180_000 }, async () => {
    // Latin letters become Arabic ones, half as many again.
    const turn = (page) => page.evaluate(() => {
      document.documentElement.dir = "rtl";
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.parentElement?.closest("script, style, bdi, .num, .kbd")) continue;
        const turned = [...node.data].map((sign, at) => (/[a-z]/i.test(sign) ? letters[sign.charCodeAt(0) % letters.length] + (at % 5 === 0 ? "ـ" : "") : sign));
        node.data = turned.join("");
      }
    });
    assert.deepEqual(await walk(role, { viewport: { width: 1440, height: 900 } }, turn, sideways), []);
    assert.deepEqual(await walk(role, { viewport: { width: 390, height: 844 } }, turn, sideways), []);
  });

  test(`the pages of a ${role} bear wide spacing of text`, { timeout: 180_000 }, async () => {
    const spread = (page) => page.addStyleTag({ content: "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }" }).catch(() =>
      // The page's policy forbids foreign styles: the debugger brings them in.
      page.evaluate(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }"); document.adoptedStyleSheets = [sheet]; }));
    assert.deepEqual(await walk(role, { viewport: { width: 390, height: 844 } }, spread, sideways), []);
  });
}

test("nothing moves for who wants no motion", { timeout: 120_000 }, async () => {
  const moving = (page) => page.evaluate(() => {
    const found = [...document.querySelectorAll("*")].filter((node) => {
      const style = getComputedStyle(node);
      return [style.transitionDuration, style.animationDuration].some((all) => all.split(",").some((one) => parseFloat(one) > 0.01));
    });
    return found.slice(0, 3).map((node) => `${node.tagName}.${node.className}`).join(", ");
  });
  assert.deepEqual(await walk("operator", { reducedMotion: "reduce" }, undefined, moving), []);
});

test("what one presses is at least 24 px, or has room around it", { timeout: 120_000 }, async () => {
  const small = (page) => page.evaluate(() => {
    const targets = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")].filter((node) => {
      const box = node.getBoundingClientRect();
      // A link inside a sentence, and what is only heard, may be small.
      return box.width > 1 && box.height > 1 && node.checkVisibility() && !node.closest("p, td, li, dd, .sr-only, .skip, h1, h2, h3, label");
    });
    const centre = (node) => { const b = node.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; };
    const bad = targets.filter((node) => {
      const box = node.getBoundingClientRect();
      if (box.width >= 24 && box.height >= 24) return false;
      const [x, y] = centre(node);
      return targets.some((other) => other !== node && !other.contains(node) && !node.contains(other) && Math.hypot(centre(other)[0] - x, centre(other)[1] - y) < 24);
    });
    return bad.slice(0, 4).map((node) => node.outerHTML.slice(0, 80)).join(" | ");
  });
  for (const role of Object.keys(PAGES)) assert.deepEqual(await walk(role, {}, undefined, small), []);
});
