//! What a dry run says.

use i18n::T;
use import::{DryRun, SampleCase};

/// Prints it.
pub fn tell(dry: &DryRun, t: &T) {
    println!(
        "{} rows, {} cases of kind {}, for {}{}",
        dry.rows,
        dry.cases,
        dry.kind,
        dry.tenant,
        if dry.new_tenant { " (new)" } else { "" }
    );
    if let (Some(from), Some(to)) = (dry.from, dry.to) {
        println!("from {} to {}", from.to_rfc3339(), to.to_rfc3339());
    }
    println!("{} rows would be applied, {} cases are there already", dry.applied, dry.known_cases);
    if dry.continued > 0 {
        println!("{} of the cases that are there already go on with newer rows", dry.continued);
    }
    println!("{} rows change nothing, {} come after the case was closed; {} messages", dry.unchanged, dry.after_closed, dry.messages);
    refused(dry, t);
    for party in &dry.parties {
        println!("{}: {} new, {} known{}", party.sort.key(), party.new, party.known, names(&party.names));
    }
    for (state, count) in &dry.states {
        println!("state {state}: {count}");
    }
    if !dry.new_states.is_empty() {
        println!("states that the kind would get: {}", dry.new_states.join(", "));
    }
    if !dry.unused_columns.is_empty() {
        println!("columns that nothing uses: {}", dry.unused_columns.join(", "));
    }
    dry.samples.iter().for_each(sample);
}

fn refused(dry: &DryRun, t: &T) {
    for (reason, rows) in &dry.refused {
        println!("{} rows would be refused: {}", rows.count, reason.code());
        for (line, detail) in &rows.first {
            println!("  line {line}: {}", reason.words(t, detail));
        }
    }
}

fn names(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!(" ({}, ...)", names.join(", ")) }
}

fn sample(case: &SampleCase) {
    println!("\n{} {}", case.number, case.title);
    for step in &case.steps {
        let cells: Vec<String> = step.cells.iter().map(|(column, value)| format!("{column}={value}")).collect();
        println!("  line {}: {}", step.line, cells.join("; "));
        let changes: Vec<String> = step.changes.iter().map(|(field, value)| format!("{field}: {value}")).collect();
        let by = if step.by.is_empty() { "the import" } else { &step.by };
        println!("    {} {by}: {}", step.at.to_rfc3339(), changes.join("; "));
        for message in &step.messages {
            println!("    \"{message}\"");
        }
    }
}
