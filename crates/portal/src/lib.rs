//! The portal: where people ask for something, read what became of it, and say whether it is done.
//!
//! Invariants: every page works by full load, without script, on a narrow phone; a page shows what a
//! requester may know and nothing else, whoever reads it; a form that is refused comes back with
//! everything that was typed, files included; a second press of a button finds the first one's result.

mod card;
mod conversation;
mod customs;
mod expect;
mod frame;
mod guess;
mod guest;
mod intake;
mod people;
mod rating;
mod rights;
mod services;
mod steps;
mod store;
mod web;
mod words;

use access::Verb;
use api_kit::{Door, Slice};
use axum::handler::Handler as _;
use axum::middleware::from_fn;
use web_kit::{NavEntry, Side, upload_body};

/// What the portal gives to the desk.
pub fn slice() -> Slice {
    let entry = |icon, label, href, key, verb| NavEntry { side: Side::Portal, icon, label, href, key, verb };
    Slice::new("portal")
        .get("/", Door::Open, web::home::show)
        .get("/new", Door::Verb(Verb::TicketCreate), web::new::show)
        .post("/new", Door::Verb(Verb::TicketCreate), web::new::send.layer(from_fn(upload_body)))
        .post("/new/fields", Door::Verb(Verb::TicketCreate), web::new::fields)
        .get("/requests", Door::SignedIn, web::requests::show)
        .get("/requests/{id}", Door::SignedIn, web::request::show)
        // A refused form stands at the address it was sent to: who loads that again sees the request.
        .get("/requests/{id}/reply", Door::SignedIn, web::request::show)
        .post("/requests/{id}/reply", Door::SignedIn, web::reply::send.layer(from_fn(upload_body)))
        .get("/requests/{id}/cancel", Door::SignedIn, web::request::show)
        .post("/requests/{id}/cancel", Door::SignedIn, web::cancel::send)
        .get("/requests/{id}/rate", Door::SignedIn, web::request::show)
        .post("/requests/{id}/rate", Door::SignedIn, web::rate::send)
        .get("/requests/{id}/people", Door::SignedIn, web::request::show)
        .post("/requests/{id}/people", Door::SignedIn, web::watchers::add)
        .post("/requests/{id}/people/{person}/remove", Door::SignedIn, web::watchers::remove)
        .nav(entry("house", i18n::key!("portal-nav-home"), "/", "", None))
        .nav(entry("message-square", i18n::key!("portal-nav-requests"), "/requests", "", None))
        .nav(entry("headset", i18n::key!("portal-nav-desk"), "/desk", "", Some(Verb::TicketSeeInternal)))
}
