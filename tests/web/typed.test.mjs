// What was typed is never lost, and Enter does what the form says: seen where only a browser shows it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { signIn, startDesk } from "./desk.mjs";

let desk;
before(async () => { desk = await startDesk(); });
after(async () => { await desk?.stop(); });

/** Somebody of a role, signed in. */
async function visitor(role, options = {}) {
  const who = await desk.visitor("en", options);
  await who.page.goto(`${desk.base}/login`);
  const row = who.page.locator(`[data-demo-role="${role}"]`).first();
  const [login, password] = [await row.getAttribute("data-demo-login"), await row.getAttribute("data-demo-password")];
  who.again = () => signIn(who, desk.base, login, password, "en");
  await who.again();
  return who;
}

/** The first ticket of the list. */
async function firstTicket(page) {
  await page.goto(`${desk.base}/desk/tickets?q=is:open`);
  return page.locator("tbody .row-link").first().getAttribute("href");
}

test("an answer survives the end of the session and is forgotten once it is stored", { timeout: 120_000 }, async () => {
  const { page, context, again } = await visitor("operator");
  const href = await firstTicket(page);
  await page.goto(desk.base + href);
  await page.keyboard.press("n");
  await page.fill("#body", "A long note that took an hour");
  await context.clearCookies();
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Control+Enter")]);
  assert.equal(await page.inputValue('form[action="/login"] input[name="return"]'), href, "log-in leads back to the page, not to the form's address");
  await again();
  await page.goto(desk.base + href);
  assert.equal(await page.inputValue("#body"), "A long note that took an hour");
  await page.keyboard.press("n");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Control+Enter")]);
  await page.locator(".timeline", { hasText: "A long note that took an hour" }).waitFor();
  assert.equal(await page.inputValue("#body"), "");
  assert.equal(new URL(page.url()).search, "", "it is said once");
  await context.close();
});

test("while an answer is on its way nobody writes into the page that goes", { timeout: 120_000 }, async () => {
  const { page, context } = await visitor("operator");
  await page.goto(desk.base + (await firstTicket(page)));
  await page.route("**/post", async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await route.fulfill({ response });
  });
  // The page tells of itself: it is not asked while another one is on its way.
  const told = [];
  page.on("console", (message) => { if (message.text().startsWith("body ")) told.push(message.text()); });
  await page.evaluate(() => setInterval(() => console.log(`body ${document.querySelector("#body").readOnly ? "closed" : "open"}`), 100));
  await page.keyboard.press("n");
  await page.fill("#body", "stored before the page came");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Control+Enter")]);
  assert.ok(told.filter((said) => said === "body closed").length >= 5, told.join(", "));
  await page.keyboard.press("n");
  await page.fill("#body", "typed afterwards");
  assert.equal(await page.inputValue("#body"), "typed afterwards");
  await context.close();
});

test("Enter registers, also where the caller's open tickets stand first", { timeout: 120_000 }, async () => {
  const { page, context } = await visitor("operator");
  await page.goto(desk.base + (await firstTicket(page)));
  const requester = (await page.locator(".side-person a").first().getAttribute("href")).split("/").pop();
  await page.goto(`${desk.base}/desk/call?requester=${requester}`);
  assert.ok((await page.locator("#call-open button[name=add]").count()) > 0);
  await page.fill("#title", "Beamer dark");
  await page.press("#title", "Enter");
  await page.waitForURL(/registered=/);
  await page.locator(".call-number").waitFor();
  await page.goto(`${desk.base}/desk/new`);
  await page.fill("#title", "Printer jams");
  await page.press("#title", "Enter");
  await page.waitForURL(/\/desk\/tickets\/\d+/);
  await context.close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`another kind keeps what was typed and added ${javaScriptEnabled ? "with" : "without"} script`, { timeout: 120_000 }, async () => {
    const { page, context } = await visitor("operator", { javaScriptEnabled });
    await page.goto(`${desk.base}/desk/new`);
    await page.fill("#title", "A second monitor");
    await page.fill("#description", "For the desk");
    await page.setInputFiles("#files", { name: "desk.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
    await page.click('button[name="switch"][value="request"]');
    await page.locator('button[name="switch"][value="request"][aria-current]').waitFor();
    assert.deepEqual([await page.inputValue("#title"), (await page.inputValue("#description")).trim()], ["A second monitor", "For the desk"]);
    assert.ok((await page.locator("main").innerText()).includes("desk.txt"));
    await context.close();
  });
}
