//! Messages become a ticket of their own, and go back.

use kernel::{ErrorKind, MessageId, PageRequest, Time};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::involve::{Who, involve};
use ticket::actions::merge::{merge, unmerge};
use ticket::actions::post::{Post, post};
use ticket::actions::split::{split, unsplit};
use ticket::actions::trash;
use ticket::store::attachment;
use ticket::{Category, Involvement, LinkKind, MessageKind, Ticket, serve, store, timeline};

use crate::cast::{World, world};
use crate::files::uploaded;

fn says(
    world: &World,
    minutes: i64,
    id: kernel::TicketId,
    kind: MessageKind,
    words: &str,
    uploads: Vec<kernel::AttachmentId>,
) -> MessageId {
    let said = Post { uploads, ..Post::new(kind, words) };
    world.at(minutes, world.ana, move |tx, frame| post(tx, frame, id, &said).map(|(message, _)| message)).unwrap()
}

fn told(world: &World, id: kernel::TicketId, inner: bool) -> Vec<String> {
    let all = world.db.read_wait("told", move |rd| store::message::of_ticket(rd, id, inner, 500)).unwrap();
    all.into_iter().filter_map(|m| m.body).collect()
}

fn files(world: &World, id: kernel::TicketId) -> usize {
    world.db.read_wait("files", move |rd| attachment::of_ticket(rd, id, true)).unwrap().len()
}

/// What the timeline tells, read whole and in pages of this size.
fn timelines(world: &World, who: kernel::PersonId, id: kernel::TicketId, size: u32) -> [Vec<(Time, i64, Option<MessageId>)>; 2] {
    let key = |e: &timeline::Entry| (e.at, e.seq, e.message());
    world
        .read(who, move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            let whole = serve::timeline(rd, frame, &seen)?.entries.iter().map(key).collect();
            let (mut paged, mut cursor) = (Vec::new(), None);
            loop {
                let (page, next) = serve::timeline_page(rd, frame, &seen, &PageRequest { limit: Some(size), cursor })?;
                assert!(page.entries.len() <= size as usize, "{size}");
                paged.extend(page.entries.iter().map(key));
                if next.is_none() {
                    return Ok([whole, paged]);
                }
                cursor = next;
            }
        })
        .unwrap()
}

fn same(t: &Ticket) -> Ticket {
    Ticket { version: 0, activity: 0, updated_at: Time(0), ..t.clone() }
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn chosen_messages_with_their_files_become_a_ticket_and_go_back(db: TestDb) {
        let world = world(&db);
        let old = world.incident("The printer is dead").id;
        let file = uploaded(&world, "scanner.log");
        says(&world, 1, old, MessageKind::Reply, "Which floor?", Vec::new());
        let scanner = says(&world, 2, old, MessageKind::Reply, "And the scanner?", vec![file]);
        let note = says(&world, 3, old, MessageKind::Note, "The scanner is another matter", Vec::new());
        let before = (same(&world.now(old)), told(&world, old, true), told(&world, old, false));
        let new = world.at(4, world.ana, move |tx, frame| split(tx, frame, old, &[scanner, note], "The scanner is dead, too")).unwrap();
        assert_eq!((new.requester, new.team, new.state.as_str(), new.title.as_str()), (Some(world.ursula), Some(world.l1), "new", "The scanner is dead, too"));
        assert_eq!(told(&world, new.id, true), ["And the scanner?", "The scanner is another matter"]);
        assert_eq!(told(&world, new.id, false), ["And the scanner?"]);
        assert!(!told(&world, old, true).contains(&"And the scanner?".into()));
        assert_eq!((files(&world, old), files(&world, new.id)), (0, 1));
        let (id, read) = (new.id, world.ursula);
        assert!(world.read(read, move |rd, frame| serve::file(rd, frame, file)).is_ok());
        let entries = world.read(read, move |rd, frame| { let seen = serve::see(rd, frame, id)?; serve::timeline(rd, frame, &seen) }).unwrap().entries;
        assert_eq!(entries.len(), 2, "registered, and what was said: {entries:?}");
        let links = world.db.read_wait("links", move |rd| store::link::of_ticket(rd, &access::Actor::system().tickets(access::Verb::TicketSee), id)).unwrap();
        assert_eq!((links[0].kind, links[0].other), (LinkKind::Relates, old));

        let back = world.at(5, world.ana, move |tx, frame| unsplit(tx, frame, id)).unwrap();
        assert_eq!((same(&back), told(&world, old, true), told(&world, old, false)), before);
        assert_eq!((files(&world, old), files(&world, new.id)), (1, 0));
        assert_eq!(world.now(new.id).category, Category::Cancelled);
        assert_eq!(world.at(6, world.ana, move |tx, frame| unsplit(tx, frame, id)).unwrap_err().code(), "error-split-none");
    }

    fn pages_of_the_timeline_tell_what_was_moved(db: TestDb) {
        let world = world(&db);
        let old = world.incident("The printer is dead").id;
        let said: Vec<MessageId> = (1..=4).map(|at| says(&world, at, old, MessageKind::Reply, "The scanner", Vec::new())).collect();
        let note = says(&world, 4, old, MessageKind::Note, "Another matter", Vec::new());
        let moved = [said[0], said[3], note];
        let new = world.at(5, world.ana, move |tx, frame| split(tx, frame, old, &moved, "Scanner")).unwrap().id;
        says(&world, 6, new, MessageKind::Reply, "Looked at it", Vec::new());
        let holds = |id, message: Option<MessageId>, times: usize| {
            for (who, size) in [(world.ana, 1), (world.ana, 2), (world.ana, 50), (world.ursula, 2)] {
                let [whole, paged] = timelines(&world, who, id, size);
                assert_eq!(whole, paged, "pages of {size}");
                assert_eq!(paged.iter().filter(|(_, _, told)| told.is_some() && *told == message).count(), times, "pages of {size}");
            }
        };
        holds(old, Some(said[3]), 0);
        holds(new, Some(said[3]), 1);
        assert!(!timelines(&world, world.ursula, new, 2)[1].iter().any(|(_, _, told)| *told == Some(note)), "a note is the desk's");
        world.at(7, world.ana, move |tx, frame| merge(tx, frame, new, old)).unwrap();
        // It came back to where it was written, and is told there once.
        holds(old, Some(said[3]), 1);
        holds(new, Some(said[3]), 1);
    }

    fn what_cannot_be_split_is_said(db: TestDb) {
        let world = world(&db);
        let (old, other) = (world.incident("The printer is dead").id, world.incident("Another").id);
        let said = says(&world, 1, old, MessageKind::Reply, "And the scanner?", Vec::new());
        let first = world.db.read_wait("first", move |rd| store::message::of_ticket(rd, old, true, 500)).unwrap()[0].id;
        let refused = |who, id, messages: Vec<MessageId>, title: &'static str| world.at(2, who, move |tx, frame| split(tx, frame, id, &messages, title)).unwrap_err();
        assert_eq!(refused(world.ana, old, vec![first], "x").fields()[0].code, "error-split-description");
        assert_eq!(refused(world.ana, old, vec![], "x").fields()[0].code, "error-split-many");
        assert_eq!(refused(world.ana, old, vec![said], " ").fields()[0].code, "error-title-empty");
        assert_eq!(refused(world.ana, other, vec![said], "x").kind(), ErrorKind::NotFound, "a message of another ticket");
        assert_eq!(refused(world.ursula, old, vec![said], "x").kind(), ErrorKind::Forbidden);
        assert_eq!(refused(world.carla, old, vec![said], "x").kind(), ErrorKind::NotFound);
        let new = world.at(3, world.ana, move |tx, frame| split(tx, frame, old, &[said], "Scanner")).unwrap().id;
        says(&world, 4, new, MessageKind::Note, "Looked at it", Vec::new());
        assert_eq!(world.at(5, world.ana, move |tx, frame| unsplit(tx, frame, new)).unwrap_err().code(), "error-split-written");
        world.at(6, world.ana, move |tx, frame| merge(tx, frame, new, old)).unwrap();
        assert!(told(&world, old, true).contains(&"And the scanner?".into()), "merged back instead");
        assert_eq!(refused(world.ana, new, vec![said], "x").code(), "error-merged");
    }

    fn what_is_confidential_or_complains_of_somebody_stays_so(db: TestDb) {
        let world = world(&db);
        world.grant(world.ana, "coordinator", world.ria);
        let old = world.registered(world.ursula, "complaint", "He shouts").id;
        let boris = world.boris;
        let patch = Patch { confidential: Some(true), assignee: Some(Some(world.ana)), ..Patch::default() };
        world.at(1, world.ana, move |tx, frame| change(tx, frame, old, Base::Latest, &patch)).unwrap_or_else(|_| world.now(old));
        world.at(1, world.ana, move |tx, frame| involve(tx, frame, old, Who::Person(boris), Involvement::About)).unwrap();
        let said = says(&world, 2, old, MessageKind::Reply, "And he slams doors?", Vec::new());
        let new = world.at(3, world.ana, move |tx, frame| split(tx, frame, old, &[said], "Doors")).unwrap();
        let id = new.id;
        assert!(new.confidential && world.now(old).confidential);
        let sees = |who| world.read(who, move |rd, frame| serve::see(rd, frame, id)).is_ok();
        assert_eq!((sees(world.ana), sees(world.ursula), sees(boris), sees(world.carla)), (true, true, false, false));
        let lift = Patch { confidential: Some(false), ..Patch::default() };
        world.at(4, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &lift)).unwrap();
        assert!(!sees(boris), "whom it is about");
    }

    fn what_came_by_a_merge_stays_and_a_removed_ticket_takes_no_split_message_along(db: TestDb) {
        let world = world(&db);
        let (old, other) = (world.incident("The printer is dead").id, world.incident("The scanner").id);
        let theirs = says(&world, 1, other, MessageKind::Reply, "Which scanner?", Vec::new());
        let file = uploaded(&world, "scanner.log");
        let ours = says(&world, 1, old, MessageKind::Reply, "See the log", vec![file]);
        world.at(2, world.ana, move |tx, frame| merge(tx, frame, other, old)).unwrap();
        let split = |minutes, messages: Vec<MessageId>| world.at(minutes, world.ana, move |tx, frame| split(tx, frame, old, &messages, "Apart"));
        assert_eq!(split(3, vec![theirs]).unwrap_err().fields()[0].code, "error-split-merged");
        let new = split(4, vec![ours]).unwrap().id;
        world.at(5, world.ana, move |tx, frame| unmerge(tx, frame, other, &[])).unwrap();
        world.grant(world.ana, "administrator", world.ria);
        world.at(6, world.ana, move |tx, frame| { trash::discard(tx, frame, old)?; trash::remove(tx, frame, old) }).unwrap();
        assert_eq!((told(&world, new, true), files(&world, new)), (vec!["See the log".to_owned()], 1));
        assert!(world.read(world.ana, move |rd, frame| serve::file(rd, frame, file)).is_ok());
        assert_eq!(world.at(7, world.ana, move |tx, frame| unsplit(tx, frame, new)).unwrap_err().code(), "error-split-none");
    }
}
