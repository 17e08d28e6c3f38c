//! Files and long conversations on the timeline.

use kernel::{AttachmentId, FileId, Lang, MessageId};
use ticket::actions::describe_file::{add, describe};
use ticket::actions::post::{Post, post};
use ticket::events::TicketEvent;
use ticket::store::attachment::{self, Upload};
use ticket::store::message::NewMessage;
use ticket::timeline::{Entry, What};
use ticket::{Channel, MessageKind, record, serve};

use crate::cast::{NOW, World, world};

pub fn uploaded(world: &World, name: &'static str) -> AttachmentId {
    let (tenant, person) = (world.ria, world.ana);
    let id = AttachmentId::new(77);
    world
        .db
        .write_wait("upload", move |tx| {
            tx.exec_text(
                "INSERT INTO file (id, tenant_id, sha256, size, storage_key, created_at) VALUES (5, $1, 'x', 1, 'x', 0)",
                &db::params![tenant],
            )?;
            let file = FileId::new(5);
            let upload = Upload { id, tenant, person, file, name: name.into(), media_type: "image/png".into(), size: 1, created_at: NOW };
            attachment::insert_upload(tx, &upload)
        })
        .unwrap();
    id
}

fn told(world: &World, who: kernel::PersonId, id: kernel::TicketId) -> Vec<Entry> {
    world
        .read(who, move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            serve::timeline(rd, frame, &seen)
        })
        .unwrap()
        .entries
}

fn attached(entries: &[Entry]) -> usize {
    entries.iter().filter(|e| matches!(e.what, What::Event(TicketEvent::Attached { .. }))).count()
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn a_file_that_becomes_internal_leaves_no_line(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        let upload = uploaded(&world, "screen.png");
        let file = world.at(1, world.ana, move |tx, frame| add(tx, frame, id, upload, true, "The screen")).unwrap().id;
        assert_eq!((attached(&told(&world, world.ursula, id)), attached(&told(&world, world.ana, id))), (1, 1));
        let before = world.now(id);

        world.at(2, world.ana, move |tx, frame| describe(tx, frame, file, false, "The screen")).unwrap();
        assert_eq!(attached(&told(&world, world.ursula, id)), 0, "not even that there was one");
        assert_eq!(attached(&told(&world, world.ana, id)), 2);
        let hidden = world.now(id);
        assert!(hidden.activity > before.activity, "others who look at the ticket see that something happened");
        assert_eq!(hidden.last_public_at, before.last_public_at);

        world.at(3, world.ana, move |tx, frame| describe(tx, frame, file, true, "The screen")).unwrap();
        assert!(attached(&told(&world, world.ursula, id)) > 0, "now it is there again");
        assert!(world.now(id).last_public_at > hidden.last_public_at);
    }

    fn the_newest_of_a_long_conversation_is_there(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        let (entropy, ana) = (std::sync::Arc::clone(&world.entropy), world.ana);
        let last = world.db.write_wait("talk", move |tx| {
            let act = events::Act::person(ana, NOW.plus(1), std::sync::Arc::clone(&entropy));
            let ticket = ticket::store::ticket::by_id(tx, id)?;
            let mut last = MessageId::new(0);
            for n in 0..2001 {
                let message = NewMessage {
                    kind: MessageKind::Note, public: false, from_requester: false, author: Some(ana), lang: Lang::En,
                    channel: Channel::Agent, call: None, body: format!("Line {n}"),
                };
                last = record::message(tx, &act, &ticket, &message)?;
            }
            Ok(last)
        }).unwrap();
        let (newest, _) = world.at(5, world.ursula, move |tx, frame| post(tx, frame, id, &Post::new(MessageKind::Reply, "Are you there?"))).unwrap();
        let entries = told(&world, ana, id);
        let messages: Vec<MessageId> = entries.iter().filter_map(|e| if let What::Message(m) = &e.what { Some(m.id) } else { None }).collect();
        assert_eq!(messages.last(), Some(&newest), "the last word is seen");
        assert_eq!(messages.get(messages.len() - 2), Some(&last));
        assert!(entries.iter().map(|e| (e.at, e.seq)).is_sorted());
    }
}
