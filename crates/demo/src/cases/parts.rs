//! Requests that are split: child tasks for other teams, done before the request is solved.

use kernel::Time;

use super::script::Script;
use super::voice::Voice;
use super::world::World;
use crate::corpus::Scenario;
use crate::dice::Dice;
use crate::model::{Case, CaseRef, Channel, Code, Kind, Level, Link, PersonRef, What};

/// Adds one task per part of the scenario; returns when the last one is done.
#[expect(clippy::too_many_arguments, reason = "what a task takes over from its parent")]
pub(super) fn tell(
    world: &World,
    scenario: &Scenario,
    voice: &Voice,
    agent: PersonRef,
    parent: CaseRef,
    from: Time,
    dice: &mut Dice,
    cases: &mut Vec<Case>,
) -> Time {
    let who = world.company.person(agent);
    let words = scenario.words(who.lang);
    let near = cases[parent.index()].requester;
    let (location, organisation) = (cases[parent.index()].location, who.organisation);
    let (mut start, mut ready) = (from, from);
    let mut before: Option<(CaseRef, Time)> = None;
    for (part, (subject, text, report)) in scenario.parts.iter().zip(&words.parts) {
        start = start.plus(dice.range(40, 400) * Time::SECOND);
        let this = CaseRef::at(cases.len());
        let team = world.stop(&part.team, start, near);
        let worker = world.member(dice, team, who.lang, near);
        let mut script = Script::from(start);
        script.step(agent, What::Link { link: Link::ChildOf, other: parent });
        let blocked = before.filter(|_| dice.percent(40));
        if let Some((other, done)) = blocked {
            script.step(agent, What::Link { link: Link::BlockedBy, other });
            script.route(agent, team);
            script.until(done);
        } else {
            script.route(agent, team);
        }
        let begins = script.now.plus(dice.around(150 * Time::MINUTE));
        script.until(world.gets_to(dice, team, worker, begins));
        script.take(worker, worker);
        let ends = script.now.plus(dice.around(200 * Time::MINUTE));
        script.until(world.gets_to(dice, team, worker, ends));
        let report = voice.one(dice, worker, who.lang, report);
        script.step(worker, What::Resolve { code: Code::Fulfilled, report });
        ready = ready.max(script.now);
        before = Some((this, script.now));
        script.until(script.now.plus(dice.range(10, 120) * Time::MINUTE));
        script.step(agent, What::Confirm);
        cases.push(Case {
            scenario: scenario.key.clone(),
            kind: Kind::Task,
            subject: voice.one(dice, agent, who.lang, subject),
            body: voice.one(dice, agent, who.lang, text),
            lang: who.lang,
            channel: Channel::Web,
            start,
            requester: agent,
            beneficiary: None,
            registered_by: agent,
            organisation,
            location,
            service: Some(world.service(&part.service)),
            impact: Level::Low,
            urgency: Level::Medium,
            team: None,
            steps: script.finish(),
        });
    }
    ready
}
