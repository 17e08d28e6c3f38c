//! A desk that imports.

use std::any::Any;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use db::{Db, Row};
use events::{Act, Cause};
use import::{Batch, DryRun, Input, Mapping, Report, Touched, Undone, Watch};
use kernel::{BatchId, MockClock, SeededEntropy, SystemEntropy, Time};
use testkit::{Place, Template, TestDb};
use ticket::jobs::Workshop;

/// 2026-01-01.
pub const NOW: Time = Time(1_767_225_600_000_000);

pub fn template() -> Template {
    let all = [
        files::MIGRATIONS,
        party::MIGRATIONS,
        access::MIGRATIONS,
        events::MIGRATIONS,
        settings::MIGRATIONS,
        ticket::MIGRATIONS,
        import::MIGRATIONS,
    ];
    all.into_iter().fold(Template::of(db::MIGRATIONS), Template::and).seeded("import-1", |db| {
        let act = Act::system(NOW, Cause::Page, Arc::new(SystemEntropy));
        db.write_wait("seed", move |tx| ticket::catalogue::seed(tx, &act)).unwrap();
    })
}

/// History of two incidents: one goes through two teams and is taken up again after it was closed. Two
/// people are called Ana. The rows of one case stand apart.
pub const HISTORY: &str = "\
case,when,status,sub,team,who,country,line,product,impact,comment
A-1,2024-03-01T08:00:00+01:00,Accepted,Working,Desk,Ana,Spain,North,Mail,Low,The mail is away
A-1,2024-03-01T09:00:00+01:00,Queued,Waiting,Net 2nd,Ana,Spain,North,Mail,Low,
B-7,2024-03-01T09:30:00+01:00,Accepted,Working,Desk,Ana,Poland,South,VPN,Major,
A-1,2024-03-01T10:00:00+01:00,Accepted,Working,Net 2nd,Boris,Poland,North,Mail,High,Looking at it
A-1,2024-03-02T10:00:00+01:00,Completed,Done,Net 2nd,Boris,Poland,North,Mail,High,
A-1,2024-03-05T10:00:00+01:00,Completed,Closed,Net 2nd,Robot,,North,Mail,High,
A-1,2024-03-06T10:00:00+01:00,Accepted,Working,Desk,Ana,Spain,North,Mail,High,
B-7,2024-03-06T11:00:00+01:00,Completed,Done,Desk,Ana,Poland,South,VPN,Major,
A-1,2024-03-07T10:00:00+01:00,Accepted,Working,Desk,Ana,Spain,North,Mail,High,
";

pub const MAPPING: &str = r#"
source = "old"
kind = "incident"

[tenant]
name = "Ribera"
create = true

[case]
number = "case"
title = { template = "{product}: {case}" }

[time]
column = "when"

[actor]
person = "who"

[persons.who]
name = "who"
key = ["who", "country"]
programs = ["Robot"]
location = "country"

[teams]
lines = [{ suffix = "2nd", line = 2 }]

[organisations]
parent = "Plants"

[fields]
team = "team"
organisation = "line"
service = "product"
assignee = { person = "who", unless_state = ["queued"] }
impact = { column = "impact", values = { Low = "low", High = "high", Major = "extensive" } }

[fields.state]
columns = ["status", "sub"]
values = [
    { from = ["Accepted", "Working"], to = "open" },
    { from = ["Queued", "Waiting"], to = "queued" },
    { from = ["Completed", "Done"], to = "solved" },
    { from = ["Completed", "Closed"], to = "closed" },
]

[[states]]
key = "queued"
category = "active"
like = "open"
names = { en = "Queued" }

[[messages]]
text = "comment"
kind = "reply"
public = true
"#;

/// A desk in a database of its own.
pub struct Desk {
    pub db: Db,
    pub shop: Workshop,
    folder: PathBuf,
    files: AtomicU64,
    /// Goes last: the database is where the place is.
    _place: Box<dyn Any>,
}

impl Desk {
    pub fn new(db: TestDb) -> Self {
        Self::of(db.db(), db.place().folder().to_owned(), Box::new(db))
    }
    /// The desk in a place where somebody else has worked.
    pub fn at(place: Place) -> Self {
        Self::of(place.open(), place.folder().to_owned(), Box::new(place))
    }
    fn of(db: Db, folder: PathBuf, place: Box<dyn Any>) -> Self {
        Self { shop: workshop(db.clone()), db, folder, files: AtomicU64::new(0), _place: place }
    }

    /// A file with this content.
    pub fn file(&self, content: &[u8]) -> PathBuf {
        let path = self.folder.join(format!("file-{}.csv", self.files.fetch_add(1, Ordering::Relaxed)));
        std::fs::write(&path, content).unwrap();
        path
    }

    pub fn plan(&self, mapping: &str, csv: &str) -> DryRun {
        self.try_plan(mapping, csv).unwrap_or_else(|error| panic!("{error}"))
    }
    pub fn try_plan(&self, mapping: &str, csv: &str) -> import::Result<DryRun> {
        let input = Input::open(&self.file(csv.as_bytes()))?;
        let stop = AtomicBool::new(false);
        import::plan(&self.shop.db, &*self.shop.clock, &Mapping::read("map.toml", mapping)?, &input, 3, Watch::new(&|_| {}, &stop))
    }

    pub fn run(&self, mapping: &str, csv: &str) -> Report {
        self.run_bytes(mapping, csv.as_bytes())
    }
    pub fn run_bytes(&self, mapping: &str, csv: &[u8]) -> Report {
        let mapping = Mapping::read("map.toml", mapping).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        import_file(&self.shop, &mapping, &Input::open(&self.file(csv)).unwrap()).unwrap_or_else(|error| panic!("{error}"))
    }

    pub fn undo(&self, batch: BatchId, touched: Touched) -> Undone {
        let stop = AtomicBool::new(false);
        import::rollback(&self.shop, batch, touched, Watch::new(&|_| {}, &stop)).unwrap_or_else(|error| panic!("{error}"))
    }

    pub fn batch(&self, id: BatchId) -> Batch {
        import::report(&self.shop.db, id).unwrap().batch
    }

    /// Rows of a query of the test.
    pub fn rows<R: Row + Send + 'static>(&self, text: &'static str) -> Vec<R> {
        self.db.read_wait("test", move |rd| rd.all_text(text, &[])).unwrap()
    }
    pub fn number(&self, text: &'static str) -> i64 {
        self.rows::<i64>(text)[0]
    }

    /// How many rows every table has, but those that only ever grow: counters, the log of batches,
    /// tombstones with the events that tell of them, stamps.
    pub fn census(&self) -> Vec<(String, i64)> {
        let names: Vec<String> = match self.db.dialect() {
            db::Dialect::Sqlite => {
                self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
            }
            db::Dialect::Postgres => self.rows("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"),
        };
        let growing = ["counter", "import_batch", "purge_tombstone", "purged_event", "setting_stamp"];
        let counted = names.into_iter().filter(|name| !growing.contains(&name.as_str())).map(|name| {
            let told = if name == "event" { " WHERE object <> 'purge'" } else { "" };
            let text = format!("SELECT COUNT(*) FROM {name}{told}");
            let count = self.db.read_wait("test", move |rd| rd.all_text::<i64>(&text, &[])).unwrap()[0];
            (name, count)
        });
        counted.collect()
    }

    /// The number of tickets that a filter finds, for the desk itself.
    pub fn found(&self, filter: &str) -> usize {
        let (desk, filter) = (Arc::clone(&self.shop.desk), filter.to_owned());
        let list = move |rd: &mut db::Rd<'_>| {
            let prepared = ticket::list::prepare(rd, &desk, &access::Actor::system(), &filter, false, NOW)?;
            Ok(ticket::list::page(rd, &prepared, &kernel::PageRequest::default())?.page.rows.len())
        };
        self.db.read_wait("list", list).unwrap_or_else(|error| panic!("{error}"))
    }
}

pub fn workshop(db: Db) -> Workshop {
    Workshop { db, desk: Arc::default(), clock: Arc::new(MockClock::at(NOW)), entropy: Arc::new(SeededEntropy::new(7)) }
}

pub fn import_file(shop: &Workshop, mapping: &Mapping, input: &Input) -> import::Result<Report> {
    let stop = AtomicBool::new(false);
    import::run(shop, mapping, input, None, Watch::new(&|_| {}, &stop))
}
