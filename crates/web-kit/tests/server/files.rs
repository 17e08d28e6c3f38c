//! A process without file handles left: it waits, says so, and comes back.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::rig::{Rig, config};

const CHILD: &str = "SPOC_TEST_FEW_FILES";

/// The server, in a process with few file handles that the test below starts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_with_few_files() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let mut config = config();
    config.limits.connections_per_address = 1_000;
    config.limits.first_byte = Duration::from_secs(60);
    let rig = Rig::new(config);
    println!("listening {}", rig.at);
    // Lives until the parent closes the pipe.
    let wait = tokio::task::spawn_blocking(|| std::io::stdin().read(&mut [0]));
    wait.await.unwrap().unwrap();
}

fn start() -> (Child, SocketAddr) {
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -n 64 && exec \"$0\" --exact files::child_with_few_files --nocapture"])
        .arg(std::env::current_exe().unwrap())
        .env(CHILD, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let address = lines.filter_map(|line| line.split_once("listening ").map(|(_, at)| at.to_owned())).next().unwrap();
    (child, address.parse().unwrap())
}

/// Processor time of a process in ticks of 10 ms, from the system's own account.
fn ticks(child: &Child) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum()
}

fn asks(at: SocketAddr) -> String {
    let mut socket = TcpStream::connect(at).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    socket.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).ok();
    answer
}

#[test]
fn without_file_handles_the_server_waits_and_comes_back() {
    let (mut child, at) = start();
    assert!(asks(at).ends_with("hello"));
    let held: Vec<TcpStream> = (0..100).map(|_| TcpStream::connect(at).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(asks(at), "", "no handle is left for this one");
    let (before, began) = (ticks(&child), Instant::now());
    std::thread::sleep(Duration::from_millis(500));
    let spun = ticks(&child) - before;
    assert!(spun <= 10, "{spun} ticks of 10 ms in {:?}: it should wait", began.elapsed());
    drop(held);
    std::thread::sleep(Duration::from_millis(1_200));
    assert!(asks(at).ends_with("hello"), "it came back");
    drop(child.stdin.take());
    child.wait().unwrap();
}
