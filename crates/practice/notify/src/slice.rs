//! The page and endpoints of this slice. Handlers find the bell as an extension, which the wiring layers around
//! all slices.

use api_kit::{Door, Slice, routes};

use crate::{api, web};

/// What this slice gives to the desk.
pub fn slice() -> Slice {
    Slice::new("notify")
        .migrations(crate::MIGRATIONS)
        .get("/inbox", Door::SignedIn, web::show)
        .post("/inbox/done", Door::SignedIn, web::all_done)
        .post("/inbox/{number}/read", Door::SignedIn, web::read)
        .post("/inbox/{number}/done", Door::SignedIn, web::done)
        .post("/inbox/{number}/mute", Door::SignedIn, web::mute)
        .api(routes!(api::list))
        .api(routes!(api::count))
        .api(routes!(api::all_done))
        .api(routes!(api::mark))
        .api(routes!(api::mute, api::unmute))
}
