//! Argon2id, on threads that may block, with a bound on how much of it runs at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use argon2::password_hash::phc;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Entropy, Error, ErrorKind, Result};
use party::PasswordHash;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Password;

/// Hashes that may wait for their turn: more than this is a flood, and waiting would not help.
const QUEUE: usize = 64;

/// What one hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl Cost {
    /// 19 MiB, two passes, one lane: the first recommendation of the OWASP Password Storage Cheat
    /// Sheet for Argon2id, about 20 ms on a server of today.
    pub const STRONG: Cost = Cost { memory: 19 * 1024, passes: 2, lanes: 1 };
    /// As cheap as the algorithm allows: for tests and for made-up people, never for a real desk.
    pub const TRIVIAL: Cost = Cost { memory: 8, passes: 1, lanes: 1 };

    fn argon(self) -> Result<Argon2<'static>> {
        let params = Params::new(self.memory, self.passes, self.lanes, None).map_err(|error| Error::internal(error.to_string()))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// What a comparison found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub matches: bool,
    /// The stored hash was made at another cost than today's.
    pub outdated: bool,
}

/// Who wants a password weighed. Each has a lane of its own, so that a flood of strangers does not
/// keep people waiting of whom something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Stranger,
    /// A browser that has signed in to the account before, or a session, or a link.
    Known,
}

/// Hashes and compares passwords. A bounded number runs at once, each with its memory, and a bounded
/// number waits: a flood of log-ins can take neither all processors nor all memory.
#[derive(Debug)]
pub struct Hasher {
    cost: Cost,
    stranger: PasswordHash,
    strangers: Lane,
    known: Lane,
    compared: AtomicU64,
}

#[derive(Debug)]
struct Lane {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Hasher {
    /// `parallel` at once for strangers, half as many besides for people who are known.
    ///
    /// # Errors
    /// The cost is outside of what the algorithm allows.
    pub fn new(cost: Cost, parallel: usize, entropy: &dyn Entropy) -> Result<Self> {
        let mut nobody = [0_u8; 32];
        entropy.fill(&mut nobody);
        let stranger = compute(cost, &nobody, &salt(entropy))?;
        Ok(Self { cost, stranger, strangers: Lane::of(parallel), known: Lane::of(parallel / 2), compared: AtomicU64::new(0) })
    }

    /// With the delivered cost, one hash at a time for each processor.
    ///
    /// # Errors
    /// None that can happen: the delivered cost is allowed.
    pub fn strong(entropy: &dyn Entropy) -> Result<Self> {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::new(Cost::STRONG, processors, entropy)
    }

    /// The hash of a new password; whoever sets one is known.
    ///
    /// # Errors
    /// `Busy` when too many wait already.
    pub async fn hash(&self, password: &Password, entropy: &dyn Entropy) -> Result<PasswordHash> {
        let (cost, password, salt) = (self.cost, password.clone(), salt(entropy));
        self.known.run(move || compute(cost, password.text().as_bytes(), &salt)).await
    }

    /// Compares a password with a stored hash; without one, with the hash of a password that nobody
    /// has, so that an unknown account takes as long as a known one.
    ///
    /// # Errors
    /// `Busy` when too many wait already; the stored text is no hash.
    pub async fn verify(&self, password: &Password, stored: Option<&PasswordHash>, standing: Standing) -> Result<Verdict> {
        let exists = stored.is_some();
        let lane = match standing {
            Standing::Stranger => &self.strangers,
            Standing::Known => &self.known,
        };
        let (cost, password) = (self.cost, password.clone());
        let stored = stored.unwrap_or(&self.stranger).clone();
        let verdict = lane.run(move || compare(cost, &password, &stored)).await?;
        self.compared.fetch_add(1, Ordering::Relaxed);
        Ok(Verdict { matches: verdict.matches && exists, ..verdict })
    }

    /// How many comparisons there were.
    pub fn compared(&self) -> u64 {
        self.compared.load(Ordering::Relaxed)
    }
}

impl Lane {
    fn of(parallel: usize) -> Self {
        Self { turns: Arc::new(Semaphore::new(parallel.max(1))), waiting: AtomicUsize::new(0) }
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let turn = self.turn().await?;
        let done = tokio::task::spawn_blocking(move || {
            // Held by the work itself: a caller who goes away does not make room for more.
            let _turn = turn;
            work()
        });
        done.await.map_err(Error::internal)?
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit> {
        let place = Place::take(&self.waiting)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Error::internal);
        drop(place);
        turn
    }
}

/// A place in the queue, given back also by a caller who stops waiting.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Self> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::SeqCst) >= QUEUE {
            return Err(Error::new(ErrorKind::Busy, "error-busy").retry_after(2));
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn salt(entropy: &dyn Entropy) -> [u8; 16] {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    salt
}

fn compute(cost: Cost, password: &[u8], salt: &[u8]) -> Result<PasswordHash> {
    let hash: phc::PasswordHash =
        cost.argon()?.hash_password_with_salt(password, salt).map_err(|error| Error::internal(error.to_string()))?;
    Ok(PasswordHash::new(hash.to_string()))
}

fn compare(cost: Cost, password: &Password, stored: &PasswordHash) -> Result<Verdict> {
    let hash = phc::PasswordHash::new(stored.phc()).map_err(|error| Error::internal(error.to_string()))?;
    let params = Params::try_from(&hash).map_err(|error| Error::internal(error.to_string()))?;
    let today = (params.m_cost(), params.t_cost(), params.p_cost()) == (cost.memory, cost.passes, cost.lanes);
    // The parameters of the stored hash rule; the comparison inside is in constant time.
    let matches = cost.argon()?.verify_password(password.text().as_bytes(), &hash).is_ok();
    Ok(Verdict { matches, outdated: !today })
}

/// Hashes in place, for commands that make accounts outside of a server.
///
/// # Errors
/// The cost is outside of what the algorithm allows.
pub fn hash_now(cost: Cost, password: &Password, entropy: &dyn Entropy) -> Result<PasswordHash> {
    compute(cost, password.text().as_bytes(), &salt(entropy))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::SystemEntropy;

    fn hasher(parallel: usize) -> Hasher {
        Hasher::new(Cost::TRIVIAL, parallel, &SystemEntropy).unwrap()
    }

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let hasher = hasher(2);
        let stored = hasher.hash(&Password::typed("Ёжик в тумане"), &SystemEntropy).await.unwrap();
        assert!(stored.phc().starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{}", stored.phc());
        let verdict = hasher.verify(&Password::typed("Ёжик в тумане"), Some(&stored), Standing::Known).await.unwrap();
        assert_eq!(verdict, Verdict { matches: true, outdated: false });
        // The same letter as two characters, as some keyboards send it.
        assert!(hasher.verify(&Password::typed("Е\u{308}жик в тумане"), Some(&stored), Standing::Known).await.unwrap().matches);
        assert!(!hasher.verify(&Password::typed("ёжик в тумане"), Some(&stored), Standing::Known).await.unwrap().matches);
        let again = hasher.hash(&Password::typed("Ёжик в тумане"), &SystemEntropy).await.unwrap();
        assert_ne!(stored, again, "salted");
    }

    #[tokio::test]
    async fn an_unknown_account_costs_the_same_comparison_and_never_matches() {
        let hasher = hasher(1);
        let verdict = hasher.verify(&Password::typed("anything at all"), None, Standing::Stranger).await.unwrap();
        assert_eq!((verdict.matches, hasher.compared()), (false, 1));
        assert!(hasher.stranger.phc().starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "at the cost of the others");
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_still_matches_and_is_known_to_be_old() {
        let password = Password::typed("correct horse battery");
        let older = Cost { passes: 2, ..Cost::TRIVIAL };
        let stored = hash_now(older, &password, &SystemEntropy).unwrap();
        assert_eq!(
            hasher(1).verify(&password, Some(&stored), Standing::Stranger).await.unwrap(),
            Verdict { matches: true, outdated: true }
        );
    }

    #[tokio::test]
    async fn strangers_beyond_the_queue_are_refused_and_others_pass_them() {
        let hasher = hasher(1);
        let _busy = Arc::clone(&hasher.strangers.turns).acquire_owned().await.unwrap();
        let password = Password::typed("flood flood flood");
        let mut waiting: Vec<_> = (0..QUEUE).map(|_| Box::pin(hasher.verify(&password, None, Standing::Stranger))).collect();
        for attempt in &mut waiting {
            assert!(poll_once(attempt).await.is_none(), "waits");
        }
        assert_eq!(hasher.verify(&password, None, Standing::Stranger).await.unwrap_err().kind(), ErrorKind::Busy);
        hasher.verify(&password, None, Standing::Known).await.unwrap();
        // Callers who hang up make room.
        drop(waiting);
        assert_eq!(hasher.strangers.waiting.load(Ordering::SeqCst), 0);
    }

    async fn poll_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
        std::future::poll_fn(|context| match std::pin::Pin::new(&mut *future).poll(context) {
            std::task::Poll::Ready(value) => std::task::Poll::Ready(Some(value)),
            std::task::Poll::Pending => std::task::Poll::Ready(None),
        })
        .await
    }
}
