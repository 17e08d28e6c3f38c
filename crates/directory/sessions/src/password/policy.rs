//! Which passwords are accepted: long enough and not among the first guesses. There are no rules of
//! composition and no forced change, which make people choose worse ones.

use std::collections::HashSet;
use std::sync::LazyLock;

use kernel::{Error, Result, fold};

use super::Password;

/// The shortest password, in characters.
pub const MIN: usize = 8;
/// The longest password, in characters: more than anybody types, less than is a burden to hash.
pub const MAX: usize = 256;

/// Words of fewer letters stand in too many good passwords to be refused.
const OWN_WORD: usize = 4;

/// What attackers try first, folded; words without the digits and signs that people put behind them.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common.txt").lines().filter(|line| !line.is_empty()).collect());

/// Accepts a new password. `own` are the words that belong to its person: log-in, name, e-mail,
/// the name of the desk.
///
/// # Errors
/// It is too short, too long, or easily guessed; the error names `field`.
pub fn check(field: &'static str, password: &Password, own: &[&str]) -> Result<()> {
    let length = password.text().chars().count();
    if length < MIN {
        return Err(Error::invalid(field, "error-too-short").field_arg("min", MIN));
    }
    if length > MAX {
        return Err(Error::invalid(field, "error-too-long").field_arg("max", MAX));
    }
    let folded = fold(password.text());
    if is_common(&folded) {
        return Err(Error::invalid(field, "error-password-common"));
    }
    if own.iter().any(|words| is_own(&folded, words)) {
        return Err(Error::invalid(field, "error-password-own"));
    }
    Ok(())
}

fn is_common(folded: &str) -> bool {
    let bare = without_tail(folded);
    COMMON.contains(folded) || COMMON.contains(bare) || COMMON.contains(plain(bare).as_str()) || is_run(folded)
}

/// The same letter or sign over and over, or neighbours in the alphabet or among the digits.
fn is_run(text: &str) -> bool {
    let steps: HashSet<i64> =
        text.chars().zip(text.chars().skip(1)).map(|(a, b)| i64::from(u32::from(b)) - i64::from(u32::from(a))).collect();
    // 12345678901234567890 steps back once from 9 to 0.
    steps.iter().all(|step| *step == 0)
        || steps.iter().all(|step| matches!(step, 1 | -9))
        || steps.iter().all(|step| matches!(step, -1 | 9))
}

/// The whole password is one of the person's own words, but for digits and signs around it.
fn is_own(folded: &str, words: &str) -> bool {
    let bare = folded.trim_matches(|c: char| !c.is_alphabetic());
    let words = fold(words);
    let mut candidates = kernel::folded_words(&words);
    candidates.push(words.replace(' ', ""));
    candidates.push(words);
    candidates.iter().filter(|word| word.chars().count() >= OWN_WORD).any(|word| word == bare || word == folded)
}

fn without_tail(text: &str) -> &str {
    text.trim_end_matches(|c: char| !c.is_alphabetic())
}

/// The usual disguises taken off: `p@ssw0rd` is `password`.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '@' | '4' => 'a',
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<&'static str> {
        let own = ["olga.petrova@ria.example", "Ольга Петрова", "Ría Industries"];
        check("password", &Password::typed(text), &own).err().map(|error| error.fields()[0].code)
    }

    #[test]
    fn length_counts_characters_and_nothing_else_is_asked() {
        assert_eq!(refused("ёжик7ёж"), Some("error-too-short"));
        assert_eq!(refused("нож стол ёжик"), None);
        assert_eq!(refused("onlysmallletters"), None);
        assert_eq!(refused(&"ab c".repeat(64)), None);
        assert_eq!(refused(&"ab c".repeat(65)), Some("error-too-long"));
    }

    #[test]
    fn first_guesses_are_refused_in_their_usual_disguises() {
        for guess in [
            "password",
            "Password1",
            "P@ssw0rd!",
            "qwertyuiop",
            "12345678",
            "1234567890",
            "87654321",
            "aaaaaaaa",
            "abcdefgh",
            "Contraseña2026",
            "ПАРОЛЬ123",
            "йцукенгш",
            "Welcome2024!",
            "qwerty123",
            "letmein123",
            "iloveyou",
        ] {
            assert_eq!(refused(guess), Some("error-password-common"), "{guess}");
        }
        for fine in ["password for olga's cat", "correct horse battery", "12345678 sheep", "Xk3-mmu7Lp"] {
            assert_eq!(refused(fine), None, "{fine}");
        }
    }

    #[test]
    fn ones_own_name_is_no_password() {
        for own in ["olga.petrova@ria.example", "Petrova2026", "ольгапетрова", "industries!", "riaindustries1"] {
            assert_eq!(refused(own), Some("error-password-own"), "{own}");
        }
        assert_eq!(refused("petrova likes blue tea"), None);
    }

    #[test]
    fn the_list_is_folded() {
        for word in COMMON.iter() {
            assert_eq!(fold(word), **word, "written as it is compared");
        }
    }
}
