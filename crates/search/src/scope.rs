//! What a reader may see, as a filter of the index: candidates only, each is asked for again.

use access::{Actor, Below, Extent, Verb};
use db::Rd;
use kernel::{OrganisationId, Result};
use party::Tenants;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::Kind;
use crate::index::Fields;

/// Organisations below those of a reader that are named one by one.
const SUBTREE: usize = 20_000;

/// What a filter does with a tree of more organisations than can be named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// It proposes records of all organisations: each is asked for again.
    Open,
    /// It leaves out those that are not named: where nothing is asked for again.
    Shut,
}

/// A filter of one kind.
pub struct Filter {
    /// None: everything is seen.
    pub query: Option<Box<dyn Query>>,
    /// It says exactly what is seen.
    pub exact: bool,
}

/// How far an actor sees records of a kind.
pub fn extent(actor: &Actor, kind: Kind) -> Extent {
    match kind {
        Kind::Ticket => actor.tickets(Verb::TicketSee).extent(),
        Kind::Person => actor.persons(Verb::PersonSee).extent(),
        Kind::Organisation => actor.organisations(Verb::OrganisationSee).extent(),
        Kind::Team => actor.teams(Verb::TeamSee).extent(),
        Kind::Service => actor.services(Verb::ServiceSee).extent(),
    }
}

/// The tickets whose inner side an actor sees.
pub fn inner(actor: &Actor) -> Extent {
    actor.tickets(Verb::TicketSeeInternal).extent()
}

/// Whether the inner side of every ticket is seen that is seen at all.
pub fn sees_inner_everywhere(actor: &Actor) -> bool {
    let (all, inner) = (extent(actor, Kind::Ticket), inner(actor));
    all.all == inner.all && all.organisation == inner.organisation && all.team == inner.team && all.own == inner.own
}

/// One number in a field.
pub fn is(field: Field, number: i64) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_i64(field, number), IndexRecordOption::Basic))
}

/// One of these numbers in a field.
pub fn any_of(field: Field, numbers: impl IntoIterator<Item = i64>) -> Box<dyn Query> {
    any_term(numbers.into_iter().map(|number| Term::from_field_i64(field, number)).collect())
}

/// Terms that are looked up one by one: making the automaton of a larger set costs as much as many of them.
const FEW_TERMS: usize = 64;

/// One of these terms.
pub fn any_term(terms: Vec<Term>) -> Box<dyn Query> {
    let one = |term: Term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>;
    if terms.len() > FEW_TERMS { Box::new(TermSetQuery::new(terms)) } else { either(terms.into_iter().map(one).collect()) }
}

/// At least one of these.
pub fn either(of: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match of.len() {
        0 => Box::new(EmptyQuery),
        1 => of.into_iter().next().unwrap_or_else(|| Box::new(EmptyQuery)),
        _ => Box::new(BooleanQuery::new(of.into_iter().map(|query| (Occur::Should, query)).collect())),
    }
}

/// All of these.
pub fn both(of: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match of.len() {
        0 => Box::new(AllQuery),
        1 => of.into_iter().next().unwrap_or_else(|| Box::new(AllQuery)),
        _ => Box::new(BooleanQuery::new(of.into_iter().map(|query| (Occur::Must, query)).collect())),
    }
}

/// The filter of one kind.
///
/// # Errors
/// The database refuses.
pub fn filter(rd: &mut Rd<'_>, fields: &Fields, kind: Kind, extent: &Extent, beyond: Beyond) -> Result<Filter> {
    if extent.is_nothing() {
        return Ok(Filter { query: Some(Box::new(EmptyQuery)), exact: true });
    }
    let common = if extent.is_everything() { Filter { query: None, exact: true } } else { reached(rd, fields, kind, extent, beyond)? };
    match kind {
        Kind::Ticket => Ok(Filter { query: Some(discreet(fields, extent, common.query)), ..common }),
        _ => Ok(common),
    }
}

/// Tickets as far as they are not confidential; of those only what names the reader; and never what
/// complains of the reader.
fn discreet(fields: &Fields, extent: &Extent, common: Option<Box<dyn Query>>) -> Box<dyn Query> {
    let persons = || extent.who.persons.iter().map(|id| id.raw());
    let column = |name: &str, numbers: Vec<i64>| -> Box<dyn Query> {
        fields.column(name).map_or_else(|| Box::new(EmptyQuery) as Box<dyn Query>, |field| any_of(field, numbers))
    };
    let confidential = || column("confidential", vec![1]);
    let common = common.unwrap_or_else(|| Box::new(AllQuery));
    let open: Box<dyn Query> = Box::new(BooleanQuery::new(vec![(Occur::Must, common), (Occur::MustNot, confidential())]));
    let mut named = vec![confidential(), column("named", persons().collect())];
    if let Some(tenants) = touched(extent) {
        named.push(column("tenant_id", tenants));
    }
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, either(vec![open, both(named)])),
        (Occur::MustNot, column("about", persons().collect())),
    ]))
}

/// The tenants in which something is reached; none for all.
fn touched(extent: &Extent) -> Option<Vec<i64>> {
    let mut all = Vec::new();
    for tenants in [&extent.own, &extent.team, &extent.organisation, &extent.all] {
        match tenants {
            Tenants::All => return None,
            Tenants::Some(list) => all.extend(list.iter().map(|id| id.raw())),
        }
    }
    Some(all)
}

/// What the levels reach.
fn reached(rd: &mut Rd<'_>, fields: &Fields, kind: Kind, extent: &Extent, beyond: Beyond) -> Result<Filter> {
    let who = &extent.who;
    let own = || any_of(fields.person, who.persons.iter().map(|id| id.raw()));
    let team = || any_of(fields.team, who.teams.iter().map(|id| id.raw()));
    let (below, exact) = if extent.organisation.is_empty() { (Vec::new(), true) } else { below(rd, extent)? };
    let organisation = || -> Box<dyn Query> {
        if exact || beyond == Beyond::Shut { any_of(fields.organisation, below.iter().copied()) } else { Box::new(AllQuery) }
    };
    let mine = || any_of(fields.organisation, who.organisations.iter().map(|place| place.id.raw()));
    // The innermost circle of an organisation is one's own, of a team it is membership.
    let (own, team): (Box<dyn Query>, Box<dyn Query>) = match kind {
        Kind::Organisation => (mine(), Box::new(EmptyQuery)),
        Kind::Team => (team(), team()),
        _ => (own(), team()),
    };
    let organisation: Box<dyn Query> = match kind {
        Kind::Team => team.box_clone(),
        Kind::Service => Box::new(EmptyQuery),
        _ => organisation(),
    };
    let mut any = Vec::new();
    let mut level = |tenants: &Tenants, circles: Option<Vec<Box<dyn Query>>>| {
        let tenants: Option<Box<dyn Query>> = match tenants {
            Tenants::All => None,
            Tenants::Some(list) if list.is_empty() => return,
            Tenants::Some(list) => fields.column("tenant_id").map(|field| any_of(field, list.iter().map(|id| id.raw()))),
        };
        any.push(both(tenants.into_iter().chain(circles.map(either)).collect()));
    };
    level(&extent.all, None);
    level(&extent.organisation, Some(vec![own.box_clone(), team.box_clone(), organisation]));
    level(&extent.team, Some(vec![own.box_clone(), team]));
    level(&extent.own, Some(vec![own]));
    Ok(Filter { query: Some(either(any)), exact })
}

/// The organisations at and below those of the reader, and whether these are all.
fn below(rd: &mut Rd<'_>, extent: &Extent) -> Result<(Vec<i64>, bool)> {
    if let Below::Ids(ids) = &extent.who.below {
        return Ok((ids.iter().map(|id| id.raw()).collect(), true));
    }
    let (mut all, mut exact) = (Vec::new(), true);
    for place in &extent.who.organisations {
        let found = party::store::organisation::subtree(rd, &place.path, SUBTREE + 1)?;
        exact &= found.len() <= SUBTREE;
        all.extend(found.into_iter().take(SUBTREE).map(OrganisationId::raw));
    }
    Ok((all, exact))
}
