//! The newest part of what matches. A word that half of all tickets have is answered from the newest of
//! them: the best of five thousand are as good, and a desk with millions answers as fast as a small one.
//!
//! How much is looked at depends on the matches that the reader may see and on the calendar, never on
//! where they stand in the index: what somebody may not see moves nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::Result;
use tantivy::index::SegmentId;
use tantivy::query::Query;
use tantivy::{DocId, Searcher, SegmentReader};

use super::asked;
use super::collect::{Collect, Collected, DAY, Order, Part};
use crate::Search;
use crate::index::Live;

/// Matches that are weighed at once; where there are more, they are counted first.
const FEW: u64 = 1_000;
/// Matches that are all weighed.
const MANY: u64 = 10_000;
/// Matches among which the best are good enough, where there are more.
const ENOUGH: u64 = 3_000;
/// Days back from today, one after the other, until there are enough.
const DAYS: [i64; 13] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096];

/// Records of a segment that stand side by side.
const BLOCK: u32 = 1_024;
/// Segments that are remembered.
const SEGMENTS: usize = 256;

/// When the newest record of each block of each segment was changed: most of an index is passed over.
#[derive(Debug, Default)]
pub struct Newest(Mutex<HashMap<SegmentId, Arc<[i64]>>>);

impl Newest {
    /// The records of a segment, from and below, that hold what was changed since a moment and more.
    pub fn since(&self, reader: &SegmentReader, from: i64) -> tantivy::Result<Vec<(DocId, DocId)>> {
        let blocks = self.blocks(reader)?;
        let starts = (0..reader.max_doc()).step_by(BLOCK as usize);
        let ranges = starts.zip(blocks.iter()).filter(|(_, newest)| **newest >= from);
        Ok(ranges.map(|(start, _)| (start, reader.max_doc().min(start + BLOCK))).collect())
    }

    fn blocks(&self, reader: &SegmentReader) -> tantivy::Result<Arc<[i64]>> {
        let known = |map: &HashMap<SegmentId, Arc<[i64]>>| map.get(&reader.segment_id()).map(Arc::clone);
        if let Some(blocks) = known(&self.0.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(blocks);
        }
        let updated = reader.fast_fields().i64("updated_at")?;
        // People and places have no such moment: they are always new.
        let newest = |start: DocId| {
            let block = start..reader.max_doc().min(start + BLOCK);
            block.map(|doc| updated.first(doc).unwrap_or(i64::MAX)).max().unwrap_or(i64::MAX)
        };
        let blocks: Arc<[i64]> = (0..reader.max_doc()).step_by(BLOCK as usize).map(newest).collect();
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if map.len() >= SEGMENTS {
            map.clear();
        }
        map.insert(reader.segment_id(), Arc::clone(&blocks));
        Ok(blocks)
    }
}

/// What was collected, and since when it was changed where that is not everything.
pub(crate) type Best = (Collected, Option<i64>);

/// Collects from all matches, or from the newest where there are too many.
///
/// # Errors
/// The index cannot be read; it takes too long.
pub(crate) fn best(search: &Search, live: &Live, searcher: &Searcher, query: &dyn Query, collect: &Collect, now: i64) -> Result<Best> {
    let all = |part: Part| asked(search, live, searcher, query, &Collect { part, ..collect.clone() });
    let by_age = match &collect.order {
        Order::Rank { .. } => true,
        Order::Number { column, descending } => *descending && column == "updated_at",
        Order::Title { .. } => false,
    };
    if !by_age {
        return Ok((all(Part::All)?, None));
    }
    let found = all(Part::few(FEW))?;
    if !found.many {
        return Ok((found, None));
    }
    // To count costs a fraction of what it costs to weigh.
    let order = Order::Number { column: "updated_at".to_owned(), descending: true };
    let counted = Collect { limit: 0, order, after: None, facets: false, ..collect.clone() };
    let count = |part: Part| asked(search, live, searcher, query, &Collect { part, ..counted.clone() });
    if !count(Part::few(MANY))?.many {
        return Ok((all(Part::All)?, None));
    }
    for from in days(now) {
        let since = || Part::Since(from, Arc::clone(&live.newest));
        if count(since())?.met < ENOUGH {
            continue;
        }
        let found = all(since())?;
        if found.first.len() >= collect.limit {
            return Ok((found, Some(from)));
        }
    }
    Ok((all(Part::All)?, None))
}

/// The beginnings of these days.
fn days(now: i64) -> impl Iterator<Item = i64> {
    DAYS.into_iter().map(move |days| now - now.rem_euclid(DAY) - days * DAY)
}

/// Collects from the newest matches of a query that is dear: as many as are enough.
///
/// # Errors
/// As [`best`].
pub(crate) fn enough(search: &Search, live: &Live, searcher: &Searcher, query: &dyn Query, collect: &Collect, now: i64) -> Result<Best> {
    let all = |part: Part| asked(search, live, searcher, query, &Collect { part, ..collect.clone() });
    let found = all(Part::few(ENOUGH))?;
    if !found.many {
        return Ok((found, None));
    }
    // Every second: each is looked at whole.
    for from in days(now).skip(2).step_by(2) {
        let found = all(Part::Since(from, Arc::clone(&live.newest)))?;
        if found.met >= ENOUGH {
            return Ok((found, Some(from)));
        }
    }
    Ok((all(Part::All)?, None))
}

#[cfg(test)]
mod tests {
    use tantivy::query::{AllQuery, TermQuery};
    use tantivy::schema::IndexRecordOption;
    use tantivy::{Index, TantivyDocument, Term};

    use super::*;
    use crate::find::patience::Patience;
    use crate::index::Fields;

    /// Tickets of 30 days in no order, some of them removed, in several segments; every hundredth record
    /// has no moment. Answers the searcher with what is there: ids and days.
    fn desk() -> (Searcher, Fields, Vec<(i64, Option<i64>)>) {
        let fields = Fields::default();
        let updated = fields.column("updated_at").unwrap();
        let index = Index::create_in_ram(fields.schema.clone());
        let mut writer = index.writer_with_num_threads(1, 16_000_000).unwrap();
        let mut there = Vec::new();
        for id in 1..=9_000_i64 {
            let day = (id % 100 != 0).then_some((id * 7_919) % 30);
            let mut document = TantivyDocument::new();
            document.add_i64(fields.id, id);
            document.add_i64(fields.object, 1);
            document.add_text(fields.title.words, "word");
            document.add_text(fields.key, format!("ticket:{id}"));
            if let Some(day) = day {
                document.add_i64(updated, day * DAY);
            }
            writer.add_document(document).unwrap();
            there.push((id, day));
            if id % 4_000 == 0 {
                writer.commit().unwrap();
            }
        }
        for id in (5..9_000).step_by(10) {
            writer.delete_term(Term::from_field_text(fields.key, &format!("ticket:{id}")));
        }
        writer.commit().unwrap();
        there.retain(|(id, _)| id % 10 != 5);
        (index.reader().unwrap().searcher(), fields, there)
    }

    #[test]
    fn the_newest_are_exactly_those_of_the_time() {
        let (searcher, fields, there) = desk();
        assert!(searcher.segment_readers().len() > 1);
        let newest = Arc::new(Newest::default());
        let order = Order::Rank { now: 30 * DAY, open: false };
        let word = TermQuery::new(Term::from_field_text(fields.title.words, "word"), IndexRecordOption::WithFreqs);
        for (query, from) in [(&AllQuery as &dyn Query, 12), (&word, 0), (&word, 29), (&word, 30)] {
            let part = Part::Since(from * DAY, Arc::clone(&newest));
            let collect = Collect { limit: 20_000, order: order.clone(), after: None, facets: false, patience: Patience::default(), part };
            let found = searcher.search(query, &collect).unwrap();
            let mut ids: Vec<i64> = found.first.iter().map(|candidate| candidate.id()).collect();
            ids.sort_unstable();
            let wanted: Vec<i64> = there.iter().filter(|(_, day)| day.is_none_or(|day| day >= from)).map(|(id, _)| *id).collect();
            assert_eq!(ids, wanted, "since day {from}");
            assert_eq!(found.met, wanted.len() as u64);
        }
    }

    #[test]
    fn too_many_are_noticed_over_all_segments() {
        let (searcher, _, there) = desk();
        let order = Order::Number { column: "updated_at".to_owned(), descending: true };
        for (most, many) in [(there.len() as u64, false), (there.len() as u64 - 1, true), (3, true)] {
            let part = Part::few(most);
            let collect = Collect { limit: 5, order: order.clone(), after: None, facets: true, patience: Patience::default(), part };
            let found = searcher.search(&AllQuery, &collect).unwrap();
            assert_eq!((found.many, found.met <= most + searcher.segment_readers().len() as u64), (many, true), "{most}");
        }
    }
}
