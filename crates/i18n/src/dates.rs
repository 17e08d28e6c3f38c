//! Moments in the reader's zone: "22 Nov, 14:05", with the year when it is another one, on the
//! 24-hour clock. The names of months and days are CLDR data, kept as tables because a list page
//! shows a hundred of them.

use jiff::Zoned;
use jiff::civil::Weekday;
use kernel::{Lang, Time};

use crate::T;

const fn months(lang: Lang) -> [&'static str; 12] {
    match lang {
        Lang::En => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        Lang::Es => ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
        Lang::Ru => ["янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."],
    }
}

const fn weekdays(lang: Lang) -> [&'static str; 7] {
    match lang {
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        Lang::Es => ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
        Lang::Ru => ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
    }
}

impl T {
    fn local(&self, time: Time) -> Zoned {
        time.timestamp().to_zoned(self.zone().clone())
    }

    /// "22 Nov, 14:05"; with the year when it is not the year of `now`.
    pub fn moment(&self, time: Time, now: Time) -> String {
        let at = self.local(time);
        format!("{}, {}", self.day_text(&at, at.year() != self.local(now).year()), hour_minute(&at))
    }

    /// "22 Nov 2026, 14:05".
    pub fn moment_full(&self, time: Time) -> String {
        let at = self.local(time);
        format!("{}, {}", self.day_text(&at, true), hour_minute(&at))
    }

    /// "22 Nov 2026, 14:05:09 UTC+1": for titles, where the exact moment is wanted.
    pub fn moment_exact(&self, time: Time) -> String {
        let at = self.local(time);
        format!("{}, {}:{:02} {}", self.day_text(&at, true), hour_minute(&at), at.second(), offset(&at))
    }

    /// "22 Nov", with the year when it is not the year of `now`.
    pub fn day(&self, time: Time, now: Time) -> String {
        let at = self.local(time);
        self.day_text(&at, at.year() != self.local(now).year())
    }

    /// "22 Nov 2026".
    pub fn day_full(&self, time: Time) -> String {
        self.day_text(&self.local(time), true)
    }

    /// "Mon, 22 Nov", with the year when it is not the year of `now`.
    pub fn weekday(&self, time: Time, now: Time) -> String {
        let at = self.local(time);
        let name = pick(&weekdays(self.lang()), Weekday::to_monday_zero_offset(at.weekday()));
        format!("{name}, {}", self.day_text(&at, at.year() != self.local(now).year()))
    }

    /// "14:05".
    pub fn clock(&self, time: Time) -> String {
        hour_minute(&self.local(time))
    }

    /// How long ago, as pages show it: "now" below a minute, "2 h ago" below a day, else the moment.
    /// A later moment reads "in 2 h".
    pub fn ago(&self, time: Time, now: Time) -> String {
        let gap = now.micros().saturating_sub(time.micros());
        match gap.saturating_abs() {
            gap if gap < Time::MINUTE => self.msg("time-now").into_owned(),
            size if size < Time::DAY => {
                let unit = if size < Time::HOUR { Time::MINUTE } else { Time::HOUR };
                let length = [("length", crate::Arg::Length(size / unit * unit))];
                if gap > 0 { self.with("time-ago", &length) } else { self.with("time-in", &length) }
            }
            _ => self.moment(time, now),
        }
    }

    fn day_text(&self, at: &Zoned, with_year: bool) -> String {
        let month = pick(&months(self.lang()), at.month() - 1);
        match (with_year, self.lang()) {
            (false, _) => format!("{} {month}", at.day()),
            (true, Lang::Ru) => format!("{} {month} {} г.", at.day(), at.year()),
            (true, _) => format!("{} {month} {}", at.day(), at.year()),
        }
    }
}

fn pick(names: &[&'static str], index: i8) -> &'static str {
    usize::try_from(index).ok().and_then(|i| names.get(i).copied()).unwrap_or_default()
}

fn hour_minute(at: &Zoned) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn offset(at: &Zoned) -> String {
    let minutes = at.offset().seconds() / 60;
    let (hours, rest) = (minutes / 60, (minutes % 60).abs());
    match (minutes, rest) {
        (0, _) => "UTC".to_owned(),
        (_, 0) => format!("UTC{hours:+}"),
        // -0:30 keeps its sign although its hours are 0.
        _ => format!("UTC{}{}:{rest:02}", if minutes < 0 { '-' } else { '+' }, hours.abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::{Offset, TimeZone};

    fn at(text: &str) -> Time {
        Time::from_rfc3339(text).unwrap()
    }

    #[test]
    fn moments_read_as_the_table_of_words_says() {
        let (time, now) = (at("2026-11-22T14:05:09Z"), at("2026-12-31T00:00:00Z"));
        let shown = |lang| T::utc(lang).moment(time, now);
        assert_eq!(Lang::ALL.map(shown), ["22 Nov, 14:05", "22 nov, 14:05", "22 нояб., 14:05"]);
        let later = |lang| T::utc(lang).moment(time, at("2027-01-01T00:00:00Z"));
        assert_eq!(Lang::ALL.map(later), ["22 Nov 2026, 14:05", "22 nov 2026, 14:05", "22 нояб. 2026 г., 14:05"]);
        assert_eq!(T::utc(Lang::Ru).weekday(time, now), "вс, 22 нояб.");
    }

    #[test]
    fn the_zone_decides_day_and_year() {
        let kolkata = TimeZone::fixed(Offset::from_seconds(19_800).unwrap());
        let t = T::new(Lang::En, kolkata);
        assert_eq!(t.moment(at("2026-12-31T23:00:00Z"), at("2027-01-02T00:00:00Z")), "1 Jan, 04:30");
        assert_eq!(t.moment_exact(at("2026-12-31T23:00:00Z")), "1 Jan 2027, 04:30:00 UTC+5:30");
        assert_eq!(T::utc(Lang::En).moment_exact(at("2026-12-31T23:00:01Z")), "31 Dec 2026, 23:00:01 UTC");
    }

    #[test]
    fn a_day_is_relative_and_older_is_a_date() {
        let now = at("2026-11-22T14:05:00Z");
        let ago = |lang, micros: i64| T::utc(lang).ago(now.plus(-micros), now);
        assert_eq!(Lang::ALL.map(|l| ago(l, 59 * Time::SECOND)), ["now", "ahora", "сейчас"]);
        assert_eq!(Lang::ALL.map(|l| ago(l, 5 * Time::MINUTE)), ["5 min ago", "hace 5 min", "5 мин назад"]);
        assert_eq!(ago(Lang::En, 2 * Time::HOUR + 40 * Time::MINUTE), "2 h ago");
        assert_eq!(Lang::ALL.map(|l| ago(l, -3 * Time::HOUR)), ["in 3 h", "dentro de 3 h", "через 3 ч"]);
        assert_eq!(ago(Lang::En, Time::DAY), "21 Nov, 14:05");
    }
}
