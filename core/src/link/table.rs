//! Numbers for words: a small open-addressing table whose answers depend on the order of asking alone.

/// Gives each key it meets the next free number, from 0 on.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Number of a key plus one; 0 is a free slot. Its length is a power of two.
    slots: Vec<u32>,
    keys: Vec<u64>,
}

impl Table {
    /// Returns the number of a key, a new one if it was not known.
    pub(super) fn id(&mut self, key: u64) -> u32 {
        if (self.keys.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let at = self.slot(key);
        if self.slots[at] == 0 {
            self.keys.push(key);
            self.slots[at] = self.keys.len() as u32;
        }
        self.slots[at] - 1
    }

    /// Returns the number of a key that is known.
    pub(super) fn find(&self, key: u64) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        self.slots[self.slot(key)].checked_sub(1)
    }

    /// Asks for what tells of keys whether they are known, all at once.
    pub(super) fn touch(&self, keys: impl Iterator<Item = u64>) {
        let slots = keys.map(|key| self.slots.get(mix(key) as usize & self.slots.len().wrapping_sub(1)).copied());
        std::hint::black_box(slots.fold(0, |sum, slot| sum ^ slot.unwrap_or_default()));
    }

    /// Returns the key of a number that was given.
    pub(super) fn key(&self, number: u32) -> u64 {
        self.keys[number as usize]
    }

    /// Returns the slot that holds the key, or the free one where it belongs.
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = mix(key) as usize & mask;
        while self.slots[at] != 0 && self.keys[self.slots[at] as usize - 1] != key {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(1024)];
        for n in 0..self.keys.len() {
            let at = self.slot(self.keys[n]);
            self.slots[at] = n as u32 + 1;
        }
    }
}

/// Spreads a key over all bits (the finaliser of MurmurHash3).
pub(super) fn mix(key: u64) -> u64 {
    let mut k = key;
    k ^= k >> 33;
    k = k.wrapping_mul(0xff51_afd7_ed55_8ccd);
    k ^= k >> 33;
    k = k.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    k ^ (k >> 33)
}

/// Joins a key to those before it; order counts.
pub(super) fn join(so_far: u64, key: u64) -> u64 {
    mix(so_far.rotate_left(23) ^ key.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_numbers_while_the_table_grows() {
        let mut table = Table::default();
        let first: Vec<u32> = (0..5000).map(|k| table.id(k * 7)).collect();
        assert_eq!(first, (0..5000).collect::<Vec<u32>>());
        assert_eq!(table.id(7 * 4999), 4999);
        assert_eq!((table.find(7 * 4999), table.find(1)), (Some(4999), None));
    }
}
