// Every screen that navigation leads an administrator to: opened twice, the second time from what the
// browser has kept, on a desk and on a phone, and looked at by axe.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, signIn, startDesk } from "./desk.mjs";

let desk;
before(async () => { desk = await startDesk(); });
after(async () => { await desk?.stop(); });

/** What `main` says, without numbers that go on by themselves. */
const said = async (page) => (await page.locator("main").innerText()).replace(/\d+/g, "#").trim();

test("every screen is the same when it is opened again, fits a phone and is for everybody", { timeout: 400_000 }, async () => {
  const who = await desk.visitor("en");
  const { page } = who;
  await page.goto(`${desk.base}/login`);
  const row = page.locator('[data-demo-role="administrator"]').first();
  const [login, password] = [await row.getAttribute("data-demo-login"), await row.getAttribute("data-demo-password")];
  await signIn(who, desk.base, login, password, "en");

  await page.goto(`${desk.base}/desk/tickets?q=is:open`);
  const ticket = await page.locator("main a[href^='/desk/tickets/']").first().getAttribute("href");
  const screens = new Set([ticket.split("?")[0], `${ticket.split("?")[0]}/why`, "/desk/tickets?q=is:open", "/desk/tickets?q=sort:-updated", "/desk/search?q=printer"]);
  for (const start of ["/desk/tickets", "/admin/system", "/admin/people"]) {
    await page.goto(`${desk.base}${start}`);
    for (const href of await page.locator("nav a[href^='/']").evaluateAll((links) => links.map((a) => a.getAttribute("href")))) {
      if (!/logout|export|\.(csv|xlsx|jsonl)/.test(href)) screens.add(href);
    }
  }
  assert.ok(screens.size > 15, `${screens.size} screens`);

  const wrong = [];
  for (const screen of screens) {
    const first = await page.goto(`${desk.base}${screen}`);
    assert.equal(first.status(), 200, screen);
    const before = await said(page);
    assert.ok(before.length > 20, `${screen} says nothing: ${before}`);
    await page.goto(`${desk.base}/me`);
    await page.goto(`${desk.base}${screen}`);
    const again = (await page.locator("main").count()) ? await said(page) : "";
    if (again.slice(0, 400) !== before.slice(0, 400)) wrong.push(`${screen} opened again: ${again.slice(0, 400)}`);
    wrong.push(...(await findings(page)).map((found) => `${screen}: ${found}`));
    await page.setViewportSize({ width: 390, height: 844 });
    const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    if (wide > room + 1) wrong.push(`${screen} is ${wide} px wide on a phone of ${room}`);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  assert.deepEqual([...wrong, ...who.complaints], []);
});
