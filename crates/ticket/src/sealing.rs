//! Keeping what was masked so that only the desk can read it: ChaCha20-Poly1305 with a key that stands in
//! no database. What is sealed belongs to its place: moved to another one it does not open.

use kernel::{Entropy, Error, Result};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// The key of a desk.
pub struct Sealer(LessSafeKey);

impl Sealer {
    /// # Errors
    /// Never for 32 bytes.
    pub fn new(key: &[u8; 32]) -> Result<Self> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, key).map_err(|error| Error::internal(error.to_string()))?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Encrypts a text for a place: a nonce of its own, then what it became.
    ///
    /// # Errors
    /// The text is longer than the cipher takes.
    pub fn seal(&self, entropy: &dyn Entropy, place: &str, text: &str) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        entropy.fill(&mut nonce);
        let mut body = text.as_bytes().to_vec();
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place.as_bytes()), &mut body)
            .map_err(|error| Error::internal(error.to_string()))?;
        let mut sealed = nonce.to_vec();
        sealed.extend(body);
        Ok(sealed)
    }

    /// The text; nothing when another key has sealed it, or for another place.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Option<String> {
        let (nonce, body) = sealed.split_at_checked(NONCE_LEN)?;
        let (nonce, mut body) = (Nonce::try_assume_unique_for_key(nonce).ok()?, body.to_vec());
        let text = self.0.open_in_place(nonce, Aad::from(place.as_bytes()), &mut body).ok()?;
        String::from_utf8(text.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use kernel::SeededEntropy;

    use super::*;

    #[test]
    fn only_the_same_key_opens_it_at_the_same_place() {
        let (ours, theirs) = (Sealer::new(&[1; 32]).expect("a key"), Sealer::new(&[2; 32]).expect("a key"));
        let entropy = SeededEntropy::new(7);
        let sealed = ours.seal(&entropy, "7/1", "4111 1111 1111 1111").expect("short enough");
        assert_eq!(ours.open("7/1", &sealed).as_deref(), Some("4111 1111 1111 1111"));
        assert!(!sealed.windows(4).any(|part| part == b"4111"));
        assert_ne!(ours.seal(&entropy, "7/1", "4111 1111 1111 1111").expect("short enough"), sealed);
        assert_eq!((ours.open("7/2", &sealed), theirs.open("7/1", &sealed), ours.open("7/1", &[0; 5])), (None, None, None));
    }
}
