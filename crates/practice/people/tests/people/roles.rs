//! Roles become others by versions; who holds them is given and taken.

use http::Method;
use serde_json::json;

use crate::rig::{Desk, template};

testkit::both! {
    template: template();

    async fn a_role_is_changed_by_versions(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let path = "/api/v1/roles/operator?tenant=0";
        let role = desk.get(c.ada, path).await.is(200);
        let (tag, mut body) = (role.etag(), role.json());
        let text = json!({"names": body["names"], "verbs": body["verbs"], "hidden": {"person": ["note"]}});
        let changed = desk.call(c.ada, Method::PUT, path, &[("if-match", &tag)], Some(text.clone())).await.is(200).json();
        assert_eq!((&changed["version"], &changed["delivered"], &changed["hidden"]["person"][0]), (&json!(2), &json!(false), &json!("note")));
        desk.call(c.ada, Method::PUT, path, &[("if-match", &tag)], Some(text)).await.is(412);
        let vera = desk.get(c.olga, &format!("/api/v1/persons/{}", c.vera)).await.is(200).json();
        assert!(vera.get("note").is_none(), "at once: {vera}");
        let history = desk.get(c.ada, "/api/v1/roles/operator/history?tenant=0").await.is(200).json();
        assert_eq!((&history["items"][0]["created_by"], history["items"][1].get("created_by")), (&json!(c.ada.raw()), None));
        body["verbs"]["ticket.fly"] = json!("all");
        let wrong = json!({"names": body["names"], "verbs": body["verbs"]});
        desk.call(c.ada, Method::PUT, path, &[], Some(wrong)).await.is(422);
        let fixed = json!({"names": {"en": "A"}, "verbs": {}});
        desk.call(c.ada, Method::PUT, "/api/v1/roles/administrator?tenant=0", &[], Some(fixed.clone())).await.is(409);
        desk.call(c.maria, Method::PUT, "/api/v1/roles/operator", &[], Some(fixed)).await.is(403);
        desk.get(c.maria, "/api/v1/roles?tenant=0").await.is(403);
        desk.get(c.maria, &format!("/api/v1/roles?tenant={}", c.globex)).await.is(404);
        desk.get(c.uwe, "/api/v1/roles").await.is(403);
    }

    async fn a_tenant_has_its_own_definition(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let path = format!("/api/v1/roles/operator?tenant={}", c.acme);
        let text = json!({"names": {"en": "Operator"}, "verbs": {"ticket.see": "all", "ticket.see_internal": "all"}});
        let own = desk.call(c.ada, Method::PUT, &path, &[("if-match", "\"1\"")], Some(text)).await.is(200).json();
        assert_eq!((&own["tenant"], &own["version"]), (&json!(c.acme.raw()), &json!(1)));
        desk.patch(c.olga, &format!("/api/v1/persons/{}", c.uwe), json!({"title": "x"})).await.is(404);
        assert_eq!(desk.get(c.ada, "/api/v1/roles/operator?tenant=0").await.is(200).json()["version"], 1);
    }

    async fn roles_are_given_and_taken(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let operator = json!({"person": c.uwe.raw(), "role": "operator", "tenant": c.acme.raw()});
        desk.post(c.olga, "/api/v1/grants", operator.clone()).await.is(403);
        desk.post(c.maria, "/api/v1/grants", operator.clone()).await.is(200);
        desk.post(c.maria, "/api/v1/grants", operator).await.is(200);
        let held = desk.get(c.maria, &format!("/api/v1/grants?person={}", c.uwe)).await.is(200).json();
        assert_eq!((held["items"].as_array().unwrap().len(), &held["items"][0]["role"]), (1, &json!("operator")));
        let holders = desk.get(c.maria, "/api/v1/grants?role=operator").await.is(200).json();
        assert_eq!(holders["items"].as_array().unwrap().len(), 2);
        assert_eq!(desk.get(c.olga, &format!("/api/v1/grants?person={}", c.maria)).await.is(200).json()["items"], json!([]));
        let path = format!("/api/v1/grants/{}/operator/{}", c.acme, c.uwe);
        desk.call(c.maria, Method::DELETE, &path, &[], None).await.is(204);
        desk.call(c.maria, Method::DELETE, &path, &[], None).await.is(404);
        let last = format!("/api/v1/grants/0/administrator/{}", c.ada);
        desk.call(c.ada, Method::DELETE, &last, &[], None).await.is(409);
        desk.call(c.maria, Method::DELETE, &last, &[], None).await.is(403);
    }
}
