//! One search under way: its query, its rounds of candidates, and the hits that remain of them.

use std::sync::Arc;

use access::Object;
use db::Rd;
use kernel::Result;
use tantivy::Searcher;
use tantivy::query::{BooleanQuery, Occur, Query};
use ticket::Frame;

use super::again::Taken;
use super::ask::Question;
use super::collect::{After, Candidate, Collect, Collected, Order, Part};
use super::hit::Hit;
use super::newest::{self, Best};
use super::patience::Patience;
use super::words::{Doors, Inner, silent};
use crate::index::Live;
use crate::index::document::Attribute;
use crate::rank::Excluded;
use crate::scope::{self, Beyond, Filter};
use crate::{Kind, Search};

/// Rounds of candidates before a page stays short.
const ROUNDS: usize = 40;
/// Candidates of a round beyond the page: some may be gone.
const SPARE: usize = 8;
/// Words in which typing errors are looked for.
const MOST_FORGIVEN: usize = 6;

pub(super) struct Finder<'a, 'r, 'c> {
    pub search: &'a Search,
    pub live: &'a Arc<Live>,
    pub rd: &'r mut Rd<'c>,
    pub frame: Frame<'a>,
    pub question: Question,
    pub searcher: Searcher,
    pub doors: Doors<'a>,
    pub patience: Patience,
    /// Kinds with their scopes; none: everything of the kind is seen.
    scopes: Vec<(Kind, Option<Box<dyn Query>>)>,
    /// The scopes are exactly what is seen.
    pub whole: bool,
}

impl<'a, 'r, 'c> Finder<'a, 'r, 'c> {
    pub fn new(search: &'a Search, live: &'a Arc<Live>, rd: &'r mut Rd<'c>, frame: Frame<'a>, question: Question) -> Result<Self> {
        let fields = &live.fields;
        let mut scopes = Vec::new();
        let mut whole = true;
        for kind in &question.kinds {
            let Filter { query: mut scope, exact } = scope::filter(rd, fields, *kind, &scope::extent(frame.actor, *kind), Beyond::Open)?;
            whole &= exact;
            if question.inner_only && *kind == Kind::Ticket {
                let inner = scope::filter(rd, fields, *kind, &scope::inner(frame.actor), Beyond::Open)?;
                whole &= inner.exact;
                scope = Some(scope::both(scope.into_iter().chain(inner.query).collect()));
            }
            scopes.push((*kind, scope));
        }
        let patience = Patience::default();
        let doors = doors(rd, live, frame, patience)?;
        Ok(Self { search, live, rd, frame, question, searcher: live.searcher(), doors, patience, scopes, whole })
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

    /// Whether typing errors are looked for: each word is compared with every word of the desk, so only of
    /// a few.
    pub fn forgives(&self) -> bool {
        (1..=MOST_FORGIVEN).contains(&self.question.leaves.iter().filter(|leaf| leaf.forgiven() > 0).count())
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

    /// Asks the index.
    pub fn collect(&self, query: &dyn Query, collect: &Collect) -> Result<Collected> {
        super::asked(self.search, self.live, &self.searcher, query, collect)
    }

    /// Asks the index for the best, of the newest where there are too many.
    pub fn best(&self, query: &dyn Query, collect: &Collect) -> Result<Best> {
        newest::best(self.search, self.live, &self.searcher, query, collect, self.frame.act.now.0)
    }

    pub fn order(&self) -> Order {
        let first = self.question.sort.first();
        match first {
            Some((column, descending)) if column == "title_key" => Order::Title { descending: *descending },
            Some((column, descending)) if self.live.fields.column(column).is_some() => {
                Order::Number { column: column.clone(), descending: *descending }
            }
            None if self.question.is_wordless() => Order::Number { column: "updated_at".to_owned(), descending: true },
            _ => Order::Rank { now: self.frame.act.now.0, open: !self.frame.actor.hidden(Object::Ticket).contains("state") },
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
        for round in 0..ROUNDS {
            let (order, after_it) = (self.order(), after.clone());
            let collect = Collect { limit: chunk, order, after: after_it, facets: false, patience: self.patience, part: Part::All };
            let candidates = match self.best(query, &collect) {
                // What was found before is an answer, and where it ended is known.
                Err(_) if round > 0 && self.patience.is_over() => return Ok(after),
                found => found?.0.first,
            };
            let full = candidates.len() >= chunk;
            let Some(last) = candidates.last().map(Candidate::after) else { return Ok(None) };
            match self.take(&candidates, question, forgiving, limit, hits)? {
                Taken::All if !full => return Ok(None),
                Taken::All => after = Some(last),
                Taken::Full => return Ok(hits.last().and_then(|hit| hit.after.clone())),
                Taken::Late(after) => return Ok(Some(after)),
            }
        }
        Ok(after)
    }
}

fn doors<'a>(rd: &mut Rd<'_>, live: &'a Live, frame: Frame<'a>, patience: Patience) -> Result<Doors<'a>> {
    let fields = &live.fields;
    let extent = scope::inner(frame.actor);
    let inner = if extent.is_nothing() {
        None
    } else {
        Some(scope::filter(rd, fields, Kind::Ticket, &extent, Beyond::Shut)?.query.map_or(Inner::Everywhere, Inner::Where))
    };
    let hidden = frame.actor.hidden(Object::Ticket);
    let shown = |attribute: &Attribute| {
        let (kind, field) = attribute.of();
        !frame.actor.hidden(kind.object()).contains(field)
    };
    let attributes = Attribute::ALL.into_iter().filter(shown).collect();
    // That there is a report tells the state, too.
    let resolution = ["resolution_code", "resolution_report", "state"].iter().all(|field| !hidden.contains(field));
    Ok(Doors { fields, inner, resolution, attributes, patience })
}
