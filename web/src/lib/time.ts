// Words for moments and lengths of time; the same forms as the server's. Pure: the texts come in.

/** Words with `%time`: "%time ago" and so on, and the signs of units. */
export interface TimeTexts {
  now: string;
  ago: string;
  in: string;
  left: string;
  over: string;
  day: string;
  hour: string;
  minute: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const fill = (text: string, time: string): string => text.replace("%time", time);

/** At most two neighbouring units: "2 h 10 min", "1 d"; below a minute "0 min". */
export function length(ms: number, texts: TimeTexts): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), texts.day],
    [Math.floor(minutes / 60) % 24, texts.hour],
    [minutes % 60, texts.minute],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first < 0) return `0 ${texts.minute}`;
  const shown = parts.slice(first, first + 2).filter(([amount]) => amount > 0);
  return shown.map(([amount, unit]) => `${amount} ${unit}`).join(" ");
}

/** "now" below a minute, "3 h ago" below a day, else nothing: the written moment stays right. */
export function relative(at: number, now: number, texts: TimeTexts): string | undefined {
  const gap = now - at;
  const size = Math.abs(gap);
  if (size < MINUTE) return texts.now;
  if (size >= DAY) return undefined;
  const unit = size < HOUR ? MINUTE : HOUR;
  return fill(gap > 0 ? texts.ago : texts.in, length(Math.floor(size / unit) * unit, texts));
}

/** What an element that shows a moment is to say; nothing: what stands there stays right. `was`: it said
 * how long ago; then it must not go on saying so, and says `later`. */
export function told(at: number, now: number, texts: TimeTexts, was: boolean, later: () => string): string | undefined {
  return relative(at, now, texts) ?? (was ? later() : undefined);
}

/** The exact moment that the server wrote in the zone of the account, without seconds and offset. */
export function withoutSeconds(exact: string): string {
  return exact.replace(/:\d\d UTC\S*$/, "");
}

/** "2 h 10 min left" or "15 min over". */
export function remaining(due: number, now: number, texts: TimeTexts): string {
  return fill(due >= now ? texts.left : texts.over, length(due - now, texts));
}

/** "22 Nov, 14:05", with the year when it is another one: for pages that stay open for days. */
export function moment(at: number, now: number, lang: string): string {
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" as const };
  const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", ...year }).format(at);
  return `${day}, ${new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at)}`;
}
