//! What every action of this crate is given.

use std::sync::Arc;

use access::Actor;
use db::Rd;
use events::Act;
use kernel::{PersonId, Result};
use query::FieldTable;
use settings::Cache;

use crate::Catalogue;

/// The state that the ticket core keeps in memory: one per process.
#[derive(Default)]
pub struct Desk {
    catalogue: Cache<Catalogue>,
    fields: Cache<FieldTable>,
}

impl Desk {
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
