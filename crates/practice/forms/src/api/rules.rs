//! `/api/v1/rules`: the rules of fields, and what they would say.

use std::collections::BTreeMap;

use access::{Reach, Verb};
use api_kit::{IfMatch, Versioned};
use axum::extract::State;
use kernel::{Error, OrganisationId};
use party::SHARED;
use serde::{Deserialize, Serialize};
use settings::field::{Condition, Does, Effect, On, RuleDef, Test};
use ticket::custom::Form;
use ticket::{Frame, serve};
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::DeskRef;
use super::versions::{VersionsOut, by_lang, may_see, texts, told_history};
use crate::actions::rule::{self as action, Stored, Trial};

/// Something that must hold.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionIn {
    /// kind service state enters leaves organisation role field
    #[schema(example = "field")]
    pub on: String,
    /// Of a field: its key.
    #[serde(default)]
    #[schema(example = "device")]
    pub field: String,
    /// is is_not filled empty at_least at_most
    #[schema(example = "is")]
    pub test: String,
    /// Keys, ids, or values as `fields` of a ticket has them; any of them.
    #[serde(default)]
    pub values: Vec<String>,
}

/// What follows.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EffectIn {
    #[schema(example = "serial")]
    pub field: String,
    /// show require limit preset
    #[schema(example = "require")]
    pub does: String,
    /// What may be chosen, or what is filled in.
    #[serde(default)]
    pub values: Vec<String>,
}

/// A rule as it shall be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleIn {
    /// By language: en es ru; English is needed. People read it when the rule binds them.
    pub names: BTreeMap<String, String>,
    /// All of them must hold.
    #[serde(default)]
    pub when: Vec<ConditionIn>,
    pub then: Vec<EffectIn>,
    /// The first rule that fills a field in counts.
    #[serde(default)]
    pub place: i64,
    #[serde(default = "yes")]
    pub active: bool,
}

const fn yes() -> bool {
    true
}

/// A rule as it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RuleOut {
    #[schema(example = "laptops")]
    pub key: String,
    /// 0: of all tenants.
    pub tenant: i64,
    pub version: i64,
    pub rule: RuleIn,
}

/// All rules, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct RulesOut {
    pub items: Vec<RuleOut>,
}

/// What a trial is of.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrialIn {
    /// The rule as it would be; without it as it is.
    #[serde(default)]
    pub rule: Option<RuleIn>,
    #[schema(example = "incident")]
    pub kind: String,
    #[serde(default)]
    pub service: Option<i64>,
    #[serde(default)]
    pub requester: Option<i64>,
    /// That of the requester when unsaid.
    #[serde(default)]
    pub organisation: Option<i64>,
    /// A step from this state to the next; without it a ticket is registered.
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    /// Values by key of the field.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub values: ticket::custom::Inputs,
    /// As the requester fills the form, not as the desk does.
    #[serde(default)]
    pub as_requester: bool,
}

/// Why it is so.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BecauseOut {
    /// show require limit preset
    pub does: String,
    pub rule: String,
    /// In the reader's language.
    pub name: String,
}

/// A field that is asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AskedOut {
    pub field: String,
    pub name: String,
    pub help: String,
    /// See `listFields`.
    #[serde(rename = "type")]
    pub ty: String,
    pub required: bool,
    /// Of a list: the keys that may be chosen.
    pub choices: Vec<String>,
    /// What a rule fills in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    pub preset: Option<serde_json::Value>,
    pub because: Vec<BecauseOut>,
}

/// What the rules say.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TrialOut {
    /// The rules that apply.
    pub applying: Vec<String>,
    pub asked: Vec<AskedOut>,
    /// Fields that are not asked for, each with a rule that would show it.
    pub hidden: BTreeMap<String, String>,
}

impl ConditionIn {
    pub(super) fn read(&self, at: &'static str) -> kernel::Result<Condition> {
        let choice = || Error::invalid(at, "error-choice");
        let (on, test) = (On::from_key(&self.on).ok_or_else(choice)?, Test::from_key(&self.test).ok_or_else(choice)?);
        Ok(Condition { on, field: self.field.clone(), test, values: self.values.clone() })
    }

    pub(super) fn of(c: &Condition) -> Self {
        Self { on: c.on.key().to_owned(), field: c.field.clone(), test: c.test.key().to_owned(), values: c.values.clone() }
    }
}

impl RuleIn {
    fn read(&self, key: &str) -> kernel::Result<RuleDef> {
        let choice = |field: &'static str| move || Error::invalid(field, "error-choice");
        let effect = |e: &EffectIn| {
            let does = Does::from_key(&e.does).ok_or_else(choice("then"))?;
            Ok(Effect { field: e.field.clone(), does, values: e.values.clone() })
        };
        Ok(RuleDef {
            key: key.to_owned(),
            names: texts("names", &self.names)?,
            when: self.when.iter().map(|condition| condition.read("when")).collect::<kernel::Result<_>>()?,
            then: self.then.iter().map(effect).collect::<kernel::Result<_>>()?,
            place: self.place,
            active: self.active,
        })
    }

    fn of(def: &RuleDef) -> Self {
        let effect = |e: &Effect| EffectIn { field: e.field.clone(), does: e.does.key().to_owned(), values: e.values.clone() };
        Self {
            names: by_lang(&def.names),
            when: def.when.iter().map(ConditionIn::of).collect(),
            then: def.then.iter().map(effect).collect(),
            place: def.place,
            active: def.active,
        }
    }
}

fn out(stored: &Stored) -> RuleOut {
    RuleOut { key: stored.def.key.clone(), tenant: stored.tenant.raw(), version: stored.version, rule: RuleIn::of(&stored.def) }
}

/// The rules of custom fields, in their order.
#[utoipa::path(get, path = "/api/v1/rules", tag = "configuration", operation_id = "listRules", responses((status = 200, body = RulesOut)))]
pub async fn list(State(app): State<App>, viewer: Viewer, desk: DeskRef) -> Result<axum::Json<RulesOut>> {
    let all = serve::read(&app, &viewer, &desk, "api.rules", |rd, frame| {
        may_see(frame)?;
        action::all(rd, frame)
    })
    .await?;
    Ok(axum::Json(RulesOut { items: all.iter().map(out).collect() }))
}

/// A rule with all its texts.
#[utoipa::path(get, path = "/api/v1/rules/{key}", tag = "configuration", operation_id = "getRule",
    params(("key" = String, Path, description = "The rule")),
    responses((status = 200, body = RuleOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(key): Path<String>) -> Result<Versioned<RuleOut>> {
    let out = serve::read(&app, &viewer, &desk, "api.rule", move |rd, frame| told(rd, frame, &key)).await?;
    Ok(Versioned::ok(out.version, out))
}

fn told(rd: &mut db::Rd<'_>, frame: Frame<'_>, key: &str) -> kernel::Result<RuleOut> {
    may_see(frame)?;
    action::get(rd, frame, key).map(|stored| out(&stored))
}

/// Makes a rule, or a new version of it: with `If-Match` only from that version. A new one is for all tenants
/// when whoever asks may say so, else for their own.
#[utoipa::path(put, path = "/api/v1/rules/{key}", tag = "configuration", operation_id = "putRule", request_body = RuleIn,
    params(("key" = String, Path, description = "The rule"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = RuleOut, headers(("ETag" = String, description = "The version")))))]
pub async fn put(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(key): Path<String>,
    IfMatch(version): IfMatch,
    Json(body): Json<RuleIn>,
) -> Result<Versioned<RuleOut>> {
    let name = key.clone();
    serve::act(&app, &viewer, &desk, "rule.put", None, move |tx, frame| {
        if !frame.actor.may_anywhere(Verb::SettingsEdit) {
            return Err(Error::forbidden().arg("verb", Verb::SettingsEdit));
        }
        let def = body.read(&name)?;
        let shared = frame.actor.reach(Verb::SettingsEdit, SHARED) == Reach::All;
        let tenant: OrganisationId = if shared { SHARED } else { frame.actor.tenant };
        action::save(tx, frame, tenant, &def, version).map(|_| ())
    })
    .await?;
    let out = serve::read(&app, &viewer, &desk, "api.rule", move |rd, frame| told(rd, frame, &key)).await?;
    Ok(Versioned::ok(out.version, out))
}

/// The versions of a rule, the newest first, each with what it changed.
#[utoipa::path(get, path = "/api/v1/rules/{key}/history", tag = "configuration", operation_id = "listRuleVersions",
    params(("key" = String, Path, description = "The rule")), responses((status = 200, body = VersionsOut)))]
pub async fn history(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(key): Path<String>) -> Result<axum::Json<VersionsOut>> {
    let history = serve::read(&app, &viewer, &desk, "api.rule.history", move |rd, frame| {
        may_see(frame)?;
        let stored = action::get(rd, frame, &key)?;
        settings::history(rd, stored.row.id)
    })
    .await?;
    Ok(axum::Json(told_history(&history)))
}

/// What all rules would say of these values: which fields are asked for, required, limited and filled in, and
/// because of which rule. Nothing is changed.
#[utoipa::path(post, path = "/api/v1/rules/{key}/trial", tag = "configuration", operation_id = "tryRule", request_body = TrialIn,
    params(("key" = String, Path, description = "The rule; a new one with `rule`")), responses((status = 200, body = TrialOut)))]
pub async fn trial(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(key): Path<String>,
    Json(body): Json<TrialIn>,
) -> Result<axum::Json<TrialOut>> {
    let lang = viewer.t.lang();
    let form = serve::read(&app, &viewer, &desk, "api.rule.trial", move |rd, frame| {
        may_see(frame)?;
        let draft = match &body.rule {
            Some(rule) => Some(rule.read(&key)?),
            None => action::get(rd, frame, &key).map(|_| None)?,
        };
        let trial = Trial {
            kind: body.kind,
            service: body.service,
            requester: body.requester,
            organisation: body.organisation,
            from: body.from,
            to: body.to,
            values: body.values,
            as_requester: body.as_requester,
        };
        action::try_out(rd, frame, draft, &trial)
    })
    .await?;
    Ok(axum::Json(say(&form, lang)))
}

impl AskedOut {
    pub(super) fn of(one: &ticket::custom::Asking, lang: kernel::Lang) -> Self {
        let because = |(does, rule): &(Does, RuleDef)| BecauseOut {
            does: does.key().to_owned(),
            rule: rule.key.clone(),
            name: rule.names.get(lang).to_owned(),
        };
        Self {
            field: one.def.key.clone(),
            name: one.def.names.get(lang).to_owned(),
            help: one.def.help.get(lang).to_owned(),
            ty: one.def.ty.key().to_owned(),
            required: one.required,
            choices: one.def.items.iter().filter(|item| !item.retired).map(|item| item.key.clone()).collect(),
            preset: one.preset.as_ref().map(|value| web_kit::field::json(&one.def, value)),
            because: one.because.iter().map(because).collect(),
        }
    }
}

/// What a form asks, in the words of the API.
pub(super) fn say(form: &Form, lang: kernel::Lang) -> TrialOut {
    TrialOut {
        applying: form.applying.iter().map(|rule| rule.key.clone()).collect(),
        asked: form.fields.iter().map(|one| AskedOut::of(one, lang)).collect(),
        hidden: form.hidden.iter().map(|(def, rule)| (def.key.clone(), rule.key.clone())).collect(),
    }
}
