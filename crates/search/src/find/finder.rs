//! One search under way: its query, its rounds of candidates, and the hits that remain of them.

use std::collections::HashMap;

use access::Object;
use db::Rd;
use kernel::Result;
use tantivy::Searcher;
use tantivy::query::{BooleanQuery, Occur, Query};
use ticket::Frame;

use super::ask::Question;
use super::broken;
use super::collect::{After, Candidate, Collect, Collected, Order};
use super::hit::{Hit, Record};
use super::words::{Doors, Inner, silent};
use crate::index::Live;
use crate::index::document::Attribute;
use crate::rank::{Excluded, Statistics};
use crate::scope;
use crate::store::{ticket as texts, visible};
use crate::text::leaf::Leaf;
use crate::text::mark::{self, Piece};
use crate::{Kind, Search};

/// Rounds of candidates before a page stays short.
const ROUNDS: usize = 40;
/// Candidates of a round beyond the page: some may be gone.
const SPARE: usize = 8;
/// Texts of one ticket that are read for an excerpt.
const MOST_TEXTS: usize = 300;

pub(super) struct Finder<'a, 'r, 'c> {
    pub search: &'a Search,
    pub live: &'a Live,
    pub rd: &'r mut Rd<'c>,
    pub frame: Frame<'a>,
    pub question: Question,
    pub searcher: Searcher,
    pub doors: Doors<'a>,
    /// Kinds with their scopes; none: everything of the kind is seen.
    scopes: Vec<(Kind, Option<Box<dyn Query>>)>,
}

impl<'a, 'r, 'c> Finder<'a, 'r, 'c> {
    pub fn new(search: &'a Search, live: &'a Live, rd: &'r mut Rd<'c>, frame: Frame<'a>, question: Question) -> Result<Self> {
        let fields = &live.fields;
        let mut scopes = Vec::new();
        for kind in &question.kinds {
            let mut scope = scope::filter(rd, fields, *kind, &scope::extent(frame.actor, *kind))?;
            if question.inner_only && *kind == Kind::Ticket {
                let inner = scope::filter(rd, fields, *kind, &scope::inner(frame.actor))?;
                scope = Some(scope::both(scope.into_iter().chain(inner).collect()));
            }
            scopes.push((*kind, scope));
        }
        let doors = doors(rd, live, frame)?;
        Ok(Self { search, live, rd, frame, question, searcher: live.searcher(), doors, scopes })
    }

    /// Hits of the question as it was typed. Answers the place of the last one when there are more.
    pub fn typed(&mut self, after: Option<After>, limit: usize, hits: &mut Vec<Hit>) -> Result<Option<After>> {
        let question = self.question.clone();
        self.other(&question, after, limit, hits)
    }

    /// Hits of another reading of it.
    pub fn other(&mut self, question: &Question, after: Option<After>, limit: usize, hits: &mut Vec<Hit>) -> Result<Option<After>> {
        let (words, _) = self.doors.query(&question.wanted, &question.leaves, false);
        let query = self.within(words);
        self.gather(&*query, question, false, after, limit, hits)
    }

    /// Hits with typing errors forgiven, without those of the question as typed.
    pub fn near(&mut self, after: Option<After>, limit: usize, hits: &mut Vec<Hit>) -> Result<Option<After>> {
        let question = self.question.clone();
        let (exact, _) = self.doors.query(&question.wanted, &question.leaves, false);
        let (near, _) = self.doors.query(&question.wanted, &question.leaves, true);
        let within = self.within(near);
        let query = BooleanQuery::new(vec![(Occur::Must, within), (Occur::MustNot, Box::new(Excluded(silent(exact))))]);
        self.gather(&query, &question, true, after, limit, hits)
    }

    pub fn forgives(&self) -> bool {
        self.question.leaves.iter().any(|leaf| leaf.forgiven() > 0)
    }

    /// Only what the reader may see, as far as the index knows.
    pub fn within(&self, words: Box<dyn Query>) -> Box<dyn Query> {
        let fields = &self.live.fields;
        let of_kind = |(kind, scope): &(Kind, Option<Box<dyn Query>>)| {
            let object = scope::is(fields.object, kind.number());
            scope::both(std::iter::once(object).chain(scope.as_ref().map(|scope| scope.box_clone())).collect())
        };
        let all = self.scopes.len() == Kind::ALL.len() && self.scopes.iter().all(|(_, scope)| scope.is_none());
        if all {
            return words;
        }
        let seen = scope::either(self.scopes.iter().map(of_kind).collect());
        Box::new(BooleanQuery::new(vec![(Occur::Must, words), (Occur::Must, silent(seen))]))
    }

    /// The kinds of this search with their scopes.
    pub fn scope_of(&self, kind: Kind) -> Option<&Option<Box<dyn Query>>> {
        self.scopes.iter().find(|(of, _)| *of == kind).map(|(_, scope)| scope)
    }

    /// Asks the index; a damaged one is reported.
    pub fn collect(&self, query: &dyn Query, collect: &Collect) -> Result<Collected> {
        let statistics = Statistics(&self.live.fields);
        let run = || self.searcher.search_with_statistics_provider(query, collect, &statistics);
        let answer = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
        let answer = answer.unwrap_or_else(|_| Err(tantivy::TantivyError::InternalError("a search panicked".to_owned())));
        answer.map_err(|error| broken(self.search, &error))
    }

    pub fn order(&self) -> Order {
        let first = self.question.sort.first();
        match first {
            Some((column, descending)) if column == "title_key" => Order::Title { descending: *descending },
            Some((column, descending)) if self.live.fields.column(column).is_some() => {
                Order::Number { column: column.clone(), descending: *descending }
            }
            None if self.question.is_wordless() => Order::Number { column: "updated_at".to_owned(), descending: true },
            _ => Order::Rank { now: self.frame.act.now.0 },
        }
    }

    fn gather(
        &mut self,
        query: &dyn Query,
        question: &Question,
        forgiving: bool,
        mut after: Option<After>,
        limit: usize,
        hits: &mut Vec<Hit>,
    ) -> Result<Option<After>> {
        let chunk = limit + SPARE;
        for _ in 0..ROUNDS {
            let collect = Collect { limit: chunk, order: self.order(), after, facets: false };
            let candidates = self.collect(query, &collect)?.first;
            let full = candidates.len() >= chunk;
            let Some(last) = candidates.last().map(Candidate::after) else { return Ok(None) };
            for hit in self.read(&candidates, question, forgiving)? {
                // One more than the page only says that there is more.
                if hits.len() >= limit {
                    return Ok(hits.last().and_then(|hit| hit.after.clone()));
                }
                hits.push(hit);
            }
            if !full {
                return Ok(None);
            }
            after = Some(last);
        }
        Ok(after)
    }

    /// The candidates that are seen and answer, in their order.
    fn read(&mut self, candidates: &[Candidate], question: &Question, forgiving: bool) -> Result<Vec<Hit>> {
        let ids = |kind: Kind| -> Vec<i64> {
            candidates.iter().filter(|candidate| candidate_kind(candidate) == Some(kind)).map(Candidate::id).collect()
        };
        let mut found: HashMap<(Kind, i64), Hit> = HashMap::new();
        for kind in Kind::ALL {
            let wanted = ids(kind);
            let hits = if kind == Kind::Ticket {
                self.tickets(&wanted, question, forgiving)?
            } else {
                self.parties(kind, &wanted, question, forgiving)?
            };
            found.extend(hits.into_iter().map(|hit| ((kind, hit.id), hit)));
        }
        let hit = |candidate: &Candidate| {
            let mut hit = found.remove(&(candidate_kind(candidate)?, candidate.id()))?;
            hit.after = Some(candidate.after());
            Some(hit)
        };
        Ok(candidates.iter().filter_map(hit).collect())
    }

    fn tickets(&mut self, ids: &[i64], question: &Question, forgiving: bool) -> Result<Vec<Hit>> {
        let actor = self.frame.actor;
        let filter = question.condition();
        let seen = visible::tickets(self.rd, &actor.tickets(access::Verb::TicketSee), filter.as_ref(), ids)?;
        let inner = visible::inner(self.rd, actor, ids)?;
        let known = |id: &&i64| !question.inner_only || inner.contains(*id);
        let rows: Vec<_> = ids.iter().filter(known).filter_map(|id| seen.get(id).cloned()).collect();
        if question.leaves.is_empty() {
            return Ok(rows
                .into_iter()
                .map(|ticket| (inner.contains(&ticket.id.raw()), ticket))
                .map(|(inner, t)| Hit::of_ticket(t, inner))
                .collect());
        }
        let (mut bodies, mut resolutions) = texts::texts(self.rd, &rows)?;
        let mut hits = Vec::new();
        for ticket in rows {
            let id = ticket.id.raw();
            let is_inner = inner.contains(&id);
            let mut own: Vec<String> = if self.doors.resolution { resolutions.remove(&id).into_iter().collect() } else { Vec::new() };
            let bodies = bodies.remove(&id).unwrap_or_default();
            let cut = bodies.len() > MOST_TEXTS;
            own.extend(bodies.into_iter().filter(|(public, _)| *public || is_inner).map(|(_, body)| body).take(MOST_TEXTS));
            let mut hit = Hit::of_ticket(ticket, is_inner);
            let mut found = answers(&mut hit, &own, question, forgiving);
            // Of a very long conversation only a part was read: the index is believed.
            if cut || question.holds(&|leaf| found.get(leaf) == Some(&true)) || self.otherwise(&hit, question, &mut found)? {
                hits.push(hit);
            }
        }
        Ok(hits)
    }

    /// By a number or a tag, which stand in no text.
    fn otherwise(&mut self, hit: &Hit, question: &Question, found: &mut [bool]) -> Result<bool> {
        let ticket = kernel::TicketId::new(hit.id);
        let mut numbers = vec![hit.id.to_string()];
        numbers.extend(ticket::store::reference::of_ticket(self.rd, ticket)?.into_iter().map(|(_, number)| kernel::fold(&number)));
        let tags = if hit.inner && self.doors.attributes.contains(&Attribute::Tag) {
            ticket::store::involved::tags(self.rd, ticket)?
        } else {
            Vec::new()
        };
        for (leaf, found) in question.leaves.iter().zip(found.iter_mut()) {
            *found |= numbers.contains(&leaf.number) || in_any(&tags, leaf);
        }
        Ok(question.holds(&|leaf| found.get(leaf) == Some(&true)))
    }

    fn parties(&mut self, kind: Kind, ids: &[i64], question: &Question, forgiving: bool) -> Result<Vec<Hit>> {
        let mut seen = visible::parties(self.rd, self.frame.actor, kind, ids)?;
        let hidden = self.frame.actor.hidden(kind.object());
        let hit = |mut party: visible::Party| {
            if kind == Kind::Person {
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
            let title = mark::pieces(&party.name, &mark::find(&party.name, &question.leaves, forgiving));
            Hit { kind, id: party.id, title, excerpt: Vec::new(), record: Record::Party(party), inner: false, after: None }
        };
        Ok(ids.iter().filter_map(|id| seen.remove(id)).map(hit).collect())
    }
}

fn in_any(texts: &[String], leaf: &Leaf) -> bool {
    texts.iter().any(|text| !mark::find(text, std::slice::from_ref(leaf), false).spans.is_empty())
}

fn candidate_kind(candidate: &Candidate) -> Option<Kind> {
    // An order by titles is one of tickets.
    if candidate.place.object == 0 { Some(Kind::Ticket) } else { Kind::of_number(candidate.place.object) }
}

/// Marks a ticket; which terms its texts answer, as they are read now.
fn answers(hit: &mut Hit, texts: &[String], question: &Question, forgiving: bool) -> Vec<bool> {
    let title = hit.plain_title();
    let in_title = mark::find(&title, &question.leaves, forgiving);
    let found: Vec<mark::Found> = texts.iter().map(|text| mark::find(text, &question.leaves, forgiving)).collect();
    let best = found.iter().zip(texts).max_by(|a, b| a.0.distinct().cmp(&b.0.distinct()).then(std::cmp::Ordering::Greater));
    if let Some((found, text)) = best.filter(|(found, _)| !found.spans.is_empty()) {
        hit.excerpt = mark::excerpt(text, found).into_iter().map(one_line).collect();
    }
    hit.title = mark::pieces(&title, &in_title);
    (0..question.leaves.len()).map(|leaf| in_title.answers(leaf) || found.iter().any(|found| found.answers(leaf))).collect()
}

fn one_line(piece: Piece) -> Piece {
    if !piece.text.contains(|c: char| c.is_control()) {
        return piece;
    }
    let mut text = String::with_capacity(piece.text.len());
    for c in piece.text.chars() {
        match c {
            c if c.is_whitespace() || c.is_control() => {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            c => text.push(c),
        }
    }
    Piece { text, ..piece }
}

fn doors<'a>(rd: &mut Rd<'_>, live: &'a Live, frame: Frame<'a>) -> Result<Doors<'a>> {
    let fields = &live.fields;
    let extent = scope::inner(frame.actor);
    let inner = if extent.is_nothing() {
        None
    } else {
        Some(scope::filter(rd, fields, Kind::Ticket, &extent)?.map_or(Inner::Everywhere, Inner::Where))
    };
    let hidden = frame.actor.hidden(Object::Ticket);
    let shown = |attribute: &Attribute| {
        let (kind, field) = attribute.of();
        !frame.actor.hidden(kind.object()).contains(field)
    };
    let attributes = Attribute::ALL.into_iter().filter(shown).collect();
    let resolution = !hidden.contains("resolution_code") && !hidden.contains("resolution_report");
    Ok(Doors { fields, inner, resolution, attributes })
}
