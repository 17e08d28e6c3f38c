//! `make bench`: figures of a real server over HTTP on loopback, on SQLite on this machine's disk.
//!
//! It fills a database with generated tickets, starts the built `spoc serve` on it and asks it with
//! closed loops of 1 and 8 clients; then 64 clients create tickets, beside the same rows written in
//! single commits and by a bare writer with group commit. CPU is the server's own, from
//! `/proc/<pid>/stat`. Run as: `bench <path of spoc> <folder> <tickets>...`, or
//! `bench fill <folder> <tickets>` for the data alone, or `bench again <path of spoc> <folder> <tickets>
//! [operation...]` on a folder that was filled before: only operations that begin with these words.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on must stop, and it prints its table")]

mod commits;
mod company;
mod generate;
mod http;
mod load;
mod server;

use std::path::Path;

fn main() {
    let mut args = std::env::args().skip(1);
    let binary = args.next().expect_arg("the path of the spoc binary");
    if binary == "fill" {
        return fill(Path::new(&args.next().expect_arg("a folder")), args.next().expect_arg("how many tickets").parse().unwrap());
    }
    if binary == "again" {
        let binary = args.next().expect_arg("the path of the spoc binary");
        let folder = args.next().expect_arg("a filled folder");
        let tickets = args.next().expect_arg("how many tickets").parse().unwrap();
        return again(Path::new(&binary), Path::new(&folder), tickets, &args.collect::<Vec<_>>());
    }
    let folder = args.next().expect_arg("a folder on the disk to measure");
    for tickets in args {
        run(Path::new(&binary), &Path::new(&folder).join(&tickets), tickets.parse().unwrap());
    }
}

trait ExpectArg {
    fn expect_arg(self, what: &str) -> String;
}
impl ExpectArg for Option<String> {
    fn expect_arg(self, what: &str) -> String {
        self.unwrap_or_else(|| {
            println!("bench <spoc> <folder> <tickets>...: {what} is missing");
            std::process::exit(2);
        })
    }
}

/// Leaves a filled desk for a look at it with other tools; the tokens of its people are in `tokens`.
fn fill(folder: &Path, tickets: i64) {
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("tokens"), company::make(folder).join("\n")).unwrap();
    generate::tickets(folder, tickets);
}

fn run(binary: &Path, folder: &Path, tickets: i64) {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).unwrap();
    let tokens = company::make(folder);
    let begun = std::time::Instant::now();
    generate::tickets(folder, tickets);
    println!("\n## {tickets} tickets (generated in {:.0} s)\n", begun.elapsed().as_secs_f64());
    measure(binary, folder, &tokens, tickets, &[]);
    let _ = std::fs::remove_dir_all(folder);
}

fn again(binary: &Path, folder: &Path, tickets: i64, only: &[String]) {
    let tokens: Vec<String> = std::fs::read_to_string(folder.join("tokens")).unwrap().lines().map(str::to_owned).collect();
    measure(binary, folder, &tokens, tickets, only);
}

fn measure(binary: &Path, folder: &Path, tokens: &[String], tickets: i64, only: &[String]) {
    let wanted = |operation: &str| only.is_empty() || only.iter().any(|only| operation.starts_with(only.as_str()));
    let server = server::Server::start(binary, folder);
    println!("Start to ready: {} ms. Anonymous memory when idle: {} MB.\n", server.ready.as_millis(), server.anonymous_mb());
    println!("| operation | clients | requests/s | p50 ms | p95 ms | max ms | server CPU ms/request |");
    println!("|---|---|---|---|---|---|---|");
    for operation in load::OPERATIONS.into_iter().filter(|operation| wanted(operation)) {
        for clients in [1, 8] {
            load::measure(&server, tokens, operation, clients, tickets);
        }
    }
    println!("\nAnonymous memory after that: {} MB.\n", server.anonymous_mb());
    if wanted("durable creates") {
        durable(server, folder, tokens);
    }
}

fn durable(server: server::Server, folder: &Path, tokens: &[String]) {
    let created = load::creates(&server, tokens, 64);
    drop(server);
    let (single, group) = commits::rates(folder);
    println!("| durable creates | per second |\n|---|---|");
    println!("| through the API, 64 clients | {created:.0} |");
    println!("| the same rows, single commits, synchronous=FULL | {single:.0} |");
    println!("| the same rows, bare writer, 64 in a commit | {group:.0} |");
    println!("\nRatio to single commits {:.2} (budget 3), to the bare writer {:.2} (budget 0.5).", created / single, created / group);
}
