//! Reading tickets.

use api_kit::{List, Versioned};
use axum::extract::State;
use kernel::{PageRequest, TicketId};
use serde::{Deserialize, Serialize};
use ticket::list;
use ticket::serve;
use utoipa::{IntoParams, ToSchema};
use web_kit::{App, Path, Query, Result, Viewer};

use super::DeskRef;
use crate::dto::{TicketOut, out, page_out};

/// Which tickets, and which page of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// A filter in the language of the list: `is:open team:service-desk priority:>=high sort:customer`.
    #[param(max_length = 4096, example = "is:open priority:>=high")]
    #[serde(default, deserialize_with = "api_kit::short::<4096, _>")]
    q: Option<String>,
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "api_kit::rows")]
    limit: Option<u32>,
    #[param(max_length = 2000)]
    #[serde(default, deserialize_with = "api_kit::short::<2000, _>")]
    cursor: Option<String>,
}

/// Tickets that match a filter.
#[utoipa::path(get, path = "/api/v1/tickets", tag = "tickets", operation_id = "listTickets", params(ListParams), responses((status = 200, body = List<TicketOut>)))]
pub async fn list(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Query(params): Query<ListParams>,
) -> Result<axum::Json<List<TicketOut>>> {
    let now = app.now();
    let page = serve::read(&app, &viewer, &desk, "api.tickets", move |rd, frame| {
        let prepared = list::prepare(rd, frame.desk, frame.actor, params.q.as_deref().unwrap_or_default(), false, now)?;
        let request = PageRequest { limit: params.limit, cursor: params.cursor };
        let listed = list::page(rd, &prepared, &request)?;
        page_out(rd, frame, listed.page)
    })
    .await?;
    Ok(axum::Json(List::of(page, |t| t)))
}

/// Which tickets to count.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CountParams {
    #[param(max_length = 4096, example = "is:open")]
    #[serde(default, deserialize_with = "api_kit::short::<4096, _>")]
    q: Option<String>,
}

/// How many there are.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountOut {
    pub count: i64,
    /// There are more than `count`.
    pub more: bool,
}

/// The number of tickets that match a filter: exact for open tickets, as of your own last change or
/// later, else exact up to 1,000.
#[utoipa::path(get, path = "/api/v1/tickets/count", tag = "tickets", operation_id = "countTickets", params(CountParams), responses((status = 200, body = CountOut)))]
pub async fn count(
    State(app): State<App>,
    viewer: Viewer,
    desk: DeskRef,
    Query(params): Query<CountParams>,
) -> Result<axum::Json<CountOut>> {
    let now = app.now();
    let counted = serve::read(&app, &viewer, &desk, "api.count", move |rd, frame| {
        let prepared = list::prepare(rd, frame.desk, frame.actor, params.q.as_deref().unwrap_or_default(), false, now)?;
        list::total(rd, frame.desk, frame.actor, &prepared)
    })
    .await?;
    Ok(axum::Json(match counted {
        list::Count::Exactly(count) => CountOut { count, more: false },
        list::Count::MoreThan(count) => CountOut { count, more: true },
    }))
}

/// One ticket.
#[utoipa::path(get, path = "/api/v1/tickets/{id}", tag = "tickets", operation_id = "getTicket",
    params(("id" = i64, Path, description = "The ticket's number")), responses((status = 200, body = TicketOut, headers(("ETag" = String, description = "The version")))))]
pub async fn get(State(app): State<App>, viewer: Viewer, desk: DeskRef, Path(id): Path<TicketId>) -> Result<Versioned<TicketOut>> {
    let json = serve::read_bounded(&app, &viewer, &desk, "api.ticket", move |rd, frame| {
        let seen = serve::see(rd, frame, id)?;
        out(rd, frame, &seen)
    })
    .await?;
    Ok(Versioned::ok(json.version, json))
}
