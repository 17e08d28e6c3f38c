//! A dry run: everything is read, understood and counted, nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Clock, TicketId, Time};

use db::Db;

use crate::batch::Batch;
use crate::error::Result;
use crate::ground::{Ground, Tenant};
use crate::input::{Cases, Counts, Input, Item, Record};
use crate::mapping::{KnownCase, Mapping};
use crate::party::{Parties, Party, Sort};
use crate::records::Samples;
use crate::refusal::{Reason, Refusal};
use crate::standing::{Bounds, Standing};
use crate::store::{batch, directory};
use crate::understand::{CaseSteps, Understand, Want};
use crate::watch::{Stage, Watch};

/// Refused rows that are shown per reason, and names per sort.
const SHOWN: usize = 5;
/// Refused rows that are shown as a whole.
const SHOWN_REFUSED: usize = 40;
/// Numbers looked up at once.
const NUMBERS: usize = 100;

/// Tickets that are there: the newest moment of an earlier import, and how they stand to this one.
type There = BTreeMap<TicketId, (Option<Time>, Standing)>;

/// What a run would do.
#[derive(Debug, Clone, Default)]
pub struct DryRun {
    pub tenant: String,
    /// The tenant would be made.
    pub new_tenant: bool,
    pub kind: String,
    pub rows: u64,
    pub cases: u64,
    /// Rows that would be applied; with the refused ones these are all rows.
    pub applied: u64,
    pub refused: BTreeMap<Reason, RefusedRows>,
    /// Cases that the desk has already.
    pub known_cases: u64,
    /// Those of them that newer rows go on with.
    pub continued: u64,
    /// The batch of this very file and mapping that did not come to its end: a run goes on with it, and
    /// what it has written counts as applied here.
    pub unfinished: Option<Batch>,
    /// Columns that the mapping neither reads nor leaves out on purpose.
    pub unused_columns: Vec<String>,
    /// States that would be added to the kind.
    pub new_states: Vec<String>,
    pub parties: Vec<PartyCount>,
    /// How many steps lead to each state.
    pub states: BTreeMap<String, u64>,
    /// Rows that change nothing, and rows after closing, as far as they are not refused.
    pub unchanged: u64,
    pub after_closed: u64,
    pub messages: u64,
    pub from: Option<Time>,
    pub to: Option<Time>,
    pub samples: Vec<SampleCase>,
    /// The first rows that would be refused, but for those of what is there already.
    pub refused_rows: Vec<Refusal>,
    /// The header of the file.
    pub columns: Vec<String>,
    /// Tickets that would be made.
    pub made: u64,
    /// It was stopped: the counts are of a part of the file.
    pub stopped: bool,
}

/// Refused rows of one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RefusedRows {
    pub count: u64,
    /// The first lines, and what each was about.
    pub first: Vec<(u64, String)>,
    /// How often each thing was the cause, up to fifty things.
    pub details: BTreeMap<String, u64>,
}

/// How many of a sort are new and known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyCount {
    pub sort: Sort,
    pub new: u64,
    pub known: u64,
    /// The first new names.
    pub names: Vec<String>,
}

/// A case side by side: its rows, and what they become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleCase {
    pub number: String,
    pub title: String,
    pub description: Option<String>,
    /// The ticket is there, and these are newer rows of it.
    pub goes_on: bool,
    pub steps: Vec<SampleStep>,
}

/// One step of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleStep {
    pub line: u64,
    /// The cells of its row under their columns.
    pub cells: Vec<(String, String)>,
    pub at: Time,
    /// Empty: the import.
    pub by: String,
    /// Fields that change, with their new values.
    pub changes: Vec<(&'static str, String)>,
    pub messages: Vec<String>,
}

/// Says what a run would do, with the first `samples` cases. For plain threads.
///
/// # Errors
/// The mapping does not fit, the file cannot be read, or the database does not answer.
pub fn plan(db: &Db, clock: &dyn Clock, mapping: &Mapping, input: &Input, samples: usize, watch: Watch<'_>) -> Result<DryRun> {
    plan_by(db, clock, mapping, input, Samples { count: samples, by: None }, watch)
}

/// As [`plan`], as somebody would run it.
///
/// # Errors
/// As [`plan`].
pub(crate) fn plan_by(db: &Db, clock: &dyn Clock, mapping: &Mapping, input: &Input, samples: Samples, watch: Watch<'_>) -> Result<DryRun> {
    let counts = Counts::of(input, mapping, watch)?;
    let ground = Ground::find(db, mapping)?;
    let mut dry = DryRun {
        kind: mapping.kind.text.clone(),
        rows: counts.rows,
        cases: counts.cases(),
        unused_columns: mapping.unused(counts.columns.names()),
        new_states: ground.new_states.clone(),
        columns: counts.columns.names().to_vec(),
        ..DryRun::default()
    };
    (dry.tenant, dry.new_tenant) = match &ground.tenant {
        Tenant::New(name) => (name.clone(), true),
        Tenant::There(id) => {
            let id = *id;
            (db.read_wait("import.tenant", move |rd| party::store::organisation::get(rd, id))?.name, false)
        }
    };
    let (source, mapping_sha, file_sha) = (mapping.source.clone(), mapping.sha256.clone(), input.sha256.clone());
    dry.unfinished = db.read_wait("import.unfinished", move |rd| {
        let id = batch::unfinished(rd, &source, &mapping_sha, &file_sha)?;
        id.map(|id| batch::get(rd, id)).transpose()
    })?;
    let mut understand = Understand {
        mapping,
        columns: std::sync::Arc::clone(&counts.columns),
        kind: &ground.kind,
        catalogue: &ground.catalogue,
        directory: &ground.directory,
        now: clock.now(),
        parties: Parties::default(),
    };
    let mut cases = Cases::open(input, mapping, &counts)?;
    let mut waiting = Vec::new();
    let mut rows = 0;
    while let Some(item) = cases.next()? {
        match item {
            Item::Lost(bad) => {
                rows += 1;
                dry.refuse(&Refusal { line: bad.line, case: None, reason: bad.reason, detail: bad.detail, cells: bad.cells });
            }
            Item::Case(case) => {
                rows += case.rows.len() as u64;
                waiting.push(understand.case(case));
            }
        }
        if waiting.len() >= NUMBERS {
            dry.take(db, (mapping, &ground.tenant), &understand, &mut waiting, &samples)?;
        }
        watch.at(Stage::Checking, rows, counts.rows);
        if watch.stopped() {
            dry.stopped = true;
            break;
        }
    }
    dry.take(db, (mapping, &ground.tenant), &understand, &mut waiting, &samples)?;
    dry.count_parties(db, &ground, &understand.parties)?;
    Ok(dry)
}

impl DryRun {
    fn refuse(&mut self, refusal: &Refusal) {
        if refusal.reason != Reason::Known && self.refused_rows.len() < SHOWN_REFUSED {
            self.refused_rows.push(refusal.clone());
        }
        let rows = self.refused.entry(refusal.reason).or_default();
        rows.count += 1;
        if rows.first.len() < SHOWN {
            rows.first.push((refusal.line, refusal.detail.clone()));
        }
        if rows.details.len() < 50 || rows.details.contains_key(&refusal.detail) {
            *rows.details.entry(refusal.detail.clone()).or_default() += 1;
        }
    }

    /// Counts the cases that wait, after asking which of them the desk has.
    fn take(
        &mut self,
        db: &Db,
        (mapping, tenant): (&Mapping, &Tenant),
        understand: &Understand<'_>,
        waiting: &mut Vec<CaseSteps>,
        samples: &Samples,
    ) -> Result<()> {
        let numbers: Vec<String> = waiting.iter().map(|case| case.number.clone()).collect();
        if numbers.is_empty() {
            return Ok(());
        }
        let source = mapping.source.clone();
        let own = self.unfinished.as_ref().map(|batch| batch.id.raw());
        let found = match *tenant {
            Tenant::There(id) => db.read_wait("import.numbers", move |rd| directory::numbers(rd, id, &source, &numbers))?,
            Tenant::New(_) => Vec::new(),
        };
        let others = found.into_iter().filter(|(.., batch)| own.is_none() || *batch != own);
        let known: BTreeMap<String, TicketId> = others.map(|(number, id, _)| (number, id)).collect();
        let there = self.there(db, mapping, &known, samples)?;
        for mut case in waiting.drain(..) {
            case.refused.iter().for_each(|refusal| self.refuse(refusal));
            match known.get(&case.number) {
                Some(id) => {
                    self.known_cases += 1;
                    let (newest, standing) = there.get(id).copied().unwrap_or((None, Standing::Hidden));
                    let told = if standing == Standing::Hidden { case.number.clone() } else { id.to_string() };
                    let all = newest.filter(|_| standing != Standing::Hidden);
                    let there = all.map_or(case.steps.len(), |newest| case.steps.partition_point(|step| step.at <= newest));
                    case.refused_in(0..there, Reason::Known, &told).iter().for_each(|refusal| self.refuse(refusal));
                    case.steps.drain(..there);
                    if standing == Standing::InTrash {
                        case.refused_in(0..case.steps.len(), Reason::Trashed, &told).iter().for_each(|refusal| self.refuse(refusal));
                    } else if !case.steps.is_empty() {
                        self.continued += 1;
                        self.accept(&case, understand, (samples.count, true));
                    }
                }
                None if case.headless => {
                    let told = case.number.clone();
                    case.refused_in(0..case.steps.len(), Reason::NoTicket, &told).iter().for_each(|refusal| self.refuse(refusal));
                }
                None => {
                    self.made += u64::from(!case.steps.is_empty());
                    self.accept(&case, understand, (samples.count, false));
                }
            }
        }
        Ok(())
    }

    /// How far earlier imports brought tickets that newer rows may go on with, and how these stand.
    fn there(&self, db: &Db, mapping: &Mapping, known: &BTreeMap<String, TicketId>, samples: &Samples) -> Result<There> {
        let ids: Vec<TicketId> = known.values().copied().collect();
        let before = self.unfinished.as_ref().map_or(Time::NEVER, |batch| batch.started_at);
        let (continues, trashed, by) = (mapping.case.known == KnownCase::Continue, mapping.case.trashed, samples.by.clone());
        Ok(db.read_wait("import.newest", move |rd| {
            let mut there = There::new();
            for id in &ids {
                let newest = if continues { directory::newest(rd, *id, before)? } else { None };
                let ticket = ticket::store::ticket::by_id(rd, *id)?;
                there.insert(*id, (newest, Bounds { actor: by.as_deref(), trashed }.standing(rd, &ticket)?));
            }
            Ok(there)
        })?)
    }

    fn accept(&mut self, case: &CaseSteps, understand: &Understand<'_>, (samples, goes_on): (usize, bool)) {
        self.applied += case.steps.iter().filter(|step| step.counts).count() as u64;
        self.unchanged += case.counted.unchanged;
        self.after_closed += case.counted.after_closed;
        self.messages += case.counted.messages + u64::from(case.description.is_some());
        for step in &case.steps {
            for want in &step.wants {
                if let Want::State(key, _) = want {
                    *self.states.entry(key.clone()).or_default() += 1;
                }
            }
            self.from = Some(self.from.map_or(step.at, |from| from.min(step.at)));
            self.to = Some(self.to.map_or(step.at, |to| to.max(step.at)));
        }
        if self.samples.len() < samples && !case.steps.is_empty() {
            self.samples.push(SampleCase { goes_on, ..sample(case, understand) });
        }
    }

    fn count_parties(&mut self, db: &Db, ground: &Ground, parties: &Parties) -> Result<()> {
        let wanted = parties.wanted();
        let mut met: BTreeSet<usize> = BTreeSet::new();
        if let Tenant::There(tenant) = ground.tenant {
            let strangers: Vec<(usize, std::sync::Arc<Party>)> = wanted
                .iter()
                .cloned()
                .enumerate()
                .filter(|(_, party)| party.key.sort == Sort::Person && ground.directory.id(&party.key).is_none())
                .collect();
            for chunk in strangers.chunks(500) {
                let chunk = chunk.to_vec();
                met.extend(db.read_wait("import.mail", move |rd| {
                    let mut met = Vec::new();
                    for (place, party) in &chunk {
                        if directory::by_mail(rd, tenant, party)?.is_some() {
                            met.push(*place);
                        }
                    }
                    Ok(met)
                })?);
            }
        }
        for sort in Sort::ALL {
            let mut count = PartyCount { sort, new: 0, known: 0, names: Vec::new() };
            for (place, party) in wanted.iter().enumerate().filter(|(_, party)| party.key.sort == sort) {
                if ground.directory.id(&party.key).is_some() || met.contains(&place) {
                    count.known += 1;
                    continue;
                }
                count.new += 1;
                if count.names.len() < SHOWN {
                    count.names.push(party.name.clone());
                }
            }
            self.parties.push(count);
        }
        Ok(())
    }
}

fn sample(case: &CaseSteps, understand: &Understand<'_>) -> SampleCase {
    let mut last: BTreeMap<&'static str, String> = BTreeMap::new();
    let steps = case.steps.iter().map(|step| {
        let mut changes = Vec::new();
        for want in &step.wants {
            let shown = want.shown();
            if last.get(want.field()).is_none_or(|before| *before != shown) {
                if !shown.is_empty() || last.contains_key(want.field()) {
                    changes.push((want.field(), shown.clone()));
                }
                last.insert(want.field(), shown);
            }
        }
        let row = case.rows.iter().find(|row| row.line == step.line);
        let cells = row.map(|row| {
            let record = Record { columns: &understand.columns, row };
            understand.columns.names().iter().map(|name| (name.clone(), record.get(name).to_owned())).collect()
        });
        SampleStep {
            line: step.line,
            cells: cells.unwrap_or_default(),
            at: step.at,
            by: step.by.as_ref().map(|party| party.name.clone()).unwrap_or_default(),
            changes,
            messages: step.spoken.iter().map(|spoken| spoken.body.clone()).collect(),
        }
    });
    SampleCase {
        number: case.number.clone(),
        title: case.title.clone(),
        description: case.description.clone(),
        goes_on: false,
        steps: steps.collect(),
    }
}
