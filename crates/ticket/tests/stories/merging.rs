//! One ticket goes on as part of another, and is taken out again.

use kernel::{Entropy, ErrorKind, MessageId, PersonId, Result, SeededEntropy, TicketId, Time};
use party::store::{membership, person};
use party::{NewMembership, PersonData};
use ticket::actions::change::{Base, Patch, change};
use ticket::actions::involve::{Who, involve};
use ticket::actions::merge::{Merged, merge, unmerge};
use ticket::actions::post::{Post, post};
use ticket::actions::{link, tag, undo};
use ticket::store::link::Link;
use ticket::timeline::What;
use ticket::{Category, Involvement, LinkKind, MessageKind, Ticket, serve, store};

use crate::cast::{NOW, World, world};

/// A second user of Ría.
fn uli(world: &World) -> PersonId {
    let ria = world.ria;
    world
        .db
        .write_wait("uli", move |tx| {
            let id = person::insert(tx, ria, &PersonData::named("Uli Gil"), NOW)?;
            membership::put(tx, id, &NewMembership::main(ria, Time(0)), NOW)?;
            Ok(id)
        })
        .unwrap()
}

fn merged(world: &World, minutes: i64, who: PersonId, from: TicketId, into: TicketId) -> Result<Merged> {
    world.at(minutes, who, move |tx, frame| merge(tx, frame, from, into))
}

fn apart(world: &World, minutes: i64, from: TicketId, take: Vec<MessageId>) -> Result<Ticket> {
    world.at(minutes, world.ana, move |tx, frame| unmerge(tx, frame, from, &take))
}

fn says(world: &World, minutes: i64, who: PersonId, id: TicketId, kind: MessageKind, words: &str) -> Result<MessageId> {
    let said = Post::new(kind, words);
    world.at(minutes, who, move |tx, frame| post(tx, frame, id, &said).map(|(message, _)| message))
}

/// What somebody reads on a ticket.
fn reads(world: &World, who: PersonId, id: TicketId) -> Vec<String> {
    world
        .read(who, move |rd, frame| {
            let seen = serve::see(rd, frame, id)?;
            let entries = serve::timeline(rd, frame, &seen)?.entries;
            Ok(entries.into_iter().filter_map(|e| if let What::Message(m) = e.what { m.body } else { None }).collect())
        })
        .unwrap()
}

/// All of a ticket that must come back.
#[derive(Debug, PartialEq)]
struct State {
    ticket: Ticket,
    told: Vec<String>,
    public: Vec<String>,
    people: Vec<(PersonId, Involvement)>,
    tags: Vec<String>,
    links: Vec<Link>,
    files: Vec<kernel::AttachmentId>,
}

fn state(world: &World, id: TicketId) -> State {
    world
        .db
        .read_wait("state", move |rd| {
            let row = store::ticket::by_id(rd, id)?;
            let words = |inner: bool, rd: &mut db::Rd<'_>| -> Result<Vec<String>> {
                Ok(store::message::of_ticket(rd, id, inner, 500)?.into_iter().filter_map(|m| m.body).collect())
            };
            Ok(State {
                told: words(true, rd)?,
                public: words(false, rd)?,
                people: store::involved::people(rd, id)?,
                tags: store::involved::tags(rd, id)?,
                links: store::link::of_ticket(rd, &access::Actor::system().tickets(access::Verb::TicketSee), id)?,
                files: store::attachment::of_ticket(rd, id, true)?.into_iter().map(|f| f.id).collect(),
                // How often and when something happened goes on.
                ticket: Ticket { version: 0, activity: 0, updated_at: Time(0), team_count: 0, ..row },
            })
        })
        .unwrap()
}

/// Something happens to one of two tickets.
fn happens(world: &World, step: i64, dice: &mut impl FnMut(u8) -> u8, id: TicketId, other: TicketId, asks: PersonId) {
    let (who, minutes) = ([world.ana, world.boris, asks][usize::from(dice(3))], step);
    let words = format!("Words {step}");
    // What somebody may not do now is not done: that is a history as well.
    let _ = match dice(9) {
        0 | 1 => says(world, minutes, who, id, MessageKind::Reply, &words).map(|_| ()),
        2 => says(world, minutes, world.ana, id, MessageKind::Note, &words).map(|_| ()),
        3 => {
            let patch = Patch { priority: Some(i64::from(dice(4)) + 1), assignee: Some(Some(world.ana)), ..Patch::default() };
            world.at(minutes, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).map(|_| ())
        }
        4 => {
            let key = ["open", "waiting", "held", "cancelled"][usize::from(dice(4))];
            let patch = Patch { state: Some(key.into()), ..Patch::default() };
            world.at(minutes, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).map(|_| ())
        }
        5 => {
            let patch = Patch {
                state: Some("solved".into()),
                resolution_code: Some(Some("fixed".into())),
                resolution_report: Some(words),
                ..Patch::default()
            };
            world.at(minutes, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).map(|_| ())
        }
        6 => {
            let watcher = [world.boris, asks][usize::from(dice(2))];
            world.at(minutes, world.ana, move |tx, frame| involve(tx, frame, id, Who::Person(watcher), Involvement::Watcher)).map(|_| ())
        }
        7 => world.at(minutes, world.ana, move |tx, frame| tag::tag(tx, frame, id, &words)).map(|_| ()),
        _ => world.at(minutes, world.ana, move |tx, frame| link::link(tx, frame, id, LinkKind::Duplicate, other)).map(|_| ()),
    };
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn taken_apart_both_are_as_they_were(db: TestDb) {
        let world = world(&db);
        let uli = uli(&world);
        let entropy = SeededEntropy::new(5);
        let mut dice = |n: u8| {
            let mut byte = [0];
            entropy.fill(&mut byte);
            byte[0] % n
        };
        for round in 0..10 {
            let (a, asks) = (world.incident("The printer is dead").id, if round % 2 == 0 { world.ursula } else { uli });
            let b = world.registered(asks, "incident", "No printing").id;
            for step in 0..14 {
                let (id, other, who) = if dice(2) == 0 { (a, b, world.ursula) } else { (b, a, asks) };
                happens(&world, step, &mut dice, id, other, who);
            }
            let before = (state(&world, a), state(&world, b));
            let done = merged(&world, 20, world.ana, b, a).unwrap();
            assert_eq!(done.apart, asks != world.ursula);
            assert_eq!(world.now(b).category, Category::Cancelled);
            let whole = state(&world, a).told;
            assert!(before.0.told.iter().chain(&before.1.told).all(|words| whole.contains(words)), "all of it is there");
            assert_eq!(state(&world, b).told, before.1.told, "and stays where it was");
            let back = apart(&world, 21, b, Vec::new()).unwrap();
            assert_eq!(back, world.now(b), "what is answered is what is stored");
            assert_eq!((state(&world, a), state(&world, b)), before, "round {round}");
        }
    }

    fn what_came_since_stays_where_it_went_on(db: TestDb) {
        let world = world(&db);
        let a = world.incident("The printer is dead").id;
        let b = world.incident("No printing").id;
        let before = state(&world, b).told;
        merged(&world, 1, world.ana, b, a).unwrap();
        says(&world, 2, world.ursula, b, MessageKind::Reply, "It smells, too").unwrap();
        let answer = says(&world, 3, world.ana, b, MessageKind::Reply, "Pull the plug").unwrap();
        let note = says(&world, 4, world.ana, a, MessageKind::Note, "Burnt").unwrap();
        for (who, id) in [(world.ana, a), (world.ursula, a), (world.ursula, b)] {
            let told = reads(&world, who, id);
            assert!(told.contains(&"It smells, too".into()) && told.contains(&"Pull the plug".into()), "{who} {id}: {told:?}");
            assert_eq!(told.iter().filter(|words| *words == "Pull the plug").count(), 1);
        }
        assert!(!reads(&world, world.ana, b).contains(&"Burnt".into()), "a note stays with the one that goes on");
        let early = state(&world, a).told.len();
        let old = world.db.read_wait("old", move |rd| store::message::of_ticket(rd, a, true, 1)).unwrap();
        assert_eq!(old[0].id, note);
        apart(&world, 5, b, vec![note]).unwrap();
        assert_eq!(reads(&world, world.ana, a).len(), early - before.len() - 1, "its own went back and the note went over");
        assert!(reads(&world, world.ana, a).contains(&"Pull the plug".into()));
        assert!(reads(&world, world.ana, b).contains(&"Burnt".into()) && !reads(&world, world.ursula, b).contains(&"Burnt".into()));
        assert!(world.db.read_wait("there", move |rd| store::message::get(rd, a, answer)).is_ok());
    }

    fn different_requesters_read_nothing_of_each_other(db: TestDb) {
        let world = world(&db);
        let uli = uli(&world);
        let a = world.incident("Salary slip is wrong").id;
        let b = world.registered(uli, "incident", "No salary slip").id;
        says(&world, 1, world.ana, a, MessageKind::Reply, "Úrsula, it says 1,200").unwrap();
        says(&world, 1, world.ana, b, MessageKind::Reply, "Uli, it says 900").unwrap();
        let (hers, his) = (reads(&world, world.ursula, a), reads(&world, uli, b));
        assert!(merged(&world, 2, world.ana, b, a).unwrap().apart);
        assert_eq!((reads(&world, world.ursula, a), reads(&world, uli, b)), (hers, his));
        assert!(world.read(uli, move |rd, frame| serve::see(rd, frame, a).map(|_| ())).is_err());
        says(&world, 3, uli, b, MessageKind::Reply, "Mine is 950").unwrap();
        says(&world, 4, world.ursula, a, MessageKind::Reply, "Mine is 1,300").unwrap();
        says(&world, 5, world.ana, a, MessageKind::Reply, "The run was repeated").unwrap();
        let (hers, his, all) = (reads(&world, world.ursula, a), reads(&world, uli, b), reads(&world, world.ana, a));
        assert!(!hers.iter().any(|w| w.contains("Uli") || w.contains("950")), "{hers:?}");
        assert!(!his.iter().any(|w| w.contains("rsula") || w.contains("1,300")), "{his:?}");
        for told in [&hers, &his, &all] {
            assert!(told.contains(&"The run was repeated".into()), "{told:?}");
        }
        assert!(all.contains(&"Mine is 950".into()) && all.contains(&"Uli, it says 900".into()));
        let moved = world.now(a).last_customer_at;
        assert_eq!(moved, NOW.plus(4 * Time::MINUTE), "his answer moved it as well: hers was the later");
    }

    fn a_merged_ticket_is_worked_on_where_it_goes_on(db: TestDb) {
        let world = world(&db);
        let (a, b, c) = (world.incident("First").id, world.incident("Second").id, world.incident("Third").id);
        for (who, kind) in [(world.ursula, ErrorKind::Forbidden), (world.carla, ErrorKind::NotFound)] {
            assert_eq!(merged(&world, 1, who, b, a).unwrap_err().kind(), kind);
        }
        assert_eq!(merged(&world, 1, world.ana, a, a).unwrap_err().fields()[0].code, "error-merge-itself");
        let theirs = world.registered(world.carla, "incident", "Elsewhere").id;
        assert_eq!(merged(&world, 1, world.ana, theirs, a).unwrap_err().kind(), ErrorKind::NotFound);
        let watcher = world.boris;
        world.at(1, world.ana, move |tx, frame| involve(tx, frame, b, Who::Person(watcher), Involvement::Watcher)).unwrap();
        merged(&world, 2, world.ana, b, a).unwrap();
        assert!(state(&world, a).people.contains(&(world.boris, Involvement::Watcher)));
        let patch = Patch { priority: Some(4), ..Patch::default() };
        let refused = world.at(3, world.ana, { let patch = patch.clone(); move |tx, frame| change(tx, frame, b, Base::Latest, &patch) }).unwrap_err();
        assert_eq!(refused.code(), "error-merged");
        let own = world.number("SELECT MAX(seq) FROM event WHERE kind = 'ticket.changed'");
        assert_eq!(world.at(3, world.ana, move |tx, frame| undo::undo(tx, frame, b, own)).unwrap_err().code(), "error-merged");
        assert_eq!(merged(&world, 3, world.ana, b, c).unwrap_err().code(), "error-merged");
        assert_eq!(merged(&world, 3, world.ana, c, b).unwrap_err().code(), "error-merged");
        merged(&world, 4, world.ana, a, c).unwrap();
        says(&world, 5, world.ursula, b, MessageKind::Reply, "Still").unwrap();
        assert!(reads(&world, world.ana, c).contains(&"Still".into()), "through both");
        says(&world, 6, world.boris, c, MessageKind::Reply, "Done").unwrap();
        assert!(reads(&world, world.ursula, b).contains(&"Done".into()));
        let known = world.read(world.ana, move |rd, frame| { let t = serve::see(rd, frame, b)?.ticket; Ok(serve::goes_on_in(rd, frame, &t)?.map(|s| s.ticket.id)) }).unwrap();
        assert_eq!(known, Some(c));
        assert_eq!(apart(&world, 7, b, Vec::new()).unwrap_err().code(), "error-merged", "the later merge comes first");
        apart(&world, 8, a, Vec::new()).unwrap();
        apart(&world, 9, b, Vec::new()).unwrap();
        assert!(world.now(b).is_open() && !state(&world, a).people.contains(&(world.boris, Involvement::Watcher)));
        assert_eq!(apart(&world, 10, b, Vec::new()).unwrap_err().code(), "error-merge-apart");
        world.at(11, world.ana, move |tx, frame| change(tx, frame, b, Base::Latest, &patch)).unwrap();
        merged(&world, 12, world.ana, b, a).unwrap();

        let secret = world.incident("Mine alone").id;
        let me = world.ana;
        world.at(13, world.ana, move |tx, frame| change(tx, frame, secret, Base::Latest, &Patch { assignee: Some(Some(me)), ..Patch::default() })).unwrap();
        world.tamper("UPDATE ticket SET confidential = 1 WHERE id = $1", secret.raw());
        for (from, into) in [(secret, c), (c, secret)] {
            assert_eq!(merged(&world, 14, world.ana, from, into).unwrap_err().code(), "error-merge-confidential");
        }
    }
}
