//! What the log says of records that an import made and changed.

use db::Tx;
use events::{Act, Draft, Visibility, append};
use kernel::{OrganisationId, Result};
use serde::Serialize;

use crate::party::Sort;

/// The fields, never their values.
#[derive(Serialize)]
struct Fields {
    fields: Vec<String>,
}

/// Says that a record was made.
pub fn made(tx: &mut Tx<'_>, act: &Act, tenant: OrganisationId, sort: Sort, id: i64) -> Result<()> {
    let kind = match sort {
        Sort::Person => "person.created",
        Sort::Organisation => "organisation.created",
        Sort::Location => "location.created",
        Sort::Service => "service.created",
        Sort::Team => "team.created",
    };
    told(tx, act, tenant, (sort, id), kind, Vec::new())
}

/// Says which fields of a record were changed.
pub fn changed(tx: &mut Tx<'_>, act: &Act, tenant: OrganisationId, sort: Sort, id: i64, fields: Vec<String>) -> Result<()> {
    let kind = match sort {
        Sort::Person => "person.changed",
        Sort::Organisation => "organisation.changed",
        Sort::Location => "location.changed",
        Sort::Service => "service.changed",
        Sort::Team => "team.changed",
    };
    told(tx, act, tenant, (sort, id), kind, fields)
}

fn told(tx: &mut Tx<'_>, act: &Act, tenant: OrganisationId, of: (Sort, i64), kind: &'static str, fields: Vec<String>) -> Result<()> {
    let draft = Draft {
        tenant: tenant.raw(),
        object: of.0.key(),
        object_id: of.1,
        kind,
        visibility: Visibility::Administrative,
        payload: &Fields { fields },
    };
    append(tx, act, &draft).map(drop)
}
