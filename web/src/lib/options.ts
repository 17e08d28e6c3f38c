// Finding options by what one types: every word must begin a word of the label. Pure.

export interface Option {
  value: string;
  label: string;
  note?: string;
}

/** Lower case without accents, ё as е: as the server folds. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The options that match, those whose label begins with the text first. */
export function filterOptions(options: Option[], query: string, limit: number): Option[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const matching = options.filter((option) => {
    const parts = fold(`${option.label} ${option.note ?? ""}`).split(/[\s\-_/,.]+/);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const start = fold(query.trim());
  const rank = (option: Option): number => (fold(option.label).startsWith(start) ? 0 : 1);
  return matching.sort((a, b) => rank(a) - rank(b)).slice(0, limit);
}
