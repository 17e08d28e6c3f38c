// One message at a time in the corner: 6 seconds, 10 with Undo, errors stay. The clock stops while
// the pointer or the focus is on it. Older ones wait behind it as a number.
import { announce, define, icon, make, say } from "../lib/dom.ts";

export interface ToastOptions {
  text: string;
  kind?: "info" | "ok" | "warning" | "danger";
  /** Where a POST takes the action back. */
  undo?: string;
  retry?: () => void;
}

const ICONS = { info: "info", ok: "circle-check", warning: "triangle-alert", danger: "circle-alert" };

class Toast extends HTMLElement {
  #timer: number | undefined;

  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-close]")) this.close();
    });
    for (const type of ["pointerenter", "focusin"]) this.addEventListener(type, () => clearTimeout(this.#timer));
    for (const type of ["pointerleave", "focusout"]) this.addEventListener(type, () => this.#wait());
    this.#wait();
    stack();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    stack();
  }

  close(): void {
    const hadFocus = this.contains(document.activeElement);
    this.remove();
    if (hadFocus) document.getElementById("main")?.focus({ preventScroll: true });
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.classList.contains("toast-danger")) return;
    this.#timer = window.setTimeout(() => this.close(), this.querySelector("form") ? 10_000 : 6_000);
  }
}

/** The newest is shown; the others are counted on it. */
function stack(): void {
  const toasts = [...document.querySelectorAll<HTMLElement>("#toasts > spoc-toast")];
  const newest = toasts.at(-1);
  for (const each of toasts) {
    each.hidden = each !== newest;
    each.querySelector(".toast-more")?.remove();
  }
  if (newest && toasts.length > 1) newest.querySelector("[data-close]")?.before(make("span", { class: "toast-more" }, `+${toasts.length - 1}`));
}

/** Shows a message. */
export function toast(options: ToastOptions): void {
  const kind = options.kind ?? "info";
  const element = make("spoc-toast" as "div", { class: `toast toast-${kind}` }, icon(ICONS[kind]), make("p", { dir: "auto" }, options.text));
  if (options.undo) {
    element.append(make("form", { method: "post", action: options.undo }, make("button", { class: "button button-quiet", "data-key": "z" }, say("undo"))));
  }
  if (options.retry) {
    const button = make("button", { type: "button", class: "button", "data-close": "" }, say("retry"));
    button.addEventListener("click", options.retry);
    element.append(button);
  }
  element.append(make("button", { type: "button", class: "button button-quiet button-icon", "data-close": "", "aria-label": say("close") }, icon("x")));
  document.getElementById("toasts")?.append(element);
  announce(options.text);
}

export function startToasts(): void {
  define("spoc-toast", Toast);
  // HX-Trigger: {"spoc:toast": {"text": "...", "kind": "ok", "undo": "/path"}}
  document.addEventListener("spoc:toast", (event) => toast((event as CustomEvent<ToastOptions>).detail));
}
