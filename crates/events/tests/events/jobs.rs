//! Jobs: one worker at a time, again after a failure, given up in the end, and never lost from sight.

use std::collections::BTreeSet;

use db::Db;
use events::{ATTEMPTS, Job, JobCounts, JobLine, JobState, fail, finish, jobs, renew, retry};
use kernel::{ErrorKind, PageRequest, Time};

use crate::common::{LEASE, NOW, act, add, take, template};

fn finished(db: &Db, job: &Job) -> bool {
    let job = job.clone();
    db.write_apart_wait("finish", move |tx| finish(tx, &job)).unwrap()
}

fn failed(db: &Db, job: &Job, now: Time) {
    let job = job.clone();
    db.write_apart_wait("fail", move |tx| fail(tx, &job, now, "the printer is on fire")).unwrap();
}

fn listed(db: &Db, state: JobState) -> Vec<JobLine> {
    db.read_wait("jobs", move |rd| jobs(rd, Some(state), &PageRequest::default())).unwrap().rows
}

fn counted(db: &Db) -> (i64, i64, i64) {
    let JobCounts { ready, running, dead } = db.read_wait("counts", events::counts).unwrap();
    (ready, running, dead)
}

testkit::both! {
    template: template();

    fn a_claim_holds_until_its_lease_ends_and_then_counts_for_nothing(db: TestDb) {
        add(&db, None, 7);
        let first = take(&db, NOW).unwrap();
        assert_eq!((first.kind.as_str(), first.payload.as_str(), first.attempts), ("test.job", "7", 1));
        assert!(take(&db, NOW).is_none(), "one worker has it");
        assert!(take(&db, NOW.plus(LEASE)).is_none(), "to the last moment");
        let second = take(&db, NOW.plus(LEASE + 1)).unwrap();
        assert_eq!((second.id, second.attempts), (first.id, 2));
        assert!(second.fence > first.fence);
        // The first worker comes back: it neither ends the job under the second nor gives it away.
        assert!(!finished(&db, &first));
        failed(&db, &first, NOW.plus(LEASE + 2));
        assert_eq!(counted(&db), (0, 1, 0));
        assert!(finished(&db, &second));
        assert_eq!(counted(&db), (0, 0, 0));
    }

    fn a_renewed_claim_holds_on(db: TestDb) {
        add(&db, None, 7);
        let job = take(&db, NOW).unwrap();
        let held = vec![(job.id, job.fence)];
        db.write_apart_wait("renew", move |tx| renew(tx, &held, NOW.plus(LEASE), LEASE)).unwrap();
        assert!(take(&db, NOW.plus(2 * LEASE)).is_none());
        let taken_over = take(&db, NOW.plus(2 * LEASE + 1)).unwrap();
        let lost = vec![(job.id, job.fence)];
        db.write_apart_wait("renew", move |tx| renew(tx, &lost, NOW.plus(10 * LEASE), LEASE)).unwrap();
        assert_eq!(take(&db, NOW.plus(4 * LEASE)).unwrap().id, taken_over.id, "a lost claim cannot be renewed");
    }

    fn a_job_that_fails_waits_longer_each_time_and_is_given_up(db: TestDb) {
        add(&db, Some("only one"), 7);
        let mut now = NOW;
        for (attempt, pause) in [5, 20, 80, 320].into_iter().enumerate() {
            let job = take(&db, now).unwrap();
            assert_eq!(job.attempts, i64::try_from(attempt).unwrap() + 1);
            failed(&db, &job, now);
            assert!(take(&db, now.plus(pause * Time::SECOND - 1)).is_none(), "after attempt {}", attempt + 1);
            now = now.plus(pause * Time::SECOND);
        }
        let job = take(&db, now).unwrap();
        failed(&db, &job, now);
        assert!(take(&db, now.plus(365 * Time::DAY)).is_none());
        assert_eq!(counted(&db), (0, 0, 1));
        let dead = &listed(&db, JobState::Dead)[0];
        assert_eq!((dead.id, dead.attempts, dead.state.as_str()), (job.id, ATTEMPTS, "dead"));
        assert_eq!(dead.last_error.as_deref(), Some("the printer is on fire"));
        add(&db, Some("only one"), 8);
        assert_eq!(counted(&db), (1, 0, 1), "what was given up is not in the way of the next one");
    }

    /// T: the process ends, by force, whenever it does this job.
    fn a_job_that_takes_its_process_with_it_is_given_up_as_well(db: TestDb) {
        add(&db, Some("only one"), 7);
        let mut now = NOW;
        for attempt in 1..=ATTEMPTS {
            assert_eq!(take(&db, now).unwrap().attempts, attempt);
            now = now.plus(LEASE + 1);
        }
        assert!(take(&db, now).is_none());
        let dead = &listed(&db, JobState::Dead)[0];
        assert_eq!((dead.attempts, dead.last_error.is_some()), (ATTEMPTS, true));
        add(&db, Some("only one"), 8);
        assert!(take(&db, now).is_some(), "the next one has its chance");
    }

    fn what_was_given_up_is_tried_again_on_request(db: TestDb) {
        add(&db, None, 7);
        let waits = listed(&db, JobState::Ready)[0].id;
        let again = |id| db.write_wait("retry", move |tx| retry(tx, &act(NOW.plus(Time::DAY)), id));
        assert_eq!(again(waits).unwrap_err().kind(), ErrorKind::NotFound, "it was not given up");
        let mut now = NOW;
        while let Some(job) = take(&db, now) {
            failed(&db, &job, now);
            now = now.plus(Time::HOUR);
        }
        assert_eq!(again(waits).unwrap().state, "ready");
        assert!(take(&db, NOW.plus(Time::DAY - 1)).is_none());
        assert_eq!(take(&db, NOW.plus(Time::DAY)).unwrap().attempts, 1, "with all its attempts");
        assert_eq!(again(waits).unwrap_err().kind(), ErrorKind::NotFound);
        let log = db.read_wait("log", move |rd| events::of_object(rd, "job", waits.raw(), (Time(0), 0), 10)).unwrap();
        assert_eq!(log.iter().map(|e| e.kind.as_str()).collect::<Vec<_>>(), ["job.retried"]);
    }

    fn one_key_is_one_job_while_it_waits_or_runs(db: TestDb) {
        add(&db, Some("tidy"), 1);
        add(&db, Some("tidy"), 2);
        let job = take(&db, NOW).unwrap();
        add(&db, Some("tidy"), 3);
        assert_eq!((job.payload.as_str(), counted(&db)), ("1", (0, 1, 0)));
        assert!(finished(&db, &job));
        add(&db, Some("tidy"), 4);
        assert_eq!(take(&db, NOW).unwrap().payload, "4");
    }

    fn a_list_goes_on_where_it_ended(db: TestDb) {
        (0..5).for_each(|number| add(&db, None, number));
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let request = PageRequest { limit: Some(2), cursor };
            let page = db.read_wait("jobs", move |rd| jobs(rd, None, &request)).unwrap();
            seen.extend(page.rows.into_iter().map(|job| job.id));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let newest_first: BTreeSet<_> = seen.iter().copied().collect();
        assert_eq!((seen.len(), newest_first.into_iter().rev().collect::<Vec<_>>()), (5, seen));
    }

    /// Four workers and two hundred jobs: each is claimed once, whatever the workers do to each other.
    fn workers_share_what_is_due(db: TestDb) {
        (0..200).for_each(|number| add(&db, None, number));
        let work = || {
            let db = db.db();
            std::thread::spawn(move || {
                let mut mine = Vec::new();
                while let Some(job) = take(&db, NOW) {
                    assert!(finished(&db, &job));
                    mine.push(job.payload);
                }
                mine
            })
        };
        let workers: Vec<_> = (0..4).map(|_| work()).collect();
        let mut done: Vec<i64> = workers.into_iter().flat_map(|w| w.join().unwrap()).map(|payload| payload.parse().unwrap()).collect();
        done.sort_unstable();
        assert_eq!(done, (0..200).collect::<Vec<i64>>());
        assert_eq!(counted(&db), (0, 0, 0));
    }
}
