//! `/desk/call`: who, what, Enter. Saved with either of the two; an unknown caller is noted as such.

use access::{Object, Verb};
use api_kit::{Key, RequestKeyed as _};
use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use i18n::{Arg, T};
use kernel::{Error, ErrorKind, PersonId, TicketId};
use serde::Deserialize;
use ticket::actions::post::{self as posting, Post};
use ticket::{Channel, Direction, MessageKind, actions, serve};
use ui::{Choice, Chrome, FormErrors};
use web_kit::{Query, Result};

use super::new::codes;
use super::{Asked, Wish, customs, is_told};
use crate::web::ticket::open_tickets;
use crate::web::{Agent, Fields, errors, refused, sent_before};
use crate::words;

#[derive(Template)]
#[template(path = "console/call.html", blocks = ["main"])]
struct CallPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    client_id: String,
    requester: String,
    requester_text: String,
    subject: String,
    notes: String,
    kinds: Vec<Choice>,
    asked: Asked,
    codes: Vec<Choice>,
    report: String,
    solving: bool,
    open: Vec<Open>,
    /// What was registered just now: its number, big, and its id.
    registered: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "console/call_open.html")]
struct OpenPart {
    t: T,
    open: Vec<Open>,
}

/// An open ticket of the caller.
struct Open {
    id: String,
    number: String,
    title: String,
    category: &'static str,
    state: String,
    updated: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    /// The caller's number, from the telephone system.
    #[serde(default)]
    from: String,
    #[serde(default)]
    requester: String,
    #[serde(default)]
    requester_text: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    description: String,
    registered: Option<TicketId>,
}

pub async fn show(agent: Agent, Query(ask): Query<Ask>) -> Result {
    let mut fields = Fields(vec![
        ("requester".into(), ask.requester),
        ("requester_text".into(), ask.requester_text),
        ("title".into(), ask.title),
        ("description".into(), ask.description),
    ]);
    if !ask.from.is_empty() {
        caller(&agent, &mut fields, ask.from).await?;
    } else if !fields.is_set("requester_text") {
        named(&agent, &mut fields).await?;
    }
    page(&agent, &fields, FormErrors::new(), ask.registered).await
}

/// The words for a requester whom the address names by id alone.
async fn named(agent: &Agent, fields: &mut Fields) -> kernel::Result<()> {
    let Ok(id) = fields.text("requester").parse::<PersonId>() else { return Ok(()) };
    let found = agent.read_bounded("call.requester", move |rd, frame| Ok(frame.actor.persons(Verb::TicketCreate).get(rd, id).ok())).await?;
    let (id, words) = found.map_or_else(Default::default, |person| (person.id.to_string(), person.name));
    fields.0.insert(0, ("requester".into(), id));
    fields.0.insert(1, ("requester_text".into(), words));
    Ok(())
}

/// The person behind a telephone number, wherever one may register; the number itself when nobody or several have it.
async fn caller(agent: &Agent, fields: &mut Fields, from: String) -> kernel::Result<()> {
    let number = from.clone();
    let found = agent
        .read_bounded("call.caller", move |rd, frame| {
            let scope = frame.actor.persons(Verb::TicketCreate);
            let mut found = Vec::new();
            for id in party::store::address::callers(rd, &scope.within().tenants, &number)? {
                // Whose numbers are hidden is not recognised by them.
                let known = scope.get(rd, id).ok().filter(|p| !frame.actor.hidden_in(Object::Person, p.tenant).contains("addresses"));
                found.extend(known.map(|p| (p.id, p.name)));
            }
            Ok(found)
        })
        .await?;
    let (id, words) = match found.as_slice() {
        [(id, name)] => (id.to_string(), name.clone()),
        _ => (String::new(), from),
    };
    fields.0.insert(0, ("requester".into(), id));
    fields.0.insert(1, ("requester_text".into(), words));
    Ok(())
}

/// `/desk/call/open?requester=`: the open tickets of the person who was chosen.
pub async fn open(agent: Agent, Query(ask): Query<Ask>) -> Result {
    let open = open_of(&agent, &ask.requester).await?;
    web_kit::html(OpenPart { t: agent.viewer.t.clone(), open }.render())
}

async fn open_of(agent: &Agent, requester: &str) -> kernel::Result<Vec<Open>> {
    let Ok(person) = requester.parse::<PersonId>() else { return Ok(Vec::new()) };
    let t = agent.viewer.t.clone();
    let now = agent.now();
    agent
        .read("call.open", move |rd, frame| {
            if frame.actor.persons(Verb::TicketCreate).get(rd, person).is_err() {
                return Ok(Vec::new());
            }
            let catalogue = frame.desk.catalogue(rd)?;
            let open = |x: &ticket::Ticket| Open {
                id: x.id.to_string(),
                number: words::number_of(&catalogue, x),
                title: x.title.clone(),
                category: x.category.key(),
                state: words::state_name(&t, &catalogue, x),
                updated: t.ago(x.updated_at, now),
            };
            Ok(open_tickets(rd, frame, person, None)?.iter().map(open).collect())
        })
        .await
}

pub async fn create(agent: Agent, mut fields: Fields) -> Result {
    match run(&agent, &fields).await {
        Ok(Done::Registered(id)) => Ok(Redirect::to(&format!("/desk/call?done=registered&registered={id}")).into_response()),
        Ok(Done::Added(id)) => Ok(Redirect::to(&format!("/desk/tickets/{id}?done=added")).into_response()),
        Err(error) if is_told(&error) => {
            if sent_before(&error) {
                fields.0.retain(|(name, _)| name != "client_id");
            }
            let said = errors(&agent.viewer.t, &error);
            Ok(refused(page(&agent, &fields, said, None).await?, &error))
        }
        Err(error) => Err(error.into()),
    }
}

enum Done {
    Registered(i64),
    Added(i64),
}

async fn run(agent: &Agent, fields: &Fields) -> kernel::Result<Done> {
    let mut wish = Wish::of(fields, &[])?;
    let (title, notes) = (fields.text("title").to_owned(), fields.raw("description").trim().to_owned());
    if title.is_empty() && notes.is_empty() && wish.requester.is_empty() {
        return Err(Error::invalid("title", "error-call-empty"));
    }
    let person = agent.viewer.actor.require_person()?;
    let key = Key::of_form(fields.text("client_id"), &fields.0).stored(person, "ticket.call");
    if let Ok(to) = fields.text("add").parse::<TicketId>() {
        let mut post = Post::new(MessageKind::Call, [title, notes].join("\n\n").trim());
        post.channel = Channel::Phone;
        post.call = Some((Direction::In, None));
        return agent
            .act("ticket.call", key, move |tx, frame| posting::post(tx, frame, to, &post).map(|_| to.raw()))
            .await
            .map(Done::Added);
    }
    let t = &agent.viewer.t;
    let untitled = t.msg("console-call-untitled").into_owned();
    let unknown = t.with("console-call-unknown", &[("caller", Arg::from(wish.requester.words()))]);
    wish.new.channel = Some(Channel::Phone);
    wish.new.call = Some((Direction::In, None));
    wish.new.title = if title.is_empty() { untitled } else { title.clone() };
    wish.new.description = if notes.is_empty() { title } else { notes };
    agent
        .act("ticket.call", key, move |tx, frame| {
            let mut wish = wish.clone();
            let known = wish.requester.person(tx, frame, Verb::TicketCreate);
            let nobody = known.is_err_and(|e| matches!(e.kind(), ErrorKind::Invalid | ErrorKind::NotFound));
            if nobody && !wish.requester.words().is_empty() {
                // Whoever it is, the call is kept: the words that were typed say who it may have been.
                wish.new.description = format!("{unknown}\n\n{}", wish.new.description);
                wish.requester = crate::web::named::Named::default();
            }
            let new = wish.looked_up(tx, frame)?;
            actions::register::register(tx, frame, &new).map(|ticket| ticket.id.raw())
        })
        .await
        .map(Done::Registered)
}

async fn page(agent: &Agent, fields: &Fields, errors: FormErrors, registered: Option<TicketId>) -> Result<Response> {
    let t = agent.viewer.t.clone();
    let (catalogue, done) = agent
        .read_bounded("call.page", move |rd, frame| {
            let done = registered.and_then(|id| serve::see(rd, frame, id).ok()).map(|seen| seen.ticket);
            Ok((frame.desk.catalogue(rd)?, done))
        })
        .await?;
    let chosen = if fields.text("kind").is_empty() { "incident" } else { fields.text("kind") };
    let kinds = catalogue.kinds(agent.viewer.actor.tenant).into_iter();
    let mut chrome = agent.chrome(t.msg("console-call"));
    chrome.live = None;
    let page = CallPage {
        chrome,
        client_id: Some(fields.text("client_id").to_owned()).filter(|id| !id.is_empty()).unwrap_or_else(|| agent.form_key()),
        requester: fields.text("requester").to_owned(),
        requester_text: fields.text("requester_text").to_owned(),
        subject: fields.text("title").to_owned(),
        notes: fields.raw("description").to_owned(),
        kinds: kinds.map(|k| Choice::new(&k.key, k.names.get(t.lang()), k.key == chosen)).collect(),
        asked: customs(agent, chosen, fields, &[]).await?,
        codes: codes(&t, &catalogue, fields.text("resolution_code")),
        report: fields.text("resolution_report").to_owned(),
        solving: fields.text("then") == "resolved",
        open: open_of(agent, fields.text("requester")).await?,
        registered: done.map(|ticket| (words::number_of(&catalogue, &ticket), ticket.id.to_string())),
        errors,
        t,
    };
    web_kit::page!(agent.viewer, page, as_main)
}
