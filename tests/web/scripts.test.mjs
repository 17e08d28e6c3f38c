// What only scripts do: unread by hand and by being looked at, the warning of what will be masked, and
// forms that ask anew when something is chosen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, signIn, startDesk } from "./desk.mjs";

let desk;
before(async () => { desk = await startDesk(); });
after(async () => { await desk?.stop(); });

async function visitor(role) {
  const who = await desk.visitor("en");
  await who.page.goto(`${desk.base}/login`);
  const row = who.page.locator(`[data-demo-role="${role}"]`).first();
  const [login, password] = [await row.getAttribute("data-demo-login"), await row.getAttribute("data-demo-password")];
  await signIn(who, desk.base, login, password, "en");
  return who;
}

test("what is unread is bold until it was looked at, and by Shift U again", { timeout: 120_000 }, async () => {
  const { page, context, complaints } = await visitor("operator");
  const list = `${desk.base}/desk/tickets?q=is:open`;
  await page.goto(list);
  const row = page.locator("tbody tr.unread").first();
  const id = await row.getAttribute("id");
  const marked = () => page.locator(`#${id}`).evaluate((tr) => [tr.classList.contains("unread"), !tr.querySelector(".row-unread").hidden]);
  assert.deepEqual(await marked(), [true, true]);
  const seen = page.waitForResponse((answer) => answer.url().endsWith("/seen") && answer.request().method() === "PUT");
  await row.locator(".row-link").press("Enter");
  await page.waitForURL(/\/desk\/tickets\/\d+/);
  assert.equal((await seen).status(), 204);
  await page.goto(list);
  assert.deepEqual(await marked(), [false, false], "it was in sight for a second");
  await page.locator(`#${id} .row-link`).focus();
  const unseen = page.waitForResponse((answer) => answer.url().endsWith("/seen") && answer.request().method() === "DELETE");
  await page.keyboard.press("Shift+U");
  await unseen;
  assert.deepEqual(await marked(), [true, true]);
  await page.goto(list);
  assert.deepEqual(await marked(), [true, true], "the server keeps it");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("whoever writes a card number is told that it will be masked, and may insist", { timeout: 120_000 }, async () => {
  const { page, context, complaints } = await visitor("operator");
  await page.goto(`${desk.base}/desk/tickets?q=is:open`);
  await page.goto(desk.base + (await page.locator("tbody .row-link").first().getAttribute("href")));
  await page.keyboard.press("n");
  await page.locator("#body").pressSequentially("The card was 4111 1111 1111 1111, the rest is known");
  const warning = page.locator("spoc-composer p.redacted");
  await warning.waitFor();
  const said = await warning.innerText();
  assert.ok(said.includes("1111") && !said.includes("4111 1111 1111 1111"), said);
  assert.deepEqual(await findings(page), []);
  await page.fill("#body", "The card was taken away");
  await warning.waitFor({ state: "hidden" });
  await page.fill("#body", "Again 4111 1111 1111 1111");
  await warning.waitFor();
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Control+Enter")]);
  const told = await page.locator("#timeline").innerText();
  assert.ok(told.includes("Again") && !told.includes("4111 1111 1111 1111"), told);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a form asks anew when something is chosen, and keeps what was typed", { timeout: 120_000 }, async () => {
  const admin = await visitor("administrator");
  const put = async (path, data) => {
    const answer = await admin.context.request.put(`${desk.base}/api/v1${path}`, { data, headers: { origin: desk.base } });
    assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  };
  const items = ["laptop", "phone"].map((key) => ({ key, names: { en: key } }));
  await put("/fields/ticket/device_form", { type: "choice", names: { en: "Device at hand" }, audience: "fills", kinds: ["incident"], items });
  await put("/fields/ticket/serial_form", { type: "text", names: { en: "Serial number" }, audience: "fills", kinds: ["incident"] });
  await put("/rules/laptop-serial", {
    names: { en: "Laptops have a serial number" },
    when: [{ on: "field", field: "device_form", test: "is", values: ["laptop"] }],
    then: [{ field: "serial_form", does: "show" }, { field: "serial_form", does: "require" }],
  });
  const { page, context, complaints } = await visitor("operator");
  await page.goto(`${desk.base}/desk/new`);
  await page.fill("#title", "Keyboard sticks");
  const device = page.locator('select[name$="device_form"]');
  const serial = page.locator('input[name$="serial_form"]');
  assert.equal(await serial.count(), 0, "not asked before");
  await device.selectOption("laptop");
  await serial.waitFor();
  await serial.fill("SN-4711");
  await device.selectOption("phone");
  await serial.waitFor({ state: "detached" });
  await device.selectOption("laptop");
  await serial.waitFor();
  assert.equal(await page.inputValue("#title"), "Keyboard sticks");
  assert.deepEqual(await findings(page), []);
  await serial.fill("");
  await Promise.all([page.waitForEvent("load"), page.locator("form button.button-primary").first().click()]);
  assert.ok((await page.locator("main").innerText()).includes("Laptops have a serial number"), "the rule says why");
  assert.equal(await page.inputValue("#title"), "Keyboard sticks");
  await page.locator('input[name$="serial_form"]').fill("SN-4711");
  await page.locator("form button.button-primary").first().click();
  await page.waitForURL(/\/desk\/tickets\/\d+/);
  assert.ok((await page.locator("main").innerText()).includes("SN-4711"));
  assert.deepEqual(complaints, []);
  await context.close();
  await admin.context.close();
});
