//! Bodies that are too large, too slow or without end.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::time::{Instant, sleep};

use crate::rig::{Rig, config, rest};

const OWN: &str = "host: x\r\norigin: http://desk.example\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn five_gibibytes_are_refused_before_they_are_sent() {
    let rig = Rig::new(config());
    for path in ["/read", "/upload"] {
        let answer = rig.say(&format!("POST {path} HTTP/1.1\r\n{OWN}content-length: 5368709120\r\n\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
        let polite = format!("POST {path} HTTP/1.1\r\n{OWN}expect: 100-continue\r\ncontent-length: 5368709120\r\n\r\n");
        assert!(rig.say(&polite).await.starts_with("HTTP/1.1 413"), "without 100 Continue before");
    }
    assert_eq!(rig.taken.load(Ordering::SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_on_regardless_still_reads_the_refusal() {
    let rig = Rig::new(config());
    let mut socket = rig.connect().await;
    let head = format!("POST /read HTTP/1.1\r\n{OWN}content-length: 5368709120\r\n\r\n");
    socket.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..30 {
        socket.write_all(&[b'x'; 64 * 1024]).await.unwrap();
        sleep(Duration::from_millis(5)).await;
    }
    assert!(rest(&mut socket).await.starts_with("HTTP/1.1 413"), "no reset before the answer");
    rig.is_well().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn chunks_without_end_stop_at_the_limit() {
    let rig = Rig::new(config());
    for (path, limit) in [("/read", 100_000), ("/upload", 1_000_000)] {
        rig.taken.store(0, Ordering::SeqCst);
        let mut socket = rig.connect().await;
        let head = format!("POST {path} HTTP/1.1\r\n{OWN}transfer-encoding: chunked\r\n\r\n");
        socket.write_all(head.as_bytes()).await.unwrap();
        let chunk = format!("4000\r\n{}\r\n", "x".repeat(0x4000));
        for _ in 0..100 {
            if socket.write_all(chunk.as_bytes()).await.is_err() {
                break;
            }
        }
        let answer = rest(&mut socket).await;
        assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("connection: close"), "{answer}");
        let taken = rig.taken.load(Ordering::SeqCst);
        assert!(taken > limit / 2 && taken <= limit, "{path}: {taken}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_in_drops_is_let_go_and_a_slow_honest_one_is_not() {
    let rig = Rig::new(config());
    let mut socket = rig.connect().await;
    let head = |length: usize| format!("POST /read HTTP/1.1\r\n{OWN}connection: close\r\ncontent-length: {length}\r\n\r\n");
    socket.write_all(head(50_000).as_bytes()).await.unwrap();
    let began = Instant::now();
    let (mut read, mut write) = socket.split();
    let drops = async {
        while write.write_all(b"x").await.is_ok() && began.elapsed() < Duration::from_secs(4) {
            sleep(Duration::from_millis(50)).await;
        }
    };
    let mut answer = String::new();
    tokio::select! {
        () = drops => {}
        _ = tokio::io::AsyncReadExt::read_to_string(&mut read, &mut answer) => {}
    }
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());

    // 20 kB/s is twice the least rate: it may take longer than the patience.
    let mut honest = rig.connect().await;
    honest.write_all(head(30_000).as_bytes()).await.unwrap();
    for _ in 0..15 {
        honest.write_all(&[b'x'; 2_000]).await.unwrap();
        sleep(Duration::from_millis(100)).await;
    }
    let answer = rest(&mut honest).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("read"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_nobody_reads_does_not_hurt_its_answer() {
    let rig = Rig::new(config());
    let mut socket = rig.connect().await;
    let head = format!("POST /unread HTTP/1.1\r\n{OWN}connection: close\r\ncontent-length: 1000000\r\n\r\n");
    socket.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..15 {
        if socket.write_all(&[b'x'; 64 * 1024]).await.is_err() {
            break;
        }
        sleep(Duration::from_millis(5)).await;
    }
    assert!(rest(&mut socket).await.ends_with("not read"));
}
