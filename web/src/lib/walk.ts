// The order of the list one came from rules "next": it is a snapshot, kept for this tab. A ticket
// page has an element [data-walk] with links [rel=prev] and [rel=next] and a place for "7 of 42".
import { memory } from "./dom.ts";

const KEY = "walk";

interface Walk {
  hrefs: string[];
  from: string;
}

export function rememberWalk(hrefs: string[], from: string): void {
  memory.set(KEY, JSON.stringify({ hrefs, from } satisfies Walk), sessionStorage);
}

/** The neighbours of a path in the snapshot. Pure, for tests. */
export function neighbours(walk: Walk, path: string): { previous?: string; next?: string; at: number; of: number; from: string } | undefined {
  const at = walk.hrefs.indexOf(path);
  if (at < 0) return undefined;
  const previous = walk.hrefs[at - 1];
  const next = walk.hrefs[at + 1];
  return { ...(previous ? { previous } : {}), ...(next ? { next } : {}), at: at + 1, of: walk.hrefs.length, from: walk.from };
}

/** Whether the ticket is still in the list that the walk began in; unknown counts as yes. */
async function isStillThere(from: string): Promise<boolean> {
  const list = new URL(from, location.href);
  if (list.pathname !== "/desk/tickets") return true;
  try {
    const answer = await fetch(`${location.pathname}/still${list.search}`);
    return !answer.ok || ((await answer.json()) as { there: boolean }).there;
  } catch {
    return true;
  }
}

function fill(walk: Walk): void {
  const box = document.querySelector<HTMLElement>("[data-walk]");
  const found = neighbours(walk, location.pathname);
  if (!box?.hidden || !found) return;
  const back = document.querySelector<HTMLAnchorElement>("a[data-back]");
  if (back) back.href = found.from;
  box.hidden = false;
  // Where sending may lead, as one prefers.
  for (const [name, href] of [["next", found.next], ["list", found.from]] as const) {
    const field = document.querySelector<HTMLInputElement>(`#composer input[name=${name}]`);
    if (field) field.value = href ?? found.from;
  }
  const place = box.querySelector("[data-place]");
  if (place) place.textContent = `${found.at} / ${found.of}`;
  for (const [rel, href] of [["prev", found.previous], ["next", found.next]] as const) {
    const link = box.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`);
    if (link && href) link.href = href;
    else link?.setAttribute("aria-disabled", "true");
  }
  const left = box.querySelector<HTMLElement>("[data-left]");
  if (left) void isStillThere(found.from).then((there) => { left.hidden = there; });
}

export function startWalk(): void {
  const stored = memory.get(KEY, sessionStorage);
  if (!document.querySelector("[data-walk]") || stored === null) return;
  let walk: Walk;
  try { walk = JSON.parse(stored) as Walk; } catch { return; }
  fill(walk);
  // A head that was renewed knows nothing of the walk.
  document.addEventListener("htmx:after:settle", () => fill(walk));
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const rel = { ArrowDown: "next", ArrowUp: "prev" }[event.key];
    const link = rel && document.querySelector<HTMLAnchorElement>(`[data-walk] a[rel=${rel}][href]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
