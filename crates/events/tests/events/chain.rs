//! The chain: what was changed, removed, added, swapped or cut off behind the desk's back is found at
//! its row; what the desk does itself is not.

use std::collections::HashMap;
use std::sync::Arc;

use db::{Db, Dialect, Rd, params, sql};
use events::chain::{Chain, Depth, Digest, Fault, Head, Signer, Text, Texts, check_heads, keep, newest, sign, verify};
use events::{Draft, Visibility, append, purge};
use kernel::Result;

use crate::common::{NOW, act, template, until};

/// A payload is the number of a text, which lies in the table of effects: its count is what it says.
struct Notes;

impl Texts for Notes {
    fn named(&self, object: &str, payload: &str) -> Vec<Text> {
        let id = payload.parse().ok().filter(|_| object == "thing");
        id.map(|id| Text { kind: "note", id }).into_iter().collect()
    }
    fn digests(&self, rd: &mut Rd<'_>, texts: &[Text]) -> Result<HashMap<Text, Digest>> {
        let rows = rd.all(sql!((i64, i64), "SELECT id, times FROM effect"), &[])?;
        let rows = rows.into_iter().map(|(id, times)| (Text { kind: "note", id }, times));
        let wanted = rows.filter(|(text, _)| texts.contains(text));
        Ok(wanted.map(|(text, times)| (text, text.digest(b"salt", &times.to_string()))).collect())
    }
}

/// Knows of no texts yet.
struct Earlier;

impl Texts for Earlier {
    fn named(&self, _: &str, _: &str) -> Vec<Text> {
        Vec::new()
    }
    fn digests(&self, _: &mut Rd<'_>, _: &[Text]) -> Result<HashMap<Text, Digest>> {
        Ok(HashMap::new())
    }
}

/// Writes an event about a thing that speaks of a text.
fn speak(db: &Db, thing: i64, text: i64) -> i64 {
    let speak = move |tx: &mut db::Tx<'_>| {
        let draft =
            Draft { tenant: 1, object: "thing", object_id: thing, kind: "thing.told", visibility: Visibility::Public, payload: &text };
        append(tx, &act(NOW), &draft)
    };
    db.write_wait("speak", speak).unwrap()
}

fn says(db: &Db, text: i64, times: i64) {
    let write = move |tx: &mut db::Tx<'_>| {
        let upsert = sql!("INSERT INTO effect (id, times) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET times = excluded.times");
        tx.exec(upsert, &params![text, times]).map(drop)
    };
    db.write_wait("says", write).unwrap();
}

fn link(db: &Db) {
    link_as(db, Notes);
}

/// Links everything: on the shared server other tests may hold the feed back for a moment.
fn link_as(db: &Db, texts: impl Texts) {
    let chain = Chain::new(Arc::new(texts));
    until("everything has its link", || {
        while chain.advance(db, NOW).unwrap() > 0 {}
        number(db, "SELECT count(*) FROM event e LEFT JOIN chain c ON c.seq = e.seq WHERE c.seq IS NULL") == 0
    });
}

fn number(db: &Db, text: &'static str) -> i64 {
    db.read_wait("number", move |rd| rd.all_text::<i64>(text, &[])).unwrap()[0]
}

/// What nobody can do through the desk.
fn tamper(db: &Db, text: &'static str) {
    let off: &[&'static str] = match db.dialect() {
        Dialect::Sqlite => &[
            "DROP TRIGGER IF EXISTS event_no_update",
            "DROP TRIGGER IF EXISTS event_no_delete",
            "DROP TRIGGER IF EXISTS chain_no_update",
            "DROP TRIGGER IF EXISTS chain_no_delete",
        ],
        Dialect::Postgres => &["ALTER TABLE event DISABLE TRIGGER ALL", "ALTER TABLE chain DISABLE TRIGGER ALL"],
    };
    db.write_wait("tamper", move |tx| {
        off.iter().try_for_each(|text| tx.exec_text(text, &[]).map(drop))?;
        tx.exec_text(text, &[])
    })
    .unwrap();
}

fn found(db: &Db) -> Option<(i64, Fault)> {
    let texts: Arc<dyn Texts> = Arc::new(Notes);
    verify(db, &texts, &[signer().public_key()], Depth::All, |_| {}).unwrap().bad.map(|bad| (bad.place, bad.fault))
}

fn signer() -> Signer {
    Signer::of_seed(&[7; 32]).unwrap()
}

fn signed(db: &Db) -> Head {
    let head = sign(&signer(), db.read_wait("newest", newest).unwrap().unwrap(), NOW);
    let kept = head.clone();
    db.write_wait("keep", move |tx| keep(tx, &kept)).unwrap();
    head
}

/// Twelve things told, each with a text of its own.
fn twelve(db: &Db) {
    for thing in 1..=12 {
        says(db, thing, 1);
        speak(db, thing, thing);
    }
    link(db);
    assert_eq!(found(db), None);
}

/// A story of tampering: the statement, and the place and fault that are found.
fn is_found(db: &Db, text: &'static str, place: i64, fault: Fault) {
    twelve(db);
    signed(db);
    tamper(db, text);
    assert_eq!(found(db), Some((place, fault)), "{text}");
}

testkit::both! {
    template: template();

    fn a_changed_event_is_found(db: TestDb) {
        is_found(&db, "UPDATE event SET actor_id = 99 WHERE object_id = 5", 5, Fault::Changed);
    }

    fn a_removed_event_is_found(db: TestDb) {
        is_found(&db, "DELETE FROM event WHERE object_id = 7", 7, Fault::Removed);
    }

    fn swapped_events_are_found_at_the_first(db: TestDb) {
        is_found(
            &db,
            "UPDATE event SET payload = CASE object_id WHEN 4 THEN '9' ELSE '4' END WHERE object_id IN (4, 9)",
            4,
            Fault::Changed,
        );
    }

    fn a_removed_link_is_found(db: TestDb) {
        is_found(&db, "DELETE FROM chain WHERE place = 6", 6, Fault::Missing);
    }

    fn a_rewritten_link_is_found(db: TestDb) {
        is_found(&db, "UPDATE chain SET link = content WHERE place = 3", 3, Fault::Link);
    }

    fn a_changed_text_is_found(db: TestDb) {
        is_found(&db, "UPDATE effect SET times = 2 WHERE id = 8", 8, Fault::Text(Text { kind: "note", id: 8 }));
    }

    fn a_text_that_is_gone_is_found(db: TestDb) {
        is_found(&db, "DELETE FROM effect WHERE id = 2", 2, Fault::Text(Text { kind: "note", id: 2 }));
    }

    fn of_several_faults_the_first_is_named(db: TestDb) {
        twelve(&db);
        tamper(&db, "UPDATE event SET kind = 'x' WHERE object_id IN (9, 11)");
        tamper(&db, "DELETE FROM effect WHERE id = 3");
        assert_eq!(found(&db), Some((3, Fault::Text(Text { kind: "note", id: 3 }))));
    }

    /// Numbers have gaps; an event that is put into one later was never in the feed.
    fn an_event_that_was_slipped_in_is_found(db: TestDb) {
        twelve(&db);
        let burnt = db.write_wait("burn", |tx| tx.next_id::<kernel::kinds::Event>()).unwrap().raw();
        speak(&db, 13, 1);
        link(&db);
        let slip = move |tx: &mut db::Tx<'_>| {
            tx.exec_text(
                "INSERT INTO event (seq, xid, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload) \
                 SELECT $1, xid, tenant_id, object, 99, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload FROM event WHERE object_id = 12",
                &params![burnt],
            )
        };
        db.write_wait("slip", slip).unwrap();
        assert_eq!(found(&db), Some((13, Fault::Added)));
    }

    /// Whoever removes the newest events with their links leaves no gap; the signed head knows.
    fn a_cut_off_end_is_found_by_a_head(db: TestDb) {
        twelve(&db);
        let head = signed(&db);
        assert_eq!((head.place, check_heads(&db, None, vec![head.clone()]).unwrap()), (12, None));
        tamper(&db, "DELETE FROM event WHERE object_id > 10");
        tamper(&db, "DELETE FROM chain WHERE place > 10");
        assert_eq!(found(&db), Some((12, Fault::Head)));
        let forged = sign(&Signer::of_seed(&[8; 32]).unwrap(), (10, head.seq, [0; 32]), NOW);
        let bad = |head: Head| check_heads(&db, Some(&[signer().public_key()]), vec![head]).unwrap().map(|bad| bad.fault);
        assert_eq!(bad(head.clone()), Some(Fault::Head));
        assert_eq!(bad(forged), Some(Fault::Signature));
        assert_eq!(bad(Head { place: 10, ..head }), Some(Fault::Signature));
    }

    /// What the desk does by its own ways: erasing and redacting with an event, purging with a tombstone.
    fn erasing_and_purging_leave_the_chain_valid(db: TestDb) {
        twelve(&db);
        let erase = |tx: &mut db::Tx<'_>| {
            tx.exec_text("DELETE FROM effect WHERE id = 4", &[])?;
            let draft = Draft { tenant: 1, object: "thing", object_id: 4, kind: "thing.erased", visibility: Visibility::Internal, payload: &4 };
            append(tx, &act(NOW), &draft)
        };
        db.write_wait("erase", erase).unwrap();
        assert_eq!(found(&db), None, "also before its link is written");
        says(&db, 5, 3);
        speak(&db, 5, 5);
        db.write_wait("purge", |tx| purge(tx, &act(NOW), 1, "thing", 6, "test")).unwrap();
        link(&db);
        assert_eq!(found(&db), None);
        tamper(&db, "UPDATE purge_tombstone SET events = 2");
        assert_eq!(found(&db), Some((6, Fault::Removed)), "a tombstone that says something else than the log");
    }

    fn links_of_an_earlier_version_hold_fewer_texts(db: TestDb) {
        says(&db, 1, 1);
        speak(&db, 1, 1);
        link_as(&db, Earlier);
        speak(&db, 2, 1);
        link(&db);
        assert_eq!(found(&db), None);
        tamper(&db, "UPDATE effect SET times = 2 WHERE id = 1");
        assert_eq!(found(&db), Some((2, Fault::Text(Text { kind: "note", id: 1 }))), "the newer link holds it");
        says(&db, 1, 1);
        tamper(&db, "UPDATE chain SET texts = (SELECT texts FROM chain WHERE place = 1) WHERE place = 2");
        assert_eq!(found(&db), Some((2, Fault::Link)), "a link does not lose its texts later");
        let earlier: Arc<dyn Texts> = Arc::new(Earlier);
        speak(&db, 3, 1);
        link(&db);
        let bad = verify(&db, &earlier, &[], Depth::Newest(1), |_| {}).unwrap().bad.map(|bad| (bad.place, bad.fault));
        assert_eq!(bad, Some((3, Fault::Changed)), "texts that nobody names");
    }

    /// The newest links are enough for a quick look, and everything comes out as one chain after a restart.
    fn a_chain_goes_on_where_it_stopped(db: TestDb) {
        twelve(&db);
        speak(&db, 13, 13);
        let db = db.reopen();
        link(&db);
        let texts: Arc<dyn Texts> = Arc::new(Notes);
        let quick = verify(&db, &texts, &[], Depth::Newest(5), |_| {}).unwrap();
        assert_eq!((quick.links, quick.all, quick.waiting, quick.bad), (5, 13, 0, None));
        signed(&db);
        let strange = |keys: &[Digest]| verify(&db, &texts, keys, Depth::All, |_| {}).unwrap().strange;
        assert_eq!((strange(&[]), strange(&[signer().public_key()])), (1, 0));
        let refused = db.write_wait("change", |tx| tx.exec_text("UPDATE chain SET seq = 0 WHERE place = 1", &[]));
        assert!(refused.is_err(), "the database refuses to change a link");
        tamper(&db, "UPDATE event SET kind = 'x' WHERE object_id = 2");
        assert_eq!(verify(&db, &texts, &[], Depth::Newest(5), |_| {}).unwrap().bad, None);
        assert_eq!(found(&db), Some((2, Fault::Changed)));
    }
}
