//! The routes of this slice with their doors. Handlers find the desk and its files as extensions, which
//! the wiring layers around all slices.

use access::Verb;
use api_kit::{Door, Slice};
use axum::handler::Handler as _;
use axum::middleware::from_fn;
use web_kit::{NavEntry, Side, upload_body};

use crate::web::register::{self, call, new};
use crate::web::{bulk, download, drafts, home, list, live, search, similar, suggest, ticket, trash, unseal, uploads};

/// Whoever works for the desk.
const STAFF: Door = Door::Verb(Verb::TicketSeeInternal);
/// Whoever moves tickets to the trash and back.
const TRASH: Door = Door::Verb(Verb::TicketDelete);

/// Everything the console answers.
pub fn slice() -> Slice {
    let slice = Slice::new("console")
        .get("/desk", STAFF, home::desk)
        .get("/t/{number}", Door::SignedIn, home::universal)
        .get("/desk/tickets", STAFF, list::show)
        .get("/desk/views", STAFF, list::all::show)
        .post("/desk/views/arrange", STAFF, list::all::arrange)
        .get("/desk/views/new", STAFF, list::view::blank)
        .post("/desk/views", STAFF, list::view::save)
        .get("/desk/views/{id}", STAFF, list::view::edit)
        .post("/desk/views/{id}", STAFF, list::view::change)
        .get("/desk/bulk", STAFF, bulk::show)
        .post("/desk/bulk", STAFF, bulk::run)
        .get("/desk/bulk/{id}", STAFF, bulk::done)
        .post("/desk/bulk/{id}/undo", STAFF, bulk::undo)
        .get("/desk/drafts", STAFF, drafts::show)
        .post("/desk/drafts", STAFF, drafts::discard)
        .get("/desk/trash", TRASH, trash::show)
        .post("/desk/trash/days", TRASH, trash::keep)
        .post("/desk/trash/{number}/restore", TRASH, trash::restore)
        .post("/desk/trash/{number}/remove", Door::Verb(Verb::TicketPurge), trash::remove)
        .get("/desk/suggest/{what}", STAFF, suggest::suggest)
        .get("/desk/search", STAFF, search::show)
        .get("/desk/search/suggest", STAFF, search::suggest)
        .get("/desk/new", STAFF, new::show)
        .post("/desk/new", STAFF, new::create.layer(from_fn(upload_body)))
        .get("/desk/new/priority", STAFF, new::priority)
        .post("/desk/new/fields", STAFF, register::fields)
        .get("/desk/unseal", Door::Verb(Verb::TicketUnseal), unseal::show)
        .post("/desk/unseal", Door::Verb(Verb::TicketUnseal), unseal::send)
        .get("/desk/new/similar", STAFF, similar::of_draft)
        .get("/desk/call", STAFF, call::show)
        .post("/desk/call", STAFF, call::create)
        .get("/desk/call/open", STAFF, call::open)
        .get("/events", Door::SignedIn, live::stream)
        .get("/files/{id}/{name}", Door::SignedIn, download::file)
        .post("/uploads", Door::SignedIn, uploads::create.layer(from_fn(upload_body)));
    navigation(of_ticket(slice))
}

/// The ticket page and its forms.
fn of_ticket(slice: Slice) -> Slice {
    slice
        .get("/desk/tickets/{number}", STAFF, ticket::show)
        .get("/desk/tickets/{number}/similar", STAFF, similar::of_ticket)
        .get("/desk/tickets/{number}/change", STAFF, ticket::back)
        .post("/desk/tickets/{number}/change", STAFF, ticket::change)
        .get("/desk/tickets/{number}/post", STAFF, ticket::back)
        .post("/desk/tickets/{number}/post", STAFF, ticket::post.layer(from_fn(upload_body)))
        .get("/desk/tickets/{number}/secret", Door::Verb(Verb::TicketReveal), ticket::reveal::show)
        .post("/desk/tickets/{number}/secret", Door::Verb(Verb::TicketReveal), ticket::reveal::send)
        .get("/desk/tickets/{number}/redact", Door::Verb(Verb::TicketRedact), ticket::redact::show)
        .post("/desk/tickets/{number}/redact", Door::Verb(Verb::TicketRedact), ticket::redact::send)
        .get("/desk/tickets/{number}/why", Door::Verb(Verb::TicketExplain), ticket::why::show)
        .get("/desk/tickets/{number}/merge", STAFF, ticket::merge::show)
        .post("/desk/tickets/{number}/merge", STAFF, ticket::merge::merge)
        .post("/desk/tickets/{number}/unmerge", STAFF, ticket::merge::unmerge)
        .get("/desk/tickets/{number}/split", STAFF, ticket::split::show)
        .post("/desk/tickets/{number}/split", STAFF, ticket::split::split)
        .post("/desk/tickets/{number}/unsplit", STAFF, ticket::split::unsplit)
        .post("/desk/tickets/{number}/trash", TRASH, trash::discard)
        .post("/desk/tickets/{number}/undo/{event}", STAFF, ticket::undo)
        .post("/desk/tickets/{number}/held/{place}/back", STAFF, ticket::held::back)
        .post("/desk/tickets/{number}/held/{place}/send", STAFF, ticket::held::send)
        .get("/desk/tickets/{number}/still", STAFF, ticket::still)
        .post("/desk/tickets/{number}/unread", STAFF, ticket::unread)
        .get("/desk/tickets/{number}/fields", STAFF, ticket::show_fields)
        .post("/desk/tickets/{number}/fields", STAFF, ticket::change_fields)
        .post("/desk/tickets/{number}/involve", STAFF, ticket::involve)
        .post("/desk/tickets/{number}/tag", STAFF, ticket::tag)
        .post("/desk/tickets/{number}/link", STAFF, ticket::link)
        .post("/desk/tickets/{number}/file", STAFF, ticket::describe)
}

fn navigation(slice: Slice) -> Slice {
    let entry = |icon, label, href, key, verb| NavEntry { side: Side::Console, icon, label, href, key, verb: Some(verb) };
    let staff = Verb::TicketSeeInternal;
    slice
        .nav(entry("inbox", i18n::key!("console-tickets"), "/desk/tickets", "g t", staff))
        .nav(entry("phone-call", i18n::key!("console-call"), "/desk/call", "C", staff))
        .nav(entry("pencil", i18n::key!("console-drafts"), "/desk/drafts", "g d", staff))
        .nav(entry("trash-2", i18n::key!("console-trash"), "/desk/trash", "g x", Verb::TicketDelete))
}
