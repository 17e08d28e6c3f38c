//! Writes the rows: several short cases in one write, a long case in several, never more steps at once
//! than the desk can spare between two clicks of a person.

use std::sync::Arc;

use kernel::Error;

use super::Run;
use super::part::{Frame, Part, Wrote};
use super::parties::Known;
use crate::batch::Batch;
use crate::error::Result;
use crate::input::{Cases, Item};
use crate::refusal::Refusal;
use crate::store::batch::{self as store, Move};
use crate::understand::CaseSteps;
use crate::watch::Stage;

/// Steps and refusals of one write at most: each is about four rows, so it stays below 200 rows.
const STEPS: usize = 48;

/// Writes what the batch does not have yet; `false` when it was stopped.
pub(super) fn write(run: &Run<'_>, batch: &Batch, known: Known) -> Result<bool> {
    let frame = Arc::new(Frame::new(run, batch, known));
    let mut understand = run.understand(&run.ground.kind, run.shop.clock.now());
    let mut cases = Cases::open(run.input, run.mapping, &run.counts)?;
    let mut chunk = Chunk::at(run, frame, (batch.position, batch.step), batch.rows_applied + batch.rows_refused);
    let mut number = 0;
    while let Some(item) = cases.next()? {
        let done_before = number < batch.position;
        number += 1;
        if done_before {
            continue;
        }
        let skip = if number == batch.position + 1 { batch.step } else { 0 };
        let going = match item {
            Item::Lost(bad) => {
                let refusal = Refusal { line: bad.line, case: None, reason: bad.reason, detail: bad.detail, cells: bad.cells };
                chunk.add(Part::lost(refusal), 1, (number, 0))?
            }
            Item::Case(rows) => {
                let case = Arc::new(understand.case(rows));
                chunk.case(&case, usize::try_from(skip).map_err(Error::internal)?, number)?
            }
        };
        if !going {
            return Ok(false);
        }
    }
    chunk.write()?;
    Ok(true)
}

/// What the next write holds.
struct Chunk<'r> {
    run: &'r Run<'r>,
    frame: Arc<Frame>,
    parts: Vec<Part>,
    weight: usize,
    /// Where the batch stands, and where it will stand.
    from: (i64, i64),
    to: (i64, i64),
    rows: i64,
}

impl<'r> Chunk<'r> {
    fn at(run: &'r Run<'r>, frame: Arc<Frame>, from: (i64, i64), rows: i64) -> Self {
        Self { run, frame, parts: Vec::new(), weight: 0, from, to: from, rows }
    }

    /// Adds a case from an entry on: first its refused rows, then its steps. `false` when it was stopped.
    fn case(&mut self, case: &Arc<CaseSteps>, skip: usize, number: i64) -> Result<bool> {
        let entries = case.refused.len() + case.steps.len();
        let mut from = skip;
        while from < entries {
            let to = entries.min(from + (STEPS - self.weight).max(1));
            let end = if to == entries { (number, 0) } else { (number - 1, i64::try_from(to).map_err(Error::internal)?) };
            // A short case waits for the next write rather than being cut in two.
            if to < entries && self.weight > 0 && entries - from <= STEPS {
                if !self.flush()? {
                    return Ok(false);
                }
                continue;
            }
            if !self.add(Part::of(case, from, to), to - from, end)? {
                return Ok(false);
            }
            from = to;
        }
        self.to = (number, 0);
        Ok(true)
    }

    fn add(&mut self, part: Part, weight: usize, to: (i64, i64)) -> Result<bool> {
        self.parts.push(part);
        self.weight += weight;
        self.to = to;
        if self.weight < STEPS { Ok(true) } else { self.flush() }
    }

    fn flush(&mut self) -> Result<bool> {
        self.write()?;
        Ok(!self.run.watch.stopped())
    }

    fn write(&mut self) -> Result<()> {
        if self.from == self.to {
            return Ok(());
        }
        let (parts, frame) = (Arc::new(std::mem::take(&mut self.parts)), Arc::clone(&self.frame));
        let (from, to, now) = (self.from, self.to, self.run.shop.clock.now());
        let wrote: Wrote = self.run.shop.db.write_bulk_wait("import.rows", move |tx| {
            let mut wrote = Wrote::default();
            for part in parts.iter() {
                wrote += frame.write(tx, part, now)?;
            }
            store::advance(tx, frame.batch, Move { from, to, applied: wrote.applied, refused: wrote.refused, cases: wrote.cases }, now)?;
            Ok(wrote)
        })?;
        self.weight = 0;
        self.from = to;
        self.rows += wrote.applied + wrote.refused;
        self.run.watch.at(Stage::Writing, u64::try_from(self.rows).unwrap_or(0), self.run.counts.rows);
        Ok(())
    }
}
