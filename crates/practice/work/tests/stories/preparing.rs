//! Checklists that administrators prepare come to tickets by one press.

use kernel::{Clock as _, ErrorKind, Lang, Time};
use settings::Texts;
use testkit::Template as Database;
use work::actions::template as action;
use work::store::{Sort, task};
use work::template::{Item, Template};

use crate::rig::{migrations, rig};

fn item(title: &str, sort: Sort) -> Item {
    Item { title: title.into(), sort, team: None, days: None, blocks: false, follows: false }
}

fn template(team: Option<i64>) -> Template {
    let mut names = Texts::same("New colleague");
    names.set(Lang::Es, "Nuevo compañero");
    let items = vec![
        item("Before the first day", Sort::Heading),
        Item { team, days: Some(3), blocks: true, ..item("Order a badge", Sort::Tick) },
        Item { follows: true, ..item("Number of the badge", Sort::Number) },
    ];
    Template { key: "colleague".into(), names, kinds: vec!["incident".into()], active: true, items }
}

testkit::both! {
    template: Database::of(&migrations());

    fn a_prepared_list_comes_with_its_lines(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "Somebody begins"));
        let prepared = template(Some(cast.l2.raw()));
        let by_ana = prepared.clone();
        assert_eq!(rig.tries(cast.ana, move |tx, frame| action::save(tx, frame, &by_ana, None)).unwrap_err().kind(), ErrorKind::Forbidden);
        rig.as_system(move |tx, frame| action::save(tx, frame, &prepared, Some(0)));
        let page = rig.get(cast.ana, &format!("/desk/tickets/{ticket}/tasks"));
        assert!(page.has("<option value=\"colleague\">New colleague</option>"), "{}", page.body);
        let applied = rig.post(cast.ana, &format!("/desk/tickets/{ticket}/lists"), &[("template", "colleague")]);
        assert_eq!(applied.status, 303, "{}", applied.body);
        let tasks = rig.db.read_wait("story", move |rd| task::of_ticket(rd, ticket)).unwrap();
        let titles: Vec<_> = tasks.iter().map(|one| (one.title.clone().unwrap_or_default(), one.sort)).collect();
        let expected = [("Before the first day", Sort::Heading), ("Order a badge", Sort::Tick), ("Number of the badge", Sort::Number)];
        assert_eq!(titles, expected.map(|(title, sort)| (title.to_owned(), sort)));
        assert_eq!((tasks[1].team, tasks[1].due_at, tasks[1].blocks), (Some(cast.l2), rig.clock.now().plus(3 * Time::DAY), true));
        assert_eq!(tasks[2].after, Some(tasks[1].id));
        let again = rig.get(cast.boris, "/desk/tasks?show=team");
        assert!(again.has("Order a badge"), "{}", again.body);
        let unknown = rig.post(cast.ana, &format!("/desk/tickets/{ticket}/lists"), &[("template", "nothing")]);
        assert_eq!(unknown.status, 422);
    }

    fn a_list_of_another_kind_is_not_offered(db: TestDb) {
        let rig = rig(db);
        let (cast, ticket) = (rig.cast, rig.registered(rig.cast.ursula, "Printer"));
        let prepared = Template { kinds: vec!["question".into()], ..template(None) };
        rig.as_system(move |tx, frame| action::save(tx, frame, &prepared, Some(0)));
        assert!(!rig.get(cast.ana, &format!("/desk/tickets/{ticket}/tasks")).has("New colleague"));
        let refused = rig.tries(cast.ana, move |tx, frame| action::apply(tx, frame, ticket, "colleague")).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Invalid);
    }

    fn what_is_wrong_with_a_list_is_said_and_kept(db: TestDb) {
        let rig = rig(db);
        rig.administers(rig.cast.clara);
        let clara = rig.cast.clara;
        let fields = [("names.en", "First day"), ("active", "1"), ("title.0", "Order a badge"), ("sort.0", "tick"), ("days.0", "soon")];
        let bad = rig.post(clara, "/admin/checklists", &fields);
        assert!(bad.status == 422 && bad.has("id=\"items-error\""), "{}", bad.body);
        let fields = [("names.en", "First day"), ("active", "1"), ("title.0", "Order a badge"), ("sort.0", "tick"), ("days.0", "2")];
        assert_eq!(rig.post(clara, "/admin/checklists", &fields).place(), "/admin/checklists?done=saved");
        assert_eq!(rig.post(clara, "/admin/checklists", &fields).status, 422, "there is one of that name");
        let page = rig.get(clara, "/admin/checklists/first_day");
        assert!(page.has("value=\"Order a badge\"") && page.has("name=\"version\" value=\"1\""), "{}", page.body);
        let change = [("version", "1"), ("names.en", "First day"), ("title.0", "Order two badges"), ("sort.0", "tick")];
        assert_eq!(rig.post(clara, "/admin/checklists/first_day", &change).status, 303);
        assert!(rig.get(clara, "/admin/checklists").has("First day"));
        assert_eq!(rig.post(clara, "/admin/checklists/first_day", &change).status, 409, "stale");
        assert_eq!(rig.get(rig.cast.ana, "/admin/checklists/new").status, 403);
    }
}
