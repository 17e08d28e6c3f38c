//! One log line and one measurement for each request: the route as it is written in the code, never
//! the path or the query, which may hold names and secrets.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::response::Response;
use http::{HeaderName, HeaderValue, Method};

use super::Uncompressed;
use crate::{Client, Context, Web};

pub(super) struct Watch {
    began: Instant,
    method: Method,
    route: Option<MatchedPath>,
}

impl Watch {
    pub(super) fn start(request: &Request) -> Self {
        Self { began: Instant::now(), method: request.method().clone(), route: request.extensions().get::<MatchedPath>().cloned() }
    }

    pub(super) fn finish(self, web: &Web, context: &Context, client: Client, mut response: Response) -> Response {
        let took = self.began.elapsed();
        let route = self.route.as_ref().map_or("-", MatchedPath::as_str);
        let status = response.status();
        web.metrics.seconds.with_label_values(&[known(&self.method), route, status.as_str()]).observe(took.as_secs_f64());
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        tracing::info!(
            target: "spoc::http",
            request = context.id(),
            method = known(&self.method),
            route,
            status = status.as_u16(),
            micros,
            client = %client.ip,
            person = context.person().map(kernel::PersonId::raw),
        );
        if let Ok(id) = HeaderValue::from_str(context.id()) {
            response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
        }
        if let Some(verdict) = context.rate() {
            verdict.write(response.headers_mut());
        }
        if client.local {
            response.extensions_mut().insert(Uncompressed);
        }
        response
    }
}

/// A method of the client's invention would be a label without end.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
