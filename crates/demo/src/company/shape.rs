//! The data files that describe the company.

use std::collections::BTreeMap;

use kernel::Lang;
use serde::Deserialize;

use crate::corpus::{CorpusError, read};
use crate::model::Role;
use crate::names::Names;

/// Everything the company is made from.
pub(crate) struct Shape {
    pub company: CompanyFile,
    pub teams: TeamsFile,
    pub services: Vec<ServiceData>,
    pub names: BTreeMap<String, NameList>,
}

impl Shape {
    pub(crate) fn read() -> Result<Self, CorpusError> {
        Ok(Self {
            company: read("company.toml", include_str!("../../data/company.toml"))?,
            teams: read("teams.toml", include_str!("../../data/teams.toml"))?,
            services: read::<ServicesFile>("services.toml", include_str!("../../data/services.toml"))?.service,
            names: read("names.toml", include_str!("../../data/names.toml"))?,
        })
    }
}

/// An error of a reference from one data file into another.
pub(crate) fn missing(file: &str, what: &str, key: &str) -> CorpusError {
    CorpusError { file: file.to_owned(), cause: format!("no {what} {key:?}") }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompanyFile {
    pub operator: Operator,
    pub office: Vec<Office>,
    pub department: Vec<Department>,
    pub customer: Vec<Customer>,
    pub customer_title: Vec<Names>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operator {
    pub key: String,
    pub domain: String,
    pub name: Names,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Office {
    pub key: String,
    pub lang: Lang,
    /// The list in `names.toml`.
    pub names: String,
    pub share: u32,
    pub floors: u32,
    pub zone: String,
    /// Stands in asset tags and printer names.
    pub tag: String,
    /// `#` is a digit.
    pub phone: String,
    pub mobile: String,
    pub address: String,
    pub name: Names,
    /// The place as it stands in a sentence.
    pub inside: Names,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Department {
    pub key: String,
    pub parent: Option<String>,
    pub share: u32,
    /// Chance in percent that one of its people is a VIP.
    #[serde(default)]
    pub vip: u32,
    pub name: Names,
    pub titles: Vec<Names>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Customer {
    pub key: String,
    pub domain: String,
    #[serde(default)]
    pub tenant: bool,
    pub lang: Lang,
    pub names: String,
    /// People of every thousand.
    pub people: u32,
    pub zone: String,
    pub tag: String,
    /// `#` is a digit.
    pub phone: String,
    pub mobile: String,
    pub address: String,
    pub name: Names,
    pub site: Names,
    pub inside: Names,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameList {
    #[serde(default)]
    pub double: bool,
    pub male: Vec<String>,
    pub female: Vec<String>,
    #[serde(default)]
    pub middles: Vec<String>,
    #[serde(default)]
    pub middles_f: Vec<String>,
    pub families: Vec<String>,
    #[serde(default)]
    pub families_f: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TeamsFile {
    pub team: Vec<TeamData>,
    pub leader: Vec<Leader>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TeamData {
    pub key: String,
    pub line: u8,
    pub department: String,
    pub role: Role,
    pub staff: Vec<String>,
    #[serde(default)]
    pub also: BTreeMap<String, usize>,
    pub name: Names,
    pub title: Names,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Leader {
    pub role: Role,
    pub office: String,
    pub department: String,
    pub title: Names,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ServicesFile {
    service: Vec<ServiceData>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceData {
    pub key: String,
    /// Inherited from the parent when absent.
    pub team: Option<String>,
    pub external: Option<bool>,
    pub name: Names,
}
