// A small button that waits for the reader instead of moving what they read.
import { announce, make } from "./dom.ts";

/** Shows or renews the pill of an element. `end` puts it at the lower edge. */
export function pill(host: Element, text: string, act: () => void, key = "", end = false): void {
  host.querySelector(":scope > .pill")?.remove();
  const button = make("button", { type: "button", class: "button button-primary", ...(key ? { "data-key": key } : {}) }, text);
  button.addEventListener("click", act);
  const box = make("div", { class: end ? "pill pill-end" : "pill" }, button);
  if (end) host.append(box);
  else host.prepend(box);
  announce(text);
}
