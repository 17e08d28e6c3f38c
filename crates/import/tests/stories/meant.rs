//! Which record a row means: never another one's, never one of all tenants; and back again exactly.

use std::sync::atomic::AtomicBool;

use import::{Input, RecordDryRun, RecordMapping, Report, Touched, Watch};
use kernel::{OrganisationId, PersonId, Time};
use party::store::{address, membership, organisation, person, service};
use party::{AddressKind, NewAddress, NewMembership, ServiceData};

use crate::desk::{Desk, NOW};

const DAY: i64 = 86_400_000_000;

fn mapping(text: &str) -> RecordMapping {
    RecordMapping::read("map.toml", text).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// A mapping of a sort whose columns are called as the fields.
fn map(records: &str, columns: &[&str]) -> String {
    let columns: String = columns.iter().map(|column| format!("{column} = \"{column}\"\n")).collect();
    format!("source = \"s\"\nrecords = \"{records}\"\ncreate = true\n[tenant]\nname = \"Ribera\"\ncreate = true\n[columns]\n{columns}")
}

/// Tries a file, then takes it; both say the same.
fn taken(desk: &Desk, records: &str, csv: &str) -> Report {
    let columns: Vec<&str> = csv.lines().next().unwrap_or_default().split(',').collect();
    let mapping = mapping(&map(records, &columns));
    let input = Input::open(&desk.file(csv.as_bytes())).unwrap();
    let stop = AtomicBool::new(false);
    let watch = Watch::new(&|_| {}, &stop);
    let dry: RecordDryRun =
        import::plan_records(&desk.shop.db, &*desk.shop.clock, &mapping, &input, 100, watch).unwrap_or_else(|e| panic!("{e}"));
    let report = import::run_records(&desk.shop, &mapping, &input, None, watch).unwrap_or_else(|error| panic!("{error}"));
    let refused: u64 = dry.refused.values().map(|rows| rows.count).sum();
    let applied = i64::try_from(dry.made + dry.changed + dry.same).unwrap();
    assert_eq!(
        (applied, i64::try_from(refused).unwrap(), i64::try_from(dry.changed).unwrap()),
        (report.batch.rows_applied, report.batch.rows_refused, report.changed),
        "{dry:?}"
    );
    report
}

fn person_of(desk: &Desk, name: &'static str) -> PersonId {
    let found =
        desk.db.read_wait("test", move |rd| rd.all_text::<i64>("SELECT id FROM person WHERE name = $1", &db::params![name])).unwrap();
    PersonId::new(found[0])
}

fn refusals(desk: &Desk) -> Vec<String> {
    desk.rows("SELECT line || ' ' || reason || ' ' || detail FROM import_refusal ORDER BY batch_id, line")
}

/// Everything that is known of people, as text.
fn people(desk: &Desk) -> Vec<String> {
    let mut all: Vec<String> = desk.rows("SELECT name || '|' || title FROM person ORDER BY id");
    all.extend(desk.rows::<String>("SELECT person_id || ' ' || kind || ' ' || value || ' ' || COALESCE(verified_at, 0) || ' ' || main FROM person_address ORDER BY person_id, kind, value_key"));
    all.extend(desk.rows::<String>("SELECT person_id || ' ' || organisation_id || ' ' || role_title || ' ' || from_at || ' ' || to_at || ' ' || main FROM membership ORDER BY person_id, organisation_id, from_at"));
    all
}

testkit::both! {
    template: crate::desk::template();

    fn places_of_one_name_stay_apart(db: TestDb) {
        let desk = Desk::new(db);
        let report = taken(&desk, "locations", "key,name,parent,address\n1,Madrid,,\n2,Sevilla,,\n3,Floor 1,Madrid,Gran Vía\n4,Floor 1,Sevilla,Sierpes\n10,Attic,2,\n5,10,Madrid,\n");
        assert_eq!((report.batch.rows_applied, report.changed), (6, 0));
        let tree = "SELECT l.name || '<' || COALESCE(p.name, '') || ' ' || l.address FROM location l LEFT JOIN location p ON p.id = l.parent_id ORDER BY l.id";
        assert_eq!(desk.rows::<String>(tree), ["Madrid< ", "Sevilla< ", "Floor 1<Madrid Gran Vía", "Floor 1<Sevilla Sierpes", "Attic<Sevilla ", "10<Madrid "]);
        // Without keys a place is known by its name below another; what might be either is refused.
        let more = taken(&desk, "locations", "name,parent,address\nCellar,Madrid,a\nCellar,Sevilla,b\nCellar,Madrid,c\nBox,Floor 1,\n");
        assert_eq!((more.batch.rows_applied, more.batch.rows_refused), (2, 2));
        assert_eq!(refusals(&desk), ["4 twice 2", "5 doubtful parent: Floor 1"]);
        let again = taken(&desk, "locations", "name,parent,address\nCellar,Sevilla,d\n");
        assert_eq!(again.changed, 1);
        assert_eq!(desk.rows::<String>(tree)[6..], ["Cellar<Madrid a", "Cellar<Sevilla d"]);
    }

    fn an_address_is_no_identity(db: TestDb) {
        let desk = Desk::new(db);
        let report = taken(&desk, "people", "key,name,email\n3,Ana Núñez,reception@ribera.example\n7,Boris Ёлкин,reception@ribera.example\n");
        assert_eq!((report.batch.rows_applied, report.changed), (2, 0));
        assert_eq!(desk.rows::<String>("SELECT name FROM person ORDER BY id"), ["Ana Núñez", "Boris Ёлкин"]);
        let unkeyed = taken(&desk, "people", "name,email\nCarla Paz,carla@ribera.example\nDora Gil,carla@ribera.example\nEva Sol,\nEva Sol,\n");
        assert_eq!((unkeyed.batch.rows_applied, unkeyed.batch.rows_refused), (2, 2));
        assert_eq!(refusals(&desk), ["3 twice 2", "5 twice 4"]);
        // Carla is known without a key: a file with keys may name her, once.
        let keyed = taken(&desk, "people", "key,name,email\n8,Carla Paz Ruiz,carla@ribera.example\n9,Dora Gil,carla@ribera.example\n");
        assert_eq!((keyed.batch.rows_applied, keyed.changed), (2, 1));
        assert_eq!(desk.rows::<String>("SELECT name FROM person ORDER BY id")[2..], ["Carla Paz Ruiz", "Eva Sol", "Dora Gil"]);
        // Whose address two have is nobody's by it; a row without a key for one who has a key is in doubt.
        let doubt = taken(&desk, "people", "key,name,email\n20,Fe Mar,fe@ribera.example\n,Fe Mar Sol,fe@ribera.example\n");
        assert_eq!((doubt.batch.rows_applied, refusals(&desk).last().unwrap().as_str()), (1, "3 doubtful email: fe@ribera.example"));
    }

    fn what_all_tenants_share_is_referred_to_and_never_changed(db: TestDb) {
        let desk = Desk::new(db);
        taken(&desk, "teams", "key,name\nnet,Redes\n");
        let shared = desk.db.write_wait("test", |tx| service::insert(tx, party::SHARED, None, "e-mail", &ServiceData::live("E-mail"), NOW)).unwrap();
        let report = taken(&desk, "services", "key,name,state,team\ne-mail,E-mail,retired,Redes\n1,Webmail,live,Redes\n");
        assert_eq!((report.batch.rows_applied, report.changed), (2, 0));
        let is = desk.db.read_wait("test", move |rd| service::get(rd, shared)).unwrap();
        assert_eq!((is.state, is.team, is.version), (party::ServiceState::Live, None, 1), "it is of all");
        let of = desk.rows::<String>("SELECT name || ' ' || state || ' ' || CASE WHEN tenant_id = 0 THEN 'shared' ELSE 'own' END FROM service ORDER BY id");
        assert_eq!(of, ["E-mail live shared", "E-mail retired own", "Webmail live own"]);
        let again = taken(&desk, "services", "key,name,state\ne-mail,E-mail,live\n");
        assert_eq!(again.changed, 1, "their own one");
        desk.undo(again.batch.id, Touched::Keep);
        desk.undo(report.batch.id, Touched::Keep);
        assert_eq!(desk.number("SELECT COUNT(*) FROM service"), 1);
    }

    fn what_is_brought_back_is_as_it_was(db: TestDb) {
        let desk = Desk::new(db);
        taken(&desk, "people", "key,name,email,organisation\n1,Ana Núñez,a@ribera.example,Cuentas\n");
        let ana = person_of(&desk, "Ana Núñez");
        let home = OrganisationId::new(desk.number("SELECT id FROM organisation WHERE name = 'Cuentas'"));
        desk.db.write_wait("test", move |tx| {
            address::put(tx, ana, &NewAddress { kind: AddressKind::Email, value: "b@ribera.example".into(), verified_at: Some(NOW), main: false }, NOW)?;
            let ends = NewMembership { role_title: "Chief".into(), from_at: Time(NOW.0 - DAY), to_at: Time(NOW.0 + 400 * DAY), ..NewMembership::main(home, NOW) };
            membership::end(tx, ana, home, NOW, NOW)?;
            membership::put(tx, ana, &ends, NOW)
        }).unwrap();
        let before = people(&desk);
        let report = taken(&desk, "people", "key,name,email,organisation\n1,Ana Núñez,b@ribera.example,Almacén\n");
        assert_eq!(report.changed, 1);
        assert_ne!(people(&desk), before);
        let undone = desk.undo(report.batch.id, Touched::Keep);
        assert_eq!((undone.brought_back, undone.left), (1, 0));
        assert_eq!(people(&desk), before, "the proved address, and the end of the membership");
        let told = desk.rows::<String>("SELECT payload FROM event WHERE kind = 'person.changed' AND actor_kind = 'import' ORDER BY seq");
        assert_eq!(told.len(), 2, "the change, and that it was taken back");
        assert!(told[1].contains("email") && told[1].contains("organisation") && !told[1].contains('@'), "{told:?}");
    }

    fn batches_are_taken_back_one_after_the_other(db: TestDb) {
        let desk = Desk::new(db);
        taken(&desk, "people", "key,name,title\n1,Ana Núñez,First\n");
        let second = taken(&desk, "people", "key,name,title\n1,Ana Núñez,Second\n");
        let third = taken(&desk, "people", "key,name,title\n1,Ana Núñez,Third\n");
        for (report, title) in [(third, "Second"), (second, "First")] {
            let undone = desk.undo(report.batch.id, Touched::Keep);
            assert_eq!((undone.brought_back, undone.left), (1, 0), "{title}");
            assert_eq!(desk.rows::<String>("SELECT title FROM person"), [title]);
        }
    }

    fn who_follows_the_log_hears_of_what_goes_and_comes_back(db: TestDb) {
        let desk = Desk::new(db);
        taken(&desk, "organisations", "key,name,domains\n1,Norte,b.example\n");
        let version = || desk.number("SELECT version FROM organisation WHERE name = 'Norte'");
        let first = version();
        let same = taken(&desk, "organisations", "key,name,domains\n1,Norte,\"@B.example;b.example\"\n");
        assert_eq!((same.changed, version()), (0, first), "the same domains in another spelling");
        let report = taken(&desk, "organisations", "key,name,domains\n1,Norte,\"b.example, a.example\"\n");
        assert_eq!((report.changed, version() > first), (1, true));
        let changed = version();
        desk.undo(report.batch.id, Touched::Keep);
        assert_eq!(desk.rows::<String>("SELECT domain FROM organisation_domain"), ["b.example"]);
        assert!(version() > changed, "whoever keeps its words reads it again");
        assert_eq!(desk.number("SELECT COUNT(*) FROM event WHERE kind = 'organisation.changed'"), 2);
    }

    fn who_comes_back_belongs_to_the_organisation_again(db: TestDb) {
        let desk = Desk::new(db);
        let file = "key,name,organisation\n1,Ana Núñez,Cuentas\n";
        taken(&desk, "people", file);
        let ana = person_of(&desk, "Ana Núñez");
        desk.db.write_wait("test", move |tx| {
            tx.exec_text("UPDATE membership SET from_at = from_at - 20, to_at = from_at - 10", &[])?;
            person::get(tx, ana).map(drop)
        }).unwrap();
        let report = taken(&desk, "people", file);
        assert_eq!(report.changed, 1, "what ran out is no membership");
        assert_eq!(desk.number("SELECT COUNT(*) FROM membership WHERE main = 1 AND to_at > from_at + 1000"), 1);
        // One that begins later is no reason to refuse the row.
        desk.db.write_wait("test", |tx| tx.exec_text("UPDATE membership SET from_at = from_at + 1000000, to_at = to_at WHERE main = 1", &[])).unwrap();
        let report = taken(&desk, "people", "key,name,organisation\n1,Ana Núñez,Almacén\n");
        assert_eq!((report.changed, report.batch.rows_refused), (1, 0));
    }

    fn no_parent_is_made_for_what_stays_where_it_is(db: TestDb) {
        let desk = Desk::new(db);
        taken(&desk, "locations", "key,name,parent\n1,Floor 1,Madrid\n");
        let report = taken(&desk, "locations", "key,name,parent\n1,Floor 1,Nowhere at all\n");
        assert_eq!((report.batch.rows_applied, report.changed), (1, 0));
        assert_eq!(desk.rows::<String>("SELECT name FROM location ORDER BY id"), ["Madrid", "Floor 1"]);
        assert!(desk.db.read_wait("test", organisation::tenants).unwrap().len() == 1);
    }
}
