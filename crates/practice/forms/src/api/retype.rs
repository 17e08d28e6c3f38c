//! `/api/v1/fields/{object}/{key}/type`: giving a custom field another type, with a preview and a way back.

use api_kit::{IfMatch, Versioned};
use axum::extract::State;
use kernel::{Error, ErrorKind};
use serde::{Deserialize, Serialize};
use settings::field::{FieldDef, FieldType, Item};
use ticket::serve;
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::DeskRef;
use super::fields::ItemDef;
use super::versions::{may_see, texts};
use crate::actions::retype::{self as action, Example, Preview, State as Now, Wish};
use crate::retype;

/// The type that a field shall have.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetypeIn {
    #[serde(rename = "type")]
    #[schema(example = "number")]
    pub ty: String,
    /// Of numbers and amounts.
    #[serde(default)]
    pub decimals: u8,
    /// Of amounts, such as EUR.
    #[serde(default)]
    pub currency: String,
    /// What can be chosen; unsaid: what could be before.
    #[serde(default)]
    pub items: Option<Vec<ItemDef>>,
    /// Add the choices that values name and the list does not offer.
    #[serde(default)]
    pub add_missing: bool,
    /// Values may be lost; they are kept for the way back.
    #[serde(default)]
    pub confirm: bool,
}

/// A value on a record that the caller may see.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RetypedValue {
    /// The record.
    pub id: i64,
    pub name: String,
    pub before: String,
    /// Nothing: it is lost.
    #[schema(value_type = Object)]
    pub after: serde_json::Value,
    /// written joined cut rounded day truth first some no-number no-date no-time no-truth no-choice
    #[schema(example = "no-number")]
    pub why: String,
}

/// What a change of the type would do to all values.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RetypePreview {
    /// Of the field: the `If-Match` of the change.
    pub version: i64,
    pub kept: i64,
    pub changed: i64,
    pub lost: i64,
    /// How many choices values name that the list does not offer.
    pub missing: usize,
    /// At most twenty.
    pub changed_examples: Vec<RetypedValue>,
    /// At most twenty.
    pub lost_examples: Vec<RetypedValue>,
}

/// The newest change of a field's type.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RetypeOut {
    pub id: i64,
    /// running done reverted
    pub state: String,
    pub from: String,
    pub to: String,
    /// It takes back this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reverts: Option<i64>,
    pub kept: i64,
    pub changed: i64,
    pub lost: i64,
    /// Of one that takes back: values that somebody wrote since, so that the old ones did not come back.
    pub overtaken: i64,
    /// Records that are still to come.
    pub left: i64,
    /// It can be taken back.
    pub revertible: bool,
    pub lost_examples: Vec<RetypedValue>,
    pub overtaken_examples: Vec<RetypedValue>,
}

impl RetypeIn {
    fn read(&self) -> kernel::Result<Wish> {
        let item = |item: &ItemDef| {
            Ok(Item { key: item.key.clone(), names: texts("items", &item.names)?, parent: item.parent.clone(), retired: item.retired })
        };
        let items = self.items.as_ref().map(|items| items.iter().map(item).collect::<kernel::Result<_>>()).transpose()?;
        let ty = FieldType::from_key(&self.ty).ok_or_else(|| Error::invalid("type", "error-choice"))?;
        Ok(Wish { ty, decimals: self.decimals, currency: self.currency.clone(), items, add: self.add_missing })
    }
}

fn told(examples: &[Example], to: &FieldDef) -> Vec<RetypedValue> {
    let one = |example: &Example| RetypedValue {
        id: example.id,
        name: example.name.clone(),
        before: example.before.clone(),
        after: example.after.as_ref().map(|value| web_kit::field::json(to, value)).unwrap_or_default(),
        why: example.why.key().to_owned(),
    };
    examples.iter().map(one).collect()
}

impl RetypePreview {
    fn of(found: &Preview) -> Self {
        Self {
            version: found.version,
            kept: found.kept,
            changed: found.changed,
            lost: found.lost,
            missing: found.missing.len(),
            changed_examples: told(&found.changed_examples, &found.to),
            lost_examples: told(&found.lost_examples, &found.to),
        }
    }
}

impl RetypeOut {
    fn of(now: &Now) -> Self {
        let change = &now.change;
        Self {
            id: change.id.raw(),
            state: change.state.key().to_owned(),
            from: now.from.ty.key().to_owned(),
            to: now.to.ty.key().to_owned(),
            reverts: change.reverts.map(kernel::Id::raw),
            kept: change.kept,
            changed: change.changed,
            lost: change.lost,
            overtaken: change.overtaken,
            left: now.left,
            revertible: now.revertible,
            lost_examples: told(&now.lost, &now.to),
            overtaken_examples: told(&now.overtaken, &now.to),
        }
    }
}

async fn now(app: &App, viewer: &Viewer, desk: &DeskRef, (object, key): (String, String)) -> Result<Versioned<RetypeOut>> {
    let found = serve::read(app, viewer, desk, "api.field.type", move |rd, frame| {
        may_see(frame)?;
        action::state(rd, frame, &object, &key)?.ok_or_else(Error::not_found)
    })
    .await?;
    Ok(Versioned::ok(found.version, RetypeOut::of(&found)))
}

fn may_edit(viewer: &Viewer) -> kernel::Result<()> {
    let verb = access::Verb::SettingsEdit;
    if viewer.actor.may_anywhere(verb) { Ok(()) } else { Err(Error::forbidden().arg("verb", verb)) }
}

/// How far the newest change of the type is.
#[utoipa::path(get, path = "/api/v1/fields/{object}/{key}/type", tag = "configuration", operation_id = "getFieldTypeChange",
    params(("object" = String, Path, description = "ticket person organisation service"), ("key" = String, Path, description = "The field")),
    responses((status = 200, body = RetypeOut, headers(("ETag" = String, description = "The version of the field")))))]
pub async fn show(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(place): Path<(String, String)>,
) -> Result<Versioned<RetypeOut>> {
    now(&app, &viewer, &desk, place).await
}

/// What would be kept, changed and lost if the field had another type. Nothing is changed.
#[utoipa::path(post, path = "/api/v1/fields/{object}/{key}/type/preview", tag = "configuration", operation_id = "previewFieldType",
    request_body = RetypeIn,
    params(("object" = String, Path, description = "ticket person organisation service"), ("key" = String, Path, description = "The field")),
    responses((status = 200, body = RetypePreview)))]
pub async fn preview(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((object, key)): Path<(String, String)>,
    Json(body): Json<RetypeIn>,
) -> Result<axum::Json<RetypePreview>> {
    may_edit(&viewer)?;
    let found = retype::preview(&app, &viewer, &desk, (&object, &key), &body.read()?).await?;
    Ok(axum::Json(RetypePreview::of(&found)))
}

/// Gives the field another type, from the version that the preview named. The field has it at once; a job goes
/// through the values.
#[utoipa::path(post, path = "/api/v1/fields/{object}/{key}/type", tag = "configuration", operation_id = "changeFieldType",
    request_body = RetypeIn,
    params(("object" = String, Path, description = "ticket person organisation service"), ("key" = String, Path, description = "The field"),
        ("If-Match" = Option<String>, Header, description = "The version of the preview: without it nothing is changed and the answer is 412")),
    responses((status = 200, body = RetypeOut, headers(("ETag" = String, description = "The version of the field")))))]
pub async fn change(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((object, key)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    Json(body): Json<RetypeIn>,
) -> Result<Versioned<RetypeOut>> {
    may_edit(&viewer)?;
    let wish = body.read()?;
    let version = version.ok_or_else(|| Error::new(ErrorKind::Stale, "error-if-match"))?;
    retype::start(&app, &viewer, &desk, (&object, &key), &wish, (version, body.confirm)).await?;
    now(&app, &viewer, &desk, (object, key)).await
}

/// Takes the newest change back: the old type, and the old values where nobody wrote others since. With
/// `If-Match` only from that version of the field.
#[utoipa::path(post, path = "/api/v1/fields/{object}/{key}/type/revert", tag = "configuration", operation_id = "revertFieldType",
    params(("object" = String, Path, description = "ticket person organisation service"), ("key" = String, Path, description = "The field"),
        ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = RetypeOut, headers(("ETag" = String, description = "The version of the field")))))]
pub async fn revert(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((object, key)): Path<(String, String)>,
    IfMatch(version): IfMatch,
) -> Result<Versioned<RetypeOut>> {
    may_edit(&viewer)?;
    let (place, how) = ((object.clone(), key.clone()), retype::how(&viewer));
    serve::act(&app, &viewer, &desk, "field.retype.revert", None, move |tx, frame| {
        action::revert(tx, frame, (&place.0, &place.1), version, how.clone())
    })
    .await?;
    now(&app, &viewer, &desk, (object, key)).await
}
