//! `/me`: the account, its browsers and its keys.

use access::Verb;
use askama::Template;
use db::Rd;
use i18n::T;
use kernel::{Result, Time};
use party::AddressKind;
use ui::{After, Choice, Chrome, Density, Flash, FormErrors, Theme};
use web_kit::{App, Side, Viewer, html};

use super::{lang_choices, zone_choices};
use crate::session::{Session, SessionId, device};
use crate::token::ApiToken;
use crate::{Own, Sessions, password, store};

/// What the forms of the page hold beyond what is stored.
pub struct MeForms {
    pub errors: FormErrors,
    pub flash: Option<Flash>,
    /// The text of a token that was made just now.
    pub made: Option<String>,
    pub token_name: String,
}

/// A browser in which one is signed in.
pub struct SessionLine {
    pub id: i64,
    pub device: String,
    pub ip: String,
    pub seen_iso: String,
    pub seen: String,
    pub began: String,
    /// The one that asks.
    pub here: bool,
}

/// A key of a program.
pub struct TokenLine {
    pub id: i64,
    pub name: String,
    pub scopes: String,
    pub used: String,
    pub expires: String,
}

/// Everything the page shows, in either frame.
pub struct Me {
    pub forms: MeForms,
    pub name: String,
    pub login: String,
    pub email: String,
    pub langs: Vec<Choice>,
    pub zones: Vec<Choice>,
    pub themes: Vec<Choice>,
    pub densities: Vec<Choice>,
    /// Seconds for which a reply can be taken back, and where one goes after it: for who answers.
    pub answers: bool,
    pub undos: Vec<Choice>,
    pub afters: Vec<Choice>,
    pub password_help: String,
    pub sessions: Vec<SessionLine>,
    /// None: this person makes no tokens.
    pub tokens: Option<Vec<TokenLine>>,
    pub scopes: Vec<Choice>,
    pub days: Vec<Choice>,
    /// Makes a second press of the button find the first one's result.
    pub client_id: String,
}

#[derive(Template)]
#[template(path = "sessions/me_console.html")]
struct ConsolePage {
    t: T,
    chrome: Chrome,
    me: Me,
}

#[derive(Template)]
#[template(path = "sessions/me_portal.html")]
struct PortalPage {
    t: T,
    chrome: Chrome,
    me: Me,
}

/// The page, in the frame of the desk or of the portal.
///
/// # Errors
/// The database does not answer.
pub async fn build(app: &App, desk: &Sessions, viewer: &Viewer, own: &Own, forms: MeForms) -> web_kit::Result {
    let (owner, now) = (own.clone(), app.now());
    let stored = desk.db.read_bounded("me.show", move |rd| Stored::read(rd, &owner, now)).await?;
    let me = stored.shown(viewer, own, forms, kernel::token(&*desk.entropy), now);
    let staff = viewer.actor.is_staff();
    let side = if staff { Side::Console } else { Side::Portal };
    let mut chrome = viewer.chrome(app, side, viewer.t.msg("sessions-me-title"));
    // A form that failed comes back under its own address, which cannot be opened.
    chrome.path = "/me".to_owned();
    chrome.flash = me.forms.flash.clone();
    let t = viewer.t.clone();
    html(if staff { ConsolePage { t, chrome, me }.render() } else { PortalPage { t, chrome, me }.render() })
}

struct Stored {
    person: party::Person,
    login: String,
    email: String,
    sessions: Vec<Session>,
    tokens: Option<Vec<ApiToken>>,
}

impl Stored {
    fn read(rd: &mut Rd<'_>, own: &Own, now: Time) -> Result<Self> {
        let person = party::store::person::get(rd, own.actor.require_person()?)?;
        let addresses = party::store::address::of_person(rd, person.id)?;
        let email = addresses.into_iter().find(|address| address.kind == AddressKind::Email && address.main);
        let tokens = own.actor.may(Verb::TokenManage, own.actor.tenant);
        Ok(Self {
            login: party::store::account::get(rd, own.account)?.login,
            email: email.map(|address| address.value).unwrap_or_default(),
            sessions: store::session::of_account(rd, own.account, now)?,
            tokens: if tokens { Some(store::token::of_account(rd, own.account, now)?) } else { None },
            person,
        })
    }

    fn shown(self, viewer: &Viewer, own: &Own, forms: MeForms, client_id: String, now: Time) -> Me {
        let t = &viewer.t;
        let choice = |value: &str, label: std::borrow::Cow<'static, str>, chosen: bool| Choice::new(value, label, chosen);
        Me {
            forms,
            name: self.person.name,
            login: self.login,
            email: self.email,
            langs: lang_choices(self.person.lang),
            zones: zone_choices(self.person.time_zone.as_deref().unwrap_or_default()),
            themes: Theme::ALL.iter().map(|theme| choice(theme.key(), theme_name(t, *theme), *theme == viewer.look.theme)).collect(),
            answers: own.actor.is_staff(),
            undos: web_kit::UNDO
                .iter()
                .map(|seconds| choice(&seconds.to_string(), undo_name(t, *seconds), *seconds == viewer.look.undo))
                .collect(),
            afters: After::ALL.iter().map(|after| choice(after.key(), after_name(t, *after), *after == viewer.look.after)).collect(),
            densities: Density::ALL
                .iter()
                .map(|density| choice(density.key(), density_name(t, *density), *density == viewer.look.density))
                .collect(),
            password_help: t.count("sessions-password-help", i64::try_from(password::MIN).unwrap_or(0)),
            sessions: self.sessions.into_iter().map(|session| session_line(t, session, own.session, now)).collect(),
            tokens: self.tokens.map(|tokens| tokens.into_iter().map(|token| token_line(t, token, now)).collect()),
            scopes: vec![choice("read", t.msg("sessions-scope-read"), true), choice("write", t.msg("sessions-scope-write"), false)],
            days: [30, 90, 365].into_iter().map(|days| Choice::new(days.to_string(), t.count("sessions-days", days), days == 90)).collect(),
            client_id,
        }
    }
}

/// A session as the pages list it; `here`: the one that asks.
pub fn session_line(t: &T, session: Session, here: Option<SessionId>, now: Time) -> SessionLine {
    SessionLine {
        id: session.id.raw(),
        device: device(&session.user_agent).unwrap_or_else(|| t.msg("sessions-device-unknown").into_owned()),
        ip: session.ip,
        seen_iso: session.last_seen_at.to_rfc3339(),
        seen: t.ago(session.last_seen_at, now),
        began: t.moment(session.created_at, now),
        here: here == Some(session.id),
    }
}

fn token_line(t: &T, token: ApiToken, now: Time) -> TokenLine {
    let scopes = if token.scopes.writes() {
        t.msg("sessions-scope-write").into_owned()
    } else if token.scopes.reads() && token.scopes.words().len() == 1 {
        t.msg("sessions-scope-read").into_owned()
    } else {
        token.scopes.to_string()
    };
    TokenLine {
        id: token.id.raw(),
        name: token.name,
        scopes,
        used: token.last_used_at.map_or_else(|| t.msg("time-never").into_owned(), |at| t.ago(at, now)),
        expires: t.day(token.expires_at, now),
    }
}

fn theme_name(t: &T, theme: Theme) -> std::borrow::Cow<'static, str> {
    match theme {
        Theme::System => t.msg("ui-theme-system"),
        Theme::Light => t.msg("ui-theme-light"),
        Theme::Dark => t.msg("ui-theme-dark"),
    }
}

fn undo_name(t: &T, seconds: u8) -> std::borrow::Cow<'static, str> {
    if seconds == 0 { t.msg("sessions-undo-none") } else { t.count("sessions-undo-seconds", i64::from(seconds)).into() }
}

fn after_name(t: &T, after: After) -> std::borrow::Cow<'static, str> {
    match after {
        After::Stay => t.msg("sessions-after-stay"),
        After::Next => t.msg("sessions-after-next"),
        After::List => t.msg("sessions-after-list"),
    }
}

fn density_name(t: &T, density: Density) -> std::borrow::Cow<'static, str> {
    match density {
        Density::Comfortable => t.msg("sessions-density-comfortable"),
        Density::Compact => t.msg("sessions-density-compact"),
        Density::Dense => t.msg("sessions-density-dense"),
    }
}
