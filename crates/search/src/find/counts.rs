//! How many there are, when it can be said for certain.

use kernel::{Result, Time};

use super::collect::{Candidate, Collect, FACETS, Order, Part};
use super::finder::Finder;
use super::patience::Patience;
use crate::store::visible;
use crate::{Kind, State, scope};

/// People and places up to which each is asked for in the database. They are also written and removed
/// without events, so the index alone could count what is not there any more.
const ONE_BY_ONE: usize = 2_000;
/// Values of a facet.
const VALUES: usize = 12;

/// Numbers over what the reader sees, of the question as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// None: too many to say.
    pub kinds: Vec<(Kind, Option<u64>)>,
    /// Of tickets: the field of the filter language with its values, the most frequent first.
    pub facets: Vec<(&'static str, Vec<(String, u64)>)>,
    /// There are too many tickets: the facets are of those that were changed since this moment.
    pub since: Option<Time>,
}

/// The columns of [`FACETS`] as fields, with the names by which roles hide them.
const FIELDS: [(&str, &str); 5] =
    [("kind", "kind"), ("category", "state"), ("team", "team"), ("priority", "priority"), ("service", "service")];

impl Finder<'_, '_, '_> {
    /// None while the index has not seen everything, or cannot answer the question exactly.
    pub fn counts(&mut self) -> Result<Option<Counts>> {
        let edge = crate::store::log::edge(self.rd)?;
        let passed = self.search.has_passed(self.live, &edge);
        let (words, exact) = self.doors.query(&self.question.wanted, &self.question.leaves, false);
        if !passed || !exact || !self.whole || self.search.state() != State::Ready {
            return Ok(None);
        }
        // What was loaded since may know more than what the finder began with, never less.
        self.searcher = self.live.searcher();
        let query = self.within(words);
        let order = Order::Number { column: "updated_at".to_owned(), descending: true };
        let patience = Patience::default();
        let collect = Collect { limit: 0, order, after: None, facets: true, patience, part: Part::All };
        let (collected, since) = match self.best(&*query, &collect) {
            // Numbers are an extra: what was found is shown without them.
            Err(_) if patience.is_over() => return Ok(None),
            collected => collected?,
        };
        let mut kinds = Vec::new();
        for kind in self.question.kinds.clone() {
            let counted = collected.kinds.get(&kind.number()).copied().unwrap_or(0);
            kinds.push((
                kind,
                if kind == Kind::Ticket { Some(counted).filter(|_| since.is_none()) } else { self.one_by_one(kind, counted)? },
            ));
        }
        let hidden = self.frame.actor.hidden(access::Object::Ticket);
        let staff = scope::sees_inner_everywhere(self.frame.actor);
        let mut facets = Vec::new();
        for ((field, name), values) in FIELDS.into_iter().zip(collected.facets) {
            if hidden.contains(name) || (field == "priority" && !staff) {
                continue;
            }
            let mut values: Vec<(String, u64)> = values.into_iter().collect();
            values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            values.truncate(VALUES);
            facets.push((field, values));
        }
        debug_assert_eq!(FACETS.len(), FIELDS.len());
        Ok(Some(Counts { kinds, facets, since: since.map(Time) }))
    }

    fn one_by_one(&mut self, kind: Kind, counted: u64) -> Result<Option<u64>> {
        if counted == 0 || counted > ONE_BY_ONE as u64 {
            return Ok((counted == 0).then_some(0));
        }
        let (words, _) = self.doors.query(&self.question.wanted, &self.question.leaves, false);
        let object = scope::is(self.live.fields.object, kind.number());
        let within = self.scope_of(kind).and_then(Option::as_ref).map(|scope| scope.box_clone());
        let query = scope::both([words, object].into_iter().chain(within).collect());
        let order = Order::Number { column: "id".to_owned(), descending: true };
        let collect = Collect { limit: ONE_BY_ONE, order, after: None, facets: false, patience: self.patience, part: Part::All };
        let ids: Vec<i64> = self.collect(&*query, &collect)?.first.iter().map(Candidate::id).collect();
        visible::count(self.rd, self.frame.actor, kind, &ids).map(Some)
    }
}
