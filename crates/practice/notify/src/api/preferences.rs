//! `/api/v1/me/notifications`, `/api/v1/notification-defaults` and `/api/v1/me/push`.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::Verb;
use api_kit::{List, Posted, RequestKeyed};
use axum::Extension;
use axum::extract::State;
use http::StatusCode;
use kernel::{Error, Time};
use serde::{Deserialize, Serialize};
use ticket::{Desk, serve};
use utoipa::ToSchema;
use web_kit::{App, Json, Path, Result, Viewer};

use crate::Reason;
use crate::preferences::{Channel, Digest, NEVER_URGENT, Preferences, Quiet, clock, minutes};
use crate::push::browsers::{self, NewBrowser};
use crate::push::key::Keeper;
use crate::push::place::Allowed;
use crate::push::store::{self as devices, BrowserId};
use crate::wishes::{self, House};

/// Hours in which nothing leaves the desk that is not urgent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    #[schema(example = "22:00", max_length = 5)]
    pub from: String,
    /// Before `from`: of the next day.
    #[schema(example = "07:00", max_length = 5)]
    pub to: String,
}

/// By which ways one hears of what, and when.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationPreferences {
    /// The ways of each reason: inbox push mail. A reason that is not there is as delivered.
    #[schema(example = json!({"assigned": ["inbox", "push"]}))]
    pub channels: BTreeMap<String, Vec<String>>,
    /// The priority from which neither quiet hours nor digest hold anything back: low medium high urgent, or never.
    #[schema(example = "urgent")]
    pub urgent: String,
    /// In one's own time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHours>,
    /// off hourly daily: whether what is not urgent comes together.
    #[schema(example = "off")]
    pub digest: String,
}

const GRADES: [&str; 5] = ["low", "medium", "high", "urgent", "never"];

impl NotificationPreferences {
    fn of(preferences: &Preferences) -> Self {
        let ways = |reason: &Reason| -> Vec<String> {
            Channel::ALL.iter().filter(|channel| preferences.has(*reason, **channel)).map(|channel| channel.key().to_owned()).collect()
        };
        let urgent = usize::try_from(preferences.urgent - 1).ok().and_then(|grade| GRADES.get(grade)).unwrap_or(&"never");
        Self {
            channels: Reason::ALL.iter().map(|reason| (reason.key().to_owned(), ways(reason))).collect(),
            urgent: (*urgent).to_owned(),
            quiet: preferences.quiet.map(|quiet| QuietHours { from: clock(quiet.from), to: clock(quiet.to) }),
            digest: preferences.digest.key().to_owned(),
        }
    }

    fn read(&self) -> kernel::Result<Preferences> {
        let choice = |field: &'static str| Error::invalid(field, "error-choice");
        let mut channels = BTreeMap::new();
        for (reason, ways) in &self.channels {
            let reason = Reason::from_key(reason).ok_or_else(|| choice("channels"))?;
            let ways = ways.iter().map(|way| Channel::from_key(way).ok_or_else(|| choice("channels"))).collect::<kernel::Result<_>>()?;
            channels.insert(reason, ways);
        }
        let grade = GRADES.iter().position(|grade| *grade == self.urgent).ok_or_else(|| choice("urgent"))?;
        let quiet = |text: &str| minutes(text).ok_or_else(|| Error::invalid("quiet", "error-quiet"));
        let quiet =
            self.quiet.as_ref().map(|hours| Ok::<_, Error>(Quiet { from: quiet(&hours.from)?, to: quiet(&hours.to)? })).transpose()?;
        let digest = Digest::from_key(&self.digest).ok_or_else(|| choice("digest"))?;
        Ok(Preferences { channels, urgent: i64::try_from(grade + 1).unwrap_or(NEVER_URGENT), quiet, digest })
    }
}

/// What one wants to hear of
#[utoipa::path(get, path = "/api/v1/me/notifications", tag = "notifications", operation_id = "getNotificationPreferences",
    responses((status = 200, body = NotificationPreferences)))]
pub async fn show(State(app): State<App>, viewer: Viewer) -> Result<axum::Json<NotificationPreferences>> {
    let person = viewer.actor.require_person()?;
    let found = app.db.read_bounded("api.me.notifications", move |rd| wishes::of(rd, person)).await?;
    Ok(axum::Json(NotificationPreferences::of(&found)))
}

/// Says what one wants to hear of
#[utoipa::path(put, path = "/api/v1/me/notifications", tag = "notifications", operation_id = "putNotificationPreferences",
    request_body = NotificationPreferences, responses((status = 200, body = NotificationPreferences)))]
pub async fn save(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Json(body): Json<NotificationPreferences>,
) -> Result<axum::Json<NotificationPreferences>> {
    let wanted = body.read()?;
    let kept = wanted.clone();
    serve::act(&app, &viewer, &desk, "notify.prefer", None, move |tx, frame| wishes::save(tx, frame, Some(&kept))).await?;
    Ok(axum::Json(NotificationPreferences::of(&wanted)))
}

/// Forgets what one wants: it is as administrators say again
#[utoipa::path(delete, path = "/api/v1/me/notifications", tag = "notifications", operation_id = "resetNotificationPreferences",
    responses((status = 204, description = "It is as delivered")))]
pub async fn reset(State(app): State<App>, viewer: Viewer, Extension(desk): Extension<Arc<Desk>>) -> Result<StatusCode> {
    serve::act(&app, &viewer, &desk, "notify.prefer", None, move |tx, frame| wishes::save(tx, frame, None)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What administrators say for everybody.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationDefaults {
    /// Of who has said nothing.
    #[serde(deserialize_with = "plain")]
    pub preferences: NotificationPreferences,
    /// A push tells the title of a ticket that is not confidential.
    #[serde(default)]
    pub titles: bool,
    /// Push services beside those of the browsers; a name with a point at its start stands for all below it.
    #[serde(default)]
    #[schema(example = json!(["push.example.org"]))]
    pub hosts: Vec<String>,
}

fn plain<'de, D: serde::Deserializer<'de>>(from: D) -> std::result::Result<NotificationPreferences, D::Error> {
    api_kit::object(from)?.ok_or_else(|| serde::de::Error::custom("an object is needed"))
}

/// What administrators say for everybody. Needs `settings.see` for the whole installation
#[utoipa::path(get, path = "/api/v1/notification-defaults", tag = "notifications", operation_id = "getNotificationDefaults",
    responses((status = 200, body = NotificationDefaults)))]
pub async fn show_house(State(app): State<App>, viewer: Viewer) -> Result<axum::Json<NotificationDefaults>> {
    viewer.actor.require(Verb::SettingsSee, party::SHARED)?;
    let house = app.db.read_bounded("api.notify.house", House::load).await?;
    let preferences = NotificationPreferences::of(&house.preferences);
    Ok(axum::Json(NotificationDefaults { preferences, titles: house.titles, hosts: house.hosts }))
}

/// Says it for everybody. Needs `settings.edit` for the whole installation
#[utoipa::path(put, path = "/api/v1/notification-defaults", tag = "notifications", operation_id = "putNotificationDefaults",
    request_body = NotificationDefaults, responses((status = 204, description = "It is so from now on")))]
pub async fn save_house(State(app): State<App>, viewer: Viewer, Json(body): Json<NotificationDefaults>) -> Result<StatusCode> {
    viewer.actor.require(Verb::SettingsEdit, party::SHARED)?;
    let house = House { preferences: body.preferences.read()?, titles: body.titles, hosts: body.hosts };
    let act = viewer.act(&app)?;
    app.db.write("notify.house", move |tx| house.save(tx, &act)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A browser to which one lets the desk push.
#[derive(Debug, Serialize, ToSchema)]
pub struct BrowserOut {
    pub id: i64,
    #[schema(example = "Firefox, Linux")]
    pub device: String,
    pub made_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<String>,
}

/// The browsers to which one lets the desk push
#[utoipa::path(get, path = "/api/v1/me/push", tag = "notifications", operation_id = "listBrowsers", responses((status = 200, body = List<BrowserOut>)))]
pub async fn list(State(app): State<App>, viewer: Viewer) -> Result<axum::Json<List<BrowserOut>>> {
    let person = viewer.actor.require_person()?;
    let found = app.db.read_bounded("api.me.push", move |rd| devices::of_person(rd, person)).await?;
    let out = |one: devices::Browser| BrowserOut {
        id: one.id.raw(),
        device: one.device,
        made_at: one.made_at.to_rfc3339(),
        sent_at: one.sent_at.map(Time::to_rfc3339),
    };
    Ok(axum::Json(List { items: found.into_iter().map(out).collect(), next: None }))
}

/// The key of the desk.
#[derive(Debug, Serialize, ToSchema)]
pub struct PushKeyOut {
    /// `applicationServerKey` of a subscription, in base64url.
    pub key: String,
}

/// The key by which push services know this desk
#[utoipa::path(get, path = "/api/v1/me/push/key", tag = "notifications", operation_id = "getPushKey", responses((status = 200, body = PushKeyOut)))]
pub async fn key(_viewer: Viewer, Extension(keeper): Extension<Arc<Keeper>>) -> Result<axum::Json<PushKeyOut>> {
    Ok(axum::Json(PushKeyOut { key: keeper.key().await?.public() }))
}

/// A subscription as a browser gives it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BrowserIn {
    #[schema(max_length = 1000, example = "https://updates.push.services.mozilla.com/wpush/v2/x")]
    endpoint: String,
    /// `p256dh` in base64url.
    #[schema(max_length = 100)]
    public: String,
    /// In base64url.
    #[schema(max_length = 100)]
    auth: String,
    #[serde(default)]
    #[schema(max_length = 100, example = "Firefox, Linux")]
    device: String,
}

/// A browser that was added.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct BrowserMade {
    pub id: i64,
}

/// Lets the desk push to a browser
#[utoipa::path(post, path = "/api/v1/me/push", tag = "notifications", operation_id = "addBrowser", request_body = BrowserIn,
    responses((status = 201, body = BrowserMade)))]
pub async fn add(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    posted: Posted<BrowserIn>,
) -> Result<(StatusCode, axum::Json<BrowserMade>)> {
    let key = posted.key.stored(viewer.actor.require_person()?, "push.add");
    let BrowserIn { endpoint, public, auth, device } = posted.body;
    let new = NewBrowser { endpoint, public, auth, device };
    let added = serve::act(&app, &viewer, &desk, "push.add", key, move |tx, frame| {
        let allowed = Allowed { hosts: House::load(tx)?.hosts, loopback: false };
        browsers::add(tx, frame, &allowed, &new).map(|id| BrowserMade { id: id.raw() })
    });
    Ok((StatusCode::CREATED, axum::Json(added.await?)))
}

/// Pushes to a browser no longer
#[utoipa::path(delete, path = "/api/v1/me/push/{id}", tag = "notifications", operation_id = "removeBrowser",
    params(("id" = i64, Path, description = "The browser")), responses((status = 204, description = "It is gone")))]
pub async fn remove(
    State(app): State<App>,
    viewer: Viewer,
    Extension(desk): Extension<Arc<Desk>>,
    Path(id): Path<BrowserId>,
) -> Result<StatusCode> {
    serve::act(&app, &viewer, &desk, "push.remove", None, move |tx, frame| browsers::remove(tx, frame, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
