//! What the rules of custom fields make of a ticket: which fields are not shown, which must be filled, what
//! may be chosen and what is filled. The one place that decides it for page, portal, API, import and mail.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use kernel::fold;
use settings::field::{Condition, Does, FieldDef, FieldType, Input, On, RuleDef, Test, Value, Values, read};

/// What conditions look at beside the fields.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub kind: String,
    pub service: Option<i64>,
    pub state: String,
    /// The state that a step comes to, and the one that it goes from.
    pub enters: Option<String>,
    pub leaves: Option<String>,
    /// The organisation that the ticket is for, with all above it.
    pub organisations: Vec<i64>,
    /// The roles of the requester.
    pub roles: Vec<String>,
}

/// What the rules that apply say, each with the rule that says it.
#[derive(Debug, Clone, Default)]
pub struct Ruled<'r> {
    pub applying: Vec<&'r RuleDef>,
    /// Fields that are not there, with a rule that would show them.
    pub hidden: BTreeMap<&'r str, &'r RuleDef>,
    pub required: BTreeMap<&'r str, &'r RuleDef>,
    /// The keys that may be chosen.
    pub limited: BTreeMap<&'r str, (BTreeSet<String>, &'r RuleDef)>,
    /// What is filled where nobody filled anything.
    pub presets: BTreeMap<&'r str, (Value, &'r RuleDef)>,
}

/// Looks a field up; those that are not there have no rules.
pub type Known<'f, 'd> = &'f dyn Fn(&str) -> Option<&'d FieldDef>;

/// The rules of a ticket.
#[derive(Debug, Clone, Default)]
pub struct Rules<'r> {
    pub rules: Vec<&'r RuleDef>,
    /// Those that show the sections of a form: a field of a section is not there while its rule does not
    /// hold, whatever others say.
    pub guards: Vec<&'r RuleDef>,
}

impl<'r> Rules<'r> {
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.guards.is_empty()
    }
    pub fn iter(&self) -> impl Iterator<Item = &'r RuleDef> {
        self.rules.iter().chain(&self.guards).copied()
    }
}

/// Applies rules to what a ticket is and holds. Fields that are not shown count as empty. `fills` says for
/// which fields a preset may stand in.
pub fn rule<'r>(
    rules: &Rules<'r>,
    field: Known<'_, '_>,
    facts: &Facts,
    values: &Values,
    fills: &dyn Fn(&RuleDef, &str) -> bool,
) -> Ruled<'r> {
    let mut ruled = Ruled::default();
    // What is shown or filled decides what else is: no further than there are rules, as no field depends
    // on itself.
    for _ in 0..=rules.iter().count() {
        let seen = settled(values, &ruled);
        let next = once(rules, field, facts, &seen, values, fills);
        let same = next.hidden.keys().eq(ruled.hidden.keys()) && told(&next) == told(&ruled);
        ruled = next;
        if same {
            break;
        }
    }
    ruled
}

fn told<'a>(ruled: &'a Ruled<'_>) -> Vec<(&'a str, &'a Value)> {
    ruled.presets.iter().map(|(key, (value, _))| (*key, value)).collect()
}

/// The values as they count: without those of fields that are not there, with what was filled.
fn settled(values: &Values, ruled: &Ruled<'_>) -> Values {
    let mut seen = values.clone();
    for (key, (value, _)) in &ruled.presets {
        seen.entry((*key).to_owned()).or_insert_with(|| value.clone());
    }
    seen.retain(|key, _| !ruled.hidden.contains_key(key.as_str()));
    seen
}

fn once<'r>(
    rules: &Rules<'r>,
    field: Known<'_, '_>,
    facts: &Facts,
    seen: &Values,
    values: &Values,
    fills: &dyn Fn(&RuleDef, &str) -> bool,
) -> Ruled<'r> {
    let applies = |rule: &&RuleDef| rule.when.iter().all(|condition| holds(condition, field, facts, seen));
    let (mut applying, idle): (Vec<&'r RuleDef>, Vec<&'r RuleDef>) = rules.rules.iter().partition(|rule| applies(rule));
    let (open, shut): (Vec<&'r RuleDef>, Vec<&'r RuleDef>) = rules.guards.iter().partition(|rule| applies(rule));
    let shows = |rules: &[&'r RuleDef]| {
        let mut shown: BTreeMap<&'r str, &'r RuleDef> = BTreeMap::new();
        for rule in rules {
            for effect in rule.then.iter().filter(|effect| effect.does == Does::Show) {
                shown.entry(effect.field.as_str()).or_insert(*rule);
            }
        }
        shown
    };
    let shown = shows(&applying);
    let mut ruled = Ruled { hidden: shows(&idle), ..Ruled::default() };
    ruled.hidden.retain(|key, _| !shown.contains_key(key));
    ruled.hidden.extend(shows(&shut));
    for rule in &applying {
        for effect in &rule.then {
            let key = effect.field.as_str();
            let Some(def) = field(key).filter(|_| !ruled.hidden.contains_key(key)) else { continue };
            match effect.does {
                Does::Show => {}
                Does::Require => drop(ruled.required.entry(key).or_insert(*rule)),
                Does::Limit => {
                    let allowed: BTreeSet<String> = effect.values.iter().flat_map(|key| def.branch(key)).map(str::to_owned).collect();
                    let before = ruled.limited.entry(key).or_insert_with(|| (allowed.clone(), *rule));
                    before.0.retain(|key| allowed.contains(key));
                }
                Does::Preset if values.contains_key(key) || ruled.presets.contains_key(key) || !fills(rule, key) => {}
                Does::Preset => {
                    if let Ok(Some(value)) = read(def, &effect.input(def.ty), &TimeZone::UTC, None) {
                        ruled.presets.insert(key, (value, *rule));
                    }
                }
            }
        }
    }
    applying.extend(open);
    ruled.applying = applying;
    ruled
}

/// Whether a condition holds.
pub fn holds(condition: &Condition, field: Known<'_, '_>, facts: &Facts, values: &Values) -> bool {
    let named = |what: Option<&str>| what.is_some_and(|what| condition.values.iter().any(|value| value == what));
    let found = match condition.on {
        On::Kind => named(Some(&facts.kind)),
        On::Service => named(facts.service.map(|id| id.to_string()).as_deref()),
        On::State => named(Some(&facts.state)),
        On::Enters => named(facts.enters.as_deref()),
        On::Leaves => named(facts.leaves.as_deref()),
        On::Organisation => facts.organisations.iter().any(|id| condition.values.contains(&id.to_string())),
        On::Role => facts.roles.iter().any(|role| condition.values.contains(role)),
        On::Field => return of_field(condition, field, values),
    };
    found == (condition.test == Test::Is)
}

/// A condition on a custom field. A missing value is none of the values: two-valued, as in filters.
fn of_field(condition: &Condition, field: Known<'_, '_>, values: &Values) -> bool {
    let Some(def) = field(&condition.field) else { return false };
    let value = values.get(&def.key);
    let asked = || condition.values.iter().filter_map(|text| read(def, &Input::from(text.as_str()), &TimeZone::UTC, None).ok().flatten());
    let compared = |holds: fn(i64, i64) -> bool| {
        let (value, bound) = (value.and_then(Value::int), asked().next().and_then(|bound| bound.int()));
        matches!((value, bound), (Some(value), Some(bound)) if holds(value, bound))
    };
    match condition.test {
        Test::Filled => value.is_some(),
        Test::Empty => value.is_none(),
        Test::AtLeast => compared(|value, bound| value >= bound),
        Test::AtMost => compared(|value, bound| value <= bound),
        Test::Is => value.is_some_and(|value| asked().any(|one| matches(def, value, &one))),
        Test::IsNot => !value.is_some_and(|value| asked().any(|one| matches(def, value, &one))),
    }
}

/// Whether a value is the one that is asked for: texts without regard to case and accents, a branch of a
/// tree with all below it.
fn matches(def: &FieldDef, value: &Value, asked: &Value) -> bool {
    match (value, asked) {
        (Value::Text(text), Value::Text(asked)) => fold(text) == fold(asked),
        (Value::Keys(keys), Value::Keys(asked)) => asked.iter().any(|asked| {
            let branch = if def.ty == FieldType::Tree { def.branch(asked) } else { vec![asked.as_str()] };
            keys.iter().any(|key| branch.contains(&key.as_str()))
        }),
        _ => value == asked,
    }
}

#[cfg(test)]
mod tests {
    use settings::Texts;
    use settings::field::{Audience, Effect, FieldSet, Item, Object};

    use super::*;

    fn field(key: &str, ty: FieldType, items: &[&str]) -> FieldDef {
        let item = |key: &&str| Item { key: (*key).to_owned(), names: Texts::same(*key), parent: None, retired: false };
        FieldDef {
            object: Object::Ticket,
            key: key.to_owned(),
            ty,
            names: Texts::same(key),
            help: Texts::default(),
            audience: Audience::Fills,
            kinds: Vec::new(),
            services: Vec::new(),
            decimals: 0,
            currency: String::new(),
            items: items.iter().map(item).collect(),
            required: false,
            place: 0,
            active: true,
        }
    }

    fn fields() -> FieldSet {
        let all = [
            field("device", FieldType::Choice, &["laptop", "phone"]),
            field("colour", FieldType::Several, &["red", "blue", "grey"]),
            field("serial", FieldType::Text, &[]),
            field("cost", FieldType::Number, &[]),
        ];
        FieldSet::of(all.into_iter().map(|def| (0, def)).collect())
    }

    fn when(on: On, field: &str, test: Test, values: &[&str]) -> Condition {
        Condition { on, field: field.to_owned(), test, values: values.iter().map(|v| (*v).to_owned()).collect() }
    }

    fn then(field: &str, does: Does, values: &[&str]) -> Effect {
        Effect { field: field.to_owned(), does, values: values.iter().map(|v| (*v).to_owned()).collect() }
    }

    fn make(key: &str, when: Vec<Condition>, then: Vec<Effect>) -> RuleDef {
        RuleDef { key: key.to_owned(), names: Texts::same(key), when, then, place: 0, active: true }
    }

    /// What rules make of values, in words.
    fn say(rules: &[RuleDef], facts: &Facts, values: &[(&str, Value)]) -> String {
        let set = fields();
        let known = |key: &str| set.by_key(Object::Ticket, key);
        let rules = Rules { rules: rules.iter().collect(), guards: Vec::new() };
        let values: Values = values.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        let ruled = rule(&rules, &known, facts, &values, &|_, _| true);
        let list = |keys: Vec<&&str>| keys.into_iter().copied().collect::<Vec<_>>().join(",");
        let limits: Vec<String> = ruled.limited.iter().map(|(key, (allowed, _))| format!("{key}={allowed:?}")).collect();
        format!(
            "-{} !{} <{} +{}",
            list(ruled.hidden.keys().collect()),
            list(ruled.required.keys().collect()),
            limits.join(","),
            list(ruled.presets.keys().collect())
        )
    }

    fn key(key: &str) -> Value {
        Value::Keys(vec![key.to_owned()])
    }

    #[test]
    fn a_field_is_there_only_while_a_rule_shows_it() {
        let rules = [
            make(
                "a",
                vec![when(On::Field, "device", Test::Is, &["laptop"])],
                vec![then("serial", Does::Show, &[]), then("serial", Does::Require, &[])],
            ),
            make("b", vec![when(On::Role, "", Test::Is, &["boss"])], vec![then("serial", Does::Show, &[])]),
        ];
        let boss = Facts { roles: vec!["boss".to_owned()], ..Facts::default() };
        assert_eq!(say(&rules, &Facts::default(), &[]), "-serial ! < +");
        assert_eq!(say(&rules, &Facts::default(), &[("device", key("phone"))]), "-serial ! < +");
        assert_eq!(say(&rules, &Facts::default(), &[("device", key("laptop"))]), "- !serial < +");
        assert_eq!(say(&rules, &boss, &[]), "- ! < +");
    }

    #[test]
    fn what_is_filled_shows_more_and_what_is_not_there_counts_as_empty() {
        let rules = [
            make("a", vec![when(On::Service, "", Test::Is, &["7"])], vec![then("device", Does::Preset, &["laptop"])]),
            make("b", vec![when(On::Field, "device", Test::Is, &["laptop"])], vec![then("serial", Does::Show, &[])]),
            make("c", vec![when(On::Field, "serial", Test::Filled, &[])], vec![then("cost", Does::Require, &[])]),
        ];
        let here = Facts { service: Some(7), ..Facts::default() };
        let serial = ("serial", Value::Text("X".into()));
        assert_eq!(say(&rules, &here, std::slice::from_ref(&serial)), "- !cost < +device");
        assert_eq!(say(&rules, &Facts::default(), std::slice::from_ref(&serial)), "-serial ! < +");
        assert_eq!(say(&rules, &here, &[serial, ("device", key("phone"))]), "-serial ! < +");
    }

    #[test]
    fn limits_meet_and_conditions_are_two_valued() {
        let rules = [
            make("a", vec![when(On::Kind, "", Test::IsNot, &["request"])], vec![then("colour", Does::Limit, &["red", "blue"])]),
            make("b", vec![when(On::Field, "cost", Test::AtLeast, &["100"])], vec![then("colour", Does::Limit, &["blue", "grey"])]),
            make("c", vec![when(On::Field, "cost", Test::IsNot, &["5"])], vec![then("serial", Does::Require, &[])]),
            make(
                "d",
                vec![when(On::Enters, "", Test::Is, &["solved"]), when(On::Leaves, "", Test::Is, &["new"])],
                vec![then("cost", Does::Require, &[])],
            ),
        ];
        assert_eq!(say(&rules, &Facts::default(), &[("cost", Value::Int(100))]), "- !serial <colour={\"blue\"} +");
        assert_eq!(say(&rules, &Facts { kind: "request".into(), ..Facts::default() }, &[("cost", Value::Int(5))]), "- ! < +");
        assert_eq!(say(&rules, &Facts::default(), &[]), "- !serial <colour={\"blue\", \"red\"} +");
        let step = Facts { enters: Some("solved".into()), leaves: Some("new".into()), ..Facts::default() };
        assert!(say(&rules, &step, &[]).contains("!cost,serial"));
    }

    #[test]
    fn a_field_of_a_section_needs_its_section_beside_all_rules() {
        let set = fields();
        let known = |key: &str| set.by_key(Object::Ticket, key);
        let show = make("a", vec![when(On::Field, "device", Test::Is, &["laptop"])], vec![then("serial", Does::Show, &[])]);
        let section = make(
            "f.s",
            vec![when(On::Role, "", Test::Is, &["boss"])],
            vec![then("serial", Does::Show, &[]), then("cost", Does::Show, &[])],
        );
        let rules = Rules { rules: vec![&show], guards: vec![&section] };
        let values = Values::from([("device".to_owned(), key("laptop"))]);
        let boss = Facts { roles: vec!["boss".to_owned()], ..Facts::default() };
        let hidden =
            |facts: &Facts, values: &Values| rule(&rules, &known, facts, values, &|_, _| true).hidden.into_keys().collect::<Vec<_>>();
        assert_eq!(hidden(&Facts::default(), &values), ["cost", "serial"]);
        assert_eq!(hidden(&boss, &Values::new()), ["serial"]);
        assert!(hidden(&boss, &values).is_empty());
    }

    #[test]
    fn a_circle_is_found() {
        let a = make("a", vec![when(On::Field, "device", Test::Filled, &[])], vec![then("serial", Does::Show, &[])]);
        let b = make("b", vec![when(On::Field, "serial", Test::Filled, &[])], vec![then("device", Does::Preset, &["phone"])]);
        assert_eq!(settings::field::circle(&[&a]), None);
        assert!(settings::field::circle(&[&a, &b]).is_some());
    }
}
