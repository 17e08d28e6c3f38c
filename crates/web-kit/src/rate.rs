//! How often somebody may ask: a token bucket per key, in memory, bounded in size.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash, RandomState};

use http::{HeaderMap, HeaderName, HeaderValue};
use kernel::Time;
use parking_lot::Mutex;

/// So many at once, refilled at so many a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    pub burst: u32,
    pub per_second: u32,
}

/// What the limiter says of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub allowed: bool,
    pub limit: u32,
    pub remaining: u32,
    /// Seconds until the bucket is full again.
    pub reset: u32,
    /// Seconds until one more request is allowed; 0 when this one was.
    pub retry_after: u32,
}

const SHARDS: usize = 16;
/// Keys of one shard; more than 65,000 keys at a time are an attack or a very large site.
const SHARD_KEYS: usize = 4_096;

/// Buckets by key. A bucket is one number: the moment at which it will be full.
#[derive(Debug)]
pub struct RateLimiter<K> {
    shards: [Mutex<HashMap<K, i64>>; SHARDS],
    hasher: RandomState,
    burst: u32,
    /// Microseconds that one request costs.
    cost: i64,
}

impl<K: Hash + Eq> RateLimiter<K> {
    pub fn new(quota: Quota) -> Self {
        Self::every(quota.burst, Time::SECOND / i64::from(quota.per_second.max(1)))
    }

    /// Refilled by one for each `micros` microseconds: for what may happen seldom.
    pub fn every(burst: u32, micros: i64) -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::default()), hasher: RandomState::new(), burst: burst.max(1), cost: micros.max(1) }
    }

    /// Puts back what [`RateLimiter::take`] took, when it turned out not to count.
    pub fn give_back(&self, key: &K, now: Time) {
        let shard = usize::try_from(self.hasher.hash_one(key) % SHARDS as u64).unwrap_or(0);
        let Some(shard) = self.shards.get(shard) else { return };
        if let Some(at) = shard.lock().get_mut(key) {
            *at = (*at - self.cost).max(now.micros());
        }
    }

    /// Takes one request from the bucket of `key`, if one is there.
    pub fn take(&self, key: K, now: Time) -> Verdict {
        let shard = usize::try_from(self.hasher.hash_one(&key) % SHARDS as u64).unwrap_or(0);
        let Some(shard) = self.shards.get(shard) else { return self.verdict(true, 0) };
        let mut full_at = shard.lock();
        if full_at.len() >= SHARD_KEYS && !full_at.contains_key(&key) {
            make_room(&mut full_at, now);
        }
        let owed = full_at.get(&key).map_or(0, |at| (at - now.micros()).max(0));
        if owed + self.cost > self.capacity() {
            return self.verdict(false, owed);
        }
        full_at.insert(key, now.micros() + owed + self.cost);
        self.verdict(true, owed + self.cost)
    }

    fn capacity(&self) -> i64 {
        self.cost * i64::from(self.burst)
    }

    fn verdict(&self, allowed: bool, owed: i64) -> Verdict {
        let seconds = |micros: i64| {
            let whole = micros.max(0).saturating_add(Time::SECOND - 1) / Time::SECOND;
            u32::try_from(whole).unwrap_or(u32::MAX)
        };
        Verdict {
            allowed,
            limit: self.burst,
            remaining: u32::try_from((self.capacity() - owed) / self.cost).unwrap_or(0),
            reset: seconds(owed),
            retry_after: if allowed { 0 } else { seconds(owed + self.cost - self.capacity()).max(1) },
        }
    }
}

/// Full buckets need no entry. When all are in use the shard begins anew: a limiter that forgets is
/// better than one that eats the memory or shuts everybody out.
fn make_room<K: Hash + Eq>(full_at: &mut HashMap<K, i64>, now: Time) {
    full_at.retain(|_, at| *at > now.micros());
    if full_at.len() >= SHARD_KEYS {
        full_at.clear();
    }
}

impl Verdict {
    /// Adds `RateLimit-Limit`, `-Remaining` and `-Reset`, and `Retry-After` on a refusal.
    pub fn write(&self, headers: &mut HeaderMap) {
        let mut set = |name: &'static str, value: u32| {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        };
        set("ratelimit-limit", self.limit);
        set("ratelimit-remaining", self.remaining);
        set("ratelimit-reset", self.reset);
        if !self.allowed {
            set("retry-after", self.retry_after);
        }
    }

    /// The refusal as an error.
    ///
    /// # Errors
    /// The request was not allowed.
    pub fn ok(&self) -> kernel::Result<()> {
        if self.allowed {
            return Ok(());
        }
        Err(kernel::Error::new(kernel::ErrorKind::TooMany, "error-too-many").retry_after(self.retry_after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUOTA: Quota = Quota { burst: 3, per_second: 2 };

    #[test]
    fn a_bucket_empties_and_refills_by_the_clock() {
        let limiter = RateLimiter::new(QUOTA);
        let at = |ms: i64| Time(1_000_000_000 + ms * 1_000);
        let left = |ms| limiter.take("olga", at(ms)).remaining;
        assert_eq!([left(0), left(0), left(0)], [2, 1, 0]);
        let refused = limiter.take("olga", at(0));
        assert_eq!((refused.allowed, refused.retry_after, refused.reset), (false, 1, 2));
        assert!(!limiter.take("olga", at(499)).allowed);
        assert!(limiter.take("olga", at(500)).allowed);
        assert!(limiter.take("ivan", at(500)).allowed, "each key has its own bucket");
        assert_eq!(left(60_000), 2, "a bucket never holds more than the burst");
    }

    #[test]
    fn what_is_given_back_can_be_taken_again() {
        let limiter = RateLimiter::every(2, 10 * Time::SECOND);
        let take = || limiter.take("olga", Time(0)).allowed;
        assert_eq!([take(), take(), take()], [true, true, false]);
        limiter.give_back(&"olga", Time(0));
        limiter.give_back(&"ivan", Time(0));
        assert_eq!([take(), take()], [true, false]);
        let verdict = limiter.take("olga", Time(9_000_000));
        assert_eq!((verdict.allowed, verdict.retry_after), (false, 1));
    }

    #[test]
    fn a_flood_of_keys_does_not_fill_the_memory() {
        let limiter = RateLimiter::new(QUOTA);
        for key in 0..200_000 {
            assert!(limiter.take(key, Time(1)).allowed);
        }
        let kept: usize = limiter.shards.iter().map(|shard| shard.lock().len()).sum();
        assert!(kept <= SHARDS * SHARD_KEYS, "{kept}");
    }

    #[test]
    fn the_headers_say_when_to_come_back() {
        let limiter = RateLimiter::new(Quota { burst: 1, per_second: 1 });
        let mut headers = HeaderMap::new();
        limiter.take(1, Time(0)).write(&mut headers);
        assert_eq!((&headers["ratelimit-remaining"], headers.contains_key("retry-after")), (&HeaderValue::from(0), false));
        let refused = limiter.take(1, Time(0));
        refused.write(&mut headers);
        assert_eq!((&headers["retry-after"], &headers["ratelimit-limit"]), (&HeaderValue::from(1), &HeaderValue::from(1)));
        assert_eq!(refused.ok().unwrap_err().retry_seconds(), Some(1));
    }
}
