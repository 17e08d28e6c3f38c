//! Going through the values of a field that got another type, in small writes; each notes how far it came, so
//! that a run after a crash goes on there.

use std::sync::Arc;

use db::Tx;
use events::{Act, By, Cause, Draft, Handlers, Job, Visibility, append};
use kernel::{Error, ErrorKind, Id, OrganisationId, PersonId, Result, ServiceId, TicketId};
use serde::{Deserialize, Serialize};
use settings::changes::{self, ChangeId, ChangeState, Fate, Plan, TypeChange};
use settings::field::{FIELD, Object, Value, cast::in_words};
use settings::values;
use ticket::custom::Custom;
use ticket::jobs::Workshop;
use ticket::record::{self, Flags, Set};
use ticket::store::ticket as rows;

/// The kind of the job.
pub(crate) const RETYPE: &str = "field.retype";
/// Records of one write.
const CHUNK: i64 = 50;

/// Which change is carried out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Work {
    pub change: ChangeId,
}

#[derive(Serialize)]
struct Retyped<'a> {
    kind: &'a str,
    key: &'a str,
    change: i64,
    reverts: Option<i64>,
    kept: i64,
    changed: i64,
    lost: i64,
    overtaken: i64,
}

#[derive(Serialize)]
struct Fields {
    fields: Vec<String>,
}

/// Adds the handler of this slice.
#[must_use]
pub fn handlers(handlers: Handlers, shop: &Workshop) -> Handlers {
    let shop = shop.clone();
    handlers.on(RETYPE, move |job| run(&shop, job))
}

/// Carries a change out as far as it is not.
///
/// # Errors
/// The database refuses; what is done stays done, and the next run goes on.
pub fn run(shop: &Workshop, job: &Job) -> Result<()> {
    let Work { change } = serde_json::from_str(&job.payload).map_err(Error::internal)?;
    while some(shop, change)? {}
    Ok(())
}

/// One write; answers whether there may be more.
///
/// # Errors
/// The database refuses.
pub fn some(shop: &Workshop, change: ChangeId) -> Result<bool> {
    let (now, part) = (shop.clock.now(), shop.clone());
    shop.db.write_bulk_wait("field.retype", move |tx| {
        let change = changes::get(tx, change)?;
        let cause = Cause::Field { key: change.key.clone() };
        let act = Act { silent: true, ..Act::system(now, cause, Arc::clone(&part.entropy)) };
        batch(tx, &part, &act, &change)
    })
}

fn batch(tx: &mut Tx<'_>, shop: &Workshop, act: &Act, change: &TypeChange) -> Result<bool> {
    if change.state != ChangeState::Running {
        return Ok(false);
    }
    let object = Object::from_key(&change.object).ok_or_else(Error::not_found)?;
    let plan = change.plan()?;
    let some = changes::waiting(tx, change, CHUNK)?;
    let Some((place, _)) = some.last() else {
        finish(tx, act, change)?;
        return Ok(false);
    };
    let (place, mut counts) = (*place, [0; 4]);
    for (id, before) in some {
        let step = plan.step(tx, object, id, before.clone())?;
        if step.to != before && !put(tx, shop, act, (object, id), &plan, before.as_ref(), step.to.as_ref())? {
            continue;
        }
        let at = match step.fate {
            None => 0,
            Some((Fate::Changed, _)) => 1,
            Some((Fate::Lost, _)) => 2,
            Some((Fate::Overtaken, _)) => 3,
        };
        counts[at] += 1;
        if let (Some(fate), Some(before)) = (step.fate, &before) {
            changes::keep(tx, change.id, (object, id), fate, before, step.to.as_ref())?;
        }
    }
    changes::advance(tx, change.id, place, counts)?;
    Ok(true)
}

/// Writes a value where its readers see it; answers whether the record is there.
fn put(
    tx: &mut Tx<'_>,
    shop: &Workshop,
    act: &Act,
    (object, id): (Object, i64),
    plan: &Plan,
    before: Option<&Value>,
    to: Option<&Value>,
) -> Result<bool> {
    let tenant = match object {
        Object::Ticket => return on_ticket(tx, shop, act, TicketId::new(id), plan, before, to),
        Object::Person => party::store::person::get(tx, PersonId::new(id)).map(|found| found.tenant),
        Object::Organisation => party::store::organisation::get(tx, OrganisationId::new(id)).map(|found| found.tenant),
        Object::Service => party::store::service::get(tx, ServiceId::new(id)).map(|found| found.tenant),
    };
    let tenant = match tenant {
        Ok(tenant) => tenant.raw(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    values::put(tx, tenant, object, id, &plan.to.key, to)?;
    let kind = match object {
        Object::Person => "person.changed",
        Object::Organisation => "organisation.changed",
        _ => "service.changed",
    };
    let payload = Fields { fields: vec![plan.to.property()] };
    let (name, visibility) = (object.key(), Visibility::Administrative);
    append(tx, act, &Draft { tenant, object: name, object_id: id, kind, visibility, payload: &payload })?;
    Ok(true)
}

fn on_ticket(
    tx: &mut Tx<'_>,
    shop: &Workshop,
    act: &Act,
    id: TicketId,
    plan: &Plan,
    before: Option<&Value>,
    to: Option<&Value>,
) -> Result<bool> {
    let ticket = match rows::by_id(tx, id) {
        Ok(ticket) => ticket,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let catalogue = shop.desk.catalogue(tx)?;
    let def = &plan.to;
    let custom = Custom { key: def.key.clone(), property: def.property(), ty: def.ty, from: before.cloned(), to: to.cloned() };
    let set = match before {
        Some(value) => Set::Recast(custom, in_words(&plan.from, value, &plan.how)),
        None => Set::Custom(custom),
    };
    record::apply(tx, act, catalogue.kind_of(&ticket)?, &ticket, &[set], Flags { quiet: true, ..Flags::default() })?;
    Ok(true)
}

/// One entry for all of it, by whoever began it.
fn finish(tx: &mut Tx<'_>, act: &Act, change: &TypeChange) -> Result<()> {
    if !changes::finish(tx, change.id, act.now)? {
        return Ok(());
    }
    let key = format!("{}.{}", change.object, change.key);
    let Some(setting) = settings::get(tx, change.tenant, FIELD, &key)? else { return Ok(()) };
    let payload = Retyped {
        kind: FIELD,
        key: &key,
        change: change.id.raw(),
        reverts: change.reverts.map(Id::raw),
        kept: change.kept,
        changed: change.changed,
        lost: change.lost,
        overtaken: change.overtaken,
    };
    let act = Act { by: By::Person(change.created_by), ..act.clone() };
    let draft = Draft {
        tenant: change.tenant,
        object: "setting",
        object_id: setting.id.raw(),
        kind: "setting.retyped",
        visibility: Visibility::Administrative,
        payload: &payload,
    };
    append(tx, &act, &draft).map(drop)
}
