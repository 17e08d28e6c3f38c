//! The state of this slice in one process, and who is behind a cookie or a token.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use access::{Actor, load_actor};
use db::{Db, Rd};
use events::{Act, Cause};
use futures_util::future::BoxFuture;
use kernel::{AccountId, Clock, Entropy, Error, ErrorKind, Result, Time};
use web_kit::{Authenticator, Client, Credential, SignedIn, Viewer};

use crate::actions::see_as;
use crate::password::Hasher;
use crate::seen::Seen;
use crate::session::{Live, SessionId};
use crate::throttle::Throttle;
use crate::{Digest, Lifetimes, Secret, store, token};

/// What log-in, log-out, passwords and tokens work with; one per process, shared.
pub struct Sessions {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub hasher: Hasher,
    pub lifetimes: Lifetimes,
    pub(crate) throttle: Throttle,
    pub(crate) seen: Seen,
    /// Somebody can sign in; once true it stays so.
    peopled: AtomicBool,
}

/// Whether asking counts as a use of the session or token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    Yes,
    No,
}

/// Somebody who is signed in and asks for something of their own account.
#[derive(Debug, Clone)]
pub struct Own {
    pub actor: Arc<Actor>,
    pub account: AccountId,
    /// None: a token asks.
    pub session: Option<SessionId>,
}

impl Own {
    /// # Errors
    /// Forbidden when no account stands behind the viewer.
    pub fn of(viewer: &Viewer) -> Result<Self> {
        let account = viewer.actor.account.ok_or_else(Error::forbidden)?;
        let session = viewer.session.as_deref().and_then(|id| id.parse().ok());
        Ok(Self { actor: Arc::clone(&viewer.actor), account, session })
    }

    /// The session, for what a token must not do: passwords, sessions, the profile.
    ///
    /// # Errors
    /// Forbidden to tokens.
    pub fn require_session(&self) -> Result<SessionId> {
        self.session.ok_or_else(|| Error::new(ErrorKind::Forbidden, "error-session-only"))
    }
}

impl Sessions {
    pub fn new(db: Db, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>, hasher: Hasher, lifetimes: Lifetimes) -> Self {
        Self {
            db,
            clock,
            entropy,
            hasher,
            lifetimes,
            throttle: Throttle::default(),
            seen: Seen::default(),
            peopled: AtomicBool::new(false),
        }
    }

    /// Who is behind the secret of a cookie; nobody when the session has ended.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn of_session(&self, secret: Digest, noted: Noted) -> Result<Option<SignedIn>> {
        let now = self.clock.now();
        let found = self.db.read_bounded("session.who", move |rd| {
            let Some(live) = store::session::live(rd, secret, now)? else { return Ok(None) };
            let Some(own) = unless_shut_out(load_actor(rd, live.person, now))? else { return Ok(None) };
            let own = Actor { account: Some(live.account), ..own };
            let seen = seeing(rd, &live, &own, now)?;
            Ok(Some((live, seen.unwrap_or(own))))
        });
        let Some((live, actor)) = found.await? else { return Ok(None) };
        if noted == Noted::Yes {
            self.seen.session(live.id, live.last_seen_at, now);
        }
        Ok(Some(SignedIn { actor: Arc::new(actor), session: Some(live.id.to_string().into()) }))
    }

    /// Who is behind the secret of an API token, narrowed to its scopes.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn of_token(&self, secret: Digest, noted: Noted) -> Result<Option<SignedIn>> {
        let now = self.clock.now();
        let found = self.db.read_bounded("token.who", move |rd| {
            let Some(live) = store::token::live(rd, secret, now)? else { return Ok(None) };
            Ok(unless_shut_out(load_actor(rd, live.person, now))?.map(|actor| (live, actor)))
        });
        let Some((live, actor)) = found.await? else { return Ok(None) };
        if noted == Noted::Yes {
            self.seen.token(live.id, live.last_used_at, now);
        }
        let actor = Actor { account: Some(live.account), ..actor }.with_token(live.id, live.scopes.granted());
        Ok(Some(SignedIn { actor: Arc::new(actor), session: None }))
    }

    async fn who(&self, credential: Credential<'_>, noted: Noted) -> Result<Option<SignedIn>> {
        match credential {
            Credential::Session(text) => match Secret::parse(text) {
                Some(secret) => self.of_session(secret.digest(), noted).await,
                None => Ok(None),
            },
            Credential::Token(text) => match token::read(text) {
                Some(secret) => self.of_token(secret.digest(), noted).await,
                None => Ok(None),
            },
        }
    }

    /// Whether nobody can sign in yet, so that the desk must be set up first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_empty(&self) -> Result<bool> {
        if self.peopled.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let empty = self.db.read_bounded("account.any", store::is_empty).await?;
        self.peopled.store(!empty, Ordering::Relaxed);
        Ok(empty)
    }

    /// The frame of what the desk does by itself.
    pub(crate) fn act(&self, name: &str) -> Act {
        Act::system(self.clock.now(), Cause::Schedule { name: name.to_owned() }, Arc::clone(&self.entropy))
    }
}

impl Authenticator for Sessions {
    fn authenticate<'a>(&'a self, credential: Credential<'a>, _: Client) -> BoxFuture<'a, Result<Option<SignedIn>>> {
        Box::pin(self.who(credential, Noted::Yes))
    }

    fn still<'a>(&'a self, credential: Credential<'a>, _: Client) -> BoxFuture<'a, Result<Option<SignedIn>>> {
        Box::pin(self.who(credential, Noted::No))
    }
}

/// The other person whose desk a session shows, while that lasts and the right to it does.
fn seeing(rd: &mut Rd<'_>, live: &Live, own: &Actor, now: Time) -> Result<Option<Actor>> {
    let (Some(person), Some(until)) = (live.seeing, live.seeing_until) else { return Ok(None) };
    match see_as::allowed(rd, own, person, now) {
        Ok(seen) => Ok(Some(seen.seen_by(own, live.person, until))),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Forbidden | ErrorKind::Conflict) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Somebody who was shut out has no session any more; every other error stays one.
fn unless_shut_out(loaded: Result<Actor>) -> Result<Option<Actor>> {
    match loaded {
        Ok(actor) => Ok(Some(actor)),
        Err(error) if error.kind() == ErrorKind::Unauthenticated => Ok(None),
        Err(error) => Err(error),
    }
}

/// The frame of what a person does with their account.
pub(crate) fn own_act(desk: &Sessions, own: &Own, now: Time) -> Result<Act> {
    let act = Act::person(own.actor.require_person()?, now, Arc::clone(&desk.entropy));
    Ok(match own.actor.kind {
        access::ActorKind::Token { id, .. } => Act { cause: Cause::Api { token: id.raw() }, ..act },
        _ => act,
    })
}

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sessions").field("lifetimes", &self.lifetimes).finish_non_exhaustive()
    }
}
