//! The pages as browsers get them: what is shown, what comes back, what is not there.

use serde_json::json;

use crate::rig::{Desk, template};

testkit::both! {
    template: template();

    async fn people_are_listed_opened_and_edited(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let list = desk.page(c.olga, "/desk/people?q=ver").await.is(200).body;
        assert!(list.contains("Vera Vip") && !list.contains("Uwe User") && list.contains("class=\"vip\""));
        assert!(desk.page(c.olga, "/desk/people?q=nobody").await.is(200).body.contains("Nobody matches"));
        let page = desk.page(c.olga, &format!("/desk/people/{}", c.vera)).await.is(200).body;
        for part in ["Calls back at once", "vera.vip@example.com", "Accounting", "/desk/new?requester=", "requester%3A"] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("/grants\""), "an operator gives no roles");
        let new = [("name", "Zoé Ortega"), ("organisation_text", "accounting"), ("email", "zoe@example.com"), ("client_id", "f1")];
        let made = desk.form(c.olga, "/desk/people", &new).await.is(303).place().to_owned();
        assert_eq!(desk.form(c.olga, "/desk/people", &new).await.is(303).place(), made, "sent twice, made once");
        let shown = desk.page(c.olga, &made).await.is(200).body;
        assert!(shown.contains("zoe@example.com") && shown.contains("Accounting") && shown.contains("Created"));
        let wrong = [("name", ""), ("title", "Kept title"), ("email", "no address"), ("organisation_text", "nowhere")];
        let back = desk.form(c.olga, "/desk/people", &wrong).await.is(422).body;
        assert!(back.contains("Kept title") && back.contains("Choose one of the suggestions") && back.contains("value=\"nowhere\""));
        let mail = desk.form(c.olga, "/desk/people", &[("name", "Zoe"), ("email", "no address"), ("phone", "555 01 02")]).await.is(422).body;
        assert!(mail.contains("id=\"email-error\"") && mail.contains("href=\"#email\""));
    }

    async fn a_stale_edit_names_who_was_faster_and_keeps_what_was_typed(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let path = format!("/desk/people/{}", c.uwe);
        let form = desk.page(c.olga, &format!("{path}/edit")).await.is(200).body;
        let version = form.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let edit = |title: &'static str, version: String| {
            let (desk, path) = (&desk, &path);
            async move { desk.form(c.maria, path, &[("name", "Uwe User"), ("title", title), ("version", &version)]).await }
        };
        edit("Controller", version.clone()).await.is(303);
        let mine = [("name", "Uwe User"), ("title", "Bookkeeper"), ("version", version.as_str())];
        let conflict = desk.form(c.olga, &path, &mine).await.is(409).body;
        for part in ["Maria Manager changed this", "Controller", "value=\"Bookkeeper\"", "Save mine"] {
            assert!(conflict.contains(part), "{part}: {conflict}");
        }
        let newer = conflict.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        desk.form(c.olga, &path, &[("name", "Uwe User"), ("title", "Bookkeeper"), ("version", &newer)]).await.is(303);
        assert!(desk.page(c.olga, &path).await.is(200).body.contains("Bookkeeper"));
    }

    async fn the_person_page_has_its_forms(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let path = format!("/desk/people/{}", c.uwe);
        desk.form(c.olga, &format!("{path}/addresses"), &[("kind", "phone"), ("address", "+34 91 555 01 02"), ("main", "1")]).await.is(303);
        let bad = desk.form(c.olga, &format!("{path}/addresses"), &[("kind", "email"), ("address", "half an address")]).await.is(422).body;
        assert!(bad.contains("half an address") && bad.contains("+34 91 555 01 02"));
        desk.form(c.olga, &format!("{path}/addresses/remove"), &[("kind", "phone"), ("address", "+34 91 555 01 02")]).await.is(303);
        desk.form(c.olga, &format!("{path}/memberships"), &[("organisation_text", "Acme"), ("role_title", "Guest")]).await.is(303);
        assert!(desk.page(c.olga, &path).await.is(200).body.contains("Guest"));
        desk.form(c.olga, &format!("{path}/memberships/{}/end", c.acme), &[]).await.is(303);
        let acme = c.acme.to_string();
        desk.form(c.maria, &format!("{path}/grants"), &[("role", "operator"), ("tenant", &acme)]).await.is(303);
        let above = desk.form(c.maria, &format!("{path}/grants"), &[("role", "administrator"), ("tenant", &acme)]).await.is(403).body;
        assert!(above.contains("Your own rights do not go so far: "), "{above}");
        desk.form(c.maria, &format!("{path}/grants/revoke"), &[("role", "operator"), ("tenant", &acme)]).await.is(303);
        let out = desk.form(c.maria, &format!("{path}/disable"), &[]).await.is(303).place().to_owned();
        assert!(desk.page(c.maria, &out).await.is(200).body.contains(&format!("action=\"{path}/enable\"")), "undo stands in the message");
        desk.form(c.maria, &format!("{path}/enable"), &[]).await.is(303);
        let merged = desk.form(c.maria, &format!("{path}/merge"), &[("into_text", "Vera Vip")]).await.is(303).place().to_owned();
        assert!(merged.starts_with(&format!("/desk/people/{}", c.vera)), "{merged}");
        assert_eq!(desk.page(c.maria, &path).await.is(303).place(), format!("/desk/people/{}", c.vera));
        desk.form(c.maria, &format!("{path}/unmerge"), &[]).await.is(303);
    }

    async fn organisations_teams_trees_and_roles_have_pages(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let org = desk.page(c.maria, &format!("/desk/orgs/{}", c.accounting)).await.is(200).body;
        assert!(org.contains("Uwe User") && org.contains("Acme") && org.contains("org%3A"));
        assert!(desk.page(c.maria, "/desk/orgs?q=acc").await.is(200).body.contains("Accounting"));
        let edit = desk.page(c.maria, &format!("/desk/orgs/{}/edit", c.accounting)).await.is(200).body;
        assert!(edit.contains("parent_text"));
        let fields = [("name", "Finance"), ("kind", "internal"), ("parent_text", "Acme"), ("domains", "finance.example.com\nbooks.example.com"), ("active", "1")];
        desk.form(c.maria, &format!("/desk/orgs/{}", c.accounting), &fields).await.is(303);
        assert!(desk.page(c.maria, &format!("/desk/orgs/{}", c.accounting)).await.is(200).body.contains("books.example.com"));
        let made = desk.form(c.maria, "/admin/teams", &[("name", "Field"), ("line", "2"), ("lead_text", "olga")]).await.is(303).place().to_owned();
        assert!(desk.page(c.maria, &made).await.is(200).body.contains("Olga Operator"));
        let team = format!("/admin/teams/{}", c.network);
        desk.form(c.maria, &format!("{team}/members"), &[("person_text", "uwe user"), ("role", "member")]).await.is(303);
        desk.form(c.maria, &format!("{team}/members"), &[("person_text", "nobody here"), ("role", "member")]).await.is(422);
        desk.form(c.maria, &format!("{team}/members/{}/remove", c.uwe), &[]).await.is(303);
        assert!(!desk.page(c.olga, &team).await.is(200).body.contains("Save changes"), "to read only");
        desk.form(c.maria, "/admin/services", &[("name", "Webmail"), ("state", "live"), ("parent_text", "E-mail"), ("team_text", "Network")]).await.is(303);
        let tree = desk.page(c.maria, "/admin/services").await.is(200).body;
        assert!(tree.find("E-mail").unwrap() < tree.find("Webmail").unwrap() && tree.contains("level 2"));
        desk.form(c.maria, "/admin/locations", &[("name", "Floor 2"), ("parent_text", "Madrid"), ("time_zone", "Europe/Madrid")]).await.is(303);
        assert!(desk.page(c.maria, "/admin/locations").await.is(200).body.contains("Floor 2"));
        let matrix = desk.page(c.ada, "/admin/roles").await.is(200).body;
        assert!(matrix.contains("Give and take away roles") && matrix.contains("Organisation") && !matrix.contains("Super user"));
        assert!(desk.page(c.ada, "/admin/roles?all=1").await.is(200).body.contains("Super user"));
        let role = desk.page(c.ada, "/admin/roles/operator").await.is(200).body;
        assert!(role.contains("name=\"reach.ticket.see\"") && role.contains("name=\"hide.ticket.assignee\"") && role.contains("Delivered with the product"));
        let text = [("version", "1"), ("name.en", "Operator"), ("reach.ticket.see", "all"), ("reach.ticket.see_internal", "all"), ("hide.ticket.assignee", "1"), ("active", "1")];
        desk.form(c.ada, "/admin/roles/operator?tenant=0", &text).await.is(303);
        let stale = desk.form(c.ada, "/admin/roles/operator?tenant=0", &text).await.is(409).body;
        assert!(stale.contains("Ada Admin changed this"));
        let history = desk.page(c.ada, "/admin/roles/operator?tenant=0").await.is(200).body;
        assert!(history.contains("Take tickets: All, now None") || history.contains("Reply: All, now None"), "{history}");
    }

    async fn a_record_that_names_what_is_out_of_reach_is_changed_and_keeps_it(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        let unseen = "Not visible to you";
        desk.patch(c.ada, &format!("/api/v1/organisations/{}", c.accounting), json!({"payer": c.globex.raw()})).await.is(200);
        desk.patch(c.ada, &format!("/api/v1/services/{}", c.mail), json!({"owner": c.gus.raw()})).await.is(200);
        desk.patch(c.ada, &format!("/api/v1/teams/{}", c.network), json!({"lead": c.gus.raw()})).await.is(200);
        let (payer, gus) = (c.globex.to_string(), c.gus.to_string());

        let path = format!("/desk/orgs/{}", c.accounting);
        let form = desk.page(c.maria, &format!("{path}/edit")).await.is(200).body;
        assert!(form.contains(unseen) && !form.contains("Globex"), "{form}");
        let org = |words: &'static str, payer: String, name: &'static str| {
            let fields = [("name", name), ("kind", "internal"), ("parent_text", "Acme"), ("payer", &payer), ("payer_text", words), ("active", "1")];
            let fields = fields.map(|(name, value)| (name, value.to_owned()));
            let (desk, path) = (&desk, &path);
            async move { desk.form(c.maria, path, &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await }
        };
        let paid = async || desk.get(c.ada, &format!("/api/v1/organisations/{}", c.accounting)).await.is(200).json();
        for (words, name) in [(unseen, "Books"), ("No visible para ti", "Cuentas"), ("Нет доступа", "Счета")] {
            org(words, payer.clone(), name).await.is(303);
            let now = paid().await;
            assert_eq!((&now["payer"]["id"], &now["name"]), (&json!(c.globex.raw()), &json!(name)));
        }
        org("Globex", payer.clone(), "Books").await.is(422);
        org(unseen, "1".to_owned(), "Books").await.is(303);
        assert_eq!(paid().await["payer"]["id"], json!(c.globex.raw()), "the words say that it stays, whatever id came along");
        org("", payer, "Books").await.is(303);
        assert!(paid().await.get("payer").is_none(), "it can be taken away");

        let path = format!("/admin/services/{}", c.mail);
        assert!(desk.page(c.maria, &path).await.is(200).body.contains(unseen));
        assert!(!desk.page(c.olga, &path).await.is(200).body.contains(unseen), "who only reads reads nothing of it");
        let fields = [("name", "Mail"), ("state", "live"), ("owner", gus.as_str()), ("owner_text", unseen), ("active", "1")];
        desk.form(c.maria, &path, &fields).await.is(303);
        let now = desk.get(c.ada, &format!("/api/v1/services/{}", c.mail)).await.is(200).json();
        assert_eq!((&now["name"], &now["owner"]["id"]), (&json!("Mail"), &json!(c.gus.raw())));

        let path = format!("/admin/teams/{}", c.network);
        let form = desk.page(c.maria, &path).await.is(200).body;
        assert!(form.contains(unseen) && !form.contains("Gus"), "{form}");
        desk.form(c.maria, &path, &[("name", "Net"), ("line", "2"), ("lead", &gus), ("lead_text", unseen), ("active", "1")]).await.is(303);
        let now = desk.get(c.ada, &format!("/api/v1/teams/{}", c.network)).await.is(200).json();
        assert_eq!((&now["name"], &now["lead"]["id"]), (&json!("Net"), &json!(c.gus.raw())));
    }

    async fn the_console_is_not_there_for_others(db: TestDb) {
        let desk = Desk::new(db).await;
        let c = desk.cast;
        for path in ["/desk/people", "/desk/orgs", "/admin/teams", "/admin/services", "/admin/locations", "/admin/roles", "/desk/options/people?q=a"] {
            desk.page(c.uwe, path).await.is(404);
        }
        desk.page(c.olga, "/admin/roles").await.is(403);
        desk.page(c.olga, "/admin/teams/new").await.is(403);
        desk.page(c.olga, &format!("/desk/people/{}", c.gus)).await.is(404);
        desk.form(c.olga, &format!("/desk/people/{}", c.gus), &[("name", "x")]).await.is(404);
        let suggested = desk.page(c.olga, "/desk/options/people?q=u").await.is(200).body;
        assert!(suggested.contains("Uwe User") && !suggested.contains("Gus"), "{suggested}");
        for lang in ["en", "es", "ru"] {
            let page = desk.look(c.maria, &format!("/desk/people/{}", c.uwe), &format!("lang-{lang}")).await.is(200).body;
            assert!(!page.contains("people-") || !page.contains(">people-"), "a key without words in {lang}");
        }
    }
}
