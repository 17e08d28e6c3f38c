//! What a new database gets beside its tables, and what a new version adds: roles, kinds of tickets,
//! the delivered views, the recurring jobs. What an administrator changed is left alone.

use std::sync::Arc;

use db::Db;
use events::{Act, Cause};
use kernel::{Clock, Entropy, Result};

/// Delivers the configuration; as often as one likes.
///
/// # Errors
/// The database refuses.
pub fn deliver(db: &Db, clock: &dyn Clock, entropy: &Arc<dyn Entropy>) -> Result<()> {
    let act = Act::system(clock.now(), Cause::Schedule { name: "seed".to_owned() }, Arc::clone(entropy));
    // A desk whose disk is nearly full must start as well: to sign in, to delete and to purge.
    db.write_reserved_wait("seed", move |tx| {
        access::seed(tx, act.now)?;
        ticket::catalogue::seed(tx, &act)?;
        ticket::store::view::seed(tx)?;
        ticket::jobs::schedule(tx, act.now)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use kernel::{ErrorKind, SystemClock, SystemEntropy};

    use super::*;
    use crate::wiring::migrations;

    /// T4-01: the disk filled up while the desk was down, and it must start for somebody to make room.
    #[test]
    fn a_desk_on_a_nearly_full_disk_is_delivered_at_its_start() {
        let place = testkit::Place::empty(testkit::Dialect::Sqlite);
        let low = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&low);
        let mut options = place.options();
        options.free_space = Some(Arc::new(move |_| {
            let free = if seen.load(Ordering::SeqCst) { 100 << 20 } else { 50 << 30 };
            Some(db::Space { free, total: 100 << 30 })
        }));
        let db = Db::open(options).expect("it opens");
        db.migrate(&migrations::all(), SystemClock.now()).expect("there was room then");
        low.store(true, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(1100));
        let refused = db.write_wait("usual", |_| Ok(())).expect_err("no room for what is usual");
        assert_eq!(refused.kind(), ErrorKind::Storage);
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        for _ in 0..2 {
            deliver(&db, &SystemClock, &entropy).expect("delivered");
        }
    }
}
