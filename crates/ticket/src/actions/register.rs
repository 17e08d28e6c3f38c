//! Registering a ticket: by its requester, or by an agent for somebody.

use db::Tx;
use kernel::{AttachmentId, Error, FieldError, Lang, LocationId, OrganisationId, PersonId, Result, ServiceId, TeamId, TicketId};

use crate::actions::{about, change, confide, post};
use crate::custom::{self, About, For};
use crate::record::{self, NewRecord};
use crate::rules::secrets::SecretPolicy;
use crate::rules::tenant::belongs;
use crate::rules::text;
use crate::secrets::{self, Checked, Place};
use crate::store::desk;
use crate::store::message::NewMessage;
use crate::{Catalogue, Channel, Direction, Frame, Involvement, KindDef, MessageKind, Ticket, permit};

/// What is asked for. Only the requester or the title is truly needed; what else the form wants and
/// is missing marks the ticket as incomplete.
#[derive(Debug, Clone, Default)]
pub struct NewTicket {
    pub kind: String,
    pub title: String,
    /// Markdown.
    pub description: String,
    pub requester: Option<PersonId>,
    pub beneficiary: Option<PersonId>,
    pub organisation: Option<OrganisationId>,
    pub location: Option<LocationId>,
    pub service: Option<ServiceId>,
    pub team: Option<TeamId>,
    pub assignee: Option<PersonId>,
    /// 1 to 4; the service's or medium when unsaid.
    pub impact: Option<i64>,
    pub urgency: Option<i64>,
    pub parent: Option<TicketId>,
    pub channel: Option<Channel>,
    /// Language of the description; the actor's when unsaid.
    pub lang: Option<Lang>,
    pub call: Option<(Direction, Option<i64>)>,
    pub tags: Vec<String>,
    pub watchers: Vec<PersonId>,
    pub uploads: Vec<AttachmentId>,
    /// Whether only the people named on it see it; as its kind has it when unsaid.
    pub confidential: Option<bool>,
    /// Whom it complains of: they never see it and are never told.
    pub about: Vec<PersonId>,
    /// Registered and solved in one step: code and report.
    pub solved: Option<(String, String)>,
    /// Custom fields by key.
    pub fields: custom::Inputs,
    /// Who writes it was told what would be masked, and wants it to stand there.
    pub unmasked: bool,
}

/// Registers a ticket.
///
/// # Errors
/// Invalid with every field that is wrong; forbidden or not found by the actor's rights.
pub fn register(tx: &mut Tx<'_>, frame: Frame<'_>, new: &NewTicket) -> Result<Ticket> {
    let catalogue = frame.desk.catalogue(tx)?;
    let placed = place(tx, frame, new)?;
    let kind = catalogue
        .kind(placed.tenant, &new.kind)
        .ok_or_else(|| Error::invalid("kind", "error-kind-unknown").field_arg("kind", &new.kind))?;
    permit::create(frame, placed.tenant)?;
    let (title, body) = words(new, catalogue.secrets())?;
    let at =
        For { tenant: placed.tenant, kind: &kind.key, service: placed.service.as_ref().map(|s| s.id), ticket: None, staff: placed.staff };
    let mut customs = custom::wanted(tx, frame, &catalogue, at, &new.fields, &settings::field::Values::new())?;
    // Whoever is on the phone is asked later, and nobody stands behind a machine: the ticket says that
    // something is missing.
    let about = About { service: at.service, requester: placed.requester, organisation: placed.organisation };
    let asked = custom::registered(tx, frame, &catalogue, (at, &kind.initial, about), &new.fields, &mut customs)?;
    let whole = custom::complete(frame, &catalogue, at, &customs, asked);
    let later = frame.actor.is_machine() || new.call.is_some();
    let mut record = decide(&catalogue, kind, new, &placed, title.text.clone());
    match whole {
        Err(error) if !later => return Err(error),
        Err(_) => record.incomplete = true,
        Ok(()) => {}
    }
    if record.confidential && record.parent.is_some() {
        return Err(Error::invalid("parent", "error-parent-confidential"));
    }
    let mut ticket = record::create(tx, frame.act, &record)?;
    secrets::keep(tx, frame, &ticket, Place::Title, &title)?;
    for person in &new.about {
        about::add(tx, frame, kind, &ticket, *person)?;
    }
    confide::begin(tx, frame, &ticket)?;
    let described = body.is_some();
    match body {
        Some(body) => {
            let from_requester = !placed.staff || (placed.requester.is_some() && placed.requester == frame.actor.person);
            describe(tx, frame, &ticket, new, body, from_requester)?;
            ticket.activity += 1;
            ticket.spoken = ticket.activity;
        }
        None => post::attach_all(tx, frame, &ticket, &new.uploads, None, true)?,
    }
    for set in customs {
        settings::values::put(tx, ticket.tenant.raw(), settings::field::Object::Ticket, ticket.id.raw(), &set.key, set.to.as_ref())?;
    }
    for watcher in &new.watchers {
        crate::actions::involve::add_person(tx, frame, &ticket, *watcher, Involvement::Watcher)?;
    }
    for tag in &new.tags {
        crate::actions::tag::add(tx, frame, &ticket, tag)?;
    }
    let Some((code, report)) = &new.solved else {
        // What only the description followed is known without reading it.
        let alone = !ticket.confidential
            && new.about.is_empty()
            && new.watchers.is_empty()
            && new.tags.is_empty()
            && (described || new.uploads.is_empty());
        return if alone { Ok(ticket) } else { crate::store::ticket::by_id(tx, ticket.id) };
    };
    let solved = kind
        .first_of(crate::Category::Resolved)
        .ok_or_else(|| Error::invalid("state", "error-state-unknown").field_arg("state", "resolved"))?;
    let patch = change::Patch {
        state: Some(solved.key.clone()),
        resolution_code: Some(Some(code.clone())),
        resolution_report: Some(report.clone()),
        assignee: if ticket.assignee.is_none() { Some(frame.actor.person) } else { None },
        ..change::Patch::default()
    };
    change::change(tx, frame, ticket.id, change::Base::Latest, &patch)
}

/// Who and what the ticket is for, looked up under the actor's rights.
struct Placed {
    tenant: OrganisationId,
    /// The actor works for the desk and may register for others.
    staff: bool,
    requester: Option<PersonId>,
    organisation: Option<OrganisationId>,
    location: Option<LocationId>,
    service: Option<party::Service>,
    team: Option<(TeamId, i64)>,
}

fn place(tx: &mut Tx<'_>, frame: Frame<'_>, new: &NewTicket) -> Result<Placed> {
    let staff = frame.actor.is_machine() || frame.actor.is_staff();
    let requester = match new.requester {
        Some(id) => Some(permit::requester(tx, frame, id)?),
        None if staff => None,
        None => Some(permit::requester(tx, frame, frame.person()?)?),
    };
    let tenant = requester.as_ref().map_or(frame.actor.tenant, |p| p.tenant);
    if let Some(id) = new.beneficiary {
        belongs("beneficiary", tenant, permit::person(tx, frame, id)?.tenant)?;
    }
    let organisation = match (new.organisation, &requester) {
        (Some(id), _) => {
            belongs("organisation", tenant, permit::organisation(tx, frame, id)?.tenant)?;
            Some(id)
        }
        (None, Some(person)) => party::store::person::main_organisation(tx, person.id, frame.act.now)?.or(Some(person.tenant)),
        (None, None) => None,
    };
    let location = match new.location {
        Some(id) => {
            belongs("location", tenant, permit::location(tx, frame, id)?.tenant)?;
            Some(id)
        }
        None => requester.as_ref().and_then(|p| p.location),
    };
    let service = new.service.map(|id| permit::service(tx, frame, id)).transpose()?;
    if let Some(service) = &service {
        belongs("service", tenant, service.tenant)?;
    }
    if let Some(parent) = new.parent {
        let parent = permit::see(tx, frame, parent)?;
        if parent.tenant != tenant {
            return Err(Error::not_found());
        }
        if parent.confidential {
            return Err(Error::invalid("parent", "error-parent-confidential"));
        }
    }
    let team = team(tx, frame, new, tenant, service.as_ref())?;
    Ok(Placed { tenant, staff, requester: requester.map(|p| p.id), organisation, location, service, team: team.map(|t| (t.id, t.line)) })
}

/// The team that begins: the one named, that of the service, else the first line. Nobody works on the
/// tickets of a team that is no longer active.
fn team(
    tx: &mut Tx<'_>,
    frame: Frame<'_>,
    new: &NewTicket,
    tenant: OrganisationId,
    service: Option<&party::Service>,
) -> Result<Option<party::Team>> {
    let theirs = match new.assignee {
        Some(id) => {
            permit::assigns(frame, tenant, id)?;
            permit::worker(tx, frame, tenant, id)?
        }
        None => Vec::new(),
    };
    if let Some(id) = new.team {
        let of_assignee = theirs.into_iter().find(|t| t.id == id);
        return of_assignee.map_or_else(|| permit::team(tx, frame, "team", tenant, id), Ok).map(Some);
    }
    let of_service = service.and_then(|s| s.team).map(|id| party::store::team::get(tx, id)).transpose()?;
    match of_service.filter(|t| t.active) {
        Some(team) => Ok(Some(team)),
        None => desk::first_line(tx, tenant)?.map(|id| party::store::team::get(tx, id)).transpose(),
    }
}

/// Title and description as they are stored; a missing title is the first line of the description.
fn words(new: &NewTicket, policy: &SecretPolicy) -> Result<(Checked, Option<Checked>)> {
    let mut wrong: Vec<FieldError> = Vec::new();
    let body =
        if new.description.trim().is_empty() { None } else { text::body("description", &new.description).map_err(|e| wrong.push(e)).ok() };
    let check = |text: String| secrets::check(policy, text, new.unmasked);
    let body = body.map(check);
    let source = if new.title.trim().is_empty() {
        let line =
            body.as_ref().map(|body| body.text.as_str()).unwrap_or_default().lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
        line.chars().take(120).collect()
    } else {
        new.title.clone()
    };
    let title = text::title(&source).map_err(|e| wrong.push(e)).unwrap_or_default();
    Error::of_fields(wrong)?;
    Ok((check(title), body))
}

fn decide(catalogue: &Catalogue, kind: &KindDef, new: &NewTicket, placed: &Placed, title: String) -> NewRecord {
    let of_service = placed.service.as_ref().and_then(|s| s.impact);
    let grade = |given: Option<i64>| given.filter(|n| (1..=4).contains(n));
    let impact = grade(new.impact).or(of_service).unwrap_or(2);
    let urgency = grade(new.urgency).unwrap_or(2);
    let missing = |field: &str, given: bool| !given && kind.form.iter().any(|f| f == field);
    NewRecord {
        tenant: placed.tenant,
        kind: kind.key.clone(),
        title,
        state: kind.initial.clone(),
        category: kind.state(&kind.initial).map_or(crate::Category::New, |s| s.category),
        impact,
        urgency,
        priority: catalogue.priority(impact, urgency),
        requester: placed.requester,
        beneficiary: new.beneficiary.filter(|b| Some(*b) != placed.requester),
        organisation: placed.organisation,
        location: placed.location,
        service: placed.service.as_ref().map(|s| s.id),
        team: placed.team,
        assignee: if placed.staff { new.assignee } else { None },
        channel: new.channel.unwrap_or(if placed.staff { Channel::Agent } else { Channel::Portal }),
        parent: new.parent,
        incomplete: placed.staff && (placed.requester.is_none() || missing("service", placed.service.is_some())),
        confidential: new.confidential.unwrap_or(kind.confidential),
        batch: None,
    }
}

fn describe(tx: &mut Tx<'_>, frame: Frame<'_>, ticket: &Ticket, new: &NewTicket, body: Checked, from_requester: bool) -> Result<()> {
    let message = NewMessage {
        kind: if new.call.is_some() { MessageKind::Call } else { MessageKind::Description },
        public: true,
        from_requester,
        author: frame.actor.person,
        lang: new.lang.unwrap_or(frame.actor.lang),
        channel: ticket.channel,
        call: new.call,
        body: body.text.clone(),
    };
    let id = record::message(tx, frame.act, ticket, &message)?;
    secrets::keep(tx, frame, ticket, Place::Message(id), &body)?;
    post::attach_all(tx, frame, ticket, &new.uploads, Some(id), true)
}
