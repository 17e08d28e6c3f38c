// Live updates of the page: nodes replaced by id, counts of views, a pill for new messages and for
// lists. What holds the focus, the composer and open menus are never touched.
import { define, say } from "../lib/dom.ts";
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
  if (message.kind === "patch") patch(String(message["html"] ?? ""));
  else if (message.kind === "list") document.dispatchEvent(new CustomEvent("spoc:list", { detail: message }));
  else if (message.kind === "message") document.dispatchEvent(new CustomEvent("spoc:message", { detail: message }));
  else if (message.kind === "count") {
    const count = document.getElementById(`view-${String(message["view"])}`);
    if (count) count.textContent = String(message["text"] ?? "");
  }
}

/** `<spoc-live ticket="48213">` around a timeline: new entries come in behind a pill, or at once when
 * the reader is at the end. */
class Live extends HTMLElement {
  #new = 0;

  connectedCallback(): void {
    document.addEventListener("spoc:message", this);
  }
  disconnectedCallback(): void {
    document.removeEventListener("spoc:message", this);
  }

  handleEvent(event: Event): void {
    const { ticket } = (event as CustomEvent<{ ticket?: unknown }>).detail;
    if (String(ticket) !== this.getAttribute("ticket")) return;
    this.#new += 1;
    const last = this.querySelector("#timeline > :last-child")?.getBoundingClientRect();
    if (last && last.top < innerHeight && !document.hidden) void this.#bring(false);
    else pill(this, say("messages", { count: this.#new }), () => void this.#bring(true), "", true);
  }

  async #bring(scroll: boolean): Promise<void> {
    this.#new = 0;
    this.querySelector(":scope > .pill")?.remove();
    await htmx.ajax("GET", this.getAttribute("src") ?? location.pathname + location.search, { target: "#timeline", select: "#timeline", swap: "outerMorph" });
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
