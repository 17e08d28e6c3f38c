//! What page and endpoints read together.

use db::Rd;
use kernel::{Page, PageRequest, Result};
use party::{Names, Wanted};
use ticket::{Catalogue, Frame, Ticket};

use crate::inbox::{self, Told};

/// A page of the inbox with the names on it, and the numbers of its tickets in its order.
pub fn read(rd: &mut Rd<'_>, frame: Frame<'_>, request: &PageRequest) -> Result<(Page<Told>, Names, Vec<String>)> {
    let page = inbox::page(rd, frame, request)?;
    let catalogue = frame.desk.catalogue(rd)?;
    let numbers = page.rows.iter().map(|told| number(&catalogue, &told.seen.ticket)).collect();
    let mut wanted = Wanted::default();
    for told in &page.rows {
        wanted.person(told.by);
    }
    Ok((page, wanted.load(rd)?, numbers))
}

/// The number as people read it.
pub fn number(catalogue: &Catalogue, ticket: &Ticket) -> String {
    let kind = catalogue.kind(ticket.tenant, &ticket.kind);
    kind.map_or_else(|| ticket.id.to_string(), |kind| format!("{}-{}", kind.prefix, ticket.id))
}
