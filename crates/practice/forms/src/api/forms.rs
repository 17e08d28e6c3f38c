//! `/api/v1/forms`: what is asked, in which order; and what a kind asks of whoever registers.

use std::collections::BTreeMap;

use access::{Reach, Verb};
use api_kit::{IfMatch, Versioned};
use axum::extract::State;
use kernel::{Error, OrganisationId, PersonId, ServiceId};
use party::SHARED;
use serde::{Deserialize, Serialize};
use settings::field::{FormDef, Section};
use ticket::custom::{About, Inputs};
use ticket::{Frame, serve};
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Json, Path, Query, Result, Viewer};

use super::DeskRef;
use super::rules::{AskedOut, ConditionIn, say};
use super::versions::{VersionsOut, by_lang, may_see, texts, told_history};
use crate::actions::form::{self as action, Stored};

/// Fields below a title.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionIn {
    #[schema(example = "device", max_length = 60)]
    pub key: String,
    /// The title by language: en es ru; may be empty.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    #[serde(default)]
    pub help: BTreeMap<String, String>,
    /// Keys of custom fields, in this order.
    pub fields: Vec<String>,
    /// Asked only when all of them hold.
    #[serde(default)]
    pub when: Vec<ConditionIn>,
}

/// A form as it shall be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormIn {
    /// By language: en es ru; English is needed.
    pub names: BTreeMap<String, String>,
    #[schema(example = "incident")]
    pub kind: String,
    /// Only for these services; empty: for all. A form for a service comes before one for all.
    #[serde(default)]
    pub services: Vec<i64>,
    pub sections: Vec<SectionIn>,
    /// Of several forms that fit the first counts.
    #[serde(default)]
    pub place: i64,
    #[serde(default = "yes")]
    pub active: bool,
}

const fn yes() -> bool {
    true
}

/// A form as it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FormOut {
    #[schema(example = "laptops")]
    pub key: String,
    /// 0: of all tenants.
    pub tenant: i64,
    pub version: i64,
    pub form: FormIn,
}

/// All forms, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormsOut {
    pub items: Vec<FormOut>,
}

/// A part of what is asked.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GroupOut {
    /// In the reader's language; empty for fields of no section.
    pub title: String,
    pub help: String,
    pub asked: Vec<AskedOut>,
}

/// What is asked of whoever registers a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KindFormOut {
    /// The form, where one was made for the kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    pub sections: Vec<GroupOut>,
    /// The rules that apply.
    pub applying: Vec<String>,
}

/// For whom and what, with what was given so far.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct KindFormAsked {
    service: Option<i64>,
    /// Oneself when unsaid, where one registers for oneself.
    requester: Option<i64>,
    /// Values by key of the field, as JSON.
    #[param(max_length = 10000, example = "{\"device\": \"laptop\"}")]
    #[serde(default, deserialize_with = "api_kit::short::<10000, _>")]
    values: Option<String>,
}

impl FormIn {
    fn read(&self, key: &str) -> kernel::Result<FormDef> {
        let section = |section: &SectionIn| {
            Ok(Section {
                key: section.key.clone(),
                names: texts("sections", &section.names)?,
                help: texts("sections", &section.help)?,
                fields: section.fields.clone(),
                when: section.when.iter().map(|condition| condition.read("sections")).collect::<kernel::Result<_>>()?,
            })
        };
        Ok(FormDef {
            key: key.to_owned(),
            names: texts("names", &self.names)?,
            kind: self.kind.clone(),
            services: self.services.clone(),
            sections: self.sections.iter().map(section).collect::<kernel::Result<_>>()?,
            place: self.place,
            active: self.active,
        })
    }

    fn of(def: &FormDef) -> Self {
        let section = |section: &Section| SectionIn {
            key: section.key.clone(),
            names: by_lang(&section.names),
            help: by_lang(&section.help),
            fields: section.fields.clone(),
            when: section.when.iter().map(ConditionIn::of).collect(),
        };
        Self {
            names: by_lang(&def.names),
            kind: def.kind.clone(),
            services: def.services.clone(),
            sections: def.sections.iter().map(section).collect(),
            place: def.place,
            active: def.active,
        }
    }
}

fn out(stored: &Stored) -> FormOut {
    FormOut { key: stored.def.key.clone(), tenant: stored.tenant.raw(), version: stored.version, form: FormIn::of(&stored.def) }
}

/// The forms, in their order.
#[utoipa::path(get, path = "/api/v1/forms", tag = "configuration", operation_id = "listForms", responses((status = 200, body = FormsOut)))]
pub async fn list(State(app): State<App>, viewer: Viewer, desk: DeskRef) -> Result<axum::Json<FormsOut>> {
    let all = serve::read(&app, &viewer, &desk, "api.forms", |rd, frame| {
        may_see(frame)?;
        action::all(rd, frame)
    })
    .await?;
    Ok(axum::Json(FormsOut { items: all.iter().map(out).collect() }))
}

/// A form with all its texts.
#[utoipa::path(get, path = "/api/v1/forms/{key}", tag = "configuration", operation_id = "getForm",
    params(("key" = String, Path, description = "The form")),
    responses((status = 200, body = FormOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(key): Path<String>) -> Result<Versioned<FormOut>> {
    let out = serve::read(&app, &viewer, &desk, "api.form", move |rd, frame| told(rd, frame, &key)).await?;
    Ok(Versioned::ok(out.version, out))
}

fn told(rd: &mut db::Rd<'_>, frame: Frame<'_>, key: &str) -> kernel::Result<FormOut> {
    may_see(frame)?;
    action::get(rd, frame, key).map(|stored| out(&stored))
}

/// Makes a form, or a new version of it: with `If-Match` only from that version. A new one is for all tenants
/// when whoever asks may say so, else for their own.
#[utoipa::path(put, path = "/api/v1/forms/{key}", tag = "configuration", operation_id = "putForm", request_body = FormIn,
    params(("key" = String, Path, description = "The form"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = FormOut, headers(("ETag" = String, description = "The version")))))]
pub async fn put(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(key): Path<String>,
    IfMatch(version): IfMatch,
    Json(body): Json<FormIn>,
) -> Result<Versioned<FormOut>> {
    let name = key.clone();
    serve::act(&app, &viewer, &desk, "form.put", None, move |tx, frame| {
        if !frame.actor.may_anywhere(Verb::SettingsEdit) {
            return Err(Error::forbidden().arg("verb", Verb::SettingsEdit));
        }
        let def = body.read(&name)?;
        let shared = frame.actor.reach(Verb::SettingsEdit, SHARED) == Reach::All;
        let tenant: OrganisationId = if shared { SHARED } else { frame.actor.tenant };
        action::save(tx, frame, tenant, &def, version).map(|_| ())
    })
    .await?;
    let out = serve::read(&app, &viewer, &desk, "api.form", move |rd, frame| told(rd, frame, &key)).await?;
    Ok(Versioned::ok(out.version, out))
}

/// The versions of a form, the newest first, each with what it changed.
#[utoipa::path(get, path = "/api/v1/forms/{key}/history", tag = "configuration", operation_id = "listFormVersions",
    params(("key" = String, Path, description = "The form")), responses((status = 200, body = VersionsOut)))]
pub async fn history(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(key): Path<String>) -> Result<axum::Json<VersionsOut>> {
    let history = serve::read(&app, &viewer, &desk, "api.form.history", move |rd, frame| {
        may_see(frame)?;
        let stored = action::get(rd, frame, &key)?;
        settings::history(rd, stored.row.id)
    })
    .await?;
    Ok(axum::Json(told_history(&history)))
}

/// The custom fields that whoever asks would fill to register a ticket of this kind: in sections, with what is
/// required, limited and filled in after what was given so far.
#[utoipa::path(get, path = "/api/v1/kinds/{key}/form", tag = "configuration", operation_id = "getKindForm",
    params(("key" = String, Path, description = "The kind"), KindFormAsked), responses((status = 200, body = KindFormOut)))]
pub async fn of_kind(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(key): Path<String>,
    Query(asked): Query<KindFormAsked>,
) -> Result<axum::Json<KindFormOut>> {
    let lang = viewer.t.lang();
    let values: Inputs = match asked.values.as_deref().unwrap_or_default() {
        "" => Inputs::new(),
        text => serde_json::from_str(text).map_err(|_| Error::invalid("values", "error-choice"))?,
    };
    let about = About { service: asked.service.map(ServiceId::new), requester: asked.requester.map(PersonId::new), organisation: None };
    let form = serve::read(&app, &viewer, &desk, "api.kind.form", move |rd, frame| action::asked(rd, frame, &key, about, &values)).await?;
    let group = |(head, fields): (Option<(&settings::Texts, &settings::Texts)>, &[ticket::custom::Asking])| GroupOut {
        title: head.map(|(title, _)| title.get(lang).to_owned()).unwrap_or_default(),
        help: head.map(|(_, help)| help.get(lang).to_owned()).unwrap_or_default(),
        asked: fields.iter().map(|one| AskedOut::of(one, lang)).collect(),
    };
    let sections = form.groups().into_iter().map(group).collect();
    Ok(axum::Json(KindFormOut { form: form.form.as_ref().map(|(key, _)| key.clone()), sections, applying: say(&form, lang).applying }))
}
