//! Tasks come, are received, done and taken back; a ticket waits for those that must be done first.

use kernel::{ErrorKind, TicketId, Time};
use testkit::Template;
use ticket::actions::change::{Base, Patch, change};
use ticket::{Frame, actions};
use work::actions::task::{To, Wanted, add, edit};
use work::actions::{checklist, done};
use work::store::{Sort, Task, TaskId, task};

use crate::rig::{Rig, migrations, rig};

fn tasks(rig: &Rig, ticket: TicketId) -> Vec<Task> {
    rig.db.read_wait("story", move |rd| task::of_ticket(rd, ticket)).unwrap()
}

fn solved() -> Patch {
    Patch {
        state: Some("solved".into()),
        resolution_code: Some(Some("fixed".into())),
        resolution_report: Some("Done as asked".into()),
        ..Patch::default()
    }
}

/// A ticket that Ana works on, with one task that blocks it.
fn blocked(rig: &Rig) -> (TicketId, TaskId) {
    let ticket = rig.registered(rig.cast.ursula, "New notebook");
    let me = rig.cast.ana;
    let task = rig.act(me, move |tx, frame| {
        change(tx, frame, ticket, Base::Latest, &Patch { assignee: Some(Some(me)), ..Patch::default() })?;
        add(tx, frame, ticket, &To::First("To do".into()), &Wanted { blocks: true, ..Wanted::titled("Wipe the old disk") })
    });
    (ticket, task)
}

testkit::both! {
    template: Template::of(&migrations());

    fn a_list_is_written_done_and_taken_back_on_its_page(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "New colleague"));
        let base = format!("/desk/tickets/{ticket}/tasks");
        let page = || rig.get(cast.ana, &base).body;
        assert!(page().contains("Nothing to do besides the answer"));
        assert_eq!(rig.post(cast.ana, &base, &[("title", "Order a badge")]).place(), base, "the first list comes by itself");
        assert!(page().contains("To do") && page().contains("Order a badge") && page().contains("0/1"));
        assert_eq!(rig.post(cast.ana, &format!("/desk/tickets/{ticket}/lists"), &[("title", "First day")]).status, 303);
        let empty = rig.post(cast.ana, &base, &[("title", "  ")]);
        assert!(empty.status == 422 && empty.has("id=\"side-tasks-found\""), "{}", empty.body);
        let one = tasks(&rig, ticket)[0].id;
        let form = |form: &str, fields: &[(&str, &str)]| rig.post(cast.ana, &format!("{base}/{one}{form}"), fields);
        assert_eq!(form("/complete", &[]).place(), base);
        assert!(page().contains("1/1") && page().contains("Ana Núñez"), "{}", page());
        assert_eq!(form("/reopen", &[]).status, 303);
        assert!(tasks(&rig, ticket)[0].done_at.is_none(), "taken back");
        let boris = cast.boris.to_string();
        let whole = [("version", "3"), ("title", "Order two badges"), ("sort", "number"), ("owner", &boris), ("owner_text", "Борис Ёлкин"), ("due", "2025-12-31"), ("blocks", "1")];
        assert_eq!(form("", &whole).place(), base);
        let shown = page();
        for part in ["Order two badges", "Борис Ёлкин", "Overdue", "Before solving", "name=\"answer\""] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        let stale = form("", &whole);
        assert!(stale.status == 409 && stale.has("Order two badges"), "{}", stale.body);
        let words = form("/complete", &[("answer", "two")]);
        assert!(words.status == 422 && tasks(&rig, ticket)[0].done_at.is_none());
        assert_eq!(form("/complete", &[("answer", "2,5")]).status, 303);
        assert_eq!(tasks(&rig, ticket)[0].answer.as_deref(), Some("2.5"));
        assert_eq!(form("/remove", &[]).status, 303);
        assert!(tasks(&rig, ticket).is_empty());
    }

    fn a_task_that_blocks_is_done_before_the_ticket_is_solved(db: TestDb) {
        let rig = rig(db);
        let (cast, (ticket, one)) = (rig.cast, blocked(&rig));
        let refused = rig.tries(cast.ana, move |tx, frame| change(tx, frame, ticket, Base::Latest, &solved())).unwrap_err();
        assert_eq!((refused.kind(), refused.code()), (ErrorKind::Conflict, "error-tasks-open"));
        assert_eq!(refused.args(), [("count", "1".to_owned()), ("titles", "Wipe the old disk".to_owned())]);
        rig.act(cast.ana, move |tx, frame| done::complete(tx, frame, ticket, one, None));
        rig.act(cast.ana, move |tx, frame| change(tx, frame, ticket, Base::Latest, &solved()));
        assert!(!rig.now(ticket).is_open());
        let (other, _) = blocked(&rig);
        let cancelled = Patch { state: Some("cancelled".into()), ..Patch::default() };
        rig.act(cast.ana, move |tx, frame| change(tx, frame, other, Base::Latest, &cancelled));
        assert!(!rig.now(other).is_open(), "what is not solved needs no work");
    }

    fn a_parent_leaves_a_child_open_that_waits_for_a_task(db: TestDb) {
        let rig = rig(db);
        let (cast, (child, one)) = (rig.cast, blocked(&rig));
        let parent = rig.registered(cast.ursula, "New office");
        rig.act(cast.ana, move |tx, frame| {
            change(tx, frame, child, Base::Latest, &Patch { parent: Some(Some(parent)), ..Patch::default() })?;
            change(tx, frame, parent, Base::Latest, &Patch { assignee: Some(frame.actor.person), ..Patch::default() })?;
            change(tx, frame, parent, Base::Latest, &solved())
        });
        rig.run_jobs();
        assert!(!rig.now(parent).is_open() && rig.now(child).is_open(), "the child has work to do");
        rig.act(cast.ana, move |tx, frame| done::complete(tx, frame, child, one, None));
        rig.act(cast.ana, move |tx, frame| change(tx, frame, child, Base::Latest, &solved()));
    }

    fn tasks_wait_for_each_other_and_never_in_a_circle(db: TestDb) {
        let rig = rig(db);
        let (cast, (ticket, first)) = (rig.cast, blocked(&rig));
        let second = rig.act(cast.ana, move |tx, frame| {
            add(tx, frame, ticket, &To::First(String::new()), &Wanted { after: Some(first), ..Wanted::titled("Give it away") })
        });
        let early = rig.tries(cast.ana, move |tx, frame| done::complete(tx, frame, ticket, second, None)).unwrap_err();
        assert_eq!((early.code(), early.args().to_vec()), ("error-task-after", vec![("title", "Wipe the old disk".to_owned())]));
        let circle = rig.tries(cast.ana, move |tx, frame| {
            edit(tx, frame, ticket, first, None, &Wanted { after: Some(second), ..Wanted::titled("Wipe the old disk") })
        });
        assert_eq!(circle.unwrap_err().fields()[0].code, "error-task-circle");
        rig.act(cast.ana, move |tx, frame| done::complete(tx, frame, ticket, first, None));
        rig.act(cast.ana, move |tx, frame| done::complete(tx, frame, ticket, second, None));
        assert!(tasks(&rig, ticket).iter().all(Task::is_done));
    }

    fn a_task_is_given_received_and_told_of(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "New notebook"));
        let (one, list) = rig.act(cast.ana, move |tx, frame| {
            let list = checklist::add(tx, frame, ticket, "Notebook")?;
            let wanted = Wanted { team: Some(cast.l2), sort: Sort::Tick, ..Wanted::titled("Install it") };
            add(tx, frame, ticket, &To::List(list), &wanted).map(|one| (one, list))
        });
        let others = rig.tries(cast.ana, move |tx, frame| done::accept(tx, frame, ticket, one)).unwrap_err();
        assert_eq!(others.code(), "error-task-others", "it is of the second line");
        rig.act(cast.boris, move |tx, frame| done::accept(tx, frame, ticket, one));
        assert_eq!(tasks(&rig, ticket)[0].owner, Some(cast.boris), "whoever receives it has it");
        rig.act(cast.ana, move |tx, frame| {
            edit(tx, frame, ticket, one, None, &Wanted { owner: Some(cast.ana), team: Some(cast.l2), ..Wanted::titled("Install it") })
        });
        assert_eq!(tasks(&rig, ticket)[0].accepted_at, None, "who has it now has not received it");
        let user = rig.tries(cast.ana, move |tx, frame| {
            edit(tx, frame, ticket, one, None, &Wanted { owner: Some(cast.ursula), ..Wanted::titled("Install it") })
        });
        assert_eq!(user.unwrap_err().kind(), ErrorKind::Invalid, "who works in no team does no tasks");
        rig.act(cast.ana, move |tx, frame| checklist::remove(tx, frame, ticket, list));
        let told = rig.words(cast.ana, ticket);
        for line in ["Checklist added: Notebook", "Task added: Install it", "Task received: Install it", "Task given to Ana Núñez: Install it", "Checklist removed: Notebook"] {
            assert!(told.iter().any(|said| said == line), "{line}: {told:?}");
        }
        assert!(rig.words(cast.ursula, ticket).iter().all(|line| !line.contains("Install it")), "the desk's own business");
    }

    fn what_somebody_wrote_on_a_task_is_erased_with_the_rest(db: TestDb) {
        let rig = rig(db);
        let (cast, (ticket, one)) = (rig.cast, blocked(&rig));
        rig.act(cast.boris, move |tx, frame| {
            edit(tx, frame, ticket, one, None, &Wanted { sort: Sort::Text, ..Wanted::titled("Wipe the old disk") })?;
            done::complete(tx, frame, ticket, one, Some("by Boris himself"))
        });
        rig.act(cast.clara, move |tx, frame: Frame<'_>| {
            while !ticket::erasing::erase(tx, frame.act, ticket, cast.boris)?.is_empty() {}
            while !ticket::erasing::erase(tx, frame.act, ticket, cast.ana)?.is_empty() {}
            Ok(())
        });
        let left = tasks(&rig, ticket);
        assert_eq!((left[0].title.as_deref(), left[0].answer.as_deref()), (None, None));
        assert!(left[0].due_at == Time::NEVER && left[0].is_done(), "that it was done is no text of theirs");
        rig.act(cast.ana, move |tx, frame| actions::tag::tag(tx, frame, ticket, "still-there"));
    }
}
