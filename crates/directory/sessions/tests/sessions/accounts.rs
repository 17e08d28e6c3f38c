//! The log-ins of others, on both databases.

use crate::browser::{Browser, router};
use crate::desk::{Desk, NOW, PASSWORD, login, template};
use access::store::grant;
use access::{Actor, Reach, Role, Verb};
use http::{Method, StatusCode};
use kernel::Time;
use party::store::{account, address, membership, organisation, person};
use party::{AddressKind, NewAddress, NewMembership, PersonData, SHARED};

const CAST: &[(&str, &str)] = &[("olga", access::SYSTEM), ("boris", "operator"), ("carla", access::FALLBACK), ("pablo", access::FALLBACK)];

/// Somebody at Ría without a log-in.
async fn nadia(desk: &Desk) -> kernel::PersonId {
    desk.write(|tx| {
        let ours = organisation::tenants(tx)?[0].id;
        let id = person::insert(tx, ours, &PersonData::named("Nadia Ruiz"), NOW)?;
        membership::put(tx, id, &NewMembership::main(ours, Time(0)), NOW)?;
        address::put(tx, id, &NewAddress::main(AddressKind::Email, login("nadia")), NOW)?;
        Ok(id)
    })
    .await
    .unwrap()
}

async fn signed_in(router: &axum::Router, name: &str) -> Browser {
    let browser = Browser::new(router);
    let answer = browser.post("/login", &[("email", &login(name)), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    browser
}

/// What stands in the page as the link to choose a password.
fn link_in(body: &str) -> String {
    let at = body.find("https://desk.example/reset/").expect("a link is shown");
    body[at + "https://desk.example".len()..].split(['<', '"']).next().unwrap().to_owned()
}

testkit::both! {
    template: template();

    async fn a_log_in_is_made_and_its_owner_chooses_the_password(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let (router, nadia) = (router(&desk), nadia(&desk).await);
        let olga = signed_in(&router, "olga").await;
        let place = format!("/desk/people/{nadia}/log-in");
        let shown = olga.get(&place).await;
        assert!(shown.status == StatusCode::OK && shown.body.contains("No log-in yet") && shown.body.contains("value=\"nadia@ria.example\""), "{}", shown.body);
        let taken = olga.post(&place, &[("login", "boris@ria.example")]).await;
        assert!(taken.status == StatusCode::UNPROCESSABLE_ENTITY && taken.body.contains("value=\"boris@ria.example\"") && taken.body.contains("Somebody else signs in as this"));
        let blank = olga.post(&place, &[("login", "nadia ruiz")]).await;
        assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
        let made = olga.post(&place, &[("login", "nadia@ria.example")]).await;
        assert_eq!((made.status, made.header("cache-control")), (StatusCode::OK, "no-store"));
        let first = link_in(&made.body);
        let second = link_in(&olga.post(&format!("{place}/link"), &[]).await.body);
        let visitor = Browser::new(&router);
        assert_eq!(visitor.get(&first).await.status, StatusCode::BAD_REQUEST, "the earlier link works no longer");
        let set = visitor.post(&second, &[("password", "seven blue lamps"), ("again", "seven blue lamps")]).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER);
        let entered = visitor.post("/login", &[("email", "nadia@ria.example"), ("password", "seven blue lamps")]).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER);
        let account = desk.read(move |rd| account::of_person(rd, nadia)).await.unwrap();
        assert_eq!(desk.log(account.id).await, ["account.made", "account.reset_offered", "account.reset_offered", "account.password_set", "account.signed_in"]);

        assert!(olga.get(&place).await.body.contains("Firefox"), "where she is signed in");
        assert_eq!(olga.post(&format!("{place}/sign-out"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(visitor.get("/me").await.status, StatusCode::UNAUTHORIZED);
        let renamed = olga.post(&place, &[("login", "nadia.ruiz")]).await;
        assert_eq!(renamed.header("location"), format!("{place}?done=renamed"));
        assert_eq!(visitor.post("/login", &[("email", "nadia.ruiz"), ("password", "seven blue lamps")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(olga.post(&format!("{place}/shut-out"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(visitor.get("/me").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(olga.post(&format!("{place}/link"), &[]).await.status, StatusCode::CONFLICT, "let in first");
        assert_eq!(olga.post(&format!("{place}/let-in"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(visitor.get("/me").await.status, StatusCode::UNAUTHORIZED, "the session does not come back");
    }

    async fn programs_do_the_same(db: TestDb) {
        let (desk, _) = Desk::with(db.db(), CAST).await;
        let (router, nadia) = (router(&desk), nadia(&desk).await);
        let olga = signed_in(&router, "olga").await;
        let place = format!("/api/v1/people/{nadia}/account");
        let json = [("content-type", "application/json")];
        assert_eq!(olga.get(&place).await.status, StatusCode::NOT_FOUND, "no log-in yet");
        let made = olga.send(Method::PUT, &place, &json, r#"{"login":"nadia"}"#.to_owned()).await;
        assert_eq!((made.status, made.json()["login"].as_str(), made.json()["has_password"].as_bool()), (StatusCode::OK, Some("nadia"), Some(false)));
        let link = olga.send(Method::POST, &format!("{place}/link"), &json, "{}".to_owned()).await;
        assert_eq!((link.status, link.header("cache-control")), (StatusCode::CREATED, "no-store"));
        assert!(link.json()["link"].as_str().unwrap().starts_with("https://desk.example/reset/"));
        let out = olga.send(Method::PUT, &place, &json, r#"{"active":false}"#.to_owned()).await;
        assert_eq!(out.json()["active"].as_bool(), Some(false));
        assert_eq!(olga.send(Method::DELETE, &format!("{place}/sessions"), &[], String::new()).await.status, StatusCode::NO_CONTENT);
    }

    async fn nobody_gets_hold_of_a_log_in_that_may_more(db: TestDb) {
        let (desk, cast) = Desk::with(db.db(), CAST).await;
        let router = router(&desk);
        let pablo = cast[3].person;
        desk.write(move |tx| {
            let mut role = Role::named([(kernel::Lang::En, "Keeper".to_owned())].into());
            role.set(Verb::PersonSee, Reach::All)?;
            role.set(Verb::PersonAccount, Reach::All)?;
            let edit = access::store::role::Edit { key: "keeper", expected: 0, role: &role, active: true };
            access::store::role::put(tx, &Actor::system(), SHARED, edit, NOW)?;
            let ours = organisation::tenants(tx)?[0].id;
            grant::put(tx, &Actor::system(), pablo, "keeper", ours, NOW)
        })
        .await
        .unwrap();
        let keeper = signed_in(&router, "pablo").await;
        for (someone, wanted) in [(cast[0], StatusCode::FORBIDDEN), (cast[1], StatusCode::FORBIDDEN)] {
            let place = format!("/desk/people/{}/log-in", someone.person);
            assert_eq!(keeper.get(&place).await.status, wanted);
            for deed in ["", "/link", "/sign-out", "/shut-out", "/let-in"] {
                assert_eq!(keeper.post(&format!("{place}{deed}"), &[("login", "mine")]).await.status, wanted, "{deed}");
            }
        }
        let boris = signed_in(&router, "boris").await;
        for id in [cast[0].person, cast[2].person] {
            let answer = boris.get(&format!("/desk/people/{id}/log-in")).await;
            assert!(matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{}", answer.status);
        }
    }
}
