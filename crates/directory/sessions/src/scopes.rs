//! What an API token may do: everything its person may read, everything, or some objects.

use std::collections::BTreeSet;
use std::fmt;

use access::TokenScope;
use kernel::{Error, Result};

/// The scopes of a token as they were chosen. `read` and `write` also hold for objects that a later
/// version adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes {
    /// Whatever the person may read.
    read: bool,
    /// Whatever the person may do, reading included.
    write: bool,
    some: BTreeSet<TokenScope>,
}

impl Scopes {
    /// Reads `read`, `write`, or scopes such as `ticket:read`.
    ///
    /// # Errors
    /// There is none, or one of them does not exist.
    pub fn parse<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let mut scopes = Self::default();
        for word in words {
            match word {
                "read" => scopes.read = true,
                "write" => scopes.write = true,
                other => {
                    let known =
                        TokenScope::parse(other).ok_or_else(|| Error::invalid("scopes", "error-token-scope").field_arg("scope", other))?;
                    scopes.some.insert(known);
                }
            }
        }
        if scopes == Self::default() {
            return Err(Error::invalid("scopes", "error-required"));
        }
        Ok(scopes)
    }

    /// From the stored text. A scope that this version does not know grants nothing.
    pub(crate) fn of_text(text: &str) -> Self {
        let mut scopes = Self::default();
        for word in text.split(' ') {
            match word {
                "read" => scopes.read = true,
                "write" => scopes.write = true,
                other => scopes.some.extend(TokenScope::parse(other)),
            }
        }
        scopes
    }

    /// Every scope that is granted.
    pub fn granted(&self) -> BTreeSet<TokenScope> {
        TokenScope::all().filter(|scope| self.write || (self.read && !scope.write) || self.some.contains(scope)).collect()
    }

    pub fn reads(&self) -> bool {
        self.read
    }
    pub fn writes(&self) -> bool {
        self.write
    }
    /// The words, as in the API.
    pub fn words(&self) -> Vec<String> {
        let general = [(self.read, "read"), (self.write, "write")];
        let general = general.into_iter().filter(|(on, _)| *on).map(|(_, word)| word.to_owned());
        general.chain(self.some.iter().map(TokenScope::to_string)).collect()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().join(" "))
    }
}

impl db::FromColumn for Scopes {
    const TYPE: db::ColumnType = db::ColumnType::Text;
    fn from_column(row: &db::RawRow<'_>, index: usize) -> Result<Self> {
        String::from_column(row, index).map(|text| Self::of_text(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use access::Verb;

    #[test]
    fn scopes_are_chosen_whole_or_by_object() {
        let granted = |words: &[&str]| Scopes::parse(words.iter().copied()).unwrap().granted();
        let (see, reply) = (TokenScope::of(Verb::TicketSee), TokenScope::of(Verb::TicketReply));
        assert!(granted(&["read"]).contains(&see) && !granted(&["read"]).contains(&reply));
        assert!(granted(&["write"]).contains(&see) && granted(&["write"]).contains(&reply));
        assert_eq!(granted(&["ticket:write"]).into_iter().collect::<Vec<_>>(), [reply]);
        for wrong in [&["ticket"][..], &["read", "all"], &["*"], &[""], &[]] {
            assert!(Scopes::parse(wrong.iter().copied()).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn stored_scopes_come_back_and_unknown_ones_grant_nothing() {
        let scopes = Scopes::parse(["ticket:read", "read"]).unwrap();
        assert_eq!(Scopes::of_text(&scopes.to_string()), scopes);
        assert!(Scopes::of_text("rocket:write").granted().is_empty());
        assert!(Scopes::of_text("").granted().is_empty());
    }
}
