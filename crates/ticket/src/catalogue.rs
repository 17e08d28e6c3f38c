//! The configuration that tickets live by: kinds with their states and transitions, the priority
//! matrix, the resolution codes. Delivered as data, changed by administrators as settings.

use std::collections::BTreeMap;

use db::{Rd, Tx};
use events::Act;
use kernel::{Error, OrganisationId, Result};
use serde::{Deserialize, Serialize};
use settings::Texts;
use settings::field::{FieldSet, FormSet, RuleSet};

use crate::Category;
use crate::rules::secrets::SecretPolicy;

/// The settings kinds of this crate.
pub const KIND: &str = "ticket_kind";
pub const MATRIX: &str = "priority_matrix";
pub const CODES: &str = "resolution_codes";
pub const SECRETS: &str = "secrets";

/// Who may take a transition, beside having its verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taker {
    Staff,
    /// Requester or beneficiary.
    Requester,
}

/// What a parent may do while a child is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Children {
    /// It stays open.
    Block,
    /// Solving it solves them.
    Cascade,
    /// They do not matter.
    Free,
}

/// What must be there before a state is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    ResolutionCode,
    /// What was done, in words.
    ResolutionReport,
}

/// A kind of ticket with its form and its graph of states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindDef {
    pub key: String,
    /// Shown before the number.
    pub prefix: String,
    pub icon: String,
    pub initial: String,
    pub names: Texts,
    pub plural: Texts,
    /// The fields of its form, in order, beside requester, title and description.
    pub form: Vec<String>,
    /// Confidential unless whoever registers one says otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confidential: bool,
    pub children: Children,
    pub close_after_days: i64,
    pub reopen_within_days: i64,
    /// Its requester rates it within so many days after it was solved; 0: nobody is asked.
    #[serde(default = "rate_within", skip_serializing_if = "is_rate_within")]
    pub rate_within_days: i64,
    /// A rating that was given stays as it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rating_final: bool,
    pub states: Vec<StateDef>,
    pub transitions: Vec<TransitionDef>,
}

/// A state of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateDef {
    pub key: String,
    pub category: Category,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<Requirement>,
    /// Custom fields that must have a value before it is entered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// Custom fields that must have a value before it is left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaving: Vec<String>,
    pub names: Texts,
    /// What the requester reads.
    pub portal: Texts,
}

/// An allowed step from one state to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransitionDef {
    pub from: String,
    pub to: String,
    /// The verb that is needed, such as `ticket.solve`.
    pub verb: String,
    pub by: Vec<Taker>,
    /// Only these roles; empty: every role with the verb.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

/// A way in which tickets are solved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResolutionCode {
    pub key: String,
    pub names: Texts,
}

/// Priority by impact (rows) and urgency (columns), each 1 to 4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    pub rows: [[i64; 4]; 4],
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    codes: Vec<ResolutionCode>,
}

/// Days in which a solved ticket is rated, unless its kind says otherwise.
pub const RATE_WITHIN: i64 = 14;

const fn rate_within() -> i64 {
    RATE_WITHIN
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_rate_within(days: &i64) -> bool {
    *days == RATE_WITHIN
}

impl KindDef {
    pub fn state(&self, key: &str) -> Option<&StateDef> {
        self.states.iter().find(|s| s.key == key)
    }
    /// Whether such a ticket may complain of a person.
    pub fn is_about_people(&self) -> bool {
        self.form.iter().any(|field| field == "about")
    }
    /// The first state of a category.
    pub fn first_of(&self, category: Category) -> Option<&StateDef> {
        self.states.iter().find(|s| s.category == category)
    }
    pub fn transition(&self, from: &str, to: &str) -> Option<&TransitionDef> {
        self.transitions.iter().find(|t| t.from == from && t.to == to)
    }

    /// Whether the graph makes sense: known states, a way to every state and a way out of every open
    /// one.
    ///
    /// # Errors
    /// The first thing that is wrong, for the operator.
    pub fn check(&self) -> std::result::Result<(), String> {
        let known = |key: &str| self.state(key).is_some();
        if !known(&self.initial) {
            return Err(format!("{}: the initial state {} does not exist", self.key, self.initial));
        }
        if let Some(t) = self.transitions.iter().find(|t| !known(&t.from) || !known(&t.to)) {
            return Err(format!("{}: the transition {} -> {} names an unknown state", self.key, t.from, t.to));
        }
        let mut reached = vec![self.initial.as_str()];
        let mut next = 0;
        while let Some(&from) = reached.get(next) {
            next += 1;
            for t in self.transitions.iter().filter(|t| t.from == from) {
                if !reached.contains(&t.to.as_str()) {
                    reached.push(&t.to);
                }
            }
        }
        if let Some(lost) = self.states.iter().find(|s| !reached.contains(&s.key.as_str())) {
            return Err(format!("{}: no way leads to {}", self.key, lost.key));
        }
        match self.states.iter().find(|s| s.category.is_open() && !self.transitions.iter().any(|t| t.from == s.key)) {
            Some(trap) => Err(format!("{}: no way leads out of {}", self.key, trap.key)),
            None => Ok(()),
        }
    }
}

/// The parsed configuration at one moment.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// By tenant (0: shared) and key.
    kinds: BTreeMap<(i64, String), KindDef>,
    matrix: Matrix,
    codes: Vec<ResolutionCode>,
    fields: FieldSet,
    secrets: SecretPolicy,
    rules: RuleSet,
    forms: FormSet,
}

impl Catalogue {
    /// Reads it all.
    ///
    /// # Errors
    /// The database refuses, or a stored object cannot be read.
    pub fn load(rd: &mut Rd<'_>) -> Result<Self> {
        let mut kinds = BTreeMap::new();
        for row in settings::list(rd, KIND)? {
            let def: KindDef = serde_json::from_str(&row.data).map_err(Error::internal)?;
            kinds.insert((row.tenant, row.key), def);
        }
        let matrix = match settings::get(rd, 0, MATRIX, "default")? {
            Some(row) => serde_json::from_str(&row.data).map_err(Error::internal)?,
            None => delivered_matrix()?,
        };
        let codes = match settings::get(rd, 0, CODES, "default")? {
            Some(row) => serde_json::from_str::<Codes>(&row.data).map_err(Error::internal)?.codes,
            None => delivered_codes()?.codes,
        };
        let secrets = match settings::get(rd, 0, SECRETS, "default")? {
            Some(row) => serde_json::from_str(&row.data).map_err(Error::internal)?,
            None => SecretPolicy::default(),
        };
        Ok(Self { kinds, matrix, codes, fields: FieldSet::load(rd)?, rules: RuleSet::load(rd)?, forms: FormSet::load(rd)?, secrets })
    }

    /// What the product delivers, without a database.
    ///
    /// # Errors
    /// The delivered files are broken; a test reads them.
    pub fn delivered() -> Result<Self> {
        let kinds = delivered_kinds()?.into_iter().map(|k| ((0, k.key.clone()), k)).collect();
        Ok(Self {
            kinds,
            matrix: delivered_matrix()?,
            codes: delivered_codes()?.codes,
            fields: FieldSet::default(),
            rules: RuleSet::default(),
            forms: FormSet::default(),
            secrets: SecretPolicy::default(),
        })
    }

    /// The kind as a tenant has it: its own, else the shared one.
    pub fn kind(&self, tenant: OrganisationId, key: &str) -> Option<&KindDef> {
        self.kinds.get(&(tenant.raw(), key.to_owned())).or_else(|| self.kinds.get(&(0, key.to_owned())))
    }

    /// As [`Catalogue::kind`], for a ticket that exists.
    ///
    /// # Errors
    /// Its kind has gone, which the settings do not allow.
    pub fn kind_of(&self, ticket: &crate::Ticket) -> Result<&KindDef> {
        self.kind(ticket.tenant, &ticket.kind)
            .ok_or_else(|| Error::internal(format!("ticket {} has the unknown kind {}", ticket.id, ticket.kind)))
    }

    /// The kinds a tenant has, in the order they are offered.
    pub fn kinds(&self, tenant: OrganisationId) -> Vec<&KindDef> {
        let mut kinds: Vec<&KindDef> = self
            .kinds
            .iter()
            .filter(|((t, key), _)| *t == tenant.raw() || (*t == 0 && !self.kinds.contains_key(&(tenant.raw(), key.clone()))))
            .map(|(_, kind)| kind)
            .collect();
        kinds.sort_by_key(|k| DELIVERED.iter().position(|(key, _)| *key == k.key).unwrap_or(usize::MAX));
        kinds
    }

    /// Every kind of every tenant: for the field table of the filter.
    pub fn all_kinds(&self) -> impl Iterator<Item = &KindDef> {
        self.kinds.values()
    }

    /// 1 low to 4 urgent, from impact and urgency of 1 to 4.
    pub fn priority(&self, impact: i64, urgency: i64) -> i64 {
        let at = |n: i64| usize::try_from(n.clamp(1, 4) - 1).unwrap_or(0);
        self.matrix.rows[at(impact)][at(urgency)]
    }

    pub fn codes(&self) -> &[ResolutionCode] {
        &self.codes
    }

    /// What is done about secrets that somebody writes.
    pub fn secrets(&self) -> &SecretPolicy {
        &self.secrets
    }

    /// The custom fields of tickets and of what stands around them.
    pub fn fields(&self) -> &FieldSet {
        &self.fields
    }

    /// The rules of the custom fields of tickets.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// What is asked of whoever registers a ticket, in which order.
    pub fn forms(&self) -> &FormSet {
        &self.forms
    }

    /// The same with this form alone: for a look at it before it is saved.
    #[must_use]
    pub fn showing(&self, tenant: i64, form: settings::field::FormDef) -> Self {
        Self { forms: FormSet::of(vec![(tenant, form)]), ..self.clone() }
    }

    /// The same with another rule: for a trial before it is saved.
    #[must_use]
    pub fn trying(&self, tenant: i64, rule: settings::field::RuleDef) -> Self {
        Self { rules: self.rules.with(tenant, rule), ..self.clone() }
    }
}

const DELIVERED: &[(&str, &str)] = &[
    ("incident", include_str!("../data/kinds/incident.toml")),
    ("request", include_str!("../data/kinds/request.toml")),
    ("question", include_str!("../data/kinds/question.toml")),
    ("complaint", include_str!("../data/kinds/complaint.toml")),
    ("suggestion", include_str!("../data/kinds/suggestion.toml")),
    ("task", include_str!("../data/kinds/task.toml")),
];

fn delivered_kinds() -> Result<Vec<KindDef>> {
    DELIVERED.iter().map(|(_, text)| toml::from_str(text).map_err(Error::internal)).collect()
}
fn delivered_matrix() -> Result<Matrix> {
    toml::from_str(include_str!("../data/matrix.toml")).map_err(Error::internal)
}
fn delivered_codes() -> Result<Codes> {
    toml::from_str(include_str!("../data/resolution_codes.toml")).map_err(Error::internal)
}

/// Delivers the configuration into a new database; what is there already is left alone.
///
/// # Errors
/// The database refuses.
pub fn seed(tx: &mut Tx<'_>, act: &Act) -> Result<()> {
    for kind in delivered_kinds()? {
        settings::seed(tx, act, KIND, &kind.key, &kind)?;
    }
    settings::seed(tx, act, MATRIX, "default", &delivered_matrix()?)?;
    settings::seed(tx, act, CODES, "default", &delivered_codes()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delivered_kinds_are_sound_graphs() {
        let catalogue = Catalogue::delivered().expect("the delivered files can be read");
        assert_eq!(catalogue.all_kinds().count(), 6);
        for kind in catalogue.all_kinds() {
            kind.check().expect("a sound graph");
        }
    }

    #[test]
    fn a_graph_with_a_trap_or_an_island_is_refused() {
        let mut kind = delivered_kinds().expect("readable").remove(0);
        kind.transitions.retain(|t| t.from != "held");
        assert!(kind.check().expect_err("a trap").contains("held"));
        let mut kind = delivered_kinds().expect("readable").remove(0);
        kind.transitions.retain(|t| t.to != "vendor");
        assert!(kind.check().expect_err("an island").contains("vendor"));
    }

    #[test]
    fn priority_follows_the_matrix() {
        let catalogue = Catalogue::delivered().expect("readable");
        assert_eq!(catalogue.priority(4, 4), 4);
        assert_eq!(catalogue.priority(1, 1), 1);
        assert_eq!(catalogue.priority(2, 4), 3);
    }
}
