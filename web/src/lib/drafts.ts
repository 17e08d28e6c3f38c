// What one types is kept in this browser until it is sent: key by key, for 14 days.
import { debounce, memory, say } from "./dom.ts";

export interface Draft {
  text: string;
  kind: string;
  at: number;
}

const PREFIX = "draft:";
const SENT = "draft-sent";
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

/** Says that this draft was handed to the server. It is forgotten when the next page shows the
 * field empty and without an error, so a failed send keeps it. */
export function markSent(key: string): void {
  memory.set(SENT, key, globalThis.sessionStorage);
}

/** The draft to put into a field of a page that just arrived, after forgetting one that was sent. */
export function arrivedDraft(key: string, field: HTMLTextAreaElement): Draft | undefined {
  const refused = field.value !== "" || field.getAttribute("aria-invalid") === "true";
  if (memory.get(SENT, globalThis.sessionStorage) === key) {
    memory.remove(SENT, globalThis.sessionStorage);
    if (!refused) dropDraft(key);
  }
  return refused ? undefined : loadDraft(key);
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
