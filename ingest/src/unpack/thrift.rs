//! Looks over what a Parquet table says of itself (Thrift's compact protocol) before its reader does: that one counts
//! through lists of billions which take no bytes, and follows columns in columns until the stack ends.

/// Structs and lists in each other, and columns in columns. guess: tables of news have at most five.
const DEEPEST: usize = 40;

/// Says whether metadata can be given to the reader: whole, lists no longer than their bytes, little nesting.
pub(super) fn is_sane(metadata: &[u8]) -> bool {
    let mut thrift = Thrift { bytes: metadata };
    let is_schema = |field: i64, kind: u8| field == 2 && kind == LIST;
    thrift
        .fields(|thrift, field, kind| if is_schema(field, kind) { thrift.schema() } else { thrift.skip(kind, DEEPEST) })
        .is_some()
}

const I32: u8 = 5;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// What is not yet read. Each step gives nothing where the bytes are no such thing.
struct Thrift<'a> {
    bytes: &'a [u8],
}

impl<'a> Thrift<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|taken| taken[0])
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// Reads a signed number: its lowest bit is the sign.
    fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// Reads the fields of a struct; `read` gets the number and the type of each and must take its value.
    fn fields(&mut self, mut read: impl FnMut(&mut Self, i64, u8) -> Option<()>) -> Option<()> {
        let mut field = 0;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            field = if head >> 4 == 0 { self.signed()? } else { field + i64::from(head >> 4) };
            read(self, field, head & 0x0f)?;
        }
    }

    /// Reads the head of a list: how many things, and of which type. Truths and things without bytes are not listed.
    fn list(&mut self) -> Option<(usize, u8)> {
        let head = self.byte()?;
        let count = if head >> 4 == 15 { usize::try_from(self.number()?).ok()? } else { usize::from(head >> 4) };
        (count <= self.bytes.len() && (count == 0 || head & 0x0f > 2)).then_some((count, head & 0x0f))
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        let below = depth.checked_sub(1)?;
        match kind {
            1 | 2 => Some(()),
            3 => self.take(1).map(drop),
            4..=6 => self.number().map(drop),
            7 => self.take(8).map(drop),
            8 => {
                let len = usize::try_from(self.number()?).ok()?;
                self.take(len).map(drop)
            }
            LIST | 10 => {
                let (count, of) = self.list()?;
                (0..count).try_for_each(|_| self.skip(of, below))
            }
            STRUCT => self.fields(|thrift, _, kind| thrift.skip(kind, below)),
            // Parquet has no maps.
            _ => None,
        }
    }

    /// Reads the list of columns: each but the last says how many of the next lie in it.
    fn schema(&mut self) -> Option<()> {
        let (count, of) = self.list()?;
        let mut open: Vec<i64> = Vec::new();
        for _ in 0..count {
            let mut children = 0;
            let read = |thrift: &mut Self, field, kind| {
                if (field, kind) == (5, I32) {
                    children = thrift.signed()?;
                    return Some(());
                }
                thrift.skip(kind, DEEPEST)
            };
            (of == STRUCT).then(|| self.fields(read))??;
            while open.last().is_some_and(|left| *left <= 0) {
                open.pop();
            }
            if let Some(left) = open.last_mut() {
                *left -= 1;
            }
            if children > 0 {
                open.push(children);
            }
            if open.len() > DEEPEST {
                return None;
            }
        }
        Some(())
    }
}
