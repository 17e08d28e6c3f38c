//! Chooses what belongs together: an ending, a first message that leads there, and a subject.

use crate::corpus::{Scenario, Story};
use crate::dice::Dice;
use crate::model::Code;

/// Places in the lists of a scenario.
pub(super) struct Plot {
    pub subject: usize,
    pub first: usize,
    pub ending: usize,
    pub talk: Vec<usize>,
    pub again: bool,
    endings: Vec<usize>,
}

impl Plot {
    pub(super) fn draw(scenario: &Scenario, dice: &mut Dice) -> Self {
        let words = scenario.words(kernel::Lang::En);
        let ending = dice.weighted(scenario.fixes.iter().map(|f| f.share));
        let any = Story::default();
        let story = |first: usize| scenario.stories.get(first).unwrap_or(&any);
        let fitting: Vec<usize> =
            (0..words.first.len()).filter(|first| story(*first).fix.is_empty() || story(*first).fix.contains(&ending)).collect();
        let first = if fitting.is_empty() { 0 } else { *dice.pick(&fitting) };
        let story = story(first);
        let of = |places: &[usize], count: usize| if places.is_empty() { (0..count).collect() } else { places.to_vec() };
        let subjects: Vec<usize> = of(&story.subject, words.subject.len());
        let mut talk = story.talk.clone().unwrap_or_else(|| (0..words.talk.len()).collect());
        dice.shuffle(&mut talk);
        Self {
            subject: *dice.pick(&subjects),
            first,
            ending,
            talk,
            again: story.again && !words.again.is_empty(),
            endings: of(&story.fix, scenario.fixes.len()),
        }
    }

    /// Another ending of the same story that solves the matter: what helps when the first did not.
    pub(super) fn second_ending(&self, scenario: &Scenario) -> Option<usize> {
        let solves = |place: &&usize| !matches!(scenario.fixes[**place].code, Code::Declined | Code::NoFault);
        self.endings.iter().filter(solves).find(|place| **place != self.ending).copied()
    }
}
