//! Processes that end in the middle of an upload: what was acknowledged can be read, and what was
//! not leaves nothing for good.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use db::{Db, Options, sql};
use files::Files;
use kernel::{FileId, MockClock, Time};
use testkit::{Disk, Recording, Running, block_on, child, orders};

use crate::cabinet::{A, LEAVES, LIMIT, blobs, chunks, collect, content, open};

const EIO: i32 = 5;

fn database(folder: &Path) -> Db {
    let db = Db::open(Options::sqlite(folder.join("spoc.db"))).unwrap();
    db.migrate(&[db::MIGRATIONS, files::MIGRATIONS, LEAVES].concat(), Time(0)).unwrap();
    db
}

fn clock() -> MockClock {
    MockClock::at(kernel::Clock::now(&kernel::SystemClock))
}

/// Uploads files of several sizes and says which are stored.
#[test]
#[ignore = "the child process of the tests of crashes"]
fn the_child() {
    let Some(orders) = orders() else { return };
    let [folder, journal, from, count] = orders.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let (from, count): (u64, u64) = (from.parse().unwrap(), count.parse().unwrap());
    let db = database(Path::new(folder));
    let journal = OpenOptions::new().create(true).append(true).open(journal).unwrap();
    let files: Files = open(&Path::new(folder).join("files"), db, &clock());
    block_on(async {
        for seed in from..from.saturating_add(count) {
            let length = [100, 70_000, 6 << 20][usize::try_from(seed % 3).unwrap()];
            if let Ok(file) = files.put(A, chunks(&content(seed, length)), LIMIT).await {
                (&journal).write_all(format!("{} {seed} {length}\n", file.id).as_bytes()).unwrap();
            }
        }
    });
}

fn acknowledged(journal: &[u8]) -> BTreeMap<i64, (u64, usize)> {
    let text = String::from_utf8(journal.to_vec()).unwrap();
    let words = text.lines().map(|line| line.split(' ').collect::<Vec<_>>());
    words.map(|w| (w[0].parse().unwrap(), (w[1].parse().unwrap(), w[2].parse().unwrap()))).collect()
}

/// Everything acknowledged can be read, no row lacks its bytes, and a sweep leaves nothing else.
fn assert_whole(folder: &Path, journal: &[u8], what: &str) {
    let db = database(folder);
    let clock = clock();
    let files = open(&folder.join("files"), db.clone(), &clock);
    block_on(async {
        let rows: Vec<i64> = db.read("rows", |rd| rd.all(sql!(i64, "SELECT id FROM file"), &[])).await.unwrap();
        let told = acknowledged(journal);
        assert!(told.keys().all(|id| rows.contains(id)), "{what}: a row is lost");
        for id in &rows {
            let (_, stream) = files.get(FileId::new(*id)).await.unwrap_or_else(|e| panic!("{what}: file {id}: {e}"));
            let read = collect(stream).await.unwrap_or_else(|e| panic!("{what}: file {id}: {e}"));
            if let Some((seed, length)) = told.get(id) {
                assert!(read == content(*seed, *length), "{what}: file {id} is another one");
            }
        }
        clock.advance(25 * Time::HOUR);
        files.sweep().await.unwrap();
        assert_eq!(blobs(&folder.join("files")).len(), rows.len(), "{what}: bytes are left over");
    });
}

fn run(folder: &Path, journal: &Path, from: u64, count: u64) -> std::process::Command {
    child("crashes::the_child", &format!("{} {} {from} {count}", folder.display(), journal.display()))
}

#[test]
fn killed_in_the_middle_of_uploads() {
    let place = tempfile::tempdir().unwrap();
    let (folder, journal) = (place.path().join("data"), place.path().join("journal"));
    std::fs::create_dir(&folder).unwrap();
    let told = || std::fs::read(&journal).unwrap_or_default();
    for round in 0..20_u64 {
        let before = acknowledged(&told()).len();
        let mut process = Running::start(&mut run(&folder, &journal, round * 1000, u64::MAX));
        let begun = Instant::now();
        while acknowledged(&told()).len() < before + 3 {
            assert!(begun.elapsed() < Duration::from_secs(60), "round {round}: nothing is stored");
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros(round * 1313));
        process.kill();
    }
    assert_whole(&folder, &told(), "after twenty kills");
}

/// Every single call to the disk fails once.
#[test]
fn whichever_call_fails_no_row_lacks_its_bytes() {
    let (mut first, mut failed) = (1, 0);
    loop {
        let place = tempfile::tempdir_in("/dev/shm").unwrap();
        let (folder, journal) = (place.path().join("data"), place.path().join("journal"));
        std::fs::create_dir_all(folder.join("files")).unwrap();
        drop(database(&folder));
        let mut command = run(&folder, &journal, 0, 3);
        Disk::below(&folder.join("files")).failing("owtsdu", first, 1, EIO).install(&mut command);
        let status = Running::start(command.stderr(std::process::Stdio::null())).end_within(Duration::from_secs(60));
        assert!(status.success(), "call {first}: {status}");
        let told = std::fs::read(&journal).unwrap_or_default();
        assert_whole(&folder, &told, &format!("call {first}"));
        if acknowledged(&told).len() == 3 && first > 10 {
            break;
        }
        failed += usize::from(acknowledged(&told).len() < 3);
        first += 1;
        assert!(first < 500);
    }
    assert!(failed >= 8, "{failed} of {first} calls made an upload fail");
}

/// The power fails at sixty moments: bytes are on the disk before their row is.
#[test]
fn the_power_fails_in_the_middle_of_uploads() {
    let place = tempfile::tempdir_in("/dev/shm").unwrap();
    let (folder, log) = (place.path().join("data"), place.path().join("log"));
    let journal = folder.join("journal");
    std::fs::create_dir_all(folder.join("files")).unwrap();
    let mut command = run(&folder, &journal, 0, 12);
    Disk::below(&folder).recorded(&log).install(&mut command);
    assert!(Running::start(&mut command).end_within(Duration::from_secs(120)).success());
    let recording = Recording::read(&log);
    let mut seed = 11_u64;
    let mut dice = move |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % end
    };
    let migrated = recording.steps.iter().position(|step| step.file == journal).unwrap();
    let mut moments: Vec<usize> = (0..60).map(|_| migrated + dice(recording.steps.len() - migrated)).collect();
    moments.sort_unstable();
    let mut replay = recording.replay();
    for after in moments {
        replay.forward(after);
        let place = tempfile::tempdir_in("/dev/shm").unwrap();
        for name in replay.names().map(Path::to_owned).collect::<Vec<PathBuf>>() {
            let Ok(below) = name.strip_prefix(&folder) else { continue };
            let wanted = below.starts_with("files") || ["spoc.db", "spoc.db-wal"].iter().any(|database| below == Path::new(database));
            if let Some(bytes) =
                replay.power_cut(&name, &mut dice).filter(|bytes| wanted && (below.starts_with("files") || !bytes.is_empty()))
            {
                let to = place.path().join(below);
                std::fs::create_dir_all(to.parent().unwrap()).unwrap();
                std::fs::write(to, bytes).unwrap();
            }
        }
        let told: Vec<u8> = recording.steps[..after]
            .iter()
            .filter(|step| step.file == journal && step.kind == 'w')
            .flat_map(|step| step.data.clone())
            .collect();
        assert_whole(place.path(), &told, &format!("after {after} calls"));
    }
}
