//! Who looks: made once per request from a session or a token.

use std::ops::Deref;
use std::sync::Arc;

use access::{Actor, ActorKind};
use axum::extract::{FromRef, FromRequestParts, OptionalFromRequestParts};
use events::{Act, Cause};
use futures_util::future::BoxFuture;
use http::HeaderMap;
use http::header::{AUTHORIZATION, IF_NONE_MATCH};
use http::request::Parts;
use i18n::T;
use kernel::{Error, ErrorKind};
use ui::{Chrome, NavItem, Person};

use crate::etag::Etag;
use crate::{App, Client, Context, Fail, Look, Side, bell_text, cookie};

/// The name of the session's cookie, before its prefix.
pub const SESSION_COOKIE: &str = "session";

/// What a request shows of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential<'a> {
    /// The value of the session's cookie.
    Session(&'a str),
    /// The bearer token of a program.
    Token(&'a str),
}

/// Where seeing as somebody else ends.
const END: [&str; 2] = ["/seeing/end", "/api/v1/seeing"];

/// The credential of a request, kept by what stays open longer than one.
#[derive(Clone, PartialEq, Eq)]
enum Kept {
    Session(Arc<str>),
    Token(Arc<str>),
}

impl Kept {
    fn of(credential: Credential<'_>) -> Self {
        match credential {
            Credential::Session(text) => Self::Session(text.into()),
            Credential::Token(text) => Self::Token(text.into()),
        }
    }

    fn shown(&self) -> Credential<'_> {
        match self {
            Self::Session(text) => Credential::Session(text),
            Self::Token(text) => Credential::Token(text),
        }
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Kept")
    }
}

/// Somebody who was recognised.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub actor: Arc<Actor>,
    /// Which of the person's sessions it is; none for a token.
    pub session: Option<Arc<str>>,
}

/// Recognises people; `directory/sessions` is the one of the desk.
pub trait Authenticator: Send + Sync + 'static {
    /// Who it is; nobody when the credential is unknown, ended or shut out.
    ///
    /// # Errors
    /// The database does not answer.
    fn authenticate<'a>(&'a self, credential: Credential<'a>, client: Client) -> BoxFuture<'a, kernel::Result<Option<SignedIn>>>;

    /// Who it still is, asked by what stays open. It is no use of the session: an open page alone
    /// must not keep it alive.
    ///
    /// # Errors
    /// The database does not answer.
    fn still<'a>(&'a self, credential: Credential<'a>, client: Client) -> BoxFuture<'a, kernel::Result<Option<SignedIn>>> {
        self.authenticate(credential, client)
    }
}

/// Who looks, how, and from where. As an argument of a handler it refuses who is not signed in; as
/// an `Option` it lets everybody in.
#[derive(Clone)]
pub struct Viewer(Arc<Seen>);

/// What is known of who looks.
#[derive(Debug)]
pub struct Seen {
    pub actor: Arc<Actor>,
    /// Texts in the reader's language and zone.
    pub t: T,
    pub look: Look,
    pub client: Client,
    pub session: Option<Arc<str>>,
    credential: Kept,
    pub context: Arc<Context>,
    /// Path and query of the request.
    pub path: String,
    /// Only the part of the page that changes is wanted.
    pub partial: bool,
    /// How much is unread: of a GET of a page.
    bell: Option<i64>,
    /// Of a GET: the lines that say which answer the browser has.
    has: Option<HeaderMap>,
}

impl Deref for Viewer {
    type Target = Seen;

    fn deref(&self) -> &Seen {
        &self.0
    }
}

impl Viewer {
    /// The frame of an action of this person, now.
    ///
    /// # Errors
    /// No person stands behind the actor.
    pub fn act(&self, app: &App) -> kernel::Result<Act> {
        let mut act = Act::person(self.actor.require_person()?, app.now(), Arc::clone(&app.web.entropy));
        if let ActorKind::Token { id, .. } = &self.actor.kind {
            act.cause = Cause::Api { token: id.raw() };
        }
        Ok(act)
    }

    /// The person with the rights of now; nobody when session, token, account or person have ended.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn renew(&self, app: &App) -> kernel::Result<Option<Arc<Actor>>> {
        let still = app.auth.still(self.credential.shown(), self.client).await?;
        Ok(still.map(|signed| signed.actor))
    }

    /// A rendered page, with a mark over its bytes and whom they are for: a browser that has the very same
    /// page is told so. Rights, language and theme decide through what they show.
    ///
    /// # Errors
    /// It could not be rendered: a fault of ours.
    pub fn page(&self, rendered: askama::Result<String>) -> crate::Result {
        let body = rendered.map_err(Error::internal)?;
        let Some(has) = &self.has else { return crate::html(Ok(body)) };
        let person = self.actor.person.map_or(0, kernel::PersonId::raw);
        Etag::of(&[&person, &self.t.tag(), &body]).answer(has, || crate::html(Ok(body)))
    }

    /// The frame of a page: navigation, look and the person.
    pub fn chrome(&self, app: &App, side: Side, title: impl Into<String>) -> Chrome {
        let mut chrome = self.look.chrome(&self.t, title, app.web.desk.clone(), &self.path);
        chrome.viewer = self.actor.person.map(|id| Person::new(id, self.actor.name.as_str()).at("/me"));
        let looker = self.actor.looker.as_ref();
        chrome.bell = app.bell.as_ref().map(|_| bell_text(self.bell.unwrap_or(0)));
        chrome.seeing = looker.map(|looker| ui::Seeing { name: self.actor.name.clone(), until: self.t.clock(looker.until) });
        let path = self.path.split('?').next().unwrap_or_default();
        let shown = app.navigation.iter().filter(|entry| entry.side == side && entry.verb.is_none_or(|verb| self.actor.may_anywhere(verb)));
        chrome.nav = shown
            .map(|entry| NavItem {
                icon: entry.icon,
                label: self.t.msg(entry.label).into_owned(),
                href: entry.href.to_owned(),
                key: entry.key,
                current: is_at(path, entry.href),
                count: None,
            })
            .collect();
        chrome
    }
}

/// Whether a page stands at or below an entry of the navigation.
fn is_at(path: &str, href: &str) -> bool {
    let below = path.strip_prefix(href);
    below.is_some_and(|rest| rest.is_empty() || (href != "/" && rest.starts_with('/')))
}

impl<S> FromRequestParts<S> for Viewer
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fail> {
        if let Some(viewer) = parts.extensions.get::<Viewer>() {
            return Ok(viewer.clone());
        }
        let viewer = recognise(parts, &App::from_ref(state)).await?;
        parts.extensions.insert(viewer.clone());
        Ok(viewer)
    }
}

impl<S> OptionalFromRequestParts<S> for Viewer
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Fail> {
        match <Self as FromRequestParts<S>>::from_request_parts(parts, state).await {
            Ok(viewer) => Ok(Some(viewer)),
            Err(fail) if fail.error().kind() == ErrorKind::Unauthenticated => Ok(None),
            Err(fail) => Err(fail),
        }
    }
}

async fn recognise(parts: &Parts, app: &App) -> kernel::Result<Viewer> {
    let outside = || Error::internal("the route stands outside the guard");
    let context = parts.extensions.get::<Arc<Context>>().cloned().ok_or_else(outside)?;
    let client = parts.extensions.get::<Client>().copied().ok_or_else(outside)?;
    // Without one the guard has counted the request.
    let credential = credential(&parts.headers, &client).ok_or_else(Error::unauthenticated)?;
    let Some(signed) = app.auth.authenticate(credential, client).await? else {
        // Guessing costs as much as asking without a name.
        let verdict = app.web.anonymous.take(client.ip, app.now());
        context.set_rate(verdict);
        verdict.ok()?;
        return Err(Error::unauthenticated());
    };
    // Whoever looks as somebody else does changes nothing, by whatever door; only to end it is left.
    let looker = signed.actor.looker.as_deref();
    if looker.is_some() && !parts.method.is_safe() && !END.contains(&parts.uri.path()) {
        return Err(Error::new(ErrorKind::Forbidden, "error-seeing-as").arg("name", &signed.actor.name));
    }
    // In the log stands who really asks.
    if let Some(person) = looker.map(|looker| looker.person).or(signed.actor.person) {
        context.set_person(person);
        let verdict = app.people.take(person, app.now());
        context.set_rate(verdict);
        verdict.ok()?;
    }
    let look = Look::of(&parts.headers, &client);
    let chosen = match credential {
        Credential::Session(_) => look.lang,
        Credential::Token(_) => context.accepted(),
    };
    let t = T::named(chosen.unwrap_or(signed.actor.lang), &signed.actor.time_zone);
    context.set_reader(t.clone());
    let bell = bell(parts, app, credential, &signed.actor).await?;
    Ok(Viewer(Arc::new(Seen {
        bell,
        actor: signed.actor,
        t,
        look,
        client,
        session: signed.session,
        credential: Kept::of(credential),
        context,
        path: parts.uri.path_and_query().map_or_else(String::new, |path| path.as_str().to_owned()),
        partial: parts.headers.get("hx-request-type").is_some_and(|kind| kind == "partial"),
        has: parts.method.is_safe().then(|| {
            let lines = parts.headers.get_all(IF_NONE_MATCH).iter();
            lines.map(|line| (IF_NONE_MATCH, line.clone())).collect()
        }),
    })))
}

/// What is unread, for the frame of a page; files, streams and programs have none.
async fn bell(parts: &Parts, app: &App, credential: Credential<'_>, actor: &Arc<Actor>) -> kernel::Result<Option<i64>> {
    let frameless = ["/api/", "/events", "/files/"].iter().any(|start| parts.uri.path().starts_with(start));
    let (Some(bell), Credential::Session(_)) = (&app.bell, credential) else { return Ok(None) };
    if frameless || !parts.method.is_safe() {
        return Ok(None);
    }
    let (bell, actor) = (Arc::clone(bell), Arc::clone(actor));
    app.db.read_bounded("bell", move |rd| bell.unread(rd, &actor)).await.map(Some)
}

/// A token hides the cookie: the check of origins has trusted it to.
pub(crate) fn credential<'a>(headers: &'a HeaderMap, client: &Client) -> Option<Credential<'a>> {
    if crate::guard::bears_token(headers) {
        let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok())?;
        return value.get(7..).map(|token| Credential::Token(token.trim()));
    }
    cookie::get(headers, client, SESSION_COOKIE).filter(|value| !value.is_empty()).map(Credential::Session)
}
