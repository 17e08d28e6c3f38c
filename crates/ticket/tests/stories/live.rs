//! Live counts: the sets of open tickets say what the database says, for anybody, after anything.

use std::sync::Arc;

use events::{Act, Cause, Follower as _};
use kernel::{PersonId, TicketId};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use ticket::actions::change::{Base, Patch, Why, change};
use ticket::actions::involve::{Who, involve, release};
use ticket::actions::register::{NewTicket, register};
use ticket::actions::{tag, trash, unseal};
use ticket::list::{self, Count};
use ticket::live::LiveFollower;
use ticket::{HandoverReason, Involvement};

use crate::cast::{NOW, World, world};

/// What people keep an eye on, and what they might.
const FILTERS: [&str; 28] = [
    "is:open",
    "is:open is:mine",
    "is:open is:unassigned is:ours",
    "is:waiting",
    "is:new -is:mine",
    "is:open is:watching",
    "is:open -is:watching",
    "is:open is:helping",
    "is:open is:requested",
    "is:open is:confidential",
    "is:open is:incomplete",
    "is:open is:reopened",
    "is:open priority:>=high",
    "is:open impact:low,high urgency:>low",
    "is:open kind:incident,request -tag:vpn",
    "is:open tag:vpn,printer",
    "is:open team:l1 assignee:any",
    "is:open team:l2 OR is:waiting",
    "is:open (team:l2 OR tag:vpn) number:>3",
    "is:open created:>-1h",
    "is:open updated:<-5d",
    "is:open -due:any",
    "is:open service:printing",
    "is:open requester:me",
    "category:new,active -state:new",
    "is:open teams:>1 handovers:0..2",
    "is:open csat:<=2",
    "is:open csat:none -csat-analyst:any",
];

fn followed(world: &World, follower: &Arc<LiveFollower>) {
    let last = |world: &World| {
        world
            .db
            .read_wait("last", |rd| rd.all_text::<(i64, i64)>("SELECT COALESCE(MAX(xid), 0), COALESCE(MAX(seq), 0) FROM event", &[]))
            .unwrap()[0]
    };
    loop {
        if Arc::clone(follower).step(&world.db, NOW).unwrap() > 0 {
            continue;
        }
        // On PostgreSQL the log is read up to the oldest transaction of all databases.
        let at = world.desk.live().place().unwrap();
        if (at.xid, at.seq) >= last(world) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// Both ways, for one person: by the sets and by the database.
fn counted(world: &World, who: PersonId, filters: &'static [&'static str]) -> Vec<(Option<Count>, Option<Count>)> {
    world
        .read(who, move |rd, frame| {
            let live = list::live(rd, frame.desk, frame.actor, filters, NOW)?;
            let asked = filters.iter().map(|q| {
                let prepared = list::prepare(rd, frame.desk, frame.actor, q, false, NOW).ok()?;
                Some(list::count(rd, &prepared).unwrap())
            });
            Ok(live.into_iter().zip(asked.collect::<Vec<_>>()).collect())
        })
        .unwrap()
}

fn assert_equal(world: &World) -> usize {
    let mut found = 0;
    for who in [world.ursula, world.ana, world.boris, world.carla] {
        for (q, (live, asked)) in FILTERS.iter().zip(counted(world, who, &FILTERS)) {
            assert_eq!(live, asked, "{who} {q}");
            found += usize::from(matches!(live, Some(Count::Exactly(n)) if n > 0));
        }
    }
    found
}

/// Something that somebody might do; what is refused has not happened.
fn deed(world: &World, dice: &mut StdRng, all: &mut Vec<TicketId>) {
    let who = [world.ursula, world.ana, world.ana, world.boris, world.carla][dice.random_range(0..5)];
    let other = [world.ursula, world.ana, world.boris][dice.random_range(0..3)];
    let team = [world.l1, world.l2][dice.random_range(0..2)];
    let yes = dice.random_bool(0.5);
    if all.len() < 5 || dice.random_bool(0.2) {
        let kind = ["incident", "request", "question", "complaint"][dice.random_range(0..4)];
        let service = (yes && who != world.carla).then_some(world.printing);
        let about = if kind == "complaint" && who != other { vec![other] } else { Vec::new() };
        let new =
            NewTicket { kind: kind.into(), title: "Printer".into(), description: "Broken".into(), service, about, ..NewTicket::default() };
        all.extend(world.at(dice.random_range(0..9), who, move |tx, frame| register(tx, frame, &new)).map(|t| t.id).ok());
        return;
    }
    let id = all[dice.random_range(0..all.len())];
    let role = [Involvement::Watcher, Involvement::Coworker, Involvement::Named, Involvement::About][dice.random_range(0..4)];
    let whom = if yes { Who::Person(other) } else { Who::Team(team) };
    let tagged = ["vpn", "printer"][dice.random_range(0..2)];
    let handover = Some(Why { reason: HandoverReason::ALL[0], words: String::new() });
    let patch = match dice.random_range(0..8) {
        0 => Patch { team: Some(Some(team)), handover, ..Patch::default() },
        1 => Patch { assignee: Some(yes.then_some(other)), handover, ..Patch::default() },
        2 => Patch { priority: Some(dice.random_range(1..5)), ..Patch::default() },
        3 => Patch { confidential: Some(yes), ..Patch::default() },
        4 => Patch {
            state: Some(["progress", "pending", "hold", "solved", "closed", "cancelled"][dice.random_range(0..6)].into()),
            resolution_code: Some(Some("fixed".into())),
            resolution_report: Some("Done".into()),
            ..Patch::default()
        },
        5 => Patch { service: Some(yes.then_some(world.printing)), ..Patch::default() },
        6 => Patch { requester: Some(Some(other)), ..Patch::default() },
        _ => Patch { impact: Some(dice.random_range(1..5)), urgency: Some(dice.random_range(1..5)), ..Patch::default() },
    };
    let done = dice.random_range(0..10);
    let _ = world.at(dice.random_range(10..90), who, move |tx, frame| match done {
        0 => tag::tag(tx, frame, id, tagged).map(drop),
        1 => tag::untag(tx, frame, id, tagged).map(drop),
        2 | 3 => involve(tx, frame, id, whom, role).map(drop),
        4 => release(tx, frame, id, whom, role),
        5 => trash::discard(tx, frame, id),
        6 => trash::restore(tx, frame, id).map(drop),
        7 => unseal::unseal(tx, frame, id, "a reason that is long enough").map(drop),
        _ => change(tx, frame, id, Base::Latest, &patch).map(drop),
    });
}

testkit::both! {
    template: testkit::Template::of(&crate::cast::migrations());

    fn the_sets_count_what_the_database_counts(db: TestDb) {
        let world = world(&db);
        world.grant(world.boris, "coordinator", world.ria);
        world.grant(world.ana, "manager", world.ria);
        let follower = Arc::new(LiveFollower::new(Arc::clone(&world.desk)));
        let mut dice = StdRng::seed_from_u64(3);
        let (mut all, mut found) = (Vec::new(), 0);
        for round in 0..12 {
            for _ in 0..15 {
                deed(&world, &mut dice, &mut all);
            }
            // The first reading, in the middle of the history.
            if round >= 3 {
                followed(&world, &follower);
                found += assert_equal(&world);
            }
        }
        assert!(found > 300, "few filters found anything: {found}");
        // One that begins now finds the same as one that followed.
        let again = World { desk: Arc::default(), ..world.clone() };
        followed(&again, &Arc::new(LiveFollower::new(Arc::clone(&again.desk))));
        assert_equal(&again);
    }

    fn they_answer_only_when_they_know(db: TestDb) {
        let world = world(&db);
        let id = world.incident("Printer").id;
        assert_eq!(counted(&world, world.ana, &["is:open"])[0].0, None, "not before all was read");
        let follower = Arc::new(LiveFollower::new(Arc::clone(&world.desk)));
        followed(&world, &follower);
        let unknown: &[&str] = &["is:open printer", "", "is:solved", "is:open has:attachment", "is:open was:new", "colour:red"];
        assert!(counted(&world, world.ana, unknown).iter().all(|(live, _)| live.is_none()), "the database knows these");
        assert_eq!(counted(&world, world.ana, &["is:open"])[0].0, Some(Count::Exactly(1)));
        // Never older than one's own deed; others may be late for a moment.
        let patch = Patch { team: Some(Some(world.l2)), ..Patch::default() };
        world.at(1, world.ana, move |tx, frame| change(tx, frame, id, Base::Latest, &patch)).unwrap();
        assert_eq!(counted(&world, world.ana, &["is:open team:l1"])[0].0, None);
        let texts = ["is:open team:l1", "is:open team:l2"];
        let counts = world.read(world.ana, move |rd, frame| list::counts(rd, frame.desk, frame.actor, &texts, NOW)).unwrap();
        assert_eq!(counts, [Some(Count::Exactly(0)), Some(Count::Exactly(1))]);
        followed(&world, &follower);
        assert_eq!(counted(&world, world.ana, &["is:open team:l2"])[0].0, Some(Count::Exactly(1)));
    }

    fn what_is_purged_is_counted_no_more(db: TestDb) {
        let world = world(&db);
        let ids: Vec<TicketId> = (0..3).map(|n| world.incident(&format!("Printer {n}")).id).collect();
        let follower = Arc::new(LiveFollower::new(Arc::clone(&world.desk)));
        followed(&world, &follower);
        let (gone, tenant, entropy) = (ids[1], world.ria, Arc::clone(&world.entropy));
        world
            .db
            .write_wait("purge", move |tx| {
                let act = Act::system(NOW, Cause::Page, Arc::clone(&entropy));
                events::purge(tx, &act, tenant.raw(), "ticket", gone.raw(), "import-rollback")?;
                for text in ["DELETE FROM message WHERE id IN (SELECT message_id FROM placement WHERE ticket_id = $1)", "DELETE FROM ticket WHERE id = $1"] {
                    tx.exec_text(text, &db::params![gone])?;
                }
                Ok(())
            })
            .unwrap();
        followed(&world, &follower);
        assert_eq!(counted(&world, world.ana, &["is:open"])[0], (Some(Count::Exactly(2)), Some(Count::Exactly(2))));
    }
}
