//! Erasing a person, told on both databases: nothing of them is left, and everything else is as it was.

use std::sync::Arc;

use access::{Actor, load_actor};
use db::{Db, Dialect, Rd, Tx, params};
use events::chain::{Chain, Depth, Texts, verify};
use events::{Act, claim};
use kernel::{Clock, Entropy, ErrorKind, MockClock, PersonId, Result, SeededEntropy, TicketId, Time};
use party::store::{account, address, membership, organisation, person, team};
use party::{AddressKind, NewAddress, NewMembership, OrganisationData, OrganisationKind, PersonData, SHARED, TeamData, TeamRole};
use privacy::{actions, job};
use settings::field::{Object as Owner, Value};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::draft;
use ticket::actions::post::{Post, post};
use ticket::actions::register::{NewTicket, register};
use ticket::chain::TicketTexts;
use ticket::events::{Change, TicketEvent, Worth};
use ticket::jobs::Workshop;
use ticket::{Desk, Frame, MessageKind};

const NOW: Time = Time(1_767_225_600_000_000);
const CANARY: &str = "zebulon";

struct World {
    db: Db,
    desk: Arc<Desk>,
    entropy: Arc<dyn Entropy>,
    /// Who asks to be forgotten; an agent as well.
    zeb: PersonId,
    ana: PersonId,
    ada: PersonId,
    ticket: TicketId,
}

fn world(db: &Db) -> World {
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(7));
    let made = db.write_wait("cast", move |tx| {
        let ria = organisation::insert(tx, None, &OrganisationData::named("Ría Industries", OrganisationKind::Internal), NOW)?;
        let somebody = |tx: &mut Tx<'_>, name: &str| -> Result<PersonId> {
            let id = person::insert(tx, ria, &PersonData::named(name), NOW)?;
            membership::put(tx, id, &NewMembership::main(ria, Time(0)), NOW)?;
            Ok(id)
        };
        let (zeb, ana, ada) = (somebody(tx, "Zebulon Gil")?, somebody(tx, "Ana Núñez")?, somebody(tx, "Ada Ramos")?);
        address::put(tx, zeb, &NewAddress::main(AddressKind::Email, "zebulon@ria.example"), NOW)?;
        account::insert(tx, zeb, "zebulon@ria.example", NOW)?;
        let l1 = team::insert(tx, ria, "first", &TeamData::named("Service desk", 1), NOW)?;
        team::put_member(tx, l1, ana, TeamRole::Member)?;
        team::put_member(tx, l1, zeb, TeamRole::Member)?;
        let system = Actor::system();
        access::store::grant::put(tx, &system, ana, "operator", ria, NOW)?;
        access::store::grant::put(tx, &system, zeb, "operator", ria, NOW)?;
        access::store::grant::put(tx, &system, ada, access::SYSTEM, SHARED, NOW)?;
        Ok((zeb, ana, ada))
    });
    let (zeb, ana, ada) = made.unwrap();
    let mut world = World { db: db.clone(), desk: Arc::new(Desk::default()), entropy, zeb, ana, ada, ticket: TicketId::new(0) };
    let new = NewTicket {
        kind: "incident".into(),
        title: "Printer of Zebulon".into(),
        description: "I am Zebulon, and it is dead".into(),
        ..NewTicket::default()
    };
    world.ticket = world.at(0, zeb, move |tx, frame| register(tx, frame, &new)).unwrap().id;
    world
}

impl World {
    fn at<T: Send + 'static>(
        &self,
        minutes: i64,
        who: PersonId,
        action: impl Fn(&mut Tx<'_>, Frame<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let desk = Arc::clone(&self.desk);
        let act = Act::person(who, NOW.plus(minutes * Time::MINUTE), Arc::clone(&self.entropy));
        self.db.write_wait("story", move |tx| {
            let actor = load_actor(tx, who, act.now)?;
            action(tx, Frame { desk: &desk, actor: &actor, act: &act })
        })
    }

    fn retitle(&self, who: PersonId, title: &'static str) {
        let id = self.ticket;
        let patch = Patch { title: Some(title.into()), ..Patch::default() };
        self.at(1, who, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
    }

    fn says(&self, who: PersonId, kind: MessageKind, text: &'static str) {
        let id = self.ticket;
        self.at(2, who, move |tx, frame| post(tx, frame, id, &Post::new(kind, text))).unwrap();
    }

    fn erase(&self, who: PersonId, reason: &'static str) -> Result<()> {
        let zeb = self.zeb;
        self.at(9, who, move |tx, frame| actions::erase(tx, frame.actor, frame.act, zeb, reason, "Erased person"))
    }

    /// Somebody writes and does not send.
    fn keep(&self, who: PersonId, body: &'static str) {
        let written = draft::Written { kind: "reply".into(), body: body.into(), key: "form".into(), ..draft::Written::default() };
        self.at(3, who, move |tx, frame| draft::keep(tx, frame, "ticket-1", &written)).unwrap();
    }

    fn fill(&self, object: Owner, id: i64, key: &'static str, text: &'static str) {
        let value = Value::Text(text.into());
        self.db.write_wait("fill", move |tx| settings::values::put(tx, 1, object, id, key, Some(&value))).unwrap();
    }

    /// The job, as a worker does it.
    fn work(&self) {
        let clock: Arc<dyn Clock> = Arc::new(MockClock::at(NOW.plus(Time::HOUR)));
        let shop = Workshop { db: self.db.clone(), desk: Arc::clone(&self.desk), clock, entropy: Arc::clone(&self.entropy) };
        let take = || self.db.write_apart_wait("claim", |tx| claim(tx, NOW.plus(Time::HOUR), Time::MINUTE)).unwrap().unwrap();
        let job = std::iter::repeat_with(take).find(|job| job.kind == "person.erase").unwrap();
        job::run(&shop, &job).unwrap();
        job::run(&shop, &job).unwrap();
    }

    fn number(&self, text: &'static str) -> i64 {
        self.db.read_wait("number", move |rd| rd.all_text::<i64>(text, &[])).unwrap()[0]
    }

    fn titles(&self) -> Vec<String> {
        let id = self.ticket;
        self.db.read_wait("titles", move |rd| rd.all_text::<String>("SELECT title FROM ticket WHERE id = $1", &params![id])).unwrap()
    }

    /// Links everything that happened and reads the whole chain.
    fn assert_chain(&self) {
        let texts: Arc<dyn Texts> = Arc::new(TicketTexts);
        let chain = Chain::new(Arc::clone(&texts));
        let begun = std::time::Instant::now();
        loop {
            while chain.advance(&self.db, NOW).unwrap() > 0 {}
            let check = verify(&self.db, &texts, &[], Depth::All, |_| {}).unwrap();
            assert_eq!(check.bad, None);
            // On the shared server other tests may hold the feed back for a moment.
            if self.number("SELECT count(*) FROM event e LEFT JOIN chain c ON c.seq = e.seq WHERE c.seq IS NULL") == 0 {
                return;
            }
            assert!(begun.elapsed().as_secs() < 20);
        }
    }

    /// Tables in which the name still stands.
    fn traces(&self) -> Vec<String> {
        self.db.read_wait("traces", |rd| tables(rd)?.into_iter().filter_map(|table| trace(rd, table).transpose()).collect()).unwrap()
    }
}

fn tables(rd: &mut Rd<'_>) -> Result<Vec<String>> {
    let text = match rd.dialect() {
        Dialect::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
        Dialect::Postgres => "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()",
    };
    rd.all_text(text, &[])
}

fn trace(rd: &mut Rd<'_>, table: String) -> Result<Option<String>> {
    let row = match rd.dialect() {
        Dialect::Postgres => "lower(r::text)".to_owned(),
        Dialect::Sqlite => {
            let columns: Vec<String> = rd.all_text(&format!("SELECT name FROM pragma_table_info('{table}')"), &[])?;
            let texts: Vec<String> = columns.iter().map(|column| format!("coalesce(CAST(\"{column}\" AS TEXT), '')")).collect();
            format!("lower({})", texts.join(" || ' ' || "))
        }
    };
    let found = rd.all_text::<i64>(&format!("SELECT count(*) FROM \"{table}\" r WHERE {row} LIKE '%{CANARY}%'"), &[])?;
    Ok((found[0] > 0).then_some(table))
}

testkit::both! {
    template: end_to_end::template();

    fn nothing_of_them_is_left_and_the_chain_holds(db: TestDb) {
        let world = world(&db);
        world.says(world.zeb, MessageKind::Reply, "Zebulon again");
        world.says(world.ana, MessageKind::Note, "What others wrote stays");
        world.assert_chain();
        assert!(world.traces().len() > 5, "{:?}", world.traces());
        let zeb = world.zeb;
        let found = world.at(8, world.ada, move |tx, frame| actions::preview(tx, frame.actor, zeb)).unwrap();
        assert_eq!((found.tickets, found.messages, found.addresses, found.teams, found.roles), (1, 2, 1, 1, 1));
        assert!(found.begun.is_none());
        let before = world.number("SELECT count(*) FROM event");

        world.erase(world.ada, "Asked for it").unwrap();
        world.work();
        assert_eq!(world.traces(), [] as [String; 0]);
        assert_eq!(world.titles(), ["—"]);
        assert_eq!(world.number("SELECT count(*) FROM message_body"), 1, "the note is there");
        assert_eq!(world.number("SELECT count(*) FROM message"), 3, "and so is every message, empty");
        assert_eq!(world.number("SELECT count(*) FROM ticket WHERE category = 'new'"), 1);
        // Erased, what went of the ticket, and done: told once, however often the job runs.
        assert_eq!(world.number("SELECT count(*) FROM event") - before, 3);
        world.assert_chain();
        let found = world.at(99, world.ada, move |tx, frame| actions::preview(tx, frame.actor, zeb)).unwrap();
        let erasure = found.begun.unwrap();
        assert_eq!((erasure.tickets, erasure.messages, erasure.texts, erasure.files), (1, 2, 0, 0));
        assert!(erasure.finished.is_some() && !found.person.active && found.person.name == "Erased person");
        assert_eq!(world.number("SELECT count(*) FROM account WHERE password_hash IS NULL AND active = 0"), 1);
    }

    fn a_title_is_of_whoever_gave_it_last(db: TestDb) {
        let world = world(&db);
        world.retitle(world.ana, "The printer on the second floor");
        world.erase(world.ada, "Asked for it").unwrap();
        world.work();
        assert_eq!(world.titles(), ["The printer on the second floor"]);
        assert_eq!(world.traces(), [] as [String; 0], "the title before it is gone from the timeline");
        assert_eq!(world.number("SELECT count(*) FROM text_body"), 1);
        world.assert_chain();
    }

    fn a_title_given_to_a_ticket_of_somebody_else_goes_as_well(db: TestDb) {
        let mut world = world(&db);
        let new = NewTicket { kind: "incident".into(), title: "Help".into(), description: "Please".into(), ..NewTicket::default() };
        world.ticket = world.at(0, world.ada, move |tx, frame| register(tx, frame, &new)).unwrap().id;
        world.retitle(world.zeb, "Zebulon looks at it");
        world.erase(world.ada, "Asked for it").unwrap();
        world.work();
        assert_eq!((world.titles(), world.traces()), (vec!["—".to_owned()], Vec::new()));
        world.assert_chain();
    }

    fn drafts_fields_and_what_an_import_kept_go_and_those_of_others_stay(db: TestDb) {
        let world = world(&db);
        world.keep(world.zeb, "What Zebulon was about to say");
        world.keep(world.ana, "What others were about to say");
        world.fill(Owner::Person, world.zeb.raw(), "nickname", "The great Zebulon");
        world.fill(Owner::Person, world.ana.raw(), "nickname", "Anita");
        world.fill(Owner::Ticket, world.ticket.raw(), "room", "Where Zebulon sits");
        let zeb = world.zeb;
        world.db.write_wait("import", move |tx| {
            let made = "INSERT INTO import_batch (id, tenant_id, source, kind, file_name, file_sha256, mapping_name, mapping_sha256, columns, state, \
                position, step, rows_read, rows_applied, rows_refused, cases, kept, started_at, updated_at) \
                VALUES (1, 1, 's', 'k', 'f', '', 'm', '', '[]', 'done', 0, 0, 0, 0, 0, 0, 0, 0, 0)";
            tx.exec_text(made, &[])?;
            let file = "INSERT INTO import_intake (id, tenant_id, created_by, file_id, file_name, records, columns, mapping, state, stop, stage, done, total, \
                dry, trouble, version, created_at, updated_at) SELECT 1, 1, $1, MIN(id), 'f', 'tickets', '[]', $2, 'done', 0, '', 0, 0, $2, '', 1, 0, 0 FROM file";
            tx.exec_text("INSERT INTO file (id, tenant_id, sha256, size, storage_key, created_at) VALUES (900, 1, 'x', 1, 'x', 0)", &[])?;
            let name = tx.all_text::<String>("SELECT name FROM person WHERE id = $1", &params![zeb])?.remove(0);
            tx.exec_text(file, &params![zeb, format!("values = {{ \"{name}\" = \"x\" }}")])?;
            let before = "INSERT INTO import_change (batch_id, object, object_id, before, version) VALUES (1, 'person', $1, 'Zebulon', 2)";
            tx.exec_text(before, &params![zeb])
        }).unwrap();
        world.erase(world.ada, "Asked for it").unwrap();
        world.work();
        assert_eq!(world.traces(), [] as [String; 0]);
        assert_eq!((world.number("SELECT count(*) FROM draft"), world.number("SELECT count(*) FROM field_value")), (1, 1));
        world.assert_chain();
    }

    fn a_field_is_of_whoever_filled_it_last(db: TestDb) {
        let world = world(&db);
        world.fill(Owner::Ticket, world.ticket.raw(), "room", "21:33");
        let id = world.ticket;
        let changed = |by: PersonId, from: &'static str, to: &'static str| {
            world.at(3, by, move |tx, frame| {
                let ticket = ticket::store::ticket::by_id(tx, id)?;
                let texts = [from, to].map(|body| ticket::store::text::put(tx, frame.act, ticket.tenant, id, body));
                let [from, to] = texts;
                let changes = vec![Change { field: "fields.room".into(), from: Worth::Text(from?), to: Worth::Text(to?) }];
                let event = TicketEvent::Changed { version: 2, changes, reopened: false, confirmed: false, handover: None, undoes: None, ended: None };
                ticket::record::log(tx, frame.act, ticket.tenant, id, &event, events::Visibility::Internal)
            }).unwrap();
            world.fill(Owner::Ticket, id.raw(), "room", to);
        };
        changed(world.zeb, "21:33", "Room of Zebulon");
        changed(world.ana, "Room of Zebulon", "21:34");
        world.erase(world.ada, "Asked for it").unwrap();
        world.work();
        assert_eq!(world.traces(), [] as [String; 0]);
        assert_eq!(world.number("SELECT count(*) FROM field_value"), 1, "the room that Ana gave stays");
        assert_eq!(world.number("SELECT count(*) FROM text_body"), 1);
        world.assert_chain();
    }

    fn what_they_wrote_in_fields_and_fields_that_name_them_go_as_well(db: TestDb) {
        let mut world = world(&db);
        let (zeb, ana) = (world.zeb, world.ana);
        world.at(0, world.ada, |tx, frame| {
            for (object, key, ty) in [("ticket", "room", "text"), ("ticket", "story", "long_text"), ("ticket", "boss", "person"), ("person", "card", "text"), ("person", "deputy", "person")] {
                let def = serde_json::json!({"object": object, "key": key, "type": ty, "names": {"en": key}, "audience": "fills", "active": true});
                settings::put(tx, frame.act, 0, settings::field::FIELD, &format!("{object}.{key}"), 0, &def)?;
            }
            Ok(())
        }).unwrap();
        let fields = |pairs: &[(&str, serde_json::Value)]| pairs.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect::<std::collections::BTreeMap<_, _>>();
        let new = NewTicket { kind: "incident".into(), title: "Lamp".into(), fields: fields(&[("room", "Cellar".into()), ("story", "Nothing".into())]), ..NewTicket::default() };
        world.ticket = world.at(0, ana, move |tx, frame| register(tx, frame, &new)).unwrap().id;
        let id = world.ticket;
        let theirs = Patch { fields: fields(&[("room", "I am Zebulon".into()), ("boss", ana.raw().into())]), ..Patch::default() };
        world.at(1, zeb, move |tx, frame| change(tx, frame, id, Base::Latest, &theirs)).unwrap();
        // Somebody else's ticket that only names them.
        let named = NewTicket { kind: "incident".into(), title: "Other".into(), fields: fields(&[("boss", zeb.raw().into())]), ..NewTicket::default() };
        world.at(1, ana, move |tx, frame| register(tx, frame, &named)).unwrap();
        world.db.write_wait("own", move |tx| {
            use settings::field::{Object, Value};
            settings::values::put(tx, 0, Object::Person, zeb.raw(), "card", Some(&Value::Text("Zebulon 7".into())))?;
            settings::values::put(tx, 0, Object::Person, ana.raw(), "deputy", Some(&Value::Int(zeb.raw())))
        }).unwrap();
        world.erase(world.ada, "Asked for it").unwrap();
        world.work();
        assert_eq!(world.traces(), [] as [String; 0]);
        let left = world.db.read_wait("left", |rd| rd.all_text::<String>("SELECT key FROM field_value ORDER BY object, object_id, key", &[])).unwrap();
        assert_eq!(left, ["boss", "story"], "what others wrote, and whom the ticket names beside them, stays");
        assert_eq!(world.number("SELECT max(version) FROM ticket"), 3, "the fields are others now");
        world.assert_chain();
    }

    fn it_needs_the_right_and_a_reason(db: TestDb) {
        let world = world(&db);
        let refused = |who, reason| world.erase(who, reason).unwrap_err();
        assert_eq!(refused(world.ana, "Asked for it").kind(), ErrorKind::Forbidden);
        assert_eq!(refused(world.ada, "  ").kind(), ErrorKind::Invalid);
        assert!(world.traces().len() > 5, "nothing is gone");
    }

    /// Whoever takes a body away without an event is found out: erasing is told.
    fn a_body_that_goes_untold_breaks_the_chain(db: TestDb) {
        let world = world(&db);
        world.assert_chain();
        world.db.write_wait("tamper", |tx| tx.exec_text("DELETE FROM message_body", &[])).unwrap();
        let texts: Arc<dyn Texts> = Arc::new(TicketTexts);
        let bad = verify(&world.db, &texts, &[], Depth::All, |_| {}).unwrap().bad.unwrap();
        assert_eq!(bad.object, Some(("ticket".to_owned(), world.ticket.raw())));
    }
}
