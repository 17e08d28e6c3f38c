//! The other keyboard: what somebody meant who typed with the wrong one switched on.

/// The keys of a keyboard by what they write, Latin and Cyrillic.
const KEYS: [(char, char); 33] = [
    ('q', 'й'),
    ('w', 'ц'),
    ('e', 'у'),
    ('r', 'к'),
    ('t', 'е'),
    ('y', 'н'),
    ('u', 'г'),
    ('i', 'ш'),
    ('o', 'щ'),
    ('p', 'з'),
    ('[', 'х'),
    (']', 'ъ'),
    ('a', 'ф'),
    ('s', 'ы'),
    ('d', 'в'),
    ('f', 'а'),
    ('g', 'п'),
    ('h', 'р'),
    ('j', 'о'),
    ('k', 'л'),
    ('l', 'д'),
    (';', 'ж'),
    ('\'', 'э'),
    ('z', 'я'),
    ('x', 'ч'),
    ('c', 'с'),
    ('v', 'м'),
    ('b', 'и'),
    ('n', 'т'),
    ('m', 'ь'),
    (',', 'б'),
    ('.', 'ю'),
    ('`', 'ё'),
];

/// The same keys on the other keyboard; none when nothing would change, or both scripts occur.
pub fn other(text: &str) -> Option<String> {
    let cyrillic = text.chars().any(|c| matches!(c, '\u{400}'..='\u{4ff}'));
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    if cyrillic == latin {
        return None;
    }
    let moved: String = text.chars().map(|c| if cyrillic { to_latin(c) } else { to_cyrillic(c) }).collect();
    (moved != text).then_some(moved)
}

fn to_latin(c: char) -> char {
    moved(c, |(latin, cyrillic), key| (*cyrillic == key).then_some(*latin))
}

fn to_cyrillic(c: char) -> char {
    // The Spanish keyboard has its own letter on that key.
    if matches!(c, 'ñ' | 'Ñ') {
        return 'ж';
    }
    moved(c, |(latin, cyrillic), key| (*latin == key).then_some(*cyrillic))
}

fn moved(c: char, find: impl Fn(&(char, char), char) -> Option<char>) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let Some(found) = KEYS.iter().find_map(|key| find(key, lower)) else { return c };
    if c.is_uppercase() { found.to_uppercase().next().unwrap_or(found) } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        for (typed, meant) in
            [("ghbynth", "принтер"), ("зкштеук", "printer"), ("мзт", "vpn"), ("Gjxnf", "Почта"), ("j,yjdktybt", "обновление")]
        {
            assert_eq!(other(typed).as_deref(), Some(meant));
        }
        assert_eq!(other("vpn сервер"), None);
        assert_eq!(other("48213"), None);
    }
}
