//! Records over REST: what may be done, by whom, and what strangers learn.

use http::Method;
use serde_json::json;

use crate::rig::{Desk, template};

testkit::both! {
    template: template();

    async fn a_person_is_added_found_and_changed(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let body = json!({"name": "Zoé Ortega", "title": "Buyer", "organisation": c.accounting.raw(), "location": c.madrid.raw(),
            "time_zone": "Europe/Madrid", "addresses": [{"kind": "email", "value": "zoe@example.com", "main": true}]});
        let key = [("idempotency-key", "k1")];
        let first = desk.call(c.olga, Method::POST, "/api/v1/persons", &key, Some(body.clone())).await.is(201);
        let again = desk.call(c.olga, Method::POST, "/api/v1/persons", &key, Some(body)).await.is(201);
        let id = first.json()["id"].as_i64().unwrap();
        assert_eq!(again.json()["id"], id, "one effect per key");
        assert_eq!(first.json()["memberships"][0]["organisation"]["name"], "Accounting");
        assert!(first.json()["addresses"][0].get("verified_at").is_none(), "nobody has proved it");
        let found = desk.get(c.olga, "/api/v1/persons?q=zoe").await.is(200).json();
        assert_eq!((found["items"].as_array().unwrap().len(), &found["items"][0]["email"]), (1, &json!("zoe@example.com")));
        let path = format!("/api/v1/persons/{id}");
        let tag = desk.get(c.olga, &path).await.is(200).etag();
        let change = json!({"title": "Head of buying", "time_zone": null, "vip": true});
        let changed = desk.call(c.olga, Method::PATCH, &path, &[("if-match", &tag)], Some(change.clone())).await.is(200);
        assert_eq!((&changed.json()["title"], changed.json().get("time_zone")), (&json!("Head of buying"), None));
        desk.call(c.olga, Method::PATCH, &path, &[("if-match", &tag)], Some(change)).await.is(412);
        let vips = desk.get(c.olga, &format!("/api/v1/persons?vip=true&organisation={}", c.acme)).await.is(200).json();
        let names: Vec<&str> = vips["items"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Vera Vip", "Zoé Ortega"], "members of the organisations below count");
        let page = desk.get(c.olga, "/api/v1/persons?limit=2").await.is(200).json();
        let next = page["next"].as_str().unwrap();
        let second = desk.get(c.olga, &format!("/api/v1/persons?limit=2&cursor={next}")).await.is(200).json();
        assert_ne!(page["items"][0]["id"], second["items"][0]["id"]);
        let kinds: Vec<(String, i64, String)> = desk.write(move |tx| {
            tx.all(db::sql!((String, i64, String), "SELECT kind, visibility, payload FROM event WHERE object = 'person' AND object_id = $1 ORDER BY seq"), &db::params![id])
        }).await;
        assert_eq!(kinds.iter().map(|k| k.0.as_str()).collect::<Vec<_>>(), ["person.created", "person.changed"]);
        assert!(kinds.iter().all(|k| k.1 == 2 && !k.2.contains("buying")), "administrators' log, without what was written: {kinds:?}");
    }

    async fn strangers_learn_nothing_and_change_nothing(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let missing = desk.get(c.olga, "/api/v1/persons/999999").await.is(404);
        let foreign = desk.get(c.olga, &format!("/api/v1/persons/{}", c.gus)).await.is(404);
        let without_id = |a: &crate::rig::Answer| {
            let mut json = a.json();
            json.as_object_mut().unwrap().remove("request_id");
            json
        };
        assert_eq!(without_id(&missing), without_id(&foreign));
        desk.patch(c.olga, &format!("/api/v1/persons/{}", c.gus), json!({"title": "x"})).await.is(404);
        desk.post(c.olga, "/api/v1/persons", json!({"name": "Spy", "organisation": c.globex.raw()})).await.is(404);
        desk.post(c.olga, &format!("/api/v1/persons/{}/memberships", c.uwe), json!({"organisation": c.globex.raw()})).await.is(404);
        desk.get(c.olga, &format!("/api/v1/persons?organisation={}", c.globex)).await.is(404);
        desk.get(c.olga, &format!("/api/v1/teams/{}", c.globex_team)).await.is(404);
        desk.post(c.maria, "/api/v1/services", json!({"name": "VPN", "team": c.globex_team.raw()})).await.is(404);
        desk.post(c.maria, &format!("/api/v1/persons/{}/merge", c.uwe), json!({"into": c.gus.raw()})).await.is(404);
        desk.post(c.maria, "/api/v1/teams", json!({"name": "Ours", "line": 1, "tenant": c.globex.raw()})).await.is(404);
        desk.post(c.maria, "/api/v1/grants", json!({"person": c.gus.raw(), "role": "user", "tenant": c.acme.raw()})).await.is(404);
        let listed = desk.get(c.olga, "/api/v1/persons?q=globex").await.is(200).json();
        assert_eq!(listed["items"], json!([]));
        for path in ["persons", "organisations", "teams", "services", "locations"] {
            let all = desk.get(c.gus, &format!("/api/v1/{path}?limit=200")).await.is(200).body;
            assert!(!["Acme", "Accounting", "Network", "E-mail", "Madrid", "Uwe"].iter().any(|secret| all.contains(secret)), "{path}: {all}");
        }
        let extra = json!({"name": "X", "tenant_id": 1, "is_admin": true});
        desk.post(c.olga, "/api/v1/persons", extra).await.is(422);
        desk.patch(c.olga, &format!("/api/v1/persons/{}", c.uwe), json!({"redirect_id": c.ada.raw()})).await.is(422);
    }

    async fn who_only_asks_for_help_sees_colleagues_without_what_is_hidden(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let vera = desk.get(c.uwe, &format!("/api/v1/persons/{}", c.vera)).await.is(200).json();
        assert!(vera.get("note").is_none() && vera.get("vip").is_none() && vera["name"] == "Vera Vip", "{vera}");
        assert_eq!(desk.get(c.olga, &format!("/api/v1/persons/{}", c.vera)).await.is(200).json()["vip"], true);
        desk.get(c.uwe, "/api/v1/persons?vip=true").await.is(422);
        desk.post(c.uwe, "/api/v1/persons", json!({"name": "X"})).await.is(403);
        desk.patch(c.uwe, &format!("/api/v1/persons/{}", c.vera), json!({"title": "x"})).await.is(403);
        desk.get(c.uwe, &format!("/api/v1/persons/{}", c.gus)).await.is(404);
    }

    async fn nobody_takes_over_somebody_who_may_do_more(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let address = json!({"kind": "email", "value": "mine@example.com", "main": true});
        desk.post(c.olga, &format!("/api/v1/persons/{}/addresses", c.ada), address.clone()).await.is(403);
        desk.post(c.olga, &format!("/api/v1/persons/{}/addresses", c.uwe), address).await.is(200);
        desk.post(c.maria, &format!("/api/v1/persons/{}/merge", c.uwe), json!({"into": c.ada.raw()})).await.is(403);
        desk.post(c.maria, &format!("/api/v1/persons/{}/merge", c.ada), json!({"into": c.maria.raw()})).await.is(403);
        desk.patch(c.maria, &format!("/api/v1/persons/{}", c.ada), json!({"active": false})).await.is(403);
        desk.post(c.maria, "/api/v1/grants", json!({"person": c.maria.raw(), "role": "administrator", "tenant": c.acme.raw()})).await.is(403);
        desk.post(c.maria, "/api/v1/grants", json!({"person": c.olga.raw(), "role": "manager", "tenant": 0})).await.is(403);
        let last = desk.patch(c.ada, &format!("/api/v1/persons/{}", c.ada), json!({"active": false})).await.is(409).json();
        assert_eq!(last["type"], "/problems/role-last");
        desk.post(c.olga, &format!("/api/v1/persons/{}/memberships", c.olga), json!({"organisation": c.accounting.raw()})).await.is(403);
    }

    async fn two_records_become_one_and_two_again(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let merged = desk.post(c.maria, &format!("/api/v1/persons/{}/merge", c.uwe), json!({"into": c.vera.raw()})).await.is(200).json();
        assert_eq!((&merged["id"], &merged["merged"]), (&json!(c.vera.raw()), &json!([c.uwe.raw()])));
        assert_eq!(desk.get(c.maria, &format!("/api/v1/persons/{}", c.uwe)).await.is(200).json()["id"], c.vera.raw());
        assert_eq!(desk.get(c.maria, "/api/v1/persons?q=uwe").await.is(200).json()["items"][0]["id"], c.vera.raw(), "found by either name");
        desk.post(c.maria, &format!("/api/v1/persons/{}/merge", c.uwe), json!({"into": c.olga.raw()})).await.is(422);
        let apart = desk.post(c.maria, &format!("/api/v1/persons/{}/unmerge", c.uwe), json!({})).await.is(200).json();
        assert_eq!(apart["id"], c.uwe.raw());
        desk.post(c.maria, &format!("/api/v1/persons/{}/unmerge", c.uwe), json!({})).await.is(422);
        let out = desk.patch(c.maria, &format!("/api/v1/persons/{}", c.uwe), json!({"active": false})).await.is(200).json();
        assert_eq!(out["active"], false);
        desk.get(c.uwe, "/api/v1/persons").await.is(401);
    }

    async fn organisations_grow_as_trees_and_tenants_by_the_operator(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let tenant = json!({"name": "Initech", "kind": "customer"});
        desk.post(c.maria, "/api/v1/organisations", tenant.clone()).await.is(403);
        let initech = desk.post(c.ada, "/api/v1/organisations", tenant).await.is(201).json()["id"].as_i64().unwrap();
        let sales = desk.post(c.maria, "/api/v1/organisations", json!({"name": "Sales", "kind": "internal", "parent": c.acme.raw()})).await.is(201).json();
        let path = format!("/api/v1/organisations/{}", sales["id"]);
        let moved = desk.patch(c.maria, &path, json!({"parent": c.accounting.raw(), "note": "Floor 3"})).await.is(200).json();
        assert_eq!((&moved["path"][1], &moved["note"]), (&json!(c.accounting.raw()), &json!("Floor 3")));
        desk.patch(c.maria, &format!("/api/v1/organisations/{}", c.accounting), json!({"parent": sales["id"]})).await.is(422);
        desk.patch(c.maria, &path, json!({"payer": initech})).await.is(404);
        desk.patch(c.ada, &path, json!({"payer": initech})).await.is(200);
        assert!(desk.get(c.maria, &path).await.is(200).json().get("payer").is_none(), "another tenant's name stays unknown");
        let domains = desk.call(c.maria, Method::PUT, &format!("{path}/domains"), &[], Some(json!({"domains": ["@Sales.Example.com", "sales.example.com"]}))).await;
        assert_eq!(domains.is(200).json()["domains"], json!(["sales.example.com"]));
        let taken = format!("/api/v1/organisations/{}/domains", c.accounting);
        let refused = desk.call(c.maria, Method::PUT, &taken, &[], Some(json!({"domains": ["sales.example.com"]}))).await.is(422).json();
        assert_eq!(refused["errors"][0]["code"], "domain-taken");
        let below = desk.get(c.maria, &format!("/api/v1/organisations?parent={}", c.acme)).await.is(200).json();
        assert_eq!(below["items"][0]["name"], "Accounting");
    }

    async fn teams_services_and_locations_stay_in_their_tenant(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let team = desk.post(c.maria, "/api/v1/teams", json!({"name": "Field & floor", "line": 2, "lead": c.olga.raw()})).await.is(201).json();
        assert_eq!((&team["key"], &team["lead"]["name"]), (&json!("field-floor"), &json!("Olga Operator")));
        assert_eq!(desk.post(c.maria, "/api/v1/teams", json!({"name": "X", "key": "network", "line": 1})).await.is(422).json()["errors"][0]["code"], "key-taken");
        desk.post(c.olga, "/api/v1/teams", json!({"name": "X", "line": 1})).await.is(403);
        desk.patch(c.maria, &format!("/api/v1/teams/{}", c.shared_team), json!({"name": "Ours"})).await.is(403);
        desk.patch(c.ada, &format!("/api/v1/teams/{}", c.shared_team), json!({"name": "Night"})).await.is(200);
        let members = format!("/api/v1/teams/{}/members", c.network);
        let listed = desk.post(c.maria, &members, json!({"person": c.uwe.raw(), "role": "lead"})).await.is(200).json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 2);
        desk.call(c.maria, Method::DELETE, &format!("{members}/{}", c.uwe), &[], None).await.is(204);
        desk.call(c.maria, Method::DELETE, &format!("{members}/{}", c.uwe), &[], None).await.is(404);
        let vpn = json!({"name": "VPN", "parent": c.mail.raw(), "team": c.network.raw(), "impact": 3});
        let vpn = desk.post(c.maria, "/api/v1/services", vpn).await.is(201).json();
        assert_eq!((&vpn["path"][0], &vpn["team"]["name"]), (&json!(c.mail.raw()), &json!("Network")));
        let top = desk.patch(c.maria, &format!("/api/v1/services/{}", vpn["id"]), json!({"parent": null, "impact": null})).await.is(200).json();
        assert!(top.get("parent").is_none() && top.get("impact").is_none());
        desk.post(c.maria, "/api/v1/services", json!({"name": "X", "impact": 9})).await.is(422);
        desk.patch(c.olga, &format!("/api/v1/services/{}", c.mail), json!({"name": "x"})).await.is(403);
        let floor = desk.post(c.maria, "/api/v1/locations", json!({"name": "Floor 2", "parent": c.madrid.raw(), "time_zone": "Europe/Madrid"})).await.is(201).json();
        desk.patch(c.maria, &format!("/api/v1/locations/{}", c.madrid), json!({"parent": floor["id"]})).await.is(422);
        desk.post(c.maria, "/api/v1/locations", json!({"name": "X", "time_zone": "Mars/Base"})).await.is(422);
        desk.post(c.olga, "/api/v1/locations", json!({"name": "X"})).await.is(403);
    }
}
