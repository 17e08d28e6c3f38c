//! Live updates: each node follows the log and hands new events to whoever listens here. Rights are
//! checked by the listener for each event, when it is sent.

use std::sync::Arc;
use std::time::Duration;

use db::Db;
use kernel::Result;
use tokio::sync::broadcast;

use crate::{Cursor, Event, feed};

/// Events a slow listener may be behind before it is told to read again from its cursor.
const BACKLOG: usize = 1024;

/// The least time between two looks at the log: many commits in a moment are one reason to look.
const GAP: Duration = Duration::from_millis(20);

/// A new event with its place in the log.
#[derive(Debug, Clone)]
pub struct Live {
    pub cursor: Cursor,
    pub event: Arc<Event>,
}

/// The hub of one node.
#[derive(Clone)]
pub struct Hub(broadcast::Sender<Live>);

impl Default for Hub {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}

impl Hub {
    pub fn listen(&self) -> broadcast::Receiver<Live> {
        self.0.subscribe()
    }

    pub fn listeners(&self) -> usize {
        self.0.receiver_count()
    }

    /// Follows the log until `stop` is set. Wakes with each commit of this node, and each second for
    /// those of others.
    pub async fn run(self, db: Db, mut stop: tokio::sync::watch::Receiver<bool>) {
        let mut commits = db.commits();
        let mut at: Option<Cursor> = None;
        while !*stop.borrow() {
            match self.step(&db, at).await {
                Ok(next) => at = Some(next),
                Err(error) => tracing::warn!(%error, "live updates could not read the log"),
            }
            let soon = tokio::time::Instant::now() + GAP;
            tokio::select! {
                _ = commits.changed() => tokio::time::sleep_until(soon).await,
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
                _ = stop.changed() => {}
            }
        }
    }

    async fn step(&self, db: &Db, at: Option<Cursor>) -> Result<Cursor> {
        let Some(at) = at else { return db.read_bounded("live.head", feed::head).await };
        let events = db.read_bounded("live.read", move |rd| feed::read(rd, at, 200)).await?;
        let mut last = at;
        for event in events {
            last = Cursor { epoch: at.epoch, xid: event.xid, seq: event.seq };
            // Nobody listening is no error.
            let _ = self.0.send(Live { cursor: last, event: Arc::new(event) });
        }
        Ok(last)
    }
}
