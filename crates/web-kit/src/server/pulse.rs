//! What a connection is doing, shared by its socket (which keeps the time) and its requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use tokio::time::{Duration, Instant};

use super::Limits;

/// The state of one connection. Times are milliseconds since it began, so that they fit an atomic.
#[derive(Debug)]
pub(crate) struct Pulse {
    began: Instant,
    /// Slow headers can be told from silence: HTTP/2 sends frames between requests.
    framed: bool,
    open: AtomicU32,
    served: AtomicBool,
    idle_since: AtomicU64,
    /// 0: no byte of the next request yet.
    head_since: AtomicU64,
    /// A request's body was dropped unread: closing must not reset the connection at once.
    unread: AtomicBool,
}

/// One request of the connection, from its header to the last byte of its answer.
#[derive(Debug)]
pub(crate) struct Beat(Arc<Pulse>);

impl Pulse {
    pub(super) fn new(framed: bool) -> Arc<Self> {
        Arc::new(Self {
            began: Instant::now(),
            framed,
            open: AtomicU32::new(0),
            served: AtomicBool::new(false),
            idle_since: AtomicU64::new(0),
            head_since: AtomicU64::new(0),
            unread: AtomicBool::new(false),
        })
    }

    fn elapsed(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// A request's header has arrived.
    pub(super) fn begin(self: &Arc<Self>) -> Beat {
        self.open.fetch_add(1, Ordering::AcqRel);
        self.served.store(true, Ordering::Release);
        self.head_since.store(0, Ordering::Release);
        Beat(Arc::clone(self))
    }

    /// Bytes came in.
    pub(super) fn bytes(&self) {
        if !self.framed && self.open.load(Ordering::Acquire) == 0 {
            let now = self.elapsed().max(1);
            // The first byte of a header starts its clock; later ones do not move it.
            let _ = self.head_since.compare_exchange(0, now, Ordering::AcqRel, Ordering::Acquire);
        }
    }

    /// When waiting for bytes ends; nothing while a request is open, whose body has its own clock.
    pub(super) fn deadline(&self, limits: &Limits) -> Option<Instant> {
        if self.open.load(Ordering::Acquire) > 0 {
            return None;
        }
        let (since, wait) = match self.head_since.load(Ordering::Acquire) {
            0 if self.served.load(Ordering::Acquire) => (self.idle_since.load(Ordering::Acquire), limits.idle),
            0 => (0, limits.first_byte),
            since => (since, limits.header),
        };
        Some(self.began + Duration::from_millis(since) + wait)
    }

    pub(crate) fn leave_unread(&self) {
        self.unread.store(true, Ordering::Release);
    }

    pub(super) fn was_left_unread(&self) -> bool {
        self.unread.load(Ordering::Acquire)
    }
}

impl Drop for Beat {
    fn drop(&mut self) {
        self.0.idle_since.store(self.0.elapsed(), Ordering::Release);
        self.0.open.fetch_sub(1, Ordering::AcqRel);
    }
}
