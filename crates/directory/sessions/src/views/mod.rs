//! What the templates are given.

pub mod account;
pub mod me;
pub mod see_as;

use crate::demo::DemoLogIn;
use askama::Template;
use i18n::T;
use kernel::Lang;
use ui::{Choice, Chrome, FormErrors};

/// `/login`
#[derive(Template)]
#[template(path = "sessions/login.html")]
pub struct LoginPage {
    pub t: T,
    pub chrome: Chrome,
    pub errors: FormErrors,
    pub email: String,
    pub next: String,
    /// Nobody can sign in yet.
    pub empty: bool,
    /// The step before chose a new password.
    pub changed: bool,
    /// Who there is to sign in as, when the desk is a demo.
    pub demo: Vec<DemoLogIn>,
}

/// `/reset/{token}`
#[derive(Template)]
#[template(path = "sessions/reset.html")]
pub struct ResetPage {
    pub t: T,
    pub chrome: Chrome,
    pub errors: FormErrors,
    pub help: String,
    pub action: String,
}

/// `/setup`
#[derive(Template)]
#[template(path = "sessions/setup.html")]
pub struct SetupPage {
    pub t: T,
    pub chrome: Chrome,
    pub errors: FormErrors,
    pub help: String,
    pub code: String,
    pub organisation: String,
    /// Not `name`: inside of a macro that is the name of the field.
    pub person: String,
    pub email: String,
    pub langs: Vec<Choice>,
    pub zones: Vec<Choice>,
}

/// The languages, each by its own name.
pub fn lang_choices(chosen: Option<Lang>) -> Vec<Choice> {
    Lang::ALL.iter().map(|lang| Choice::new(lang.tag(), ui::own_name(lang), chosen == Some(*lang))).collect()
}

/// The time zones by region and city, and UTC; what is chosen is among them whatever it is.
pub fn zone_choices(chosen: &str) -> Vec<Choice> {
    let usual = |name: &str| name == "UTC" || name.split_once('/').is_some_and(|(area, _)| REGIONS.contains(&area));
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_owned()).filter(|name| usual(name)).collect();
    if !chosen.is_empty() && !names.iter().any(|name| name == chosen) {
        names.push(chosen.to_owned());
    }
    names.sort_unstable();
    names.into_iter().map(|name| Choice::new(name.clone(), name.replace('_', " "), name == chosen)).collect()
}

/// The tz database also holds former names and technical zones.
const REGIONS: [&str; 10] = ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_places_and_the_chosen_one_is_marked() {
        let zones = zone_choices("Europe/Madrid");
        let marked: Vec<&str> = zones.iter().filter(|zone| zone.selected).map(|zone| zone.value.as_str()).collect();
        assert_eq!(marked, ["Europe/Madrid"]);
        assert!(zones.iter().any(|zone| zone.value == "UTC") && zones.len() > 300);
        assert!(!zones.iter().any(|zone| zone.value.starts_with("Etc/")));
        assert!(zone_choices("Etc/GMT+3").iter().any(|zone| zone.selected));
        assert!(zones.iter().any(|zone| zone.label == "America/New York"));
    }
}
