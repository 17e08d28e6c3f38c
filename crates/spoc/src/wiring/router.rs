//! Every route of the desk, with the guard around them.

use std::sync::Arc;

use axum::Router;
use kernel::{SystemClock, SystemEntropy};
use web_kit::{BodyLimits, PublicUrl, Web, protect};

use crate::config::Config;
use crate::exit::Failure;

/// The router of one process.
///
/// # Errors
/// A mistake in the code: two parts have the same name.
pub fn build(config: &Config, public_url: PublicUrl) -> Result<Router, Failure> {
    let mut web = Web::new(Arc::new(SystemClock), Arc::new(SystemEntropy), public_url)?;
    web.bodies = BodyLimits { usual: config.limits_body.0, upload: config.limits_upload.0, ..BodyLimits::default() };
    Ok(protect(Router::new(), Arc::new(web)))
}
