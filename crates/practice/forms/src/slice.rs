//! The routes of this slice with their doors.

use access::Verb;
use api_kit::{Door, Slice, routes};
use i18n::key;
use web_kit::{NavEntry, Side};

use crate::api;
use crate::web::{fields, kinds, secrets};

const SEE: Door = Door::Verb(Verb::SettingsSee);
const EDIT: Door = Door::Verb(Verb::SettingsEdit);

/// What this slice gives to the desk.
pub fn slice() -> Slice {
    Slice::new("forms")
        .get("/admin/fields", SEE, fields::list)
        .get("/admin/fields/new", EDIT, fields::blank)
        .post("/admin/fields", EDIT, fields::create)
        .get("/admin/fields/{object}/{key}", SEE, fields::show)
        .post("/admin/fields/{object}/{key}", EDIT, fields::change)
        .post("/admin/fields/{object}/{key}/revert", EDIT, fields::revert)
        .get("/admin/kinds", SEE, kinds::list)
        .get("/admin/kinds/{key}", SEE, kinds::show)
        .post("/admin/kinds/{key}", EDIT, kinds::change)
        .post("/admin/kinds/{key}/revert", EDIT, kinds::revert)
        .get("/admin/secrets", SEE, secrets::show)
        .post("/admin/secrets", EDIT, secrets::change)
        .api(routes!(api::secrets::get, api::secrets::put))
        .api(routes!(api::kinds::get, api::kinds::put))
        .api(routes!(api::kinds::history))
        .api(routes!(api::fields::get, api::fields::put))
        .api(routes!(api::fields::history))
        .nav(NavEntry {
            side: Side::Console,
            icon: "list-checks",
            label: key!("forms-fields"),
            href: "/admin/fields",
            key: "g f",
            verb: Some(Verb::SettingsSee),
        })
        .nav(NavEntry {
            side: Side::Console,
            icon: "workflow",
            label: key!("forms-kinds-title"),
            href: "/admin/kinds",
            key: "g k",
            verb: Some(Verb::SettingsSee),
        })
        .nav(NavEntry {
            side: Side::Console,
            icon: "eye-off",
            label: key!("forms-secrets"),
            href: "/admin/secrets",
            key: "g m",
            verb: Some(Verb::SettingsSee),
        })
}
