//! Who may come through to a page: the router asks before the handler runs.

use access::Verb;
use axum::extract::{FromRequestParts, Request};
use axum::handler::Handler;
use axum::response::{IntoResponse as _, Response};
use futures_util::future::BoxFuture;
use http::request::Parts;
use kernel::Error;
use web_kit::{App, Fail, Viewer};

/// Who may come through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Everybody, also without a session.
    Open,
    /// Whoever is signed in; the record behind it decides further.
    SignedIn,
    /// Whoever has the verb somewhere; the record behind it decides further.
    Verb(Verb),
}

impl Door {
    /// Lets a request in or not. What the desk does is not there for who does not work for it; who
    /// does is told what is missing.
    async fn admit(self, parts: &mut Parts, app: &App) -> Result<(), Fail> {
        if self == Door::Open {
            return Ok(());
        }
        let viewer = <Viewer as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        match self {
            Door::Verb(verb) if !viewer.actor.may_anywhere(verb) => {
                Err(if viewer.actor.is_staff() { Error::forbidden().arg("verb", verb) } else { Error::not_found() }.into())
            }
            _ => Ok(()),
        }
    }
}

/// A handler behind its door.
#[derive(Clone)]
pub(crate) struct Behind<H> {
    pub(crate) door: Door,
    pub(crate) handler: H,
}

impl<H, T> Handler<T, App> for Behind<H>
where
    H: Handler<T, App>,
    T: 'static,
{
    type Future = BoxFuture<'static, Response>;

    fn call(self, request: Request, app: App) -> Self::Future {
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            match self.door.admit(&mut parts, &app).await {
                Ok(()) => self.handler.call(Request::from_parts(parts, body), app).await,
                Err(refused) => refused.into_response(),
            }
        })
    }
}
