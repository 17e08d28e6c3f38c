// htmx under our policy: one Trusted Types policy, no code in attributes or answers, and an answer
// for every status (README of crates/ui). Requests need no token: the server checks Origin.
import htmx, { type HtmxRequestCtx } from "htmx.org";
import { announce, on, say } from "./dom.ts";
import { signInAgain } from "./session.ts";
import { toast } from "../elements/toast.ts";

/** The part of Trusted Types that TypeScript's DOM does not know yet. */
interface Policy {
  createHTML(html: string): string;
  createScript(code: string): string;
}
interface Types {
  createPolicy(name: string, rules: Policy): Policy;
}

/** Markup comes from our server, which escapes it; code never comes in an answer. */
const rules: Policy = { createHTML: (html) => html, createScript: () => "" };
const types = (globalThis as { trustedTypes?: Types }).trustedTypes;
export const policy: Policy = types ? types.createPolicy("spoc", rules) : rules;

/** Parses markup of our server outside the page. */
export function parse(html: string): Document {
  return new DOMParser().parseFromString(policy.createHTML(html), "text/html");
}

interface Internals {
  initSecurity(policy: Policy, sync: unknown, async: unknown): void;
}

function refuse(): never {
  throw new Error("code in attributes is off");
}

/** An element that renews itself from its newer self, because it holds what a morph would take away. */
export interface Renewable {
  renew(fresh: Element): void;
}

/** A morph leaves alone what the person is in and what they unfolded. */
function mayMorph(node: Element, fresh: Element): boolean {
  if (node instanceof HTMLDetailsElement && fresh instanceof HTMLDetailsElement && node.childElementCount > 0) fresh.open = node.open;
  if ("renew" in node && node.childElementCount > 0) {
    (node as unknown as Renewable).renew(fresh);
    return false;
  }
  return node !== document.activeElement || !node.matches("input, textarea, select");
}

/** What adds one more thing is empty for the next one, also when the focus stays in it. */
function clear(event: Event): void {
  const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-clears]") : null;
  const status = (event as CustomEvent<{ ctx: HtmxRequestCtx }>).detail.ctx.response?.status ?? 0;
  if (form && status >= 200 && status < 300) form.reset();
}

function configure(): void {
  htmx.registerExtension("spoc", {
    init: (internals: unknown) => (internals as Internals).initSecurity(policy, refuse, refuse),
    htmx_before_morph_node: (node: Element, { newNode }: { newNode: Element }) => mayMorph(node, newNode),
  } as Parameters<typeof htmx.registerExtension>[1]);
  Object.assign(htmx.config, {
    noSwap: [204, 304, 401, 403, 404, 413, 429, "5xx"],
    history: "reload",
    defaultTimeout: 20_000,
    morphSkip: "[hx-morph-skip], :popover-open, dialog[open]",
  });
}

/** The element's request once more, with what its form holds now. */
function repeat(ctx: HtmxRequestCtx): void {
  const element = ctx.sourceElement;
  if (element instanceof HTMLFormElement) element.requestSubmit((ctx.request["submitter"] as HTMLElement | undefined) ?? null);
  else htmx.trigger(element, ctx.sourceEvent?.type ?? "click");
}

/** A sentence of the server, when it is one for people. */
function reason(ctx: HtmxRequestCtx): string | undefined {
  const kind = ctx.response?.headers.get("content-type") ?? "";
  const text = ctx.text?.trim() ?? "";
  if (kind.startsWith("application/problem+json")) {
    try { return (JSON.parse(text) as { detail?: string }).detail?.slice(0, 200); } catch { return undefined; }
  }
  return kind.startsWith("text/plain") && text.length <= 200 && text !== "" ? text : undefined;
}

async function onRefusal(ctx: HtmxRequestCtx): Promise<void> {
  const status = ctx.response?.status ?? 0;
  if (status === 401) {
    if (await signInAgain()) repeat(ctx);
  } else if (status !== 422 && status !== 409 && status >= 400) {
    const key = { 403: "forbidden", 404: "missing", 429: "busy" }[status] ?? "failed";
    const retry = status >= 500 || status === 429 ? { retry: () => repeat(ctx) } : {};
    toast({ text: reason(ctx) ?? say(key), kind: "danger", ...retry });
  }
}

/** The 2 px line while something takes more than 150 ms (its own animation waits that long). */
function startProgress(): void {
  let open = 0;
  const line = document.createElement("div");
  line.className = "progress";
  const count = (step: number): void => {
    open = Math.max(0, open + step);
    if (open > 0 && !line.isConnected) document.body.append(line);
    if (open === 0) line.remove();
  };
  document.addEventListener("htmx:before:request", () => count(1));
  document.addEventListener("htmx:finally:request", () => count(-1));
}

/** After a swap the focus is on the same id or on a defined successor, never on the body. */
function startFocus(): void {
  let id = "";
  let row: string | undefined;
  document.addEventListener("htmx:before:swap", () => {
    id = document.activeElement?.id ?? "";
    row = document.activeElement?.closest<HTMLElement>("[id]")?.id;
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (document.activeElement && document.activeElement !== document.body) return;
    if (id === "" && row === undefined) return;
    const { ctx } = (event as CustomEvent<{ ctx: HtmxRequestCtx }>).detail;
    const target = ctx.target instanceof Element && ctx.target.isConnected ? ctx.target : document.getElementById("main");
    const successor = document.getElementById(id)
      ?? (row ? document.getElementById(row)?.querySelector<HTMLElement>("a, button, input") : null)
      ?? target?.querySelector<HTMLElement>("h1, h2, h3, a, button, input")
      ?? document.getElementById("main");
    if (successor && successor.tabIndex < 0 && !successor.hasAttribute("tabindex")) successor.tabIndex = -1;
    successor?.focus({ preventScroll: true });
  });
}

/** Plain forms show that they are on their way, and are not sent twice by a double click. */
function startForms(): void {
  on<SubmitEvent>("submit", "form", (form, event) => {
    if (event.defaultPrevented || form.closest("[data-look]")) return;
    if (form.classList.contains("sending")) { event.preventDefault(); return; }
    form.classList.add("sending");
    event.submitter?.setAttribute("data-sent", "");
    // An answer that is a file, or none, leaves the page as it is.
    setTimeout(releaseForms, 8000);
  });
  // Back from the browser's cache: the form may be sent again.
  addEventListener("pageshow", releaseForms);
}

function releaseForms(): void {
  for (const form of document.querySelectorAll(".sending")) form.classList.remove("sending");
  for (const button of document.querySelectorAll("[data-sent]")) button.removeAttribute("data-sent");
}

export function startHtmx(): void {
  configure();
  startProgress();
  startFocus();
  startForms();
  document.addEventListener("htmx:after:request", clear);
  document.addEventListener("htmx:response:error", (event) => void onRefusal((event as CustomEvent<{ ctx: HtmxRequestCtx }>).detail.ctx));
  document.addEventListener("htmx:error", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx?: HtmxRequestCtx }>).detail;
    if (ctx && !ctx.response) toast({ text: say("offline"), kind: "danger", retry: () => repeat(ctx) });
  });
  document.addEventListener("spoc:announce", (event) => announce((event as CustomEvent<{ value: string }>).detail.value));
}

export { htmx };
