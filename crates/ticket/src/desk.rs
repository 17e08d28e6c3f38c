//! What every action of this crate is given.

use std::collections::HashMap;
use std::sync::Arc;

use access::{Actor, TicketScope};
use db::Rd;
use events::Act;
use kernel::{Error, PersonId, Result, Time};
use parking_lot::Mutex;
use query::FieldTable;
use settings::Cache;

use crate::list::{Count, Drive, cheaper};
use crate::live::Live;
use crate::sealing::Sealer;
use crate::{Catalogue, Ticket};

/// How long it is remembered which way somebody's lists are read.
const DRIVE_KEPT: i64 = 5 * Time::MINUTE;
/// How long the counts beside the lists are.
const COUNTS_KEPT: i64 = 5 * Time::SECOND;
/// People for whom something is remembered.
const PEOPLE: usize = 10_000;

type Counts = HashMap<String, Count>;

/// What another part of the desk has against solving a ticket: a refusal that says what is open. It is asked
/// wherever a ticket ends solved or closed: by a page, an endpoint, several at once, a parent.
pub type Guard = fn(&mut Rd<'_>, &Ticket) -> Result<Option<Error>>;

/// Counts of somebody's lists, by their filters.
struct Counted {
    rights: String,
    deed: (i64, i64),
    until: Time,
    counts: Counts,
}

/// The state that the ticket core keeps in memory: one per process.
#[derive(Default)]
pub struct Desk {
    catalogue: Cache<Catalogue>,
    fields: Cache<FieldTable>,
    drives: Mutex<HashMap<PersonId, (Drive, Time)>>,
    counts: Mutex<HashMap<PersonId, Counted>>,
    sealer: Option<Sealer>,
    live: Live,
    guards: Vec<Guard>,
}

impl Desk {
    /// A desk that keeps what it masks, encrypted; one without a key masks for good.
    ///
    /// # Errors
    /// Never for 32 bytes.
    pub fn sealed_by(key: &[u8; 32]) -> Result<Self> {
        Ok(Self { sealer: Some(Sealer::new(key)?), ..Self::default() })
    }

    /// The same desk, which asks these before a ticket is solved.
    #[must_use]
    pub fn guarded_by(mut self, guards: impl IntoIterator<Item = Guard>) -> Self {
        self.guards.extend(guards);
        self
    }

    pub(crate) fn guards(&self) -> &[Guard] {
        &self.guards
    }

    pub(crate) fn sealer(&self) -> Option<&Sealer> {
        self.sealer.as_ref()
    }

    /// The configuration as of this snapshot.
    ///
    /// # Errors
    /// The database refuses.
    pub fn catalogue(&self, rd: &mut Rd<'_>) -> Result<Arc<Catalogue>> {
        self.catalogue.get(rd, Catalogue::load)
    }

    /// The fields of the filter language, with the states of that configuration.
    ///
    /// # Errors
    /// The database refuses.
    pub fn fields(&self, rd: &mut Rd<'_>) -> Result<Arc<FieldTable>> {
        self.fields.get(rd, |rd| crate::fields::table(&*self.catalogue(rd)?))
    }

    /// The open tickets as sets, for counts.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// Which way the lists of the actor are read. Both find the same; what is remembered can be late.
    pub(crate) fn drive(&self, rd: &mut Rd<'_>, actor: &Actor, scope: &TicketScope, now: Time) -> Result<Drive> {
        let Some(person) = actor.person else { return cheaper(rd, scope) };
        if let Some((drive, until)) = self.drives.lock().get(&person)
            && now < *until
        {
            return Ok(*drive);
        }
        let drive = cheaper(rd, scope)?;
        bounded(&mut self.drives.lock()).insert(person, (drive, now.plus(DRIVE_KEPT)));
        Ok(drive)
    }

    /// The counts that still hold: with the same rights, before any further deed of the person.
    pub(crate) fn counted(&self, person: PersonId, rights: &str, deed: (i64, i64), now: Time) -> Counts {
        let counts = self.counts.lock();
        let held = counts.get(&person).filter(|held| held.deed == deed && now < held.until && held.rights == rights);
        held.map_or_else(Counts::new, |held| held.counts.clone())
    }

    /// Keeps counts; those that were known already get no older.
    pub(crate) fn remember(&self, person: PersonId, rights: String, deed: (i64, i64), now: Time, counts: Counts) {
        let mut all = self.counts.lock();
        match all.get_mut(&person).filter(|held| held.deed == deed && now < held.until && held.rights == rights) {
            Some(held) => held.counts = counts,
            None => drop(bounded(&mut all).insert(person, Counted { rights, deed, until: now.plus(COUNTS_KEPT), counts })),
        }
    }
}

/// Room for one more.
fn bounded<T>(map: &mut HashMap<PersonId, T>) -> &mut HashMap<PersonId, T> {
    if map.len() >= PEOPLE {
        map.clear();
    }
    map
}

/// The frame of an action: the desk, who acts, when and why.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub desk: &'a Desk,
    pub actor: &'a Actor,
    pub act: &'a Act,
}

impl Frame<'_> {
    /// The person who acts.
    ///
    /// # Errors
    /// Forbidden when no person stands behind the action.
    pub fn person(&self) -> Result<PersonId> {
        self.actor.require_person()
    }
}
