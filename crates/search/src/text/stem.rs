//! The stems of a word: Cyrillic words by Russian rules, Latin ones by English and by Spanish rules,
//! so that nobody needs to know in which language a text or a question is.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::OnceLock;

use frostem::{Algorithm, Stemmer};
use kernel::fold;

/// Letters of a word that has other forms.
const SHORTEST: usize = 3;
const LONGEST: usize = 40;

struct Stemmers {
    english: Stemmer,
    spanish: Stemmer,
    russian: Stemmer,
}

fn stemmers() -> &'static Stemmers {
    static ALL: OnceLock<Stemmers> = OnceLock::new();
    ALL.get_or_init(|| Stemmers {
        english: Stemmer::new(Algorithm::English),
        spanish: Stemmer::new(Algorithm::Spanish),
        russian: Stemmer::new(Algorithm::Russian),
    })
}

/// Adds the stems of a word, each once. Spanish endings need its accents; what was typed without them is
/// met by the stem of the folded word.
pub fn stems(folded: &str, accented: Option<&str>, out: &mut Vec<String>) {
    let letters = folded.chars().count();
    if !(SHORTEST..=LONGEST).contains(&letters) || !folded.chars().all(char::is_alphabetic) {
        return;
    }
    let all = stemmers();
    let mut add = |stem: String| {
        if !out.contains(&stem) {
            out.push(stem);
        }
    };
    if folded.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}')) {
        add(all.russian.stem(folded).into_owned());
        return;
    }
    add(all.english.stem(folded).into_owned());
    add(all.spanish.stem(folded).into_owned());
    if let Some(accented) = accented {
        add(fold(&all.spanish.stem(accented)));
    }
}

/// Changes with the rules of analysis: an index made by other rules is made anew.
pub fn fingerprint() -> u64 {
    const SAMPLE: &str = "The printers aren't printing, ERR-0x80070005 on srv-db01.corp.local; las impresoras no imprimían, \
        canciones y contraseñas; принтеры не печатали, звёзды и ёлки, подключения; +34 600 123 456, T.E., e-mail";
    let found = super::analyse(SAMPLE);
    // Fixed keys: the same in every process.
    let mut hasher = DefaultHasher::new();
    for token in &found.tokens {
        (token.position, &token.text).hash(&mut hasher);
    }
    found.stems.hash(&mut hasher);
    hasher.finish()
}
