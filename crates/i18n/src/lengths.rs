//! Lengths of time, sizes and lists. The symbols of units are data of the languages, not sentences.

use kernel::{Lang, Time};

use crate::numbers;

/// Day, hour, minute, second as the language abbreviates them.
const fn units(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::En | Lang::Es => ["d", "h", "min", "s"],
        Lang::Ru => ["д", "ч", "мин", "с"],
    }
}

const fn sizes(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::En | Lang::Es => ["B", "kB", "MB", "GB", "TB"],
        Lang::Ru => ["Б", "кБ", "МБ", "ГБ", "ТБ"],
    }
}

pub(crate) fn length(lang: Lang, micros: i64) -> String {
    let names = units(lang);
    let mut rest = micros.saturating_abs() / Time::SECOND;
    let mut parts = Vec::with_capacity(2);
    for (seconds, name) in [86_400, 3_600, 60, 1].into_iter().zip(names) {
        let amount = rest / seconds;
        rest %= seconds;
        // A gap ends it ("1 d", not "1 d 5 s"), and seconds matter only below a minute.
        if amount == 0 || (seconds == 1 && !parts.is_empty()) {
            if parts.is_empty() {
                continue;
            }
            break;
        }
        parts.push(format!("{} {name}", numbers::whole(lang, amount)));
        if parts.len() == 2 {
            break;
        }
    }
    if parts.is_empty() {
        let [_, _, _, second] = names;
        return format!("0 {second}");
    }
    parts.join(" ")
}

pub(crate) fn size(lang: Lang, bytes: u64) -> String {
    let names = sizes(lang);
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let (mut name, mut divisor) = (names[0], 1_i64);
    for larger in names.into_iter().skip(1) {
        if bytes / divisor < 1_000 {
            break;
        }
        name = larger;
        divisor *= 1_000;
    }
    let whole = bytes / divisor;
    if divisor == 1 || whole >= 10 {
        return format!("{} {name}", numbers::whole(lang, whole));
    }
    format!("{} {name}", numbers::scaled(lang, bytes / (divisor / 10), 1))
}

pub(crate) fn list<S: AsRef<str>>(lang: Lang, items: &[S]) -> String {
    let Some((last, head)) = items.split_last() else { return String::new() };
    let last = last.as_ref();
    if head.is_empty() {
        return last.to_owned();
    }
    let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
    let and = match lang {
        Lang::En => "and",
        Lang::Es if sounds_like_y(last) => "e",
        Lang::Es => "y",
        Lang::Ru => "и",
    };
    format!("{} {and} {last}", head.join(", "))
}

/// Spanish "y" becomes "e" before the same sound: "Pedro e Inés", yet "agua y hielo".
fn sounds_like_y(word: &str) -> bool {
    let word = kernel::fold(word);
    let word = word.strip_prefix('h').unwrap_or(&word);
    word.starts_with('i') && !["ia", "ie", "io", "iu"].iter().any(|glide| word.starts_with(glide))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_show_two_units_and_stop_at_a_gap() {
        let minutes = |n: i64| n * Time::MINUTE;
        assert_eq!(length(Lang::En, minutes(130)), "2 h 10 min");
        assert_eq!(length(Lang::Ru, minutes(-130)), "2 ч 10 мин");
        assert_eq!(length(Lang::Es, minutes(24 * 60 + 5)), "1 d");
        assert_eq!(length(Lang::En, minutes(3) + 59 * Time::SECOND), "3 min");
        assert_eq!(length(Lang::En, 42 * Time::SECOND), "42 s");
        assert_eq!(length(Lang::Ru, 0), "0 с");
    }

    #[test]
    fn sizes_have_a_decimal_below_ten() {
        assert_eq!(size(Lang::En, 999), "999 B");
        assert_eq!(size(Lang::En, 4_250_000), "4.2 MB");
        assert_eq!(size(Lang::Es, 4_250_000), "4,2 MB");
        assert_eq!(size(Lang::Ru, 48_000_000), "48 МБ");
        assert_eq!(size(Lang::En, u64::MAX), "9,223,372 TB");
    }

    #[test]
    fn lists_join_as_each_language_does() {
        assert_eq!(list(Lang::En, &["a", "b", "c"]), "a, b and c");
        assert_eq!(list(Lang::Es, &["Pedro", "Inés"]), "Pedro e Inés");
        assert_eq!(list(Lang::Es, &["agua", "hielo"]), "agua y hielo");
        assert_eq!(list(Lang::Ru, &["a", "b"]), "a и b");
        assert_eq!(list::<&str>(Lang::En, &[]), "");
    }
}
