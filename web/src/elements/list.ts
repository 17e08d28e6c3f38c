// A list page: j and k or arrows walk the rows, Enter opens, x selects, u brings in waiting changes.
// The table stays a table; one row at a time is in the order of Tab.
import { define, memory, say } from "../lib/dom.ts";
import { addKey } from "../lib/keys.ts";
import { htmx } from "../lib/htmx.ts";
import { pill } from "../lib/pill.ts";
import { toggleUnread } from "../lib/seen.ts";
import { rememberWalk } from "../lib/walk.ts";

class List extends HTMLElement {
  #forget: (() => void)[] = [];
  #waiting = 0;
  #place = -1;

  connectedCallback(): void {
    this.addEventListener("click", this);
    this.addEventListener("change", this);
    this.addEventListener("keydown", this);
    this.addEventListener("focusin", this);
    document.addEventListener("spoc:list", this);
    document.addEventListener("htmx:after:settle", this);
    this.#forget = [
      addKey("j", () => say("keyNext"), () => this.#step(1)),
      addKey("k", () => say("keyPrevious"), () => this.#step(-1)),
      addKey("o", () => say("keyOpen"), () => this.#link(this.#row())?.click()),
      addKey("u", () => say("keyUpdates"), () => (this.#waiting > 0 ? void this.refresh() : false)),
      addKey("U", () => say("keyUnread"), () => this.#unread(this.#row())),
    ];
    // Selecting is for what can be done with several at once.
    if (this.#selects()) this.#forget.push(addKey("x", () => say("keySelect"), () => this.#toggle(this.#row())));
    this.#addRowKeys();
    this.#rove();
    this.#count();
    this.#comeBack();
  }

  /** Keys of what can be done with the row one stands on: its controls declare them with data-row-key. */
  #addRowKeys(): void {
    const labels = new Map([...this.querySelectorAll<HTMLElement>("[data-row-key]")].map((each) => [each.dataset["rowKey"] ?? "", each.dataset["keyLabel"] ?? ""]));
    for (const [key, label] of labels) this.#forget.push(addKey(key, () => label, () => this.#press(key)));
  }

  #press(key: string): boolean {
    const row = this.#row();
    const control = row?.querySelector<HTMLElement>(`[data-row-key="${key}"]`);
    if (!row || !control) return false;
    this.#place = this.#rows().indexOf(row);
    if (control.matches("input")) control.focus();
    else control.click();
    return true;
  }

  /** What was done with a row may take it away: the next one has the focus then. */
  #goOn(): void {
    const rows = this.#rows();
    if (this.#place >= 0 && document.activeElement === document.body) this.#link(rows[Math.min(this.#place, rows.length - 1)])?.focus();
    this.#place = -1;
  }

  disconnectedCallback(): void {
    document.removeEventListener("spoc:list", this);
    document.removeEventListener("htmx:after:settle", this);
    for (const forget of this.#forget) forget();
  }

  handleEvent(event: Event): void {
    if (event.type === "spoc:list") this.#hear((event as CustomEvent<{ count?: number }>).detail.count ?? 1);
    else if (event.type === "htmx:after:settle") { this.#goOn(); this.#rove(); this.#count(); }
    else if (event.type === "change") this.#count();
    else if (event.type === "focusin") this.#rove(event.target instanceof Element ? event.target.closest("tr") : null);
    else if (event.type === "keydown") this.#onKey(event as KeyboardEvent);
    else this.#onClick(event as MouseEvent);
  }

  #rows(): HTMLTableRowElement[] {
    return [...this.querySelectorAll<HTMLTableRowElement>("tbody > tr[data-href]")];
  }

  /** The row that has the focus, else the one that Tab would reach. */
  #row(): HTMLTableRowElement | undefined {
    const rows = this.#rows();
    return rows.find((row) => row.contains(document.activeElement)) ?? rows.find((row) => this.#link(row)?.tabIndex === 0) ?? rows[0];
  }

  #link(row: Element | undefined): HTMLAnchorElement | null | undefined {
    return row?.querySelector<HTMLAnchorElement>(".row-link");
  }

  #step(by: number): boolean {
    const rows = this.#rows();
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const start = this.#row();
    const next = here >= 0 ? rows[here + by] : start;
    if (!next) return rows.length > 0;
    this.#link(next)?.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** Only the controls of one row are stops of Tab. */
  #rove(current: Element | null = null): void {
    const rows = this.#rows();
    const row = current && rows.includes(current as HTMLTableRowElement) ? current : this.#row();
    for (const each of rows) {
      for (const control of each.querySelectorAll<HTMLElement>("a, button, input")) control.tabIndex = each === row ? 0 : -1;
    }
  }

  #toggle(row: HTMLTableRowElement | undefined): void {
    const box = row?.querySelector<HTMLInputElement>(".cell-select input");
    if (!box) return;
    box.checked = !box.checked;
    this.#link(row)?.focus();
    this.#count();
  }

  #unread(row: HTMLTableRowElement | undefined): boolean {
    if (!row?.querySelector(".row-unread")) return false;
    this.#link(row)?.focus();
    void toggleUnread(row);
    return true;
  }

  #selects(): boolean {
    return this.querySelector(".bulk") !== null;
  }

  #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>(".cell-select input")];
  }

  #count(): void {
    const bar = this.querySelector<HTMLElement>(".bulk");
    const count = this.#boxes().filter((box) => box.checked).length;
    if (!bar) return;
    bar.hidden = count === 0;
    const words = bar.querySelector(".bulk-count");
    if (words) words.textContent = say("selected", { count });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.#boxes().some((box) => box.checked)) {
      for (const box of this.#boxes()) box.checked = false;
      this.#count();
      return;
    }
    if (!(event.target instanceof Element) || !event.target.closest("tbody") || event.altKey) return;
    if (event.key === "a" && (event.ctrlKey || event.metaKey) && this.#selects()) {
      event.preventDefault();
      for (const box of this.#boxes()) box.checked = true;
      this.#count();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const row = event.target.closest("tr");
      if (event.shiftKey && row) check(row);
      this.#step(event.key === "ArrowDown" ? 1 : -1);
      const next = document.activeElement?.closest("tr");
      if (event.shiftKey && next) check(next);
      if (event.shiftKey) this.#count();
    }
  }

  /** A click anywhere on a row opens it, as a click on its link would. */
  #onClick(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const row = target?.closest<HTMLTableRowElement>("tbody > tr[data-href]");
    if (!target || !row || event.defaultPrevented) return;
    const onControl = target.closest("a, button, input, label, summary");
    if (!onControl || onControl.matches(".row-link")) this.#remember(row);
    if (onControl || target.closest(".cell-select") || getSelection()?.toString()) {
      if (!onControl && target.closest(".cell-select")) this.#toggle(row);
      return;
    }
    this.#link(row)?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey }));
  }

  #remember(row: HTMLTableRowElement): void {
    const rows = this.#rows();
    memory.set(`row:${location.pathname}${location.search}`, row.id, sessionStorage);
    rememberWalk(rows.map((each) => each.dataset["href"] ?? ""), location.pathname + location.search);
  }

  /** Back from a ticket: the focus is on its row again. */
  #comeBack(): void {
    const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    if (entry?.type !== "back_forward" || document.activeElement !== document.body) return;
    const id = memory.get(`row:${location.pathname}${location.search}`, sessionStorage);
    const row = id ? document.getElementById(id) : null;
    if (row && this.contains(row)) this.#link(row)?.focus({ preventScroll: true });
  }

  /** Changes wait behind a pill while somebody is in the list; otherwise they come in at once. */
  #hear(count: number): void {
    this.#waiting += count;
    const busy = this.matches(":hover, :focus-within") || this.#boxes().some((box) => box.checked);
    if (busy) pill(this, say("updates", { count: this.#waiting }), () => void this.refresh(), "u");
    else void this.refresh();
  }

  async refresh(): Promise<void> {
    this.#waiting = 0;
    this.querySelector(":scope > .pill")?.remove();
    // As many rows as were read on to, with the way to the next ones behind them.
    const place = new URL(location.href);
    place.searchParams.set("rows", String(this.#rows().length));
    await htmx.ajax("GET", place.pathname + place.search, { target: "#rows", select: "#rows", swap: "outerMorph", selectOOB: "#more:outerHTML" });
  }
}

function check(row: Element): void {
  const box = row.querySelector<HTMLInputElement>(".cell-select input");
  if (box) box.checked = true;
}

export function startLists(): void {
  define("spoc-list", List);
}
