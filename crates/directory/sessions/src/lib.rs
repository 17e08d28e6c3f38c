//! Log-in by password, sessions, links for one use, API tokens, the set-up of an empty desk and the
//! page of one's own account.
//!
//! Invariants: a secret is shown once and kept as its digest; a session or token is looked up with
//! every request, so that what was ended or shut out is out at once; whether an account exists shows
//! in no answer and in no timing; nothing hashes a password inside a transaction; a GET writes nothing
//! (last uses are noted in memory and written each minute); nobody is locked out for good.

pub mod actions;
pub mod api;
pub mod events;
pub mod password;
pub mod session;
pub mod store;
pub mod token;

mod demo;
mod desk;
mod jobs;
mod lifetimes;
mod scopes;
mod secret;
mod seen;
mod throttle;
mod views;
mod web;

use std::sync::Arc;

use api_kit::{Door, Slice, routes};
use axum::Extension;

pub use desk::{Noted, Own, Sessions};
pub use lifetimes::Lifetimes;
pub use scopes::Scopes;
pub use secret::{Digest, Secret};

/// The tables of this slice.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("20261122_0600_sessions_session", "../migrations/0600_session.sql"),
    db::migration!("20261122_0601_sessions_one_time", "../migrations/0601_one_time.sql"),
    db::migration!("20261122_0602_sessions_api_token", "../migrations/0602_api_token.sql"),
    db::migration!("20261122_0603_sessions_preference", "../migrations/0603_preference.sql"),
    db::migration!("20261122_0604_sessions_account_end", "../migrations/0604_account_end.sql"),
];

/// The door to the log-ins of others.
const ACCOUNTS: Door = Door::Verb(access::Verb::PersonAccount);

const SEE_AS: Door = Door::Verb(access::Verb::PersonSeeAs);

/// What this slice gives to the desk. It answers `POST /me/look` itself, in place of
/// [`web_kit::look_routes`].
pub fn slice(desk: Arc<Sessions>) -> Slice {
    let mut slice = Slice::new("sessions")
        .migrations(MIGRATIONS)
        .get("/login", Door::Open, web::login::show)
        .post("/login", Door::Open, web::login::send)
        .post("/logout", Door::Open, web::logout::send)
        .get("/reset/{token}", Door::Open, web::reset::show)
        .post("/reset/{token}", Door::Open, web::reset::send)
        .get("/setup", Door::Open, web::setup::show)
        .post("/setup", Door::Open, web::setup::send)
        .post("/me/look", Door::Open, web::look::send)
        .get("/me", Door::SignedIn, web::me::show)
        .post("/me", Door::SignedIn, web::me::send)
        .post("/me/password", Door::SignedIn, web::password::send)
        .post("/me/sessions/end-others", Door::SignedIn, web::own_sessions::end_others)
        .post("/me/sessions/{id}/end", Door::SignedIn, web::own_sessions::end)
        .post("/me/tokens", Door::SignedIn, web::tokens::create)
        .post("/me/tokens/{id}/revoke", Door::SignedIn, web::tokens::revoke)
        .get("/desk/people/{id}/log-in", ACCOUNTS, web::account::show)
        .post("/desk/people/{id}/log-in", ACCOUNTS, web::account::send)
        .post("/desk/people/{id}/log-in/link", ACCOUNTS, web::account::link)
        .post("/desk/people/{id}/log-in/sign-out", ACCOUNTS, web::account::sign_out)
        .post("/desk/people/{id}/log-in/shut-out", ACCOUNTS, web::account::shut_out)
        .post("/desk/people/{id}/log-in/let-in", ACCOUNTS, web::account::let_in)
        .get("/desk/people/{id}/see-as", SEE_AS, web::see_as::show)
        .post("/desk/people/{id}/see-as", SEE_AS, web::see_as::begin)
        .post("/seeing/end", Door::SignedIn, web::see_as::end)
        .api(routes!(api::seeing::begin, api::seeing::end))
        .api(routes!(api::me::show))
        .api(routes!(api::sessions::list, api::sessions::end_others))
        .api(routes!(api::sessions::end))
        .api(routes!(api::tokens::list, api::tokens::create))
        .api(routes!(api::tokens::revoke))
        .api(routes!(api::account::show, api::account::save))
        .api(routes!(api::account::link))
        .api(routes!(api::account::sign_out));
    slice.pages = slice.pages.layer(Extension(Arc::clone(&desk)));
    slice.api = slice.api.layer(Extension(desk));
    slice
}
