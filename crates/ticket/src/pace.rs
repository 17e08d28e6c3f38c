//! How long it usually takes, measured from tickets of before: what a requester may expect.
//!
//! Nothing is said that fewer than [`ENOUGH`] tickets say: a guess that is wrong is worse than none.

use std::collections::HashMap;

use db::{Db, Rd};
use kernel::{OrganisationId, Result, ServiceId, TicketId, Time};

use crate::store::pace::{self as rows, Line, Pace, Sample, What};
use crate::{Category, Ticket};

/// Tickets that must say so.
pub const ENOUGH: usize = 20;
/// The newest of them count: how a desk worked long ago tells little.
const NEWEST: usize = 500;
/// Older ones tell nothing.
const OLDEST: i64 = 365 * Time::DAY;
/// Tickets that one run reads, and how many at once.
const MOST: usize = 50_000;
const CHUNK: i64 = 1_000;

/// What may be expected of a ticket.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Expected {
    pub answer: Option<Pace>,
    pub solution: Option<Pace>,
}

/// How long tickets like this one usually take. Who asks may see the ticket.
///
/// # Errors
/// The database refuses.
pub fn expected(rd: &mut Rd<'_>, ticket: &Ticket) -> Result<Expected> {
    let mut of = |what| rows::of(rd, ticket.tenant, &ticket.kind, ticket.service, what);
    Ok(Expected { answer: of(What::Answer)?, solution: of(What::Solution)? })
}

type Group = (OrganisationId, String, Option<ServiceId>, What);

/// Lengths by group, the newest tickets first.
#[derive(Debug, Default)]
struct Measured(HashMap<Group, Vec<i64>>);

impl Measured {
    fn take(&mut self, sample: &Sample, now: Time) {
        if sample.created_at < now.plus(-OLDEST) {
            return;
        }
        let solved = matches!(sample.category, Category::Resolved | Category::Closed);
        let ends = [(What::Answer, sample.answered_at), (What::Solution, sample.resolved_at.filter(|_| solved))];
        for (what, end) in ends.into_iter().filter_map(|(what, end)| Some((what, end?))) {
            let length = end.micros().saturating_sub(sample.created_at.micros()).max(0);
            let own = sample.service.map(Some);
            for service in own.into_iter().chain([None]) {
                let lengths = self.0.entry((sample.tenant, sample.kind.clone(), service, what)).or_default();
                if lengths.len() < NEWEST {
                    lengths.push(length);
                }
            }
        }
    }

    fn lines(self) -> Vec<Line> {
        let line = |((tenant, kind, service, what), lengths)| Some(Line { tenant, kind, service, what, pace: pace(lengths)? });
        self.0.into_iter().filter_map(line).collect()
    }
}

/// The quantiles of enough lengths, by the nearest rank.
fn pace(mut lengths: Vec<i64>) -> Option<Pace> {
    if lengths.len() < ENOUGH {
        return None;
    }
    lengths.sort_unstable();
    let at = |tenths: usize| lengths.get((lengths.len() * tenths).div_ceil(10).saturating_sub(1)).copied().unwrap_or_default();
    Some(Pace { measured: i64::try_from(lengths.len()).unwrap_or(i64::MAX), low: at(1), half: at(5), high: at(9) })
}

/// Measures anew, in small reads and one small write.
///
/// # Errors
/// The database refuses.
pub fn measure(db: &Db, now: Time) -> Result<()> {
    let (mut measured, mut below, mut read) = (Measured::default(), TicketId::new(i64::MAX), 0);
    while read < MOST {
        let samples = db.read_wait("pace.samples", move |rd| rows::samples(rd, below, CHUNK))?;
        let Some(last) = samples.last() else { break };
        below = last.id;
        read += samples.len();
        samples.iter().for_each(|sample| measured.take(sample, now));
    }
    let lines = measured.lines();
    db.write_bulk_wait("pace.replace", move |tx| rows::replace(tx, &lines, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_say_nothing_and_many_say_how_long() {
        assert_eq!(pace((1..20).collect()), None);
        assert_eq!(pace((1..=20).rev().collect()), Some(Pace { measured: 20, low: 2, half: 10, high: 18 }));
        assert_eq!(pace(vec![7; 21]), Some(Pace { measured: 21, low: 7, half: 7, high: 7 }));
    }
}
