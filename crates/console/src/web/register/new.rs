//! `/desk/new`: the type first, then the form of that type.

use askama::Template;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Redirect, Response};
use i18n::T;
use kernel::{AttachmentId, Error, TicketId};
use serde::Deserialize;
use ticket::fields::{IMPACTS, URGENCIES, grade_label};
use ticket::{Catalogue, Channel, actions};
use ui::{Choice, Chrome, FormErrors};
use web_kit::{Query, Result};

use super::{Asked, Wish, asked, customs, is_told};
use crate::web::uploads::{self, Stored};
use crate::web::{Agent, Fields, FilesRef, errors, refused, sent_before};
use crate::words::Priority;

#[derive(Template)]
#[template(path = "console/new.html", blocks = ["main"])]
struct NewPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    client_id: String,
    kind: String,
    kinds: Vec<Choice>,
    typed: Typed,
    form: Vec<String>,
    asked: Asked,
    channels: Vec<Choice>,
    impacts: Vec<Choice>,
    urgencies: Vec<Choice>,
    priority: Priority,
    codes: Vec<Choice>,
    kept: Vec<(String, String)>,
    can_solve: bool,
    solving: bool,
    confidential: bool,
}

/// What stands in the fields: a value, or a value with its words.
#[derive(Debug, Clone, Default)]
struct Typed(Fields);

impl Typed {
    fn text(&self, name: &str) -> &str {
        self.0.raw(name)
    }
    fn words(&self, name: &str) -> &str {
        self.0.raw(&format!("{name}_text"))
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    kind: String,
    requester: Option<kernel::PersonId>,
    parent: Option<TicketId>,
    service: Option<kernel::ServiceId>,
}

pub async fn show(agent: Agent, Query(ask): Query<Ask>) -> Result {
    let filled = prefilled(&agent, &ask).await?;
    page(&agent, &ask, filled, &[], FormErrors::new()).await
}

/// The fields that the address fills, with the words for what they stand for.
async fn prefilled(agent: &Agent, ask: &Ask) -> kernel::Result<Fields> {
    let ask = ask.clone();
    agent
        .read_bounded("new.prefilled", move |rd, frame| {
            let mut fields = Fields::default();
            let mut put = |name: &str, id: i64, words: String| {
                fields.0.push((name.to_owned(), id.to_string()));
                fields.0.push((format!("{name}_text"), words));
            };
            if let Some(id) = ask.requester {
                let person = frame.actor.persons(access::Verb::TicketCreate).get(rd, id)?;
                put("requester", id.raw(), person.name);
            }
            if let Some(id) = ask.parent {
                let seen = ticket::serve::see(rd, frame, id)?;
                put("parent", id.raw(), format!("{id} {}", seen.ticket.title));
            }
            if let Some(id) = ask.service {
                put("service", id.raw(), frame.actor.services(access::Verb::ServiceSee).get(rd, id)?.name);
            }
            Ok(fields)
        })
        .await
}

pub async fn create(agent: Agent, files: FilesRef, request: Request) -> Result {
    let mut stored = uploads::read(&agent, &files, request).await?;
    if stored.fields.is_set("switch") {
        return switched(&agent, stored).await;
    }
    // Without a script the fields that a choice brings are shown when it is sent.
    if stored.fields.get("asked").is_some() && asks_more(&agent, &stored.fields).await? {
        let ask = Ask { kind: stored.fields.text("kind").to_owned(), ..Ask::default() };
        return page(&agent, &ask, stored.fields, &stored.uploads, FormErrors::new()).await;
    }
    match run(&agent, &mut stored).await {
        Ok(id) => Ok(Redirect::to(&format!("/desk/tickets/{id}?done=registered")).into_response()),
        Err(error) if is_told(&error) => {
            if sent_before(&error) {
                stored.fields.0.retain(|(name, _)| name != "client_id");
            }
            let said = errors(&agent.viewer.t, &error);
            let ask = Ask { kind: stored.fields.text("kind").to_owned(), ..Ask::default() };
            Ok(refused(page(&agent, &ask, stored.fields, &stored.uploads, said).await?, &error))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether the form asks more than it showed.
async fn asks_more(agent: &Agent, fields: &Fields) -> kernel::Result<bool> {
    let (kind, mark) = (fields.text("kind").to_owned(), fields.text("asked").to_owned());
    let chosen = (fields.text("service").parse().ok(), fields.text("requester").parse().ok());
    let typed = settings::field::posted(fields.pairs());
    agent.read_bounded("new.more", move |rd, frame| Ok(asked(rd, frame, &kind, chosen, &typed, &mark)?.has_more(&typed, &mark))).await
}

/// The same form for another kind of ticket: what was typed and added comes along.
async fn switched(agent: &Agent, mut stored: Stored) -> Result {
    let ask = Ask { kind: stored.fields.text("switch").to_owned(), ..Ask::default() };
    let said = stored.checked().err().map_or_else(FormErrors::new, |error| errors(&agent.viewer.t, &error));
    page(agent, &ask, stored.fields, &stored.uploads, said).await
}

async fn run(agent: &Agent, stored: &mut Stored) -> kernel::Result<i64> {
    stored.checked()?;
    let wish = Wish::of(&stored.fields, &stored.uploads)?;
    if wish.new.title.is_empty() {
        return Err(Error::invalid("title", "error-title-empty"));
    }
    let key = stored.key(agent, "ticket.register")?;
    agent
        .act("ticket.register", key, move |tx, frame| {
            let new = wish.looked_up(tx, frame)?;
            actions::register::register(tx, frame, &new).map(|ticket| ticket.id.raw())
        })
        .await
}

async fn page(agent: &Agent, ask: &Ask, fields: Fields, uploads: &[(AttachmentId, String)], errors: FormErrors) -> Result<Response> {
    let t = agent.viewer.t.clone();
    let catalogue = agent.read_bounded("catalogue", |rd, frame| frame.desk.catalogue(rd)).await?;
    let tenant = agent.viewer.actor.tenant;
    let kinds = catalogue.kinds(tenant);
    let kind =
        kinds.iter().find(|k| k.key == ask.kind).or(kinds.first()).ok_or_else(|| Error::internal("no kind of ticket is configured"))?;
    let grade = |name: &str| fields.text(name).parse::<i64>().ok().filter(|n| (1..=4).contains(n)).unwrap_or(2);
    let (impact, urgency) = (grade("impact"), grade("urgency"));
    let page = NewPage {
        chrome: agent.chrome(t.msg("console-new")),
        client_id: Some(fields.text("client_id").to_owned()).filter(|id| !id.is_empty()).unwrap_or_else(|| agent.form_key()),
        kind: kind.key.clone(),
        kinds: kinds.iter().map(|k| Choice::new(&k.key, k.names.get(t.lang()), k.key == kind.key)).collect(),
        form: kind.form.clone(),
        asked: customs(agent, &kind.key, &fields, uploads).await?,
        channels: channels(&t, fields.text("channel")),
        impacts: grades(&t, "impact", &IMPACTS, impact),
        urgencies: grades(&t, "urgency", &URGENCIES, urgency),
        priority: Priority::new(&t, catalogue.priority(impact, urgency)),
        codes: codes(&t, &catalogue, fields.text("resolution_code")),
        kept: uploads.iter().map(|(id, name)| (id.to_string(), name.clone())).collect(),
        can_solve: agent.viewer.actor.may_anywhere(access::Verb::TicketSolve),
        solving: fields.text("then") == "resolved",
        confidential: if asked_before(&fields, &kind.key) { fields.is_set("confidential") } else { kind.confidential },
        typed: Typed(fields),
        errors,
        t,
    };
    web_kit::page!(agent.viewer, page, as_main)
}

/// Whether the form of this kind came back: another kind has its own answer until somebody gives one.
fn asked_before(fields: &Fields, kind: &str) -> bool {
    fields.is_set("confidential_asked") && (fields.is_set("confidential") || fields.text("kind") == kind)
}

fn channels(t: &T, chosen: &str) -> Vec<Choice> {
    let offered = [Channel::Agent, Channel::Phone, Channel::Email, Channel::Chat, Channel::WalkIn];
    let chosen = if chosen.is_empty() { Channel::Agent.key() } else { chosen };
    let label = |c: Channel| t.msg(&format!("channel-{}", c.key().replace('_', "-"))).into_owned();
    offered.into_iter().map(|c| Choice::new(c.key(), label(c), c.key() == chosen)).collect()
}

fn grades(t: &T, field: &str, keys: &[&str; 4], chosen: i64) -> Vec<Choice> {
    (1_i64..).zip(keys).map(|(grade, _)| Choice::new(grade.to_string(), t.msg(grade_label(field, grade)), grade == chosen)).collect()
}

/// The ways of solving.
pub fn codes(t: &T, catalogue: &Catalogue, chosen: &str) -> Vec<Choice> {
    catalogue.codes().iter().map(|c| Choice::new(&c.key, c.names.get(t.lang()), c.key == chosen)).collect()
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Grades {
    impact: Option<i64>,
    urgency: Option<i64>,
}

#[derive(Template)]
#[template(path = "console/priority.html")]
struct PriorityPart {
    priority: Priority,
}

/// `/desk/new/priority?impact=&urgency=`: what the matrix makes of them.
pub async fn priority(agent: Agent, Query(grades): Query<Grades>) -> Result {
    let catalogue = agent.read_bounded("catalogue", |rd, frame| frame.desk.catalogue(rd)).await?;
    let grade = catalogue.priority(grades.impact.unwrap_or(2), grades.urgency.unwrap_or(2));
    web_kit::html(PriorityPart { priority: Priority::new(&agent.viewer.t, grade) }.render())
}
