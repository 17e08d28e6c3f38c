//! Finding what should not have been written: numbers of payment cards, passwords, private keys, tokens
//! of known shapes. Values in, places out. It would rather miss one than take a phone number, an IBAN or a
//! serial number for one.

mod card;
mod password;
mod token;

use std::ops::Range;

use serde::{Deserialize, Serialize};

db::choice! {
    /// What kind of secret it is.
    SecretKind {
        /// The number of a payment card.
        Card "card",
        /// A private key.
        Key "key",
        /// A token of a known shape.
        Token "token",
        Password "password",
    }
}

db::choice! {
    /// What the desk does about one.
    SecretRule {
        /// It is taken out before anybody reads it; what it was is kept encrypted.
        Mask "mask",
        /// It stays, and a line says so.
        Warn "warn",
        Off "off",
    }
}

/// What the desk does about each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretPolicy {
    pub card: SecretRule,
    pub key: SecretRule,
    pub token: SecretRule,
    pub password: SecretRule,
}

impl Default for SecretPolicy {
    fn default() -> Self {
        Self { card: SecretRule::Mask, key: SecretRule::Mask, token: SecretRule::Mask, password: SecretRule::Warn }
    }
}

impl SecretPolicy {
    pub const fn of(&self, kind: SecretKind) -> SecretRule {
        match kind {
            SecretKind::Card => self.card,
            SecretKind::Key => self.key,
            SecretKind::Token => self.token,
            SecretKind::Password => self.password,
        }
    }
    pub const fn of_mut(&mut self, kind: SecretKind) -> &mut SecretRule {
        match kind {
            SecretKind::Card => &mut self.card,
            SecretKind::Key => &mut self.key,
            SecretKind::Token => &mut self.token,
            SecretKind::Password => &mut self.password,
        }
    }
}

/// A secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    pub kind: SecretKind,
    /// In bytes.
    pub place: Range<usize>,
}

impl Secret {
    /// What stands in its place: of a card the last four digits, of everything else nothing.
    pub fn shown(&self, text: &str) -> String {
        let digits = || text.get(self.place.clone()).unwrap_or_default().chars().filter(char::is_ascii_digit);
        match self.kind {
            SecretKind::Card => {
                let last: String = digits().skip(digits().count().saturating_sub(4)).collect();
                format!("••••{last}")
            }
            SecretKind::Password | SecretKind::Key | SecretKind::Token => "••••••••".to_owned(),
        }
    }
}

/// The secrets of a text in their order; none within another.
pub fn find(text: &str) -> Vec<Secret> {
    let mut found: Vec<Secret> = Vec::new();
    // What is surer goes before what lies over it.
    let of = |kind, places: Vec<Range<usize>>| places.into_iter().map(move |place| Secret { kind, place });
    let all = of(SecretKind::Key, token::keys(text))
        .chain(of(SecretKind::Token, token::tokens(text)))
        .chain(of(SecretKind::Card, card::cards(text)))
        .chain(of(SecretKind::Password, password::passwords(text)));
    for secret in all {
        if !found.iter().any(|known| known.place.start < secret.place.end && secret.place.start < known.place.end) {
            found.push(secret);
        }
    }
    found.sort_by_key(|secret| secret.place.start);
    found
}

/// Whether what stands before a place belongs to the same word.
fn joined_before(text: &str, at: usize, also: &[char]) -> bool {
    text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(|c| c.is_alphanumeric() || also.contains(&c))
}

/// Whether what stands after a place belongs to the same word.
fn joined_after(text: &str, at: usize, also: &[char]) -> bool {
    text.get(at..).and_then(|after| after.chars().next()).is_some_and(|c| c.is_alphanumeric() || also.contains(&c))
}

#[cfg(test)]
mod tests;
