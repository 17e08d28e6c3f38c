//! The terms of a question as a query of the index.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, InvertedIndexRangeQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::ask::Wanted;
use super::patience::{Patience, Timed};
use crate::index::Fields;
use crate::index::document::Attribute;
use crate::index::schema::Text;
use crate::plan::{self, not};
use crate::rank::{ATTRIBUTE, Graded, NUMBER, RESOLUTION, SATURATED, Stepped, TEXT, TITLE, Weights, rarity};
use crate::scope::{both, either};
use crate::text::leaf::{Leaf, Word};

/// Letters from which on a word is completed.
const SHORTEST_BEGINNING: usize = 2;

/// Which parts of records a reader may be answered from.
pub struct Doors<'f> {
    pub fields: &'f Fields,
    /// The filter of tickets whose inner side is seen; none: of no ticket.
    pub inner: Option<Inner>,
    pub resolution: bool,
    pub attributes: Vec<Attribute>,
    pub patience: Patience,
}

/// How far somebody sees the inner side of tickets.
pub enum Inner {
    Everywhere,
    Where(Box<dyn Query>),
}

impl Doors<'_> {
    /// The whole question; the second says whether the index answers exactly that.
    pub fn query(&self, wanted: &Wanted, leaves: &[Leaf], forgiving: bool) -> (Box<dyn Query>, bool) {
        let mut exact = true;
        let query = self.wanted(wanted, leaves, forgiving, true, &mut exact);
        (query, exact)
    }

    fn wanted(&self, wanted: &Wanted, leaves: &[Leaf], forgiving: bool, positive: bool, exact: &mut bool) -> Box<dyn Query> {
        match wanted {
            Wanted::All(of) => both(of.iter().map(|w| self.wanted(w, leaves, forgiving, positive, exact)).collect()),
            Wanted::Any(of) => either(of.iter().map(|w| self.wanted(w, leaves, forgiving, positive, exact)).collect()),
            Wanted::Not(of) => silent(not(self.wanted(of, leaves, false, !positive, exact))),
            Wanted::Leaf(at) => {
                let Some(leaf) = leaves.get(*at) else { return either(Vec::new()) };
                *exact &= !(leaf.prefix && leaf.words.len() > 1);
                self.leaf(leaf, Way { forgiving, certain: !positive, patience: self.patience })
            }
            Wanted::Filter(filter) => {
                let resolved = filter.resolved.clone();
                let node = if positive { resolved } else { query::Node::Not(Box::new(resolved)) };
                let compiled = plan::compile(self.fields, &node);
                *exact &= compiled.exact;
                silent(if positive { compiled.query } else { not(compiled.query) })
            }
        }
    }

    /// A term wherever the reader may be answered from; what is best counts.
    fn leaf(&self, leaf: &Leaf, way: Way) -> Box<dyn Query> {
        let f = self.fields;
        let mut any = in_text(leaf, f.title, TITLE, way);
        any.extend(in_text(leaf, f.public, TEXT, way));
        if self.resolution {
            any.extend(in_text(leaf, f.resolution, RESOLUTION, way));
        }
        if !leaf.number.is_empty() {
            any.push(constant(term(f.number, &leaf.number), NUMBER));
        }
        for attribute in self.attributes.iter().filter(|attribute| **attribute != Attribute::Tag) {
            any.extend(in_attribute(leaf, f.attribute, *attribute, way));
        }
        if let Some(inner) = &self.inner {
            let mut within = in_text(leaf, f.inner, TEXT, way);
            if self.attributes.contains(&Attribute::Tag) {
                within.extend(in_attribute(leaf, f.attribute, Attribute::Tag, way));
            }
            match inner {
                Inner::Everywhere => any.extend(within),
                Inner::Where(scope) => {
                    let best: Box<dyn Query> = Box::new(DisjunctionMaxQuery::new(within));
                    any.push(Box::new(BooleanQuery::new(vec![(Occur::Must, best), (Occur::Must, silent(scope.box_clone()))])));
                }
            }
        }
        Box::new(Stepped(Box::new(DisjunctionMaxQuery::new(any))))
    }
}

/// Filters weigh nothing.
pub fn silent(query: Box<dyn Query>) -> Box<dyn Query> {
    constant(query, 0.0)
}

fn constant(query: Box<dyn Query>, score: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}

/// A term that stands for a word of the question.
fn weighed(field: Field, text: &str, word: &str, weight: f32) -> Box<dyn Query> {
    Box::new(Graded { query: term(field, text), weight: weight * rarity(word), most: SATURATED * rarity(text) })
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

/// How a term is looked for.
#[derive(Clone, Copy)]
struct Way {
    forgiving: bool,
    /// Only what is one for certain, not what may be: under a Not.
    certain: bool,
    patience: Patience,
}

/// Everything that begins so: never cut off after so many words, which would depend on the words of
/// records that the reader may not see.
fn begins(field: Field, text: &str, patience: Patience) -> Box<dyn Query> {
    let end = format!("{text}\u{10ffff}");
    let (from, to) = (Term::from_field_text(field, text), Term::from_field_text(field, &end));
    Box::new(Timed(Box::new(InvertedIndexRangeQuery::new(Bound::Included(from), Bound::Excluded(to))), patience))
}

fn in_text(leaf: &Leaf, text: Text, weights: Weights, way: Way) -> Vec<Box<dyn Query>> {
    let mut any = Vec::new();
    match leaf.single() {
        Some(word) if !leaf.phrase => single(&mut any, leaf, word, text, weights, way),
        _ => sequence(&mut any, leaf, text, weights, way),
    }
    for whole in &leaf.wholes {
        any.push(weighed(text.words, whole, whole, weights.exact));
        if leaf.prefix {
            any.push(constant(begins(text.words, whole, way.patience), weights.begin * rarity(whole)));
        }
    }
    if let Some(phone) = &leaf.phone {
        any.push(constant(begins(text.words, phone, way.patience), NUMBER));
    }
    any
}

fn single(any: &mut Vec<Box<dyn Query>>, leaf: &Leaf, word: &Word, text: Text, weights: Weights, way: Way) {
    any.push(weighed(text.words, &word.folded, &word.folded, weights.exact));
    any.extend(word.stems.iter().map(|stem| weighed(text.stems, stem, &word.folded, weights.form)));
    if leaf.prefix && word.folded.chars().count() >= SHORTEST_BEGINNING {
        any.push(constant(begins(text.words, &word.folded, way.patience), weights.begin * rarity(&word.folded)));
    }
    if way.forgiving && leaf.forgiven() > 0 {
        any.push(constant(near(text.words, &word.folded, leaf.forgiven(), way.patience), weights.near * rarity(&word.folded)));
    }
}

fn near(field: Field, word: &str, forgiven: u8, patience: Patience) -> Box<dyn Query> {
    Box::new(Timed(Box::new(FuzzyTermQuery::new(Term::from_field_text(field, word), forgiven, true)), patience))
}

fn sequence(any: &mut Vec<Box<dyn Query>>, leaf: &Leaf, text: Text, weights: Weights, way: Way) {
    let terms: Vec<Term> = leaf.words.iter().map(|word| Term::from_field_text(text.words, &word.folded)).collect();
    if terms.len() < 2 {
        any.extend(leaf.words.first().map(|word| weighed(text.words, &word.folded, &word.folded, weights.exact)));
        return;
    }
    let whole: f32 = leaf.words.iter().map(|word| rarity(&word.folded)).sum();
    let last = leaf.words.last().map_or("", |word| word.folded.as_str());
    if leaf.prefix && !way.certain && last.chars().count() >= SHORTEST_BEGINNING {
        // The words before it in their order, and one that begins so anywhere: whether it follows them is
        // seen when the text is read again. A phrase that goes on could only be asked with a limit of
        // beginnings, which would depend on the words of other records.
        let before: Box<dyn Query> = match terms.split_last() {
            Some((_, [one])) => Box::new(TermQuery::new(one.clone(), IndexRecordOption::Basic)),
            Some((_, several)) => Box::new(PhraseQuery::new(several.to_vec())),
            None => either(Vec::new()),
        };
        any.push(constant(both(vec![before, begins(text.words, last, way.patience)]), weights.begin * whole));
    }
    any.push(Box::new(Graded { query: Box::new(PhraseQuery::new(terms)), weight: weights.exact * whole, most: SATURATED * whole }));
}

fn in_attribute(leaf: &Leaf, field: Field, attribute: Attribute, way: Way) -> Vec<Box<dyn Query>> {
    let mut any = Vec::new();
    let mut add = |word: &str| {
        let marked = attribute.term(word);
        any.push(constant(term(field, &marked), ATTRIBUTE.exact * rarity(word)));
        if leaf.prefix && word.chars().count() >= SHORTEST_BEGINNING {
            any.push(constant(begins(field, &marked, way.patience), ATTRIBUTE.begin * rarity(word)));
        }
    };
    match leaf.single() {
        Some(word) => add(&word.folded),
        None => leaf.wholes.iter().for_each(|whole| add(whole)),
    }
    if let Some(phone) = &leaf.phone {
        any.push(constant(begins(field, &attribute.term(phone), way.patience), NUMBER));
    }
    if let (true, Some(word)) = (way.forgiving && leaf.forgiven() > 0, leaf.single()) {
        let marked = attribute.term(&word.folded);
        any.push(constant(near(field, &marked, leaf.forgiven(), way.patience), ATTRIBUTE.near * rarity(&word.folded)));
    }
    any
}
