//! How many connections one address holds.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;

/// Open connections by address; copies share the count.
#[derive(Debug, Clone)]
pub(super) struct Slots {
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
    most: usize,
}

/// A place that is given back when dropped.
#[derive(Debug)]
pub(super) struct Slot {
    slots: Slots,
    key: Option<IpAddr>,
}

impl Slots {
    pub(super) fn new(most: usize) -> Self {
        Self { open: Arc::default(), most }
    }

    /// A place for one more connection of `address`, unless it holds too many.
    pub(super) fn take(&self, address: IpAddr) -> Option<Slot> {
        let key = network(address);
        let mut open = self.open.lock();
        let count = open.entry(key).or_insert(0);
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Slot { slots: self.clone(), key: Some(key) })
    }

    /// A place that is not counted.
    pub(super) fn free(&self) -> Slot {
        Slot { slots: self.clone(), key: None }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let Some(key) = self.key else { return };
        let mut open = self.slots.open.lock();
        if let Some(count) = open.get_mut(&key) {
            *count -= 1;
            if *count == 0 {
                open.remove(&key);
            }
        }
    }
}

/// One IPv6 customer has a /64 network at least, so the network counts, not the address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) if !v6.is_loopback() => {
            let bits = u128::from(v6) & (u128::MAX << 64);
            IpAddr::V6(bits.into())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_by_network_and_given_back() {
        let slots = Slots::new(2);
        let (a, b) = ("2001:db8::1".parse().unwrap(), "2001:db8::ffff".parse().unwrap());
        let first = slots.take(a).unwrap();
        let _second = slots.take(b).unwrap();
        assert!(slots.take(a).is_none());
        assert!(slots.take("192.0.2.1".parse().unwrap()).is_some());
        drop(first);
        assert!(slots.take(b).is_some());
        let mapped = Slots::new(1);
        let _held = mapped.take("::ffff:192.0.2.1".parse().unwrap()).unwrap();
        assert!(mapped.take("192.0.2.1".parse().unwrap()).is_none());
    }
}
