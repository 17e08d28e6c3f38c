//! Seeing the desk as somebody else does.

use crate::browser::{Browser, router};
use crate::desk::{Desk, NOW, PASSWORD, login, template};
use access::store::grant;
use access::{Actor, FALLBACK, SYSTEM};
use http::{Method, StatusCode};
use kernel::Time;
use party::SHARED;

const CAST: &[(&str, &str)] = &[("olga", SYSTEM), ("mara", "manager"), ("carla", FALLBACK), ("boris", "operator")];

async fn signed_in(router: &axum::Router, name: &str) -> Browser {
    let browser = Browser::new(router);
    let answer = browser.post("/login", &[("email", &login(name)), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    browser
}

async fn who(browser: &Browser) -> Option<i64> {
    browser.get("/api/v1/me").await.json()["person"].as_i64()
}

testkit::both! {
    template: template();

    async fn an_administrator_sees_as_somebody_else_and_changes_nothing(db: TestDb) {
        let (desk, cast) = Desk::with(db.db(), CAST).await;
        let router = router(&desk);
        let olga = signed_in(&router, "olga").await;
        let (me, mara, carla) = (cast[0].person.raw(), cast[1].person.raw(), cast[2].person.raw());
        let place = format!("/desk/people/{mara}/see-as");
        assert!(olga.get(&place).await.body.contains("For 15 minutes"));
        let silent = olga.post(&place, &[("reason", " ")]).await;
        assert!(silent.status == StatusCode::UNPROCESSABLE_ENTITY && silent.body.contains("Say why"), "{}", silent.body);
        let begun = olga.post(&place, &[("reason", "She misses a queue")]).await;
        assert_eq!((begun.status, begun.header("location")), (StatusCode::SEE_OTHER, "/"));
        assert_eq!(who(&olga).await, Some(mara));
        let page = olga.get(&format!("/desk/people/{carla}/log-in")).await;
        assert!(page.body.contains("Seeing as") && page.body.contains("/seeing/end"), "every page says so: {}", page.body);
        let json = [("content-type", "application/json")];
        for (method, path, body) in [
            (Method::POST, format!("/desk/people/{carla}/log-in/shut-out"), String::new()),
            (Method::POST, format!("/desk/people/{carla}/see-as"), "reason=nested".to_owned()),
            (Method::POST, "/me/look".to_owned(), "theme=dark".to_owned()),
            (Method::POST, "/me".to_owned(), "name=x".to_owned()),
        ] {
            let form = [("content-type", "application/x-www-form-urlencoded")];
            assert_eq!(olga.send(method, &path, &form, body).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        for (method, path, body) in [
            (Method::PUT, format!("/api/v1/people/{carla}/account"), r#"{"active":false}"#),
            (Method::POST, "/api/v1/seeing".to_owned(), r#"{"person":1,"reason":"x"}"#),
            (Method::DELETE, "/api/v1/sessions".to_owned(), ""),
        ] {
            let refused = olga.send(method, &path, &json, body.to_owned()).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(olga.get("/me").await.status, StatusCode::FORBIDDEN, "their own page is theirs");
        let ended = olga.post("/seeing/end", &[]).await;
        assert_eq!(ended.header("location"), format!("/desk/people/{mara}"));
        assert_eq!(who(&olga).await, Some(me));
        assert_eq!(olga.post("/seeing/end", &[]).await.status, StatusCode::SEE_OTHER, "a second press");
        assert_eq!(desk.log(cast[0].account).await, ["account.signed_in", "account.seeing_began", "account.seeing_ended"]);
        let reasons = desk.read(|rd| access::store::seeing::reasons(rd, &[1])).await;
        assert_eq!(reasons.get(&1).map(String::as_str), Some("She misses a queue"));
        assert!(!desk.log(cast[1].account).await.iter().any(|kind| kind.contains("seeing")));
    }

    async fn it_ends_by_itself_and_with_the_right_to_it(db: TestDb) {
        let (desk, cast) = Desk::with(db.db(), CAST).await;
        let router = router(&desk);
        let (mara, ours) = (signed_in(&router, "mara").await, cast[1].person);
        let carla = cast[2].person.raw();
        let json = [("content-type", "application/json")];
        let body = || format!(r#"{{"person":{carla},"reason":"A look"}}"#);
        let begin = || mara.send(Method::POST, "/api/v1/seeing", &json, body());
        assert_eq!(begin().await.status, StatusCode::CREATED);
        assert_eq!(who(&mara).await, Some(carla));
        desk.clock.advance(15 * Time::MINUTE);
        assert_eq!(who(&mara).await, Some(ours.raw()), "the time is over");
        assert_eq!(begin().await.status, StatusCode::CREATED);
        assert_eq!(mara.send(Method::DELETE, "/api/v1/seeing", &json, String::new()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(who(&mara).await, Some(ours.raw()));
        assert_eq!(begin().await.status, StatusCode::CREATED);
        let carla_id = cast[2].person;
        desk.write(move |tx| grant::put(tx, &Actor::system(), carla_id, SYSTEM, SHARED, NOW)).await.unwrap();
        assert_eq!(who(&mara).await, Some(ours.raw()), "she reads more than her now");
        assert_eq!(begin().await.status, StatusCode::FORBIDDEN);
        desk.write(move |tx| grant::remove(tx, &Actor::system(), carla_id, SYSTEM, SHARED)).await.unwrap();
        assert_eq!(who(&mara).await, Some(carla));
        desk.write(move |tx| grant::remove(tx, &Actor::system(), ours, "manager", SHARED)).await.unwrap();
        assert_eq!(who(&mara).await, Some(ours.raw()), "she may no longer");
    }

    async fn nobody_sees_more_by_it(db: TestDb) {
        let (desk, cast) = Desk::with(db.db(), CAST).await;
        let router = router(&desk);
        let [olga, mara, carla, boris] = [0, 1, 2, 3].map(|n: usize| cast[n].person);
        let as_mara = signed_in(&router, "mara").await;
        let try_as = |browser: Browser, id: kernel::PersonId| async move {
            browser.post(&format!("/desk/people/{id}/see-as"), &[("reason", "x")]).await.status
        };
        assert_eq!(try_as(signed_in(&router, "mara").await, olga).await, StatusCode::FORBIDDEN, "an administrator reads more");
        assert_eq!(try_as(signed_in(&router, "mara").await, mara).await, StatusCode::CONFLICT, "oneself");
        assert_eq!(try_as(signed_in(&router, "mara").await, kernel::PersonId::new(987_654)).await, StatusCode::NOT_FOUND);
        for name in ["boris", "carla"] {
            let status = try_as(signed_in(&router, name).await, carla).await;
            assert!(matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{name}: {status}");
        }
        assert_eq!(as_mara.post(&format!("/desk/people/{boris}/see-as"), &[("reason", "x")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(who(&as_mara).await, Some(boris.raw()));
        assert_eq!(as_mara.post("/logout", &[]).await.status, StatusCode::SEE_OTHER, "one may always leave");
    }
}
