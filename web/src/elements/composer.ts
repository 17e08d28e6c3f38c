// Reply, note or call in one form. The style sheet changes its look by the chosen kind; this opens
// and closes it, keeps the text as a draft, and says the kind aloud.
import { announce, debounce, define, say } from "../lib/dom.ts";
import type { Renewable } from "../lib/htmx.ts";
import { addKey } from "../lib/keys.ts";
import { arrivedDraft, dropDraft, markSent, saveDraft, savedText } from "../lib/drafts.ts";

type Kind = "reply" | "note" | "call";

class Composer extends HTMLElement implements Renewable {
  #opener: HTMLElement | null = null;
  #forget: (() => void)[] = [];
  #save = debounce(300, () => this.#keep());

  connectedCallback(): void {
    this.#forget = [...this.querySelectorAll<HTMLElement>("[data-open]")].map((opener) => this.#switch(opener));
    const text = this.#text();
    if (!text || this.dataset["state"]) return;
    const draft = arrivedDraft(this.#key(), text);
    if (draft) {
      text.value = draft.text;
      this.#radio(draft.kind)?.click();
    }
    // A refused form comes back open, with what was written.
    this.dataset["state"] = text.value !== "" && !draft ? "open" : "closed";
    this.querySelector<HTMLElement>(".composer-draft")?.toggleAttribute("hidden", !draft);
    this.addEventListener("click", (event) => this.#onClick(event));
    this.addEventListener("change", (event) => this.#onChange(event));
    this.addEventListener("keydown", (event) => this.#onKey(event));
    this.addEventListener("input", (event) => event.target === text && this.#save());
    this.addEventListener("submit", () => {
      this.#keep();
      markSent(this.#key());
      // What would be written now would go with the page.
      text.readOnly = true;
      setTimeout(() => { text.readOnly = false; }, 8000);
    });
    // Back from the browser's cache.
    addEventListener("pageshow", () => { text.readOnly = false; });
    // Sent by htmx: the page stays, so the draft goes when the answer is good.
    this.addEventListener("htmx:after:request", (event) => {
      const status = (event as CustomEvent<{ ctx: { response?: { status: number } } }>).detail.ctx.response?.status ?? 0;
      if (status >= 200 && status < 300) this.reset();
    });
  }

  disconnectedCallback(): void {
    for (const forget of this.#forget) forget();
  }

  /** The key of a closed composer's button switches the kind while it is open. */
  #switch(opener: HTMLElement): () => void {
    const words = (): string => opener.querySelector("span")?.textContent ?? "";
    return addKey(opener.dataset["key"] ?? "", words, () => {
      if (this.dataset["state"] !== "open") return false;
      this.open(opener.dataset["open"] as Kind);
      return true;
    });
  }

  /** The ticket was renewed around it: version and choices are those of now, so that one never
   * clashes with what the page shows already. What was written and chosen stays. */
  renew(fresh: Element): void {
    const version = this.querySelector<HTMLInputElement>("input[name=version]");
    version?.setAttribute("value", fresh.querySelector<HTMLInputElement>("input[name=version]")?.value ?? version.value);
    // What came while somebody writes stops their reply once: only an empty one has seen it.
    const newest = fresh.querySelector<HTMLInputElement>("input[name=newest]")?.value;
    if (newest !== undefined && (this.#text()?.value ?? "") === "") this.querySelector<HTMLInputElement>("input[name=newest]")?.setAttribute("value", newest);
    this.querySelector(".composer-states")?.toggleAttribute("hidden", !fresh.querySelector(".composer-states:not([hidden])"));
    for (const select of this.querySelectorAll<HTMLSelectElement>(".composer-states select")) {
      const now = fresh.querySelector<HTMLSelectElement>(`select[name="${select.name}"]`);
      if (now) choices(select, now);
    }
    const [to, newTo] = [this, fresh].map((one) => one.querySelector(".for-reply bdi"));
    if (to && newTo) to.textContent = newTo.textContent;
    const split = this.querySelector(".split");
    if (!split || split.matches(":has(:popover-open)") || split.contains(document.activeElement)) return;
    for (const part of [".split-more", ".menu"]) {
      split.querySelector(part)?.remove();
      const now = fresh.querySelector(`.split > ${part}`);
      if (now) split.append(document.importNode(now, true));
    }
  }

  /** Opens with a kind; the text stays. */
  open(kind: Kind): void {
    this.#radio(kind)?.click();
    this.dataset["state"] = "open";
    this.#text()?.focus();
    this.#sayKind(kind);
  }

  close(): void {
    this.#keep();
    this.dataset["state"] = "closed";
    this.querySelector<HTMLElement>(".composer-draft")?.toggleAttribute("hidden", this.#text()?.value === "");
    (this.#opener ?? this.querySelector<HTMLElement>("[data-open]"))?.focus();
  }

  /** Empty and closed, the draft forgotten. */
  reset(): void {
    dropDraft(this.#key());
    this.querySelector("form")?.reset();
    this.dataset["state"] = "closed";
    this.querySelector<HTMLElement>(".composer-draft")?.setAttribute("hidden", "");
  }

  #key(): string {
    return this.getAttribute("draft") ?? location.pathname;
  }

  #text(): HTMLTextAreaElement | null {
    return this.querySelector("textarea[name=body]");
  }

  #radio(kind: string): HTMLInputElement | null {
    return this.querySelector(`input[name=kind][value="${CSS.escape(kind)}"]`);
  }

  #kind(): Kind {
    return (this.querySelector<HTMLInputElement>("input[name=kind]:checked")?.value ?? "reply") as Kind;
  }

  #keep(): void {
    const now = Date.now();
    const text = this.#text()?.value ?? "";
    saveDraft(this.#key(), text, this.#kind(), now);
    const state = this.querySelector(".composer-state");
    if (state) state.textContent = text === "" ? "" : savedText(now);
  }

  #sayKind(kind: Kind): void {
    announce(say({ reply: "modeReply", note: "modeNote", call: "modeCall" }[kind]));
  }

  #onClick(event: Event): void {
    const target = event.target instanceof Element ? event.target : null;
    const opener = target?.closest<HTMLElement>("[data-open]");
    if (opener) {
      this.#opener = opener;
      this.open(opener.dataset["open"] as Kind);
    } else if (target?.closest("[data-leave]")) {
      this.close();
    }
  }

  #onChange(event: Event): void {
    if (!(event.target instanceof HTMLInputElement) || event.target.name !== "kind") return;
    if (this.dataset["state"] === "open") {
      this.#sayKind(this.#kind());
      this.#keep();
    }
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing || this.querySelector(":popover-open")) return;
    event.stopPropagation();
    this.close();
  }
}

/** Gives a select the options of another; what the person chose stays while it is offered. */
function choices(select: HTMLSelectElement, now: HTMLSelectElement): void {
  const untouched = select.selectedOptions[0]?.defaultSelected || (select.selectedIndex <= 0 && !select.querySelector("option[selected]"));
  const chosen = select.value;
  select.replaceChildren(...[...now.options].map((option) => document.importNode(option, true)));
  if (!untouched && [...select.options].some((option) => option.value === chosen)) select.value = chosen;
}

export function startComposer(): void {
  define("spoc-composer", Composer);
}
