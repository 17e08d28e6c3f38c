// The commands of this page, read from what the page offers: elements with a key, entries of menus,
// choices of its sheets, and where one can go. One registry: what a key or a click does, a command does.
import { activate, labelOf, ownKeys, reachable } from "./keys.ts";

export interface Command {
  /** Stays the same on every page, to be counted by. */
  id: string;
  label: string;
  /** What belongs to this page comes first. */
  here: boolean;
  keys: string[];
  run: () => void;
}

const NAVIGATION = ".rail, .bottom, .views, .me-menu, [data-nav]";

/** The words of what opened a menu. */
function opener(menu: Element): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(menu.id)}"]`);
}

function named(element: HTMLElement): string {
  return element.dataset["keyLabel"] ?? element.getAttribute("aria-label") ?? labelOf(element);
}

/** Entries of menus: with the menu's name before them, as "Priority" alone says what "High" is. */
function entries(): Command[] {
  const items = [...document.querySelectorAll<HTMLElement>(".menu .menu-item, .menu .segment")];
  return items.filter((item) => !item.matches(":disabled, [data-opens=palette]")).map((item) => {
    const menu = item.closest<HTMLElement>(".menu");
    const button = menu ? opener(menu) : null;
    const group = item.closest(".menu-group")?.querySelector(".menu-label")?.textContent ?? "";
    const inMe = item.closest(".me-menu") !== null;
    const about = inMe ? group : button ? named(button) : "";
    const label = about === "" ? named(item) : `${about}: ${named(item)}`;
    return { id: label, label, here: !item.closest(NAVIGATION), keys: ownKeys(item.dataset["key"]), run: () => item.click() };
  });
}

/** The choices of a field in a sheet: choosing one sends the sheet. */
function choices(): Command[] {
  const selects = [...document.querySelectorAll<HTMLSelectElement>(".sheet form select")];
  return selects.flatMap((select) => {
    const form = select.form;
    const about = form?.querySelector(`label[for="${CSS.escape(select.id)}"]`)?.textContent ?? "";
    // A sheet with more to fill in is opened instead.
    if (!form || form.querySelectorAll("select, input:not([type=hidden])").length > 1) return [];
    return [...select.options].filter((option) => option.value !== "" && !option.defaultSelected).map((option) => {
      const label = `${about}: ${option.text}`;
      return { id: label, label, here: true, keys: [], run: () => { select.value = option.value; form.requestSubmit(); } };
    });
  });
}

function pressed(): Command[] {
  const all = [...reachable(), ...document.querySelectorAll<HTMLElement>(".view, [data-nav] a")];
  return all.filter((element) => !element.matches("[data-ctrl-key=k], .menu-item")).map((element) => {
    const label = named(element);
    return { id: label, label, here: !element.closest(NAVIGATION), keys: ownKeys(element.dataset["key"]), run: () => activate(element) };
  });
}

/** Everything that can be done from here, each once. */
export function commands(): Command[] {
  const known = new Map<string, Command>();
  for (const command of [...pressed(), ...entries(), ...choices()]) {
    if (command.label !== "" && !known.has(command.label)) known.set(command.label, command);
  }
  return [...known.values()];
}
