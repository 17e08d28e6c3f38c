//! Major incidents: one parent that the desk registers, and the reports of many people.

use kernel::Lang;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outages {
    pub outage: Vec<Outage>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outage {
    /// What the people who are hit report.
    pub scenario: String,
    /// The team that repairs it.
    pub team: String,
    pub lang: Lang,
    /// Only people of these offices are hit; none: everybody.
    #[serde(default)]
    pub offices: Vec<String>,
    /// Distance from now in thousandths of a year.
    pub when: i64,
    pub reports: u32,
    /// From the first report to the repair.
    pub minutes: i64,
    pub subject: String,
    pub text: String,
    pub notes: Vec<String>,
    pub updates: Vec<String>,
    pub report: String,
}
