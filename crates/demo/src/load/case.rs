//! One case: registered, then step by step.

use access::Actor;
use db::Tx;
use events::Act;
use kernel::{BatchId, Error, Lang, PersonId, Result, TicketId, Time};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::involve::{Who, involve};
use ticket::actions::tag::tag;
use ticket::record::{self, NewRecord};
use ticket::store::message::NewMessage;
use ticket::{Catalogue, Category, Direction, Frame, Involvement, KindDef, MessageKind, Ticket};

use super::ids::Ids;
use super::{Ground, moves};
use crate::model::{Case, Channel, Code, PersonRef, Step, What};

/// Steps this close together, by one person, are one change.
const TOGETHER: i64 = 3 * Time::SECOND;

/// Makes one case of the plan; links to others follow when all are there.
pub(super) fn make(tx: &mut Tx<'_>, ground: &Ground, ids: &Ids, batch: BatchId, place: usize) -> Result<TicketId> {
    let case = &ground.plan.cases[place];
    let catalogue = ground.desk.catalogue(tx)?;
    let tenant = ids.organisation(ground.plan.company.organisation(case.organisation).tenant);
    let kind = catalogue.kind(tenant, moves::kind(case.kind)).ok_or_else(|| Error::internal("a delivered kind of ticket is missing"))?;
    let ticket = register(tx, ground, ids, case, (kind, &catalogue, batch))?;
    let mut teller = Teller { ground, ids, case, kind, actor: Actor::system(), ticket, pending: None };
    for step in &case.steps {
        teller.tell(tx, step)?;
    }
    teller.flush(tx)?;
    Ok(teller.ticket.id)
}

fn register(
    tx: &mut Tx<'_>,
    ground: &Ground,
    ids: &Ids,
    case: &Case,
    (kind, catalogue, batch): (&KindDef, &Catalogue, BatchId),
) -> Result<Ticket> {
    let company = &ground.plan.company;
    let (impact, urgency) = (moves::grade(case.impact), moves::grade(case.urgency));
    let by_agent = company.person(case.registered_by).is_agent();
    let channel = if by_agent && case.channel == Channel::Web { ticket::Channel::Agent } else { moves::channel(case.channel) };
    let new = NewRecord {
        tenant: ids.organisation(company.organisation(case.organisation).tenant),
        kind: kind.key.clone(),
        title: case.subject.clone(),
        state: kind.initial.clone(),
        category: kind.state(&kind.initial).map_or(Category::New, |s| s.category),
        impact,
        urgency,
        priority: catalogue.priority(impact, urgency),
        requester: Some(ids.person(case.requester)),
        beneficiary: case.beneficiary.map(|p| ids.person(p)),
        organisation: Some(ids.organisation(case.organisation)),
        location: Some(ids.location(case.location)),
        service: case.service.map(|s| ids.service(s)),
        team: case.team.map(|t| (ids.team(t), i64::from(company.team(t).line))),
        assignee: None,
        channel,
        parent: None,
        incomplete: false,
        confidential: false,
        batch: Some(batch),
    };
    let author = ids.person(case.registered_by);
    let act = ground.act(Some(author), case.start);
    let ticket = record::create(tx, &act, &new)?;
    let phone = case.channel == Channel::Phone && case.registered_by != case.requester;
    let message = NewMessage {
        kind: if phone { MessageKind::Call } else { MessageKind::Description },
        public: true,
        from_requester: case.registered_by == case.requester,
        author: Some(author),
        lang: case.lang,
        channel,
        call: phone.then_some((Direction::In, Some(150 + case.start.micros().rem_euclid(400)))),
        body: case.body.clone(),
    };
    record::message(tx, &act, &ticket, &message)?;
    Ok(ticket)
}

/// A change that later steps of the same moment may still join.
struct Pending {
    by: Option<PersonRef>,
    at: Time,
    patch: Patch,
}

struct Teller<'a> {
    ground: &'a Ground,
    ids: &'a Ids,
    case: &'a Case,
    kind: &'a KindDef,
    actor: Actor,
    ticket: Ticket,
    pending: Option<Pending>,
}

impl Teller<'_> {
    fn tell(&mut self, tx: &mut Tx<'_>, step: &Step) -> Result<()> {
        match &step.what {
            What::Triage { service, impact, urgency } => {
                let (service, impact, urgency) = (self.ids.service(*service), moves::grade(*impact), moves::grade(*urgency));
                let patch = self.open_change(tx, step)?;
                patch.service = Some(Some(service));
                (patch.impact, patch.urgency) = (Some(impact), Some(urgency));
                Ok(())
            }
            What::Route { team } => {
                let team = self.ids.team(*team);
                self.open_change(tx, step)?.team = Some(Some(team));
                Ok(())
            }
            What::Assign { person } => {
                let person = self.ids.person(*person);
                self.open_change(tx, step)?.assignee = Some(Some(person));
                Ok(())
            }
            What::Start => self.start(tx, step),
            What::Reply { text } => self.say(tx, step, (MessageKind::Reply, true), text, None),
            What::Note { text } => self.say(tx, step, (MessageKind::Note, false), text, None),
            What::Call(call) => {
                let direction = if call.outbound { Direction::Out } else { Direction::In };
                let length = Some(i64::from(call.minutes) * 60);
                self.say(tx, step, (MessageKind::Call, call.public), &call.summary, Some((direction, length)))
            }
            What::Tag { tag: text } => {
                self.flush(tx)?;
                let act = self.act(step);
                tag(tx, Frame { desk: &self.ground.desk, actor: &self.actor, act: &act }, self.ticket.id, text).map(drop)
            }
            What::Watch { person } => self.involve(tx, step, *person, Involvement::Watcher),
            What::CoWork { person } => self.involve(tx, step, *person, Involvement::Coworker),
            What::Link { .. } => Ok(()),
            state => self.go(tx, step, state),
        }
    }

    fn act(&self, step: &Step) -> Act {
        self.ground.act(step.by.map(|p| self.ids.person(p)), step.at)
    }

    /// The change that this step belongs to: the one under way, or a new one.
    fn open_change(&mut self, tx: &mut Tx<'_>, step: &Step) -> Result<&mut Patch> {
        let joins = self.pending.as_ref().is_some_and(|p| p.by == step.by && step.at.micros() - p.at.micros() <= TOGETHER);
        if !joins {
            self.flush(tx)?;
        }
        let pending = self.pending.get_or_insert_with(|| Pending { by: step.by, at: step.at, patch: Patch::default() });
        Ok(&mut pending.patch)
    }

    /// Applies the change under way.
    fn flush(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let Some(pending) = self.pending.take() else { return Ok(()) };
        let act = self.ground.act(pending.by.map(|p| self.ids.person(p)), pending.at);
        self.ticket =
            change(tx, Frame { desk: &self.ground.desk, actor: &self.actor, act: &act }, self.ticket.id, Base::Latest, &pending.patch)?;
        Ok(())
    }

    /// Work begins; being given to somebody may have begun it already.
    fn start(&mut self, tx: &mut Tx<'_>, step: &Step) -> Result<()> {
        if self.pending.as_ref().is_some_and(|p| p.patch.assignee.is_some()) {
            return Ok(());
        }
        self.flush(tx)?;
        if self.ticket.category == Category::New { self.go(tx, step, &step.what) } else { Ok(()) }
    }

    /// A step in the graph of states, with what it brings along.
    fn go(&mut self, tx: &mut Tx<'_>, step: &Step, what: &What) -> Result<()> {
        self.flush(tx)?;
        let from = self.ticket.state.clone();
        let way = match what {
            What::Start | What::Resume | What::Reopen { .. } => moves::way(self.kind, &from, Category::Active),
            What::Wait => moves::way(self.kind, &from, Category::Waiting),
            What::Hold { .. } => moves::special(self.kind, &from, "vendor").or_else(|| moves::way(self.kind, &from, Category::Held)),
            What::Resolve { code: Code::Declined, .. } => {
                moves::special(self.kind, &from, "declined").or_else(|| moves::way(self.kind, &from, Category::Resolved))
            }
            What::Resolve { .. } => moves::way(self.kind, &from, Category::Resolved),
            What::Confirm | What::AutoClose => {
                moves::way(self.kind, &from, Category::Closed).filter(|_| self.ticket.category != Category::Closed)
            }
            What::Cancel { .. } => moves::way(self.kind, &from, Category::Cancelled),
            _ => None,
        };
        let mut states = way.unwrap_or_default().into_iter().map(str::to_owned).peekable();
        while let Some(state) = states.next() {
            let mut patch = Patch { state: Some(state), ..Patch::default() };
            if let (What::Resolve { code, report }, None) = (what, states.peek()) {
                patch.resolution_code = Some(Some(moves::code(*code).to_owned()));
                patch.resolution_report = Some(report.clone());
            }
            patch.confirmed = *what == What::Confirm && step.by == Some(self.case.requester);
            self.pending = Some(Pending { by: step.by, at: step.at, patch });
            self.flush(tx)?;
        }
        Ok(())
    }

    fn say(
        &mut self,
        tx: &mut Tx<'_>,
        step: &Step,
        (kind, public): (MessageKind, bool),
        text: &str,
        call: Option<(Direction, Option<i64>)>,
    ) -> Result<()> {
        self.flush(tx)?;
        let from_requester = step.by == Some(self.case.requester);
        let channel = match (kind, from_requester) {
            (MessageKind::Call, _) => ticket::Channel::Phone,
            (_, true) => self.requester_channel(),
            _ => ticket::Channel::Agent,
        };
        let message = NewMessage {
            kind,
            public,
            from_requester,
            author: step.by.map(|p| self.ids.person(p)),
            lang: self.lang(public, step.by),
            channel,
            call,
            body: text.to_owned(),
        };
        record::message(tx, &self.act(step), &self.ticket, &message).map(drop)
    }

    /// Requesters answer the way they wrote; after a call, by mail.
    fn requester_channel(&self) -> ticket::Channel {
        match self.case.channel {
            Channel::Web => ticket::Channel::Portal,
            Channel::Mail | Channel::Phone | Channel::WalkIn => ticket::Channel::Email,
        }
    }

    /// What the requester reads is in the language of the case, the rest in that of its author.
    fn lang(&self, public: bool, author: Option<PersonRef>) -> Lang {
        match author {
            Some(person) if !public => self.ground.plan.company.person(person).lang,
            _ => self.case.lang,
        }
    }

    fn involve(&mut self, tx: &mut Tx<'_>, step: &Step, person: PersonRef, role: Involvement) -> Result<()> {
        self.flush(tx)?;
        let person: PersonId = self.ids.person(person);
        let act = self.act(step);
        involve(tx, Frame { desk: &self.ground.desk, actor: &self.actor, act: &act }, self.ticket.id, Who::Person(person), role).map(drop)
    }
}
