//! Who works here: the argument of every page.

use access::{Actor, Verb};
use api_kit::{Key, RequestKeyed as _};
use axum::extract::FromRequestParts;
use db::{Rd, Tx};
use events::RequestKey;
use http::request::Parts;
use i18n::T;
use kernel::{Error, Result, Time};
use serde::{Serialize, de::DeserializeOwned};
use ui::Chrome;
use web_kit::{App, Fail, Side, Viewer};

use super::Fields;
use crate::{Frame, serve};

/// Somebody of the staff. To everybody else these pages do not exist.
#[derive(Clone)]
pub struct Clerk {
    pub app: App,
    pub viewer: Viewer,
}

impl FromRequestParts<App> for Clerk {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let viewer = <Viewer as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        if viewer.actor.is_staff() { Ok(Self { app: app.clone(), viewer }) } else { Err(Error::not_found().into()) }
    }
}

impl Clerk {
    /// The door of a page: the verb is granted somewhere.
    ///
    /// # Errors
    /// Forbidden when it is not.
    pub fn require(&self, verb: Verb) -> Result<()> {
        if self.viewer.actor.may_anywhere(verb) { Ok(()) } else { Err(Error::forbidden().arg("verb", verb)) }
    }

    pub fn actor(&self) -> &Actor {
        &self.viewer.actor
    }
    pub fn t(&self) -> T {
        self.viewer.t.clone()
    }
    pub fn now(&self) -> Time {
        self.app.now()
    }

    /// The frame of a page.
    pub fn chrome(&self, title: impl Into<String>) -> Chrome {
        let mut chrome = self.viewer.chrome(&self.app, Side::Console, title);
        chrome.search = Some("/desk/search".to_owned());
        chrome.create = self.viewer.actor.may_anywhere(Verb::TicketCreate).then(|| "/desk/new".to_owned());
        chrome
    }

    /// A new key for a form, so that its effect happens once.
    pub fn form_key(&self) -> String {
        kernel::token(&*self.app.web.entropy)
    }

    /// The key that a form came with.
    pub fn sent_key(&self, typed: &Fields, action: &'static str) -> Option<RequestKey> {
        let person = self.viewer.actor.person?;
        Key::of_form(typed.text("client_id"), typed).stored(person, action)
    }

    /// # Errors
    /// What the action answers.
    pub async fn act<T, F>(&self, name: &'static str, key: Option<RequestKey>, action: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static,
    {
        serve::act(&self.app, &self.viewer, name, key, action).await
    }

    /// # Errors
    /// What the query answers.
    pub async fn read<T, F>(&self, name: &'static str, query: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Rd<'_>, &Actor) -> Result<T> + Send + 'static,
    {
        serve::read(&self.app, &self.viewer, name, query).await
    }
}
