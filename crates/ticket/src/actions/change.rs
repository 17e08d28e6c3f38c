//! Changing properties: fields, hand-over, state. One action for page, API and jobs, so that a step
//! that touches several of them is one event.

use std::collections::BTreeSet;

use db::Tx;
use events::Act;
use kernel::{Error, ErrorKind, LocationId, OrganisationId, PersonId, Result, ServiceId, TeamId, TicketId};

use crate::actions::{about, confide, merge};
use crate::catalogue::{Children, KindDef, StateDef, TransitionDef};
use crate::custom::{self, For, Inputs};
use crate::events::Handover;
use crate::jobs::Cascade;
use crate::record::{self, Flags, Set};
use crate::rules::secrets::SecretPolicy;
use crate::rules::tenant::belongs;
use crate::rules::transition::{Around, Asker};
use crate::rules::{conflict, team, text, transition};
use crate::secrets::{self, Checked, Place};
use crate::standing::Standing;
use crate::store::{due, link, text as texts, ticket as rows};
use crate::timeline::{self, Reader, Theirs};
use crate::{Category, Frame, HandoverReason, Ticket, permit};

/// What to change; `None` leaves a property alone, `Some(None)` empties it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patch {
    pub title: Option<String>,
    pub impact: Option<i64>,
    pub urgency: Option<i64>,
    /// Set by hand instead of by the matrix.
    pub priority: Option<i64>,
    pub requester: Option<Option<PersonId>>,
    pub beneficiary: Option<Option<PersonId>>,
    pub organisation: Option<Option<OrganisationId>>,
    pub location: Option<Option<LocationId>>,
    pub service: Option<Option<ServiceId>>,
    pub owner_team: Option<Option<TeamId>>,
    pub team: Option<Option<TeamId>>,
    pub assignee: Option<Option<PersonId>>,
    pub parent: Option<Option<TicketId>>,
    pub state: Option<String>,
    pub resolution_code: Option<Option<String>>,
    pub resolution_report: Option<String>,
    /// Whether only the people named on it see it.
    pub confidential: Option<bool>,
    /// Custom fields by key.
    pub fields: Inputs,
    /// The requester says that it is fixed; goes with the state.
    pub confirmed: bool,
    /// Why it goes to another team or person.
    pub handover: Option<Why>,
}

/// Why a ticket is given to somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    pub reason: HandoverReason,
    /// More of it, for the desk; may be empty.
    pub words: String,
}

/// On what the caller's wish rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Exactly this version (API `If-Match`).
    Exactly(i64),
    /// The version a page was read at: only fields changed since then clash.
    Since(i64),
    /// Whatever is there.
    Latest,
}

/// Changes a ticket.
///
/// # Errors
/// Not found, forbidden, invalid; conflict when somebody else changed the same field (named) or the
/// graph has no such step.
pub fn change(tx: &mut Tx<'_>, frame: Frame<'_>, id: TicketId, base: Base, patch: &Patch) -> Result<Ticket> {
    let before = permit::see(tx, frame, id)?;
    merge::free(tx, &before)?;
    let catalogue = frame.desk.catalogue(tx)?;
    let kind = catalogue.kind_of(&before)?;
    let mut sets = fields(tx, frame, &catalogue, &before, patch)?;
    hand_over(tx, frame, kind, &before, patch, &mut sets)?;
    confide::decide(tx, frame, &before, patch.confidential, &mut sets)?;
    let target = state(tx, frame, kind, &before, patch, &mut sets)?;
    custom::changed(tx, frame, &catalogue, &before, &mut sets)?;
    fresh(tx, frame, &catalogue, &before, base, &sets)?;
    let handover = patch.handover.as_ref().map(|why| reason(tx, frame, &before, &sets, why)).transpose()?;
    let flags = Flags { confirmed: patch.confirmed, handover, ..Flags::default() };
    let masked = mask(catalogue.secrets(), &before, &mut sets);
    let applied = record::apply(tx, frame.act, kind, &before, &sets, flags)?;
    for (place, text) in &masked {
        secrets::forget(tx, before.id, place)?;
        secrets::keep(tx, frame, &before, place, text)?;
    }
    confide::follow_up(tx, frame, &before, &applied.ticket)?;
    if let Some(target) = target {
        follow_up(tx, frame.act, kind, &before, target, &applied.ticket)?;
    }
    Ok(applied.ticket)
}

/// Takes secrets out of a title, a report and custom fields that are new.
fn mask(policy: &SecretPolicy, before: &Ticket, sets: &mut [Set]) -> Vec<(Place, Checked)> {
    let mut found = Vec::new();
    for set in sets.iter_mut().filter(|set| set.differs(before)) {
        let (place, text) = match set {
            Set::Title(text) => (Place::Title, text),
            Set::ResolutionReport(text) => (Place::Report, text),
            _ => continue,
        };
        let checked = secrets::check(policy, text.clone(), false);
        text.clone_from(&checked.text);
        found.push((place, checked));
    }
    let customs = sets.iter_mut().filter(|set| set.differs(before));
    let customs = customs.filter_map(|set| if let Set::Custom(custom) = set { Some(custom) } else { None });
    found.extend(secrets::check_customs(policy, customs, false));
    found
}

/// Refuses a stale edit and names who changed what, as far as the actor may know it.
fn fresh(tx: &mut Tx<'_>, frame: Frame<'_>, catalogue: &crate::Catalogue, before: &Ticket, base: Base, sets: &[Set]) -> Result<()> {
    let (version, strict) = match base {
        Base::Latest => return Ok(()),
        Base::Exactly(version) => (version, true),
        Base::Since(version) => (version, false),
    };
    if version == before.version {
        return Ok(());
    }
    let theirs = timeline::changes_since(tx, before.id, version)?;
    let fields: BTreeSet<String> = theirs.iter().map(|c| c.field.clone()).collect();
    let wanted: Vec<&str> = sets.iter().filter(|set| set.differs(before)).map(Set::field).collect();
    let clash = conflict::clashes(wanted, &fields);
    if !strict && clash.is_empty() {
        return Ok(());
    }
    let hidden = frame.actor.hidden_in(access::Object::Ticket, before.tenant);
    let scope = frame.actor.tickets(access::Verb::TicketSee);
    let reader = Reader { inner: permit::is_staff_on(tx, frame, before)?, hidden: &hidden, scope: &scope, open: catalogue.fields().open() };
    let mut error = Error::new(if strict { ErrorKind::Stale } else { ErrorKind::Conflict }, "error-stale");
    let told = |c: &&Theirs| (strict || clash.contains(&c.field.as_str())) && timeline::knows(reader, &c.field);
    for theirs in theirs.iter().filter(told) {
        error =
            error.field(theirs.field.clone(), "error-field-changed").field_arg("who", &theirs.who).field_arg("at", theirs.at.to_rfc3339());
    }
    Err(error)
}

/// The plain fields of a patch, checked and looked up.
fn fields(tx: &mut Tx<'_>, frame: Frame<'_>, catalogue: &crate::Catalogue, before: &Ticket, patch: &Patch) -> Result<Vec<Set>> {
    let mut sets = Vec::new();
    if let Some(title) = &patch.title {
        sets.push(Set::Title(text::title(title).map_err(|e| Error::of_fields(vec![e]).err().unwrap_or_else(Error::not_found))?));
    }
    grades(catalogue, before, patch, &mut sets)?;
    named(tx, frame, before, patch, &mut sets)?;
    if let Some(parent) = patch.parent {
        if let Some(parent) = parent {
            adopt(tx, frame, before, parent)?;
        }
        sets.push(Set::Parent(parent));
    }
    customs(tx, frame, catalogue, before, patch, &mut sets)?;
    if !sets.is_empty() {
        permit::may(tx, frame, before, access::Verb::TicketEdit)?;
        let incomplete = before.incomplete && (!completes(before, &sets) || custom::lacks(tx, frame, catalogue, before, &sets)?);
        sets.push(Set::Incomplete(incomplete));
    }
    Ok(sets)
}

/// The custom fields; a field that the actor may not know does not exist.
fn customs(
    tx: &mut Tx<'_>,
    frame: Frame<'_>,
    catalogue: &crate::Catalogue,
    before: &Ticket,
    patch: &Patch,
    sets: &mut Vec<Set>,
) -> Result<()> {
    if patch.fields.is_empty() {
        return Ok(());
    }
    let staff = permit::is_staff_on(tx, frame, before)?;
    let service = patch.service.unwrap_or(before.service);
    let place = For { tenant: before.tenant, kind: &before.kind, service, ticket: Some(before.id), staff };
    let values = settings::values::of(tx, settings::field::Object::Ticket, before.id.raw())?;
    sets.extend(custom::wanted(tx, frame, catalogue, place, &patch.fields, &values)?.into_iter().map(Set::Custom));
    Ok(())
}

/// Whom and what the ticket names, each looked up under the actor's rights and of the ticket's tenant.
fn named(tx: &mut Tx<'_>, frame: Frame<'_>, before: &Ticket, patch: &Patch, sets: &mut Vec<Set>) -> Result<()> {
    if let Some(id) = patch.requester {
        id.map(|id| asks(tx, frame, "requester", before, id)).transpose()?;
        sets.push(Set::Requester(id));
    }
    if let Some(id) = patch.beneficiary {
        id.map(|id| asks(tx, frame, "beneficiary", before, id)).transpose()?;
        sets.push(Set::Beneficiary(id));
    }
    if let Some(id) = patch.organisation {
        id.map(|id| belongs("organisation", before.tenant, permit::organisation(tx, frame, id)?.tenant)).transpose()?;
        sets.push(Set::Organisation(id));
    }
    if let Some(id) = patch.location {
        id.map(|id| belongs("location", before.tenant, permit::location(tx, frame, id)?.tenant)).transpose()?;
        sets.push(Set::Location(id));
    }
    if let Some(id) = patch.service {
        id.map(|id| belongs("service", before.tenant, permit::service(tx, frame, id)?.tenant)).transpose()?;
        sets.push(Set::Service(id));
    }
    Ok(())
}

/// Somebody for whom the ticket may be.
fn asks(tx: &mut Tx<'_>, frame: Frame<'_>, field: &'static str, before: &Ticket, id: PersonId) -> Result<()> {
    let person = permit::person(tx, frame, id)?;
    about::refuse(tx, field, before, person.id)?;
    belongs(field, before.tenant, person.tenant)
}

/// Whether what was missing is there now.
fn completes(before: &Ticket, sets: &[Set]) -> bool {
    let requester = sets.iter().find_map(|s| if let Set::Requester(v) = s { Some(*v) } else { None }).unwrap_or(before.requester);
    let service = sets.iter().find_map(|s| if let Set::Service(v) = s { Some(*v) } else { None }).unwrap_or(before.service);
    requester.is_some() && service.is_some()
}

fn grades(catalogue: &crate::Catalogue, before: &Ticket, patch: &Patch, sets: &mut Vec<Set>) -> Result<()> {
    for (field, value) in [("impact", patch.impact), ("urgency", patch.urgency), ("priority", patch.priority)] {
        if value.is_some_and(|v| !(1..=4).contains(&v)) {
            return Err(Error::invalid(field, "error-grade"));
        }
    }
    sets.extend(patch.impact.map(Set::Impact));
    sets.extend(patch.urgency.map(Set::Urgency));
    match patch.priority {
        Some(priority) => sets.push(Set::Priority(priority)),
        None if patch.impact.is_some() || patch.urgency.is_some() => {
            sets.push(Set::Priority(catalogue.priority(patch.impact.unwrap_or(before.impact), patch.urgency.unwrap_or(before.urgency))));
        }
        None => {}
    }
    Ok(())
}

/// A parent must be visible, of the same tenant, and no descendant.
fn adopt(tx: &mut Tx<'_>, frame: Frame<'_>, child: &Ticket, parent: TicketId) -> Result<()> {
    let parent = permit::see(tx, frame, parent)?;
    if parent.tenant != child.tenant {
        return Err(Error::not_found());
    }
    if parent.confidential || child.confidential {
        return Err(Error::invalid("parent", "error-parent-confidential"));
    }
    if parent.id == child.id || rows::ancestors(tx, parent.id)?.contains(&child.id) {
        return Err(Error::invalid("parent", "error-parent-circle"));
    }
    Ok(())
}

/// Whether the actor becomes the assignee and nothing else is handed over.
fn takes(frame: Frame<'_>, before: &Ticket, patch: &Patch) -> bool {
    let me = patch.assignee.is_some_and(|to| to.is_some() && to == frame.actor.person);
    me && patch.team.is_none_or(|team| team == before.team) && patch.owner_team.is_none_or(|team| team == before.owner_team)
}

/// Team, person and owner; taking a new ticket begins its work.
fn hand_over(tx: &mut Tx<'_>, frame: Frame<'_>, kind: &KindDef, before: &Ticket, patch: &Patch, sets: &mut Vec<Set>) -> Result<()> {
    if patch.team.is_none() && patch.assignee.is_none() && patch.owner_team.is_none() {
        return Ok(());
    }
    // Whoever may take it needs no right to give it to others.
    let takes = takes(frame, before, patch) && permit::takes(tx, frame, before)?;
    if !takes {
        permit::may(tx, frame, before, access::Verb::TicketAssign)?;
    }
    if let Some(owner) = patch.owner_team {
        owner.filter(|id| Some(*id) != before.owner_team).map(|id| permit::team(tx, frame, "owner_team", before.tenant, id)).transpose()?;
        sets.push(Set::OwnerTeam(owner));
    }
    let teams_of_assignee = match patch.assignee {
        Some(Some(person)) => {
            about::refuse(tx, "assignee", before, person)?;
            permit::worker(tx, frame, before.tenant, person)?
        }
        _ => match before.assignee {
            Some(person) => party::store::team::of_person(tx, person)?,
            None => Vec::new(),
        },
    };
    if let Some(Some(id)) = patch.team
        && patch.team != Some(before.team)
        && !teams_of_assignee.iter().any(|t| t.id == id)
    {
        permit::team(tx, frame, "team", before.tenant, id)?;
    }
    let wanted = team::Wanted { team: patch.team, assignee: patch.assignee };
    let member = |team, _| teams_of_assignee.iter().any(|t| t.id == team);
    let (team, assignee) = team::settle((before.team, before.assignee), wanted, member, |_| teams_of_assignee.first().map(|t| t.id));
    if team != before.team {
        let line = match team {
            Some(id) => party::store::team::get(tx, id)?.line,
            None => 1,
        };
        sets.push(Set::Team(team, line));
    }
    if assignee != before.assignee {
        sets.push(Set::Assignee(assignee));
    }
    let begins = before.category == Category::New && patch.state.is_none() && assignee.is_some();
    if begins
        && let Some(active) = kind.first_of(Category::Active)
        && kind.transition(&before.state, &active.key).is_some()
    {
        sets.push(Set::State(active.key.clone(), active.category));
    }
    Ok(())
}

/// Why it goes to somebody else: only with a hand-over.
fn reason(tx: &mut Tx<'_>, frame: Frame<'_>, before: &Ticket, sets: &[Set], why: &Why) -> Result<Handover> {
    let goes = |set: &Set| matches!(set, Set::Team(..) | Set::Assignee(_)) && set.differs(before);
    if !sets.iter().any(goes) {
        return Err(Error::invalid("handover_reason", "error-handover-alone"));
    }
    let words = why.words.trim();
    if words.is_empty() {
        return Ok(Handover { reason: why.reason, words: None });
    }
    let words = text::body("handover_words", words).map_err(|e| Error::of_fields(vec![e]).err().unwrap_or_else(Error::not_found))?;
    let words = texts::put(tx, frame.act, before.tenant, before.id, &words)?;
    Ok(Handover { reason: why.reason, words: Some(words) })
}

/// The state with what it requires.
fn state<'k>(
    tx: &mut Tx<'_>,
    frame: Frame<'_>,
    kind: &'k KindDef,
    before: &Ticket,
    patch: &Patch,
    sets: &mut Vec<Set>,
) -> Result<Option<&'k StateDef>> {
    if let Some(code) = &patch.resolution_code {
        if let Some(code) = code
            && !frame.desk.catalogue(tx)?.codes().iter().any(|c| c.key == *code)
        {
            return Err(Error::invalid("resolution_code", "error-resolution-code-unknown").field_arg("code", code));
        }
        sets.push(Set::ResolutionCode(code.clone()));
    }
    if let Some(report) = patch.resolution_report.as_deref().filter(|r| !r.trim().is_empty()) {
        let report =
            text::body("resolution_report", report).map_err(|e| Error::of_fields(vec![e]).err().unwrap_or_else(Error::not_found))?;
        sets.push(Set::ResolutionReport(report));
    }
    let touches_resolution = patch.resolution_code.is_some() || patch.resolution_report.is_some();
    let Some(to) = patch.state.as_deref().filter(|to| *to != before.state) else {
        if touches_resolution {
            permit::may(tx, frame, before, access::Verb::TicketSolve)?;
        }
        return Ok(None);
    };
    let standing = Standing::of(tx, frame, before)?;
    let as_requester = |step: &TransitionDef| standing.takes_as_requester(frame, step);
    let (step, target) = transition::step(kind, before, to, Asker { staff: standing.staff, requester: &as_requester })?;
    permit::step(tx, frame, before, step)?;
    let has_code = patch.resolution_code.as_ref().map_or(before.resolution_code.is_some(), Option::is_some);
    let has_report = before.resolution_text.is_some() || sets.iter().any(|s| matches!(s, Set::ResolutionReport(_)));
    if standing.staff {
        transition::requirements(target, has_code, has_report)?;
    }
    // Nobody stands behind a machine who could be asked.
    if standing.staff && !frame.actor.is_machine() {
        let leaving = kind.state(&before.state).map(|state| state.leaving.as_slice()).unwrap_or_default();
        let needed: Vec<&String> = target.fields.iter().chain(leaving).collect();
        let changed: Vec<&custom::Custom> = sets.iter().filter_map(|s| if let Set::Custom(c) = s { Some(c) } else { None }).collect();
        let catalogue = frame.desk.catalogue(tx)?;
        custom::step(tx, frame, &catalogue, before, &needed, &changed)?;
    }
    if before.is_open() && !target.category.is_open() {
        let stands = if standing.staff { Stands::Staff } else { Stands::Outside };
        refusal(tx, frame.desk, kind, before, target.category, stands)?.map_or(Ok(()), Err)?;
    }
    if !before.is_open() && target.category.is_open() {
        within_reopening(frame, kind, before, standing.staff)?;
    }
    sets.push(Set::State(target.key.clone(), target.category));
    Ok(Some(target))
}

/// Who is told why a ticket cannot end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    Staff,
    /// What is open on it is the desk's own business.
    Outside,
}

/// Why a ticket that is open cannot end so, if anything stands against it.
pub(crate) fn refusal(
    tx: &mut Tx<'_>,
    desk: &crate::Desk,
    kind: &KindDef,
    before: &Ticket,
    to: Category,
    told: Stands,
) -> Result<Option<Error>> {
    if let Err(refused) = transition::may_end(kind, before.category, to, around(tx, before)?) {
        return Ok(Some(refused));
    }
    if !matches!(to, Category::Resolved | Category::Closed) {
        return Ok(None);
    }
    for guard in desk.guards() {
        if let Some(refused) = guard(tx, before)? {
            return Ok(Some(if told == Stands::Staff { refused } else { Error::conflict("error-work-open") }));
        }
    }
    Ok(None)
}

/// What stands between a ticket and its end.
pub(crate) fn around(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Around> {
    Ok(Around {
        open_children: due::open_children(tx, ticket.id, None, 100)?.len(),
        open_blockers: link::open_blockers(tx, ticket.id)?.len(),
    })
}

/// A requester reopens within the time allowed; the desk whenever the graph lets it.
fn within_reopening(frame: Frame<'_>, kind: &KindDef, before: &Ticket, staff: bool) -> Result<()> {
    let since = before.resolved_at.unwrap_or(before.updated_at);
    if !staff && frame.act.now > since.plus(kind.reopen_within_days * kernel::Time::DAY) {
        return Err(Error::conflict("error-reopen-late").arg("days", kind.reopen_within_days));
    }
    Ok(())
}

/// Children that are solved with their parent follow in jobs of their own.
pub(crate) fn follow_up(tx: &mut Tx<'_>, act: &Act, kind: &KindDef, before: &Ticket, target: &StateDef, after: &Ticket) -> Result<()> {
    let ends = before.is_open() && matches!(target.category, Category::Resolved | Category::Closed);
    // History brings the ends of the children along by itself.
    if ends && kind.children == Children::Cascade && !act.silent {
        Cascade::of(after).enqueue(tx, act.now)?;
    }
    Ok(())
}
