//! The work of a step.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use access::{Actor, Verb, load_actor};
use db::Tx;
use events::{ATTEMPTS, Enqueue, Handlers, Job, Turn, enqueue};
use files::Files;
use kernel::{BatchId, Error, ErrorKind, PersonId, Result, Time};
use party::Tenants;
use serde::{Deserialize, Serialize};
use ticket::jobs::Workshop;
use tokio::runtime::Handle;

use super::dry::{Dry, SAMPLES};
use super::open::{self, Copied, Meant};
use super::{Intake, IntakeState, Step};
use crate::records::{Samples, plan_by};
use crate::store::intake as sql;
use crate::watch::{Progress, Watch};
use crate::{BatchState, ImportError, Input, Touched};

pub const STEP: &str = "import.step";
/// Until an import that waits for another one looks again.
const PAUSE: i64 = 3 * Time::SECOND;
/// Between two notes of progress.
const OFTEN: Duration = Duration::from_millis(400);

/// What the job is told.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Work {
    pub number: BatchId,
    pub step: Step,
    /// Whose rights bound it.
    pub by: PersonId,
}

/// What the jobs need.
#[derive(Clone)]
pub struct Dock {
    pub shop: Workshop,
    pub files: Files,
    /// For reading files of the store from a plain thread.
    pub runtime: Handle,
    /// The process ends.
    pub ending: Arc<dyn Fn() -> bool + Send + Sync>,
    /// One import at a time, so that other jobs find a worker.
    pub turn: Turn,
}

/// Adds the handler of this crate.
#[must_use]
pub fn handlers(handlers: Handlers, dock: Dock) -> Handlers {
    handlers.on(STEP, move |job| dock.step(job))
}

/// How a step ended, for the intake.
struct End {
    state: IntakeState,
    dry: Option<String>,
    trouble: String,
}

impl End {
    fn of(state: IntakeState) -> Self {
        Self { state, dry: None, trouble: String::new() }
    }

    /// The step was stopped before its end.
    fn is_cut_short(&self, step: Step) -> bool {
        let whole = match step {
            Step::Check => IntakeState::Checked,
            Step::Run => IntakeState::Done,
            Step::Undo => IntakeState::Undone,
        };
        self.state != whole
    }
}

impl Dock {
    fn step(&self, job: &Job) -> Result<()> {
        let work: Work = serde_json::from_str(&job.payload).map_err(Error::internal)?;
        let Some(_turn) = self.turn.take() else {
            let now = self.shop.clock.now();
            let wait =
                move |tx: &mut Tx<'_>| enqueue(tx, now, &Enqueue { kind: STEP, payload: &work, run_at: now.plus(PAUSE), unique_key: None });
            return self.shop.db.write_bulk_reserved_wait("import.wait", wait);
        };
        let Work { number, step, by } = work;
        let intake = self.shop.db.read_wait("import.intake", move |rd| sql::get(rd, &Tenants::All, number));
        let intake = match intake {
            Ok(intake) if intake.state.is_at_work() => intake,
            // It was ended by somebody else, or is gone.
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let stop = AtomicBool::new(intake.stop);
        let end = match self.work(&intake, step, by, &stop) {
            // The next process goes on with it.
            Ok(end) if end.is_cut_short(step) && (self.ending)() && !self.asked_to_stop(number)? => {
                return Err(Error::new(ErrorKind::Busy, "error-import-stopped"));
            }
            Ok(end) => end,
            Err(ImportError::Core(error)) if passes(&error) && job.attempts < ATTEMPTS => return Err(error),
            Err(error) => End { state: back(&self.shop.db, &intake, step)?, dry: None, trouble: trouble(error) },
        };
        let now = self.shop.clock.now();
        self.shop.db.write_bulk_reserved_wait("import.intake_end", move |tx| {
            let End { state, dry, trouble } = &end;
            sql::end(tx, number, &sql::End { state: *state, dry: dry.as_deref(), trouble }, now)
        })
    }

    fn asked_to_stop(&self, number: BatchId) -> Result<bool> {
        self.shop.db.read_wait("import.stopped", move |rd| sql::stopped(rd, number))
    }

    fn work(&self, intake: &Intake, step: Step, by: PersonId, stop: &AtomicBool) -> crate::Result<End> {
        let number = intake.id;
        let told = Cell::new(None::<Instant>);
        let tell = |progress: Progress| {
            if told.get().is_some_and(|at| at.elapsed() < OFTEN) {
                return;
            }
            told.set(Some(Instant::now()));
            self.tell(number, progress, stop);
        };
        let watch = Watch::new(&tell, stop);
        if step == Step::Undo {
            let undone = crate::rollback(&self.shop, number, Touched::Keep, watch)?;
            let whole = undone.batch.state == BatchState::Undone;
            return Ok(End::of(if whole { IntakeState::Undone } else { IntakeState::Done }));
        }
        let (now, tenant) = (self.shop.clock.now(), intake.tenant);
        let actor = self.shop.db.read_wait("import.actor", move |rd| {
            let actor = load_actor(rd, by, now)?;
            actor.require(Verb::ImportRun, tenant)?;
            Ok(Arc::new(actor))
        })?;
        let copied = self.runtime.block_on(Copied::of(&self.files, intake.file, &intake.file_name))?;
        let input = copied.input()?.called(&intake.file_name);
        let mut meant = open::mapping(&intake.mapping)?;
        meant.allowed(&actor, tenant)?;
        match &mut meant {
            Meant::Tickets(mapping) => mapping.only = Some(tenant),
            Meant::Records(mapping) => mapping.only = Some(tenant),
        }
        if step == Step::Check {
            return self.tried(&meant, &input, actor, watch);
        }
        let before = self.shop.db.read_wait("import.begun", move |rd| crate::store::batch::of(rd, number))?;
        if before.is_some_and(|batch| batch.state == BatchState::Done) {
            // A process that ended here before it could say so.
            return Ok(End::of(IntakeState::Done));
        }
        let report = match &meant {
            Meant::Tickets(mapping) => crate::run::run_as(&self.shop, mapping, &input, number, actor, watch)?,
            Meant::Records(mapping) => crate::records::run_as(&self.shop, mapping, &input, number, actor, watch)?,
        };
        let done = report.batch.state == BatchState::Done;
        Ok(End::of(if done { IntakeState::Done } else { IntakeState::Interrupted }))
    }

    /// Makes a dry run.
    fn tried(&self, meant: &Meant, input: &Input, actor: Arc<Actor>, watch: Watch<'_>) -> crate::Result<End> {
        let samples = Samples { count: SAMPLES, by: Some(actor) };
        let (stopped, dry) = match meant {
            Meant::Tickets(mapping) => {
                let dry = crate::plan::plan_by(&self.shop.db, &*self.shop.clock, mapping, input, samples, watch)?;
                (dry.stopped, Dry::from(dry))
            }
            Meant::Records(mapping) => {
                let dry = plan_by(&self.shop.db, &*self.shop.clock, mapping, input, samples, watch)?;
                (dry.stopped, Dry::from(dry))
            }
        };
        if stopped {
            return Ok(End::of(IntakeState::Ready));
        }
        let dry = serde_json::to_string(&dry).map_err(Error::internal)?;
        Ok(End { state: IntakeState::Checked, dry: Some(dry), trouble: String::new() })
    }

    /// Notes how far the work is, and looks whether it should stop.
    fn tell(&self, number: BatchId, progress: Progress, stop: &AtomicBool) {
        let (done, total) = (i64::try_from(progress.done).unwrap_or(i64::MAX), i64::try_from(progress.total).unwrap_or(i64::MAX));
        let noted = self.shop.db.write_bulk_wait("import.at", move |tx| sql::at(tx, number, progress.stage.key(), done, total));
        if let Err(error) = noted {
            tracing::debug!(%error, "the progress of an import could not be noted");
        }
        if (self.ending)() || self.asked_to_stop(number).unwrap_or(false) {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

/// Whether trying again may help.
fn passes(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Busy | ErrorKind::Storage)
}

/// The state after a step that could not go on.
fn back(db: &db::Db, intake: &Intake, step: Step) -> Result<IntakeState> {
    let id = intake.id;
    let batch = db.read_wait("import.begun", move |rd| crate::store::batch::of(rd, id))?;
    Ok(match (step, batch) {
        (Step::Check, _) => IntakeState::Ready,
        (Step::Run, None) => IntakeState::Checked,
        (Step::Run, Some(_)) => IntakeState::Interrupted,
        (Step::Undo, _) => IntakeState::Done,
    })
}

/// What is told of an error: its key, or what the file or the mapping is wrong in.
fn trouble(error: ImportError) -> String {
    match error {
        ImportError::Core(error) => match error.fields().iter().find_map(|field| field.args.first()) {
            Some((_, what)) => what.to_string(),
            None => error.code().to_owned(),
        },
        ImportError::Mapping(mistakes) => mistakes.to_string(),
        ImportError::File { message, .. } => message,
    }
}
