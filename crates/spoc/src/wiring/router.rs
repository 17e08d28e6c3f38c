//! Every route of the desk, with the guard around them.

use std::sync::Arc;

use axum::Router;
use db::Db;
use kernel::{SystemClock, SystemEntropy};
use tokio_util::sync::CancellationToken;
use web_kit::{BodyLimits, PublicUrl, Quota, RateLimiter, Ready, Web, assets, health, look_routes, protect};

use super::{metrics, migrations};
use crate::config::Config;
use crate::exit::Failure;

/// What may come at once, in seconds of the allowed rate.
const BURST: u32 = 15;

/// The router of one process.
///
/// # Errors
/// A mistake in the code: two parts have the same name.
pub fn build(config: &Config, db: &Db, public_url: PublicUrl, stop: CancellationToken) -> Result<Router, Failure> {
    let mut web = Web::new(Arc::new(SystemClock), Arc::new(SystemEntropy), public_url)?;
    web.bodies = BodyLimits { usual: config.limits_body.0, upload: config.limits_upload.0, ..BodyLimits::default() };
    let per_second = config.limits_anonymous.0;
    web.anonymous = RateLimiter::new(Quota { burst: per_second.saturating_mul(BURST), per_second });
    web.stop = stop;
    metrics::register(&web.metrics, db)?;
    let web = Arc::new(web);
    let token = config.metrics_token.as_ref().map(|token| token.reveal().as_str().to_owned());
    let router = Router::new().merge(health(Arc::clone(&web), ready(db.clone()), token)).merge(assets()).merge(look_routes());
    Ok(protect(router, web))
}

/// The database answers, on a connection kept for this question. A newer node may have brought it to a
/// newer version meanwhile: both then work on it until this one is replaced.
fn ready(db: Db) -> Ready {
    Box::new(move || {
        let db = db.clone();
        Box::pin(async move { migrations::in_place(&db).await })
    })
}
