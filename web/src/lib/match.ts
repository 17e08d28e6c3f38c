// How well a typed text fits a name: for the palette. Pure.

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~";
const CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ";

/** What was typed, had the other keyboard layout been on. */
export function otherLayout(text: string): string {
  return [...text].map((sign) => {
    const latin = LATIN.indexOf(sign);
    const cyrillic = CYRILLIC.indexOf(sign);
    return (latin >= 0 ? CYRILLIC[latin] : cyrillic >= 0 ? LATIN[cyrillic] : sign) ?? sign;
  }).join("");
}

/** Lower case without accents, ё as е. */
export function folded(text: string): string {
  return text.toLowerCase().replaceAll("ё", "е").normalize("NFD").replace(/(?<!и)[\u0300-\u036f]/g, "").normalize("NFC");
}

/** Where in `name`, as indexes, the letters stand one after the other: at beginnings of words first. */
function letters(query: string, name: string): number {
  let from = 0;
  let gaps = 0;
  for (const letter of query.replaceAll(" ", "")) {
    const at = name.indexOf(letter, from);
    if (at < 0) return 0;
    if (at > from && from > 0 && name[at - 1] !== " ") gaps += 1;
    from = at + 1;
  }
  return gaps > 2 ? 0 : 10 - gaps;
}

/** 0 for no, else the higher the better: whole name, its beginning, beginnings of words, within, letters. */
export function fit(query: string, name: string): number {
  const [asked, given] = [folded(query.trim()), folded(name)];
  if (asked === "" || given === asked) return 100;
  if (given.startsWith(asked)) return 80;
  const words = given.split(/[^\p{L}\p{N}]+/u);
  let next = 0;
  const begins = asked.split(/\s+/).every((part) => {
    const at = words.findIndex((word, place) => place >= next && word.startsWith(part));
    next = at + 1;
    return at >= 0;
  });
  if (begins) return 60;
  if (given.includes(asked)) return 40;
  return asked.length >= 2 ? letters(asked, given) : 0;
}
