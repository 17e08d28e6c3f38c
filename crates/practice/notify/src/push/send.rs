//! One request to a push service: to an address that was looked at before, without redirects, within bounds.

use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HOST};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::Full;
use hyper_util::rt::TokioIo;
use kernel::{Error, Result};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::place::{Allowed, Place};

/// For all of it: names, connection, answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// The certificates that this machine trusts.
static TLS: LazyLock<std::result::Result<Arc<ClientConfig>, String>> = LazyLock::new(|| {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions();
    let config = config.map_err(|error| error.to_string())?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
});

/// A message that is ready to go.
#[derive(Debug, Clone)]
pub struct Message {
    pub authorization: String,
    pub body: Vec<u8>,
    /// How long the service keeps it for a browser that sleeps, in seconds.
    pub ttl: u32,
    /// It wakes a phone that saves its battery.
    pub urgent: bool,
    /// A newer one of the same name takes its place while the browser sleeps.
    pub topic: String,
}

/// What the service answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Taken,
    /// The browser is gone for good, or never was.
    Gone,
    /// It may go better later.
    Later,
    /// It will never take this.
    Refused(StatusCode),
}

/// Sends a message.
///
/// # Errors
/// The service cannot be reached, or not by a way that is allowed.
pub async fn send(allowed: &Allowed, place: &Place, message: &Message) -> Result<Answer> {
    let whole = async {
        let stream = connect(allowed, place).await?;
        if place.plain {
            return ask(stream, place, message).await;
        }
        let name = ServerName::try_from(place.host.clone()).map_err(Error::internal)?;
        let tls = TLS.as_ref().map_err(|error| Error::internal(error.clone()))?;
        let secure = TlsConnector::from(Arc::clone(tls)).connect(name, stream).await.map_err(Error::internal)?;
        ask(secure, place, message).await
    };
    match tokio::time::timeout(PATIENCE, whole).await {
        Ok(answer) => answer.map(told),
        Err(_) => Err(Error::internal("the push service did not answer in time")),
    }
}

fn told(status: StatusCode) -> Answer {
    match status {
        status if status.is_success() => Answer::Taken,
        StatusCode::NOT_FOUND | StatusCode::GONE => Answer::Gone,
        StatusCode::TOO_MANY_REQUESTS => Answer::Later,
        status if status.is_server_error() => Answer::Later,
        status => Answer::Refused(status),
    }
}

/// To the first address of the name that may be gone to: looked at here, so that no other answer of the same name
/// comes between.
async fn connect(allowed: &Allowed, place: &Place) -> Result<TcpStream> {
    let found: Vec<SocketAddr> = tokio::net::lookup_host((place.host.as_str(), place.port)).await.map_err(Error::internal)?.collect();
    let may: Vec<SocketAddr> = found.into_iter().filter(|address| allowed.may(address.ip())).collect();
    if may.is_empty() {
        return Err(Error::internal(format!("{} leads to no address of the open network", place.host)));
    }
    TcpStream::connect(&may[..]).await.map_err(Error::internal)
}

async fn ask(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, place: &Place, message: &Message) -> Result<StatusCode> {
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(Error::internal)?;
    let driver = tokio::spawn(connection);
    let path = place.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let mut request = Request::post(path).body(Full::new(Bytes::from(message.body.clone()))).map_err(Error::internal)?;
    *request.headers_mut() = headers(place, message)?;
    // Its words are of no use: the connection goes with the status.
    let answer = sender.send_request(request).await.map(|answer| answer.status());
    driver.abort();
    answer.map_err(Error::internal)
}

fn headers(place: &Place, message: &Message) -> Result<HeaderMap> {
    let host = if place.plain { format!("{}:{}", place.host, place.port) } else { place.host.clone() };
    let mut headers = HeaderMap::new();
    let mut put = |name: http::HeaderName, value: &str| -> Result<()> {
        headers.insert(name, value.parse().map_err(Error::internal)?);
        Ok(())
    };
    put(HOST, &host)?;
    put(AUTHORIZATION, &message.authorization)?;
    put(CONTENT_ENCODING, "aes128gcm")?;
    put(CONTENT_TYPE, "application/octet-stream")?;
    put(CONTENT_LENGTH, &message.body.len().to_string())?;
    put(http::HeaderName::from_static("ttl"), &message.ttl.to_string())?;
    put(http::HeaderName::from_static("urgency"), if message.urgent { "high" } else { "normal" })?;
    put(http::HeaderName::from_static("topic"), &message.topic)?;
    Ok(headers)
}
