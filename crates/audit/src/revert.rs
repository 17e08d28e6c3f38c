//! Taking a configuration object back to an earlier version: a new version with the old content.

use access::{Actor, Verb};
use db::Tx;
use events::Act;
use kernel::{Error, OrganisationId, Result, SettingId};
use serde_json::Value;
use settings::field::{FIELD, FieldDef};
use ticket::catalogue::{self, Catalogue, KindDef};

use crate::read;

/// What is taken back.
#[derive(Debug, Clone, Copy)]
pub struct Revert {
    pub id: SettingId,
    /// The version that the reader saw.
    pub expected: i64,
    /// The version whose content comes back.
    pub to: i64,
}

/// Writes it; answers the new version. What the desk cannot live with is refused: a state that tickets
/// are in cannot go, and the whole configuration must make sense afterwards.
///
/// # Errors
/// Forbidden without `settings.edit`; conflict when somebody else changed it meanwhile.
pub fn revert(tx: &mut Tx<'_>, actor: &Actor, act: &Act, wish: Revert) -> Result<i64> {
    let object = read::seen(tx, actor, wish.id)?;
    actor.require(Verb::SettingsEdit, OrganisationId::new(object.tenant))?;
    if object.version != wish.expected {
        return Err(Error::conflict("error-setting-changed"));
    }
    let versions = settings::history(tx, wish.id)?;
    let version = |number: i64| versions.iter().find(|version| version.version == number && !version.deleted);
    let target = version(wish.to).ok_or_else(Error::not_found)?;
    if object.kind == catalogue::KIND {
        let now = version(object.version).map(|version| version.data.as_str());
        keeps_states(tx, object.tenant, now, &target.data)?;
    }
    if object.kind == FIELD {
        keeps_type(version(object.version).map(|version| version.data.as_str()), &target.data)?;
    }
    let data: Value = serde_json::from_str(&target.data).map_err(Error::internal)?;
    let made = settings::put(tx, act, object.tenant, &object.kind, &object.key, object.version, &data)?;
    match Catalogue::load(tx) {
        Ok(_) => Ok(made),
        Err(_) => Err(Error::conflict("error-revert-unfit")),
    }
}

/// A field gets another type by a change of its own, which goes through its values.
fn keeps_type(now: Option<&str>, then: &str) -> Result<()> {
    let shape = |text: &str| serde_json::from_str::<FieldDef>(text).map(|def| (def.ty, def.decimals, def.currency)).ok();
    if now.and_then(shape) == shape(then) { Ok(()) } else { Err(Error::conflict("error-revert-type")) }
}

fn keeps_states(tx: &mut Tx<'_>, tenant: i64, now: Option<&str>, then: &str) -> Result<()> {
    let unfit = || Error::conflict("error-revert-unfit");
    let then: KindDef = serde_json::from_str(then).map_err(|_| unfit())?;
    then.check().map_err(|_| unfit())?;
    let now: Option<KindDef> = now.and_then(|data| serde_json::from_str(data).ok());
    for state in now.iter().flat_map(|now| &now.states).filter(|state| then.state(&state.key).is_none()) {
        if ticket::store::passage::holds(tx, tenant, &then.key, &state.key)? {
            return Err(Error::conflict("error-revert-state").arg("state", &state.key));
        }
    }
    Ok(())
}
