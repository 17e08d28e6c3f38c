//! Settings from `spoc.toml`, each with the line it stands on.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, Place, proposal};
use super::resolve::{Given, Name, find, unknown_key};
use super::settings::SETTINGS;
use super::{FILE, Sources, environment, permissions};

/// The file to read: as named by the flag or the environment, else `spoc.toml` here if there is one.
///
/// # Errors
/// A named file does not exist.
pub fn chosen(sources: &Sources) -> Result<Option<PathBuf>, ConfigError> {
    let variable = sources.environment.iter().find(|(name, _)| name == environment::CONFIG);
    let named = sources.file.clone().or_else(|| variable.map(|(_, value)| PathBuf::from(value)));
    match named {
        Some(path) if path.is_file() => Ok(Some(path)),
        Some(path) => Err(ConfigError::new(Place::File(path), "there is no such file")),
        None => Ok(Some(PathBuf::from(FILE)).filter(|path| path.exists())),
    }
}

/// Reads the whole file.
///
/// # Errors
/// It cannot be read, is no TOML, or holds something that is no setting.
pub fn read(path: &Path) -> Result<Vec<(Name, Given)>, ConfigError> {
    let whole = |message: String| ConfigError::new(Place::File(path.to_owned()), message);
    let bytes = std::fs::read(path).map_err(|error| whole(format!("cannot be read: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| whole("is not UTF-8".into()))?;
    let file = File { path, text: &text };
    let table = DeTable::parse(&text).map_err(|error| file.at(error.span().unwrap_or_default(), error.message().to_owned()))?;
    let mut found = Vec::new();
    for (key, value) in table.get_ref() {
        match value.get_ref() {
            DeValue::Table(section) => file.section(key, section, &mut found)?,
            _ if sections().any(|section| section == key.get_ref().as_ref()) => {
                return Err(file.at(key.span(), format!("{key} is a section; write [{key}]", key = key.get_ref())));
            }
            _ => found.push(file.setting(key.get_ref(), key.span(), value)?),
        }
    }
    if found.iter().any(|(name, _)| name.setting.secret && !name.by_file) {
        permissions::private(path).map_err(whole)?;
    }
    Ok(found)
}

/// The names before the dot.
fn sections() -> impl Iterator<Item = &'static str> {
    SETTINGS.iter().filter_map(|setting| setting.key.split_once('.').map(|(section, _)| section))
}

struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

impl File<'_> {
    fn line(&self, span: &Range<usize>) -> Place {
        let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
        Place::Line(self.path.to_owned(), before.iter().filter(|byte| **byte == b'\n').count() + 1)
    }

    fn at(&self, span: Range<usize>, message: String) -> ConfigError {
        ConfigError::new(self.line(&span), message)
    }

    fn section(
        &self,
        section: &Spanned<std::borrow::Cow<'_, str>>,
        entries: &DeTable<'_>,
        found: &mut Vec<(Name, Given)>,
    ) -> Result<(), ConfigError> {
        let name = section.get_ref();
        if !sections().any(|known| known == name.as_ref()) {
            let message = match find(name) {
                Some(_) => format!("{name} is a setting, not a section; write {name} = ..."),
                None => format!("unknown section [{name}]{}", proposal(name, sections())),
            };
            return Err(self.at(section.span(), message));
        }
        for (key, value) in entries {
            found.push(self.setting(&format!("{name}.{}", key.get_ref()), key.span(), value)?);
        }
        Ok(())
    }

    fn setting(&self, key: &str, span: Range<usize>, value: &Spanned<DeValue<'_>>) -> Result<(Name, Given), ConfigError> {
        let name = find(key).ok_or_else(|| self.at(span.clone(), unknown_key(key)))?;
        let text = text_of(value.get_ref())
            .ok_or_else(|| self.at(span.clone(), format!("{key}: {} is not {}", article(value.get_ref().type_str()), name.setting.kind)))?;
        let base = self.path.parent().map(Path::to_owned);
        Ok((name, Given { text, place: self.line(&span), base }))
    }
}

/// A value as a flag would give it; lists are joined by commas.
fn text_of(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number.to_string()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        DeValue::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(|item| text_of(item.get_ref())).collect();
            Some(items?.join(", "))
        }
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Table(_) => None,
    }
}

fn article(kind: &str) -> String {
    let vowel = kind.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}
