//! Pure analysis of text: what is found in it, and what a question asks for. No input or output.
//!
//! The same functions read the text of a record when it is indexed, the words of a question, and the
//! text that is read again for a hit, so the three can never disagree.

pub mod common;
pub mod layout;
pub mod leaf;
pub mod mark;
pub mod number;
pub mod phone;

mod chunk;
mod stem;

pub use chunk::{Chunk, Part, chunks};
pub use stem::{fingerprint, stems};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A run of letters and digits, folded.
    Word,
    /// A chunk with punctuation inside, whole: `srv-db01.corp.local`, `21:33:vf:cc`.
    Whole,
    /// A phone number from its end; see [`phone::token`].
    Phone,
}

/// A token of a text for the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub position: usize,
    pub form: Form,
    pub text: String,
}

/// What a text holds: its tokens and, at the same positions, the stems of its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysed {
    pub tokens: Vec<Token>,
    pub stems: Vec<(usize, String)>,
}

/// Tokens of one text at most: what comes after is not found by its words.
pub const MOST_TOKENS: usize = 40_000;

/// Reads a text.
pub fn analyse(text: &str) -> Analysed {
    let mut out = Analysed::default();
    let mut phones = phone::find(text).into_iter().peekable();
    let mut position = 0;
    let mut of_word = Vec::new();
    for chunk in chunks(text) {
        for whole in chunk.wholes() {
            out.tokens.push(Token { position, form: Form::Whole, text: whole });
        }
        for part in &chunk.parts {
            if let Some(found) = phones.next_if(|found| found.from < part.to) {
                out.tokens.push(Token { position, form: Form::Phone, text: phone::token(&found.digits) });
            }
            of_word.clear();
            stems(&part.folded, part.accented.as_deref(), &mut of_word);
            out.stems.extend(of_word.drain(..).map(|stem| (position, stem)));
            out.tokens.push(Token { position, form: Form::Word, text: part.folded.clone() });
            position += 1;
        }
        if out.tokens.len() > MOST_TOKENS {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str, form: Form) -> Vec<String> {
        analyse(text).tokens.into_iter().filter(|t| t.form == form).map(|t| t.text).collect()
    }

    #[test]
    fn identifiers_give_their_parts_and_the_whole() {
        for (text, whole, parts) in [
            ("MAC 21:33:vf:cc!", "21:33:vf:cc", vec!["mac", "21", "33", "vf", "cc"]),
            ("(ERR-0x80070005)", "err-0x80070005", vec!["err", "0x80070005"]),
            ("srv-db01.corp.local.", "srv-db01.corp.local", vec!["srv", "db01", "corp", "local"]),
            ("García-Márquez", "garcia-marquez", vec!["garcia", "marquez"]),
            ("<Ana.Nunez@Example.com>", "ana.nunez@example.com", vec!["ana", "nunez", "example", "com"]),
        ] {
            assert!(forms(text, Form::Whole).contains(&whole.to_owned()), "{text}: {:?}", forms(text, Form::Whole));
            assert_eq!(forms(text, Form::Word), parts, "{text}");
        }
        assert_eq!(forms("T.E. e-mail", Form::Whole), ["t.e", "te", "e-mail", "email"]);
        assert_eq!(forms("Ёжик и Йод", Form::Word), ["ежик", "и", "йод"]);
    }

    #[test]
    fn words_of_three_languages_meet_in_their_stems() {
        let meet = |a: &str, b: &str| {
            let (a, b) = (analyse(a).stems, analyse(b).stems);
            a.iter().any(|(_, x)| b.iter().any(|(_, y)| x == y))
        };
        for (a, b) in [
            ("принтера", "принтерами"),
            ("заявка", "заявки"),
            ("звёзды", "звезда"),
            ("impresora", "impresoras"),
            ("impresión", "impresiones"),
            ("imprimía", "imprimir"),
            ("printers", "printer"),
            ("failing", "fails"),
        ] {
            assert!(meet(a, b), "{a} {b}: {:?} {:?}", analyse(a).stems, analyse(b).stems);
        }
        assert!(!meet("принтер", "притон"));
    }

    #[test]
    fn a_phone_number_stands_at_its_first_digits() {
        let found = analyse("call +34 600 123 456 now");
        let phone = found.tokens.iter().find(|t| t.form == Form::Phone).unwrap();
        assert_eq!((phone.position, phone.text.as_str()), (1, "<654321006"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in ".{0,200}") {
            let found = analyse(&text);
            let last = found.tokens.iter().map(|t| t.position).max().unwrap_or(0);
            proptest::prop_assert!(found.stems.iter().all(|(at, _)| *at <= last));
            for chunk in chunks(&text) {
                for part in chunk.parts {
                    proptest::prop_assert!(text.get(part.from..part.to).is_some());
                }
            }
        }
    }
}
