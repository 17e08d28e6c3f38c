// What a requester does after the first request, with a script and without, on a small phone: reads what may be
// expected, rates what was solved, and has it opened again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, signIn, startDesk } from "./desk.mjs";

let desk;
before(async () => { desk = await startDesk(); });
after(async () => { await desk?.stop(); });

/** Somebody of a role, signed in. */
async function visitor(role, options = {}) {
  const first = await desk.visitor("en");
  await first.page.goto(`${desk.base}/login`);
  const row = first.page.locator(`[data-demo-role="${role}"]`).first();
  const [login, password] = [await row.getAttribute("data-demo-login"), await row.getAttribute("data-demo-password")];
  await first.context.close();
  const who = await desk.visitor("en", options);
  await signIn(who, desk.base, login, password, "en");
  return who;
}

const PHONE = { viewport: { width: 360, height: 740 } };

/** Nothing of the page lies beside the screen. */
async function fits(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 360, `${name} is ${wide} px wide`);
}

for (const javaScriptEnabled of [true, false]) {
  test(`asked, solved, rated and opened again ${javaScriptEnabled ? "with" : "without"} a script`, { timeout: 120_000 }, async () => {
    const user = await visitor("user", { ...PHONE, javaScriptEnabled });
    const agent = await visitor("operator");
    const { page } = user;
    // Without a script the page cannot be asked: it is looked at beside, by somebody who has one.
    const seen = async (name) => {
      if (!javaScriptEnabled) return;
      await fits(page, name);
      assert.deepEqual(await findings(page), [], `axe on ${name}`);
    };

    await page.goto(`${desk.base}/new`);
    await page.fill('textarea[name="what"]', "The badge reader at the gate is dark");
    await page.check('input[name="kind"][value="incident"]', { force: true });
    await page.click("form.new-request .button-primary");
    await page.waitForURL(/\/requests\/\d+/);
    const number = /\/requests\/(\d+)/.exec(page.url())[1];
    assert.match(await page.locator(".awaits").innerText(), /^Waiting for: /);
    await seen("a request that was sent");

    await agent.page.goto(`${desk.base}/desk/tickets/${number}`);
    await agent.page.keyboard.press("i");
    await agent.page.locator("#take").waitFor({ state: "detached" });
    await agent.page.keyboard.press("e");
    await agent.page.selectOption('#solve-dialog select[name="resolution_code"]', "fixed");
    await agent.page.fill('#solve-dialog textarea[name="resolution_report"]', "A new lamp");
    await agent.page.click("#solve-dialog .button-primary");
    await agent.page.locator(".ticket-head .state-resolved, .ticket-head [data-category=resolved]").first().waitFor();

    await page.goto(`${desk.base}/?portal=1`);
    await seen("home with a rating");
    await page.locator(`a.face[href="/requests/${number}?rate=2#rate"]`).click();
    await page.waitForURL(/rate=2/);
    assert.ok(await page.locator('input[name="solution"][value="2"]').isChecked(), "the face is chosen, and nothing is sent yet");
    await seen("a request to be rated");
    await page.check('input[name="analyst"][value="5"]', { force: true });
    await page.fill('textarea[name="comment"]', "It is dark again");
    await page.click(".rate-form .button");
    await page.locator("#rate", { hasText: "May we call you about it?" }).waitFor();
    await seen("a low rating");
    await page.click('button[name="call"][value="yes"]');
    await page.waitForURL(/done=called/);
    await page.locator("#rate", { hasText: "Your rating" }).waitFor();

    await agent.page.goto(`${desk.base}/desk/tickets/${number}`);
    const told = await agent.page.locator("main").textContent();
    for (const words of ["Rating of the solution: Bad (2 of 5)", "Rating of the help: Very good (5 of 5)", "It is dark again", "The desk may call about it"]) {
      assert.ok(told.includes(words), `${words} is not told: ${told}`);
    }
    await agent.page.goto(`${desk.base}/desk/tickets?q=csat:%3C%3D2`);
    assert.ok((await agent.page.locator("main").innerText()).includes("The badge reader at the gate is dark"));
    for (const who of [user, agent]) {
      assert.deepEqual(who.complaints, []);
      await who.context.close();
    }
  });
}
