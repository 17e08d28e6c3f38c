//! Stopping: what has begun is finished, within a time.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

use crate::rig::{Rig, SECOND, config};

#[tokio::test(flavor = "multi_thread")]
async fn open_requests_are_finished_and_new_ones_refused() {
    let rig = Rig::new(config());
    let mut idle = rig.connect().await;
    idle.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut first = vec![0; 4_096];
    assert!(idle.read(&mut first).await.unwrap() > 0);
    let mut open = rig.connect().await;
    open.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    sleep(Duration::from_millis(150)).await;
    rig.stop.cancel();
    sleep(Duration::from_millis(100)).await;
    assert!(TcpStream::connect(rig.at).await.is_err(), "the door is closed first");
    assert_eq!(timeout(SECOND, idle.read(&mut first)).await.unwrap().unwrap_or(0), 0, "idle ones close");
    let mut answer = String::new();
    timeout(2 * SECOND, open.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("slow"), "{answer}");
    timeout(SECOND, rig.served).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_without_end_is_cut_off_when_the_drain_is_over() {
    let rig = Rig::new(config());
    let mut stuck = rig.connect().await;
    stuck.write_all(b"GET /stuck HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    sleep(Duration::from_millis(100)).await;
    let began = Instant::now();
    rig.stop.cancel();
    timeout(3 * SECOND, rig.served).await.unwrap().unwrap();
    assert!(began.elapsed() >= Duration::from_millis(1_100), "it had its time");
}
