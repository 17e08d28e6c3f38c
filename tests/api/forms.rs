//! Forms over every door: sections with titles, in their order, asked when their conditions hold.

use end_to_end::{Client, House};
use serde_json::{Value, json};

fn named(en: &str) -> Value {
    json!({"en": en, "es": format!("{en} (es)"), "ru": format!("{en} (ru)")})
}

fn field(ada: &Client, key: &str, more: &Value) {
    let mut field = json!({"type": "text", "names": named(key), "audience": "fills", "kinds": ["incident"]});
    field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    ada.send("PUT", &format!("/api/v1/fields/ticket/{key}"), Some(field), &[]).expect(200);
}

/// The place first, then the device; of a laptop its serial number; the cost for the desk alone.
fn form(services: &Value) -> Value {
    let laptop = json!([{"on": "field", "field": "device", "test": "is", "values": ["laptop"]}]);
    json!({"names": named("Broken things"), "kind": "incident", "services": services, "sections": [
        {"key": "where", "names": named("Where it is"), "help": named("Say how to get there"), "fields": ["room"]},
        {"key": "what", "names": named("What it is"), "fields": ["device"]},
        {"key": "more", "names": named("The laptop"), "fields": ["serial"], "when": laptop},
        {"key": "money", "names": named("Money"), "fields": ["cost"]},
    ]})
}

fn world(ada: &Client) {
    field(ada, "device", &json!({"place": 1}));
    field(ada, "room", &json!({"place": 2}));
    field(ada, "serial", &json!({"place": 3, "required": true}));
    field(ada, "cost", &json!({"place": 4, "audience": "desk"}));
    field(ada, "other", &json!({"place": 0}));
    ada.send("PUT", "/api/v1/forms/broken", Some(form(&json!([]))), &[]).expect(200);
}

/// Titles with the fields below them.
fn told(client: &Client, query: &str) -> Vec<String> {
    let asked = client.get(&format!("/api/v1/kinds/incident/form{query}")).expect(200).json();
    let fields = |section: &Value| {
        section["asked"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(",")
    };
    asked["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|section| format!("{}: {}", section["title"].as_str().unwrap(), fields(section)))
        .collect()
}

fn at(body: &str, words: &str) -> usize {
    body.find(words).unwrap_or_else(|| panic!("{words} in {body}"))
}

testkit::both! {
    template: end_to_end::template();

    fn every_door_asks_the_same_in_the_same_order(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let origin = house.base.clone();
        let (ada, ana, ursula) = (house.as_(cast.ada), house.as_(cast.ana), house.as_(cast.ursula));
        world(&ada);
        let laptop = "?values=%7B%22device%22%3A%22laptop%22%7D";
        assert_eq!(told(&ursula, ""), ["Where it is: room", "What it is: device", ": other"]);
        assert_eq!(told(&ana, ""), ["Where it is: room", "What it is: device", "Money: cost", ": other"]);
        assert_eq!(told(&ana, laptop), ["Where it is: room", "What it is: device", "The laptop: serial", "Money: cost", ": other"]);
        ursula.get("/api/v1/kinds/nosuch/form").expect(404);
        ursula.get("/api/v1/kinds/incident/form?values=x").expect(422);
        ursula.get(&format!("/api/v1/kinds/incident/form?requester={}", cast.carla.raw())).expect(422);

        // A section that is not asked binds nobody, and takes nothing.
        let new = |fields: Value| json!({"kind": "incident", "title": "Broken", "requester": cast.ursula.raw(), "fields": fields});
        ursula.post("/api/v1/tickets", new(json!({"device": "phone"}))).expect(201);
        assert!(ursula.post("/api/v1/tickets", new(json!({"device": "phone", "serial": "X"}))).expect(422).body.contains("The laptop"));
        assert!(ursula.post("/api/v1/tickets", new(json!({"device": "laptop"}))).expect(422).body.contains("/fields/serial"));
        ursula.post("/api/v1/tickets", new(json!({"device": "laptop", "serial": "X"}))).expect(201);

        let send = |client: &Client, path: &str, body: &str| client.send("POST", path, Some(Value::String(body.to_owned())), &[("origin", &origin)]);
        let portal = house.visitor().signed_in("ursula@ria.example");
        let page = send(&portal, "/new/fields", "kind=incident&fields.device=laptop&asked=").expect(200).body;
        let order = ["Where it is", "Say how to get there", "name=\"fields.room\"", "What it is", "name=\"fields.device\"", "The laptop", "name=\"fields.serial\"", "name=\"fields.other\""];
        assert!(order.windows(2).all(|two| at(&page, two[0]) < at(&page, two[1])), "{page}");
        assert!(!page.contains("Money"), "a section of which they fill nothing");
        let desk = house.visitor().signed_in("ana@ria.example");
        for page in ["/desk/new?kind=incident", "/desk/call"] {
            let page = desk.get(page).expect(200).body;
            assert!(at(&page, "Where it is") < at(&page, "Money") && !page.contains("The laptop"), "{page}");
        }
    }

    fn one_for_the_service_comes_first_and_what_makes_no_sense_is_refused(db: TestDb) {
        let house = House::start(&db);
        let cast = house.cast;
        let (ada, ana, ursula) = (house.as_(cast.ada), house.as_(cast.ana), house.as_(cast.ursula));
        world(&ada);
        let mut own = form(&json!([cast.printing.raw()]));
        own["sections"] = json!([{"key": "paper", "names": named("Paper"), "fields": ["other", "room"]}]);
        ada.send("PUT", "/api/v1/forms/printing", Some(own.clone()), &[]).expect(200);
        assert_eq!(told(&ursula, &format!("?service={}", cast.printing.raw())), ["Paper: other,room", ": device,serial"]);
        assert_eq!(told(&ursula, "")[0], "Where it is: room");
        let section = |section: Value| {
            let mut wrong = form(&json!([]));
            wrong["sections"] = json!([section]);
            wrong
        };
        let mut kind = own.clone();
        kind["kind"] = "nosuch".into();
        for (wrong, code) in [
            (kind, "field-kind"),
            (form(&json!([987_654])), "choice"),
            (section(json!({"key": "a", "fields": ["nosuch"]})), "rule-field"),
            (section(json!({"key": "a", "fields": ["room", "room"]})), "form-twice"),
            (section(json!({"key": "A b", "fields": ["room"]})), "form-section"),
            (section(json!({"key": "a", "fields": ["room"], "when": [{"on": "role", "test": "is", "values": ["nosuch"]}]})), "rule-unknown"),
        ] {
            let refused = ada.send("PUT", "/api/v1/forms/wrong", Some(wrong), &[]).expect(422).body;
            assert!(refused.contains(code), "{code}: {refused}");
        }
        for client in [&ana, &ursula] {
            assert!(matches!(client.send("PUT", "/api/v1/forms/mine", Some(own.clone()), &[]).status, 403 | 404));
        }
        ada.send("PUT", "/api/v1/forms/printing", Some(own), &[("if-match", "\"1\"")]).expect(200);
        assert_eq!(ada.get("/api/v1/forms/printing/history").expect(200).json()["items"].as_array().unwrap().len(), 2);
        assert_eq!(ada.get("/api/v1/forms").expect(200).json()["items"].as_array().unwrap().len(), 2);
    }

    fn the_pages_make_show_and_change_a_form(db: TestDb) {
        let house = House::start(&db);
        let origin = house.base.clone();
        world(&house.as_(house.cast.ada));
        let ada = house.visitor().signed_in("ada@ria.example");
        let send = |path: &str, body: &str| ada.send("POST", path, Some(Value::String(body.to_owned())), &[("origin", &origin)]);
        let base = "key=short&names.en=Short&kind=incident&section.0.key=a&section.0.names.en=First+things&section.0.fields=room%0D%0Adevice&section.1.key=b&section.1.fields=cost&section.1.when.0.on=field&section.1.when.0.field=device&section.1.when.0.test=filled";
        let shown = send("/admin/forms", &format!("{base}&try=portal")).expect(200).body;
        assert!(shown.contains("<legend class=\"card-title\" dir=\"auto\">First things</legend>") && shown.contains("device is filled"), "{shown}");
        assert!(!shown.contains("name=\"fields.cost\""));
        send("/admin/forms", base).expect(303);
        assert!(send("/admin/forms", base).expect(422).body.contains("First things"), "the key is taken, what was typed stays");
        assert!(ada.get("/admin/forms").expect(200).body.contains("/admin/forms/short"));
        let page = ada.get("/admin/forms/short").expect(200).body;
        assert!(page.contains("room\ndevice") && page.contains("Version 1"), "{page}");
        send("/admin/forms/short", "version=1&names.en=Shorter&kind=incident&active=1&section.0.key=a&section.0.fields=room").expect(303);
        send("/admin/forms/short/revert", "version=1").expect(303);
        let page = ada.get("/admin/forms/short").expect(200).body;
        assert!(page.contains("Version 3") && page.contains("room\ndevice"), "{page}");
    }
}
