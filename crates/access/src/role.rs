//! Roles: verbs with a reach, and fields that stay hidden.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use kernel::{Error, Lang, Result};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use crate::{Object, Reach, Verb};

/// A role as a set of rights. What is not said is not granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub names: BTreeMap<Lang, String>,
    reach: [Reach; Verb::COUNT],
    hidden: BTreeMap<Object, BTreeSet<String>>,
    /// Held by whoever has no other role where they are at home.
    pub fallback: bool,
}

/// A role as stored: keys that this program does not know are passed over and grant nothing.
#[derive(Serialize, Deserialize)]
struct Body {
    names: BTreeMap<Lang, String>,
    verbs: BTreeMap<String, Reach>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    hidden: BTreeMap<String, BTreeSet<String>>,
    #[serde(default)]
    fallback: bool,
}

impl Role {
    pub fn named(names: BTreeMap<Lang, String>) -> Self {
        Self { names, reach: [Reach::None; Verb::COUNT], hidden: BTreeMap::new(), fallback: false }
    }

    /// The name in a language; English stands in for a missing one.
    pub fn name(&self, lang: Lang) -> &str {
        self.names.get(&lang).or_else(|| self.names.get(&Lang::En)).map_or("", String::as_str)
    }
    pub fn reach(&self, verb: Verb) -> Reach {
        self.reach[verb.index()]
    }
    /// Grants a verb up to a reach.
    ///
    /// # Errors
    /// The reach makes no sense for the object.
    pub fn set(&mut self, verb: Verb, reach: Reach) -> Result<()> {
        if reach != Reach::None && !verb.object().reaches().contains(&reach) {
            return Err(Error::invalid(verb.key(), "error-role-reach"));
        }
        self.reach[verb.index()] = reach;
        Ok(())
    }
    /// The fields of an object that this role does not show.
    pub fn hidden(&self, object: Object) -> impl Iterator<Item = &str> {
        self.hidden.get(&object).into_iter().flatten().map(String::as_str)
    }
    pub fn hides(&self, object: Object, field: &str) -> bool {
        self.hidden.get(&object).is_some_and(|fields| fields.contains(field))
    }
    /// Hides a field.
    pub fn hide(&mut self, object: Object, field: impl Into<String>) {
        self.hidden.entry(object).or_default().insert(field.into());
    }
    /// Shows a field that was hidden.
    pub fn show(&mut self, object: Object, field: &str) {
        if let Some(fields) = self.hidden.get_mut(&object) {
            fields.remove(field);
        }
        self.hidden.retain(|_, fields| !fields.is_empty());
    }
    /// Whether some verb of it goes as far as the organisation.
    pub(crate) fn reaches_organisation(&self) -> bool {
        self.reach.contains(&Reach::Organisation)
    }

    pub(crate) fn to_text(&self) -> Result<String> {
        let granted = Verb::ALL.iter().filter(|v| self.reach(**v) != Reach::None);
        let body = Body {
            names: self.names.clone(),
            verbs: granted.map(|v| (v.key().to_owned(), self.reach(*v))).collect(),
            hidden: self.hidden.iter().map(|(object, fields)| (object.key().to_owned(), fields.clone())).collect(),
            fallback: self.fallback,
        };
        serde_json::to_string(&body).map_err(Error::internal)
    }
    pub(crate) fn of_text(text: &str) -> Result<Self> {
        let body: Body = serde_json::from_str(text).map_err(Error::internal)?;
        let mut role = Self::named(body.names);
        role.fallback = body.fallback;
        for (key, reach) in &body.verbs {
            if let Some(verb) = Verb::from_key(key) {
                // A reach that this version no longer knows for the object grants nothing.
                let _ = role.set(verb, *reach);
            }
        }
        for (key, fields) in body.hidden {
            if let Some(object) = Object::from_key(&key) {
                role.hidden.insert(object, fields);
            }
        }
        Ok(role)
    }
}

impl db::FromColumn for Role {
    const TYPE: db::ColumnType = db::ColumnType::Text;
    fn from_column(row: &db::RawRow<'_>, index: usize) -> Result<Self> {
        Self::of_text(&String::from_column(row, index)?)
    }
}

/// A role as many requests share it. Its text is the key, so that a change is seen at once.
#[derive(Debug, Clone)]
pub(crate) struct SharedRole(pub Arc<Role>);

/// Texts of roles that were read before; few, but each is asked for by every request of its holders.
static READ: LazyLock<Mutex<HashMap<String, Arc<Role>>>> = LazyLock::new(Mutex::default);

/// Then they are read anew.
const REMEMBERED: usize = 500;

impl db::FromColumn for SharedRole {
    const TYPE: db::ColumnType = db::ColumnType::Text;
    fn from_column(row: &db::RawRow<'_>, index: usize) -> Result<Self> {
        let text = String::from_column(row, index)?;
        if let Some(role) = READ.lock().get(&text) {
            return Ok(Self(Arc::clone(role)));
        }
        let role = Arc::new(Role::of_text(&text)?);
        let mut read = READ.lock();
        if read.len() >= REMEMBERED {
            read.clear();
        }
        read.insert(text, Arc::clone(&role));
        Ok(Self(role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_survives_storage_and_unknown_rights_grant_nothing() {
        let mut role = Role::named(BTreeMap::from([(Lang::En, "Tester".to_owned())]));
        role.set(Verb::TicketSee, Reach::Team).unwrap();
        role.hide(Object::Ticket, "assignee");
        let text = role.to_text().unwrap();
        assert_eq!(Role::of_text(&text).unwrap(), role);
        let newer = text.replace("\"ticket.see\"", "\"ticket.fly\":\"all\",\"audit.see\":\"own\",\"ticket.see\"");
        assert_eq!(Role::of_text(&newer).unwrap(), role);
        assert_eq!(role.name(Lang::Ru), "Tester");
        assert!(role.set(Verb::AuditSee, Reach::Own).is_err());
    }
}
