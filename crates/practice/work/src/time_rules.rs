//! Kinds of activity, and which tickets need time before they are solved: one object of the configuration.

use std::collections::BTreeSet;

use db::Rd;
use kernel::{Error, FieldError, Lang, Result};
use party::SHARED;
use serde::{Deserialize, Serialize};
use settings::Texts;

/// The kind of the object in the settings.
pub const KIND: &str = "time_rules";
/// The name of the one object.
pub const KEY: &str = "default";
/// Activities at most.
pub const MOST: usize = 30;

/// What time is spent with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    pub key: String,
    pub names: Texts,
    /// What an entry begins with.
    pub billable: bool,
    /// It can be chosen.
    pub active: bool,
}

/// The whole object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeRules {
    pub activities: Vec<Activity>,
    /// Kinds of tickets that are not solved without time.
    pub required: Vec<String>,
}

impl Default for TimeRules {
    fn default() -> Self {
        let activity = |key: &str, [en, es, ru]: [&str; 3]| {
            let mut names = Texts::same(en);
            names.set(Lang::Es, es);
            names.set(Lang::Ru, ru);
            Activity { key: key.to_owned(), names, billable: false, active: true }
        };
        let activities = vec![
            activity("work", ["Work", "Trabajo", "Работа"]),
            activity("call", ["Call", "Llamada", "Звонок"]),
            activity("travel", ["Travel", "Desplazamiento", "Дорога"]),
        ];
        Self { activities, required: Vec::new() }
    }
}

impl TimeRules {
    /// The rules with their version; 0 as long as they are those of the product.
    ///
    /// # Errors
    /// The database refuses.
    pub fn load(rd: &mut Rd<'_>) -> Result<(Self, i64)> {
        match settings::get(rd, SHARED.raw(), KIND, KEY)? {
            Some(row) => Ok((serde_json::from_str(&row.data).map_err(Error::internal)?, row.version)),
            None => Ok((Self::default(), 0)),
        }
    }

    pub fn activity(&self, key: &str) -> Option<&Activity> {
        self.activities.iter().find(|activity| activity.key == key)
    }

    /// What can be chosen now.
    pub fn active(&self) -> impl Iterator<Item = &Activity> {
        self.activities.iter().filter(|activity| activity.active)
    }

    /// Everything that is wrong with them.
    pub fn wrong(&self, kinds: &BTreeSet<String>) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        if self.active().next().is_none() || self.activities.len() > MOST {
            wrong.push(FieldError::new("activities", "error-activities").arg("max", MOST));
        }
        let mut seen = BTreeSet::new();
        for activity in &self.activities {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if activity.key.is_empty() || activity.key.len() > 40 || !activity.key.chars().all(plain) || !seen.insert(&activity.key) {
                wrong.push(FieldError::new("activities", "error-activity-key").arg("key", &activity.key));
            }
            if activity.names.get(Lang::En).trim().is_empty() {
                wrong.push(FieldError::new("activities", "error-activity-name"));
            }
        }
        if self.required.iter().any(|kind| !kinds.contains(kind)) {
            wrong.push(FieldError::new("required", "error-choice"));
        }
        wrong
    }
}
