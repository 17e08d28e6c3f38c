// Drafts on the server: what one types follows to every other machine of one's own, with its files. The
// browser's own copy (drafts.ts) comes first; this goes after two seconds of quiet, and on leaving.
import { icon, make, memory, say } from "./dom.ts";
import { dropDraft, saveDraft } from "./drafts.ts";
import { toast } from "../elements/toast.ts";

export interface Kept {
  kind: string;
  body: string;
  fields: Record<string, string>;
  attachments: { id: number; name: string }[];
  key: string;
  version: number;
}

/** A secret in what is written. */
interface Found {
  shown: string;
  masked: boolean;
}

interface Answer {
  version: number;
  secrets?: Found[];
}

/** What this browser and the server last agreed on. */
export interface Agreed {
  version: number;
  body: string;
}

const QUIET = 2000;
/** What a browser sends on after its page has gone. */
const LAST_WORDS = 60_000;
const PREFIX = "kept:";
/** What belongs to the page and not to what somebody writes. */
const OF_PAGE = ["client_id", "version", "kind", "upload", "unmasked"];

/** The text that loses nothing: one that holds the other, or both. */
export function joined(theirs: string, mine: string): string {
  if (theirs.includes(mine)) return theirs;
  return mine.includes(theirs) ? mine : `${theirs}\n\n${mine}`;
}

/** The text to go on with: what only one side has changed since they agreed is the newer one. */
export function settled(mine: string, theirs: Kept | undefined, agreed: Agreed | undefined): string {
  if (!theirs) return agreed?.body === mine ? "" : mine;
  if (mine === "" || agreed?.body === mine) return theirs.body;
  return agreed?.version === theirs.version ? mine : joined(theirs.body, mine);
}

class Keeper {
  #version = 0;
  #pending: number | undefined;
  #busy = false;
  #known = "";
  #files = make("ul", { class: "upload-list" });
  #hidden = make("p", { class: "redacted", role: "status", hidden: "" });
  readonly #place: string;
  readonly #form: HTMLFormElement;
  readonly #text: HTMLTextAreaElement;

  constructor(place: string, form: HTMLFormElement, text: HTMLTextAreaElement) {
    this.#place = place;
    this.#form = form;
    this.#text = text;
    form.querySelector("spoc-upload")?.after(this.#files);
    (text.closest(".field") ?? text).after(this.#hidden);
    form.addEventListener("input", () => this.#later());
    form.addEventListener("change", () => this.#later());
    form.addEventListener("submit", () => this.#stop());
    form.addEventListener("spoc:files", (event) => void this.#upload(event));
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && this.#pending !== undefined) void this.#push(true); });
  }

  get #address(): string {
    return `/api/v1/drafts/${this.#place}`;
  }

  /** Asks the server for what was written elsewhere; when it does not answer, nothing changes. */
  async load(): Promise<void> {
    try {
      const response = await fetch(this.#address, { headers: { accept: "application/json" } });
      if (response.ok) this.meet((await response.json()) as Kept);
      else if (response.status === 404) this.meet(undefined);
    } catch { /* the browser's own copy stands */ }
  }

  /** Brings together what stands here and what the server has. */
  meet(theirs: Kept | undefined): void {
    const mine = this.#text.value;
    const text = settled(mine, theirs, this.#agreed());
    this.#version = theirs?.version ?? 0;
    const refused = this.#text.defaultValue !== "" || this.#text.getAttribute("aria-invalid") === "true";
    if (theirs) {
      if (mine !== "" && text !== mine && text !== theirs.body) toast({ text: say("draftJoined"), kind: "info" });
      if (!refused) this.#take(theirs);
      this.#agree(theirs.body);
    } else {
      memory.remove(PREFIX + this.#place);
    }
    if (text !== mine) this.#show(text, theirs?.kind ?? "");
    this.#known = text === theirs?.body && !refused ? this.#state() : "";
    if (text !== "" && this.#known === "") this.#later();
  }

  /** The key, the other fields and the files of the draft. */
  #take(theirs: Kept): void {
    const key = this.#form.querySelector<HTMLInputElement>("input[name=client_id]");
    if (key && theirs.key !== "") key.value = theirs.key;
    for (const [name, value] of Object.entries(theirs.fields)) {
      const field = this.#form.elements.namedItem(name);
      if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value !== "";
      else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) field.value = value;
    }
    for (const file of theirs.attachments) this.#add(file.id, file.name);
  }

  #show(text: string, kind: string): void {
    this.#text.value = text;
    if (text === "") dropDraft(this.#place);
    else saveDraft(this.#place, text, kind, Date.now());
    if (kind !== "") this.#form.querySelector<HTMLInputElement>(`input[type=radio][name=kind][value="${CSS.escape(kind)}"]`)?.click();
    const composer = this.#form.closest("spoc-composer");
    composer?.querySelector(".composer-draft")?.toggleAttribute("hidden", text === "" || composer.getAttribute("data-state") === "open");
  }

  #agreed(): Agreed | undefined {
    try {
      return JSON.parse(memory.get(PREFIX + this.#place) ?? "null") as Agreed ?? undefined;
    } catch {
      return undefined;
    }
  }

  #agree(body: string): void {
    memory.set(PREFIX + this.#place, JSON.stringify({ version: this.#version, body } satisfies Agreed));
  }

  /** Everything that is kept, without the version. */
  #state(): string {
    const value = (name: string): string => this.#form.querySelector<HTMLInputElement>(`input[name=${name}]:not([type=radio]), input[name=${name}]:checked`)?.value ?? "";
    const attachments = this.#uploads().map((input) => Number(input.value.split(":")[0]));
    const fields = this.#form.closest("spoc-composer") ? {} : fieldsOf(this.#form, this.#text.name);
    return JSON.stringify({ kind: value("kind"), body: this.#text.value, fields, attachments, key: value("client_id") });
  }

  #uploads(): HTMLInputElement[] {
    return [...this.#form.querySelectorAll<HTMLInputElement>("input[type=hidden][name=upload]")];
  }

  #later(): void {
    clearTimeout(this.#pending);
    this.#pending = window.setTimeout(() => void this.#push(false), QUIET);
  }

  #stop(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
  }

  async #push(leaving: boolean): Promise<void> {
    const state = this.#state();
    this.#stop();
    if (this.#busy) { this.#later(); return; }
    if (state === this.#known) return;
    const empty = this.#text.value.trim() === "" && this.#uploads().length === 0;
    if (empty && this.#version === 0) return;
    this.#busy = true;
    const body = this.#text.value;
    const content = JSON.stringify({ ...(JSON.parse(state) as object), version: this.#version });
    const request: RequestInit = empty
      ? { method: "DELETE" }
      : { method: "PUT", headers: { "content-type": "application/json" }, body: content };
    try {
      const response = await fetch(this.#address, { ...request, keepalive: leaving && content.length < LAST_WORDS });
      if (response.ok) {
        const kept = empty ? { version: 0 } : (await response.json()) as Answer;
        this.#version = kept.version;
        this.#masks(kept.secrets ?? []);
        this.#known = state;
        if (empty) memory.remove(PREFIX + this.#place);
        else this.#agree(body);
      } else if (response.status === 409 && !leaving) {
        await this.load();
      }
    } catch { /* the browser's own copy stands; the next key tries again */ } finally {
      this.#busy = false;
    }
  }

  /** Says what will be masked, and lets whoever writes it insist. */
  #masks(secrets: Found[]): void {
    const what = secrets.filter((secret) => secret.masked).map((secret) => secret.shown).join(", ");
    const insists = this.#hidden.querySelector<HTMLInputElement>("input")?.checked ?? false;
    this.#hidden.hidden = what === "";
    if (what === "") { this.#hidden.replaceChildren(); return; }
    const box = make("input", { type: "checkbox", name: "unmasked", value: "1" });
    box.checked = insists;
    this.#hidden.replaceChildren(icon("eye-off"), make("span", {}, say("masked", { what })), make("label", {}, box, ` ${say("unmasked")}`));
  }

  /** Files go up at once, so that they are part of the draft. What does not go stays in its field. */
  async #upload(event: Event): Promise<void> {
    const input = event.target instanceof Element ? event.target.querySelector<HTMLInputElement>("input[type=file]") : null;
    const files = [...(input?.files ?? [])];
    if (!input || files.length === 0) return;
    const body = new FormData();
    for (const file of files) body.append("file", file);
    try {
      const response = await fetch("/uploads", { method: "POST", body, headers: { accept: "application/json" } });
      if (!response.ok) return;
      const { uploads } = (await response.json()) as { uploads: { id: number; name: string }[] };
      for (const { id, name } of uploads) this.#add(id, name);
      const rest = new DataTransfer();
      for (const file of input.files ?? []) if (!files.includes(file)) rest.items.add(file);
      input.files = rest.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    } catch { /* they go with the form */ }
  }

  /** A file that goes with what is written. */
  #add(id: number, name: string): void {
    if (this.#uploads().some((input) => input.value.startsWith(`${id}:`))) return;
    const remove = make("button", { type: "button", class: "chip-x", "aria-label": `${say("remove")} ${name}` }, icon("x"));
    const chip = make("li", { class: "chip" }, make("span", { dir: "auto" }, name), make("input", { type: "hidden", name: "upload", value: `${id}:${name}` }), remove);
    remove.addEventListener("click", () => {
      chip.remove();
      this.#later();
    });
    this.#files.append(chip);
  }
}

/** The fields that somebody filled in, by their names. */
function fieldsOf(form: HTMLFormElement, but: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)) continue;
    const given = field instanceof HTMLInputElement && field.type === "hidden" ? field.closest("spoc-combobox") !== null : true;
    if (field.name === "" || field.name === but || OF_PAGE.includes(field.name) || field.type === "file" || field.type === "radio" || !given) continue;
    const value = field instanceof HTMLInputElement && field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
    if (value !== "") found[field.name] = value;
  }
  return found;
}

export function startKeeping(): void {
  for (const composer of document.querySelectorAll<HTMLElement>("spoc-composer[data-kept]")) {
    const form = composer.querySelector("form");
    const text = composer.querySelector<HTMLTextAreaElement>("textarea[name=body]");
    if (form && text) new Keeper(composer.getAttribute("draft") ?? "", form, text).meet(read(composer.dataset["kept"] ?? ""));
  }
  for (const text of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-draft]")) {
    if (text.form) void new Keeper(text.dataset["draft"] ?? "", text.form, text).load();
  }
}

function read(json: string): Kept | undefined {
  return json === "" ? undefined : JSON.parse(json) as Kept;
}
