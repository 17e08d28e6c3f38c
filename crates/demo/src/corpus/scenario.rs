//! A scenario: one matter that people bring to the desk, with its words in three languages.

use std::collections::BTreeMap;

use kernel::Lang;
use serde::Deserialize;

use crate::model::{Code, Kind, Level};

/// Who may bring it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Audience {
    /// People of the operator, and of the tenant whose computers it runs.
    #[default]
    Staff,
    /// People of the operator only: buildings, ERP and the like.
    House,
    /// Users of the operator's product.
    Customer,
    /// Agents among themselves.
    Agent,
}

/// When it comes more often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Peak {
    #[default]
    Even,
    Monday,
    MonthEnd,
}

/// One way in which it ends; the texts stand at the same place in each language.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fix {
    pub code: Code,
    /// The stop of the road at which it is found.
    pub stop: usize,
    pub share: u32,
}

/// What goes with one of the first messages, so that subject, question and ending fit it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Story {
    /// Places of fitting subjects; none: all fit.
    #[serde(default)]
    pub subject: Vec<usize>,
    /// Places of fitting fixes; none: all fit.
    #[serde(default)]
    pub fix: Vec<usize>,
    /// Places of fitting questions; absent: all fit.
    pub talk: Option<Vec<usize>>,
    /// Whether it can come back.
    #[serde(default = "yes")]
    pub again: bool,
}

fn yes() -> bool {
    true
}

impl Default for Story {
    fn default() -> Self {
        Self { subject: Vec::new(), fix: Vec::new(), talk: None, again: true }
    }
}

/// A piece of work that a request is split into.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Part {
    pub team: String,
    pub service: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    #[serde(skip)]
    pub key: String,
    pub kind: Kind,
    pub service: String,
    pub weight: u32,
    #[serde(default)]
    pub audience: Audience,
    /// Where most of its requesters work; none: anywhere.
    #[serde(default)]
    pub departments: Vec<String>,
    /// Team keys; `sd` is the desk on duty, `field` the field team of the office.
    pub road: Vec<String>,
    pub impact: Level,
    pub urgency: Level,
    #[serde(default)]
    pub peak: Peak,
    #[serde(default)]
    pub tags: Vec<String>,
    /// Chance in percent that a vendor is asked.
    #[serde(default)]
    pub vendor: u32,
    /// Typical hours of work and waiting at the last stop.
    pub hours: i64,
    /// One per first message; none: everything fits everything.
    #[serde(default)]
    pub stories: Vec<Story>,
    pub fixes: Vec<Fix>,
    /// Values that read the same in every language.
    #[serde(default)]
    pub slots: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub parts: Vec<Part>,
    en: Words,
    es: Words,
    ru: Words,
}

/// The words of one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub subject: Vec<String>,
    pub first: Vec<String>,
    /// Question of the agent, answer of the requester.
    #[serde(default)]
    pub talk: Vec<(String, String)>,
    /// What the requester writes when it was not solved after all.
    #[serde(default)]
    pub again: Vec<String>,
    /// Note, public reply (may be empty), resolution report.
    pub fix: Vec<(String, String, String)>,
    /// Values by place, the same count in each language.
    #[serde(default)]
    pub slots: BTreeMap<String, Vec<String>>,
    /// Subject, text and report of each part.
    #[serde(default)]
    pub parts: Vec<(String, String, String)>,
}

impl Scenario {
    pub(crate) fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
            Lang::Ru => &self.ru,
        }
    }
}
