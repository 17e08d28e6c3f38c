//! Card numbers, keys, tokens and passwords: taken out when they are written, read again with a reason.

use kernel::{ErrorKind, MessageId, PersonId, Result, TicketId};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::post::{Post, post};
use ticket::actions::redact::{Redaction, Target, redact};
use ticket::actions::register::{NewTicket, register};
use ticket::actions::reveal::reveal;
use ticket::catalogue::SECRETS;
use ticket::events::TicketEvent;
use ticket::rules::redact::Part;
use ticket::rules::secrets::{SecretKind, SecretPolicy, SecretRule};
use ticket::store::secret::Secret;
use ticket::timeline::What;
use ticket::{Desk, MessageKind, erasing, serve, store};

use crate::cast::{World, world as cast};

const CARD: &str = "4111 1111 1111 1111";

/// The cast at a desk that keeps what it masks.
fn world(db: &db::Db) -> World {
    let mut world = cast(db);
    world.desk = std::sync::Arc::new(Desk::sealed_by(&[7; 32]).unwrap());
    world.grant(world.ana, "manager", world.ria);
    world
}

fn says(world: &World, who: PersonId, id: TicketId, text: &str, unmasked: bool) -> MessageId {
    let new = Post { unmasked, ..Post::new(MessageKind::Reply, text) };
    world.at(1, who, move |tx, frame| post(tx, frame, id, &new)).unwrap().0
}

fn body(world: &World, id: TicketId, message: MessageId) -> String {
    world.read(world.ana, move |rd, _| store::message::get(rd, id, message)).unwrap().body.unwrap()
}

fn found(world: &World, who: PersonId, id: TicketId) -> Vec<Secret> {
    world
        .read(who, move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            serve::timeline(rd, frame, &seen)
        })
        .unwrap()
        .secrets
}

fn read(world: &World, who: PersonId, id: TicketId, place: i64) -> Result<String> {
    world.at(3, who, move |tx, frame| reveal(tx, frame, id, place, "It must be paid"))
}

fn traces(world: &World) -> i64 {
    [
        "SELECT count(*) FROM message_body WHERE body LIKE '%4111 1111%'",
        "SELECT count(*) FROM text_body WHERE body LIKE '%4111 1111%'",
        "SELECT count(*) FROM ticket WHERE title LIKE '%4111 1111%'",
    ]
    .into_iter()
    .map(|text| world.number(text))
    .sum()
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn a_card_is_masked_wherever_it_is_written(db: TestDb) {
        let world = world(&db);
        let new = NewTicket {
            kind: "incident".into(),
            title: format!("Card {CARD}"),
            description: format!("{CARD} does not work. Password: hunter2"),
            ..NewTicket::default()
        };
        let ticket = world.at(0, world.ursula, move |tx, frame| register(tx, frame, &new)).unwrap();
        let id = ticket.id;
        assert_eq!(ticket.title, "Card ••••1111");
        let reply = says(&world, world.ursula, id, &format!("Again: {CARD}!"), false);
        assert_eq!(body(&world, id, reply), "Again: ••••1111!");
        let retitle = Patch { title: Some(format!("Still {CARD}")), ..Patch::default() };
        let ticket = world.at(2, world.boris, move |tx, frame| change(tx, frame, id, Base::Latest, &retitle)).unwrap();
        assert_eq!((ticket.title.as_str(), traces(&world)), ("Still ••••1111", 0));
        let all = found(&world, world.ursula, id);
        let told: Vec<(SecretKind, bool, bool)> = all.iter().map(|s| (s.kind, s.masked, s.message.is_some())).collect();
        let (card, password) = (SecretKind::Card, SecretKind::Password);
        assert_eq!(told, [(card, true, true), (password, false, true), (card, true, true), (card, true, false)], "the old title's is gone");
        let described = all[1].message.unwrap();
        assert!(body(&world, id, described).contains("hunter2"), "of a password only a warning is given");
    }

    fn custom_fields_of_words_are_looked_through(db: TestDb) {
        let world = world(&db);
        let (ana, boris, ursula) = (world.ana, world.boris, world.ursula);
        world.at(0, ana, |tx, frame| {
            for (key, ty, audience) in [("payment", "text", "fills"), ("story", "long_text", "desk"), ("place", "address", "fills")] {
                let def = serde_json::json!({"object": "ticket", "key": key, "type": ty, "names": {"en": key}, "audience": audience, "active": true});
                settings::put(tx, frame.act, 0, settings::field::FIELD, &format!("ticket.{key}"), 0, &def)?;
            }
            Ok(())
        }).unwrap();
        let fields = |pairs: &[(&str, String)]| pairs.iter().map(|(key, text)| ((*key).to_owned(), text.as_str().into())).collect::<std::collections::BTreeMap<_, _>>();
        let new = NewTicket {
            kind: "incident".into(),
            title: "The card is refused".into(),
            fields: fields(&[("payment", format!("by {CARD}")), ("place", CARD.to_owned())]),
            ..NewTicket::default()
        };
        let id = world.at(1, ursula, move |tx, frame| register(tx, frame, &new)).unwrap().id;
        let value = |key: &'static str| {
            let values = world.db.read_wait("values", move |rd| settings::values::of(rd, settings::field::Object::Ticket, id.raw())).unwrap();
            match values.get(key) {
                Some(settings::field::Value::Text(text)) => text.clone(),
                other => panic!("{key}: {other:?}"),
            }
        };
        assert_eq!((value("payment"), value("place")), ("by ••••1111".to_owned(), CARD.to_owned()), "an address is none of somebody's words");
        let fill = |key: &'static str, text: &str| {
            let patch = Patch { fields: fields(&[(key, text.to_owned())]), ..Patch::default() };
            world.at(2, boris, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
        };
        fill("story", &format!("She read {CARD} to me, password: hunter2"));
        assert_eq!(value("story"), "She read ••••1111 to me, password: hunter2");
        let keys = |who| found(&world, who, id).into_iter().map(|s| (s.key.unwrap(), s.kind, s.masked)).collect::<Vec<_>>();
        let (payment, story) = (("payment".to_owned(), SecretKind::Card, true), ("story".to_owned(), SecretKind::Card, true));
        assert_eq!(keys(ana), [payment.clone(), story, ("story".to_owned(), SecretKind::Password, false)]);
        assert_eq!(keys(ursula), [payment], "of a field of the desk its requester learns nothing");
        assert_eq!((read(&world, ana, id, 1).unwrap(), read(&world, ana, id, 2).unwrap()), (CARD.to_owned(), CARD.to_owned()));
        assert_eq!(world.number("SELECT count(*) FROM text_body WHERE body LIKE '%4111 1111%'"), 0, "nor in the timeline");
        fill("story", "Nothing");
        fill("payment", "by ••••1111");
        assert_eq!(keys(ana).len(), 1, "another value stands there; what was saved again as it stands keeps its own");
        world.at(9, ana, move |tx, frame| erasing::erase(tx, frame.act, id, ursula)).unwrap();
        assert_eq!(world.number("SELECT count(*) FROM ticket_secret"), 0);
    }

    fn who_may_reads_it_with_a_reason_and_it_is_told(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The card is refused").id;
        says(&world, world.ursula, id, &format!("{CARD} and 5555-5555-5555-4444"), false);
        let places: Vec<i64> = found(&world, world.ana, id).iter().map(|s| s.place).collect();
        assert_eq!(places, [1, 2]);
        let refused = |who| read(&world, who, id, 1).unwrap_err().kind();
        assert_eq!((refused(world.boris), refused(world.ursula), refused(world.carla)), (ErrorKind::Forbidden, ErrorKind::Forbidden, ErrorKind::NotFound));
        let none = world.at(3, world.ana, move |tx, frame| reveal(tx, frame, id, 1, " ")).unwrap_err();
        assert_eq!(none.kind(), ErrorKind::Invalid);
        assert_eq!(read(&world, world.ana, id, 9).unwrap_err().kind(), ErrorKind::NotFound);
        let before = world.number("SELECT count(*) FROM event");
        assert_eq!(read(&world, world.ana, id, 1).unwrap(), CARD);
        assert_eq!(read(&world, world.ana, id, 2).unwrap(), "5555-5555-5555-4444");
        assert_eq!(world.number("SELECT count(*) FROM event") - before, 2);
        let told = |who| {
            let timeline = world.read(who, move |rd, frame| { let seen = serve::see(rd, frame, id)?; serve::timeline(rd, frame, &seen) }).unwrap();
            timeline.entries.iter().filter(|e| matches!(&e.what, What::Event(TicketEvent::Revealed { .. }))).count()
        };
        assert_eq!((told(world.boris), told(world.ursula)), (2, 0), "the desk reads who did, its requester does not");
        assert_eq!(world.number("SELECT count(*) FROM event WHERE payload LIKE '%4111%'"), 0);
    }

    fn another_key_opens_nothing_and_none_keeps_nothing(db: TestDb) {
        let mut world = world(&db);
        let id = world.incident("The card is refused").id;
        says(&world, world.ursula, id, CARD, false);
        world.desk = std::sync::Arc::new(Desk::sealed_by(&[8; 32]).unwrap());
        assert_eq!(read(&world, world.ana, id, 1).unwrap_err().code(), "error-secret-elsewhere");
        world.desk = std::sync::Arc::new(Desk::default());
        says(&world, world.ursula, id, CARD, false);
        assert!(!found(&world, world.ana, id)[1].kept);
        assert_eq!(read(&world, world.ana, id, 2).unwrap_err().code(), "error-secret-gone");
    }

    fn the_policy_decides_and_the_author_may_insist(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The card is refused").id;
        let kept = says(&world, world.ursula, id, CARD, true);
        assert_eq!(body(&world, id, kept), CARD);
        assert!(!found(&world, world.ana, id)[0].masked, "and it is told that it stands there");
        let policy = SecretPolicy { card: SecretRule::Off, password: SecretRule::Mask, ..SecretPolicy::default() };
        world.at(2, world.ana, move |tx, frame| settings::put(tx, frame.act, 0, SECRETS, "default", 0, &policy)).unwrap();
        let message = says(&world, world.ursula, id, &format!("{CARD} password: hunter2."), false);
        assert_eq!(body(&world, id, message), format!("{CARD} password: ••••••••."));
        assert_eq!(found(&world, world.ana, id).len(), 2);
        assert_eq!(read(&world, world.ana, id, 2).unwrap(), "hunter2");
    }

    fn what_was_masked_goes_with_its_text(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The card is refused").id;
        let message = says(&world, world.ursula, id, &format!("{CARD} and password: hunter2"), false);
        let other = says(&world, world.ursula, id, CARD, false);
        let take = |target, text: &str| {
            let wanted = Redaction { target, part: Part::Text(text.into()), everywhere: false, reason: "A secret".into() };
            world.at(4, world.ana, move |tx, frame| redact(tx, frame, id, &wanted)).unwrap();
            found(&world, world.ana, id).iter().map(|s| s.kind).collect::<Vec<_>>()
        };
        assert_eq!(take(Target::Message(message), "hunter2"), [SecretKind::Card, SecretKind::Card]);
        assert_eq!(take(Target::Message(message), "••••1111"), [SecretKind::Card]);
        assert_eq!(read(&world, world.ana, id, 3).unwrap(), CARD);
        let ursula = world.ursula;
        world.at(9, world.ana, move |tx, frame| erasing::erase(tx, frame.act, id, ursula)).unwrap();
        assert_eq!(world.number("SELECT count(*) FROM ticket_secret"), 0, "{other}");
    }
}
