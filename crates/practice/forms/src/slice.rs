//! The routes of this slice with their doors.

use access::Verb;
use api_kit::{Door, Slice, routes};
use i18n::key;
use web_kit::{NavEntry, Side};

use crate::api;
use crate::web::{fields, forms, kinds, retype, rules, secrets};

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
        .get("/admin/fields/{object}/{key}/type", SEE, retype::show)
        .post("/admin/fields/{object}/{key}/type", EDIT, retype::change)
        .post("/admin/fields/{object}/{key}/type/revert", EDIT, retype::revert)
        .get("/admin/forms", SEE, forms::list)
        .get("/admin/forms/new", EDIT, forms::blank)
        .post("/admin/forms", EDIT, forms::create)
        .get("/admin/forms/{key}", SEE, forms::show)
        .post("/admin/forms/{key}", EDIT, forms::change)
        .post("/admin/forms/{key}/revert", EDIT, forms::revert)
        .get("/admin/rules", SEE, rules::list)
        .get("/admin/rules/new", EDIT, rules::blank)
        .post("/admin/rules", EDIT, rules::create)
        .get("/admin/rules/{key}", SEE, rules::show)
        .post("/admin/rules/{key}", EDIT, rules::change)
        .post("/admin/rules/{key}/revert", EDIT, rules::revert)
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
        .api(routes!(api::retype::show, api::retype::change))
        .api(routes!(api::retype::preview))
        .api(routes!(api::retype::revert))
        .api(routes!(api::forms::list))
        .api(routes!(api::forms::get, api::forms::put))
        .api(routes!(api::forms::history))
        .api(routes!(api::forms::of_kind))
        .api(routes!(api::rules::list))
        .api(routes!(api::rules::get, api::rules::put))
        .api(routes!(api::rules::history))
        .api(routes!(api::rules::trial))
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
            icon: "clipboard-list",
            label: key!("forms-forms"),
            href: "/admin/forms",
            key: "g m",
            verb: Some(Verb::SettingsSee),
        })
        .nav(NavEntry {
            side: Side::Console,
            icon: "split",
            label: key!("forms-rules"),
            href: "/admin/rules",
            key: "g b",
            verb: Some(Verb::SettingsSee),
        })
        .nav(NavEntry {
            side: Side::Console,
            icon: "eye-off",
            label: key!("forms-secrets"),
            href: "/admin/secrets",
            key: "g h",
            verb: Some(Verb::SettingsSee),
        })
}
