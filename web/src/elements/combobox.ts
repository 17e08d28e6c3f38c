// A field that suggests while one types (ARIA combobox with a list). The options come from
// `src?q=` as JSON `[{"value","label","note"}]` or as HTML `<option value>`, or from a `<select>`
// inside. Without script the select, or the typed words, are sent.
import { announce, debounce, define, make, say } from "../lib/dom.ts";
import { filterOptions, type Option } from "../lib/options.ts";
import { parse, type Renewable } from "../lib/htmx.ts";

let serial = 0;
const SHOWN = 8;

class Combobox extends HTMLElement implements Renewable {
  #input!: HTMLInputElement;
  #hidden!: HTMLInputElement;
  #list = make("div", { class: "combobox-list", role: "listbox", id: `options-${++serial}` });
  #options: Option[] = [];
  #local: Option[] | undefined;
  #active = -1;
  #chosen = "";
  /** What the list was asked for; options of other words are never taken. */
  #query = "";
  #asked: AbortController | undefined;
  #ask = debounce(120, () => void this.#suggest());

  connectedCallback(): void {
    if (this.contains(this.#list)) return;
    const select = this.querySelector("select");
    const input = select ? this.#replace(select) : this.querySelector<HTMLInputElement>("input:not([type=hidden])");
    const hidden = this.querySelector<HTMLInputElement>("input[type=hidden]");
    if (!input || !hidden) return;
    [this.#input, this.#hidden, this.#chosen] = [input, hidden, input.value];
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.#list.id })) input.setAttribute(name, value);
    const label = input.labels?.[0];
    if (label) this.#list.setAttribute("aria-label", label.textContent?.trim() ?? "");
    this.#list.hidden = true;
    this.append(this.#list);
    input.addEventListener("input", () => this.#ask());
    input.addEventListener("keydown", (event) => this.#onKey(event));
    const first = hidden.value;
    input.form?.addEventListener("reset", () => {
      [this.#hidden.value, this.#chosen] = [first, this.#input.defaultValue];
      this.#close();
    });
    // What was chosen is replaced by the next word, not added to.
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", () => this.#leave());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (option) this.#choose(Number(option.dataset["index"]));
    });
  }

  /** The page was renewed: the value is that of now, unless somebody is typing another one. */
  renew(fresh: Element): void {
    const input = fresh.querySelector<HTMLInputElement>("input:not([type=hidden])");
    const hidden = fresh.querySelector<HTMLInputElement>("input[type=hidden]");
    if (!input || !hidden || this.#local || this.contains(document.activeElement)) return;
    this.#input.defaultValue = this.#input.value = this.#chosen = input.value;
    this.#hidden.value = hidden.value;
  }

  /** A select becomes a text field with a hidden value; its options are searched in place. */
  #replace(select: HTMLSelectElement): HTMLInputElement {
    this.#local = [...select.options].filter((o) => o.value !== "").map((o) => ({ value: o.value, label: o.text }));
    const input = make("input", { class: "input", id: select.id, autocomplete: "off", dir: "auto" });
    if (select.required) input.required = true;
    for (const name of ["aria-invalid", "aria-describedby"]) {
      const value = select.getAttribute(name);
      if (value) input.setAttribute(name, value);
    }
    const picked = select.selectedOptions[0];
    input.value = picked && picked.value !== "" ? picked.text : "";
    const hidden = make("input", { type: "hidden", name: select.name, value: select.value });
    select.replaceWith(input, hidden);
    return input;
  }

  async #suggest(): Promise<void> {
    const query = this.#input.value.trim();
    this.#asked?.abort();
    this.#asked = new AbortController();
    try {
      const options = this.#local ? filterOptions(this.#local, query, SHOWN) : await this.#fetch(query, this.#asked.signal);
      this.#query = query;
      this.#show(options);
    } catch (error) {
      if ((error as Error).name !== "AbortError") this.#close();
    }
  }

  async #fetch(query: string, signal: AbortSignal): Promise<Option[]> {
    const url = new URL(this.getAttribute("src") ?? "", location.href);
    url.searchParams.set("q", query);
    const response = await fetch(url, { signal, headers: { Accept: "application/json, text/html" } });
    if (!response.ok) return [];
    if (response.headers.get("content-type")?.includes("json")) return ((await response.json()) as Option[]).slice(0, SHOWN);
    const options = parse(await response.text()).querySelectorAll<HTMLOptionElement>("option");
    return [...options].slice(0, SHOWN).map((o) => ({ value: o.value, label: o.label, ...(o.dataset["note"] ? { note: o.dataset["note"] } : {}) }));
  }

  #show(options: Option[]): void {
    if (document.activeElement !== this.#input) return;
    this.#options = options;
    this.#list.replaceChildren(...(options.length === 0
      ? [make("div", { class: "combobox-none", role: "option", "aria-disabled": "true" }, say("noResults"))]
      : options.map((option, index) => make("div", { class: "combobox-option", role: "option", id: `${this.#list.id}-${index}`, "data-index": String(index), "aria-selected": "false" },
          make("span", { dir: "auto" }, option.label), ...(option.note ? [make("small", { dir: "auto" }, option.note)] : [])))));
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
    this.#move(-1);
    // What Enter takes; an arrow begins there.
    if (this.#query !== "") this.#list.querySelector("[data-index]")?.setAttribute("data-first", "");
    announce(options.length === 0 ? say("noResults") : say("results", { count: options.length }));
  }

  #close(): void {
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
    this.#active = -1;
  }

  #move(to: number): void {
    this.#active = to;
    this.#list.querySelectorAll("[role=option]").forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === to));
      if (index === to) option.scrollIntoView({ block: "nearest" });
    });
    if (to >= 0) this.#input.setAttribute("aria-activedescendant", `${this.#list.id}-${to}`);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #choose(index: number): void {
    const option = this.#options[index];
    if (!option) return;
    this.#input.value = this.#chosen = option.label;
    this.#hidden.value = option.value;
    this.#close();
    this.#hidden.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #onKey(event: KeyboardEvent): void {
    const open = !this.#list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!open) void this.#suggest();
      else if (this.#options.length > 0) this.#move(this.#active < 0 && step < 0 ? this.#options.length - 1 : (this.#active + step + this.#options.length) % this.#options.length);
    } else if (event.key === "Enter" && open) {
      this.#take(event);
    } else if (event.key === "Tab" && open && this.#fits()) {
      this.#choose(Math.max(0, this.#active));
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    }
  }

  /** Whether the list is that of what is typed, and something in it is meant. */
  #fits(): boolean {
    const words = this.#input.value.trim();
    return this.#active >= 0 || (words !== "" && words === this.#query);
  }

  /** Enter takes what is marked, else the first; words that were not looked up yet are, before. */
  #take(event: KeyboardEvent): void {
    const words = this.#input.value.trim();
    if (this.#active < 0 && (words === "" || (words === this.#query && this.#options.length === 0))) return;
    event.preventDefault();
    if (this.#fits()) this.#choose(Math.max(0, this.#active));
    else void this.#suggest().then(() => this.#query === this.#input.value.trim() && this.#choose(0));
  }

  /** Left with other words than were chosen: an emptied field is empty, the same words are the same
   * choice; anything else is sent as words for the server to find or refuse. */
  #leave(): void {
    this.#asked?.abort();
    this.#close();
    const words = this.#input.value.trim();
    const match = this.#local?.find((o) => o.label.toLocaleLowerCase() === words.toLocaleLowerCase());
    if (match) this.#hidden.value = match.value;
    else if (words === "" || words !== this.#chosen) this.#hidden.value = "";
  }
}

export function startComboboxes(): void {
  define("spoc-combobox", Combobox);
}
