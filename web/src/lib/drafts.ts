// What one types is kept in this browser until it is sent: key by key, for 14 days.
import { debounce, memory, say } from "./dom.ts";

export interface Draft {
  text: string;
  kind: string;
  at: number;
}

const PREFIX = "draft:";
const SENT = "draft-sent";
/** What the server puts into the address of the page that follows a form it has stored. */
const DONE = ["done", "new"];
const KEPT_FOR = 14 * 24 * 3600 * 1000;

export function loadDraft(key: string): Draft | undefined {
  const stored = memory.get(PREFIX + key);
  if (stored === null) return undefined;
  try {
    const draft = JSON.parse(stored) as Partial<Draft>;
    if (typeof draft.text !== "string" || draft.text === "") return undefined;
    return { text: draft.text, kind: String(draft.kind ?? ""), at: Number(draft.at ?? 0) };
  } catch {
    return undefined;
  }
}

export function saveDraft(key: string, text: string, kind: string, now: number): void {
  if (text === "") memory.remove(PREFIX + key);
  else memory.set(PREFIX + key, JSON.stringify({ text, kind, at: now } satisfies Draft));
}

export function dropDraft(key: string): void {
  memory.remove(PREFIX + key);
}

/** Says that this draft was handed to the server. */
export function markSent(key: string): void {
  memory.set(SENT, key, globalThis.sessionStorage);
}

/** On a page that just arrived: a draft that was handed to the server is forgotten when the address says
 * that it was stored. Any other page (log-in, an error, the form again) keeps it. Answers the address
 * without those words, so that the page says it only once. */
export function settleDraft(href: string): string | undefined {
  const key = memory.get(SENT, globalThis.sessionStorage);
  if (key === null) return undefined;
  memory.remove(SENT, globalThis.sessionStorage);
  const place = new URL(href);
  if (!DONE.some((name) => place.searchParams.has(name))) return undefined;
  dropDraft(key);
  for (const name of DONE) place.searchParams.delete(name);
  return place.href;
}

let settled = false;
/** Before the first field of the page asks for its draft. */
function settle(): void {
  if (settled) return;
  settled = true;
  const place = settleDraft(location.href);
  if (place) history.replaceState(history.state, "", place);
  // Back to a page that the browser kept: whatever was sent from it did not lead on.
  addEventListener("pageshow", (event) => { if (event.persisted) memory.remove(SENT, globalThis.sessionStorage); });
}

/** The draft to put into a field of a page that just arrived; none where a refused text stands in it. */
export function arrivedDraft(key: string, field: HTMLTextAreaElement): Draft | undefined {
  settle();
  return field.value !== "" || field.getAttribute("aria-invalid") === "true" ? undefined : loadDraft(key);
}

/** Forgets drafts that nobody touched for two weeks. */
export function pruneDrafts(now: number): void {
  const store = globalThis.localStorage as Storage | undefined;
  if (!store) return;
  for (const key of Object.keys(store).filter((k) => k.startsWith(PREFIX))) {
    const draft = loadDraft(key.slice(PREFIX.length));
    if (!draft || now - draft.at > KEPT_FOR) memory.remove(key);
  }
}

/** Plain fields: textarea[data-draft="key"]. */
export function startDrafts(): void {
  settle();
  pruneDrafts(Date.now());
  for (const field of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-draft]")) {
    const key = field.dataset["draft"] ?? "";
    const draft = arrivedDraft(key, field);
    if (draft) field.value = draft.text;
    field.addEventListener("input", debounce(300, () => saveDraft(key, field.value, "", Date.now())));
    field.form?.addEventListener("submit", () => {
      saveDraft(key, field.value, "", Date.now());
      markSent(key);
    });
  }
}

/** "Saved 12:04:31". */
export function savedText(now: number): string {
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(now);
  return say("saved", { time });
}
