//! Too many connections, too large headers, and a panic among honest requests.

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};
use web_kit::server::{BindError, Config, Server, raise_open_files};

use crate::rig::{Rig, SECOND, config, limits, rest};

/// As many as T4-29 names.
const HOSTILE: u64 = 5_000;

#[tokio::test(flavor = "multi_thread")]
async fn one_address_holds_so_many_connections_and_no_more() {
    let rig = Rig::new(config());
    let mut held = Vec::new();
    for _ in 0..limits().connections_per_address {
        let mut socket = rig.connect().await;
        // Served once and kept alive: an idle connection holds its place.
        socket.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        socket.readable().await.unwrap();
        held.push(socket);
    }
    let began = Instant::now();
    assert_eq!(rig.say("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await, "", "one too many is closed at once");
    assert!(began.elapsed() < Duration::from_millis(300));
    held.pop();
    sleep(Duration::from_millis(100)).await;
    rig.is_well().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_hostile_connections_do_not_delay_an_honest_one() {
    let needed = 2 * HOSTILE + 500;
    let allowed = raise_open_files();
    assert!(allowed.is_none_or(|most| most >= needed), "this test needs {needed} open files: raise the hard limit (ulimit -Hn)");
    let mut config = config();
    config.limits.connections_per_address = 6_000;
    // So that they are all there at once.
    config.limits.first_byte = 20 * SECOND;
    config.limits.header = 20 * SECOND;
    let rig = Rig::new(config);
    let mut hostile: Vec<TcpStream> = Vec::new();
    for kind in 0..HOSTILE {
        let mut socket = rig.connect().await;
        let start: &[u8] = match kind % 3 {
            0 => b"",
            1 => b"GET / HTTP/1.1\r\nx-",
            _ => b"POST /read HTTP/1.1\r\nhost: x\r\norigin: http://desk.example\r\ncontent-length: 9000\r\n\r\nx",
        };
        socket.write_all(start).await.unwrap();
        hostile.push(socket);
    }
    for _ in 0..100 {
        rig.is_well().await;
    }
    drop(hostile);
    rig.is_well().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_all_places_are_taken_the_next_waits_for_one() {
    let mut config = config();
    config.limits.connections = 2;
    let rig = Rig::new(config);
    let _silent = (rig.connect().await, rig.connect().await);
    let began = Instant::now();
    rig.is_well().await;
    assert!(began.elapsed() > Duration::from_millis(200), "it waited until a silent one was let go");
}

#[tokio::test(flavor = "multi_thread")]
async fn large_headers_are_refused() {
    let rig = Rig::new(config());
    let long = format!("GET / HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n", "x".repeat(200_000));
    let mut socket = rig.connect().await;
    // The server may close before all is sent.
    socket.write_all(long.as_bytes()).await.ok();
    let answer = rest(&mut socket).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    let many = format!("GET / HTTP/1.1\r\nhost: x\r\n{}\r\n", "x-a: 1\r\n".repeat(101));
    assert!(rig.say(&many).await.starts_with("HTTP/1.1 431"));
    rig.is_well().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_the_trouble_of_one_request() {
    let rig = Rig::new(config());
    for _ in 0..3 {
        let answer = rig.say("GET /panic HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
        assert!(!answer.contains("on purpose"), "the cause is for the log");
        rig.is_well().await;
    }
}

#[tokio::test]
async fn addresses_that_cannot_be_had_are_said_in_one_line() {
    let open = Config::plain("0.0.0.0:0".parse().unwrap());
    let said = Server::bind(open).unwrap_err().to_string();
    assert!(said.contains("--self-signed or --behind-proxy"), "{said}");
    let mut proxied = Config::plain("0.0.0.0:0".parse().unwrap());
    proxied.behind_proxy = true;
    let first = Server::bind(proxied).unwrap();
    let again = Config::plain(([127, 0, 0, 1], first.addresses()[0].port()).into());
    assert!(matches!(Server::bind(again), Err(BindError::Busy(_))));
    let elsewhere = Config { behind_proxy: true, ..Config::plain("192.0.2.1:0".parse().unwrap()) };
    assert!(matches!(Server::bind(elsewhere), Err(BindError::NotHere(_))));
}
