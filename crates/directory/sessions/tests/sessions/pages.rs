//! The pages and endpoints through the whole router, on both databases.

use crate::browser::{Answer, Browser, call, router};
use crate::desk::{Desk, NOW, PASSWORD, Someone, login, secret, template};
use events::{Act, Cause};
use http::{Method, StatusCode};
use kernel::{SystemEntropy, Time};
use sessions::actions::reset_password::{offer, path};
use sessions::actions::set_up;

const CAST: &[(&str, &str)] = &[("olga", access::SYSTEM), ("boris", "operator"), ("carla", access::FALLBACK)];
const COOKIE: &str = "__Host-session";

async fn signed_in(browser: &Browser, name: &str, password: &str) -> Answer {
    browser.post("/login", &[("email", &login(name)), ("password", password)]).await
}

async fn link_for(desk: &Desk, someone: Someone) -> String {
    let link = secret();
    let act = Act::system(NOW, Cause::Page, std::sync::Arc::new(SystemEntropy));
    let digest = link.digest();
    desk.write(move |tx| offer(tx, &act, someone.account, digest)).await.unwrap();
    path(&link)
}

fn shows(answer: &Answer, text: &str) -> bool {
    answer.body.contains(text)
}

testkit::both! {
    template: template();

    async fn a_wrong_log_in_keeps_what_was_typed_and_tells_nobody_more(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let browser = Browser::new(&router(&desk));
        let fields = [("email", "olga@ria.example"), ("password", "a wrong password"), ("next", "/desk?q=vpn")];
        let known = browser.post("/login", &fields).await;
        assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(shows(&known, "value=\"olga@ria.example\"") && shows(&known, "value=\"/desk?q=vpn\"") && shows(&known, "do not match"), "{}", known.body);
        assert!(!shows(&known, "a wrong password") && known.cookies().is_empty());
        let unknown = browser.post("/login", &[("email", "adam@ria.example"), fields[1], fields[2]]).await;
        assert_eq!(unknown.body.replace("adam@", "olga@"), known.body, "byte for byte");
        assert_eq!((unknown.status, unknown.headers.len()), (known.status, known.headers.len()));
        let empty = browser.post("/login", &[("email", ""), ("password", "")]).await;
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && shows(&empty, "id=\"email-error\"") && shows(&empty, "id=\"password-error\""));
        for _ in 0..9 {
            assert_eq!(browser.post("/login", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let held = browser.post("/login", &fields).await;
        assert_eq!((held.status, held.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "10"));
        assert!(shows(&held, "not locked") && shows(&held, "value=\"olga@ria.example\""));
    }

    async fn a_demo_shows_its_log_ins_and_no_other_desk_does(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let browser = Browser::new(&router(&desk));
        let before = browser.get("/login").await;
        assert!(before.status == StatusCode::OK && !shows(&before, "demo-title"), "{}", before.body);
        let act = Act::system(NOW, Cause::Demo, std::sync::Arc::new(SystemEntropy));
        let list = serde_json::json!([{ "role": "operator", "login": login("boris"), "password": PASSWORD, "name": "Boris", "title": "Agent" }]);
        desk.write(move |tx| settings::put(tx, &act, 0, "demo", "log_ins", 0, &list).map(drop)).await.unwrap();
        let after = browser.get("/login").await;
        assert!(shows(&after, "<button class=\"button\">Operator</button>") && shows(&after, &login("boris")) && shows(&after, PASSWORD), "{}", after.body);
    }

    async fn a_right_log_in_sets_cookies_without_holes_and_goes_to_own_pages_only(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let router = router(&desk);
        for (next, place) in [("/desk?q=vpn", "/desk?q=vpn"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/"), ("", "/")] {
            let browser = Browser::new(&router);
            let answer = browser.post("/login", &[("email", &login("olga")), ("password", PASSWORD), ("return", next)]).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, place), "{next}");
            for line in answer.cookies() {
                assert!(line.starts_with("__Host-") && line.contains("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{line}");
            }
            assert!(browser.cookie(COOKIE).is_some());
            assert_eq!(browser.get("/login").await.status, StatusCode::SEE_OTHER, "signed in already");
        }
    }

    async fn a_dialog_over_the_page_signs_in_again(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let browser = Browser::new(&router(&desk));
        signed_in(&browser, "boris", PASSWORD).await;
        desk.clock.advance(13 * Time::HOUR);
        assert_eq!(browser.scripted("/me", &[("lang", "ru")]).await.status, StatusCode::UNAUTHORIZED);
        let wrong = browser.scripted("/login", &[("email", &login("boris")), ("password", "a wrong password")]).await;
        assert_eq!((wrong.status, wrong.header("content-type")), (StatusCode::UNPROCESSABLE_ENTITY, "application/problem+json"));
        let right = browser.scripted("/login", &[("email", &login("boris")), ("password", PASSWORD)]).await;
        assert_eq!((right.status, right.body.as_str()), (StatusCode::NO_CONTENT, ""));
        assert_eq!(browser.scripted("/me", &[("lang", "ru")]).await.status, StatusCode::SEE_OTHER, "the action again");
    }

    async fn signing_out_ends_the_session_on_the_server(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let router = router(&desk);
        let (browser, copy) = (Browser::new(&router), Browser::new(&router));
        signed_in(&browser, "carla", PASSWORD).await;
        let cookie = browser.cookie(COOKIE).unwrap();
        let with_copy = [("cookie", format!("{COOKIE}={cookie}"))];
        let headers: Vec<(&str, &str)> = with_copy.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(copy.send(Method::GET, "/me", &headers, String::new()).await.status, StatusCode::OK);
        assert_eq!(browser.get("/logout").await.status, StatusCode::NOT_FOUND, "no link signs anybody out");
        let answer = browser.post("/logout", &[]).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/login"));
        assert!(answer.header("clear-site-data").contains("cache") && browser.cookie(COOKIE).is_none());
        assert_eq!(copy.send(Method::GET, "/me", &headers, String::new()).await.status, StatusCode::UNAUTHORIZED);
    }

    async fn a_link_for_a_password_is_bound_short_and_for_one_use(db: TestDb) {
        let (desk, cast) = Desk::with(db.db(), CAST).await;
        let browser = Browser::new(&router(&desk));
        let link = link_for(&desk, cast[2]).await;
        let shown = browser.get(&link).await;
        assert_eq!((shown.status, shown.header("cache-control")), (StatusCode::OK, "no-store"));
        let flipped: String = link.chars().rev().collect();
        let token = link.strip_prefix("/reset/").unwrap();
        let swapped: String = token.chars().map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect();
        for wrong in ["NULL", "[]", "%5B%5D", "a", &token[..42], &swapped, flipped.trim_end_matches('/')] {
            let path = format!("/reset/{}", wrong.replace('/', ""));
            assert_eq!(browser.get(&path).await.status, StatusCode::BAD_REQUEST, "{wrong}");
            assert_eq!(browser.post(&path, &[("password", "seven blue lamps"), ("again", "seven blue lamps")]).await.status, StatusCode::BAD_REQUEST);
        }
        let differs = browser.post(&link, &[("password", "seven blue lamps"), ("again", "seven blue lamp")]).await;
        assert!(differs.status == StatusCode::UNPROCESSABLE_ENTITY && shows(&differs, "id=\"again-error\""));
        let short = browser.post(&link, &[("password", "short"), ("again", "short")]).await;
        assert!(short.status == StatusCode::UNPROCESSABLE_ENTITY && shows(&short, "At least 8 characters"));
        let set = browser.post(&link, &[("password", "seven blue lamps"), ("again", "seven blue lamps")]).await;
        assert_eq!((set.status, set.header("location")), (StatusCode::SEE_OTHER, "/login?changed=1"));
        assert!(shows(&browser.get("/login?changed=1").await, "Your password is changed"));
        assert_eq!(browser.get(&link).await.status, StatusCode::BAD_REQUEST, "used up");
        assert_eq!(signed_in(&browser, "carla", "seven blue lamps").await.status, StatusCode::SEE_OTHER);
    }

    async fn an_empty_desk_leads_to_its_set_up(db: TestDb) {
        let desk = Desk::new(db.db());
        let browser = Browser::speaking("es", &router(&desk));
        assert!(shows(&browser.get("/login").await, "aún no está configurada"));
        let db = desk.db.clone();
        let code = tokio::task::spawn_blocking(move || set_up::offer(&db, &SystemEntropy, NOW)).await.unwrap().unwrap().unwrap();
        assert_eq!(browser.get("/setup").await.status, StatusCode::BAD_REQUEST);
        assert_eq!(browser.get("/setup?code=guess").await.status, StatusCode::BAD_REQUEST);
        let form = browser.get(&set_up::path(&code)).await;
        assert!(form.status == StatusCode::OK && shows(&form, "Configura tu mesa") && shows(&form, "Europe/Madrid"), "{}", form.body);
        let fields = |password: &'static str| {
            vec![
                ("code", code.reveal().to_owned()),
                ("organisation", "Ría <Industries>".into()),
                ("name", "Olga Petrova".into()),
                ("email", "olga@ria.example".into()),
                ("password", password.to_owned()),
                ("again", password.to_owned()),
                ("lang", "es".into()),
                ("time_zone", "Europe/Madrid".into()),
            ]
        };
        let send = async |fields: Vec<(&str, String)>| {
            let borrowed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post("/setup", &borrowed).await
        };
        let weak = send(fields("contraseña1")).await;
        assert!(weak.status == StatusCode::UNPROCESSABLE_ENTITY && shows(&weak, "Ría &#60;Industries&#62;") && shows(&weak, "value=\"Olga Petrova\""), "{}", weak.body);
        let made = send(fields(PASSWORD)).await;
        assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, "/"));
        let me = browser.get("/me").await;
        assert!(me.status == StatusCode::OK && shows(&me, "Tu cuenta") && shows(&me, "Firefox, Windows"), "{}", me.body);
        assert_eq!(browser.get("/setup").await.header("location"), "/login");
        assert_eq!(send(fields(PASSWORD)).await.status, StatusCode::BAD_REQUEST, "once");
    }

    async fn the_own_account_reads_well_in_each_language_and_frame(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let router = router(&desk);
        assert_eq!(Browser::new(&router).get("/me").await.status, StatusCode::UNAUTHORIZED);
        for (name, frame, tokens) in [("olga", "class=\"console\"", true), ("carla", "class=\"portal\"", false)] {
            for (lang, title) in [("en", "Your account"), ("es", "Tu cuenta"), ("ru", "Ваша учётная запись")] {
                let browser = Browser::speaking(lang, &router);
                browser.post("/me/look", &[("lang", lang)]).await;
                signed_in(&browser, name, PASSWORD).await;
                let page = browser.get("/me").await;
                assert!(page.status == StatusCode::OK && shows(&page, title) && shows(&page, frame), "{name} {lang}");
                assert_eq!(shows(&page, "action=\"/me/tokens\""), tokens, "{name}");
                browser.post("/logout", &[]).await;
            }
        }
        let faults: Vec<String> = i18n::faults().into_iter().filter(|fault| fault.contains("sessions")).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }

    async fn a_look_follows_the_account_into_another_browser(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let router = router(&desk);
        let (office, home) = (Browser::new(&router), Browser::new(&router));
        signed_in(&office, "boris", PASSWORD).await;
        assert_eq!(office.scripted("/me/look", &[("theme", "dark")]).await.status, StatusCode::NO_CONTENT);
        let back = office.post("/me/look", &[("letters", "off"), ("lang", "ru"), ("return", "/me")]).await;
        assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, "/me"));
        signed_in(&home, "boris", PASSWORD).await;
        let page = home.get("/me").await;
        assert!(shows(&page, "data-theme=\"dark\"") && shows(&page, "lang=\"ru\"") && !shows(&page, "data-letters>"), "{}", page.body);
        assert_eq!(home.post("/me", &[("lang", ""), ("time_zone", "Europe/Madrid")]).await.header("location"), "/me?done=profile");
        assert!(shows(&home.get("/me?done=profile").await, "Profile saved"), "the browser's own language again");
        let odd = home.post("/me", &[("lang", "xx"), ("time_zone", "Mars/Base")]).await;
        assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn passwords_sessions_and_tokens_are_kept_on_one_page(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let router = router(&desk);
        let (here, there) = (Browser::new(&router), Browser::new(&router));
        signed_in(&here, "olga", PASSWORD).await;
        signed_in(&there, "olga", PASSWORD).await;
        let wrong = here.post("/me/password", &[("current", "not this one"), ("password", "seven blue lamps"), ("again", "seven blue lamps")]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && shows(&wrong, "id=\"current-error\"") && !shows(&wrong, "seven blue"));
        let changed = here.post("/me/password", &[("current", PASSWORD), ("password", "seven blue lamps"), ("again", "seven blue lamps")]).await;
        assert_eq!(changed.header("location"), "/me?done=password");
        assert_eq!((here.get("/me").await.status, there.get("/me").await.status), (StatusCode::OK, StatusCode::UNAUTHORIZED));

        let fields = [("name", "Monitoring <b>"), ("scopes", "read"), ("expires_at", "90"), ("client_id", "c1")];
        let made = here.post("/me/tokens", &fields).await;
        assert_eq!((made.status, made.header("cache-control")), (StatusCode::OK, "no-store"));
        let text = made.body.split("id=\"token-text\">").nth(1).unwrap().split('<').next().unwrap();
        assert!(text.starts_with("spoc_") && shows(&made, "Monitoring &#60;b&#62;"));
        let twice = here.post("/me/tokens", &fields).await;
        assert!(twice.status == StatusCode::CONFLICT && !shows(&twice, text));
        assert!(!shows(&here.get("/me").await, text), "never again");
        let unnamed = here.post("/me/tokens", &[("name", ""), ("scopes", "read"), ("expires_at", "1000")]).await;
        assert!(unnamed.status == StatusCode::UNPROCESSABLE_ENTITY && shows(&unnamed, "id=\"name-error\""));
        assert_eq!(call(&router, Method::GET, "/api/v1/me", text, None).await.status, StatusCode::OK);
        let id = made.body.split("/me/tokens/").nth(1).unwrap().split('/').next().unwrap();
        assert_eq!(here.post(&format!("/me/tokens/{id}/revoke"), &[]).await.header("location"), "/me?done=token");
        assert_eq!(call(&router, Method::GET, "/api/v1/me", text, None).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(here.post(&format!("/me/tokens/{id}/revoke"), &[]).await.status, StatusCode::NOT_FOUND);

        signed_in(&there, "olga", "seven blue lamps").await;
        assert_eq!(here.post("/me/sessions/end-others", &[]).await.header("location"), "/me?done=sessions");
        assert_eq!(there.get("/me").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(here.post("/me/sessions/999/end", &[]).await.status, StatusCode::NOT_FOUND);
    }

    async fn programs_do_the_same_by_the_api(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let router = router(&desk);
        let browser = Browser::new(&router);
        signed_in(&browser, "olga", PASSWORD).await;
        let json = [("content-type", "application/json")];
        let wanted = |scopes: serde_json::Value, days: i64| {
            serde_json::json!({"name": "Backup", "scopes": scopes, "expires_at": NOW.plus(days * Time::DAY).to_rfc3339()}).to_string()
        };
        let made = browser.send(Method::POST, "/api/v1/tokens", &json, wanted(serde_json::json!(["write"]), 30)).await;
        assert_eq!((made.status, made.header("cache-control")), (StatusCode::CREATED, "no-store"), "{}", made.body);
        let token = made.json()["token"].as_str().unwrap().to_owned();
        for (body, pointer) in [
            (wanted(serde_json::json!(["fly"]), 30), "/scopes"),
            (wanted(serde_json::json!([]), 30), "/scopes"),
            (wanted(serde_json::json!(["read"]), 400), "/expires_at"),
            (r#"{"name":"x","scopes":["read"],"expires_at":"tomorrow"}"#.to_owned(), "/expires_at"),
            (r#"{"name":" ","scopes":["read"],"expires_at":"2026-02-01T00:00:00Z"}"#.to_owned(), "/name"),
            (r#"{"name":"x","scopes":["read"],"expires_at":"2026-02-01T00:00:00Z","account":1}"#.to_owned(), "/account"),
        ] {
            let refused = browser.send(Method::POST, "/api/v1/tokens", &json, body).await;
            assert_eq!((refused.status.as_u16(), refused.json()["errors"][0]["pointer"].as_str()), (422, Some(pointer)), "{}", refused.body);
        }
        let me = call(&router, Method::GET, "/api/v1/me", &token, None).await.json();
        assert_eq!((me["name"].as_str(), me["roles"][0]["role"].as_str(), me["staff"].as_bool()), (Some("olga"), Some("administrator"), Some(true)));
        assert!(me["token"].is_i64());
        let listed = call(&router, Method::GET, "/api/v1/tokens", &token, None).await;
        assert_eq!((listed.json()["items"][0]["name"].as_str(), listed.body.contains(&token)), (Some("Backup"), false));
        assert_eq!(call(&router, Method::GET, "/api/v1/sessions", &token, None).await.status, StatusCode::FORBIDDEN);
        let own = browser.get("/api/v1/sessions").await.json();
        assert_eq!((own["items"].as_array().unwrap().len(), own["items"][0]["current"].as_bool()), (1, Some(true)));
        let other = Browser::new(&router);
        signed_in(&other, "olga", PASSWORD).await;
        let id = other.get("/api/v1/sessions").await.json()["items"].as_array().unwrap().iter().find(|s| s["current"] == true).unwrap()["id"].clone();
        assert_eq!(browser.send(Method::DELETE, &format!("/api/v1/sessions/{id}"), &[], String::new()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(other.get("/me").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(browser.send(Method::DELETE, "/api/v1/sessions", &[], String::new()).await.status, StatusCode::NO_CONTENT);
        let id = me["token"].clone();
        assert_eq!(call(&router, Method::DELETE, &format!("/api/v1/tokens/{id}"), &token, None).await.status, StatusCode::NO_CONTENT);
        for wrong in [token.as_str(), "", "spoc_", "spoc_AAAA", "NULL"] {
            assert_eq!(call(&router, Method::GET, "/api/v1/me", wrong, None).await.status, StatusCode::UNAUTHORIZED, "{wrong}");
        }
    }

    async fn looking_changes_nothing(db: TestDb) {
        let (desk, cast) = Desk::with(db.db(), CAST).await;
        let browser = Browser::new(&router(&desk));
        signed_in(&browser, "olga", PASSWORD).await;
        let link = link_for(&desk, cast[1]).await;
        let before = desk.db.metrics().commits.load(std::sync::atomic::Ordering::SeqCst);
        for path in ["/login", "/me", "/setup", "/api/v1/me", "/api/v1/sessions", "/api/v1/tokens", link.as_str()] {
            browser.get(path).await;
        }
        assert_eq!(desk.db.metrics().commits.load(std::sync::atomic::Ordering::SeqCst), before, "no GET has written");
    }
}
