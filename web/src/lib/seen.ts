// Unread is what happened to a ticket since one looked at it. A page that was in sight for a second is
// read, up to what it shows; the list marks a row by hand.
import { say } from "./dom.ts";
import { toast } from "../elements/toast.ts";

const LOOKED = 1000;

async function tell(ticket: string, init: RequestInit): Promise<boolean> {
  try {
    const answer = await fetch(`/api/v1/tickets/${ticket}/seen`, { headers: { "content-type": "application/json" }, ...init });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Marks a row read or unread; when the server does not take it, the row says so by being as before. */
export async function toggleUnread(row: HTMLTableRowElement): Promise<void> {
  const mark = row.querySelector<HTMLElement>(".row-unread");
  if (!mark) return;
  const show = (unread: boolean): void => {
    row.classList.toggle("unread", unread);
    mark.hidden = !unread;
  };
  const unread = mark.hidden;
  show(unread);
  const done = await tell(row.id.slice(2), unread ? { method: "DELETE" } : { method: "PUT", body: "{}" });
  if (done) return;
  show(!unread);
  toast({ kind: "danger", text: say("failed") });
}

export function startSeen(): void {
  let told = 0;
  let waiting: number | undefined;
  const look = (): void => {
    clearTimeout(waiting);
    const head = document.getElementById("ticket-head");
    const [ticket, activity] = [head?.dataset["ticket"], Number(head?.dataset["activity"] ?? 0)];
    if (!ticket || activity <= told || document.hidden) return;
    waiting = window.setTimeout(() => {
      told = activity;
      void tell(ticket, { method: "PUT", body: JSON.stringify({ activity }) });
    }, LOOKED);
  };
  document.addEventListener("visibilitychange", look);
  document.addEventListener("htmx:after:settle", look);
  // Whoever marks it unread has seen it, and wants to see it again.
  document.addEventListener("submit", (event) => {
    if (event.target instanceof Element && event.target.matches("[data-unread]")) {
      clearTimeout(waiting);
      told = Infinity;
    }
  });
  look();
}
