//! One connection from its handshake to its end.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tower::Service as _;

use super::answer::Answer;
use super::pulse::Pulse;
use super::timed::Timed;
use super::{Limits, Tls};
use crate::client::{Client, Trusted};

/// What all connections share.
pub(super) struct Shared {
    pub(super) app: Router,
    pub(super) tls: Option<Tls>,
    pub(super) trusted: Trusted,
    pub(super) limits: Arc<Limits>,
    pub(super) stop: CancellationToken,
}

/// Serves a connection until it ends by itself, breaks a limit, or the drain is over.
pub(super) async fn serve(shared: Arc<Shared>, socket: TcpStream, peer: SocketAddr) {
    let Some(tls) = &shared.tls else {
        return http(&shared, socket, peer, false).await;
    };
    let Ok(Ok(stream)) = timeout(shared.limits.handshake, tls.0.accept(socket)).await else {
        tracing::debug!(%peer, "no TLS handshake");
        return;
    };
    let framed = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    http(&shared, stream, peer, framed).await;
}

async fn http<S>(shared: &Arc<Shared>, socket: S, peer: SocketAddr, framed: bool)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let pulse = Pulse::new(framed);
    let io = TokioIo::new(Timed::new(socket, Arc::clone(&pulse), Arc::clone(&shared.limits)));
    let service = Requests { shared: Arc::clone(shared), pulse, peer };
    let service = hyper::service::service_fn(move |request| service.call(request));
    let limits = &shared.limits;
    if framed {
        let mut builder = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .max_concurrent_streams(limits.streams)
            .max_header_list_size(u32::try_from(limits.header_bytes).unwrap_or(u32::MAX))
            .max_pending_accept_reset_streams(20)
            .max_local_error_reset_streams(100)
            .max_send_buf_size(256 * 1024)
            .keep_alive_interval(std::time::Duration::from_secs(30))
            .keep_alive_timeout(std::time::Duration::from_secs(15));
        let connection = builder.serve_connection(io, service);
        drive(shared, connection, hyper::server::conn::http2::Connection::graceful_shutdown).await;
    } else {
        let mut builder = hyper::server::conn::http1::Builder::new();
        builder
            .timer(TokioTimer::new())
            // The socket keeps this time, and keeps it apart from the idle time.
            .header_read_timeout(None)
            .max_headers(limits.header_lines)
            .max_header_size(limits.header_bytes)
            .max_buf_size(limits.header_bytes.max(64 * 1024));
        let connection = builder.serve_connection(io, service);
        drive(shared, connection, hyper::server::conn::http1::Connection::graceful_shutdown).await;
    }
}

/// Runs the connection; at the stop signal it may finish what it has begun.
async fn drive<C>(shared: &Shared, connection: C, finish: impl FnOnce(Pin<&mut C>))
where
    C: Future<Output = hyper::Result<()>>,
{
    let mut connection = pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => return note(ended),
        () = shared.stop.cancelled() => {}
    }
    finish(connection.as_mut());
    match timeout(shared.limits.drain, connection).await {
        Ok(ended) => note(ended),
        Err(_) => tracing::warn!("a request was cut off at the end of the drain"),
    }
}

fn note(ended: hyper::Result<()>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "connection");
    }
}

/// Hands requests to the application.
#[derive(Clone)]
struct Requests {
    shared: Arc<Shared>,
    pulse: Arc<Pulse>,
    peer: SocketAddr,
}

impl Requests {
    fn call(&self, request: http::Request<Incoming>) -> impl Future<Output = Result<http::Response<Answer>, Infallible>> + Send + use<> {
        let beat = self.pulse.begin();
        let mut request = request.map(Body::new);
        let client = Client::of(self.peer, self.shared.tls.is_some(), request.headers_mut(), &self.shared.trusted);
        request.extensions_mut().insert(client);
        request.extensions_mut().insert(Arc::clone(&self.pulse));
        let answer = self.shared.app.clone().call(request);
        async move { answer.await.map(|response| response.map(|body| Answer::new(body, beat))) }
    }
}
