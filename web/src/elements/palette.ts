// Ctrl K: one field for everything that can be done or opened from here. Commands of the page are
// there at once; what the desk finds comes below them and moves nothing that one may have chosen.
import { announce, debounce, make, memory, say } from "../lib/dom.ts";
import { type Command, commands } from "../lib/commands.ts";
import { fit, otherLayout } from "../lib/match.ts";

interface Line {
  href: string;
  label: string;
  note?: string;
  kind: string;
}

/** A row of the list: a command, or somewhere to go. */
interface Row {
  label: string;
  note: string;
  kind: string;
  keys: string[];
  run: (apart: boolean) => void;
  counts: string;
}

const MOST = 9;
const USED = "palette";

function used(): Record<string, number> {
  try { return JSON.parse(memory.get(USED) ?? "{}") as Record<string, number>; } catch { return {}; }
}

function go(href: string, apart: boolean): void {
  if (apart) window.open(href, "_blank", "noopener");
  else location.assign(href);
}

class Palette {
  readonly #dialog: HTMLDialogElement;
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  #commands: Command[] = [];
  #rows: Row[] = [];
  #found: Row[] = [];
  #active = 0;
  #asked: AbortController | undefined;
  #ask = debounce(80, () => void this.#search());

  constructor(dialog: HTMLDialogElement) {
    this.#dialog = dialog;
    this.#input = dialog.querySelector("input") as HTMLInputElement;
    this.#list = dialog.querySelector("[role=listbox]") as HTMLElement;
    dialog.addEventListener("spoc:opens", () => this.#begin());
    dialog.addEventListener("close", () => this.#asked?.abort());
    dialog.querySelector("form")?.addEventListener("submit", (event) => { event.preventDefault(); this.#run(this.#active, false); });
    this.#input.addEventListener("input", () => { this.#found = []; this.#active = 0; this.#show(); this.#ask(); });
    this.#input.addEventListener("keydown", (event) => this.#onKey(event));
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
      if (row) this.#run(Number(row.dataset["index"]), event.ctrlKey || event.metaKey);
    });
  }

  #begin(): void {
    this.#input.value = "";
    this.#commands = commands();
    [this.#found, this.#active] = [[], 0];
    this.#show();
  }

  /** What is asked for, without its sign. */
  #typed(): { sign: string; text: string } {
    const value = this.#input.value.trimStart();
    const sign = /^[>#@?]/.exec(value)?.[0] ?? "";
    return { sign, text: value.slice(sign.length).trim() };
  }

  #commandRows(text: string): Row[] {
    const counts = used();
    const rated = (query: string): [number, Command][] => this.#commands.map((command): [number, Command] => {
      const fits = fit(query, command.label);
      return [fits === 0 ? 0 : fits + (command.here ? 15 : 0) + Math.min(12, counts[command.id] ?? 0), command];
    }).filter(([rate]) => rate > 0);
    let found = rated(text);
    if (found.length === 0 && text.length >= 2) found = rated(otherLayout(text));
    return found.sort(([a], [b]) => b - a).slice(0, MOST).map(([, command]) => ({
      label: command.label, note: "", kind: "", keys: command.keys, counts: command.id, run: () => command.run(),
    }));
  }

  #show(): void {
    const { sign, text } = this.#typed();
    const number = /^\d{1,12}$/.test(text) && sign !== ">" && sign !== "@" ? text : "";
    const jump: Row[] = number === "" ? [] : [{ label: say("openTicket", { number }), note: "", kind: "", keys: [], counts: "", run: (apart) => go(`/t/${number}`, apart) }];
    const own = sign === "#" || sign === "@" ? [] : this.#commandRows(text);
    this.#rows = [...jump, ...own, ...this.#found].slice(0, 2 * MOST);
    this.#draw();
  }

  #draw(): void {
    this.#list.replaceChildren(...(this.#rows.length === 0
      ? [make("div", { class: "combobox-none", role: "option", "aria-disabled": "true" }, say("noResults"))]
      : this.#rows.map((row, index) => make("div", { class: "combobox-option", role: "option", id: `palette-${index}`, "data-index": String(index), "aria-selected": "false" },
          make("span", { dir: "auto" }, row.label),
          ...(row.kind ? [make("small", { class: "option-kind" }, row.kind)] : []),
          ...(row.keys.length > 0 ? [make("span", { class: "option-kind" }, ...row.keys.map((key) => make("kbd", { class: "kbd" }, key)))] : []),
          ...(row.note ? [make("small", { dir: "auto" }, row.note)] : [])))));
    this.#move(Math.min(this.#active, Math.max(0, this.#rows.length - 1)));
  }

  async #search(): Promise<void> {
    const { sign, text } = this.#typed();
    this.#asked?.abort();
    const source = this.#dialog.dataset["src"];
    if (text.length < 2 || sign === ">" || sign === "?" || !source) return;
    this.#asked = new AbortController();
    try {
      const url = new URL(source, location.href);
      url.searchParams.set("q", text);
      const kinds: Record<string, string> = { "#": "tickets", "@": "people" };
      if (kinds[sign]) url.searchParams.set("of", kinds[sign]);
      const response = await fetch(url, { signal: this.#asked.signal, headers: { Accept: "application/json" } });
      const lines = response.ok ? ((await response.json()) as Line[]) : [];
      this.#found = lines.map((line) => ({ label: line.label, note: line.note ?? "", kind: line.kind, keys: [], counts: "", run: (apart) => go(line.href, apart) }));
      this.#show();
      announce(say("results", { count: this.#rows.length }));
    } catch (error) {
      if ((error as Error).name !== "AbortError") this.#found = [];
    }
  }

  #move(to: number): void {
    this.#active = to;
    this.#list.querySelectorAll("[data-index]").forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === to));
      if (index === to) row.scrollIntoView({ block: "nearest" });
    });
    if (this.#rows.length > 0) this.#input.setAttribute("aria-activedescendant", `palette-${to}`);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #run(index: number, apart: boolean): void {
    const { sign } = this.#typed();
    const row = this.#rows[index];
    if (sign === "?") {
      this.#dialog.close();
      document.querySelector<HTMLElement>("[data-opens=keys]")?.click();
      return;
    }
    if (!row) return;
    if (row.counts !== "") {
      const counts = used();
      counts[row.counts] = (counts[row.counts] ?? 0) + 1;
      memory.set(USED, JSON.stringify(counts));
    }
    this.#dialog.close();
    row.run(apart);
  }

  #onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && this.#rows.length > 0) {
      event.preventDefault();
      this.#move((this.#active + step + this.#rows.length) % this.#rows.length);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      this.#run(this.#active, true);
    }
  }
}

export function startPalette(): void {
  const dialog = document.getElementById("palette");
  if (dialog instanceof HTMLDialogElement) new Palette(dialog);
}
