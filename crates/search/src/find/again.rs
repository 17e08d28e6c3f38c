//! Candidates read again from the database, one after the other: what the reader may see of them now,
//! and whether that still answers.

use std::collections::{HashMap, HashSet};

use ::party::AddressKind;
use access::Verb;
use kernel::{Result, TicketId};
use ticket::Ticket;

use super::answer::Answer;
use super::ask::Question;
use super::collect::{After, Candidate};
use super::finder::Finder;
use super::hit::{Hit, Record};
use crate::Kind;
use crate::index::document::Attribute;
use crate::store::text::{self, Conversations, Message};
use crate::store::{party, ticket as texts, visible};
use crate::text::phone;

/// Bytes of texts that are read for many candidates at once, and for each of them.
const AHEAD: i64 = 2 << 20;
const AHEAD_EACH: i64 = 32 << 10;
/// Bytes of a long conversation that are read at once.
const PART: i64 = 128 << 10;

/// How far candidates were read.
pub(super) enum Taken {
    All,
    /// The page is full and there is one more.
    Full,
    /// The time is over; the last one that was read.
    Late(After),
}

/// What was read of some candidates at once.
#[derive(Default)]
struct Batch {
    tickets: HashMap<i64, Ticket>,
    inner: HashSet<i64>,
    resolutions: HashMap<i64, String>,
    conversations: Conversations,
    files: HashMap<i64, Vec<(bool, String)>>,
    /// Texts by message, and how many messages of each ticket are among them.
    bodies: HashMap<i64, String>,
    ahead: HashMap<i64, usize>,
    parties: HashMap<(Kind, i64), (visible::Party, party::Source)>,
}

impl Finder<'_, '_, '_> {
    /// Adds the candidates that are seen and answer, in their order.
    pub(super) fn take(
        &mut self,
        candidates: &[Candidate],
        question: &Question,
        forgiving: bool,
        limit: usize,
        hits: &mut Vec<Hit>,
    ) -> Result<Taken> {
        let mut batch = self.batch(candidates, question)?;
        let mut last: Option<After> = None;
        for candidate in candidates {
            if let Some(last) = last.as_ref().filter(|_| self.patience.is_over()) {
                return Ok(Taken::Late(last.clone()));
            }
            let hit = match kind_of(candidate) {
                Some(Kind::Ticket) => self.ticket(&mut batch, candidate.id(), question, forgiving)?,
                Some(kind) => self.party(&mut batch, kind, candidate.id(), question, forgiving),
                None => None,
            };
            let after = candidate.after();
            if let Some(mut hit) = hit {
                // One more than the page only says that there is more.
                if hits.len() >= limit {
                    return Ok(Taken::Full);
                }
                hit.after = Some(after.clone());
                hits.push(hit);
            }
            last = Some(after);
        }
        Ok(Taken::All)
    }

    fn batch(&mut self, candidates: &[Candidate], question: &Question) -> Result<Batch> {
        let ids = |kind: Kind| -> Vec<i64> { candidates.iter().filter(|c| kind_of(c) == Some(kind)).map(Candidate::id).collect() };
        let mut batch = Batch::default();
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Ticket) {
            let wanted = ids(kind);
            let mut seen = visible::parties(self.rd, self.frame.actor, kind, &wanted)?;
            let sources = party::sources(self.rd, kind, &wanted, self.frame.actor.who.at)?;
            let known = sources.into_iter().filter_map(|source| Some(((kind, source.id), (seen.remove(&source.id)?, source))));
            batch.parties.extend(known);
        }
        self.tickets(&mut batch, &ids(Kind::Ticket), question)?;
        Ok(batch)
    }

    fn tickets(&mut self, batch: &mut Batch, ids: &[i64], question: &Question) -> Result<()> {
        let actor = self.frame.actor;
        let filter = question.condition();
        batch.tickets = visible::tickets(self.rd, &actor.tickets(Verb::TicketSee), filter.as_ref(), ids)?;
        batch.inner = visible::inner(self.rd, actor, ids)?;
        if question.inner_only {
            let inner = &batch.inner;
            batch.tickets.retain(|id, _| inner.contains(id));
        }
        if question.leaves.is_empty() {
            return Ok(());
        }
        let wanted: Vec<i64> = ids.iter().copied().filter(|id| batch.tickets.contains_key(id)).collect();
        if self.doors.resolution {
            // What solved a ticket once is no report any more while it is open again.
            let done: Vec<Ticket> = batch.tickets.values().filter(|ticket| !ticket.is_open()).cloned().collect();
            batch.resolutions = texts::resolutions(self.rd, &done)?;
        }
        batch.files = texts::files(self.rd, &wanted)?;
        batch.conversations = text::conversations(self.rd, &wanted)?;
        let mut room = AHEAD;
        let mut messages: Vec<i64> = Vec::new();
        for id in &wanted {
            let inner = batch.inner.contains(id);
            let Some(all) = batch.conversations.get_mut(id) else { continue };
            all.retain(|message| message.public || inner);
            let part = part(all, AHEAD_EACH.min(room));
            room -= part.iter().map(|message| message.bytes).sum::<i64>();
            messages.extend(part.iter().map(|message| message.id));
            batch.ahead.insert(*id, part.len());
        }
        batch.bodies = text::bodies(self.rd, &messages)?;
        Ok(())
    }

    fn ticket(&mut self, batch: &mut Batch, id: i64, question: &Question, forgiving: bool) -> Result<Option<Hit>> {
        let Some(ticket) = batch.tickets.remove(&id) else { return Ok(None) };
        let inner = batch.inner.contains(&id);
        let mut hit = Hit::of_ticket(ticket, inner);
        if question.leaves.is_empty() {
            return Ok(Some(hit));
        }
        let mut answer = Answer::new(question, forgiving);
        hit.title = answer.title(&hit.plain_title());
        if let Some(resolution) = batch.resolutions.remove(&id) {
            answer.text(&resolution);
        }
        let messages = batch.conversations.remove(&id).unwrap_or_default();
        let (ahead, mut rest) = messages.split_at(batch.ahead.get(&id).copied().unwrap_or(0).min(messages.len()));
        ahead.iter().filter_map(|message| batch.bodies.get(&message.id)).for_each(|body| answer.text(body));
        let names = batch.files.remove(&id).unwrap_or_default();
        names.iter().filter(|(public, _)| *public || inner).for_each(|(_, name)| answer.text(name));
        // A long conversation is read on until it is certain: the index alone is not believed.
        while !rest.is_empty() && !answer.is_certain() {
            let (now, later) = rest.split_at(part(rest, PART).len().max(1));
            let ids: Vec<i64> = now.iter().map(|message| message.id).collect();
            let bodies = text::bodies(self.rd, &ids)?;
            ids.iter().filter_map(|id| bodies.get(id)).for_each(|body| answer.text(body));
            rest = later;
        }
        if !answer.holds() {
            self.otherwise(&hit, &mut answer)?;
        }
        if !answer.holds() {
            return Ok(None);
        }
        hit.excerpt = answer.excerpt();
        Ok(Some(hit))
    }

    /// By a number or a tag, which stand in no text.
    fn otherwise(&mut self, hit: &Hit, answer: &mut Answer<'_>) -> Result<()> {
        let ticket = TicketId::new(hit.id);
        let mut numbers = vec![hit.id.to_string()];
        numbers.extend(ticket::store::reference::of_ticket(self.rd, ticket)?.into_iter().map(|(_, number)| kernel::fold(&number)));
        answer.also(|leaf| numbers.contains(&leaf.number));
        if hit.inner && self.doors.attributes.contains(&Attribute::Tag) {
            for tag in ticket::store::involved::tags(self.rd, ticket)? {
                answer.word(&tag);
            }
        }
        Ok(())
    }

    fn party(&self, batch: &mut Batch, kind: Kind, id: i64, question: &Question, forgiving: bool) -> Option<Hit> {
        let (mut party, source) = batch.parties.remove(&(kind, id))?;
        let mut answer = Answer::new(question, forgiving);
        let title = answer.title(&party.name);
        source.texts.iter().for_each(|text| answer.text(text));
        let shown = |attribute: Attribute| self.doors.attributes.contains(&attribute);
        if shown(Attribute::Address) {
            for (of, value) in &source.addresses {
                answer.text(value);
                if matches!(of, AddressKind::Phone | AddressKind::Mobile) {
                    let token = phone::token(&value.chars().filter(char::is_ascii_digit).collect::<String>());
                    answer.also(|leaf| leaf.phone.as_ref().is_some_and(|asked| token.starts_with(asked.as_str())));
                }
            }
        }
        if shown(Attribute::JobTitle) {
            answer.text(&source.title);
        }
        if shown(Attribute::Domain) {
            source.domains.iter().for_each(|domain| answer.text(domain));
        }
        if !answer.holds() {
            return None;
        }
        if kind == Kind::Person {
            let hidden = self.frame.actor.hidden(kind.object());
            if hidden.contains("title") {
                party.detail = String::new();
            }
            if hidden.contains("addresses") {
                party.email = None;
            }
            if hidden.contains("memberships") {
                party.organisation = None;
            }
        }
        Some(Hit { kind, id, title, excerpt: Vec::new(), record: Record::Party(party), inner: false, after: None })
    }
}

/// The first messages of these within so many bytes.
fn part(messages: &[Message], room: i64) -> &[Message] {
    let mut left = room;
    let fits = |message: &&Message| {
        left -= message.bytes;
        left >= 0
    };
    messages.get(..messages.iter().take_while(fits).count()).unwrap_or_default()
}

fn kind_of(candidate: &Candidate) -> Option<Kind> {
    // An order by titles is one of tickets.
    if candidate.place.object == 0 { Some(Kind::Ticket) } else { Kind::of_number(candidate.place.object) }
}
