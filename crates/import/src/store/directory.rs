//! Those whom the desk knows already.

use db::{Rd, params, sql};
use kernel::{Id, OrganisationId, PageRequest, Result, TicketId, Time};
use party::store::{address, location, organisation, service, team};
use party::{AddressKind, Tenants, Within};
use sea_query::{Expr, ExprTrait, Query};

use crate::directory::{Directory, Place};
use crate::party::{More, Party, PartyKey, Sort};

/// Rows read at once.
const PAGE: i64 = 2000;

/// The teams, organisations, services and locations of a tenant, and everybody whom batches of the
/// source spoke of.
pub(crate) fn load(rd: &mut Rd<'_>, tenant: OrganisationId, source: &str) -> Result<Directory> {
    let mut directory = Directory::default();
    let mut after = (0, String::new(), String::new());
    loop {
        let rows = super::party::known(rd, tenant, source, after.clone(), PAGE)?;
        let Some(last) = rows.last() else { break };
        after = (last.batch, last.object.clone(), last.key.clone());
        for row in rows {
            if let Some(sort) = Sort::from_key(&row.object) {
                // A batch whose kind is a sort took a file of such records.
                directory.add_key(PartyKey { sort, key: row.key }, row.id, row.kind == row.object);
            }
        }
    }
    named(rd, tenant, &mut directory)?;
    Ok(directory)
}

fn named(rd: &mut Rd<'_>, tenant: OrganisationId, directory: &mut Directory) -> Result<()> {
    let within = Within::tenants(Tenants::one(tenant));
    let both = Within::tenants(Tenants::one(tenant).with_shared());
    let place = |id, parent, of| Place { id, parent, own: of == tenant };
    pages(|request| {
        let page = team::page(rd, &both, request)?;
        for t in &page.rows {
            let place = place(t.id.raw(), None, t.tenant);
            directory.add_desk_key(PartyKey { sort: Sort::Team, key: t.key.clone() }, place);
            directory.add_name(PartyKey::named(Sort::Team, &t.name), place);
        }
        Ok(page.next)
    })?;
    pages(|request| {
        let page = service::page(rd, &both, None, request)?;
        for s in &page.rows {
            let place = place(s.id.raw(), s.parent.map(Id::raw), s.tenant);
            directory.add_desk_key(PartyKey { sort: Sort::Service, key: s.key.clone() }, place);
            directory.add_name(PartyKey::named(Sort::Service, &s.name), place);
        }
        Ok(page.next)
    })?;
    pages(|request| {
        let page = organisation::page(rd, &within, &organisation::Filter::default(), request)?;
        for o in &page.rows {
            directory.add_name(PartyKey::named(Sort::Organisation, &o.name), place(o.id.raw(), o.parent.map(Id::raw), o.tenant));
        }
        Ok(page.next)
    })?;
    pages(|request| {
        let page = location::page(rd, &both, request)?;
        for l in &page.rows {
            directory.add_name(PartyKey::named(Sort::Location, &l.name), place(l.id.raw(), l.parent.map(Id::raw), l.tenant));
        }
        Ok(page.next)
    })
}

fn pages(mut read: impl FnMut(&PageRequest) -> Result<Option<String>>) -> Result<()> {
    let mut cursor = None;
    loop {
        cursor = read(&PageRequest { limit: Some(PageRequest::MAX), cursor })?;
        if cursor.is_none() {
            return Ok(());
        }
    }
}

/// The person of the tenant who alone has the mail address of a party.
pub(crate) fn by_mail(rd: &mut Rd<'_>, tenant: OrganisationId, party: &Party) -> Result<Option<i64>> {
    let More::Person(details) = &party.more else { return Ok(None) };
    let Some(email) = &details.email else { return Ok(None) };
    let owners = address::owners(rd, tenant, AddressKind::Email, email)?;
    Ok(if let [only] = owners.as_slice() { Some(only.raw()) } else { None })
}

/// Which of these numbers of a source the tenant has, with their tickets and batches; at most 200 at once.
pub(crate) fn numbers(
    rd: &mut Rd<'_>,
    tenant: OrganisationId,
    source: &str,
    numbers: &[String],
) -> Result<Vec<(String, TicketId, Option<i64>)>> {
    let query = Query::select()
        .column(("external_ref", "number"))
        .column(("ticket", "id"))
        .column(("ticket", "batch_id"))
        .from("external_ref")
        .inner_join("ticket", Expr::col(("ticket", "id")).equals(("external_ref", "ticket_id")))
        .and_where(Expr::col(("external_ref", "tenant_id")).eq(tenant.raw()))
        .and_where(Expr::col(("external_ref", "source")).eq(source))
        .and_where(Expr::col(("external_ref", "number")).is_in(numbers.iter().map(String::as_str)))
        .to_owned();
    rd.select(&query)
}

/// The latest moment of what imports before a moment wrote of a ticket.
pub(crate) fn newest(rd: &mut Rd<'_>, ticket: TicketId, before: Time) -> Result<Option<Time>> {
    rd.one(
        sql!(
            Option<Time>,
            "SELECT MAX(occurred_at) FROM event WHERE object = 'ticket' AND object_id = $1 AND silent = 1 AND recorded_at < $2"
        ),
        &params![ticket, before],
    )
}

/// The line of a team.
pub(crate) fn line(rd: &mut Rd<'_>, id: i64) -> Result<i64> {
    rd.one(sql!(i64, "SELECT line FROM team WHERE id = $1"), &params![id])
}
