//! Everything the ticket page shows, read in one snapshot.

use std::collections::BTreeSet;
use std::sync::Arc;

use access::{Verb, known as knowing};
use db::Rd;
use kernel::{ErrorKind, OrganisationId, PageRequest, PersonId, Result, TeamId, TicketId};
use party::{Names, Wanted};
use settings::field::{FieldType, Value};
use ticket::actions::draft::{self, Kept};
use ticket::actions::{hold, merge};
use ticket::custom::{self, Shown};
use ticket::serve::{self, Seen};
use ticket::store::{involved, link, text, ticket as rows};
use ticket::timeline::Timeline;
use ticket::{Catalogue, Frame, Involvement, KindDef, LinkKind, StateDef, Ticket, facts_of, list};

/// Children and open tickets shown at most.
const SHOWN: u64 = 50;

/// A ticket as the reader may know it, with what stands around it.
pub struct Known {
    pub seen: Seen,
    /// Who reads.
    pub me: Option<PersonId>,
    pub catalogue: Arc<Catalogue>,
    pub kind: KindDef,
    pub timeline: Timeline,
    pub names: Names,
    pub people: Vec<(PersonId, Involvement)>,
    pub teams: Vec<(TeamId, Involvement)>,
    pub tags: Vec<String>,
    pub parent: Option<Ticket>,
    pub children: Vec<Ticket>,
    pub links: Vec<Linked>,
    pub card: Option<Card>,
    pub rights: Rights,
    pub steps: Vec<StateDef>,
    /// It goes on as part of another ticket; that one, when the reader may see it.
    pub part: Option<Option<Ticket>>,
    pub hidden: BTreeSet<String>,
    /// How it was solved, in words.
    pub report: Option<String>,
    /// What the reader is writing here.
    pub draft: Option<Kept>,
    /// What the reader sends here later.
    pub held: Vec<Kept>,
    pub customs: Vec<Shown>,
}

/// A ticket at the other end of a link.
pub struct Linked {
    pub kind: LinkKind,
    pub outward: bool,
    pub ticket: Ticket,
}

/// Who asks, as far as the reader may know them.
pub struct Card {
    pub person: party::Person,
    pub addresses: Vec<party::Address>,
    pub organisation: Option<OrganisationId>,
    /// Other tickets of theirs that are open.
    pub open: Vec<Ticket>,
}

/// What the reader may do here: for showing or hiding buttons. The actions ask again.
#[derive(Debug, Clone, Copy)]
pub struct Rights {
    pub edit: bool,
    pub assign: bool,
    /// Make themselves the assignee.
    pub take: bool,
    pub reply: bool,
    pub note: bool,
    pub link: bool,
    pub watch: bool,
    pub confide: bool,
    /// Let somebody see a confidential ticket.
    pub name: bool,
    /// Ask why somebody sees it.
    pub explain: bool,
    /// Take something away for good.
    pub redact: bool,
    /// Read what was masked.
    pub reveal: bool,
    pub merge: bool,
    pub delete: bool,
}

impl Rights {
    /// Of a merged ticket: work goes on elsewhere.
    fn of_part(self) -> Self {
        Self { edit: false, assign: false, take: false, reply: false, note: false, link: false, ..self }
    }
}

/// Reads a ticket.
///
/// # Errors
/// Not found when the reader may not see it from the inside.
pub fn known(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Known> {
    let seen = serve::see(rd, frame, id)?;
    if !seen.inner {
        return Err(kernel::Error::not_found());
    }
    let catalogue = frame.desk.catalogue(rd)?;
    let kind = catalogue.kind_of(&seen.ticket)?.clone();
    let ticket = &seen.ticket;
    let hidden: BTreeSet<String> = serve::hidden(frame.actor, ticket).into_iter().map(str::to_owned).collect();
    let shown = |field: &str| !hidden.contains(field);
    let (people, teams) = (involved::people(rd, id)?, involved::teams(rd, id)?);
    let tags = if shown("tag") { involved::tags(rd, id)? } else { Vec::new() };
    let mut children = Vec::new();
    let scope = frame.actor.tickets(Verb::TicketSee);
    for child in rows::children(rd, &scope, id, SHOWN)? {
        children.extend(visible(rd, frame, child)?);
    }
    let parent = ticket.parent.filter(|_| shown("parent")).map(|parent| visible(rd, frame, parent)).transpose()?.flatten();
    let mut links = Vec::new();
    for found in link::of_ticket(rd, &scope, id)? {
        links.extend(visible(rd, frame, found.other)?.map(|ticket| Linked { kind: found.kind, outward: found.outward, ticket }));
    }
    let card = match ticket.requester.filter(|_| shown("requester")) {
        Some(person) => card(rd, frame, id, person)?,
        None => None,
    };
    let part = match merge::goes_on_in(rd, ticket)? {
        Some((whole, _)) => Some(visible(rd, frame, whole.id)?),
        None => None,
    };
    let (rights, steps) = (rights(rd, frame, ticket, seen.requester)?, serve::steps(rd, frame, &seen)?);
    let customs = custom::shown(rd, frame, &seen)?;
    Ok(Known {
        rights: if part.is_some() { rights.of_part() } else { rights },
        steps: if part.is_some() { Vec::new() } else { steps },
        part,
        timeline: serve::timeline(rd, frame, &seen)?,
        names: names(rd, ticket, &people, &teams, card.as_ref(), &customs)?,
        report: ticket.resolution_text.filter(|_| shown("resolution_report")).map(|report| text::get(rd, report)).transpose()?.flatten(),
        me: frame.actor.person,
        draft: draft::at(rd, frame, &draft::place_of(id))?,
        held: hold::of_ticket(rd, frame, id)?,
        catalogue,
        kind,
        customs,
        people,
        teams,
        tags,
        parent,
        children,
        links,
        card,
        hidden,
        seen,
    })
}

/// A ticket, when the reader may see it.
fn visible(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId) -> Result<Option<Ticket>> {
    match serve::see(rd, frame, id) {
        Ok(seen) => Ok(Some(seen.ticket)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn rights(rd: &mut Rd<'_>, frame: Frame<'_>, ticket: &Ticket, requester: bool) -> Result<Rights> {
    let facts = facts_of(rd, ticket)?;
    let may = |verb| frame.actor.tickets(verb).sees(&facts);
    Ok(Rights {
        edit: may(Verb::TicketEdit),
        assign: may(Verb::TicketAssign),
        take: may(Verb::TicketTake) || may(Verb::TicketAssign),
        reply: may(Verb::TicketReply) || may(Verb::TicketFollow),
        note: may(Verb::TicketNote),
        link: may(Verb::TicketLink),
        watch: may(Verb::TicketWatch),
        confide: may(Verb::TicketConfide),
        explain: may(Verb::TicketExplain),
        redact: may(Verb::TicketRedact),
        reveal: may(Verb::TicketReveal),
        name: may(Verb::TicketConfide) || (requester && may(Verb::TicketWatch)),
        merge: may(Verb::TicketMerge),
        delete: may(Verb::TicketDelete),
    })
}

fn card(rd: &mut Rd<'_>, frame: Frame<'_>, id: TicketId, person: PersonId) -> Result<Option<Card>> {
    let person = match frame.actor.persons(Verb::PersonSee).get(rd, person) {
        Ok(person) => person,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(Card {
        addresses: knowing::addresses(rd, frame.actor, &person)?,
        organisation: knowing::main_organisation(rd, frame.actor, &person, frame.act.now)?,
        open: open_tickets(rd, frame, person.id, Some(id))?,
        person: knowing::person(frame.actor, person),
    }))
}

/// The open tickets of a person that the reader may see, newest first.
///
/// # Errors
/// The database refuses.
pub fn open_tickets(rd: &mut Rd<'_>, frame: Frame<'_>, person: PersonId, but: Option<TicketId>) -> Result<Vec<Ticket>> {
    let filter = format!("is:open requester:{person} sort:-updated");
    let Ok(prepared) = list::prepare(rd, frame.desk, frame.actor, &filter, false, frame.act.now) else { return Ok(Vec::new()) };
    let page = list::page(rd, &prepared, &PageRequest { limit: Some(6), cursor: None })?.page;
    Ok(page.rows.into_iter().filter(|t| Some(t.id) != but).take(5).collect())
}

fn names(
    rd: &mut Rd<'_>,
    t: &Ticket,
    people: &[(PersonId, Involvement)],
    teams: &[(TeamId, Involvement)],
    card: Option<&Card>,
    customs: &[Shown],
) -> Result<Names> {
    let mut wanted = Wanted::default();
    wanted.person(t.requester).person(t.beneficiary).person(t.assignee).person(t.created_by);
    wanted.team(t.team).team(t.owner_team).service(t.service).organisation(t.organisation).location(t.location);
    for (person, _) in people {
        wanted.person(*person);
    }
    for (team, _) in teams {
        wanted.team(*team);
    }
    for shown in customs.iter().filter(|shown| shown.def.ty == FieldType::Person) {
        wanted.person(shown.value.as_ref().and_then(Value::int).map(PersonId::new));
    }
    if let Some(card) = card {
        wanted.organisation(card.organisation).location(card.person.location);
    }
    wanted.load(rd)
}
