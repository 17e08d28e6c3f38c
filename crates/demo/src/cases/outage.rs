//! Major incidents: the coordinator's parent ticket and the reports of everybody who is hit.

use kernel::Time;

use super::script::Script;
use super::story::Plot;
use super::voice::Voice;
use super::world::World;
use crate::corpus::{Outage, Phrases, Scenario};
use crate::dice::Dice;
use crate::model::{Case, CaseRef, Channel, Code, Kind, Level, Link, OrgRef, PersonRef, Role, TeamRef, What};

/// The head of a major incident while it runs.
struct Major<'a> {
    world: &'a World<'a>,
    outage: &'a Outage,
    scenario: &'a Scenario,
    leader: PersonRef,
    start: Time,
    repaired: Time,
}

/// Adds the parent and its children; a small plan has fewer of them.
pub(super) fn tell<'a>(world: &'a World<'a>, outage: &'a Outage, tickets: u32, dice: &mut Dice, cases: &mut Vec<Case>) {
    let Some(scenario) = world.corpus.scenario(&outage.scenario) else { return };
    let reports = (outage.reports * tickets / crate::Size::FULL.tickets).max(4) as usize;
    let mut hit = world.crowd.some(dice, world.company, scenario.audience, &outage.offices);
    // Tickets of two tenants never meet.
    hit.retain(|p| world.company.organisation(world.company.person(*p).organisation).tenant == OrgRef(0));
    hit.truncate(reports);
    let Some(&first) = hit.first() else { return };
    let start = world.calendar.workday(outage.when, 9 * 60 + dice.range(20, 90), world.zone(first));
    let major =
        Major { world, outage, scenario, leader: world.coordinator(dice), start, repaired: start.plus(outage.minutes * Time::MINUTE) };
    let parent = CaseRef::at(cases.len());
    cases.push(major.head(dice));
    let mut last = major.repaired;
    for requester in hit {
        let child = major.child(dice, requester, parent);
        let solved = child.steps.iter().find(|s| matches!(s.what, What::Resolve { .. }));
        last = last.max(solved.map_or(last, |s| s.at));
        cases.push(child);
    }
    let over = last.plus(dice.range(10, 40) * Time::MINUTE);
    major.end(dice, &mut cases[parent.index()], over);
}

impl Major<'_> {
    /// The parent until the repair; its end waits for the children.
    fn head(&self, dice: &mut Dice) -> Case {
        let (world, outage, leader) = (self.world, self.outage, self.leader);
        let team = world.team(&outage.team);
        let lead = world.member(dice, team, outage.lang, leader);
        let voice = Voice::new(world, None, leader, outage.lang, self.start, dice);
        let mut script = Script::from(self.start);
        script.step(leader, What::Tag { tag: "major-incident".to_owned() });
        script.route(leader, team);
        for role in [Role::Manager, Role::Cio] {
            if let Some(&person) = world.with_role(role).first() {
                script.step(leader, What::Watch { person });
            }
        }
        script.until(script.now.plus(dice.range(3, 9) * Time::MINUTE));
        script.take(leader, lead);
        let helper = *dice.pick(&world.company.team(team).members);
        if helper != lead {
            script.step(lead, What::CoWork { person: helper });
        }
        let count = (outage.notes.len() + outage.updates.len()).max(1) as i64;
        let gap = outage.minutes * Time::MINUTE / (count + 1);
        for place in 0..outage.notes.len().max(outage.updates.len()) {
            for (texts, public) in [(&outage.notes, false), (&outage.updates, true)] {
                let Some(text) = texts.get(place) else { continue };
                script.until(script.now.plus(gap - dice.range(0, gap / 4)));
                let text = voice.one(dice, lead, outage.lang, text);
                if public { script.reply(leader, text) } else { script.note(lead, text) }
            }
        }
        let who = world.company.person(leader);
        Case {
            scenario: self.scenario.key.clone(),
            kind: Kind::Incident,
            subject: outage.subject.clone(),
            body: outage.text.clone(),
            lang: outage.lang,
            channel: Channel::Phone,
            start: self.start,
            requester: leader,
            beneficiary: None,
            registered_by: leader,
            organisation: who.organisation,
            location: who.location,
            service: Some(world.service(&self.scenario.service)),
            impact: Level::Top,
            urgency: Level::Top,
            team: None,
            steps: script.finish(),
        }
    }

    fn end(&self, dice: &mut Dice, case: &mut Case, at: Time) {
        let lead = case.steps.iter().find_map(|s| match s.what {
            What::Assign { person } => Some(person),
            _ => None,
        });
        let mut script = Script::resume(std::mem::take(&mut case.steps), at);
        let report = self.outage.report.clone();
        script.step(lead, What::Resolve { code: Code::Fixed, report });
        script.until(script.now.plus(dice.range(20, 40) * Time::HOUR));
        script.step(self.leader, What::Confirm);
        case.steps = script.finish();
    }

    /// One person's report, linked to the parent and solved with it.
    fn child(&self, dice: &mut Dice, requester: PersonRef, parent: CaseRef) -> Case {
        let world = self.world;
        let person = world.company.person(requester);
        let phrases = world.corpus.common.get(person.lang);
        let span = (self.repaired.micros() - self.start.micros()) * 3 / 4;
        let start = self.start.plus(dice.range(60 * Time::SECOND, span));
        let mut voice = Voice::new(world, Some(self.scenario), requester, person.lang, start, dice);
        let words = self.scenario.words(person.lang);
        let channel = *dice.pick(&[Channel::Web, Channel::Mail, Channel::Phone]);
        let team = world.desk(start);
        let agent = world.member(dice, team, person.lang, requester);
        let plot = Plot::draw(self.scenario, dice);
        let subject = voice.one(dice, requester, person.lang, &words.subject[plot.subject]);
        let text = voice.one(dice, requester, person.lang, &words.first[plot.first]);
        let body = match channel {
            Channel::Mail => voice.letter(dice, start, text),
            Channel::Phone => voice.quoted(dice, agent, &phrases.phone_intro, &text),
            Channel::Web | Channel::WalkIn => text,
        };
        Case {
            scenario: self.scenario.key.clone(),
            kind: Kind::Incident,
            subject,
            body,
            lang: person.lang,
            channel,
            start,
            requester,
            beneficiary: None,
            registered_by: if channel == Channel::Phone { agent } else { requester },
            organisation: person.organisation,
            location: person.location,
            service: Some(world.service(&self.scenario.service)),
            impact: self.scenario.impact,
            urgency: Level::High,
            team: Some(team),
            steps: self.child_steps(dice, &mut voice, phrases, Desk { requester, agent, team, parent, start }),
        }
    }

    fn child_steps(&self, dice: &mut Dice, voice: &mut Voice, phrases: &Phrases, desk: Desk) -> Vec<crate::model::Step> {
        let Desk { requester, agent, team, parent, start } = desk;
        let mut script = Script::from(start);
        script.until(start.plus(dice.range(2, 12) * Time::MINUTE));
        script.route(agent, team);
        script.take(agent, agent);
        script.step(agent, What::Link { link: Link::ChildOf, other: parent });
        if dice.percent(40) {
            script.note(agent, voice.say(dice, agent, &phrases.child_note));
        }
        let reply = dice.pick(&phrases.child_reply);
        script.reply(agent, voice.agent(dice, agent, team, reply));
        script.until(self.repaired.plus(dice.range(2, 25) * Time::MINUTE));
        let done = dice.pick(&phrases.child_done);
        script.reply(agent, voice.agent(dice, agent, team, done));
        let report = voice.say(dice, agent, &phrases.child_report);
        script.step(agent, What::Resolve { code: Code::Fixed, report });
        if dice.percent(45) {
            let read = script.now.plus(dice.around(90 * Time::MINUTE));
            script.until(self.world.at_work(dice, requester, read));
            script.step(requester, What::Confirm);
        } else {
            script.until(script.now.plus(Kind::Incident.closes_after() * Time::DAY));
            script.step(None, What::AutoClose);
        }
        script.finish()
    }
}

/// Who handles a child, and when it came.
struct Desk {
    requester: PersonRef,
    agent: PersonRef,
    team: TeamRef,
    parent: CaseRef,
    start: Time,
}
