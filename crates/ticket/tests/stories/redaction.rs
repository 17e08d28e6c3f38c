//! Taking a part of what was written away for good: nothing of it is left, the chain holds, and it says
//! who did it and why.

use std::sync::Arc;

use events::chain::{Chain, Depth, Texts, verify};
use kernel::{AttachmentId, ErrorKind, MessageId, PersonId, Result, TicketId};
use settings::field::{Object, Value};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::post::{Post, post};
use ticket::actions::redact::{Redaction, Target, redact};
use ticket::chain::TicketTexts;
use ticket::rules::redact::{MARK, Part};
use ticket::timeline::What;
use ticket::{MessageKind, Ticket, serve, store};

use crate::cast::{NOW, World, world};

const SECRET: &str = "hunter-2";

fn says(world: &World, who: PersonId, id: TicketId, kind: MessageKind, text: &str) -> MessageId {
    let new = Post::new(kind, text);
    world.at(1, who, move |tx, frame| post(tx, frame, id, &new)).unwrap().0
}

fn take(world: &World, who: PersonId, id: TicketId, target: Target, part: Part, everywhere: bool) -> Result<Ticket> {
    let wanted = Redaction { target, part, everywhere, reason: "A password".into() };
    world.at(5, who, move |tx, frame| redact(tx, frame, id, &wanted))
}

fn secret() -> Part {
    Part::Text(SECRET.into())
}

fn body(world: &World, id: TicketId, message: MessageId) -> String {
    world.read(world.ana, move |rd, _| store::message::get(rd, id, message)).unwrap().body.unwrap()
}

/// What the reader is told beside the messages of a ticket: by whom and why.
fn told(world: &World, who: PersonId, id: TicketId) -> Vec<(Option<PersonId>, String, bool)> {
    let timeline = world
        .read(who, move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            serve::timeline(rd, frame, &seen)
        })
        .unwrap();
    timeline.redactions.iter().map(|r| (r.by, r.reason.clone().unwrap(), r.file)).collect()
}

/// Rows in which the secret still stands, of all tables that hold what people write.
fn traces(world: &World) -> i64 {
    let like = |text| world.number(text);
    like("SELECT count(*) FROM message_body WHERE body LIKE '%hunter-2%'")
        + like("SELECT count(*) FROM text_body WHERE body LIKE '%hunter-2%'")
        + like("SELECT count(*) FROM ticket WHERE title LIKE '%hunter-2%' OR title_key LIKE '%hunter-2%'")
        + like("SELECT count(*) FROM field_value WHERE text_value LIKE '%hunter-2%' OR text_key LIKE '%hunter-2%'")
        + like("SELECT count(*) FROM event WHERE payload LIKE '%hunter-2%'")
}

fn assert_chain(world: &World) {
    let texts: Arc<dyn Texts> = Arc::new(TicketTexts);
    let chain = Chain::new(Arc::clone(&texts));
    while chain.advance(&world.db, NOW).unwrap() > 0 {}
    assert_eq!(verify(&world.db, &texts, &[], Depth::All, |_| {}).unwrap().bad, None);
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn a_part_of_a_message_goes_and_the_rest_stays(db: TestDb) {
        let world = world(&db);
        world.grant(world.ana, "coordinator", world.ria);
        let id = world.incident("The printer is dead").id;
        let message = says(&world, world.ursula, id, MessageKind::Reply, "My password is hunter-2, the room is 12");
        assert_chain(&world);
        let salt = world.number("SELECT count(DISTINCT salt) FROM message_body");
        take(&world, world.ana, id, Target::Message(message), secret(), false).unwrap();
        assert_eq!(body(&world, id, message), format!("My password is {MARK}, the room is 12"));
        assert_eq!((traces(&world), world.number("SELECT count(DISTINCT salt) FROM message_body")), (0, salt));
        assert_eq!(told(&world, world.ursula, id), [(Some(world.ana), "A password".to_owned(), false)]);
        assert_chain(&world);
        let gone = take(&world, world.ana, id, Target::Message(message), secret(), false).unwrap_err();
        assert_eq!((gone.kind(), gone.fields()[0].code.to_string()), (ErrorKind::Invalid, "error-redact-not-found".to_owned()));
        take(&world, world.ana, id, Target::Message(message), Part::Whole, false).unwrap();
        assert_eq!(body(&world, id, message), MARK);
        assert_chain(&world);
    }

    fn the_same_goes_wherever_it_was_quoted(db: TestDb) {
        let world = world(&db);
        world.grant(world.ana, "coordinator", world.ria);
        let id = world.incident("Password hunter-2").id;
        let first = says(&world, world.ursula, id, MessageKind::Reply, "It is hunter-2");
        let note = says(&world, world.boris, id, MessageKind::Note, "> It is hunter-2\nTell them");
        let patch = Patch { title: Some("The password".into()), ..Patch::default() };
        world.at(2, world.boris, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
        let room = Value::Text("hunter-2".into());
        world.db.write_wait("fill", move |tx| settings::values::put(tx, 1, Object::Ticket, id.raw(), "room", Some(&room))).unwrap();
        take(&world, world.ana, id, Target::Message(first), Part::Range { from: 6, to: 14 }, true).unwrap();
        assert_eq!(body(&world, id, note), format!("> It is {MARK}\nTell them"));
        assert_eq!(traces(&world), 0);
        assert_chain(&world);
        assert_eq!(told(&world, world.ursula, id).len(), 2, "the request itself and the answer; of the note nothing is told");
        assert_eq!(told(&world, world.boris, id).len(), 3);
    }

    fn a_title_goes_from_the_history_as_well(db: TestDb) {
        let world = world(&db);
        world.grant(world.ana, "coordinator", world.ria);
        let id = world.registered(world.ursula, "incident", "Is hunter-2 right?").id;
        for title in ["Is hunter-2 wrong?", "Which password?"] {
            let patch = Patch { title: Some(title.into()), ..Patch::default() };
            world.at(2, world.boris, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
        }
        let ticket = take(&world, world.ana, id, Target::Title, secret(), false).unwrap();
        assert_eq!(ticket.title, "Which password?", "it stood in earlier ones");
        assert_eq!(world.number("SELECT count(*) FROM text_body WHERE body LIKE '%hunter-2%'"), 0);
        let ticket = take(&world, world.ana, id, Target::Title, Part::Whole, false).unwrap();
        assert_eq!(ticket.title, MARK);
        assert_eq!(world.number("SELECT count(*) FROM text_body WHERE body = 'Which password?'"), 0);
        assert_chain(&world);
    }

    fn a_message_on_two_tickets_is_redacted_on_both(db: TestDb) {
        let world = world(&db);
        world.grant(world.ana, "coordinator", world.ria);
        let (from, into) = (world.incident("One").id, world.incident("Two").id);
        let message = says(&world, world.ursula, from, MessageKind::Reply, "It is hunter-2");
        world.at(2, world.ana, move |tx, frame| ticket::actions::merge::merge(tx, frame, from, into)).unwrap();
        take(&world, world.ana, into, Target::Message(message), secret(), false).unwrap();
        assert_eq!(traces(&world), 0);
        assert_eq!(world.number("SELECT count(*) FROM event WHERE kind = 'ticket.redacted'"), 2, "both are read again by the search");
        assert_chain(&world);
    }

    fn a_file_goes_with_its_bar(db: TestDb) {
        let world = world(&db);
        world.grant(world.ana, "coordinator", world.ria);
        let id = world.incident("The printer is dead").id;
        let message = says(&world, world.ursula, id, MessageKind::Reply, "See the file");
        world.tamper("INSERT INTO file (id, tenant_id, sha256, size, storage_key, created_at) VALUES (5, $1, 'x', 1, 'x', 0)", world.ria.raw());
        world.tamper(
            "INSERT INTO attachment (id, tenant_id, ticket_id, message_id, file_id, name, description, media_type, size, public, uploaded_by, created_at) \
             SELECT 77, tenant_id, ticket.id, $1, 5, 'secret.txt', '', 'text/plain', 1, 1, 1, 0 FROM ticket",
            message.raw(),
        );
        let other = world.incident("Another").id;
        let file = AttachmentId::new(77);
        assert_eq!(take(&world, world.ana, other, Target::File(file), Part::Whole, false).unwrap_err().kind(), ErrorKind::NotFound);
        take(&world, world.ana, id, Target::File(file), Part::Whole, false).unwrap();
        assert_eq!(world.number("SELECT count(*) FROM attachment"), 0);
        assert_eq!(told(&world, world.ursula, id), [(Some(world.ana), "A password".to_owned(), true)]);
    }

    fn it_needs_the_verb_and_a_reason_and_repeats_nothing(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        let message = says(&world, world.ursula, id, MessageKind::Reply, "It is hunter-2");
        let refused = |who| take(&world, who, id, Target::Message(message), secret(), false).unwrap_err().kind();
        assert_eq!((refused(world.ana), refused(world.ursula), refused(world.carla)), (ErrorKind::Forbidden, ErrorKind::Forbidden, ErrorKind::NotFound));
        world.grant(world.ana, "coordinator", world.ria);
        let with = |reason: &str| Redaction { target: Target::Message(message), part: secret(), everywhere: false, reason: reason.into() };
        let none = with(" ");
        assert!(world.at(5, world.ana, move |tx, frame| redact(tx, frame, id, &none)).is_err());
        let clumsy = with("They wrote hunter-2 here");
        world.at(5, world.ana, move |tx, frame| redact(tx, frame, id, &clumsy)).unwrap();
        assert_eq!(told(&world, world.ana, id)[0].1, format!("They wrote {MARK} here"));
        let read = world.read(world.ursula, move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            serve::timeline(rd, frame, &seen)
        }).unwrap();
        assert!(read.entries.iter().any(|e| matches!(&e.what, What::Event(ticket::events::TicketEvent::Redacted { .. }))));
    }
}
