//! What the guard needs to know of the installation.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use i18n::T;
use kernel::{Clock, Entropy, Lang};
use tokio_util::sync::CancellationToken;

use crate::{BodyLimits, Metrics, PublicUrl, Quota, RateLimiter};

/// The settings and shared parts of the web, made once.
pub struct Web {
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub public_url: PublicUrl,
    /// The name of the installation, on pages before log-in.
    pub desk: String,
    /// The language of readers who ask for none that we have.
    pub lang: Lang,
    /// The zone of readers of whom none is known.
    pub zone: jiff::tz::TimeZone,
    pub metrics: Metrics,
    pub bodies: BodyLimits,
    /// How long a GET may take before it is given up.
    pub answer_within: Duration,
    /// Requests without a session or token, by address.
    pub anonymous: RateLimiter<IpAddr>,
    /// Requests of one person, whatever they are signed in with.
    pub people: Quota,
    /// Cancelled when the server stops: streams end then and tell the browser to come back.
    pub stop: CancellationToken,
}

impl Web {
    /// With the delivered limits.
    ///
    /// # Errors
    /// The metrics cannot be registered: a mistake in the code.
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>, public_url: PublicUrl) -> kernel::Result<Self> {
        Ok(Self {
            clock,
            entropy,
            public_url,
            desk: "Spoc".to_owned(),
            lang: Lang::En,
            zone: jiff::tz::TimeZone::UTC,
            metrics: Metrics::new().map_err(kernel::Error::internal)?,
            bodies: BodyLimits::default(),
            answer_within: Duration::from_secs(30),
            anonymous: RateLimiter::new(Quota { burst: 300, per_second: 20 }),
            people: Quota { burst: 600, per_second: 50 },
            stop: CancellationToken::new(),
        })
    }

    /// The texts for somebody of whom only the browser's wish is known.
    pub fn reader(&self, accepted: Option<Lang>) -> T {
        T::new(accepted.unwrap_or(self.lang), self.zone.clone())
    }
}
