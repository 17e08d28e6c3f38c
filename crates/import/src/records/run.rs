//! A run: rows in chunks, each with the move of the batch in its transaction.

use std::sync::Arc;

use access::Actor;
use db::Tx;
use kernel::{BatchId, Error, OrganisationId, PersonId, Result as CoreResult, fold, kinds};
use ticket::jobs::Workshop;

use super::apply::{Place, Target, make, set};
use super::before::Before;
use super::current::{current, differences};
use super::custom::{self, Changed, Defs};
use super::fields::Field;
use super::known::Known;
use super::mapping::RecordMapping;
use super::order::Order;
use super::told;
use super::understand::{Entry, Worth};
use crate::batch::{Batch, BatchState};
use crate::directory::Directory;
use crate::error::Result;
use crate::ground::{Tenant, choose};
use crate::input::{Input, Rows};
use crate::party::{PartyKey, Sort};
use crate::refusal::{Reason, Refusal};
use crate::report::Report;
use crate::run::part::ends_transaction;
use crate::run::{act, tenant_id};
use crate::store::batch::{self as store, Move, NewBatch};
use crate::store::{directory, party as notes, refusal};
use crate::watch::{Stage, Watch};

/// Rows of one write: each is up to a dozen rows of the database.
const CHUNK: usize = 15;

/// Imports a file of records, or goes on with an import of it that did not come to its end. For plain
/// threads.
///
/// # Errors
/// The mapping does not fit, the file cannot be read, or the database refuses as a whole; what was written
/// stays, and the next run of the same file goes on from there.
pub fn run(shop: &Workshop, mapping: &RecordMapping, input: &Input, by: Option<PersonId>, watch: Watch<'_>) -> Result<Report> {
    whole(shop, mapping, input, Begin { number: None, by, actor: None }, watch)
}

/// As [`run`], as the batch of this number, which somebody has kept free for it.
///
/// # Errors
/// As [`run`]; the batch came to its end.
pub(crate) fn run_as(
    shop: &Workshop,
    mapping: &RecordMapping,
    input: &Input,
    number: BatchId,
    by: Arc<Actor>,
    watch: Watch<'_>,
) -> Result<Report> {
    whole(shop, mapping, input, Begin { number: Some(number), by: by.person, actor: Some(by) }, watch)
}

/// As which batch, and for whom.
struct Begin {
    number: Option<BatchId>,
    by: Option<PersonId>,
    /// Whose rights bound it; nobody: the desk itself.
    actor: Option<Arc<Actor>>,
}

fn whole(shop: &Workshop, mapping: &RecordMapping, input: &Input, as_: Begin, watch: Watch<'_>) -> Result<Report> {
    let order = Order::of(input, mapping, watch)?;
    let there = if let Tenant::There(id) = tenant_of(&shop.db, mapping)? { Some(id) } else { None };
    let defs = Arc::new(custom::load(&shop.db, there, mapping)?);
    let (batch, resumed) = begin(shop, mapping, input, &order, &as_)?;
    let (tenant, source) = (batch.tenant, mapping.source.clone());
    let directory = shop.db.read_wait("import.directory", move |rd| directory::load(rd, tenant, &source))?;
    let mut work =
        Work { shop, mapping, input, watch, order, batch: batch.clone(), directory: Arc::new(directory), actor: as_.actor, defs };
    let result = work.all();
    let state = if matches!(result, Ok(true)) { BatchState::Done } else { BatchState::Interrupted };
    let elsewhere = matches!(&result, Err(crate::ImportError::Core(error)) if error.code() == "error-import-elsewhere");
    if !elsewhere {
        let (id, now) = (batch.id, shop.clock.now());
        shop.db.write_bulk_wait("import.state", move |tx| store::set_state(tx, id, state, now))?;
    }
    result?;
    crate::report::of_batch(&shop.db, batch.id, resumed)
}

/// The tenant that the mapping means.
pub(super) fn tenant_of(db: &db::Db, mapping: &RecordMapping) -> Result<Tenant> {
    if let Some(id) = mapping.only {
        return Ok(Tenant::There(id));
    }
    let tenants = db.read_wait("import.tenants", party::store::organisation::tenants)?;
    let named: Vec<(OrganisationId, &str)> = tenants.iter().map(|t| (t.id, t.name.as_str())).collect();
    Ok(choose(&mapping.file_name, mapping.tenant.as_ref(), &named)?)
}

fn begin(shop: &Workshop, mapping: &RecordMapping, input: &Input, order: &Order, as_: &Begin) -> Result<(Batch, bool)> {
    let tenant = tenant_of(&shop.db, mapping)?;
    let new = NewBatch {
        tenant: OrganisationId::new(0),
        source: mapping.source.clone(),
        kind: mapping.sort.key().to_owned(),
        file_name: input.name(),
        file_sha256: input.sha256.clone(),
        mapping_name: mapping.file_name.clone(),
        mapping_sha256: mapping.sha256.clone(),
        columns: serde_json::to_string(order.columns.names()).map_err(Error::internal)?,
        rows_read: i64::try_from(order.rows).map_err(Error::internal)?,
        created_by: as_.by,
    };
    let (source, now, number) = (mapping.source.clone(), shop.clock.now(), as_.number);
    Ok(shop.db.write_bulk_wait("import.begin", move |tx| {
        if let Some(undoing) = store::undoing(tx, &source)? {
            return Err(Error::conflict("error-import-undoing").arg("batch", undoing));
        }
        let there = match number {
            Some(number) => store::of(tx, number)?,
            None => store::unfinished(tx, &source, &new.mapping_sha256, &new.file_sha256)?.map(|id| store::get(tx, id)).transpose()?,
        };
        if let Some(batch) = there {
            let goes_on = matches!(batch.state, BatchState::Running | BatchState::Interrupted);
            return if goes_on { Ok((batch, true)) } else { Err(Error::conflict("error-import-elsewhere").arg("batch", batch.id)) };
        }
        let id = number.map_or_else(|| tx.next_id::<kinds::Batch>(), Ok)?;
        let tenant_id = tenant_id(tx, &tenant, now)?;
        store::insert(tx, id, &NewBatch { tenant: tenant_id, ..new.clone() }, now)?;
        notes::put_object(tx, id, "tenant", "", tenant_id.raw(), matches!(tenant, Tenant::New(_)))?;
        Ok((store::get(tx, id)?, false))
    })?)
}

/// A row on its way.
#[derive(Clone)]
enum Item {
    Entry(Entry),
    Refused(Refusal),
}

struct Work<'a> {
    shop: &'a Workshop,
    mapping: &'a RecordMapping,
    input: &'a Input,
    watch: Watch<'a>,
    order: Order,
    batch: Batch,
    directory: Arc<Directory>,
    actor: Option<Arc<Actor>>,
    defs: Arc<Defs>,
}

impl Work<'_> {
    /// Writes what the batch does not have yet; `false` when it was stopped.
    fn all(&mut self) -> Result<bool> {
        let (mut number, mut position) = (0_i64, self.batch.position);
        let mut chunk = Vec::new();
        for level in self.order.levels() {
            let mut rows = Rows::open(self.input, &self.mapping.file)?;
            let mut at = 0;
            while let Some(row) = rows.next()? {
                let taken = self.order.is_at(at, level);
                at += 1;
                if !taken {
                    continue;
                }
                number += 1;
                if number <= position {
                    continue;
                }
                let (line, cells, understood) = self.order.entry(self.mapping, at - 1, row);
                chunk.push(match understood {
                    Ok(entry) => Item::Entry(entry),
                    Err((reason, detail)) => Item::Refused(Refusal { line, case: None, reason, detail, cells }),
                });
                if chunk.len() >= CHUNK {
                    position = self.write(std::mem::take(&mut chunk), position)?;
                    if self.watch.stopped() {
                        return Ok(false);
                    }
                }
            }
        }
        if !chunk.is_empty() {
            self.write(chunk, position)?;
        }
        Ok(true)
    }

    /// Writes a chunk; answers where the batch stands then.
    fn write(&mut self, chunk: Vec<Item>, from: i64) -> Result<i64> {
        let to = from + i64::try_from(chunk.len()).map_err(Error::internal)?;
        let now = self.shop.clock.now();
        let writing = Writing {
            batch: self.batch.id,
            place: Place { tenant: self.batch.tenant, now },
            create: self.mapping.create,
            directory: Arc::clone(&self.directory),
            act: act(self.batch.id, now, &self.shop.entropy),
            actor: self.actor.clone(),
            defs: Arc::clone(&self.defs),
        };
        let made: Directory = self.shop.db.write_bulk_wait("import.records", move |tx| {
            let mut known = Known::new(writing.place.tenant, &writing.directory, writing.actor.as_deref());
            let (mut applied, mut refused) = (0, 0);
            for item in &chunk {
                let refusal = match item {
                    Item::Refused(refusal) => Some(refusal.clone()),
                    Item::Entry(entry) => writing.row(tx, &mut known, entry.clone())?,
                };
                match refusal {
                    Some(row) => {
                        refusal::insert(tx, writing.batch, &row)?;
                        refused += 1;
                    }
                    None => applied += 1,
                }
            }
            store::advance(tx, writing.batch, Move { from: (from, 0), to: (to, 0), applied, refused, cases: 0 }, now)?;
            Ok(known.made)
        })?;
        Arc::make_mut(&mut self.directory).extend(made);
        self.watch.at(Stage::Parties, u64::try_from(to).unwrap_or(0), self.order.rows);
        Ok(to)
    }
}

struct Writing {
    batch: BatchId,
    place: Place,
    create: bool,
    directory: Arc<Directory>,
    act: events::Act,
    actor: Option<Arc<Actor>>,
    defs: Arc<Defs>,
}

/// A record that a row made, changed or needed: its key, its name, its id, and what it stands below.
type Met = (PartyKey, String, i64, Option<i64>);

impl Writing {
    /// Writes a row; what is wrong with it becomes a refusal.
    fn row(&self, tx: &mut Tx<'_>, known: &mut Known<'_>, mut entry: Entry) -> CoreResult<Option<Refusal>> {
        let refusal = |entry: &Entry, reason, detail| Refusal {
            line: entry.line,
            case: Some(entry.key.shown().to_owned()),
            reason,
            detail,
            cells: entry.cells.clone(),
        };
        let there = match known.meant(tx, &mut entry, self.create)? {
            Ok(there) => there,
            Err((reason, detail)) => return Ok(Some(refusal(&entry, reason, detail))),
        };
        if let Some(id) = there {
            let is = current(tx, entry.key.sort, id, self.place.now)?;
            let fields: Vec<Field> = differences(&is.values, &entry.said).iter().map(|(field, ..)| *field).collect();
            if let Err((reason, detail)) = known.may_change(tx, entry.key.sort, id, &fields)? {
                return Ok(Some(refusal(&entry, reason, detail)));
            }
        }
        let customs = match custom::changes(tx, &self.defs, &entry, there)? {
            Ok(customs) => customs,
            Err((reason, detail)) => return Ok(Some(refusal(&entry, reason, detail))),
        };
        match tx.savepoint(|tx| self.apply(tx, &mut entry, there, &customs)) {
            Ok(met) => {
                met.into_iter().for_each(|(key, name, id, parent)| known.met(key, &name, id, parent));
                Ok(None)
            }
            Err(error) if ends_transaction(&error) => Err(error),
            Err(error) => {
                let field = error.fields().first().map(|f| f.field.to_string());
                let reason = if field.is_some() { Reason::Value } else { Reason::Database };
                Ok(Some(refusal(&entry, reason, field.unwrap_or_else(|| error.to_string()))))
            }
        }
    }

    /// Makes or changes the record; answers how it and what it needed are known now.
    fn apply(&self, tx: &mut Tx<'_>, entry: &mut Entry, there: Option<i64>, customs: &[Changed]) -> CoreResult<Vec<Met>> {
        let mut met = self.needed(tx, entry)?;
        let (sort, key) = (entry.key.sort, entry.key.clone());
        let (id, parent) = if let Some(id) = there {
            (id, self.change(tx, sort, id, entry, customs)?)
        } else {
            let id = make(tx, self.place, &key, &entry.name, &entry.said)?;
            custom::write(tx, self.place.tenant, sort, id, customs)?;
            told::made(tx, &self.act, self.place.tenant, sort, id)?;
            (id, if let Some(Worth::Ref(parent, _)) = entry.said.get(&Field::Parent) { *parent } else { None })
        };
        notes::put(tx, self.batch, &key, id, there.is_none())?;
        met.push((key, entry.name.clone(), id, parent));
        Ok(met)
    }

    /// Makes what a row refers to and the desk lacks.
    fn needed(&self, tx: &mut Tx<'_>, entry: &mut Entry) -> CoreResult<Vec<Met>> {
        let own = entry.key.sort;
        let mut met = Vec::new();
        for (field, worth) in &mut entry.said {
            let Worth::Ref(id @ None, name) = worth else { continue };
            let sort = needed_sort(*field, own);
            let key = PartyKey::derived(sort, &fold(name));
            let new = make(tx, self.place, &key, name, &std::collections::BTreeMap::new())?;
            told::made(tx, &self.act, self.place.tenant, sort, new)?;
            notes::put(tx, self.batch, &key, new, true)?;
            *id = Some(new);
            met.push((key, name.clone(), new, None));
        }
        Ok(met)
    }

    /// Changes what a row says otherwise; answers what the record stands below.
    fn change(&self, tx: &mut Tx<'_>, sort: Sort, id: i64, entry: &Entry, customs: &[Changed]) -> CoreResult<Option<i64>> {
        let is = current(tx, sort, id, self.place.now)?;
        if is.tenant != self.place.tenant {
            return Err(Error::forbidden());
        }
        let changes = differences(&is.values, &entry.said);
        if changes.is_empty() && customs.is_empty() {
            return Ok(is.parent);
        }
        let fields: Vec<Field> = changes.iter().map(|(field, ..)| *field).collect();
        let before = Before::of(tx, sort, id, &is, &fields)?.with(customs);
        let target: Target = changes.iter().map(|(field, _, after)| (*field, Some(after.clone()))).collect();
        set(tx, self.place, sort, id, &target)?;
        custom::write(tx, self.place.tenant, sort, id, customs)?;
        let version = current(tx, sort, id, self.place.now)?.version;
        super::back::note(tx, self.batch, sort, id, before, version)?;
        let named = fields.into_iter().map(|field| field.key().to_owned()).chain(customs.iter().map(|change| change.property.clone()));
        told::changed(tx, &self.act, self.place.tenant, sort, id, named.collect())?;
        Ok(is.parent)
    }
}

/// What a field that refers to a place refers to.
pub(super) const fn needed_sort(field: Field, own: Sort) -> Sort {
    match field {
        Field::Organisation => Sort::Organisation,
        Field::Location => Sort::Location,
        _ => own,
    }
}
