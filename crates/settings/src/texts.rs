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
    /// The text of one language alone, for a form; empty when it has none.
    pub fn own(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Es => self.es.as_deref().unwrap_or_default(),
            Lang::Ru => self.ru.as_deref().unwrap_or_default(),
        }
    }
    /// Writes the text of one language; an empty one is none.
    pub fn set(&mut self, lang: Lang, text: &str) {
        let text = text.trim();
        let some = (!text.is_empty()).then(|| text.to_owned());
        match lang {
            Lang::En => text.clone_into(&mut self.en),
            Lang::Es => self.es = some,
            Lang::Ru => self.ru = some,
        }
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
