// A click on a number copies it; a second one within two seconds copies its link.
import { toast } from "../elements/toast.ts";
import { on, say } from "./dom.ts";

let last: HTMLElement | undefined;
let at = 0;

export function startCopy(): void {
  on("click", "[data-copy]", (button, event) => {
    const again = last === button && event.timeStamp - at < 2000 && Boolean(button.dataset["copyLink"]);
    [last, at] = [button, event.timeStamp];
    const text = again ? new URL(button.dataset["copyLink"] ?? "", location.href).href : (button.dataset["copy"] ?? "");
    // Absent without HTTPS; then the text stays selectable.
    navigator.clipboard?.writeText(text).then(() => toast({ text: `${say("copied")}: ${text}`, kind: "ok" })).catch(() => undefined);
  });
}
