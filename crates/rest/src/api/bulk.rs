//! Several tickets at once.

use api_kit::{Posted, RequestKeyed};
use axum::extract::State;
use http::StatusCode;
use kernel::{Error, ErrorKind, Id, TicketId};
use serde::{Deserialize, Serialize};
use ticket::actions::bulk::{self as action, Wanted};
use ticket::store::bulk::BulkId;
use ticket::{fields, serve};
use utoipa::ToSchema;
use web_kit::{App, Path, Result, Viewer};

use super::{DeskRef, asker, grade};

/// Tickets tried in one go.
const CHUNK: usize = 20;

/// What is done to each of them; of team, assignee and service 0 is none.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkIn {
    /// At most 500 numbers.
    #[schema(max_items = 500)]
    tickets: Vec<i64>,
    /// Only say what would be refused.
    #[serde(default)]
    preview: bool,
    #[schema(max_length = 60)]
    state: Option<String>,
    #[schema(max_length = 60)]
    resolution_code: Option<String>,
    #[schema(max_length = 200000)]
    resolution_report: Option<String>,
    team: Option<i64>,
    assignee: Option<i64>,
    /// low medium high urgent
    priority: Option<String>,
    service: Option<i64>,
    #[serde(default)]
    #[schema(max_items = 50)]
    add_tags: Vec<String>,
    #[serde(default)]
    #[schema(max_items = 50)]
    remove_tags: Vec<String>,
    /// A note to each.
    #[serde(default)]
    #[schema(max_length = 200000)]
    note: String,
    /// Move them to the trash.
    #[serde(default)]
    trash: bool,
}

/// A ticket that is not changed, or not taken back.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct BulkOneOut {
    pub ticket: i64,
    /// waiting done refused undone kept
    #[schema(example = "refused")]
    pub state: String,
    /// Why not.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub detail: String,
}

/// How far it is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct BulkOut {
    /// Absent in a preview.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<i64>,
    /// preview running done undoing undone
    #[schema(example = "running")]
    pub state: String,
    pub tickets: Vec<BulkOneOut>,
}

/// What a deed does it does with all rights of its person: no program may begin one.
fn of_person(viewer: &Viewer) -> kernel::Result<()> {
    if viewer.session.is_some() { Ok(()) } else { Err(Error::new(ErrorKind::Forbidden, "error-session-only")) }
}

/// Changes several tickets at once, by a job; each by itself, with what is not allowed left out. Not for tokens
#[utoipa::path(post, path = "/api/v1/bulk", tag = "tickets", operation_id = "changeTickets", request_body = BulkIn,
    responses((status = 202, body = BulkOut), (status = 200, description = "A preview", body = BulkOut)))]
pub async fn start(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    posted: Posted<BulkIn>,
) -> Result<(StatusCode, axum::Json<BulkOut>)> {
    of_person(&viewer)?;
    let key = posted.key.stored(asker(&viewer)?, "bulk.start");
    let body = posted.body;
    let tickets: Vec<TicketId> = body.tickets.into_iter().map(Id::new).collect();
    let wanted = Wanted {
        state: body.state,
        resolution_code: body.resolution_code,
        resolution_report: body.resolution_report,
        team: body.team,
        assignee: body.assignee,
        priority: grade("priority", body.priority.as_deref(), fields::priority_of)?,
        service: body.service,
        add_tags: body.add_tags,
        remove_tags: body.remove_tags,
        note: body.note,
        trash: body.trash,
    };
    if body.preview {
        let mut out = BulkOut { id: None, state: "preview".to_owned(), tickets: Vec::new() };
        for some in tickets.chunks(CHUNK) {
            let (some, wanted, t) = (some.to_vec(), wanted.clone(), viewer.t.clone());
            let tried =
                serve::act(&app, &viewer, &desk, "bulk.preview", None, move |tx, frame| action::preview(tx, frame, &some, &wanted, &t));
            out.tickets.extend(tried.await?.into_iter().map(|(ticket, words)| BulkOneOut {
                ticket: ticket.raw(),
                state: if words.is_none() { "waiting" } else { "refused" }.to_owned(),
                detail: words.unwrap_or_default(),
            }));
        }
        return Ok((StatusCode::OK, axum::Json(out)));
    }
    let id = serve::act(&app, &viewer, &desk, "bulk.start", key, move |tx, frame| action::start(tx, frame, &tickets, &wanted).map(Id::raw))
        .await?;
    let out = read(&app, &viewer, &desk, BulkId::new(id)).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(out)))
}

async fn read(app: &App, viewer: &Viewer, desk: &DeskRef, id: BulkId) -> kernel::Result<BulkOut> {
    let (bulk, all) = serve::read_bounded(app, viewer, desk, "api.bulk", move |rd, frame| action::progress(rd, frame, id)).await?;
    let one = |one: ticket::store::bulk::One| BulkOneOut { ticket: one.ticket.raw(), state: one.fate.key().to_owned(), detail: one.words };
    Ok(BulkOut { id: Some(bulk.id.raw()), state: bulk.state.key().to_owned(), tickets: all.into_iter().map(one).collect() })
}

/// How far a change of several tickets is. Not for tokens
#[utoipa::path(get, path = "/api/v1/bulk/{id}", tag = "tickets", operation_id = "getBulk",
    params(("id" = i64, Path, description = "Its number")), responses((status = 200, body = BulkOut)))]
pub async fn get(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<BulkId>) -> Result<axum::Json<BulkOut>> {
    of_person(&viewer)?;
    Ok(axum::Json(read(&app, &viewer, &desk, id).await?))
}

/// Nothing needs to be said.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkUndoIn {}

/// Takes the whole back within a day; what was changed again since stays. Notes stay. Not for tokens
#[utoipa::path(post, path = "/api/v1/bulk/{id}/undo", tag = "tickets", operation_id = "undoBulk", request_body = BulkUndoIn,
    params(("id" = i64, Path, description = "Its number")), responses((status = 202, body = BulkOut)))]
pub async fn undo(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<BulkId>,
    posted: Posted<BulkUndoIn>,
) -> Result<(StatusCode, axum::Json<BulkOut>)> {
    of_person(&viewer)?;
    let key = posted.key.stored(asker(&viewer)?, "bulk.undo");
    serve::act(&app, &viewer, &desk, "bulk.undo", key, move |tx, frame| action::take_back(tx, frame, id)).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(read(&app, &viewer, &desk, id).await?)))
}
