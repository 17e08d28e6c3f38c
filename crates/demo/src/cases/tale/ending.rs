//! Solved, confirmed, closed, and now and then opened again.

use super::{Dice, Kind, Tale, Time, What};

impl Tale<'_> {
    /// Note, reply and resolution of the chosen fix.
    pub(super) fn solve(&mut self, dice: &mut Dice) {
        let place = self.plot.ending;
        if dice.percent(60) {
            self.agent_notes(dice, |words, _| vec![words.fix[place].0.clone()]);
            self.agent_after(dice, 12);
        }
        let (_, reply, report) = &self.words.fix[place];
        if !reply.is_empty() {
            self.agent_says(dice, std::slice::from_ref(reply));
        }
        let report = self.voice.one(dice, self.agent, self.lang(), report);
        self.script.step(self.agent, What::Resolve { code: self.fix().code, report });
    }

    /// What the requester makes of it.
    pub(super) fn afterwards(&mut self, dice: &mut Dice) {
        let fragile = matches!(self.scenario.kind, Kind::Incident | Kind::Request | Kind::Complaint);
        let second = self.plot.second_ending(self.scenario).filter(|_| fragile && self.plot.again);
        if let Some(second) = second.filter(|_| dice.percent(12)) {
            self.reopen(dice, second);
        }
        if dice.percent(40) {
            self.requester_after(dice, 4 * 60);
            if dice.percent(65) {
                let phrases = self.world.corpus.common.get(self.lang());
                self.requester_says(dice, &phrases.thanks);
            }
            self.script.step(self.requester, What::Confirm);
        } else {
            self.close_by_time(dice);
        }
    }

    fn reopen(&mut self, dice: &mut Dice, second: usize) {
        let phrases = self.world.corpus.common.get(self.lang());
        self.requester_after(dice, 26 * 60);
        self.requester_says(dice, &self.words.again);
        let reason = self.voice.say(dice, self.requester, &phrases.reopen_reason);
        self.script.step(self.requester, What::Reopen { reason });
        self.agent_after(dice, 45);
        self.script.step(self.agent, What::Assign { person: self.agent });
        self.agent_notes(dice, |_, p| p.reopen_note.clone());
        self.agent_says(dice, &phrases.reopen_reply);
        self.agent_after(dice, self.scenario.hours * 40);
        let from = self.fix().stop;
        self.plot.ending = second;
        for stop in from + 1..=self.fix().stop {
            self.hand_over(dice, stop);
        }
        self.solve(dice);
    }

    pub(super) fn close_by_time(&mut self, dice: &mut Dice) {
        self.script.until(self.script.now.plus(self.scenario.kind.closes_after() * Time::DAY + dice.range(0, 59) * Time::MINUTE));
        self.script.step(None, What::AutoClose);
    }
}
