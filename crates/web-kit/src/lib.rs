//! What every page and endpoint stands on: the HTTP server, the guard around the router, errors as
//! pages and problems, who looks, limits, metrics and health.
//!
//! A slice makes a `Router<App>`; its handlers take arguments of this crate and answer
//! [`Result`], so that `?` works on every error of the core:
//!
//! ```
//! use axum::{Router, extract::State, routing::get};
//! use web_kit::{App, Path, Viewer};
//!
//! async fn show(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> web_kit::Result<String> {
//!     let _act = viewer.act(&app)?;
//!     Ok(viewer.t.number(id))
//! }
//!
//! fn routes() -> Router<App> {
//!     Router::new().route("/things/{id}", get(show))
//! }
//! ```
//!
//! Invariants: a handler never words an error; what is missing and what is invisible answer the same
//! bytes; no link is made of a request's Host; no state changes by GET or by another site; no client
//! holds a connection, a body or memory without a limit.

mod app;
mod assets;
mod client;
mod context;
pub mod cookie;
mod etag;
mod extract;
mod failure;
pub mod field;
mod file_link;
mod guard;
mod health;
mod intake;
mod look;
mod meter;
mod metrics;
mod page;
mod public_url;
mod rate;
pub mod server;
mod stream;
mod strict;
mod viewer;
mod web;

pub use app::{App, NavEntry, Parts, Side, SideSection};
pub use assets::assets;
pub use client::{Client, Network, NetworkError, Trusted};
pub use context::{Context, Ctx};
pub use extract::{Form, Json, Path, Query, is_json, read_json};
pub use failure::{Fail, Result, status_of};
pub use file_link::file_link;
pub use guard::{Uncompressed, protect};
pub use health::{Ready, health};
pub use intake::{Received, ReceivedFile, receive};
pub use look::{Look, LookForm, UNDO, local_path, look_routes, see_other, undo};
pub use meter::{BodyLimits, upload_body};
pub use metrics::Metrics;
pub use page::{html, with_toast};
pub use public_url::{PublicUrl, PublicUrlError};
pub use rate::{Quota, RateLimiter, Verdict};
pub use stream::{StreamEvent, StreamPlace, Streams, event_stream};
pub use viewer::{Authenticator, Credential, SESSION_COOKIE, Seen, SignedIn, Viewer};
pub use web::Web;
