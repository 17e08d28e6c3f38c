//! The routes of this slice with their doors.

use access::Verb;
use api_kit::{Door, Slice, routes};
use i18n::key;
use web_kit::{NavEntry, Side};

use crate::intake::{api, web};

const DOOR: Door = Door::Verb(Verb::ImportRun);

/// Files that people bring in: pages and endpoints.
pub fn slice() -> Slice {
    Slice::new("import")
        .get("/admin/import", DOOR, web::list)
        .post("/admin/import", DOOR, web::bring)
        .get("/admin/import/{id}", DOOR, web::show)
        .post("/admin/import/{id}", DOOR, web::correct)
        .get("/admin/import/{id}/refused", DOOR, web::refused)
        .post("/admin/import/{id}/{step}", DOOR, web::step)
        .api(routes!(api::list, api::create))
        .api(routes!(api::get, api::correct))
        .api(routes!(api::check))
        .api(routes!(api::run))
        .api(routes!(api::undo))
        .api(routes!(api::stop))
        .api(routes!(api::refused))
        .nav(NavEntry {
            side: Side::Console,
            icon: "upload",
            label: key!("import-imports"),
            href: "/admin/import",
            key: "g y",
            verb: Some(Verb::ImportRun),
        })
}
