//! Taking back what a batch wrote.

use db::{Rd, Tx, params, sql};
use events::Act;
use kernel::{BatchId, OrganisationId, PersonId, Result, TicketId, Time};

use crate::party::Sort;

/// The reason on the tombstones.
const REASON: &str = "import-rollback";

/// Tickets of a batch after one, with their activity: about as many rows as they have events.
pub(crate) fn tickets(rd: &mut Rd<'_>, batch: BatchId, after: TicketId, limit: i64) -> Result<Vec<(TicketId, i64)>> {
    rd.all(
        sql!((TicketId, i64), "SELECT id, activity FROM ticket WHERE batch_id = $1 AND id > $2 ORDER BY id LIMIT $3"),
        &params![batch, after, limit],
    )
}

/// How many tickets of a batch there are.
pub(crate) fn count(rd: &mut Rd<'_>, batch: BatchId) -> Result<i64> {
    rd.one(sql!(i64, "SELECT COUNT(*) FROM ticket WHERE batch_id = $1"), &params![batch])
}

/// Whether something happened to a ticket since its import, or another ticket stands below it.
pub(crate) fn touched(rd: &mut Rd<'_>, id: TicketId) -> Result<bool> {
    let found = rd.first(
        sql!(
            i64,
            "SELECT 1 FROM event WHERE object = 'ticket' AND object_id = $1 AND silent = 0 \
             UNION ALL SELECT 1 FROM ticket WHERE parent_id = $1 LIMIT 1"
        ),
        &params![id],
    )?;
    Ok(found.is_some())
}

/// Removes a ticket and everything of it; a tombstone stays.
pub(crate) fn remove_ticket(tx: &mut Tx<'_>, act: &Act, tenant: OrganisationId, id: TicketId) -> Result<()> {
    ticket::store::purge::remove(tx, act, tenant, id, REASON)
}

/// What a batch made of one sort and has an id below a given one, the latest first: what stands in a tree
/// was made after what it stands below.
pub(crate) fn made(rd: &mut Rd<'_>, batch: BatchId, object: &str, below: i64, limit: i64) -> Result<Vec<(String, i64)>> {
    rd.all(
        sql!(
            (String, i64),
            "SELECT key, object_id FROM import_party WHERE batch_id = $1 AND object = $2 AND made = 1 AND object_id < $3 \
             ORDER BY object_id DESC, key LIMIT $4"
        ),
        &params![batch, object, below, limit],
    )
}

/// Gives what a batch made to another one that speaks of it and stands, if there is one.
pub(crate) fn hand_over(tx: &mut Tx<'_>, batch: BatchId, object: &str, id: i64) -> Result<bool> {
    let moved = tx.exec(
        sql!(
            "UPDATE import_party SET made = 1 WHERE object = $1 AND object_id = $2 AND batch_id = \
             (SELECT MIN(o.batch_id) FROM import_party o JOIN import_batch b ON b.id = o.batch_id \
              WHERE o.object = $1 AND o.object_id = $2 AND o.batch_id <> $3 AND b.state <> 'undone')"
        ),
        &params![object, id, batch],
    )?;
    Ok(moved > 0)
}

/// As [`hand_over`], for one of the states of a kind.
pub(crate) fn hand_over_state(tx: &mut Tx<'_>, batch: BatchId, setting: i64, state: &str) -> Result<bool> {
    let moved = tx.exec(
        sql!(
            "UPDATE import_party SET made = 1 WHERE object = 'state' AND object_id = $1 AND key = $2 AND batch_id = \
             (SELECT MIN(o.batch_id) FROM import_party o JOIN import_batch b ON b.id = o.batch_id \
              WHERE o.object = 'state' AND o.object_id = $1 AND o.key = $2 AND o.batch_id <> $3 AND b.state <> 'undone')"
        ),
        &params![setting, state, batch],
    )?;
    Ok(moved > 0)
}

/// Forgets that a batch spoke of a party.
pub(crate) fn forget(tx: &mut Tx<'_>, batch: BatchId, object: &str, key: &str) -> Result<()> {
    tx.exec(sql!("DELETE FROM import_party WHERE batch_id = $1 AND object = $2 AND key = $3"), &params![batch, object, key])?;
    Ok(())
}

/// Forgets up to so many parties that a batch only met.
pub(crate) fn forget_met(tx: &mut Tx<'_>, batch: BatchId, limit: i64) -> Result<u64> {
    tx.exec(
        sql!(
            "DELETE FROM import_party WHERE batch_id = $1 AND made = 0 AND (object, key) IN \
             (SELECT object, key FROM import_party WHERE batch_id = $1 AND made = 0 ORDER BY object, key LIMIT $2)"
        ),
        &params![batch, limit],
    )
}

/// Whether the log or a passage speaks of a party, which no foreign key guards.
pub(crate) fn spoken_of(rd: &mut Rd<'_>, sort: Sort, id: i64) -> Result<bool> {
    let found = match sort {
        Sort::Person => rd.first(sql!(i64, "SELECT seq FROM event WHERE actor_id = $1 AND actor_kind = 'person' LIMIT 1"), &params![id])?,
        Sort::Team => rd.first(sql!(i64, "SELECT ticket_id FROM ticket_passage WHERE team_id = $1 LIMIT 1"), &params![id])?,
        Sort::Organisation | Sort::Location | Sort::Service => None,
    };
    Ok(found.is_some())
}

/// Removes a party with what is its alone; what else refers to it refuses by a foreign key.
pub(crate) fn remove_party(tx: &mut Tx<'_>, act: &Act, tenant: OrganisationId, sort: Sort, id: i64) -> Result<()> {
    // Also when no event speaks of it: those who follow the log hear of it by the tombstone.
    events::purge(tx, act, tenant.raw(), sort.key(), id, REASON)?;
    tx.exec(sql!("DELETE FROM party_word WHERE kind = $1 AND id = $2"), &params![sort.key(), id])?;
    if let Some(object) = crate::records::custom_object(sort) {
        settings::values::forget(tx, object, id)?;
    }
    match sort {
        Sort::Person => {
            tx.exec(sql!("DELETE FROM person_address WHERE person_id = $1"), &params![id])?;
            tx.exec(sql!("DELETE FROM membership WHERE person_id = $1"), &params![id])?;
            tx.exec(sql!("DELETE FROM person WHERE id = $1"), &params![id])?;
        }
        Sort::Team => drop(tx.exec(sql!("DELETE FROM team WHERE id = $1"), &params![id])?),
        Sort::Service => drop(tx.exec(sql!("DELETE FROM service WHERE id = $1"), &params![id])?),
        Sort::Location => drop(tx.exec(sql!("DELETE FROM location WHERE id = $1"), &params![id])?),
        Sort::Organisation => {
            tx.exec(sql!("DELETE FROM organisation_domain WHERE organisation_id = $1"), &params![id])?;
            tx.exec(sql!("DELETE FROM organisation WHERE id = $1"), &params![id])?;
        }
    }
    Ok(())
}

/// Takes back that a batch brought somebody to an organisation.
pub(crate) fn leave(tx: &mut Tx<'_>, person: PersonId, organisation: OrganisationId, from: Time) -> Result<()> {
    tx.exec(
        sql!("DELETE FROM membership WHERE person_id = $1 AND organisation_id = $2 AND from_at = $3"),
        &params![person, organisation, from],
    )?;
    Ok(())
}

/// Whether a tenant has anything of its own beside its root organisation.
pub(crate) fn inhabited(rd: &mut Rd<'_>, tenant: OrganisationId) -> Result<bool> {
    let found = rd.first(
        sql!(
            i64,
            "SELECT 1 FROM ticket WHERE tenant_id = $1 UNION ALL SELECT 1 FROM person WHERE tenant_id = $1 UNION ALL SELECT 1 FROM team WHERE tenant_id = $1 \
             UNION ALL SELECT 1 FROM service WHERE tenant_id = $1 UNION ALL SELECT 1 FROM location WHERE tenant_id = $1 \
             UNION ALL SELECT 1 FROM setting WHERE tenant_id = $1 UNION ALL SELECT 1 FROM organisation WHERE tenant_id = $1 AND id <> $1 LIMIT 1"
        ),
        &params![tenant],
    )?;
    Ok(found.is_some())
}

/// Whether a ticket of a kind of a tenant is or was in a state.
pub(crate) fn state_used(rd: &mut Rd<'_>, tenant: OrganisationId, kind: &str, state: &str) -> Result<bool> {
    let found = rd.first(
        sql!(
            i64,
            "SELECT p.ticket_id FROM ticket_passage p JOIN ticket t ON t.id = p.ticket_id WHERE p.state = $1 AND t.tenant_id = $2 AND t.kind = $3 LIMIT 1"
        ),
        &params![state, tenant, kind],
    )?;
    Ok(found.is_some())
}

/// Removes a configuration object that a batch made, with its versions.
pub(crate) fn remove_setting(tx: &mut Tx<'_>, act: &Act, tenant: OrganisationId, id: i64) -> Result<()> {
    events::purge(tx, act, tenant.raw(), "setting", id, REASON)?;
    tx.exec(sql!("DELETE FROM setting_version WHERE setting_id = $1"), &params![id])?;
    tx.exec(sql!("DELETE FROM setting WHERE id = $1"), &params![id])?;
    settings::touch(tx, act)
}
