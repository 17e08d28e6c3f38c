//! How long one search may take. It holds a reader of the database while it asks the index, where no
//! limit of the database ends it.

use std::time::{Duration, Instant};

use kernel::Error;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, Score, SegmentReader, TantivyError, Term};

/// A search takes no longer, but for what it is doing at that moment.
const LONGEST: Duration = Duration::from_secs(3);

/// When a search has taken too long.
#[derive(Debug, Clone, Copy)]
pub struct Patience(Instant);

impl Default for Patience {
    fn default() -> Self {
        Self(Instant::now() + LONGEST)
    }
}

impl Patience {
    /// None at all.
    pub fn none() -> Self {
        Self(Instant::now())
    }
    pub fn is_over(&self) -> bool {
        Instant::now() >= self.0
    }
}

/// What a person is told.
pub fn too_long() -> Error {
    Error::invalid("q", "error-search-too-long")
}

/// A query that is made ready by walking through many terms: not begun any more when the time is over.
#[derive(Debug)]
pub struct Timed(pub Box<dyn Query>, pub Patience);

impl Clone for Timed {
    fn clone(&self) -> Self {
        Self(self.0.box_clone(), self.1)
    }
}

impl Query for Timed {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(TimedWeight(self.0.weight(scoring)?, self.1)))
    }
    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visitor);
    }
}

struct TimedWeight(Box<dyn Weight>, Patience);

impl Weight for TimedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.1.is_over() {
            return Err(TantivyError::InvalidArgument("the search takes too long".to_owned()));
        }
        self.0.scorer(reader, boost)
    }
    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Bound;

    use tantivy::collector::Count;
    use tantivy::query::{AllQuery, InvertedIndexRangeQuery};
    use tantivy::{Index, TantivyDocument};

    use super::super::collect::{Collect, Order, Part};
    use super::*;
    use crate::index::Fields;

    #[test]
    fn a_search_ends_when_its_time_is_over() {
        let fields = Fields::default();
        let index = Index::create_in_ram(fields.schema.clone());
        let mut writer = index.writer_with_num_threads(1, 16_000_000).unwrap();
        for id in 0..20_000 {
            let mut document = TantivyDocument::new();
            document.add_i64(fields.id, id);
            document.add_i64(fields.object, 1);
            document.add_text(fields.title.words, "word");
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let order = Order::Number { column: "id".to_owned(), descending: false };
        let collect = |patience| {
            let collect = Collect { limit: 5, order: order.clone(), after: None, facets: true, patience, part: Part::All };
            let found = searcher.search(&AllQuery, &collect).unwrap();
            (found.late, found.kinds.get(&1).copied().unwrap_or(0))
        };
        assert_eq!(collect(Patience::default()), (false, 20_000));
        assert_eq!(collect(Patience::none()), (true, 0));
        let term = |text| Term::from_field_text(fields.title.words, text);
        let begins = InvertedIndexRangeQuery::new(Bound::Included(term("wo")), Bound::Excluded(term("wp")));
        let count = |patience| searcher.search(&Timed(Box::new(begins.clone()), patience), &Count);
        assert_eq!(count(Patience::default()).unwrap(), 20_000);
        assert!(count(Patience::none()).is_err(), "it is not begun");
    }
}
