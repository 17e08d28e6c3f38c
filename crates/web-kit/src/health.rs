//! Whether the process lives, whether it should get requests, and its numbers.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::future::BoxFuture;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use kernel::Error;
use subtle::ConstantTimeEq as _;

use crate::{Client, Web};

/// What `/readyz` asks: that the database answers and is of the right version. Answers lines of detail
/// for the operator.
pub type Ready = Box<dyn Fn() -> BoxFuture<'static, kernel::Result<String>> + Send + Sync>;

struct Health {
    web: Arc<Web>,
    ready: Ready,
    metrics_token: Option<String>,
}

/// `/healthz`, `/readyz` and `/metrics`. Numbers are for programs on this machine and for who bears
/// `metrics_token`; for others they are not there.
pub fn health(web: Arc<Web>, ready: Ready, metrics_token: Option<String>) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .with_state(Arc::new(Health { web, ready, metrics_token }))
}

async fn readyz(State(health): State<Arc<Health>>, request: Request) -> Response {
    if health.web.stop.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, [(CONTENT_TYPE, TEXT)], "stopping\n").into_response();
    }
    match (health.ready)().await {
        Ok(detail) if health.is_operator(&request) => format!("ready\n{detail}").into_response(),
        Ok(_) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, [(CONTENT_TYPE, TEXT)], "not ready\n").into_response()
        }
    }
}

/// Not `text/plain` alone, which the guard takes for a library's error without a body of ours.
const TEXT: &str = "application/vnd.spoc.health";

async fn metrics(State(health): State<Arc<Health>>, request: Request) -> crate::Result {
    if !health.is_operator(&request) {
        return Err(Error::not_found().into());
    }
    let text = health.web.metrics.text().map_err(Error::internal)?;
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}

impl Health {
    /// A program on this machine, or one that bears the token of numbers.
    fn is_operator(&self, request: &Request) -> bool {
        Client::of_request(request).local || bears(request.headers(), self.metrics_token.as_deref())
    }
}

fn bears(headers: &HeaderMap, token: Option<&str>) -> bool {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    match (given, token) {
        (Some(given), Some(token)) if !token.is_empty() => given.as_bytes().ct_eq(token.as_bytes()).into(),
        _ => false,
    }
}
