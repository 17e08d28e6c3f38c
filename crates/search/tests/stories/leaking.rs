//! Nobody learns of what they may not see: not by a hit, a rank, a number or a suggestion.

use kernel::PersonId;
use search::{Ask, Found, Kind};
use ticket::actions::change::Patch;

use crate::rig::{World, asking, world};

/// All that an answer tells, in one text.
fn told(found: &Found) -> String {
    let hits: Vec<_> = found.hits.iter().map(|h| (h.kind, h.id, &h.title, &h.excerpt)).collect();
    format!("{hits:?} {:?} {:?} {:?} {:?} {:?}", found.next, found.corrected, found.layout, found.counts, found.jump.as_ref().map(|h| h.id))
}

fn answers(world: &World, who: PersonId) -> Vec<String> {
    let questions = [
        "printer",
        "printer jam",
        "prnter",
        "зкштеук",
        "pri",
        "is:open",
        "\"paper jam\"",
        "printer -toner",
        "jam sort:-created",
        "carla",
        "0600",
    ];
    let mut all = Vec::new();
    for question in questions {
        for (prefix, limit) in [(false, 3), (true, 50)] {
            let mut cursor = None;
            loop {
                let found = world.ask(who, Ask { prefix, limit, cursor, counts: true, ..asking(question) }).unwrap();
                all.push(told(&found));
                cursor = found.next;
                if cursor.is_none() {
                    break;
                }
            }
        }
    }
    all
}

testkit::both! {
    template: testkit::Template::of(&crate::rig::migrations());

    fn an_answer_is_the_same_with_and_without_what_is_invisible(db: TestDb) {
        let world = world(&db);
        for n in 0..8 {
            world.ticket(world.ursula, &format!("Printer {n}: jam"), "The paper jams; toner is there");
            world.ticket(world.ursula, "Paper", &format!("printer and jam number {n}, {}", "again ".repeat(n)));
        }
        world.caught_up();
        let people = [world.ursula, world.ana, world.boris];
        let before: Vec<Vec<String>> = people.iter().map(|who| answers(&world, *who)).collect();
        for n in 0..300 {
            world.ticket(world.carla, &format!("Printer {n} printers jam jam"), &format!("paper jam printer prnter принтер {}", "printer ".repeat(n % 7)));
        }
        world.caught_up();
        for (who, before) in people.iter().zip(&before) {
            let after = answers(&world, *who);
            for (before, after) in before.iter().zip(&after) {
                assert_eq!(before, after, "{who}");
            }
            assert_eq!(before.len(), after.len());
        }
        assert_eq!(world.search(world.carla, "printer").hits.len(), 50);
    }

    fn notes_are_found_by_the_desk_only(db: TestDb) {
        let world = world(&db);
        let ticket = world.ticket(world.ursula, "Laptop gone", "since Monday");
        world.post(world.ana, ticket, "Suspicion of theft, police informed", false);
        world.post(world.ana, ticket, "We look into it, patience", true);
        world.caught_up();
        assert_eq!(world.tickets(world.ana, "theft police"), [ticket]);
        assert_eq!(world.tickets(world.ursula, "patience"), [ticket]);
        for question in ["theft", "\"police informed\"", "informe", "polise", "laptop theft", "is:open theft"] {
            assert!(world.tickets(world.ursula, question).is_empty(), "{question}");
        }
        assert_eq!(world.tickets(world.ursula, "laptop -theft"), [ticket], "not by what is left out either");
        assert!(world.tickets(world.ana, "laptop -theft").is_empty());
        for question in ["laptop priority:>=low", "laptop tag:insurance", "laptop coworker:none", "laptop sort:priority"] {
            let found = world.ask(world.ursula, asking(question)).map(|found| found.hits.len());
            assert!(!matches!(found, Ok(1..)), "the desk's own fields are no fields for her: {question}");
        }
        assert_eq!(world.tickets(world.ana, "laptop priority:>=low sort:priority"), [ticket]);
        let typed = Ask { prefix: true, ..asking("the") };
        assert!(world.ask(world.ursula, typed).unwrap().hits.is_empty());
        let tagged = ticket;
        world.at(3, world.ana, move |tx, frame| ticket::actions::tag::tag(tx, frame, tagged, "insurance")).unwrap();
        world.caught_up();
        assert_eq!(world.tickets(world.ana, "insurance"), [ticket]);
        assert!(world.tickets(world.ursula, "insurance").is_empty());
    }

    fn who_sees_a_ticket_changes_with_it(db: TestDb) {
        let world = world(&db);
        let ticket = world.ticket(world.ursula, "Badge lost", "at the gate");
        world.caught_up();
        assert!(world.tickets(world.carla, "badge").is_empty());
        let l2 = world.l2;
        world.patch(world.ana, ticket, Patch { team: Some(Some(l2)), ..Patch::default() });
        world.caught_up();
        assert_eq!(world.tickets(world.boris, "badge"), [ticket]);
        let l1 = world.l1;
        world.patch(world.ana, ticket, Patch { team: Some(Some(l1)), owner_team: Some(Some(l1)), ..Patch::default() });
        // Not waited for: the database decides even before the index knows.
        let seen = world.read(world.boris, move |rd, frame| Ok(ticket::serve::see(rd, frame, ticket).is_ok())).unwrap();
        assert_eq!(world.tickets(world.boris, "badge").len(), usize::from(seen));
    }

    fn what_is_in_the_trash_is_found_by_nobody_and_comes_back(db: TestDb) {
        let world = world(&db);
        let ticket = world.ticket(world.ursula, "Badge lost", "at the gate");
        world.grant(world.ana, "manager", world.ria);
        world.caught_up();
        assert_eq!(world.tickets(world.ana, "badge"), [ticket]);
        let everybody = [world.ursula, world.ana, world.boris];
        world.at(5, world.ana, move |tx, frame| ticket::actions::trash::discard(tx, frame, ticket)).unwrap();
        for who in everybody {
            assert!(world.tickets(who, "badge").is_empty(), "the database decides even before the index knows");
        }
        world.caught_up();
        for who in everybody {
            let found = world.ask(who, Ask { prefix: true, counts: true, ..asking("badge gate") }).unwrap();
            assert!(found.hits.is_empty() && world.tickets(who, &ticket.to_string()).is_empty());
        }
        world.at(5, world.ana, move |tx, frame| ticket::actions::trash::restore(tx, frame, ticket)).unwrap();
        world.caught_up();
        assert_eq!(world.tickets(world.ursula, "badge"), [ticket]);
    }

    fn people_of_other_tenants_do_not_exist(db: TestDb) {
        let world = world(&db);
        for (who, name, id) in [(world.ursula, "carla", world.carla), (world.carla, "ursula", world.ursula), (world.ana, "carla", world.carla)] {
            assert!(!world.ids(who, name, Kind::Person).contains(&id.raw()), "{name}");
        }
        assert!(world.ids(world.carla, "industries", Kind::Organisation).is_empty());
        assert!(world.ids(world.carla, "workplace", Kind::Team).is_empty());
        assert!(world.ids(world.carla, "600123456", Kind::Person).is_empty());
    }

    fn a_hidden_field_is_not_searched(db: TestDb) {
        let world = world(&db);
        assert_eq!(world.ids(world.ana, "600123456", Kind::Person), [world.ursula.raw()]);
        world.hide(world.ana, access::Object::Person, "addresses");
        assert!(world.ids(world.ana, "600123456", Kind::Person).is_empty());
        assert!(world.ids(world.ana, "ursula.garcia@ria.example", Kind::Person).is_empty());
        let hit = world.search(world.ana, "garcia").hits.into_iter().find(|h| h.kind == Kind::Person).unwrap();
        assert_eq!(hit.party().unwrap().email, None);
    }
}
