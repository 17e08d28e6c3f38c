//! Lists as files: tickets by filter and columns, people, organisations, teams, services, locations, as
//! CSV, XLSX and JSON Lines.
//!
//! Invariants: a file holds what the reader could read in the list, and nothing of what their roles hide;
//! rows are read in pages of their own, so that no read lives as long as a download; the order is one in
//! which a row that changes meanwhile is neither lost nor doubled; what somebody typed is never a formula;
//! the log tells who took which list.

mod api;
mod asked;
mod cell;
mod event;
mod file;
mod format;
mod list;
mod stream;
mod web;

use access::Verb;
use api_kit::{Door, Slice};
use utoipa_axum::routes;

pub use event::ExportEvent;
pub use format::defused;

/// Whoever works for the desk.
const STAFF: Door = Door::Verb(Verb::TicketSeeInternal);

/// The ways to a file.
pub fn slice() -> Slice {
    Slice::new("export")
        .get("/desk/export/tickets", Door::Verb(Verb::TicketExport), web::tickets)
        .get("/desk/export/people", Door::Verb(Verb::PersonExport), web::people)
        .get("/desk/export/organisations", STAFF, web::organisations)
        .get("/desk/export/teams", STAFF, web::teams)
        .get("/desk/export/services", STAFF, web::services)
        .get("/desk/export/locations", STAFF, web::locations)
        .api(routes!(api::tickets))
        .api(routes!(api::persons))
        .api(routes!(api::organisations))
        .api(routes!(api::teams))
        .api(routes!(api::services))
        .api(routes!(api::locations))
}
