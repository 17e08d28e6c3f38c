//! The year reads as one: repeatable, in order, legal, in three languages.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use kernel::{Lang, Time};

use crate::model::{Case, Channel, Kind, Link, Plan, State, What};
use crate::{Size, plan};

/// A Sunday in November, the end of the planned year.
fn now() -> Time {
    Time::from_rfc3339("2026-11-22T16:00:00Z").unwrap()
}

fn small(seed: u64) -> Plan {
    plan(seed, now(), Size::SMALL, Lang::En).unwrap()
}

fn full() -> &'static Plan {
    static PLAN: std::sync::OnceLock<Plan> = std::sync::OnceLock::new();
    PLAN.get_or_init(|| plan(1, now(), Size::FULL, Lang::En).unwrap())
}

fn digest(plan: &Plan) -> u64 {
    let mut hasher = DefaultHasher::new();
    plan.hash(&mut hasher);
    hasher.finish()
}

fn texts(case: &Case) -> Vec<&String> {
    let mut list = vec![&case.subject, &case.body];
    for step in &case.steps {
        match &step.what {
            What::Reply { text } | What::Note { text } => list.push(text),
            What::Call(call) => list.push(&call.summary),
            What::Resolve { report, .. } => list.push(report),
            What::Hold { reason } | What::Reopen { reason } | What::Cancel { reason } => list.push(reason),
            _ => {}
        }
    }
    list
}

#[test]
fn the_same_seed_gives_the_same_plan() {
    assert_eq!(digest(&small(5)), digest(&small(5)));
    assert_ne!(digest(&small(5)), digest(&small(6)));
}

#[test]
fn the_smallest_company_can_be_planned() {
    let tiny = plan(9, now(), Size { people: 1, tickets: 40 }, Lang::Ru).unwrap();
    assert!(tiny.cases.len() >= 40);
}

#[test]
fn times_go_forward_and_end_now() {
    let plan = full();
    assert!(plan.cases.windows(2).all(|pair| pair[0].start <= pair[1].start));
    let year = 366 * Time::DAY;
    for case in &plan.cases {
        assert!(now().micros() - case.start.micros() <= year, "{:?}", case.start);
        let mut last = case.start;
        for step in &case.steps {
            assert!(step.at >= last && step.at <= now(), "{} {:?}", case.scenario, step.what);
            last = step.at;
        }
    }
}

#[test]
fn every_step_is_allowed_in_its_state() {
    for case in &full().cases {
        let mut state = State::New;
        for step in &case.steps {
            state = state.after(&step.what).unwrap_or_else(|| panic!("{}: {:?} in {state:?}", case.scenario, step.what));
        }
        assert_eq!(state, case.state());
    }
}

#[test]
fn references_exist_and_links_point_back() {
    let plan = full();
    let company = &plan.company;
    for (place, case) in plan.cases.iter().enumerate() {
        let person = company.person(case.requester);
        assert_eq!(case.organisation, person.organisation);
        company.location(case.location);
        if let Some(service) = case.service {
            assert_eq!(company.service(service).level, 3);
        }
        for step in &case.steps {
            if let Some(by) = step.by {
                company.person(by);
            }
            match step.what {
                What::Link { other, .. } => assert!(other.index() < place, "{} links forward", case.scenario),
                What::Assign { person } | What::CoWork { person } => assert!(company.person(person).is_agent()),
                What::Route { team } => {
                    company.team(team);
                }
                What::Triage { service, .. } => {
                    company.service(service);
                }
                _ => {}
            }
        }
    }
}

#[test]
fn the_assignee_is_in_the_team() {
    let plan = full();
    for case in &plan.cases {
        let mut team = None;
        for step in &case.steps {
            match step.what {
                What::Route { team: to } => team = Some(to),
                What::Assign { person } => {
                    let members = &plan.company.team(team.unwrap()).members;
                    assert!(members.contains(&person), "{}", case.scenario);
                }
                _ => {}
            }
        }
    }
}

#[test]
fn nobody_of_another_tenant_is_involved() {
    let plan = full();
    let tenant = |p| plan.company.organisation(plan.company.person(p).organisation).tenant;
    for case in &plan.cases {
        let own = tenant(case.requester);
        for step in &case.steps {
            match step.what {
                What::Watch { person } => assert_eq!(tenant(person), own, "{}", case.scenario),
                What::Link { other, .. } => assert_eq!(tenant(plan.cases[other.index()].requester), own, "{}", case.scenario),
                _ => {}
            }
        }
        assert!(case.beneficiary.is_none_or(|p| tenant(p) == own));
    }
}

#[test]
fn children_are_solved_before_their_parent() {
    let plan = full();
    let solved = |case: &Case| case.steps.iter().find(|s| matches!(s.what, What::Resolve { .. })).map(|s| s.at);
    let mut children = 0;
    for case in &plan.cases {
        for step in &case.steps {
            let What::Link { link: Link::ChildOf, other } = step.what else { continue };
            children += 1;
            if let Some(parent) = solved(&plan.cases[other.index()]) {
                assert!(step.at < parent, "{} linked to what is over", case.scenario);
                assert!(solved(case).is_some_and(|child| child < parent), "{}", case.scenario);
            }
        }
    }
    assert!(children > 100, "{children} children");
}

#[test]
fn no_text_has_a_hole() {
    for case in &full().cases {
        for text in texts(case) {
            assert!(!text.contains(['{', '}', '[', ']', '|']), "{}: {text}", case.scenario);
            assert!(!text.trim().is_empty(), "{}", case.scenario);
        }
    }
}

#[test]
fn replies_keep_to_the_language_of_the_case() {
    for case in &full().cases {
        let cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
        for step in &case.steps {
            if let What::Reply { text } = &step.what {
                assert_eq!(cyrillic(text), case.lang == Lang::Ru, "{}: {text}", case.scenario);
            }
        }
    }
}

#[test]
fn the_mix_is_that_of_a_desk() {
    let plan = full();
    let total = plan.cases.len();
    let share = |wanted: fn(&Case) -> bool| plan.cases.iter().filter(|c| wanted(c)).count() * 100 / total;
    assert!((50..=62).contains(&share(|c| c.kind == Kind::Incident)));
    assert!((15..=28).contains(&share(|c| c.kind == Kind::Request)));
    assert!((5..=14).contains(&share(|c| c.kind == Kind::Task)));
    for kind in [Kind::Question, Kind::Complaint, Kind::Suggestion] {
        assert!(plan.cases.iter().filter(|c| c.kind == kind).count() > 60, "{kind:?}");
    }
    for lang in Lang::ALL {
        assert!(plan.cases.iter().filter(|c| c.lang == lang).count() * 100 / total > 15, "{lang}");
    }
    for channel in [Channel::Web, Channel::Mail, Channel::Phone, Channel::WalkIn] {
        assert!(plan.cases.iter().any(|c| c.channel == channel), "{channel:?}");
    }
    let open = plan.cases.iter().filter(|c| c.state() < State::Resolved).count();
    assert!((80..=500).contains(&open), "{open} open");
    let states: BTreeSet<State> = plan.cases.iter().map(Case::state).collect();
    assert_eq!(states.len(), 7, "every state can be seen: {states:?}");
}

#[test]
fn every_kind_of_step_and_link_occurs() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for step in full().cases.iter().flat_map(|c| &c.steps) {
        let name = match &step.what {
            What::Link { link, .. } => format!("{link:?}"),
            what => format!("{what:?}").split([' ', '(', '{']).next().unwrap_or_default().to_owned(),
        };
        *seen.entry(name).or_default() += 1;
    }
    for name in [
        "Triage",
        "Route",
        "Assign",
        "Start",
        "Reply",
        "Note",
        "Call",
        "Wait",
        "Hold",
        "Resume",
        "Resolve",
        "Confirm",
        "AutoClose",
        "Reopen",
        "Cancel",
        "Tag",
        "Watch",
        "CoWork",
        "ChildOf",
        "DuplicateOf",
        "RelatesTo",
        "BlockedBy",
        "CausedBy",
    ] {
        assert!(seen.get(name).is_some_and(|count| *count > 3), "{name}: {seen:?}");
    }
}

#[test]
fn bodies_do_not_read_as_copies() {
    let plan = full();
    let bodies: BTreeSet<&str> = plan.cases.iter().map(|c| c.body.as_str()).collect();
    assert!(bodies.len() * 100 / plan.cases.len() > 80, "{} of {}", bodies.len(), plan.cases.len());
}

#[test]
fn weekdays_and_month_ends_show() {
    let plan = full();
    let mut by_day = [0_usize; 7];
    for case in plan.cases.iter().filter(|c| c.kind == Kind::Incident) {
        let day = case.start.timestamp().to_zoned(jiff::tz::TimeZone::UTC).weekday().to_monday_zero_offset();
        by_day[usize::try_from(day).unwrap()] += 1;
    }
    assert!(by_day[0] > by_day[4] && by_day[4] > 3 * by_day[6], "{by_day:?}");
}
