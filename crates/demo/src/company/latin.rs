//! Names in Latin letters: for mail addresses and for texts in other languages.

use kernel::Lang;

/// Lower-case ASCII letters and dashes: Cyrillic transliterated, accents dropped.
pub(super) fn latin(name: &str) -> String {
    let mut out = String::new();
    for letter in kernel::fold(name).chars() {
        match letter {
            'a'..='z' => out.push(letter),
            ' ' | '-' => out.push('-'),
            _ => out.push_str(cyrillic(letter)),
        }
    }
    out
}

/// A name as it stands in a text of that language: Cyrillic only in Russian.
pub(crate) fn in_latin(name: &str, lang: Lang) -> String {
    let foreign = name.chars().any(|c| matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'));
    if lang == Lang::Ru || !foreign {
        return name.to_owned();
    }
    let words: Vec<String> = name.split(' ').map(|word| capital(&latin(word))).collect();
    words.join(" ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A folded letter; folding has already made `ё` an `е`.
fn cyrillic(letter: char) -> &'static str {
    match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use kernel::Lang;

    use super::{in_latin, latin};

    #[test]
    fn names_become_addresses() {
        assert_eq!(latin("José Luis"), "jose-luis");
        assert_eq!(latin("Жулдыз"), "zhuldyz");
        assert_eq!(latin("Ковалёв"), "kovalev");
        assert_eq!(latin("Núñez"), "nunez");
    }

    #[test]
    fn names_keep_their_letters_where_they_belong() {
        assert_eq!(in_latin("Сауле Омарова", Lang::En), "Saule Omarova");
        assert_eq!(in_latin("Сауле Омарова", Lang::Ru), "Сауле Омарова");
        assert_eq!(in_latin("Íñigo Peña", Lang::Ru), "Íñigo Peña");
    }
}
