//! REST: one resource per file.

pub mod addresses;
pub mod custom;
pub mod grants;
pub mod locations;
pub mod memberships;
pub mod merges;
pub mod organisations;
pub mod persons;
pub mod roles;
pub mod services;
pub mod team_members;
pub mod teams;

use kernel::{Error, Lang, PersonId, Result};
use serde::Deserialize;
use utoipa::IntoParams;
use web_kit::Viewer;

/// Which page of a list, and the words to look for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Beginnings of words; with it the best matches come, without further pages.
    #[param(max_length = 200, example = "ort")]
    #[serde(default, deserialize_with = "api_kit::short::<200, _>")]
    pub q: Option<String>,
    #[param(minimum = 1, maximum = 200)]
    #[serde(default, deserialize_with = "api_kit::rows")]
    pub limit: Option<u32>,
    #[param(max_length = 2000)]
    #[serde(default, deserialize_with = "api_kit::short::<2000, _>")]
    pub cursor: Option<String>,
}

impl Asked {
    /// The words and the page that are asked for.
    pub fn split(self) -> (String, kernel::PageRequest) {
        (self.q.unwrap_or_default(), kernel::PageRequest { limit: self.limit, cursor: self.cursor })
    }
}

/// Who asks, for the request key.
fn asker(viewer: &Viewer) -> Result<PersonId> {
    viewer.actor.require_person()
}

/// A delivered language by its tag.
fn lang(tag: &str) -> Result<Lang> {
    Lang::ALL.into_iter().find(|l| l.tag() == tag).ok_or_else(|| Error::invalid("lang", "error-choice"))
}

/// A language that may be emptied.
fn lang_patch(tag: Option<Option<String>>) -> Result<Option<Option<Lang>>> {
    tag.map(|tag| tag.map(|tag| lang(&tag)).transpose()).transpose()
}
