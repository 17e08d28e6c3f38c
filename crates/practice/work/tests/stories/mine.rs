//! What somebody and their teams have to do, over all tickets that they see.

use kernel::{PersonId, TicketId, Time};
use testkit::Template;
use ticket::actions::change::{Base, Patch, change};
use work::actions::task::{To, Wanted, add};
use work::store::TaskId;

use crate::rig::{NOW, Rig, migrations, rig};

fn given(rig: &Rig, ticket: TicketId, wanted: Wanted) -> TaskId {
    let to = To::First("To do".into());
    rig.act(rig.cast.ana, move |tx, frame| add(tx, frame, ticket, &to, &wanted))
}

/// The titles in the order of the page.
fn shown(rig: &Rig, who: PersonId, path: &str) -> Vec<String> {
    let page = rig.get(who, path);
    assert_eq!(page.status, 200, "{}", page.body);
    let cells = page.body.split("<td class=\"cell-main\">").skip(1);
    cells.map(|cell| cell.split("dir=\"auto\">").nth(1).unwrap().split('<').next().unwrap().to_owned()).collect()
}

testkit::both! {
    template: Template::of(&migrations());

    fn what_is_due_first_stands_first_and_goes_when_it_is_done(db: TestDb) {
        let rig = rig(db);
        let (cast, one, two) = (rig.cast, rig.registered(rig.cast.ursula, "Notebook"), rig.registered(rig.cast.ursula, "Badge"));
        assert!(rig.get(cast.ana, "/desk/tasks").has("No tasks. Pick a ticket"));
        let mine = |title: &str, due| Wanted { owner: Some(cast.ana), due_at: due, ..Wanted::titled(title) };
        given(&rig, one, mine("Some day", Time::NEVER));
        given(&rig, two, mine("Tomorrow", NOW.plus(Time::DAY)));
        let late = given(&rig, one, mine("Yesterday", NOW.plus(-Time::DAY)));
        given(&rig, two, Wanted { team: Some(cast.l1), ..mine("For the team", NOW.plus(2 * Time::DAY)) });
        given(&rig, two, Wanted { owner: None, team: Some(cast.l1), ..mine("For anybody", NOW.plus(3 * Time::DAY)) });
        given(&rig, two, Wanted { owner: None, ..Wanted::titled("Nobody's") });
        assert_eq!(shown(&rig, cast.ana, "/desk/tasks"), ["Yesterday", "Tomorrow", "For the team", "For anybody", "Some day"]);
        assert_eq!(shown(&rig, cast.ana, "/desk/tasks?show=team"), ["For anybody"]);
        assert_eq!(shown(&rig, cast.ana, "/desk/tasks?show=mine").len(), 4);
        assert_eq!(shown(&rig, cast.boris, "/desk/tasks"), [""; 0]);
        let page = rig.get(cast.ana, "/desk/tasks");
        assert!(page.has("Overdue") && page.has("data-row-key=\"e\"") && page.has(&format!("INC-{one}")), "{}", page.body);
        let done = rig.post(cast.ana, &format!("/desk/tickets/{one}/tasks/{late}/complete"), &[("mine", "1")]);
        assert_eq!(done.place(), "/desk/tasks");
        assert_eq!(shown(&rig, cast.ana, "/desk/tasks")[0], "Tomorrow");
        let api = rig.api(cast.ana, "/api/v1/tasks?limit=2");
        assert!(api.has("\"Tomorrow\"") && api.has("\"For the team\"") && !api.has("Some day") && api.has("\"next\""), "{}", api.body);
        let next = api.body.split("\"next\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let rest = rig.api(cast.ana, &format!("/api/v1/tasks?cursor={next}"));
        assert!(rest.has("For anybody") && rest.has("Some day") && !rest.has("Tomorrow"), "{}", rest.body);
        rig.act(cast.ana, move |tx, frame| {
            let cancelled = Patch { state: Some("cancelled".into()), ..Patch::default() };
            change(tx, frame, two, Base::Latest, &cancelled)
        });
        assert_eq!(shown(&rig, cast.ana, "/desk/tasks"), ["Some day"], "what has ended asks for nothing");
    }

    fn a_task_of_a_ticket_that_went_out_of_sight_is_not_counted(db: TestDb) {
        let rig = rig(db);
        rig.holds(rig.cast.ana, "coordinator");
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "A complaint"));
        given(&rig, ticket, Wanted { owner: Some(cast.boris), ..Wanted::titled("Ask around") });
        assert_eq!(shown(&rig, cast.boris, "/desk/tasks"), ["Ask around"]);
        rig.act(cast.ana, move |tx, frame| {
            change(tx, frame, ticket, Base::Latest, &Patch { confidential: Some(true), ..Patch::default() })
        });
        assert_eq!(shown(&rig, cast.boris, "/desk/tasks"), [""; 0]);
        assert!(!rig.api(cast.boris, "/api/v1/tasks").has("Ask around"));
        assert_eq!(rig.get(cast.ursula, "/desk/tasks").status, 404);
    }
}
