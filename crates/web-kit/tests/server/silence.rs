//! Clients that say nothing, or say it slowly.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, sleep};

use crate::rig::{Rig, config, rest};

#[tokio::test(flavor = "multi_thread")]
async fn who_never_sends_is_let_go() {
    let rig = Rig::new(config());
    let mut silent = rig.connect().await;
    let began = Instant::now();
    rig.is_well().await;
    assert_eq!(rest(&mut silent).await, "");
    assert!(began.elapsed() < Duration::from_millis(1_200), "{:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_in_drops_is_let_go() {
    let rig = Rig::new(config());
    let mut socket = rig.connect().await;
    let began = Instant::now();
    socket.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
    // Each drop comes well within any pause between bytes; only the whole is too slow.
    while socket.write_all(b"x-drop: 1\r\n").await.is_ok() && began.elapsed() < Duration::from_secs(4) {
        sleep(Duration::from_millis(100)).await;
    }
    assert!(began.elapsed() < Duration::from_millis(1_500), "{:?}", began.elapsed());
    rig.is_well().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_connection_waits_longer_than_a_header_may() {
    let rig = Rig::new(config());
    let mut socket = rig.connect().await;
    let ask = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";
    let mut buffer = [0; 4_096];
    for pause in [0, 900] {
        sleep(Duration::from_millis(pause)).await;
        socket.write_all(ask).await.unwrap();
        let read = socket.read(&mut buffer).await.unwrap();
        assert!(buffer[..read].starts_with(b"HTTP/1.1 200"), "after {pause} ms");
    }
    let began = Instant::now();
    assert_eq!(rest(&mut socket).await, "");
    assert!(began.elapsed() > Duration::from_millis(1_000), "idle time, not header time");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_no_byte_of_the_answer_is_let_go() {
    let rig = Rig::new(config());
    let mut socket = rig.connect().await;
    socket.write_all(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let began = Instant::now();
    while rig.let_go.load(std::sync::atomic::Ordering::SeqCst) == 0 {
        assert!(began.elapsed() < Duration::from_secs(5), "the answer is still held");
        sleep(Duration::from_millis(20)).await;
    }
    rig.is_well().await;
}
