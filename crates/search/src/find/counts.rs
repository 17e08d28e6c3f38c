//! How many there are, when it can be said for certain.

use kernel::Result;

use super::collect::{Candidate, Collect, FACETS, Order};
use super::finder::Finder;
use crate::store::visible;
use crate::{Kind, State, scope};

/// Records that are asked for one by one where the index knows too little of their scope.
const ONE_BY_ONE: usize = 300;
/// Values of a facet.
const VALUES: usize = 12;

/// Numbers over what the reader sees, of the question as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// None: too many to say.
    pub kinds: Vec<(Kind, Option<u64>)>,
    /// Of tickets: the field of the filter language with its values, the most frequent first.
    pub facets: Vec<(&'static str, Vec<(String, u64)>)>,
}

/// The columns of [`FACETS`] as fields, with the names by which roles hide them.
const FIELDS: [(&str, &str); 5] =
    [("kind", "kind"), ("category", "state"), ("team", "team"), ("priority", "priority"), ("service", "service")];

impl Finder<'_, '_, '_> {
    /// None while the index has not seen everything, or cannot answer the question exactly.
    pub fn counts(&mut self) -> Result<Option<Counts>> {
        let head = crate::store::log::newest(self.rd)?;
        let passed = self.search.reached().is_some_and(|reached| reached >= head);
        let (words, exact) = self.doors.query(&self.question.wanted, &self.question.leaves, false);
        if !passed || !exact || self.search.state() != State::Ready {
            return Ok(None);
        }
        // What was loaded since may know more than what the finder began with, never less.
        self.searcher = self.live.searcher();
        let query = self.within(words);
        let collect = Collect { limit: 0, order: Order::Number { column: "id".to_owned(), descending: true }, after: None, facets: true };
        let collected = self.collect(&*query, &collect)?;
        let mut kinds = Vec::new();
        for kind in self.question.kinds.clone() {
            let counted = collected.kinds.get(&kind.number()).copied().unwrap_or(0);
            kinds.push((kind, if self.is_known(kind) { Some(counted) } else { self.one_by_one(kind)? }));
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
        Ok(Some(Counts { kinds, facets }))
    }

    /// Whether the index knows the scope of a kind exactly: memberships of people end without a change
    /// of the person.
    fn is_known(&self, kind: Kind) -> bool {
        kind != Kind::Person || scope::extent(self.frame.actor, kind).organisation.is_empty()
    }

    fn one_by_one(&mut self, kind: Kind) -> Result<Option<u64>> {
        let (words, _) = self.doors.query(&self.question.wanted, &self.question.leaves, false);
        let object = scope::is(self.live.fields.object, kind.number());
        let within = self.scope_of(kind).and_then(Option::as_ref).map(|scope| scope.box_clone());
        let query = scope::both([words, object].into_iter().chain(within).collect());
        let order = Order::Number { column: "id".to_owned(), descending: true };
        let first = self.collect(&*query, &Collect { limit: ONE_BY_ONE + 1, order, after: None, facets: false })?.first;
        if first.len() > ONE_BY_ONE {
            return Ok(None);
        }
        let ids: Vec<i64> = first.iter().map(Candidate::id).collect();
        Ok(u64::try_from(visible::parties(self.rd, self.frame.actor, kind, &ids)?.len()).ok())
    }
}
