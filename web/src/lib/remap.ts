// A person's own keys: which letter stands for which of ours. Kept with the account by the server, as
// pairs of code points in hex: ours, theirs; 0 is a key that is off.

/** Ours to theirs; the empty text is off. */
export type Remap = Map<string, string>;

/** Reads what the server wrote; what is no pair of signs is passed over. */
export function read(written: string): Remap {
  const sign = (hex: string): string => (hex === "0" ? "" : String.fromCodePoint(parseInt(hex, 16)));
  const pairs = written.split("~").map((pair) => /^([0-9a-f]{2})_([0-9a-f]{2}|0)$/.exec(pair)).filter((found) => found !== null);
  return new Map(pairs.map((found) => [sign(found[1] ?? ""), sign(found[2] ?? "")]));
}

export function write(remap: Remap): string {
  const hex = (sign: string): string => (sign === "" ? "0" : sign.charCodeAt(0).toString(16));
  return [...remap].map(([ours, theirs]) => `${hex(ours)}_${hex(theirs)}`).join("~");
}

/** Which of our keys is meant by a letter that was pressed; the empty text when none is. */
export function meant(remap: Remap, pressed: string): string {
  for (const [ours, theirs] of remap) if (theirs === pressed) return ours;
  return remap.has(pressed) ? "" : pressed;
}

/** What one presses for one of our keys; the empty text when it is off. A sequence keeps its letters. */
export function pressed(remap: Remap, ours: string): string {
  return remap.get(ours) ?? ours;
}

/** Whether a key can be somebody's own: one sign of the keyboard. */
export function isSign(key: string): boolean {
  return /^[!-~]$/.test(key);
}

/** Gives a key another letter. Whatever had that letter gets the one that is free now, so that each
 * letter means one thing. */
export function changed(remap: Remap, ours: string, theirs: string): Remap {
  const next = new Map(remap);
  const before = pressed(remap, ours);
  const holder = theirs === "" ? "" : meant(remap, theirs);
  next.set(ours, theirs);
  if (holder !== "" && holder !== ours) next.set(holder, before);
  for (const [key, own] of [...next]) if (key === own) next.delete(key);
  return next;
}
