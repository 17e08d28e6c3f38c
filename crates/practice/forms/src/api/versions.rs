//! What the endpoints of configuration objects share: texts by language, and versions.

use std::collections::BTreeMap;

use access::Verb;
use kernel::{Error, Lang};
use serde::Serialize;
use settings::{Change, Texts};
use ticket::Frame;
use utoipa::ToSchema;

use crate::diff;

/// A place that a version changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DifferenceOut {
    #[schema(example = "names.es")]
    pub place: String,
    pub before: String,
    pub after: String,
}

/// A version of a configuration object.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VersionOut {
    pub version: i64,
    pub at: String,
    /// The person; 0: delivered.
    pub by: i64,
    pub changes: Vec<DifferenceOut>,
}

/// The versions of an object, the newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VersionsOut {
    pub items: Vec<VersionOut>,
}

pub fn texts(field: &'static str, by_lang: &BTreeMap<String, String>) -> kernel::Result<Texts> {
    let mut texts = Texts::default();
    for (tag, text) in by_lang {
        texts.set(Lang::from_tag(tag).ok_or_else(|| Error::invalid(field, "error-choice"))?, text);
    }
    Ok(texts)
}

pub fn by_lang(texts: &Texts) -> BTreeMap<String, String> {
    Lang::ALL.iter().map(|lang| (lang.to_string(), texts.own(*lang).to_owned())).filter(|(_, text)| !text.is_empty()).collect()
}

pub fn may_see(frame: Frame<'_>) -> kernel::Result<()> {
    if frame.actor.may_anywhere(Verb::SettingsSee) { Ok(()) } else { Err(Error::forbidden().arg("verb", Verb::SettingsSee)) }
}

pub fn told_history(history: &[Change]) -> VersionsOut {
    let line = |(place, change): (usize, &Change)| {
        let before = history.get(place + 1).map_or("null", |before| before.data.as_str());
        let changes = diff::between(before, &change.data).into_iter();
        let changes = changes.map(|d| DifferenceOut { place: d.place, before: d.before, after: d.after }).collect();
        VersionOut { version: change.version, at: change.created_at.to_rfc3339(), by: change.created_by, changes }
    };
    VersionsOut { items: history.iter().enumerate().map(line).collect() }
}
