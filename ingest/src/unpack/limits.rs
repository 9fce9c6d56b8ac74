//! How much is read at most. Every limit is settable; what it leaves out is told in the ledger.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Error, Read, Result};
use std::rc::Rc;

/// The most that is read of one input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes of one document, and of an archive held in memory because it stands inside another.
    pub document: u64,
    /// Containers inside each other: 1 opens `a.tar` but no archive within.
    pub depth: usize,
    /// Bytes that one compressed byte may become, beyond the first 16 MiB.
    pub ratio: u64,
    /// Bytes that one input may become in all.
    pub unpacked: u64,
    /// Seconds for one input. None: a run that is cut off by the clock gives other bytes on another machine.
    pub seconds: Option<u64>,
}

impl Default for Limits {
    fn default() -> Limits {
        // 64 MiB: the largest of 316 pages measured has 4.1 MB. 250: pages compress 4 to 30 times, logs up to 100;
        // deflate reaches 1,032 on zeros alone. 256 GiB: the largest monthly crawl of news in one archive is far smaller.
        Limits { document: 64 << 20, depth: 6, ratio: 250, unpacked: 256 << 30, seconds: None }
    }
}

/// Bytes that any compressed stream may become, whatever its ratio.
const FREE: u64 = 16 << 20;

/// Returns a size for people: `64 MiB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        n if n >= 1 << 30 && n % (1 << 30) == 0 => format!("{} GiB", n >> 30),
        n if n >= 1 << 20 && n % (1 << 20) == 0 => format!("{} MiB", n >> 20),
        n if n >= 1 << 10 && n % (1 << 10) == 0 => format!("{} KiB", n >> 10),
        n => format!("{n} bytes"),
    }
}

/// A reader that counts what is taken from it.
pub(super) struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R> Counted<R> {
    pub(super) fn new(inner: R) -> Counted<R> {
        Counted { inner, count: Rc::new(Cell::new(0)) }
    }

    /// Returns the bytes taken so far.
    pub(super) fn position(&self) -> u64 {
        self.count.get()
    }

    /// Returns a handle to the count.
    pub(super) fn counter(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.count)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.set(self.count.get() + n as u64);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.inner.consume(n);
        self.count.set(self.count.get() + n as u64);
    }
}

/// A decompressing reader that stops when it gives far more than it takes.
pub(super) struct Bounded<D> {
    decoder: D,
    taken: Rc<Cell<u64>>,
    taken_before: u64,
    given: u64,
    ratio: u64,
}

impl<D: Read> Bounded<D> {
    /// Wraps the decoder that `decode` makes of a counted reader.
    pub(super) fn new<R>(reader: R, ratio: u64, decode: impl FnOnce(Counted<R>) -> D) -> BufReader<Bounded<D>> {
        let counted = Counted::new(reader);
        let taken = counted.counter();
        Bounded::over(decode(counted), taken, ratio)
    }

    /// Wraps a decoder whose input `taken` counts.
    pub(super) fn over(decoder: D, taken: Rc<Cell<u64>>, ratio: u64) -> BufReader<Bounded<D>> {
        let taken_before = taken.get();
        BufReader::with_capacity(1 << 16, Bounded { decoder, taken, taken_before, given: 0, ratio })
    }

    /// Wraps a decoder whose whole input has `packed` bytes.
    pub(super) fn of(decoder: D, packed: u64, ratio: u64) -> BufReader<Bounded<D>> {
        let taken = Rc::new(Cell::new(packed));
        BufReader::with_capacity(1 << 16, Bounded { decoder, taken, taken_before: 0, given: 0, ratio })
    }
}

impl<D: Read> Read for Bounded<D> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let n = self.decoder.read(buffer)?;
        self.given += n as u64;
        let taken = self.taken.get() - self.taken_before;
        if self.given > FREE && self.given > taken.saturating_mul(self.ratio) {
            return Err(Error::other(format!(
                "grows more than {} times in unpacking: stopped at {} bytes",
                self.ratio, self.given
            )));
        }
        Ok(n)
    }
}
