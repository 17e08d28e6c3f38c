// Ctrl K, the sheet of keys, keys of one's own, and letters that are off: by keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, signIn, startDesk } from "./desk.mjs";

let desk;
before(async () => { desk = await startDesk(); });
after(async () => { await desk?.stop(); });

async function operator(lang = "en") {
  const who = await desk.visitor(lang);
  await who.page.goto(`${desk.base}/login`);
  const row = who.page.locator('[data-demo-role="operator"]').first();
  const [login, password] = [await row.getAttribute("data-demo-login"), await row.getAttribute("data-demo-password")];
  await signIn(who, desk.base, login, password, lang);
  return { ...who, login, password };
}

const rows = (page) => page.locator("#palette-list [data-index]");
const first = (page) => rows(page).first().innerText();

test("any ticket is seven keys away, from any page", { timeout: 120_000 }, async () => {
  const { page, context, complaints } = await operator();
  await page.goto(`${desk.base}/desk/people`);
  const number = "12345".slice(0, 3);
  await page.keyboard.press("Control+k");
  await page.keyboard.type(number);
  assert.ok((await first(page)).includes(number));
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`/desk/tickets/${number}$`));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what the page can do is found by a few letters, in the wrong layout too, and done", { timeout: 120_000 }, async () => {
  const { page, context, complaints } = await operator();
  await page.goto(`${desk.base}/desk/tickets?q=is:open+-priority:urgent`);
  await page.locator("tbody .row-link").first().press("Enter");
  await page.waitForURL(/\/desk\/tickets\/\d+/);
  await page.keyboard.press("Control+k");
  assert.deepEqual(await findings(page), []);
  await page.keyboard.type("watch");
  assert.match(await first(page), /Watch/);
  await page.fill("#palette input", "цфеср");
  assert.match(await first(page), /Watch/, "typed with the Russian layout on");
  await page.keyboard.press("Enter");
  await page.locator("#watch[aria-pressed=true]").waitFor();
  // What is found on the server comes below and leaves the choice alone.
  await page.keyboard.press("Control+k");
  const answered = page.waitForResponse((answer) => answer.url().includes("/suggest?"));
  await page.keyboard.type("printer");
  await answered;
  await page.locator("#palette-list .option-kind").first().waitFor();
  assert.equal(await page.locator('#palette-list [aria-selected="true"]').getAttribute("data-index"), "0");
  await page.fill("#palette input", "");
  await page.keyboard.type("> theme dark");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a key can be given another letter or be off, for the account and not the browser", { timeout: 120_000 }, async () => {
  const who = await operator();
  const { page, context, complaints } = who;
  await page.goto(`${desk.base}/desk/tickets?q=is:open`);
  await page.locator("tbody .row-link").first().press("Enter");
  await page.waitForURL(/\/desk\/tickets\/\d+/);
  const ticket = page.url();
  const change = async (key, pressed) => {
    await page.keyboard.press("?");
    await page.locator(`[data-remap="${key}"]`).focus();
    await page.keyboard.press("Enter");
    const kept = page.waitForResponse((answer) => answer.url().endsWith("/me/look"));
    await page.keyboard.press(pressed);
    await kept;
    await page.keyboard.press("Escape");
  };
  await page.keyboard.press("?");
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press("Escape");
  await change("n", "q");
  await page.keyboard.press("q");
  assert.equal(await page.locator('input[name=kind][value=note]').isChecked(), true);
  await page.keyboard.press("Escape");
  await change("w", "Backspace");
  const watched = await page.locator("#watch").getAttribute("aria-pressed");
  await page.keyboard.press("w");
  await page.waitForTimeout(300);
  assert.equal(await page.locator("#watch").getAttribute("aria-pressed"), watched, "it is off");
  await context.close();
  // Another browser of the same person.
  const other = await desk.visitor("en");
  await signIn(other, desk.base, who.login, who.password, "en");
  await other.page.goto(ticket);
  await other.page.keyboard.press("q");
  assert.equal(await other.page.locator('input[name=kind][value=note]').isChecked(), true);
  await other.page.keyboard.press("Escape");
  await other.page.keyboard.press("?");
  const reset = other.page.waitForResponse((answer) => answer.url().endsWith("/me/look"));
  await other.page.locator("[data-remap-reset]").click();
  await reset;
  assert.equal(await other.page.locator("[data-remap-reset]").isHidden(), true);
  assert.deepEqual([...complaints, ...other.complaints], []);
  await other.context.close();
});

test("letters that are off leave the page alone, and Ctrl K still works", { timeout: 120_000 }, async () => {
  const { page, context } = await operator();
  await page.goto(`${desk.base}/desk/tickets`);
  const list = page.url();
  await page.keyboard.press("?");
  const kept = page.waitForResponse((answer) => answer.url().endsWith("/me/look"));
  await page.locator("[data-letters-switch]").click();
  await kept;
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await page.waitForTimeout(300);
  assert.equal(page.url(), list);
  await page.keyboard.press("Control+k");
  assert.equal(await page.locator("#palette").evaluate((dialog) => dialog.open), true);
  await context.close();
});
