//! A ticket from its registration to its confirmation.

use kernel::{ErrorKind, Time};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::confirm::{confirm, reopen};
use ticket::actions::post::{Post, post};
use ticket::actions::{close_due, tag};
use ticket::events::TicketEvent;
use ticket::timeline::What;
use ticket::{Category, MessageKind, serve};

use crate::cast::{NOW, World, world};

fn solve(world: &World, minutes: i64, id: kernel::TicketId) -> kernel::Result<ticket::Ticket> {
    let patch = Patch {
        state: Some("solved".into()),
        resolution_code: Some(Some("fixed".into())),
        resolution_report: Some("New toner".into()),
        ..Patch::default()
    };
    world.at(minutes, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch))
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn it_is_registered_worked_solved_and_confirmed(db: TestDb) {
        let world = world(&db);
        let made = world.incident("The printer is dead");
        assert_eq!((made.state.as_str(), made.category), ("new", Category::New));
        assert_eq!(made.team, Some(world.l1), "a ticket begins at the first line");
        assert_eq!(made.owner_team, Some(world.l1));
        assert_eq!(made.organisation, Some(world.ria));
        let id = made.id;

        let taken = world.at(5, world.ana, { let ana = world.ana; move |tx, frame| change(tx, frame, id, Base::Exactly(1), &Patch { assignee: Some(Some(ana)), ..Patch::default() }) }).unwrap();
        assert_eq!((taken.state.as_str(), taken.assignee), ("open", Some(world.ana)), "taking a new ticket begins its work");

        let mut question = Post::new(MessageKind::Reply, "Which floor?");
        question.with.state = Some("waiting".into());
        world.at(6, world.ana, move |tx, frame| post(tx, frame, id, &question)).unwrap();
        assert_eq!(world.now(id).category, Category::Waiting);
        let answer = Post::new(MessageKind::Reply, "The second");
        world.at(7, world.ursula, move |tx, frame| post(tx, frame, id, &answer)).unwrap();
        let back = world.now(id);
        assert_eq!(back.state, "open", "an answer of the requester ends the waiting for it");
        assert_eq!(back.last_customer_at, NOW.plus(7 * Time::MINUTE));

        let missing = world.at(8, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { state: Some("solved".into()), ..Patch::default() })).unwrap_err();
        assert_eq!(missing.fields().len(), 2, "code and report are asked for: {missing}");
        let solved = solve(&world, 9, id).unwrap();
        assert_eq!(solved.resolved_at, Some(NOW.plus(9 * Time::MINUTE)));
        assert_eq!(solved.close_due_at, NOW.plus(9 * Time::MINUTE + 7 * Time::DAY));

        let closed = world.at(10, world.ursula, move |tx, frame| confirm(tx, frame, id)).unwrap();
        assert_eq!((closed.state.as_str(), closed.closed_at), ("closed", Some(NOW.plus(10 * Time::MINUTE))));
        let again = world.at(11, world.ursula, move |tx, frame| confirm(tx, frame, id)).unwrap_err();
        assert_eq!(again.kind(), ErrorKind::Conflict);
    }

    fn what_is_still_broken_is_opened_again_and_counted(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        solve(&world, 1, id).unwrap();
        let open = world.at(2, world.ursula, move |tx, frame| reopen(tx, frame, id, "Blank pages again")).unwrap();
        assert_eq!((open.state.as_str(), open.reopen_count, open.reopen_closed_count, open.resolved_at), ("open", 1, 0, None));
        solve(&world, 3, id).unwrap();
        world.at(4, world.ursula, move |tx, frame| confirm(tx, frame, id)).unwrap();
        let back = world.at(5, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { state: Some("open".into()), ..Patch::default() })).unwrap();
        assert_eq!((back.reopen_count, back.reopen_closed_count), (2, 1));
        solve(&world, 6, id).unwrap();
        let month = 40 * 24 * 60;
        let late = world.at(month, world.ursula, move |tx, frame| reopen(tx, frame, id, "Once more")).unwrap_err();
        assert_eq!(late.code(), "error-reopen-late");
    }

    fn silence_closes_what_was_solved(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        solve(&world, 0, id).unwrap();
        let close = |minutes: i64| {
            let (desk, entropy) = (std::sync::Arc::clone(&world.desk), std::sync::Arc::clone(&world.entropy));
            let act = events::Act::system(NOW.plus(minutes * Time::MINUTE), events::Cause::Schedule { name: "test".into() }, entropy);
            world.db.write_wait("close", move |tx| close_due::close_due(tx, &desk, &act, id)).unwrap()
        };
        assert!(!close(7 * 24 * 60 - 1), "not a minute early");
        let thanks = Post::new(MessageKind::Reply, "Thanks, but the left tray squeaks");
        world.at(6 * 24 * 60, world.ursula, move |tx, frame| post(tx, frame, id, &thanks)).unwrap();
        assert!(!close(7 * 24 * 60 + 1), "a message of the requester makes it wait longer");
        assert!(close(13 * 24 * 60 + 1));
        assert_eq!(world.now(id).state, "closed");
    }

    fn the_timeline_tells_each_reader_what_they_may_know(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        let note = Post::new(MessageKind::Note, "She always says that");
        world.at(1, world.ana, move |tx, frame| post(tx, frame, id, &note)).unwrap();
        world.at(2, world.ana, move |tx, frame| tag::tag(tx, frame, id, "Toner")).unwrap();
        world.at(3, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { urgency: Some(4), ..Patch::default() })).unwrap();
        let told = |who| {
            world.read(who, move |rd, frame| {
                let seen = serve::see(rd, frame, id)?;
                serve::timeline(rd, frame, &seen)
            }).unwrap().entries
        };
        let staff = told(world.ana);
        assert!(staff.iter().any(|e| matches!(&e.what, What::Message(m) if m.kind == MessageKind::Note)));
        assert!(staff.iter().any(|e| matches!(&e.what, What::Event(TicketEvent::Tagged { .. }))));
        let user = told(world.ursula);
        assert_eq!(user.len(), 2, "registration and description, no note, no tag, no urgency: {user:?}");
        let refused = world.at(4, world.ursula, move |tx, frame| post(tx, frame, id, &Post::new(MessageKind::Note, "Mine"))).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Forbidden);
    }

    fn events_cannot_be_changed_or_deleted(db: TestDb) {
        let world = world(&db);
        world.incident("The printer is dead");
        for text in ["UPDATE event SET payload = '{}'", "DELETE FROM event"] {
            let refused = world.db.write_wait("tamper", move |tx| tx.exec_text(text, &[])).unwrap_err();
            assert!(matches!(db::fault(&refused), Some(db::Fault::Refused(_))), "{text}: {refused}");
        }
    }

    fn hand_overs_move_the_line_and_the_desk_keeps_ownership(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        let (l2, boris) = (world.l2, world.boris);
        let moved = world.at(1, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { team: Some(Some(l2)), ..Patch::default() })).unwrap();
        assert_eq!((moved.line, moved.owner_team, moved.handover_count, moved.team_count), (2, Some(world.l1), 1, 2));
        let given = world.at(2, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { assignee: Some(Some(boris)), ..Patch::default() })).unwrap();
        assert_eq!((given.team, given.assignee), (Some(world.l2), Some(world.boris)));
        let user = world.ursula;
        let nobody = world.at(3, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { assignee: Some(Some(user)), ..Patch::default() })).unwrap_err();
        assert_eq!(nobody.fields()[0].code, "error-no-team");
    }
}
