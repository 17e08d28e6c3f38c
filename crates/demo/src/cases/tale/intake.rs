//! How a matter comes in, and what the desk makes of it first.

use super::{Audience, Case, Channel, Dice, Kind, Level, PersonRef, Scenario, Tale, Time, What};
use crate::cases::voice::join;

pub(super) fn channel(dice: &mut Dice, scenario: &Scenario) -> Channel {
    let weights: [u32; 4] = match scenario.audience {
        Audience::Staff | Audience::House if super::pressing(scenario) => [24, 6, 60, 10],
        Audience::Staff | Audience::House => [47, 27, 21, 5],
        Audience::Customer => [44, 42, 14, 0],
        Audience::Agent => [100, 0, 0, 0],
    };
    [Channel::Web, Channel::Mail, Channel::Phone, Channel::WalkIn][dice.weighted(weights)]
}

impl Tale<'_> {
    /// The case as it arrives.
    pub(super) fn register(&mut self, dice: &mut Dice) -> Case {
        let person = self.world.company.person(self.requester);
        let phrases = self.world.corpus.common.get(self.lang());
        let start = self.script.now;
        let subject = self.voice.one(dice, self.requester, self.lang(), &self.words.subject[self.plot.subject]);
        let beneficiary = self.beneficiary(dice);
        let mut text = self.voice.one(dice, beneficiary.unwrap_or(self.requester), self.lang(), &self.words.first[self.plot.first]);
        if let Some(person) = beneficiary {
            self.voice.set_person("beneficiary", person);
            text = join(&[self.voice.say(dice, self.requester, &phrases.behalf), text]);
        }
        let by_agent = matches!(self.channel, Channel::Phone | Channel::WalkIn);
        let body = match self.channel {
            Channel::Mail => self.voice.letter(dice, start, text),
            Channel::Web if dice.percent(30) => join(&[self.voice.say(dice, self.requester, &phrases.hello), text]),
            Channel::Web => text,
            Channel::Phone => self.voice.quoted(dice, self.agent, &phrases.phone_intro, &text),
            Channel::WalkIn => self.voice.quoted(dice, self.agent, &phrases.walk_intro, &text),
        };
        let mail = self.channel == Channel::Mail;
        Case {
            scenario: self.scenario.key.clone(),
            kind: self.scenario.kind,
            subject,
            body,
            lang: self.lang(),
            channel: self.channel,
            start,
            requester: self.requester,
            beneficiary,
            registered_by: if by_agent { self.agent } else { self.requester },
            organisation: person.organisation,
            location: person.location,
            service: (!mail).then(|| self.world.service(&self.scenario.service)),
            impact: if mail { Level::Low } else { self.impact },
            urgency: if mail { Level::Medium } else { self.urgency },
            team: (self.scenario.audience != Audience::Agent).then_some(self.team),
            steps: Vec::new(),
        }
    }

    /// Somebody for whom the requester asks, now and then.
    fn beneficiary(&self, dice: &mut Dice) -> Option<PersonRef> {
        let may = self.scenario.kind == Kind::Incident && self.channel != Channel::WalkIn;
        let person = self.world.company.person(self.requester);
        (may && dice.percent(4))
            .then(|| self.world.crowd.colleague(dice, self.requester))
            .filter(|other| *other != self.requester && self.world.company.person(*other).lang == person.lang)
    }

    /// The desk reads it, sorts it, and may learn that it is no longer needed. True: withdrawn.
    pub(super) fn triage(&mut self, dice: &mut Dice) -> bool {
        let taken = matches!(self.channel, Channel::Phone | Channel::WalkIn);
        let by = if !taken && dice.percent(25) { self.world.coordinator(dice) } else { self.agent };
        if taken {
            self.script.until(self.script.now.plus(dice.range(60, 300) * Time::SECOND));
        } else if dice.percent(2) && self.scenario.kind == Kind::Incident {
            self.withdraw(dice);
            return true;
        } else {
            self.agent_after(dice, 35);
        }
        if !taken {
            // The shift may have changed since it came in.
            self.team = self.world.desk(self.script.now);
            if !self.world.company.team(self.team).members.contains(&self.agent) {
                self.agent = self.world.member(dice, self.team, self.lang(), self.requester);
            }
        }
        self.script.route(by, self.team);
        if self.channel == Channel::Mail || dice.percent(12) {
            let service = self.world.service(&self.scenario.service);
            self.script.step(by, What::Triage { service, impact: self.impact, urgency: self.urgency });
        }
        for tag in &self.scenario.tags {
            if dice.percent(55) {
                self.script.step(by, What::Tag { tag: tag.clone() });
            }
        }
        self.watchers(dice);
        false
    }

    fn withdraw(&mut self, dice: &mut Dice) {
        let phrases = self.world.corpus.common.get(self.lang());
        self.requester_after(dice, 50);
        self.requester_says(dice, &phrases.withdrawn);
        let reason = self.voice.say(dice, self.requester, &phrases.withdrawn_reason);
        self.script.step(self.requester, What::Cancel { reason });
    }

    fn watchers(&mut self, dice: &mut Dice) {
        if !dice.percent(7) {
            return;
        }
        let person = self.world.crowd.colleague(dice, self.requester);
        if person != self.requester {
            self.script.step(self.agent, What::Watch { person });
        }
    }
}
