//! Who works here: the argument of every page.

use std::sync::Arc;

use axum::extract::{Extension, FromRequestParts};
use db::{Rd, Tx};
use http::request::Parts;
use kernel::{Error, Result, Time};
use serde::{Serialize, de::DeserializeOwned};
use ticket::{Desk, Frame, serve};
use ui::Chrome;
use web_kit::{App, Fail, Side, Viewer};

/// Somebody of the staff. To everybody else these pages do not exist.
#[derive(Clone)]
pub struct Clerk {
    pub app: App,
    pub viewer: Viewer,
    desk: Arc<Desk>,
}

impl FromRequestParts<App> for Clerk {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let viewer = <Viewer as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        let desk = Extension::<Arc<Desk>>::from_request_parts(parts, app).await;
        let Extension(desk) = desk.map_err(|_| Error::internal("the routes stand without their desk"))?;
        if viewer.actor.is_staff() { Ok(Self { app: app.clone(), viewer, desk }) } else { Err(Error::not_found().into()) }
    }
}

impl Clerk {
    pub fn now(&self) -> Time {
        self.app.now()
    }

    /// The frame of a page.
    pub fn chrome(&self, title: impl Into<String>) -> Chrome {
        let mut chrome = self.viewer.chrome(&self.app, Side::Console, title);
        chrome.search = Some("/desk/search".to_owned());
        chrome.create = self.viewer.actor.may_anywhere(access::Verb::TicketCreate).then(|| "/desk/new".to_owned());
        chrome
    }

    /// # Errors
    /// What the action answers.
    pub async fn act<T, F>(&self, name: &'static str, action: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static,
    {
        serve::act(&self.app, &self.viewer, &self.desk, name, None, action).await
    }

    /// # Errors
    /// What the query answers.
    pub async fn read<T, F>(&self, name: &'static str, query: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Rd<'_>, Frame<'_>) -> Result<T> + Send + 'static,
    {
        serve::read_bounded(&self.app, &self.viewer, &self.desk, name, query).await
    }
}
