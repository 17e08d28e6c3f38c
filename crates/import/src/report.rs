//! What a batch did, and the rows it refused as a file.

use std::io::Write;

use db::Db;
use i18n::T;
use kernel::{BatchId, Error, OrganisationId};

use crate::batch::Batch;
use crate::error::{ImportError, Result};
use crate::mapping::FileRule;
use crate::party::Sort;
use crate::refusal::{Reason, Refusal};
use crate::store;

/// Rows read from the database at once.
const PAGE: i64 = 500;

/// What a batch did so far. When it is done, the rows applied and refused are all the rows read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub batch: Batch,
    /// It went on with what an earlier run had begun.
    pub resumed: bool,
    pub refused: Vec<(Reason, i64)>,
    /// What it made beside tickets.
    pub made: Vec<(Sort, i64)>,
    /// Records that it changed.
    pub changed: i64,
}

/// The report of a batch.
///
/// # Errors
/// Not found when there is no such batch.
pub fn report(db: &Db, id: BatchId) -> Result<Report> {
    of_batch(db, id, false)
}

pub(crate) fn of_batch(db: &Db, id: BatchId, resumed: bool) -> Result<Report> {
    Ok(db.read_wait("import.report", move |rd| read(rd, id, resumed))?)
}

pub(crate) fn read(rd: &mut db::Rd<'_>, id: BatchId, resumed: bool) -> kernel::Result<Report> {
    Ok(Report {
        batch: store::batch::get(rd, id)?,
        resumed,
        refused: store::refusal::by_reason(rd, id)?,
        made: store::party::made(rd, id)?,
        changed: store::change::count(rd, id)?,
    })
}

/// The batches of all tenants, or of one, newest first.
///
/// # Errors
/// The database does not answer.
pub fn batches(db: &Db, tenant: Option<OrganisationId>, limit: i64) -> Result<Vec<Batch>> {
    Ok(db.read_wait("import.batches", move |rd| store::batch::list(rd, tenant, limit))?)
}

/// Writes the refused rows of a batch as CSV: line, case, reason, the reason in words, what it was
/// about, then the cells under the columns of the file: UTF-8 with commas, to be read by people and
/// spreadsheets whatever the file was.
///
/// # Errors
/// The database does not answer, or the file cannot be written.
pub fn refused(db: &Db, id: BatchId, t: &T, out: impl Write) -> Result<u64> {
    let batch = db.read_wait("import.report", move |rd| store::batch::get(rd, id))?;
    let columns: Vec<String> = serde_json::from_str(&batch.columns).map_err(Error::internal)?;
    let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let wrong = |error: csv::Error| ImportError::Core(Error::internal(error));
    let first = ["line", "case", "reason", "explanation", "detail"].into_iter().chain(columns.iter().map(String::as_str));
    csv.write_record(first).map_err(wrong)?;
    let count = each(db, id, |row| {
        let line = row.line.to_string();
        let words = row.reason.words(t, &row.detail);
        let about = [line.as_str(), row.case.as_deref().unwrap_or_default(), row.reason.code(), words.as_str(), row.detail.as_str()];
        csv.write_record(about.into_iter().chain(row.cells.iter().map(String::as_str))).map_err(wrong)
    })?;
    csv.flush().map_err(|error| ImportError::Core(Error::internal(error)))?;
    Ok(count)
}

/// Writes the refused rows of a batch in the form of their source, as a mapping reads it: to be corrected and
/// imported by the same mapping.
///
/// # Errors
/// As [`refused`].
pub fn refused_as_source(db: &Db, id: BatchId, rule: &FileRule, mut out: impl Write) -> Result<u64> {
    let batch = db.read_wait("import.report", move |rd| store::batch::get(rd, id))?;
    let columns: Vec<String> = serde_json::from_str(&batch.columns).map_err(Error::internal)?;
    let wrong = |error: std::io::Error| ImportError::Core(Error::internal(error));
    let mut write = |cells: &[String]| -> Result<()> {
        let mut csv = csv::WriterBuilder::new().delimiter(rule.delimiter).flexible(true).from_writer(Vec::new());
        csv.write_record(cells).map_err(|error| ImportError::Core(Error::internal(error)))?;
        let line = String::from_utf8(csv.into_inner().map_err(|error| ImportError::Core(Error::internal(error.to_string())))?);
        let line = line.map_err(|error| ImportError::Core(Error::internal(error)))?;
        out.write_all(&rule.encoding.encode(&line).0).map_err(wrong)
    };
    write(&columns)?;
    each(db, id, |row| write(&row.cells))
}

/// Takes every refused row of a batch, in the order of the file; answers how many there are.
fn each(db: &Db, id: BatchId, mut take: impl FnMut(&Refusal) -> Result<()>) -> Result<u64> {
    let (mut after, mut count) = (-1, 0);
    loop {
        let page = db.read_wait("import.refused", move |rd| store::refusal::after(rd, id, after, PAGE))?;
        let Some(last) = page.last() else { return Ok(count) };
        after = i64::try_from(last.line).map_err(Error::internal)?;
        for row in &page {
            take(row)?;
            count += 1;
        }
    }
}
