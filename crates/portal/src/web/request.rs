//! `/requests/{id}`: how far it is, what was said, and what the requester can do.

use std::sync::Arc;

use askama::Template;
use db::Rd;
use i18n::T;
use kernel::{Error, Result, TicketId};
use party::{Names, Wanted};
use serde::Deserialize;
use ticket::pace::Expected;
use ticket::serve::{self, Seen};
use ticket::timeline::{Timeline, What};
use ticket::{Catalogue, Category, Frame, MessageKind, store};
use ui::{Choice, Chrome, Flash, FormErrors, Person};
use web_kit::{Path, Query, page};

use super::refused;
use crate::card::hides_assignee;
use crate::conversation::{File, Line, Telling};
use crate::expect::{self, Promise};
use crate::frame::frame;
use crate::guest::Guest;
use crate::rating;
use crate::rights::{self, May};
use crate::steps::{Progress, Step, steps};
use crate::web::new::Kept;
use crate::words::{self, When};

/// Letters of the desk's question in the step that waits for the requester.
const QUESTION: usize = 70;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// It was sent just now.
    #[serde(default)]
    new: Option<String>,
    /// The step before, told once.
    #[serde(default)]
    done: String,
    /// The face that was pressed on a banner: chosen, and sent by a press of its own.
    #[serde(default)]
    rate: String,
}

/// What the forms of the page hold beyond what is stored.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    pub errors: FormErrors,
    pub flash: Option<Flash>,
    pub fresh: bool,
    pub body: String,
    /// Why it is no longer needed.
    pub reason: String,
    pub person: String,
    /// Who may be meant by it.
    pub several: Vec<Choice>,
    pub uploads: Vec<kernel::AttachmentId>,
    /// What was chosen for the rating.
    pub rating: Option<rating::Typed>,
    /// The face that was pressed elsewhere.
    pub face: Option<i64>,
    /// Kept when a form comes back, so that it counts once; none: a new one.
    pub client_id: Option<String>,
}

/// Somebody who follows the request.
#[derive(Debug, Clone)]
pub struct Follower {
    pub who: Person,
    /// Where they are taken off; empty when the reader may not.
    pub remove: String,
}

/// What the page tells of the request.
struct Facts {
    number: String,
    title: String,
    category: &'static str,
    state: String,
    service: String,
    requester: String,
    beneficiary: String,
    created: When,
    with: String,
    /// What was done, as safe HTML.
    report: String,
    /// When a solved one closes by itself.
    closes: String,
    broken: bool,
    confidential: bool,
    /// Custom fields with their values.
    customs: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "portal/request.html", blocks = ["main"])]
struct RequestPage {
    t: T,
    chrome: Chrome,
    id: i64,
    facts: Facts,
    steps: Vec<Step>,
    lines: Vec<Line>,
    files: Vec<File>,
    followers: Vec<Follower>,
    may: May,
    forms: Forms,
    client_id: String,
    /// Under which key the browser keeps what is typed.
    draft: String,
    kept: Vec<Kept>,
    /// Where a new request goes on with this one.
    follow_up: String,
    rating: Option<rating::View>,
    promise: Promise,
}

/// What the database said.
struct Stored {
    /// The ticket as the reader knows it.
    seen: Seen,
    timeline: Timeline,
    catalogue: Arc<Catalogue>,
    may: May,
    names: Names,
    followers: Vec<kernel::PersonId>,
    kept: Vec<Kept>,
    nameless: bool,
    customs: Vec<ticket::custom::Shown>,
    rating: Option<rating::Known>,
    expected: Expected,
    /// Since when it is with whoever has the next step; nothing when the reader may not know the state.
    since: Option<kernel::Time>,
}

/// # Errors
/// Not found when the request may not be seen.
pub async fn show(guest: Guest, Path(id): Path<TicketId>, Query(asked): Query<Asked>) -> web_kit::Result {
    let face = asked.rate.parse().ok();
    let forms = Forms { fresh: asked.new.is_some(), flash: told(&guest, &asked.done), face, ..Forms::default() };
    build(&guest, id, forms).await
}

/// The page once more, with what is wrong and what was typed.
///
/// # Errors
/// As [`build`].
pub async fn again(guest: &Guest, id: TicketId, error: Error, forms: Forms) -> web_kit::Result {
    let forms = Forms { errors: super::words(guest.t(), &error), ..forms };
    refused(build(guest, id, forms).await, error)
}

fn told(guest: &Guest, done: &str) -> Option<Flash> {
    let key = match done {
        "sent" => i18n::key!("portal-done-sent"),
        "confirmed" => i18n::key!("portal-done-confirmed"),
        "reopened" => i18n::key!("portal-done-reopened"),
        "cancelled" => i18n::key!("portal-done-cancelled"),
        "added" => i18n::key!("portal-done-added"),
        "removed" => i18n::key!("portal-done-removed"),
        "rated" => i18n::key!("portal-done-rated"),
        "called" => i18n::key!("portal-done-called"),
        _ => return None,
    };
    Some(Flash { kind: "ok", text: guest.t().msg(key).into_owned(), undo: None })
}

/// The page.
///
/// # Errors
/// Not found when the request may not be seen; the database does not answer.
pub async fn build(guest: &Guest, id: TicketId, forms: Forms) -> web_kit::Result {
    let uploads = forms.uploads.clone();
    let stored = guest.read("portal.request", move |rd, frame| read(rd, frame, id, &uploads)).await?;
    let t = guest.t();
    let ticket = &stored.seen.ticket;
    let kind = stored.catalogue.kind_of(ticket)?;
    let telling = Telling {
        t,
        kind,
        catalogue: &stored.catalogue,
        timeline: &stored.timeline,
        me: &guest.viewer.actor.who.persons,
        nameless: stored.nameless,
        reports: stored.seen.ticket.is_open(),
        now: guest.now(),
    };
    let facts = facts(guest, &stored);
    let promise = promise(guest, &stored, &facts);
    let progress = Progress {
        category: ticket.category,
        broken: facts.broken,
        created: t.moment(ticket.created_at, guest.now()),
        with: facts.with.clone(),
        state: facts.state.clone(),
        question: telling.question(QUESTION),
        answer: promise.answer.clone(),
        solution: promise.solution.clone(),
        ended: ticket.closed_at.or(ticket.resolved_at).map(|at| t.moment(at, guest.now())).unwrap_or_default(),
    };
    let mut chrome = frame(guest, format!("{} {}", facts.number, facts.title));
    chrome.path = format!("/requests/{id}");
    chrome.flash = forms.flash.clone();
    let page = RequestPage {
        t: t.clone(),
        chrome,
        id: id.raw(),
        draft: format!("request-{id}"),
        steps: steps(t, &progress),
        lines: telling.lines(),
        files: telling.loose_files(),
        followers: followers(&stored, id),
        client_id: forms.client_id.clone().unwrap_or_else(|| guest.form_key()),
        follow_up: words::address("/new", &[("follow", &id.to_string()), ("kind", &ticket.kind), ("text", &forms.body)]),
        rating: stored.rating.as_ref().map(|known| {
            let helper = if stored.nameless { String::new() } else { helper(&stored) };
            rating::View::new(t, known, forms.rating.as_ref(), forms.face, helper, stored.may.reopen)
        }),
        promise,
        may: stored.may,
        kept: stored.kept,
        facts,
        forms,
    };
    page!(guest.viewer, page, as_main)
}

fn read(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId, uploads: &[kernel::AttachmentId]) -> Result<Stored> {
    // Whoever reads: this page is the requester's, and shows what a requester may know.
    let seen = Seen { inner: false, ..serve::see(rd, frame, id)? };
    let catalogue = frame.desk.catalogue(rd)?;
    let timeline = serve::timeline(rd, frame, &seen)?;
    let may = rights::of(rd, frame, &seen, catalogue.kind_of(&seen.ticket)?)?;
    let followers = serve::followers(rd, frame, id)?;
    let known = serve::known(frame.actor, &seen.ticket);
    let mut wanted = Wanted::default();
    let t = &known;
    wanted.person(t.requester).person(t.beneficiary).person(t.assignee).team(t.team).service(t.service);
    for person in &followers {
        wanted.person(*person);
    }
    let customs = ticket::custom::shown(rd, frame, &seen)?;
    for shown in customs.iter().filter(|shown| shown.def.ty == settings::field::FieldType::Person) {
        wanted.person(shown.value.as_ref().and_then(settings::field::Value::int).map(kernel::PersonId::new));
    }
    let names = wanted.load(rd)?;
    let mut kept = Vec::new();
    for upload in uploads {
        if let Some(upload) = store::attachment::upload(rd, *upload, frame.person()?)? {
            kept.push(Kept { id: upload.id.raw(), name: upload.name });
        }
    }
    let nameless = hides_assignee(frame, t);
    let (expected, since) = if rights::sees_state(frame) {
        let stays = store::passage::of_ticket(rd, id)?;
        (ticket::pace::expected(rd, &known)?, Some(expect::since(&stays, &known)))
    } else {
        (Expected::default(), None)
    };
    let rating = rating::known(rd, frame, &seen, catalogue.kind_of(&seen.ticket)?)?;
    Ok(Stored {
        seen: Seen { ticket: known, ..seen },
        timeline,
        catalogue,
        may,
        names,
        followers,
        kept,
        nameless,
        customs,
        rating,
        expected,
        since,
    })
}

/// What may be expected, as far as the reader may know where it stands.
fn promise(guest: &Guest, stored: &Stored, facts: &Facts) -> Promise {
    let Some(since) = stored.since else { return Promise::default() };
    let answers = |entry: &ticket::timeline::Entry| match &entry.what {
        What::Message(message) => entry.public && message.public && !message.from_requester && message.kind != MessageKind::Description,
        What::Event(_) => false,
    };
    let ticket = &stored.seen.ticket;
    let known = expect::Known {
        t: guest.t(),
        category: ticket.category,
        created: ticket.created_at,
        expected: stored.expected,
        answered: stored.timeline.entries.iter().any(answers),
        with: &facts.with,
        state: &facts.state,
        mine: stored.seen.requester,
        since,
        now: guest.now(),
    };
    known.promise()
}

/// Who worked on it.
fn helper(stored: &Stored) -> String {
    stored.seen.ticket.assignee.map(|id| stored.names.person_name(id).to_owned()).unwrap_or_default()
}

fn facts(guest: &Guest, stored: &Stored) -> Facts {
    let (t, ticket, names) = (guest.t(), &stored.seen.ticket, &stored.names);
    let mine = |id: kernel::PersonId| guest.viewer.actor.who.persons.contains(&id);
    let other = |id: Option<kernel::PersonId>| id.filter(|id| !mine(*id)).map(|id| names.person_name(id).to_owned()).unwrap_or_default();
    let report = ticket.resolution_text.and_then(|id| stored.timeline.texts.get(&id)).filter(|_| !ticket.is_open());
    let closes = ticket.category == Category::Resolved && ticket.close_due_at != kernel::Time::NEVER;
    Facts {
        number: words::number(&stored.catalogue, ticket),
        title: ticket.title.clone(),
        category: ticket.category.key(),
        state: words::state(t, &stored.catalogue, ticket, stored.seen.requester),
        service: ticket.service.map(|id| names.service(id).to_owned()).unwrap_or_default(),
        requester: other(ticket.requester),
        beneficiary: ticket.beneficiary.map(|id| names.person_name(id).to_owned()).unwrap_or_default(),
        created: When::new(t, ticket.created_at, guest.now()),
        with: words::with_whom(t, names, ticket),
        report: report.map(|text| ui::markdown(text)).unwrap_or_default(),
        closes: if closes { t.day(ticket.close_due_at, guest.now()) } else { String::new() },
        broken: ticket.kind == "incident",
        confidential: ticket.confidential,
        customs: stored.customs.iter().filter_map(|shown| crate::customs::told(t, shown, names, &stored.timeline.files)).collect(),
    }
}

fn followers(stored: &Stored, id: TicketId) -> Vec<Follower> {
    let remove =
        |person: &kernel::PersonId| if stored.may.add_people { format!("/requests/{id}/people/{person}/remove") } else { String::new() };
    let follower =
        |person: &kernel::PersonId| Follower { who: Person::new(*person, stored.names.person_name(*person)), remove: remove(person) };
    stored.followers.iter().map(follower).collect()
}

/// Where an action leads to, by full load.
pub fn back(id: TicketId, done: &str) -> axum::response::Response {
    web_kit::see_other(&format!("/requests/{id}?done={done}"))
}
