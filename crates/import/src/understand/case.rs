//! One case: its rows in the order of their moments, with what only shows between them.

use std::collections::BTreeSet;

use ticket::Category;
use ticket::rules::text;

use super::{Step, Understand, Want};
use crate::input::{CaseRows, Record, Row};
use crate::mapping::{AfterClosed, Blank, RefusedRow, Unchanged};
use crate::refusal::{Reason, Refusal};

/// A case that is understood.
#[derive(Debug, Clone)]
pub(crate) struct CaseSteps {
    pub number: String,
    pub title: String,
    pub description: Option<String>,
    /// No row says what it is: it may only go on with a ticket that is there.
    pub headless: bool,
    /// In the order of their moments; empty when every row was refused.
    pub steps: Vec<Step>,
    pub refused: Vec<Refusal>,
    /// As read, for what is refused later.
    pub rows: Vec<Row>,
    pub counted: Counted,
}

/// What a dry run tells of its steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    pub unchanged: u64,
    pub after_closed: u64,
    pub messages: u64,
}

/// The properties after a step, one of each.
#[derive(Default)]
struct Now(Vec<Want>);

impl Now {
    fn get(&self, field: &str) -> Option<&Want> {
        self.0.iter().find(|want| want.field() == field)
    }
    fn grade(&self, field: &str) -> i64 {
        match self.get(field) {
            Some(Want::Impact(n) | Want::Urgency(n)) => *n,
            _ => 2,
        }
    }
    /// Takes what a step wants; answers whether anything is new.
    fn take(&mut self, wants: &[Want]) -> bool {
        let mut changed = false;
        for want in wants {
            match self.0.iter_mut().find(|known| known.field() == want.field()) {
                Some(known) if known == want => {}
                Some(known) => {
                    known.clone_from(want);
                    changed = true;
                }
                None => {
                    self.0.push(want.clone());
                    changed = true;
                }
            }
        }
        changed
    }
}

impl Understand<'_> {
    /// Understands a case.
    pub fn case(&mut self, rows: CaseRows) -> CaseSteps {
        let columns = std::sync::Arc::clone(&self.columns);
        let CaseRows { number, rows } = rows;
        let mut case = CaseSteps {
            number,
            title: String::new(),
            description: None,
            headless: false,
            steps: Vec::new(),
            refused: Vec::new(),
            rows,
            counted: Counted::default(),
        };
        let mut steps = Vec::new();
        for row in &case.rows {
            match self.row(Record { columns: &columns, row }) {
                Ok(found) => steps.extend(found),
                Err(fault) => case.refused.push(refusal(&case.number, row, fault.reason, fault.detail)),
            }
        }
        if self.mapping.case.blank == Blank::Keep {
            self.begin(&mut case, &mut steps);
        }
        // Stable: what happened at the same moment stays in the order of the file.
        steps.sort_by_key(|step| step.at);
        self.follow(&mut case, steps);
        if self.mapping.case.refused_row == RefusedRow::Case && !case.refused.is_empty() {
            case.steps.clear();
            refuse_rest(&mut case, Reason::Case, "");
        }
        if !case.steps.is_empty() {
            if let Err(field) = self.words(&mut case) {
                let first = case.steps.first().map_or(0, |step| step.line);
                case.steps.clear();
                refuse(&mut case, first, Reason::Value, field);
                refuse_rest(&mut case, Reason::Case, "");
            }
            self.accept(&case);
        }
        case
    }

    /// What is dated before the row that says what the ticket is happened with it.
    fn begin(&self, case: &mut CaseSteps, steps: &mut [Step]) {
        let named = |line: u64| case.rows.iter().find(|row| row.line == line).is_some_and(|row| self.title_of(row).is_some());
        let head = steps.iter().filter(|step| step.counts && named(step.line)).map(|step| (step.at, step.line)).min();
        if let Some((at, line)) = head {
            for step in steps.iter_mut().filter(|step| step.at < at) {
                step.at = at;
            }
            if let Some(place) = steps.iter().position(|step| step.line == line && step.counts) {
                steps[..=place].rotate_right(1);
            }
        }
        case.headless = head.is_none();
    }

    fn title_of(&self, row: &Row) -> Option<String> {
        let record = Record { columns: &self.columns, row };
        self.mapping.case.title.as_ref().and_then(|value| value.of_row(record).ok().flatten())
    }

    /// Goes through the steps in their order: priority, what comes after closing, what changes nothing.
    fn follow(&mut self, case: &mut CaseSteps, steps: Vec<Step>) {
        let mut now = Now::default();
        let mut closed = false;
        let mut gone: BTreeSet<u64> = BTreeSet::new();
        for mut step in steps {
            if gone.contains(&step.line) {
                continue;
            }
            if closed && self.mapping.case.after_closed == AfterClosed::Refuse {
                gone.insert(step.line);
                refuse(case, step.line, Reason::AfterClosed, "");
                continue;
            }
            let before = now.0.len();
            let mut changed = now.take(&step.wants);
            if self.mapping.fields.priority.is_none() {
                let priority = Want::Priority(self.catalogue.priority(now.grade("impact"), now.grade("urgency")));
                changed |= now.take(std::slice::from_ref(&priority));
                step.wants.push(priority);
            }
            if !changed && before > 0 && step.spoken.is_empty() {
                if self.mapping.case.unchanged == Unchanged::Refuse && step.counts {
                    gone.insert(step.line);
                    refuse(case, step.line, Reason::Unchanged, "");
                    continue;
                }
                case.counted.unchanged += 1;
            }
            case.counted.after_closed += u64::from(closed);
            case.counted.messages += step.spoken.len() as u64;
            closed |= matches!(now.get("state"), Some(Want::State(_, Category::Closed | Category::Cancelled)));
            case.steps.push(step);
        }
        // A row that was refused at its later moment leaves nothing behind.
        case.steps.retain(|step| !gone.contains(&step.line));
    }

    /// Title and description, by the first row that is left; else the field that cannot be kept.
    fn words(&self, case: &mut CaseSteps) -> Result<(), &'static str> {
        let columns = std::sync::Arc::clone(&self.columns);
        let Some(row) = case.steps.first().and_then(|first| case.rows.iter().find(|row| row.line == first.line)) else { return Ok(()) };
        let record = Record { columns: &columns, row };
        let text_of = |value: &Option<crate::mapping::Value>| value.as_ref().and_then(|value| value.of_row(record).ok().flatten());
        let full = text_of(&self.mapping.case.title).unwrap_or_else(|| case.number.clone());
        let mut description = text_of(&self.mapping.case.description);
        case.title = text::title(&full).unwrap_or_else(|_| {
            // Too long for a title: its beginning is one, and nothing of it is lost.
            description = Some(match description.take() {
                Some(rest) => format!("{full}\n\n{rest}"),
                None => full.clone(),
            });
            let words = full.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("{}…", words.chars().take(text::TITLE - 1).collect::<String>())
        });
        case.description = match description.map(|body| text::body("description", &body)) {
            Some(Err(error)) if error.code != "error-text-empty" => return Err("description"),
            body => body.and_then(Result::ok),
        };
        Ok(())
    }

    fn accept(&mut self, case: &CaseSteps) {
        for step in &case.steps {
            let parties =
                step.wants.iter().filter_map(Want::party).chain(&step.by).chain(step.spoken.iter().filter_map(|s| s.author.as_ref()));
            for party in parties {
                self.parties.want(party);
            }
        }
    }
}

fn refusal(number: &str, row: &Row, reason: Reason, detail: String) -> Refusal {
    Refusal { line: row.line, case: Some(number.to_owned()), reason, detail, cells: row.cells.clone() }
}

fn refuse(case: &mut CaseSteps, line: u64, reason: Reason, detail: &str) {
    if let Some(row) = case.rows.iter().find(|row| row.line == line) {
        case.refused.push(refusal(&case.number, row, reason, detail.to_owned()));
    }
}

/// Refuses every row that is not refused yet.
fn refuse_rest(case: &mut CaseSteps, reason: Reason, detail: &str) {
    let done: BTreeSet<u64> = case.refused.iter().map(|r| r.line).collect();
    let rest: Vec<u64> = case.rows.iter().map(|row| row.line).filter(|line| !done.contains(line)).collect();
    for line in rest {
        refuse(case, line, reason, detail);
    }
}

impl CaseSteps {
    /// The rows of some of its steps, refused.
    pub fn refused_in(&self, steps: std::ops::Range<usize>, reason: Reason, detail: &str) -> Vec<Refusal> {
        let lines: BTreeSet<u64> = self.steps[steps].iter().filter(|step| step.counts).map(|step| step.line).collect();
        let rows = self.rows.iter().filter(|row| lines.contains(&row.line));
        rows.map(|row| refusal(&self.number, row, reason, detail.to_owned())).collect()
    }
}
