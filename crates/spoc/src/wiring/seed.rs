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
