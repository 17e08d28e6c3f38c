//! Folding: the form of a text that is compared, sorted and searched, made in Rust so that both
//! databases see the same bytes.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The folded form: compatibility decomposition, marks removed, lower case, `ё` as `е`, runs of
/// white space as one blank. `й` stays a letter of its own.
pub fn fold(text: &str) -> String {
    plainly(text).unwrap_or_else(|| wholly(text))
}

/// Letters whose folded form is one letter that does not depend on their neighbours, as no mark follows
/// them: most texts of the three languages hold nothing else.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '!'..='~' => c.to_ascii_lowercase(),
        'а'..='я' => c,
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20)?,
        'ё' | 'Ё' => 'е',
        'á' | 'Á' => 'a',
        'é' | 'É' => 'e',
        'í' | 'Í' => 'i',
        'ó' | 'Ó' => 'o',
        'ú' | 'Ú' | 'ü' | 'Ü' => 'u',
        'ñ' | 'Ñ' => 'n',
        '¿' | '¡' | '«' | '»' | '–' | '—' => c,
        _ => return None,
    })
}

/// [`fold`] for a text of plain letters and blanks.
fn plainly(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, ' ' | '\n' | '\r' | '\t') {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(plain(c)?);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    Some(out)
}

/// [`fold`] for any text.
fn wholly(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for raw in text.nfc() {
        // й and ў decompose into a base letter and a mark, yet they are letters of the alphabet.
        if matches!(raw, 'й' | 'Й' | 'ў' | 'Ў') {
            out.extend(raw.to_lowercase());
            blank = false;
            continue;
        }
        for c in std::iter::once(raw).nfkd() {
            if is_combining_mark(c)
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\0')
            {
                continue;
            }
            if c.is_whitespace() || c.is_control() {
                if !blank {
                    out.push(' ');
                }
                blank = true;
                continue;
            }
            blank = false;
            out.extend(c.to_lowercase());
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// The words of a text in folded form: runs of letters and digits.
pub fn folded_words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Up to two initials for an avatar: of the first and the last word.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let first = words.first().and_then(|w| w.chars().next());
    let last = if words.len() > 1 { words.last().and_then(|w| w.chars().next()) } else { None };
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_yo_are_folded_and_short_i_is_kept() {
        assert_eq!(fold("  Impresión  NO\u{a0}funciona "), "impresion no funciona");
        assert_eq!(fold("Ёлка и Йогурт"), "елка и йогурт");
        assert_eq!(fold("Straße ﬁn"), "straße fin");
        assert_eq!(folded_words("E-mail: a@b.com"), ["e", "mail", "a", "b", "com"]);
        assert_eq!(initials("María del Carmen Núñez"), "MN");
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".{0,40}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn plain_letters_fold_as_all_letters_do(text in "[ -~а-яА-ЯёЁ¡-ÿ\\n\\t–—\u{301}\u{306}]{0,40}") {
            proptest::prop_assert_eq!(fold(&text), wholly(&text));
        }
    }
}
