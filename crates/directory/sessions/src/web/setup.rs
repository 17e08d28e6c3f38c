//! `/setup`: the first step of a new desk.

use axum::extract::State;
use jiff::tz::TimeZone;
use kernel::{Error, Lang};
use serde::Deserialize;
use ui::FormErrors;
use web_kit::{App, Fail, Form, Query, Result, html, see_other};

use super::{Desk, Visitor, comes_back, refused, signed_in, typed_twice, unkept, words};
use crate::Secret;
use crate::actions::set_up::{SetUp, dead, look_at, set_up};
use crate::password::{self, Password};
use crate::views::{SetupPage, lang_choices, zone_choices};

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    code: String,
}

/// What the form says.
#[derive(Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
    #[serde(default)]
    lang: String,
    #[serde(default)]
    time_zone: String,
}

/// # Errors
/// The code does not work.
pub async fn show(State(app): State<App>, desk: Desk, visitor: Visitor, Query(asked): Query<Asked>) -> Result {
    if !desk.is_empty().await? {
        return Ok(see_other("/login"));
    }
    let code = Secret::parse(&asked.code).ok_or_else(dead)?;
    look_at(&desk, code.digest()).await?;
    let typed = Typed { code: asked.code, lang: visitor.t.tag().to_owned(), time_zone: zone_name(&app.web.zone), ..Typed::default() };
    html(askama::Template::render(&page(&app, &visitor, typed, FormErrors::new()))).map(unkept)
}

/// # Errors
/// The code does not work.
pub async fn send(State(app): State<App>, desk: Desk, visitor: Visitor, Form(typed): Form<Typed>) -> Result {
    let code = Secret::parse(&typed.code).ok_or_else(dead)?;
    match run(&desk, &visitor, &code, &typed).await {
        Ok(begun) => {
            let mut response = see_other("/");
            signed_in(&mut response, &desk, &visitor.client, visitor.look, &begun);
            Ok(response)
        }
        Err(error) if comes_back(&error) => {
            let page = page(&app, &visitor, typed, words(&visitor.t, &error));
            refused(html(askama::Template::render(&page)), error).map(unkept)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

async fn run(desk: &Desk, visitor: &Visitor, code: &Secret, typed: &Typed) -> kernel::Result<crate::actions::log_in::Begun> {
    let lang = Lang::from_tag(&typed.lang).ok_or_else(|| Error::invalid("lang", "error-choice"))?;
    typed_twice(&typed.password, &typed.again)?;
    let form = SetUp {
        organisation: typed.organisation.clone(),
        name: typed.name.clone(),
        email: typed.email.trim().to_owned(),
        password: Password::typed(&typed.password),
        lang,
        time_zone: typed.time_zone.clone(),
        team: visitor.t.in_lang(lang).msg("sessions-first-team").into_owned(),
        ip: visitor.client.ip,
        user_agent: visitor.user_agent.clone(),
    };
    set_up(desk, code.digest(), form).await
}

fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").to_owned()
}

fn page(app: &App, visitor: &Visitor, typed: Typed, errors: FormErrors) -> SetupPage {
    let t = visitor.t.clone();
    // Coming back from the switch of languages must not lose the code.
    let path = format!("/setup?code={}", typed.code);
    SetupPage {
        chrome: visitor.chrome(app, t.msg("sessions-setup-title"), &path),
        help: t.count("sessions-password-help", i64::try_from(password::MIN).unwrap_or(0)),
        langs: lang_choices(Lang::from_tag(&typed.lang)),
        zones: zone_choices(&typed.time_zone),
        code: typed.code,
        organisation: typed.organisation,
        person: typed.name,
        email: typed.email,
        t,
        errors,
    }
}
