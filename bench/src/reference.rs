//! What the same rows cost without a product: axum over the same database, the same queries written by
//! hand, answers of the same size. No rights, no versions, no events for others, no batches.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path as Of, Query, State};
use axum::routing::{get, patch, post};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use rusqlite::{Connection, params};
use search::index::{Live, folder};
use serde::Deserialize;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Score, Term};

use crate::commits;

/// Rows of a page, as the product's pages have them.
const ROWS: i64 = 50;
const HITS: usize = 20;

struct Plain {
    database: PathBuf,
    writer: Mutex<(Connection, (i64, i64))>,
    index: Arc<Live>,
}
type Desk = State<Arc<Plain>>;

thread_local! {
    static READER: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

#[derive(Deserialize)]
struct Ask {
    /// Bytes of the product's answer to the same question.
    bytes: usize,
    #[serde(default)]
    q: String,
}

/// Serves until it is stopped; prints where.
pub fn serve(data: &Path) {
    let writer = Connection::open(data.join("spoc.db")).unwrap();
    writer
        .execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000;")
        .unwrap();
    let next = commits::next(&writer);
    let (index, _) = folder::open(&data.join("index"), true).unwrap();
    let plain = Arc::new(Plain { database: data.join("spoc.db"), writer: Mutex::new((writer, next)), index });
    let router = Router::new()
        .route("/open", get(async |State(d): Desk, Query(a): Query<Ask>| list(&d, &a, OPEN)))
        .route("/history", get(async |State(d): Desk, Query(a): Query<Ask>| list(&d, &a, HISTORY)))
        .route("/ticket/{id}", get(async |State(d): Desk, Of(id): Of<i64>, Query(a): Query<Ask>| ticket(&d, id, &a)))
        .route("/timeline/{id}", get(async |State(d): Desk, Of(id): Of<i64>, Query(a): Query<Ask>| timeline(&d, id, &a)))
        .route("/count", get(async |State(d): Desk, Query(a): Query<Ask>| count(&d, &a)))
        .route("/search", get(async |State(d): Desk, Query(a): Query<Ask>| search(&d, &a)))
        .route("/create", post(async |State(d): Desk| create(&d)))
        .route("/title/{id}", patch(async |State(d): Desk, Of(id): Of<i64>| title(&d, id)))
        .with_state(plain);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("http://{}", listener.local_addr().unwrap());
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            let service = TowerToHyperService::new(router.clone());
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
}

/// The columns of a row in a list.
const COLUMNS: &str = "SELECT id, kind, title, state, category, priority, requester_id, assignee_id, team_id, service_id, created_at, updated_at, \
                       last_customer_at, version FROM ticket";
/// The plus keeps the planner from the index of the tenants, which orders nothing.
const OPEN: &str = "WHERE +tenant_id = 1 AND open = 1 ORDER BY last_customer_at, id LIMIT ?1";
const HISTORY: &str = "WHERE +tenant_id = 1 ORDER BY updated_at DESC, id DESC LIMIT ?1";

/// Runs a query on this thread's connection; every row becomes a line of text.
fn lines(plain: &Plain, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Vec<String> {
    READER.with_borrow_mut(|reader| {
        let conn = reader.get_or_insert_with(|| {
            let conn = Connection::open(&plain.database).unwrap();
            conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -16000; PRAGMA mmap_size = 1073741824;").unwrap();
            conn
        });
        let mut statement = conn.prepare_cached(sql).unwrap();
        let width = statement.column_count();
        let read = |row: &rusqlite::Row<'_>| {
            let cells = (0..width).map(|n| {
                row.get_ref(n).map(|cell| match cell {
                    rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    _ => String::new(),
                })
            });
            cells.collect::<rusqlite::Result<Vec<_>>>().map(|cells| cells.join("\",\""))
        };
        statement.query_map(values, read).unwrap().map(Result::unwrap).collect()
    })
}

fn answer(lines: &[String], bytes: usize) -> String {
    let mut out = String::with_capacity(bytes);
    for line in lines {
        out.push_str(line);
        out.push('\n');
    }
    while out.len() < bytes {
        out.push(' ');
    }
    out
}

fn list(plain: &Plain, ask: &Ask, order: &str) -> String {
    let mut rows = lines(plain, &format!("{COLUMNS} {order}"), &[&ROWS]);
    let people: Vec<String> = rows.iter().filter_map(|row| row.split("\",\"").nth(6)).map(str::to_owned).collect();
    rows.extend(lines(plain, &format!("SELECT id, name FROM person WHERE id IN ({})", people.join(",")), &[]));
    answer(&rows, ask.bytes)
}

fn ticket(plain: &Plain, id: i64, ask: &Ask) -> String {
    let mut rows = lines(plain, "SELECT * FROM ticket WHERE id = ?1", &[&id]);
    rows.extend(lines(
        plain,
        "SELECT p.id, p.name FROM person p JOIN ticket t ON p.id IN (t.requester_id, t.assignee_id) WHERE t.id = ?1",
        &[&id],
    ));
    answer(&rows, ask.bytes)
}

fn timeline(plain: &Plain, id: i64, ask: &Ask) -> String {
    let mut rows = lines(
        plain,
        "SELECT seq, kind, occurred_at, actor_id, payload FROM event WHERE object = 'ticket' AND object_id = ?1 ORDER BY occurred_at, seq",
        &[&id],
    );
    rows.extend(lines(
        plain,
        "SELECT m.id, m.kind, m.public, m.author_id, b.body FROM placement p JOIN message m ON m.id = p.message_id \
         JOIN message_body b ON b.message_id = m.id WHERE p.ticket_id = ?1",
        &[&id],
    ));
    answer(&rows, ask.bytes)
}

fn count(plain: &Plain, ask: &Ask) -> String {
    let team: i64 = ask.q.parse().unwrap_or(1);
    answer(&lines(plain, "SELECT COUNT(*) FROM ticket WHERE tenant_id = 1 AND open = 1 AND team_id = ?1", &[&team]), ask.bytes)
}

/// The best twenty of any word in title or public text, read again from the database.
fn search(plain: &Plain, ask: &Ask) -> String {
    let fields = &plain.index.fields;
    let words = ask.q.split_whitespace().map(|word| {
        let either = [fields.title.words, fields.public.words].map(|field| {
            let term = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(term) as Box<dyn tantivy::query::Query>)
        });
        (Occur::Must, Box::new(BooleanQuery::new(either.into())) as Box<dyn tantivy::query::Query>)
    });
    let searcher = plain.index.searcher();
    let found: Vec<(Score, DocAddress)> =
        searcher.search(&BooleanQuery::new(words.collect()), &TopDocs::with_limit(HITS).order_by_score()).unwrap();
    let ids: Vec<String> = found
        .iter()
        .filter_map(|(_, at)| searcher.segment_reader(at.segment_ord).fast_fields().i64("id").ok()?.first(at.doc_id))
        .map(|id| id.to_string())
        .collect();
    let mut rows = lines(plain, &format!("{COLUMNS} WHERE id IN ({})", ids.join(",")), &[]);
    rows.extend(lines(
        plain,
        &format!(
            "SELECT b.body FROM placement p JOIN message_body b ON b.message_id = p.message_id WHERE p.ticket_id IN ({})",
            ids.join(",")
        ),
        &[],
    ));
    answer(&rows[..rows.len().min(HITS * 2)], ask.bytes)
}

fn create(plain: &Plain) -> String {
    let mut writer = plain.writer.lock().unwrap();
    let (conn, next) = &mut *writer;
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    next.0 += 1;
    commits::rows(&tx, next);
    tx.commit().unwrap();
    "created".to_owned()
}

fn title(plain: &Plain, id: i64) -> String {
    let mut writer = plain.writer.lock().unwrap();
    let (conn, next) = &mut *writer;
    next.1 += 1;
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    tx.prepare_cached("UPDATE ticket SET title = 'Printer again', title_key = 'printer again', version = version + 1 WHERE id = ?1")
        .unwrap()
        .execute(params![id])
        .unwrap();
    commits::event(&tx, next.1, id, "ticket.changed");
    tx.commit().unwrap();
    "changed".to_owned()
}
