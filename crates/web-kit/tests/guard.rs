//! The guard through the router: what every route gets without asking.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt as _;
use i18n::T;
use kernel::{Error, ErrorKind, Lang, MockClock, SeededEntropy, Time};
use tower::ServiceExt as _;
use web_kit::{Client, Context, Fail, Form, Json, Path, Quota, RateLimiter, Web, assets, health, look_routes, protect};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    subject: String,
}

struct Desk {
    router: Router,
    clock: MockClock,
    client: Client,
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

const OUTSIDE: Client = Client { ip: IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7)), secure: true, local: false };

fn routes() -> Router {
    let fault = || Error::internal("the pump is broken");
    Router::new()
        .route("/t/{id}", get(async |Path(id): Path<i64>| if id == 7 { Ok("seven") } else { Err(Fail::from(Error::not_found())) }))
        .route("/t", post(async |Form(new): Form<New>| new.subject))
        .route("/page", get(async || Html("<p>page</p>".repeat(500))))
        .route("/slow", get(std::future::pending::<&'static str>))
        .route("/strict", get(async || ([("content-security-policy", "sandbox"), ("cache-control", "no-store")], "file")))
        .route("/fault", get(async move || -> Result<(), Fail> { Err(fault().into()) }))
        .route("/panic", get(async || -> &'static str { panic!("with a secret") }))
        .route("/form", post(async || (StatusCode::UNPROCESSABLE_ENTITY, Html("<form>again</form>"))))
        .route("/clash", post(async || -> Result<(), Fail> { Err(Error::invalid("name", "error-required").into()) }))
        .route("/private", get(async || -> Result<(), Fail> { Err(Error::unauthenticated().into()) }))
        .route("/api/v1/t/{id}", get(async |Path(_): Path<i64>| -> Result<(), Fail> { Err(Error::not_found().into()) }))
        .route("/api/v1/t", post(async |Json(new): Json<New>| new.subject))
        .route("/api/v1/fault", get(async move || -> Result<(), Fail> { Err(fault().into()) }))
        .route("/api/v1/busy", get(async || -> Result<(), Fail> { Err(Error::new(ErrorKind::Busy, "error-busy").retry_after(9).into()) }))
        .route("/api/v1/me", get(async || -> Result<(), Fail> { Err(Error::unauthenticated().into()) }))
        .route(
            "/api/v1/ru",
            get(async |request: Request| -> Result<Response, Fail> {
                Context::of(&request).unwrap().set_reader(T::utc(Lang::Ru));
                Err(Error::forbidden().into())
            }),
        )
}

impl Desk {
    fn new() -> Self {
        let clock = MockClock::at(Time::from_seconds(1_000_000));
        let url = "https://desk.example".parse().unwrap();
        let mut web = Web::new(Arc::new(clock.clone()), Arc::new(SeededEntropy::new(7)), url).unwrap();
        web.answer_within = Duration::from_millis(100);
        web.anonymous = RateLimiter::new(Quota { burst: 50, per_second: 1 });
        let web = Arc::new(web);
        let ready = Box::new(|| Box::pin(async { Ok("backup: good\n".to_owned()) }) as futures_util::future::BoxFuture<'static, _>);
        let router = routes().merge(health(Arc::clone(&web), ready, Some("numbers".to_owned()))).merge(assets()).merge(look_routes());
        Self { router: protect(router, web), clock, client: OUTSIDE }
    }

    async fn ask(&self, request: Request) -> Answer {
        let mut request = request;
        request.extensions_mut().insert(self.client);
        let response = self.router.clone().oneshot(request).await.into_response();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    async fn get(&self, path: &str, lines: &[(&str, &str)]) -> Answer {
        self.ask(with(Request::get(path), lines).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, lines: &[(&str, &str)], body: &'static str) -> Answer {
        self.ask(with(Request::post(path), lines).body(Body::from(body)).unwrap()).await
    }
}

fn with(mut request: http::request::Builder, lines: &[(&str, &str)]) -> http::request::Builder {
    for (name, value) in lines {
        request = request.header(*name, *value);
    }
    request
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn json(&self) -> serde_json::Value {
        assert_eq!(self.header("content-type"), "application/problem+json");
        serde_json::from_str(&self.body).unwrap()
    }
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("content-type", "application/json");
const OWN: (&str, &str) = ("origin", "https://desk.example");
const COOKIE: (&str, &str) = ("cookie", "session=1");

#[tokio::test]
async fn every_answer_carries_the_headers_of_safety() {
    let desk = Desk::new();
    for (path, status) in [("/t/7", 200), ("/page", 200), ("/t/8", 404), ("/nowhere", 404), ("/fault", 500), ("/a//b", 404)] {
        let answer = desk.get(path, &[]).await;
        assert_eq!(answer.status, status, "{path}");
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self';",
            "require-trusted-types-for 'script'",
            "trusted-types spoc htmx push",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {part}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert!(answer.header("strict-transport-security").contains("max-age=31536000"));
        assert_eq!(answer.header("x-request-id").len(), 12);
    }
    let strict = desk.get("/strict", &[]).await;
    assert_eq!((strict.header("content-security-policy"), strict.header("cache-control")), ("sandbox", "no-store"));
    assert!(desk.get("/page", &[]).await.header("vary").contains("hx-request"));
    let mut plain = Desk::new();
    plain.client.secure = false;
    assert_eq!(plain.get("/t/7", &[]).await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn what_is_missing_and_what_cannot_be_read_answer_the_same_bytes() {
    let desk = Desk::new();
    for missing in [vec!["/t/8", "/t/9", "/t/x"], vec!["/api/v1/t/8", "/api/v1/t/-1", "/api/v1/t/99999999999999999999"]] {
        let mut bodies = Vec::new();
        for path in missing {
            let answer = desk.get(path, &[]).await;
            assert_eq!(answer.status, 404, "{path}");
            bodies.push(answer.body);
        }
        bodies.dedup();
        assert_eq!(bodies.len(), 1, "{bodies:?}");
    }
}

#[tokio::test]
async fn tricks_with_paths_methods_and_hosts_reach_nothing() {
    let desk = Desk::new();
    for path in ["/t/../t/7", "/t//7", "//t/7", "/t;x=y/7", "/t/%37/..;/7", "/t%2f7", "/%2e/t/7", "/t/7%00", "/T/7", "/t/7/", "/t/7."] {
        assert_eq!(desk.get(path, &[]).await.status, 404, "{path}");
    }
    let absolute = desk.get("http://evil.example/t/7", &[]).await;
    assert_eq!((absolute.status, absolute.body.as_str()), (200, "seven"), "the host decides nothing");
    for name in ["x-http-method-override", "x-http-method", "x-method-override", "_method"] {
        assert_eq!(desk.get("/t/7?_method=DELETE", &[(name, "DELETE")]).await.body, "seven");
    }
    for (name, value) in [("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example")] {
        assert!(!desk.get("/t/8", &[(name, value)]).await.body.contains("evil"), "{name}");
    }
    let trace = desk.ask(Request::builder().method("TRACE").uri("/api/v1/t").body(Body::empty()).unwrap()).await;
    assert_eq!(trace.status, 405);
    assert_eq!(desk.post("/page", &[OWN, FORM], "").await.status, 404, "a page under another method is not there");
    let api = desk.get("/api/v1/t", &[]).await;
    assert_eq!((api.status, api.header("allow"), api.json()["type"].as_str()), (405, "POST", Some("/problems/method")));
}

#[tokio::test]
async fn other_sites_change_nothing() {
    let desk = Desk::new();
    let own = desk.post("/t", &[COOKIE, FORM, OWN], "subject=hi").await;
    assert_eq!((own.status, own.body.as_str()), (200, "hi"));
    for lines in [
        vec![COOKIE, FORM],
        vec![COOKIE, FORM, ("origin", "https://evil.example")],
        vec![COOKIE, FORM, ("sec-fetch-site", "same-site"), OWN],
        vec![COOKIE, FORM, ("origin", "null")],
    ] {
        assert_eq!(desk.post("/t", &lines, "subject=hi").await.status, 403, "{lines:?}");
    }
    for kind in ["text/plain", "text/plain;charset=UTF-8", "TEXT/PLAIN"] {
        let lines = [COOKIE, OWN, ("content-type", kind)];
        assert_eq!(desk.post("/api/v1/t", &lines, "{\"subject\":\"x\"}").await.status, 415, "{kind}");
    }
    let bearer = [("authorization", "Bearer abc"), JSON];
    assert_eq!(desk.post("/api/v1/t", &bearer, "{\"subject\":\"x\"}").await.body, "x");
    let form = [("authorization", "Bearer abc"), FORM];
    assert_eq!(desk.post("/api/v1/t", &form, "{\"subject\":\"x\"}").await.status, 415);
}

#[tokio::test]
async fn errors_are_problems_for_programs_in_the_readers_language() {
    let desk = Desk::new();
    let missing = desk.get("/api/v1/t/8", &[("accept-language", "es")]).await;
    assert_eq!(missing.header("content-language"), "es");
    assert_eq!(
        missing.json(),
        serde_json::json!({
            "type": "/problems/not-found", "title": "No encontrado", "status": 404,
            "detail": "Aquí no hay nada que puedas ver",
        })
    );
    let fault = desk.get("/api/v1/fault", &[]).await;
    let problem = fault.json();
    assert_eq!((fault.status, problem["incident"].as_str()), (500, Some(fault.header("x-request-id"))));
    assert!(!fault.body.contains("pump"), "the cause is for the log");
    let busy = desk.get("/api/v1/busy", &[]).await;
    assert_eq!((busy.status, busy.header("retry-after")), (503, "9"));
    let me = desk.get("/api/v1/me", &[]).await;
    assert_eq!((me.status, me.header("www-authenticate")), (401, "Bearer realm=\"spoc\""));
    let bearer = [("authorization", "Bearer abc"), JSON];
    let wrong = desk.post("/api/v1/t", &bearer, "{\"subject\":\"x\",\"is_admin\":true}").await;
    assert_eq!((wrong.status, wrong.json()["errors"][0]["pointer"].as_str()), (422, Some("/is_admin")));
    assert_eq!(desk.post("/api/v1/t", &bearer, "{\"subject\"").await.status, 400);
    let ru = desk.get("/api/v1/ru", &[("accept-language", "es")]).await;
    assert_eq!(ru.json()["title"], "Нет доступа", "whom the session knows decides, not the browser");
}

#[tokio::test]
async fn errors_are_pages_for_people_and_words_for_htmx() {
    let desk = Desk::new();
    let page = desk.get("/fault", &[("accept", "text/html"), ("accept-language", "ru")]).await;
    assert_eq!((page.status, page.header("content-type")), (500, "text/html; charset=utf-8"));
    assert!(page.body.contains("<html lang=\"ru\" ") && page.body.contains(page.header("x-request-id")), "{}", page.body);
    let part = desk.get("/fault", &[("hx-request", "true")]).await;
    assert_eq!((part.header("hx-reswap"), part.json()["status"].as_u64()), ("none", Some(500)));
    let clash = desk.post("/clash", &[COOKIE, OWN, FORM, ("hx-request", "true"), ("accept-language", "ru")], "").await;
    let toast: serde_json::Value = serde_json::from_str(clash.header("hx-trigger")).unwrap();
    let words = toast["spoc:toast"]["text"].as_str().unwrap();
    assert!(clash.status == 422 && words.ends_with("Заполните это поле"), "{words}");
    let private = desk.get("/private?q='a'&b=1", &[]).await;
    assert_eq!(private.status, 401);
    for part in ["action=\"/login\"", "name=\"email\"", "name=\"password\"", "value=\"/private?q=&#39;a&#39;&#38;b=1\""] {
        assert!(private.body.contains(part), "{part}: {}", private.body);
    }
    let form = desk.post("/form", &[COOKIE, OWN, FORM], "").await;
    assert_eq!((form.status, form.body.as_str()), (422, "<form>again</form>"), "a form that is shown again stays");
    let panicked = desk.get("/panic", &[]).await;
    assert_eq!(panicked.status, 500);
    assert!(!panicked.body.contains("secret"));
    let slow = desk.get("/slow", &[]).await;
    assert_eq!((slow.status, slow.header("retry-after")), (503, "5"));
    assert_eq!(i18n::faults(), Vec::<String>::new(), "all words are there");
}

#[tokio::test]
async fn a_browser_keeps_its_look_before_anybody_signs_in() {
    let desk = Desk::new();
    let changed = desk.post("/me/look", &[OWN, FORM], "lang=ru&theme=dark&return=/t/7").await;
    assert_eq!((changed.status, changed.header("location")), (303, "/t/7"));
    let cookie = changed.header("set-cookie");
    assert!(cookie.starts_with("__Host-look=") && cookie.contains("; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    let kept = cookie.split(';').next().unwrap();
    let page = desk.get("/t/8", &[("cookie", kept), ("accept-language", "es")]).await;
    assert!(page.body.contains("<html lang=\"ru\" data-theme=\"dark\""), "{}", page.body);
    let script = [OWN, FORM, ("cookie", kept), ("hx-request", "true")];
    let again = desk.post("/me/look", &script, "theme=light").await;
    assert!(again.status == 204 && again.header("set-cookie").contains("lang-ru.theme-light"));
    let away = desk.post("/me/look", &[OWN, FORM], "return=//evil.example").await;
    assert_eq!(away.header("location"), "/");
}

#[tokio::test]
async fn front_end_files_are_kept_for_good() {
    let desk = Desk::new();
    let css = desk.get(ui::asset("portal.css"), &[("accept-encoding", "br")]).await;
    assert_eq!((css.status, css.header("content-type")), (200, "text/css; charset=utf-8"));
    assert_eq!((css.header("content-encoding"), css.header("cache-control")), ("br", ui::Asset::CACHE_CONTROL));
    for missing in ["/assets/none.css", "/assets/manifest.json", "/assets/..%2fCargo.toml"] {
        assert_eq!(desk.get(missing, &[]).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn an_anonymous_address_has_a_bucket_whatever_it_pretends_to_be() {
    let desk = Desk::new();
    for left in (0..50).rev() {
        assert_eq!(desk.get("/t/7", &[]).await.header("ratelimit-remaining"), left.to_string());
    }
    let refused = desk.get("/t/7", &[]).await;
    assert_eq!((refused.status, refused.header("retry-after"), refused.header("ratelimit-reset")), (429, "1", "50"));
    for pretended in [COOKIE, ("cookie", "__Host-session=1"), ("authorization", "Bearer x")] {
        assert_eq!(desk.get("/t/7", &[pretended]).await.status, 429, "{pretended:?}");
    }
    desk.clock.advance(Time::SECOND);
    assert_eq!(desk.get("/t/7", &[]).await.status, 200);
}

#[tokio::test]
async fn answers_are_compressed_except_for_programs_on_this_machine() {
    let mut desk = Desk::new();
    let accept = [("accept-encoding", "br, gzip")];
    assert_eq!(desk.get("/page", &accept).await.header("content-encoding"), "br");
    assert_eq!(desk.get("/t/7", &accept).await.header("content-encoding"), "", "too small to gain");
    desk.client.local = true;
    assert_eq!(desk.get("/page", &accept).await.header("content-encoding"), "");
}

#[tokio::test]
async fn health_is_public_and_numbers_are_not() {
    let mut desk = Desk::new();
    assert_eq!(desk.get("/healthz", &[]).await.body, "ok\n");
    assert_eq!(desk.get("/readyz", &[]).await.body, "ready\n");
    desk.get("/panic", &[]).await;
    assert_eq!(desk.get("/metrics", &[]).await.status, 404);
    assert_eq!(desk.get("/metrics", &[("authorization", "Bearer wrong")]).await.status, 404);
    let numbers = desk.get("/metrics", &[("authorization", "Bearer numbers")]).await;
    assert!(numbers.body.contains("spoc_http_panics_total 1"), "{}", numbers.body);
    assert!(numbers.body.contains(r#"spoc_http_request_seconds_count{method="GET",route="/healthz",status="200"} 1"#));
    assert_eq!(desk.get("/readyz", &[("authorization", "Bearer numbers")]).await.body, "ready\nbackup: good\n");
    desk.client.local = true;
    assert_eq!(desk.get("/metrics", &[]).await.status, 200);
}
