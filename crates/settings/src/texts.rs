//! A text that administrators write per language.

use kernel::Lang;
use serde::{Deserialize, Serialize};

/// One text in several languages; English stands in for a missing one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Texts {
    pub en: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub es: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ru: Option<String>,
}

impl Texts {
    /// The same text in every language: names, product words.
    pub fn same(text: impl Into<String>) -> Self {
        Self { en: text.into(), es: None, ru: None }
    }
    pub fn get(&self, lang: Lang) -> &str {
        let own = match lang {
            Lang::En => None,
            Lang::Es => self.es.as_deref(),
            Lang::Ru => self.ru.as_deref(),
        };
        own.unwrap_or(&self.en)
    }
}
