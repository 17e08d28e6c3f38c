//! The routes of this slice with their doors.

use access::Verb;
use api_kit::{Door, Slice, routes};
use i18n::key;
use web_kit::{NavEntry, Side};

use crate::api;
use crate::web::{custom, grants, locations, options, orgs, people, roles, services, teams};

/// Whoever works for the desk.
const STAFF: Door = Door::Verb(Verb::TicketSeeInternal);

/// What this slice gives to the desk.
pub fn slice() -> Slice {
    navigation(endpoints(places(persons(Slice::new("people")))))
}

fn persons(slice: Slice) -> Slice {
    slice
        .get("/desk/options/{sort}", STAFF, options::show)
        .get("/desk/people", STAFF, people::list::show)
        .get("/desk/people/new", Door::Verb(Verb::PersonCreate), people::form::blank)
        .post("/desk/people", Door::Verb(Verb::PersonCreate), people::form::create)
        .get("/desk/people/{id}", STAFF, people::show::show)
        .post("/desk/people/{id}", Door::Verb(Verb::PersonEdit), people::form::change)
        .get("/desk/people/{id}/fields", Door::Verb(Verb::PersonEdit), custom::person)
        .post("/desk/people/{id}/fields", Door::Verb(Verb::PersonEdit), custom::change_person)
        .get("/desk/people/{id}/edit", Door::Verb(Verb::PersonEdit), people::form::edit)
        .post("/desk/people/{id}/disable", Door::Verb(Verb::PersonDisable), people::show::disable)
        .post("/desk/people/{id}/enable", Door::Verb(Verb::PersonDisable), people::show::enable)
        .post("/desk/people/{id}/addresses", Door::Verb(Verb::PersonEdit), people::contacts::add)
        .post("/desk/people/{id}/addresses/remove", Door::Verb(Verb::PersonEdit), people::contacts::remove)
        .post("/desk/people/{id}/memberships", Door::Verb(Verb::PersonEdit), people::memberships::begin)
        .post("/desk/people/{id}/memberships/{organisation}/end", Door::Verb(Verb::PersonEdit), people::memberships::end)
        .get("/desk/people/{id}/merge", Door::Verb(Verb::PersonMerge), people::merge::show)
        .post("/desk/people/{id}/merge", Door::Verb(Verb::PersonMerge), people::merge::send)
        .post("/desk/people/{id}/unmerge", Door::Verb(Verb::PersonMerge), people::merge::undo)
        .post("/desk/people/{id}/grants", Door::Verb(Verb::RoleGrant), grants::grant)
        .post("/desk/people/{id}/grants/revoke", Door::Verb(Verb::RoleGrant), grants::revoke)
}

fn places(slice: Slice) -> Slice {
    slice
        .get("/desk/orgs", STAFF, orgs::list::show)
        .get("/desk/orgs/new", Door::Verb(Verb::OrganisationCreate), orgs::form::blank)
        .post("/desk/orgs", Door::Verb(Verb::OrganisationCreate), orgs::form::create)
        .get("/desk/orgs/{id}", STAFF, orgs::show::show)
        .post("/desk/orgs/{id}", Door::Verb(Verb::OrganisationEdit), orgs::form::change)
        .get("/desk/orgs/{id}/fields", Door::Verb(Verb::OrganisationEdit), custom::organisation)
        .post("/desk/orgs/{id}/fields", Door::Verb(Verb::OrganisationEdit), custom::change_organisation)
        .get("/desk/orgs/{id}/edit", Door::Verb(Verb::OrganisationEdit), orgs::form::edit)
        .get("/admin/teams", Door::Verb(Verb::TeamSee), teams::list)
        .get("/admin/teams/new", Door::Verb(Verb::TeamEdit), teams::blank)
        .post("/admin/teams", Door::Verb(Verb::TeamEdit), teams::create)
        .get("/admin/teams/{id}", Door::Verb(Verb::TeamSee), teams::show)
        .post("/admin/teams/{id}", Door::Verb(Verb::TeamEdit), teams::change)
        .post("/admin/teams/{id}/members", Door::Verb(Verb::TeamEdit), teams::add)
        .post("/admin/teams/{id}/members/{person}/remove", Door::Verb(Verb::TeamEdit), teams::remove)
        .get("/admin/services", STAFF, services::list)
        .get("/admin/services/new", Door::Verb(Verb::ServiceEdit), services::blank)
        .post("/admin/services", Door::Verb(Verb::ServiceEdit), services::create)
        .get("/admin/services/{id}", STAFF, services::show)
        .post("/admin/services/{id}", Door::Verb(Verb::ServiceEdit), services::change)
        .get("/admin/services/{id}/fields", Door::Verb(Verb::ServiceEdit), custom::service)
        .post("/admin/services/{id}/fields", Door::Verb(Verb::ServiceEdit), custom::change_service)
        .get("/admin/locations", STAFF, locations::list)
        .get("/admin/locations/new", Door::Verb(Verb::LocationEdit), locations::blank)
        .post("/admin/locations", Door::Verb(Verb::LocationEdit), locations::create)
        .get("/admin/locations/{id}", STAFF, locations::show)
        .post("/admin/locations/{id}", Door::Verb(Verb::LocationEdit), locations::change)
        .get("/admin/roles", Door::Verb(Verb::RoleSee), roles::matrix::show)
        .get("/admin/roles/new", Door::Verb(Verb::RoleEdit), roles::edit::blank)
        .post("/admin/roles", Door::Verb(Verb::RoleEdit), roles::edit::create)
        .get("/admin/roles/{key}", Door::Verb(Verb::RoleSee), roles::edit::show)
        .post("/admin/roles/{key}", Door::Verb(Verb::RoleEdit), roles::edit::change)
}

fn endpoints(slice: Slice) -> Slice {
    slice
        .api(routes!(api::persons::list, api::persons::create))
        .api(routes!(api::persons::get, api::persons::change))
        .api(routes!(api::custom::of_person, api::custom::change_person))
        .api(routes!(api::custom::of_organisation, api::custom::change_organisation))
        .api(routes!(api::custom::of_service, api::custom::change_service))
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

fn navigation(slice: Slice) -> Slice {
    let entry = |icon, label, href, key, verb| NavEntry { side: Side::Console, icon, label, href, key, verb: Some(verb) };
    slice
        .nav(entry("users", key!("people-people"), "/desk/people", "g p", Verb::TicketSeeInternal))
        .nav(entry("building-2", key!("people-orgs"), "/desk/orgs", "g o", Verb::TicketSeeInternal))
        .nav(entry("headset", key!("people-teams"), "/admin/teams", "g e", Verb::TeamSee))
        .nav(entry("layers", key!("people-services"), "/admin/services", "g s", Verb::ServiceEdit))
        .nav(entry("map-pin", key!("people-locations"), "/admin/locations", "g l", Verb::LocationEdit))
        .nav(entry("shield-check", key!("people-roles"), "/admin/roles", "g r", Verb::RoleSee))
}
