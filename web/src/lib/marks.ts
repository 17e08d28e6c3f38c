// What is marked in a read-only text becomes the part that a form names: its places in letters, and its
// words to be read before they go.
import { on } from "./dom.ts";

/** Places of the browser are UTF-16; the desk counts letters. */
export function lettersBefore(text: string, place: number): number {
  return [...text.slice(0, place)].length;
}

function field(form: HTMLFormElement, name: string): HTMLInputElement | HTMLTextAreaElement | undefined {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement ? found : undefined;
}

function put(form: HTMLFormElement, from: string, to: string): void {
  for (const [name, value] of [["from", from], ["to", to]] as const) {
    const input = field(form, name);
    if (input) input.value = value;
  }
}

export function startMarks(): void {
  document.addEventListener("select", (event) => {
    const source = event.target;
    if (!(source instanceof HTMLTextAreaElement) || !source.hasAttribute("data-marks") || !source.form) return;
    const [start, end] = [source.selectionStart, source.selectionEnd];
    if (start === end) return;
    put(source.form, String(lettersBefore(source.value, start)), String(lettersBefore(source.value, end)));
    const text = field(source.form, "text");
    if (text) text.value = source.value.slice(start, end);
  });
  // What is typed by hand is looked for wherever it stands.
  on("input", "[name=text]", (text) => {
    const form = text instanceof HTMLTextAreaElement ? text.form : null;
    if (form?.querySelector("[data-marks]")) put(form, "", "");
  });
}
