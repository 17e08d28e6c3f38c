//! TLS: both versions of HTTP, and handshakes that never end.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http_body_util::BodyExt as _;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::ServerName;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use web_kit::server::{Tls, TlsError};

use crate::rig::{Rig, config, rest};

/// A server with a certificate from files, and the trust in it.
pub fn rig() -> (Rig, rustls::RootCertStore) {
    let made = rcgen::generate_simple_self_signed(vec!["desk.example".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let mut config = config();
    config.tls = Some(Tls::from_files(&certificate, &key).unwrap());
    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    (Rig::new(config), roots)
}

pub async fn secured(rig: &Rig, roots: rustls::RootCertStore, protocol: &[u8]) -> TlsStream<TcpStream> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let name = ServerName::try_from("desk.example").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, rig.connect().await).await.unwrap()
}

fn ask(path: &str) -> http::Request<Body> {
    http::Request::get(format!("https://desk.example{path}")).header("host", "desk.example").body(Body::empty()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn both_versions_of_http_are_spoken_and_browsers_are_told_to_stay() {
    let (rig, roots) = rig();
    let io = TokioIo::new(secured(&rig, roots.clone(), b"http/1.1").await);
    let (mut one, connection) = hyper::client::conn::http1::handshake(io).await.unwrap();
    tokio::spawn(connection);
    let answer = one.send_request(ask("/")).await.unwrap();
    assert!(answer.headers()["strict-transport-security"].to_str().unwrap().starts_with("max-age="));

    let io = TokioIo::new(secured(&rig, roots, b"h2").await);
    let (mut two, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.unwrap();
    tokio::spawn(connection);
    for _ in 0..3 {
        let answer = two.send_request(ask("/")).await.unwrap();
        assert_eq!(answer.into_body().collect().await.unwrap().to_bytes(), "hello");
        // Longer than a header may take: an idle HTTP/2 connection has the idle time.
        sleep(Duration::from_millis(600)).await;
    }
    let slow = tokio::spawn(two.send_request(ask("/slow")));
    sleep(Duration::from_millis(100)).await;
    rig.stop.cancel();
    assert_eq!(slow.await.unwrap().unwrap().status(), 200, "finished during the drain");
    rig.served.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handshake_without_end_is_let_go() {
    let (rig, _) = rig();
    for start in [b"".as_slice(), b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"] {
        let mut socket = rig.connect().await;
        socket.write_all(start).await.unwrap();
        let began = Instant::now();
        let said = rest(&mut socket).await;
        assert!(!said.contains("HTTP"), "plain HTTP is not spoken here");
        assert!(began.elapsed() < Duration::from_millis(1_200), "{:?}", began.elapsed());
    }
}

#[test]
fn certificates_that_do_not_fit_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.pem");
    let said = Tls::from_files(&missing, &missing).unwrap_err();
    assert!(matches!(said, TlsError::File(..)) && said.to_string().contains("none.pem"), "{said}");
    let one = rcgen::generate_simple_self_signed(vec!["a.example".to_owned()]).unwrap();
    let two = rcgen::generate_simple_self_signed(vec!["b.example".to_owned()]).unwrap();
    let (certificate, key) = (folder.path().join("c.pem"), folder.path().join("k.pem"));
    std::fs::write(&certificate, one.cert.pem()).unwrap();
    std::fs::write(&key, two.signing_key.serialize_pem()).unwrap();
    assert!(matches!(Tls::from_files(&certificate, &key), Err(TlsError::Pair(_))));
    assert!(Tls::self_signed(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).is_ok());
}
