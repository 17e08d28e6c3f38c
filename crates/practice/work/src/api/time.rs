//! `/api/v1/tickets/{id}/time`: the time that a ticket took.

use api_kit::{IfMatch, Posted, RequestKeyed, Versioned};
use axum::extract::State;
use http::StatusCode;
use kernel::{Error, TicketId, Time};
use serde::{Deserialize, Serialize};
use settings::Texts;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::{AddedOut, DeskRef, TaskRef};
use crate::actions::time::{self as action, Spent};
use crate::actions::{time_rules, timer};
use crate::log;
use crate::store::entry::EntryId;
use crate::time_rules::{Activity, TimeRules};

/// Time that somebody spent on a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimeOut {
    #[schema(example = 12)]
    pub id: i64,
    /// Absent when the reader may not know who works on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<TaskRef>,
    #[schema(example = "2026-11-23")]
    pub day: String,
    #[schema(example = 30)]
    pub minutes: i64,
    /// The key of the activity.
    #[schema(example = "work")]
    pub activity: String,
    pub billable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    pub version: i64,
}

/// The asker's watch for a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimerOut {
    /// What it shows now.
    #[schema(example = 754)]
    pub seconds: i64,
    pub running: bool,
}

/// The time of a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimesOut {
    /// The sum of all entries.
    #[schema(example = 95)]
    pub total_minutes: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timer: Option<TimerOut>,
    /// The newest 500, the newest day first.
    pub items: Vec<TimeOut>,
}

/// Time to be written down, whole.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeIn {
    #[schema(example = 30, minimum = 1, maximum = 1440)]
    pub minutes: i64,
    /// The asker's today when unsaid.
    #[serde(default)]
    #[schema(example = "2026-11-23")]
    pub day: String,
    /// The key of an activity; the first one when unsaid.
    #[serde(default)]
    #[schema(example = "work")]
    pub activity: String,
    #[serde(default)]
    pub billable: bool,
    #[serde(default)]
    #[schema(example = "Replaced the toner", max_length = 500)]
    pub comment: String,
}

/// What is done with a watch.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WatchIn {
    /// start pause stop (makes an entry) discard
    #[serde(rename = "do")]
    #[schema(example = "start")]
    pub what: String,
}

impl TimeIn {
    fn read(self) -> Spent {
        Spent { day: self.day, minutes: self.minutes, activity: self.activity, billable: self.billable, comment: self.comment }
    }
}

/// The time that people spent on a ticket, and the asker's watch.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/time", tag = "time", operation_id = "listTime",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = TimesOut)))]
pub async fn list(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<axum::Json<TimesOut>> {
    let sheet = serve::read_bounded(&app, &viewer, &desk, "api.time", move |rd, frame| log::sheet(rd, frame, id)).await?;
    let now: Time = app.now();
    let out = |entry: &crate::store::entry::Entry| {
        let shown = sheet.is_mine(entry) || !sheet.hides_people;
        TimeOut {
            id: entry.id.raw(),
            person: shown.then(|| TaskRef { id: entry.person.raw(), name: sheet.names.person_name(entry.person).to_owned() }),
            day: entry.day.clone(),
            minutes: entry.minutes,
            activity: entry.activity.clone(),
            billable: entry.billable,
            comment: entry.comment.clone(),
            version: entry.version,
        }
    };
    let timer = sheet.timer.as_ref().map(|timer| TimerOut { seconds: timer.shows(now), running: timer.started_at.is_some() });
    Ok(axum::Json(TimesOut { total_minutes: sheet.ticket.spent, timer, items: sheet.entries.iter().map(out).collect() }))
}

/// Writes time down, as of the asker.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/time", tag = "time", operation_id = "addTime", request_body = TimeIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 201, body = AddedOut)))]
pub async fn add(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<TimeIn>,
) -> Result<(StatusCode, axum::Json<AddedOut>)> {
    let key = posted.key.stored(viewer.actor.require_person()?, "time.add");
    let spent = posted.body.read();
    let made = serve::act(&app, &viewer, &desk, "time.add", key, move |tx, frame| action::add(tx, frame, id, &spent)).await?;
    Ok((StatusCode::CREATED, axum::Json(AddedOut { id: made.raw() })))
}

/// Changes time that the asker wrote down: with `If-Match` only from that version.
#[utoipa::path(put, path = "/api/v1/tickets/{id}/time/{entry}", tag = "time", operation_id = "changeTime", request_body = TimeIn,
    params(("id" = i64, Path, description = "The ticket's number"), ("entry" = i64, Path, description = "The entry"),
        ("If-Match" = Option<String>, Header, description = "The version that was read")),
    responses((status = 204, description = "It is changed"), (status = 409, description = "It is of somebody else")))]
pub async fn change(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((id, entry)): Path<(TicketId, i64)>,
    IfMatch(version): IfMatch,
    Json(body): Json<TimeIn>,
) -> Result<StatusCode> {
    let spent = body.read();
    let edit = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| action::edit(tx, frame, id, EntryId::new(entry), version, &spent);
    serve::act(&app, &viewer, &desk, "time.edit", None, edit).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes time away that the asker wrote down.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/time/{entry}", tag = "time", operation_id = "removeTime",
    params(("id" = i64, Path, description = "The ticket's number"), ("entry" = i64, Path, description = "The entry")),
    responses((status = 204, description = "It is gone"), (status = 409, description = "It is of somebody else")))]
pub async fn remove(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path((id, entry)): Path<(TicketId, i64)>) -> Result<StatusCode> {
    let remove = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| action::remove(tx, frame, id, EntryId::new(entry));
    serve::act(&app, &viewer, &desk, "time.remove", None, remove).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Starts, holds, stops or throws away the asker's watch for a ticket.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/timer", tag = "time", operation_id = "watchTime", request_body = WatchIn,
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 204, description = "It is done")))]
pub async fn watch(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<TicketId>,
    posted: Posted<WatchIn>,
) -> Result<StatusCode> {
    let (key, body) = (posted.key.stored(viewer.actor.require_person()?, "time.watch"), posted.body);
    let act = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| match body.what.as_str() {
        "start" => timer::start(tx, frame, id),
        "pause" => timer::pause(tx, frame, id),
        "stop" => timer::stop(tx, frame, id).map(|_| ()),
        "discard" => timer::discard(tx, frame, id),
        _ => Err(Error::invalid("do", "error-choice")),
    };
    serve::act(&app, &viewer, &desk, "time.watch", key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A kind of activity.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityIn {
    #[schema(example = "work", max_length = 40)]
    pub key: String,
    /// By language.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub names: Texts,
    /// What an entry begins with.
    #[serde(default)]
    pub billable: bool,
    /// It can be chosen.
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

/// What time is spent with, and which tickets need it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeRulesIn {
    pub activities: Vec<ActivityIn>,
    /// Kinds of tickets that are not solved without time.
    #[serde(default)]
    #[schema(example = json!(["request"]))]
    pub required: Vec<String>,
}

/// The same with its version.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimeRulesOut {
    /// 0 as long as they are those of the product.
    pub version: i64,
    pub rules: TimeRulesIn,
}

impl TimeRulesIn {
    fn read(self) -> TimeRules {
        let activity = |one: ActivityIn| Activity { key: one.key, names: one.names, billable: one.billable, active: one.active };
        TimeRules { activities: self.activities.into_iter().map(activity).collect(), required: self.required }
    }
    fn of(rules: TimeRules) -> Self {
        let activity = |one: Activity| ActivityIn { key: one.key, names: one.names, billable: one.billable, active: one.active };
        Self { activities: rules.activities.into_iter().map(activity).collect(), required: rules.required }
    }
}

async fn rules_now(app: &App, viewer: &Viewer, desk: &DeskRef) -> Result<Versioned<TimeRulesOut>> {
    let read = |rd: &mut db::Rd<'_>, frame: ticket::Frame<'_>| {
        let verb = access::Verb::TicketLogTime;
        if !frame.actor.may_anywhere(verb) && !frame.actor.may_anywhere(access::Verb::SettingsSee) {
            return Err(Error::forbidden().arg("verb", verb));
        }
        TimeRules::load(rd)
    };
    let (rules, version) = serve::read(app, viewer, desk, "api.time.rules", read).await?;
    Ok(Versioned::ok(version, TimeRulesOut { version, rules: TimeRulesIn::of(rules) }))
}

/// The kinds of activity, and which tickets need time before they are solved.
#[utoipa::path(get, path = "/api/v1/time-rules", tag = "configuration", operation_id = "getTimeRules",
    responses((status = 200, body = TimeRulesOut, headers(("ETag" = String, description = "The version")))))]
pub async fn rules(State(app): State<App>, viewer: Viewer, desk: DeskRef) -> Result<Versioned<TimeRulesOut>> {
    rules_now(&app, &viewer, &desk).await
}

/// Changes them: with `If-Match` only from that version.
#[utoipa::path(put, path = "/api/v1/time-rules", tag = "configuration", operation_id = "putTimeRules", request_body = TimeRulesIn,
    params(("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = TimeRulesOut, headers(("ETag" = String, description = "The version")))))]
pub async fn put_rules(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    IfMatch(version): IfMatch,
    Json(body): Json<TimeRulesIn>,
) -> Result<Versioned<TimeRulesOut>> {
    let rules = body.read();
    let save = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| time_rules::save(tx, frame, &rules, version).map(|_| ());
    serve::act(&app, &viewer, &desk, "time.rules", None, save).await?;
    rules_now(&app, &viewer, &desk).await
}
