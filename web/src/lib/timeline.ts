// On a ticket page j and k move the focus from message to message, by their headings.
import { say } from "./dom.ts";
import { addKey } from "./keys.ts";

/** The heading to go to: the neighbour of the one with the focus, else the first below the top. */
function step(by: number): boolean {
  const headings = [...document.querySelectorAll<HTMLElement>("#timeline .entry-who")];
  const here = headings.findIndex((heading) => heading.closest(".entry")?.contains(document.activeElement));
  const below = headings.findIndex((heading) => heading.getBoundingClientRect().top > 120);
  const next = here >= 0 ? headings[here + by] : headings[below < 0 ? headings.length - 1 : below];
  next?.focus({ preventScroll: true });
  next?.closest(".entry")?.scrollIntoView({ block: "nearest" });
  return headings.length > 0;
}

export function startTimeline(): void {
  if (!document.getElementById("timeline")) return;
  addKey("j", () => say("keyNext"), () => step(1));
  addKey("k", () => say("keyPrevious"), () => step(-1));
}
