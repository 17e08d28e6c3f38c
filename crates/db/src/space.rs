//! Room on the disk: writes are refused while there is still enough of it to sign in, to delete and
//! to close in order.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use kernel::{Error, Result};

use crate::Fault;

/// How often the disk is asked.
const EVERY: Duration = Duration::from_secs(1);

/// Bytes free and bytes in all where a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    pub free: u64,
    pub total: u64,
}

impl Space {
    /// Asks the system; `None` when it does not know.
    pub fn at(path: &Path) -> Option<Self> {
        fs4::statvfs(path).ok().map(|found| Self { free: found.available_space(), total: found.total_space() })
    }
}

/// Room that ordinary writes leave alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserve {
    /// At least so many bytes.
    pub bytes: u64,
    /// Or so many hundredths of the disk.
    pub percent: u64,
    /// But not more than so many bytes.
    pub most: u64,
}

impl Default for Reserve {
    fn default() -> Self {
        Self { bytes: 256 << 20, percent: 2, most: 4 << 30 }
    }
}

impl Reserve {
    /// For a machine with a disk of this size.
    pub fn of(&self, total: u64) -> u64 {
        self.bytes.max((total / 100).saturating_mul(self.percent).min(self.most))
    }
}

/// Asks the disk; a test's answers instead.
pub type Probe = Arc<dyn Fn(&Path) -> Option<Space> + Send + Sync>;

/// Refuses writes while the disk has less room than the reserve. Asks at most once a second.
#[derive(Clone)]
pub struct SpaceGuard(Arc<State>);

struct State {
    path: PathBuf,
    reserve: Reserve,
    probe: Probe,
    begun: Instant,
    /// Nanoseconds since `begun` at which the disk is asked again.
    again: AtomicU64,
    low: AtomicBool,
}

impl std::fmt::Debug for SpaceGuard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SpaceGuard").field("path", &self.0.path).field("reserve", &self.0.reserve).finish_non_exhaustive()
    }
}

impl SpaceGuard {
    pub fn new(path: impl Into<PathBuf>, reserve: Reserve) -> Self {
        Self::asking(path, reserve, Arc::new(Space::at))
    }

    pub(crate) fn asking(path: impl Into<PathBuf>, reserve: Reserve, probe: Probe) -> Self {
        let state =
            State { path: path.into(), reserve, probe, begun: Instant::now(), again: AtomicU64::new(0), low: AtomicBool::new(false) };
        Self(Arc::new(state))
    }

    /// Whether the reserve has been reached.
    pub fn is_low(&self) -> bool {
        let state = &*self.0;
        let now = nanos(state.begun.elapsed());
        let again = state.again.load(Ordering::Relaxed);
        let mine = now >= again && state.again.compare_exchange(again, now + nanos(EVERY), Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if mine && let Some(space) = (state.probe)(&state.path) {
            let low = space.free < state.reserve.of(space.total);
            if low != state.low.swap(low, Ordering::Relaxed) {
                tracing::warn!(low, free = space.free, path = %state.path.display(), "room on the disk");
            }
        }
        state.low.load(Ordering::Relaxed)
    }

    /// # Errors
    /// Storage (507) while the disk is nearly full.
    pub fn check(&self) -> Result<()> {
        if self.is_low() { Err(Error::from(Fault::DiskFull)) } else { Ok(()) }
    }
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
