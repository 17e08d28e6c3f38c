//! `/api/v1/organisations`

use access::{OrganisationFacts, Place, Verb};
use api_kit::{IfMatch, List, Posted, RequestKeyed as _, Versioned};
use axum::extract::State;
use kernel::{Id, OrganisationId, Page, PageRequest};
use party::store::organisation as rows;
use party::{OrganisationData, OrganisationKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Json, Path, Query, Result, Viewer};

use super::{asker, lang, lang_patch};
use crate::actions::organisation::{create as creating, domains as setting, edit as editing};
use crate::dto::{OrganisationLineOut, OrganisationOut, choice, given, organisation_out};
use crate::read::FOUND;
use crate::{permit, serve};

/// Which organisations, and which page of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// Beginnings of words of the name or a mail domain; with it the best matches come, without
    /// further pages.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "api_kit::short::<200, _>")]
    q: Option<String>,
    /// Those directly below this one; at most 500, without further pages.
    parent: Option<i64>,
    /// internal customer supplier partner
    #[param(max_length = 20)]
    kind: Option<String>,
    active: Option<bool>,
    /// Only tenants.
    #[serde(default)]
    roots: bool,
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "api_kit::rows")]
    limit: Option<u32>,
    #[param(max_length = 2000)]
    #[serde(default, deserialize_with = "api_kit::short::<2000, _>")]
    cursor: Option<String>,
}

/// Organisations by name, by words, or below one.
#[utoipa::path(get, path = "/api/v1/organisations", tag = "organisations", operation_id = "listOrganisations", params(ListParams),
    responses((status = 200, body = List<OrganisationLineOut>)))]
pub async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Query(params): Query<ListParams>,
) -> Result<axum::Json<List<OrganisationLineOut>>> {
    let kind = params.kind.as_deref().map(|key| choice("kind", key, OrganisationKind::from_key)).transpose()?;
    let page = serve::read(&app, &viewer, "api.organisations", move |rd, actor| {
        let scope = actor.organisations(Verb::OrganisationSee);
        let fits = |o: &party::OrganisationLine| {
            kind.is_none_or(|k| o.kind == k) && params.active.is_none_or(|a| o.active == a) && (!params.roots || o.parent.is_none())
        };
        let q = params.q.unwrap_or_default();
        if !q.trim().is_empty() {
            let mut rows = rows::search(rd, &scope.within(), &q, FOUND)?;
            rows.retain(|o| fits(o) && params.parent.is_none_or(|p| o.parent == Some(Id::new(p))));
            return Ok(Page { rows, next: None });
        }
        if let Some(parent) = params.parent {
            let parent = permit::organisation(rd, actor, Id::new(parent), Verb::OrganisationSee)?;
            let mut rows = rows::children(rd, parent.id, 500)?;
            rows.retain(|o| {
                fits(o) && scope.sees(&OrganisationFacts { tenant: o.tenant, place: Place { id: o.id, path: o.path.clone() } })
            });
            return Ok(Page { rows, next: None });
        }
        let filter = rows::Filter { kind, active: params.active, roots: params.roots };
        rows::page(rd, &scope.within(), &filter, &PageRequest { limit: params.limit, cursor: params.cursor })
    })
    .await?;
    Ok(axum::Json(List::of(page, OrganisationLineOut::from)))
}

/// An organisation to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationIn {
    #[schema(example = "Accounting", min_length = 1, max_length = 200)]
    name: String,
    /// internal customer supplier partner
    #[schema(example = "internal", max_length = 20)]
    kind: String,
    /// Without it: a new tenant, which takes the right for the whole installation.
    parent: Option<i64>,
    /// The paying customer, when it is another one.
    payer: Option<i64>,
    #[schema(example = "Europe/Madrid", max_length = 60)]
    time_zone: Option<String>,
    /// en es ru
    #[schema(max_length = 10)]
    lang: Option<String>,
    #[serde(default)]
    #[schema(max_length = 10000)]
    note: String,
}

/// Adds an organisation.
#[utoipa::path(post, path = "/api/v1/organisations", tag = "organisations", operation_id = "createOrganisation", request_body = OrganisationIn,
    responses((status = 201, body = OrganisationOut, headers(("ETag" = String, description = "The version")))))]
pub async fn create(State(app): State<App>, viewer: Viewer, posted: Posted<OrganisationIn>) -> Result<Versioned<OrganisationOut>> {
    let key = posted.key.stored(asker(&viewer)?, "organisation.create");
    let body = posted.body;
    let parent: Option<OrganisationId> = body.parent.map(Id::new);
    let data = OrganisationData {
        name: body.name,
        kind: choice("kind", &body.kind, OrganisationKind::from_key)?,
        payer: body.payer.map(Id::new),
        time_zone: body.time_zone,
        lang: body.lang.as_deref().map(lang).transpose()?,
        note: body.note,
        active: true,
    };
    let id = serve::act(&app, &viewer, "organisation.create", key, move |tx, frame| creating::create(tx, frame, parent, &data)).await?;
    let json = serve::read_bounded(&app, &viewer, "api.organisation", move |rd, actor| organisation_out(rd, actor, id)).await?;
    Ok(Versioned::created(json.version, json))
}

/// One organisation.
#[utoipa::path(get, path = "/api/v1/organisations/{id}", tag = "organisations", operation_id = "getOrganisation",
    params(("id" = i64, Path, description = "The organisation")),
    responses((status = 200, body = OrganisationOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, Path(id): Path<OrganisationId>) -> Result<Versioned<OrganisationOut>> {
    show(&app, &viewer, id).await
}

async fn show(app: &App, viewer: &Viewer, id: OrganisationId) -> Result<Versioned<OrganisationOut>> {
    let json = serve::read_bounded(app, viewer, "api.organisation", move |rd, actor| {
        permit::organisation(rd, actor, id, Verb::OrganisationSee)?;
        organisation_out(rd, actor, id)
    })
    .await?;
    Ok(Versioned::ok(json.version, json))
}

/// What to change; a field that is absent stays, `null` empties it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OrganisationPatchIn {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// internal customer supplier partner
    #[schema(max_length = 20)]
    kind: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    payer: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 60)]
    time_zone: Option<Option<String>>,
    /// en es ru
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10)]
    lang: Option<Option<String>>,
    #[schema(max_length = 10000)]
    note: Option<String>,
    active: Option<bool>,
    /// Moves it with all below it.
    parent: Option<i64>,
}

/// Changes an organisation, or moves it. With `If-Match` only at that version; without it the newest
/// values win.
#[utoipa::path(patch, path = "/api/v1/organisations/{id}", tag = "organisations", operation_id = "changeOrganisation", request_body = OrganisationPatchIn,
    params(("id" = i64, Path, description = "The organisation"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = OrganisationOut, headers(("ETag" = String, description = "The version")))))]
pub async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<OrganisationId>,
    IfMatch(version): IfMatch,
    Json(body): Json<OrganisationPatchIn>,
) -> Result<Versioned<OrganisationOut>> {
    let patch = editing::Patch {
        name: body.name,
        kind: body.kind.as_deref().map(|key| choice("kind", key, OrganisationKind::from_key)).transpose()?,
        payer: body.payer.map(|p| p.map(Id::new)),
        time_zone: body.time_zone,
        lang: lang_patch(body.lang)?,
        note: body.note,
        active: body.active,
        parent: body.parent.map(Id::new),
    };
    serve::act(&app, &viewer, "organisation.change", None, move |tx, frame| editing::edit(tx, frame, id, version, &patch)).await?;
    show(&app, &viewer, id).await
}

/// Mail domains: who writes from one belongs to the organisation.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Domains {
    #[schema(example = json!(["example.com"]), max_items = 200)]
    domains: Vec<String>,
}

/// Makes these the mail domains of an organisation.
#[utoipa::path(put, path = "/api/v1/organisations/{id}/domains", tag = "organisations", operation_id = "setDomains", request_body = Domains,
    params(("id" = i64, Path, description = "The organisation")), responses((status = 200, body = Domains)))]
pub async fn domains(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<OrganisationId>,
    Json(body): Json<Domains>,
) -> Result<axum::Json<Domains>> {
    let domains =
        serve::act(&app, &viewer, "organisation.domains", None, move |tx, frame| setting::set_domains(tx, frame, id, &body.domains))
            .await?;
    Ok(axum::Json(Domains { domains }))
}
