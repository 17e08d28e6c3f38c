//! Custom fields in files, and the rules that bind them.

use std::sync::atomic::AtomicBool;

use events::{Act, Cause};
use import::{Input, Reason, RecordMapping, Report, Touched, Watch};
use settings::Texts;
use settings::field::{Audience, Condition, Does, Effect, FIELD, FieldDef, FieldType, Item, Object, On, RULE, RuleDef, Test};

use crate::desk::{Desk, NOW, template};

fn field(object: Object, key: &str, name: &str, ty: FieldType) -> FieldDef {
    let item = |key: &str, name: &str| Item {
        key: key.into(),
        names: Texts { ru: Some(name.into()), ..Texts::same(key) },
        parent: None,
        retired: false,
    };
    FieldDef {
        object,
        key: key.into(),
        ty,
        names: Texts::same(name),
        help: Texts::default(),
        audience: Audience::Desk,
        kinds: Vec::new(),
        services: Vec::new(),
        decimals: 0,
        currency: String::new(),
        items: if ty == FieldType::Choice { vec![item("red", "Красный"), item("blue", "Синий")] } else { Vec::new() },
        required: false,
        place: 0,
        active: true,
    }
}

fn configured(desk: &Desk, fields: Vec<FieldDef>, rules: Vec<RuleDef>) {
    let act = Act::system(NOW, Cause::Page, std::sync::Arc::clone(&desk.shop.entropy));
    desk.db
        .write_wait("fields", move |tx| {
            for def in &fields {
                settings::put(tx, &act, 0, FIELD, &format!("{}.{}", def.object.key(), def.key), 0, def)?;
            }
            for rule in &rules {
                settings::put(tx, &act, 0, RULE, &rule.key, 0, rule)?;
            }
            Ok(())
        })
        .unwrap();
}

/// What is blue needs a room; what stands in a room is red unless somebody said otherwise.
fn rules() -> Vec<RuleDef> {
    let when = |field: &str, test: Test, values: &[&str]| {
        vec![Condition { on: On::Field, field: field.into(), test, values: values.iter().map(|v| (*v).to_owned()).collect() }]
    };
    let then = |field: &str, does: Does, values: &[&str]| {
        vec![Effect { field: field.into(), does, values: values.iter().map(|v| (*v).to_owned()).collect() }]
    };
    let rule =
        |key: &str, name: &str, when, then| RuleDef { key: key.into(), names: Texts::same(name), when, then, place: 0, active: true };
    vec![
        rule("blue-room", "What is blue needs a room", when("colour", Test::Is, &["blue"]), then("room", Does::Require, &[])),
        rule("room-red", "Rooms are red", when("room", Test::Filled, &[]), then("colour", Does::Preset, &["red"])),
    ]
}

const MAP: &str = r#"
source = "old"
kind = "incident"

[tenant]
name = "Ribera"
create = true

[case]
number = "n"
title = "t"
blank = "keep"
known = "continue"

[time]
column = "at"

[fields.state]
column = "s"
values = { Open = "open", Closed = "closed" }

[custom]
room = "fields.room"
"fields.colour" = "Colour"
"#;

const TICKETS: &str = "n,t,at,s,fields.room,Colour
1,Door,2024-03-01T08:00:00Z,Open,204,Красный
1,,2024-03-02T08:00:00Z,,205,
2,Lamp,2024-03-01T08:00:00Z,Open,,pink
3,Hall,2024-03-01T08:00:00Z,Open,,blue
4,Attic,2024-03-01T08:00:00Z,Open,,blue
4,,2024-03-02T08:00:00Z,Closed,,
5,Cellar,2024-03-01T08:00:00Z,Open,9,
5,,2024-03-02T08:00:00Z,,,blue
";

fn of_tickets() -> Vec<FieldDef> {
    vec![field(Object::Ticket, "room", "Room", FieldType::Text), field(Object::Ticket, "colour", "Colour", FieldType::Choice)]
}

fn values(desk: &Desk) -> Vec<String> {
    desk.rows(
        "SELECT t.title || '|' || v.key || '|' || COALESCE(v.text_value, v.text_key, CAST(v.int_value AS TEXT)) FROM field_value v \
         JOIN ticket t ON t.id = v.object_id WHERE v.object = 'ticket' ORDER BY t.id, v.key",
    )
}

fn refusals(desk: &Desk) -> Vec<String> {
    desk.rows("SELECT line || ' ' || reason || ' ' || detail FROM import_refusal ORDER BY batch_id, line")
}

/// Tries a file of records, then takes it; both say the same.
fn taken(desk: &Desk, map: &str, csv: &str) -> Report {
    let mapping = RecordMapping::read("map.toml", map).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let input = Input::open(&desk.file(csv.as_bytes())).unwrap();
    let stop = AtomicBool::new(false);
    let watch = Watch::new(&|_| {}, &stop);
    let dry = import::plan_records(&desk.shop.db, &*desk.shop.clock, &mapping, &input, 100, watch).unwrap_or_else(|e| panic!("{e}"));
    let report = import::run_records(&desk.shop, &mapping, &input, None, watch).unwrap_or_else(|error| panic!("{error}"));
    let applied = i64::try_from(dry.made + dry.changed + dry.same).unwrap();
    assert_eq!((applied, i64::try_from(dry.changed).unwrap()), (report.batch.rows_applied, report.changed), "{dry:?}");
    report
}

testkit::both! {
    template: template();

    fn tickets_have_their_fields_and_rules_refuse_rows_in_words(db: TestDb) {
        let desk = Desk::new(db);
        configured(&desk, of_tickets(), rules());
        let dry = desk.plan(MAP, TICKETS);
        let report = desk.run(MAP, TICKETS);
        let refused: Vec<(Reason, i64)> = dry.refused.iter().map(|(reason, rows)| (*reason, i64::try_from(rows.count).unwrap())).collect();
        assert_eq!((i64::try_from(dry.applied).unwrap(), dry.made), (report.batch.rows_applied, 2), "{:?}", dry.refused);
        let mut said = report.refused.clone();
        said.sort();
        assert_eq!(said, refused);
        let blue = "rule Room: What is blue needs a room";
        assert_eq!(refusals(&desk), ["4 value fields.colour: pink".to_owned(), format!("5 {blue}"), format!("6 {blue}"), "7 case ".to_owned()]);
        assert_eq!(values(&desk), ["Door|colour|red", "Door|room|205", "Cellar|colour|blue", "Cellar|room|9"], "and what rules fill");
        assert_eq!(desk.number("SELECT COUNT(*) FROM event WHERE kind = 'ticket.changed' AND payload LIKE '%fields.room%'"), 1);
        desk.undo(report.batch.id, Touched::Keep);
        assert_eq!(desk.number("SELECT COUNT(*) FROM field_value"), 0);
    }

    fn the_history_of_what_is_closed_may_be_taken_as_it_was(db: TestDb) {
        let desk = Desk::new(db);
        configured(&desk, of_tickets(), rules());
        let map = MAP.replacen("[case]", "[case]\nrules = \"accept_closed\"", 1);
        assert_eq!(desk.plan(&map, TICKETS).refused[&Reason::Rule].count, 1);
        desk.run(&map, TICKETS);
        assert_eq!(refusals(&desk), ["4 value fields.colour: pink", "5 rule Room: What is blue needs a room"]);
        assert_eq!(desk.rows::<String>("SELECT state FROM ticket WHERE title = 'Attic'"), ["closed"]);
    }

    fn fields_that_are_not_there_are_mistakes_of_the_mapping(db: TestDb) {
        let desk = Desk::new(db);
        configured(&desk, vec![field(Object::Ticket, "room", "Room", FieldType::Text), field(Object::Ticket, "colour", "Boss", FieldType::Person)], Vec::new());
        let told = desk.try_plan(&MAP.replace("room = ", "rom = "), TICKETS).unwrap_err().to_string();
        assert!(told.contains("did you mean room") && told.contains("cannot fill colour"), "{told}");
    }

    fn records_have_their_fields_and_get_them_back(db: TestDb) {
        let desk = Desk::new(db);
        let fields = vec![
            field(Object::Person, "badge", "Badge", FieldType::Number),
            field(Object::Person, "colour", "Colour", FieldType::Choice),
            field(Object::Organisation, "payer", "Payer", FieldType::Checkbox),
        ];
        configured(&desk, fields, Vec::new());
        let map = |records: &str, columns: &str| format!("source = \"s\"\nrecords = \"{records}\"\n[tenant]\nname = \"Ribera\"\ncreate = true\n[columns]\n{columns}");
        let people = map("people", "key = \"key\"\nname = \"name\"\n\"fields.badge\" = \"badge\"\n\"fields.colour\" = \"Colour\"\n");
        let first = taken(&desk, &people, "key,name,badge,Colour\n1,Ana,7,Синий\n2,Bo,x,\n3,Cy,,red\n");
        assert_eq!((first.batch.rows_applied, refusals(&desk)), (2, vec!["3 value fields.badge: x".to_owned()]));
        let held = "SELECT p.name || '|' || v.key || '|' || COALESCE(v.text_key, CAST(v.int_value AS TEXT)) FROM field_value v JOIN person p ON p.id = v.object_id WHERE v.object = 'person' ORDER BY p.id, v.key";
        assert_eq!(desk.rows::<String>(held), ["Ana|badge|7", "Ana|colour|blue", "Cy|colour|red"]);
        let second = taken(&desk, &people, "key,name,badge,Colour\n1,Ana,8,blue\n3,Cy,,\n");
        assert_eq!((second.changed, desk.rows::<String>(held)[0].as_str()), (1, "Ana|badge|8"), "an empty cell changes nothing");
        desk.undo(second.batch.id, Touched::Keep);
        assert_eq!(desk.rows::<String>(held), ["Ana|badge|7", "Ana|colour|blue", "Cy|colour|red"]);
        taken(&desk, &map("organisations", "name = \"name\"\n\"fields.payer\" = \"pays\"\n"), "name,pays\nPlant,да\n");
        assert_eq!(desk.number("SELECT int_value FROM field_value WHERE object = 'organisation'"), 1);
        desk.undo(first.batch.id, Touched::Keep);
        assert_eq!(desk.number("SELECT COUNT(*) FROM field_value WHERE object = 'person'"), 0);
        let told = RecordMapping::read("map.toml", &map("people", "name = \"name\"\n\"fields.bagde\" = \"badge\"\n")).unwrap();
        let input = Input::open(&desk.file(b"name,badge\nAna,7\n")).unwrap();
        let stop = AtomicBool::new(false);
        let told = import::plan_records(&desk.shop.db, &*desk.shop.clock, &told, &input, 1, Watch::new(&|_| {}, &stop)).unwrap_err().to_string();
        assert!(told.contains("fields.bagde") && told.contains("did you mean badge"), "{told}");
    }
}
