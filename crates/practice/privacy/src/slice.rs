//! The page and endpoints of this slice.

use access::Verb;
use api_kit::{Door, Slice, routes};

use crate::{api, web};

/// What this slice gives to the desk.
pub fn slice() -> Slice {
    Slice::new("privacy")
        .get("/desk/people/{id}/erase", Door::Verb(Verb::PersonErase), web::show)
        .post("/desk/people/{id}/erase", Door::Verb(Verb::PersonErase), web::send)
        .api(routes!(api::show, api::erase))
}
