//! The ticket page: what was said and done, the answer, and everything around it.

mod around;
mod change;
mod composer;
mod customs;
mod every;
mod facts;
pub mod held;
pub mod merge;
mod post;
mod problem;
mod read;
pub mod redact;
pub mod reveal;
mod side;
pub mod split;
mod still;
mod timeline;
mod undo;
mod unread;
pub mod why;

use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use i18n::T;
use kernel::{Error, ErrorKind, TicketId};
use serde::Deserialize;
use ticket::{Category, serve};
use ui::{Chrome, Flash, Person, Tab};
use web_kit::{Fail, Path, Query, Result};

use super::{Agent, comes_back};
use crate::words::{self, Priority, When};
pub use around::{describe, involve, link, tag};
pub use change::change;
use composer::{Composer, first};
use customs::Own;
pub use customs::PEOPLE;
pub use every::{change as change_fields, show as show_fields};
use facts::Fact;
pub use post::post;
use problem::{Form, Problem, Refusal};
use read::Known;
pub use read::open_tickets;
use side::{CardView, Involved, Link, Mini};
pub use still::still;
pub use timeline::FileLink;
use timeline::{Item, Part};
pub use undo::undo;
pub use unread::unread;

#[derive(Template)]
#[template(path = "console/ticket.html", blocks = ["main"])]
struct TicketPage {
    t: T,
    chrome: Chrome,
    id: TicketId,
    /// The address of the page, to which its forms add.
    base: String,
    /// What is shown now, by an address that answers a link: a refused form stands under another one.
    here: String,
    version: i64,
    activity: i64,
    number: String,
    icon: String,
    kind: String,
    subject: String,
    category: &'static str,
    state: String,
    priority: Option<Priority>,
    assignee: Option<Person>,
    incomplete: bool,
    confidential: bool,
    /// Makes it confidential, or lifts that.
    can_confide: bool,
    /// Brings people to it, who see it from then on.
    can_name: bool,
    can_explain: bool,
    can_redact: bool,
    /// What was found in the title and the report.
    secrets: Vec<timeline::Hidden>,
    me: String,
    can_take: bool,
    can_edit: bool,
    can_link: bool,
    can_watch: bool,
    can_merge: bool,
    can_delete: bool,
    /// It is part of another one.
    part: Option<PartOf>,
    watching: bool,
    muted: bool,
    steps: Vec<Step>,
    solve: Option<Solve>,
    problem: Problem,
    tabs: Vec<Tab>,
    items: Vec<Item>,
    /// What the reader sends later.
    held: Vec<held::Held>,
    /// Why something of theirs was not sent.
    trouble: String,
    earlier: String,
    earlier_href: String,
    composer: Composer,
    card: Option<CardView>,
    facts: Vec<Fact>,
    customs: Vec<Own>,
    /// Where all of them are changed in one form; empty when they are few.
    all_fields: String,
    field_count: usize,
    resolution: String,
    report: String,
    coworkers: Vec<Involved>,
    watchers: Vec<Involved>,
    named: Vec<Involved>,
    about: Vec<Involved>,
    /// Its kind may complain of people.
    may_be_about: bool,
    tags: Vec<String>,
    /// The reader's roles show them.
    shows_tags: bool,
    handover_reasons: Vec<ui::Choice>,
    parent: Option<Mini>,
    children: Vec<Mini>,
    links: Vec<Link>,
    link_kinds: Vec<ui::Choice>,
    files: Vec<FileLink>,
    history: Vec<timeline::Happened>,
    /// What other slices show beside it.
    sections: Vec<Beside>,
    created: When,
    channel: String,
}

impl TicketPage {
    /// A form of this page.
    fn at(&self, form: &str) -> String {
        format!("{}{form}", self.base)
    }
    /// The dialog stands open and says itself what is wrong.
    fn asks_in_dialog(&self) -> bool {
        self.solve.as_ref().is_some_and(|solve| solve.open)
    }
    /// The link that can be given to anybody.
    fn link(&self) -> String {
        format!("/t/{}", self.id)
    }
}

/// A part that another slice shows.
struct Beside {
    name: &'static str,
    title: String,
    path: &'static str,
    first: bool,
    key: &'static str,
}

fn beside(agent: &Agent) -> Vec<Beside> {
    let shown = agent.app.sections.iter().filter(|s| s.verb.is_none_or(|verb| agent.viewer.actor.may_anywhere(verb)));
    shown
        .map(|s| Beside { name: s.name, title: agent.viewer.t.msg(s.title).into_owned(), path: s.path, first: s.first, key: s.key })
        .collect()
}

/// In which ticket a merged one goes on.
struct PartOf {
    /// Nothing when the reader may not see it.
    whole: Option<Mini>,
    may: bool,
}

/// A state one may go to at once.
struct Step {
    key: String,
    label: String,
    category: &'static str,
    /// It asks for a resolution first.
    solves: bool,
}

/// How it is solved: at once, or by a dialog that asks for a resolution.
struct Solve {
    /// The state that needs nothing more; empty when the dialog is needed.
    direct: String,
    /// One of the states that can be reached is a solution.
    solves: bool,
    /// The name of the state that is chosen at first.
    label: String,
    /// The states that ask for a resolution.
    states: Vec<ui::Choice>,
    codes: Vec<ui::Choice>,
    report: String,
    /// It was refused, and stands open.
    open: bool,
    errors: ui::FormErrors,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    #[serde(default)]
    show: String,
    /// With the earlier messages.
    all: Option<String>,
    /// What the step before did.
    done: Option<String>,
    /// What it left waiting.
    #[serde(default)]
    held: String,
}

/// `/desk/tickets/{number}`
pub async fn show(agent: Agent, Path(id): Path<TicketId>, Query(ask): Query<Ask>) -> Result {
    match page(&agent, id, &ask, None).await {
        // Who works for the desk asks for things as well: those tickets are seen from the other side.
        Err(fail) if fail.error().kind() == ErrorKind::NotFound && is_outer(&agent, id).await? => {
            Ok(Redirect::to(&format!("/requests/{id}")).into_response())
        }
        Err(fail) if fail.error().kind() == ErrorKind::NotFound => match super::trash::of(&agent, id).await? {
            Some(page) => Ok(page),
            None => Err(fail),
        },
        answer => answer,
    }
}

/// Whether the reader sees a ticket, but only as its requester does.
async fn is_outer(agent: &Agent, id: TicketId) -> kernel::Result<bool> {
    agent.read_bounded("ticket.outer", move |rd, frame| Ok(serve::see(rd, frame, id).is_ok_and(|seen| !seen.inner))).await
}

/// The page again after a refused form, with the status of its error.
async fn refused(agent: &Agent, id: TicketId, refusal: Refusal) -> Result {
    use ErrorKind::{Busy, Storage, TooMany};
    // A form that is sent in place keeps what was typed by itself; its page says the words and asks again.
    let in_place = agent.viewer.partial && matches!(refusal.error.kind(), Busy | Storage | TooMany);
    if in_place || !comes_back(&refusal.error) {
        return Err(refusal.error.into());
    }
    page(agent, id, &Ask::default(), Some(refusal)).await
}

async fn page(agent: &Agent, id: TicketId, ask: &Ask, refusal: Option<Refusal>) -> Result {
    let known = agent.read_bounded("ticket.page", move |rd, frame| read::known(rd, frame, id)).await?;
    let page = build(agent, &known, ask, refusal.as_ref());
    let flash = page.chrome.flash.clone().filter(|_| agent.viewer.partial);
    let response: Response = web_kit::page!(agent.viewer, page, as_main)?;
    let response = match flash {
        Some(flash) => web_kit::with_toast(response, &flash),
        None => response,
    };
    Ok(match refusal {
        Some(refusal) => crate::web::refused(response, &refusal.error),
        None => response,
    })
}

fn build(agent: &Agent, known: &Known, ask: &Ask, refusal: Option<&Refusal>) -> TicketPage {
    let (t, now) = (agent.viewer.t.clone(), agent.now());
    let ticket = &known.seen.ticket;
    let facts = facts::facts(&t, known);
    let problem = refusal.map(|r| r.problem(&t, now, known, &facts)).unwrap_or_default();
    let number = words::number(&known.kind, ticket.id);
    let base = format!("/desk/tickets/{}", ticket.id);
    let part = Part::of(&ask.show);
    let shown = timeline::shown(&t, now, known, part, ask.all.is_some());
    let state = known.kind.state(&ticket.state).map_or(ticket.state.as_str(), |s| s.names.get(t.lang())).to_owned();
    let me = agent.viewer.actor.person;
    let around = side::around(known);
    let composer = Composer::new(&t, known, agent.form_key(), refusal, &problem);
    let mut chrome = agent.chrome(format!("{number} {} - {state}", ticket.title));
    chrome.flash = match ask.done.as_deref() {
        Some("held") => held::flash(&t, &ask.held, agent.viewer.look.undo),
        done => flash(&t, now, known, &base, done),
    };
    TicketPage {
        id: ticket.id,
        version: ticket.version,
        activity: ticket.activity,
        icon: known.kind.icon.clone(),
        kind: known.kind.names.get(t.lang()).to_owned(),
        subject: ticket.title.clone(),
        category: ticket.category.key(),
        priority: (!known.hidden.contains("priority")).then(|| Priority::new(&t, ticket.priority)),
        assignee: ticket.assignee.filter(|_| !known.hidden.contains("assignee")).map(|id| words::person_at(&known.names, id)),
        incomplete: ticket.incomplete,
        confidential: ticket.confidential,
        can_confide: known.rights.confide,
        can_name: known.rights.name,
        can_explain: known.rights.explain,
        can_redact: known.rights.redact,
        secrets: known.timeline.secrets.iter().filter(|s| s.message.is_none()).map(|s| timeline::hidden(&t, known, s)).collect(),
        me: me.map_or_else(String::new, |id| id.to_string()),
        can_take: known.rights.take && ticket.is_open() && ticket.assignee != me,
        can_edit: known.rights.edit,
        can_link: known.rights.link,
        can_watch: known.rights.watch,
        can_merge: known.rights.merge && known.part.is_none(),
        can_delete: known.rights.delete && known.part.is_none(),
        part: known
            .part
            .as_ref()
            .map(|whole| PartOf { whole: whole.as_ref().map(|one| side::mini(&t, known, one)), may: known.rights.merge }),
        watching: around.watches(me),
        muted: known.muted,
        steps: steps(&t, known),
        solve: solve(&t, known, refusal, &problem),
        tabs: tabs(&t, &base, part),
        items: shown.items,
        held: known.held.iter().map(|kept| held::Held::of(&t, now, kept)).collect(),
        trouble: known.draft.as_ref().map(|kept| kept.draft.trouble.clone()).unwrap_or_default(),
        earlier: if shown.earlier == 0 {
            String::new()
        } else {
            t.count("console-earlier", i64::try_from(shown.earlier).unwrap_or(i64::MAX))
        },
        here: words::address(&base, &[("show", &ask.show), ("all", ask.all.as_deref().unwrap_or_default())]),
        earlier_href: words::address(&base, &[("show", &ask.show), ("all", "1")]),
        composer,
        card: known.card.as_ref().map(|card| side::card(&t, now, known, card)),
        customs: customs::beside(&t, known),
        all_fields: if known.rights.edit && known.customs.len() > customs::FEW { format!("{base}/fields") } else { String::new() },
        field_count: known.customs.len(),
        resolution: resolution(&t, known),
        report: known.report.clone().unwrap_or_default(),
        coworkers: around.coworkers,
        watchers: around.watchers,
        named: around.named,
        about: around.about,
        may_be_about: known.kind.is_about_people(),
        tags: known.tags.clone(),
        shows_tags: !known.hidden.contains("tag"),
        handover_reasons: change::handover_reasons(&t),
        parent: known.parent.as_ref().map(|p| side::mini(&t, known, p)),
        children: known.children.iter().map(|c| side::mini(&t, known, c)).collect(),
        links: side::links(&t, known),
        link_kinds: side::link_kinds(&t),
        files: known.timeline.files.iter().map(|f| FileLink::new(&t, f)).collect(),
        history: timeline::history(&t, now, known),
        sections: beside(agent),
        created: When::new(&t, ticket.created_at, now),
        channel: t.msg(&format!("channel-{}", ticket.channel.key().replace('_', "-"))).into_owned(),
        facts,
        problem,
        base,
        number,
        state,
        chrome,
        t,
    }
}

fn steps(t: &T, known: &Known) -> Vec<Step> {
    let step = |s: &ticket::StateDef| Step {
        key: s.key.clone(),
        label: s.names.get(t.lang()).to_owned(),
        category: s.category.key(),
        solves: !s.requires.is_empty(),
    };
    known.steps.iter().map(step).collect()
}

fn solve(t: &T, known: &Known, refusal: Option<&Refusal>, problem: &Problem) -> Option<Solve> {
    let asking: Vec<&ticket::StateDef> = known.steps.iter().filter(|s| !s.requires.is_empty()).collect();
    let solved = known.steps.iter().find(|s| s.category == Category::Resolved);
    let chosen = solved.or(asking.first().copied())?;
    let refused = refusal.filter(|r| r.form == Form::Solve);
    let typed = |name: &str| refused.map_or("", |r| r.typed.text(name));
    Some(Solve {
        solves: solved.is_some(),
        label: chosen.names.get(t.lang()).to_owned(),
        direct: solved.filter(|s| s.requires.is_empty()).map(|s| s.key.clone()).unwrap_or_default(),
        states: asking
            .iter()
            .map(|s| ui::Choice::new(&s.key, s.names.get(t.lang()), s.key == first(&[typed("state"), &chosen.key])))
            .collect(),
        codes: composer::codes(t, known, typed("resolution_code")),
        report: if refused.is_some() { typed("resolution_report").to_owned() } else { known.report.clone().unwrap_or_default() },
        open: refused.is_some() && problem.clashes.is_empty(),
        errors: if refused.is_some() { problem.errors.clone() } else { ui::FormErrors::new() },
    })
}

fn tabs(t: &T, base: &str, part: Part) -> Vec<Tab> {
    let tab = |(which, key, label): (Part, &str, &str)| Tab {
        label: t.msg(label).into_owned(),
        href: words::address(base, &[("show", key)]),
        current: which == part,
        count: String::new(),
    };
    Part::ALL.into_iter().map(tab).collect()
}

fn resolution(t: &T, known: &Known) -> String {
    let code = known.seen.ticket.resolution_code.as_deref().filter(|_| !known.hidden.contains("resolution_code"));
    let found = code.and_then(|code| known.catalogue.codes().iter().find(|c| c.key == code));
    found.map_or_else(String::new, |c| c.names.get(t.lang()).to_owned())
}

/// What the step before did, said once.
fn flash(t: &T, now: kernel::Time, known: &Known, base: &str, done: Option<&str>) -> Option<Flash> {
    let ok = |text, undo| Some(Flash { kind: "ok", text, undo });
    let key = match done? {
        "changed" => {
            let (form, what) = timeline::newest_undoable(t, now, known)?;
            return ok(t.with("console-done-changed", &[("what", i18n::Arg::from(what))]), Some(format!("{base}{form}")));
        }
        "undone" => i18n::key!("console-done-undone"),
        "restored" => i18n::key!("console-done-restored"),
        "split" => return ok(t.msg("console-done-split").into_owned(), Some(format!("{base}/unsplit"))),
        "unsplit" => i18n::key!("console-done-unsplit"),
        "merged" => i18n::key!("console-done-merged"),
        "redacted" => i18n::key!("console-done-redacted"),
        "unmerged" => i18n::key!("console-done-unmerged"),
        "registered" => i18n::key!("console-done-registered"),
        "added" => i18n::key!("console-done-added"),
        "unsent" => i18n::key!("console-done-unsent"),
        _ => return None,
    };
    ok(t.msg(key).into_owned(), None)
}

/// After a form: the page.
fn to_page(id: TicketId) -> Response {
    Redirect::to(&format!("/desk/tickets/{id}")).into_response()
}

/// After a change: the page, which says so and offers to take it back.
fn to_changed(id: TicketId, done: &str) -> Response {
    Redirect::to(&format!("/desk/tickets/{id}?done={done}")).into_response()
}

/// The address of a form, when it is asked for by a link: its page. A refused form stands under that
/// address, from where one may log in again or reload.
pub async fn back(agent: Agent, Path(id): Path<TicketId>) -> Result {
    agent.read_bounded("ticket.see", move |rd, frame| serve::see(rd, frame, id).map(|_| ())).await?;
    Ok(to_page(id))
}

/// The answer to a form of this page.
async fn answered(agent: &Agent, id: TicketId, done: kernel::Result<()>, refusal: impl FnOnce(Error) -> Refusal) -> Result<Response, Fail> {
    match done {
        Ok(()) => Ok(to_page(id)),
        Err(error) => refused(agent, id, refusal(error)).await,
    }
}
