//! Passwords: which are accepted, and how they are kept.

mod hasher;
mod policy;

pub use hasher::{Cost, Hasher, Standing, Verdict, hash_now};
pub use policy::{MAX, MIN, check};

use unicode_normalization::UnicodeNormalization as _;

/// A password in clear, in the form in which it is hashed; shows nothing when printed.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// As somebody typed it. Keyboards write the same letter in several ways (NFKC makes them one:
    /// NIST SP 800-63B, 3.1.1.2).
    pub fn typed(text: &str) -> Self {
        Self(text.nfkc().collect())
    }

    fn text(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(..)")
    }
}
