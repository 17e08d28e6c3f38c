//! A server with short limits, and clients that speak bytes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::routing::{get, post};
use futures_util::StreamExt as _;
use kernel::{SystemClock, SystemEntropy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use web_kit::server::{Config, Limits, Server};
use web_kit::{BodyLimits, Quota, RateLimiter, Web, protect, upload_body};

pub const SECOND: Duration = Duration::from_secs(1);

pub struct Rig {
    pub at: SocketAddr,
    pub stop: CancellationToken,
    pub served: JoinHandle<()>,
    /// Bytes of bodies that handlers saw.
    pub taken: Arc<AtomicU64>,
    /// Answers of `/endless` that the server has let go.
    pub let_go: Arc<AtomicU64>,
}

pub fn limits() -> Limits {
    Limits {
        handshake: Duration::from_millis(400),
        first_byte: Duration::from_millis(400),
        header: Duration::from_millis(400),
        idle: Duration::from_millis(1_500),
        write_stall: Duration::from_millis(600),
        drain: Duration::from_millis(1_200),
        connections_per_address: 8,
        ..Limits::default()
    }
}

pub fn config() -> Config {
    let mut config = Config::plain("127.0.0.1:0".parse().unwrap());
    config.limits = limits();
    config
}

struct LetGo(Arc<AtomicU64>);

impl Drop for LetGo {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn app(taken: &Arc<AtomicU64>, let_go: &Arc<AtomicU64>) -> Router {
    let counted = Arc::clone(taken);
    let read = move |request: Request| {
        let counted = Arc::clone(&counted);
        async move {
            let mut body = request.into_body().into_data_stream();
            while let Some(chunk) = body.next().await {
                let Ok(chunk) = chunk else { return "the body broke off" };
                counted.fetch_add(chunk.len() as u64, Ordering::SeqCst);
            }
            "read"
        }
    };
    let let_go = Arc::clone(let_go);
    let endless = move || {
        let guard = LetGo(Arc::clone(&let_go));
        async move {
            let chunks = futures_util::stream::repeat_with(move || {
                let _held = &guard;
                Ok::<_, std::io::Error>(Bytes::from_static(&[b'x'; 16 * 1024]))
            });
            Body::from_stream(chunks)
        }
    };
    Router::new()
        .route("/", get(async || "hello"))
        .route("/read", post(read.clone()))
        .route("/upload", post(read).route_layer(axum::middleware::from_fn(upload_body)))
        .route("/unread", post(async || "not read"))
        .route("/endless", get(endless))
        .route(
            "/slow",
            get(async || {
                tokio::time::sleep(Duration::from_millis(700)).await;
                "slow"
            }),
        )
        .route("/stuck", get(std::future::pending::<&'static str>))
        .route("/panic", get(async || -> &'static str { panic!("on purpose") }))
}

impl Rig {
    pub fn new(config: Config) -> Self {
        let url = "http://desk.example".parse().unwrap();
        let mut web = Web::new(Arc::new(SystemClock), Arc::new(SystemEntropy), url).unwrap();
        web.bodies = BodyLimits { usual: 100_000, upload: 1_000_000, rate: 10_000, patience: Duration::from_millis(500) };
        // What one address may ask for is not the question here.
        web.anonymous = RateLimiter::new(Quota { burst: 100_000, per_second: 10_000 });
        let (taken, let_go) = (Arc::default(), Arc::default());
        let stop = web.stop.clone();
        let router = protect(app(&taken, &let_go), Arc::new(web));
        let server = Server::bind(config).unwrap();
        let at = server.addresses()[0];
        let served = tokio::spawn(server.serve(router, stop.clone()));
        Self { at, stop, served, taken, let_go }
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.at).await.unwrap()
    }

    /// Sends bytes on a fresh connection and reads until the server closes it.
    pub async fn say(&self, text: &str) -> String {
        let mut socket = self.connect().await;
        socket.write_all(text.as_bytes()).await.unwrap();
        rest(&mut socket).await
    }

    /// An honest request is answered, soon.
    pub async fn is_well(&self) {
        let answer = timeout(SECOND, self.say("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("hello"), "{answer}");
    }
}

/// Everything until the end; a connection that stays open for five seconds fails the test.
pub async fn rest(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = timeout(5 * SECOND, socket.read_to_end(&mut bytes)).await;
    read.expect("the server closes the connection").ok();
    String::from_utf8_lossy(&bytes).into_owned()
}
