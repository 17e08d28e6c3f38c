//! The pages of administration: log, settings and their history, backups.

pub mod backups;
pub mod log;
pub mod settings;

use access::Verb;
use axum::extract::FromRequestParts;
use axum::response::Response;
use http::request::Parts;
use i18n::T;
use kernel::{Error, Result, Time};
use party::SHARED;
use ui::{Chrome, Flash, Tab};
use web_kit::{App, Fail, Side, Viewer, see_other};

/// Somebody of the staff. To everybody else these pages do not exist.
#[derive(Clone)]
pub struct Warden {
    pub app: App,
    pub viewer: Viewer,
}

impl FromRequestParts<App> for Warden {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let viewer = <Viewer as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        if viewer.actor.is_staff() { Ok(Self { app: app.clone(), viewer }) } else { Err(Error::not_found().into()) }
    }
}

impl Warden {
    fn t(&self) -> T {
        self.viewer.t.clone()
    }

    fn now(&self) -> Time {
        self.app.now()
    }

    /// The frame of a page; `done` is what the step before did.
    fn chrome(&self, title: impl Into<String>, done: &str) -> Chrome {
        let mut chrome = self.viewer.chrome(&self.app, Side::Console, title);
        let text = match done {
            "reverted" => Some(self.viewer.t.msg("audit-done-reverted")),
            "asked" => Some(self.viewer.t.msg("audit-done-asked")),
            _ => None,
        };
        chrome.flash = text.map(|text| Flash { kind: "ok", text: text.into_owned(), undo: None });
        chrome
    }

    /// The pages beside each other, as far as somebody may open them.
    fn tabs(&self, here: &str) -> Vec<Tab> {
        let t = &self.viewer.t;
        let actor = &self.viewer.actor;
        let tab = |label: &str, href: &str, open: bool| {
            open.then(|| Tab { label: t.msg(label).into_owned(), href: href.to_owned(), current: href == here, count: String::new() })
        };
        let tabs = [
            tab("audit-log", LOG, actor.may_anywhere(Verb::AuditSee)),
            tab("audit-settings", SETTINGS, actor.may_anywhere(Verb::SettingsSee)),
            tab("audit-backups", BACKUPS, actor.may(Verb::SystemSee, SHARED)),
        ];
        tabs.into_iter().flatten().collect()
    }
}

pub const LOG: &str = "/admin/system/audit";
pub const SETTINGS: &str = "/admin/system/settings";
pub const BACKUPS: &str = "/admin/system/backups";

/// On to a page that tells what was done.
fn done(path: &str, what: &str) -> Response {
    see_other(&format!("{path}?done={what}"))
}

/// What an address says beside its record.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Told {
    /// The step before, told once.
    #[serde(default)]
    pub done: String,
    #[serde(default)]
    pub cursor: String,
}
