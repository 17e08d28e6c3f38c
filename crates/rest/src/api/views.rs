//! Saved lists.

use api_kit::{IfMatch, Posted, RequestKeyed, Versioned};
use axum::extract::State;
use http::StatusCode;
use kernel::{Error, Id, ViewId};
use serde::{Deserialize, Serialize};
use ticket::actions::view::{self as action, Share};
use ticket::store::view::{self as views, View, ViewData};
use ticket::{list, serve};
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use super::{DeskRef, asker};

/// A saved list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ViewOut {
    pub id: i64,
    pub name: String,
    /// Whose it is: me, team, everyone.
    #[schema(example = "me")]
    pub share: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<i64>,
    #[schema(example = "is:open is:mine")]
    pub query: String,
    /// Column keys, separated by commas.
    pub columns: String,
    pub place: i64,
    /// It stands in the reader's column; only in the list of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    pub version: i64,
}

impl ViewOut {
    fn of(v: View) -> Self {
        let share = match (v.owner, v.team) {
            (Some(_), _) => "me",
            (None, Some(_)) => "team",
            (None, None) => "everyone",
        };
        Self {
            id: v.id.raw(),
            name: v.name,
            share: share.to_owned(),
            team: v.team.map(|t| t.raw()),
            query: v.query,
            columns: v.columns,
            place: v.place,
            pinned: None,
            version: v.version,
        }
    }
}

/// The views.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewsOut {
    /// At most 500 of one's own and everybody's, and 200 of each team.
    pub items: Vec<ViewOut>,
}

/// The views that the reader may use, in the reader's own order: those of their column first.
#[utoipa::path(get, path = "/api/v1/views", tag = "views", operation_id = "listViews", responses((status = 200, body = ViewsOut)))]
pub async fn list(State(app): State<App>, viewer: Viewer, desk: DeskRef) -> Result<axum::Json<ViewsOut>> {
    let person = asker(&viewer)?;
    let (items, pinned) = serve::read_bounded(&app, &viewer, &desk, "api.views", move |rd, frame| {
        views::arranged(rd, person, &frame.actor.who.teams, frame.actor.tenant)
    })
    .await?;
    let placed = |(place, view)| ViewOut { pinned: Some(place < pinned), ..ViewOut::of(view) };
    Ok(axum::Json(ViewsOut { items: items.into_iter().enumerate().map(placed).collect() }))
}

/// A view at its place.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceIn {
    view: i64,
    /// It stands in the column beside the tickets.
    pinned: bool,
}

/// Views in their order.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArrangementIn {
    /// Those that are not named follow as they stood.
    #[schema(max_items = 1000)]
    items: Vec<PlaceIn>,
}

/// Arranges one's own column of views: the order and which of them stand in it
#[utoipa::path(put, path = "/api/v1/views/arrangement", tag = "views", operation_id = "arrangeViews", request_body = ArrangementIn,
    responses((status = 204, description = "They are arranged")))]
pub async fn arrange(State(app): State<App>, viewer: Viewer, desk: DeskRef, Json(body): Json<ArrangementIn>) -> Result<StatusCode> {
    let order: Vec<(ViewId, bool)> = body.items.iter().map(|item| (Id::new(item.view), item.pinned)).collect();
    serve::act(&app, &viewer, &desk, "view.arrange", None, move |tx, frame| action::arrange(tx, frame, &order)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is saved.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewIn {
    #[schema(example = "Printers", max_length = 100)]
    name: String,
    #[schema(example = "is:open service:printing", max_length = 4096)]
    query: String,
    #[serde(default)]
    #[schema(max_length = 500)]
    columns: String,
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10000)]
    place: i64,
    /// It is everybody's; or a team's, by its id; else one's own. Decided when it is saved: a change may repeat it.
    everyone: Option<bool>,
    team: Option<i64>,
}

impl ViewIn {
    fn data(&self) -> ViewData {
        ViewData { name: self.name.trim().to_owned(), query: self.query.clone(), columns: self.columns.clone(), place: self.place }
    }
    fn share(&self) -> Share {
        match (self.everyone.unwrap_or_default(), self.team) {
            (_, Some(team)) => Share::Team(Id::new(team)),
            (true, None) => Share::Everyone,
            (false, None) => Share::Me,
        }
    }
}

/// Whose a list is stays: refuses to make it somebody else's.
fn stays(view: &View, body: &ViewIn) -> kernel::Result<()> {
    let everyones = view.owner.is_none() && view.team.is_none();
    if body.everyone.is_some_and(|everyone| everyone != everyones) {
        return Err(Error::invalid("everyone", "error-view-share"));
    }
    if body.team.is_some_and(|team| view.team != Some(Id::new(team))) {
        return Err(Error::invalid("team", "error-view-share"));
    }
    Ok(())
}

/// Saves a list.
#[utoipa::path(post, path = "/api/v1/views", tag = "views", operation_id = "saveView", request_body = ViewIn, responses((status = 201, body = ViewOut)))]
pub async fn save(State(app): State<App>, viewer: Viewer, desk: DeskRef, posted: Posted<ViewIn>) -> Result<Versioned<ViewOut>> {
    let key = posted.key.stored(asker(&viewer)?, "view.save");
    let body = posted.body;
    check(&app, &viewer, &desk, body.query.clone()).await?;
    let id = serve::act(&app, &viewer, &desk, "view.save", key, move |tx, frame| {
        action::save(tx, frame, body.share(), &body.data()).map(|v| v.id)
    })
    .await?;
    let view = serve::read_bounded(&app, &viewer, &desk, "api.view", move |rd, _| views::get(rd, id)).await?;
    Ok(Versioned::created(view.version, ViewOut::of(view)))
}

/// Changes a list of one's own, or a shared one with the right to share. Whose it is stays.
#[utoipa::path(put, path = "/api/v1/views/{id}", tag = "views", operation_id = "changeView", request_body = ViewIn,
    params(("id" = i64, Path, description = "The view's id"), ("If-Match" = Option<String>, Header, description = "The version that was read")),
    responses((status = 200, body = ViewOut)))]
pub async fn change(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Path(id): Path<ViewId>,
    IfMatch(version): IfMatch,
    Json(body): Json<ViewIn>,
) -> Result<Versioned<ViewOut>> {
    check(&app, &viewer, &desk, body.query.clone()).await?;
    serve::act(&app, &viewer, &desk, "view.change", None, move |tx, frame| {
        let at = match version {
            Some(version) => version,
            None => views::get(tx, id)?.version,
        };
        let view = action::change(tx, frame, id, at, &body.data())?;
        stays(&view, &body).map(|()| view.id)
    })
    .await?;
    let view = serve::read_bounded(&app, &viewer, &desk, "api.view", move |rd, _| views::get(rd, id)).await?;
    Ok(Versioned::ok(view.version, ViewOut::of(view)))
}

/// Deletes a list.
#[utoipa::path(delete, path = "/api/v1/views/{id}", tag = "views", operation_id = "deleteView",
    params(("id" = i64, Path, description = "The view's id")), responses((status = 204, description = "It is gone")))]
pub async fn delete(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<ViewId>) -> Result<StatusCode> {
    serve::act(&app, &viewer, &desk, "view.delete", None, move |tx, frame| action::delete(tx, frame, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A filter that cannot be understood is not saved.
async fn check(app: &App, viewer: &Viewer, desk: &DeskRef, query: String) -> kernel::Result<()> {
    let now = app.now();
    serve::read(app, viewer, desk, "api.view.check", move |rd, frame| {
        list::prepare(rd, frame.desk, frame.actor, &query, false, now).map(|_| ())
    })
    .await
}
