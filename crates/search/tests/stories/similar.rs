//! Tickets that are alike, with what solved them.

use search::{Of, similar};
use ticket::actions::change::Patch;

use crate::rig::{World, world};

fn alike(world: &World, who: kernel::PersonId, of: Of) -> Vec<(kernel::TicketId, Option<String>)> {
    let search = world.search.clone();
    world
        .read(who, move |rd, frame| similar(&search, rd, frame, &of, 5))
        .unwrap()
        .into_iter()
        .map(|s| (s.ticket.id, s.resolution))
        .collect()
}

testkit::both! {
    template: testkit::Template::of(&crate::rig::migrations());

    fn what_was_solved_comes_first_with_its_report(db: TestDb) {
        let world = world(&db);
        let open = world.ticket(world.ursula, "Outlook asks for the password again and again", "After the update the password window of Outlook returns");
        let solved = world.ticket(world.ursula, "Outlook keeps asking for a password", "The password prompt comes back after each update");
        let foreign = world.ticket(world.carla, "Outlook asks for password", "The password window returns after update");
        let other = world.ticket(world.ursula, "Coffee machine leaks", "Water on the floor of the kitchen");
        let report = Some("Removed the stored credentials".to_owned());
        let code = Some(Some("fixed".to_owned()));
        world.patch(world.ana, solved, Patch { state: Some("solved".into()), resolution_code: code, resolution_report: report.clone(), ..Patch::default() });
        world.caught_up();
        let draft = || Of::Draft { title: "Outlook password".into(), text: "Outlook asks me for my password since the update".into() };
        assert_eq!(alike(&world, world.ana, draft()), [(solved, report.clone()), (open, None)]);
        assert_eq!(alike(&world, world.ana, Of::Ticket(open)), [(solved, report)], "not itself");
        assert_eq!(alike(&world, world.carla, draft()), [(foreign, None)]);
        assert!(alike(&world, world.ana, Of::Ticket(other)).is_empty());
        assert!(alike(&world, world.ana, Of::Draft { title: "the and of".into(), text: String::new() }).is_empty());
        let search = world.search.clone();
        let hidden = world.read(world.carla, move |rd, frame| similar(&search, rd, frame, &Of::Ticket(open), 5)).unwrap_err();
        assert_eq!(hidden.kind(), kernel::ErrorKind::NotFound);
    }
}
