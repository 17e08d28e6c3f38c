//! The routes of this slice with their doors.

use api_kit::{Slice, routes};

use crate::api;

/// What this slice gives to the desk.
pub fn slice() -> Slice {
    endpoints(Slice::new("people"))
}

fn endpoints(slice: Slice) -> Slice {
    slice
        .api(routes!(api::persons::list, api::persons::create))
        .api(routes!(api::persons::get, api::persons::change))
        .api(routes!(api::addresses::list, api::addresses::add, api::addresses::remove))
        .api(routes!(api::memberships::list, api::memberships::begin))
        .api(routes!(api::memberships::end))
        .api(routes!(api::merges::merge))
        .api(routes!(api::merges::unmerge))
        .api(routes!(api::organisations::list, api::organisations::create))
        .api(routes!(api::organisations::get, api::organisations::change))
        .api(routes!(api::organisations::domains))
        .api(routes!(api::teams::list, api::teams::create))
        .api(routes!(api::teams::get, api::teams::change))
        .api(routes!(api::team_members::list, api::team_members::add))
        .api(routes!(api::team_members::remove))
        .api(routes!(api::services::list, api::services::create))
        .api(routes!(api::services::get, api::services::change))
        .api(routes!(api::locations::list, api::locations::create))
        .api(routes!(api::locations::get, api::locations::change))
        .api(routes!(api::roles::list, api::roles::create))
        .api(routes!(api::roles::get, api::roles::change))
        .api(routes!(api::roles::history))
        .api(routes!(api::grants::list, api::grants::grant))
        .api(routes!(api::grants::revoke))
}
