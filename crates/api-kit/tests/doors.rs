//! The router itself keeps the doors: a handler that asks for nothing is still shut.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use access::{Actor, ActorKind, Grant, Role, Verb, delivered};
use api_kit::{Door, Slice};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use futures_util::future::BoxFuture;
use http::Method;
use http_body_util::BodyExt as _;
use kernel::{MockClock, OrganisationId, PersonId, SeededEntropy, Time};
use tower::ServiceExt as _;
use web_kit::{App, Authenticator, Client, Credential, Parts, SignedIn, Web, protect};

const CLIENT: Client = Client { ip: IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7)), secure: true, local: false };

/// A session is the key of the role that its person holds.
struct ByRole(BTreeMap<String, Arc<Role>>);

impl Authenticator for ByRole {
    fn authenticate<'a>(&'a self, credential: Credential<'a>, _: Client) -> BoxFuture<'a, kernel::Result<Option<SignedIn>>> {
        let Credential::Session(key) = credential else { return Box::pin(async { Ok(None) }) };
        let tenant = OrganisationId::new(1);
        let found = self.0.get(key).map(|role| {
            let grants = vec![Grant { key: key.to_owned(), tenant, role: Arc::clone(role) }];
            let actor = Actor { kind: ActorKind::Person, person: Some(PersonId::new(7)), tenant, grants, ..Actor::system() };
            SignedIn { actor: Arc::new(actor), session: Some("s".into()) }
        });
        Box::pin(async move { Ok(found) })
    }
}

/// Every verb is the door of a page and of a form whose handlers ask for nothing.
fn slice() -> Slice {
    let open = Slice::new("doors").get("/open", Door::Open, async || "in").get("/signed", Door::SignedIn, async || "in");
    Verb::ALL.iter().fold(open, |slice, verb| {
        let path = format!("/{verb}");
        slice.get(&path, Door::Verb(*verb), async || "in").post(&path, Door::Verb(*verb), async |body: String| format!("in {body}"))
    })
}

async fn ask(router: &Router, role: Option<&str>, method: Method, path: &str) -> (u16, String) {
    let mut request = Request::builder().method(method).uri(path).header("origin", "https://desk.example");
    if let Some(role) = role {
        request = request.header("cookie", format!("__Host-session={role}"));
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(CLIENT);
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn every_role_comes_through_the_doors_of_its_verbs_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let db = db::Db::open(db::Options::at(db::Location::Sqlite(folder.path().join("desk.db")))).unwrap();
    let url = "https://desk.example".parse().unwrap();
    let clock = MockClock::at(Time::from_seconds(1_000_000));
    let mut web = Web::new(Arc::new(clock), Arc::new(SeededEntropy::new(7)), url).unwrap();
    web.people = web_kit::Quota { burst: 10_000, per_second: 10_000 };
    let web = Arc::new(web);
    let roles: BTreeMap<String, Arc<Role>> = delivered().unwrap().into_iter().collect();
    let parts = Parts::new(db, Arc::clone(&web), Arc::new(ByRole(roles.clone())));
    let router = protect(slice().pages.with_state(App::new(parts)), web);

    let missing = ask(&router, Some("user"), Method::GET, "/nothing-here").await;
    for method in [Method::GET, Method::POST] {
        for verb in Verb::ALL {
            let path = format!("/{verb}");
            assert_eq!(ask(&router, None, method.clone(), &path).await.0, 401, "{method} {verb}");
            assert_eq!(ask(&router, Some("nobody"), method.clone(), &path).await.0, 401, "{method} {verb}");
            for (key, role) in &roles {
                let (status, body) = ask(&router, Some(key), method.clone(), &path).await;
                let works = role.reach(Verb::TicketSeeInternal) > access::Reach::None;
                match (role.reach(*verb) > access::Reach::None, works) {
                    (true, _) => assert_eq!((status, body.starts_with("in")), (200, true), "{method} {verb} {key}"),
                    (false, true) => assert_eq!(status, 403, "{method} {verb} {key}"),
                    (false, false) => assert_eq!((status, &body), (404, &missing.1), "{method} {verb} {key}"),
                }
            }
        }
    }
    assert_eq!(ask(&router, None, Method::GET, "/open").await, (200, "in".to_owned()));
    assert_eq!(ask(&router, None, Method::GET, "/signed").await.0, 401);
    assert_eq!(ask(&router, Some("user"), Method::GET, "/signed").await, (200, "in".to_owned()));
}
