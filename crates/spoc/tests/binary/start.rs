//! What can keep a desk from starting: each with one line that says what to do and an exit code of its
//! own, and without touching what is there.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use crate::started::running::Running;
use crate::started::{Place, ended, one_line};

/// Every file of a folder with its content.
fn content(place: &Place, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(place.path().join(folder)).expect("the folder is there");
    let read = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().expect("a name");
        (name, std::fs::read(entry.path()).expect("a file"))
    };
    files.map(|entry| entry.expect("an entry")).filter(|entry| entry.path().is_file()).map(read).collect()
}

fn refused(place: &Place, args: &[&str], code: i32, said: &str) {
    let (ended_with, stdout, stderr) = ended(place.spoc(args));
    assert_eq!(ended_with, code, "{args:?}: {stderr}");
    assert!(one_line(&stderr).contains(said), "{args:?}: said {stderr:?}, not {said:?}");
    assert!(stdout.is_empty(), "{stdout}");
}

#[test]
fn a_second_process_on_the_same_folder_ends_with_3() {
    let place = Place::new();
    let running = Running::start(place.spoc(&["serve", "--listen", "127.0.0.1:0"]));
    let said = format!("process {} is working in spoc-data; stop it first", running.id());
    refused(&place, &["serve", "--listen", "127.0.0.1:0"], 3, &said);
    refused(&place, &["migrate"], 3, &said);
    drop(running);
    assert_eq!(ended(place.spoc(&["migrate"])).0, 0, "the lock goes with its process, even one that was killed");
}

#[test]
fn a_busy_port_ends_with_8_before_anything_is_made() {
    let place = Place::new();
    let busy = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = busy.local_addr().expect("an address").to_string();
    refused(&place, &["serve", "--listen", &address], 8, &format!("{address} is in use by another program"));
    assert!(!place.path().join("spoc-data/spoc.db").exists(), "a database was made");
    refused(
        &place,
        &["serve", "--listen", "198.51.100.7:80", "--behind-proxy", "--public-url", "https://a"],
        8,
        "is no address of this machine",
    );
}

#[test]
fn an_address_beyond_this_machine_ends_with_2_unless_it_is_encrypted() {
    let place = Place::new();
    refused(&place, &["serve", "--listen", "0.0.0.0:0"], 2, "--self-signed or --behind-proxy");
    let running = Running::start(place.spoc(&["serve", "--listen", "0.0.0.0:0", "--self-signed"]));
    assert!(running.said().contains("https://127.0.0.1:"), "{}", running.said());
    let made = || content(&place, "spoc-data").remove("self-signed.crt").expect("a certificate");
    let first = made();
    drop(running);
    drop(Running::start(place.spoc(&["serve", "--listen", "127.0.0.1:0", "--self-signed"])));
    assert_eq!(made(), first, "the certificate is kept");
}

#[test]
fn a_folder_that_cannot_be_used_ends_with_7() {
    let place = Place::new();
    place.write("file", "");
    refused(&place, &["migrate", "--data", "file/data"], 7, "the data folder file/data cannot be written");
    refused(&place, &["migrate", "--data", "/proc/desk"], 7, "cannot be written");
    refused(&place, &["migrate", "--data", "file"], 7, "the data folder file cannot be written");
}

/// The database as one file, without a log beside it.
fn one_file(place: &Place) -> Vec<u8> {
    let path = place.path().join("spoc-data/spoc.db");
    let conn = rusqlite::Connection::open(&path).expect("a database");
    conn.pragma_update(None, "journal_mode", "DELETE").expect("one file");
    drop(conn);
    std::fs::read(path).expect("a database")
}

#[test]
fn a_damaged_database_ends_with_5_and_stays_as_it_was() {
    let place = Place::new();
    assert_eq!(ended(place.spoc(&["migrate"])).0, 0);
    let whole = one_file(&place);
    let mut garbled = whole.clone();
    garbled[4096..12_288].fill(0xA5);
    let broken: [(&str, Vec<u8>); 4] = [
        ("cut short", whole[..whole.len() / 2 + 100].to_vec()),
        ("garbled", garbled),
        ("no database", b"This is a shopping list. ".repeat(400)),
        ("without its beginning", whole[100..].to_vec()),
    ];
    for (what, bytes) in broken {
        place.write("spoc-data/spoc.db", &bytes);
        let (code, _, stderr) = ended(place.spoc(&["serve", "--listen", "127.0.0.1:0"]));
        assert!(code == 5 && one_line(&stderr).contains("Restore the newest backup"), "{what}: {code} {stderr}");
        assert!(std::fs::read(place.path().join("spoc-data/spoc.db")).expect("a file") == bytes, "{what}: the file was changed");
    }
}

#[test]
fn a_database_of_a_newer_version_ends_with_4_and_stays_as_it_was() {
    let place = Place::new();
    assert_eq!(ended(place.spoc(&["migrate"])).0, 0);
    let path = place.path().join("spoc-data/spoc.db");
    let newer = rusqlite::Connection::open(&path).expect("a database");
    newer.execute("INSERT INTO schema_migration (id, checksum, applied_at) VALUES ('20991231_0100_later', 'x', 0)", []).expect("a row");
    drop(newer);
    let before = one_file(&place);
    refused(&place, &["serve", "--listen", "127.0.0.1:0"], 4, "written by a newer version (it holds 20991231_0100_later)");
    refused(&place, &["migrate"], 4, "install that version or restore a backup");
    assert!(rows(&before, &place) == rows(&std::fs::read(&path).expect("a file"), &place), "the database was changed");
}

/// Every row of every table of a database file.
fn rows(file: &[u8], place: &Place) -> Vec<String> {
    let conn = rusqlite::Connection::open(place.write("copy.db", file)).expect("a database");
    let tables = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
    let mut statement =
        conn.prepare("SELECT sql FROM sqlite_schema UNION ALL SELECT id || checksum || applied_at FROM schema_migration").expect("a query");
    let rows = statement.query_map([], tables).expect("rows");
    rows.map(|row| row.unwrap_or_default()).collect()
}

#[test]
fn a_database_of_another_program_ends_with_6() {
    let place = Place::new();
    std::fs::create_dir(place.path().join("spoc-data")).expect("a folder");
    let other = rusqlite::Connection::open(place.path().join("spoc-data/spoc.db")).expect("a database");
    other.execute_batch("CREATE TABLE recipe (name TEXT)").expect("a table");
    drop(other);
    refused(&place, &["migrate"], 6, "is a database of another program");
}

#[test]
fn a_server_that_is_not_there_ends_with_9_and_shows_no_password() {
    let place = Place::new();
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let url = format!("postgres://me:canary-Xq7@127.0.0.1:{free}/desk");
    let mut command = place.spoc(&["migrate"]);
    command.env("SPOC_DATABASE_URL", url);
    let (code, _, stderr) = ended(command);
    assert!(code == 9 && !stderr.contains("canary") && one_line(&stderr).contains("cannot be reached"), "{code} {stderr}");
}

/// The whole answer to a GET.
pub fn get(address: &str, path: &str) -> String {
    let mut stream = std::net::TcpStream::connect(address).expect("it listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("it takes a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    answer
}

#[test]
fn a_desk_answers_where_it_says_and_ends_well_on_sigterm() {
    let place = Place::new();
    let running = Running::start(place.spoc(&["serve", "--listen", "127.0.0.1:0"]));
    assert!(get(running.address(), "/healthz").starts_with("HTTP/1.1 200"));
    assert!(get(running.address(), "/readyz").starts_with("HTTP/1.1 200"));
    // The first count of the jobs may still be under way, and a write of the start in the queue.
    let begun = std::time::Instant::now();
    let mut numbers = String::new();
    while !["\nspoc_db_commits_total ", "\nspoc_db_queue 0", "\nspoc_jobs_dead 0"].iter().all(|line| numbers.contains(line)) {
        assert!(begun.elapsed() < std::time::Duration::from_secs(10), "{numbers}");
        std::thread::sleep(std::time::Duration::from_millis(20));
        numbers = get(running.address(), "/metrics");
    }
    assert_eq!(running.terminate().code(), Some(0));
    assert_eq!(ended(place.spoc(&["migrate"])), (0, "The database is up to date.\n".to_owned(), String::new()));
}
