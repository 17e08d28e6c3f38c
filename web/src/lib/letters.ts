// Which letter a key press means, and when a sequence such as "g t" is complete. Pure.

/** The part of a keyboard event that decides. */
export interface Press {
  key: string;
  code: string;
  shiftKey: boolean;
}

/** Signs by place, for layouts where the place holds a letter of another alphabet. */
const SIGNS: Record<string, string> = {
  BracketLeft: "[", BracketRight: "]", Backslash: "\\", Slash: "/", Period: ".", Comma: ",", Semicolon: ";", Quote: "'",
};

/** The key as declared in `data-key`: "r", "U" for Shift+U, "?", "ArrowDown"; Latin by place when the
 * layout is not. */
export function letterOf(press: Press): string {
  if (press.key.length !== 1 || press.key.charCodeAt(0) < 128) return press.key;
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (letter) return press.shiftKey ? letter : letter.toLowerCase();
  return SIGNS[press.code] ?? press.key;
}

/** Collects presses into sequences; a pause of a second starts anew. */
export class Sequence {
  #typed: string[] = [];
  #last = 0;

  /** The ways to read the presses so far, the longest first: after g and t "g t", then "t". */
  add(letter: string, now: number): string[] {
    if (now - this.#last > 1000) this.#typed = [];
    this.#last = now;
    this.#typed = [...this.#typed.slice(-1), letter];
    return this.#typed.length === 2 ? [this.#typed.join(" "), letter] : [letter];
  }

  clear(): void {
    this.#typed = [];
  }
}

/** The keys of a declaration: "/|f" has two, "g t" is one sequence. */
export function declared(value: string): string[] {
  return value.split("|").map((key) => key.trim()).filter(Boolean);
}
