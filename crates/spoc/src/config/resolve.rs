//! Which source gave each setting.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::error::{ConfigError, Place, proposal};
use super::settings::SETTINGS;
use super::table::Setting;
use super::values::Value;
use super::{Sources, environment, file, permissions};

/// The text of a setting and where it stands.
#[derive(Debug, Clone)]
pub struct Given {
    pub text: String,
    pub place: Place,
    /// The folder that a relative path starts from; none: the current one.
    pub base: Option<PathBuf>,
}

/// Every setting that was given, by key; the defaults fill the rest.
#[derive(Debug, Default)]
pub struct Resolved(BTreeMap<&'static str, Given>);

/// A name as a source spells it: the setting, or the file that holds its value.
pub struct Name {
    pub setting: &'static Setting,
    pub by_file: bool,
}

/// The setting of a key, also as `<key>_file` when it is a secret.
pub fn find(key: &str) -> Option<Name> {
    let by_name = |key: &str| SETTINGS.iter().find(|setting| setting.key == key);
    if let Some(setting) = by_name(key) {
        return Some(Name { setting, by_file: false });
    }
    let setting = by_name(key.strip_suffix("_file")?).filter(|setting| setting.secret)?;
    Some(Name { setting, by_file: true })
}

/// Every spelling that [`find`] knows.
pub fn known_keys() -> impl Iterator<Item = String> {
    SETTINGS.iter().flat_map(|setting| {
        let file = setting.secret.then(|| format!("{}_file", setting.key));
        std::iter::once(setting.key.to_owned()).chain(file)
    })
}

/// What to say of a key that is none.
pub fn unknown_key(key: &str) -> String {
    let keys: Vec<String> = known_keys().collect();
    format!("unknown setting {key}{}", proposal(key, keys.iter().map(String::as_str)))
}

pub fn resolve(sources: &Sources) -> Result<Resolved, ConfigError> {
    let mut resolved = Resolved::default();
    if let Some(path) = file::chosen(sources)? {
        for (name, given) in file::read(&path)? {
            resolved.put(name, given)?;
        }
    }
    for (name, given) in environment::read(&sources.environment)? {
        resolved.put(name, given)?;
    }
    for (setting, text) in &sources.flags {
        let by_file = Name { setting, by_file: false };
        resolved.put(by_file, Given { text: text.clone(), place: Place::Flag(setting.flag()), base: None })?;
    }
    Ok(resolved)
}

impl Resolved {
    /// A later source replaces an earlier one.
    fn put(&mut self, name: Name, given: Given) -> Result<(), ConfigError> {
        let given = if name.by_file { from_file(name.setting, &given)? } else { given };
        self.0.insert(name.setting.key, given);
        Ok(())
    }

    /// The text of a setting with its place.
    pub fn given(&self, key: &str) -> Given {
        self.0.get(key).cloned().unwrap_or_else(|| {
            let default = SETTINGS.iter().find(|setting| setting.key == key).map_or("", |setting| setting.default);
            Given { text: default.to_owned(), place: Place::Default, base: None }
        })
    }

    /// Reads one setting.
    ///
    /// # Errors
    /// The text is not of the type.
    pub fn read<T: Value>(&self, key: &str) -> Result<T, ConfigError> {
        let given = self.given(key);
        T::read(&given).map_err(|message| ConfigError::new(given.place, format!("{key}: {message}")))
    }
}

impl Resolved {
    /// Every setting with its value and source, one a line; secrets only as set or not set.
    pub fn describe(&self) -> String {
        let mut out = String::new();
        for setting in SETTINGS {
            let given = self.given(setting.key);
            let value = match (given.text.is_empty(), setting.secret) {
                (true, _) => "(none)",
                (false, true) => "(secret)",
                (false, false) => &given.text,
            };
            let _ = writeln!(out, "{:<34} {:<28} {}", setting.key, value, given.place);
        }
        out
    }
}

/// The content of a file that holds one secret, without the line break at its end.
fn from_file(setting: &Setting, given: &Given) -> Result<Given, ConfigError> {
    let fail = |message: String| ConfigError::new(given.place.clone(), format!("{}_file: {message}", setting.key));
    let path = PathBuf::read(given).map_err(fail)?;
    permissions::private(&path).map_err(fail)?;
    let text = std::fs::read_to_string(&path).map_err(|error| fail(format!("{} cannot be read: {error}", path.display())))?;
    let text = text.trim_end_matches(['\r', '\n']).to_owned();
    if text.is_empty() {
        return Err(fail(format!("{} is empty", path.display())));
    }
    Ok(Given { text, place: Place::File(path), base: None })
}
