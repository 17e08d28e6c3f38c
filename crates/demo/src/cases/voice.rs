//! How people write: the matter's own words between a greeting and a signature.

use std::collections::BTreeMap;

use kernel::{Lang, Time};

use super::world::World;
use crate::company::latin::in_latin;
use crate::corpus::Scenario;
use crate::corpus::text::{Slots, fill};
use crate::dice::Dice;
use crate::model::{Gender, PersonRef, TeamRef};

/// The values of one case, per language.
pub(super) struct Voice<'a> {
    world: &'a World<'a>,
    pub lang: Lang,
    requester: PersonRef,
    slots: [Slots; 3],
    extra: [BTreeMap<String, String>; 3],
    greeted: Vec<PersonRef>,
    used: Vec<String>,
}

impl<'a> Voice<'a> {
    pub(super) fn new(
        world: &'a World<'a>,
        scenario: Option<&Scenario>,
        requester: PersonRef,
        lang: Lang,
        start: Time,
        dice: &mut Dice,
    ) -> Self {
        let facts = Facts::of(world, requester, start, dice);
        let mut extra: [BTreeMap<String, String>; 3] = Default::default();
        if let Some(scenario) = scenario {
            for (key, values) in &scenario.slots {
                let value = dice.pick(values);
                for one in &mut extra {
                    one.insert(key.clone(), value.clone());
                }
            }
            for (key, values) in &scenario.words(Lang::En).slots {
                let place = dice.below(values.len());
                for (one, lang) in extra.iter_mut().zip(Lang::ALL) {
                    if let Some(value) = scenario.words(lang).slots.get(key).and_then(|v| v.get(place)) {
                        one.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        Self {
            world,
            lang,
            requester,
            slots: Lang::ALL.map(|l| facts.slots(world, requester, l)),
            extra,
            greeted: Vec::new(),
            used: Vec::new(),
        }
    }

    /// Whom {name} means.
    pub(super) fn set_name(&mut self, person: PersonRef) {
        for lang in Lang::ALL {
            self.slots[lang as usize].insert("name", called(self.world, person, lang));
        }
    }

    pub(super) fn set_person(&mut self, slot: &'static str, person: PersonRef) {
        for lang in Lang::ALL {
            self.slots[lang as usize].insert(slot, full_name(self.world, person, lang));
        }
    }

    pub(super) fn set_team(&mut self, team: TeamRef) {
        let name = self.world.company.team(team).name.get(self.world.names);
        for slots in &mut self.slots {
            slots.insert("team", name.to_owned());
        }
    }

    /// One of the templates that has not been used in this case, if there is one.
    pub(super) fn choose<'t>(&mut self, dice: &mut Dice, templates: &'t [String]) -> Option<&'t String> {
        let fresh: Vec<&String> = templates.iter().filter(|t| !self.used.contains(t)).collect();
        let chosen = if fresh.is_empty() { templates.first() } else { Some(*dice.pick(&fresh)) };
        self.used.extend(chosen.cloned());
        chosen
    }

    /// One of the templates, in the language of the case, as that person would write it.
    pub(super) fn say(&mut self, dice: &mut Dice, writer: PersonRef, templates: &[String]) -> String {
        self.say_in(dice, writer, self.lang, templates)
    }

    pub(super) fn say_in(&mut self, dice: &mut Dice, writer: PersonRef, lang: Lang, templates: &[String]) -> String {
        let Some(template) = self.choose(dice, templates) else { return String::new() };
        self.one(dice, writer, lang, template)
    }

    pub(super) fn one(&self, dice: &mut Dice, writer: PersonRef, lang: Lang, template: &str) -> String {
        let gender = self.world.company.person(writer).gender;
        fill(template, &self.slots[lang as usize], &self.extra[lang as usize], gender, dice)
    }

    /// A message of an agent to the requester, with a greeting the first time and the agent's own
    /// way to sign.
    pub(super) fn agent(&mut self, dice: &mut Dice, agent: PersonRef, team: TeamRef, template: &str) -> String {
        let lang = self.lang;
        let slots = &mut self.slots[lang as usize];
        slots.insert("agent", called(self.world, agent, lang));
        slots.insert("own_team", self.world.company.team(team).name.get(self.world.names).to_owned());
        let phrases = self.world.corpus.common.get(lang);
        let text = self.one(dice, agent, lang, template);
        let first = !self.greeted.contains(&agent);
        let mut parts = Vec::with_capacity(3);
        if first || dice.percent(25) {
            // A letter greets the requester, not the agent.
            parts.push(self.one(dice, agent, lang, &phrases.hello_agent[agent.index() % phrases.hello_agent.len()]));
        }
        parts.push(text);
        if first {
            self.greeted.push(agent);
            parts.push(self.one(dice, agent, lang, &phrases.bye_agent[agent.index() % phrases.bye_agent.len()]));
        }
        join(&parts)
    }

    /// The requester's first message as a letter.
    pub(super) fn letter(&mut self, dice: &mut Dice, at: Time, text: String) -> String {
        let phrases = self.world.corpus.common.get(self.lang);
        let hour = at.timestamp().to_zoned(self.world.zone(self.requester).clone()).hour();
        let by_hour = if hour < 11 { &phrases.hello_morning } else { &phrases.hello_later };
        let hello = if dice.percent(40) { by_hour } else { &phrases.hello };
        let hello = self.say(dice, self.requester, hello);
        let bye = self.say(dice, self.requester, &phrases.bye);
        join(&[hello, text, bye])
    }

    /// What somebody said, written down by whoever took it.
    pub(super) fn quoted(&mut self, dice: &mut Dice, agent: PersonRef, intro: &[String], text: &str) -> String {
        join(&[self.say(dice, agent, intro), format!("> {}", text.replace('\n', "\n> "))])
    }
}

/// The parts that say something, as paragraphs.
pub(super) fn join(parts: &[String]) -> String {
    let full: Vec<&str> = parts.iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
    full.join("\n\n")
}

/// How a person is addressed: by given name; in Russian half of them with the patronymic.
pub(super) fn called(world: &World, person: PersonRef, lang: Lang) -> String {
    let who = world.company.person(person);
    match &who.middle {
        Some(middle) if lang == Lang::Ru && person.index().is_multiple_of(2) => format!("{} {middle}", who.given),
        _ => in_latin(&who.given, lang),
    }
}

fn full_name(world: &World, person: PersonRef, lang: Lang) -> String {
    let who = world.company.person(person);
    in_latin(&format!("{} {}", who.given, who.family), lang)
}

/// What is chosen once per case and the same in every language.
struct Facts {
    colleague: PersonRef,
    newcomer: String,
    date: jiff::civil::Date,
    long_ago: jiff::civil::Date,
    future: jiff::civil::Date,
    time: String,
    printer: String,
    order: String,
    asset: String,
    vendor_ref: String,
}

impl Facts {
    fn of(world: &World, requester: PersonRef, start: Time, dice: &mut Dice) -> Self {
        let colleague = world.crowd.colleague(dice, requester);
        let zone = world.zone(requester).clone();
        let back = |days: i64| start.plus(-days * Time::DAY).timestamp().to_zoned(zone.clone()).date();
        let (date, long_ago) = (back(dice.range(1, 5)), back(dice.range(35, 80)));
        let earlier = start.plus(-dice.range(10, 70) * Time::MINUTE).timestamp().to_zoned(zone.clone());
        let future = start.plus(dice.range(7, 21) * Time::DAY).timestamp().to_zoned(zone.clone());
        let tag = world.office(requester).tag;
        Self {
            colleague,
            newcomer: newcomer(world, requester, dice),
            date,
            long_ago,
            future: future.date(),
            time: format!("{:02}:{:02}", earlier.hour(), earlier.minute()),
            printer: format!("PR-{tag}-{}-{}", dice.range(1, 4), dice.range(1, 3)),
            order: format!("45{:08}", dice.range(10_000, 9_999_999)),
            asset: format!("AS-{tag}-{:04}", dice.range(1, 2_400)),
            vendor_ref: format!("{}-{:06}", dice.pick(&["SR", "CS", "VC"]), dice.range(100_000, 999_999)),
        }
    }

    fn slots(&self, world: &World, requester: PersonRef, lang: Lang) -> Slots {
        let who = world.company.person(requester);
        let office = world.office(requester);
        let digits: String = who.phone.chars().filter(char::is_ascii_digit).collect();
        let ext = digits[digits.len().saturating_sub(4)..].to_owned();
        Slots::from([
            ("name", called(world, requester, lang)),
            ("me", in_latin(&who.given, lang)),
            ("me_full", full_name(world, requester, lang)),
            ("device", who.device.clone()),
            ("room", who.room.clone()),
            ("city", office.name.get(lang).to_owned()),
            ("in_city", office.inside.get(lang).to_owned()),
            ("ext", ext),
            ("colleague", full_name(world, self.colleague, lang)),
            ("newcomer", in_latin(&self.newcomer, lang)),
            ("date", day(self.date, lang)),
            ("long_ago", day(self.long_ago, lang)),
            ("future", day(self.future, lang)),
            ("time", self.time.clone()),
            ("printer", self.printer.clone()),
            ("order", self.order.clone()),
            ("asset", self.asset.clone()),
            ("vendor_ref", self.vendor_ref.clone()),
        ])
    }
}

/// Somebody who is not with the company yet: given and family name of two people of one sex.
fn newcomer(world: &World, near: PersonRef, dice: &mut Dice) -> String {
    let people = &world.company.people;
    let lang = world.company.person(near).lang;
    let gender = if dice.percent(50) { Gender::Male } else { Gender::Female };
    let mut fitting = || (0..40).map(|_| dice.pick(people)).find(|p| p.lang == lang && p.gender == gender).unwrap_or(&people[near.index()]);
    let (given, family) = (fitting().given.clone(), fitting().family.clone());
    format!("{given} {family}")
}

fn day(date: jiff::civil::Date, lang: Lang) -> String {
    const EN: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    const ES: [&str; 12] =
        ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];
    const RU: [&str; 12] =
        ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];
    let month = usize::from(date.month().unsigned_abs()).saturating_sub(1) % 12;
    match lang {
        Lang::En => format!("{} {}", date.day(), EN[month]),
        Lang::Es => format!("{} de {}", date.day(), ES[month]),
        Lang::Ru => format!("{} {}", date.day(), RU[month]),
    }
}
