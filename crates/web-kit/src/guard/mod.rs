//! What every request passes: one middleware, so that its order can be read in one place.

mod headers;
mod observe;
mod origin;
mod path;

pub(crate) use origin::bears_token;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;
use http::Method;
use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use kernel::{Error, ErrorKind, Lang};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};
use tracing::Instrument as _;

use crate::failure::{Asked, Fail, nothing_here, render};
use crate::meter::{Fate, Meter, metered};
use crate::{Client, Context, Web, viewer};

/// Puts the guard around a router. Nothing may be added to the router afterwards.
pub fn protect(router: Router, web: Arc<Web>) -> Router {
    let small = SizeAbove::new(860);
    let compressed = small
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("application/octet-stream"))
        .and(NotForContentType::const_new("font/"))
        .and(|_: StatusCode, _: _, _: &http::HeaderMap, extensions: &http::Extensions| extensions.get::<Uncompressed>().is_none());
    router
        .fallback(nothing_here)
        // Ours counts every body, also where a handler reads it by itself.
        .layer(DefaultBodyLimit::disable())
        .layer(axum::middleware::from_fn_with_state(web, guard))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(compressed))
}

/// Marks an answer that is sent as it is, such as to a program on this machine.
#[derive(Debug, Clone, Copy)]
pub struct Uncompressed;

async fn guard(State(web): State<Arc<Web>>, mut request: Request, next: Next) -> Response {
    let context = Context::new(&*web.entropy, accepted(&request));
    request.extensions_mut().insert(Arc::clone(&context));
    let watch = observe::Watch::start(&request);
    let client = Client::of_request(&request);
    let asked = Asked::of(&request, &client);
    let response = match admit(&web, &context, &mut request, client) {
        Err(refusal) => refusal.into_response(),
        Ok(meter) => {
            let span = tracing::info_span!("request", id = context.id());
            let asset = path::is_asset(request.uri());
            let response = serve(&web, request, next).instrument(span).await;
            let response = outcome(&meter, response);
            if asset { response } else { counted(&web, &context, client, response) }
        }
    };
    let mut response = render(&web, &context, &asked, response);
    headers::add(&mut response, client.secure);
    watch.finish(&web, &context, client, response)
}

/// The checks before anything runs, the cheapest first.
fn admit(web: &Web, context: &Context, request: &mut Request, client: Client) -> Result<Arc<Meter>, Fail> {
    let refused = |reason: &str, fail: Fail| {
        web.metrics.refused.with_label_values(&[reason]).inc();
        fail
    };
    if !path::is_clean(request.uri()) {
        return Err(refused("path", Error::not_found().into()));
    }
    if matches!(*request.method(), Method::TRACE | Method::CONNECT) {
        return Err(refused("method", method_refused()));
    }
    let named = viewer::credential(request.headers(), &client).is_some();
    if !named && !path::is_asset(request.uri()) {
        let verdict = web.anonymous.take(client.ip, web.clock.now());
        context.set_rate(verdict);
        verdict.ok().map_err(|error| refused("rate", error.into()))?;
    }
    if !request.method().is_safe() {
        origin::check(request, &web.public_url).map_err(|error| refused("origin", error.into()))?;
        if is_plain_text(request) {
            return Err(refused("media type", media_type_refused()));
        }
    }
    Ok(metered(request, &web.bodies))
}

/// A request that shows a session or token which nothing looked at was one without a name: where nobody is
/// recognised, an invented cookie must not open more than none.
fn counted(web: &Web, context: &Context, client: Client, response: Response) -> Response {
    if context.rate().is_some() {
        return response;
    }
    let verdict = web.anonymous.take(client.ip, web.clock.now());
    context.set_rate(verdict);
    match verdict.ok() {
        Ok(()) => response,
        Err(error) => {
            web.metrics.refused.with_label_values(&["rate"]).inc();
            Fail::from(error).into_response()
        }
    }
}

/// Runs the route; a panic and a GET without end become errors of this request alone.
async fn serve(web: &Web, request: Request, next: Next) -> Response {
    let patience = request.method().is_safe().then_some(web.answer_within);
    let run = AssertUnwindSafe(next.run(request)).catch_unwind();
    let ended = match patience {
        Some(patience) => tokio::time::timeout(patience, run).await,
        None => Ok(run.await),
    };
    match ended {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            web.metrics.panics.inc();
            Fail::from(Error::internal(format!("panic: {}", message(&*panic)))).into_response()
        }
        Err(_) => {
            let error = Error::new(ErrorKind::Busy, "error-timeout").retry_after(5);
            Fail::with_status(error, StatusCode::SERVICE_UNAVAILABLE).into_response()
        }
    }
}

/// A body that broke a limit decides the answer, whatever the handler made of the broken read.
fn outcome(meter: &Meter, response: Response) -> Response {
    match meter.fate() {
        Fate::TooLarge => {
            let error = Error::new(ErrorKind::TooLarge, "error-too-large").arg("limit_bytes", meter.limit());
            closing(Fail::from(error).into_response())
        }
        Fate::TooSlow => {
            let error = Error::new(ErrorKind::Busy, "error-timeout");
            closing(Fail::with_status(error, StatusCode::REQUEST_TIMEOUT).into_response())
        }
        Fate::Open | Fate::Complete | Fate::Broken => response,
    }
}

fn closing(mut response: Response) -> Response {
    response.headers_mut().insert(http::header::CONNECTION, http::HeaderValue::from_static("close"));
    response
}

fn method_refused() -> Fail {
    Fail::with_status(Error::new(ErrorKind::Malformed, "error-method"), StatusCode::METHOD_NOT_ALLOWED)
}

fn media_type_refused() -> Fail {
    Fail::with_status(Error::new(ErrorKind::Malformed, "error-media-type"), StatusCode::UNSUPPORTED_MEDIA_TYPE)
}

/// A form of another site can send JSON as text without asking first, so text is never a body.
fn is_plain_text(request: &Request) -> bool {
    request
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().get(..10).is_some_and(|start| start.eq_ignore_ascii_case(b"text/plain")))
}

fn accepted(request: &Request) -> Option<Lang> {
    request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(Lang::from_accept)
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
