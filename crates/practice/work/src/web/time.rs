//! `/desk/tickets/{number}/time`: the time that a ticket took, with a watch. The panel beside the ticket
//! takes its part of this page; without script it is the page itself.

use askama::Template;
use axum::response::Response;
use i18n::T;
use kernel::{Error, TicketId, Time};
use ui::{Choice, Chrome, FormErrors, Person};
use web_kit::{Path, Result, see_other};

use super::{Clerk, Typed, comes_back, errors, refused};
use crate::actions::time::{self, Spent};
use crate::actions::timer;
use crate::length;
use crate::log::{self, Sheet};
use crate::store::entry::{Entry, EntryId};

#[derive(Template)]
#[template(path = "work/time.html", blocks = ["main"])]
struct TimePage {
    t: T,
    chrome: Chrome,
    back: String,
    base: String,
    errors: FormErrors,
    total: String,
    may_log: bool,
    /// The reader's watch: what it shows, in words.
    shows: String,
    running: bool,
    has_timer: bool,
    form: Form,
    lines: Vec<Line>,
}

impl TimePage {
    fn timer(&self) -> String {
        format!("{}/timer", self.back)
    }
}

/// The fields of an entry.
pub struct Form {
    pub minutes: String,
    pub day: String,
    pub activities: Vec<Choice>,
    pub billable: bool,
    pub comment: String,
    /// It was refused, and stands open.
    pub open: bool,
}

struct Line {
    id: i64,
    who: Option<Person>,
    day: String,
    length: String,
    activity: String,
    billable: bool,
    comment: String,
    mine: bool,
}

fn address(id: TicketId) -> String {
    format!("/desk/tickets/{id}/time")
}

pub async fn show(clerk: Clerk, Path(id): Path<TicketId>) -> Result {
    page(&clerk, id, None).await
}

async fn page(clerk: &Clerk, id: TicketId, refusal: Option<(&Typed, &Error)>) -> Result {
    let sheet = clerk.read("time", move |rd, frame| log::sheet(rd, frame, id)).await?;
    let made = build(clerk, &sheet, refusal);
    let response: Response = web_kit::page!(clerk.viewer, made, as_main)?;
    Ok(match refusal {
        Some((_, error)) => refused(response, error),
        None => response,
    })
}

fn build(clerk: &Clerk, sheet: &Sheet, refusal: Option<(&Typed, &Error)>) -> TimePage {
    let (t, id) = (clerk.viewer.t.clone(), sheet.ticket.id);
    let shows = sheet.timer.as_ref().map_or(0, |timer| timer.shows(clerk.now()));
    TimePage {
        chrome: clerk.chrome(format!("{} - {}", t.msg("work-time"), sheet.number)),
        back: format!("/desk/tickets/{id}"),
        base: address(id),
        errors: refusal.map(|(_, error)| errors(&t, error)).unwrap_or_default(),
        total: t.length(sheet.ticket.spent * Time::MINUTE),
        may_log: sheet.may_log,
        shows: t.length(shows * Time::SECOND),
        running: sheet.timer.as_ref().is_some_and(|timer| timer.started_at.is_some()),
        has_timer: sheet.timer.is_some(),
        form: form(&t, sheet, None, refusal.map(|(typed, _)| typed)),
        lines: sheet.entries.iter().map(|entry| line(&t, sheet, entry)).collect(),
        t,
    }
}

/// The fields as they were typed, else of an entry, else empty.
fn form(t: &T, sheet: &Sheet, of: Option<&Entry>, typed: Option<&Typed>) -> Form {
    let stored = |value: Option<String>| value.unwrap_or_default();
    let or = |name: &str, value: Option<String>| typed.map_or_else(|| stored(value), |typed| typed.text(name).to_owned());
    let first = sheet.rules.active().next();
    let chosen = or("activity", of.map(|entry| entry.activity.clone()).or_else(|| first.map(|one| one.key.clone())));
    let shown = sheet.rules.activities.iter().filter(|one| one.active || one.key == chosen);
    let billable = of.map_or_else(|| first.is_some_and(|one| one.billable), |entry| entry.billable);
    Form {
        minutes: or("minutes", of.map(|entry| entry.minutes.to_string())),
        day: or("day", Some(of.map_or_else(|| sheet.today.clone(), |entry| entry.day.clone()))),
        activities: shown.map(|one| Choice::new(&one.key, one.names.get(t.lang()), one.key == chosen)).collect(),
        billable: typed.map_or(billable, |typed| typed.is_on("billable")),
        comment: or("comment", of.and_then(|entry| entry.comment.clone())),
        open: typed.is_some(),
    }
}

fn line(t: &T, sheet: &Sheet, entry: &Entry) -> Line {
    let mine = sheet.is_mine(entry);
    Line {
        id: entry.id.raw(),
        who: (mine || !sheet.hides_people).then(|| Person::new(entry.person, sheet.names.person_name(entry.person))),
        day: day_words(t, &entry.day),
        length: t.length(entry.minutes * Time::MINUTE),
        activity: sheet.rules.activity(&entry.activity).map_or(entry.activity.as_str(), |one| one.names.get(t.lang())).to_owned(),
        billable: entry.billable,
        comment: entry.comment.clone().unwrap_or_default(),
        mine: mine && sheet.may_log,
    }
}

/// A day in words of the language.
fn day_words(t: &T, day: &str) -> String {
    let noon = day.parse::<jiff::civil::Date>().ok().and_then(|day| day.at(12, 0, 0, 0).to_zoned(t.zone().clone()).ok());
    noon.map_or_else(|| day.to_owned(), |noon| t.day_full(Time::from_seconds(noon.timestamp().as_second())))
}

fn spent(typed: &Typed) -> kernel::Result<Spent> {
    Ok(Spent {
        day: typed.text("day").to_owned(),
        minutes: length::minutes(typed.text("minutes"))?,
        activity: typed.text("activity").to_owned(),
        billable: typed.is_on("billable"),
        comment: typed.text("comment").to_owned(),
    })
}

pub async fn add(clerk: Clerk, Path(id): Path<TicketId>, typed: Typed) -> Result {
    let acted = match spent(&typed) {
        Ok(spent) => clerk.act("time.add", move |tx, frame| time::add(tx, frame, id, &spent).map(|_| ())).await,
        Err(error) => Err(error),
    };
    answered(&clerk, id, acted, Some(&typed)).await
}

pub async fn remove(clerk: Clerk, Path((id, entry)): Path<(TicketId, i64)>) -> Result {
    let acted = clerk.act("time.remove", move |tx, frame| time::remove(tx, frame, id, EntryId::new(entry))).await;
    answered(&clerk, id, acted, None).await
}

/// The watch: `do` is start, pause, stop or discard.
pub async fn watch(clerk: Clerk, Path(id): Path<TicketId>, typed: Typed) -> Result {
    let what = typed.text("do").to_owned();
    let act = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| match what.as_str() {
        "start" => timer::start(tx, frame, id),
        "pause" => timer::pause(tx, frame, id),
        "stop" => timer::stop(tx, frame, id).map(|_| ()),
        "discard" => timer::discard(tx, frame, id),
        _ => Err(Error::invalid("do", "error-choice")),
    };
    let acted = clerk.act("time.watch", act).await;
    answered(&clerk, id, acted, None).await
}

async fn answered(clerk: &Clerk, id: TicketId, acted: kernel::Result<()>, typed: Option<&Typed>) -> Result {
    match acted {
        Ok(()) => Ok(see_other(&address(id))),
        Err(error) if comes_back(&error) => {
            let empty = Typed::default();
            page(clerk, id, Some((typed.unwrap_or(&empty), &error))).await
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "work/entry.html", blocks = ["main"])]
struct EntryPage {
    t: T,
    chrome: Chrome,
    base: String,
    here: String,
    errors: FormErrors,
    version: String,
    form: Form,
}

/// `/desk/tickets/{number}/time/{entry}`: one entry of one's own.
pub async fn edit(clerk: Clerk, Path((id, entry)): Path<(TicketId, i64)>) -> Result {
    entry_page(&clerk, id, EntryId::new(entry), None).await
}

pub async fn save(clerk: Clerk, Path((id, entry)): Path<(TicketId, i64)>, typed: Typed) -> Result {
    let entry = EntryId::new(entry);
    let acted = match (spent(&typed), typed.number("version")) {
        (Ok(spent), Ok(version)) => clerk.act("time.edit", move |tx, frame| time::edit(tx, frame, id, entry, version, &spent)).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match acted {
        Ok(()) => Ok(see_other(&address(id))),
        Err(error) if comes_back(&error) => entry_page(&clerk, id, entry, Some((&typed, &error))).await,
        Err(error) => Err(error.into()),
    }
}

async fn entry_page(clerk: &Clerk, id: TicketId, entry: EntryId, refusal: Option<(&Typed, &Error)>) -> Result {
    let sheet = clerk.read("time.entry", move |rd, frame| log::sheet(rd, frame, id)).await?;
    let one = sheet.entries.iter().find(|one| one.id == entry && sheet.is_mine(one)).ok_or_else(Error::not_found)?;
    let t = clerk.viewer.t.clone();
    let page = EntryPage {
        chrome: clerk.chrome(format!("{} - {}", t.msg("work-time"), sheet.number)),
        base: address(id),
        here: format!("{}/{entry}", address(id)),
        errors: refusal.map(|(_, error)| errors(&t, error)).unwrap_or_default(),
        version: one.version.to_string(),
        form: form(&t, &sheet, Some(one), refusal.map(|(typed, _)| typed)),
        t,
    };
    let response: Response = web_kit::page!(clerk.viewer, page, as_main)?;
    Ok(match refusal {
        Some((_, error)) => refused(response, error),
        None => response,
    })
}
