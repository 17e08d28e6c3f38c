//! Which kind of request a text is likely to be: a first choice that the person can change.

use i18n::T;
use kernel::Lang;

/// The key of the likely kind: people ask in the words of any of the languages, whatever their own.
pub fn kind(text: &str) -> &'static str {
    if text.trim().is_empty() {
        return "";
    }
    if text.trim_end().ends_with('?') {
        return "question";
    }
    let folded = kernel::fold(text);
    let needs = Lang::ALL.into_iter().any(|lang| {
        let words = T::utc(lang).msg("portal-guess-need").into_owned();
        words.split(',').map(kernel::fold).any(|word| !word.is_empty() && folded.split(|c: char| !c.is_alphanumeric()).any(|w| w == word))
    });
    if needs { "request" } else { "incident" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likely_kind_is_chosen_first() {
        for (text, wanted) in [
            ("VPN drops every ten minutes", "incident"),
            ("How do I print on both sides?", "question"),
            ("I need a second monitor", "request"),
            ("Necesito acceso a la carpeta", "request"),
            ("Нужен доступ к папке", "request"),
            ("No funciona la impresora", "incident"),
            ("  ", ""),
        ] {
            assert_eq!(kind(text), wanted, "{text}");
        }
    }
}
