//! The real binary under load, asked to end and ended by force: what was acknowledged is there, and
//! nothing is there by halves.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use testkit::{Dialect, Place as Database};

use crate::started::api::{Company, register};
use crate::started::ended;
use crate::started::running::Running;

/// Clients that register tickets at once.
const CLIENTS: usize = 4;

/// What the clients were told: title by number.
#[derive(Default)]
struct Journal(Mutex<BTreeMap<i64, String>>);

impl Journal {
    fn len(&self) -> usize {
        self.0.lock().expect("no client panicked").len()
    }

    /// Registers tickets until the desk is gone; answers other than an acknowledgement and "busy" are
    /// mistakes.
    fn client(&self, address: &str, token: &str, name: &str, gone: &AtomicBool) {
        for number in 0.. {
            let title = format!("{name} {number}");
            match register(address, token, &title) {
                Some((201, made)) => {
                    let id = made["id"].as_i64().expect("a number");
                    self.0.lock().expect("no client panicked").insert(id, title);
                }
                Some((503, _)) => {}
                Some((status, body)) => panic!("{title}: {status} {body}"),
                None => return,
            }
            if gone.load(Ordering::Relaxed) {
                return;
            }
        }
    }

    /// Loads a desk until `enough` tickets are acknowledged, then ends it with `end`.
    fn load<T>(&self, running: Running, token: &str, round: usize, enough: usize, end: impl FnOnce(Running) -> T) -> T {
        let (address, gone, before) = (running.address().to_owned(), AtomicBool::new(false), self.len());
        std::thread::scope(|scope| {
            for client in 0..CLIENTS {
                let (address, gone) = (&address, &gone);
                scope.spawn(move || self.client(address, token, &format!("round {round} client {client}"), gone));
            }
            let begun = std::time::Instant::now();
            while self.len() < before + enough {
                assert!(begun.elapsed() < Duration::from_secs(60), "the desk acknowledges nothing");
                std::thread::sleep(Duration::from_millis(2));
            }
            let ended = end(running);
            gone.store(true, Ordering::Relaxed);
            ended
        })
    }
}

fn serve(company: &Company) -> Running {
    Running::start(company.spoc(&["serve", "--listen", "127.0.0.1:0"]))
}

/// Memory of the process that is not a file's, in MB.
fn anonymous_mb(running: &Running) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", running.id())).expect("it runs");
    let line = status.lines().find(|line| line.starts_with("RssAnon")).expect("the kernel tells");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).expect("a number") / 1024
}

/// The desk is sound, has every acknowledged ticket, and every ticket has its description and the
/// event of its registration.
fn whole(db: &db::Db, journal: &Journal) {
    let titles = db.read_wait("titles", |rd| rd.all_text::<(i64, String)>("SELECT id, title FROM ticket", &[])).expect("tickets");
    let titles: BTreeMap<i64, String> = titles.into_iter().collect();
    for (id, title) in journal.0.lock().expect("no client panicked").iter() {
        assert_eq!(titles.get(id), Some(title), "ticket {id} was acknowledged");
    }
    let halves = [
        "SELECT COUNT(*) FROM ticket t WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.object = 'ticket' AND e.object_id = t.id)",
        "SELECT COUNT(*) FROM event e WHERE e.object = 'ticket' AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = e.object_id)",
        "SELECT COUNT(*) FROM ticket t WHERE NOT EXISTS (SELECT 1 FROM placement p WHERE p.ticket_id = t.id)",
        "SELECT COUNT(*) FROM message m WHERE NOT EXISTS (SELECT 1 FROM placement p WHERE p.message_id = m.id) OR NOT EXISTS (SELECT 1 FROM message_body b WHERE b.message_id = m.id)",
    ];
    for text in halves {
        assert_eq!(db.read_wait("halves", move |rd| rd.all_text::<i64>(text, &[])).expect("a count"), [0], "{text}");
    }
}

fn killed(url: Option<String>, rounds: usize, options: impl Fn(&Company) -> db::Options) {
    let company = Company::new(url);
    let journal = Journal::default();
    let running = serve(&company);
    let token = company.token(running.address());
    drop(running);
    for round in 0..rounds {
        // At another place of the work each time.
        journal.load(serve(&company), &token, round, 5 + round * 3, Running::kill);
    }
    assert!(journal.len() >= rounds * 5);
    let (code, said, stderr) = ended(company.spoc(&["doctor", "--full"]));
    assert!(code == 0 || !said.contains("damaged"), "{said}{stderr}");
    // It starts again after the look of the doctor, too.
    assert_eq!(serve(&company).terminate().code(), Some(0));
    whole(&db::Db::open(options(&company)).expect("the database opens"), &journal);
}

#[test]
fn twenty_ends_by_force_lose_nothing_on_sqlite() {
    killed(None, 20, |company| db::Options::sqlite(company.place.path().join("spoc-data/spoc.db")));
}

#[test]
fn four_ends_by_force_lose_nothing_on_postgres() {
    let database = Database::empty(Dialect::Postgres);
    let db::Location::Postgres(url) = database.options().location else { panic!("not PostgreSQL") };
    killed(Some(url), 4, |_| database.options());
}

#[test]
fn a_desk_under_load_finishes_what_it_has_begun_when_asked_to_end() {
    let company = Company::new(None);
    let journal = Journal::default();
    let running = serve(&company);
    let token = company.token(running.address());
    let begun = std::time::Instant::now();
    let status = journal.load(running, &token, 0, 200, |running| {
        assert!(anonymous_mb(&running) < 512, "T4-26: {} MB", anonymous_mb(&running));
        running.terminate()
    });
    assert_eq!(status.code(), Some(0), "it ends in good order");
    assert!(begun.elapsed() < Duration::from_secs(60), "running requests are few and short");
    let path = company.place.path().join("spoc-data/spoc.db");
    assert!(!path.with_extension("db-wal").exists(), "the log was taken in");
    whole(&db::Db::open(db::Options::sqlite(path)).expect("the database opens"), &journal);
}
