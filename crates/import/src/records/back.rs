//! Bringing back what a batch changed.

use db::Tx;
use kernel::{BatchId, Error, OrganisationId, Result as CoreResult};
use ticket::jobs::Workshop;

use super::apply::{Place, Target, set};
use super::current::current;
use super::fields::Field;
use super::understand::Worth;
use crate::error::Result;
use crate::party::Sort;
use crate::run::part::ends_transaction;
use crate::store::change;
use crate::watch::Watch;

/// Records of one write.
const CHUNK: i64 = 15;

/// Notes how fields were before a batch changed them; what an earlier row of it changed stays as it was first.
pub(super) fn note(tx: &mut Tx<'_>, batch: BatchId, sort: Sort, id: i64, mut before: Target, version: i64) -> CoreResult<()> {
    if let Some(earlier) = change::get(tx, batch, sort.key(), id)? {
        before.extend(read(&earlier)?);
    }
    let said: Vec<(&str, Option<Worth>)> = before.into_iter().map(|(field, worth)| (field.key(), worth)).collect();
    change::put(tx, batch, sort.key(), id, &serde_json::to_string(&said).map_err(Error::internal)?, version)
}

fn read(text: &str) -> CoreResult<Target> {
    let said: Vec<(String, Option<Worth>)> = serde_json::from_str(text).map_err(Error::internal)?;
    let field = |key: &str| Field::ALL.iter().copied().find(|field| field.key() == key);
    Ok(said.into_iter().filter_map(|(key, worth)| field(&key).map(|field| (field, worth))).collect())
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
        let (some, stay): (u64, u64) = shop.db.write_bulk_reserved_wait("import.undo", move |tx| {
            let (mut some, mut stay) = (0, 0);
            for (object, record, before, version) in change::some(tx, id, CHUNK)? {
                let sort = Sort::from_key(&object).ok_or_else(|| Error::internal(format!("{object:?} is no sort")))?;
                let brought = tx.savepoint(|tx| {
                    let same = current(tx, sort, record)?.version == version;
                    if same {
                        set(tx, Place { tenant, now }, sort, record, &read(&before)?, true)?;
                    }
                    Ok(same)
                });
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
