//! Who asks: the argument of every handler of the portal.

use std::sync::Arc;

use axum::extract::{Extension, FromRequestParts};
use db::{Rd, Tx};
use events::RequestKey;
use http::request::Parts;
use i18n::T;
use kernel::{Error, PersonId, Result, Time};
use serde::{Serialize, de::DeserializeOwned};
use ticket::{Desk, Frame, serve};
use web_kit::{App, Fail, Viewer};

/// Whoever is signed in, with the parts of the desk.
#[derive(Clone)]
pub struct Guest {
    pub app: App,
    pub viewer: Viewer,
    pub desk: Arc<Desk>,
}

impl FromRequestParts<App> for Guest {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let viewer = <Viewer as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        let desk = Extension::<Arc<Desk>>::from_request_parts(parts, app).await;
        let Extension(desk) = desk.map_err(|_| Error::internal("the routes stand without their desk"))?;
        Ok(Self { app: app.clone(), viewer, desk })
    }
}

impl Guest {
    pub fn now(&self) -> Time {
        self.app.now()
    }

    pub fn t(&self) -> &T {
        &self.viewer.t
    }

    /// # Errors
    /// Forbidden when no person stands behind the request.
    pub fn person(&self) -> Result<PersonId> {
        self.viewer.actor.require_person()
    }

    /// A new key for a form, so that its effect happens once.
    pub fn form_key(&self) -> String {
        kernel::token(&*self.app.web.entropy)
    }

    pub async fn act<R, F>(&self, name: &'static str, key: Option<RequestKey>, action: F) -> Result<R>
    where
        R: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&mut Tx<'_>, Frame<'_>) -> Result<R> + Send + 'static,
    {
        serve::act(&self.app, &self.viewer, &self.desk, name, key, action).await
    }

    pub async fn read<R, F>(&self, name: &'static str, query: F) -> Result<R>
    where
        R: Send + 'static,
        F: FnOnce(&mut Rd<'_>, Frame<'_>) -> Result<R> + Send + 'static,
    {
        serve::read(&self.app, &self.viewer, &self.desk, name, query).await
    }
}
