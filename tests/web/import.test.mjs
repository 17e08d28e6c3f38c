// Tickets with their history by the wizard: upload, words, dry run, run, roll-back, in three languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, signIn, startDesk } from "./desk.mjs";

let desk;
before(async () => { desk = await startDesk(); });
after(async () => { await desk?.stop(); });

/** An administrator, signed in. */
async function administrator(lang) {
  const who = await desk.visitor(lang);
  await who.page.goto(`${desk.base}/login`);
  const row = who.page.locator('[data-demo-role="administrator"]').first();
  await signIn(who, desk.base, await row.getAttribute("data-demo-login"), await row.getAttribute("data-demo-password"), lang);
  return who;
}

const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const FILES = {
  en: ["Ticket,Subject,Created,Status,Priority\nW-1,Wizard: broken door,2025-03-01T08:00:00Z,Open,High\nW-2,Wizard: dark hall,2025-03-02T08:00:00Z,Quantum,Low\n", "Ticket,When,Author,Text\nW-1,2025-03-03T08:00:00Z,Dora Guard,It does not close\n"],
  es: ["Número;Asunto;Fecha de creación;Estado;Prioridad\nA-1;Asistente: puerta rota;01/03/2025 08:00;Abierto;Alta\nA-2;Asistente: pasillo oscuro;02/03/2025 08:00;Cuántico;Baja\n", "Número;Cuándo;Autor;Mensaje\nA-1;03/03/2025 08:00;Dora Guarda;No cierra\n"],
  ru: ["Номер;Тема;Дата создания;Статус;Приоритет\nМ-1;Мастер: сломана дверь;01.03.2025 08:00;Открыта;Высокий\nМ-2;Мастер: темно;02.03.2025 08:00;Квантовая;Низкий\n", "Номер;Когда;Автор;Сообщение\nМ-1;03.03.2025 08:00;Дора Сторож;Не закрывается\n"],
};

for (const [lang, [tickets, history]] of Object.entries(FILES)) {
  test(`tickets are brought in, looked over, imported and taken back in ${lang}`, { timeout: 120_000 }, async () => {
    const who = await administrator(lang);
    const { page } = who;
    const seen = async (name) => assert.deepEqual(await findings(page), [], `axe on ${name} in ${lang}`);
    await page.goto(`${desk.base}/admin/import`);
    await seen("the list of imports");
    await page.setInputFiles("#file", file("old.csv", tickets));
    await page.setInputFiles("#history", file("messages.csv", history));
    await page.selectOption("#records", "tickets");
    await page.fill("#source", `wizard-${lang}`);
    await page.click('form[enctype="multipart/form-data"] .button-primary');
    await page.waitForURL(/\/admin\/import\/\d+/);
    // Columns and words are proposed; the word that nobody knows is not.
    const header = tickets.split("\n")[0].split(/[,;]/);
    assert.equal(await page.inputValue("#f-title"), header[1]);
    const words = await page.locator('input[name^="w-state-"]').evaluateAll((all) => all.map((one) => one.value));
    const unknown = words.findIndex((word) => /^(Quantum|Cuántico|Квантовая)$/.test(word));
    assert.equal(await page.inputValue(`#m-state-${unknown}`), "");
    assert.equal(await page.inputValue(`#m-state-${1 - unknown}`), "open");
    await seen("the mapping");
    await page.keyboard.press("k");
    await page.locator(".badge", { hasText: /.+/ }).first().waitFor();
    const state = (key) => page.locator(`form[action$="/${key}"]`).waitFor({ timeout: 60_000 });
    await state("run");
    assert.equal(await page.locator("del, ins").count() > 0, true, "side by side");
    await page.selectOption(`#m-state-${unknown}`, "waiting");
    await page.click('form[action^="/admin/import/"].form .button-primary');
    await state("run");
    await seen("the dry run");
    await page.keyboard.press("r");
    await state("undo");
    const title = tickets.split("\n")[1].split(/[,;]/)[1];
    await page.goto(`${desk.base}/desk/tickets?q=${encodeURIComponent(`"${title}"`)}`);
    await page.locator("tbody .row-link", { hasText: title }).first().press("Enter");
    await page.locator(".timeline", { hasText: history.split("\n")[1].split(/[,;]/)[3] }).waitFor();
    await page.goto(`${desk.base}/admin/import`);
    await page.locator("#rows .row-link").first().press("Enter");
    await page.click('form[action$="/undo"] button');
    await page.locator('form[action$="/undo"]').waitFor({ state: "detached", timeout: 60_000 });
    await page.waitForFunction(() => !document.querySelector('form[action$="/stop"]'), null, { timeout: 60_000 });
    await page.goto(`${desk.base}/desk/tickets?q=${encodeURIComponent(`"${title}"`)}`);
    assert.equal(await page.locator("tbody .row-link", { hasText: title }).count(), 0, "nothing of it is left");
    assert.deepEqual(who.complaints, []);
    await who.context.close();
  });
}
