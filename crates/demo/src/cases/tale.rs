//! One matter from its registration to its end.

mod ending;
mod intake;
mod talk;
mod work;

use kernel::{Lang, Time};

use super::parts;
use super::script::Script;
use super::story::Plot;
use super::voice::Voice;
use super::world::World;
use crate::corpus::{Audience, Fix, Phrases, Scenario, Words};
use crate::dice::Dice;
use crate::model::{Case, CaseRef, Channel, Kind, Level, Link, PersonRef, TeamRef, What};

/// The case while it is told.
pub(super) struct Tale<'a> {
    world: &'a World<'a>,
    scenario: &'a Scenario,
    words: &'a Words,
    voice: Voice<'a>,
    script: Script,
    requester: PersonRef,
    channel: Channel,
    impact: Level,
    urgency: Level,
    plot: Plot,
    /// Who has it now.
    agent: PersonRef,
    team: TeamRef,
    /// How much slower than usual everything goes.
    pace: i64,
}

/// Tells one case, its parts and sometimes its twin, and adds them to the list.
pub(super) fn tell<'a>(
    world: &'a World<'a>,
    scenario: &'a Scenario,
    requester: PersonRef,
    start: Time,
    dice: &mut Dice,
    cases: &mut Vec<Case>,
) {
    let mut tale = Tale::begin(world, scenario, requester, start, dice);
    let mut case = tale.register(dice);
    let number = CaseRef::at(cases.len());
    // Its place is taken now: parts and twin refer to it.
    cases.push(case.clone());
    if scenario.audience == Audience::Agent {
        tale.work_alone(dice);
    } else if !tale.triage(dice) {
        tale.first_line(dice);
        if !scenario.parts.is_empty() {
            let ready = parts::tell(world, scenario, &tale.voice, tale.agent, number, tale.script.now, dice, cases);
            tale.script.until(ready.plus(dice.range(5, 90) * Time::MINUTE));
        }
        if tale.road(dice) {
            tale.solve(dice);
            tale.afterwards(dice);
        }
    }
    let twin = case.channel == Channel::Mail && scenario.kind == Kind::Incident && dice.percent(7);
    if twin {
        cases.push(tale.twin(&case, number, dice));
    }
    case.steps = tale.script.finish();
    cases[number.index()] = case;
}

impl<'a> Tale<'a> {
    fn begin(world: &'a World<'a>, scenario: &'a Scenario, requester: PersonRef, start: Time, dice: &mut Dice) -> Self {
        let person = world.company.person(requester);
        let channel = intake::channel(dice, scenario);
        let start = match channel {
            Channel::Phone | Channel::WalkIn => world.desk_opens(dice, start),
            Channel::Web | Channel::Mail => start,
        };
        let team = world.stop("sd", start, requester);
        let urgency = if person.vip { Level::High } else { shifted(dice, scenario.urgency) };
        let slow = pace(world.now, start, dice);
        Self {
            voice: Voice::new(world, Some(scenario), requester, person.lang, start, dice),
            words: scenario.words(person.lang),
            script: Script::from(start),
            channel,
            impact: shifted(dice, scenario.impact),
            urgency,
            plot: Plot::draw(scenario, dice),
            agent: world.member(dice, team, person.lang, requester),
            team,
            // What cannot wait is not left lying.
            pace: if pressing(scenario) { slow.min(2) } else { slow },
            world,
            scenario,
            requester,
        }
    }

    fn fix(&self) -> Fix {
        self.scenario.fixes[self.plot.ending]
    }

    fn lang(&self) -> Lang {
        self.voice.lang
    }

    /// Part of today's backlog: waits for somebody more often than the rest.
    fn lying(&self) -> bool {
        self.pace >= 30
    }

    /// Lets working time pass until the agent does the next thing; what is urgent goes faster.
    fn agent_after(&mut self, dice: &mut Dice, minutes: i64) {
        let faster = match self.urgency {
            Level::Top | Level::High => 3,
            Level::Medium => 2,
            Level::Low => 1,
        };
        let delay = dice.around(minutes * Time::MINUTE) * self.pace / faster;
        let at = self.world.gets_to(dice, self.team, self.agent, self.script.now.plus(delay));
        self.script.until(at.plus(dice.range(0, 59) * Time::SECOND));
    }

    /// Lets time pass until the requester reads and acts.
    fn requester_after(&mut self, dice: &mut Dice, minutes: i64) {
        let delay = dice.around(minutes * Time::MINUTE) * (self.pace / 2).max(1);
        let at = self.world.at_work(dice, self.requester, self.script.now.plus(delay));
        self.script.until(at.plus(dice.range(0, 59) * Time::SECOND));
    }

    fn agent_says(&mut self, dice: &mut Dice, templates: &[String]) {
        let Some(template) = self.voice.choose(dice, templates) else { return };
        let text = self.voice.agent(dice, self.agent, self.team, template);
        self.script.reply(self.agent, text);
    }

    fn agent_notes(&mut self, dice: &mut Dice, pick: impl Fn(&Words, &Phrases) -> Vec<String>) {
        // Notes are for colleagues: written in the agent's own language.
        let lang = self.world.company.person(self.agent).lang;
        let templates = pick(self.scenario.words(lang), self.world.corpus.common.get(lang));
        let text = self.voice.say_in(dice, self.agent, lang, &templates);
        if !text.is_empty() {
            self.script.note(self.agent, text);
        }
    }

    fn requester_says(&mut self, dice: &mut Dice, templates: &[String]) {
        self.voice.set_name(self.agent);
        let text = self.voice.say(dice, self.requester, templates);
        self.voice.set_name(self.requester);
        if !text.is_empty() {
            self.script.reply(self.requester, text);
        }
    }

    /// The same matter sent once more by another way: closed as a duplicate.
    fn twin(&mut self, of: &Case, number: CaseRef, dice: &mut Dice) -> Case {
        let start = of.start.plus(dice.range(4, 55) * Time::MINUTE);
        let phrases = self.world.corpus.common.get(self.lang());
        let mut script = Script::from(start);
        let read = start.plus(dice.range(5, 40) * Time::MINUTE);
        let opens = self.world.desk_opens(dice, read);
        script.until(opens);
        let team = self.world.desk(opens);
        let agent = self.world.member(dice, team, self.lang(), self.requester);
        script.route(agent, team);
        script.take(agent, agent);
        script.step(agent, What::Link { link: Link::DuplicateOf, other: number });
        script.note(agent, self.voice.say(dice, agent, &phrases.duplicate_note));
        let reply = dice.pick(&phrases.duplicate_reply);
        script.reply(agent, self.voice.agent(dice, agent, team, reply));
        let report = self.voice.say(dice, agent, &phrases.duplicate_report);
        script.step(agent, What::Resolve { code: crate::model::Code::Duplicate, report });
        script.until(script.now.plus(self.scenario.kind.closes_after() * Time::DAY));
        script.step(None, What::AutoClose);
        Case {
            channel: Channel::Web,
            start,
            subject: self.voice.one(dice, self.requester, self.lang(), &self.words.subject[self.plot.subject]),
            body: self.voice.one(dice, self.requester, self.lang(), &self.words.first[self.plot.first]),
            service: Some(self.world.service(&self.scenario.service)),
            registered_by: self.requester,
            steps: script.finish(),
            ..of.clone()
        }
    }
}

/// Most as the scenario says, some a level beside.
fn shifted(dice: &mut Dice, level: Level) -> Level {
    match (level, dice.below(10)) {
        (Level::Low, 0) => Level::Medium,
        (Level::Medium, 0) => Level::High,
        (Level::Medium | Level::High, 1) => Level::Low,
        (Level::High, 2) => Level::Medium,
        (level, _) => level,
    }
}

/// Somebody stands waiting: a meeting, a locked account.
fn pressing(scenario: &Scenario) -> bool {
    scenario.urgency == Level::High && scenario.hours <= 2
}

/// Every desk has a backlog: some of what came lately is still lying.
fn pace(now: Time, start: Time, dice: &mut Dice) -> i64 {
    let lately = now.micros() - start.micros() < 30 * Time::DAY;
    if lately && dice.percent(35) {
        dice.range(30, 140)
    } else if dice.percent(4) {
        6
    } else {
        1
    }
}
