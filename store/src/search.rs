//! Search in the index: what people asked for becomes conditions, and the reports that meet them are ranked.
//!
//! Results with equal scores are ordered by report id: the same archive gives the same answer on every machine.

use crate::Error;
use crate::bits::Beginning;
use crate::found::{Wanted, found};
use crate::index::{Index, names, words};
use crate::marks::{Marks, Test};
use crate::phrase::InARow;
use crate::query::{Asked, Clause, Query};
use crate::rank::{Condition, Favour, Pass};
use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use tantivy::query::{
    AllQuery, Bm25Weight, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery,
    Query as Search, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocAddress, Score, Searcher, TantivyDocument, Term};

/// A report found.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// Its row of the ledger.
    pub seq: i64,
    /// Which report of its document.
    pub part: usize,
    /// Its id, in hexadecimal digits.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published.
    pub days: Option<(i64, i64)>,
    /// How well it answers (BM25; higher is better).
    pub score: f32,
    /// Where the words asked for stand in the text: bytes, in order.
    pub found: Vec<Range<usize>>,
}

/// What was found.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Results {
    /// How many reports meet the conditions.
    pub total: usize,
    /// Those asked for, best first.
    pub hits: Vec<Hit>,
    /// How many of all are by each outlet, and of each month (`2031-05`), most first; empty unless asked for.
    pub outlets: Vec<(String, usize)>,
    /// By months since 1970-01.
    pub months: BTreeMap<i64, usize>,
    /// Reports that meet all conditions but those on marks, and are not read for marks yet: whether they belong here is not
    /// known.
    pub not_read: usize,
}

/// Which of the results to return, and with what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// Results passed over.
    pub offset: usize,
    /// Results returned at most.
    pub limit: usize,
    /// Whether to count all by outlet and month.
    pub counts: bool,
    /// Looks among so many reports alone, the first that were kept.
    pub first: Option<u64>,
}

impl Index {
    /// Returns the reports that meet all conditions, best first, equals by id. `marks` are those of the archive.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, query: &Query, marks: &Marks, page: Page) -> Result<Results, Error> {
        let is_on_marks = query.clauses.iter().any(Clause::is_on_marks);
        let numbered = if is_on_marks { self.covers()?.1 } else { 0 };
        let answer = || self.answer(&self.searcher()?, query, (marks, numbered), page);
        answer().map_err(|e| self.failed("search", e))
    }

    /// Answers; `numbered` is how many reports the archive had when the index was written, damaged ones among them.
    fn answer(
        &self,
        searcher: &Searcher,
        query: &Query,
        (marks, numbered): (&Marks, u64),
        page: Page,
    ) -> tantivy::Result<Results> {
        let (conditions, not_read) = self.all_conditions(searcher, query, (marks, numbered), page.first)?;
        let wanted = if page.limit == 0 { 0 } else { page.offset.saturating_add(page.limit) };
        let favours = self.favours(query, searcher)?;
        let passed = Pass { conditions, favours, wanted, counts: page.counts }.through(searcher)?;
        let terms = self.terms(query);
        let mut hits = Vec::new();
        for (score, address) in passed.best.into_iter().skip(page.offset).take(page.limit) {
            let mut hit = self.hit(searcher, score, address)?;
            hit.found = found(&hit.text, &terms);
            hits.push(hit);
        }
        let (outlets, months) = passed.counts;
        Ok(Results { total: passed.total, hits, outlets, months, not_read })
    }

    /// Returns all conditions, those on marks among them, and how many reports are not read that meet the others.
    pub(crate) fn all_conditions(
        &self,
        searcher: &Searcher,
        query: &Query,
        (marks, numbered): (&Marks, u64),
        first: Option<u64>,
    ) -> tantivy::Result<(Vec<Condition>, usize)> {
        let mut conditions = self.conditions(query)?;
        if let Some(first) = first {
            let numbers = (Bound::Unbounded, Bound::Excluded(Term::from_field_u64(self.fields.number, first)));
            let range = ConstScoreQuery::new(Box::new(RangeQuery::new(numbers.0, numbers.1)), 0.0);
            conditions.push(Condition::flat(Box::new(range)));
        }
        let tests: Vec<Test> = query.clauses.iter().filter_map(|clause| marks.test(clause)).collect();
        let all_read = tests.is_empty() || marks.reports() as u64 >= numbered;
        let not_read = if all_read { 0 } else { unread(searcher, &conditions, marks)? };
        conditions.extend(tests.into_iter().map(|test| Condition::flat(Box::new(test))));
        Ok((conditions, not_read))
    }

    /// Returns what makes a report answer better: words in its title count twice.
    fn favours(&self, query: &Query, searcher: &Searcher) -> tantivy::Result<Vec<Favour>> {
        let (title, pairs) = (self.fields.title, self.fields.title_pairs);
        let mut favours = Vec::new();
        for clause in query.clauses.iter().filter(|c| !c.not) {
            let terms = match &clause.asked {
                Asked::Word { word, prefix: true } => {
                    let query = beginning(title, &cut(&mut names(), word));
                    favours.push(Favour { query, word: None, most: 1.0 });
                    continue;
                }
                Asked::Word { word: words, .. } | Asked::Phrase(words) => cut(&mut crate::index::words(), words),
                _ => continue,
            };
            if !terms.is_empty() {
                let query = in_order((title, pairs), &terms);
                let terms: Vec<Term> = terms.iter().map(|term| Term::from_field_text(title, term)).collect();
                let most = Bm25Weight::for_terms(searcher, &terms)?.max_score();
                favours.push(Favour { query, word: only(&terms), most });
            }
        }
        Ok(favours)
    }

    fn hit(&self, searcher: &Searcher, score: Score, address: DocAddress) -> tantivy::Result<Hit> {
        let doc: TantivyDocument = searcher.doc(address)?;
        let text = |field| doc.get_first(field).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let day = |field| doc.get_first(field).and_then(|v| v.as_i64());
        Ok(Hit {
            seq: day(self.fields.seq).unwrap_or_default(),
            part: doc.get_first(self.fields.part).and_then(|v| v.as_u64()).unwrap_or_default() as usize,
            id: text(self.fields.id),
            title: text(self.fields.title),
            text: text(self.fields.text),
            outlet: Some(text(self.fields.outlet)).filter(|o| !o.is_empty()),
            days: day(self.fields.from).zip(day(self.fields.to)),
            score,
            found: Vec::new(),
        })
    }

    /// Returns the conditions of the index itself: all but those on marks. The text holds the title, too.
    fn conditions(&self, query: &Query) -> tantivy::Result<Vec<Condition>> {
        let (text, pairs) = (self.fields.words, self.fields.pairs);
        let mut conditions: Vec<Condition> = Vec::new();
        for clause in query.clauses.iter().filter(|c| !c.is_on_marks()) {
            let mut condition = match &clause.asked {
                Asked::Word { word, prefix: true } => Condition::flat(beginning(text, &cut(&mut names(), word))),
                Asked::Word { word: words, .. } | Asked::Phrase(words) => {
                    let terms = cut(&mut crate::index::words(), words);
                    let word = only(&terms).map(|term| Term::from_field_text(text, &term));
                    Condition { word, ..Condition::graded(in_order((text, pairs), &terms)) }
                }
                Asked::Name { field, name, prefix } => {
                    Condition::graded(name_query(self.field(field), &cut(&mut names(), name), *prefix)?)
                }
                Asked::Mark { field, mark } => {
                    let term = Term::from_field_text(self.field(field), mark);
                    Condition::flat(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
                }
                Asked::After(day) => {
                    let day = Term::from_field_i64(self.fields.to, *day);
                    Condition::flat(Box::new(RangeQuery::new(Bound::Included(day), Bound::Unbounded)))
                }
                Asked::Before(day) => {
                    let day = Term::from_field_i64(self.fields.from, *day);
                    Condition::flat(Box::new(RangeQuery::new(Bound::Unbounded, Bound::Included(day))))
                }
            };
            if clause.not {
                condition = Condition { occur: Occur::MustNot, word: None, ..condition };
            }
            conditions.push(condition);
        }
        if conditions.iter().all(|c| c.occur == Occur::MustNot) {
            conditions.push(Condition::flat(Box::new(AllQuery)));
        }
        Ok(conditions)
    }

    /// Returns the words to be marked in results: stems, beginnings and whole words.
    fn terms(&self, query: &Query) -> Vec<Wanted> {
        let asked = query.clauses.iter().filter(|c| !c.not);
        asked
            .flat_map(|clause| match &clause.asked {
                Asked::Word { word, prefix: true } => {
                    cut(&mut names(), word).into_iter().map(Wanted::Beginning).collect()
                }
                Asked::Word { word, .. } => cut(&mut words(), word).into_iter().map(Wanted::Stem).collect(),
                Asked::Phrase(phrase) => vec![Wanted::Phrase(cut(&mut words(), phrase))],
                Asked::Name { field, name, .. } if *field != "outlet" => {
                    cut(&mut names(), name).into_iter().map(Wanted::Name).collect()
                }
                _ => Vec::<Wanted>::new(),
            })
            .collect()
    }
}

/// Counts the reports that meet the conditions and are not read for marks yet.
fn unread(searcher: &Searcher, conditions: &[Condition], marks: &Marks) -> tantivy::Result<usize> {
    let mut all: Vec<(Occur, Box<dyn Search>)> = conditions.iter().map(|c| (c.occur, c.query.box_clone())).collect();
    all.push((Occur::Must, Box::new(marks.unread())));
    BooleanQuery::new(all).count(searcher)
}

/// Returns the only one, if there is one and no other.
fn only<T: Clone>(all: &[T]) -> Option<T> {
    if let [one] = all { Some(one.clone()) } else { None }
}

fn cut(analyzer: &mut TextAnalyzer, text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    analyzer.token_stream(text).process(&mut |token| terms.push(token.text.clone()));
    terms
}

/// Looks for words in a row, in a field of words and that of their pairs.
fn in_order(fields: (Field, Field), terms: &[String]) -> Box<dyn Search> {
    match terms {
        [] => Box::new(EmptyQuery),
        [one] => Box::new(TermQuery::new(Term::from_field_text(fields.0, one), IndexRecordOption::WithFreqs)),
        several => Box::new(InARow::of(fields, several)),
    }
}

fn beginning(field: Field, terms: &[String]) -> Box<dyn Search> {
    match terms.last() {
        Some(last) => Box::new(Beginning { field, start: last.clone() }),
        None => Box::new(EmptyQuery),
    }
}

/// Looks for a name: as written before all, and with one letter wrong in its longer words.
fn name_query(field: Field, terms: &[String], prefix: bool) -> tantivy::Result<Box<dyn Search>> {
    if terms.is_empty() {
        return Ok(Box::new(EmptyQuery));
    }
    let mut each: Vec<Box<dyn Search>> = Vec::new();
    for (n, text) in terms.iter().enumerate() {
        let term = Term::from_field_text(field, text);
        let mut ways: Vec<Box<dyn Search>> =
            vec![Box::new(BoostQuery::new(Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)), 4.0))];
        if prefix && n + 1 == terms.len() {
            ways.push(beginning(field, &terms[n..]));
        } else if text.chars().count() >= LONG_NAME {
            ways.push(Box::new(FuzzyTermQuery::new(term, 1, true)));
        }
        each.push(Box::new(BooleanQuery::union(ways)));
    }
    let all = Box::new(BooleanQuery::intersection(each));
    if terms.len() == 1 {
        return Ok(all);
    }
    // The words side by side, as one name, count for more than in two names.
    let row = terms.iter().map(|term| Term::from_field_text(field, term)).collect();
    let together: Box<dyn Search> = Box::new(BoostQuery::new(Box::new(PhraseQuery::new(row)), 4.0));
    Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, all), (Occur::Should, together)])))
}

/// Letters of a name from which on one may be wrong: shorter names are each other's misspellings.
pub(crate) const LONG_NAME: usize = 5;
