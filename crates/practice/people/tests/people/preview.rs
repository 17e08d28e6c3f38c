//! Writes pages as files, to be looked at (`cargo test -p people --test people preview -- --ignored`).

use std::path::Path;

use testkit::{Dialect, TestDb};

use crate::rig::{Desk, template};

#[test]
#[ignore = "for the eye: writes pages below target/tmp"]
fn preview() {
    testkit::block_on(async {
        let desk = Desk::new(TestDb::new(Dialect::Sqlite, &template())).await;
        let c = desk.cast;
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("people");
        std::fs::create_dir_all(&folder).unwrap();
        desk.form(
            c.maria,
            &format!("/desk/people/{}/addresses", c.vera),
            &[("kind", "phone"), ("address", "+34 91 555 01 02"), ("main", "1")],
        )
        .await
        .is(303);
        desk.form(
            c.maria,
            "/admin/services",
            &[("name", "Webmail"), ("state", "proposed"), ("parent_text", "E-mail"), ("team_text", "Network")],
        )
        .await
        .is(303);
        desk.form(c.maria, "/admin/services", &[("name", "Phones"), ("state", "live")]).await.is(303);
        desk.form(
            c.ada,
            "/admin/roles/operator?tenant=0",
            &[("version", "1"), ("name.en", "Operator"), ("reach.ticket.see", "all"), ("active", "1")],
        )
        .await
        .is(303);
        let pages = [
            ("people", "/desk/people".to_owned()),
            ("person", format!("/desk/people/{}", c.vera)),
            ("person-new", "/desk/people/new".to_owned()),
            ("orgs", "/desk/orgs".to_owned()),
            ("org", format!("/desk/orgs/{}", c.accounting)),
            ("org-edit", format!("/desk/orgs/{}/edit", c.accounting)),
            ("teams", "/admin/teams".to_owned()),
            ("team", format!("/admin/teams/{}", c.network)),
            ("services", "/admin/services".to_owned()),
            ("service", format!("/admin/services/{}", c.mail)),
            ("locations", "/admin/locations".to_owned()),
            ("roles", "/admin/roles".to_owned()),
            ("role", "/admin/roles/operator?tenant=0".to_owned()),
        ];
        for (look, suffix) in [("lang-en.theme-light", "light"), ("lang-ru.theme-dark", "dark")] {
            for (name, path) in &pages {
                let page = desk.look(c.ada, path, look).await.is(200).body;
                std::fs::write(folder.join(format!("{name}-{suffix}.html")), page).unwrap();
            }
        }
        let wrong = desk.form(c.maria, "/desk/people", &[("name", ""), ("email", "x")]).await.is(422).body;
        std::fs::write(folder.join("errors-light.html"), wrong).unwrap();
        let stale = desk
            .form(c.maria, &format!("/desk/people/{}", c.uwe), &[("name", "Uwe U."), ("title", "Clerk"), ("version", "1")])
            .await
            .is(409)
            .body;
        std::fs::write(folder.join("conflict-light.html"), stale).unwrap();
    });
}
