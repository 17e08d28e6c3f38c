//! `/me/notifications`: what the reader wants to hear of, by which way, and when; `/admin/notifications`: the same
//! for everybody who has said nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use access::Verb;
use askama::Template;
use axum::Extension;
use axum::extract::State;
use db::Rd;
use i18n::T;
use kernel::{Error, ErrorKind, Time};
use serde::Deserialize;
use ticket::{Desk, Frame, serve};
use ui::{Choice, Chrome, Flash, FormErrors};
use web_kit::{App, Fail, Form, Path, Query, Result, Side, Viewer, see_other};

use crate::Reason;
use crate::preferences::{Channel, Digest, NEVER_URGENT, Preferences, Quiet, clock, minutes};
use crate::push::browsers::{self, NewBrowser};
use crate::push::key::Keeper;
use crate::push::place::Allowed;
use crate::push::store::{self as devices, BrowserId};
use crate::views::{self, Reached};
use crate::wishes::{self, House};

/// What the forms send: each box by its own name.
type Sent = BTreeMap<String, String>;

/// What both pages show.
pub struct Wishes {
    /// Where the form goes.
    action: &'static str,
    rows: Vec<Row>,
    urgent: Vec<Choice>,
    digest: Vec<Choice>,
    quiet_from: String,
    quiet_to: String,
    zone: String,
    errors: FormErrors,
    may_save: bool,
    own: Option<Own>,
    house: Option<HouseForm>,
}

impl Wishes {
    /// A moment that is none stays as it was typed.
    fn keep(&mut self, typed: Option<&Sent>) {
        let text = |name: &str| typed.and_then(|sent| sent.get(name)).cloned();
        self.quiet_from = text("quiet_from").unwrap_or_else(|| std::mem::take(&mut self.quiet_from));
        self.quiet_to = text("quiet_to").unwrap_or_else(|| std::mem::take(&mut self.quiet_to));
    }
}

/// A reason with its ways.
struct Row {
    key: &'static str,
    icon: &'static str,
    label: String,
    inbox: bool,
    push: bool,
    mail: bool,
}

/// What only one's own page has.
struct Own {
    /// Nothing was said: it is as administrators say.
    delivered: bool,
    /// What would have reached one since yesterday, in words.
    preview: String,
    /// The key for the browser; empty when there is none.
    key: String,
    browsers: Vec<Device>,
    may_house: bool,
}

/// A browser that may be pushed to.
struct Device {
    id: i64,
    name: String,
    made: String,
    sent: String,
}

/// What only administrators say.
struct HouseForm {
    titles: bool,
    hosts: String,
}

#[derive(Template)]
#[template(path = "notify/preferences_console.html", blocks = ["main"])]
struct ConsolePage {
    t: T,
    chrome: Chrome,
    page: Wishes,
}

#[derive(Template)]
#[template(path = "notify/preferences_portal.html", blocks = ["main"])]
struct PortalPage {
    t: T,
    chrome: Chrome,
    page: Wishes,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// `GET /me/notifications`
///
/// # Errors
/// The database does not answer.
pub async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(keeper): Extension<Arc<Keeper>>,
    Query(done): Query<Done>,
) -> Result {
    own_page(&app, &viewer, &desk, &keeper, (None, FormErrors::new()), &done.done).await
}

struct Read {
    preferences: Preferences,
    delivered: bool,
    reached: Reached,
    browsers: Vec<devices::Browser>,
}

fn read(rd: &mut Rd<'_>, frame: Frame<'_>) -> kernel::Result<Read> {
    let person = frame.person()?;
    let preferences = wishes::of(rd, person)?;
    Ok(Read {
        delivered: !wishes::has_own(rd, person)?,
        reached: views::reached(rd, frame, &preferences)?,
        browsers: devices::of_person(rd, person)?,
        preferences,
    })
}

async fn own_page(
    app: &App,
    viewer: &Viewer,
    desk: &Arc<Desk>,
    keeper: &Keeper,
    (typed, errors): (Option<Sent>, FormErrors),
    done: &str,
) -> Result {
    let found = serve::read(app, viewer, desk, "me.notifications", read).await?;
    // On a full disk none can be made; the rest of the page stands.
    let key = keeper.key().await.map(|key| key.public()).unwrap_or_default();
    let (t, now) = (viewer.t.clone(), app.now());
    let own = Own {
        delivered: found.delivered,
        preview: preview(&t, &found.reached),
        key,
        browsers: found.browsers.into_iter().map(|browser| device(&t, now, browser)).collect(),
        may_house: viewer.actor.require(Verb::SettingsEdit, party::SHARED).is_ok(),
    };
    let shown = typed.as_ref().map_or_else(|| found.preferences.clone(), |typed| understood(typed).0);
    let mut page = wishes_of(&t, "/me/notifications", &shown, errors);
    page.zone.clone_from(&viewer.actor.time_zone);
    page.keep(typed.as_ref());
    page.own = Some(own);
    let told = match done {
        "saved" => Some(i18n::key!("notify-saved")),
        "removed" => Some(i18n::key!("notify-push-removed")),
        "added" => Some(i18n::key!("notify-push-added")),
        _ => None,
    };
    let flash = told.map(|key| Flash { kind: "ok", text: t.msg(key).into_owned(), undo: None });
    framed(app, viewer, page, flash, viewer.t.msg("notify-preferences").into_owned())
}

fn framed(app: &App, viewer: &Viewer, page: Wishes, flash: Option<Flash>, title: String) -> Result {
    let t = viewer.t.clone();
    let side = if viewer.actor.is_staff() { Side::Console } else { Side::Portal };
    let mut chrome = viewer.chrome(app, side, title);
    chrome.flash = flash;
    // A form that failed comes back under an address that can be opened.
    page.action.clone_into(&mut chrome.path);
    match side {
        Side::Console => web_kit::page!(viewer, ConsolePage { t, chrome, page }, as_main),
        Side::Portal => web_kit::page!(viewer, PortalPage { t, chrome, page }, as_main),
    }
}

fn wishes_of(t: &T, action: &'static str, preferences: &Preferences, errors: FormErrors) -> Wishes {
    let row = |reason: &Reason| Row {
        key: reason.key(),
        icon: reason.icon(),
        label: t.msg(reason.label()).into_owned(),
        inbox: preferences.has(*reason, Channel::Inbox),
        push: preferences.has(*reason, Channel::Push),
        mail: preferences.has(*reason, Channel::Mail),
    };
    let urgent = [
        (2, i18n::key!("priority-medium")),
        (3, i18n::key!("priority-high")),
        (4, i18n::key!("priority-urgent")),
        (NEVER_URGENT, i18n::key!("notify-urgent-never")),
    ];
    let digest = [
        (Digest::Off, i18n::key!("notify-digest-off")),
        (Digest::Hourly, i18n::key!("notify-digest-hourly")),
        (Digest::Daily, i18n::key!("notify-digest-daily")),
    ];
    let quiet = |part: fn(Quiet) -> i16| preferences.quiet.map(|quiet| clock(part(quiet))).unwrap_or_default();
    Wishes {
        action,
        rows: Reason::ALL.iter().map(row).collect(),
        urgent: urgent.into_iter().map(|(grade, key)| Choice::new(grade.to_string(), t.msg(key), grade == preferences.urgent)).collect(),
        digest: digest.into_iter().map(|(digest, key)| Choice::new(digest.key(), t.msg(key), digest == preferences.digest)).collect(),
        quiet_from: quiet(|quiet| quiet.from),
        quiet_to: quiet(|quiet| quiet.to),
        zone: String::new(),
        errors,
        may_save: true,
        own: None,
        house: None,
    }
}

fn preview(t: &T, reached: &Reached) -> String {
    let counts = [("inbox", reached.inbox), ("push", reached.push)].map(|(name, count)| (name, i18n::Arg::Text(t.number(count).into())));
    t.with("notify-preview", &counts)
}

fn device(t: &T, now: Time, browser: devices::Browser) -> Device {
    Device {
        id: browser.id.raw(),
        name: if browser.device.is_empty() { t.msg("notify-push-device").into_owned() } else { browser.device },
        made: t.moment(browser.made_at, now),
        sent: browser.sent_at.map_or_else(|| t.msg("time-never").into_owned(), |at| t.ago(at, now)),
    }
}

/// What a form says, and its mistakes by field.
fn understood(sent: &Sent) -> (Preferences, Option<Error>) {
    let text = |name: &str| sent.get(name).map(|text| text.trim()).unwrap_or_default();
    let ways = |reason: &Reason| -> BTreeSet<Channel> {
        Channel::ALL.iter().copied().filter(|channel| !text(&format!("{}-{}", channel.key(), reason.key())).is_empty()).collect()
    };
    let (from, to) = (minutes(text("quiet_from")), minutes(text("quiet_to")));
    let empty = text("quiet_from").is_empty() && text("quiet_to").is_empty();
    let wrong = (!empty && (from.is_none() || to.is_none())).then(|| Error::invalid("quiet_from", "error-quiet"));
    let preferences = Preferences {
        channels: Reason::ALL.iter().map(|reason| (*reason, ways(reason))).collect(),
        urgent: text("urgent").parse().unwrap_or(4),
        quiet: from.zip(to).map(|(from, to)| Quiet { from, to }),
        digest: Digest::from_key(text("digest")).unwrap_or(Digest::Off),
    };
    (preferences, wrong)
}

/// `POST /me/notifications`
///
/// # Errors
/// What cannot be told on the form.
pub async fn send(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(keeper): Extension<Arc<Keeper>>,
    Form(sent): Form<Sent>,
) -> Result {
    let (preferences, wrong) = understood(&sent);
    let own = (!sent.contains_key("reset")).then_some(preferences);
    let saved = match wrong.filter(|_| own.is_some()) {
        Some(error) => Err(error),
        None => serve::act(&app, &viewer, &desk, "notify.prefer", None, move |tx, frame| wishes::save(tx, frame, own.as_ref())).await,
    };
    match saved {
        Ok(()) => Ok(see_other("/me/notifications?done=saved")),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let told = (Some(sent), mistakes(&viewer.t, &error));
            refused(own_page(&app, &viewer, &desk, &keeper, told, "").await, error)
        }
        Err(error) => Err(error.into()),
    }
}

fn mistakes(t: &T, error: &Error) -> FormErrors {
    let mut errors = FormErrors::new();
    error.fields().iter().for_each(|field| errors.push(field.field.to_string(), t.field_error(field)));
    if errors.is_empty() {
        errors.push("", t.error(error));
    }
    errors
}

fn refused(page: Result, error: Error) -> Result {
    let mut response = page?;
    *response.status_mut() = Fail::from(error).status();
    Ok(response)
}

/// `GET /admin/notifications`
///
/// # Errors
/// The database does not answer.
pub async fn show_house(State(app): State<App>, viewer: Viewer, Query(done): Query<Done>) -> Result {
    let house = app.db.read_bounded("notify.house", House::load).await?;
    let flash = (done.done == "saved").then(|| Flash { kind: "ok", text: viewer.t.msg("notify-saved").into_owned(), undo: None });
    house_page(&app, &viewer, &house, (None, FormErrors::new()), flash)
}

fn house_page(app: &App, viewer: &Viewer, house: &House, (typed, errors): (Option<&Sent>, FormErrors), flash: Option<Flash>) -> Result {
    let mut page = wishes_of(&viewer.t, "/admin/notifications", &house.preferences, errors);
    page.keep(typed);
    page.may_save = viewer.actor.require(Verb::SettingsEdit, party::SHARED).is_ok();
    page.house = Some(HouseForm { titles: house.titles, hosts: house.hosts.join(" ") });
    framed(app, viewer, page, flash, viewer.t.msg("notify-house").into_owned())
}

/// `POST /admin/notifications`
///
/// # Errors
/// Forbidden without the right to change settings for the whole installation; what cannot be told on the form.
pub async fn send_house(State(app): State<App>, viewer: Viewer, Form(sent): Form<Sent>) -> Result {
    viewer.actor.require(Verb::SettingsEdit, party::SHARED)?;
    let (preferences, wrong) = understood(&sent);
    let text = |name: &str| sent.get(name).cloned().unwrap_or_default();
    let hosts = text("hosts").split_whitespace().map(str::to_lowercase).collect();
    let house = House { preferences, titles: !text("titles").is_empty(), hosts };
    let (act, saving) = (viewer.act(&app)?, house.clone());
    let saved = match wrong {
        Some(error) => Err(error),
        None => app.db.write("notify.house", move |tx| saving.save(tx, &act)).await,
    };
    match saved {
        Ok(()) => Ok(see_other("/admin/notifications?done=saved")),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let errors = mistakes(&viewer.t, &error);
            refused(house_page(&app, &viewer, &house, (Some(&sent), errors), None), error)
        }
        Err(error) => Err(error.into()),
    }
}

/// What the script of the page sends.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct BrowserForm {
    #[serde(default)]
    endpoint: String,
    #[serde(default)]
    public: String,
    #[serde(default)]
    auth: String,
    #[serde(default)]
    device: String,
}

/// `POST /me/notifications/browsers`
///
/// # Errors
/// Invalid: the browser is at no push service that may be reached.
pub async fn add(State(app): State<App>, viewer: Viewer, Extension(desk): Extension<Arc<Desk>>, Form(form): Form<BrowserForm>) -> Result {
    let new = NewBrowser { endpoint: form.endpoint, public: form.public, auth: form.auth, device: form.device };
    let added = serve::act(&app, &viewer, &desk, "push.add", None, move |tx, frame| {
        let allowed = Allowed { hosts: House::load(tx)?.hosts, loopback: false };
        browsers::add(tx, frame, &allowed, &new).map(BrowserId::raw)
    });
    added.await?;
    Ok(see_other("/me/notifications?done=added"))
}

/// `POST /me/notifications/browsers/{id}/remove`
///
/// # Errors
/// Not found.
pub async fn remove(State(app): State<App>, viewer: Viewer, Extension(desk): Extension<Arc<Desk>>, Path(id): Path<BrowserId>) -> Result {
    serve::act(&app, &viewer, &desk, "push.remove", None, move |tx, frame| browsers::remove(tx, frame, id)).await?;
    Ok(see_other("/me/notifications?done=removed"))
}
