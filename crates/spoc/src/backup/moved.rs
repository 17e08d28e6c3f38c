//! What a restore changes in the rows, because the desk goes on at another place and time: the feed
//! gets a new epoch (the moment of the restore, so that two restores of one backup differ), its order no transactions, followers stand before the first event they have not
//! seen, and nobody is signed in.

use kernel::Time;

use super::cell::Cell;
use crate::exit::{self, Failure};

/// The columns of a table and its rows.
pub type Table = (Vec<String>, Vec<Vec<Cell>>);

/// Tables whose rows are left behind: who is signed in, and links that work once.
const LEFT: [&str; 2] = ["session", "one_time"];

/// Rows on their way; needs the table `consumer` before `event`, which the alphabet gives.
pub struct Moved {
    /// The smallest epoch that no earlier restore had.
    least_epoch: i64,
    /// The new epoch, once the installation's row has passed.
    epoch: Option<i64>,
    followers: Vec<Follower>,
    last_seq: i64,
}

struct Follower {
    row: Vec<Cell>,
    columns: Vec<String>,
    /// Where it stood in the order of the place that was left.
    stood: (i64, i64),
    /// The smallest number of an event it has not seen.
    unseen: Option<i64>,
}

impl Moved {
    /// For a restore that happens now.
    pub fn at(now: Time) -> Self {
        Self { least_epoch: now.0 / Time::SECOND, epoch: None, followers: Vec::new(), last_seq: 0 }
    }

    /// The rows to write now.
    ///
    /// # Errors
    /// A column is missing that must be there.
    pub fn rows(&mut self, table: &str, columns: &[String], mut rows: Vec<Vec<Cell>>) -> Result<Vec<Vec<Cell>>, Failure> {
        if LEFT.contains(&table) {
            return Ok(Vec::new());
        }
        match table {
            "installation" => {
                let (name, value) = (place(columns, "name")?, place(columns, "value")?);
                for row in rows.iter_mut().filter(|row| row[name].text() == Some("epoch")) {
                    let epoch = row[value].text().and_then(|text| text.parse::<i64>().ok()).unwrap_or(1);
                    let epoch = self.least_epoch.max(epoch + 1);
                    row[value] = Cell::Text(epoch.to_string());
                    self.epoch = Some(epoch);
                }
            }
            "consumer" => {
                let (xid, seq) = (place(columns, "xid")?, place(columns, "seq")?);
                for row in rows.drain(..) {
                    let stood = (row[xid].int().unwrap_or(0), row[seq].int().unwrap_or(0));
                    self.followers.push(Follower { row, columns: columns.to_vec(), stood, unseen: None });
                }
            }
            "event" => {
                let (xid, seq) = (place(columns, "xid")?, place(columns, "seq")?);
                for row in &mut rows {
                    let here = (row[xid].int().unwrap_or(0), row[seq].int().unwrap_or(0));
                    self.last_seq = self.last_seq.max(here.1);
                    for follower in self.followers.iter_mut().filter(|follower| here > follower.stood) {
                        follower.unseen = Some(follower.unseen.map_or(here.1, |seq| seq.min(here.1)));
                    }
                    row[xid] = Cell::Int(0);
                }
            }
            _ => {}
        }
        Ok(rows)
    }

    /// The followers at their new places, when everything else is written.
    ///
    /// # Errors
    /// A column is missing that must be there.
    pub fn followers(self) -> Result<Option<Table>, Failure> {
        let Some(columns) = self.followers.first().map(|follower| follower.columns.clone()) else { return Ok(None) };
        let (epoch, xid, seq) = (place(&columns, "epoch")?, place(&columns, "xid")?, place(&columns, "seq")?);
        let mut rows = Vec::new();
        for follower in self.followers {
            let mut row = follower.row;
            row[epoch] = Cell::Int(self.epoch.unwrap_or(1));
            row[xid] = Cell::Int(0);
            row[seq] = Cell::Int(follower.unseen.map_or(self.last_seq, |first| first - 1));
            rows.push(row);
        }
        Ok(Some((columns, rows)))
    }

    /// How many rows of a table remain of so many.
    pub fn expected(table: &str, rows: u64) -> u64 {
        if LEFT.contains(&table) { 0 } else { rows }
    }
}

fn place(columns: &[String], name: &str) -> Result<usize, Failure> {
    let missing = || Failure::new(exit::DAMAGED, format!("the backup has no column {name} where one must be"));
    columns.iter().position(|column| column == name).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> Vec<String> {
        all.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_follower_sees_everything_it_had_not_seen_and_the_feed_has_a_new_epoch() {
        let mut moved = Moved::at(Time(3 * Time::SECOND));
        let consumer = names(&["name", "epoch", "xid", "seq"]);
        let row = |name: &str, xid: i64, seq: i64| vec![Cell::Text(name.to_owned()), Cell::Int(1), Cell::Int(xid), Cell::Int(seq)];
        let passed = moved.rows("consumer", &consumer, vec![row("behind", 7, 3), row("ahead", 9, 4)]);
        assert_eq!(passed.ok().map(|rows| rows.len()), Some(0));
        // Transaction 9 drew its number before transaction 8 did, and committed after it.
        let event = names(&["seq", "xid"]);
        let events = [(1, 6), (3, 7), (5, 8), (4, 9)].map(|(seq, xid)| vec![Cell::Int(seq), Cell::Int(xid)]);
        let events = moved.rows("event", &event, events.to_vec()).ok();
        assert!(events.is_some_and(|rows| rows.len() == 4 && rows.iter().all(|row| row[1] == Cell::Int(0))));
        let installation = vec![vec![Cell::Text("epoch".to_owned()), Cell::Text("4".to_owned())]];
        let installed = moved.rows("installation", &names(&["name", "value"]), installation).ok();
        assert_eq!(installed, Some(vec![vec![Cell::Text("epoch".to_owned()), Cell::Text("5".to_owned())]]));
        let followers = moved.followers().ok().flatten().map(|(_, rows)| rows);
        let at = |name: &str, seq: i64| vec![Cell::Text(name.to_owned()), Cell::Int(5), Cell::Int(0), Cell::Int(seq)];
        assert_eq!(followers, Some(vec![at("behind", 3), at("ahead", 5)]));
    }

    #[test]
    fn nobody_stays_signed_in() {
        let rows = Moved::at(Time(0)).rows("session", &names(&["id"]), vec![vec![Cell::Int(1)]]).ok();
        assert_eq!((rows, Moved::expected("session", 1)), (Some(Vec::new()), 0));
    }
}
