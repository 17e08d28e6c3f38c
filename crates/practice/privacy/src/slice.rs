//! The page and endpoints of this slice.

use access::Verb;
use api_kit::{Door, Slice, routes};

use crate::{api, export, web};

/// What this slice gives to the desk.
pub fn slice() -> Slice {
    Slice::new("privacy")
        .get("/desk/people/{id}/erase", Door::Verb(Verb::PersonErase), web::show)
        .post("/desk/people/{id}/erase", Door::Verb(Verb::PersonErase), web::send)
        .get("/desk/people/{id}/export", Door::Verb(Verb::PersonErase), export::web::show)
        .post("/desk/people/{id}/export", Door::Verb(Verb::PersonErase), export::web::send)
        .get("/desk/people/{id}/export/{export}", Door::Verb(Verb::PersonErase), export::web::file)
        .get("/me/export", Door::SignedIn, export::web::show_own)
        .post("/me/export", Door::SignedIn, export::web::send_own)
        .get("/me/export/{export}", Door::SignedIn, export::web::own_file)
        .api(routes!(api::show, api::erase))
        .api(routes!(export::api::list, export::api::create))
        .api(routes!(export::api::show))
        .api(routes!(export::api::file))
}
