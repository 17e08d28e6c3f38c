// The behaviours in a real browser, over the specimen pages and under the product's policy. Needs
// Debian's chromium and the pages that `cargo test -p ui --test specimen` writes.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { open, until } from "./specimen.mjs";

let desk;
before(async () => { desk = await open(); await mkdir(desk.pictures, { recursive: true }); });
after(() => desk.close());

/** A page at desk size whose every console error fails the test. */
async function visit(name, run, options = {}) {
  const page = await desk.page(name, options);
  try {
    await run(page);
    assert.deepEqual(page.complaints, []);
  } finally {
    await page.close();
  }
}
const focused = (page) => page.evaluate(() => document.activeElement?.closest("tr")?.id ?? document.activeElement?.id ?? "");
const shot = (page, name) => page.screenshot({ path: `${desk.pictures}/behave-${name}.png` });

test("j, k and arrows walk the rows, x selects, Escape takes it back", () => visit("list-en-light", async (page) => {
  await page.keyboard.press("j");
  assert.equal(await focused(page), "t-48213");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), "t-48207");
  await page.keyboard.press("k");
  await page.keyboard.press("x");
  assert.equal(await page.locator(".bulk").isVisible(), true);
  assert.equal(await page.locator(".bulk-count").textContent(), "Selected: 1");
  await page.keyboard.press("Shift+ArrowDown");
  assert.equal(await page.locator(".bulk-count").textContent(), "Selected: 2");
  await shot(page, "selected");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".bulk").isVisible(), false);
}));

test("only the controls of one row are stops of Tab", () => visit("list-en-light", async (page) => {
  const stops = await page.evaluate(() => new Set([...document.querySelectorAll("tbody :is(a, input)")].filter((e) => e.tabIndex === 0).map((e) => e.closest("tr").id)).size);
  assert.equal(stops, 1);
}));

test("a Russian layout finds the keys by place, and letters are text while typing", () => visit("list-ru-light", async (page) => {
  const press = (key, code) => page.evaluate(([k, c]) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: k, code: c, bubbles: true, cancelable: true })), [key, code]);
  await press("о", "KeyJ");
  assert.equal(await focused(page), "t-48213");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.name), "q");
  await page.keyboard.type("jx");
  assert.equal(await page.evaluate(() => document.activeElement.value), "jx");
}));

test("? shows the keys of the page, and letters can be turned off", () => visit("list-en-light", async (page) => {
  await page.keyboard.press("?");
  const sheet = await page.locator("#keys").innerText();
  for (const words of ["Next", "Select", "New ticket", "Tickets", "Search"]) assert.ok(sheet.includes(words), `${words} in ${sheet}`);
  await shot(page, "keys");
  assert.equal(await desk.posted(() => page.locator("[data-letters-switch]").click()), "/me/look letters=off");
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  assert.equal(await focused(page), "");
}));

test("g and a letter go; Ctrl K opens the palette", () => visit("forms-en-light", async (page) => {
  await page.evaluate(() => { document.activeElement.blur(); globalThis.gone = []; for (const a of document.querySelectorAll(".rail a")) a.addEventListener("click", () => globalThis.gone.push(a.dataset.key)); });
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  assert.deepEqual(await page.evaluate(() => globalThis.gone), ["g p"]);
  await page.keyboard.press("Control+k");
  assert.equal(await page.evaluate(() => document.activeElement.closest("dialog")?.id), "palette");
}));

test("the composer cannot be misread: kind, look, button and draft", () => visit("ticket-en-light", async (page) => {
  const form = page.locator(".composer-form");
  assert.equal(await form.isVisible(), false);
  await page.keyboard.press("n");
  assert.equal(await page.evaluate(() => document.activeElement.name), "body");
  const note = await form.evaluate((f) => getComputedStyle(f).backgroundColor);
  assert.equal(note, "rgb(255, 246, 219)");
  assert.equal((await page.locator("[data-send]").innerText()).trim(), "Add note");
  await page.keyboard.type("kept text");
  await shot(page, "note");
  await page.locator(".composer-kind").first().click();
  assert.notEqual(await form.evaluate((f) => getComputedStyle(f).backgroundColor), note);
  assert.equal((await page.locator("[data-send]").innerText()).trim(), "Send reply");
  assert.equal(await page.locator("#body").inputValue(), "kept text");
  await shot(page, "reply");
  await page.locator(".composer-kind").nth(2).click();
  await shot(page, "call");
  await page.locator("#body").press("Escape");
  assert.equal(await form.isVisible(), false);
  assert.equal(await page.locator(".composer-draft").isVisible(), true);
  await page.reload();
  await page.keyboard.press("l");
  assert.equal(await page.locator("#body").inputValue(), "kept text");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Control+Enter")]);
  assert.match(desk.posts.at(-1), /name="kind"\s+call[\s\S]*kept text/);
}));

test("the keys of the composer switch its kind while it is open", () => visit("ticket-en-light", async (page) => {
  const chosen = () => page.locator("input[name=kind]:checked").inputValue();
  await page.keyboard.press("r");
  await page.keyboard.type("words");
  for (const [key, kind] of [["n", "note"], ["l", "call"], ["r", "reply"]]) {
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press(key);
    assert.equal(await chosen(), kind);
    assert.equal(await page.evaluate(() => document.activeElement.name), "body");
  }
  assert.equal(await page.locator("#body").inputValue(), "words");
}));

test("a live change renews head, side and what the composer is sent with, never its words", () => visit("ticket-en-light", async (page) => {
  await page.keyboard.press("r");
  await page.keyboard.type("my words");
  await page.locator("[name=then_reply]").selectOption("held");
  await desk.listening();
  let asked = 0;
  await page.route(/ticket-en-light/, async (route) => {
    asked += 1;
    const response = await route.fetch();
    const html = await response.text();
    const body = html.replace(`data-version="7"`, `data-version="8"`).replace(`name="version" value="7"`, `name="version" value="8"`)
      .replace(">VPN drops every ten minutes since", ">Renamed since").replace("Aurora Logistics", "Boreal Logistics")
      .replace(`<option value="waiting" selected>Waiting</option>`, `<option value="open" selected>Open</option>`);
    await route.fulfill({ response, body });
  });
  desk.tell({ kind: "patch", html: "", ticket: "48213", version: 7 });
  desk.tell({ kind: "patch", html: "", ticket: "48213", version: 8 });
  await page.waitForFunction(() => document.querySelector("#details").textContent.includes("Boreal"));
  assert.match(await page.locator(".ticket-title").innerText(), /^Renamed/);
  assert.equal(asked, 1, "what is shown already is not asked for");
  assert.equal(await page.locator(".composer-form [name=version]").inputValue(), "8");
  assert.deepEqual(await page.locator("[name=then_reply] option").allInnerTexts(), ["Leave the state", "Open", "On hold"]);
  assert.equal(await page.locator("[name=then_reply]").inputValue(), "held", "a choice of one's own stays");
  assert.equal(await page.locator("#body").inputValue(), "my words");
  assert.equal(await page.locator(".composer-form").isVisible(), true);
}));

test("the key of a folded field opens it, and what was added leaves the field empty", () => visit("ticket-en-light", async (page) => {
  await page.keyboard.press("?");
  const sheet = await page.locator("#keys").innerText();
  for (const words of [/Link\s+Shift L/, /Copy number; twice copies the link\s+y/]) assert.match(sheet, words);
  await page.keyboard.press("Escape");
  await page.keyboard.press("L");
  const field = page.locator("[name=other_text]");
  assert.equal(await field.isVisible(), true);
  await page.keyboard.type("ma");
  await page.locator("[role=option]").first().waitFor();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("[name=other]").inputValue(), "12");
  assert.match(await desk.posted(() => field.press("Enter")), /other=12/);
  await page.waitForFunction(() => document.querySelector("[name=other_text]").value === "");
  assert.equal(await page.locator("[name=other]").inputValue(), "");
}));

test("j and k move from message to message", () => visit("ticket-en-light", async (page) => {
  for (const [key, id] of [["j", "e-1-who"], ["j", "e-3-who"], ["j", "e-4-who"], ["k", "e-3-who"]]) {
    await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.activeElement.id), id);
  }
}));

test("a failed send keeps the draft; one that is stored forgets it and says so once", () => visit("ticket-en-light", async (page) => {
  const send = async (to) => {
    await page.keyboard.press("r");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("hello");
    await page.locator(".composer-form").evaluate((form, action) => { form.action = action; }, to);
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Control+Enter")]);
  };
  // The session was over: another page answers, and then this one again, its field empty.
  await send("/forms-en-light.html");
  await page.goBack();
  assert.equal(await page.locator("#body").inputValue(), "hello");
  await page.reload();
  assert.equal(await page.locator("#body").inputValue(), "hello");
  await send("/ticket-en-light.html?done=sent#e-1");
  assert.equal(await page.locator(".composer-draft").isVisible(), false);
  assert.equal(await page.evaluate(() => localStorage.getItem("draft:ticket-48213")), null);
  assert.equal(new URL(page.url()).search, "");
}));

test("a renewed list keeps the rows that were read on to and the way to the next", () => visit("list-en-light", async (page) => {
  const more = page.locator("#more a");
  await more.evaluate((a) => { a.setAttribute("hx-get", "/more.html"); globalThis.htmx.process(a, true); });
  await more.click();
  await page.waitForFunction(() => document.querySelectorAll("#rows > tr").length === 11);
  await page.keyboard.press("j");
  await desk.listening();
  desk.tell({ kind: "list", count: 1 });
  await page.locator(".pill .button").waitFor();
  const [asked] = await Promise.all([page.waitForRequest(/rows=/), page.keyboard.press("u")]);
  assert.equal(new URL(asked.url()).searchParams.get("rows"), "11");
  await page.waitForFunction(() => document.querySelectorAll("#rows > tr").length === 9);
  assert.equal(await page.locator("#more a").count(), 1, "the way on comes from the same answer");
}));

test("the combobox suggests, chooses by keyboard and sends the key", () => visit("forms-en-light", async (page) => {
  const field = page.locator("#requester");
  await field.fill("ma");
  await page.locator("[role=option]").first().waitFor();
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  await shot(page, "combobox");
  assert.equal(await page.locator("[role=option][aria-selected=true]").count(), 0, "an arrow begins with the first");
  await field.press("ArrowDown");
  const active = await field.getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
  await field.press("Enter");
  assert.equal(await field.inputValue(), "Maria Ortega");
  assert.equal(await page.locator("input[name=requester]").inputValue(), "12");
  // Faster than the answer: the words are looked up first, then Enter takes the first.
  await field.fill("mar");
  await field.press("Enter");
  await page.waitForFunction(() => document.querySelector("#requester").value === "Maria Ortega");
  await field.fill("somebody new");
  await field.press("Tab");
  assert.equal(await page.locator("input[name=requester]").inputValue(), "");
}));

test("theme changes at once and is told to the server", () => visit("list-en-light", async (page) => {
  await page.locator(".me").click();
  await page.waitForTimeout(150);
  await shot(page, "menu");
  assert.equal(await desk.posted(() => page.locator("button[name=theme][value=dark]").click()), "/me/look theme=dark");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgb(18, 21, 28)");
}));

test("a refused request says so, keeps the page and offers Retry; 422 swaps; 401 asks to log in", () => visit("list-en-light", async (page) => {
  const ask = (status) => page.evaluate(async (s) => {
    const button = document.createElement("button");
    button.setAttribute("hx-get", `/status/${s}`);
    button.setAttribute("hx-target", "#out");
    button.id = `ask-${s}`;
    const out = document.getElementById("out") ?? Object.assign(document.createElement("div"), { id: "out" });
    document.querySelector("#main").append(out, button);
    document.dispatchEvent(new CustomEvent("test"));
    globalThis.htmx.process(button);
    button.click();
  }, status);
  await ask(503);
  await page.locator(".toast-danger").waitFor();
  assert.match(await page.locator(".toast-danger").innerText(), /Nothing was changed[\s\S]*Retry/);
  assert.equal(await page.locator("#out").innerText(), "");
  await shot(page, "toast");
  await ask(422);
  await page.waitForFunction(() => document.querySelector("#out").textContent.includes("422"));
  await ask(401);
  await page.locator("#login-again").waitFor();
  await page.locator("#again-email").fill("olga@example.com");
  await page.locator("#again-password").fill("x");
  await shot(page, "login");
  await page.locator("#login-again .button-primary").click();
  await page.waitForFunction(() => document.querySelector("#out").textContent.includes("signed in"));
}, { allow: /status of (401|422|503)/ }));

test("the next page of a list is appended, and the focus stays", () => visit("list-en-light", async (page) => {
  await page.evaluate(() => document.querySelector("#more a").focus());
  const more = page.locator("#more a");
  await more.evaluate((a) => { a.setAttribute("hx-get", "/more.html"); globalThis.htmx.process(a, true); });
  await more.click();
  await page.waitForFunction(() => document.querySelectorAll("#rows > tr").length === 11);
  assert.equal(await page.locator("#more a").count(), 0);
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY");
}));

test("live updates patch by id, leave the focused node alone, and wait behind a pill", () => visit("list-en-light", async (page) => {
  await page.keyboard.press("j");
  await desk.listening();
  desk.tell({ kind: "patch", html: `<td id="t-48207-state"><span class="badge state-resolved">Solved</span></td>` });
  await page.waitForFunction(() => document.querySelector("#t-48207-state").textContent === "Solved");
  desk.tell({ kind: "patch", html: `<tr id="t-48213"><td>gone</td></tr>` });
  desk.tell({ kind: "count", view: "mine", text: "8" });
  await page.waitForFunction(() => document.querySelector("#view-mine").textContent === "8");
  assert.equal(await focused(page), "t-48213");
  desk.tell({ kind: "list", count: 4 });
  await page.locator(".pill .button").waitFor();
  assert.match(await page.locator(".pill").innerText(), /Changes in this list: 4/);
  await shot(page, "pill");
  await page.keyboard.press("u");
  await page.waitForFunction(() => !document.querySelector(".pill"));
  assert.equal(await focused(page), "t-48213");
}));

test("one stream for two tabs; the second takes over when the first goes", () => visit("list-en-light", async (first) => {
  await desk.listening();
  const second = await first.another();
  desk.tell({ kind: "count", view: "mine", text: "9" });
  await second.waitForFunction(() => document.querySelector("#view-mine").textContent === "9");
  assert.equal(desk.streams.size, 1);
  const [stream] = desk.streams;
  await first.goto("about:blank");
  await until(() => desk.streams.size === 1 && !desk.streams.has(stream));
  desk.tell({ kind: "count", view: "mine", text: "10" });
  await second.waitForFunction(() => document.querySelector("#view-mine").textContent === "10");
}));

test("new messages come in where the reader is at the end, else behind a pill", () => visit("ticket-en-light", async (page) => {
  await desk.listening();
  await page.evaluate(() => scrollTo(0, 0));
  await page.setViewportSize({ width: 1440, height: 500 });
  desk.tell({ kind: "message", ticket: "48213" });
  await page.locator(".pill .button").waitFor();
  assert.match(await page.locator(".pill").innerText(), /New messages: 1/);
  await shot(page, "messages");
}));

test("side panel is a drawer below 1280 px", () => visit("ticket-en-light", async (page) => {
  assert.equal(await page.locator("#details").isVisible(), false);
  await page.keyboard.press("d");
  assert.equal(await page.locator("#details").isVisible(), true);
  await page.waitForTimeout(200);
  await shot(page, "drawer");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#details").isVisible(), false);
}, { width: 1024 }));

test("files: chosen, pasted, taken out", () => visit("forms-en-light", async (page) => {
  await page.locator("#files").setInputFiles([{ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") }, { name: "b.txt", mimeType: "text/plain", buffer: Buffer.from("b") }]);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["x"], "image.png", { type: "image/png" }));
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  });
  assert.equal(await page.locator(".upload-list li").count(), 3);
  await page.locator(".upload-list button").first().click();
  assert.deepEqual(await page.evaluate(() => [...document.querySelector("#files").files].map((f) => f.name.slice(0, 6))), ["b.txt", "screen"]);
}));

test("nothing is lost without script: pages still show forms and the composer", () => visit("ticket-en-light", async (page) => {
  assert.equal(await page.locator("#body").isVisible(), true);
  await page.locator(".composer-kind").nth(1).click();
  assert.equal(await page.locator(".composer-form").evaluate((f) => getComputedStyle(f).backgroundColor), "rgb(255, 246, 219)");
}, { javaScriptEnabled: false }));
