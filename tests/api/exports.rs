//! Lists as files: what stands in them, for whom, and that no spreadsheet runs what somebody typed.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use db::Db;
use end_to_end::{Client, House};
use serde_json::{Value, json};

/// Titles that a spreadsheet would take for formulas.
const EVIL: [&str; 6] = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "=HYPERLINK(\"http://x\";\"y\"),\"quoted\""];

fn register(client: &Client, title: &str) -> i64 {
    client.post("/api/v1/tickets", json!({"kind": "incident", "title": title, "description": title})).expect(201).number("/id")
}

/// Kind and payload of what the log says of exports, oldest first.
fn told(db: &Db) -> Vec<(String, Value)> {
    let rows = db.read_wait("test", |rd| events::of_object(rd, "export", 0, (kernel::Time(0), 0), 99)).unwrap();
    rows.into_iter().map(|event| (event.kind, event.payload)).collect()
}

fn lines(body: &str) -> Vec<&str> {
    body.trim_start_matches('\u{feff}').lines().collect()
}

fn book(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

testkit::both! {
    template: end_to_end::template();

    fn what_somebody_typed_is_no_formula(db: TestDb) {
        let house = House::start(&db);
        let (ursula, mara) = (house.as_(house.cast.ursula), house.as_(house.cast.mara));
        for title in EVIL {
            register(&ursula, title);
        }
        let csv = mara.get("/api/v1/tickets/export?columns=title,requester,created").expect(200);
        assert!(csv.header("content-type").unwrap().starts_with("text/csv"));
        assert!(csv.header("content-disposition").unwrap().starts_with("attachment; filename=\"tickets-"));
        assert!(csv.body.starts_with("\u{feff}Subject,Requester,Created\r\n"), "{}", csv.body);
        for (line, title) in lines(&csv.body)[1..].iter().zip(EVIL) {
            assert!(line.starts_with('\'') || line.starts_with("\"'"), "{title}: {line}");
        }
        let machine = mara.get("/api/v1/tickets/export?columns=title,created&machine=true").expect(200);
        assert!(machine.body.starts_with("title,created\r\n=1+1,20"), "{}", machine.body);
        assert!(machine.body.contains("\"=HYPERLINK(\"\"http://x\"\";\"\"y\"\"),\"\"quoted\"\"\""), "{}", machine.body);

        let mut book = book(mara.bytes("/api/v1/tickets/export?format=xlsx&columns=number,title,created,incomplete"));
        let sheet = book.sheet_names()[0].clone();
        assert_eq!(book.worksheet_formula(&sheet).unwrap().used_cells().count(), 0);
        let cells = book.worksheet_range(&sheet).unwrap();
        assert_eq!(cells.height(), 1 + EVIL.len());
        for (row, title) in cells.rows().skip(1).zip(EVIL) {
            assert_eq!(row[1], Data::String(title.to_owned()));
            assert!(matches!((&row[2], &row[3]), (Data::DateTime(_), Data::Bool(false))), "{row:?}");
        }
    }

    fn a_file_holds_what_its_reader_sees_page_after_page(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ursula, mara) = (house.as_(cast.ursula), house.as_(cast.mara));
        house.as_(cast.carla).post("/api/v1/tickets", json!({"kind": "incident", "title": "Canary", "description": "x"})).expect(201);
        let made: Vec<i64> = (0..205).map(|n| register(&ursula, &format!("Printer {n}"))).collect();

        let jsonl = mara.get("/api/v1/tickets/export?format=jsonl&q=sort:-updated").expect(200);
        let rows: Vec<Value> = jsonl.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let numbers: Vec<String> = rows.iter().map(|row| row["number"].as_str().unwrap().to_owned()).collect();
        assert_eq!(numbers, made.iter().map(|id| format!("INC-{id}")).collect::<Vec<_>>(), "each once, by number, nothing of others");
        assert_eq!(rows[0]["requester"], json!({"id": cast.ursula.raw(), "name": "Úrsula Gil"}));
        assert_eq!((&rows[0]["state"], &rows[0]["priority"]), (&json!("new"), &json!("medium")));
        let one = mara.get(&format!("/api/v1/tickets/export?format=jsonl&q=number:{}", made[7])).expect(200);
        assert_eq!(one.body.lines().count(), 1);
        assert_eq!(mara.get("/api/v1/tickets/export?q=canary").expect(200).body.lines().count(), 1, "the head alone");

        let told = told(&db);
        assert_eq!(told.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["export.started", "export.finished"].repeat(3));
        assert_eq!((&told[0].1["list"], &told[0].1["format"], &told[1].1["rows"]), (&json!("tickets"), &json!("jsonl"), &json!(205)));
        assert_eq!(told[2].1["filter"], json!(["number"]), "the fields, never the words");
    }

    fn who_may_not_take_a_list_gets_none_and_hidden_fields_stay_out(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        register(&house.as_(cast.ursula), "Printer");
        for who in [cast.ursula, cast.uli, cast.ana, cast.boris, cast.carla, cast.cleo] {
            house.as_(who).get("/api/v1/tickets/export").expect(403);
            house.as_(who).get("/api/v1/persons/export").expect(403);
        }
        let mara = house.as_(cast.mara);
        let people = mara.get("/api/v1/persons/export?machine=true&columns=name,email,organisation").expect(200).body;
        assert!(people.contains("Úrsula Gil,ursula@ria.example,Ría Industries") && !people.contains("ribera"), "{people}");
        for list in ["organisations", "teams", "services", "locations"] {
            let body = mara.get(&format!("/api/v1/{list}/export?machine=true")).expect(200).body;
            assert!(body.starts_with("id,") && !body.to_lowercase().contains("ribera"), "{list}: {body}");
        }
        mara.get("/api/v1/tickets/export?columns=title,colour").expect(422);
        mara.get("/api/v1/tickets/export?q=colour:red").expect(422);
        mara.get("/api/v1/tickets/export?format=pdf").expect(400);
        assert!(told(&db).iter().filter(|(kind, _)| kind == "export.started").count() == 5, "a refused one is none");

        db.write_wait("hide", move |tx| {
            let now = end_to_end::THEN;
            let row = access::store::role::get(tx, party::SHARED, "manager")?;
            let mut role = row.role;
            role.hide(access::Object::Ticket, "requester");
            role.hide(access::Object::Person, "addresses");
            let edit = access::store::role::Edit { key: "manager", role: &role, expected: row.version, active: true };
            access::store::role::put(tx, &access::Actor::system(), party::SHARED, edit, now).map(drop)
        })
        .unwrap();
        let head = mara.get("/api/v1/tickets/export?machine=true").expect(200).body;
        assert!(!head.contains("requester") && !head.contains("Úrsula"), "{head}");
        mara.get("/api/v1/tickets/export?columns=requester").expect(422);
        let people = mara.get("/api/v1/persons/export?machine=true").expect(200).body;
        assert!(!people.contains("email") && !people.contains('@'), "{people}");
    }

    fn lists_offer_their_files_to_who_may_take_them(db: TestDb) {
        let house = House::start(&db);
        register(&house.as_(house.cast.ursula), "Printer");
        let (mara, ana) = (house.visitor().signed_in("mara@ria.example"), house.visitor().signed_in("ana@ria.example"));
        let page = mara.get("/desk/tickets?q=is:open").expect(200).body;
        assert!(page.contains("/desk/export/tickets?q=is:open") && page.contains("format=xlsx"), "{page}");
        let file = mara.get("/desk/export/tickets?q=is:open&c=number,title&format=csv").expect(200);
        assert_eq!(lines(&file.body), ["No.,Subject", "INC-1,Printer"]);
        assert!(!ana.get("/desk/tickets?q=is:open").expect(200).body.contains("/desk/export/"));
        ana.get("/desk/export/tickets?format=csv").expect(403);
        for (page, list) in [("/desk/people", "people"), ("/desk/orgs", "organisations"), ("/admin/teams", "teams"), ("/admin/services", "services"), ("/admin/locations", "locations")] {
            let shown = mara.get(page).expect(200).body;
            assert!(shown.contains(&format!("/desk/export/{list}?")), "{page}");
            mara.get(&format!("/desk/export/{list}?format=xlsx")).expect(200);
        }
        assert!(!ana.get("/desk/people").expect(200).body.contains("/desk/export/people"));
    }

    fn the_file_of_a_list_by_full_text_holds_the_rows_of_that_list(db: TestDb) {
        let house = House::start(&db);
        let ursula = house.as_(house.cast.ursula);
        let mara = house.visitor().signed_in("mara@ria.example");
        let found = ursula.post("/api/v1/tickets", json!({"kind": "incident", "title": "Printer", "description": "the fuser unit"})).expect(201).number("/id");
        register(&ursula, "Screen");
        let start = std::time::Instant::now();
        while mara.get("/api/v1/search?q=fuser").expect(200).json()["items"].as_array().unwrap().is_empty() {
            assert!(start.elapsed().as_secs() < 60, "never found");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        let page = mara.get("/desk/tickets?q=fuser+units").expect(200).body;
        let link = page.split("href=\"").find(|rest| rest.starts_with("/desk/export/tickets?")).unwrap().split('"').next().unwrap().replace("&#38;", "&");
        assert!(link.contains("full=1"), "{link}");
        let link = link.split("format=").next().unwrap().to_owned();
        let file = mara.get(&format!("{link}format=csv")).expect(200);
        assert!(lines(&file.body).len() == 2 && file.body.contains(&format!("INC-{found}")), "{}", file.body);
        let by_subject = mara.get("/desk/export/tickets?q=fuser&format=csv").expect(200);
        assert_eq!(lines(&by_subject.body).len(), 1, "the head alone");
    }

    fn custom_fields_are_columns_of_whom_they_concern(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana, mara) = (house.as_(cast.ada), house.as_(cast.ana), house.as_(cast.mara));
        let item = |key: &str| json!({"key": key, "names": {"en": key.to_uppercase()}});
        for (object, key, more) in [
            ("ticket", "room", json!({"type": "text", "audience": "reads"})),
            ("ticket", "cost", json!({"type": "money", "decimals": 2, "currency": "EUR"})),
            ("ticket", "colours", json!({"type": "several", "items": [item("red"), item("blue")]})),
            ("ticket", "boss", json!({"type": "person"})),
            ("ticket", "bought", json!({"type": "date"})),
            ("person", "card", json!({"type": "text"})),
            ("organisation", "card", json!({"type": "text"})),
            ("service", "card", json!({"type": "text"})),
        ] {
            let mut field = json!({"names": {"en": format!("={key}")}});
            field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            ada.send("PUT", &format!("/api/v1/fields/{object}/{key}"), Some(field), &[]).expect(200);
        }
        let fields = json!({"room": "=1+1", "cost": "-12.5", "colours": ["red", "blue"], "boss": cast.ana.raw(), "bought": "2026-11-22"});
        ana.post("/api/v1/tickets", json!({"kind": "incident", "title": "Lamp", "fields": fields})).expect(201);
        let all = "columns=title,fields.room,fields.cost,fields.colours,fields.boss,fields.bought";
        let csv = mara.get(&format!("/api/v1/tickets/export?{all}")).expect(200).body;
        assert_eq!(lines(&csv), ["Subject,'=room,'=cost,'=colours,'=boss,'=bought", "Lamp,'=1+1,-12.50,\"RED, BLUE\",Ana Núñez,2026-11-22"]);
        let json: Value = serde_json::from_str(mara.get(&format!("/api/v1/tickets/export?{all}&format=jsonl")).expect(200).body.trim()).unwrap();
        assert_eq!(json["fields.colours"], json!(["red", "blue"]));
        assert_eq!((json["fields.cost"].clone(), json["fields.boss"]["id"].clone()), (json!("-12.50"), json!(cast.ana.raw())));
        let mut book = book(mara.bytes(&format!("/api/v1/tickets/export?{all}&format=xlsx")));
        let sheet = book.sheet_names()[0].clone();
        let cells = book.worksheet_range(&sheet).unwrap();
        assert_eq!((cells.get((1, 1)), cells.get((1, 2))), (Some(&Data::String("=1+1".into())), Some(&Data::Float(-12.5))));
        assert!(mara.get("/api/v1/tickets/export?machine=true").expect(200).body.lines().next().unwrap().contains("fields.room"), "all means these, too");
        mara.get("/api/v1/tickets/export?columns=fields.nosuch").expect(422);
        let session = house.visitor().signed_in("mara@ria.example");
        assert!(session.get("/desk/export/tickets?c=title,fields.room").expect(200).body.contains("'=1+1"), "the list has the same columns");
        for (list, object, id) in [("persons", "people", cast.ursula.raw()), ("organisations", "orgs", cast.ria.raw()), ("services", "services", cast.printing.raw())] {
            ada.patch(&format!("/api/v1/{list}/{id}/fields"), json!({"fields": {"card": format!("K-{object}")}})).expect(200);
            let told = ada.get(&format!("/api/v1/{list}/export?columns=name,fields.card&machine=true")).expect(200).body;
            assert!(told.contains("fields.card") && told.contains(&format!("K-{object}")), "{told}");
        }
    }
}
