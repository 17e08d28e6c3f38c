//! Taking back what one did oneself, and saying why a ticket goes to somebody else.

use kernel::{Entropy, ErrorKind, PersonId, Result, SeededEntropy, TicketId, Time};
use ticket::actions::change::{Base, Patch, Why, change};
use ticket::actions::{confirm, undo};
use ticket::events::TicketEvent;
use ticket::timeline::{What, undoable};
use ticket::{HandoverReason, Ticket, list, serve};

use crate::cast::{NOW, World, world};

fn patched(world: &World, minutes: i64, who: PersonId, id: TicketId, patch: Patch) -> Ticket {
    world.at(minutes, who, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap()
}

/// The newest change of somebody, by its number.
fn newest(world: &World, minutes: i64, who: PersonId, id: TicketId) -> i64 {
    world.at(minutes, who, move |tx, frame| undo::newest(tx, frame, id)).unwrap()
}

fn taken_back(world: &World, minutes: i64, who: PersonId, id: TicketId, event: i64) -> Result<Ticket> {
    world.at(minutes, who, move |tx, frame| undo::undo(tx, frame, id, event))
}

/// What must be the same: all but how often and when something happened, and which teams it has seen.
fn same(ticket: &Ticket) -> Ticket {
    Ticket { version: 0, activity: 0, updated_at: Time(0), team_count: 0, ..ticket.clone() }
}

fn solved() -> Patch {
    Patch {
        state: Some("solved".into()),
        resolution_code: Some(Some("fixed".into())),
        resolution_report: Some("New toner".into()),
        ..Patch::default()
    }
}

/// Something that somebody might do.
fn some(world: &World, dice: &mut impl FnMut(u8) -> u8) -> Patch {
    let mut patch = Patch::default();
    match dice(9) {
        0 => patch.title = Some(format!("Title {}", dice(200))),
        1 => patch.impact = Some(i64::from(dice(4)) + 1),
        2 => patch.urgency = Some(i64::from(dice(4)) + 1),
        3 => patch.priority = Some(i64::from(dice(4)) + 1),
        4 => patch.team = Some(Some(if dice(2) == 0 { world.l1 } else { world.l2 })),
        5 => patch.assignee = Some([None, Some(world.ana), Some(world.boris)][usize::from(dice(3))]),
        6 => patch.service = Some([None, Some(world.printing)][usize::from(dice(2))]),
        7 => patch.state = Some(["open", "waiting", "held", "closed"][usize::from(dice(4))].into()),
        _ => patch = solved(),
    }
    patch
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn whatever_somebody_did_can_be_taken_back_as_if_it_had_not_been(db: TestDb) {
        let world = world(&db);
        let entropy = SeededEntropy::new(3);
        let mut dice = |n: u8| {
            let mut byte = [0];
            entropy.fill(&mut byte);
            byte[0] % n
        };
        let mut undone = 0;
        for n in 0..12 {
            let id = world.incident(&format!("Printer {n}")).id;
            for step in 0..12 {
                let (before, patch) = (world.now(id), some(&world, &mut dice));
                let did = world.at(step, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch));
                let Ok(after) = did else { continue };
                if after.version == before.version || dice(3) == 0 {
                    continue;
                }
                let event = newest(&world, step, world.ana, id);
                let back = taken_back(&world, step, world.ana, id, event).unwrap();
                assert_eq!(same(&back), same(&before), "{before:?} {after:?}");
                assert_eq!(back, world.now(id), "what is answered is what is stored");
                undone += 1;
            }
        }
        assert!(undone > 30, "{undone}");
    }

    fn only_ones_own_only_for_a_while_and_only_what_nobody_changed_since(db: TestDb) {
        let world = world(&db);
        let (id, printing) = (world.incident("The printer is dead").id, world.printing);
        patched(&world, 1, world.ana, id, Patch { service: Some(Some(printing)), ..Patch::default() });
        let event = newest(&world, 1, world.ana, id);
        let theirs = taken_back(&world, 2, world.boris, id, event).unwrap_err();
        assert_eq!((theirs.kind(), theirs.code()), (ErrorKind::Forbidden, "error-undo-not-yours"));
        let outside = taken_back(&world, 2, world.carla, id, event).unwrap_err();
        let never = taken_back(&world, 2, world.carla, TicketId::new(99_999), event).unwrap_err();
        assert_eq!((outside.kind(), outside.code()), (never.kind(), never.code()));
        let late = taken_back(&world, 12, world.ana, id, event).unwrap_err();
        assert_eq!(late.code(), "error-undo-late");

        patched(&world, 3, world.boris, id, Patch { title: Some("Printer 2".into()), ..Patch::default() });
        assert_eq!(taken_back(&world, 4, world.ana, id, event).unwrap().service, None, "another field is no hindrance");
        patched(&world, 5, world.ana, id, Patch { priority: Some(4), ..Patch::default() });
        let mine = newest(&world, 5, world.ana, id);
        patched(&world, 6, world.boris, id, Patch { priority: Some(1), ..Patch::default() });
        let overtaken = taken_back(&world, 7, world.ana, id, mine).unwrap_err();
        assert_eq!((overtaken.code(), overtaken.fields()[0].field.as_ref()), ("error-undo-changed", "priority"));
        assert_eq!(world.now(id).priority, 1);
        let shown = world.read(world.ana, move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            Ok(undoable(&serve::timeline(rd, frame, &seen)?.entries, frame.actor.person, NOW.plus(7 * Time::MINUTE)))
        }).unwrap();
        assert!(!shown.contains(&mine) && shown.len() == 1, "what was taken back can be done again: {shown:?}");
    }

    fn a_solution_that_was_taken_back_was_no_solution_and_no_reopening(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        let before = world.now(id);
        patched(&world, 1, world.ana, id, solved());
        let event = newest(&world, 1, world.ana, id);
        let back = taken_back(&world, 2, world.ana, id, event).unwrap();
        assert_eq!((back.resolved_at, back.resolution_code.as_deref(), back.resolution_text, back.reopen_count), (None, None, None, 0));
        assert_eq!(same(&back), same(&before));

        patched(&world, 3, world.ana, id, solved());
        world.at(4, world.ursula, move |tx, frame| confirm::confirm(tx, frame, id)).unwrap();
        let closed = world.now(id);
        world.at(5, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &Patch { state: Some("open".into()), ..Patch::default() })).unwrap();
        assert_eq!(world.now(id).reopen_closed_count, 1);
        let event = newest(&world, 6, world.ana, id);
        let back = taken_back(&world, 6, world.ana, id, event).unwrap();
        assert_eq!(same(&back), same(&closed), "with the times of its end");
        assert_eq!(back.closed_at, Some(NOW.plus(4 * Time::MINUTE)));
    }

    fn who_gave_it_away_by_mistake_gets_it_back(db: TestDb) {
        let world = world(&db);
        world.own_role(world.ana, "operator", |role| {
            for verb in access::Object::Ticket.verbs() {
                if role.reach(*verb) > access::Reach::Team {
                    role.set(*verb, access::Reach::Team).unwrap();
                }
            }
        });
        let id = world.incident("The printer is dead").id;
        let l2 = world.l2;
        patched(&world, 1, world.boris, id, Patch { owner_team: Some(None), ..Patch::default() });
        patched(&world, 2, world.ana, id, Patch { team: Some(Some(l2)), ..Patch::default() });
        assert!(world.read(world.ana, move |rd, frame| serve::see(rd, frame, id).map(|_| ())).is_err(), "it is out of sight");
        let event = world.number("SELECT MAX(seq) FROM event WHERE kind = 'ticket.changed'");
        let back = taken_back(&world, 3, world.ana, id, event).unwrap();
        assert_eq!((back.team, back.handover_count), (Some(world.l1), 0));
    }

    fn a_hand_over_says_why_to_the_desk_alone(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        let why = |reason, words: &str| Some(Why { reason, words: words.into() });
        let alone = Patch { priority: Some(4), handover: why(HandoverReason::Wish, ""), ..Patch::default() };
        let refused = world.at(1, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &alone)).unwrap_err();
        assert_eq!(refused.fields()[0].code, "error-handover-alone");
        patched(&world, 2, world.ana, id, Patch { assignee: Some(Some(world.boris)), handover: why(HandoverReason::Conflict, "He shouted"), ..Patch::default() });
        let told = |who| {
            world.read(who, move |rd, frame| {
                let seen = serve::see(rd, frame, id)?;
                let timeline = serve::timeline(rd, frame, &seen)?;
                let words = |text| timeline.texts.get(&text).cloned();
                Ok(timeline.entries.iter().find_map(|e| match &e.what {
                    What::Event(TicketEvent::Changed { handover: Some(why), .. }) => Some((why.reason, why.words.and_then(words))),
                    _ => None,
                }))
            }).unwrap()
        };
        assert_eq!(told(world.ana), Some((HandoverReason::Conflict, Some("He shouted".into()))));
        assert_eq!(told(world.ursula), None, "not to whom it is about");
        let found = |q: &'static str, who| {
            world.read(who, move |rd, frame| {
                let prepared = list::prepare(rd, frame.desk, frame.actor, q, false, NOW)?;
                list::count(rd, &prepared)
            })
        };
        assert_eq!(found("handover-reason:conflict", world.ana).unwrap(), list::Count::Exactly(1));
        assert_eq!(found("handover-reason:wish", world.ana).unwrap(), list::Count::Exactly(0));
        assert!(found("handover-reason:conflict", world.ursula).is_err());
        let event = newest(&world, 3, world.ana, id);
        taken_back(&world, 3, world.ana, id, event).unwrap();
        assert_eq!(found("handover-reason:conflict", world.ana).unwrap(), list::Count::Exactly(0), "it was none");
    }
}
