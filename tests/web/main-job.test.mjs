// The main job in a real browser, in three languages: asked in the portal, worked in the console,
// confirmed by the requester. Every screen on the way is looked at by axe in two themes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, signIn, startDesk } from "./desk.mjs";

let desk;
before(async () => { desk = await startDesk(); });
after(async () => { await desk?.stop(); });

/** The log-in of a role, from what the first page shows to everybody. */
async function login(role) {
  const { page, context } = await desk.visitor("en");
  await page.goto(`${desk.base}/login`);
  const row = page.locator(`[data-demo-role="${role}"]`).first();
  const found = { login: await row.getAttribute("data-demo-login"), password: await row.getAttribute("data-demo-password") };
  await context.close();
  assert.ok(found.login && found.password, `the first page shows the log-in of ${role}`);
  return found;
}

/** What leads to another page, and that page with its script: a key before that would be nobody's. */
const leads = (page, act) => Promise.all([page.waitForEvent("load"), act()]);

const WORDS = {
  en: { problem: "The scanner in room 204 does not answer", question: "Which model is it?", answer: "The grey one", report: "Restarted the scan service", closed: "Closed", lang: "en" },
  es: { problem: "El escáner de la sala 204 no responde", question: "¿Qué modelo es?", answer: "El gris", report: "Se reinició el servicio de escaneo", closed: "Cerrada", lang: "es" },
  ru: { problem: "Сканер в комнате 204 не отвечает", question: "Какая это модель?", answer: "Серый", report: "Перезапущена служба сканирования", closed: "Закрыто", lang: "ru" },
};

for (const [lang, words] of Object.entries(WORDS)) {
  test(`asked, worked, solved and confirmed in ${lang}`, { timeout: 120_000 }, async () => {
    const [user, agent] = [await desk.visitor(lang), await desk.visitor(lang)];
    const [asks, works] = [await login("user"), await login("operator")];
    await signIn(user, desk.base, asks.login, asks.password, lang);
    await signIn(agent, desk.base, works.login, works.password, lang);
    const seen = async (who, name) => assert.deepEqual(await findings(who.page), [], `axe on ${name} in ${lang}`);

    await user.page.goto(`${desk.base}/?portal=1`);
    assert.equal(await user.page.getAttribute("html", "lang"), words.lang);
    await seen(user, "the portal's home");
    await user.page.goto(`${desk.base}/new`);
    await seen(user, "a new request");
    await user.page.fill('textarea[name="what"]', words.problem);
    await user.page.check('input[name="kind"][value="incident"]', { force: true });
    await user.page.click("form.new-request .button-primary");
    await user.page.waitForURL(/\/requests\/\d+/);
    const number = /\/requests\/(\d+)/.exec(user.page.url())[1];
    await seen(user, "the request");

    await agent.page.goto(`${desk.base}/desk/tickets?q=is:open`);
    await seen(agent, "the list");
    await agent.page.goto(`${desk.base}/desk/tickets/${number}`);
    await seen(agent, "the ticket");
    await agent.page.keyboard.press("i");
    await agent.page.locator("#take").waitFor({ state: "detached" });
    await agent.page.keyboard.press("n");
    await agent.page.fill("#body", "note-that-stays-inside");
    await leads(agent.page, () => agent.page.keyboard.press("Control+Enter"));
    await agent.page.locator(".timeline", { hasText: "note-that-stays-inside" }).waitFor();
    await agent.page.keyboard.press("r");
    await agent.page.fill("#body", words.question);
    await agent.page.selectOption('select[name="then_reply"]', "waiting");
    await leads(agent.page, () => agent.page.click("[data-send]"));
    await agent.page.locator(".timeline", { hasText: words.question }).waitFor();

    await user.page.goto(`${desk.base}/requests/${number}`);
    const told = await user.page.locator("main").innerText();
    assert.ok(told.includes(words.question), told);
    assert.ok(!told.includes("note-that-stays-inside"), "a note never reaches the requester");
    await user.page.fill('textarea[name="body"]', words.answer);
    await user.page.click('button[name="then"][value="send"]');
    await user.page.locator(".timeline", { hasText: words.answer }).waitFor();

    await agent.page.goto(`${desk.base}/desk/tickets/${number}`);
    await agent.page.keyboard.press("e");
    await agent.page.selectOption('#solve-dialog select[name="resolution_code"]', "fixed");
    await agent.page.fill('#solve-dialog textarea[name="resolution_report"]', words.report);
    await agent.page.click("#solve-dialog .button-primary");
    await agent.page.locator(".ticket-head .state-resolved, .ticket-head [data-category=resolved]").first().waitFor();

    await user.page.goto(`${desk.base}/requests/${number}`);
    await seen(user, "a solved request");
    await user.page.click('button[name="then"][value="confirm"]');
    await user.page.locator(".request-head", { hasText: words.closed }).waitFor();
    for (const who of [user, agent]) {
      assert.deepEqual(who.complaints, []);
      await who.context.close();
    }
  });
}

test("a request can be made and answered without JavaScript on a small phone", { timeout: 60_000 }, async () => {
  const user = await desk.visitor("en", { javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const asks = await login("user");
  await signIn(user, desk.base, asks.login, asks.password, "en");
  await user.page.goto(`${desk.base}/new`);
  await user.page.fill('textarea[name="what"]', "The door badge does not work");
  await user.page.check('input[name="kind"][value="incident"]', { force: true });
  await user.page.click("form.new-request .button-primary");
  await user.page.waitForURL(/\/requests\/\d+/);
  await user.page.fill('textarea[name="body"]', "It is the blue badge");
  await user.page.click('button[name="then"][value="send"]');
  const told = await user.page.locator("main").innerText();
  assert.ok(told.includes("It is the blue badge"), told);
  await user.context.close();
});
