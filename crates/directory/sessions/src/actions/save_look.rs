//! How one likes the pages: kept for the account, so that the next log-in finds it, in any browser.

use kernel::{PersonId, Result};
use ui::{After, Density, KeyMap, Theme};
use web_kit::Look;

use crate::{Sessions, store};

/// Keeps the look of a person.
///
/// # Errors
/// The database refuses.
pub async fn save_look(desk: &Sessions, person: PersonId, look: Look) -> Result<()> {
    desk.db
        .write("look.save", move |tx| pairs(&look).into_iter().try_for_each(|(key, value)| store::preference::put(tx, person, key, &value)))
        .await
}

fn pairs(look: &Look) -> [(&'static str, String); 7] {
    let own = |text: &str| text.to_owned();
    [
        ("theme", own(look.theme.key())),
        ("density", own(look.density.key())),
        ("rail", own(if look.rail_wide { "wide" } else { "narrow" })),
        ("letters", own(if look.letters { "on" } else { "off" })),
        ("keys", look.keys.written()),
        ("undo", look.undo.to_string()),
        ("after", own(look.after.key())),
    ]
}

/// The look of a browser with what its person prefers; what they never chose stays as the browser
/// has it.
pub fn preferred(mut look: Look, preferences: &[(String, String)]) -> Look {
    for (key, value) in preferences {
        match key.as_str() {
            "theme" => look.theme = Theme::from_key(value).unwrap_or(look.theme),
            "density" => look.density = Density::from_key(value).unwrap_or(look.density),
            "rail" => look.rail_wide = value == "wide",
            "letters" => look.letters = value == "on",
            "keys" => look.keys = KeyMap::read(value),
            "undo" => look.undo = web_kit::undo(value).unwrap_or(look.undo),
            "after" => look.after = After::from_key(value).unwrap_or(look.after),
            _ => {}
        }
    }
    look
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_look_comes_back_and_nonsense_changes_nothing() {
        let look = Look {
            theme: Theme::Dark,
            density: Density::Dense,
            rail_wide: false,
            letters: false,
            keys: KeyMap::read("65_71"),
            undo: 5,
            after: After::List,
            ..Look::default()
        };
        let kept: Vec<(String, String)> = pairs(&look).map(|(key, value)| (key.to_owned(), value)).into();
        assert_eq!(preferred(Look::default(), &kept), look);
        let odd = [("theme".to_owned(), "pink".to_owned()), ("volume".to_owned(), "11".to_owned())];
        assert_eq!(preferred(look.clone(), &odd), look);
    }
}
