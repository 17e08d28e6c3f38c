//! Ranks from fixed statistics: what a record weighs depends on the record and the question alone.
//!
//! BM25 asks how many records hold a term and how long they are on average. Both answers are fixed
//! here ([`common`]), so a record that somebody may not see cannot move the order of those that they
//! see. Sums of floating-point numbers depend on their order, and the order of clauses on the index:
//! so each clause is rounded to a fixed step, and sums of such numbers are exact.

use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, Term};

use crate::index::Fields;
use crate::text::common;

/// What a match weighs by where and how it was found. Each step outweighs what length and frequency
/// can make of the one below.
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    pub exact: Score,
    pub form: Score,
    pub begin: Score,
    pub near: Score,
}

pub const TITLE: Weights = Weights { exact: 10.0, form: 7.5, begin: 5.0, near: 2.5 };
pub const RESOLUTION: Weights = Weights { exact: 2.4, form: 1.8, begin: 1.1, near: 0.6 };
pub const TEXT: Weights = Weights { exact: 2.0, form: 1.5, begin: 0.9, near: 0.5 };
pub const ATTRIBUTE: Weights = Weights { exact: 6.0, form: 4.0, begin: 3.0, near: 1.5 };
/// A number of another system, or a phone number.
pub const NUMBER: Score = 60.0;

/// What open work weighs more than what is done, and what is new than what is old.
const OPEN: f64 = 0.06;
const RECENT: f64 = 0.08;
/// Days after which what is new is half as new.
const HALF: f64 = 90.0;

/// The factor of a record by its state and age.
#[expect(clippy::cast_precision_loss, reason = "days of a record are few")]
pub fn factor(open: bool, age_days: Option<i64>) -> f64 {
    let recent = age_days.map_or(0.0, |days| RECENT * (-(days.max(0) as f64) / HALF).exp2());
    1.0 + if open { OPEN } else { 0.0 } + recent
}

/// The weight of a word's rarity, as BM25 has it.
#[expect(clippy::cast_precision_loss, reason = "a weight needs no more")]
pub fn rarity(word: &str) -> Score {
    let (all, with) = (common::RECORDS as Score, common::frequency(word) as Score);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

/// The fixed statistics.
pub struct Statistics<'f>(pub &'f Fields);

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let f = self.0;
        let average = if field == f.title.words {
            8
        } else if field == f.title.stems {
            14
        } else if field == f.resolution.words {
            60
        } else if field == f.resolution.stems {
            100
        } else if field == f.public.stems || field == f.inner.stems {
            400
        } else {
            240
        };
        Ok(average * common::RECORDS)
    }
    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(common::RECORDS)
    }
    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(common::frequency(term.value().as_str().unwrap_or_default()))
    }
}

/// A term that weighs mostly by where and how it was found; how often it stands there, and in how long
/// a text, only decides among equals.
#[derive(Debug)]
pub struct Graded {
    pub query: Box<dyn Query>,
    pub weight: Score,
    /// The score that BM25 can reach at most.
    pub most: Score,
}

/// The part of a weight that frequency and length decide.
const PLAY: Score = 0.12;

/// BM25 gives so many times the rarity at most, with the usual constants.
pub const SATURATED: Score = 2.2;

impl Clone for Graded {
    fn clone(&self) -> Self {
        Self { query: self.query.box_clone(), ..*self }
    }
}

impl Query for Graded {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let inner = self.query.weight(scoring)?;
        let (weight, most) = (self.weight, self.most);
        let grade = move |score: Score| weight * (1.0 - PLAY + PLAY * (score / most).min(1.0));
        Ok(if scoring.is_scoring_enabled() { Box::new(Changed { inner, change: grade }) } else { inner })
    }
    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

/// A query whose scores are multiples of a fixed step.
#[derive(Debug)]
pub struct Stepped(pub Box<dyn Query>);

/// 1/64: with scores below 2^17, sums of up to a hundred such numbers are exact.
const STEPS: Score = 64.0;

fn stepped(score: Score) -> Score {
    (score * STEPS).round() / STEPS
}

impl Clone for Stepped {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Stepped {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let inner = self.0.weight(scoring)?;
        Ok(if scoring.is_scoring_enabled() { Box::new(Changed { inner, change: stepped }) } else { inner })
    }
    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visitor);
    }
}

/// A query that may stand under a Not. tantivy 0.27 asks what is excluded also for records before the
/// one where it stands, which an intersection with a range takes badly; this one answers from where it
/// stands.
#[derive(Debug)]
pub struct Excluded(pub Box<dyn Query>);

impl Clone for Excluded {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Excluded {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(Changed { inner: self.0.weight(scoring)?, change: |score: Score| score }))
    }
}

/// A query with its scores changed.
struct Changed<F, T> {
    inner: T,
    change: F,
}

impl<F: Fn(Score) -> Score + Copy + Send + Sync + 'static> Weight for Changed<F, Box<dyn Weight>> {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let change = self.change;
        let boosted = move |score: Score| change(score) * boost;
        Ok(Box::new(Changed { inner: self.inner.scorer(reader, 1.0)?, change: boosted }))
    }
    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.inner.explain(reader, doc)
    }
}

impl<F: Send> DocSet for Changed<F, Box<dyn Scorer>> {
    fn advance(&mut self) -> DocId {
        self.inner.advance()
    }
    fn seek(&mut self, target: DocId) -> DocId {
        self.inner.seek(target)
    }
    fn doc(&self) -> DocId {
        self.inner.doc()
    }
    fn size_hint(&self) -> u32 {
        self.inner.size_hint()
    }
    fn cost(&self) -> u64 {
        self.inner.cost()
    }
}

impl<F: Fn(Score) -> Score + Send + 'static> Scorer for Changed<F, Box<dyn Scorer>> {
    fn score(&mut self) -> Score {
        (self.change)(self.inner.score())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rare_open_and_new_weighs_more() {
        assert!(rarity("0x80070005") > rarity("printer") && rarity("printer") > rarity("the"));
        assert!(factor(true, Some(0)) > factor(false, Some(0)) && factor(false, Some(1)) > factor(false, Some(400)));
        assert!(factor(true, Some(0)) < 1.3, "gently");
    }
}
