// The few helpers that every behaviour uses.

/** The words that the server put on #texts, with `%name` filled in. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const text = document.getElementById("texts")?.dataset[key] ?? "";
  return text.replace(/%(\w+)/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Says something to screen readers without moving the focus, at most once in 5 seconds: a later
 * text waits and replaces an earlier one that still waits. */
export function announce(text: string): void {
  waiting = text;
  if (timer === undefined) speak();
}
let waiting: string | undefined;
let timer: number | undefined;
function speak(): void {
  timer = undefined;
  const region = document.getElementById("announce");
  if (waiting === undefined || !region) return;
  region.textContent = waiting;
  waiting = undefined;
  timer = window.setTimeout(speak, 5000);
}

/** Listens once on the document for an event on any element that matches, now or later. */
export function on<E extends Event>(type: string, selector: string, act: (element: HTMLElement, event: E) => void): void {
  document.addEventListener(type, (event) => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
    if (element) act(element, event as E);
  });
}

/** An element with attributes and children. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An icon of the sprite that the page already uses. */
export function icon(name: string): SVGSVGElement {
  const sprite = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0] ?? "";
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

/** Whether the person types into this element, so that letters are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "reset", "file", "range", "color"].includes(target.type);
}

/** Runs `act` when nothing has called it for `ms`. */
export function debounce(ms: number, act: () => void): () => void {
  let pending: number | undefined;
  return () => {
    clearTimeout(pending);
    pending = window.setTimeout(act, ms);
  };
}

/** Registers a custom element once, also when the script is loaded twice. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

/** Storage may be full, blocked or absent: then things are simply not remembered. */
export const memory = {
  get(key: string, store: Storage | undefined = globalThis.localStorage): string | null {
    try { return store?.getItem(key) ?? null; } catch { return null; }
  },
  set(key: string, value: string, store: Storage | undefined = globalThis.localStorage): boolean {
    try { store?.setItem(key, value); return true; } catch { return false; }
  },
  remove(key: string, store: Storage | undefined = globalThis.localStorage): void {
    try { store?.removeItem(key); } catch { /* nothing to forget */ }
  },
};
