//! `/api/v1/fields/{object}/{key}`: making and changing custom fields.

use std::collections::BTreeMap;

use access::{Reach, Verb};
use api_kit::{IfMatch, Versioned};
use axum::extract::State;
use kernel::{Error, OrganisationId};
use party::SHARED;
use serde::{Deserialize, Serialize};
use settings::field::{Audience, FieldDef, FieldType, Item, Object};
use ticket::{Frame, serve};
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::DeskRef;
use super::versions::{VersionsOut, by_lang, may_see, texts, told_history};
use crate::actions::field as action;

/// A value that can be chosen.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemDef {
    #[schema(example = "laptop", max_length = 60)]
    pub key: String,
    /// By language: en es ru; English is needed.
    pub names: BTreeMap<String, String>,
    /// Of a tree: the key of the one above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// No longer offered; records that have it keep it.
    #[serde(default)]
    pub retired: bool,
}

/// A custom field as it shall be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldDefIn {
    /// text long_text number money date time choice several tree person file checkbox address. It stays.
    #[serde(rename = "type")]
    #[schema(example = "choice")]
    pub ty: String,
    /// By language: en es ru; English is needed.
    pub names: BTreeMap<String, String>,
    #[serde(default)]
    pub help: BTreeMap<String, String>,
    /// What the requester of a ticket has of it: desk reads fills
    #[serde(default)]
    #[schema(example = "desk")]
    pub audience: String,
    /// Only tickets of these kinds; empty: all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Only tickets for these services; empty: all.
    #[serde(default)]
    pub services: Vec<i64>,
    /// Of numbers and amounts. It stays.
    #[serde(default)]
    pub decimals: u8,
    /// Of amounts, such as EUR. It stays.
    #[serde(default)]
    pub currency: String,
    #[serde(default)]
    pub items: Vec<ItemDef>,
    /// Of tickets: whoever registers one and may fill it must.
    #[serde(default)]
    pub required: bool,
    /// Fields stand in this order, then by key.
    #[serde(default)]
    pub place: i64,
    #[serde(default = "yes")]
    pub active: bool,
}

const fn yes() -> bool {
    true
}

/// A custom field as it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldDefOut {
    #[schema(example = "ticket")]
    pub object: String,
    pub key: String,
    /// 0: of all tenants.
    pub tenant: i64,
    pub version: i64,
    pub field: FieldDefIn,
}

impl FieldDefIn {
    fn read(&self, object: &str, key: &str) -> kernel::Result<FieldDef> {
        let choice = |field: &'static str| move || Error::invalid(field, "error-choice");
        let item = |item: &ItemDef| {
            Ok(Item { key: item.key.clone(), names: texts("items", &item.names)?, parent: item.parent.clone(), retired: item.retired })
        };
        let audience = if self.audience.is_empty() { Some(Audience::Desk) } else { Audience::from_key(&self.audience) };
        Ok(FieldDef {
            object: Object::from_key(object).ok_or_else(Error::not_found)?,
            key: key.to_owned(),
            ty: FieldType::from_key(&self.ty).ok_or_else(choice("type"))?,
            names: texts("names", &self.names)?,
            help: texts("help", &self.help)?,
            audience: audience.ok_or_else(choice("audience"))?,
            kinds: self.kinds.clone(),
            services: self.services.clone(),
            decimals: self.decimals,
            currency: self.currency.clone(),
            items: self.items.iter().map(item).collect::<kernel::Result<_>>()?,
            required: self.required,
            place: self.place,
            active: self.active,
        })
    }

    fn of(def: &FieldDef) -> Self {
        let item = |item: &Item| ItemDef {
            key: item.key.clone(),
            names: by_lang(&item.names),
            parent: item.parent.clone(),
            retired: item.retired,
        };
        Self {
            ty: def.ty.key().to_owned(),
            names: by_lang(&def.names),
            help: by_lang(&def.help),
            audience: def.audience.key().to_owned(),
            kinds: def.kinds.clone(),
            services: def.services.clone(),
            decimals: def.decimals,
            currency: def.currency.clone(),
            items: def.items.iter().map(item).collect(),
            required: def.required,
            place: def.place,
            active: def.active,
        }
    }
}

/// A custom field with all its texts.
#[utoipa::path(get, path = "/api/v1/fields/{object}/{key}", tag = "configuration", operation_id = "getField",
    params(("object" = String, Path, description = "ticket person organisation service"), ("key" = String, Path, description = "The field")),
    responses((status = 200, body = FieldDefOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((object, key)): Path<(String, String)>,
) -> Result<Versioned<FieldDefOut>> {
    let out = serve::read(&app, &viewer, &desk, "api.field", move |rd, frame| told(rd, frame, &object, &key)).await?;
    Ok(Versioned::ok(out.version, out))
}

fn told(rd: &mut db::Rd<'_>, frame: Frame<'_>, object: &str, key: &str) -> kernel::Result<FieldDefOut> {
    may_see(frame)?;
    let stored = action::get(rd, frame, object, key)?;
    Ok(FieldDefOut {
        object: stored.def.object.key().to_owned(),
        key: stored.def.key.clone(),
        tenant: stored.tenant.raw(),
        version: stored.version,
        field: FieldDefIn::of(&stored.def),
    })
}

/// Makes a custom field, or a new version of it: with `If-Match` only from that version. A new one is for
/// all tenants when whoever asks may say so, else for their own.
#[utoipa::path(put, path = "/api/v1/fields/{object}/{key}", tag = "configuration", operation_id = "putField", request_body = FieldDefIn,
    params(("object" = String, Path, description = "ticket person organisation service"), ("key" = String, Path, description = "The field"),
        ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = FieldDefOut, headers(("ETag" = String, description = "The version")))))]
pub async fn put(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((object, key)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    Json(body): Json<FieldDefIn>,
) -> Result<Versioned<FieldDefOut>> {
    let place = (object.clone(), key.clone());
    serve::act(&app, &viewer, &desk, "field.put", None, move |tx, frame| {
        if !frame.actor.may_anywhere(Verb::SettingsEdit) {
            return Err(Error::forbidden().arg("verb", Verb::SettingsEdit));
        }
        let def = body.read(&place.0, &place.1)?;
        let shared = frame.actor.reach(Verb::SettingsEdit, SHARED) == Reach::All;
        let tenant: OrganisationId = if shared { SHARED } else { frame.actor.tenant };
        action::save(tx, frame, tenant, &def, version).map(|_| ())
    })
    .await?;
    let out = serve::read(&app, &viewer, &desk, "api.field", move |rd, frame| told(rd, frame, &object, &key)).await?;
    Ok(Versioned::ok(out.version, out))
}

/// The versions of a custom field, the newest first, each with what it changed.
#[utoipa::path(get, path = "/api/v1/fields/{object}/{key}/history", tag = "configuration", operation_id = "listFieldVersions",
    params(("object" = String, Path, description = "ticket person organisation service"), ("key" = String, Path, description = "The field")),
    responses((status = 200, body = VersionsOut)))]
pub async fn history(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path((object, key)): Path<(String, String)>,
) -> Result<axum::Json<VersionsOut>> {
    let history = serve::read(&app, &viewer, &desk, "api.field.history", move |rd, frame| {
        may_see(frame)?;
        let stored = action::get(rd, frame, &object, &key)?;
        settings::history(rd, stored.row.id)
    })
    .await?;
    Ok(axum::Json(told_history(&history)))
}
