//! Files of people and places: made, changed by a later file, refused, taken back.

use std::sync::atomic::{AtomicBool, Ordering};

use import::{BatchState, Becomes, Input, Reason, RecordDryRun, RecordMapping, Report, Touched, Watch};
use rust_xlsxwriter::Workbook;

use crate::desk::Desk;

const STAFF: &str = r#"
source = "staff"
records = "people"
create = true

[tenant]
name = "Ribera"
create = true

[columns]
key = "No"
name = "Nombre"
email = "Correo"
phone = "Teléfono"
organisation = "Departamento"
vip = "VIP"
lang = "Idioma"
"#;

const FIRST: &str = "\
No,Nombre,Correo,Teléfono,Departamento,VIP,Idioma,Talla
1,Ana Núñez,ana@ribera.example,+34 910 000 001,Cuentas,sí,español,M
2,Борис Ёлкин,boris@ribera.example,,Cuentas,no,ru,L
3,,nobody@ribera.example,,Cuentas,no,ru,L
4,Carla Paz,not an address,,Cuentas,no,es,S
5,Dora Gil,dora@ribera.example,,Almacén,quizás,es,S
";

/// Ana has another phone and department, Boris is the same, Dora is corrected.
const SECOND: &str = "\
No,Nombre,Correo,Teléfono,Departamento,VIP,Idioma,Talla
1,Ana Núñez,ana@ribera.example,+34 910 000 009,Almacén,sí,es,M
2,Борис Ёлкин,boris@ribera.example,,Cuentas,no,ru,L
5,Dora Gil,dora@ribera.example,,Almacén,no,es,S
";

fn mapping(text: &str) -> RecordMapping {
    RecordMapping::read("map.toml", text).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn taken(desk: &Desk, map: &str, input: &Input) -> Report {
    let stop = AtomicBool::new(false);
    import::run_records(&desk.shop, &mapping(map), input, None, Watch::new(&|_| {}, &stop)).unwrap_or_else(|error| panic!("{error}"))
}

fn tried(desk: &Desk, map: &str, input: &Input) -> RecordDryRun {
    let stop = AtomicBool::new(false);
    import::plan_records(&desk.shop.db, &*desk.shop.clock, &mapping(map), input, 100, Watch::new(&|_| {}, &stop))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn csv(desk: &Desk, text: &str) -> Input {
    Input::open(&desk.file(text.as_bytes())).unwrap()
}

fn counts(report: &Report) -> (i64, i64, i64, i64) {
    (report.batch.rows_read, report.batch.rows_applied, report.batch.rows_refused, report.changed)
}

const PEOPLE: &str = "SELECT p.name || '|' || p.vip || '|' || COALESCE(p.lang, '') || '|' || COALESCE(h.value, '') || '|' || COALESCE(o.name, '') FROM person p \
    LEFT JOIN person_address h ON h.person_id = p.id AND h.kind = 'phone' AND h.main = 1 \
    LEFT JOIN membership m ON m.person_id = p.id AND m.main = 1 LEFT JOIN organisation o ON o.id = m.organisation_id ORDER BY p.id";

testkit::both! {
    template: crate::desk::template();

    fn people_are_made_then_changed_by_a_later_file_and_taken_back(db: TestDb) {
        let desk = Desk::new(db);
        let empty = desk.census();
        let (first, second) = (csv(&desk, FIRST), csv(&desk, SECOND));
        let dry = tried(&desk, STAFF, &first);
        assert_eq!((dry.rows, dry.made, dry.changed, dry.same), (5, 2, 0, 0));
        assert_eq!(dry.refused.iter().map(|(r, n)| (*r, n.count)).collect::<Vec<_>>(), [(Reason::Missing, 1), (Reason::Value, 2)]);
        assert_eq!((dry.unused_columns.clone(), dry.samples.len()), (vec!["Talla".to_owned()], 5));
        assert!(dry.samples[0].becomes == Becomes::Made && dry.samples[0].changes.contains(&("vip".into(), String::new(), "true".into())));

        let one = taken(&desk, STAFF, &first);
        assert_eq!(counts(&one), (5, 2, 3, 0));
        assert_eq!(desk.rows::<String>(PEOPLE), ["Ana Núñez|1|es|+34 910 000 001|Cuentas", "Борис Ёлкин|0|ru||Cuentas"]);
        let mut bad = Vec::new();
        assert_eq!(import::refused_as_source(&desk.db, one.batch.id, &mapping(STAFF).file, &mut bad).unwrap(), 3);
        let corrected = String::from_utf8(bad).unwrap();
        assert!(corrected.starts_with("No,Nombre,Correo,") && corrected.ends_with("5,Dora Gil,dora@ribera.example,,Almacén,quizás,es,S\n"), "{corrected}");
        let again = taken(&desk, STAFF, &first);
        assert_eq!(counts(&again), (5, 2, 3, 0), "the same file again changes nothing");
        assert_eq!(desk.number("SELECT COUNT(*) FROM person"), 2);

        let dry = tried(&desk, STAFF, &second);
        assert_eq!((dry.made, dry.changed, dry.same), (1, 1, 1));
        assert_eq!(dry.samples[0].changes.iter().map(|(field, before, after)| (field.as_str(), before.as_str(), after.as_str())).collect::<Vec<_>>(),
            [("phone", "+34 910 000 001", "+34 910 000 009"), ("organisation", "Cuentas", "Almacén")]);
        let two = taken(&desk, STAFF, &second);
        assert_eq!(counts(&two), (3, 3, 0, 1));
        let after = ["Ana Núñez|1|es|+34 910 000 009|Almacén", "Борис Ёлкин|0|ru||Cuentas", "Dora Gil|0|es||Almacén"];
        assert_eq!(desk.rows::<String>(PEOPLE), after);
        assert_eq!(desk.number("SELECT COUNT(*) FROM event WHERE kind = 'person.changed' AND actor_kind = 'import'"), 1);

        let undone = desk.undo(two.batch.id, Touched::Keep);
        assert_eq!((undone.batch.state, undone.brought_back, undone.left), (BatchState::Undone, 1, 0));
        assert_eq!(desk.rows::<String>(PEOPLE), ["Ana Núñez|1|es|+34 910 000 001|Cuentas", "Борис Ёлкин|0|ru||Cuentas"]);
        for report in [one.batch.id, again.batch.id] {
            desk.undo(report, Touched::Keep);
        }
        let left: Vec<_> = desk.census().into_iter().filter(|row| !empty.contains(row)).collect();
        assert!(left.iter().all(|(table, _)| !matches!(table.as_str(), "person" | "person_address" | "membership" | "import_change")), "{left:?}");
    }

    fn what_somebody_changed_since_stays(db: TestDb) {
        let desk = Desk::new(db);
        taken(&desk, STAFF, &csv(&desk, FIRST));
        let two = taken(&desk, STAFF, &csv(&desk, SECOND));
        desk.db.write_wait("test", |tx| tx.exec_text("UPDATE person SET title = 'Chief', version = version + 1 WHERE name = 'Ana Núñez'", &[])).unwrap();
        let undone = desk.undo(two.batch.id, Touched::Keep);
        assert_eq!((undone.brought_back, undone.left), (0, 1));
        assert!(desk.rows::<String>(PEOPLE)[0].ends_with("|Almacén"), "the department is needed and stays");
    }

    fn a_spreadsheet_is_read_in_the_order_of_its_tree(db: TestDb) {
        let desk = Desk::new(db);
        let rows = [["Name", "Below", "Address"], ["Floor 2", "Building A", ""], ["", "", ""], ["Building A", "Madrid", "Gran Vía 1"], ["Madrid", "", "Spain"], ["Lost", "Nowhere", ""]];
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in (0_u32..).zip(rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                if !cell.is_empty() {
                    sheet.write_string(row, column, cell).unwrap();
                }
            }
        }
        let path = desk.file(&[]).with_extension("xlsx");
        book.save(&path).unwrap();
        let input = Input::open(&path).unwrap();
        let proposed = import::propose(&input, import::Sort::Location, "plan", b',').unwrap();
        assert!(proposed.contains("name = \"Name\"\nparent = \"Below\"\naddress = \"Address\"\n"), "{proposed}");
        let map = format!("{proposed}\n[tenant]\nname = \"Ribera\"\ncreate = true\n");
        let report = taken(&desk, &map, &input);
        assert_eq!(counts(&report), (4, 3, 1, 0), "the empty row is none");
        let tree = desk.rows::<String>("SELECT l.name || '<' || COALESCE(p.name, '') FROM location l LEFT JOIN location p ON p.id = l.parent_id ORDER BY l.id");
        assert_eq!(tree, ["Madrid<", "Building A<Madrid", "Floor 2<Building A"]);
        assert_eq!(desk.rows::<String>("SELECT line || ' ' || reason || ' ' || detail FROM import_refusal"), ["6 unknown parent: Nowhere"]);
        desk.undo(report.batch.id, Touched::Keep);
        assert_eq!(desk.number("SELECT COUNT(*) FROM location"), 0);
    }

    fn services_teams_and_organisations_refer_to_each_other(db: TestDb) {
        let desk = Desk::new(db);
        let head = "[tenant]\nname = \"Ribera\"\ncreate = true\n[columns]\n";
        let orgs = taken(&desk, &format!("source = \"s\"\nrecords = \"organisations\"\n{head}name = \"n\"\nkind = \"k\"\ndomains = \"d\"\nparent = \"p\"\n"),
            &csv(&desk, "n,k,d,p\nNorte,cliente,norte.example,\nTaller,клиент,,Norte\n"));
        assert_eq!(counts(&orgs), (2, 2, 0, 0));
        let teams = taken(&desk, &format!("source = \"s\"\nrecords = \"teams\"\n{head}name = \"n\"\nline = \"l\"\n"), &csv(&desk, "n,l\nRedes,2\nMesa,9\n"));
        assert_eq!(counts(&teams), (2, 1, 1, 0));
        let services = taken(&desk, &format!("source = \"s\"\nrecords = \"services\"\n{head}key = \"k\"\nname = \"n\"\nteam = \"t\"\nimpact = \"i\"\nparent = \"p\"\n"),
            &csv(&desk, "k,n,t,i,p\nvpn,Red privada,Redes,alto,\nvpn-home,Desde casa,Redes,,vpn\nx,Nada,Nadie,,\n"));
        assert_eq!(counts(&services), (3, 2, 1, 0));
        let found = desk.rows::<String>("SELECT s.key || '|' || t.key || '|' || COALESCE(s.impact, 0) || '|' || COALESCE(p.key, '') FROM service s JOIN team t ON t.id = s.team_id LEFT JOIN service p ON p.id = s.parent_id ORDER BY s.id");
        assert_eq!(found, ["vpn|redes|3|", "vpn-home|redes|0|vpn"]);
        for report in [services, teams, orgs] {
            desk.undo(report.batch.id, Touched::Keep);
        }
        assert_eq!(desk.number("SELECT COUNT(*) FROM service") + desk.number("SELECT COUNT(*) FROM team") + desk.number("SELECT COUNT(*) FROM organisation_domain"), 0);
    }

    fn a_stopped_run_goes_on_where_it_stood(db: TestDb) {
        let desk = Desk::new(db);
        let rows: String = (0..100).map(|n| format!("{n},Person {n},p{n}@ribera.example,,Cuentas,no,es,M\n")).collect();
        let input = csv(&desk, &format!("No,Nombre,Correo,Teléfono,Departamento,VIP,Idioma,Talla\n{rows}"));
        let stop = AtomicBool::new(false);
        let tell = |p: import::Progress| stop.store(p.stage == import::Stage::Parties && p.done >= 30, Ordering::Relaxed);
        let half = import::run_records(&desk.shop, &mapping(STAFF), &input, None, Watch::new(&tell, &stop)).unwrap();
        assert_eq!((half.batch.state, half.batch.rows_applied), (BatchState::Interrupted, 30));
        let whole = taken(&desk, STAFF, &input);
        assert_eq!((whole.batch.id, whole.resumed, counts(&whole)), (half.batch.id, true, (100, 100, 0, 0)));
        assert_eq!(desk.number("SELECT COUNT(*) FROM person"), 100);
    }
}

#[test]
fn mistakes_of_a_mapping_are_told_with_their_lines() {
    let mistakes = RecordMapping::read("map.toml", "source = \"a b\"\nrecords = \"persons\"\n[columns]\nemial = \"x\"\n").unwrap_err();
    let said: Vec<String> = mistakes.list.iter().map(|m| format!("{} {}", m.line, m.message)).collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said.iter().any(|m| m.contains("did you mean email?")), "{said:?}");
}
