//! Numbers and words as bytes, for caches: small numbers are short, and bytes that nobody packed are noticed. What is promised
//! to outsiders is never written so.

/// Adds a number, seven bits a byte, the lowest first.
pub fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Adds a number that may be negative.
pub fn put_signed(out: &mut Vec<u8>, number: i32) {
    put(out, u64::from(((number << 1) ^ (number >> 31)) as u32));
}

/// Adds words.
pub fn put_str(out: &mut Vec<u8>, words: &str) {
    put(out, words.len() as u64);
    out.extend_from_slice(words.as_bytes());
}

/// Adds whether there are words, and the words.
pub fn put_maybe(out: &mut Vec<u8>, words: Option<&str>) {
    put(out, u64::from(words.is_some()));
    if let Some(words) = words {
        put_str(out, words);
    }
}

/// Adds rising numbers by the steps between them.
pub fn put_rising(out: &mut Vec<u8>, numbers: &[u32]) {
    put(out, numbers.len() as u64);
    let mut before = 0;
    for &number in numbers {
        put(out, u64::from(number.wrapping_sub(before)));
        before = number;
    }
}

/// Bytes that are being read. Each answer is none where they end early or hold what was never packed.
#[derive(Clone, Copy, Debug)]
pub struct Unpack<'a> {
    bytes: &'a [u8],
}

impl<'a> Unpack<'a> {
    /// Begins to read.
    pub fn new(bytes: &'a [u8]) -> Unpack<'a> {
        Unpack { bytes }
    }

    /// Says whether all was read.
    pub fn is_done(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Returns what is left.
    pub fn rest(self) -> &'a [u8] {
        self.bytes
    }

    /// Takes so many bytes.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    /// Reads a byte.
    pub fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|taken| taken[0])
    }

    /// Reads what [`put`] wrote.
    pub fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
            if shift > 63 {
                return None;
            }
        }
    }

    /// Reads a number of at most 32 bits.
    pub fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// Reads what [`put_signed`] wrote.
    pub fn signed(&mut self) -> Option<i32> {
        let number = self.small()?;
        Some((number >> 1) as i32 ^ -((number & 1) as i32))
    }

    /// Reads how many things follow, each of at least one byte: no more than there are bytes.
    pub fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|&count| count <= self.bytes.len())
    }

    /// Reads what [`put_str`] wrote.
    pub fn words(&mut self) -> Option<&'a str> {
        let count = self.count()?;
        std::str::from_utf8(self.take(count)?).ok()
    }

    /// Reads what [`put_maybe`] wrote.
    pub fn maybe(&mut self) -> Option<Option<String>> {
        match self.number()? {
            0 => Some(None),
            _ => self.words().map(|words| Some(words.to_owned())),
        }
    }

    /// Reads a list of things, each of at least one byte.
    pub fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        // Room for what is there, not for what a damaged number claims, and not for twice as much.
        let mut list = Vec::new();
        for n in 0..count {
            if list.len() == list.capacity() {
                list.reserve_exact((count - n).min(n.max(1 << 10)));
            }
            list.push(read(self)?);
        }
        Some(list)
    }

    /// Reads what [`put_rising`] wrote.
    pub fn rising(&mut self) -> Option<Vec<u32>> {
        let mut before = 0_u32;
        self.list(|from| {
            before = before.wrapping_add(from.small()?);
            Some(before)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_read_again_and_what_is_cut_off_is_noticed() {
        let mut out = Vec::new();
        [0, 127, 128, u64::MAX].iter().for_each(|&n| put(&mut out, n));
        [0, -1, i32::MIN, i32::MAX].iter().for_each(|&n| put_signed(&mut out, n));
        put_str(&mut out, "Weir Road");
        put_rising(&mut out, &[3, 9, 4_000_000_000]);
        let read = |bytes: &[u8]| -> Option<()> {
            let mut from = Unpack::new(bytes);
            assert_eq!([from.number()?, from.number()?, from.number()?, from.number()?], [0, 127, 128, u64::MAX]);
            assert_eq!([from.signed()?, from.signed()?, from.signed()?, from.signed()?], [0, -1, i32::MIN, i32::MAX]);
            assert_eq!(from.words()?, "Weir Road");
            assert_eq!(from.rising()?, [3, 9, 4_000_000_000]);
            from.is_done().then_some(())
        };
        assert_eq!(read(&out), Some(()));
        assert!((0..out.len()).all(|end| read(&out[..end]).is_none()));
    }
}
