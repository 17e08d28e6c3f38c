//! The data files agree with each other and with the folder.

use std::collections::BTreeSet;
use std::path::Path;

use kernel::Lang;

use super::{Corpus, Scenario, files};
use crate::corpus::text::{Slots, fill};
use crate::dice::Dice;
use crate::model::Gender;

fn corpus() -> Corpus {
    Corpus::read().unwrap()
}

#[test]
fn the_list_names_every_file_of_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/scenario");
    let there: BTreeSet<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let listed: BTreeSet<String> = files::SCENARIOS.iter().map(|(key, _)| (*key).to_owned()).collect();
    assert_eq!(there, listed);
    assert!(listed.len() >= 45, "a year of work needs variety");
}

#[test]
fn teams_and_services_exist() {
    let corpus = corpus();
    let teams: BTreeSet<&str> = corpus.shape.teams.team.iter().map(|t| t.key.as_str()).chain(["sd", "field"]).collect();
    let services: BTreeSet<&str> = corpus.shape.services.iter().map(|s| s.key.as_str()).collect();
    for scenario in &corpus.scenarios {
        assert!(services.contains(scenario.service.as_str()), "{}: {}", scenario.key, scenario.service);
        assert_eq!(scenario.service.matches('.').count(), 2, "{}: tickets name leaves", scenario.key);
        for team in scenario.road.iter().chain(scenario.parts.iter().map(|p| &p.team)) {
            assert!(teams.contains(team.as_str()), "{}: {team}", scenario.key);
        }
        for key in &scenario.departments {
            assert!(corpus.shape.company.department.iter().any(|d| d.key == *key), "{}: {key}", scenario.key);
        }
        for part in &scenario.parts {
            assert!(services.contains(part.service.as_str()), "{}: {}", scenario.key, part.service);
        }
    }
    for outage in &corpus.outages {
        assert!(corpus.scenario(&outage.scenario).is_some(), "{}", outage.scenario);
        assert!(teams.contains(outage.team.as_str()), "{}", outage.team);
    }
}

#[test]
fn every_language_has_the_same_shape() {
    for scenario in &corpus().scenarios {
        assert!(scenario.fixes.iter().all(|f| f.stop < scenario.road.len()), "{}: stop beyond the road", scenario.key);
        let shape = |lang| {
            let words = scenario.words(lang);
            let slots: Vec<(String, usize)> = words.slots.iter().map(|(k, v)| (k.clone(), v.len())).collect();
            (words.subject.len(), words.first.len(), words.talk.len(), words.again.len(), words.fix.len(), words.parts.len(), slots)
        };
        let english = shape(Lang::En);
        assert_eq!(english.4, scenario.fixes.len(), "{}", scenario.key);
        assert_eq!(english.5, scenario.parts.len(), "{}", scenario.key);
        assert!(english.0 > 0 && english.1 > 0, "{}", scenario.key);
        assert_eq!(shape(Lang::Es), english, "{} es", scenario.key);
        assert_eq!(shape(Lang::Ru), english, "{} ru", scenario.key);
    }
}

#[test]
fn stories_fit_their_lists_and_reach_every_ending() {
    for scenario in &corpus().scenarios {
        let words = scenario.words(Lang::En);
        let stories = &scenario.stories;
        assert!(stories.is_empty() || stories.len() == words.first.len(), "{}", scenario.key);
        for story in stories {
            assert!(story.subject.iter().all(|p| *p < words.subject.len()), "{}", scenario.key);
            assert!(story.fix.iter().all(|p| *p < words.fix.len()), "{}", scenario.key);
            assert!(story.talk.iter().flatten().all(|p| *p < words.talk.len()), "{}", scenario.key);
        }
        for place in 0..scenario.fixes.len() {
            let reached = stories.is_empty() || stories.iter().any(|s| s.fix.is_empty() || s.fix.contains(&place));
            assert!(reached, "{}: no story ends with fix {place}", scenario.key);
        }
        for place in 0..words.subject.len() {
            let used = stories.is_empty() || stories.iter().any(|s| s.subject.is_empty() || s.subject.contains(&place));
            assert!(used, "{}: subject {place} fits no story", scenario.key);
        }
    }
}

#[test]
fn no_common_phrase_is_missing() {
    for lang in Lang::ALL {
        for (name, phrases) in corpus().common.get(lang).all() {
            assert!(!phrases.is_empty(), "{lang} {name}");
        }
    }
}

/// Every text of a scenario in one language.
fn texts(scenario: &Scenario, lang: Lang) -> Vec<&String> {
    let words = scenario.words(lang);
    let pairs = words.talk.iter().flat_map(|(a, b)| [a, b]);
    let triples = words.fix.iter().chain(&words.parts).flat_map(|(a, b, c)| [a, b, c]);
    words.subject.iter().chain(&words.first).chain(&words.again).chain(pairs).chain(triples).collect()
}

#[test]
fn languages_keep_to_their_letters() {
    for scenario in &corpus().scenarios {
        for text in texts(scenario, Lang::Ru).into_iter().filter(|t| !t.is_empty()) {
            assert!(text.chars().any(|c| ('а'..='я').contains(&c)), "{}: {text}", scenario.key);
        }
        for lang in [Lang::En, Lang::Es] {
            for text in texts(scenario, lang) {
                assert!(!text.chars().any(|c| ('а'..='я').contains(&c)), "{}: {text}", scenario.key);
            }
        }
    }
}

#[test]
fn brackets_are_closed() {
    let filled = |text: &str| fill(text, &Slots::new(), &scenario_slots(text), Gender::Female, &mut Dice::of(3, "brackets", 1));
    for scenario in &corpus().scenarios {
        for lang in Lang::ALL {
            for text in texts(scenario, lang) {
                let out = filled(text);
                assert!(!out.contains(['{', '[', ']', '}', '|']), "{}: {text}", scenario.key);
            }
        }
    }
}

/// Every slot that a text names, so that only broken syntax is left over.
fn scenario_slots(text: &str) -> std::collections::BTreeMap<String, String> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| (name.to_owned(), "x".to_owned())).collect()
}
