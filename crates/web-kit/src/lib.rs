//! What every page and endpoint stands on: the HTTP server, the guard around the router, errors as
//! pages and problems, limits, metrics and health.

mod assets;
mod client;
mod context;
pub mod cookie;
mod etag;
mod extract;
mod failure;
mod guard;
mod health;
mod look;
mod meter;
mod metrics;
mod public_url;
mod rate;
pub mod server;
mod stream;
mod web;

pub use assets::assets;
pub use client::{Client, Network, NetworkError, Trusted};
pub use context::{Context, Ctx};
pub use etag::Etag;
pub use extract::{Form, Json, Path, Query, read_json};
pub use failure::{Fail, Result};
pub use guard::{Uncompressed, protect};
pub use health::{Ready, health};
pub use look::{Look, LookForm, local_path, look_routes, see_other};
pub use meter::{BodyLimits, upload_body};
pub use metrics::Metrics;
pub use public_url::{PublicUrl, PublicUrlError};
pub use rate::{Quota, RateLimiter, Verdict};
pub use stream::{StreamEvent, StreamPlace, Streams, event_stream};
pub use web::Web;
