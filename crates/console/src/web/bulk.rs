//! `/desk/bulk`: several tickets at once. What is not allowed is said before it is done; the page of a deed
//! shows how far it is, what was refused and why, and takes the whole back.

use std::str::FromStr as _;

use access::Verb;
use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use i18n::{Arg, T};
use kernel::{Error, TicketId};
use ticket::actions::bulk::{self as act, Wanted};
use ticket::fields::grade_label;
use ticket::store::bulk::{BulkId, BulkState, Fate};
use ui::{Choice, Chrome, FormErrors};
use web_kit::{Path, Query, Result};

use super::named::Named;
use super::{Agent, Fields, comes_back, errors, refused};
use crate::words::When;

/// Tickets tried in one go.
const CHUNK: usize = 20;

#[derive(Template)]
#[template(path = "console/bulk.html", blocks = ["main"])]
struct BulkPage {
    t: T,
    chrome: Chrome,
    errors: FormErrors,
    tickets: Vec<TicketId>,
    typed: Fields,
    states: Vec<Choice>,
    priorities: Vec<Choice>,
    codes: Vec<Choice>,
    client_id: String,
    /// The reader moves tickets to the trash.
    may_trash: bool,
    /// What the trial found: the sentence, and the tickets that would be refused.
    tried: Option<(String, Vec<Refused>)>,
}

/// A ticket with the reason why not.
struct Refused {
    id: TicketId,
    title: String,
    words: String,
}

#[derive(Template)]
#[template(path = "console/bulk_done.html", blocks = ["main"])]
struct DonePage {
    t: T,
    chrome: Chrome,
    here: String,
    running: bool,
    summary: String,
    refused: Vec<Refused>,
    kept: Vec<Refused>,
    can_undo: bool,
    started: When,
}

/// The form for the tickets that were chosen in a list.
pub async fn show(agent: Agent, Query(asked): Query<Vec<(String, String)>>) -> Result {
    page(&agent, Fields(asked), FormErrors::new(), None).await
}

/// Tries, or begins.
pub async fn run(agent: Agent, fields: Fields) -> Result {
    let done = if fields.text("do") == "run" { begin(&agent, &fields).await } else { trial(&agent, &fields).await };
    match done {
        Ok(Step::Began(id)) => Ok(Redirect::to(&format!("/desk/bulk/{id}")).into_response()),
        Ok(Step::Tried(found)) => page(&agent, fields, FormErrors::new(), Some(found)).await,
        Err(error) if comes_back(&error) || error.kind() == kernel::ErrorKind::NotFound => {
            let said = errors(&agent.viewer.t, &error);
            Ok(refused(page(&agent, fields, said, None).await?, &error))
        }
        Err(error) => Err(error.into()),
    }
}

enum Step {
    Tried(Vec<(TicketId, Option<String>)>),
    Began(BulkId),
}

async fn trial(agent: &Agent, fields: &Fields) -> kernel::Result<Step> {
    let (tickets, wish) = (chosen(fields), Wish::of(fields)?);
    let mut found = Vec::new();
    for some in tickets.chunks(CHUNK) {
        let (some, wish, t) = (some.to_vec(), wish.clone(), agent.viewer.t.clone());
        let tried = agent.act("bulk.preview", None, move |tx, frame| {
            let wanted = wish.wanted(tx, frame)?;
            act::preview(tx, frame, &some, &wanted, &t)
        });
        found.extend(tried.await?);
    }
    if tickets.is_empty() {
        return Err(Error::invalid("tickets", "error-bulk-many").field_arg("max", act::MOST));
    }
    Ok(Step::Tried(found))
}

async fn begin(agent: &Agent, fields: &Fields) -> kernel::Result<Step> {
    let (tickets, wish) = (chosen(fields), Wish::of(fields)?);
    let key = api_kit::Key::of_form(fields.text("client_id"), &fields.0);
    let key = api_kit::RequestKeyed::stored(&key, agent.viewer.actor.require_person()?, "bulk.start");
    let id = agent.act("bulk.start", key, move |tx, frame| {
        let wanted = wish.wanted(tx, frame)?;
        act::start(tx, frame, &tickets, &wanted).map(kernel::Id::raw)
    });
    Ok(Step::Began(BulkId::new(id.await?)))
}

/// The tickets of the form, each once.
fn chosen(fields: &Fields) -> Vec<TicketId> {
    let mut ids: Vec<TicketId> =
        fields.0.iter().filter(|(name, _)| name == "t").filter_map(|(_, id)| TicketId::from_str(id).ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What the form wants, before names are looked up.
#[derive(Debug, Clone)]
struct Wish {
    wanted: Wanted,
    team: Option<Named>,
    assignee: Option<Named>,
    service: Option<Named>,
}

impl Wish {
    fn of(fields: &Fields) -> kernel::Result<Self> {
        let given = |name: &str| Some(fields.text(name).to_owned()).filter(|text| !text.is_empty());
        let tags = |name: &str| fields.text(name).split([',', ' ']).filter(|tag| !tag.trim().is_empty()).map(str::to_owned).collect();
        // An empty field changes nothing: a form of many tickets shows none of their values.
        let named = |name| Named::of(fields, name).map(|named| named.filter(|named| !named.is_empty()));
        Ok(Self {
            wanted: Wanted {
                state: given("state"),
                resolution_code: given("resolution_code"),
                resolution_report: given("resolution_report"),
                priority: fields.number("priority")?,
                add_tags: tags("add_tags"),
                remove_tags: tags("remove_tags"),
                note: fields.raw("note").to_owned(),
                trash: fields.is_set("trash"),
                ..Wanted::default()
            },
            team: named("team")?,
            assignee: named("assignee")?,
            service: named("service")?,
        })
    }

    fn wanted(&self, tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>) -> kernel::Result<Wanted> {
        let mut wanted = self.wanted.clone();
        wanted.team = self.team.as_ref().map(|n| n.team(tx, frame)).transpose()?.flatten().map(kernel::Id::raw);
        wanted.assignee = self.assignee.as_ref().map(|n| n.person(tx, frame, Verb::PersonSee)).transpose()?.flatten().map(kernel::Id::raw);
        wanted.service = self.service.as_ref().map(|n| n.service(tx, frame)).transpose()?.flatten().map(kernel::Id::raw);
        Ok(wanted)
    }
}

async fn page(agent: &Agent, fields: Fields, errors: FormErrors, tried: Option<Vec<(TicketId, Option<String>)>>) -> Result<Response> {
    let t = agent.viewer.t.clone();
    let catalogue = agent.read_bounded("catalogue", |rd, frame| frame.desk.catalogue(rd)).await?;
    let mut states: Vec<Choice> = Vec::new();
    for state in catalogue.kinds(agent.viewer.actor.tenant).iter().flat_map(|kind| kind.states.iter()) {
        if !states.iter().any(|choice| choice.value == state.key) {
            states.push(Choice::new(&state.key, state.names.get(t.lang()), state.key == fields.text("state")));
        }
    }
    let tickets = chosen(&fields);
    let tried = match tried {
        Some(found) => {
            let all = found.len();
            let bad: Vec<_> = found.into_iter().filter_map(|(id, words)| words.map(|words| (id, words))).collect();
            let allowed = all - bad.len();
            let said = t.with("console-bulk-tried", &[("allowed", Arg::from(allowed.to_string())), ("all", Arg::from(all.to_string()))]);
            Some((said, titled(agent, bad).await?))
        }
        None => None,
    };
    let page = BulkPage {
        chrome: agent.chrome(t.msg("console-bulk")),
        may_trash: agent.viewer.actor.may_anywhere(Verb::TicketDelete),
        errors,
        states,
        priorities: (1..=4)
            .map(|n| Choice::new(n.to_string(), t.msg(grade_label("priority", n)), n.to_string() == fields.text("priority")))
            .collect(),
        codes: super::register::codes(&t, &catalogue, fields.text("resolution_code")),
        client_id: Some(fields.text("client_id").to_owned()).filter(|id| !id.is_empty()).unwrap_or_else(|| agent.form_key()),
        tickets,
        typed: fields,
        tried,
        t,
    };
    web_kit::page!(agent.viewer, page, as_main)
}

async fn titled(agent: &Agent, bad: Vec<(TicketId, String)>) -> kernel::Result<Vec<Refused>> {
    agent
        .read_bounded("bulk.titles", move |rd, frame| {
            let mut found = Vec::with_capacity(bad.len());
            for (id, words) in &bad {
                let title = act::title(rd, frame, *id)?.unwrap_or_default();
                found.push(Refused { id: *id, title, words: words.clone() });
            }
            Ok(found)
        })
        .await
}

/// `/desk/bulk/{id}`: how far it is.
pub async fn done(agent: Agent, Path(id): Path<BulkId>) -> Result {
    let t = agent.viewer.t.clone();
    let (bulk, all) = agent.read_bounded("bulk.progress", move |rd, frame| act::progress(rd, frame, id)).await?;
    let count = |fate: Fate| all.iter().filter(|one| one.fate == fate).count();
    let of = |fate: Fate| all.iter().filter(|one| one.fate == fate).map(|one| (one.ticket, one.words.clone())).collect::<Vec<_>>();
    let number = |name, n: usize| (name, Arg::from(n.to_string()));
    let (key, settled) = match bulk.state {
        BulkState::Running => (i18n::key!("console-bulk-running"), all.len() - count(Fate::Waiting)),
        BulkState::Done => (i18n::key!("console-bulk-done"), count(Fate::Done)),
        BulkState::Undoing => (i18n::key!("console-bulk-undoing"), count(Fate::Undone) + count(Fate::Kept)),
        BulkState::Undone => (i18n::key!("console-bulk-undone"), count(Fate::Undone)),
    };
    let page = DonePage {
        chrome: agent.chrome(t.msg("console-bulk")),
        here: format!("/desk/bulk/{id}"),
        running: matches!(bulk.state, BulkState::Running | BulkState::Undoing),
        summary: t.with(key, &[number("done", settled), number("all", all.len())]),
        refused: titled(&agent, of(Fate::Refused)).await?,
        kept: titled(&agent, of(Fate::Kept)).await?,
        can_undo: bulk.state == BulkState::Done && count(Fate::Done) > 0 && agent.now() <= bulk.created_at.plus(act::UNDO_WITHIN),
        started: When::new(&t, bulk.created_at, agent.now()),
        t,
    };
    web_kit::page!(agent.viewer, page, as_main)
}

/// Takes the whole back.
pub async fn undo(agent: Agent, Path(id): Path<BulkId>) -> Result {
    agent.act("bulk.undo", None, move |tx, frame| act::take_back(tx, frame, id)).await?;
    Ok(Redirect::to(&format!("/desk/bulk/{id}")).into_response())
}
