// The registry of single-letter keys. Links, buttons and fields declare theirs with data-key; a
// behaviour adds what has no element. Letters are dead while typing and when turned off.
import { announce, isTyping, make, say } from "./dom.ts";
import { Sequence, declared, letterOf } from "./letters.ts";

interface Added {
  keys: string;
  label: () => string;
  run: (event: KeyboardEvent) => boolean | void;
}

const added = new Set<Added>();
const sequence = new Sequence();

/** Adds a key that has no element; answers how to take it back. `run` may answer false: not mine. */
export function addKey(keys: string, label: () => string, run: Added["run"]): () => void {
  const entry = { keys, label, run };
  added.add(entry);
  return () => added.delete(entry);
}

/** Presses or focuses an element as its key does, and opens what it lies folded in. */
function activate(element: HTMLElement): void {
  const drawer = element.closest<HTMLElement>("aside[popover]");
  if (drawer && !drawer.checkVisibility()) drawer.showPopover();
  const folded = element.closest("details");
  if (folded && !element.matches("summary")) folded.open = true;
  if (element.matches("input:not([type=checkbox], [type=radio]), select, textarea")) {
    element.focus();
    if (element instanceof HTMLInputElement) element.select();
  } else {
    element.click();
  }
}

/** Elements that can be pressed now. What waits in a closed menu or a folded section keeps its key;
 * what is hidden otherwise, or lies behind an open dialog, does not. */
function reachable(): HTMLElement[] {
  const scope: ParentNode = document.querySelector("dialog[open]") ?? document;
  return [...scope.querySelectorAll<HTMLElement>("[data-key]")].filter((element) => {
    if (element.matches(":disabled, [aria-disabled=true]")) return false;
    return element.checkVisibility() || [element.closest("details:not([open])"), element.closest("[popover]")?.parentElement].some((around) => around?.checkVisibility());
  });
}

function find(wanted: string[]): HTMLElement | undefined {
  const elements = reachable();
  for (const key of wanted) {
    const matching = elements.filter((element) => declared(element.dataset["key"] ?? "").includes(key));
    // Of the same key in each row of a list it is that of the row one is in.
    const row = matching.length > 1 ? document.activeElement?.closest("tr") : null;
    const found = matching.find((element) => row?.contains(element)) ?? matching.find((element) => element.checkVisibility()) ?? matching[0];
    if (found) return found;
  }
  return undefined;
}

function onLetter(event: KeyboardEvent): void {
  const wanted = sequence.add(letterOf(event), event.timeStamp);
  const element = find(wanted);
  if (element) {
    event.preventDefault();
    sequence.clear();
    activate(element);
    return;
  }
  for (const key of wanted) {
    for (const entry of added) {
      if (declared(entry.keys).includes(key) && entry.run(event) !== false) {
        event.preventDefault();
        sequence.clear();
        return;
      }
    }
  }
}

/** Ctrl or Command with a key: send what one is writing, or go where data-ctrl-key says. */
function onControl(event: KeyboardEvent): void {
  if (event.key === "Enter" && event.target instanceof HTMLElement) {
    const form = event.target.closest("form");
    if (!form || form.matches("[role=search]")) return;
    event.preventDefault();
    const solve = event.shiftKey ? form.querySelector<HTMLButtonElement>("button[name=then][value=resolved]") : null;
    form.requestSubmit(solve ?? form.querySelector<HTMLButtonElement>("button[data-send]"));
    return;
  }
  const target = document.querySelector<HTMLElement>(`[data-ctrl-key="${CSS.escape(letterOf(event).toLowerCase())}"]`);
  if (target) {
    event.preventDefault();
    activate(target);
  }
}

/** Fills the sheet with what this page declares, in its own words, context first. */
function fillSheet(list: Element): void {
  const rows = new Map<string, string>();
  for (const entry of added) rows.set(entry.keys, entry.label());
  for (const element of reachable()) {
    const label = element.dataset["keyLabel"] ?? element.getAttribute("aria-label") ?? labelOf(element);
    const keys = element.dataset["key"] ?? "";
    if (label && !rows.has(keys)) rows.set(keys, label);
  }
  if (document.querySelector("[data-send]")) rows.set("Ctrl Enter", say("keySend"));
  rows.set("Esc", say("keyBack"));
  list.replaceChildren(...[...rows].map(([keys, label]) => {
    const signs = declared(keys).flatMap((key) => key.split(" ")).map((key) => make("kbd", { class: "kbd" }, key.replace(/^([A-Z])$/, "Shift $1").replace("Arrow", "")));
    return make("div", { class: "keys-row" }, make("dt", {}, label), make("dd", {}, ...signs));
  }));
}

/** The text of an element without its key and without what only screen readers hear of it. */
function labelOf(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const extra of copy.querySelectorAll("kbd, .rail-count, .count")) extra.remove();
  return copy.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

/** Turns the registry on for this page. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) onControl(event);
    else if (!isTyping(event.target) && "letters" in document.body.dataset) onLetter(event);
  });
  document.addEventListener("spoc:opens", (event) => {
    const dialog = event.target as Element;
    const list = dialog.id === "keys" ? dialog.querySelector(".keys-list") : null;
    if (list) fillSheet(list);
  });
  document.addEventListener("spoc:letters", (event) => {
    document.body.toggleAttribute("data-letters", (event as CustomEvent<string>).detail === "on");
    announce(document.querySelector("[data-letters-switch]")?.textContent ?? "");
  });
}
