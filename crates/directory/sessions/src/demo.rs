//! The log-ins of a demo, which the first page shows to everybody. They stand in a setting that only a
//! demo has.

use std::collections::HashMap;

use access::store::role;
use kernel::{Error, Lang, Result};
use party::SHARED;
use serde::Deserialize;

use crate::Sessions;

/// Kind and key of the setting.
const SETTING: (&str, &str) = ("demo", "log_ins");

/// A log-in of a demo; the name of its role is in the reader's language.
#[derive(Debug, Clone, Deserialize)]
pub struct DemoLogIn {
    /// The key of the role.
    #[serde(rename = "role")]
    pub key: String,
    /// Its name, once it is known.
    #[serde(skip)]
    pub role: String,
    pub login: String,
    pub password: String,
    pub name: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub organisation: String,
}

/// The log-ins to show; none on a desk that is no demo.
///
/// # Errors
/// The database does not answer.
pub async fn log_ins(desk: &Sessions, lang: Lang) -> Result<Vec<DemoLogIn>> {
    desk.db
        .read_bounded("demo.log_ins", move |rd| {
            let Some(setting) = settings::get(rd, 0, SETTING.0, SETTING.1)? else { return Ok(Vec::new()) };
            let mut found: Vec<DemoLogIn> = serde_json::from_str(&setting.data).map_err(Error::internal)?;
            let names: HashMap<String, String> =
                role::list(rd, SHARED)?.into_iter().map(|row| (row.key, row.role.name(lang).to_owned())).collect();
            for line in &mut found {
                line.role.clone_from(names.get(&line.key).unwrap_or(&line.key));
            }
            Ok(found)
        })
        .await
}
