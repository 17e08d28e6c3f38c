//! The page and endpoints of this slice. Handlers find the bell as an extension, which the wiring layers around
//! all slices.

use access::Verb;
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
        .get("/me/notifications", Door::SignedIn, web::preferences::show)
        .post("/me/notifications", Door::SignedIn, web::preferences::send)
        .post("/me/notifications/browsers", Door::SignedIn, web::preferences::add)
        .post("/me/notifications/browsers/{id}/remove", Door::SignedIn, web::preferences::remove)
        .get("/admin/notifications", Door::Verb(Verb::SettingsSee), web::preferences::show_house)
        .post("/admin/notifications", Door::Verb(Verb::SettingsEdit), web::preferences::send_house)
        .get("/sw.js", Door::Open, web::worker)
        .api(routes!(api::list))
        .api(routes!(api::count))
        .api(routes!(api::all_done))
        .api(routes!(api::mark))
        .api(routes!(api::mute, api::unmute))
        .api(routes!(api::preferences::show, api::preferences::save, api::preferences::reset))
        .api(routes!(api::preferences::show_house, api::preferences::save_house))
        .api(routes!(api::preferences::list, api::preferences::add))
        .api(routes!(api::preferences::key))
        .api(routes!(api::preferences::remove))
}
