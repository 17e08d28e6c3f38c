//! `/api/v1/checklist-templates`: the checklists that are prepared.

use api_kit::{IfMatch, Versioned};
use axum::extract::State;
use kernel::Error;
use serde::{Deserialize, Serialize};
use settings::Texts;
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::DeskRef;
use crate::actions::template as action;
use crate::store::Sort;
use crate::template::{self, Item, Template};

/// A line of a prepared checklist.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateItem {
    #[schema(example = "Order a badge", max_length = 250)]
    pub title: String,
    /// heading tick text number
    #[schema(example = "tick")]
    pub kind: String,
    /// The team that does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<i64>,
    /// Days from applying it until it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    /// It must be done before the ticket is solved.
    #[serde(default)]
    pub blocks: bool,
    /// It can begin when the task above it is done.
    #[serde(default)]
    pub follows: bool,
}

/// A prepared checklist.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateIn {
    /// By language.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub names: Texts,
    /// Kinds of tickets for which it is offered; all when empty.
    #[serde(default)]
    #[schema(example = json!(["request"]))]
    pub kinds: Vec<String>,
    /// It is offered.
    #[serde(default = "yes")]
    pub active: bool,
    pub items: Vec<TemplateItem>,
}

/// The same with its key and its version.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateOut {
    #[schema(example = "new_colleague")]
    pub key: String,
    pub version: i64,
    pub template: TemplateIn,
}

/// The prepared checklists.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplatesOut {
    pub items: Vec<TemplateOut>,
}

fn yes() -> bool {
    true
}

impl TemplateIn {
    fn read(self, key: String) -> kernel::Result<Template> {
        let item = |one: TemplateItem| {
            let sort = Sort::from_key(&one.kind).ok_or_else(|| Error::invalid("items", "error-choice"))?;
            Ok(Item { title: one.title, sort, team: one.team, days: one.days, blocks: one.blocks, follows: one.follows })
        };
        let items = self.items.into_iter().map(item).collect::<kernel::Result<_>>()?;
        Ok(Template { key, names: self.names, kinds: self.kinds, active: self.active, items })
    }
}

impl TemplateOut {
    fn of((one, version): (Template, i64)) -> Self {
        let item = |item: Item| TemplateItem {
            title: item.title,
            kind: item.sort.key().to_owned(),
            team: item.team,
            days: item.days,
            blocks: item.blocks,
            follows: item.follows,
        };
        let items = one.items.into_iter().map(item).collect();
        Self { key: one.key, version, template: TemplateIn { names: one.names, kinds: one.kinds, active: one.active, items } }
    }
}

/// Whoever edits tickets chooses among them.
fn may(frame: ticket::Frame<'_>) -> kernel::Result<()> {
    let verb = access::Verb::TicketSeeInternal;
    let may = frame.actor.may_anywhere(verb) || frame.actor.may_anywhere(access::Verb::SettingsSee);
    if may { Ok(()) } else { Err(Error::forbidden().arg("verb", verb)) }
}

/// The prepared checklists, by name.
#[utoipa::path(get, path = "/api/v1/checklist-templates", tag = "configuration", operation_id = "listChecklistTemplates",
    responses((status = 200, body = TemplatesOut)))]
pub async fn list(State(app): State<App>, viewer: Viewer, desk: DeskRef) -> Result<axum::Json<TemplatesOut>> {
    let read = |rd: &mut db::Rd<'_>, frame: ticket::Frame<'_>| {
        may(frame)?;
        template::all(rd)
    };
    let found = serve::read(&app, &viewer, &desk, "api.templates", read).await?;
    Ok(axum::Json(TemplatesOut { items: found.into_iter().map(TemplateOut::of).collect() }))
}

async fn now(app: &App, viewer: &Viewer, desk: &DeskRef, key: String) -> Result<Versioned<TemplateOut>> {
    let read = move |rd: &mut db::Rd<'_>, frame: ticket::Frame<'_>| {
        may(frame)?;
        template::get(rd, &key)
    };
    let found = serve::read(app, viewer, desk, "api.template", read).await?;
    Ok(Versioned::ok(found.1, TemplateOut::of(found)))
}

/// A prepared checklist.
#[utoipa::path(get, path = "/api/v1/checklist-templates/{key}", tag = "configuration", operation_id = "getChecklistTemplate",
    params(("key" = String, Path, description = "Its key")),
    responses((status = 200, body = TemplateOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(key): Path<String>) -> Result<Versioned<TemplateOut>> {
    now(&app, &viewer, &desk, key).await
}

/// Makes or changes one: with `If-Match` only from that version. Lists that came of it stay as they are.
#[utoipa::path(put, path = "/api/v1/checklist-templates/{key}", tag = "configuration", operation_id = "putChecklistTemplate",
    request_body = TemplateIn,
    params(("key" = String, Path, description = "Its key"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = TemplateOut, headers(("ETag" = String, description = "The version")))))]
pub async fn put(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(key): Path<String>,
    IfMatch(version): IfMatch,
    Json(body): Json<TemplateIn>,
) -> Result<Versioned<TemplateOut>> {
    let template = body.read(key.clone())?;
    let save = move |tx: &mut db::Tx<'_>, frame: ticket::Frame<'_>| action::save(tx, frame, &template, version).map(|_| ());
    serve::act(&app, &viewer, &desk, "checklist.save", None, save).await?;
    now(&app, &viewer, &desk, key).await
}
