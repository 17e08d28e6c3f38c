//! Tickets like another one, with the report that solved them.

use std::collections::{HashMap, HashSet};

use access::{Object, Verb};
use db::Rd;
use kernel::{Result, TicketId};
use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use ticket::{Category, Frame, Ticket, serve};

use crate::find::asked;
use crate::find::collect::{Candidate, Collect, Order, Part};
use crate::find::newest::enough;
use crate::find::patience::Patience;
use crate::find::words::silent;
use crate::index::Live;
use crate::rank::{Stepped, rarity};
use crate::scope::{self, Beyond};
use crate::store::{text, ticket as texts, visible};
use crate::text::{analyse, common};
use crate::{Kind, Search};

/// Words that a comparison is made by.
const WORDS: usize = 16;
/// The strongest of them, by which also the oldest tickets are looked for, and of how many such tickets.
const RAREST: usize = 4;
const FEW: u64 = 2_000;
/// Letters of a text that are read.
const LETTERS: usize = 8_000;
/// A word of the title counts as so many of the text.
const IN_TITLE: f32 = 2.5;
/// Candidates, of which what was solved comes first.
const CANDIDATES: usize = 40;
/// Part of the best candidate's weight below which one is not alike.
const ALIKE: i64 = 3;

/// What is compared.
#[derive(Debug, Clone)]
pub enum Of {
    Ticket(TicketId),
    /// A ticket that is being written.
    Draft {
        title: String,
        text: String,
    },
}

/// A ticket that is alike.
#[derive(Debug, Clone)]
pub struct Similar {
    pub ticket: Ticket,
    /// The report that solved it, when there is one and the reader may know it.
    pub resolution: Option<String>,
}

/// Tickets like this one that the actor sees, solved ones first.
///
/// # Errors
/// As [`alike`].
pub fn similar(search: &Search, rd: &mut Rd<'_>, frame: Frame<'_>, of: &Of, limit: usize) -> Result<Vec<Similar>> {
    let mut all = alike(search, rd, frame, of)?;
    // A stable sort: among equals what is most alike stays first. Who may not know the state learns
    // nothing of it by the order.
    let hidden = frame.actor.hidden(Object::Ticket).contains("state");
    all.sort_by_key(|s| match s.ticket.category {
        _ if hidden => 0,
        Category::Resolved | Category::Closed if s.resolution.is_some() => 0,
        Category::Cancelled => 2,
        _ => 1,
    });
    all.truncate(limit);
    Ok(all)
}

/// Tickets like this one that the actor sees, what is most alike first, a page of them at most.
///
/// # Errors
/// Not found when the ticket may not be seen; the database refuses; the index cannot be read.
pub fn alike(search: &Search, rd: &mut Rd<'_>, frame: Frame<'_>, of: &Of) -> Result<Vec<Similar>> {
    let (title, text, own) = match of {
        Of::Draft { title, text } => (title.clone(), text.clone(), None),
        Of::Ticket(id) => {
            let seen = serve::see(rd, frame, *id)?;
            (seen.ticket.title, beginning(rd, id.raw())?, Some(id.raw()))
        }
    };
    let Some(live) = search.live() else { return Ok(Vec::new()) };
    let words = strongest(&title, &text);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let order = Order::Rank { now: frame.act.now.0, open: !frame.actor.hidden(Object::Ticket).contains("state") };
    let collect = Collect { limit: CANDIDATES, order, after: None, facets: false, patience: Patience::default(), part: Part::All };
    let (searcher, now) = (live.searcher(), frame.act.now.0);
    let alike = query(rd, &live, frame, &words, own)?;
    let (found, since) = enough(search, &live, &searcher, &*alike, &collect, now)?;
    let mut first = found.first;
    if let (Some(rarest), Some(_)) = (words.get(..RAREST), since) {
        // However old: what shares the words that say most.
        let strong = query(rd, &live, frame, rarest, own)?;
        let few = Collect { part: Part::few(FEW), ..collect };
        let strong = asked(search, &live, &searcher, &*strong, &few)?;
        first.extend(strong.first.into_iter().filter(|_| !strong.many));
        first.sort_by(|a, b| a.place.cmp(&b.place));
        let mut known = HashSet::new();
        first.retain(|candidate| known.insert(candidate.id()));
        first.truncate(CANDIDATES);
    }
    let best = first.first().map_or(0, |candidate| candidate.place.rank);
    let ids: Vec<i64> = first.iter().filter(|c| c.place.rank * ALIKE <= best).map(Candidate::id).collect();
    read(rd, frame, &ids)
}

fn read(rd: &mut Rd<'_>, frame: Frame<'_>, ids: &[i64]) -> Result<Vec<Similar>> {
    let mut seen = visible::tickets(rd, &frame.actor.tickets(Verb::TicketSee), None, ids)?;
    let rows: Vec<Ticket> = ids.iter().filter_map(|id| seen.remove(id)).collect();
    let mut resolutions = texts::resolutions(rd, &rows)?;
    let similar = |ticket: Ticket| {
        let hidden = serve::hidden(frame.actor, &ticket);
        let shown = ["resolution_code", "resolution_report", "state"].iter().all(|field| !hidden.contains(field));
        let resolution = resolutions.remove(&ticket.id.raw()).filter(|_| shown && !ticket.is_open());
        Similar { ticket, resolution }
    };
    Ok(rows.into_iter().map(similar).collect())
}

/// How a ticket begins, as everybody reads it who sees it: that says what it is about.
fn beginning(rd: &mut Rd<'_>, ticket: i64) -> Result<String> {
    let mut room = i64::try_from(LETTERS).unwrap_or(i64::MAX);
    let messages = text::conversations(rd, &[ticket])?.remove(&ticket).unwrap_or_default();
    let mut ids = Vec::new();
    for message in messages.iter().rev().filter(|message| message.public) {
        ids.push(message.id);
        room -= message.bytes;
        if room <= 0 {
            break;
        }
    }
    let mut bodies = text::bodies(rd, &ids)?;
    Ok(ids.iter().filter_map(|id| bodies.remove(id)).collect::<Vec<_>>().join("\n"))
}

/// A word, its stems and its weight.
type Word = (String, Vec<String>, f32);

/// The strongest words, the strongest first.
fn strongest(title: &str, text: &str) -> Vec<Word> {
    let cut: String = text.chars().take(LETTERS).collect();
    let mut words: HashMap<String, (Vec<String>, f32)> = HashMap::new();
    for (text, weight) in [(title, IN_TITLE), (cut.as_str(), 1.0)] {
        let found = analyse(text);
        for token in found.tokens.into_iter().filter(|t| t.form != crate::text::Form::Phone) {
            if common::is_common(&token.text) || token.text.chars().count() < 2 {
                continue;
            }
            let stems: Vec<String> = found.stems.iter().filter(|(at, _)| *at == token.position).map(|(_, stem)| stem.clone()).collect();
            let entry = words.entry(token.text).or_insert((stems, 0.0));
            entry.1 += weight;
        }
    }
    let mut all: Vec<Word> = words
        .into_iter()
        .map(|(word, (stems, count))| (rarity(&word) * (1.0 + count.ln().max(0.0)), word, stems))
        .map(|(w, word, stems)| (word, stems, w))
        .collect();
    all.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    all.truncate(WORDS);
    all
}

fn query(rd: &mut Rd<'_>, live: &Live, frame: Frame<'_>, words: &[Word], own: Option<i64>) -> Result<Box<dyn Query>> {
    let f = &live.fields;
    let term = |field: Field, text: &str, weight: f32| -> Box<dyn Query> {
        let term = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(term), weight))
    };
    let clause = |(word, stems, _): &Word| -> (Occur, Box<dyn Query>) {
        let mut any = vec![term(f.title.words, word, 4.0), term(f.public.words, word, 1.2)];
        for stem in stems {
            any.extend([term(f.title.stems, stem, 3.0), term(f.public.stems, stem, 1.0)]);
        }
        (Occur::Should, Box::new(Stepped(Box::new(DisjunctionMaxQuery::new(any)))))
    };
    let needed = match words.len() {
        1 => 1,
        2..=6 => 2,
        _ => 3,
    };
    let alike = BooleanQuery::with_minimum_required_clauses(words.iter().map(clause).collect(), needed);
    let mut all: Vec<(Occur, Box<dyn Query>)> =
        vec![(Occur::Must, Box::new(alike)), (Occur::Must, silent(scope::is(f.object, Kind::Ticket.number())))];
    if let Some(scope) = scope::filter(rd, f, Kind::Ticket, &scope::extent(frame.actor, Kind::Ticket), Beyond::Open)?.query {
        all.push((Occur::Must, silent(scope)));
    }
    if let Some(own) = own {
        all.push((Occur::MustNot, scope::is(f.id, own)));
    }
    Ok(Box::new(BooleanQuery::new(all)))
}
