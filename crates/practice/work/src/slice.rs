//! The routes of this slice with their doors.

use access::Verb;
use api_kit::{Door, Slice, routes};
use i18n::key;
use web_kit::{NavEntry, Side, SideSection};

use crate::web::{admin, edit, mine, section, templates, time};
use crate::{MIGRATIONS, api};

/// Whoever works for the desk.
const STAFF: Door = Door::Verb(Verb::TicketSeeInternal);

/// What this slice gives to the desk.
pub fn slice() -> Slice {
    let tasks = SideSection { name: "tasks", title: key!("work-tasks"), path: "/tasks", order: 80, first: false, key: "", verb: None };
    let spent = SideSection {
        name: "time",
        title: key!("work-time"),
        path: "/time",
        order: 90,
        first: false,
        key: "T",
        verb: Some(Verb::TicketLogTime),
    };
    Slice::new("work")
        .migrations(MIGRATIONS)
        .beside(tasks)
        .beside(spent)
        .nav(NavEntry {
            side: Side::Console,
            icon: "timer",
            label: key!("work-admin-time"),
            href: "/admin/time",
            key: "",
            verb: Some(Verb::SettingsSee),
        })
        .nav(NavEntry {
            side: Side::Console,
            icon: "list-checks",
            label: key!("work-templates"),
            href: "/admin/checklists",
            key: "",
            verb: Some(Verb::SettingsSee),
        })
        .get("/admin/checklists", Door::Verb(Verb::SettingsSee), templates::list)
        .get("/admin/checklists/new", Door::Verb(Verb::SettingsEdit), templates::blank)
        .post("/admin/checklists", Door::Verb(Verb::SettingsEdit), templates::create)
        .get("/admin/checklists/{key}", Door::Verb(Verb::SettingsSee), templates::show)
        .post("/admin/checklists/{key}", Door::Verb(Verb::SettingsEdit), templates::change)
        .get("/admin/time", Door::Verb(Verb::SettingsSee), admin::show)
        .post("/admin/time", Door::Verb(Verb::SettingsEdit), admin::save)
        .get("/desk/tickets/{number}/time", STAFF, time::show)
        .post("/desk/tickets/{number}/time", STAFF, time::add)
        .post("/desk/tickets/{number}/timer", STAFF, time::watch)
        .get("/desk/tickets/{number}/time/{entry}", STAFF, time::edit)
        .post("/desk/tickets/{number}/time/{entry}", STAFF, time::save)
        .post("/desk/tickets/{number}/time/{entry}/remove", STAFF, time::remove)
        .nav(NavEntry {
            side: Side::Console,
            icon: "square-check",
            label: key!("work-tasks"),
            href: "/desk/tasks",
            key: "g w",
            verb: Some(Verb::TicketSeeInternal),
        })
        .get("/desk/tasks", STAFF, mine::show)
        .get("/desk/tickets/{number}/tasks", STAFF, section::show)
        .post("/desk/tickets/{number}/tasks", STAFF, section::add)
        .post("/desk/tickets/{number}/lists", STAFF, section::add_list)
        .post("/desk/tickets/{number}/lists/{list}/remove", STAFF, section::remove_list)
        .get("/desk/tickets/{number}/tasks/{task}", STAFF, edit::show)
        .post("/desk/tickets/{number}/tasks/{task}", STAFF, edit::save)
        .post("/desk/tickets/{number}/tasks/{task}/complete", STAFF, section::complete)
        .post("/desk/tickets/{number}/tasks/{task}/reopen", STAFF, section::reopen)
        .post("/desk/tickets/{number}/tasks/{task}/accept", STAFF, section::accept)
        .post("/desk/tickets/{number}/tasks/{task}/shift", STAFF, section::shift)
        .post("/desk/tickets/{number}/tasks/{task}/remove", STAFF, section::remove)
        .api(routes!(api::board, api::add_list))
        .api(routes!(api::remove_list))
        .api(routes!(api::mine::list))
        .api(routes!(api::templates::list))
        .api(routes!(api::templates::get, api::templates::put))
        .api(routes!(api::time::list, api::time::add))
        .api(routes!(api::time::change, api::time::remove))
        .api(routes!(api::time::watch))
        .api(routes!(api::time::rules, api::time::put_rules))
        .api(routes!(api::tasks::add))
        .api(routes!(api::tasks::change, api::tasks::remove))
        .api(routes!(api::tasks::complete))
        .api(routes!(api::tasks::reopen))
        .api(routes!(api::tasks::accept))
        .api(routes!(api::tasks::shift))
}
