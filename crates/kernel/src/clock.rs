//! Time as a value: microseconds since 1970 in UTC, drawn from a clock that is passed in.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A moment: microseconds since 1970-01-01T00:00:00Z, as stored in every BIGINT time column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    /// The largest moment: stands for "none" in columns that sort, such as the next due time.
    pub const NEVER: Time = Time(i64::MAX);
    pub const SECOND: i64 = 1_000_000;
    pub const MINUTE: i64 = 60 * Self::SECOND;
    pub const HOUR: i64 = 60 * Self::MINUTE;
    pub const DAY: i64 = 24 * Self::HOUR;

    pub const fn micros(self) -> i64 {
        self.0
    }
    pub const fn from_seconds(seconds: i64) -> Self {
        Time(seconds * Self::SECOND)
    }
    /// This moment moved by `micros` (negative: earlier); stops at the ends of the range.
    pub const fn plus(self, micros: i64) -> Self {
        Time(self.0.saturating_add(micros))
    }
    /// RFC 3339 in UTC with microseconds only when there are any.
    pub fn to_rfc3339(self) -> String {
        self.timestamp().to_string()
    }
    /// The same moment for calendar arithmetic; moments beyond jiff's range become its ends.
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX })
    }
    /// Reads RFC 3339 with any offset.
    ///
    /// # Errors
    /// The text is no date and time with an offset.
    pub fn from_rfc3339(text: &str) -> std::result::Result<Self, jiff::Error> {
        text.trim().parse::<jiff::Timestamp>().map(|t| Time(t.as_microsecond()))
    }
}

/// Where the time comes from. Production has one [`SystemClock`]; tests turn a [`MockClock`].
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Time;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Time {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Time(since.map_or(0, |d| i64::try_from(d.as_micros()).unwrap_or(i64::MAX)))
    }
}

/// A clock that a test sets; copies share the hand.
#[derive(Debug, Clone)]
pub struct MockClock(Arc<AtomicI64>);

impl MockClock {
    pub fn at(time: Time) -> Self {
        Self(Arc::new(AtomicI64::new(time.0)))
    }
    pub fn advance(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
    pub fn set(&self, time: Time) {
        self.0.store(time.0, Ordering::SeqCst);
    }
}

impl Clock for MockClock {
    fn now(&self) -> Time {
        Time(self.0.load(Ordering::SeqCst))
    }
}
