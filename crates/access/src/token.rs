//! What a token may be used for: an object, to read or to change.

use std::fmt;

use crate::{Object, Verb};

/// One scope of a token, written `ticket:read` or `ticket:write`. Changing does not include reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenScope {
    pub object: Object,
    pub write: bool,
}

impl TokenScope {
    /// All scopes there are.
    pub fn all() -> impl Iterator<Item = TokenScope> {
        Object::ALL.iter().flat_map(|&object| {
            let has = move |write: bool| object.verbs().iter().any(|v| v.reads() != write);
            [false, true].into_iter().filter(move |&write| has(write)).map(move |write| TokenScope { object, write })
        })
    }
    /// The scope a verb needs.
    pub const fn of(verb: Verb) -> Self {
        Self { object: verb.object(), write: !verb.reads() }
    }
    /// Reads a scope that exists.
    pub fn parse(text: &str) -> Option<Self> {
        let (object, mode) = text.trim().split_once(':')?;
        let scope = Self {
            object: Object::from_key(object)?,
            write: match mode {
                "read" => false,
                "write" => true,
                _ => return None,
            },
        };
        Self::all().any(|known| known == scope).then_some(scope)
    }
}

impl fmt::Display for TokenScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.object.key(), if self.write { "write" } else { "read" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_they_are_written() {
        for scope in TokenScope::all() {
            assert_eq!(TokenScope::parse(&scope.to_string()), Some(scope));
        }
        assert_eq!(TokenScope::of(Verb::TicketReply).to_string(), "ticket:write");
        for wrong in ["ticket", "ticket:all", "audit:write", "*"] {
            assert_eq!(TokenScope::parse(wrong), None, "{wrong}");
        }
    }
}
