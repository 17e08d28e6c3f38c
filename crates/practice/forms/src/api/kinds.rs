//! `/api/v1/kinds/{key}`: the states of a kind and the steps between them.

use std::collections::BTreeMap;

use access::Verb;
use api_kit::{IfMatch, Versioned};
use axum::extract::State;
use kernel::Error;
use serde::{Deserialize, Serialize};
use ticket::catalogue::{Children, Requirement, Taker};
use ticket::{Category, Frame, KindDef, StateDef, TransitionDef, serve};
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::DeskRef;
use super::versions::{VersionsOut, by_lang, may_see, texts, told_history};
use crate::actions::kind as action;

/// A state of a kind.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StateIn {
    /// Stays; records hold it.
    #[schema(example = "waiting", max_length = 60)]
    pub key: String,
    /// new active waiting held resolved closed cancelled
    #[schema(example = "waiting")]
    pub category: String,
    /// By language: en es ru; English is needed.
    pub names: BTreeMap<String, String>,
    /// What the requester reads.
    pub portal: BTreeMap<String, String>,
    /// What must be there before it is entered: resolution_code resolution_report
    #[serde(default)]
    pub requires: Vec<String>,
    /// Custom fields that must have a value before it is entered.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Custom fields that must have a value before it is left.
    #[serde(default)]
    pub leaving: Vec<String>,
}

/// A step from one state to another.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepIn {
    pub from: String,
    pub to: String,
    /// ticket.work ticket.solve ticket.close ticket.reopen ticket.cancel ticket.follow
    #[schema(example = "ticket.work")]
    pub verb: String,
    /// staff requester
    pub by: Vec<String>,
    /// Only these roles; empty: every role with the verb.
    #[serde(default)]
    pub roles: Vec<String>,
}

/// A kind of ticket as it shall be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KindIn {
    /// By language: en es ru; English is needed.
    pub names: BTreeMap<String, String>,
    pub plural: BTreeMap<String, String>,
    /// Before the number.
    #[schema(example = "INC")]
    pub prefix: String,
    /// Where new tickets begin.
    pub initial: String,
    /// What a parent may do while a child is open: block cascade free
    pub children: String,
    /// Days until a solved one closes by itself; 0: never.
    pub close_after_days: i64,
    /// Days within which its requester may reopen it.
    pub reopen_within_days: i64,
    /// Days after solving within which its requester rates it; 0: nobody is asked.
    #[serde(default = "rate_within")]
    pub rate_within_days: i64,
    /// A rating that was given stays as it is.
    #[serde(default)]
    pub rating_final: bool,
    pub states: Vec<StateIn>,
    pub transitions: Vec<StepIn>,
}

const fn rate_within() -> i64 {
    ticket::catalogue::RATE_WITHIN
}

/// A kind of ticket as it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KindDefOut {
    #[schema(example = "incident")]
    pub key: String,
    /// 0: of all tenants.
    pub tenant: i64,
    pub version: i64,
    pub kind: KindIn,
}

const CHILDREN: [(&str, Children); 3] = [("block", Children::Block), ("cascade", Children::Cascade), ("free", Children::Free)];
const REQUIREMENTS: [(&str, Requirement); 2] =
    [("resolution_code", Requirement::ResolutionCode), ("resolution_report", Requirement::ResolutionReport)];
const TAKERS: [(&str, Taker); 2] = [("staff", Taker::Staff), ("requester", Taker::Requester)];

fn one<T: Copy>(field: &'static str, of: &[(&str, T)], key: &str) -> kernel::Result<T> {
    of.iter().find(|(known, _)| *known == key).map(|(_, value)| *value).ok_or_else(|| Error::invalid(field, "error-choice"))
}

fn key<T: Copy + PartialEq>(of: &[(&'static str, T)], value: T) -> String {
    of.iter().find(|(_, known)| *known == value).map_or("", |(key, _)| key).to_owned()
}

impl KindIn {
    fn read(&self, before: &KindDef) -> kernel::Result<KindDef> {
        let state = |s: &StateIn| {
            Ok(StateDef {
                key: s.key.clone(),
                category: Category::from_key(&s.category).ok_or_else(|| Error::invalid("states", "error-choice"))?,
                requires: s.requires.iter().map(|r| one("states", &REQUIREMENTS, r)).collect::<kernel::Result<_>>()?,
                fields: s.fields.clone(),
                leaving: s.leaving.clone(),
                names: texts("states", &s.names)?,
                portal: texts("states", &s.portal)?,
            })
        };
        let step = |s: &StepIn| {
            Ok(TransitionDef {
                from: s.from.clone(),
                to: s.to.clone(),
                verb: s.verb.clone(),
                by: s.by.iter().map(|taker| one("transitions", &TAKERS, taker)).collect::<kernel::Result<_>>()?,
                roles: s.roles.clone(),
            })
        };
        Ok(KindDef {
            names: texts("names", &self.names)?,
            plural: texts("plural", &self.plural)?,
            prefix: self.prefix.clone(),
            initial: self.initial.clone(),
            children: one("children", &CHILDREN, &self.children)?,
            close_after_days: self.close_after_days,
            reopen_within_days: self.reopen_within_days,
            rate_within_days: self.rate_within_days,
            rating_final: self.rating_final,
            states: self.states.iter().map(state).collect::<kernel::Result<_>>()?,
            transitions: self.transitions.iter().map(step).collect::<kernel::Result<_>>()?,
            ..before.clone()
        })
    }

    fn of(def: &KindDef) -> Self {
        let state = |s: &StateDef| StateIn {
            key: s.key.clone(),
            category: s.category.key().to_owned(),
            names: by_lang(&s.names),
            portal: by_lang(&s.portal),
            fields: s.fields.clone(),
            leaving: s.leaving.clone(),
            requires: s.requires.iter().map(|r| key(&REQUIREMENTS, *r)).collect(),
        };
        let step = |s: &TransitionDef| StepIn {
            from: s.from.clone(),
            to: s.to.clone(),
            verb: s.verb.clone(),
            by: s.by.iter().map(|taker| key(&TAKERS, *taker)).collect(),
            roles: s.roles.clone(),
        };
        Self {
            names: by_lang(&def.names),
            plural: by_lang(&def.plural),
            prefix: def.prefix.clone(),
            initial: def.initial.clone(),
            children: key(&CHILDREN, def.children),
            close_after_days: def.close_after_days,
            reopen_within_days: def.reopen_within_days,
            rate_within_days: def.rate_within_days,
            rating_final: def.rating_final,
            states: def.states.iter().map(state).collect(),
            transitions: def.transitions.iter().map(step).collect(),
        }
    }
}

/// A kind of ticket with all its texts, states and steps.
#[utoipa::path(get, path = "/api/v1/kinds/{key}", tag = "configuration", operation_id = "getKind",
    params(("key" = String, Path, description = "The kind")),
    responses((status = 200, body = KindDefOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(key): Path<String>) -> Result<Versioned<KindDefOut>> {
    let out = serve::read(&app, &viewer, &desk, "api.kind", move |rd, frame| told(rd, frame, &key)).await?;
    Ok(Versioned::ok(out.version, out))
}

fn told(rd: &mut db::Rd<'_>, frame: Frame<'_>, key: &str) -> kernel::Result<KindDefOut> {
    may_see(frame)?;
    let stored = action::get(rd, frame, key)?;
    Ok(KindDefOut { key: stored.def.key.clone(), tenant: stored.tenant.raw(), version: stored.version, kind: KindIn::of(&stored.def) })
}

/// Makes a new version of a kind: with `If-Match` only from that version. A graph that makes no sense is
/// refused with everything that is wrong, and so is taking away a state that tickets are in.
#[utoipa::path(put, path = "/api/v1/kinds/{key}", tag = "configuration", operation_id = "putKind", request_body = KindIn,
    params(("key" = String, Path, description = "The kind"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = KindDefOut, headers(("ETag" = String, description = "The version")))))]
pub async fn put(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(key): Path<String>,
    IfMatch(version): IfMatch,
    Json(body): Json<KindIn>,
) -> Result<Versioned<KindDefOut>> {
    let name = key.clone();
    serve::act(&app, &viewer, &desk, "kind.put", None, move |tx, frame| {
        if !frame.actor.may_anywhere(Verb::SettingsEdit) {
            return Err(Error::forbidden().arg("verb", Verb::SettingsEdit));
        }
        let before = action::get(tx, frame, &name)?;
        action::save(tx, frame, &body.read(&before.def)?, version).map(|_| ())
    })
    .await?;
    let out = serve::read(&app, &viewer, &desk, "api.kind", move |rd, frame| told(rd, frame, &key)).await?;
    Ok(Versioned::ok(out.version, out))
}

/// The versions of a kind, the newest first, each with what it changed.
#[utoipa::path(get, path = "/api/v1/kinds/{key}/history", tag = "configuration", operation_id = "listKindVersions",
    params(("key" = String, Path, description = "The kind")), responses((status = 200, body = VersionsOut)))]
pub async fn history(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(key): Path<String>) -> Result<axum::Json<VersionsOut>> {
    let history = serve::read(&app, &viewer, &desk, "api.kind.history", move |rd, frame| {
        may_see(frame)?;
        let stored = action::get(rd, frame, &key)?;
        settings::history(rd, stored.row.id)
    })
    .await?;
    Ok(axum::Json(told_history(&history)))
}
