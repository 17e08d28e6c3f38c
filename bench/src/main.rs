//! `make bench`: figures of a real server over HTTP on loopback, on SQLite on this machine's disk,
//! beside a plain program over the same rows in the same run.
//!
//! It fills a database with generated tickets, makes the search index, starts the built `spoc serve`
//! and asks it with closed loops of 1, 8 and 64 clients; then the plain program answers the same. At
//! the end 64 clients create tickets, beside the same rows written in single commits and by a bare
//! writer with group commit. CPU is the server's own, from `/proc/<pid>/task`: of the threads that
//! answer and commit, and apart from it what the search index, the audit chain and the other followers
//! of the log did for these requests, also afterwards. Run as:
//! `bench <path of spoc> <folder> <tickets>...`, or `bench fill <path of spoc> <folder> <tickets>` for
//! the data alone, or `bench again <path of spoc> <folder> <tickets> [operation...]` on a folder that
//! was filled before: only operations that begin with these words.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on must stop, and it prints its table")]

mod commits;
mod company;
mod generate;
mod http;
mod load;
mod reference;
mod server;
mod words;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use load::{Figures, LONG, OPERATIONS, Run};
use server::Server;
use words::Words;

const CLIENTS: [usize; 3] = [1, 8, 64];

fn main() {
    let mut args = std::env::args().skip(1);
    match args.next().expect_arg("the path of the spoc binary").as_str() {
        "plain" => reference::serve(Path::new(&args.next().expect_arg("a filled folder"))),
        "fill" => {
            let bench = Bench::of(&mut args);
            bench.fill();
        }
        "again" => Bench::of(&mut args).measure(&args.collect::<Vec<_>>()),
        binary => {
            let folder = args.next().expect_arg("a folder on the disk to measure");
            for tickets in args {
                let folder = Path::new(&folder).join(&tickets);
                let _ = std::fs::remove_dir_all(&folder);
                let bench = Bench { binary: binary.into(), folder, tickets: tickets.parse().unwrap() };
                println!("\n## {tickets} tickets\n");
                bench.fill();
                bench.measure(&[]);
                let _ = std::fs::remove_dir_all(&bench.folder);
            }
        }
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

struct Bench {
    binary: PathBuf,
    folder: PathBuf,
    tickets: i64,
}

fn megabytes(path: &Path) -> f64 {
    let Ok(found) = std::fs::metadata(path) else { return 0.0 };
    if found.is_file() {
        return found.len() as f64 / 1e6;
    }
    std::fs::read_dir(path).unwrap().map(|entry| megabytes(&entry.unwrap().path())).sum()
}

impl Bench {
    fn of(args: &mut dyn Iterator<Item = String>) -> Self {
        let binary = args.next().expect_arg("the path of the spoc binary").into();
        let folder = args.next().expect_arg("a folder").into();
        Self { binary, folder, tickets: args.next().expect_arg("how many tickets").parse().unwrap() }
    }

    /// Tickets and index; the tokens of the operators are in `tokens`.
    fn fill(&self) {
        std::fs::create_dir_all(&self.folder).unwrap();
        std::fs::write(self.folder.join("tokens"), company::make(&self.folder).join("\n")).unwrap();
        let begun = Instant::now();
        generate::tickets(&self.folder, self.tickets);
        let generated = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let status = Command::new(&self.binary).args(["reindex", "--data"]).arg(&self.folder).status().unwrap();
        assert!(status.success(), "spoc reindex failed");
        let indexed = begun.elapsed().as_secs_f64();
        let n = self.tickets as f64;
        let (data, index) = (megabytes(&self.folder.join("spoc.db")), megabytes(&self.folder.join("index")));
        println!("Generated in {generated:.0} s; indexed in {indexed:.0} s, {:.0} tickets/s.", n / indexed);
        println!("Disk per ticket: {:.2} kB of database, {:.2} kB of index.\n", data * 1e3 / n, index * 1e3 / n);
    }

    fn measure(&self, only: &[String]) {
        let wanted = |operation: &str| only.is_empty() || only.iter().any(|only| operation.starts_with(only.as_str()));
        let tokens: Vec<String> = std::fs::read_to_string(self.folder.join("tokens")).unwrap().lines().map(str::to_owned).collect();
        let words = Arc::new(Words::load());
        let server = Server::start(&self.binary, &self.folder);
        println!("Start to ready: {} ms. Anonymous memory when idle: {} MB.\n", server.ready.as_millis(), server.anonymous_mb());
        let run = Run { server: &server, tokens: &tokens, words: &words, tickets: self.tickets, bytes: None };
        println!(
            "| operation | clients | requests/s | p50 ms | p95 ms | p99 ms | CPU ms/request | and behind it |\n|---|---|---|---|---|---|---|---|"
        );
        let mut sizes = Vec::new();
        for operation in OPERATIONS.iter().filter(|operation| wanted(operation.name)) {
            sizes.push((operation, run.size(operation)));
            self.rows(operation, |clients| run.measure(operation, clients, LONG));
        }
        println!("\nAnonymous memory after that: {} MB.\n", server.anonymous_mb());
        let created = wanted("durable creates").then(|| run.creates(64));
        drop(server);
        self.beside(&tokens, &words, &sizes);
        if let Some(created) = created {
            durable(&self.folder, created);
        }
    }

    fn rows(&self, operation: &load::Operation, measure: impl Fn(usize) -> Option<Figures>) {
        for clients in CLIENTS {
            if let Some(figures) = measure(clients) {
                println!("| {} | {clients} | {} |", operation.name, figures.row());
            }
        }
    }

    /// The plain program on the same folder; its index is the product's.
    fn beside(&self, tokens: &[String], words: &Arc<Words>, sizes: &[(&load::Operation, usize)]) {
        let server = Server::plain(&self.folder);
        println!("The plain program on the same rows:\n");
        println!(
            "| operation | clients | requests/s | p50 ms | p95 ms | p99 ms | CPU ms/request | and behind it |\n|---|---|---|---|---|---|---|---|"
        );
        for (operation, bytes) in sizes {
            let run = Run { server: &server, tokens, words, tickets: self.tickets, bytes: Some(*bytes) };
            self.rows(operation, |clients| run.measure(operation, clients, LONG));
        }
        println!();
    }
}

fn durable(folder: &Path, created: f64) {
    let (single, group) = commits::rates(folder);
    println!("| durable creates | per second |\n|---|---|");
    println!("| through the API, 64 clients | {created:.0} |");
    println!("| the same rows, single commits, synchronous=FULL | {single:.0} |");
    println!("| the same rows, bare writer, 64 in a commit | {group:.0} |");
    println!("\nRatio to single commits {:.2} (budget 3), to the bare writer {:.2} (budget 0.5).", created / single, created / group);
}
