// Menus (native popovers) open beside their button and can be walked with arrows; dialogs open and
// close by attribute; tips name what has only an icon.
import { isTyping, make, on } from "./dom.ts";

/** Puts a floating element under (or above) its anchor, inside the window. */
export function place(floating: HTMLElement, anchor: Element): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const startsAt = getComputedStyle(anchor).direction === "rtl" ? at.right - width : at.left;
  const x = startsAt + width > innerWidth - 8 ? at.right - width : startsAt;
  const below = at.bottom + 4;
  const y = below + height > innerHeight - 8 && at.top > height + 12 ? at.top - height - 4 : below;
  floating.style.setProperty("margin", "0");
  floating.style.setProperty("left", `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`);
  floating.style.setProperty("top", `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`);
}

function startMenus(): void {
  document.addEventListener("beforetoggle", (event) => {
    const menu = event.target;
    if (!(menu instanceof HTMLElement) || !menu.matches(".menu") || (event as ToggleEvent).newState !== "open") return;
    const anchors = [...document.querySelectorAll(`[popovertarget="${CSS.escape(menu.id)}"]`)];
    const anchor = anchors.find((a) => a.checkVisibility());
    // It has no size yet; the frame that shows it is the first that can place it.
    if (anchor) requestAnimationFrame(() => place(menu, anchor));
  }, true);
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = document.activeElement;
    const menu = here?.closest<HTMLElement>(".menu:popover-open") ?? openedBy(here);
    // In a field the arrows belong to the field.
    if (step === undefined || !menu || isTyping(here)) return;
    const items = [...menu.querySelectorAll<HTMLElement>("a[href], button:not(:disabled)")];
    const index = items.indexOf(here as HTMLElement);
    event.preventDefault();
    (items[(index + step + items.length) % items.length] ?? items[0])?.focus();
  });
  on("click", ".menu .menu-item", (item) => {
    const menu = item.closest<HTMLElement>(".menu:popover-open");
    if (menu && !item.hasAttribute("popovertarget")) menu.hidePopover();
  });
}

/** A form inside a popover that is sent in place: when the answer is good the popover closes, and the
 * focus is back on what opened it before anything is swapped. A refused one stays open. */
function startSheets(): void {
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { sourceElement?: Element; response?: { status: number } } }>).detail;
    const status = ctx.response?.status ?? 0;
    const sheet = ctx.sourceElement?.closest<HTMLElement>(".menu:popover-open");
    if (!sheet || !((status >= 200 && status < 300) || status === 409)) return;
    sheet.hidePopover();
    document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(sheet.id)}"]`)?.focus({ preventScroll: true });
  });
  // A clash is what one has to look at next.
  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { response?: { status: number } } }>).detail;
    if (ctx.response?.status === 409) document.querySelector<HTMLElement>("[role=alert][autofocus]")?.focus();
  });
}

function openedBy(button: Element | null): HTMLElement | null {
  const id = button?.getAttribute("popovertarget");
  const menu = id ? document.getElementById(id) : null;
  return menu?.matches(".menu:popover-open") ? menu : null;
}

function startDialogs(): void {
  on("click", "[data-opens]", (button) => {
    const dialog = document.getElementById(button.dataset["opens"] ?? "");
    if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
    dialog.dispatchEvent(new CustomEvent("spoc:opens", { bubbles: true }));
    dialog.showModal();
  });
  on("click", "dialog [data-close]", (button) => button.closest("dialog")?.close());
  on<MouseEvent>("click", "dialog", (dialog, event) => {
    if (event.target === dialog && dialog instanceof HTMLDialogElement && isOutside(dialog, event)) dialog.close();
  });
}

function isOutside(dialog: Element, event: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

/** One tip for the page: after half a second of rest, or at once with the keyboard; Esc takes it away. */
export function startTips(): void {
  const tip = make("div", { class: "tip", popover: "manual", role: "presentation" });
  let timer: number | undefined;
  const hide = (): void => {
    clearTimeout(timer);
    if (tip.isConnected && tip.matches(":popover-open")) tip.hidePopover();
  };
  const show = (anchor: HTMLElement): void => {
    if (!anchor.isConnected) return;
    const key = anchor.dataset["key"]?.split("|")[0];
    tip.replaceChildren(anchor.dataset["tip"] ?? "", ...(key ? [make("kbd", { class: "kbd" }, key)] : []));
    document.body.append(tip);
    tip.showPopover();
    place(tip, anchor);
  };
  const over = (event: Event, wait: number): void => {
    const anchor = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tip]") : null;
    hide();
    if (anchor) timer = window.setTimeout(() => show(anchor), wait);
  };
  document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && over(event, 500));
  document.addEventListener("focusin", (event) => event.target instanceof Element && event.target.matches(":focus-visible") && over(event, 0));
  document.addEventListener("focusout", hide);
  document.addEventListener("pointerdown", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide(), true);
}

export function startFloating(): void {
  startMenus();
  startDialogs();
  startSheets();
}
