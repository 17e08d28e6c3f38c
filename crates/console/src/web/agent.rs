//! Who works here: the argument of every handler of the console.

use std::sync::Arc;

use axum::extract::{Extension, FromRequestParts};
use db::{Rd, Tx};
use events::RequestKey;
use http::request::Parts;
use kernel::{Error, Result, Time};
use serde::{Serialize, de::DeserializeOwned};
use ticket::{Desk, Frame, serve};
use ui::Chrome;
use web_kit::{App, Fail, Side, Viewer};

/// Somebody of the staff with the parts of the desk. To everybody else the console does not exist.
#[derive(Clone)]
pub struct Agent {
    pub app: App,
    pub viewer: Viewer,
    pub desk: Arc<Desk>,
}

impl FromRequestParts<App> for Agent {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let agent = Self::anybody(parts, app).await?;
        if agent.viewer.actor.is_staff() { Ok(agent) } else { Err(Error::not_found().into()) }
    }
}

impl Agent {
    /// Whoever is signed in, for routes that requesters share.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub async fn anybody(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let viewer = <Viewer as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        let desk = Extension::<Arc<Desk>>::from_request_parts(parts, app).await;
        let Extension(desk) = desk.map_err(|_| Error::internal("the routes stand without their desk"))?;
        Ok(Self { app: app.clone(), viewer, desk })
    }

    pub fn now(&self) -> Time {
        self.app.now()
    }

    /// The frame of a console page that takes part in live updates.
    pub fn chrome(&self, title: impl Into<String>) -> Chrome {
        let mut chrome = self.viewer.chrome(&self.app, Side::Console, title);
        chrome.live = Some("/events".to_owned());
        chrome.search = Some("/desk/search".to_owned());
        chrome.create = self.viewer.actor.may_anywhere(access::Verb::TicketCreate).then(|| "/desk/new".to_owned());
        chrome
    }

    /// A new key for a form, so that its effect happens once.
    pub fn form_key(&self) -> String {
        kernel::token(&*self.app.web.entropy)
    }

    pub async fn act<T, F>(&self, name: &'static str, key: Option<RequestKey>, action: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static,
    {
        serve::act(&self.app, &self.viewer, &self.desk, name, key, action).await
    }

    pub async fn read<T, F>(&self, name: &'static str, query: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Rd<'_>, Frame<'_>) -> Result<T> + Send + 'static,
    {
        serve::read(&self.app, &self.viewer, &self.desk, name, query).await
    }

    pub async fn read_bounded<T, F>(&self, name: &'static str, query: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Rd<'_>, Frame<'_>) -> Result<T> + Send + 'static,
    {
        serve::read_bounded(&self.app, &self.viewer, &self.desk, name, query).await
    }
}

/// Whoever is signed in, staff or not.
#[derive(Clone)]
pub struct Anybody(pub Agent);

impl FromRequestParts<App> for Anybody {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        Agent::anybody(parts, app).await.map(Self)
    }
}

/// The files of the desk.
#[derive(Clone)]
pub struct FilesRef(pub files::Files);

impl FromRequestParts<App> for FilesRef {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let files = Extension::<files::Files>::from_request_parts(parts, app).await;
        let Extension(files) = files.map_err(|_| Error::internal("the routes stand without their files"))?;
        Ok(Self(files))
    }
}

/// The search of this node.
#[derive(Clone)]
pub struct SearchRef(pub search::Search);

impl FromRequestParts<App> for SearchRef {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let search = Extension::<search::Search>::from_request_parts(parts, app).await;
        let Extension(search) = search.map_err(|_| Error::internal("the routes stand without their search"))?;
        Ok(Self(search))
    }
}
