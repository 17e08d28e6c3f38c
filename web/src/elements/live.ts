// Live updates of the page: nodes replaced by id, counts of views, a pill for new messages and for
// lists. What holds the focus, the words in the composer and open menus are never touched.
import { debounce, define, say } from "../lib/dom.ts";
import { htmx, parse } from "../lib/htmx.ts";
import { pill } from "../lib/pill.ts";
import { Stream, type Message } from "../lib/stream.ts";

/** Replaces nodes by id. */
export function patch(html: string): void {
  // A template takes table rows and cells too, which a body would drop.
  const fragment = parse(`<template>${html}</template>`).querySelector("template")?.content;
  for (const fresh of [...(fragment?.children ?? [])]) {
    const old = fresh.id ? document.getElementById(fresh.id) : null;
    if (!old || old.contains(document.activeElement) || old.closest("spoc-composer, :popover-open, dialog[open]")) continue;
    const node = document.importNode(fresh, true);
    old.replaceWith(node);
    htmx.process(node);
  }
}

function hear(message: Message): void {
  if (message.kind === "patch") {
    patch(String(message["html"] ?? ""));
    document.dispatchEvent(new CustomEvent("spoc:changed", { detail: message }));
  }
  else if (message.kind === "list") document.dispatchEvent(new CustomEvent("spoc:list", { detail: message }));
  else if (message.kind === "message") document.dispatchEvent(new CustomEvent("spoc:message", { detail: message }));
  else if (message.kind === "count") {
    const count = document.getElementById(`view-${String(message["view"])}`);
    if (count) count.textContent = String(message["text"] ?? "");
  }
}

/** What tells of a ticket beside its timeline, and what is sent over the version that was read. */
const AROUND = ["#ticket-head", "#details", "#composer", "#solve-dialog"];

/** `<spoc-live ticket="48213">` around a timeline: new entries come in behind a pill, or at once when
 * the reader is at the end. The head and the side panel never wait: they are what one decides by. */
class Live extends HTMLElement {
  #new = 0;
  /** A message and the change that it makes arrive together. */
  #soon = debounce(250, () => this.#renew());

  connectedCallback(): void {
    document.addEventListener("spoc:message", this);
    document.addEventListener("spoc:changed", this);
  }
  disconnectedCallback(): void {
    document.removeEventListener("spoc:message", this);
    document.removeEventListener("spoc:changed", this);
  }

  handleEvent(event: Event): void {
    const { ticket, version } = (event as CustomEvent<{ ticket?: unknown; version?: number }>).detail;
    if (!this.isConnected || String(ticket) !== this.getAttribute("ticket")) return;
    const shown = Number(document.getElementById("ticket-head")?.dataset["version"] ?? 0);
    // One's own change is there already, by the answer to its form.
    if (event.type === "spoc:message") this.#new += 1;
    else if ((version ?? 0) <= shown) return;
    this.#soon();
  }

  #renew(): void {
    // The page that answers a form is on its way: renewing this one would invite to write in it.
    if (document.querySelector("form.sending")) { this.#soon(); return; }
    const last = this.querySelector("#timeline > :last-child")?.getBoundingClientRect();
    if (last && last.top < innerHeight && !document.hidden) {
      void this.#bring(false);
      return;
    }
    if (this.#new > 0) pill(this, say("messages", { count: this.#new }), () => void this.#bring(true), "", true);
    const [head, ...rest] = this.#around();
    if (head) void this.#get(head, rest);
  }

  #around(): string[] {
    return AROUND.filter((place) => document.querySelector(place));
  }

  /** One answer brings them all. */
  async #get(target: string, others: string[]): Promise<void> {
    const place = this.getAttribute("src") ?? location.pathname + location.search;
    await htmx.ajax("GET", place, { target, select: target, swap: "outerMorph", selectOOB: others.map((other) => `${other}:outerMorph`).join(",") });
  }

  async #bring(scroll: boolean): Promise<void> {
    this.#new = 0;
    this.querySelector(":scope > .pill")?.remove();
    await this.#get("#timeline", this.#around());
    const last = this.querySelector<HTMLElement>("#timeline > :last-child");
    if (scroll) last?.scrollIntoView({ block: "center" });
  }
}

export function startLive(): void {
  define("spoc-live", Live);
  const url = document.body.dataset["live"];
  if (!url || !("EventSource" in globalThis) || !("BroadcastChannel" in globalThis)) return;
  new Stream(url, hear, (open) => document.getElementById("live-dot")?.toggleAttribute("hidden", open));
}
