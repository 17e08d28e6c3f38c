//! Giving a custom field another type: beginning it, how far it is, and taking it back.

mod preview;

use access::Verb;
use db::{Rd, Tx};
use events::{Enqueue, enqueue};
use kernel::{Error, Result};
use settings::changes::{self, ChangeId, ChangeState, Fate, TypeChange};
use settings::field::cast::{How, Why, in_words};
use settings::field::{FIELD, FieldDef, Value, check};
use ticket::Frame;

use super::field::{Stored, get};
use crate::job;

use preview::{EXAMPLES, LOOKED, borne, seen};
pub use preview::{Example, Preview, Wish, begin};

/// How far a change is, with what the viewer may see of it.
#[derive(Debug, Clone)]
pub struct State {
    pub change: TypeChange,
    pub from: FieldDef,
    pub to: FieldDef,
    pub version: i64,
    /// Records that are still to come.
    pub left: i64,
    pub lost: Vec<Example>,
    pub overtaken: Vec<Example>,
    /// It can be taken back.
    pub revertible: bool,
}

/// Begins: the field has the new type from now on, and a job goes through its values. `preview` is what was
/// shown; the definition must still be of its version.
///
/// # Errors
/// Forbidden; invalid; conflict when somebody changed the field since, or a change runs already.
pub fn start(tx: &mut Tx<'_>, frame: Frame<'_>, preview: &Preview) -> Result<ChangeId> {
    let stored = get(tx, frame, preview.from.object.key(), &preview.from.key)?;
    frame.actor.require(Verb::SettingsEdit, stored.tenant)?;
    if stored.version != preview.version {
        return Err(Error::conflict("error-setting-changed"));
    }
    write(tx, frame, &stored, &preview.to, (preview.how.clone(), None))
}

/// Takes the newest change back: the old type, and the old values where nobody wrote others since.
///
/// # Errors
/// Forbidden; conflict when there is none that can be taken back, or somebody changed the field meanwhile.
pub fn revert(tx: &mut Tx<'_>, frame: Frame<'_>, (object, key): (&str, &str), expected: Option<i64>, how: How) -> Result<ChangeId> {
    let stored = get(tx, frame, object, key)?;
    frame.actor.require(Verb::SettingsEdit, stored.tenant)?;
    if expected.is_some_and(|version| version != stored.version) {
        return Err(Error::conflict("error-setting-changed"));
    }
    let change = changes::newest(tx, stored.def.object, key)?.ok_or_else(Error::not_found)?;
    let plan = change.plan()?;
    if !revertible(&change, &plan.to, &stored.def) || !changes::reverted(tx, change.id)? {
        return Err(Error::conflict("error-retype-state"));
    }
    let FieldDef { ty, decimals, currency, items, .. } = plan.from;
    let to = FieldDef { ty, decimals, currency, items, ..stored.def.clone() };
    write(tx, frame, &stored, &to, (how, Some(change.id)))
}

fn revertible(change: &TypeChange, after: &FieldDef, now: &FieldDef) -> bool {
    let shape = |def: &FieldDef| (def.ty, def.decimals, def.currency.clone());
    change.state == ChangeState::Done && change.reverts.is_none() && shape(after) == shape(now)
}

fn write(tx: &mut Tx<'_>, frame: Frame<'_>, stored: &Stored, to: &FieldDef, (how, reverts): (How, Option<ChangeId>)) -> Result<ChangeId> {
    Error::of_fields(check(to))?;
    borne(tx, frame, to)?;
    let text = |def: &FieldDef| serde_json::to_string(def).map_err(Error::internal);
    let change = TypeChange {
        id: tx.next_id::<changes::ChangeKind>()?,
        tenant: stored.tenant.raw(),
        object: to.object.key().to_owned(),
        key: to.key.clone(),
        state: ChangeState::Running,
        before: text(&stored.def)?,
        after: text(to)?,
        how: serde_json::to_string(&how).map_err(Error::internal)?,
        reverts,
        place: 0,
        kept: 0,
        changed: 0,
        lost: 0,
        overtaken: 0,
        created_at: frame.act.now,
        created_by: frame.person()?.raw(),
        finished_at: None,
    };
    changes::insert(tx, &change)?;
    settings::put(tx, frame.act, change.tenant, FIELD, &to.setting_key(), stored.version, to)?;
    let work = job::Work { change: change.id };
    let unique_key = Some(format!("{}:{}", job::RETYPE, change.id));
    enqueue(tx, frame.act.now, &Enqueue { kind: job::RETYPE, payload: &work, run_at: frame.act.now, unique_key })?;
    Ok(change.id)
}

/// The newest change of a field, if it ever had one.
///
/// # Errors
/// Not found when there is no such field.
pub fn state(rd: &mut Rd<'_>, frame: Frame<'_>, object: &str, key: &str) -> Result<Option<State>> {
    let stored = get(rd, frame, object, key)?;
    let Some(change) = changes::newest(rd, stored.def.object, key)? else { return Ok(None) };
    let plan = change.plan()?;
    let running = change.state == ChangeState::Running;
    let left = if running { changes::left(rd, &change)? } else { 0 };
    let mut told = |fate: Fate| -> Result<Vec<Example>> {
        let mut found = Vec::new();
        let limit = i64::try_from(LOOKED).unwrap_or(i64::MAX);
        for one in changes::kept(rd, change.id, fate, 0, limit)? {
            if found.len() == EXAMPLES {
                break;
            }
            let read = |text: &str| serde_json::from_str::<Value>(text).map_err(Error::internal);
            let (before, after) = (read(&one.before)?, one.after.as_deref().map(read).transpose()?);
            let why = Why::from_key(&one.why).unwrap_or(Why::Written);
            let before = in_words(&plan.from, &before, &plan.how);
            let id = one.object_id;
            found.extend(seen(rd, frame, &stored.def, id)?.map(|(name, href)| Example { id, name, href, before, after, why }));
        }
        Ok(found)
    };
    let (lost, overtaken) = (told(Fate::Lost)?, told(Fate::Overtaken)?);
    let revertible = revertible(&change, &plan.to, &stored.def);
    Ok(Some(State { from: plan.from, to: plan.to, version: stored.version, left, lost, overtaken, revertible, change }))
}
