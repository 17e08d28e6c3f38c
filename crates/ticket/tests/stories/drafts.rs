//! What somebody is writing stays, whatever happens around it.

use events::{RequestKey, once};
use kernel::{AttachmentId, Entropy, PersonId, Result, SeededEntropy, Time, kinds};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::draft::{self, Kept, Written};
use ticket::actions::post::{Post, post};
use ticket::store::attachment::{self, Upload};
use ticket::{MessageKind, store};

use crate::cast::{NOW, World, world};

fn written(body: &str) -> Written {
    Written { kind: "reply".into(), body: body.into(), key: "form-1".into(), ..Written::default() }
}

fn keep(world: &World, minutes: i64, who: PersonId, place: &'static str, written: Written) -> Result<i64> {
    world.at(minutes, who, move |tx, frame| draft::keep(tx, frame, place, &written))
}

fn at(world: &World, who: PersonId, place: &'static str) -> Option<Kept> {
    world.read(who, move |rd, frame| draft::at(rd, frame, place)).unwrap()
}

/// A file on its way.
fn upload(world: &World, who: PersonId, minutes: i64) -> AttachmentId {
    let tenant = world.ria;
    world
        .at(minutes, who, move |tx, frame| {
            let file = tx.next_id::<kinds::File>()?;
            tx.exec_text(
                "INSERT INTO file (id, tenant_id, sha256, size, storage_key, created_at) VALUES ($1, $2, $3, 4, $3, $4)",
                &db::params![file, tenant, format!("{:064}", file.raw()), frame.act.now],
            )?;
            let id = tx.next_id::<kinds::Attachment>()?;
            let (name, media_type, created_at) = ("log.txt".into(), "text/plain".into(), frame.act.now);
            attachment::insert_upload(tx, &Upload { id, tenant, person: who, file, name, media_type, size: 4, created_at })?;
            Ok(id)
        })
        .unwrap()
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn a_draft_is_of_one_person_and_one_place_and_two_machines_do_not_overwrite_each_other(db: TestDb) {
        let world = world(&db);
        assert_eq!(keep(&world, 1, world.ana, "ticket-7", Written { base: Some(0), ..written("Could you") }).unwrap(), 1);
        let clash = keep(&world, 2, world.ana, "ticket-7", Written { base: Some(0), ..written("Something else") }).unwrap_err();
        assert_eq!(clash.code(), "error-draft-elsewhere");
        assert_eq!(keep(&world, 3, world.ana, "ticket-7", Written { base: Some(1), ..written("Could you restart") }).unwrap(), 2);
        let kept = at(&world, world.ana, "ticket-7").unwrap();
        assert_eq!((kept.draft.body.as_str(), kept.draft.ticket.map(kernel::Id::raw)), ("Could you restart", Some(7)));
        assert_eq!(at(&world, world.boris, "ticket-7"), None);
        assert_eq!(at(&world, world.ana, "ticket-8"), None);
        for place in ["", "Ticket 7", "ticket/7"] {
            assert!(keep(&world, 4, world.ana, place, written("x")).is_err(), "{place:?}");
        }
        world.at(5, world.ana, |tx, frame| draft::discard(tx, frame, "ticket-7")).unwrap();
        assert!(world.at(5, world.ana, |tx, frame| draft::discard(tx, frame, "ticket-7")).is_err());
    }

    fn no_change_of_the_ticket_touches_a_draft_and_sending_takes_it_once(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        let place: &'static str = Box::leak(format!("ticket-{id}").into_boxed_str());
        let entropy = SeededEntropy::new(11);
        let dice = |n: u8| {
            let mut byte = [0];
            entropy.fill(&mut byte);
            byte[0] % n
        };
        let mut last = String::new();
        for step in 0..40 {
            if dice(2) == 0 {
                last = format!("Text {step}");
                keep(&world, step, world.ana, place, written(&last)).unwrap();
            } else {
                let team = if dice(2) == 0 { world.l1 } else { world.l2 };
                let patch = Patch { team: Some(Some(team)), priority: Some(i64::from(dice(4)) + 1), ..Patch::default() };
                world.at(step, world.boris, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
                let theirs = Post::new(MessageKind::Note, format!("Note {step}"));
                world.at(step, world.boris, move |tx, frame| post(tx, frame, id, &theirs)).unwrap();
            }
            assert_eq!(at(&world, world.ana, place).map(|kept| kept.draft.body).unwrap_or_default(), last);
        }
        let all = world.read(world.ana, draft::all).unwrap();
        assert_eq!(all.len(), 1);
        let send = |key: &str| {
            let (ana, key, body) = (world.ana, key.to_owned(), last.clone());
            let reply = Post::new(MessageKind::Reply, body);
            world.at(50, ana, move |tx, frame| {
                let request = RequestKey { actor: ana.raw(), action: "ticket.post", key: key.clone(), digest: "d".into() };
                once(tx, Some(&request), frame.act.now, |tx| {
                    let (message, _) = post(tx, frame, id, &reply)?;
                    store::draft::sent(tx, ana, &key)?;
                    Ok(message.raw())
                })
            }).unwrap()
        };
        send("another-form");
        assert!(at(&world, world.ana, place).is_some(), "another message leaves it alone");
        let (first, second) = (send("form-1"), send("form-1"));
        assert_eq!((first.0, second), (first.0, (first.0, true)));
        assert_eq!(at(&world, world.ana, place), None);
    }

    fn files_of_a_draft_stay_and_others_are_forgotten(db: TestDb) {
        let world = world(&db);
        let (kept, loose) = (upload(&world, world.ana, 0), upload(&world, world.ana, 0));
        let with = Written { uploads: vec![kept], ..written("See the log") };
        keep(&world, 1, world.ana, "ticket-7", with.clone()).unwrap();
        assert!(keep(&world, 1, world.boris, "ticket-7", with).is_err(), "not with a file of somebody else");
        let forget = || world.db.write_wait("tidy", |tx| attachment::forget_uploads(tx, NOW.plus(Time::DAY))).unwrap();
        assert_eq!(forget(), 1);
        let names = at(&world, world.ana, "ticket-7").unwrap().uploads;
        assert_eq!(names, [(kept, "log.txt".to_owned())]);
        assert!(world.read(world.ana, move |rd, frame| attachment::upload(rd, loose, frame.person()?)).unwrap().is_none());
        let old = NOW.plus(91 * Time::DAY);
        assert_eq!(world.db.write_wait("tidy", move |tx| store::draft::forget(tx, old)).unwrap(), 1);
        assert_eq!(forget(), 1, "with its draft the file goes");
    }
}
