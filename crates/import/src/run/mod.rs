//! A run: everything is understood once to know whom the file speaks of, those are made, then the rows
//! are written in chunks, each with the move of the batch in its transaction.

mod chunk;
pub(crate) mod part;
mod parties;
mod states;

use std::sync::Arc;

use access::Actor;
use db::Tx;
use events::{Act, By, Cause};
use kernel::{BatchId, Entropy, Error, ErrorKind, OrganisationId, PersonId, Time, kinds};
use party::store::organisation;
use party::{OrganisationData, OrganisationKind};
use ticket::jobs::Workshop;

use crate::batch::{Batch, BatchState};
use crate::error::Result;
use crate::ground::{Ground, Tenant};
use crate::input::{Cases, Counts, Input, Item};
use crate::mapping::Mapping;
use crate::party::Party;
use crate::report::Report;
use crate::store::batch::{self as store, NewBatch};
use crate::understand::Understand;
use crate::watch::{Stage, Watch};

/// The frame of what an import writes.
pub(crate) fn act(batch: BatchId, now: Time, entropy: &Arc<dyn Entropy>) -> Act {
    Act {
        by: By::Import(batch.raw()),
        now,
        occurred: now,
        cause: Cause::Import { batch: batch.raw() },
        silent: true,
        entropy: Arc::clone(entropy),
    }
}

/// One run on its way.
struct Run<'a> {
    shop: &'a Workshop,
    mapping: &'a Mapping,
    input: &'a Input,
    watch: Watch<'a>,
    counts: Counts,
    ground: Ground,
    /// Whose rights bound it; nobody: the desk itself.
    actor: Option<Arc<Actor>>,
}

/// Imports a file, or goes on with an import of it that did not come to its end. For plain threads.
///
/// # Errors
/// The mapping does not fit, the file cannot be read, or the database refuses as a whole; what was
/// written stays, and the next run of the same file goes on from there.
pub fn run(shop: &Workshop, mapping: &Mapping, input: &Input, by: Option<PersonId>, watch: Watch<'_>) -> Result<Report> {
    whole(shop, mapping, input, As { number: None, by, actor: None }, watch)
}

/// As [`run`], as the batch of this number, which somebody has kept free for it.
///
/// # Errors
/// As [`run`]; the batch came to its end.
pub(crate) fn run_as(
    shop: &Workshop,
    mapping: &Mapping,
    input: &Input,
    number: BatchId,
    by: Arc<Actor>,
    watch: Watch<'_>,
) -> Result<Report> {
    whole(shop, mapping, input, As { number: Some(number), by: by.person, actor: Some(by) }, watch)
}

/// As which batch, and for whom.
struct As {
    number: Option<BatchId>,
    by: Option<PersonId>,
    actor: Option<Arc<Actor>>,
}

fn whole(shop: &Workshop, mapping: &Mapping, input: &Input, as_: As, watch: Watch<'_>) -> Result<Report> {
    let counts = Counts::of(input, mapping, watch)?;
    let ground = Ground::find(&shop.db, mapping)?;
    let run = Run { shop, mapping, input, watch, counts, ground, actor: as_.actor };
    let Some(wanted) = run.check()? else { return Err(stopped().into()) };
    let (batch, resumed) = run.begin(as_.number, as_.by)?;
    let result = run.work(&batch, wanted);
    // Ended in good order, by a stop or by an error: the state says that nobody is at work. It is left
    // alone when another process has taken the batch over.
    let state = match &result {
        Ok(true) => BatchState::Done,
        Ok(false) | Err(_) => BatchState::Interrupted,
    };
    let (id, now) = (batch.id, shop.clock.now());
    let elsewhere = matches!(&result, Err(crate::ImportError::Core(error)) if error.code() == "error-import-elsewhere");
    if !elsewhere {
        shop.db.write_bulk_wait("import.state", move |tx| store::set_state(tx, id, state, now))?;
    }
    result?;
    let report = crate::report::of_batch(&shop.db, id, resumed)?;
    if report.batch.state == BatchState::Done && report.batch.rows_applied + report.batch.rows_refused != report.batch.rows_read {
        return Err(Error::internal(format!("batch {id}: the rows applied and refused are not the rows read")).into());
    }
    Ok(report)
}

fn stopped() -> Error {
    Error::new(ErrorKind::Busy, "error-import-stopped")
}

impl Run<'_> {
    fn understand<'u>(&'u self, kind: &'u ticket::KindDef, now: Time) -> Understand<'u> {
        Understand {
            mapping: self.mapping,
            columns: Arc::clone(&self.counts.columns),
            kind,
            catalogue: &self.ground.catalogue,
            directory: &self.ground.directory,
            now,
            parties: crate::party::Parties::default(),
        }
    }

    /// Understands everything, to know whom it speaks of; nothing when it was stopped.
    fn check(&self) -> Result<Option<Vec<Arc<Party>>>> {
        let mut understand = self.understand(&self.ground.kind, self.shop.clock.now());
        let mut cases = Cases::open(self.input, self.mapping, &self.counts)?;
        let mut rows = 0;
        while let Some(item) = cases.next()? {
            match item {
                Item::Case(case) => {
                    rows += case.rows.len() as u64;
                    understand.case(case);
                }
                Item::Lost(_) => rows += 1,
            }
            self.watch.at(Stage::Checking, rows, self.counts.rows);
            if self.watch.stopped() {
                return Ok(None);
            }
        }
        Ok(Some(understand.parties.wanted()))
    }

    /// The batch to go on with, else a new one; says which.
    fn begin(&self, number: Option<BatchId>, by: Option<PersonId>) -> Result<(Batch, bool)> {
        let mapping = self.mapping;
        let (tenant, source) = (self.ground.tenant.clone(), mapping.source.clone());
        let new = NewBatch {
            tenant: OrganisationId::new(0),
            source: source.clone(),
            kind: mapping.kind.text.clone(),
            file_name: self.input.name(),
            file_sha256: self.input.sha256.clone(),
            mapping_name: mapping.file_name.clone(),
            mapping_sha256: mapping.sha256.clone(),
            columns: serde_json::to_string(self.counts.columns.names()).map_err(Error::internal)?,
            rows_read: i64::try_from(self.counts.rows).map_err(Error::internal)?,
            created_by: by,
        };
        let now = self.shop.clock.now();
        Ok(self.shop.db.write_bulk_wait("import.begin", move |tx| {
            if let Some(undoing) = store::undoing(tx, &source)? {
                return Err(Error::conflict("error-import-undoing").arg("batch", undoing));
            }
            let there = match number {
                Some(number) => store::of(tx, number)?,
                None => store::unfinished(tx, &source, &new.mapping_sha256, &new.file_sha256)?.map(|id| store::get(tx, id)).transpose()?,
            };
            if let Some(batch) = there {
                let goes_on = matches!(batch.state, BatchState::Running | BatchState::Interrupted);
                return if goes_on { Ok((batch, true)) } else { Err(Error::conflict("error-import-elsewhere").arg("batch", batch.id)) };
            }
            let id = number.map_or_else(|| tx.next_id::<kinds::Batch>(), Ok)?;
            let tenant_id = tenant_id(tx, &tenant, now)?;
            store::insert(tx, id, &NewBatch { tenant: tenant_id, ..new.clone() }, now)?;
            crate::store::party::put_object(tx, id, "tenant", "", tenant_id.raw(), matches!(tenant, Tenant::New(_)))?;
            Ok((store::get(tx, id)?, false))
        })?)
    }

    /// Does the work; `false` when it was stopped.
    fn work(&self, batch: &Batch, wanted: Vec<Arc<Party>>) -> Result<bool> {
        if !self.mapping.states.is_empty() {
            states::add(self.shop, self.mapping, batch)?;
        }
        let Some(known) = parties::make(self, batch, wanted)? else { return Ok(false) };
        chunk::write(self, batch, known)
    }
}

pub(crate) fn tenant_id(tx: &mut Tx<'_>, tenant: &Tenant, now: Time) -> kernel::Result<OrganisationId> {
    match tenant {
        Tenant::There(id) => Ok(*id),
        Tenant::New(name) => {
            let first = organisation::tenants(tx)?.is_empty();
            let kind = if first { OrganisationKind::Internal } else { OrganisationKind::Customer };
            organisation::insert(tx, None, &OrganisationData::named(name, kind), now)
        }
    }
}
