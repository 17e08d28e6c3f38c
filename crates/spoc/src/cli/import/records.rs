//! Files of people and places: a mapping to begin with, and what a dry run says.

use std::path::Path;

use i18n::T;
use import::{Becomes, Input, RecordDryRun, SORTS, SampleRecord, TICKETS};

use super::failure;
use crate::exit::{self, Failure};

/// Prints a mapping.
pub fn propose(file: &Path, records: &str, source: &str, delimiter: char) -> Result<(), Failure> {
    let delimiter = u8::try_from(delimiter).map_err(|_| Failure::new(exit::FAILED, "the delimiter must be one plain character"))?;
    let input = Input::open(file).map_err(failure)?;
    if records == TICKETS {
        print!("{}", import::propose_tickets(&input, source, delimiter).map_err(failure)?);
        return Ok(());
    }
    let sort = SORTS.iter().find(|(word, _)| *word == records).map(|(_, sort)| *sort);
    let sort = sort.ok_or_else(|| Failure::new(exit::FAILED, format!("{records} are no records")))?;
    print!("{}", import::propose(&input, sort, source, delimiter).map_err(failure)?);
    Ok(())
}

/// Prints what a run would do.
pub fn tell(dry: &RecordDryRun, t: &T) {
    println!("{} rows, for {}{}", dry.rows, dry.tenant, if dry.new_tenant { " (new)" } else { "" });
    println!("{} would be added, {} changed, {} are the same already", dry.made, dry.changed, dry.same);
    for (reason, rows) in &dry.refused {
        println!("{} rows would be refused: {}", rows.count, reason.code());
        for (line, detail) in &rows.first {
            println!("  line {line}: {}", reason.words(t, detail));
        }
    }
    for (sort, names) in &dry.needed {
        println!("{} that would be added because rows name them: {}, ...", sort.key(), names.join(", "));
    }
    if !dry.unused_columns.is_empty() {
        println!("columns that nothing uses: {}", dry.unused_columns.join(", "));
    }
    dry.samples.iter().for_each(|record| sample(record, t));
}

fn sample(record: &SampleRecord, t: &T) {
    let cells: Vec<String> = record.cells.iter().map(|(column, value)| format!("{column}={value}")).collect();
    println!("\nline {}: {}", record.line, cells.join("; "));
    match record.becomes {
        Becomes::Made => println!("  added"),
        Becomes::Changed => println!("  changed"),
        Becomes::Same => println!("  the same already"),
        Becomes::Refused(reason) => println!("  refused: {}", reason.words(t, &record.detail)),
    }
    for (field, before, after) in &record.changes {
        if before.is_empty() { println!("    {field}: {after}") } else { println!("    {field}: {before} -> {after}") }
    }
}
