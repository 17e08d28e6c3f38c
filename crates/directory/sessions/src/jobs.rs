//! What goes on beside the requests: notes are written each minute, what has ended is forgotten.

use std::time::Duration;

use db::Tx;
use kernel::{Result, Time};
use tokio_util::sync::CancellationToken;

use crate::{Sessions, seen, store};

/// Rounds of notes between two of forgetting.
const FORGET_EVERY: u32 = 10;

impl Sessions {
    /// Runs until `stop`, and once more then.
    pub async fn keep_up(&self, stop: CancellationToken) {
        let interval = Duration::from_micros(seen::INTERVAL.unsigned_abs());
        let mut round = 0_u32;
        while !stop.is_cancelled() {
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(interval) => {}
            }
            warn("last uses could not be written", self.write_seen().await);
            if round.is_multiple_of(FORGET_EVERY) {
                warn("ended sessions could not be removed", self.forget_ended().await);
            }
            round = round.wrapping_add(1);
        }
    }

    /// Writes down last uses and failed attempts.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn write_seen(&self) -> Result<()> {
        self.seen.flush(&self.db, self.lifetimes.idle, &self.act("account.failed")).await
    }

    /// Removes sessions, browsers and links that have ended.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn forget_ended(&self) -> Result<()> {
        let forget: [fn(&mut Tx<'_>, Time) -> Result<u64>; 3] =
            [store::session::forget_ended, store::device::forget_ended, store::one_time::forget_ended];
        let now = self.clock.now();
        for step in forget {
            while self.db.write_bulk_reserved("session.forget", move |tx| step(tx, now)).await? > 0 {}
        }
        Ok(())
    }
}

fn warn(what: &str, result: Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "{what}");
    }
}
