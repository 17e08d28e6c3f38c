//! From an upload to a roll-back, by programs and by people; and who may not.

use http::Method;
use kernel::PersonId;
use serde_json::{Value, json};

use crate::rig::{Desk, template};

const STAFF: &str = "\u{feff}Número;Nombre;Correo electrónico;Departamento;Talla\n1;Olga Prats;prats@acme.example;Cuentas;M\n2;Пётр Ёлкин;petr@acme.example;Cuentas;L\n3;;nobody@acme.example;Cuentas;S\n";

async fn bring(desk: &Desk, who: PersonId, content: &'static str) -> Value {
    let upload = desk.upload(who, "staff.csv", content).await;
    let body = json!({"upload": upload.raw(), "records": "people", "source": "staff"});
    desk.post(who, "/api/v1/imports", Some(body)).await.is(201).json()
}

testkit::both! {
    template: template();

    async fn a_file_goes_from_its_upload_to_its_roll_back(db: TestDb) {
        let desk = Desk::new(db).await;
        let ada = desk.cast.ada;
        let before = desk.people().await;
        let import = bring(&desk, ada, STAFF).await;
        let id = import["id"].as_i64().unwrap();
        let path = format!("/api/v1/imports/{id}");
        let mapping = import["mapping"].as_str().unwrap();
        assert!(mapping.contains("delimiter = \";\"") && mapping.contains("key = \"Número\"\nname = \"Nombre\"\nemail = \"Correo electrónico\""), "{mapping}");
        desk.post(ada, &format!("{path}/run"), None).await.is(409);
        desk.post(ada, &format!("{path}/stop"), None).await.is(409);

        // The department is not there, and nothing may be made for it.
        desk.post(ada, &format!("{path}/check"), None).await.is(200);
        let tried = desk.settled(id).await;
        assert_eq!((&tried["state"], &tried["dry"]["made"], &tried["dry"]["refused"]), (&json!("checked"), &json!(0), &json!(3)), "{tried}");
        let patch = |mapping: String| desk.call(ada, Method::PATCH, &path, Some(json!({"mapping": mapping})));
        patch("source = ".to_owned()).await.is(422);
        patch(format!("{mapping}\n[tenant]\nname = \"Globex\"\n")).await.is(422);
        let better = patch(mapping.replace("create = false", "create = true")).await.is(200).json();
        assert_eq!((&better["state"], &better["dry"]), (&json!("ready"), &Value::Null), "to be tried anew");
        desk.post(ada, &format!("{path}/check"), None).await.is(200);
        let dry = desk.settled(id).await["dry"].clone();
        assert_eq!((&dry["rows"], &dry["made"], &dry["refused"], &dry["unused_columns"]), (&json!(3), &json!(2), &json!(1), &json!(["Talla"])), "{dry}");
        assert_eq!(dry["needed"], json!([{"sort": "organisation", "names": ["Cuentas"]}]));
        assert_eq!((&dry["samples"][0]["becomes"], &dry["samples"][2]["reason"]), (&json!("made"), &json!("missing")));
        assert_eq!(dry["samples"][1]["changes"][0], json!({"field": "name", "before": "", "after": "Пётр Ёлкин"}));
        assert_eq!(desk.people().await, before, "nothing was changed");

        desk.post(ada, &format!("{path}/run"), None).await.is(200);
        let done = desk.settled(id).await;
        assert_eq!((&done["state"], &done["report"]["rows_applied"], &done["report"]["rows_refused"]), (&json!("done"), &json!(2), &json!(1)), "{done}");
        assert_eq!(desk.people().await[before.len()..], ["Olga Prats", "Пётр Ёлкин"]);
        let refused = desk.get(ada, &format!("{path}/refused")).await.is(200);
        assert_eq!(refused.body.trim_start_matches('\u{feff}'), "Número;Nombre;Correo electrónico;Departamento;Talla\n3;;nobody@acme.example;Cuentas;S\n");
        patch(mapping.to_owned()).await.is(409);

        // The same file once more, of the same source, changes nothing.
        let again = bring(&desk, ada, STAFF).await["id"].as_i64().unwrap();
        let mapping = mapping.replace("create = false", "create = true");
        desk.call(ada, Method::PATCH, &format!("/api/v1/imports/{again}"), Some(json!({"mapping": mapping}))).await.is(200);
        desk.post(ada, &format!("/api/v1/imports/{again}/check"), None).await.is(200);
        assert_eq!(desk.settled(again).await["dry"]["same"], json!(2));

        desk.post(ada, &format!("{path}/undo"), None).await.is(200);
        assert_eq!(desk.settled(id).await["state"], json!("undone"));
        assert_eq!(desk.people().await, before);
        let list = desk.get(ada, "/api/v1/imports?limit=1").await.is(200).json();
        assert_eq!((&list["items"][0]["id"], list["next"].is_string()), (&json!(again), true));
        let told = desk.db.read("test", move |rd| events::of_object(rd, "import", id, (kernel::Time(0), 0), 99)).await.unwrap();
        let told: Vec<&str> = told.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(told, ["import.uploaded", "import.checked", "import.corrected", "import.checked", "import.run", "import.undone"]);
    }

    async fn people_do_it_on_pages(db: TestDb) {
        let desk = Desk::new(db).await;
        let maria = desk.cast.maria;
        let field = |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        let file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"staff.csv\"\r\n\r\nFull name,E-mail\nEva Sol,eva@acme.example\n\r\n";
        let parts = "multipart/form-data; boundary=b";
        let send = |source: &str| {
            let form = format!("{}{}{file}--b--\r\n", field("records", "people"), field("source", source));
            desk.form(maria, "/admin/import", parts, form)
        };
        let back = send("two words").await.is(422);
        assert!(back.body.contains("two words"), "what was typed comes back: {}", back.body);
        let brought = send("staff").await.is(303);
        let page = brought.headers["location"].to_str().unwrap().split('?').next().unwrap().to_owned();
        let id: i64 = page.rsplit('/').next().unwrap().parse().unwrap();
        let shown = desk.page(maria, &page).await.is(200).body;
        assert!(shown.contains("<option value=\"Full name\" selected>") && shown.contains("<option value=\"E-mail\" selected>"), "{shown}");
        let plain = "application/x-www-form-urlencoded";
        let form = "version=1&source=staff&f-name=Full+name&f-email=E-mail&create=1";
        desk.form(maria, &page, plain, form.to_owned()).await.is(303);
        assert_eq!(desk.settled(id).await["state"], json!("checked"));
        let stale = desk.form(maria, &page, plain, form.to_owned()).await;
        assert!(matches!(stale.status, 409 | 412), "{stale:?}");
        let shown = desk.page(maria, &page).await.is(200).body;
        assert!(shown.contains("<ins><bdi>Eva Sol</bdi></ins>") && shown.contains(&format!("{page}/run")), "{shown}");
        desk.form(maria, &format!("{page}/run"), plain, String::new()).await.is(303);
        assert_eq!(desk.settled(id).await["state"], json!("done"));
        assert!(desk.page(maria, &page).await.is(200).body.contains(&format!("{page}/undo")));
        assert!(desk.page(maria, "/admin/import").await.is(200).body.contains("staff.csv"));
        desk.form(maria, &format!("{page}/nothing"), plain, String::new()).await.is(404);
    }

    async fn nobody_imports_what_they_may_not(db: TestDb) {
        let desk = Desk::new(db).await;
        let cast = desk.cast;
        let theirs = bring(&desk, cast.ada, STAFF).await["id"].as_i64().unwrap();
        for who in [cast.olga, cast.uwe] {
            desk.get(who, "/api/v1/imports").await.is(403);
            desk.get(who, &format!("/api/v1/imports/{theirs}")).await.is(404);
            desk.post(who, &format!("/api/v1/imports/{theirs}/check"), None).await.is(404);
            let upload = desk.upload(who, "staff.csv", STAFF).await;
            desk.post(who, "/api/v1/imports", Some(json!({"upload": upload.raw(), "records": "people", "source": "x"}))).await.is(403);
        }
        let elsewhere = desk.upload(cast.maria, "staff.csv", STAFF).await;
        let body = json!({"upload": elsewhere.raw(), "records": "people", "source": "x", "tenant": cast.globex.raw()});
        desk.post(cast.maria, "/api/v1/imports", Some(body)).await.is(404);
        // A manager sees the import of the administrator, and does not take it up.
        desk.get(cast.maria, &format!("/api/v1/imports/{theirs}")).await.is(200);
        desk.post(cast.maria, &format!("/api/v1/imports/{theirs}/check"), None).await.is(403);
        // Nor does she change by which address the administrator is reached.
        let own = bring(&desk, cast.maria, "Name,E-mail,Phone\nAda Admin,ada@acme.example,+34 910 000 777\nUwe User,uwe@acme.example,+34 910 000 778\n").await;
        let own = own["id"].as_i64().unwrap();
        desk.post(cast.maria, &format!("/api/v1/imports/{own}/check"), None).await.is(200);
        let tried = desk.settled(own).await;
        assert_eq!((&tried["dry"]["changed"], &tried["dry"]["reasons"]), (&json!(1), &json!([{"reason": "above", "count": 1}])), "{tried}");
        desk.post(cast.maria, &format!("/api/v1/imports/{own}/run"), None).await.is(200);
        let done = desk.settled(own).await;
        assert_eq!((&done["report"]["changed"], &done["report"]["rows_refused"]), (&json!(1), &json!(1)), "{done}");
        let picture = desk.upload(cast.ada, "picture.xlsx", "no table at all").await;
        desk.post(cast.ada, "/api/v1/imports", Some(json!({"upload": picture.raw(), "records": "people", "source": "x"}))).await.is(422);
    }
}
