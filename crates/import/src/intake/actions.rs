//! What people do with a file that they bring in.

use access::store::grant::require_not_above;
use access::{Actor, OrganisationFacts, Place, Reach, Verb};
use db::{Rd, Tx};
use events::{Act, Draft, Enqueue, Visibility, append, enqueue};
use kernel::{BatchId, Error, FileId, Result, kinds};
use party::{TenantId, store};
use serde::Serialize;

use super::job::{STEP, Work};
use super::{Intake, IntakeState, Step, open};
use crate::store::intake as sql;

/// Tenants offered in one list at most.
const TENANTS: usize = 300;

/// What happened, for the log that administrators read. Never what stands in the file.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum IntakeEvent {
    /// A file was brought in.
    Uploaded { records: String },
    /// Another mapping was given.
    Corrected {},
    /// A step began.
    Begun { step: Step },
    /// Somebody wanted it to stop.
    Stopped {},
}

impl IntakeEvent {
    /// The kind in the log.
    pub const fn kind(&self) -> &'static str {
        match self {
            IntakeEvent::Uploaded { .. } => "import.uploaded",
            IntakeEvent::Corrected {} => "import.corrected",
            IntakeEvent::Begun { step: Step::Check } => "import.checked",
            IntakeEvent::Begun { step: Step::Run } => "import.run",
            IntakeEvent::Begun { step: Step::Undo } => "import.undone",
            IntakeEvent::Stopped {} => "import.stopped",
        }
    }
    /// The message that tells it.
    pub const fn label(&self) -> &'static str {
        match self {
            IntakeEvent::Uploaded { .. } => i18n::key!("event-import-uploaded"),
            IntakeEvent::Corrected {} => i18n::key!("event-import-corrected"),
            IntakeEvent::Begun { step: Step::Check } => i18n::key!("event-import-checked"),
            IntakeEvent::Begun { step: Step::Run } => i18n::key!("event-import-run"),
            IntakeEvent::Begun { step: Step::Undo } => i18n::key!("event-import-undone"),
            IntakeEvent::Stopped {} => i18n::key!("event-import-stopped"),
        }
    }
}

fn record(tx: &mut Tx<'_>, act: &Act, tenant: TenantId, id: BatchId, event: &IntakeEvent) -> Result<()> {
    let visibility = Visibility::Administrative;
    append(tx, act, &Draft { tenant: tenant.raw(), object: "import", object_id: id.raw(), kind: event.kind(), visibility, payload: event })
        .map(drop)
}

/// The tenants for which somebody may import.
///
/// # Errors
/// The database does not answer.
pub fn tenants(rd: &mut Rd<'_>, actor: &Actor) -> Result<Vec<(TenantId, String)>> {
    let seen = actor.organisations(Verb::OrganisationSee);
    let mut out = Vec::new();
    for root in store::organisation::tenants(rd)? {
        let facts = OrganisationFacts { tenant: root.tenant, place: Place { id: root.id, path: root.path } };
        if actor.reach(Verb::ImportRun, root.id) == Reach::All && (root.id == actor.tenant || seen.sees(&facts)) {
            out.push((root.id, root.name));
        }
    }
    out.truncate(TENANTS);
    Ok(out)
}

/// That somebody may import for a tenant.
///
/// # Errors
/// The tenant is none for which the actor may import.
pub fn may_bring(rd: &mut Rd<'_>, actor: &Actor, tenant: TenantId) -> Result<()> {
    if tenants(rd, actor)?.iter().any(|(id, _)| *id == tenant) {
        return Ok(());
    }
    // What may not be seen is told like what does not exist.
    Err(if tenant == actor.tenant { Error::forbidden().arg("verb", Verb::ImportRun) } else { Error::not_found() })
}

/// One that the actor may know of.
///
/// # Errors
/// Not found.
pub fn seen(rd: &mut Rd<'_>, actor: &Actor, id: BatchId) -> Result<Intake> {
    sql::get(rd, &actor.tenants(Verb::ImportRun), id)
}

/// One that the actor may work on: what somebody who may do more brings in, nobody else takes up.
fn taken_up(tx: &mut Tx<'_>, actor: &Actor, id: BatchId) -> Result<Intake> {
    let intake = seen(tx, actor, id)?;
    require_not_above(tx, actor, intake.created_by)?;
    Ok(intake)
}

/// A file to bring in.
#[derive(Debug, Clone)]
pub struct NewIntake {
    /// Nothing: where the actor is at home.
    pub tenant: Option<TenantId>,
    pub file: FileId,
    pub file_name: String,
    pub records: String,
    pub columns: Vec<String>,
    pub mapping: String,
}

/// # Errors
/// The tenant is none for which the actor may import.
pub fn create(tx: &mut Tx<'_>, actor: &Actor, act: &Act, new: &NewIntake) -> Result<BatchId> {
    let tenant = new.tenant.unwrap_or(actor.tenant);
    may_bring(tx, actor, tenant)?;
    open::mapping(&new.mapping)?.allowed(actor, tenant)?;
    let id = tx.next_id::<kinds::Batch>()?;
    let intake = Intake {
        id,
        tenant,
        created_by: actor.require_person()?,
        file: new.file,
        file_name: new.file_name.clone(),
        records: new.records.clone(),
        columns: serde_json::to_string(&new.columns).map_err(Error::internal)?,
        mapping: new.mapping.clone(),
        state: IntakeState::Ready,
        stop: false,
        stage: String::new(),
        done: 0,
        total: 0,
        dry: String::new(),
        trouble: String::new(),
        version: 1,
        created_at: act.now,
        updated_at: act.now,
    };
    sql::insert(tx, &intake)?;
    record(tx, act, tenant, id, &IntakeEvent::Uploaded { records: new.records.clone() })?;
    Ok(id)
}

/// Gives another mapping; without a version it goes over whatever is there.
///
/// # Errors
/// Stale; it was run already; the mapping is wrong or of other records.
pub fn correct(tx: &mut Tx<'_>, actor: &Actor, act: &Act, id: BatchId, version: Option<i64>, text: &str) -> Result<()> {
    let intake = taken_up(tx, actor, id)?;
    if !matches!(intake.state, IntakeState::Ready | IntakeState::Checked) {
        return Err(Error::conflict("error-import-step"));
    }
    let meant = open::mapping(text)?;
    meant.allowed(actor, intake.tenant)?;
    if meant.records() != intake.records {
        return Err(Error::invalid("mapping", "error-import-mapping").field_arg("mistakes", "records".to_owned()));
    }
    sql::correct(tx, id, version.unwrap_or(intake.version), text, act.now)?;
    record(tx, act, intake.tenant, id, &IntakeEvent::Corrected {})
}

/// Begins a dry run, a run or a roll-back.
///
/// # Errors
/// Its state does not allow it now.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, act: &Act, id: BatchId, step: Step) -> Result<()> {
    let intake = taken_up(tx, actor, id)?;
    if !sql::begin(tx, id, step, act.now)? {
        return Err(Error::conflict("error-import-step"));
    }
    let key = format!("{STEP}:{id}:{}", intake.version + 1);
    enqueue(
        tx,
        act.now,
        &Enqueue { kind: STEP, payload: &Work { number: id, step, by: actor.require_person()? }, run_at: act.now, unique_key: Some(key) },
    )?;
    record(tx, act, intake.tenant, id, &IntakeEvent::Begun { step })
}

/// Asks the work to stop; what was written stays.
///
/// # Errors
/// Nothing is at work.
pub fn stop(tx: &mut Tx<'_>, actor: &Actor, act: &Act, id: BatchId) -> Result<()> {
    let intake = seen(tx, actor, id)?;
    if !sql::stop(tx, id)? {
        return Err(Error::conflict("error-import-step"));
    }
    record(tx, act, intake.tenant, id, &IntakeEvent::Stopped {})
}
