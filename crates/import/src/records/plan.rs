//! A dry run of records: what each row would become, side by side.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::Actor;
use db::{Db, Rd};
use kernel::{Clock, OrganisationId, Time, fold};
use party::AddressKind;

use super::current::{Values, current, differences, named};
use super::custom::{self, Defs};
use super::fields::Field;
use super::known::Known;
use super::mapping::RecordMapping;
use super::order::Order;
use super::run::{needed_sort, tenant_of};
use super::understand::{Entry, Fault, Worth};
use crate::directory::Directory;
use crate::error::Result;
use crate::ground::Tenant;
use crate::input::{Input, Rows};
use crate::party::{PartyKey, Sort};
use crate::plan::RefusedRows;
use crate::refusal::Reason;
use crate::store::directory;
use crate::watch::{Stage, Watch};

/// Rows looked up at once.
const CHUNK: usize = 100;
/// Refused rows that are shown per reason, and names that would be made.
const SHOWN: usize = 5;

/// What a run would do.
#[derive(Debug, Clone, Default)]
pub struct RecordDryRun {
    pub tenant: String,
    pub new_tenant: bool,
    pub rows: u64,
    pub made: u64,
    pub changed: u64,
    pub same: u64,
    pub refused: BTreeMap<Reason, RefusedRows>,
    /// Organisations, locations and parents that would be made, with the first names.
    pub needed: Vec<(Sort, Vec<String>)>,
    pub unused_columns: Vec<String>,
    pub samples: Vec<SampleRecord>,
    pub stopped: bool,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    Made,
    Changed,
    Same,
    Refused(Reason),
}

/// A row side by side with what it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRecord {
    pub line: u64,
    /// The cells under their columns.
    pub cells: Vec<(String, String)>,
    pub becomes: Becomes,
    /// What a refusal is about.
    pub detail: String,
    /// Field, what it holds now, what it will hold.
    pub changes: Vec<(String, String, String)>,
}

/// Says what a run would do, with the first `samples` rows. For plain threads.
///
/// # Errors
/// The mapping does not fit, the file cannot be read, or the database does not answer.
pub fn plan(db: &Db, clock: &dyn Clock, mapping: &RecordMapping, input: &Input, samples: usize, watch: Watch<'_>) -> Result<RecordDryRun> {
    plan_by(db, clock, mapping, input, Samples { count: samples, by: None }, watch)
}

/// How many rows are shown, and for whom.
pub(crate) struct Samples {
    pub count: usize,
    pub by: Option<Arc<Actor>>,
}

/// As [`plan`], as somebody would run it.
///
/// # Errors
/// As [`plan`].
pub(crate) fn plan_by(
    db: &Db,
    clock: &dyn Clock,
    mapping: &RecordMapping,
    input: &Input,
    samples: Samples,
    watch: Watch<'_>,
) -> Result<RecordDryRun> {
    let order = Order::of(input, mapping, watch)?;
    let mut dry = RecordDryRun { rows: order.rows, unused_columns: mapping.unused(order.columns.names()), ..RecordDryRun::default() };
    let tenant = tenant_of(db, mapping)?;
    let (id, directory) = match &tenant {
        Tenant::New(name) => {
            (dry.tenant, dry.new_tenant) = (name.clone(), true);
            (None, Directory::default())
        }
        Tenant::There(id) => {
            let (id, source) = (*id, mapping.source.clone());
            dry.tenant = db.read_wait("import.tenant", move |rd| party::store::organisation::get(rd, id))?.name;
            (Some(id), db.read_wait("import.directory", move |rd| directory::load(rd, id, &source))?)
        }
    };
    let mut planning = Planning {
        db,
        mapping,
        tenant: id,
        directory: Arc::new(directory),
        defs: Arc::new(custom::load(db, id, mapping)?),
        samples: samples.count,
        by: samples.by,
        columns: order.columns.names().to_vec(),
        now: clock.now(),
        unmade: 0,
        dry,
    };
    let mut done = 0;
    for level in order.levels() {
        let mut rows = Rows::open(input, &mapping.file)?;
        let (mut at, mut chunk) = (0, Vec::new());
        while let Some(row) = rows.next()? {
            let taken = order.is_at(at, level);
            at += 1;
            if !taken {
                continue;
            }
            done += 1;
            chunk.push(order.entry(mapping, at - 1, row));
            if chunk.len() >= CHUNK {
                planning.take(std::mem::take(&mut chunk))?;
                watch.at(Stage::Checking, done, order.rows);
                if watch.stopped() {
                    planning.dry.stopped = true;
                    return Ok(planning.dry);
                }
            }
        }
        planning.take(chunk)?;
    }
    Ok(planning.dry)
}

type Understood = (u64, Vec<String>, Result<Entry, Fault>);
/// What became of a row: how, the changes, what is needed for it.
type Seen = (Becomes, String, Vec<(String, String, String)>, Vec<(Sort, String)>);

/// A row with what became of it.
struct Looked {
    line: u64,
    cells: Vec<String>,
    seen: Seen,
}

struct Planning<'a> {
    db: &'a Db,
    mapping: &'a RecordMapping,
    tenant: Option<OrganisationId>,
    directory: Arc<Directory>,
    defs: Arc<Defs>,
    samples: usize,
    by: Option<Arc<Actor>>,
    columns: Vec<String>,
    now: Time,
    /// The number of the last record that would be made: below 0, where no id is.
    unmade: i64,
    dry: RecordDryRun,
}

impl Planning<'_> {
    fn take(&mut self, chunk: Vec<Understood>) -> Result<()> {
        let look = Look { tenant: self.tenant.unwrap_or(OrganisationId::new(0)), create: self.mapping.create, now: self.now };
        let (directory, mut unmade, by, defs) = (Arc::clone(&self.directory), self.unmade, self.by.clone(), Arc::clone(&self.defs));
        let (looked, made, unmade) = self.db.read_wait("import.plan", move |rd| {
            let mut known = Known::new(look.tenant, &directory, by.as_deref());
            let mut looked = Vec::with_capacity(chunk.len());
            for (line, cells, understood) in chunk {
                looked.push(Looked { line, cells, seen: look.row(rd, &mut known, (&mut unmade, &defs), understood)? });
            }
            Ok((looked, known.made, unmade))
        })?;
        self.unmade = unmade;
        Arc::make_mut(&mut self.directory).extend(made);
        for Looked { line, cells, seen: (becomes, detail, changes, needed) } in looked {
            for (sort, name) in needed {
                note(&mut self.dry.needed, sort, name);
            }
            count(&mut self.dry, becomes, line, &detail);
            if self.dry.samples.len() < self.samples {
                let cells = self.columns.iter().cloned().zip(cells).collect();
                self.dry.samples.push(SampleRecord { line, cells, becomes, detail, changes });
            }
        }
        Ok(())
    }
}

/// How rows are looked at.
#[derive(Clone, Copy)]
struct Look {
    tenant: OrganisationId,
    create: bool,
    now: Time,
}

impl Look {
    /// Looks at a row as a run would, and remembers what it would make: later rows of the file may mean it.
    fn row(
        &self,
        rd: &mut Rd<'_>,
        known: &mut Known<'_>,
        (unmade, defs): (&mut i64, &Defs),
        understood: Result<Entry, Fault>,
    ) -> kernel::Result<Seen> {
        let refused = |(reason, detail): Fault| (Becomes::Refused(reason), detail, Vec::new(), Vec::new());
        let mut entry = match understood {
            Ok(entry) => entry,
            Err(fault) => return Ok(refused(fault)),
        };
        let there = match known.meant(rd, &mut entry, self.create)? {
            Ok(there) => there,
            Err(fault) => return Ok(refused(fault)),
        };
        let customs = match custom::changes(rd, defs, &entry, there)? {
            Ok(customs) => customs,
            Err(fault) => return Ok(refused(fault)),
        };
        let mut next = || {
            *unmade -= 1;
            *unmade
        };
        let mut needed = Vec::new();
        for (field, worth) in &mut entry.said {
            if let Worth::Ref(id @ None, name) = worth {
                let (sort, new) = (needed_sort(*field, entry.key.sort), next());
                known.met(PartyKey::derived(sort, &fold(name)), name, new, None);
                needed.push((sort, name.clone()));
                *id = Some(new);
            }
        }
        let said_parent = if let Some(Worth::Ref(parent, _)) = entry.said.get(&Field::Parent) { *parent } else { None };
        let (now, parent) = match there {
            Some(id) if id > 0 => {
                let is = current(rd, entry.key.sort, id, self.now)?;
                (is.values, is.parent)
            }
            _ => (Values::new(), said_parent),
        };
        let mut changes = differences(&now, &entry.said);
        named(rd, &mut changes)?;
        let fields: Vec<Field> = changes.iter().map(|(field, ..)| *field).collect();
        if let Some(id) = there
            && let Err(fault) = known.may_change(rd, entry.key.sort, id, &fields)?
        {
            return Ok(refused(fault));
        }
        let becomes = match there {
            None => Becomes::Made,
            Some(_) if changes.is_empty() && customs.is_empty() => Becomes::Same,
            Some(_) => Becomes::Changed,
        };
        let id = there.unwrap_or_else(next);
        if let Some(email) = entry.said.get(&Field::Email) {
            known.made.add_mail(AddressKind::Email.value_key(&email.shown()), id);
        }
        known.met(entry.key.clone(), &entry.name, id, parent);
        Ok((becomes, String::new(), shown(changes, customs), needed))
    }
}

/// What changes, for a reader.
fn shown(changes: Vec<(Field, Option<Worth>, Worth)>, customs: Vec<custom::Changed>) -> Vec<(String, String, String)> {
    let own = changes
        .into_iter()
        .map(|(field, before, after)| (field.key().to_owned(), before.map(|w| w.shown()).unwrap_or_default(), after.shown()));
    own.chain(customs.into_iter().map(|change| (change.property, change.shown.0, change.shown.1))).collect()
}

fn note(needed: &mut Vec<(Sort, Vec<String>)>, sort: Sort, name: String) {
    let place = needed.iter().position(|(s, _)| *s == sort).unwrap_or_else(|| {
        needed.push((sort, Vec::new()));
        needed.len() - 1
    });
    if needed[place].1.len() < SHOWN {
        needed[place].1.push(name);
    }
}

fn count(dry: &mut RecordDryRun, becomes: Becomes, line: u64, detail: &str) {
    match becomes {
        Becomes::Made => dry.made += 1,
        Becomes::Changed => dry.changed += 1,
        Becomes::Same => dry.same += 1,
        Becomes::Refused(reason) => {
            let rows = dry.refused.entry(reason).or_default();
            rows.count += 1;
            if rows.first.len() < SHOWN {
                rows.first.push((line, detail.to_owned()));
            }
            if rows.details.len() < 50 || rows.details.contains_key(detail) {
                *rows.details.entry(detail.to_owned()).or_default() += 1;
            }
        }
    }
}
