//! What is new to somebody: since they looked, and never what they did themselves.

use kernel::{ErrorKind, PersonId, TicketId};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::post::{Post, post};
use ticket::actions::see::{see, unsee};
use ticket::actions::tag::tag;
use ticket::{MessageKind, list, store};

use crate::cast::{NOW, World, world};

/// By the filter and by the rows of a list: both say the same.
fn unread(world: &World, who: PersonId, q: &'static str) -> Vec<TicketId> {
    world
        .read(who, move |rd, frame| {
            let listed = |rd: &mut db::Rd<'_>, q: &str| {
                let prepared = list::prepare(rd, frame.desk, frame.actor, q, false, NOW)?;
                list::page(rd, &prepared, &kernel::PageRequest { limit: Some(50), cursor: None }).map(|listed| listed.page.rows)
            };
            let mut found: Vec<TicketId> = listed(rd, q)?.into_iter().map(|t| t.id).collect();
            let all = listed(rd, "")?;
            let seen = store::seen::of(rd, frame.person()?, &all.iter().map(|t| t.id).collect::<Vec<_>>())?;
            let mut marked: Vec<TicketId> =
                all.iter().filter(|t| t.is_unread(seen.get(&t.id).copied().unwrap_or_default())).map(|t| t.id).collect();
            found.sort_unstable();
            marked.sort_unstable();
            assert_eq!(found, marked, "{who}");
            Ok(found)
        })
        .unwrap()
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn what_others_do_is_unread_until_one_looks(db: TestDb) {
        let world = world(&db);
        let (ana, boris, ursula) = (world.ana, world.boris, world.ursula);
        let (first, second) = (world.incident("Printer").id, world.incident("Monitor").id);
        assert_eq!(unread(&world, ana, "is:unread"), [first, second], "new to her");
        world.at(1, ana, move |tx, frame| see(tx, frame, first, None)).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [second]);
        assert_eq!(unread(&world, boris, "is:unread"), [first, second], "everybody reads for themselves");
        // One's own deeds are no news, however many.
        world.at(2, ana, move |tx, frame| tag(tx, frame, first, "vpn")).unwrap();
        world.at(2, ana, move |tx, frame| post(tx, frame, first, &Post::new(MessageKind::Reply, "Soon")).map(|_| ())).unwrap();
        world.at(3, ana, move |tx, frame| change(tx, frame, first, Base::Latest, &Patch { priority: Some(4), ..Patch::default() })).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [second]);
        // Nor do they hide what somebody else did before.
        world.at(4, ursula, move |tx, frame| post(tx, frame, first, &Post::new(MessageKind::Reply, "Thanks")).map(|_| ())).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [first, second]);
        world.at(5, ana, move |tx, frame| tag(tx, frame, first, "printer")).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [first, second]);
        // Work that nobody was told of is no news either, and one's own answer after it stays read.
        world.at(6, ana, move |tx, frame| see(tx, frame, first, None)).unwrap();
        world.at(7, boris, move |tx, frame| post(tx, frame, first, &Post::new(MessageKind::Note, "Spare part ordered")).map(|_| ())).unwrap();
        world.at(7, boris, move |tx, frame| tag(tx, frame, first, "parts")).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [second]);
        world.at(8, ana, move |tx, frame| post(tx, frame, first, &Post::new(MessageKind::Reply, "A part is on its way")).map(|_| ())).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [second]);
        // What one is given is news, what one takes is not.
        let given = |to: PersonId| Patch { assignee: Some(Some(to)), ..Patch::default() };
        let to_ana = given(ana);
        world.at(9, boris, move |tx, frame| change(tx, frame, first, Base::Latest, &to_ana)).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [first, second]);
        world.at(10, boris, move |tx, frame| see(tx, frame, first, None)).unwrap();
        let to_boris = given(boris);
        world.at(11, boris, move |tx, frame| change(tx, frame, first, Base::Latest, &to_boris)).unwrap();
        assert_eq!(unread(&world, boris, "is:unread"), [second]);
        assert_eq!(world.number("SELECT COUNT(*) FROM event WHERE kind LIKE '%seen%'"), 0, "what one reads is in no log");
    }

    fn a_page_says_up_to_where_and_a_hand_takes_it_back(db: TestDb) {
        let world = world(&db);
        let (ana, ursula) = (world.ana, world.ursula);
        let id = world.incident("Printer").id;
        let shown = world.now(id).activity;
        world.at(1, ursula, move |tx, frame| post(tx, frame, id, &Post::new(MessageKind::Reply, "More")).map(|_| ())).unwrap();
        world.at(2, ana, move |tx, frame| see(tx, frame, id, Some(shown))).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [id], "what came meanwhile was not shown");
        world.at(3, ana, move |tx, frame| see(tx, frame, id, Some(i64::MAX))).unwrap();
        world.at(3, ana, move |tx, frame| see(tx, frame, id, Some(shown))).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [], "an older page takes nothing back");
        world.at(4, ursula, move |tx, frame| post(tx, frame, id, &Post::new(MessageKind::Reply, "And more")).map(|_| ())).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [id], "nothing was read ahead");
        world.at(5, ana, move |tx, frame| see(tx, frame, id, None)).unwrap();
        world.at(5, ana, move |tx, frame| unsee(tx, frame, id)).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [id]);
        let withdrawn = Patch { state: Some("cancelled".into()), resolution_code: Some(Some("withdrawn".into())), resolution_report: Some("Not needed".into()), ..Patch::default() };
        world.at(6, ana, move |tx, frame| change(tx, frame, id, Base::Latest, &withdrawn)).unwrap();
        assert_eq!(unread(&world, ana, "is:unread"), [], "what is over is nobody's to read");
    }

    fn what_one_may_not_see_cannot_be_marked(db: TestDb) {
        let world = world(&db);
        let id = world.incident("Printer").id;
        for (who, id) in [(world.carla, id), (world.ana, TicketId::new(999_999))] {
            let seen = world.at(1, who, move |tx, frame| see(tx, frame, id, None));
            assert_eq!(seen.unwrap_err().kind(), ErrorKind::NotFound);
        }
        let unseen = world.at(1, world.carla, move |tx, frame| unsee(tx, frame, id));
        assert_eq!(unseen.unwrap_err().kind(), ErrorKind::NotFound);
    }
}
