//! All custom fields as they are configured.

use std::collections::BTreeSet;

use db::Rd;
use kernel::{Error, Result, Time};

use super::{Audience, FIELD, FieldDef, Object};

/// The definitions at one moment, in the order in which people read them.
#[derive(Debug, Clone, Default)]
pub struct FieldSet {
    /// By tenant; 0 is shared by all.
    defs: Vec<(i64, FieldDef)>,
    /// The properties of tickets that a requester may read.
    open: BTreeSet<String>,
    /// What fields were until a moment when they got another type, the oldest first.
    former: Vec<(Time, FieldDef)>,
}

impl FieldSet {
    /// Reads them all.
    ///
    /// # Errors
    /// The database refuses, or a stored definition cannot be read.
    pub fn load(rd: &mut Rd<'_>) -> Result<Self> {
        let mut defs = Vec::new();
        for row in crate::list(rd, FIELD)? {
            defs.push((row.tenant, serde_json::from_str(&row.data).map_err(Error::internal)?));
        }
        Ok(Self { former: crate::changes::former(rd)?, ..Self::of(defs) })
    }

    /// These definitions with their tenants.
    pub fn of(mut defs: Vec<(i64, FieldDef)>) -> Self {
        defs.sort_by(|(_, a), (_, b)| (a.object, a.place, &a.key).cmp(&(b.object, b.place, &b.key)));
        let open = defs.iter().map(|(_, def)| def).filter(|d| d.object == Object::Ticket && d.audience != Audience::Desk);
        let open = open.map(FieldDef::property).collect();
        Self { defs, open, former: Vec::new() }
    }

    /// Whether there are none for an object.
    pub fn is_empty(&self, object: Object) -> bool {
        !self.defs.iter().any(|(_, def)| def.object == object)
    }

    /// The active fields of an object in a tenant: its own and the shared ones.
    pub fn of_object(&self, object: Object, tenant: i64) -> impl Iterator<Item = &FieldDef> {
        let here = move |(of, def): &&(i64, FieldDef)| (*of == 0 || *of == tenant) && def.object == object && def.active;
        self.defs.iter().filter(here).map(|(_, def)| def)
    }

    /// An active field of an object in a tenant.
    pub fn get(&self, object: Object, tenant: i64, key: &str) -> Option<&FieldDef> {
        self.of_object(object, tenant).find(|def| def.key == key)
    }

    /// A field by its key, whosever it is and active or not: keys are never used twice.
    pub fn by_key(&self, object: Object, key: &str) -> Option<&FieldDef> {
        self.defs.iter().map(|(_, def)| def).find(|def| def.object == object && def.key == key)
    }

    /// The same as it was at a moment: what stands in the timeline was of the type that it had then.
    pub fn at(&self, object: Object, key: &str, at: Time) -> Option<&FieldDef> {
        let before = self.former.iter().find(|(until, def)| *until > at && def.object == object && def.key == key);
        before.map(|(_, def)| def).or_else(|| self.by_key(object, key))
    }

    /// The active fields of an object in every tenant, with the tenant.
    pub fn everywhere(&self, object: Object) -> impl Iterator<Item = (i64, &FieldDef)> {
        self.defs.iter().filter(move |(_, def)| def.object == object && def.active).map(|(tenant, def)| (*tenant, def))
    }

    /// The keys of the fields of an object and a type, whosever they are and active or not.
    pub fn keys(&self, object: Object, ty: super::FieldType) -> BTreeSet<String> {
        self.defs.iter().filter(|(_, def)| def.object == object && def.ty == ty).map(|(_, def)| def.key.clone()).collect()
    }

    /// The properties of tickets that a requester may read.
    pub fn open(&self) -> &BTreeSet<String> {
        &self.open
    }
}
