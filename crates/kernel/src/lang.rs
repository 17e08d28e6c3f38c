//! The languages of the product.

/// A delivered language. Texts of tickets may be in any language; this is the interface's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Es,
    Ru,
}

impl Lang {
    pub const ALL: [Lang; 3] = [Lang::En, Lang::Es, Lang::Ru];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Es => "es",
            Lang::Ru => "ru",
        }
    }

    /// The language of a tag such as `es` or `es-MX`, if it is delivered.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Lang::ALL.into_iter().find(|l| l.tag().eq_ignore_ascii_case(primary))
    }

    /// The best language of an `Accept-Language` header (RFC 9110, 12.5.4); the weights are obeyed.
    pub fn from_accept(header: &str) -> Option<Lang> {
        let mut ranked: Vec<(i32, usize, Lang)> = Vec::new();
        for (place, part) in header.split(',').enumerate() {
            let mut pieces = part.trim().split(';');
            let Some(lang) = pieces.next().and_then(Lang::from_tag) else { continue };
            let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")).and_then(|q| q.trim().parse::<f64>().ok()).unwrap_or(1.0);
            if weight > 0.0 {
                #[expect(clippy::cast_possible_truncation, reason = "a weight has three decimals")]
                ranked.push(((-weight * 1000.0) as i32, place, lang));
            }
        }
        ranked.sort_unstable();
        ranked.first().map(|(_, _, lang)| *lang)
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heavier_known_language_wins() {
        assert_eq!(Lang::from_accept("de, es;q=0.5, ru-RU;q=0.8"), Some(Lang::Ru));
        assert_eq!(Lang::from_accept("es-MX,en"), Some(Lang::Es));
        assert_eq!(Lang::from_accept("de;q=1, en;q=0"), None);
    }
}
