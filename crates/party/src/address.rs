//! How a person is reached. An address is never identity.

use kernel::{PersonId, Time, fold};

use crate::words::digits;

db::choice! {
    /// What sort of address it is; `tag` is a badge or an inventory tag.
    AddressKind {
        Email "email",
        Phone "phone",
        Mobile "mobile",
        Room "room",
        Tag "tag",
    }
}

impl AddressKind {
    /// The form that is compared. Mail addresses fold ASCII letters only: wider folding would let
    /// two different mailboxes look alike, and a reset link would go to the wrong one.
    pub fn value_key(self, value: &str) -> String {
        match self {
            AddressKind::Email => value.trim().to_ascii_lowercase(),
            AddressKind::Phone | AddressKind::Mobile => digits(value),
            AddressKind::Room | AddressKind::Tag => fold(value),
        }
    }
}

db::row! {
    pub struct Address {
        pub person: PersonId,
        pub kind: AddressKind,
        pub value: String,
        pub value_key: String,
        pub verified_at: Option<Time>,
        /// The one to use among those of its kind.
        pub main: bool,
    }
}

/// An address to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAddress {
    pub kind: AddressKind,
    pub value: String,
    pub verified_at: Option<Time>,
    pub main: bool,
}

impl NewAddress {
    /// A main address that nobody has proved yet.
    pub fn main(kind: AddressKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), verified_at: None, main: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alike_mailboxes_stay_apart() {
        // KELVIN SIGN lower-cases to k and would make one mailbox answer for another.
        assert_ne!(AddressKind::Email.value_key("mi\u{212a}e@example.com"), AddressKind::Email.value_key("mike@example.com"));
        assert_eq!(AddressKind::Email.value_key(" Mike@Example.COM "), "mike@example.com");
        assert_eq!(AddressKind::Phone.value_key("+34 (91) 555-01-02"), "34915550102");
    }
}
