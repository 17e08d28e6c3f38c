// Theme, density, side bar and letters change at once; the server keeps them for the account. A
// form[data-look] works without script too: it posts and comes back.
import { on } from "./dom.ts";

/** What a choice does to the page. */
function apply(name: string, value: string): void {
  if (name === "letters") document.dispatchEvent(new CustomEvent("spoc:letters", { detail: value }));
  else document.documentElement.dataset[name] = value;
}

/** Two-state buttons offer the other state next; the others show which one is on. */
function mark(form: HTMLFormElement, pressed: HTMLButtonElement): void {
  const other: Record<string, string> = { wide: "narrow", narrow: "wide", on: "off", off: "on" };
  const next = other[pressed.value];
  if (next !== undefined) pressed.value = next;
  for (const button of form.querySelectorAll("button[aria-pressed]")) button.setAttribute("aria-pressed", String(button === pressed));
}

export function startLook(): void {
  on<SubmitEvent>("submit", "form[data-look]", (form, event) => {
    const button = event.submitter;
    if (!(form instanceof HTMLFormElement) || !(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const body = new URLSearchParams({ [button.name]: button.value });
    apply(button.name, button.value);
    mark(form, button);
    // The page already looks right; if this fails, only the next page forgets.
    fetch(form.action, { method: "POST", body, redirect: "manual", headers: { "HX-Request": "true", "HX-Request-Type": "partial" } }).catch(() => undefined);
  });
}
