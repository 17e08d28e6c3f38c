//! Collects the steps of one case: time only goes forward, and the state allows each step.

use kernel::Time;

use crate::model::{PersonRef, State, Step, TeamRef, What};

pub(super) struct Script {
    steps: Vec<Step>,
    pub now: Time,
    pub state: State,
}

impl Script {
    pub(super) fn from(start: Time) -> Self {
        Self { steps: Vec::with_capacity(16), now: start, state: State::New }
    }

    /// Goes on with a script at a later time.
    pub(super) fn resume(steps: Vec<Step>, at: Time) -> Self {
        let state = steps.iter().fold(State::New, |state, step| state.after(&step.what).unwrap_or(state));
        let now = steps.last().map_or(at, |s| s.at.max(at));
        Self { steps, now, state }
    }

    /// Moves the time on to `at`, if that is later.
    pub(super) fn until(&mut self, at: Time) {
        self.now = self.now.max(at);
    }

    /// A step one second after the last one, or at the time reached since. A step that the state
    /// does not allow is left out.
    pub(super) fn step(&mut self, by: impl Into<Option<PersonRef>>, what: What) {
        let Some(after) = self.state.after(&what) else { return };
        let earliest = self.steps.last().map_or(self.now, |s| s.at.plus(Time::SECOND));
        self.now = self.now.max(earliest);
        self.state = after;
        self.steps.push(Step { at: self.now, by: by.into(), what });
    }

    pub(super) fn reply(&mut self, by: PersonRef, text: String) {
        self.step(by, What::Reply { text });
    }
    pub(super) fn note(&mut self, by: PersonRef, text: String) {
        self.step(by, What::Note { text });
    }
    pub(super) fn route(&mut self, by: impl Into<Option<PersonRef>>, team: TeamRef) {
        self.step(by, What::Route { team });
    }

    /// Assigns, unless the person has it, and starts the work, unless it has begun.
    pub(super) fn take(&mut self, by: PersonRef, person: PersonRef) {
        if self.assignee() != Some(person) {
            self.step(by, What::Assign { person });
        }
        self.step(person, What::Start);
    }

    fn assignee(&self) -> Option<PersonRef> {
        self.steps.iter().rev().find_map(|step| match step.what {
            What::Assign { person } => Some(Some(person)),
            What::Route { .. } => Some(None),
            _ => None,
        })?
    }

    pub(super) fn finish(self) -> Vec<Step> {
        self.steps
    }
}
