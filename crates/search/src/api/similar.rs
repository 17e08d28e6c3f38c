//! `GET /api/v1/tickets/{id}/similar`.

use axum::extract::State;
use kernel::TicketId;
use serde::{Deserialize, Serialize};
use ticket::serve;
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Path, Query, Result, Viewer};

use super::{DeskRef, SearchRef, TicketFacts};
use crate::similar::{Of, similar};

/// How many are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// 1 to 40; 5 when unsaid.
    #[param(minimum = 1, maximum = 40)]
    #[serde(default, deserialize_with = "api_kit::between::<1, 40, _>")]
    limit: Option<i64>,
}

/// A ticket that is alike.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SimilarOut {
    #[schema(example = 47002)]
    pub id: i64,
    #[schema(example = "Printer on the second floor jams")]
    pub title: String,
    pub ticket: TicketFacts,
    /// The report that solved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
}

/// Those that are alike.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SimilarList {
    /// Solved ones first.
    pub items: Vec<SimilarOut>,
}

/// Tickets like this one, solved ones first, with the report that solved them.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/similar", tag = "search", operation_id = "similarTickets",
    params(("id" = i64, Path, description = "The ticket's number"), Params), responses((status = 200, body = SimilarList)))]
pub async fn of_ticket(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    search: SearchRef,
    Path(id): Path<TicketId>,
    Query(params): Query<Params>,
) -> Result<axum::Json<SimilarList>> {
    let limit = usize::try_from(params.limit.unwrap_or(5)).unwrap_or(5);
    let turn = search.turn().await?;
    let search = search.0.clone();
    let items = serve::read(&app, &viewer, &desk, "api.similar", move |rd, frame| {
        let _turn = turn;
        let catalogue = frame.desk.catalogue(rd)?;
        let mut items = Vec::new();
        for found in similar(&search, rd, frame, &Of::Ticket(id), limit)? {
            let t = &found.ticket;
            let inner = serve::may(rd, frame, t, access::Verb::TicketSeeInternal)?;
            let ticket = TicketFacts::of(&catalogue, t, inner, &serve::hidden(frame.actor, t));
            items.push(SimilarOut { id: t.id.raw(), title: t.title.clone(), ticket, resolution: found.resolution });
        }
        Ok(items)
    })
    .await?;
    Ok(axum::Json(SimilarList { items }))
}
