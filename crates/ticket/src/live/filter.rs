//! A filter over the sets: the same answers as its SQL, among the open tickets.

use std::ops::RangeInclusive;

use query::{Node, Scalar, Test};
use roaring::RoaringBitmap;

use super::sets::Sets;
use super::terms::{Home, homes};

/// Those of some for which the condition holds. Nothing when the sets do not know all that it asks for.
pub(super) fn holds(sets: &Sets, node: &Node, among: &RoaringBitmap) -> Option<RoaringBitmap> {
    Some(match node {
        Node::Literal(true) => among.clone(),
        Node::Literal(false) => RoaringBitmap::new(),
        Node::All(of) => {
            let mut left = among.clone();
            // What walks the digits of moments comes last, when few are left.
            for late in [false, true] {
                for node in of.iter().filter(|node| is_late(node) == late) {
                    left = holds(sets, node, &left)?;
                }
            }
            left
        }
        Node::Any(of) => {
            let mut found = RoaringBitmap::new();
            for node in of {
                found |= holds(sets, node, among)?;
            }
            found
        }
        Node::Not(of) => among - holds(sets, of, among)?,
        Node::Test(source, test) => {
            let mut found = RoaringBitmap::new();
            for home in homes(source)? {
                found |= tested(sets, home, test, among)?;
            }
            found
        }
    })
}

fn is_late(node: &Node) -> bool {
    match node {
        Node::Literal(_) => false,
        Node::All(of) | Node::Any(of) => of.iter().any(is_late),
        Node::Not(of) => is_late(of),
        Node::Test(_, test) => matches!(test, Test::Range { .. }),
    }
}

fn tested(sets: &Sets, home: Home, test: &Test, among: &RoaringBitmap) -> Option<RoaringBitmap> {
    match test {
        Test::Present => Some(match home {
            Home::Open | Home::Number => among.clone(),
            Home::Values(family) => sets.present(family).map_or_else(RoaringBitmap::new, |set| set & among),
            Home::Moments(clock) => sets.clock(clock).map_or_else(RoaringBitmap::new, |slices| slices.present() & among),
        }),
        Test::Constant(number) => Some(is(sets, home, &Scalar::Int(*number), among)),
        Test::In(values) => {
            let mut found = RoaringBitmap::new();
            values.iter().for_each(|value| found |= is(sets, home, value, among));
            Some(found)
        }
        Test::Range { from, to } => Some(ranged(sets, home, from.unwrap_or(i64::MIN)..=to.unwrap_or(i64::MAX), among)),
        Test::Words(_) | Test::AtLeastColumn(_) | Test::Within { .. } => None,
    }
}

fn is(sets: &Sets, home: Home, value: &Scalar, among: &RoaringBitmap) -> RoaringBitmap {
    match (home, value) {
        (Home::Values(family), value) => sets.of(family, value).map_or_else(RoaringBitmap::new, |set| set & among),
        (Home::Open, Scalar::Int(1)) => among.clone(),
        (Home::Number | Home::Moments(_), Scalar::Int(number)) => ranged(sets, home, *number..=*number, among),
        (Home::Open | Home::Number | Home::Moments(_), _) => RoaringBitmap::new(),
    }
}

fn ranged(sets: &Sets, home: Home, range: RangeInclusive<i64>, among: &RoaringBitmap) -> RoaringBitmap {
    match home {
        Home::Open if range.contains(&1) => among.clone(),
        Home::Open => RoaringBitmap::new(),
        Home::Number => {
            let (from, to) = (u32::try_from((*range.start()).max(0)), u32::try_from((*range.end()).min(u32::MAX.into())));
            let (Ok(from), Ok(to)) = (from, to) else { return RoaringBitmap::new() };
            let mut kept = among.clone();
            kept.remove_range(..from);
            if to < u32::MAX {
                kept.remove_range(to + 1..);
            }
            kept
        }
        Home::Values(family) => sets.numbers(family, &range) & among,
        Home::Moments(clock) => sets.clock(clock).map_or_else(RoaringBitmap::new, |slices| slices.range(range, among)),
    }
}
