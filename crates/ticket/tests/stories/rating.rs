//! What the requester thinks of how it was solved.

use kernel::TicketId;
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::rate::{Rate, call_back, rate};
use ticket::events::TicketEvent;
use ticket::timeline::What;
use ticket::{Category, RatingReason, erasing, list, serve, store};

use crate::cast::{NOW, World, world};

const DAY: i64 = 24 * 60;

fn solved(world: &World, at: i64, id: TicketId) {
    let ana = world.ana;
    let patch = Patch {
        state: Some("solved".into()),
        resolution_code: Some(Some("fixed".into())),
        resolution_report: Some("New toner".into()),
        assignee: Some(Some(ana)),
        ..Patch::default()
    };
    world.at(at, ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
}

fn marks(solution: i64, analyst: i64) -> Rate {
    Rate { solution: Some(solution), analyst: Some(analyst), ..Rate::default() }
}

fn rated(world: &World, at: i64, id: TicketId, wish: Rate) -> kernel::Result<store::rating::Rating> {
    world.at(at, world.ursula, move |tx, frame| rate(tx, frame, id, &wish))
}

/// The ratings of the timeline, as somebody reads it.
fn told(world: &World, who: kernel::PersonId, id: TicketId) -> usize {
    let timeline = world.read(who, move |rd, frame| {
        let seen = serve::see(rd, frame, id)?;
        serve::timeline(rd, frame, &seen)
    });
    timeline.unwrap().entries.iter().filter(|e| matches!(&e.what, What::Event(TicketEvent::Rated { .. }))).count()
}

fn found(world: &World, who: kernel::PersonId, q: &'static str) -> Option<usize> {
    let listed = world.read(who, move |rd, frame| {
        let prepared = list::prepare(rd, frame.desk, frame.actor, q, false, NOW)?;
        Ok(list::ids(rd, &prepared, 50)?.len())
    });
    listed.ok()
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn a_solved_ticket_is_rated_and_the_rating_changed(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        assert_eq!(rated(&world, 1, id, marks(5, 5)).unwrap_err().code(), "error-rating-open");
        solved(&world, 2, id);
        let ana = world.ana;
        for (who, code) in [(world.ana, "error-forbidden"), (world.carla, "error-not-found")] {
            let refused = world.at(3, who, move |tx, frame| rate(tx, frame, id, &marks(5, 5))).unwrap_err();
            assert_eq!(refused.code(), code);
        }
        assert_eq!(rated(&world, 3, id, Rate::default()).unwrap_err().fields()[0].code, "error-rating-mark");
        assert_eq!(rated(&world, 3, id, marks(6, 0)).unwrap_err().fields().len(), 2);

        let wish = Rate { reasons: vec![RatingReason::Time, RatingReason::Manner], comment: " Quick ".into(), ..marks(4, 5) };
        let first = rated(&world, 4, id, wish.clone()).unwrap();
        assert_eq!((first.analyst_id, first.callback), (Some(ana), None));
        let now = world.now(id);
        assert_eq!((now.csat, now.csat_analyst, now.category), (Some(4), Some(5), Category::Resolved));
        assert_eq!(rated(&world, 5, id, wish).unwrap(), first, "the same once more is no news");
        assert_eq!(told(&world, ana, id), 1);
        assert_eq!(told(&world, world.ursula, id), 0, "a rating is for the desk");

        rated(&world, 6, id, marks(3, 5)).unwrap();
        assert_eq!(world.now(id).csat, Some(3));
        assert_eq!(rated(&world, 15 * DAY, id, marks(1, 1)).unwrap_err().code(), "error-rating-late");
        assert_eq!(found(&world, ana, "csat:3 csat-analyst:>=5"), Some(1));
        assert_eq!(found(&world, ana, "csat:<3"), Some(0));
        assert_eq!(found(&world, ana, "csat:none"), Some(0));
        assert_eq!(found(&world, world.ursula, "csat:3"), None, "whoever asks does not filter by it");
    }

    fn a_low_mark_opens_the_ticket_again_only_on_yes(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        solved(&world, 1, id);
        rated(&world, 2, id, marks(5, 4)).unwrap();
        let refused = world.at(3, world.ursula, move |tx, frame| call_back(tx, frame, id, true)).unwrap_err();
        assert_eq!(refused.code(), "error-rating-not-low");
        rated(&world, 4, id, marks(1, 4)).unwrap();
        assert!(!world.now(id).is_open(), "nobody is called who did not say so");
        world.at(5, world.ursula, move |tx, frame| call_back(tx, frame, id, false)).unwrap();
        assert!(!world.now(id).is_open());
        world.at(6, world.ursula, move |tx, frame| call_back(tx, frame, id, true)).unwrap();
        let open = world.now(id);
        assert!(open.is_open() && open.reopen_count == 1 && open.csat == Some(1));
        assert_eq!(told(&world, world.ana, id), 3);
        // Solved once more it is rated anew, and a better mark forgets the call.
        solved(&world, 7, id);
        let better = rated(&world, 8, id, marks(5, 5)).unwrap();
        assert_eq!((better.callback, world.now(id).category), (None, Category::Resolved));
    }

    fn a_rating_that_is_final_stays(db: TestDb) {
        let world = world(&db);
        world.tamper("UPDATE setting SET data = REPLACE(data, '\"children\"', '\"rating_final\":true,\"children\"') WHERE $1 = 1 AND kind = 'ticket_kind'", 1);
        let id = world.incident("The printer is dead").id;
        solved(&world, 1, id);
        rated(&world, 2, id, marks(1, 1)).unwrap();
        assert_eq!(rated(&world, 3, id, marks(5, 5)).unwrap_err().code(), "error-rating-final");
        world.at(4, world.ursula, move |tx, frame| call_back(tx, frame, id, true)).unwrap();
        solved(&world, 5, id);
        rated(&world, 6, id, marks(5, 5)).unwrap();
    }

    fn what_was_said_with_it_is_erased_with_its_author(db: TestDb) {
        let world = world(&db);
        let id = world.incident("The printer is dead").id;
        solved(&world, 1, id);
        let rating = rated(&world, 2, id, Rate { comment: "canary".into(), ..marks(2, 2) }).unwrap();
        let text = rating.comment.unwrap();
        let (ursula, entropy) = (world.ursula, std::sync::Arc::clone(&world.entropy));
        let gone = world.db.write_wait("erase", move |tx| {
            let act = events::Act::system(NOW, events::Cause::Page, std::sync::Arc::clone(&entropy));
            erasing::erase(tx, &act, id, ursula)
        }).unwrap();
        assert!(gone.texts.contains(&text), "{gone:?}");
        assert_eq!(world.db.read_wait("text", move |rd| store::text::get(rd, text)).unwrap(), None);
        assert_eq!(world.now(id).csat, Some(2), "the mark tells of nobody");
    }
}
