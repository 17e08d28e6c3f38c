//! Questions and answers between agent and requester.

use super::{Dice, Kind, Tale, Time, What};
use crate::model::{Call, Code};

impl Tale<'_> {
    /// Asks one of the scenario's questions and gets the answer. False: no answer ever came, and the
    /// case is over.
    pub(super) fn ask(&mut self, dice: &mut Dice, may_be_silent: bool) -> bool {
        // Nobody is asked the same thing twice.
        let Some(place) = self.plot.talk.pop() else { return true };
        let (question, answer) = &self.words.talk[place];
        self.agent_says(dice, std::slice::from_ref(question));
        self.script.step(self.agent, What::Wait);
        if may_be_silent && dice.percent(5) && matches!(self.scenario.kind, Kind::Incident | Kind::Question | Kind::Request) {
            self.silence(dice);
            return false;
        }
        self.requester_after(dice, 100);
        self.requester_says(dice, std::slice::from_ref(answer));
        self.script.step(self.requester, What::Resume);
        true
    }

    fn silence(&mut self, dice: &mut Dice) {
        let phrases = self.world.corpus.common.get(self.lang());
        for _ in 0..2 {
            self.script.until(self.script.now.plus(2 * Time::DAY));
            self.agent_after(dice, 60);
            self.agent_says(dice, &phrases.remind);
        }
        self.script.until(self.script.now.plus(3 * Time::DAY));
        self.agent_after(dice, 60);
        self.script.step(self.agent, What::Resume);
        self.agent_says(dice, &phrases.no_answer);
        let report = self.voice.say(dice, self.agent, &phrases.no_answer_report);
        self.script.step(self.agent, What::Resolve { code: Code::NoAnswer, report });
        self.close_by_time(dice);
    }

    /// The requester loses patience, the agent answers.
    pub(super) fn chase(&mut self, dice: &mut Dice) {
        let phrases = self.world.corpus.common.get(self.lang());
        self.requester_after(dice, 10 * 60);
        self.requester_says(dice, &phrases.chase);
        self.agent_after(dice, 60);
        self.agent_says(dice, &phrases.chase_reply);
    }

    pub(super) fn call(&mut self, dice: &mut Dice) {
        let outbound = dice.percent(75);
        let lang = self.world.company.person(self.agent).lang;
        let phrases = self.world.corpus.common.get(lang);
        let templates = if outbound { &phrases.call_out } else { &phrases.call_in };
        let summary = self.voice.say_in(dice, self.agent, lang, templates);
        let minutes = u32::try_from(dice.range(1, 14)).unwrap_or(1);
        self.script.step(self.agent, What::Call(Call { outbound, minutes, summary, public: false }));
    }
}
