//! How this browser wants its pages, known before anybody signs in: language, theme, density and the
//! rest, in one cookie that holds nothing else.

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use http::{HeaderMap, HeaderValue, StatusCode, header::LOCATION};
use i18n::T;
use kernel::Lang;
use ui::{After, Chrome, Density, KeyMap, Theme};

use crate::cookie::{self, Keep};
use crate::{Client, Form, Result};

/// The choices of one browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Nothing: as the browser asks.
    pub lang: Option<Lang>,
    pub theme: Theme,
    pub density: Density,
    pub rail_wide: bool,
    /// Single letters are keys.
    pub letters: bool,
    /// Letters of one's own.
    pub keys: KeyMap,
    /// Seconds for which a reply can be taken back before it is sent; one of [`UNDO`].
    pub undo: u8,
    /// Where one goes after an answer.
    pub after: After,
}

/// The times that one can choose for taking back a reply.
pub const UNDO: [u8; 4] = [0, 5, 10, 30];

impl Default for Look {
    fn default() -> Self {
        Self {
            lang: None,
            theme: Theme::default(),
            density: Density::default(),
            rail_wide: true,
            letters: true,
            keys: KeyMap::default(),
            undo: 10,
            after: After::default(),
        }
    }
}

/// What a form may change; each field alone.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct LookForm {
    lang: Option<String>,
    theme: Option<String>,
    density: Option<String>,
    rail: Option<String>,
    letters: Option<String>,
    keys: Option<String>,
    undo: Option<String>,
    after: Option<String>,
    r#return: Option<String>,
}

const COOKIE: &str = "look";
const YEAR: u32 = 365 * 24 * 60 * 60;

impl Look {
    /// From the cookie; what cannot be read is as delivered.
    pub fn of(headers: &HeaderMap, client: &Client) -> Self {
        cookie::get(headers, client, COOKIE).map(Self::read).unwrap_or_default()
    }

    fn read(value: &str) -> Self {
        let mut look = Self::default();
        for part in value.split('.') {
            let Some((name, value)) = part.split_once('-') else { continue };
            look.change(name, value);
        }
        look
    }

    /// Changes one choice by the names of the form; an unknown value changes nothing.
    fn change(&mut self, name: &str, value: &str) {
        match name {
            "lang" => self.lang = Lang::from_tag(value).or(self.lang),
            "theme" => self.theme = Theme::from_key(value).unwrap_or(self.theme),
            "density" => self.density = Density::from_key(value).unwrap_or(self.density),
            "rail" => self.rail_wide = value == "wide",
            "letters" => self.letters = value == "on",
            "keys" => self.keys = KeyMap::read(value),
            "undo" => self.undo = undo(value).unwrap_or(self.undo),
            "after" => self.after = After::from_key(value).unwrap_or(self.after),
            _ => {}
        }
    }

    fn written(&self) -> String {
        let lang = self.lang.map(|lang| format!("lang-{lang}.")).unwrap_or_default();
        format!(
            "{lang}theme-{}.density-{}.rail-{}.letters-{}.keys-{}.undo-{}.after-{}",
            self.theme.key(),
            self.density.key(),
            if self.rail_wide { "wide" } else { "narrow" },
            if self.letters { "on" } else { "off" },
            self.keys.written(),
            self.undo,
            self.after.key(),
        )
    }

    /// Makes the browser keep it for a year.
    pub fn keep(&self, response: &mut Response, client: &Client) {
        cookie::set(response, client, COOKIE, &self.written(), Keep::Seconds(YEAR));
    }

    /// With what a form changes.
    #[must_use]
    pub fn changed(mut self, form: &LookForm) -> Self {
        let fields = [
            ("lang", &form.lang),
            ("theme", &form.theme),
            ("density", &form.density),
            ("rail", &form.rail),
            ("letters", &form.letters),
            ("keys", &form.keys),
            ("undo", &form.undo),
            ("after", &form.after),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                self.change(name, value);
            }
        }
        self
    }

    /// The frame of a page for somebody of whom no more is known.
    pub fn chrome(&self, t: &T, title: impl Into<String>, desk: String, path: &str) -> Chrome {
        Chrome {
            lang: t.lang(),
            title: title.into(),
            desk,
            theme: self.theme,
            density: self.density,
            rail_wide: self.rail_wide,
            letters: self.letters,
            keys: self.keys.clone(),
            path: path.to_owned(),
            ..Chrome::default()
        }
    }
}

/// Seconds that can be chosen.
pub fn undo(value: &str) -> Option<u8> {
    value.parse().ok().filter(|seconds| UNDO.contains(seconds))
}

impl LookForm {
    /// Where the form came from, if that is a page of ours.
    pub fn back(&self) -> &str {
        self.r#return.as_deref().map_or("/", local_path)
    }

    /// The language that was chosen, for the account.
    pub fn lang(&self) -> Option<Lang> {
        self.lang.as_deref().and_then(Lang::from_tag)
    }
}

/// The path if it stays on this host, else the start page: `//evil.example` and `/\evil.example` are
/// other hosts to a browser.
pub fn local_path(path: &str) -> &str {
    let own = path.starts_with('/') && !path.starts_with("//") && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if own { path } else { "/" }
}

/// 303 to a page of ours: what a form without script gets.
pub fn see_other(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let place = HeaderValue::from_str(local_path(path)).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(LOCATION, place);
    response
}

/// `POST /me/look` for browsers alone; a desk with accounts keeps the language there as well.
pub fn look_routes() -> Router {
    Router::new().route("/me/look", post(change))
}

async fn change(request: Request) -> Result {
    let client = Client::of_request(&request);
    let look = Look::of(request.headers(), &client);
    let partial = request.headers().contains_key("hx-request");
    let Form(form) = <Form<LookForm> as axum::extract::FromRequest<()>>::from_request(request, &()).await?;
    let mut response = if partial { StatusCode::NO_CONTENT.into_response() } else { see_other(form.back()) };
    look.changed(&form).keep(&mut response, &client);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_survive_the_cookie_and_nonsense_changes_nothing() {
        let form = LookForm {
            lang: Some("ru".into()),
            theme: Some("dark".into()),
            letters: Some("off".into()),
            keys: Some("65_71~44_0~zz_1~66_71".into()),
            undo: Some("30".into()),
            after: Some("next".into()),
            density: Some("huge".into()),
            ..LookForm::default()
        };
        let look = Look::default().changed(&form);
        assert_eq!((look.lang, look.theme, look.letters), (Some(Lang::Ru), Theme::Dark, false));
        assert_eq!((look.undo, look.after), (30, After::Next));
        assert_eq!(look.density, Density::default());
        assert_eq!(look.keys.written(), "65_71~44_0", "no letter twice, and no nonsense");
        assert_eq!(Look::read(&look.written()), look);
        assert_eq!(Look::read("theme-x.lang-xx.<script>"), Look::default());
    }

    #[test]
    fn nobody_is_sent_to_another_host() {
        for own in ["/", "/t/7?a=b#c", "/login"] {
            assert_eq!(local_path(own), own);
        }
        for other in ["//evil.example", "/\\evil.example", "https://evil.example", "", "evil", "/a\r\nb: c", "/\t/evil"] {
            assert_eq!(local_path(other), "/", "{other:?}");
        }
    }
}
