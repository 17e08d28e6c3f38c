//! Secrets that are handed to a browser, a person or a program once and kept as a digest only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::Value;
use kernel::Entropy;
use sha2::{Digest as _, Sha256};

/// 256 random bits as 43 letters; shows nothing when printed.
#[derive(Clone)]
pub struct Secret(String);

/// SHA-256 of a secret: what is stored and looked up. A look-up by the digest of something with 256
/// bits of chance tells a guesser nothing by its timing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Secret {
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self(kernel::token(entropy))
    }

    /// A secret as it came back; none when the text cannot be one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == 32).then(|| Self(text.to_owned()))
    }

    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.0.as_bytes()).into())
    }

    /// The secret itself, for the one place that hands it out.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<Digest> for Value<'_> {
    fn from(digest: Digest) -> Self {
        Value::from(digest.0.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::SystemEntropy;

    #[test]
    fn only_whole_secrets_are_read() {
        let secret = Secret::new(&SystemEntropy);
        let text = secret.reveal();
        assert_eq!(text.len(), 43);
        assert_eq!(Secret::parse(text).map(|s| s.digest()), Some(secret.digest()));
        let shorter = &text[..42];
        for wrong in ["", " ", "NULL", "null", "[]", "a", shorter, &format!("{text}A"), &format!("{text}=")] {
            assert!(Secret::parse(wrong).is_none(), "{wrong}");
        }
        assert!(!format!("{secret:?}").contains(text));
    }

    #[test]
    fn a_letter_of_another_case_is_another_secret() {
        let secret = Secret::new(&SystemEntropy);
        let turned: String =
            secret.reveal().chars().map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect();
        assert!(Secret::parse(&turned).is_none_or(|other| other.digest() != secret.digest()));
    }
}
