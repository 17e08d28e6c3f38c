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
