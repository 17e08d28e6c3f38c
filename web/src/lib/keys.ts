// The registry of single-letter keys. Links, buttons and fields declare theirs with data-key; a
// behaviour adds what has no element. Letters are dead while typing and when turned off.
import { announce, icon, isTyping, make, memory, say } from "./dom.ts";
import { Sequence, declared, letterOf } from "./letters.ts";
import { type Remap, changed, isSign, meant, pressed, read, write } from "./remap.ts";
import { toast } from "../elements/toast.ts";

interface Added {
  keys: string;
  label: () => string;
  run: (event: KeyboardEvent) => boolean | void;
}

const added = new Set<Added>();
const sequence = new Sequence();
let remap: Remap = new Map();

/** Adds a key that has no element; answers how to take it back. `run` may answer false: not mine. */
export function addKey(keys: string, label: () => string, run: Added["run"]): () => void {
  const entry = { keys, label, run };
  added.add(entry);
  return () => added.delete(entry);
}

/** Presses or focuses an element as its key does, and opens what it lies folded in. */
export function activate(element: HTMLElement): void {
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
export function reachable(): HTMLElement[] {
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
    const found = matching.find((element) => element.checkVisibility()) ?? matching[0];
    if (found) return found;
  }
  return undefined;
}

/** The keys of a declaration as this person presses them; without those that are off. */
export function ownKeys(declaration: string | undefined): string[] {
  return declared(declaration ?? "").map((key) => pressed(remap, key)).filter(Boolean);
}

function onLetter(event: KeyboardEvent): void {
  const [first, ...rest] = sequence.add(letterOf(event), event.timeStamp);
  // Sequences keep their letters; what stands alone may be somebody's own.
  const wanted = rest.length > 0 ? [first ?? "", meant(remap, rest[0] ?? "")] : [meant(remap, first ?? "")];
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

/** The text of an element without its key and without what only screen readers hear of it. */
export function labelOf(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const extra of copy.querySelectorAll("kbd, .rail-count, .count")) extra.remove();
  return copy.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

/** Shows how a sign is pressed. */
function sign(key: string): HTMLElement {
  return make("kbd", { class: "kbd" }, key.replace(/^([A-Z])$/, "Shift $1").replace("Arrow", ""));
}

/** Our keys on this page with their names, context first. */
function named(): Map<string, string> {
  const rows = new Map<string, string>();
  for (const entry of added) rows.set(entry.keys, entry.label());
  for (const element of reachable()) {
    const label = element.dataset["keyLabel"] ?? element.getAttribute("aria-label") ?? labelOf(element);
    const keys = element.dataset["key"] ?? "";
    if (label && !rows.has(keys)) rows.set(keys, label);
  }
  return rows;
}

/** Fills the sheet with what this page declares, in its own words; a key can be given another letter. */
function fillSheet(list: Element): void {
  const fixed = new Map<string, string>([["Ctrl K", say("keyPalette")]]);
  if (document.querySelector("[data-send]")) fixed.set("Ctrl Enter", say("keySend"));
  fixed.set("Esc", say("keyBack"));
  const row = (label: string, ...signs: Node[]): HTMLElement => make("div", { class: "keys-row" }, make("dt", {}, label), make("dd", {}, ...signs));
  const rows = [...named()].map(([keys, label]) => {
    const first = declared(keys)[0] ?? "";
    const own = ownKeys(keys).flatMap((key) => key.split(" ")).map(sign);
    if (!isSign(first)) return row(label, ...own);
    const button = make("button", { type: "button", class: "button button-quiet button-icon", "aria-label": say("keyChange", { name: label }), "data-remap": first }, icon("pencil"));
    return row(label, ...(own.length > 0 ? own : [make("span", { class: "muted" }, say("keyOff"))]), button);
  });
  list.replaceChildren(...rows, ...[...fixed].map(([keys, label]) => row(label, ...keys.split(" ").map(sign))));
  list.closest("dialog")?.querySelector("[data-remap-reset]")?.toggleAttribute("hidden", remap.size === 0);
}

/** The letters on buttons and entries as this person presses them. */
function relabel(): void {
  if (remap.size === 0) return;
  for (const element of document.querySelectorAll<HTMLElement>("[data-key]")) {
    const shown = element.querySelector(".kbd");
    const key = declared(element.dataset["key"] ?? "")[0] ?? "";
    if (shown && isSign(key)) shown.textContent = pressed(remap, key);
  }
}

function keep(next: Remap, list: Element): void {
  remap = next;
  const body = new URLSearchParams({ keys: write(next) });
  fetch("/me/look", { method: "POST", body, redirect: "manual", headers: { "HX-Request": "true", "HX-Request-Type": "partial" } }).catch(() => toast({ text: say("offline"), kind: "danger" }));
  fillSheet(list);
  relabel();
}

/** Waits for the letter that a key shall have: Escape leaves it, Backspace turns it off. */
function listen(button: HTMLElement, list: Element): void {
  const ours = button.dataset["remap"] ?? "";
  button.replaceChildren(say("keyPress"));
  announce(say("keyPress"));
  const done = (): void => {
    button.removeEventListener("keydown", heard);
    button.removeEventListener("blur", done);
    fillSheet(list);
  };
  const heard = (event: KeyboardEvent): void => {
    if (["Shift", "Control", "Alt", "Meta", "Tab"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const theirs = event.key === "Backspace" ? "" : letterOf(event);
    done();
    if (event.key !== "Escape" && (theirs === "" || isSign(theirs))) keep(changed(remap, ours, theirs), list);
    list.querySelector<HTMLElement>(`[data-remap="${CSS.escape(ours)}"]`)?.focus();
  };
  button.addEventListener("keydown", heard);
  button.addEventListener("blur", done);
}

/** Whoever clicks the same thing for the third time is told its letter, once. */
function teach(event: MouseEvent): void {
  const element = event.target instanceof Element ? event.target.closest<HTMLElement>("button[data-key], a[data-key]") : null;
  // A key that presses a button makes a click without a pointer.
  if (!element || event.detail === 0 || !("letters" in document.body.dataset)) return;
  const [key] = ownKeys(element.dataset["key"]);
  if (!key) return;
  const place = `clicks:${key}`;
  const count = Number(memory.get(place) ?? 0) + 1;
  memory.set(place, String(count));
  const name = element.dataset["keyLabel"] ?? element.getAttribute("aria-label") ?? labelOf(element);
  if (count === 3) toast({ text: say("keyHint", { key, name }) });
}

/** Turns the registry on for this page. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) onControl(event);
    else if (!isTyping(event.target) && "letters" in document.body.dataset) onLetter(event);
  });
  remap = read(document.body.dataset["keys"] ?? "");
  relabel();
  document.addEventListener("htmx:after:settle", relabel);
  document.addEventListener("click", teach);
  document.addEventListener("spoc:opens", (event) => {
    const dialog = event.target as Element;
    const list = dialog.id === "keys" ? dialog.querySelector(".keys-list") : null;
    if (list) fillSheet(list);
  });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const list = target?.closest("dialog")?.querySelector(".keys-list");
    if (!list) return;
    const button = target?.closest<HTMLElement>("[data-remap]");
    if (button) listen(button, list);
    else if (target?.closest("[data-remap-reset]")) keep(new Map(), list);
  });
  document.addEventListener("spoc:letters", (event) => {
    document.body.toggleAttribute("data-letters", (event as CustomEvent<string>).detail === "on");
    announce(document.querySelector("[data-letters-switch]")?.textContent ?? "");
  });
}
