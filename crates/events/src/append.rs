//! The one function that writes the log.

use db::{Tx, params, sql};
use kernel::{Error, Result, Time, kinds};
use serde::Serialize;

use crate::{Act, By};

/// Who may read an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    /// Everybody who sees the object.
    Public = 0,
    /// Staff who see the object's inner side.
    Internal = 1,
    /// Administrators.
    Administrative = 2,
}

impl Visibility {
    fn of(number: i64) -> Self {
        match number {
            0 => Visibility::Public,
            1 => Visibility::Internal,
            _ => Visibility::Administrative,
        }
    }
}

/// An event about to be written: about one object, with a typed payload.
#[derive(Debug)]
pub struct Draft<'a, P> {
    pub tenant: i64,
    /// `ticket`, `person`, `team`, `setting` ...
    pub object: &'static str,
    pub object_id: i64,
    /// `ticket.created` ...
    pub kind: &'static str,
    pub visibility: Visibility,
    pub payload: &'a P,
}

/// An event of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub seq: i64,
    pub xid: i64,
    pub tenant: i64,
    pub object: String,
    pub object_id: i64,
    pub kind: String,
    pub occurred: Time,
    pub recorded: Time,
    pub by: By,
    pub cause: crate::Cause,
    pub visibility: Visibility,
    pub silent: bool,
    pub payload: serde_json::Value,
}

db::row! {
    pub(crate) struct Stored {
        pub seq: i64,
        pub xid: i64,
        pub tenant: i64,
        pub object: String,
        pub object_id: i64,
        pub kind: String,
        pub occurred: Time,
        pub recorded: Time,
        pub actor_kind: String,
        pub actor_id: i64,
        pub cause: String,
        pub visibility: i64,
        pub silent: bool,
        pub payload: String,
    }
}

impl Stored {
    pub fn event(self) -> Result<Event> {
        Ok(Event {
            seq: self.seq,
            xid: self.xid,
            tenant: self.tenant,
            object: self.object,
            object_id: self.object_id,
            kind: self.kind,
            occurred: self.occurred,
            recorded: self.recorded,
            by: By::of(&self.actor_kind, self.actor_id),
            cause: serde_json::from_str(&self.cause).map_err(Error::internal)?,
            visibility: Visibility::of(self.visibility),
            silent: self.silent,
            payload: serde_json::from_str(&self.payload).map_err(Error::internal)?,
        })
    }
}

/// Writes one event in the transaction of the change that it tells of; answers its sequence.
///
/// # Errors
/// The database refuses.
pub fn append<P: Serialize>(tx: &mut Tx<'_>, act: &Act, draft: &Draft<'_, P>) -> Result<i64> {
    let seq = tx.next_id::<kinds::Event>()?.raw();
    let payload = serde_json::to_string(draft.payload).map_err(Error::internal)?;
    let cause = serde_json::to_string(&act.cause).map_err(Error::internal)?;
    tx.exec(
        sql!(
            "INSERT INTO event (seq, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        &params![
            seq,
            draft.tenant,
            draft.object,
            draft.object_id,
            draft.kind,
            act.occurred,
            act.now,
            act.by.kind(),
            act.by.id(),
            cause,
            draft.visibility as i64,
            act.silent,
            payload
        ],
    )?;
    Ok(seq)
}
