//! Suggestions while one types, and what a field with suggestions sends: the id of what was chosen, or
//! words that were typed and never chosen, which may still name exactly one thing.

use access::{Actor, Verb};
use axum::Json;
use db::Rd;
use i18n::T;
use kernel::{Error, Id, Lang, Result, fold};
use party::store;
use serde::{Deserialize, Serialize};
use web_kit::{Path, Query};

use super::{Clerk, Fields};
use crate::{permit, read};

/// What is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Person,
    Organisation,
    Team,
    Service,
    Location,
}

impl Sort {
    fn from_key(key: &str) -> Option<Self> {
        match key {
            "people" => Some(Sort::Person),
            "orgs" => Some(Sort::Organisation),
            "teams" => Some(Sort::Team),
            "services" => Some(Sort::Service),
            "locations" => Some(Sort::Location),
            _ => None,
        }
    }
}

/// One suggestion, as the combobox reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    pub value: String,
    pub label: String,
    /// What tells it from others of the same name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The words so far.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

/// `/desk/options/{sort}`
///
/// # Errors
/// There is no such list.
pub async fn show(clerk: Clerk, Path(sort): Path<String>, Query(typed): Query<Typed>) -> web_kit::Result<Json<Vec<Suggestion>>> {
    let sort = Sort::from_key(&sort).ok_or_else(Error::not_found)?;
    let found = clerk.read("options", move |rd, actor| find(rd, actor, sort, &typed.q, 8)).await?;
    Ok(Json(found))
}

fn find(rd: &mut Rd<'_>, actor: &Actor, sort: Sort, q: &str, limit: u64) -> Result<Vec<Suggestion>> {
    if q.trim().is_empty() {
        return Ok(Vec::new());
    }
    let one = |id: i64, label: String, note: String| Suggestion { value: id.to_string(), label, note };
    Ok(match sort {
        Sort::Person => {
            let asked = read::PersonsAsked {
                q: q.to_owned(),
                filter: store::person::Filter { active: Some(true), ..Default::default() },
                page: kernel::PageRequest { limit: u32::try_from(limit).ok(), cursor: None },
            };
            let page = read::persons(rd, actor, &asked, actor.who.at)?;
            let note = |p: &party::PersonLine| {
                let parts = [p.title.clone(), p.organisation_name.clone().unwrap_or_default(), p.email.clone().unwrap_or_default()];
                parts.into_iter().filter(|part| !part.is_empty()).take(2).collect::<Vec<_>>().join(", ")
            };
            page.rows.into_iter().map(|p| one(p.id.raw(), p.name.clone(), note(&p))).collect()
        }
        Sort::Organisation => {
            let within = crate::store::living(actor.organisations(Verb::OrganisationSee).within(), "organisation");
            let rows = store::organisation::search(rd, &within, q, limit)?;
            rows.into_iter().map(|o| one(o.id.raw(), o.name, String::new())).collect()
        }
        Sort::Team => {
            let within = crate::store::living(actor.teams(Verb::TeamSee).within(), "team");
            let rows = store::team::search(rd, &within, q, limit)?;
            rows.into_iter().map(|t| one(t.id.raw(), t.name, t.key)).collect()
        }
        Sort::Service => {
            let within = crate::store::living(actor.services(Verb::ServiceSee).within(), "service");
            let rows = store::service::search(rd, &within, q, limit)?;
            rows.into_iter().map(|s| one(s.id.raw(), s.name, s.key)).collect()
        }
        Sort::Location => {
            let within = crate::store::living(actor.locations(Verb::LocationSee).within(), "location");
            let rows = store::location::search(rd, &within, q, limit)?;
            rows.into_iter().map(|l| one(l.id.raw(), l.name, l.address)).collect()
        }
    })
}

/// The name of a record as the actor may know it.
fn name_of(rd: &mut Rd<'_>, actor: &Actor, sort: Sort, id: i64) -> Option<String> {
    match sort {
        Sort::Person => permit::person(rd, actor, Id::new(id), Verb::PersonSee).ok().map(|p| p.name),
        Sort::Organisation => permit::organisation(rd, actor, Id::new(id), Verb::OrganisationSee).ok().map(|o| o.name),
        Sort::Team => permit::team(rd, actor, Id::new(id), Verb::TeamSee).ok().map(|t| t.name),
        Sort::Service => permit::service(rd, actor, Id::new(id), Verb::ServiceSee).ok().map(|s| s.name),
        Sort::Location => permit::location(rd, actor, Id::new(id), Verb::LocationSee).ok().map(|l| l.name),
    }
}

/// The words of a field that names a record: its name, or that it cannot be seen. Nobody learns by a form
/// what else stays out of their reach.
pub fn words_of<K>(rd: &mut Rd<'_>, actor: &Actor, t: &T, sort: Sort, id: Option<Id<K>>) -> String {
    id.map(|id| name_of(rd, actor, sort, id.raw()).unwrap_or_else(|| t.msg("people-unseen").into_owned())).unwrap_or_default()
}

/// The same for who only reads: nothing stands for what cannot be seen.
pub fn name_or_none<K>(rd: &mut Rd<'_>, actor: &Actor, sort: Sort, id: Option<Id<K>>) -> String {
    id.and_then(|id| name_of(rd, actor, sort, id.raw())).unwrap_or_default()
}

/// As [`pick`], in a form over a record that names `stored`: what the actor cannot see stays as long as
/// nobody writes something else over it.
///
/// # Errors
/// As [`pick`].
pub fn pick_over<K>(
    rd: &mut Rd<'_>,
    actor: &Actor,
    sort: Sort,
    typed: &Fields,
    field: &'static str,
    stored: Option<Id<K>>,
) -> Result<Option<Id<K>>> {
    let words = fold(typed.text(&format!("{field}_text")).trim());
    let unseen = Lang::ALL.into_iter().any(|lang| fold(&T::utc(lang).msg("people-unseen")) == words);
    match stored {
        Some(id) if unseen && name_of(rd, actor, sort, id.raw()).is_none() => Ok(Some(id)),
        _ => pick(rd, actor, sort, typed, field),
    }
}

/// What a field with suggestions means. The words decide: without script the id behind them stays
/// that of the record which was there before.
///
/// # Errors
/// The words name nothing, or several things.
pub fn pick<K>(rd: &mut Rd<'_>, actor: &Actor, sort: Sort, typed: &Fields, field: &'static str) -> Result<Option<Id<K>>> {
    let words = typed.text(&format!("{field}_text")).trim();
    if words.is_empty() {
        return Ok(None);
    }
    let key = fold(words);
    if let Ok(id) = typed.text(field).parse::<i64>()
        && name_of(rd, actor, sort, id).is_some_and(|name| fold(&name) == key)
    {
        return Ok(Some(Id::new(id)));
    }
    let found = find(rd, actor, sort, words, 8)?;
    let mut exact = found.iter().filter(|s| fold(&s.label) == key);
    let one = match (exact.next(), exact.next(), found.as_slice()) {
        (Some(one), None, _) | (None, _, [one]) => one,
        _ => return Err(Error::invalid(field, "error-pick")),
    };
    one.value.parse().map(|id| Some(Id::new(id))).map_err(|_| Error::invalid(field, "error-pick"))
}
