//! The states that the mapping adds to the kind of the tenant.

use std::sync::Arc;

use kernel::{Error, Result};
use ticket::KindDef;
use ticket::catalogue::KIND;
use ticket::jobs::Workshop;

use super::act;
use crate::batch::Batch;
use crate::mapping::{Mapping, extended};
use crate::store::party;

/// Gives the tenant a kind of its own with the states added, or adds them to the one it has.
pub(super) fn add(shop: &Workshop, mapping: &Mapping, batch: &Batch) -> Result<()> {
    let (extra, key, tenant, id) = (Arc::new(mapping.states.clone()), mapping.kind.text.clone(), batch.tenant.raw(), batch.id);
    let act = act(id, shop.clock.now(), &shop.entropy);
    shop.db.write_bulk_wait("import.states", move |tx| {
        let own = settings::get(tx, tenant, KIND, &key)?;
        let base = match &own {
            Some(own) => Some(own.data.clone()),
            None => settings::get(tx, 0, KIND, &key)?.map(|shared| shared.data),
        };
        let base: KindDef =
            serde_json::from_str(&base.ok_or_else(|| Error::internal(format!("the kind {key} has gone")))?).map_err(Error::internal)?;
        let more = extended(&base, &extra);
        let added: Vec<&str> = more.states[base.states.len()..].iter().map(|state| state.key.as_str()).collect();
        if !added.is_empty() {
            more.check().map_err(|message| Error::conflict("error-import-states").arg("message", message))?;
            settings::put(tx, &act, tenant, KIND, &key, own.as_ref().map_or(0, |own| own.version), &more)?;
        }
        // Noted also when they were there: a roll-back of the batch that made them leaves them to this one.
        let Some(written) = settings::get(tx, tenant, KIND, &key)? else { return Ok(()) };
        party::put_object(tx, id, "kind", &key, written.id.raw(), own.is_none())?;
        for state in extra.iter().map(|extra| extra.key.text.as_str()) {
            party::put_object(tx, id, "state", state, written.id.raw(), added.contains(&state))?;
        }
        Ok(())
    })
}
