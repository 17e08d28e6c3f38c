//! How long things live, all in microseconds. Documented for operators (ASVS 7.1).

use kernel::Time;

/// The life of sessions; what else ends by time is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetimes {
    /// A session ends when nobody has used it for so long.
    pub idle: i64,
    /// A session ends so long after the log-in, however much it is used.
    pub absolute: i64,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { idle: 12 * Time::HOUR, absolute: 7 * Time::DAY }
    }
}

impl Lifetimes {
    /// The idle end of a session that was used at `seen` and ends at `expires` at the latest.
    pub fn idle_end(&self, seen: Time, expires: Time) -> Time {
        seen.plus(self.idle).min(expires)
    }
}

/// A link to choose a password.
pub const RESET: i64 = 30 * Time::MINUTE;
/// The code that sets up an empty desk; each start prints a new one.
pub const SET_UP: i64 = Time::DAY;
/// A browser stays known so long after its last log-in.
pub const BROWSER: i64 = 365 * Time::DAY;
/// The longest life of an API token, in days.
pub const TOKEN_DAYS: i64 = 366;
