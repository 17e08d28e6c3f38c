//! A process without file handles left: it waits, says so, and comes back.

use std::process::{Command, Stdio};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::rig::{Rig, config};

const CHILD: &str = "SPOC_TEST_FEW_FILES";

/// Runs only in the process that the test below starts, with few file handles.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_with_few_files() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let mut config = config();
    config.limits.connections_per_address = 1_000;
    let rig = Rig::new(config);
    let mut held = Vec::new();
    // Each end of a connection takes a handle here, so the accepting end runs out.
    while let Ok(socket) = TcpStream::connect(rig.at).await {
        held.push(socket);
    }
    let used = cpu_ticks();
    sleep(Duration::from_millis(300)).await;
    let spun = cpu_ticks() - used;
    // A tick is 10 ms; a loop without a pause would take all 30 of them.
    assert!(spun <= 12, "{spun} ticks while nothing could be accepted");
    let few = held.len();
    drop(held);
    sleep(Duration::from_millis(1_500)).await;
    rig.is_well().await;
    println!("came back after {few} connections");
}

/// Processor time of this process, from the system's own account.
fn cpu_ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum()
}

#[test]
fn without_file_handles_the_server_waits_and_comes_back() {
    let own = std::env::current_exe().unwrap();
    let child = Command::new("sh")
        .args(["-c", "ulimit -n 64 && exec \"$0\" --exact files::child_with_few_files --nocapture"])
        .arg(own)
        .env(CHILD, "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success() && said.contains("came back after"), "{said}\n{}", String::from_utf8_lossy(&child.stderr));
}
