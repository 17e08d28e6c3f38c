//! Randomness as an argument: the operating system's in production, a seed in the demo and in tests.

use base64::Engine as _;
use parking_lot::Mutex;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

/// A source of random bytes.
pub trait Entropy: Send + Sync + 'static {
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator, fit for secrets.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // A machine without randomness cannot keep any secret: stopping is the only safe answer.
        #[expect(clippy::expect_used, reason = "no safe way to go on without randomness")]
        getrandom::fill(bytes).expect("the operating system gives randomness");
    }
}

/// A repeatable source for the demo and for tests; never for secrets.
#[derive(Debug)]
pub struct SeededEntropy(Mutex<StdRng>);

impl SeededEntropy {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().fill(bytes);
    }
}

/// A secret of 256 bits as 43 letters that are safe in a URL.
pub fn token(entropy: &dyn Entropy) -> String {
    let mut bytes = [0u8; 32];
    entropy.fill(&mut bytes);
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// A million, as somebody would collect them to guess the next: none comes twice, and in every place
    /// every byte comes about as often as any other. Chi-squared with 255 degrees of freedom is above 375 in
    /// one of two million places of a true generator; here are 32.
    #[test]
    fn a_million_tokens_tell_nothing_of_each_other() {
        const MANY: usize = 1_000_000;
        let mut seen = HashSet::with_capacity(MANY);
        let mut counts = vec![[0_u32; 256]; 32];
        for _ in 0..MANY {
            let token = token(&SystemEntropy);
            assert_eq!(token.len(), 43);
            let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(&token).unwrap();
            for (place, byte) in bytes.iter().enumerate() {
                counts[place][usize::from(*byte)] += 1;
            }
            assert!(seen.insert(<[u8; 32]>::try_from(bytes).unwrap()), "{token} came twice");
        }
        let expected = f64::from(u32::try_from(MANY).unwrap()) / 256.0;
        for (place, of) in counts.iter().enumerate() {
            let chi: f64 = of.iter().map(|n| (f64::from(*n) - expected).powi(2) / expected).sum();
            assert!((150.0..375.0).contains(&chi), "byte {place}: {chi}");
        }
    }
}
