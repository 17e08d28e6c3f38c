//! The work itself: first line, hand-overs along the road, what the specialists do.

use super::{Dice, Kind, Tale, Time, What};
use crate::corpus::Phrases;
use crate::model::PersonRef;

impl Tale<'_> {
    /// Somebody of the desk takes it and does what the desk can.
    pub(super) fn first_line(&mut self, dice: &mut Dice) {
        let direct = self.fix().stop > 0 && dice.percent(25);
        if direct {
            // Clear from the text whose it is: goes on without anybody of the desk.
            return;
        }
        self.agent_after(dice, 12);
        self.script.take(self.agent, self.agent);
        let phrases = self.world.corpus.common.get(self.lang());
        if dice.percent(50) {
            self.script.until(self.script.now.plus(dice.range(30, 240) * Time::SECOND));
            self.agent_says(dice, &phrases.ack);
        }
    }

    /// Along the road to where the matter can be solved. False: it ended on the way.
    pub(super) fn road(&mut self, dice: &mut Dice) -> bool {
        let last = self.fix().stop;
        let chance = if self.lying() {
            50
        } else if last == 0 {
            32
        } else {
            22
        };
        if dice.percent(chance) {
            self.agent_after(dice, 15);
            self.begin_if_new();
            if !self.ask(dice, last == 0) {
                return false;
            }
        }
        for stop in 1..=last {
            self.hand_over(dice, stop);
        }
        if last > 0 && dice.percent(30) && !self.ask(dice, false) {
            return false;
        }
        self.detours(dice);
        true
    }

    /// A question before the first hand-over needs somebody who has begun.
    fn begin_if_new(&mut self) {
        self.script.take(self.agent, self.agent);
    }

    pub(super) fn hand_over(&mut self, dice: &mut Dice, stop: usize) {
        let word = &self.scenario.road[stop];
        let team = self.world.stop(word, self.script.now, self.requester);
        self.agent_after(dice, 25);
        if dice.percent(6) {
            self.bounce(dice, team);
        }
        self.voice.set_team(team);
        let known = self.script.state != crate::model::State::New;
        if known || dice.percent(30) {
            self.agent_notes(dice, |_, p| p.handover_note.clone());
        }
        if known && dice.percent(40) {
            let phrases = self.world.corpus.common.get(self.lang());
            self.agent_says(dice, &phrases.handover_reply);
        }
        self.script.route(self.agent, team);
        self.team = team;
        self.agent = self.world.member(dice, team, self.lang(), self.requester);
        self.agent_after(dice, 90);
        self.script.take(self.agent, self.agent);
        if dice.percent(25) {
            self.agent_notes(dice, |_, p| p.take_note.clone());
        }
    }

    /// Sent to a team that cannot help and comes back.
    fn bounce(&mut self, dice: &mut Dice, right: crate::model::TeamRef) {
        let second: Vec<_> = (0..self.world.company.teams.len())
            .map(crate::model::TeamRef::at)
            .filter(|t| *t != right && self.world.company.team(*t).line == 2)
            .collect();
        let (back, from) = (self.team, self.agent);
        let wrong = *dice.pick(&second);
        self.voice.set_team(wrong);
        self.agent_notes(dice, |_, p| p.handover_note.clone());
        self.script.route(from, wrong);
        self.team = wrong;
        self.agent = self.world.member(dice, wrong, self.lang(), self.requester);
        self.agent_after(dice, 70);
        self.voice.set_team(back);
        self.agent_notes(dice, |_, p| p.bounce_note.clone());
        self.script.route(self.agent, back);
        (self.team, self.agent) = (back, from);
        self.agent_after(dice, 30);
    }

    /// What happens while somebody works: calls, help, a vendor, impatience.
    fn detours(&mut self, dice: &mut Dice) {
        let hours = self.scenario.hours.max(1);
        self.agent_after(dice, hours * 20);
        self.begin_if_new();
        if dice.percent(13) {
            self.call(dice);
        }
        if dice.percent(7) {
            self.ask_a_colleague(dice);
        }
        let buys = matches!(self.scenario.kind, Kind::Incident | Kind::Request);
        let vendor = self.scenario.vendor + if self.lying() && buys { 18 } else { 0 };
        if dice.percent(vendor) {
            self.ask_the_vendor(dice);
        }
        if hours >= 8 && dice.percent(20) {
            self.chase(dice);
        }
        self.agent_after(dice, hours * 40);
    }

    fn ask_a_colleague(&mut self, dice: &mut Dice) {
        let members = &self.world.company.team(self.team).members;
        let other: PersonRef = *dice.pick(members);
        if other == self.agent {
            return;
        }
        self.voice.set_person("helper", other);
        self.script.step(self.agent, What::CoWork { person: other });
        self.agent_notes(dice, |_, p: &Phrases| p.cowork_note.clone());
    }

    fn ask_the_vendor(&mut self, dice: &mut Dice) {
        let phrases = self.world.corpus.common.get(self.lang());
        self.agent_notes(dice, |_, p| p.vendor_note.clone());
        if dice.percent(60) {
            self.agent_says(dice, &phrases.vendor_reply);
        }
        let reason = self.voice.say(dice, self.agent, &phrases.vendor_hold);
        self.script.step(self.agent, What::Hold { reason });
        self.agent_after(dice, 30 * 60);
        self.script.step(self.agent, What::Resume);
        self.agent_notes(dice, |_, p| p.vendor_back.clone());
        self.agent_after(dice, 60);
    }

    /// A task of the staff for the staff: no conversation, just the work.
    pub(super) fn work_alone(&mut self, dice: &mut Dice) {
        self.team = self.world.stop(&self.scenario.road[0], self.script.now, self.requester);
        self.script.route(self.requester, self.team);
        self.agent = self.world.member(dice, self.team, self.lang(), self.requester);
        self.agent_after(dice, 60);
        self.script.take(self.requester, self.agent);
        if dice.percent(25) {
            self.ask_a_colleague(dice);
        }
        self.agent_after(dice, self.scenario.hours * 60);
        self.solve(dice);
        self.requester_after(dice, 5 * 60);
        self.script.step(self.requester, What::Confirm);
    }
}
