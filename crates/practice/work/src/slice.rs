//! The routes of this slice with their doors.

use access::Verb;
use api_kit::{Door, Slice, routes};
use i18n::key;
use web_kit::{NavEntry, Side, SideSection};

use crate::web::{edit, mine, section};
use crate::{MIGRATIONS, api};

/// Whoever works for the desk.
const STAFF: Door = Door::Verb(Verb::TicketSeeInternal);

/// What this slice gives to the desk.
pub fn slice() -> Slice {
    let tasks = SideSection { name: "tasks", title: key!("work-tasks"), path: "/tasks", order: 80, first: false, verb: None };
    Slice::new("work")
        .migrations(MIGRATIONS)
        .beside(tasks)
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
        .api(routes!(api::tasks::add))
        .api(routes!(api::tasks::change, api::tasks::remove))
        .api(routes!(api::tasks::complete))
        .api(routes!(api::tasks::reopen))
        .api(routes!(api::tasks::accept))
        .api(routes!(api::tasks::shift))
}
