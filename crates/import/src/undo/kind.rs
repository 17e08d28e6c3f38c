//! The kind that an import extended: as it was before, as far as nobody uses what was added.

use events::Act;
use kernel::{Error, Result};
use ticket::KindDef;
use ticket::catalogue::KIND;
use ticket::jobs::Workshop;

use crate::batch::Batch;
use crate::run::act;
use crate::store::undo as sql;

/// States one import may have added.
const MOST: i64 = 200;

/// Takes the added states back: the tenant's own kind goes when the batch made it and nobody changed
/// it since, else only the states that no ticket is or was in.
pub(super) fn take_back(shop: &Workshop, batch: &Batch) -> Result<()> {
    let (id, tenant, kind) = (batch.id, batch.tenant, batch.kind.clone());
    let act: Act = act(id, shop.clock.now(), &shop.entropy);
    shop.db.write_bulk_reserved_wait("import.undo", move |tx| {
        let (mut unused, mut kept) = (Vec::new(), false);
        for (state, setting) in sql::made(tx, id, "state", i64::MAX, MOST)? {
            if sql::hand_over_state(tx, id, setting, &state)? {
                sql::forget(tx, id, "state", &state)?;
                kept = true;
            } else if sql::state_used(tx, tenant, &kind, &state)? {
                kept = true;
            } else {
                unused.push(state);
            }
        }
        let mut own = None;
        for (key, setting) in sql::made(tx, id, "kind", i64::MAX, 1)? {
            if sql::hand_over(tx, id, "kind", setting)? {
                sql::forget(tx, id, "kind", &key)?;
            } else {
                own = Some(setting);
            }
        }
        let Some(setting) = settings::get(tx, tenant.raw(), KIND, &kind)?.filter(|_| !unused.is_empty()) else { return Ok(()) };
        if !kept && setting.version == 1 && own == Some(setting.id.raw()) {
            sql::remove_setting(tx, &act, tenant, setting.id.raw())?;
            sql::forget(tx, id, "kind", &kind)?;
        } else {
            let mut def: KindDef = serde_json::from_str(&setting.data).map_err(Error::internal)?;
            def.states.retain(|state| !unused.contains(&state.key));
            def.transitions.retain(|step| !unused.contains(&step.from) && !unused.contains(&step.to));
            if def.check().is_err() {
                // Somebody built on the added states: they stay.
                return Ok(());
            }
            settings::put(tx, &act, tenant.raw(), KIND, &kind, setting.version, &def)?;
        }
        for state in &unused {
            sql::forget(tx, id, "state", state)?;
        }
        Ok(())
    })
}
