//! Numbers for the operator, in the Prometheus format.

use prometheus::{HistogramOpts, HistogramVec, IntCounter, IntCounterVec, Opts, Registry, TextEncoder};

/// The registry with the numbers of the web; others register theirs beside.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Registry,
    pub(crate) seconds: HistogramVec,
    pub(crate) panics: IntCounter,
    pub(crate) refused: IntCounterVec,
}

impl Metrics {
    /// # Errors
    /// Two numbers have the same name: a mistake in the code.
    pub fn new() -> prometheus::Result<Self> {
        let buckets = vec![0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];
        let seconds = HistogramOpts::new("spoc_http_request_seconds", "Time from a request's header to its answer's").buckets(buckets);
        let metrics = Self {
            registry: Registry::new(),
            seconds: HistogramVec::new(seconds, &["method", "route", "status"])?,
            panics: IntCounter::new("spoc_http_panics_total", "Requests that ended in a panic")?,
            refused: IntCounterVec::new(Opts::new("spoc_http_refused_total", "Requests that the guard refused, by reason"), &["reason"])?,
        };
        metrics.registry.register(Box::new(metrics.seconds.clone()))?;
        metrics.registry.register(Box::new(metrics.panics.clone()))?;
        metrics.registry.register(Box::new(metrics.refused.clone()))?;
        Ok(metrics)
    }

    /// Where other crates register their numbers.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// All numbers in the text format.
    ///
    /// # Errors
    /// A number cannot be written: a mistake in the code.
    pub fn text(&self) -> prometheus::Result<String> {
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}
