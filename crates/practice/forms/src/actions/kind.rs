//! Changing a kind of ticket: its words, its states and the steps between them.

use std::collections::BTreeSet;

use access::Verb;
use db::{Rd, Tx};
use kernel::{Error, FieldError, OrganisationId, Result};
use settings::field::{Object, is_key};
use ticket::catalogue::{KIND, Taker};
use ticket::{Category, Frame, KindDef, TransitionDef};

/// A kind as stored.
#[derive(Debug, Clone)]
pub struct Stored {
    pub tenant: OrganisationId,
    pub version: i64,
    pub def: KindDef,
    pub row: settings::Setting,
}

/// The kind as it counts for the actor: their tenant's own, else the shared one.
///
/// # Errors
/// Not found.
pub fn get(rd: &mut Rd<'_>, frame: Frame<'_>, key: &str) -> Result<Stored> {
    let own = settings::get(rd, frame.actor.tenant.raw(), KIND, key)?;
    let row = match own {
        Some(row) => row,
        None => settings::get(rd, 0, KIND, key)?.ok_or_else(Error::not_found)?,
    };
    let def = serde_json::from_str(&row.data).map_err(Error::internal)?;
    Ok(Stored { tenant: OrganisationId::new(row.tenant), version: row.version, def, row })
}

/// Writes a kind over a version of it; without one over the newest. Answers the version.
///
/// # Errors
/// Forbidden; invalid with everything that is wrong with the graph; conflict when somebody else changed it
/// meanwhile.
pub fn save(tx: &mut Tx<'_>, frame: Frame<'_>, def: &KindDef, expected: Option<i64>) -> Result<i64> {
    let stored = get(tx, frame, &def.key)?;
    frame.actor.require(Verb::SettingsEdit, stored.tenant)?;
    let mut wrong = check(def);
    wrong.extend(roles(tx, stored.tenant, def)?);
    wrong.extend(fields(tx, frame, stored.tenant, def)?);
    for state in stored.def.states.iter().filter(|s| def.state(&s.key).is_none_or(|now| now.category != s.category)) {
        let count = ticket::store::desk::in_state(tx, stored.tenant, &def.key, &state.key)?;
        if count > 0 {
            wrong.push(FieldError::new("states", "error-kind-state-used").arg("state", &state.key).arg("count", count));
        }
    }
    Error::of_fields(wrong)?;
    settings::put(tx, frame.act, stored.tenant.raw(), KIND, &def.key, expected.unwrap_or(stored.version), def)
}

/// Puts an earlier version back as a new one.
///
/// # Errors
/// As [`save`]; not found when there is no such version.
pub fn revert(tx: &mut Tx<'_>, frame: Frame<'_>, key: &str, version: i64) -> Result<i64> {
    let stored = get(tx, frame, key)?;
    let history = settings::history(tx, stored.row.id)?;
    let before = history.into_iter().find(|change| change.version == version).ok_or_else(Error::not_found)?;
    let def: KindDef = serde_json::from_str(&before.data).map_err(Error::internal)?;
    save(tx, frame, &def, Some(stored.version))
}

/// The roles that steps name must be there.
fn roles(rd: &mut Rd<'_>, tenant: OrganisationId, def: &KindDef) -> Result<Vec<FieldError>> {
    let known: BTreeSet<String> = access::store::role::list(rd, tenant)?.into_iter().map(|role| role.key).collect();
    let named = def.transitions.iter().flat_map(|t| &t.roles).filter(|role| !known.contains(*role));
    Ok(named.map(|role| FieldError::new("transitions", "error-kind-role").arg("role", role)).collect())
}

/// The custom fields that states need must be there.
fn fields(rd: &mut Rd<'_>, frame: Frame<'_>, tenant: OrganisationId, def: &KindDef) -> Result<Vec<FieldError>> {
    let catalogue = frame.desk.catalogue(rd)?;
    let known = |key: &str| catalogue.fields().get(Object::Ticket, tenant.raw(), key).is_some();
    let named = def.states.iter().flat_map(|s| s.fields.iter().chain(&s.leaving)).filter(|key| !known(key));
    Ok(named.map(|key| FieldError::new("states", "error-kind-field").arg("field", key)).collect())
}

/// Everything that is wrong with a graph: a page shows it all at once.
pub fn check(def: &KindDef) -> Vec<FieldError> {
    let mut wrong = words(def);
    wrong.extend(states(def));
    wrong.extend(steps(def));
    if wrong.is_empty() {
        wrong.extend(ways(def));
    }
    wrong
}

fn words(def: &KindDef) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    for (field, texts) in [("names", &def.names), ("plural", &def.plural)] {
        if texts.en.trim().is_empty() {
            wrong.push(FieldError::new(field, "error-name-empty"));
        }
    }
    let letters = (1..=8).contains(&def.prefix.chars().count()) && def.prefix.chars().all(char::is_alphabetic);
    if !letters {
        wrong.push(FieldError::new("prefix", "error-kind-prefix"));
    }
    let days = [
        ("close_after_days", def.close_after_days),
        ("reopen_within_days", def.reopen_within_days),
        ("rate_within_days", def.rate_within_days),
    ];
    for (field, days) in days {
        if !(0..=3650).contains(&days) {
            wrong.push(FieldError::new(field, "error-kind-days"));
        }
    }
    wrong
}

fn states(def: &KindDef) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    let at = |code: &'static str, state: &str| FieldError::new("states", code).arg("state", state);
    for (place, state) in def.states.iter().enumerate() {
        if !is_key(&state.key) {
            wrong.push(at("error-kind-state-key", &state.key));
        } else if def.states.iter().take(place).any(|before| before.key == state.key) {
            wrong.push(at("error-kind-state-twice", &state.key));
        }
        if state.names.en.trim().is_empty() || state.portal.en.trim().is_empty() {
            wrong.push(at("error-kind-state-name", &state.key));
        }
        if state.category.is_open() && !state.requires.is_empty() {
            wrong.push(at("error-kind-state-requires", &state.key));
        }
    }
    match def.state(&def.initial) {
        None => wrong.push(FieldError::new("initial", "error-choice")),
        Some(first) if !matches!(first.category, Category::New | Category::Active) => {
            wrong.push(FieldError::new("initial", "error-kind-initial"));
        }
        Some(_) => {}
    }
    for category in [Category::Active, Category::Resolved, Category::Closed] {
        if def.first_of(category).is_none() {
            wrong.push(FieldError::new("states", "error-kind-category").arg("category", category.key()));
        }
    }
    wrong
}

fn steps(def: &KindDef) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    for (place, step) in def.transitions.iter().enumerate() {
        let at = |code: &'static str| FieldError::new("transitions", code).arg("from", &step.from).arg("to", &step.to);
        if step.from == step.to || def.state(&step.from).is_none() || def.state(&step.to).is_none() {
            wrong.push(at("error-kind-step"));
        }
        if def.transitions.iter().take(place).any(|before| same(before, step)) {
            wrong.push(at("error-kind-step-twice"));
        }
        if step.by.is_empty() {
            wrong.push(at("error-kind-step-by"));
        }
        if !STAFF_VERBS.contains(&step.verb.as_str()) || Verb::from_key(&step.verb).is_none() {
            wrong.push(at("error-kind-step-verb"));
        }
    }
    wrong
}

/// The verbs that a step may need.
pub const STAFF_VERBS: [&str; 6] = ["ticket.work", "ticket.solve", "ticket.close", "ticket.reopen", "ticket.cancel", "ticket.follow"];

/// The same step for the same sort of person: which verb it needs must not depend on the order.
fn same(a: &TransitionDef, b: &TransitionDef) -> bool {
    a.from == b.from && a.to == b.to && a.by.iter().any(|taker| b.by.contains(taker))
}

/// A way for the desk to every state from the first one, and from every open state to an end.
fn ways(def: &KindDef) -> Vec<FieldError> {
    let forth = |from: &str| def.transitions.iter().filter(|t| t.from == from).map(|t| t.to.clone()).collect::<Vec<_>>();
    let by_desk = |from: &str| {
        let steps = def.transitions.iter().filter(|t| t.from == from && t.by.contains(&Taker::Staff));
        steps.map(|t| t.to.clone()).collect::<Vec<_>>()
    };
    let reached = walk(&def.initial, forth);
    let mut wrong = Vec::new();
    for state in &def.states {
        if !reached.contains(&state.key) {
            wrong.push(FieldError::new("states", "error-kind-lost").arg("state", &state.key));
        }
        let ends = |key: &String| def.state(key).is_some_and(|s| !s.category.is_open());
        if state.category.is_open() && !walk(&state.key, by_desk).iter().any(ends) {
            wrong.push(FieldError::new("states", "error-kind-trap").arg("state", &state.key));
        }
    }
    wrong
}

/// The states that can be reached from one, itself included.
fn walk(from: &str, next: impl Fn(&str) -> Vec<String>) -> BTreeSet<String> {
    let mut reached = BTreeSet::from([from.to_owned()]);
    let mut open = vec![from.to_owned()];
    while let Some(at) = open.pop() {
        for to in next(&at) {
            if reached.insert(to.clone()) {
                open.push(to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incident() -> KindDef {
        ticket::Catalogue::delivered().expect("readable").kind(kernel::Id::new(0), "incident").expect("delivered").clone()
    }

    fn codes(change: impl Fn(&mut KindDef)) -> Vec<&'static str> {
        let mut def = incident();
        change(&mut def);
        let mut codes: Vec<&str> = check(&def).into_iter().map(|e| e.code).collect();
        codes.dedup();
        codes
    }

    #[test]
    fn what_is_delivered_is_sound() {
        for kind in ticket::Catalogue::delivered().expect("readable").all_kinds() {
            assert!(check(kind).is_empty(), "{}: {:?}", kind.key, check(kind));
        }
    }

    #[test]
    fn every_mistake_in_a_graph_is_named() {
        assert_eq!(codes(|d| d.initial = "closed".into()), ["error-kind-initial"]);
        assert_eq!(codes(|d| d.initial = "nosuch".into()), ["error-choice"]);
        assert_eq!(codes(|d| d.transitions.retain(|t| t.from != "held")), ["error-kind-trap"]);
        assert_eq!(codes(|d| d.transitions.retain(|t| t.to != "vendor")), ["error-kind-lost"]);
        assert_eq!(codes(|d| d.transitions[0].to = "nosuch".into())[0], "error-kind-step");
        assert_eq!(codes(|d| d.transitions.push(d.transitions[0].clone())), ["error-kind-step-twice"]);
        assert_eq!(codes(|d| d.transitions[0].by.clear()), ["error-kind-step-by"]);
        assert_eq!(codes(|d| d.transitions[0].verb = "ticket.delete".into()), ["error-kind-step-verb"]);
        assert_eq!(codes(|d| d.states[0].names.en.clear()), ["error-kind-state-name"]);
        assert_eq!(codes(|d| d.states.push(d.states[0].clone())), ["error-kind-state-twice"]);
        assert_eq!(codes(|d| d.states[0].requires.push(ticket::catalogue::Requirement::ResolutionCode)), ["error-kind-state-requires"]);
        assert_eq!(codes(|d| d.prefix = "1".into()), ["error-kind-prefix"]);
        assert_eq!(codes(|d| d.close_after_days = -1), ["error-kind-days"]);
        assert!(codes(|d| d.states.retain(|s| s.category != Category::Closed)).contains(&"error-kind-category"));
    }
}
