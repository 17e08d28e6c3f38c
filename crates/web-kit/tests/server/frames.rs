//! Hostile HTTP/2: frames that an honest client never sends.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use crate::rig::SECOND;
use crate::tls::{rig, secured};

const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
const CONTINUATION: u8 = 9;
/// ENHANCE_YOUR_CALM: the frames are right, there are too many of them.
const CALM: u8 = 11;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
/// GET https / of an authority, by the static table of HPACK.
const ASK: &[u8] = b"\x82\x87\x84\x41\x0cdesk.example";

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut frame = vec![length[1], length[2], length[3], kind, flags];
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

async fn begin(socket: &mut TlsStream<TcpStream>) {
    socket.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.unwrap();
    socket.write_all(&frame(SETTINGS, 0, 0, &[])).await.unwrap();
}

/// Why the server closes the connection, within a time: the code of its last frame.
async fn farewell(socket: &mut (impl tokio::io::AsyncRead + Unpin)) -> Option<u8> {
    let mut bytes = Vec::new();
    timeout(5 * SECOND, socket.read_to_end(&mut bytes)).await.expect("the server closes the connection").ok();
    let (mut rest, mut code) = (bytes.as_slice(), None);
    while let [a, b, c, kind, ..] = rest {
        if *kind == GOAWAY {
            code = rest.get(16).copied();
        }
        let length = 9 + (usize::from(*a) << 16) + (usize::from(*b) << 8) + usize::from(*c);
        rest = rest.get(length..).unwrap_or_default();
    }
    code
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_without_end_is_cut_off() {
    let (rig, roots) = rig();
    let mut socket = secured(&rig, roots, b"h2").await;
    begin(&mut socket).await;
    socket.write_all(&frame(HEADERS, END_STREAM, 1, ASK)).await.unwrap();
    // Literals without indexing, a thousand bytes in each frame.
    let mut field = b"\x00\x01x\x7f\xd9\x06".to_vec();
    field.extend([b'y'; 984]);
    let (mut read, mut write) = tokio::io::split(socket);
    let flood = tokio::spawn(async move {
        let mut sent = 0;
        while sent < 100_000 && write.write_all(&frame(CONTINUATION, 0, 1, &field)).await.is_ok() {
            sent += 1;
        }
        sent
    });
    assert_eq!(farewell(&mut read).await, Some(CALM));
    assert!(flood.await.unwrap() < 100_000, "not 100 MB of one header");
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_are_reset_at_once_do_not_pile_up() {
    let (rig, roots) = rig();
    let mut socket = secured(&rig, roots, b"h2").await;
    begin(&mut socket).await;
    let mut burst = Vec::new();
    for stream in (1..=40_000).step_by(2) {
        burst.extend(frame(HEADERS, END_STREAM | END_HEADERS, stream, ASK));
        burst.extend(frame(RST_STREAM, 0, stream, &8_u32.to_be_bytes()));
    }
    let (mut read, mut write) = tokio::io::split(socket);
    let flood = tokio::spawn(async move { write.write_all(&burst).await });
    assert_eq!(farewell(&mut read).await, Some(CALM));
    flood.abort();
}
