//! `/api/v1/imports`

use access::Verb;
use api_kit::{IfMatch, List, PageParams, Posted, RequestKeyed as _, Versioned};
use axum::extract::State;
use axum::response::Response;
use files::Files;
use kernel::{BatchId, Error, Id, Page, PageRequest};
use serde::Deserialize;
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Query, Result, Viewer};

use super::Step;
use super::actions::{self, NewIntake};
use super::propose::{Brought, proposed};
use super::serve::{self, Seen};
use super::views::ImportOut;
use crate::store::intake as sql;

type FilesRef = axum::Extension<Files>;

/// Refuses who may import nowhere; the tenant of an import decides further.
fn door(viewer: &Viewer) -> kernel::Result<()> {
    if viewer.actor.may_anywhere(Verb::ImportRun) { Ok(()) } else { Err(Error::forbidden().arg("verb", Verb::ImportRun)) }
}

async fn answer(app: &App, viewer: &Viewer, id: BatchId) -> kernel::Result<ImportOut> {
    Ok(serve::seen(app, viewer, id).await?.out(true))
}

/// The imports of the tenants for which the asker may import, the newest first; without what their dry runs said.
#[utoipa::path(get, path = "/api/v1/imports", tag = "imports", operation_id = "listImports", params(PageParams), responses((status = 200, body = List<ImportOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer, Query(asked): Query<PageParams>) -> Result<axum::Json<List<ImportOut>>> {
    door(&viewer)?;
    let request = PageRequest::from(asked);
    let page = serve::read(&app, &viewer, "api.imports", move |rd, actor| {
        let before: i64 = request.after()?.unwrap_or(i64::MAX);
        let limit = request.limit();
        let rows = sql::list(rd, &actor.tenants(Verb::ImportRun), Id::new(before), u64::try_from(limit).unwrap_or(0) + 1)?;
        let page = Page::of(rows, limit, |intake| intake.id.raw());
        Ok(List { items: page.rows.into_iter().map(|intake| Seen { intake, report: None }.out(false)).collect(), next: page.next })
    })
    .await?;
    Ok(axum::Json(page))
}

/// A file to bring in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportIn {
    /// A file of `POST /uploads`: CSV, plain or compressed with gzip, or XLSX.
    upload: i64,
    /// people organisations services teams locations tickets
    #[schema(example = "people", max_length = 20)]
    records: String,
    /// Of tickets: a second file with rows of their history, by the numbers of the tickets.
    history: Option<i64>,
    /// A short name of the system it comes from, without blanks: its records are known again by it.
    #[schema(example = "staff-list", max_length = 60)]
    source: String,
    /// For whom; without it where the asker is at home.
    tenant: Option<i64>,
    /// A mapping as the command has it; without it one is proposed by the names of the columns.
    #[schema(max_length = 100_000)]
    mapping: Option<String>,
}

/// Brings in a file. Nothing is imported yet: look over the mapping, then check and run.
#[utoipa::path(post, path = "/api/v1/imports", tag = "imports", operation_id = "createImport", request_body = ImportIn,
    responses((status = 201, body = ImportOut, headers(("ETag" = String, description = "The version")))))]
pub async fn create(State(app): State<App>, viewer: Viewer, files: FilesRef, posted: Posted<ImportIn>) -> Result<Versioned<ImportOut>> {
    door(&viewer)?;
    let person = viewer.actor.require_person()?;
    let key = posted.key.stored(person, "import.create");
    let body = posted.body;
    let uploaded = |id: i64| app.db.read("import.upload", move |rd| ticket::store::attachment::upload(rd, Id::new(id), person));
    let upload = uploaded(body.upload).await?.ok_or_else(|| Error::invalid("upload", "error-choice"))?;
    let history = match body.history {
        Some(id) => Some(uploaded(id).await?.ok_or_else(|| Error::invalid("history", "error-choice"))?),
        None => None,
    };
    let tenant = body.tenant.map(Id::new);
    let brought = Brought {
        file: upload.file,
        name: upload.name,
        history: history.map(|history| (history.file, history.name)),
        records: body.records.clone(),
        source: body.source,
        tenant: tenant.unwrap_or(viewer.actor.tenant),
    };
    let wanted = brought.tenant;
    serve::read(&app, &viewer, "import.tenant", move |rd, actor| actions::may_bring(rd, actor, wanted)).await?;
    let proposed = proposed(&app, &viewer, &files.0, &brought).await?;
    let mapping = body.mapping.unwrap_or(proposed.mapping);
    if super::open::mapping(&mapping)?.records() != body.records {
        return Err(Error::invalid("mapping", "error-import-mapping").field_arg("mistakes", "records".to_owned()).into());
    }
    let new =
        NewIntake { tenant, file: proposed.file, file_name: proposed.name, records: body.records, columns: proposed.columns, mapping };
    let id = serve::act(&app, &viewer, "import.create", key, move |tx, actor, act| actions::create(tx, actor, act, &new)).await?;
    let out = answer(&app, &viewer, id).await?;
    Ok(Versioned::created(out.version, out))
}

/// One import: how far it is, what its dry run said, what it did.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "imports", operation_id = "getImport",
    params(("id" = i64, Path, description = "The import")), responses((status = 200, body = ImportOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, Path(id): Path<BatchId>) -> Result<Versioned<ImportOut>> {
    let out = answer(&app, &viewer, id).await?;
    Ok(Versioned::ok(out.version, out))
}

/// Another mapping.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportPatchIn {
    #[schema(max_length = 100_000)]
    mapping: String,
}

/// Gives another mapping, as long as nothing was imported; it is to be checked anew.
#[utoipa::path(patch, path = "/api/v1/imports/{id}", tag = "imports", operation_id = "changeImport", request_body = ImportPatchIn,
    params(("id" = i64, Path, description = "The import"), ("If-Match" = Option<String>, Header, description = "The ETag that was read")),
    responses((status = 200, body = ImportOut, headers(("ETag" = String, description = "The version")))))]
pub async fn correct(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<BatchId>,
    IfMatch(version): IfMatch,
    Json(body): Json<ImportPatchIn>,
) -> Result<Versioned<ImportOut>> {
    serve::act(&app, &viewer, "import.correct", None, move |tx, actor, act| actions::correct(tx, actor, act, id, version, &body.mapping))
        .await?;
    let out = answer(&app, &viewer, id).await?;
    Ok(Versioned::ok(out.version, out))
}

async fn begin(app: &App, viewer: &Viewer, id: BatchId, step: Step) -> Result<axum::Json<ImportOut>> {
    serve::act(app, viewer, "import.begin", None, move |tx, actor, act| actions::begin(tx, actor, act, id, step)).await?;
    Ok(axum::Json(answer(app, viewer, id).await?))
}

/// Begins a dry run: what a run would do, with a hundred rows side by side. Nothing is changed.
#[utoipa::path(post, path = "/api/v1/imports/{id}/check", tag = "imports", operation_id = "checkImport",
    params(("id" = i64, Path, description = "The import")), responses((status = 200, body = ImportOut)))]
pub async fn check(State(app): State<App>, viewer: Viewer, Path(id): Path<BatchId>) -> Result<axum::Json<ImportOut>> {
    begin(&app, &viewer, id, Step::Check).await
}

/// Begins the import, or goes on with it where it was stopped.
#[utoipa::path(post, path = "/api/v1/imports/{id}/run", tag = "imports", operation_id = "runImport",
    params(("id" = i64, Path, description = "The import")), responses((status = 200, body = ImportOut)))]
pub async fn run(State(app): State<App>, viewer: Viewer, Path(id): Path<BatchId>) -> Result<axum::Json<ImportOut>> {
    begin(&app, &viewer, id, Step::Run).await
}

/// Begins to take the import back: what it added and nobody needs goes, what it changed is again as it was.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", tag = "imports", operation_id = "undoImport",
    params(("id" = i64, Path, description = "The import")), responses((status = 200, body = ImportOut)))]
pub async fn undo(State(app): State<App>, viewer: Viewer, Path(id): Path<BatchId>) -> Result<axum::Json<ImportOut>> {
    begin(&app, &viewer, id, Step::Undo).await
}

/// Asks the work to stop; what was written stays.
#[utoipa::path(post, path = "/api/v1/imports/{id}/stop", tag = "imports", operation_id = "stopImport",
    params(("id" = i64, Path, description = "The import")), responses((status = 200, body = ImportOut)))]
pub async fn stop(State(app): State<App>, viewer: Viewer, Path(id): Path<BatchId>) -> Result<axum::Json<ImportOut>> {
    serve::act(&app, &viewer, "import.stop", None, move |tx, actor, act| actions::stop(tx, actor, act, id)).await?;
    Ok(axum::Json(answer(&app, &viewer, id).await?))
}

/// The refused rows in the form of their file: to be corrected and brought in again.
#[utoipa::path(get, path = "/api/v1/imports/{id}/refused", tag = "imports", operation_id = "refusedRows",
    params(("id" = i64, Path, description = "The import")), responses((status = 200, content_type = "text/csv", body = String)))]
pub async fn refused(State(app): State<App>, viewer: Viewer, Path(id): Path<BatchId>) -> Result<Response> {
    Ok(serve::refused(&app, &viewer, id, false).await?)
}
