//! Reading the chain from its beginning and naming the first row that is not what it was.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use db::{Db, Rd, params, sql};
use kernel::{Result, Time};

use super::follow::FOLLOWER;
use super::{Digest, GONE, Head, Text, Texts, content, digest_of, head, link, purged};
use crate::append::Stored;
use crate::{Cursor, consumer};

/// Links read at once.
const PAGE: i64 = 500;
/// Numbers of events looked through at once for some that have no link.
const WINDOW: i64 = 20_000;

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// So many of the newest links.
    Newest(i64),
    All,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The event is not what it was.
    Changed,
    /// The event is gone, and no purge has removed it.
    Removed,
    /// The event was added later, or its link was removed.
    Added,
    /// A link is missing.
    Missing,
    /// The link does not follow from the one before it.
    Link,
    /// A text that the event speaks of is not what it was, and no later event tells why.
    Text(Text),
    /// A signed head says something else of this link.
    Head,
    /// A head is not signed by the key that it names, or that key is not one that is trusted.
    Signature,
}

/// The first row that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    pub place: i64,
    /// The number of the event, when it is known.
    pub seq: Option<i64>,
    /// What the event is about, such as `ticket` 7.
    pub object: Option<(String, i64)>,
    pub fault: Fault,
}

/// What a look at the chain found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Check {
    /// Links that were read.
    pub links: u64,
    /// All links.
    pub all: i64,
    /// Signed heads that were compared.
    pub heads: u64,
    /// Those of them that other keys have signed than the known ones: other nodes, or somebody else.
    pub strange: u64,
    /// Events that wait for their link.
    pub waiting: i64,
    pub bad: Option<Bad>,
}

db::row! {
    struct Line {
        place: i64,
        seq: i64,
        content: Vec<u8>,
        texts: Vec<u8>,
        link: Vec<u8>,
        tombstone: Option<i64>,
        tenant: Option<i64>,
        object: Option<String>,
        object_id: Option<i64>,
        kind: Option<String>,
        occurred: Option<Time>,
        recorded: Option<Time>,
        actor_kind: Option<String>,
        actor_id: Option<i64>,
        cause: Option<String>,
        visibility: Option<i64>,
        silent: Option<bool>,
        payload: Option<String>,
    }
}

impl Line {
    fn event(&mut self) -> Option<Stored> {
        Some(Stored {
            seq: self.seq,
            xid: 0,
            tenant: self.tenant?,
            object: self.object.take()?,
            object_id: self.object_id?,
            kind: self.kind.take()?,
            occurred: self.occurred?,
            recorded: self.recorded?,
            actor_kind: self.actor_kind.take()?,
            actor_id: self.actor_id?,
            cause: self.cause.take()?,
            visibility: self.visibility?,
            silent: self.silent?,
            payload: self.payload.take()?,
        })
    }
}

/// What is known while the chain is read.
struct Walk {
    place: i64,
    before: Digest,
    links: u64,
    bad: Option<Bad>,
    /// Texts that were not what their event says, by the place of that event: a later event may tell why.
    doubts: HashMap<Text, Bad>,
    /// Tombstones that are in order.
    tombstones: HashSet<i64>,
}

/// Reads the chain; `keys` are those whose heads are not counted as strange. May run beside a desk at
/// work: each page is of one moment.
///
/// # Errors
/// The database refuses.
pub fn verify(db: &Db, texts: &Arc<dyn Texts>, keys: &[Digest], depth: Depth, mut tick: impl FnMut(u64)) -> Result<Check> {
    let (all, after) = db.read_wait("chain.begin", move |rd| begin(rd, depth))?;
    let (place, since, before) = after;
    let mut walk = Walk { place, before, links: 0, bad: None, doubts: HashMap::new(), tombstones: HashSet::new() };
    loop {
        let (texts, began) = (Arc::clone(texts), walk.links);
        walk = db.read_wait("chain.page", move |rd| {
            let mut walk = walk;
            page(rd, &*texts, &mut walk)?;
            Ok(walk)
        })?;
        tick(walk.links);
        if walk.links == began {
            break;
        }
    }
    let (texts, doubts) = (Arc::clone(texts), std::mem::take(&mut walk.doubts));
    let (doubts, waiting) = db.read_wait("chain.tail", move |rd| tail(rd, &*texts, doubts))?;
    let mut found: BTreeMap<i64, Bad> = doubts.into_values().map(|bad| (bad.place, bad)).collect();
    if let Some(bad) = walk.bad {
        // Of two faults of one row the plainer one is told.
        found.insert(bad.place, bad);
    }
    let (heads, strange, bad_head) = stored_heads(db, keys, place)?;
    for bad in bad_head.into_iter().chain(added(db, since, walk.place)?) {
        found.entry(bad.place).or_insert(bad);
    }
    Ok(Check { links: walk.links, all, heads, strange, waiting, bad: found.into_values().next() })
}

/// Where to begin: after which place, event and link.
fn begin(rd: &mut Rd<'_>, depth: Depth) -> Result<(i64, (i64, i64, Digest))> {
    let all = rd.one(sql!(i64, "SELECT count(*) FROM chain"), &[])?;
    let Depth::Newest(count) = depth else { return Ok((all, (0, 0, GONE))) };
    let newest = head::newest(rd)?.map_or(0, |(place, _, _)| place);
    let found = rd.first(
        sql!((i64, i64, Vec<u8>), "SELECT place, seq, link FROM chain WHERE place <= $1 ORDER BY place DESC LIMIT 1"),
        &params![newest - count],
    )?;
    let after = found.map(|(place, seq, link)| Ok::<_, kernel::Error>((place, seq, digest_of(link)?))).transpose()?;
    Ok((all, after.unwrap_or((0, 0, GONE))))
}

fn page(rd: &mut Rd<'_>, texts: &dyn Texts, walk: &mut Walk) -> Result<()> {
    let mut lines = rd.all(
        sql!(
            Line,
            "SELECT c.place, c.seq, c.content, c.texts, c.link, p.tombstone, e.tenant_id, e.object, e.object_id, e.kind, e.occurred_at, \
             e.recorded_at, e.actor_kind, e.actor_id, e.cause, e.visibility, e.silent, e.payload FROM chain c \
             LEFT JOIN event e ON e.seq = c.seq LEFT JOIN purged_event p ON p.seq = c.seq WHERE c.place > $1 ORDER BY c.place LIMIT $2"
        ),
        &params![walk.place, PAGE],
    )?;
    let events: Vec<Option<Stored>> = lines.iter_mut().map(Line::event).collect();
    let named: Vec<Vec<Text>> =
        events.iter().map(|event| event.as_ref().map(|e| texts.named(&e.object, &e.payload)).unwrap_or_default()).collect();
    let digests = texts.digests(rd, &named.concat())?;
    for ((line, event), named) in lines.into_iter().zip(events).zip(named) {
        let object = event.as_ref().map(|event| (event.object.clone(), event.object_id));
        if let Some((place, fault)) = fault_of(rd, walk, &line, event.as_ref())? {
            let (place, seq) = (place, Some(line.seq).filter(|_| fault != Fault::Missing));
            walk.bad.get_or_insert(Bad { place, seq, object: object.clone().filter(|_| fault != Fault::Missing), fault });
        }
        // A link of an earlier version may hold fewer texts than are named today, as its digest says.
        if event.is_some() && (line.texts.len() > named.len() * GONE.len() || !line.texts.len().is_multiple_of(GONE.len())) {
            walk.bad.get_or_insert(Bad { place: line.place, seq: Some(line.seq), object: object.clone(), fault: Fault::Changed });
        }
        for (text, was) in named.iter().zip(line.texts.chunks(GONE.len())) {
            if digests.get(text).unwrap_or(&GONE) == was {
                walk.doubts.remove(text);
            } else {
                let bad = Bad { place: line.place, seq: Some(line.seq), object: object.clone(), fault: Fault::Text(*text) };
                walk.doubts.insert(*text, bad);
            }
        }
        walk.place = line.place;
        walk.before = digest_of(line.link)?;
        walk.links += 1;
    }
    Ok(())
}

/// What is wrong with a link or its event, and at which place.
fn fault_of(rd: &mut Rd<'_>, walk: &mut Walk, line: &Line, event: Option<&Stored>) -> Result<Option<(i64, Fault)>> {
    if line.place != walk.place + 1 {
        return Ok(Some((walk.place + 1, Fault::Missing)));
    }
    let kept: Option<Digest> = line.content.clone().try_into().ok();
    let fault = match (event, kept) {
        (Some(event), Some(kept)) if content(event) != kept => Some(Fault::Changed),
        (_, Some(kept)) if link(&walk.before, line.seq, &kept, &line.texts)[..] != line.link[..] => Some(Fault::Link),
        (_, None) => Some(Fault::Link),
        (Some(_), _) => None,
        (None, _) => match line.tombstone {
            Some(tombstone) if walk.tombstones.contains(&tombstone) => None,
            Some(tombstone) if purged::in_order(rd, tombstone)? => {
                walk.tombstones.insert(tombstone);
                None
            }
            _ => Some(Fault::Removed),
        },
    };
    Ok(fault.map(|fault| (line.place, fault)))
}

/// What events without a link yet say of texts that are not what they were; how many they are.
fn tail(rd: &mut Rd<'_>, texts: &dyn Texts, mut doubts: HashMap<Text, Bad>) -> Result<(HashMap<Text, Bad>, i64)> {
    // In a restored desk whose server has not run yet the cursor may be of no epoch that is known.
    let Ok(from) = consumer::place(rd, FOLLOWER) else { return Ok((doubts, 0)) };
    let mut cursor = from.cursor;
    let mut waiting = 0;
    while waiting < WINDOW {
        let events = unread(rd, cursor)?;
        let Some(last) = events.last() else { break };
        (cursor.xid, cursor.seq) = (last.xid, last.seq);
        waiting += i64::try_from(events.len()).unwrap_or(PAGE);
        for text in events.iter().flat_map(|event| texts.named(&event.object, &event.payload)) {
            doubts.remove(&text);
        }
    }
    Ok((doubts, waiting))
}

/// Events after a place, also those that the feed holds back while an older transaction runs: they are
/// committed, and so is what they tell of.
fn unread(rd: &mut Rd<'_>, after: Cursor) -> Result<Vec<Stored>> {
    rd.all(
        sql!(
            Stored,
            sqlite "SELECT seq, xid, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload \
                    FROM event WHERE +xid >= $1 AND seq > $2 ORDER BY seq LIMIT $3",
            postgres "SELECT seq, xid, tenant_id, object, object_id, kind, occurred_at, recorded_at, actor_kind, actor_id, cause, visibility, silent, payload \
                    FROM event WHERE (xid, seq) > ($1, $2) ORDER BY xid, seq LIMIT $3"
        ),
        &params![after.xid, after.seq, PAGE],
    )
}

/// The first event that the chain has passed and that has no link.
fn added(db: &Db, since: i64, newest: i64) -> Result<Option<Bad>> {
    let until = db.read_wait("chain.newest", |rd| rd.one(sql!(i64, "SELECT COALESCE(max(seq), 0) FROM event"), &[]))?;
    let mut from = since;
    while from < until {
        let (begin, end) = (from, from + WINDOW);
        let found = db.read_wait("chain.added", move |rd| {
            let Ok(place) = consumer::place(rd, FOLLOWER) else { return Ok(None) };
            rd.first(
                sql!(
                    (i64, String, i64),
                    "SELECT e.seq, e.object, e.object_id FROM event e LEFT JOIN chain c ON c.seq = e.seq \
                     WHERE e.seq > $1 AND e.seq <= $2 AND c.seq IS NULL AND (e.xid, e.seq) <= ($3, $4) ORDER BY e.seq LIMIT 1"
                ),
                &params![begin, end, place.cursor.xid, place.cursor.seq],
            )
        })?;
        if let Some((seq, object, id)) = found {
            // It has no place: it stands before the first link of a later event.
            let after = db.read_wait("chain.after", move |rd| {
                rd.first(sql!(i64, "SELECT place FROM chain WHERE seq > $1 ORDER BY seq LIMIT 1"), &params![seq])
            })?;
            return Ok(Some(Bad { place: after.unwrap_or(newest + 1), seq: Some(seq), object: Some((object, id)), fault: Fault::Added }));
        }
        from = end;
    }
    Ok(None)
}

/// Compares the heads that the database keeps, from a place on.
fn stored_heads(db: &Db, keys: &[Digest], after: i64) -> Result<(u64, u64, Option<Bad>)> {
    let (mut below, mut count, mut strange, mut first) = (i64::MAX, 0, 0, None);
    loop {
        let heads = db.read_wait("chain.heads", move |rd| head::heads(rd, below, PAGE))?;
        let Some(last) = heads.last() else { break };
        below = last.place;
        let heads: Vec<Head> = heads.into_iter().filter(|head| head.place > after).collect();
        if heads.is_empty() {
            break;
        }
        count += heads.len() as u64;
        strange += heads.iter().filter(|head| !is_of(keys, head)).count() as u64;
        if let Some(bad) = check_heads(db, None, heads)? {
            first = Some(bad);
        }
    }
    Ok((count, strange, first))
}

fn is_of(keys: &[Digest], head: &Head) -> bool {
    keys.iter().any(|key| key[..] == head.public_key[..])
}

/// Compares heads, which may have been kept elsewhere, with the links; answers the first that does not
/// fit. With `keys` only those may have signed.
///
/// # Errors
/// The database refuses.
pub fn check_heads(db: &Db, keys: Option<&[Digest]>, mut heads: Vec<Head>) -> Result<Option<Bad>> {
    heads.sort_by_key(|head| head.place);
    for head in heads {
        let bad = |fault| Bad { place: head.place, seq: Some(head.seq), object: None, fault };
        if !head.is_signed() || keys.is_some_and(|keys| !is_of(keys, &head)) {
            return Ok(Some(bad(Fault::Signature)));
        }
        let place = head.place;
        let found = db.read_wait("chain.head", move |rd| {
            rd.first(sql!((i64, Vec<u8>), "SELECT seq, link FROM chain WHERE place = $1"), &params![place])
        })?;
        if found != Some((head.seq, head.link.clone())) {
            return Ok(Some(bad(Fault::Head)));
        }
    }
    Ok(None)
}
