//! Imports a file into a database of its own and asks it filters: the way a mapping is tried on real
//! data, by hand.
//!
//! `cargo run -p import --example history -- DATABASE MAPPING FILE [FILTER...]`, where DATABASE is a
//! path or a `postgres://` URL. The word `undo` among the filters rolls the import back.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use db::{Db, Options};
use events::{Act, Cause};
use import::{Input, Mapping, Progress, Watch};
use kernel::{Clock as _, SystemClock, SystemEntropy};
use ticket::jobs::Workshop;

type Failed = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, mapping, file, filters @ ..] = arguments.as_slice() else {
        eprintln!("history DATABASE MAPPING FILE [FILTER...]");
        return ExitCode::from(2);
    };
    match work(database, Path::new(mapping), Path::new(file), filters) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn work(database: &str, mapping: &Path, file: &Path, filters: &[String]) -> Result<(), Failed> {
    let options = if database.contains("://") { Options::postgres(database) } else { Options::sqlite(database) };
    let db = Db::open(options)?;
    let all = [
        db::MIGRATIONS,
        files::MIGRATIONS,
        party::MIGRATIONS,
        access::MIGRATIONS,
        events::MIGRATIONS,
        settings::MIGRATIONS,
        ticket::MIGRATIONS,
        import::MIGRATIONS,
    ];
    db.migrate(&all.concat(), SystemClock.now())?;
    let shop = Workshop { db, desk: Arc::default(), clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) };
    let act = Act::system(SystemClock.now(), Cause::Page, Arc::clone(&shop.entropy));
    shop.db.write_wait("seed", move |tx| ticket::catalogue::seed(tx, &act))?;

    let text = std::fs::read_to_string(mapping)?;
    let mapping = Mapping::read(&mapping.display().to_string(), &text)?;
    let input = Input::open(file)?;
    let stop = AtomicBool::new(false);
    let last = std::cell::Cell::new((import::Stage::Reading, u64::MAX));
    let progress = |p: Progress| {
        let percent = (p.done * 100).checked_div(p.total).unwrap_or(0);
        if last.replace((p.stage, percent / 10)) != (p.stage, percent / 10) {
            eprintln!("{:?} {percent} %", p.stage);
        }
    };
    let watch = Watch::new(&progress, &stop);

    let begun = Instant::now();
    let dry = import::plan(&shop.db, &SystemClock, &mapping, &input, 0, watch)?;
    println!("dry run in {:?}: {dry:#?}", begun.elapsed());
    let begun = Instant::now();
    let report = import::run(&shop, &mapping, &input, None, watch)?;
    println!("imported in {:?}: {report:#?}", begun.elapsed());
    for filter in filters {
        if filter == "undo" {
            let begun = Instant::now();
            let undone = import::rollback(&shop, report.batch.id, import::Touched::Keep, watch)?;
            println!("rolled back in {:?}: {undone:#?}", begun.elapsed());
            continue;
        }
        println!("{filter}: {}", count(&shop, filter)?);
    }
    Ok(())
}

/// All tickets of a filter, page by page.
fn count(shop: &Workshop, filter: &str) -> Result<usize, Failed> {
    let actor = access::Actor::system();
    let (mut cursor, mut found) = (None, 0);
    loop {
        let (desk, actor, filter) = (Arc::clone(&shop.desk), actor.clone(), filter.to_owned());
        let request = kernel::PageRequest { limit: Some(kernel::PageRequest::MAX), cursor };
        let page = shop.db.read_wait("list", move |rd| {
            let prepared = ticket::list::prepare(rd, &desk, &actor, &filter, false, SystemClock.now())?;
            ticket::list::page(rd, &prepared, &request)
        })?;
        found += page.page.rows.len();
        cursor = page.page.next;
        if cursor.is_none() {
            return Ok(found);
        }
    }
}
