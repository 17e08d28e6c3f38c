//! Events that were purged with a tombstone: their links stay, and what removed them is in the chain.

use db::{Rd, Tx, params, sql};
use kernel::Result;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The object name of purges in the log.
pub const OBJECT: &str = "purge";
/// Events of one object are removed.
pub(crate) const DONE: &str = "purge.done";

/// What a purge says of itself in the log.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Purged {
    pub object: String,
    /// How many events.
    pub events: u64,
    /// Of what they said.
    pub sha256: String,
    /// Of their numbers.
    pub numbers: String,
    /// A key such as `import-rollback`.
    pub reason: String,
    /// Whoever saw all objects of the tenant may know of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
}

/// What a purge was of, as far as readers of the log may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    pub object: String,
    pub id: i64,
    /// Whoever saw all objects of the tenant may know of it; else nobody but administrators.
    pub open: bool,
}

/// What an event says was removed; nothing when it is no purge.
pub fn gone(event: &crate::Event) -> Option<Gone> {
    if event.object != OBJECT || event.kind != DONE {
        return None;
    }
    let said: Purged = serde_json::from_value(event.payload.clone()).ok()?;
    Some(Gone { object: said.object, id: event.object_id, open: said.open })
}

/// The digest of event numbers, in rising order.
pub(crate) fn numbers(seqs: impl IntoIterator<Item = i64>) -> String {
    let mut digest = Sha256::new();
    for seq in seqs {
        digest.update(seq.to_be_bytes());
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes down for which events a tombstone stands.
///
/// # Errors
/// The database refuses.
pub(crate) fn note(tx: &mut Tx<'_>, seqs: &[i64], tombstone: i64) -> Result<()> {
    for seq in seqs {
        tx.exec(sql!("INSERT INTO purged_event (seq, tombstone) VALUES ($1, $2)"), &params![*seq, tombstone])?;
    }
    Ok(())
}

/// Whether a tombstone is what the log says of it, and stands for exactly the events it lists.
///
/// # Errors
/// The database refuses.
pub(crate) fn in_order(rd: &mut Rd<'_>, tombstone: i64) -> Result<bool> {
    let told = rd.first(sql!((String, i64, String), "SELECT object, object_id, payload FROM event WHERE seq = $1"), &params![tombstone])?;
    let stands = rd.first(
        sql!((String, i64, i64, String), "SELECT object, object_id, events, sha256 FROM purge_tombstone WHERE seq = $1"),
        &params![tombstone],
    )?;
    let (Some((object, id, payload)), Some(stands)) = (told, stands) else { return Ok(false) };
    let Ok(said) = serde_json::from_str::<Purged>(&payload) else { return Ok(false) };
    let seqs = rd.all(sql!(i64, "SELECT seq FROM purged_event WHERE tombstone = $1 ORDER BY seq"), &params![tombstone])?;
    let events = i64::try_from(said.events).unwrap_or(i64::MAX);
    let listed = i64::try_from(seqs.len()).unwrap_or(i64::MAX);
    Ok(object == OBJECT && listed == events && numbers(seqs) == said.numbers && stands == (said.object, id, events, said.sha256))
}
