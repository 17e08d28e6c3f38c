//! Bringing back what a batch changed.

use db::Tx;
use events::Act;
use kernel::{BatchId, Error, OrganisationId, Result as CoreResult};
use ticket::jobs::Workshop;

use super::apply::Place;
use super::before::Before;
use super::current::current;
use super::told;
use crate::error::Result;
use crate::party::Sort;
use crate::run::act;
use crate::run::part::ends_transaction;
use crate::store::change;
use crate::watch::Watch;

/// Records of one write.
const CHUNK: i64 = 15;

/// Notes how a record was before a batch changed it; what an earlier row of it changed stays as it was first.
pub(super) fn note(tx: &mut Tx<'_>, batch: BatchId, sort: Sort, id: i64, before: Before, version: i64) -> CoreResult<()> {
    let before = match change::get(tx, batch, sort.key(), id)? {
        Some(first) => before.since(read(&first)?),
        None => before,
    };
    change::put(tx, batch, sort.key(), id, &serde_json::to_string(&before).map_err(Error::internal)?, version)
}

fn read(text: &str) -> CoreResult<Before> {
    serde_json::from_str(text).map_err(Error::internal)
}

/// Makes a record again what it was, unless somebody has changed it since; says whether it did.
fn one(tx: &mut Tx<'_>, act: &Act, place: Place, batch: BatchId, sort: Sort, id: i64, noted: (&str, i64)) -> CoreResult<bool> {
    let is = current(tx, sort, id, place.now)?;
    if is.version != noted.1 || is.tenant != place.tenant {
        return Ok(false);
    }
    let before = read(noted.0)?;
    before.restore(tx, place, sort, id)?;
    told::changed(tx, act, place.tenant, sort, id, before.fields())?;
    // An earlier batch finds it as it left it.
    let version = current(tx, sort, id, place.now)?.version;
    change::rebase(tx, batch, sort.key(), id, before.version, version).map(|()| true)
}

/// Brings back the records that nobody has changed since; answers how many of each sort were brought back,
/// and how many stay, or nothing when it was stopped.
pub(crate) fn bring_back(shop: &Workshop, id: BatchId, tenant: OrganisationId, watch: Watch<'_>) -> Result<Option<(u64, u64)>> {
    let (mut back, mut kept) = (0, 0);
    loop {
        if watch.stopped() {
            return Ok(None);
        }
        let now = shop.clock.now();
        let act = act(id, now, &shop.entropy);
        let (some, stay): (u64, u64) = shop.db.write_bulk_reserved_wait("import.undo", move |tx| {
            let (mut some, mut stay) = (0, 0);
            for (object, record, before, version) in change::some(tx, id, CHUNK)? {
                let sort = Sort::from_key(&object).ok_or_else(|| Error::internal(format!("{object:?} is no sort")))?;
                let brought = tx.savepoint(|tx| one(tx, &act, Place { tenant, now }, id, sort, record, (&before, version)));
                match brought {
                    Ok(true) => some += 1,
                    Ok(false) => stay += 1,
                    Err(error) if ends_transaction(&error) => return Err(error),
                    // What it referred to is gone, or somebody took its address: it stays as it is.
                    Err(_) => stay += 1,
                }
                change::forget(tx, id, &object, record)?;
            }
            Ok((some, stay))
        })?;
        if some + stay == 0 {
            return Ok(Some((back, kept)));
        }
        back += some;
        kept += stay;
    }
}
