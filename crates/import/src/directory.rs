//! What the desk has, by every key under which a file may name it.

use std::collections::{HashMap, HashSet};

use crate::party::{PartyKey, Sort};

/// A record of the desk that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub id: i64,
    /// What it stands below.
    pub parent: Option<i64>,
    /// Of the tenant, and not shared with all: an import may change it.
    pub own: bool,
}

/// The parties that the desk has. Keys of the source and names are apart: a place that is called `10` is not
/// the one whose key is `10`.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// By the keys under which batches of the source spoke of them.
    keys: HashMap<PartyKey, i64>,
    /// Those that files of records know under a key which they say: no other key means the same one.
    taken: HashSet<(Sort, i64)>,
    /// Teams and services by the keys that the desk gave them.
    desk_keys: HashMap<PartyKey, Place>,
    names: HashMap<PartyKey, Vec<Place>>,
    own: HashSet<(Sort, i64)>,
    /// What organisations stand below.
    above: HashMap<i64, Option<i64>>,
    /// Mail addresses that a dry run would give, by the form that is compared.
    mails: HashMap<String, Vec<i64>>,
}

impl Directory {
    /// A batch spoke of it under this key; what was added before stays. `said`: a file of records says the key.
    pub fn add_key(&mut self, key: PartyKey, id: i64, said: bool) {
        if said && !key.is_derived() {
            self.taken.insert((key.sort, id));
        }
        self.keys.entry(key).or_insert(id);
    }

    /// The desk itself has it under this key; one of the tenant goes before a shared one.
    pub fn add_desk_key(&mut self, key: PartyKey, place: Place) {
        if place.own || !self.desk_keys.contains_key(&key) {
            self.desk_keys.insert(key, place);
        }
    }

    /// The desk calls it so.
    pub fn add_name(&mut self, key: PartyKey, place: Place) {
        if place.own {
            self.own.insert((key.sort, place.id));
        }
        if key.sort == Sort::Organisation {
            self.above.insert(place.id, place.parent);
        }
        let all = self.names.entry(key).or_default();
        if !all.iter().any(|known| known.id == place.id) {
            all.push(place);
        }
    }

    /// A dry run would give this mail address to somebody.
    pub fn add_mail(&mut self, key: String, person: i64) {
        let all = self.mails.entry(key).or_default();
        if !all.contains(&person) {
            all.push(person);
        }
    }
    pub fn with_mail(&self, key: &str) -> &[i64] {
        self.mails.get(key).map_or(&[], Vec::as_slice)
    }

    /// An organisation with all above it.
    pub fn with_above(&self, id: i64) -> Vec<i64> {
        let mut all = vec![id];
        while let Some(Some(above)) = all.last().and_then(|id| self.above.get(id)) {
            if all.contains(above) {
                break;
            }
            all.push(*above);
        }
        all
    }

    /// Takes over what another one has.
    pub fn extend(&mut self, more: Directory) {
        for (key, id) in more.keys {
            self.keys.insert(key, id);
        }
        self.taken.extend(more.taken);
        for (key, places) in more.names {
            places.into_iter().for_each(|place| self.add_name(key.clone(), place));
        }
        for (key, all) in more.mails {
            all.into_iter().for_each(|id| self.add_mail(key.clone(), id));
        }
    }

    /// The party that a key or a name means; of several one of the tenant, else the first.
    pub fn id(&self, key: &PartyKey) -> Option<i64> {
        let by_name = || {
            let named = self.named(key);
            named.iter().find(|place| place.own).or_else(|| named.first()).copied()
        };
        self.key(key).or_else(|| self.desk_key(key).or_else(by_name).map(|place| place.id))
    }
    pub fn key(&self, key: &PartyKey) -> Option<i64> {
        self.keys.get(key).copied()
    }
    pub fn desk_key(&self, key: &PartyKey) -> Option<Place> {
        self.desk_keys.get(key).copied()
    }
    pub fn named(&self, key: &PartyKey) -> &[Place] {
        self.names.get(key).map_or(&[], Vec::as_slice)
    }
    pub fn is_taken(&self, sort: Sort, id: i64) -> bool {
        self.taken.contains(&(sort, id))
    }
    /// Whether an import for the tenant may change it; people are always those of a tenant.
    pub fn is_own(&self, sort: Sort, id: i64) -> bool {
        sort == Sort::Person || self.own.contains(&(sort, id))
    }
}
