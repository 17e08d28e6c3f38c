//! Organisations: companies, departments, suppliers, as a tree. The root of a tree is a tenant.

use kernel::{Lang, OrganisationId, Time};

use crate::TenantId;

db::choice! {
    /// What an organisation is to the operator.
    OrganisationKind {
        Internal "internal",
        Customer "customer",
        Supplier "supplier",
        Partner "partner",
    }
}

db::row! {
    /// An organisation as stored.
    pub struct Organisation {
        pub id: OrganisationId,
        pub tenant: TenantId,
        pub parent: Option<OrganisationId>,
        pub path: String,
        pub name: String,
        pub kind: OrganisationKind,
        /// The paying customer, when it is not the organisation itself.
        pub payer: Option<OrganisationId>,
        pub time_zone: Option<String>,
        pub lang: Option<Lang>,
        pub note: String,
        pub active: bool,
        pub version: i64,
        pub created_at: Time,
        pub updated_at: Time,
    }
}

db::row! {
    /// An organisation as a list shows it.
    pub struct OrganisationLine {
        pub id: OrganisationId,
        pub tenant: TenantId,
        pub parent: Option<OrganisationId>,
        pub path: String,
        pub name: String,
        pub name_key: String,
        pub kind: OrganisationKind,
        pub active: bool,
        pub version: i64,
    }
}

/// What a person may set on an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationData {
    pub name: String,
    pub kind: OrganisationKind,
    pub payer: Option<OrganisationId>,
    pub time_zone: Option<String>,
    pub lang: Option<Lang>,
    pub note: String,
    pub active: bool,
}

impl OrganisationData {
    pub fn named(name: impl Into<String>, kind: OrganisationKind) -> Self {
        Self { name: name.into(), kind, payer: None, time_zone: None, lang: None, note: String::new(), active: true }
    }
}

impl From<&Organisation> for OrganisationData {
    fn from(o: &Organisation) -> Self {
        Self {
            name: o.name.clone(),
            kind: o.kind,
            payer: o.payer,
            time_zone: o.time_zone.clone(),
            lang: o.lang,
            note: o.note.clone(),
            active: o.active,
        }
    }
}
