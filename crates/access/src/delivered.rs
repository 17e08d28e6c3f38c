//! The roles that come with the product.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use db::Tx;
use kernel::{Error, Lang, Result, Time};
use serde::Deserialize;

use crate::{Object, Reach, Role, Verb, store};

/// The role of administrators: every verb as far as it goes; it cannot be changed.
pub const SYSTEM: &str = "administrator";

/// The role of whoever holds no other.
pub const FALLBACK: &str = "user";

const CATALOGUE: &str = include_str!("../data/roles.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    role: Vec<Entry>,
}

/// A role with its verbs by reach, as the catalogue writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    names: BTreeMap<Lang, String>,
    /// Takes the verbs of another role before its own.
    #[serde(default)]
    like: Option<String>,
    #[serde(default)]
    own: Vec<String>,
    #[serde(default)]
    team: Vec<String>,
    #[serde(default)]
    organisation: Vec<String>,
    #[serde(default)]
    all: Vec<String>,
    #[serde(default)]
    hidden: BTreeMap<String, BTreeSet<String>>,
}

/// The delivered roles with their keys, in the order in which people read them.
///
/// # Errors
/// The catalogue inside of the program is broken: a test keeps it from being so.
pub fn delivered() -> Result<Vec<(String, Arc<Role>)>> {
    let catalogue: Catalogue = toml::from_str(CATALOGUE).map_err(Error::internal)?;
    let mut roles: Vec<(String, Arc<Role>)> = Vec::new();
    for entry in catalogue.role {
        let role = entry.role(&roles)?;
        roles.push((entry.key, Arc::new(role)));
    }
    Ok(roles)
}

impl Entry {
    fn role(&self, before: &[(String, Arc<Role>)]) -> Result<Role> {
        let mut role = Role::named(self.names.clone());
        role.fallback = self.key == FALLBACK;
        if let Some(like) = &self.like {
            let (_, base) =
                before.iter().find(|(key, _)| key == like).ok_or_else(|| Error::internal(format!("no role {like} before {}", self.key)))?;
            for verb in Verb::ALL {
                role.set(*verb, base.reach(*verb))?;
            }
        }
        for (reach, keys) in
            [(Reach::Own, &self.own), (Reach::Team, &self.team), (Reach::Organisation, &self.organisation), (Reach::All, &self.all)]
        {
            for key in keys {
                if key == "*" {
                    Verb::ALL.iter().try_for_each(|verb| role.set(*verb, reach))?;
                } else {
                    let verb = Verb::from_key(key).ok_or_else(|| Error::internal(format!("no verb {key} in role {}", self.key)))?;
                    role.set(verb, reach)?;
                }
            }
        }
        for (key, fields) in &self.hidden {
            let object = Object::from_key(key).ok_or_else(|| Error::internal(format!("no object {key} in role {}", self.key)))?;
            fields.iter().for_each(|field| role.hide(object, field));
        }
        Ok(role)
    }
}

/// Installs the delivered roles and renews those that nobody has changed. Runs after the migrations,
/// as often as one likes.
///
/// # Errors
/// The database refuses.
pub fn seed(tx: &mut Tx<'_>, now: Time) -> Result<()> {
    for (key, role) in delivered()? {
        store::role::deliver(tx, &key, &role, now)?;
    }
    Ok(())
}
