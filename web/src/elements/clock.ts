// Relative times and clocks of the whole page on one timer. `<spoc-clock><time datetime>` shows how
// long ago; `<spoc-clock due>` what is left, and turns red by itself.
import { define, say } from "../lib/dom.ts";
import { type TimeTexts, moment, relative, remaining, told, withoutSeconds } from "../lib/time.ts";

const clocks = new Set<Clock>();
let timer: number | undefined;

function tick(): void {
  if (document.hidden) return;
  const now = Date.now();
  for (const clock of clocks) clock.show(now);
}

let texts: TimeTexts | undefined;
function words(): TimeTexts {
  return (texts ??= {
    now: say("now"), ago: say("ago"), in: say("in"), left: say("left"), over: say("over"),
    day: say("day"), hour: say("hour"), minute: say("minute"),
  });
}

class Clock extends HTMLElement {
  /** It says how long ago something was. */
  #relative = false;

  connectedCallback(): void {
    clocks.add(this);
    this.#relative = relative(this.#at(), Date.now(), words()) !== undefined;
    timer ??= window.setInterval(tick, 20_000);
  }

  disconnectedCallback(): void {
    clocks.delete(this);
    if (clocks.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  }

  show(now: number): void {
    const due = this.getAttribute("due");
    if (due) this.#showDue(Date.parse(due), now);
    else this.#showTime(now);
  }

  #showDue(due: number, now: number): void {
    if (Number.isNaN(due)) return;
    write(this, remaining(due, now, words()));
    if (due < now && this.classList.contains("sla-soon")) this.classList.replace("sla-soon", "sla-breached");
  }

  #at(): number {
    return Date.parse(this.querySelector("time")?.dateTime ?? "");
  }

  #showTime(now: number): void {
    const [time, at] = [this.querySelector("time"), this.#at()];
    if (!time || Number.isNaN(at)) return;
    // The server writes in the zone of the account, which may be another than the browser's.
    const text = told(at, now, words(), this.#relative, () => withoutSeconds(time.title) || moment(at, now, document.documentElement.lang));
    if (text !== undefined) write(time, text);
    this.#relative = relative(at, now, words()) !== undefined;
  }
}

/** Untouched when it is right already, so that nothing is painted or announced in vain. */
function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function startClocks(): void {
  define("spoc-clock", Clock);
  document.addEventListener("visibilitychange", tick);
}
