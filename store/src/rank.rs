//! One pass through the index: how many reports meet all conditions, which are the best, and what is counted of them.
//!
//! Tantivy's own collectors go through them once to count and once or twice more to rank. Of equals, those with the lesser
//! id come first, wherever in the index they stand. No report is ever taken out of the index, so none is looked at for that.

use crate::bits::Bits;
use crate::counts::{Counts, InSegment, joined};
use crate::index::ORDER;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;
use tantivy::columnar::ColumnValues;
use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Occur, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, Term};

/// A condition.
pub(crate) struct Condition {
    pub(crate) occur: Occur,
    pub(crate) query: Box<dyn Query>,
    /// The word that it asks for, if it asks for one and scores by how often it stands there.
    pub(crate) word: Option<Term>,
    /// Whether all that meet it meet it equally well.
    pub(crate) is_flat: bool,
}

impl Condition {
    /// Makes a condition that reports meet more or less well.
    pub(crate) fn graded(query: Box<dyn Query>) -> Condition {
        Condition { occur: Occur::Must, query, word: None, is_flat: false }
    }

    /// Makes a condition that reports meet or do not meet.
    pub(crate) fn flat(query: Box<dyn Query>) -> Condition {
        Condition { is_flat: true, ..Condition::graded(query) }
    }
}

/// What makes a report that meets the conditions answer better.
pub(crate) struct Favour {
    pub(crate) query: Box<dyn Query>,
    /// The word that it asks for, if it asks for one.
    pub(crate) word: Option<Term>,
    /// The highest score that it gives.
    pub(crate) most: Score,
}

/// What counts twice.
const BOOST: Score = 2.0;

/// What to look for in one pass.
pub(crate) struct Pass {
    pub(crate) conditions: Vec<Condition>,
    pub(crate) favours: Vec<Favour>,
    /// How many of the best are wanted.
    pub(crate) wanted: usize,
    /// Whether to count by outlet and month.
    pub(crate) counts: bool,
}

/// What was found in one pass.
#[derive(Default)]
pub(crate) struct Passed {
    pub(crate) total: usize,
    /// The best, in order.
    pub(crate) best: Vec<(Score, DocAddress)>,
    pub(crate) counts: Counts,
}

impl Pass {
    /// Goes through the index.
    pub(crate) fn through(&self, searcher: &Searcher) -> tantivy::Result<Passed> {
        let ways = Ways::of(self, searcher)?;
        let mut best = Best { wanted: self.wanted, heap: BinaryHeap::new() };
        let (mut total, mut counted) = (0, Vec::new());
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let mut counts = if self.counts { Some(InSegment::of(reader)?) } else { None };
            let order = reader.fast_fields().u64(ORDER)?.first_or_default_col(u64::MAX);
            let mut ranking = Ranking {
                best: &mut best,
                segment: segment as u32,
                order,
                favours: ways.favours.iter().map(|weight| weight.scorer(reader, 1.0)).collect::<Result<_, _>>()?,
                most: self.favours.iter().map(|favour| favour.most * BOOST).sum(),
            };
            total += ways.through(self, reader, &mut ranking, counts.as_mut())?;
            counted.extend(counts);
        }
        Ok(Passed { total, best: best.in_order(), counts: joined(counted)? })
    }
}

/// A question as the index takes it: the ways to go through one of its parts.
struct Ways {
    /// All conditions, scored.
    all: Box<dyn Weight>,
    /// Each condition alone, not scored; whether it must not hold.
    each: Vec<(bool, Box<dyn Weight>)>,
    favours: Vec<Box<dyn Weight>>,
    /// Whatever of the words asked for stands there, if words alone tell how well a report answers: what cannot be among the
    /// best is passed over in blocks.
    any: Option<Box<dyn Weight>>,
    words: Vec<Term>,
    /// Whether all that meet the conditions meet them equally well, and only a favour tells them apart.
    is_flat: bool,
    /// The conditions on words, scored.
    scored: Vec<Box<dyn Weight>>,
    /// The conditions that all meet equally well, scored.
    flat: Vec<Box<dyn Weight>>,
}

/// A word that stands in more than one report of so many is common: conditions beside it are looked at all at once.
///
/// guess: 8; from 5 to 15 nothing changes at 200,000 reports.
const COMMON: u32 = 8;
/// Where fewer than one report of so many meet all conditions, each is looked at, else those that can be among the best of
/// all that hold the words.
///
/// guess: 64; with 2, two words that half of 200,000 reports hold take 5 ms in place of 3, a common word within a week the same.
const FEW: usize = 64;

impl Ways {
    fn of(pass: &Pass, searcher: &Searcher) -> tantivy::Result<Ways> {
        let scoring = EnableScoring::enabled_from_searcher(searcher);
        let unscored = EnableScoring::disabled_from_searcher(searcher);
        let boosted = |f: &Favour| -> Box<dyn Query> { Box::new(BoostQuery::new(f.query.box_clone(), BOOST)) };
        let copies = pass.conditions.iter().map(|c| (c.occur, c.query.box_clone())).collect();
        let each = pass.conditions.iter().map(|c| Ok((c.occur == Occur::MustNot, c.query.weight(unscored)?)));
        let favours = pass.favours.iter().map(|favour| boosted(favour).weight(scoring));
        let words: Vec<&Condition> = pass.conditions.iter().filter(|c| c.word.is_some()).collect();
        let is_by_words = pass.conditions.iter().all(|c| c.word.is_some() || c.is_flat || c.occur == Occur::MustNot);
        let any = if is_by_words && !words.is_empty() && pass.favours.iter().all(|f| f.word.is_some()) {
            let words = words.iter().map(|c| (Occur::Should, c.query.box_clone()));
            let favours = pass.favours.iter().map(|favour| (Occur::Should, boosted(favour)));
            Some(BooleanQuery::new(words.chain(favours).collect()).weight(scoring)?)
        } else {
            None
        };
        let is_flat = |c: &&Condition| c.is_flat && c.occur == Occur::Must;
        let flat = pass.conditions.iter().filter(is_flat).map(|c| c.query.weight(scoring));
        Ok(Ways {
            all: together(copies).weight(scoring)?,
            each: each.collect::<tantivy::Result<_>>()?,
            favours: favours.collect::<tantivy::Result<_>>()?,
            any,
            is_flat: pass.conditions.iter().all(|c| c.is_flat || c.occur == Occur::MustNot),
            scored: words.iter().map(|c| c.query.weight(scoring)).collect::<tantivy::Result<_>>()?,
            words: words.into_iter().filter_map(|c| c.word.clone()).collect(),
            flat: flat.collect::<tantivy::Result<_>>()?,
        })
    }

    /// Goes through a part of the index. Returns how many of its reports meet all conditions.
    fn through(
        &self,
        pass: &Pass,
        reader: &SegmentReader,
        ranking: &mut Ranking<'_>,
        mut counts: Option<&mut InSegment>,
    ) -> tantivy::Result<usize> {
        let is_alone = pass.conditions.len() == 1;
        if self.is_flat {
            let mut all = self.all.scorer(reader, 1.0)?;
            if all.doc() == TERMINATED {
                return Ok(0);
            }
            let score = all.score();
            let met = if is_alone { Bits::of(&mut *all, reader.max_doc()) } else { self.all_at_once(reader)? };
            if let Some(counts) = &mut counts {
                met.each(|doc| counts.collect(doc));
            }
            equals(&met, score, reader.max_doc(), ranking);
            return Ok(met.count());
        }
        if let Some(any) = &self.any {
            if is_alone && counts.is_none() {
                self.best_of(&**any, reader, ranking, None)?;
                return Ok(self.all.count(reader)? as usize);
            }
            if self.are_common(reader)? {
                let met = self.all_at_once(reader)?;
                let total = met.count();
                if let Some(counts) = &mut counts {
                    met.each(|doc| counts.collect(doc));
                }
                if total * FEW < reader.max_doc() as usize {
                    self.each_of(&met, reader, ranking)?;
                } else {
                    self.best_of(&**any, reader, ranking, Some(&met))?;
                }
                return Ok(total);
            }
        }
        let mut scorer = self.all.scorer(reader, 1.0)?;
        let (mut total, mut doc) = (0, scorer.doc());
        while doc != TERMINATED {
            total += 1;
            if let Some(counts) = &mut counts {
                counts.collect(doc);
            }
            ranking.rank(doc, &mut *scorer);
            doc = scorer.advance();
        }
        Ok(total)
    }

    fn are_common(&self, reader: &SegmentReader) -> tantivy::Result<bool> {
        for word in &self.words {
            if reader.inverted_index(word.field())?.doc_freq(word)?.saturating_mul(COMMON) < reader.max_doc() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns the reports that meet all conditions.
    fn all_at_once(&self, reader: &SegmentReader) -> tantivy::Result<Bits> {
        let mut met: Option<Bits> = None;
        for (is_not, weight) in self.each.iter().filter(|e| !e.0).chain(self.each.iter().filter(|e| e.0)) {
            let bits = Bits::of(&mut *weight.scorer(reader, 1.0)?, reader.max_doc());
            met = Some(match met {
                None => bits,
                Some(met) if *is_not => met.without(&bits),
                Some(met) => met.and(&bits),
            });
        }
        Ok(met.unwrap_or_default())
    }

    /// Ranks reports that meet all conditions.
    fn each_of(&self, met: &Bits, reader: &SegmentReader, ranking: &mut Ranking<'_>) -> tantivy::Result<()> {
        let flat = self.flat(reader)?;
        let mut words = self.scored.iter().map(|word| word.scorer(reader, 1.0)).collect::<Result<Vec<_>, _>>()?;
        let mut all = self.all.scorer(reader, 1.0)?;
        met.each(|doc| {
            // Added up in another order than `all` does: the last digits may differ.
            let score = flat + at(&mut words, doc) + at(&mut ranking.favours, doc);
            if score >= ranking.best.least() * ROUNDED {
                ranking.rank(doc, &mut *all);
            }
        });
        Ok(())
    }

    /// Returns what the conditions that all meet equally well add to a score.
    fn flat(&self, reader: &SegmentReader) -> tantivy::Result<Score> {
        let mut flat = 0.0;
        for weight in &self.flat {
            let mut scorer = weight.scorer(reader, 1.0)?;
            flat += if scorer.doc() == TERMINATED { 0.0 } else { scorer.score() };
        }
        Ok(flat)
    }

    /// Ranks the reports that can be among the best, of all that hold the words or of those given.
    fn best_of(
        &self,
        any: &dyn Weight,
        reader: &SegmentReader,
        ranking: &mut Ranking<'_>,
        among: Option<&Bits>,
    ) -> tantivy::Result<()> {
        if ranking.best.wanted == 0 {
            return Ok(());
        }
        let flat = self.flat(reader)?;
        // Scores are added up in another order here, so that they may differ in their last digits.
        let least = |least: Score| if least < flat { Score::MIN } else { (least - flat) * ROUNDED };
        let mut scorer = self.all.scorer(reader, 1.0)?;
        any.for_each_pruning(least(ranking.best.least()), reader, &mut |doc, _| {
            if among.is_none_or(|bits| bits.has(doc)) {
                ranking.rank(doc, &mut *scorer);
            }
            least(ranking.best.least())
        })
    }
}

/// What a bound is multiplied by, lest a score that was rounded otherwise is missed.
const ROUNDED: Score = 1.0 - 1e-5;

/// Ranks the reports of a part of the index.
struct Ranking<'a> {
    best: &'a mut Best,
    segment: u32,
    order: Arc<dyn ColumnValues<u64>>,
    favours: Vec<Box<dyn Scorer>>,
    /// The highest score that all favours give together.
    most: Score,
}

impl Ranking<'_> {
    /// Takes a report if it meets all conditions. Those given to it come in their order in the index.
    fn rank(&mut self, doc: DocId, scorer: &mut dyn Scorer) {
        if self.best.wanted == 0 {
            return;
        }
        if scorer.doc() < doc {
            scorer.seek(doc);
        }
        // A title that is the beginning of a longer word holds a word that its text does not.
        if scorer.doc() != doc {
            return;
        }
        let mut score = scorer.score();
        let least = self.best.least();
        if (score + self.most) < least * ROUNDED {
            return;
        }
        score += at(&mut self.favours, doc);
        self.take(doc, score);
    }

    /// Takes a report with its score.
    fn take(&mut self, doc: DocId, score: Score) {
        if self.best.wanted > 0 && score > self.best.least() {
            let order = self.order.get_val(doc);
            self.best.take(Ranked { score, order, at: DocAddress::new(self.segment, doc) });
        }
    }
}

/// Ranks reports that meet all conditions equally well: first those that a favour finds, then the others, unless none of them
/// can be among the best. A favour gives the same to each.
fn equals(met: &Bits, score: Score, all: u32, ranking: &mut Ranking<'_>) {
    let mut favours: Vec<(Score, Bits)> = Vec::new();
    for mut favour in std::mem::take(&mut ranking.favours) {
        if favour.doc() != TERMINATED {
            favours.push((favour.score(), Bits::of(&mut *favour, all)));
        }
    }
    let is_favoured = |doc| favours.iter().any(|(_, bits)| bits.has(doc));
    met.each(|doc| {
        if is_favoured(doc) {
            let more: Score = favours.iter().filter(|(_, bits)| bits.has(doc)).map(|(more, _)| more).sum();
            ranking.take(doc, score + more);
        }
    });
    if score > ranking.best.least() {
        met.each(|doc| {
            if !is_favoured(doc) {
                ranking.take(doc, score);
            }
        });
    }
}

/// Returns what those that find a report give it together.
fn at(scorers: &mut [Box<dyn Scorer>], doc: DocId) -> Score {
    let mut score = 0.0;
    for scorer in scorers {
        if scorer.doc() < doc {
            scorer.seek(doc);
        }
        if scorer.doc() == doc {
            score += scorer.score();
        }
    }
    score
}

/// The best results so far, the worst of them at hand.
struct Best {
    wanted: usize,
    heap: BinaryHeap<Ranked>,
}

impl Best {
    /// Returns a score that each result to be taken exceeds. One equal to the worst may come before it.
    fn least(&self) -> Score {
        match self.heap.peek() {
            Some(worst) if self.heap.len() >= self.wanted => worst.score.next_down(),
            _ => Score::MIN,
        }
    }

    fn take(&mut self, ranked: Ranked) {
        if self.heap.len() < self.wanted {
            self.heap.push(ranked);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && ranked < *worst
        {
            *worst = ranked;
        }
    }

    fn in_order(self) -> Vec<(Score, DocAddress)> {
        self.heap.into_sorted_vec().into_iter().map(|ranked| (ranked.score, ranked.at)).collect()
    }
}

/// A result; the better one is the lesser.
struct Ranked {
    score: Score,
    order: u64,
    at: DocAddress,
}

impl Ord for Ranked {
    fn cmp(&self, other: &Ranked) -> Ordering {
        let scores = other.score.total_cmp(&self.score);
        scores.then(self.order.cmp(&other.order)).then(self.at.cmp(&other.at))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Ranked) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Ranked) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ranked {}

/// Joins conditions; one alone stays as it is, which is faster.
fn together(mut conditions: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    match conditions.as_slice() {
        [(Occur::Must, _)] => conditions.remove(0).1,
        _ => Box::new(BooleanQuery::new(conditions)),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use crate::{Archive, Index, Indexed, Marks, Page, Query, Results, Writer};
    use std::collections::BTreeSet;

    const PAGE: Page = Page { offset: 0, limit: 1_000, counts: true, first: None };

    /// An index of 900 reports in several parts: "ferry" and "the" are common in them, "strike" is rare.
    pub(crate) fn reports() -> (tempfile::TempDir, Vec<Indexed>, Marks) {
        let folder = tempfile::tempdir().unwrap();
        let writer = Writer::open(folder.path(), |_| false).unwrap();
        let mut index = Index::open_to_write(&writer).unwrap();
        let (mut made, mut marks, mut dice) = (Vec::new(), Marks::default(), 7_u64);
        for n in 0..900_u64 {
            let mut draw = |of: u64| {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (dice >> 33) % of
            };
            let (length, is_on_strike) = (3 + draw(9), draw(40) == 0);
            let some = (0..length).map(|_| ["the", "ferry", "the ferry", "pier", "tide", "quay"][draw(6) as usize]);
            let words: Vec<&str> = some.chain(is_on_strike.then_some("strike")).collect();
            let title = if draw(3) == 0 { words[0] } else { "" };
            let title = if title == "quay" { "qua" } else { title };
            let report = Indexed {
                number: n,
                id: format!("{:016x}{n:016x}", draw(1 << 31) << 33),
                title: title.to_owned(),
                text: words.join(" "),
                outlet: Some(["Tolm Mirror", "Sound Post"][draw(2) as usize].to_owned()),
                days: (draw(9) > 0).then(|| (20_000 + draw(40) as i64, 20_041)),
                ..Indexed::default()
            };
            index.add(index.ready(&report)).unwrap();
            let is_held = draw(2) == 0;
            marks.add(1, &[is_held.then_some(("status", "held")).into_iter().collect()]);
            made.push(report);
            if n % 300 == 299 {
                index.commit(1, n + 1).unwrap();
            }
        }
        index.close().unwrap();
        (folder, made, marks)
    }

    fn ask(folder: &tempfile::TempDir, marks: &Marks, asked: &str, page: Page) -> Results {
        let index = Index::open(&Archive::open(folder.path()).unwrap()).unwrap().unwrap();
        index.search(&Query::parse(asked, |d| d.parse().ok()).unwrap(), marks, page).unwrap()
    }

    #[test]
    fn whatever_the_way_all_are_counted_and_the_best_come_first_equals_by_id() {
        let (folder, made, marks) = reports();
        let has = |report: &Indexed, word: &str| report.text.split(' ').any(|w| w == word);
        type Holds<'a> = Box<dyn Fn(&Indexed) -> bool + 'a>;
        let asked: [(&str, Holds<'_>); 12] = [
            ("ferry", Box::new(|r| has(r, "ferry"))),
            ("strike", Box::new(|r| has(r, "strike"))),
            ("qua", Box::new(|r| has(r, "qua"))),
            ("the ferry", Box::new(|r| has(r, "the") && has(r, "ferry"))),
            ("strike ferry", Box::new(|r| has(r, "strike") && has(r, "ferry"))),
            ("ferry -pier", Box::new(|r| has(r, "ferry") && !has(r, "pier"))),
            ("ferry before:20010", Box::new(|r| has(r, "ferry") && r.days.is_some_and(|d| d.0 <= 20_010))),
            ("\"the ferry\"", Box::new(|r| r.text.contains("the ferry"))),
            ("\"the the\"", Box::new(|r| r.text.contains("the the"))),
            ("\"the the ferry\"", Box::new(|r| r.text.contains("the the ferry"))),
            ("fer*", Box::new(|r| has(r, "ferry"))),
            ("before:20010", Box::new(|r| r.days.is_some_and(|d| d.0 <= 20_010))),
        ];
        for (asked, holds) in &asked {
            let expected: BTreeSet<&str> = made.iter().filter(|r| holds(r)).map(|r| r.id.as_str()).collect();
            let all = ask(&folder, &marks, asked, PAGE);
            let found: BTreeSet<&str> = all.hits.iter().map(|hit| hit.id.as_str()).collect();
            assert_eq!((all.total, &found), (expected.len(), &expected), "{asked}");
            assert!(all.hits.is_sorted_by(|a, b| a.score > b.score || a.score == b.score && a.id < b.id), "{asked}");
            let counted: usize = all.outlets.iter().map(|(_, n)| n).sum();
            assert_eq!(counted, all.total, "{asked}");
            // What is cut short finds what all of them in order begin with, and the same scores.
            let ten = ask(&folder, &marks, asked, Page { limit: 10, counts: false, ..PAGE });
            assert_eq!((ten.total, &ten.hits[..]), (all.total, &all.hits[..all.hits.len().min(10)]), "{asked}");
        }
    }

    #[test]
    fn marks_are_joined_with_words_common_and_rare() {
        let (folder, _, marks) = reports();
        for words in ["ferry", "strike", ""] {
            let total = |mark: &str| ask(&folder, &marks, &format!("{words} {mark}"), PAGE).total;
            assert_eq!(total("status:held") + total("-status:held"), total(""), "{words}");
            assert!(total("status:held") > 0, "{words}");
        }
    }
}
