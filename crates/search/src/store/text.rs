//! Messages of tickets, as many as are found by their words: first which there are, then their texts in
//! parts. A conversation of fifty thousand messages costs no more memory than one of a few hundred.

use std::collections::HashMap;

use db::Rd;
use kernel::Result;
use sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};

use super::padded;

/// Messages of one ticket that are found by their words: the newest, and the first.
const MOST_MESSAGES: usize = 2_000;
/// Bytes of them.
const MOST_BYTES: i64 = 512 << 10;
/// Letters of one text.
const MOST_LETTERS: i64 = 256 << 10;
/// Rows of one statement about many tickets.
const MOST_ROWS: usize = 20_000;

/// A message, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    pub id: i64,
    pub public: bool,
    pub bytes: i64,
}

/// Messages by ticket, the newest first and the very first last.
pub type Conversations = HashMap<i64, Vec<Message>>;

/// The messages of these tickets that are found by their words.
///
/// # Errors
/// The database refuses.
pub fn conversations(rd: &mut Rd<'_>, tickets: &[i64]) -> Result<Conversations> {
    let mut found = Conversations::new();
    if tickets.is_empty() {
        return Ok(found);
    }
    let select = messages(tickets).order_by(("placement", "message_id"), Order::Desc).limit(MOST_ROWS as u64 + 1).to_owned();
    let rows: Vec<(i64, i64, bool, i64)> = rd.select(&select)?;
    if rows.len() <= MOST_ROWS {
        for (ticket, id, public, bytes) in rows {
            found.entry(ticket).or_default().push(Message { id, public, bytes });
        }
    } else {
        for ticket in tickets {
            found.insert(*ticket, long(rd, *ticket)?);
        }
    }
    for of_ticket in found.values_mut() {
        cut(of_ticket);
    }
    Ok(found)
}

/// One conversation that may be very long: by the primary key from its end, so that no more of it is
/// looked at than is wanted.
fn long(rd: &mut Rd<'_>, ticket: i64) -> Result<Vec<Message>> {
    let mut all = Vec::new();
    for (order, limit) in [(Order::Desc, MOST_MESSAGES as u64), (Order::Asc, 1)] {
        let select = messages(&[ticket]).order_by(("placement", "message_id"), order).limit(limit).to_owned();
        let rows: Vec<(i64, i64, bool, i64)> = rd.select(&select)?;
        all.extend(rows.into_iter().map(|(_, id, public, bytes)| Message { id, public, bytes }));
    }
    all.dedup_by_key(|message| message.id);
    Ok(all)
}

/// Keeps the newest within the limits, and the first: it says what all is about.
fn cut(all: &mut Vec<Message>) {
    let Some(first) = all.pop() else { return };
    let mut room = MOST_BYTES - Ord::min(first.bytes, MOST_BYTES / 2);
    let mut fits = |message: &Message| {
        room -= message.bytes;
        room >= 0
    };
    let kept = all.iter().take(MOST_MESSAGES).take_while(|message| fits(message)).count();
    all.truncate(kept);
    all.push(first);
}

fn messages(tickets: &[i64]) -> SelectStatement {
    Query::select()
        .columns([("placement", "ticket_id"), ("placement", "message_id")])
        // What a merge brought for the desk only is no more than a note here.
        .expr(Expr::cust("message.public * (1 - placement.desk)"))
        .expr(Func::cust("octet_length").arg(Expr::col(("message_body", "body"))))
        .from("placement")
        .inner_join("message", Expr::col(("message", "id")).equals(("placement", "message_id")))
        .inner_join("message_body", Expr::col(("message_body", "message_id")).equals(("message", "id")))
        .and_where(Expr::col(("placement", "ticket_id")).is_in(padded(tickets)))
        .to_owned()
}

/// The texts of messages, without what stands beyond the limit of one.
///
/// # Errors
/// The database refuses.
pub fn bodies(rd: &mut Rd<'_>, messages: &[i64]) -> Result<HashMap<i64, String>> {
    let mut found = HashMap::new();
    for part in messages.chunks(512) {
        let select = Query::select()
            .column("message_id")
            .expr(Func::cust("substr").arg(Expr::col("body")).arg(1_i64).arg(MOST_LETTERS))
            .from("message_body")
            .and_where(Expr::col("message_id").is_in(padded(part)))
            .to_owned();
        found.extend(rd.select::<(i64, String)>(&select)?);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_and_the_first_are_kept() {
        let message = |id, bytes| Message { id, public: true, bytes };
        let mut short = vec![message(2, 10), message(1, 10)];
        cut(&mut short);
        assert_eq!(short.len(), 2);
        let mut long: Vec<Message> = (1..=5_000).rev().map(|id| message(id, 10)).collect();
        cut(&mut long);
        assert_eq!((long.len(), long[0].id, long[2_000].id), (2_001, 5_000, 1));
        let mut large: Vec<Message> = (1..=100).rev().map(|id| message(id, MOST_BYTES / 10)).collect();
        cut(&mut large);
        assert_eq!((large.len(), large[0].id, large[9].id), (10, 100, 1), "nine tenths, and the first");
    }
}
