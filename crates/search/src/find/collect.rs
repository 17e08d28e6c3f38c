//! The best candidates of a query, and how many there are of what.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering as Memory};

use serde::{Deserialize, Serialize};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::Weight;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::newest::Newest;
use super::patience::Patience;
use crate::rank::factor;

/// Columns that facets count. The first two hold keys, the others ids and numbers.
pub const FACETS: [&str; 5] = ["kind", "category", "team_id", "priority", "service_id"];

/// By what candidates are ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// By rank, at a moment (microseconds): what is new counts more, and what is open unless the reader
    /// may not know that.
    Rank { now: i64, open: bool },
    /// By a number.
    Number { column: String, descending: bool },
    /// By the beginning of the title.
    Title { descending: bool },
}

/// Where a candidate stands: smaller comes first. The same for the same record, whatever else the
/// index holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    pub rank: i64,
    pub object: i64,
    /// Negative: the newest of equals first.
    pub id: i64,
}

/// A place in an order by titles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum After {
    Place(Place),
    Title { title: String, id: i64 },
}

/// A record that may be a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub place: Place,
    /// In an order by titles.
    pub title: Option<String>,
}

impl Candidate {
    pub fn id(&self) -> i64 {
        -self.place.id
    }
    pub fn after(&self) -> After {
        match &self.title {
            Some(title) => After::Title { title: title.clone(), id: self.id() },
            None => After::Place(self.place.clone()),
        }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Collected {
    /// The first ones, in their order.
    pub first: Vec<Candidate>,
    /// How many there are by kind of record.
    pub kinds: HashMap<i64, u64>,
    /// Of tickets: how many by each key or number of [`FACETS`].
    pub facets: [HashMap<String, u64>; 5],
    /// How many were looked at.
    pub met: u64,
    /// There are more than were to be looked at: the rest of it is of no use.
    pub many: bool,
    /// The time was over before everything was seen: the rest of it is of no use.
    pub late: bool,
}

/// Which matches are looked at.
#[derive(Debug, Clone, Default)]
pub enum Part {
    #[default]
    All,
    /// All, unless there are more than so many; with those that were met in all segments.
    Few(u64, Arc<AtomicU64>),
    /// What was changed since a moment, microseconds, and what has no such moment.
    Since(i64, Arc<Newest>),
}

impl Part {
    pub fn few(most: u64) -> Self {
        Self::Few(most, Arc::default())
    }
}

/// Collects the first candidates after a place.
#[derive(Debug, Clone)]
pub struct Collect {
    pub limit: usize,
    pub order: Order,
    pub after: Option<After>,
    pub facets: bool,
    pub patience: Patience,
    pub part: Part,
}

impl Collector for Collect {
    type Fruit = Collected;
    type Child = Segment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Segment> {
        let fast = reader.fast_fields();
        let number = |name: &str| fast.i64(name);
        let sort = match &self.order {
            Order::Rank { now, open } => {
                let open = if *open { Some(number("open")?) } else { None };
                Sort::Rank { now: *now, open, updated: number("updated_at")? }
            }
            Order::Number { column, descending } => Sort::Number(number(column)?, *descending),
            Order::Title { descending } => Sort::Title(fast.str("title_start")?, *descending),
        };
        let facets = if self.facets {
            let mut facets = Vec::new();
            for (place, name) in FACETS.iter().enumerate() {
                facets.push(if place < 2 { Facet::keys(fast.str(name)?) } else { Facet::Numbers(number(name)?, HashMap::new()) });
            }
            facets
        } else {
            Vec::new()
        };
        let after = match (&self.after, &sort) {
            (Some(After::Place(place)), Sort::Rank { .. } | Sort::Number(..)) => Some(place.clone()),
            (Some(After::Title { title, id }), Sort::Title(column, descending)) => {
                Some(Place { rank: title_rank(column.as_ref(), title, *descending)?, object: 0, id: id.saturating_neg() })
            }
            _ => None,
        };
        let (object, id) = (number("object")?, number("id")?);
        let (limit, patience) = (self.limit, self.patience);
        let (heap, kinds) = (BinaryHeap::new(), HashMap::new());
        let late = patience.is_over();
        Ok(Segment { object, id, sort, after, limit, heap, kinds, facets, patience, met: 0, many: false, late })
    }

    /// As tantivy does it, and it ends when the rest is of no use.
    fn collect_segment(&self, weight: &dyn Weight, ordinal: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Collected> {
        let mut segment = self.for_segment(ordinal, reader)?;
        let updated = reader.fast_fields().i64("updated_at")?;
        let (ranges, from) = match &self.part {
            Part::Since(from, newest) => (newest.since(reader, *from)?, *from),
            Part::All | Part::Few(..) => (vec![(0, reader.max_doc())], i64::MIN),
        };
        let (alive, scored) = (reader.alive_bitset(), self.requires_scoring());
        let mut scorer = weight.scorer(reader, 1.0)?;
        for (start, end) in ranges {
            let mut doc = if scorer.doc() < start { scorer.seek(start) } else { scorer.doc() };
            while doc < end {
                let new = from == i64::MIN || updated.first(doc).is_none_or(|at| at >= from);
                if new && alive.is_none_or(|alive| alive.is_alive(doc)) {
                    if let Part::Few(most, met) = &self.part {
                        segment.many |= met.fetch_add(1, Memory::Relaxed) >= *most;
                    }
                    segment.collect(doc, if scored { scorer.score() } else { 0.0 });
                    if segment.late || segment.many {
                        return Ok(segment.harvest());
                    }
                }
                doc = scorer.advance();
            }
        }
        Ok(segment.harvest())
    }

    fn requires_scoring(&self) -> bool {
        matches!(self.order, Order::Rank { .. })
    }

    fn merge_fruits(&self, segments: Vec<Collected>) -> tantivy::Result<Collected> {
        let mut all = Collected::default();
        for mut segment in segments {
            all.late |= segment.late;
            all.many |= segment.many;
            all.met += segment.met;
            all.first.append(&mut segment.first);
            for (kind, count) in segment.kinds {
                *all.kinds.entry(kind).or_default() += count;
            }
            for (sum, facet) in all.facets.iter_mut().zip(segment.facets) {
                for (key, count) in facet {
                    *sum.entry(key).or_default() += count;
                }
            }
        }
        let descending = matches!(self.order, Order::Title { descending: true });
        all.first.sort_by(|a, b| match (&a.title, &b.title) {
            (Some(x), Some(y)) => (if descending { y.cmp(x) } else { x.cmp(y) }).then_with(|| a.place.id.cmp(&b.place.id)),
            _ => a.place.cmp(&b.place),
        });
        all.first.truncate(self.limit);
        Ok(all)
    }
}

enum Sort {
    Rank { now: i64, open: Option<Column<i64>>, updated: Column<i64> },
    Number(Column<i64>, bool),
    Title(Option<StrColumn>, bool),
}

enum Facet {
    Keys(Option<StrColumn>, Vec<u64>),
    Numbers(Column<i64>, HashMap<i64, u64>),
}

impl Facet {
    fn keys(column: Option<StrColumn>) -> Self {
        let count = column.as_ref().map_or(0, |column| column.num_terms());
        Facet::Keys(column, vec![0; count])
    }
}

/// One segment while it is read.
pub struct Segment {
    object: Column<i64>,
    id: Column<i64>,
    sort: Sort,
    after: Option<Place>,
    limit: usize,
    /// The first ones so far; the last of them is on top.
    heap: BinaryHeap<Place>,
    kinds: HashMap<i64, u64>,
    facets: Vec<Facet>,
    patience: Patience,
    /// Records so far.
    met: u64,
    many: bool,
    late: bool,
}

/// Records between two looks at the time.
const LOOK: u64 = 4096;

/// The place of a title among those of a segment: where it stands, or would stand.
fn title_rank(column: Option<&StrColumn>, title: &str, descending: bool) -> tantivy::Result<i64> {
    let Some(column) = column else { return Ok(0) };
    let (mut from, mut to) = (0_u64, u64::try_from(column.num_terms()).unwrap_or(0));
    let mut text = String::new();
    while from < to {
        let middle = from + (to - from) / 2;
        text.clear();
        column.ord_to_str(middle, &mut text)?;
        match text.as_str().cmp(title) {
            Ordering::Less => from = middle + 1,
            Ordering::Equal => return Ok(ranked(2 * middle + 1, descending)),
            Ordering::Greater => to = middle,
        }
    }
    Ok(ranked(2 * from, descending))
}

fn ranked(ord: u64, descending: bool) -> i64 {
    let ord = i64::try_from(ord).unwrap_or(i64::MAX);
    if descending { -ord } else { ord }
}

/// Parts of one point of score that count.
const FINE: f64 = 1024.0;
/// Microseconds.
pub const DAY: i64 = 86_400_000_000;

impl Segment {
    fn place(&self, doc: DocId, score: Score) -> Place {
        let object = self.object.first(doc).unwrap_or(0);
        let id = -self.id.first(doc).unwrap_or(0);
        match &self.sort {
            Sort::Rank { now, open, updated } => {
                let age = updated.first(doc).map(|at| (now - at) / DAY);
                let open = open.as_ref().is_some_and(|open| open.first(doc) == Some(1));
                let weight = f64::from(score) * factor(open, age);
                #[expect(clippy::cast_possible_truncation, reason = "a weight is far below 2^50")]
                let rank = -((weight * FINE).round() as i64);
                Place { rank, object, id }
            }
            // Without a value: at the end, whichever way.
            Sort::Number(column, descending) => {
                let rank = column.first(doc).map_or(i64::MAX, |value| if *descending { !value } else { value });
                Place { rank, object, id }
            }
            Sort::Title(column, descending) => {
                let ord = column.as_ref().and_then(|column| column.ords().first(doc)).unwrap_or(0);
                Place { rank: ranked(2 * ord + 1, *descending), object: 0, id }
            }
        }
    }
}

impl SegmentCollector for Segment {
    type Fruit = Collected;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.met += 1;
        self.late = self.late || (self.met.is_multiple_of(LOOK) && self.patience.is_over());
        if self.late {
            return;
        }
        *self.kinds.entry(self.object.first(doc).unwrap_or(0)).or_default() += 1;
        for facet in &mut self.facets {
            match facet {
                Facet::Keys(Some(column), counts) => {
                    for ord in column.term_ords(doc) {
                        if let Some(count) = usize::try_from(ord).ok().and_then(|ord| counts.get_mut(ord)) {
                            *count += 1;
                        }
                    }
                }
                Facet::Keys(None, _) => {}
                Facet::Numbers(column, counts) => {
                    if let Some(value) = column.first(doc) {
                        *counts.entry(value).or_default() += 1;
                    }
                }
            }
        }
        let place = self.place(doc, score);
        if self.limit == 0 || self.after.as_ref().is_some_and(|after| place <= *after) {
            return;
        }
        if self.heap.len() < self.limit {
            self.heap.push(place);
        } else if self.heap.peek().is_some_and(|last| place < *last) {
            self.heap.pop();
            self.heap.push(place);
        }
    }

    fn harvest(self) -> Collected {
        let mut out = Collected { kinds: self.kinds, met: self.met, many: self.many, late: self.late, ..Collected::default() };
        let titles = if let Sort::Title(column, _) = &self.sort { column.as_ref() } else { None };
        for place in self.heap.into_sorted_vec() {
            let title = titles.map(|column| {
                let mut text = String::new();
                let ord = u64::try_from(place.rank.abs() / 2).unwrap_or(0);
                let _ = column.ord_to_str(ord, &mut text);
                text
            });
            out.first.push(Candidate { place, title });
        }
        for (to, facet) in out.facets.iter_mut().zip(self.facets) {
            match facet {
                Facet::Keys(Some(column), counts) => {
                    for (ord, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                        let mut text = String::new();
                        let _ = column.ord_to_str(ord as u64, &mut text);
                        to.insert(text, count);
                    }
                }
                Facet::Keys(None, _) => {}
                Facet::Numbers(_, counts) => to.extend(counts.into_iter().map(|(value, count)| (value.to_string(), count))),
            }
        }
        out
    }
}
