//! The database: engine, soundness, version, and how much is in it.

use db::Dialect;

use super::{Depth, Finding, store};
use crate::exit::Failure;
use crate::wiring::migrations;
use crate::wiring::storage::Storage;

pub fn look(storage: &Storage, depth: Depth) -> Result<Vec<Finding>, Failure> {
    let mut found = engine(storage, depth)?;
    let pending = migrations::pending(storage)?.ids.len();
    if pending > 0 {
        let text = format!("{pending} migrations are not applied; `spoc migrate` applies them, and so does the next start");
        found.push(Finding::bad(text));
        return Ok(found);
    }
    found.push(Finding::good("every migration is applied"));
    let counts = storage.db.read_wait("doctor.counts", store::counts)?;
    let listed: Vec<String> = counts.into_iter().map(|(what, count)| format!("{count} {what}")).collect();
    found.push(Finding::good(listed.join(", ")));
    Ok(found)
}

fn engine(storage: &Storage, depth: Depth) -> Result<Vec<Finding>, Failure> {
    if storage.db.dialect() == Dialect::Postgres {
        return Ok(vec![Finding::good("PostgreSQL answers; whether its pages are sound is told by pg_amcheck")]);
    }
    // Opening the database has refused engines that are known to lose data.
    let Some(version) = storage.db.maintain(store::sqlite_version)? else { return Ok(Vec::new()) };
    let mut found = vec![Finding::good(format!("SQLite {}", version?))];
    let problems = match depth {
        // Opening the database has just done it.
        Depth::Quick => Vec::new(),
        Depth::Full => storage.db.maintain(store::problems)?.transpose()?.unwrap_or_default(),
    };
    match (depth, problems.is_empty()) {
        (Depth::Quick, _) => found.push(Finding::good("a quick check found no damage; --full looks at every page and reference")),
        (Depth::Full, true) => found.push(Finding::good("every page and every reference is sound")),
        (Depth::Full, false) => {
            let text = |problem| format!("the database is damaged: {problem}; restore the newest backup with `spoc restore`");
            found.extend(problems.into_iter().map(text).map(Finding::bad));
        }
    }
    Ok(found)
}
