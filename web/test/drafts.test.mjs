import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "./load.mjs";

class Store extends Map {
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, value); }
  removeItem(key) { this.delete(key); }
}
for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, { value: new Store(), configurable: true });
const { loadDraft, markSent, saveDraft, settleDraft } = await load("lib/drafts.ts");

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  saveDraft("ticket-7", "Long answer", "reply", 1);
});

test("a failed send keeps the draft, whatever page follows", () => {
  for (const page of ["/desk/tickets/7/post", "/login", "/desk/tickets/7", "/desk/tickets/7?show=notes"]) {
    markSent("ticket-7");
    assert.equal(settleDraft(`https://desk.example${page}`), undefined, page);
    assert.equal(loadDraft("ticket-7")?.text, "Long answer", page);
  }
});

test("after a failed send and the log-in the draft is still there on a page that said done before", () => {
  markSent("ticket-7");
  settleDraft("https://desk.example/desk/tickets/7/post");
  settleDraft("https://desk.example/desk/tickets/7?done=sent");
  assert.equal(loadDraft("ticket-7")?.text, "Long answer");
});

test("a draft is forgotten when the server says that it was stored, and that is said once", () => {
  for (const [page, then] of [["?done=sent#m-9", "#m-9"], ["?new=1", ""], ["?registered=5&done=registered", "?registered=5"]]) {
    saveDraft("ticket-7", "Long answer", "reply", 1);
    markSent("ticket-7");
    assert.equal(settleDraft(`https://desk.example/x${page}`), `https://desk.example/x${then}`);
    assert.equal(loadDraft("ticket-7"), undefined, page);
  }
});
