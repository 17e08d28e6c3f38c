//! Where a follower stands in the log.

use kernel::{Error, Result};

/// A place in the log: (epoch, transaction, sequence). The epoch rises with every restore, so that a
/// place from before it is recognised. Opaque to clients, in the form `epoch-xid-seq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cursor {
    pub epoch: i64,
    pub xid: i64,
    pub seq: i64,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", self.epoch, self.xid, self.seq)
    }
}

impl std::str::FromStr for Cursor {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let mut parts = text.split('-').map(str::parse::<i64>);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Ok(epoch)), Some(Ok(xid)), Some(Ok(seq)), None) if epoch >= 0 && xid >= 0 && seq >= 0 => Ok(Self { epoch, xid, seq }),
            _ => Err(Error::invalid("cursor", "error-cursor")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_text_and_junk_is_refused() {
        let cursor = Cursor { epoch: 2, xid: 977, seq: 41 };
        assert_eq!(cursor.to_string().parse::<Cursor>().expect("parses"), cursor);
        for junk in ["", "1", "1-2", "1-2-3-4", "a-b-c", "1--2-3", "9999999999999999999-0-0"] {
            assert!(junk.parse::<Cursor>().is_err(), "{junk}");
        }
    }
}
