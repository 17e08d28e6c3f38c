//! Filters over custom fields of every kind: the database, the predicate in memory, the index and the live sets
//! say the same, or that they do not know.

use std::sync::Arc;

use events::Follower as _;
use kernel::TicketId;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use query::{Record, Scalar, Source, Values};
use search::index::Live;
use serde_json::{Value as Json, json};
use settings::field::{FIELD, FieldDef, FieldType, Object, Value};
use ticket::list::{self, Count};
use ticket::live::LiveFollower;
use ticket::store::ticket as rows;

use crate::plans::{by_database, by_index, filters, plan, runner, write};
use crate::rig::{NOW, World, quiet};

const TICKETS: i64 = 60;

/// Terms over a field of each kind, and some that the index and the live sets know.
const TERMS: &[&str] = &[
    "room:red",
    "room:\"big room\"",
    "room:none",
    "story:printer",
    "story:any",
    "weight:>12",
    "weight:1.5..20",
    "weight:<=0",
    "weight:none",
    "cost:99.9",
    "cost:>10",
    "bought:2026-11-22",
    "bought:<2026-11-22",
    "bought:any",
    "meeting:>-1d",
    "meeting:-2d..+2d",
    "colour:red",
    "colour:red,none",
    "colours:blue",
    "colours:red,green",
    "device:hardware",
    "device:thin",
    "device:none",
    "boss:me",
    "boss:none",
    "proof:3..5",
    "proof:any",
    "approved:yes",
    "approved:no",
    "approved:none",
    "site:madrid",
    "x-line:>2",
    "is:open",
    "priority:>=high",
    "kind:incident,question",
];

fn fields() -> Vec<FieldDef> {
    let items = |keys: &[(&str, Option<&str>)]| -> Json {
        keys.iter().map(|(key, parent)| json!({"key": key, "names": {"en": key}, "parent": parent})).collect()
    };
    let list = items(&[("red", None), ("green", None), ("blue", None)]);
    let tree = items(&[("hardware", None), ("laptop", Some("hardware")), ("thin", Some("laptop")), ("chair", None)]);
    let all = [
        ("room", "text", json!({})),
        ("story", "long_text", json!({})),
        ("weight", "number", json!({"decimals": 2})),
        ("cost", "money", json!({"decimals": 2, "currency": "EUR"})),
        ("bought", "date", json!({})),
        ("meeting", "time", json!({})),
        ("colour", "choice", json!({"items": list})),
        ("colours", "several", json!({"items": list})),
        ("device", "tree", json!({"items": tree})),
        ("boss", "person", json!({})),
        ("proof", "file", json!({})),
        ("approved", "checkbox", json!({})),
        ("site", "address", json!({})),
        // The product has one of that name.
        ("line", "number", json!({})),
    ];
    all.into_iter()
        .map(|(key, ty, more)| {
            let mut def = json!({"object": "ticket", "key": key, "type": ty, "names": {"en": key}, "audience": "desk", "active": true});
            def.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            serde_json::from_value(def).unwrap()
        })
        .collect()
}

/// A value drawn by a number; of three tickets one has none.
fn drawn(world: &World, def: &FieldDef, n: u8) -> Option<Value> {
    if n.is_multiple_of(3) {
        return None;
    }
    let n = n / 3;
    let of = |texts: &[&str]| Some(Value::Text(texts[usize::from(n) % texts.len()].to_owned()));
    let key = |n: usize| def.items[n % def.items.len()].key.clone();
    let days = i64::from(n % 7) - 3;
    match def.ty {
        FieldType::Text => of(&["Red", "The big Réd room", "big, room", "Cellar"]),
        FieldType::LongText => of(&["The printer\nis on fire", "Nothing", "PRINTERS"]),
        FieldType::Address => of(&["Gran Vía 1\nMadrid", "Ulitsa 2\nМосква"]),
        FieldType::Number if def.decimals == 0 => Some(Value::Int(i64::from(n % 5))),
        FieldType::Number => Some(Value::Int([-150, 0, 150, 1200, 1250, 9990][usize::from(n) % 6])),
        FieldType::Money => Some(Value::Int([9990, 1000, 1001, 0][usize::from(n) % 4])),
        FieldType::Date => Some(Value::Int(1_795_348_800_000_000 + days * kernel::Time::DAY)),
        FieldType::Moment => Some(Value::Int(NOW.plus(days * 9 * kernel::Time::HOUR).0)),
        FieldType::Choice | FieldType::Tree => Some(Value::Keys(vec![key(n.into())])),
        FieldType::Several => {
            let mut keys: Vec<String> = (0..3).filter(|bit| n >> bit & 1 == 1).map(key).collect();
            keys.dedup();
            (!keys.is_empty()).then_some(Value::Keys(keys))
        }
        FieldType::Person => Some(Value::Int([world.ana, world.boris, world.ursula][usize::from(n) % 3].raw())),
        FieldType::File => Some(Value::Int(i64::from(n % 8) + 1)),
        FieldType::Checkbox => Some(Value::Int(i64::from(n % 2))),
    }
}

/// A ticket as its row and its values say, without the database's conditions.
struct Held {
    ticket: ticket::Ticket,
    values: settings::field::Values,
}

impl Record for Held {
    fn value(&self, source: &Source) -> Values {
        match source {
            Source::Column(name) => match name.as_ref() {
                "open" => Values::int(i64::from(self.ticket.is_open())),
                "priority" => Values::int(self.ticket.priority),
                "kind" => Values::text(Some(self.ticket.kind.clone())),
                other => panic!("no column {other}"),
            },
            Source::Exists { table, value_column, extra, .. } => {
                assert_eq!(table.as_ref(), "field_value");
                let named = |column: &str| extra.iter().find(|(name, _)| name == column).map(|(_, values)| values.clone());
                assert_eq!(named("object"), Some(vec![Scalar::Text("ticket".into())]));
                let Some([Scalar::Text(key)]) = named("key").as_deref().map(|keys| <&[Scalar; 1]>::try_from(keys).unwrap()).cloned() else {
                    panic!("which field: {extra:?}")
                };
                match (value_column.as_ref(), self.values.get(&*key)) {
                    ("int_value", Some(Value::Int(n))) => Values::int(*n),
                    ("text_key", Some(Value::Text(text))) => Values::text(Some(kernel::fold(text))),
                    ("text_key", Some(Value::Keys(keys))) => Values::Texts(keys.clone()),
                    _ => Values::NONE,
                }
            }
        }
    }
}

fn held(world: &World) -> Vec<Held> {
    let read = |rd: &mut db::Rd<'_>| {
        (1..=TICKETS)
            .map(|id| Ok(Held { ticket: rows::by_id(rd, TicketId::new(id))?, values: settings::values::of(rd, Object::Ticket, id)? }))
            .collect::<kernel::Result<Vec<_>>>()
    };
    world.db.read_wait("held", read).unwrap()
}

fn fill(world: &World) {
    let mut draws = runner(1);
    let rows = prop::collection::vec(prop::collection::vec(any::<u8>(), 41), usize::try_from(TICKETS).unwrap());
    write(world, &rows.new_tree(&mut draws).unwrap().current());
    let fields = fields();
    let dice = prop::collection::vec(any::<u8>(), fields.len() * usize::try_from(TICKETS).unwrap()).new_tree(&mut draws).unwrap().current();
    let mut values = Vec::new();
    for (place, n) in dice.iter().enumerate() {
        let (id, def) = (i64::try_from(place / fields.len()).unwrap() + 1, &fields[place % fields.len()]);
        values.extend(drawn(world, def, *n).map(|value| (id, def.key.clone(), value)));
    }
    world
        .at(0, world.ana, move |tx, frame| {
            for def in &fields {
                settings::put(tx, frame.act, 0, FIELD, &def.setting_key(), 0, def)?;
            }
            values.iter().try_for_each(|(id, key, value)| settings::values::put(tx, 1, Object::Ticket, *id, key, Some(value)))
        })
        .unwrap();
}

/// Until the sets have read everything; on PostgreSQL the log ends before the oldest transaction of all databases.
fn followed(world: &World, follower: &Arc<LiveFollower>) {
    let last = "SELECT COALESCE(MAX(xid), 0), COALESCE(MAX(seq), 0) FROM event";
    loop {
        if Arc::clone(follower).step(&world.db, NOW).unwrap() > 0 {
            continue;
        }
        let last = world.db.read_wait("last", move |rd| rd.all_text::<(i64, i64)>(last, &[])).unwrap()[0];
        if world.desk.live().place().is_some_and(|at| (at.xid, at.seq) >= last) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

testkit::both! {
    template: testkit::Template::of(&crate::rig::migrations());

    fn custom_fields_mean_the_same_everywhere(db: TestDb) {
        let mut world = quiet(&db);
        fill(&world);
        world.follow();
        let live = Live::open(&world.indexes()[0], true).unwrap();
        let held = held(&world);
        let agree = |text: &str| {
            let plan = plan(&world, text);
            let right = by_database(&world, &plan);
            let mine = held.iter().filter(|one| plan.matches(*one)).map(|one| one.ticket.id.raw()).collect();
            let (found, exact) = by_index(&live, &plan);
            prop_assert_eq!(&right, &mine, "in memory: {}", text);
            prop_assert!(right.is_subset(&found), "the index leaves out: {}", text);
            prop_assert!(!exact || right == found, "the index is sure of: {}", text);
            Ok(())
        };
        for term in TERMS {
            agree(term).unwrap();
            let some = by_database(&world, &plan(&world, term)).len();
            assert!(some > 0 && some < held.len(), "{term} tells nothing apart: {some}");
        }
        runner(250).run(&filters(TERMS), |text| agree(&text)).unwrap();
    }

    fn live_sets_leave_custom_fields_to_the_database(db: TestDb) {
        let world = quiet(&db);
        fill(&world);
        let follower = Arc::new(LiveFollower::new(Arc::clone(&world.desk)));
        followed(&world, &follower);
        let mut known = 0;
        runner(120).run(&filters(TERMS), |text| {
            let asked = format!("is:open ({text})");
            let (live, right) = world.read(world.ana, move |rd, frame| {
                let live = list::live(rd, frame.desk, frame.actor, &[asked.as_str()], NOW)?;
                let prepared = list::prepare(rd, frame.desk, frame.actor, &asked, false, NOW)?;
                Ok((live[0], list::count(rd, &prepared)?))
            }).unwrap();
            prop_assert!(live.is_none_or(|count| count == right), "{}: {:?} and {:?}", text, live, right);
            Ok(())
        }).unwrap();
        for term in TERMS {
            let text = format!("is:open {term}");
            let live = world.read(world.ana, move |rd, frame| list::live(rd, frame.desk, frame.actor, &[text.as_str()], NOW)).unwrap()[0];
            let of_row = ["is:open", "priority:>=high", "kind:incident,question"].contains(term);
            assert_eq!(matches!(live, Some(Count::Exactly(_))), of_row, "{term}");
            known += usize::from(live.is_some());
        }
        assert_eq!(known, 3);
    }
}
