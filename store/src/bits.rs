//! Reports of a part of the index, one bit each: what many conditions, or many words, are joined in.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Reports of a part of the index.
#[derive(Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    fn none(all: u32) -> Bits {
        Bits(vec![0; all.div_ceil(64) as usize])
    }

    /// Returns those given, of so many in all.
    pub(crate) fn of(docs: &mut dyn Scorer, all: u32) -> Bits {
        let mut bits = Bits::none(all);
        let mut buffer = [0; COLLECT_BLOCK_BUFFER_LEN];
        loop {
            let filled = docs.fill_buffer(&mut buffer);
            bits.add(&buffer[..filled]);
            if filled < buffer.len() {
                return bits;
            }
        }
    }

    fn add(&mut self, docs: &[DocId]) {
        for doc in docs {
            if let Some(word) = self.0.get_mut(*doc as usize / 64) {
                *word |= 1 << (doc % 64);
            }
        }
    }

    pub(crate) fn and(mut self, other: &Bits) -> Bits {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
        self
    }

    pub(crate) fn without(mut self, other: &Bits) -> Bits {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= !b);
        self
    }

    pub(crate) fn has(&self, doc: DocId) -> bool {
        self.0.get(doc as usize / 64).is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    pub(crate) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(crate) fn each(&self, mut take: impl FnMut(DocId)) {
        for (n, word) in self.0.iter().enumerate() {
            let mut word = *word;
            while word != 0 {
                take(n as u32 * 64 + word.trailing_zeros());
                word &= word - 1;
            }
        }
    }

    /// Returns the first one from a report on.
    fn from(&self, doc: DocId) -> DocId {
        let mut n = doc as usize / 64;
        let mut word = self.0.get(n).map_or(0, |word| word & (u64::MAX << (doc % 64)));
        while word == 0 {
            n += 1;
            match self.0.get(n) {
                Some(next) => word = *next,
                None => return TERMINATED,
            }
        }
        n as u32 * 64 + word.trailing_zeros()
    }
}

/// Looks for words that begin so.
#[derive(Clone, Debug)]
pub(crate) struct Beginning {
    pub(crate) field: Field,
    pub(crate) start: String,
}

impl Query for Beginning {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Beginning {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.field)?;
        let mut end = self.start.clone().into_bytes();
        // The last byte of a word is never the last there is.
        end.last_mut().into_iter().for_each(|last| *last += 1);
        let mut words = index.terms().range().ge(&self.start).lt(end).into_stream()?;
        let mut bits = Bits::none(reader.max_doc());
        while words.advance() {
            let mut blocks = index.read_block_postings_from_terminfo(words.value(), IndexRecordOption::Basic)?;
            while !blocks.docs().is_empty() {
                bits.add(blocks.docs());
                blocks.advance();
            }
        }
        let (first, count) = (bits.from(0), bits.count() as u32);
        Ok(Box::new(Each { bits, doc: first, count, score: boost }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("words that begin so", 1.0))
    }
}

/// One report after the other.
struct Each {
    bits: Bits,
    doc: DocId,
    count: u32,
    score: Score,
}

impl DocSet for Each {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.bits.from(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = if target == TERMINATED { TERMINATED } else { self.bits.from(target) };
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.count
    }
}

impl Scorer for Each {
    /// A word that begins so is as good as another.
    fn score(&mut self) -> Score {
        self.score
    }
}
