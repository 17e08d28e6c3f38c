//! A roll-back leaves no trace but tombstones and the batch itself, and keeps what people need.

use std::sync::atomic::{AtomicBool, Ordering};

use events::{Act, Cause};
use import::{BatchState, Progress, Sort, Touched, Watch};
use kernel::{PersonId, TicketId};
use ticket::record::{self, Flags, Set};
use ticket::store::message::NewMessage;

use crate::desk::{Desk, HISTORY, MAPPING, NOW, template};

const MORE: &str = "case,when,status,sub,team,who,country,line,product,impact,comment
C-3,2024-04-01T08:00:00+01:00,Accepted,Working,Desk,Ana,Spain,North,Mail,Low,
";

/// Somebody of the desk writes a note on a ticket of an import.
fn note(desk: &Desk, number: &'static str) {
    let act = Act::person(PersonId::new(1), NOW, std::sync::Arc::clone(&desk.shop.entropy));
    desk.db
        .write_wait("note", move |tx| {
            let id = ticket::store::reference::find_any(tx, number)?[0];
            let ticket = ticket::store::ticket::by_id(tx, id)?;
            let message = NewMessage {
                kind: ticket::MessageKind::Note,
                public: false,
                from_requester: false,
                author: None,
                lang: kernel::Lang::En,
                channel: ticket::Channel::Agent,
                call: None,
                body: "Called back".to_owned(),
            };
            record::message(tx, &act, &ticket, &message)
        })
        .unwrap();
}

testkit::both! {
    template: template();

    fn nothing_stays_but_tombstones(db: TestDb) {
        let desk = Desk::new(db);
        let before = desk.census();
        let csv = format!("{HISTORY}A-1,never,Accepted,Working,Desk,Ana,Spain,North,Mail,Low,\n");
        let report = desk.run(MAPPING, &csv);
        assert_ne!(desk.census(), before);
        let undone = desk.undo(report.batch.id, Touched::Keep);
        assert_eq!((undone.tickets, undone.kept, undone.batch.state), (2, 0, BatchState::Undone));
        assert_eq!(undone.removed, [(Sort::Person, 3), (Sort::Team, 2), (Sort::Service, 2), (Sort::Location, 2), (Sort::Organisation, 3)]);
        assert!(undone.in_use.is_empty());
        assert_eq!(desk.census(), before);
        let stones: Vec<(String, i64, String)> = desk.rows("SELECT object, CAST(SUM(events) AS INTEGER), reason FROM purge_tombstone GROUP BY object, reason ORDER BY object");
        let stones: Vec<(&str, i64, &str)> = stones.iter().map(|(object, events, reason)| (object.as_str(), *events, reason.as_str())).collect();
        // Those of whom no event speaks leave one too: who follows the log hears that they are gone.
        let why = "import-rollback";
        assert_eq!(stones, [("location", 0, why), ("organisation", 0, why), ("person", 0, why), ("service", 0, why), ("setting", 1, why), ("team", 0, why), ("ticket", 11, why)]);
        assert_eq!(desk.batch(report.batch.id).rows_applied, 9, "the batch itself still tells what it was");
    }

    fn after_a_roll_back_the_file_can_be_imported_again(db: TestDb) {
        let desk = Desk::new(db);
        let first = desk.run(MAPPING, HISTORY);
        desk.undo(first.batch.id, Touched::Keep);
        let second = desk.run(MAPPING, HISTORY);
        assert_eq!((second.batch.rows_applied, second.batch.cases, second.resumed), (9, 2, false));
        assert_ne!(first.batch.id, second.batch.id);
        assert_eq!(desk.found("was:queued"), 1);
    }

    fn tickets_that_people_worked_on_stay_with_whom_they_need(db: TestDb) {
        let desk = Desk::new(db);
        let report = desk.run(MAPPING, HISTORY);
        note(&desk, "B-7");
        let undone = desk.undo(report.batch.id, Touched::Keep);
        assert_eq!((undone.tickets, undone.kept, undone.batch.kept), (1, 1, 1));
        assert_eq!(undone.removed, [(Sort::Person, 2), (Sort::Team, 1), (Sort::Service, 1), (Sort::Location, 1), (Sort::Organisation, 1)]);
        assert_eq!(undone.in_use, [(Sort::Person, 1), (Sort::Team, 1), (Sort::Service, 1), (Sort::Location, 1), (Sort::Organisation, 2)]);
        assert_eq!(desk.rows::<(String, String)>("SELECT p.name, l.name FROM person p JOIN location l ON l.id = p.location_id"), [("Ana".to_owned(), "Poland".to_owned())]);
        let gone = desk.undo(report.batch.id, Touched::Remove);
        assert_eq!((gone.tickets, gone.kept, gone.in_use.len()), (1, 0, 0));
        assert_eq!(desk.number("SELECT COUNT(*) FROM person") + desk.number("SELECT COUNT(*) FROM organisation") + desk.number("SELECT COUNT(*) FROM event WHERE object = 'ticket'"), 0);
    }

    fn a_state_that_somebody_uses_stays(db: TestDb) {
        let desk = Desk::new(db);
        let report = desk.run(MAPPING, HISTORY);
        note(&desk, "A-1");
        desk.undo(report.batch.id, Touched::Keep);
        assert_eq!(desk.found("was:queued"), 1);
        desk.undo(report.batch.id, Touched::Remove);
        assert_eq!(desk.number("SELECT COUNT(*) FROM setting WHERE tenant_id <> 0"), 0);
    }

    fn a_kind_that_was_there_keeps_its_own_states(db: TestDb) {
        let desk = Desk::new(db);
        let report = desk.run(MAPPING, MORE);
        // A second mapping adds one more state to the kind that the first made.
        let more = MAPPING.replace("[[messages]]", "[[states]]\nkey = \"parked\"\ncategory = \"held\"\nlike = \"held\"\nnames = { en = \"Parked\" }\n\n[[messages]]");
        let second = desk.run(&more, HISTORY);
        let tenant = report.batch.tenant;
        let states = |desk: &Desk| -> Vec<String> {
            let catalogue = desk.db.read_wait("kind", ticket::Catalogue::load).unwrap();
            catalogue.kind(tenant, "incident").unwrap().states[8..].iter().map(|s| s.key.clone()).collect()
        };
        assert_eq!(states(&desk), ["queued", "parked"]);
        desk.undo(second.batch.id, Touched::Keep);
        assert_eq!(states(&desk), ["queued"]);
        desk.undo(report.batch.id, Touched::Keep);
        assert_eq!(states(&desk), Vec::<String>::new());
    }

    fn whom_another_batch_speaks_of_is_handed_over(db: TestDb) {
        let desk = Desk::new(db);
        let before = desk.census();
        let first = desk.run(MAPPING, HISTORY);
        let second = desk.run(MAPPING, MORE);
        let undone = desk.undo(first.batch.id, Touched::Keep);
        assert_eq!(undone.removed, [(Sort::Person, 2), (Sort::Team, 1), (Sort::Service, 1), (Sort::Location, 1), (Sort::Organisation, 1)]);
        assert_eq!(desk.rows::<String>("SELECT name FROM person"), ["Ana"]);
        assert_eq!(desk.found("is:open"), 1);
        let undone = desk.undo(second.batch.id, Touched::Keep);
        assert_eq!(undone.removed.iter().map(|(_, n)| n).sum::<u64>(), 6, "{:?}", undone.removed);
        assert_eq!(desk.census(), before);
    }

    fn a_child_that_was_put_below_since_stands_alone_again(db: TestDb) {
        let desk = Desk::new(db);
        let first = desk.run(MAPPING, HISTORY);
        let second = desk.run(MAPPING, MORE);
        let (shop, act) = (desk.shop.clone(), Act::system(NOW, Cause::Page, std::sync::Arc::clone(&desk.shop.entropy)));
        let child = desk.db.write_wait("adopt", move |tx| {
            let id = |tx: &mut db::Tx<'_>, number| ticket::store::reference::find_any(tx, number).map(|found| found[0]);
            let (parent, child): (TicketId, TicketId) = (id(tx, "A-1")?, id(tx, "C-3")?);
            let child = ticket::store::ticket::by_id(tx, child)?;
            let catalogue = shop.desk.catalogue(tx)?;
            record::apply(tx, &act, catalogue.kind_of(&child)?, &child, &[Set::Parent(Some(parent))], Flags::default())?;
            Ok(child.id)
        }).unwrap();
        let kept = desk.undo(first.batch.id, Touched::Keep);
        assert_eq!(kept.kept, 1, "a ticket with somebody else's child stays");
        desk.undo(first.batch.id, Touched::Remove);
        let orphan = desk.db.read_wait("child", move |rd| ticket::store::ticket::by_id(rd, child)).unwrap();
        assert_eq!((orphan.parent, orphan.batch), (None, Some(second.batch.id)));
    }

    fn an_interrupted_roll_back_goes_on(db: TestDb) {
        let desk = Desk::new(db);
        let before = desk.census();
        let mut csv = HISTORY.to_owned();
        for case in 0..150 {
            csv.push_str(&format!("X-{case},2024-03-01T08:00:00+01:00,Accepted,Working,Desk,Ana,Spain,North,Mail,Low,\n"));
        }
        let report = desk.run(MAPPING, &csv);
        let stop = AtomicBool::new(false);
        let progress = |p: Progress| if p.done > 20 { stop.store(true, Ordering::Relaxed) };
        let half = import::rollback(&desk.shop, report.batch.id, Touched::Keep, Watch::new(&progress, &stop)).unwrap();
        assert_eq!(half.batch.state, BatchState::Undoing);
        assert!(half.tickets > 20 && half.tickets < 152, "{}", half.tickets);
        let refused = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| desk.run(MAPPING, HISTORY)));
        assert!(refused.is_err(), "no import of the source begins meanwhile");
        let rest = desk.undo(report.batch.id, Touched::Keep);
        assert_eq!((rest.batch.state, rest.tickets + half.tickets), (BatchState::Undone, 152));
        assert_eq!(desk.census(), before);
    }

    fn what_is_no_batch_cannot_be_rolled_back(db: TestDb) {
        let desk = Desk::new(db);
        let stop = AtomicBool::new(false);
        let error = import::rollback(&desk.shop, kernel::BatchId::new(99), Touched::Keep, Watch::new(&|_| {}, &stop)).unwrap_err();
        assert!(error.to_string().starts_with("error-not-found"), "{error}");
    }
}
