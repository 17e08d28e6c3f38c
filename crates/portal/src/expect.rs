//! What a requester may expect: when it is usually answered and solved, and who has the next step.

use i18n::{Arg, T};
use kernel::Time;
use ticket::pace::Expected;
use ticket::store::pace::Pace;
use ticket::store::passage::Passage;
use ticket::{Category, Ticket};

/// The sentences of the page; empty where nothing true can be said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Promise {
    /// "Usually answered by 14:30 today".
    pub answer: String,
    /// "Usually solved by 24 Nov".
    pub solution: String,
    /// From how many requests that is known, and how far they differ.
    pub measured: Vec<String>,
    /// Who has the next step, and since when.
    pub awaits: String,
}

/// What the sentences are made of.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub t: &'a T,
    pub category: Category,
    pub created: Time,
    pub expected: Expected,
    /// The desk has said something that the requester reads.
    pub answered: bool,
    /// Who has it, in words.
    pub with: &'a str,
    /// The state in the words of the portal.
    pub state: &'a str,
    /// The reader asked for it.
    pub mine: bool,
    pub since: Time,
    pub now: Time,
}

impl Known<'_> {
    /// The sentences.
    pub fn promise(&self) -> Promise {
        // What waits for the requester is in nobody else's hands.
        if !matches!(self.category, Category::New | Category::Active | Category::Held) {
            return Promise { awaits: self.awaits(), ..Promise::default() };
        }
        let answer = self.expected.answer.filter(|_| !self.answered);
        let mut measured = Vec::new();
        measured.extend(answer.map(|pace| self.measured("portal-measured-answer", &pace)));
        measured.extend(self.expected.solution.map(|pace| self.measured("portal-measured-solution", &pace)));
        Promise {
            answer: answer.map(|pace| self.by(&pace, ANSWER)).unwrap_or_default(),
            solution: self.expected.solution.map(|pace| self.by(&pace, SOLUTION)).unwrap_or_default(),
            measured,
            awaits: self.awaits(),
        }
    }

    /// "by" the time at which half of them were; when that is over, at which nearly all were; then that it
    /// takes longer.
    fn by(&self, pace: &Pace, keys: [&str; 4]) -> String {
        let [today, tomorrow, day, late] = keys;
        let ends = [pace.half, pace.high].map(|length| self.created.plus(length));
        let Some(end) = ends.into_iter().find(|end| *end > self.now) else {
            return self.t.with(late, &[("length", Arg::Length(pace.high))]);
        };
        let (clock, date) = (self.t.clock(end), self.t.day(end, self.now));
        let on = |days: i64| self.t.day_full(self.now.plus(days * Time::DAY)) == self.t.day_full(end);
        match (on(0), on(1)) {
            (true, _) => self.t.with(today, &[("clock", clock.as_str().into())]),
            (_, true) => self.t.with(tomorrow, &[("clock", clock.as_str().into())]),
            _ => self.t.with(day, &[("day", date.as_str().into())]),
        }
    }

    fn measured(&self, key: &str, pace: &Pace) -> String {
        let length = |micros: i64| Arg::Length(micros);
        let args =
            [("count", Arg::from(pace.measured)), ("low", length(pace.low)), ("half", length(pace.half)), ("high", length(pace.high))];
        self.t.with(key, &args)
    }

    fn awaits(&self) -> String {
        let you = self.t.msg("portal-you-then").into_owned();
        let whom = match self.category {
            Category::New | Category::Active => self.with,
            Category::Held => self.state,
            Category::Waiting | Category::Resolved if self.mine => you.as_str(),
            Category::Waiting | Category::Resolved | Category::Closed | Category::Cancelled => return String::new(),
        };
        let since = self.t.moment(self.since, self.now);
        let key = if self.category == Category::Held { i18n::key!("portal-awaits-state") } else { i18n::key!("portal-awaits") };
        self.t.with(key, &[("name", whom.into()), ("since", since.as_str().into())])
    }
}

const ANSWER: [&str; 4] = [
    i18n::key!("portal-usual-answer-today"),
    i18n::key!("portal-usual-answer-tomorrow"),
    i18n::key!("portal-usual-answer-day"),
    i18n::key!("portal-usual-answer-late"),
];
const SOLUTION: [&str; 4] = [
    i18n::key!("portal-usual-solution-today"),
    i18n::key!("portal-usual-solution-tomorrow"),
    i18n::key!("portal-usual-solution-day"),
    i18n::key!("portal-usual-solution-late"),
];

/// Since when a ticket is with whoever has the next step: its stays that end with the present one and are of
/// the same sort.
pub fn since(stays: &[Passage], ticket: &Ticket) -> Time {
    let side = |category: Category| match category {
        Category::New | Category::Active => 0,
        Category::Waiting => 1,
        Category::Held => 2,
        Category::Resolved | Category::Closed | Category::Cancelled => 3,
    };
    let same = stays.iter().rev().take_while(|stay| side(stay.category) == side(ticket.category));
    same.last().map_or(ticket.created_at, |stay| stay.entered_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;

    /// 12:00 on a day.
    const NOON: Time = Time(1_767_268_800_000_000);

    fn known(t: &T, category: Category, after: i64, (half, high): (i64, i64)) -> Known<'_> {
        let pace = Pace { measured: 30, low: Time::MINUTE, half, high };
        let expected = Expected { answer: Some(pace), solution: None };
        let (answered, with, state) = (false, "Olga (Network)", "With our supplier");
        Known { t, category, created: NOON, expected, answered, with, state, mine: true, since: NOON, now: NOON.plus(after) }
    }

    #[test]
    fn an_answer_is_promised_for_when_half_had_one_then_for_when_nearly_all_had() {
        let t = T::utc(Lang::En);
        let by = |after, pace| known(&t, Category::New, after, pace).promise().answer;
        let (hour, day) = (Time::HOUR, Time::DAY);
        assert_eq!(by(0, (2 * hour, 5 * hour)), "Usually answered by 14:00 today");
        assert_eq!(by(3 * hour, (2 * hour, 5 * hour)), "Usually answered by 17:00 today");
        assert_eq!(by(0, (20 * hour, day)), "Usually answered by 08:00 tomorrow");
        assert_eq!(by(0, (3 * day, 4 * day)), "Usually answered by 4 Jan");
        assert_eq!(by(6 * hour, (2 * hour, 5 * hour)), "It takes longer than usual: most have an answer within 5 h");
    }

    #[test]
    fn nothing_is_promised_while_the_requester_has_the_next_step() {
        let t = T::utc(Lang::En);
        let told = |category| known(&t, category, 0, (Time::HOUR, Time::DAY)).promise();
        assert_eq!(told(Category::Waiting), Promise { awaits: "Waiting for: you · since 1 Jan, 12:00".into(), ..Promise::default() });
        assert_eq!(told(Category::Held).awaits, "With our supplier · since 1 Jan, 12:00");
        assert_eq!(told(Category::New).awaits, "Waiting for: Olga (Network) · since 1 Jan, 12:00");
        assert_eq!(told(Category::Closed), Promise::default());
    }
}
