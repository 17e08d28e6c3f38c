//! Who looks: sessions, tokens, and nobody.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use access::{Actor, TokenScope};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::routing::get;
use futures_util::future::BoxFuture;
use http_body_util::BodyExt as _;
use kernel::{Lang, MockClock, PersonId, SeededEntropy, Time, TokenId};
use tower::ServiceExt as _;
use web_kit::{App, Authenticator, Client, Credential, Fail, NavEntry, Parts, Quota, RateLimiter, Side, SignedIn, Viewer, Web, protect};

/// Knows Olga by session and token.
#[derive(Default)]
struct Olga {
    asked: AtomicUsize,
}

impl Authenticator for Olga {
    fn authenticate<'a>(&'a self, credential: Credential<'a>, _: Client) -> BoxFuture<'a, kernel::Result<Option<SignedIn>>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let olga = Actor {
            person: Some(PersonId::new(7)),
            name: "Olga Petrova".to_owned(),
            lang: Lang::Ru,
            time_zone: "Europe/Madrid".to_owned(),
            grants: Vec::new(),
            kind: access::ActorKind::Person,
            ..Actor::system()
        };
        let found = match credential {
            Credential::Session("good") => Some(SignedIn { actor: Arc::new(olga), session: Some("s1".into()) }),
            Credential::Token("key") => {
                let scopes: BTreeSet<TokenScope> = TokenScope::all().collect();
                Some(SignedIn { actor: Arc::new(olga.with_token(TokenId::new(3), scopes)), session: None })
            }
            _ => None,
        };
        Box::pin(async move { Ok(found) })
    }
}

#[derive(askama::Template)]
#[template(source = "<html>{% block main %}<p>{{ words }}</p>{% endblock %}</html>", ext = "html", blocks = ["main"])]
struct Page {
    words: &'static str,
}

struct Desk {
    router: Router,
    olga: Arc<Olga>,
    _folder: tempfile::TempDir,
}

const CLIENT: Client = Client { ip: IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7)), secure: true, local: false };

async fn me(State(app): State<App>, viewer: Viewer, again: Viewer) -> Result<String, Fail> {
    let act = viewer.act(&app)?;
    let chrome = again.chrome(&app, Side::Console, "Me");
    let nav: Vec<String> = chrome.nav.iter().map(|item| format!("{}{}", item.href, if item.current { "*" } else { "" })).collect();
    let noon = Time::from_rfc3339("2026-11-22T12:00:00Z").unwrap();
    Ok(format!("{} {:?} {} {} {:?}", viewer.actor.name, act.cause, viewer.t.tag(), viewer.t.clock(noon), nav))
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = db::Db::open(db::Options::at(db::Location::Sqlite(folder.path().join("desk.db")))).unwrap();
        let clock = MockClock::at(Time::from_seconds(1_000_000));
        let url = "https://desk.example".parse().unwrap();
        let mut web = Web::new(Arc::new(clock), Arc::new(SeededEntropy::new(7)), url).unwrap();
        web.anonymous = RateLimiter::new(Quota { burst: 3, per_second: 1 });
        let web = Arc::new(web);
        let olga = Arc::new(Olga::default());
        let mut parts = Parts::new(db, Arc::clone(&web), Arc::clone(&olga) as Arc<dyn Authenticator>);
        parts.people = RateLimiter::new(Quota { burst: 5, per_second: 1 });
        let entry = |side, href, verb| NavEntry { side, icon: "inbox", label: "action-show", href, key: "", verb };
        parts.navigation = vec![
            entry(Side::Console, "/me", None),
            entry(Side::Console, "/roles", Some(access::Verb::RoleEdit)),
            entry(Side::Portal, "/requests", None),
        ];
        let router = Router::new()
            .route("/me", get(me))
            .route("/api/v1/me", get(me))
            .route("/page", get(async |viewer: Viewer| web_kit::page!(viewer, Page { words: "<b>" }, as_main)))
            .route("/plain", get(async || "plain"))
            .route("/open", get(async |viewer: Option<Viewer>| viewer.map_or("nobody".to_owned(), |v| v.actor.name.clone())))
            .with_state(App::new(parts));
        Self { router: protect(router, web), olga, _folder: folder }
    }

    async fn get(&self, path: &str, lines: &[(&str, &str)]) -> (u16, String, String) {
        let mut request = Request::get(path);
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(CLIENT);
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let left = response.headers().get("ratelimit-remaining").map_or("", |value| value.to_str().unwrap()).to_owned();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8_lossy(&body).into_owned(), left)
    }
}

const SESSION: (&str, &str) = ("cookie", "__Host-session=good");

#[tokio::test]
async fn a_session_looks_in_its_own_language_and_zone() {
    let desk = Desk::new();
    let (status, body, left) = desk.get("/me?tab=1", &[SESSION, ("accept-language", "es")]).await;
    assert_eq!((status, body.as_str(), left.as_str()), (200, r#"Olga Petrova Page ru 13:00 ["/me*"]"#, "4"));
    assert_eq!(desk.olga.asked.load(Ordering::SeqCst), 1, "recognised once per request");
    let chosen = ("cookie", "__Host-session=good; __Host-look=lang-en.theme-dark");
    assert!(desk.get("/me", &[chosen]).await.1.contains(" en "));
}

#[tokio::test]
async fn a_token_is_a_program_and_hides_the_session() {
    let desk = Desk::new();
    let (status, body, _) = desk.get("/api/v1/me", &[("authorization", "Bearer key"), ("accept-language", "es")]).await;
    assert!(status == 200 && body.contains("Api { token: 3 } es"), "{body}");
    assert_eq!(desk.get("/me", &[SESSION, ("authorization", "Bearer wrong")]).await.0, 401);
}

#[tokio::test]
async fn nobody_is_asked_to_sign_in_and_guessing_ends() {
    let desk = Desk::new();
    assert_eq!(desk.get("/open", &[]).await.1, "nobody");
    assert_eq!(desk.get("/open", &[SESSION]).await.1, "Olga Petrova");
    let plain = ("cookie", "session=good");
    assert_eq!(desk.get("/me", &[plain]).await.0, 401, "over HTTPS only the prefixed cookie counts");
    let guess = |n: i32| ("authorization".to_owned(), format!("Bearer guess{n}"));
    let mut statuses = Vec::new();
    for n in 0..4 {
        let (name, value) = guess(n);
        statuses.push(desk.get("/api/v1/me", &[(&name, &value)]).await.0);
    }
    assert_eq!(statuses, [401, 429, 429, 429], "of three places one went to the open page and one to a cookie that is none");
    assert_eq!(desk.get("/me", &[SESSION]).await.0, 200, "who is signed in goes on");
}

#[tokio::test]
async fn a_person_has_one_bucket_over_all_doors() {
    let desk = Desk::new();
    for _ in 0..3 {
        assert_eq!(desk.get("/me", &[SESSION]).await.0, 200);
    }
    for _ in 0..2 {
        assert_eq!(desk.get("/api/v1/me", &[("authorization", "Bearer key")]).await.0, 200);
    }
    assert_eq!(desk.get("/me", &[SESSION]).await.0, 429);
}

#[tokio::test]
async fn the_same_address_answers_the_page_or_its_part() {
    let desk = Desk::new();
    let part = "<p>&#60;b&#62;</p>";
    assert_eq!(desk.get("/page", &[SESSION]).await.1, format!("<html>{part}</html>"));
    let wish = [SESSION, ("hx-request", "true"), ("hx-request-type", "partial")];
    assert_eq!(desk.get("/page", &wish).await.1, part);
    assert!(desk.get("/page", &[SESSION, ("hx-request-type", "full")]).await.1.contains("<html>"));
}

#[tokio::test]
async fn an_invented_cookie_opens_no_more_than_none() {
    for line in [
        ("cookie", "x=1"),
        ("cookie", "session=good"),
        ("cookie", "__Host-session=guess"),
        ("authorization", "Bearer guess"),
        ("authorization", "Basic eDp5"),
    ] {
        for path in ["/plain", "/nothing-here", "/open", "/me"] {
            let desk = Desk::new();
            let mut statuses = Vec::new();
            for _ in 0..5 {
                statuses.push(desk.get(path, &[line]).await.0);
            }
            assert!(statuses[..3].iter().all(|status| *status != 429), "{line:?} {path} {statuses:?}");
            assert_eq!(statuses[3..], [429, 429], "{line:?} {path}");
        }
    }
    let desk = Desk::new();
    for _ in 0..4 {
        desk.get("/plain", &[]).await;
    }
    assert_eq!(desk.get("/me", &[SESSION]).await.0, 200, "who is signed in goes on");
}

#[tokio::test]
async fn a_page_that_the_browser_has_is_not_sent_again() {
    let desk = Desk::new();
    let send = async |method: &str, lines: &[(&str, &str)]| {
        let mut request = Request::builder().method(method).uri("/page");
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(CLIENT);
        let response = desk.router.clone().oneshot(request).await.unwrap();
        let mark = response.headers().get("etag").map_or("", |value| value.to_str().unwrap()).to_owned();
        let status = response.status().as_u16();
        (status, mark, response.into_body().collect().await.unwrap().to_bytes().len())
    };
    let (status, mark, length) = send("GET", &[SESSION]).await;
    assert!(status == 200 && mark.starts_with("W/\"") && length > 0, "{mark}");
    let again = send("GET", &[SESSION, ("if-none-match", &mark)]).await;
    assert_eq!(again, (304, mark.clone(), 0));
    let part = send("GET", &[SESSION, ("hx-request", "true"), ("hx-request-type", "partial"), ("if-none-match", &mark)]).await;
    assert_eq!((part.0, part.1 == mark), (200, false), "a part is another answer");
    assert_eq!(send("GET", &[SESSION, ("if-none-match", "W/\"other\"")]).await.0, 200);
}
