//! Closed loops of clients.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::http::Http;
use crate::server::{Cpu, Server};
use crate::words::{self, Words};

/// A request: method, address, body.
type Request = (&'static str, String, String);

/// What is asked.
pub struct Operation {
    pub name: &'static str,
    ask: fn(&Asked<'_>) -> Request,
    /// The same of the plain program, with the size of the product's answer.
    plain: Option<fn(&Asked<'_>, usize) -> Request>,
}

/// The n-th request of a run.
struct Asked<'a> {
    n: u64,
    tickets: i64,
    words: &'a Words,
}

impl Asked<'_> {
    fn ticket(&self) -> i64 {
        self.n.wrapping_mul(7_919).cast_signed().rem_euclid(self.tickets) + 1
    }
    fn host(&self) -> String {
        words::host(self.ticket())
    }
}

fn get(path: impl Into<String>) -> Request {
    ("GET", path.into(), String::new())
}

fn quoted(words: &str) -> String {
    words.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Twenty lists as people keep them in the column of views.
const VIEWS: [&str; 20] = [
    "is:open+is:mine",
    "is:open+is:ours",
    "is:open+is:unassigned",
    "is:open",
    "is:open+priority:urgent",
    "is:open+priority:high",
    "is:open+kind:incident",
    "is:open+kind:request",
    "is:open+state:open",
    "is:open+team:1",
    "is:open+team:2",
    "is:open+team:3",
    "is:open+service:1",
    "is:open+service:2",
    "is:open+impact:extensive",
    "is:open+urgency:critical",
    "is:open+line:1",
    "is:open+line:2",
    "is:open+is:ours+priority:urgent",
    "is:open+is:unassigned+priority:urgent",
];

pub const OPERATIONS: [Operation; 14] = [
    Operation {
        name: "list: open, 50 rows",
        ask: |_| get("/api/v1/tickets?q=is:open+sort:customer"),
        plain: Some(|_, bytes| get(format!("/open?bytes={bytes}"))),
    },
    Operation {
        name: "list: history, 50 rows",
        ask: |_| get("/api/v1/tickets?q=sort:-updated"),
        plain: Some(|_, bytes| get(format!("/history?bytes={bytes}"))),
    },
    Operation { name: "list: open of my teams", ask: |_| get("/api/v1/tickets?q=is:open+is:ours+sort:customer"), plain: None },
    Operation {
        name: "ticket",
        ask: |a| get(format!("/api/v1/tickets/{}", a.ticket())),
        plain: Some(|a, bytes| get(format!("/ticket/{}?bytes={bytes}", a.ticket()))),
    },
    Operation {
        name: "timeline",
        ask: |a| get(format!("/api/v1/tickets/{}/timeline", a.ticket())),
        plain: Some(|a, bytes| get(format!("/timeline/{}?bytes={bytes}", a.ticket()))),
    },
    Operation {
        name: "search: a rare word",
        ask: |a| get(format!("/api/v1/search?q={}", quoted(&a.host()))),
        plain: Some(|a, bytes| get(format!("/search?bytes={bytes}&q={}", quoted(&a.host())))),
    },
    Operation {
        name: "search: a common word",
        ask: |a| get(format!("/api/v1/search?q={}", quoted(a.words.common(a.n)))),
        plain: Some(|a, bytes| get(format!("/search?bytes={bytes}&q={}", quoted(a.words.common(a.n))))),
    },
    Operation {
        name: "search: two common words",
        ask: |a| get(format!("/api/v1/search?q={}+{}", quoted(a.words.common(a.n)), quoted(a.words.common(a.n + 3)))),
        plain: Some(|a, bytes| get(format!("/search?bytes={bytes}&q={}+{}", quoted(a.words.common(a.n)), quoted(a.words.common(a.n + 3))))),
    },
    Operation { name: "similar tickets", ask: |a| get(format!("/api/v1/tickets/{}/similar", a.ticket())), plain: None },
    Operation {
        name: "count of a view (of 20)",
        ask: |a| get(format!("/api/v1/tickets/count?q={}", VIEWS[(a.n % 20) as usize])),
        plain: Some(|a, bytes| get(format!("/count?bytes={bytes}&q={}", a.n % 20))),
    },
    Operation { name: "create", ask: create, plain: Some(|_, _| ("POST", "/create".into(), "{}".into())) },
    Operation {
        name: "reply",
        ask: |a| {
            ("POST", format!("/api/v1/tickets/{}/messages", a.ticket()), r#"{"kind":"reply","body":"Could you restart it once?"}"#.into())
        },
        plain: None,
    },
    Operation {
        name: "property change",
        ask: |a| ("PATCH", format!("/api/v1/tickets/{}", a.ticket()), format!(r#"{{"title":"Printer {} again"}}"#, a.n)),
        plain: Some(|a, _| ("PATCH", format!("/title/{}", a.ticket()), "{}".into())),
    },
    Operation { name: "page: ticket list", ask: |_| get("/desk/tickets?q=is:open"), plain: None },
];

fn create(a: &Asked<'_>) -> Request {
    let body = format!(
        r#"{{"kind":"incident","title":"Printer {}","description":"It prints blank pages since this morning","requester":{},"service":3}}"#,
        a.n,
        a.n % 1000 + 1
    );
    ("POST", "/api/v1/tickets".into(), body)
}

/// Who asks what of which server.
pub struct Run<'a> {
    pub server: &'a Server,
    pub tokens: &'a [String],
    pub words: &'a Arc<Words>,
    pub tickets: i64,
    /// Of the plain program: bytes of the product's answer.
    pub bytes: Option<usize>,
}

/// What came of it.
pub struct Figures {
    micros: Vec<u64>,
    seconds: f64,
    cpu: Cpu,
    /// Seconds of CPU until everything that follows the log had caught up.
    after: f64,
    /// Answers that said that the server is busy.
    busy: u64,
}

impl Figures {
    pub fn row(&self) -> String {
        let n = self.micros.len();
        let at = |share: f64| self.micros[((n - 1) as f64 * share) as usize] as f64 / 1000.0;
        let each = |seconds: f64| seconds * 1000.0 / n as f64;
        let busy = if self.busy > 0 { format!(" ({} busy)", self.busy) } else { String::new() };
        format!(
            "{:.0}{busy} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2}",
            n as f64 / self.seconds,
            at(0.5),
            at(0.95),
            at(0.99),
            each(self.cpu.asked),
            each(self.cpu.behind + self.after)
        )
    }
}

impl Run<'_> {
    /// One operation with so many clients; none when the plain program has nothing like it.
    pub fn measure(&self, operation: &Operation, clients: usize, long: Duration) -> Option<Figures> {
        if self.bytes.is_some() && operation.plain.is_none() {
            return None;
        }
        self.closed_loop(operation, clients, Instant::now() + Duration::from_millis(400));
        BUSY.store(0, Ordering::Relaxed);
        self.server.settle();
        let before = self.server.cpu();
        let begun = Instant::now();
        let mut micros = self.closed_loop(operation, clients, begun + long);
        let (seconds, now) = (begun.elapsed().as_secs_f64(), self.server.cpu());
        let cpu = Cpu { asked: now.asked - before.asked, behind: now.behind - before.behind };
        let after = self.server.settle();
        micros.sort_unstable();
        Some(Figures { micros, seconds, cpu, after, busy: BUSY.swap(0, Ordering::Relaxed) })
    }

    /// Bytes of one answer of the product.
    pub fn size(&self, operation: &Operation) -> usize {
        let (method, path, body) = (operation.ask)(&Asked { n: 0, tickets: self.tickets, words: self.words });
        let mut http = Http::connect(&self.server.address);
        http.ask(&self.server.address, &self.tokens[0], method, &path, &body);
        http.body()
    }

    fn closed_loop(&self, operation: &Operation, clients: usize, until: Instant) -> Vec<u64> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        std::thread::scope(|scope| {
            let client = || {
                let mut http = Http::connect(&self.server.address);
                let mut micros = Vec::new();
                while Instant::now() < until {
                    let n = NEXT.fetch_add(1, Ordering::Relaxed);
                    let asked = Asked { n, tickets: self.tickets, words: self.words };
                    let (method, path, body) = match (self.bytes, operation.plain) {
                        (Some(bytes), Some(plain)) => plain(&asked, bytes),
                        _ => (operation.ask)(&asked),
                    };
                    let token = &self.tokens[usize::try_from(n).unwrap() % self.tokens.len()];
                    let begun = Instant::now();
                    let status = http.ask(&self.server.address, token, method, &path, &body);
                    micros.push(u64::try_from(begun.elapsed().as_micros()).unwrap());
                    assert!(status == 503 || (200..300).contains(&status), "{}: {status} for {path}", operation.name);
                    BUSY.fetch_add(u64::from(status == 503), Ordering::Relaxed);
                }
                micros
            };
            let threads: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
            threads.into_iter().flat_map(|t| t.join().unwrap()).collect()
        })
    }

    /// Tickets created per second by so many clients.
    pub fn creates(&self, clients: usize) -> f64 {
        let create = OPERATIONS.iter().find(|o| o.name == "create").unwrap();
        let figures = self.measure(create, clients, LONG).unwrap();
        figures.micros.len() as f64 / figures.seconds
    }
}

/// Answers of the present run that said that the server is busy.
static BUSY: AtomicU64 = AtomicU64::new(0);

pub const LONG: Duration = Duration::from_secs(3);
