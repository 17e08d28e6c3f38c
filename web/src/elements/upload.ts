// Files by choosing, pasting or dropping anywhere on the page; what is chosen can be taken out again.
import { define, icon, make, say } from "../lib/dom.ts";

class Upload extends HTMLElement {
  connectedCallback(): void {
    this.#input()?.addEventListener("change", () => this.#list());
  }

  #input(): HTMLInputElement | null {
    return this.querySelector("input[type=file]");
  }

  /** Adds to what is there. */
  add(files: Iterable<File>): void {
    this.#set([...(this.#input()?.files ?? []), ...files]);
  }

  #set(files: File[]): void {
    const input = this.#input();
    if (!input) return;
    const all = new DataTransfer();
    for (const file of files) all.items.add(file);
    input.files = all.files;
    this.#list();
  }

  #list(): void {
    const files = [...(this.#input()?.files ?? [])];
    this.querySelector(".upload-list")?.replaceChildren(...files.map((file, index) => {
      const remove = make("button", { type: "button", class: "chip-x", "aria-label": `${say("remove")} ${file.name}` }, icon("x"));
      remove.addEventListener("click", () => this.#set(files.filter((_, other) => other !== index)));
      return make("li", { class: "chip" }, make("span", { dir: "auto" }, `${file.name} (${size(file.size)})`), remove);
    }));
    // Where drafts are kept, files go up at once.
    if (files.length > 0) this.dispatchEvent(new CustomEvent("spoc:files", { bubbles: true }));
  }
}

function size(bytes: number): string {
  const [amount, unit] = bytes < 1000 ? [bytes, "byte"] : bytes < 1e6 ? [Math.max(1, Math.round(bytes / 1e3)), "kilobyte"] : [Math.round(bytes / 1e5) / 10, "megabyte"];
  // The long word for bytes is no symbol in every language; the narrow one is, but without its space.
  const unitDisplay = unit === "byte" ? "narrow" : "short";
  const words = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: String(unit), unitDisplay }).format(Number(amount));
  return words.replace(/(\d)(\p{L})/u, "$1\u00a0$2");
}

/** The place for files that arrive without one: the visible one, the last of several. */
function receiver(): Upload | undefined {
  return [...document.querySelectorAll<Upload>("spoc-upload")].filter((upload) => upload.checkVisibility()).at(-1);
}

export function startUploads(): void {
  define("spoc-upload", Upload);
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const upload = receiver();
    if (files.length === 0 || !upload) return;
    event.preventDefault();
    upload.add(files.map(named));
  });
  const veil = make("div", { class: "drop-anywhere" });
  let depth = 0;
  const carries = (event: DragEvent): boolean => (event.dataTransfer?.types.includes("Files") ?? false) && receiver() !== undefined;
  document.addEventListener("dragenter", (event) => { if (carries(event)) { depth += 1; document.body.append(veil); } });
  document.addEventListener("dragleave", (event) => { if (carries(event) && --depth <= 0) { depth = 0; veil.remove(); } });
  document.addEventListener("dragover", (event) => { if (carries(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    depth = 0;
    veil.remove();
    receiver()?.add(event.dataTransfer?.files ?? []);
  });
}

/** A pasted picture is always "image.png": the time tells several apart. */
function named(file: File): File {
  if (file.name !== "image.png") return file;
  const stamp = new Date().toISOString().slice(0, 19).replace(/[:T]/g, "-");
  return new File([file], `screenshot-${stamp}.png`, { type: file.type });
}
