//! Writes a part of a case inside of a transaction.

use std::ops::AddAssign;
use std::sync::Arc;

use access::Actor;
use db::{Fault, Tx, fault};
use events::{Act, By, Cause, Visibility};
use kernel::{BatchId, Entropy, Error, Id, Lang, OrganisationId, PersonId, Result, TeamId, TicketId, Time};
use ticket::events::TicketEvent;
use ticket::record::{self, Flags, NewRecord, Set};
use ticket::rules::secrets::SecretPolicy;
use ticket::store::message::NewMessage;
use ticket::store::{reference, ticket as rows};
use ticket::{Category, Channel, Desk, KindDef, MessageKind, Ticket, secrets};

use super::Run;
use super::parties::Known;
use crate::batch::Batch;
use crate::mapping::{KnownCase, TrashedCase};
use crate::party::Party;
use crate::refusal::{Reason, Refusal};
use crate::standing::{Bounds, Standing};
use crate::store::{directory, refusal};
use crate::understand::{CaseSteps, Step, Want};

/// Refused rows and steps of a case, or a row without a case.
pub(super) enum Part {
    Lost(Refusal),
    Case { case: Arc<CaseSteps>, refused: std::ops::Range<usize>, steps: std::ops::Range<usize> },
}

impl Part {
    pub fn lost(refusal: Refusal) -> Self {
        Part::Lost(refusal)
    }
    /// Entries of a case: first its refused rows, then its steps.
    pub fn of(case: &Arc<CaseSteps>, from: usize, to: usize) -> Self {
        let first = case.refused.len();
        Part::Case {
            case: Arc::clone(case),
            refused: from.min(first)..to.min(first),
            steps: from.saturating_sub(first)..to.saturating_sub(first),
        }
    }
}

/// What a write did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Wrote {
    pub applied: i64,
    pub refused: i64,
    /// Tickets made.
    pub cases: i64,
}

impl AddAssign for Wrote {
    fn add_assign(&mut self, other: Self) {
        self.applied += other.applied;
        self.refused += other.refused;
        self.cases += other.cases;
    }
}

/// What all writes of a run share.
pub(super) struct Frame {
    pub batch: BatchId,
    tenant: OrganisationId,
    source: String,
    kind: KindDef,
    known: Known,
    channel: Channel,
    lang: Lang,
    entropy: Arc<dyn Entropy>,
    /// Newer rows of numbers that are known go on with their tickets.
    continues: bool,
    /// When the batch began: what was recorded before is of others.
    started: Time,
    secrets: SecretPolicy,
    desk: Arc<Desk>,
    /// Whose rights bound it; nobody: the desk itself.
    actor: Option<Arc<Actor>>,
    trashed: TrashedCase,
}

/// What became of the steps of a part.
enum Outcome {
    Written {
        ticket: TicketId,
        made: bool,
        /// Steps at the beginning that the desk has already.
        known: usize,
    },
    /// The desk has the number already: what is told of it.
    Known(String),
    /// Its ticket is in the trash.
    Trashed(TicketId),
    /// The beginning of the case was refused.
    Headless,
    /// No row says what the ticket is.
    Unsaid,
}

impl Frame {
    pub fn new(run: &Run<'_>, batch: &Batch, known: Known) -> Self {
        // What was solved long ago must not be closed by the desk on the day of the import.
        let kind = KindDef { close_after_days: 0, ..run.ground.kind.clone() };
        Self {
            batch: batch.id,
            tenant: batch.tenant,
            source: run.mapping.source.clone(),
            kind,
            known,
            channel: run.mapping.case.channel,
            lang: run.mapping.case.lang,
            entropy: Arc::clone(&run.shop.entropy),
            continues: run.mapping.case.known == KnownCase::Continue,
            started: batch.started_at,
            secrets: *run.ground.catalogue.secrets(),
            desk: Arc::clone(&run.shop.desk),
            actor: run.actor.clone(),
            trashed: run.mapping.case.trashed,
        }
    }

    /// Writes a part; what the database refuses of it becomes refusals.
    pub fn write(&self, tx: &mut Tx<'_>, part: &Part, now: Time) -> Result<Wrote> {
        let (case, refused, range) = match part {
            Part::Lost(lost) => {
                refusal::insert(tx, self.batch, lost)?;
                return Ok(Wrote { refused: 1, ..Wrote::default() });
            }
            Part::Case { case, refused, steps } => (case, refused.clone(), steps.clone()),
        };
        let mut wrote = Wrote::default();
        for row in &case.refused[refused] {
            refusal::insert(tx, self.batch, row)?;
            wrote.refused += 1;
        }
        if range.is_empty() {
            return Ok(wrote);
        }
        let steps = &case.steps[range.clone()];
        let (reason, detail) = match tx.savepoint(|tx| self.steps(tx, case, range.start, steps, now)) {
            Ok(Outcome::Written { ticket, made, known }) => {
                wrote.applied += i64::try_from(steps[known..].iter().filter(|step| step.counts).count()).map_err(Error::internal)?;
                wrote.cases += i64::from(made);
                for row in case.refused_in(range.start..range.start + known, Reason::Known, &ticket.to_string()) {
                    refusal::insert(tx, self.batch, &row)?;
                    wrote.refused += 1;
                }
                return Ok(wrote);
            }
            Ok(Outcome::Known(told)) => (Reason::Known, told),
            Ok(Outcome::Trashed(id)) => (Reason::Trashed, id.to_string()),
            Ok(Outcome::Unsaid) => (Reason::NoTicket, case.number.clone()),
            Ok(Outcome::Headless) => (Reason::Case, String::new()),
            Err(error) if ends_transaction(&error) => return Err(error),
            Err(error) => (Reason::Database, error.to_string()),
        };
        for row in case.refused_in(range, reason, &detail) {
            refusal::insert(tx, self.batch, &row)?;
            wrote.refused += 1;
        }
        Ok(wrote)
    }

    fn steps(&self, tx: &mut Tx<'_>, case: &CaseSteps, from: usize, steps: &[Step], now: Time) -> Result<Outcome> {
        let there = reference::find(tx, self.tenant, &self.source, &case.number)?;
        let mut rest = steps;
        let mut known = 0;
        let mut ticket = match (there, from, steps.split_first()) {
            (None, ..) if case.headless => return Ok(Outcome::Unsaid),
            (None, 0, Some((first, others))) => {
                rest = others;
                self.first(tx, case, first, now)?
            }
            (None, ..) => return Ok(Outcome::Headless),
            (Some(id), ..) => {
                let ticket = rows::by_id(tx, id)?;
                let standing = self.bounds().standing(tx, &ticket)?;
                if standing == Standing::Hidden {
                    return Ok(Outcome::Known(case.number.clone()));
                }
                if from == 0 && !self.continues {
                    return Ok(Outcome::Known(id.to_string()));
                }
                if ticket.batch != Some(self.batch) {
                    known = self.continued(tx, id, steps)?;
                    rest = &steps[known..];
                }
                match standing {
                    _ if rest.is_empty() => return Ok(Outcome::Known(id.to_string())),
                    Standing::InTrash => return Ok(Outcome::Trashed(id)),
                    Standing::Returns => self.bring_back(tx, id, now)?,
                    Standing::Open | Standing::Hidden => ticket,
                }
            }
        };
        for step in rest {
            ticket = self.next(tx, ticket, step, now)?;
        }
        Ok(Outcome::Written { ticket: ticket.id, made: from == 0 && there.is_none(), known })
    }

    fn bounds(&self) -> Bounds<'_> {
        Bounds { actor: self.actor.as_deref(), trashed: self.trashed }
    }

    /// Takes a ticket out of the trash: a deed of today, and no part of its history.
    fn bring_back(&self, tx: &mut Tx<'_>, id: TicketId, now: Time) -> Result<Ticket> {
        let act = Act { silent: false, ..super::act(self.batch, now, &self.entropy) };
        let system = Actor::system();
        let actor = self.actor.as_deref().unwrap_or(&system);
        ticket::actions::trash::restore(tx, ticket::Frame { desk: &self.desk, actor, act: &act }, id)
    }

    /// How many of these steps a ticket of an earlier import has already; all, when it is not to be continued.
    fn continued(&self, tx: &mut Tx<'_>, id: TicketId, steps: &[Step]) -> Result<usize> {
        let newest = if self.continues { directory::newest(tx, id, self.started)? } else { None };
        Ok(newest.map_or(steps.len(), |newest| steps.partition_point(|step| step.at <= newest)))
    }

    fn act(&self, step: &Step, now: Time) -> Act {
        let by = step.by.as_ref().and_then(|party| self.id(party)).map_or(By::Import(self.batch.raw()), By::Person);
        Act {
            by,
            now,
            occurred: step.at,
            cause: Cause::Import { batch: self.batch.raw() },
            silent: true,
            entropy: Arc::clone(&self.entropy),
        }
    }

    fn id(&self, party: &Arc<Party>) -> Option<i64> {
        self.known.ids.get(&party.key).copied()
    }
    fn of<K>(&self, party: &Option<Arc<Party>>) -> Option<Id<K>> {
        party.as_ref().and_then(|party| self.id(party)).map(Id::new)
    }

    fn team(&self, party: &Option<Arc<Party>>) -> Option<(TeamId, i64)> {
        let id: TeamId = self.of(party)?;
        Some((id, self.known.lines.get(&id.raw()).copied().unwrap_or(1)))
    }

    /// The ticket as its first step says it began.
    fn first(&self, tx: &mut Tx<'_>, case: &CaseSteps, step: &Step, now: Time) -> Result<Ticket> {
        let mut new = NewRecord {
            tenant: self.tenant,
            kind: self.kind.key.clone(),
            title: case.title.clone(),
            state: self.kind.initial.clone(),
            category: self.kind.state(&self.kind.initial).map_or(Category::New, |state| state.category),
            impact: 2,
            urgency: 2,
            priority: 2,
            requester: None,
            beneficiary: None,
            organisation: None,
            location: None,
            service: None,
            team: None,
            assignee: None,
            channel: self.channel,
            parent: None,
            incomplete: false,
            confidential: false,
            batch: Some(self.batch),
        };
        let mut more = Vec::new();
        for want in &step.wants {
            match want {
                Want::State(key, category) => (new.state, new.category) = (key.clone(), *category),
                Want::Impact(n) => new.impact = *n,
                Want::Urgency(n) => new.urgency = *n,
                Want::Priority(n) => new.priority = *n,
                Want::Requester(party) => new.requester = self.of(party),
                Want::Beneficiary(party) => new.beneficiary = self.of(party),
                Want::Organisation(party) => new.organisation = self.of(party),
                Want::Location(party) => new.location = self.of(party),
                Want::Service(party) => new.service = self.of(party),
                Want::Team(party) => new.team = self.team(party),
                Want::Assignee(party) => new.assignee = self.of(party),
                Want::Code(code) => more.extend(code.clone().map(|code| Set::ResolutionCode(Some(code)))),
                Want::Report(text) => more.push(Set::ResolutionReport(text.clone())),
            }
        }
        let act = self.act(step, now);
        let mut ticket = record::create(tx, &act, &new)?;
        reference::insert(tx, self.tenant, &self.source, &case.number, ticket.id)?;
        if !more.is_empty() {
            ticket = record::apply(tx, &act, &self.kind, &ticket, &more, Flags::default())?.ticket;
        }
        let description = case.description.as_ref().map(|body| NewMessage {
            kind: MessageKind::Description,
            public: true,
            from_requester: true,
            author: new.requester.or(ticket.created_by),
            lang: self.lang,
            channel: self.channel,
            call: None,
            body: body.clone(),
        });
        self.speak(tx, &act, ticket, description.into_iter().chain(self.spoken(step)))
    }

    /// The ticket after a further step.
    fn next(&self, tx: &mut Tx<'_>, ticket: Ticket, step: &Step, now: Time) -> Result<Ticket> {
        let act = self.act(step, now);
        let sets: Vec<Set> = step.wants.iter().flat_map(|want| self.sets(want, &ticket)).collect();
        let applied = record::apply(tx, &act, &self.kind, &ticket, &sets, Flags::default())?;
        let mut ticket = applied.ticket;
        if applied.changes.is_empty() && step.spoken.is_empty() && step.counts {
            // The row says that somebody was at it; that is all it says.
            let event = TicketEvent::Changed {
                version: ticket.version,
                changes: Vec::new(),
                reopened: false,
                confirmed: false,
                handover: None,
                undoes: None,
                ended: None,
            };
            record::log(tx, &act, ticket.tenant, ticket.id, &event, Visibility::Internal)?;
            rows::touch(tx, ticket.id, step.at, false, false)?;
            ticket.activity += 1;
            ticket.updated_at = ticket.updated_at.max(step.at);
        }
        self.speak(tx, &act, ticket, self.spoken(step))
    }

    fn sets(&self, want: &Want, ticket: &Ticket) -> Vec<Set> {
        match want {
            Want::State(key, category) => vec![Set::State(key.clone(), *category)],
            Want::Impact(n) => vec![Set::Impact(*n)],
            Want::Urgency(n) => vec![Set::Urgency(*n)],
            Want::Priority(n) => vec![Set::Priority(*n)],
            Want::Requester(party) => vec![Set::Requester(self.of(party))],
            Want::Beneficiary(party) => vec![Set::Beneficiary(self.of(party))],
            Want::Organisation(party) => vec![Set::Organisation(self.of(party))],
            Want::Location(party) => vec![Set::Location(self.of(party))],
            Want::Service(party) => vec![Set::Service(self.of(party))],
            Want::Assignee(party) => vec![Set::Assignee(self.of(party))],
            Want::Code(code) => vec![Set::ResolutionCode(code.clone())],
            Want::Report(text) => vec![Set::ResolutionReport(text.clone())],
            Want::Team(party) => {
                let team = self.team(party);
                let set = Set::Team(team.map(|t| t.0), team.map_or(ticket.line, |t| t.1));
                // The first desk that had it keeps ownership while other lines work on it.
                let owner = team.filter(|(_, line)| *line == 1 && ticket.owner_team.is_none()).map(|(id, _)| Set::OwnerTeam(Some(id)));
                std::iter::once(set).chain(owner).collect()
            }
        }
    }

    fn spoken<'s>(&'s self, step: &'s Step) -> impl Iterator<Item = NewMessage> + 's {
        step.spoken.iter().map(|spoken| NewMessage {
            kind: spoken.kind,
            public: spoken.public,
            from_requester: spoken.from_requester,
            author: self.of::<kernel::kinds::Person>(&spoken.author) as Option<PersonId>,
            lang: self.lang,
            channel: self.channel,
            call: None,
            body: spoken.body.clone(),
        })
    }

    /// Writes messages; the ticket is read again, because they move its activity and its times.
    fn speak(&self, tx: &mut Tx<'_>, act: &Act, ticket: Ticket, messages: impl Iterator<Item = NewMessage>) -> Result<Ticket> {
        let mut written = false;
        for message in messages {
            let by = message.author.map_or(act.by, |author| By::Person(author.raw()));
            let id = record::message(tx, &Act { by, ..act.clone() }, &ticket, &message)?;
            secrets::tell(tx, act, &ticket, id, &self.secrets, &message.body)?;
            written = true;
        }
        if written { rows::by_id(tx, ticket.id) } else { Ok(ticket) }
    }
}

/// Whether the error concerns the whole transaction, so that nothing of it can be kept.
pub(crate) fn ends_transaction(error: &Error) -> bool {
    matches!(
        fault(error),
        Some(Fault::Io(_) | Fault::Serialization(_) | Fault::Unavailable(_) | Fault::DiskFull | Fault::Interrupted | Fault::Unknown(_))
    )
}
