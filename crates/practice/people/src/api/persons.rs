//! `/api/v1/persons`

use access::Verb;
use api_kit::{IfMatch, List, Posted, RequestKeyed as _, Versioned};
use axum::extract::State;
use kernel::{Id, PageRequest, PersonId};
use party::store::person::Filter;
use party::{AddressKind, NewAddress, PersonData};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Json, Path, Query, Result, Viewer};

use super::{asker, lang, lang_patch};
use crate::actions::person::{create as creating, edit as editing};
use crate::dto::{PersonLineOut, PersonOut, choice, given, person_out};
use crate::read::{PersonsAsked, persons};
use crate::{permit, serve};

/// Which persons, and which page of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// Beginnings of words of the name or an address, or the end of a phone number; with it the best
    /// matches come, without further pages.
    #[param(max_length = 200, example = "ort")]
    #[serde(default, deserialize_with = "api_kit::short::<200, _>")]
    q: Option<String>,
    /// Members of this organisation and of those below it.
    organisation: Option<i64>,
    active: Option<bool>,
    vip: Option<bool>,
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "api_kit::rows")]
    limit: Option<u32>,
    #[param(max_length = 2000)]
    #[serde(default, deserialize_with = "api_kit::short::<2000, _>")]
    cursor: Option<String>,
}

/// Persons by name, or by words.
#[utoipa::path(get, path = "/api/v1/persons", tag = "persons", operation_id = "listPersons", params(ListParams), responses((status = 200, body = List<PersonLineOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Query(params): Query<ListParams>) -> Result<axum::Json<List<PersonLineOut>>> {
    let now = app.now();
    let page = serve::read(&app, &viewer, "api.persons", move |rd, actor| {
        let organisation = match params.organisation {
            Some(id) => Some(permit::organisation(rd, actor, Id::new(id), Verb::OrganisationSee)?.path),
            None => None,
        };
        let asked = PersonsAsked {
            q: params.q.unwrap_or_default(),
            filter: Filter { active: params.active, vip: params.vip, organisation },
            page: PageRequest { limit: params.limit, cursor: params.cursor },
        };
        Ok(persons(rd, actor, &asked, now)?.map(|line| PersonLineOut::of(actor, line)))
    })
    .await?;
    Ok(axum::Json(List::of(page, |p| p)))
}

/// An address to add. Nobody has proved it yet.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressIn {
    /// email phone mobile room tag
    #[schema(example = "email", max_length = 20)]
    pub kind: String,
    #[schema(example = "maria.ortega@example.com", max_length = 254)]
    pub value: String,
    /// The one to use among those of its kind.
    #[serde(default)]
    pub main: bool,
}

impl AddressIn {
    pub fn read(self) -> kernel::Result<NewAddress> {
        let kind = choice("kind", &self.kind, AddressKind::from_key)?;
        Ok(NewAddress { kind, value: self.value, verified_at: None, main: self.main })
    }
}

/// A person to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonIn {
    #[schema(example = "Maria Ortega", min_length = 1, max_length = 200)]
    name: String,
    /// Job title.
    #[serde(default)]
    #[schema(max_length = 200)]
    title: String,
    /// en es ru
    #[schema(max_length = 10)]
    lang: Option<String>,
    /// An IANA name.
    #[schema(example = "Europe/Madrid", max_length = 60)]
    time_zone: Option<String>,
    location: Option<i64>,
    #[serde(default)]
    vip: bool,
    #[serde(default)]
    #[schema(max_length = 10000)]
    note: String,
    /// Where they belong. Without it: in the tenant of whoever asks.
    organisation: Option<i64>,
    /// What they are there.
    #[serde(default)]
    #[schema(max_length = 200)]
    role_title: String,
    #[serde(default)]
    #[schema(max_items = 20)]
    addresses: Vec<AddressIn>,
}

impl PersonIn {
    fn read(self) -> kernel::Result<creating::NewPerson> {
        Ok(creating::NewPerson {
            data: PersonData {
                name: self.name,
                title: self.title,
                lang: self.lang.as_deref().map(lang).transpose()?,
                time_zone: self.time_zone,
                location: self.location.map(Id::new),
                vip: self.vip,
                note: self.note,
            },
            organisation: self.organisation.map(Id::new),
            role_title: self.role_title,
            addresses: self.addresses.into_iter().map(AddressIn::read).collect::<kernel::Result<_>>()?,
        })
    }
}

/// Adds a person.
#[utoipa::path(post, path = "/api/v1/persons", tag = "persons", operation_id = "createPerson", request_body = PersonIn,
    responses((status = 201, body = PersonOut, headers(("ETag" = String, description = "The version")))))]
pub async fn create(State(app): State<App>, viewer: Viewer, posted: Posted<PersonIn>) -> Result<Versioned<PersonOut>> {
    let key = posted.key.stored(asker(&viewer)?, "person.create");
    let new = posted.body.read()?;
    let id = serve::act(&app, &viewer, "person.create", key, move |tx, frame| creating::create(tx, frame, &new)).await?;
    let json = serve::read_bounded(&app, &viewer, "api.person", move |rd, actor| person_out(rd, actor, id)).await?;
    Ok(Versioned::created(json.version, json))
}

/// One person. Who was merged into somebody answers as that person.
#[utoipa::path(get, path = "/api/v1/persons/{id}", tag = "persons", operation_id = "getPerson",
    params(("id" = i64, Path, description = "The person")), responses((status = 200, body = PersonOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>) -> Result<Versioned<PersonOut>> {
    show(&app, &viewer, id).await
}

/// The answer after a change, too.
pub(super) async fn show(app: &App, viewer: &Viewer, id: PersonId) -> Result<Versioned<PersonOut>> {
    let json = serve::read_bounded(app, viewer, "api.person", move |rd, actor| {
        let person = permit::person(rd, actor, id, Verb::PersonSee)?;
        person_out(rd, actor, person.id)
    })
    .await?;
    Ok(Versioned::ok(json.version, json))
}

/// What to change; a field that is absent stays, `null` empties it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PersonPatchIn {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    #[schema(max_length = 200)]
    title: Option<String>,
    /// en es ru
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10)]
    lang: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 60)]
    time_zone: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    location: Option<Option<i64>>,
    vip: Option<bool>,
    #[schema(max_length = 10000)]
    note: Option<String>,
    /// An inactive person cannot sign in or be chosen.
    active: Option<bool>,
}

impl PersonPatchIn {
    fn read(self) -> kernel::Result<editing::Patch> {
        Ok(editing::Patch {
            name: self.name,
            title: self.title,
            lang: lang_patch(self.lang)?,
            time_zone: self.time_zone,
            location: self.location.map(|l| l.map(Id::new)),
            vip: self.vip,
            note: self.note,
            active: self.active,
        })
    }
}

/// Changes a person. With `If-Match` only at that version; without it the newest values win.
#[utoipa::path(patch, path = "/api/v1/persons/{id}", tag = "persons", operation_id = "changePerson", request_body = PersonPatchIn,
    params(("id" = i64, Path, description = "The person"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = PersonOut, headers(("ETag" = String, description = "The version")))))]
pub async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<PersonId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<PersonPatchIn>,
) -> Result<Versioned<PersonOut>> {
    let patch = patch.read()?;
    let id = serve::act(&app, &viewer, "person.change", None, move |tx, frame| editing::edit(tx, frame, id, version, &patch)).await?;
    show(&app, &viewer, id).await
}
