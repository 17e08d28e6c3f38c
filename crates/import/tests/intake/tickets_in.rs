//! Tickets with their history, from an upload to a roll-back; and who may not.

use http::Method;
use kernel::PersonId;
use serde_json::{Value, json};

use crate::rig::{Desk, template};

const OLD: &str = "Número;Asunto;Fecha de creación;Estado;Prioridad;Solicitante;Correo electrónico;Grupo;Asignado a;Resuelto;Comentario
1;La impresora no imprime;01/03/2025 09:00;Abierto;Alta;Uwe User;uwe@acme.example;Redes;Olga Operator;;Mirando
2;VPN;02/03/2025 10:00;Resuelto;Baja;Eva Sol;eva@acme.example;Redes;Olga Operator;25/03/2025 12:00;Hecho
3;Raro;03/03/2025 10:00;Cuántico;Baja;Eva Sol;eva@acme.example;Redes;;;
";
const LATER: &str = "Número;Asunto;Fecha de creación;Estado;Prioridad;Solicitante;Correo electrónico;Grupo;Asignado a;Resuelto;Comentario
1;La impresora no imprime;01/03/2025 09:00;Resuelto;Alta;Uwe User;uwe@acme.example;Redes;Olga Operator;26/03/2025 12:00;
2;VPN;02/03/2025 10:00;Resuelto;Baja;Eva Sol;eva@acme.example;Redes;Olga Operator;25/03/2025 12:00;Hecho
4;Nuevo;27/03/2025 10:00;Abierto;Baja;Eva Sol;eva@acme.example;Redes;;;
";
const TICKETS: &str = "SELECT t.title || '|' || t.state || '|' || t.priority || '|' || COALESCE(r.name, '') || '|' || COALESCE(a.name, '') || '|' || COALESCE(m.name, '') \
    FROM ticket t LEFT JOIN person r ON r.id = t.requester_id LEFT JOIN person a ON a.id = t.assignee_id LEFT JOIN team m ON m.id = t.team_id ORDER BY t.id";

async fn bring(desk: &Desk, who: PersonId, content: &'static str) -> (i64, Value) {
    let upload = desk.upload(who, "old.csv", content).await;
    let body = json!({"upload": upload.raw(), "records": "tickets", "source": "old-desk"});
    let import = desk.post(who, "/api/v1/imports", Some(body)).await.is(201).json();
    (import["id"].as_i64().unwrap(), import)
}

/// With teams made that are not there.
async fn making(desk: &Desk, who: PersonId, id: i64, import: &Value) {
    let mapping = import["mapping"].as_str().unwrap().replace("create = false", "create = true");
    desk.call(who, Method::PATCH, &format!("/api/v1/imports/{id}"), Some(json!({"mapping": mapping}))).await.is(200);
}

async fn step(desk: &Desk, who: PersonId, id: i64, step: &str) -> Value {
    desk.post(who, &format!("/api/v1/imports/{id}/{step}"), None).await.is(200);
    desk.settled(id).await
}

testkit::both! {
    template: template();

    async fn tickets_go_from_an_upload_to_a_roll_back(db: TestDb) {
        let desk = Desk::new(db).await;
        let (maria, before) = (desk.cast.maria, desk.people().await);
        let (id, import) = bring(&desk, maria, OLD).await;
        let mapping = import["mapping"].as_str().unwrap();
        for said in ["\"Abierto\" = \"open\"", "\"Resuelto\" = \"solved\"", "unsaid = [\"Cuántico\"]", "\"Alta\" = \"high\"", "format = \"%d/%m/%Y %H:%M\"", "\"Olga Operator\" = \"olga@acme.example\""] {
            assert!(mapping.contains(said), "{said}: {mapping}");
        }
        // The team is not there, and nothing may be made for it.
        let tried = step(&desk, maria, id, "check").await;
        assert_eq!((&tried["state"], &tried["dry"]["made"], &tried["dry"]["refused"]), (&json!("checked"), &json!(0), &json!(3)), "{tried}");
        making(&desk, maria, id, &import).await;
        let dry = step(&desk, maria, id, "check").await["dry"].clone();
        assert_eq!((&dry["rows"], &dry["made"], &dry["changed"], &dry["same"], &dry["refused"]), (&json!(3), &json!(2), &json!(0), &json!(0), &json!(1)), "{dry}");
        assert_eq!(dry["reasons"], json!([{"reason": "unmapped", "count": 1}]));
        assert!(dry["needed"].as_array().unwrap().contains(&json!({"sort": "team", "names": ["Redes"]})), "{dry}");
        let rows = dry["samples"].as_array().unwrap();
        assert_eq!((&rows[0]["line"], &rows[0]["becomes"], &rows[0]["changes"][0]["after"]), (&json!(2), &json!("made"), &json!("La impresora no imprime")), "{dry}");
        assert!(rows.iter().any(|row| row["reason"] == "unmapped" && row["detail"] == "state: Cuántico"), "{dry}");
        assert_eq!(desk.rows(TICKETS).await, [""; 0], "nothing was changed");

        let done = step(&desk, maria, id, "run").await;
        assert_eq!((&done["state"], &done["report"]["tickets"], &done["report"]["rows_applied"], &done["report"]["rows_refused"]), (&json!("done"), &json!(2), &json!(2), &json!(1)), "{done}");
        assert_eq!(desk.rows(TICKETS).await, ["La impresora no imprime|open|3|Uwe User|Olga Operator|Redes", "VPN|solved|1|Eva Sol|Olga Operator|Redes"]);
        assert_eq!(desk.people().await[before.len()..], ["Eva Sol"], "whoever is there is known by the address");
        let refused = desk.get(maria, &format!("/api/v1/imports/{id}/refused")).await.is(200).body;
        assert!(refused.contains("3;Raro;03/03/2025 10:00;Cuántico") && refused.lines().count() == 2, "{refused}");

        // The same source again adds only what is new.
        desk.clock.advance(kernel::Time::HOUR);
        let (again, import) = bring(&desk, maria, LATER).await;
        making(&desk, maria, again, &import).await;
        let dry = step(&desk, maria, again, "check").await["dry"].clone();
        assert_eq!((&dry["made"], &dry["changed"], &dry["same"], &dry["refused"]), (&json!(1), &json!(1), &json!(2), &json!(0)), "{dry}");
        step(&desk, maria, again, "run").await;
        assert_eq!(desk.rows(TICKETS).await[0], "La impresora no imprime|solved|3|Uwe User|Olga Operator|Redes");
        assert_eq!(desk.rows(TICKETS).await.len(), 3);

        for (batch, left) in [(again, 2), (id, 0)] {
            assert_eq!(step(&desk, maria, batch, "undo").await["state"], json!("undone"));
            assert_eq!(desk.rows(TICKETS).await.len(), left);
        }
        assert_eq!(desk.people().await, before);
        assert_eq!(desk.rows("SELECT name FROM team").await, [""; 0]);
    }

    async fn people_map_words_and_bring_a_history_on_pages(db: TestDb) {
        let desk = Desk::new(db).await;
        let maria = desk.cast.maria;
        let field = |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        let file = |name: &str, content: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}.csv\"\r\n\r\n{content}\r\n");
        let tickets = "Ticket,Subject,Created,Status\n7,Broken door,2025-03-01T08:00:00Z,Weird\n";
        let history = "Issue,When,Author,Text\n7,2025-03-01T07:00:00Z,Uwe User,It does not close\n7,2025-03-02T08:00:00Z,Olga Operator,Looking at it\n9,2025-03-02T08:00:00Z,Olga Operator,Of nothing\n";
        let parts = "multipart/form-data; boundary=b";
        let send = |records: &str, history: String| {
            let form = format!("{}{}{}{history}--b--\r\n", field("records", records), field("source", "doors"), file("file", tickets));
            desk.form(maria, "/admin/import", parts, form)
        };
        send("people", file("history", history)).await.is(422);
        send("tickets", file("history", "Colour,Text\nred,x\n")).await.is(422);
        let brought = send("tickets", file("history", history)).await.is(303);
        let page = brought.headers["location"].to_str().unwrap().split('?').next().unwrap().to_owned();
        let id: i64 = page.rsplit('/').next().unwrap().parse().unwrap();
        let shown = desk.page(maria, &page).await.is(200).body;
        for said in ["<option value=\"Ticket\" selected>", "name=\"w-state-0\" value=\"Weird\"", "<option value=\"Author\" selected>"] {
            assert!(shown.contains(said), "{said}: {shown}");
        }
        let form = "version=1&source=doors&kind=incident&format=rfc3339&zone=UTC&f-number=Ticket&f-title=Subject&f-time=Created&f-state=Status&f-actor=Author&f-comment=Text&c-state=Status&w-state-0=Weird&m-state-0=open&continues=1";
        desk.form(maria, &page, "application/x-www-form-urlencoded", form.to_owned()).await.is(303);
        let checked = desk.settled(id).await;
        assert_eq!((&checked["state"], &checked["dry"]["made"], &checked["dry"]["reasons"]), (&json!("checked"), &json!(1), &json!([{"reason": "no-ticket", "count": 1}])), "{checked}");
        let shown = desk.page(maria, &page).await.is(200).body;
        assert!(shown.contains("<option value=\"open\" selected>") && shown.contains("Looking at it"), "{shown}");
        desk.form(maria, &format!("{page}/run"), "application/x-www-form-urlencoded", String::new()).await.is(303);
        assert_eq!(desk.settled(id).await["report"]["rows_applied"], json!(3));
        assert_eq!(desk.rows("SELECT title || '|' || state FROM ticket").await, ["Broken door|open"]);
        let said = "SELECT b.body || '|' || p.name FROM message m JOIN message_body b ON b.message_id = m.id JOIN person p ON p.id = m.author_id ORDER BY m.id";
        assert_eq!(desk.rows(said).await, ["It does not close|Uwe User", "Looking at it|Olga Operator"]);
    }

    async fn states_are_added_by_those_who_administer_them(db: TestDb) {
        let desk = Desk::new(db).await;
        let (ada, maria) = (desk.cast.ada, desk.cast.maria);
        let states = "\n[[states]]\nkey = \"quantum\"\ncategory = \"active\"\nlike = \"open\"\nnames = { en = \"Quantum\" }\n";
        for (who, status) in [(maria, 422), (ada, 200)] {
            let (id, import) = bring(&desk, who, OLD).await;
            let mapping = format!("{}{states}", import["mapping"].as_str().unwrap());
            desk.call(who, Method::PATCH, &format!("/api/v1/imports/{id}"), Some(json!({"mapping": mapping}))).await.is(status);
            let other = json!({"mapping": "source = \"s\"\nrecords = \"people\"\n[columns]\nname = \"Asunto\"\n"});
            desk.call(who, Method::PATCH, &format!("/api/v1/imports/{id}"), Some(other)).await.is(422);
        }
        // What a form cannot say is shown as it is written.
        let (id, import) = bring(&desk, ada, OLD).await;
        let mapping = format!("{}{states}", import["mapping"].as_str().unwrap());
        desk.call(ada, Method::PATCH, &format!("/api/v1/imports/{id}"), Some(json!({"mapping": mapping}))).await.is(200);
        assert!(desk.page(ada, &format!("/admin/import/{id}")).await.is(200).body.contains("<textarea"));
    }

    async fn a_ticket_that_the_importer_does_not_see_is_left_alone(db: TestDb) {
        let desk = Desk::new(db).await;
        let maria = desk.cast.maria;
        let (id, import) = bring(&desk, maria, OLD).await;
        making(&desk, maria, id, &import).await;
        step(&desk, maria, id, "check").await;
        step(&desk, maria, id, "run").await;
        desk.db.write("confide", |tx| tx.exec_text("UPDATE ticket SET confidential = 1 WHERE title LIKE 'La%'", &[])).await.unwrap();
        desk.clock.advance(kernel::Time::HOUR);
        let (again, import) = bring(&desk, maria, LATER).await;
        making(&desk, maria, again, &import).await;
        let dry = step(&desk, maria, again, "check").await["dry"].clone();
        assert_eq!((&dry["changed"], &dry["same"]), (&json!(0), &json!(2)), "{dry}");
        step(&desk, maria, again, "run").await;
        assert_eq!(desk.rows("SELECT state FROM ticket WHERE confidential = 1").await, ["open"]);
        let refused = desk.rows("SELECT case_number || '|' || reason || '|' || detail FROM import_refusal ORDER BY batch_id DESC, line").await;
        assert_eq!(refused[0], "1|known|1", "its number in the file, and nothing else: {refused:?}");
    }
}
