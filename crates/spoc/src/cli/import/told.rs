//! What is said of imports there were.

use db::Db;
use i18n::T;
use import::mapping::FileRule;
use import::{Batch, Report};
use kernel::{BatchId, Lang};

use super::failure;
use crate::exit::Failure;

/// Imports that are listed.
const LISTED: i64 = 200;

/// Prints a line for each import.
pub fn list(db: &Db) -> Result<(), Failure> {
    for batch in import::batches(db, None, LISTED).map_err(failure)? {
        let Batch { id, state, started_at, source, file_name, cases, rows_applied, rows_refused, .. } = &batch;
        let begun = started_at.to_rfc3339();
        println!("{id}\t{}\t{begun}\t{source}\t{file_name}\t{cases} tickets\t{rows_applied} rows\t{rows_refused} refused", state.key());
    }
    Ok(())
}

/// Prints what one did.
pub fn show(db: &Db, id: BatchId) -> Result<(), Failure> {
    report(&import::report(db, id).map_err(failure)?, &T::utc(Lang::En));
    Ok(())
}

/// Prints the rows that one refused as CSV: with the reasons, or alone in the form of their source.
pub fn refused(db: &Db, id: BatchId, source: Option<&FileRule>) -> Result<(), Failure> {
    let out = std::io::stdout().lock();
    let written = match source {
        Some(rule) => import::refused_as_source(db, id, rule, out),
        None => import::refused(db, id, &T::utc(Lang::En), out),
    };
    written.map(drop).map_err(failure)
}

/// Prints a report.
pub fn report(report: &Report, t: &T) {
    let batch = &report.batch;
    let resumed = if report.resumed { ", went on with an earlier run" } else { "" };
    println!("Import {}: {}{resumed}", batch.id, t.msg(batch.state.label()));
    println!("{} rows read, {} applied, {} refused; {} tickets", batch.rows_read, batch.rows_applied, batch.rows_refused, batch.cases);
    for (reason, count) in &report.refused {
        println!("  {count} refused: {}", reason.code());
    }
    for (sort, count) in &report.made {
        println!("  {count} added: {}", sort.key());
    }
    if report.changed > 0 {
        println!("  {} changed", report.changed);
    }
    if batch.rows_refused > 0 {
        println!("`spoc import refused {}` prints the refused rows", batch.id);
    }
}
