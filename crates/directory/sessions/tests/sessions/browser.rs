//! A browser and a program in front of the whole router, guard included.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, Method, StatusCode};
use http_body_util::BodyExt as _;
use kernel::SystemEntropy;
use parking_lot::Mutex;
use tower::ServiceExt as _;
use web_kit::{App, Client, Parts, Web, protect};

use crate::desk::Desk;

pub fn router(desk: &Desk) -> Router {
    let url = "https://desk.example".parse().unwrap();
    let web = Arc::new(Web::new(Arc::new(desk.clock.clone()), Arc::new(SystemEntropy), url).unwrap());
    let parts = Parts::new(desk.db.clone(), Arc::clone(&web), Arc::clone(&desk.sessions) as Arc<dyn web_kit::Authenticator>);
    let slice = sessions::slice(Arc::clone(&desk.sessions));
    let (api, _) = slice.api.split_for_parts();
    protect(slice.pages.merge(api).with_state(App::new(parts)), web)
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
    /// The cookies that were set, whole.
    pub fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap()).collect()
    }
}

/// Keeps its cookies as browsers do.
pub struct Browser {
    router: Router,
    jar: Mutex<Vec<(String, String)>>,
    lang: &'static str,
}

impl Browser {
    pub fn new(router: &Router) -> Self {
        Self::speaking("en", router)
    }

    pub fn speaking(lang: &'static str, router: &Router) -> Self {
        Self { router: router.clone(), jar: Mutex::default(), lang }
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar.lock().iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], String::new()).await
    }

    /// A form of our own page.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, &[("content-type", "application/x-www-form-urlencoded")], encoded(fields)).await
    }

    /// The same by our script.
    pub async fn scripted(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("hx-request", "true"), ("hx-request-type", "partial")];
        self.send(Method::POST, path, &headers, encoded(fields)).await
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("accept-language", self.lang);
        request = request.header("sec-fetch-site", "same-origin").header("user-agent", "Mozilla/5.0 (Windows NT 10.0) Firefox/150.0");
        let jar: Vec<String> = self.jar.lock().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !jar.is_empty() {
            request = request.header(COOKIE, jar.join("; "));
        }
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let answer = answer(&self.router, request.body(Body::from(body)).unwrap()).await;
        let mut jar = self.jar.lock();
        for line in answer.cookies() {
            let (pair, attributes) = line.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            jar.retain(|(known, _)| known != name);
            if !attributes.contains("Max-Age=0") {
                jar.push((name.to_owned(), value.to_owned()));
            }
        }
        drop(jar);
        answer
    }
}

/// A program with a token.
pub async fn call(router: &Router, method: Method, path: &str, token: &str, body: Option<serde_json::Value>) -> Answer {
    let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(Body::from(body.to_string())),
        None => request.body(Body::empty()),
    };
    answer(router, request.unwrap()).await
}

async fn answer(router: &Router, mut request: Request) -> Answer {
    request.extensions_mut().insert(Client { ip: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)), secure: true, local: false });
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.into()).unwrap() }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| {
        let value: String =
            value.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
        format!("{name}={value}")
    });
    pairs.collect::<Vec<_>>().join("&")
}
