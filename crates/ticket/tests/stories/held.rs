//! A reply that is sent a little later can be taken back until then, and never gets lost.

use kernel::{PersonId, Result, TicketId, Time};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::draft::{self, Kept};
use ticket::actions::hold;
use ticket::actions::post::{Post, post};
use ticket::{MessageKind, store};

use crate::cast::{NOW, World, world};
use crate::jobs::work;

fn reply(body: &str) -> Post {
    Post::new(MessageKind::Reply, body)
}

fn held(world: &World, id: TicketId, what: Post, seconds: i64) -> Result<String> {
    world.at(1, world.ana, move |tx, frame| hold::hold(tx, frame, id, &what, frame.act.now.plus(seconds * Time::SECOND)))
}

fn said(world: &World, id: TicketId) -> Vec<String> {
    let messages = world.db.read_wait("said", move |rd| store::message::of_ticket(rd, id, true, 100)).unwrap();
    messages.into_iter().filter_map(|message| message.body).collect()
}

fn drafted(world: &World, who: PersonId, id: TicketId) -> Option<Kept> {
    world.read(who, move |rd, frame| draft::at(rd, frame, &draft::place_of(id))).unwrap()
}

/// One minute and so many seconds after the beginning.
fn later(seconds: i64) -> Time {
    NOW.plus(Time::MINUTE + seconds * Time::SECOND)
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn it_is_sent_when_its_time_has_come_with_what_goes_with_it(db: TestDb) {
        let world = world(&db);
        let id = world.registered(world.ursula, "incident", "VPN drops").id;
        let with = Patch { state: Some("waiting".into()), ..Patch::default() };
        let place = held(&world, id, Post { with, ..reply("Which version is it?") }, 10).unwrap();
        assert!(!said(&world, id).iter().any(|body| body.contains("Which version")), "nobody reads it yet");
        let waiting = world.read(world.ana, move |rd, frame| hold::of_ticket(rd, frame, id)).unwrap();
        assert_eq!(waiting.iter().map(|kept| kept.draft.place.as_str()).collect::<Vec<_>>(), [place.as_str()]);
        assert!(world.read(world.boris, move |rd, frame| hold::of_ticket(rd, frame, id)).unwrap().is_empty(), "it is of its writer alone");
        work(&world, later(9));
        assert!(!said(&world, id).iter().any(|body| body.contains("Which version")), "too early");
        work(&world, later(10));
        assert!(said(&world, id).iter().any(|body| body.contains("Which version")));
        assert_eq!(world.now(id).state, "waiting");
        let late = world.at(2, world.ana, move |tx, frame| hold::take_back(tx, frame, &place)).unwrap_err();
        assert_eq!(late.code(), "error-held-sent");
        assert_eq!(drafted(&world, world.ana, id), None);
    }

    fn taken_back_it_is_the_draft_again_behind_what_was_begun_since(db: TestDb) {
        let world = world(&db);
        let id = world.registered(world.ursula, "incident", "VPN drops").id;
        let place = held(&world, id, reply("The first answer"), 10).unwrap();
        let begun = draft::Written { kind: "reply".into(), body: "Something new".into(), ..draft::Written::default() };
        world.at(1, world.ana, move |tx, frame| draft::keep(tx, frame, &draft::place_of(id), &begun)).unwrap();
        world.at(1, world.ana, move |tx, frame| hold::take_back(tx, frame, &place)).unwrap();
        assert_eq!(drafted(&world, world.ana, id).unwrap().draft.body, "Something new\n\nThe first answer");
        work(&world, later(60));
        assert!(!said(&world, id).iter().any(|body| body.contains("first answer")), "it was taken back");
    }

    fn what_is_refused_when_its_time_has_come_goes_back_with_the_reason(db: TestDb) {
        let world = world(&db);
        let id = world.registered(world.ursula, "incident", "VPN drops").id;
        let with = Patch { state: Some("waiting".into()), ..Patch::default() };
        let version = world.now(id).version;
        held(&world, id, Post { with, base: Some(version), ..reply("Which version is it?") }, 10).unwrap();
        let patch = Patch { state: Some("open".into()), ..Patch::default() };
        world.at(1, world.boris, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
        work(&world, later(10));
        let back = drafted(&world, world.ana, id).unwrap().draft;
        assert_eq!((back.body.as_str(), back.send_at), ("Which version is it?", None));
        assert!(!back.trouble.is_empty(), "it says why");
        assert!(!said(&world, id).iter().any(|body| body.contains("Which version")));
    }

    fn what_would_be_refused_now_is_refused_now(db: TestDb) {
        let world = world(&db);
        let id = world.registered(world.ursula, "incident", "VPN drops").id;
        assert_eq!(held(&world, id, reply("  "), 10).unwrap_err().fields()[0].field, "body");
        for seconds in [0, -5, 400 * 24 * 3600] {
            assert_eq!(held(&world, id, reply("Too early or too late"), seconds).unwrap_err().fields()[0].code, "error-send-at", "{seconds}");
        }
        assert_eq!(drafted(&world, world.ana, id), None);
        let carla = world.at(1, world.carla, move |tx, frame| hold::hold(tx, frame, id, &reply("Mine?"), later(10)));
        assert_eq!(carla.unwrap_err().kind(), kernel::ErrorKind::NotFound);
    }

    fn a_reply_that_does_not_know_what_was_written_meanwhile_stops_once(db: TestDb) {
        let world = world(&db);
        let id = world.registered(world.ursula, "incident", "VPN drops").id;
        let newest = |world: &World| world.db.read_wait("newest", move |rd| store::message::newest_of_others(rd, id, None)).unwrap();
        let known = newest(&world);
        world.at(1, world.ursula, move |tx, frame| post(tx, frame, id, &reply("It works again"))).unwrap();
        let answer = move |newest| Post { newest, ..reply("Please restart it") };
        let stopped = world.at(2, world.ana, move |tx, frame| post(tx, frame, id, &answer(known))).unwrap_err();
        assert_eq!(stopped.code(), "error-message-meanwhile");
        let now = newest(&world);
        world.at(3, world.ana, move |tx, frame| post(tx, frame, id, &answer(now))).unwrap();
        let own = world.at(4, world.ana, move |tx, frame| post(tx, frame, id, &answer(now)));
        assert!(own.is_ok(), "one's own words stop nobody");
    }
}
