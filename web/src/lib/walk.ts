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

export function startWalk(): void {
  const box = document.querySelector<HTMLElement>("[data-walk]");
  const stored = memory.get(KEY, sessionStorage);
  if (!box || stored === null) return;
  let found: ReturnType<typeof neighbours>;
  try { found = neighbours(JSON.parse(stored) as Walk, location.pathname); } catch { return; }
  if (!found) return;
  const back = document.querySelector<HTMLAnchorElement>("a[data-back]");
  if (back) back.href = found.from;
  box.hidden = false;
  const place = box.querySelector("[data-place]");
  if (place) place.textContent = `${found.at} / ${found.of}`;
  for (const [rel, href] of [["prev", found.previous], ["next", found.next]] as const) {
    const link = box.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`);
    if (link && href) link.href = href;
    else link?.setAttribute("aria-disabled", "true");
  }
}
