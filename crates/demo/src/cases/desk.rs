//! Who is on duty and when people work.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use kernel::{Lang, Time};

use super::calendar;
use super::world::World;
use crate::dice::Dice;
use crate::model::{PersonRef, Role, TeamRef};

/// The working day of everybody but the desk, in minutes of the local day.
const BEGIN: i64 = 8 * 60 + 30;
const END: i64 = 18 * 60;

impl World<'_> {
    /// The desk's team on duty: days from Almaty's morning to Madrid's afternoon, evenings from
    /// Mexico and Chicago.
    pub(super) fn desk(&self, at: Time) -> TeamRef {
        let hour = hour_utc(at);
        self.team(if (3..15).contains(&hour) { "sd-day" } else { "sd-evening" })
    }

    /// The next moment at which the desk is staffed: 22 hours on weekdays, 14 at weekends.
    pub(super) fn desk_opens(&self, dice: &mut Dice, at: Time) -> Time {
        let mut time = at;
        for _ in 0..3 {
            let zoned = time.timestamp().to_zoned(TimeZone::UTC);
            let weekend = matches!(zoned.weekday(), Weekday::Saturday | Weekday::Sunday);
            let (from, to) = if weekend { (6, 20) } else { (3, 25) };
            let hour = i64::from(zoned.hour());
            if (from..to).contains(&hour) || (to == 25 && hour == 0) {
                return time;
            }
            let day = if hour < from { zoned.date() } else { zoned.date().tomorrow().unwrap_or(zoned.date()) };
            time = calendar::at(day, from * 60 + dice.range(2, 50), &TimeZone::UTC);
        }
        time
    }

    /// The moment itself when the person works then, else some time into their next morning.
    pub(super) fn at_work(&self, dice: &mut Dice, person: PersonRef, at: Time) -> Time {
        let zone = self.zone(person);
        let local = at.timestamp().to_zoned(zone.clone());
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        let free = |day: Weekday| matches!(day, Weekday::Saturday | Weekday::Sunday);
        if !free(local.weekday()) && (BEGIN..END).contains(&minute) {
            return at;
        }
        let mut day = local.date();
        if minute >= END {
            day = day.tomorrow().unwrap_or(day);
        }
        while free(day.weekday()) {
            day = day.tomorrow().unwrap_or(day);
        }
        let morning = calendar::at(day, BEGIN + dice.range(0, 110), zone).plus(dice.range(0, 59) * Time::SECOND);
        // A clock change in the night never turns time back.
        if morning > at { morning } else { at }
    }

    /// When a member of a team gets to something: the desk works in shifts, the others by day.
    pub(super) fn gets_to(&self, dice: &mut Dice, team: TeamRef, person: PersonRef, at: Time) -> Time {
        if self.company.team(team).line == 1 { self.desk_opens(dice, at) } else { self.at_work(dice, person, at) }
    }

    /// A member who speaks the language, near the requester if possible.
    pub(super) fn member(&self, dice: &mut Dice, team: TeamRef, lang: Lang, near: PersonRef) -> PersonRef {
        let office = self.company.person(near).office;
        let members = &self.company.team(team).members;
        let speaks = |p: &&PersonRef| self.company.person(**p).lang == lang;
        let here: Vec<PersonRef> = members.iter().filter(|p| self.company.person(**p).office == office).copied().collect();
        let able: Vec<PersonRef> = members.iter().filter(speaks).copied().collect();
        if self.company.team(team).key.starts_with("field") && !here.is_empty() {
            *dice.pick(&here)
        } else if able.is_empty() {
            *dice.pick(members)
        } else {
            *dice.pick(&able)
        }
    }

    /// The coordinators, who triage and lead major incidents.
    pub(super) fn coordinator(&self, dice: &mut Dice) -> PersonRef {
        let all: Vec<PersonRef> = self.with_role(Role::Coordinator);
        if all.is_empty() { self.company.team(TeamRef(0)).lead } else { *dice.pick(&all) }
    }

    pub(super) fn with_role(&self, role: Role) -> Vec<PersonRef> {
        let people = self.company.people.iter().enumerate();
        people.filter(|(_, p)| p.role == role).map(|(place, _)| PersonRef::at(place)).collect()
    }

    /// A word of a scenario's road as a team: `sd` is whoever is on duty, `field` who drives there.
    pub(super) fn stop(&self, word: &str, at: Time, requester: PersonRef) -> TeamRef {
        match word {
            "sd" => self.desk(at),
            "field" => {
                let zone = self.company.person(requester).time_zone.as_str();
                self.team(match zone.split('/').next() {
                    Some("America") => "field-americas",
                    Some("Asia") => "field-asia",
                    _ => "field-emea",
                })
            }
            key => self.team(key),
        }
    }
}

fn hour_utc(at: Time) -> i64 {
    at.micros().rem_euclid(Time::DAY) / Time::HOUR
}
