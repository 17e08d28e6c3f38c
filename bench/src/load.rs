//! Closed loops of clients.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::http::Http;
use crate::server::Server;

/// What is asked, by name.
pub const OPERATIONS: [&str; 9] = [
    "list: open, 50 rows",
    "list: history, 50 rows",
    "list: open of my teams",
    "ticket",
    "timeline",
    "create",
    "reply",
    "property change",
    "page: ticket list",
];

const LONG: Duration = Duration::from_secs(4);

fn request(operation: &str, n: u64, tickets: i64) -> (&'static str, String, String) {
    let id = n.wrapping_mul(7_919) % tickets.unsigned_abs() + 1;
    match operation {
        "list: open, 50 rows" => ("GET", "/api/v1/tickets?q=is:open+sort:customer".into(), String::new()),
        "list: history, 50 rows" => ("GET", "/api/v1/tickets?q=sort:-updated".into(), String::new()),
        "list: open of my teams" => ("GET", "/api/v1/tickets?q=is:open+is:ours+sort:customer".into(), String::new()),
        "ticket" => ("GET", format!("/api/v1/tickets/{id}"), String::new()),
        "timeline" => ("GET", format!("/api/v1/tickets/{id}/timeline"), String::new()),
        "create" => (
            "POST",
            "/api/v1/tickets".into(),
            format!(
                r#"{{"kind":"incident","title":"Printer {n}","description":"It prints blank pages since this morning","requester":{},"service":3}}"#,
                n % 1000 + 1
            ),
        ),
        "reply" => ("POST", format!("/api/v1/tickets/{id}/messages"), r#"{"kind":"reply","body":"Could you restart it once?"}"#.into()),
        "property change" => ("PATCH", format!("/api/v1/tickets/{id}"), format!(r#"{{"title":"Printer {n} again"}}"#)),
        _ => ("GET", "/desk/tickets?q=is:open".into(), String::new()),
    }
}

/// Runs one operation with so many clients and prints its row.
pub fn measure(server: &Server, tokens: &[String], operation: &'static str, clients: usize, tickets: i64) {
    let warm = Instant::now() + Duration::from_millis(300);
    closed_loop(server, tokens, operation, clients, tickets, warm);
    let cpu = server.cpu();
    let begun = Instant::now();
    let mut micros = closed_loop(server, tokens, operation, clients, tickets, begun + LONG);
    let (took, cpu) = (begun.elapsed().as_secs_f64(), server.cpu() - cpu);
    micros.sort_unstable();
    let n = micros.len();
    let at = |share: f64| micros[((n - 1) as f64 * share) as usize] as f64 / 1000.0;
    println!(
        "| {operation} | {clients} | {:.0} | {:.2} | {:.2} | {:.1} | {:.2} |",
        n as f64 / took,
        at(0.5),
        at(0.95),
        at(1.0),
        cpu * 1000.0 / n as f64
    );
}

/// Tickets created per second by so many clients.
pub fn creates(server: &Server, tokens: &[String], clients: usize) -> f64 {
    closed_loop(server, tokens, "create", clients, 1, Instant::now() + Duration::from_millis(500));
    let begun = Instant::now();
    let done = closed_loop(server, tokens, "create", clients, 1, begun + LONG).len();
    done as f64 / begun.elapsed().as_secs_f64()
}

static NEXT: AtomicU64 = AtomicU64::new(1);

fn closed_loop(server: &Server, tokens: &[String], operation: &'static str, clients: usize, tickets: i64, until: Instant) -> Vec<u64> {
    let tokens = Arc::new(tokens.to_vec());
    let threads: Vec<_> = (0..clients)
        .map(|_| {
            let (address, tokens) = (server.address.clone(), Arc::clone(&tokens));
            std::thread::spawn(move || {
                let mut http = Http::connect(&address);
                let mut micros = Vec::new();
                while Instant::now() < until {
                    let n = NEXT.fetch_add(1, Ordering::Relaxed);
                    let (method, path, body) = request(operation, n, tickets);
                    let token = &tokens[usize::try_from(n).unwrap() % tokens.len()];
                    let begun = Instant::now();
                    let status = http.ask(&address, token, method, &path, &body);
                    micros.push(u64::try_from(begun.elapsed().as_micros()).unwrap());
                    assert!((200..300).contains(&status), "{operation}: {status}");
                }
                micros
            })
        })
        .collect();
    threads.into_iter().flat_map(|t| t.join().unwrap()).collect()
}
