//! Words in a row. Of two common words side by side the index holds the pair as a word of its own: "of the" is one list to go
//! through, where the places of both words in every report would have to be compared.
//!
//! Scores are those of the words: a pair tells where they stand, not how much they say.

use std::collections::HashSet;
use std::sync::LazyLock;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// Words by how common they are in English news prose: the file alone, since this crate knows nothing of reading.
const NEWS_WORDS: &str = include_str!("../../core/src/lang/en/newswords.txt");
/// Words so short are common in whatever language they are of: the, de, der, и.
const SHORT: usize = 3;

/// The stems of the words that hold sentences together or stand in every fourth report or so.
static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lists = NEWS_WORDS.split("[common]").next().unwrap_or_default();
    let lines = lists.lines().filter(|line| !line.starts_with(['#', '[']));
    let mut stems = HashSet::new();
    lines.for_each(|line| crate::index::words().token_stream(line).process(&mut |t| _ = stems.insert(t.text.clone())));
    stems
});

/// Returns what an index made with other lists of common words is told by.
pub(crate) fn lists() -> String {
    blake3::hash(NEWS_WORDS.split("[common]").next().unwrap_or_default().as_bytes()).to_hex()[..16].to_owned()
}

/// Says whether pairs of a stem with others of its like are in the index.
fn is_common(stem: &str) -> bool {
    stem.len() <= 2 * SHORT && stem.chars().count() <= SHORT && stem.chars().all(char::is_alphabetic)
        || COMMON.contains(stem)
}

/// Stands between the two words of a pair.
const BETWEEN: &str = " ";

/// Returns a pair as the index holds it.
fn pair(stems: &[String]) -> String {
    stems[..2].join(BETWEEN)
}

/// Words each at its place in a text, as [`Places`] takes them apart again.
#[derive(Default)]
struct Placed {
    text: String,
    places: usize,
}

/// Ends a place; no word holds it.
const END: char = '\n';

impl Placed {
    /// Puts what stands at a place, in pieces. Places are given in order.
    fn put(&mut self, place: usize, pieces: &[&str]) {
        while self.places < place {
            self.text.push(END);
            self.places += 1;
        }
        pieces.iter().for_each(|piece| self.text.push_str(piece));
        self.text.push(END);
        self.places = place + 1;
    }
}

/// Returns the words of texts and the pairs of common words in them, each at its place, for the tokenizer [`Places`]. Nothing
/// stands in a row across two texts.
pub(crate) fn placed(texts: &[&str]) -> (String, String) {
    let mut analyzer = crate::index::words();
    let (mut words, mut pairs) = (Placed::default(), Placed::default());
    words.text.reserve(texts.iter().map(|text| text.len()).sum());
    let mut before = String::new();
    for text in texts {
        let first = if words.places == 0 { 0 } else { words.places + 1 };
        let mut follows_common = None;
        analyzer.token_stream(text).process(&mut |token| {
            let place = first + token.position;
            let is_common = is_common(&token.text);
            if is_common && follows_common == Some(place) {
                pairs.put(place - 1, &[&before, BETWEEN, &token.text]);
            }
            words.put(place, &[&token.text]);
            follows_common = is_common.then_some(place + 1);
            if is_common {
                before.clone_from(&token.text);
            }
        });
    }
    (words.text, pairs.text)
}

/// Takes apart what [`placed`] made.
#[derive(Clone, Default)]
pub(crate) struct Places(Token);

pub(crate) struct PlacesStream<'a> {
    rest: std::str::Split<'a, char>,
    token: &'a mut Token,
}

impl Tokenizer for Places {
    type TokenStream<'a> = PlacesStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PlacesStream<'a> {
        self.0.reset();
        PlacesStream { rest: text.split(END), token: &mut self.0 }
    }
}

impl TokenStream for PlacesStream<'_> {
    fn advance(&mut self) -> bool {
        for word in self.rest.by_ref() {
            self.token.position = self.token.position.wrapping_add(1);
            if !word.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(word);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Looks for words in a row.
#[derive(Clone, Debug)]
pub(crate) struct InARow {
    /// The words, of the field that holds words.
    words: Vec<Term>,
    /// What to go through: words and pairs, and where in the row each stands.
    lists: Vec<(u32, Term)>,
}

impl InARow {
    /// Makes the question for stems in fields: that of words and that of pairs.
    pub(crate) fn of((words, pairs): (Field, Field), stems: &[String]) -> InARow {
        let is_pair = |n: usize| n + 1 < stems.len() && is_common(&stems[n]) && is_common(&stems[n + 1]);
        let (mut lists, mut n) = (Vec::new(), 0);
        while n < stems.len() {
            // A last word without a fellow goes with the one before it, for another time.
            let first = if !is_pair(n) && n > 0 && is_pair(n - 1) { n - 1 } else { n };
            if is_pair(first) {
                lists.push((first as u32, Term::from_field_text(pairs, &pair(&stems[first..]))));
                n = first + 2;
            } else {
                lists.push((n as u32, Term::from_field_text(words, &stems[n])));
                n += 1;
            }
        }
        InARow { words: stems.iter().map(|stem| Term::from_field_text(words, stem)).collect(), lists }
    }
}

impl Query for InARow {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let score = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                Some(Bm25Weight::for_terms(statistics_provider, &self.words)?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(RowWeight { asked: self.clone(), score }))
    }
}

struct RowWeight {
    asked: InARow,
    /// None where nothing is scored.
    score: Option<Bm25Weight>,
}

impl Weight for RowWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut lists = Vec::new();
        // In one list alone, places need not be looked at.
        let option = match self.asked.lists.len() {
            1 => IndexRecordOption::WithFreqs,
            _ => IndexRecordOption::WithFreqsAndPositions,
        };
        for (at, term) in &self.asked.lists {
            let Some(postings) = reader.inverted_index(term.field())?.read_postings(term, option)? else {
                return Ok(Box::new(EmptyScorer));
            };
            lists.push((self.asked.words.len() as u32 - at, postings));
        }
        lists.sort_by_key(|(_, postings)| postings.doc_freq());
        let lengths = match &self.score {
            Some(_) => self.asked.words.first().map(|word| reader.fieldnorms_readers().get_field(word.field())),
            None => None,
        };
        let lengths = lengths.transpose()?.flatten();
        let lengths = lengths.unwrap_or_else(|| FieldNormReader::constant(reader.max_doc(), 1));
        let score = self.score.as_ref().map(|score| score.boost_by(boost));
        let mut rows = Rows { lists, score, lengths, times: 0, starts: Vec::new(), places: Vec::new() };
        rows.settle();
        Ok(Box::new(rows))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("words in a row", 1.0))
    }
}

/// The reports of a part of the index that hold the row.
struct Rows {
    /// The rarest first, each with what is added to its places so that those of one row are the same.
    lists: Vec<(u32, SegmentPostings)>,
    score: Option<Bm25Weight>,
    lengths: FieldNormReader,
    /// How often the row stands in the report.
    times: u32,
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Rows {
    /// Goes on to the next report that holds the row, from this one on.
    fn settle(&mut self) -> DocId {
        while self.doc() != TERMINATED {
            let doc = self.doc();
            let further = self.lists[1..].iter_mut().find_map(|(_, list)| {
                let at = if list.doc() < doc { list.seek(doc) } else { list.doc() };
                (at > doc).then_some(at)
            });
            match further {
                Some(further) => _ = self.lists[0].1.seek(further),
                None if self.holds() => break,
                None => _ = self.lists[0].1.advance(),
            }
        }
        self.doc()
    }

    /// Says whether the report that all lists stand at holds the row, and counts how often.
    fn holds(&mut self) -> bool {
        let Some(((add, first), others)) = self.lists.split_first_mut() else { return false };
        if others.is_empty() {
            self.times = first.term_freq();
            return true;
        }
        first.positions_with_offset(*add, &mut self.starts);
        for (add, list) in others {
            list.positions_with_offset(*add, &mut self.places);
            let mut places = self.places.iter().copied().peekable();
            self.starts.retain(|start| {
                while places.next_if(|place| place < start).is_some() {}
                places.peek() == Some(start)
            });
            if self.starts.is_empty() {
                return false;
            }
        }
        self.times = self.starts.len() as u32;
        true
    }
}

impl DocSet for Rows {
    fn advance(&mut self) -> DocId {
        self.lists[0].1.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() < target {
            self.lists[0].1.seek(target);
            self.settle();
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.lists[0].1.doc()
    }

    fn size_hint(&self) -> u32 {
        let rarest = self.lists[0].1.size_hint();
        if self.lists.len() == 1 { rarest } else { rarest / 8 }
    }

    fn cost(&self) -> u64 {
        // Comparing places takes some ten times as long as going on in a list.
        let each = if self.lists.len() == 1 { 1 } else { 10 * self.lists.len() as u64 };
        u64::from(self.lists[0].1.size_hint()) * each
    }
}

impl Scorer for Rows {
    fn score(&mut self) -> Score {
        let length = self.lengths.fieldnorm_id(self.doc());
        self.score.as_ref().map_or(1.0, |score| score.score(length, self.times))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use tantivy::DocAddress;
    use tantivy::collector::TopDocs;
    use tantivy::query::PhraseQuery;

    fn taken_apart(placed: &str) -> Vec<(usize, String)> {
        let mut all = Vec::new();
        Places::default().token_stream(placed).process(&mut |t| all.push((t.position, t.text.clone())));
        all
    }

    #[test]
    fn pairs_of_common_words_stand_where_their_first_word_does() {
        let long = "x".repeat(100);
        let (words, pairs) = placed(&[&format!("The end of the {long} pier"), "On the pier"]);
        let at = |all: &[(usize, &str)]| -> Vec<_> { all.iter().map(|(n, w)| (*n, (*w).to_owned())).collect() };
        let expected = [(0, "the"), (1, "end"), (2, "of"), (3, "the"), (5, "pier"), (7, "on"), (8, "the"), (9, "pier")];
        assert_eq!(taken_apart(&words), at(&expected));
        assert_eq!(taken_apart(&pairs), at(&[(0, "the end"), (1, "end of"), (2, "of the"), (7, "on the")]));
    }

    #[test]
    fn a_row_is_covered_by_as_few_lists_as_there_need_be() {
        for (row, lists) in [
            ("of the", vec![(0, "of the")]),
            ("one of the", vec![(0, "one of"), (1, "of the")]),
            ("out of the way", vec![(0, "out of"), (2, "the way")]),
            ("harbour of the", vec![(0, "harbour"), (1, "of the")]),
            ("of the harbour", vec![(0, "of the"), (2, "harbour")]),
            ("the harbour of", vec![(0, "the"), (1, "harbour"), (2, "of")]),
        ] {
            let stems: Vec<String> = row.split(' ').map(str::to_owned).collect();
            let asked = InARow::of((Field::from_field_id(0), Field::from_field_id(1)), &stems);
            let text = |t: &Term| t.value().as_str().unwrap().to_owned();
            let made: Vec<_> = asked.lists.iter().map(|(n, t)| (*n, text(t))).collect();
            assert_eq!(made, lists.into_iter().map(|(n, w)| (n, w.to_owned())).collect::<Vec<_>>(), "{row}");
        }
    }

    #[test]
    fn a_row_is_found_and_scored_as_if_the_places_of_its_words_were_compared() {
        let (folder, ..) = crate::rank::tests::reports();
        let index = crate::Index::open(&crate::Archive::open(folder.path()).unwrap()).unwrap().unwrap();
        let searcher = index.searcher().unwrap();
        let words = index.fields.words;
        let all = |query: &dyn Query| -> Vec<(Score, DocAddress)> {
            let ranked = TopDocs::with_limit(1_000).order_by_score();
            let mut all = searcher.search(query, &ranked).unwrap();
            all.sort_by_key(|found| found.1);
            all
        };
        for row in ["the the", "the ferry", "the the ferry", "ferry the the", "the the the", "tide the the pier"] {
            let mut stems = Vec::new();
            crate::index::words().token_stream(row).process(&mut |t| stems.push(t.text.clone()));
            let compared = PhraseQuery::new(stems.iter().map(|stem| Term::from_field_text(words, stem)).collect());
            let found = all(&InARow::of((words, index.fields.pairs), &stems));
            assert!(!found.is_empty(), "{row}");
            assert_eq!(found, all(&compared), "{row}");
        }
    }
}
