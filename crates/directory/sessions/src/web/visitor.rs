//! Who looks at a page that needs no session.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::header::USER_AGENT;
use http::request::Parts;
use i18n::T;
use kernel::Error;
use ui::Chrome;
use web_kit::{App, Client, Context, Fail, Look, cookie};

use super::BROWSER_COOKIE;
use crate::Secret;

/// A browser, perhaps without anybody signed in.
pub struct Visitor {
    pub t: T,
    pub look: Look,
    pub client: Client,
    /// Path and query of the request.
    pub path: String,
    /// A script asks, not a person who goes to another page.
    pub scripted: bool,
    pub user_agent: String,
    /// The session's cookie, whether it still opens anything or not.
    pub session: Option<Secret>,
    pub browser: Option<Secret>,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let context = parts.extensions.get::<Arc<Context>>().ok_or_else(|| Error::internal("the route stands outside the guard"))?;
        let client = parts.extensions.get::<Client>().copied().ok_or_else(|| Error::internal("the route stands outside the guard"))?;
        let look = Look::of(&parts.headers, &client);
        let t = app.web.reader(look.lang.or(context.accepted()));
        context.set_reader(t.clone());
        let secret = |name| cookie::get(&parts.headers, &client, name).and_then(Secret::parse);
        Ok(Self {
            t,
            look,
            client,
            path: parts.uri.path_and_query().map_or_else(String::new, |path| path.as_str().to_owned()),
            scripted: parts.headers.contains_key("hx-request"),
            user_agent: text(&parts.headers),
            session: secret(web_kit::SESSION_COOKIE),
            browser: secret(BROWSER_COOKIE),
        })
    }
}

fn text(headers: &HeaderMap) -> String {
    headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

impl Visitor {
    /// The frame of a page. `path` is where the switch of languages comes back to.
    pub fn chrome(&self, app: &App, title: impl Into<String>, path: &str) -> Chrome {
        self.look.chrome(&self.t, title, app.web.desk.clone(), path)
    }
}
