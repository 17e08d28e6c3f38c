// The search box at the top: proposes records while one types, and each is a link. Without script, and
// with Enter on nothing marked, its form leads to the page of all results.
import { announce, debounce, define, make, say } from "../lib/dom.ts";

interface Line {
  href: string;
  label: string;
  note?: string;
  kind: string;
}

let serial = 0;

class Search extends HTMLElement {
  #input!: HTMLInputElement;
  #list = make("div", { class: "combobox-list", role: "listbox", id: `found-${++serial}` });
  #lines: Line[] = [];
  #active = -1;
  #asked: AbortController | undefined;
  #ask = debounce(100, () => void this.#suggest());

  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[type=search]");
    if (!input || this.contains(this.#list)) return;
    this.#input = input;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.#list.id })) input.setAttribute(name, value);
    this.#list.setAttribute("aria-label", input.getAttribute("aria-label") ?? "");
    this.#list.hidden = true;
    this.append(this.#list);
    input.addEventListener("input", () => this.#ask());
    input.addEventListener("keydown", (event) => this.#onKey(event));
    input.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
      if (option) this.#open(Number(option.dataset["index"]), event.ctrlKey || event.metaKey);
    });
  }

  async #suggest(): Promise<void> {
    const query = this.#input.value.trim();
    this.#asked?.abort();
    if (query === "") { this.#close(); return; }
    this.#asked = new AbortController();
    try {
      const url = new URL(this.getAttribute("src") ?? "", location.href);
      url.searchParams.set("q", query);
      const response = await fetch(url, { signal: this.#asked.signal, headers: { Accept: "application/json" } });
      this.#show(response.ok ? ((await response.json()) as Line[]) : []);
    } catch (error) {
      if ((error as Error).name !== "AbortError") this.#close();
    }
  }

  #show(lines: Line[]): void {
    if (document.activeElement !== this.#input) return;
    this.#lines = lines;
    this.#list.replaceChildren(...(lines.length === 0
      ? [make("div", { class: "combobox-none", role: "option", "aria-disabled": "true" }, say("noResults"))]
      : lines.map((line, index) => make("div", { class: "combobox-option", role: "option", id: `${this.#list.id}-${index}`, "data-index": String(index), "aria-selected": "false" },
          make("span", { dir: "auto" }, line.label), make("small", { class: "option-kind" }, line.kind), ...(line.note ? [make("small", { dir: "auto" }, line.note)] : [])))));
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
    this.#move(-1);
    announce(lines.length === 0 ? say("noResults") : say("results", { count: lines.length }));
  }

  #close(): void {
    this.#asked?.abort();
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#move(-1);
  }

  #move(to: number): void {
    this.#active = to;
    this.#list.querySelectorAll("[data-index]").forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === to));
      if (index === to) option.scrollIntoView({ block: "nearest" });
    });
    if (to >= 0) this.#input.setAttribute("aria-activedescendant", `${this.#list.id}-${to}`);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #open(index: number, apart: boolean): void {
    const line = this.#lines[index];
    if (!line) return;
    if (apart) window.open(line.href, "_blank", "noopener");
    else location.assign(line.href);
  }

  #onKey(event: KeyboardEvent): void {
    const open = !this.#list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const count = this.#lines.length;
      if (!open) void this.#suggest();
      // Before the first and after the last one is what was typed.
      else if (count > 0) this.#move(((this.#active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && open && this.#active >= 0) {
      event.preventDefault();
      this.#open(this.#active, event.ctrlKey || event.metaKey);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    }
  }
}

export function startSearch(): void {
  define("spoc-search", Search);
}
