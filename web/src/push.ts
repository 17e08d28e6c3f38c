// The page of one's notifications: lets the desk push to this browser, when the person presses the button.
// It is a file of its own, because no other page needs it.

interface Types {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** The one address of a worker is ours; a policy lets through nothing else. */
const WORKER = "/sw.js";
const types = (globalThis as { trustedTypes?: Types }).trustedTypes;
const policy = types?.createPolicy("push", { createScriptURL: (url) => { if (url !== WORKER) throw new Error(url); return url; } });

/** Bytes of a text in base64url. */
function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function base64(buffer: ArrayBuffer | null): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0)));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** What a person would call this browser. */
function device(): string {
  const agent = navigator.userAgent;
  const browser = [["Edg/", "Edge"], ["OPR/", "Opera"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]].find(([mark]) => agent.includes(mark ?? ""))?.[1] ?? "";
  const system = [["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS", "macOS"], ["Linux", "Linux"]].find(([mark]) => agent.includes(mark ?? ""))?.[1] ?? "";
  return [browser, system].filter((word) => word).join(", ");
}

async function subscribe(form: HTMLFormElement): Promise<void> {
  if (await Notification.requestPermission() !== "granted") {
    form.querySelector("[data-push-denied]")?.removeAttribute("hidden");
    return;
  }
  await navigator.serviceWorker.register((policy?.createScriptURL(WORKER) ?? WORKER) as string, { scope: "/" });
  const worker = await navigator.serviceWorker.ready;
  // One of another key, from before a restore, takes nothing of ours.
  await (await worker.pushManager.getSubscription())?.unsubscribe();
  const key = bytes(form.dataset["pushKey"] ?? "");
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const values: Record<string, string> = { endpoint: made.endpoint, public: base64(made.getKey("p256dh")), auth: base64(made.getKey("auth")), device: device() };
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
  form.submit();
}

const form = document.getElementById("push");
if (form instanceof HTMLFormElement && "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis) {
  const button = form.querySelector<HTMLButtonElement>("[data-push-on]");
  form.querySelector("[data-push-off]")?.setAttribute("hidden", "");
  button?.removeAttribute("hidden");
  button?.addEventListener("click", () => {
    subscribe(form).catch(() => form.querySelector("[data-push-denied]")?.removeAttribute("hidden"));
  });
}
