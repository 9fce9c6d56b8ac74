//! The index of words: a cache beside the archive, made again whenever it is gone, of another version or behind.
//!
//! Each commit names the last row of the ledger that it covers, so an index that a killed run left behind knows what it
//! lacks. Results with equal scores are ordered by report id: the same archive gives the same answer on every machine.

use crate::query::{Asked, Query};
use crate::still::Still;
use crate::{Archive, Error};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use std::path::Path;
use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::directory::MmapDirectory;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery, Query as Search, RangeQuery,
    RegexQuery, TermQuery,
};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
};
use tantivy::{DocAddress, IndexReader, IndexWriter, Score, Searcher, SegmentReader, TantivyDocument, Term};

/// Raised when a field or a tokenizer changes: indexes of other versions are made again.
const VERSION: &str = "1";
const FOLDER: &str = "index";
const VERSION_FILE: &str = "version";
/// Memory for words on their way to the disk.
const BUDGET: usize = 96 << 20;
/// Longer words are noise: encoded pictures, addresses.
const LONGEST_WORD: usize = 60;

/// A report on its way into the index.
#[derive(Clone, Debug, Default)]
pub struct Indexed {
    /// Its row of the ledger.
    pub seq: i64,
    /// Which report of its document.
    pub part: usize,
    /// Its id, in hexadecimal digits.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its text: what spans point into.
    pub text: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// When it was published: first and last day since 1970-01-01.
    pub days: Option<(i64, i64)>,
    /// Names in it, by field: `person`, `org`, `place`.
    pub names: Vec<(&'static str, String)>,
    /// Marks, by field: `status`, `has`.
    pub marks: Vec<(&'static str, &'static str)>,
}

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
}

/// Results by outlet, most first, and by month since 1970-01.
type Counts = (Vec<(String, usize)>, BTreeMap<i64, usize>);

/// The index of an archive.
pub struct Index {
    index: tantivy::Index,
    fields: Fields,
    writer: Option<IndexWriter>,
    reader: Option<IndexReader>,
    folder: std::path::PathBuf,
}

#[derive(Clone, Copy)]
struct Fields {
    id: Field,
    order: Field,
    seq: Field,
    part: Field,
    title: Field,
    text: Field,
    outlet: Field,
    outlet_name: Field,
    language: Field,
    from: Field,
    to: Field,
    person: Field,
    org: Field,
    place: Field,
    status: Field,
    has: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = |tokenizer: &str| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        order: schema.add_u64_field("order", FAST),
        seq: schema.add_i64_field("seq", INDEXED | FAST | STORED),
        part: schema.add_u64_field("part", STORED),
        title: schema.add_text_field("title", text("words").set_stored()),
        text: schema.add_text_field("text", text("words").set_stored()),
        outlet: schema.add_text_field("outlet", text("names").set_stored()),
        outlet_name: schema.add_text_field("outlet_name", STRING | FAST),
        language: schema.add_text_field("language", STRING),
        from: schema.add_i64_field("from", INDEXED | FAST | STORED),
        to: schema.add_i64_field("to", INDEXED | FAST | STORED),
        person: schema.add_text_field("person", text("names")),
        org: schema.add_text_field("org", text("names")),
        place: schema.add_text_field("place", text("names")),
        status: schema.add_text_field("status", STRING),
        has: schema.add_text_field("has", STRING),
    };
    (schema.build(), fields)
}

/// Words of text: folded, in lower case, without English endings.
fn words() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(Language::English))
        .build()
}

/// Words of names: folded, in lower case, whole.
fn names() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

impl Index {
    /// Opens the index of an archive to write to it, and makes a new one where there is none that fits.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn open_to_write(archive: &crate::Writer) -> Result<Index, Error> {
        let folder = archive.folder().join(FOLDER);
        let fits = std::fs::read_to_string(folder.join(VERSION_FILE)).is_ok_and(|v| v.trim() == VERSION);
        let opened = if fits { tantivy::Index::open_in_dir(&folder).ok() } else { None };
        let index = match opened {
            Some(index) => index,
            None => fresh(&folder)?,
        };
        let mut index = Index::with(index, folder)?;
        let writer = index.index.writer_with_num_threads(1, BUDGET).map_err(|e| index.failed("write to", e))?;
        index.writer = Some(writer);
        Ok(index)
    }

    /// Opens the index of an archive to search in it; none if there is none that fits.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(archive: &Archive) -> Result<Option<Index>, Error> {
        let folder = archive.folder().join(FOLDER);
        let fits = std::fs::read_to_string(folder.join(VERSION_FILE)).is_ok_and(|v| v.trim() == VERSION);
        let opened = || tantivy::Index::open(Still(MmapDirectory::open(&folder).ok()?)).ok();
        let Some(index) = fits.then(opened).flatten() else { return Ok(None) };
        Index::with(index, folder).map(Some)
    }

    fn with(index: tantivy::Index, folder: std::path::PathBuf) -> Result<Index, Error> {
        index.tokenizers().register("words", words());
        index.tokenizers().register("names", names());
        Ok(Index { index, fields: schema().1, writer: None, reader: None, folder })
    }

    fn failed(&self, doing: &'static str, error: tantivy::TantivyError) -> Error {
        failed(&self.folder, doing, error)
    }

    /// Returns the last row of the ledger that it covers; 0 for an empty one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn covers(&self) -> Result<i64, Error> {
        let meta = self.index.load_metas().map_err(|e| self.failed("read", e))?;
        Ok(meta.payload.and_then(|p| p.parse().ok()).unwrap_or(0))
    }

    /// Takes a report. It is found after the next [`Index::commit`].
    ///
    /// # Errors
    /// When the index was opened to search alone, or cannot be written.
    pub fn add(&mut self, report: &Indexed) -> Result<(), Error> {
        let f = self.fields;
        let mut doc = TantivyDocument::default();
        doc.add_text(f.id, &report.id);
        doc.add_u64(f.order, u64::from_str_radix(report.id.get(..16).unwrap_or("0"), 16).unwrap_or(0));
        doc.add_i64(f.seq, report.seq);
        doc.add_u64(f.part, report.part as u64);
        doc.add_text(f.title, &report.title);
        doc.add_text(f.text, &report.text);
        if let Some(outlet) = &report.outlet {
            doc.add_text(f.outlet, outlet);
            doc.add_text(f.outlet_name, outlet);
        }
        if let Some(language) = &report.language {
            doc.add_text(f.language, language.to_ascii_lowercase());
        }
        if let Some((from, to)) = report.days {
            doc.add_i64(f.from, from);
            doc.add_i64(f.to, to);
        }
        for (field, name) in &report.names {
            doc.add_text(self.field(field), name);
        }
        for (field, mark) in &report.marks {
            doc.add_text(self.field(field), *mark);
        }
        let Some(writer) = &self.writer else { return Ok(()) };
        writer.add_document(doc).map(|_| ()).map_err(|e| self.failed("write to", e))
    }

    /// Makes what was taken findable. `covers` is the last row of the ledger taken.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn commit(&mut self, covers: i64) -> Result<(), Error> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let done = writer.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&covers.to_string());
            commit.commit()
        });
        done.map(|_| ()).map_err(|e| failed(&self.folder, "write to", e))
    }

    /// Ends writing: waits for what goes on in the background.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn close(mut self) -> Result<(), Error> {
        match self.writer.take() {
            Some(writer) => writer.wait_merging_threads().map_err(|e| self.failed("write to", e)),
            None => Ok(()),
        }
    }

    fn field(&self, name: &str) -> Field {
        match name {
            "person" => self.fields.person,
            "org" => self.fields.org,
            "place" => self.fields.place,
            "outlet" => self.fields.outlet,
            "status" => self.fields.status,
            "has" => self.fields.has,
            _ => self.fields.language,
        }
    }

    /// Returns the reports that meet all conditions: `limit` of them from `offset` on, best first, equals by id.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&mut self, query: &Query, offset: usize, limit: usize, facets: bool) -> Result<Results, Error> {
        if self.reader.is_none() {
            let reader = self.index.reader().map_err(|e| self.failed("read", e))?;
            self.reader = Some(reader);
        }
        let Some(reader) = &self.reader else { return Ok(Results::default()) };
        let searcher = reader.searcher();
        self.answer(&searcher, query, offset, limit, facets).map_err(|e| self.failed("search", e))
    }

    fn answer(
        &self,
        searcher: &Searcher,
        query: &Query,
        offset: usize,
        limit: usize,
        facets: bool,
    ) -> tantivy::Result<Results> {
        let search = self.query(query)?;
        let wanted = offset + limit;
        // A few more than asked for show whether equals are cut at the end of the page.
        let (total, mut top) =
            searcher.search(&*search, &(Count, TopDocs::with_limit(wanted + SPARE).order_by_score()))?;
        let last = top.get(wanted.saturating_sub(1)).map(|t| t.0);
        if top.len() == wanted + SPARE && top.last().map(|t| t.0) == last {
            top = self.by_order(searcher, &*search, wanted)?;
        }
        let mut hits = Vec::new();
        for (score, address) in top {
            hits.push(self.hit(searcher, score, address)?);
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
        let terms = self.terms(query);
        let mut hits: Vec<Hit> = hits.into_iter().skip(offset).take(limit).collect();
        hits.iter_mut().for_each(|hit| hit.found = found(&hit.text, &terms));
        let (outlets, months) = if facets { self.facets(searcher, &*search)? } else { (Vec::new(), BTreeMap::new()) };
        Ok(Results { total, hits, outlets, months })
    }

    /// Returns the best by score and then by id: slower, and exact where many are equal.
    fn by_order(
        &self,
        searcher: &Searcher,
        search: &dyn Search,
        wanted: usize,
    ) -> tantivy::Result<Vec<(Score, DocAddress)>> {
        let collector = TopDocs::with_limit(wanted).tweak_score(|segment: &SegmentReader| {
            let order = segment.fast_fields().u64("order").map(|c| c.first_or_default_col(u64::MAX)).ok();
            // Scores of BM25 are never negative: their bits are in the order of the numbers.
            move |doc: u32, score: Score| (score.to_bits(), Reverse(order.as_ref().map_or(0, |o| o.get_val(doc))))
        });
        let found = searcher.search(search, &collector)?;
        Ok(found.into_iter().map(|((bits, _), address)| (f32::from_bits(bits), address)).collect())
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

    /// Counts all results by outlet and by month.
    fn facets(&self, searcher: &Searcher, search: &dyn Search) -> tantivy::Result<Counts> {
        let (mut outlets, mut months): (BTreeMap<String, usize>, BTreeMap<i64, usize>) = Default::default();
        let mut docs: Vec<DocAddress> = searcher.search(search, &DocSetCollector)?.into_iter().collect();
        docs.sort_unstable();
        for in_segment in docs.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let segment = searcher.segment_reader(in_segment[0].segment_ord);
            let names = segment.fast_fields().str("outlet_name")?;
            let days = segment.fast_fields().i64("from")?;
            let mut by_ord: BTreeMap<u64, usize> = BTreeMap::new();
            for address in in_segment {
                if let Some(names) = &names {
                    names.term_ords(address.doc_id).for_each(|ord| *by_ord.entry(ord).or_insert(0) += 1);
                }
                if let Some(day) = days.first(address.doc_id) {
                    *months.entry(month(day)).or_insert(0) += 1;
                }
            }
            for (ord, count) in by_ord {
                let mut name = String::new();
                if let Some(names) = &names {
                    names.ord_to_str(ord, &mut name)?;
                }
                *outlets.entry(name).or_insert(0) += count;
            }
        }
        let mut outlets: Vec<(String, usize)> = outlets.into_iter().collect();
        outlets.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok((outlets, months))
    }

    /// Returns the ids of all reports in it, sorted.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn ids(&self) -> Result<Vec<String>, Error> {
        let read = || -> tantivy::Result<Vec<String>> {
            let searcher = self.index.reader()?.searcher();
            let docs = searcher.search(&AllQuery, &DocSetCollector)?;
            let mut ids: Vec<String> = Vec::with_capacity(docs.len());
            let mut docs: Vec<DocAddress> = docs.into_iter().collect();
            docs.sort_unstable();
            for address in docs {
                let doc: TantivyDocument = searcher.doc(address)?;
                ids.extend(doc.get_first(self.fields.id).and_then(|v| v.as_str()).map(str::to_owned));
            }
            ids.sort();
            Ok(ids)
        };
        read().map_err(|e| self.failed("read", e))
    }

    fn query(&self, query: &Query) -> tantivy::Result<Box<dyn Search>> {
        let mut clauses: Vec<(Occur, Box<dyn Search>)> = Vec::new();
        for clause in &query.clauses {
            let search = match &clause.asked {
                Asked::Word { word, prefix: true } => self.in_text(|f| beginning(f, &cut(&mut names(), word)))?,
                Asked::Word { word, .. } => self.in_text(|f| Ok(in_order(f, &cut(&mut words(), word))))?,
                Asked::Phrase(phrase) => self.in_text(|f| Ok(in_order(f, &cut(&mut words(), phrase))))?,
                Asked::Name { field, name, prefix } => {
                    name_query(self.field(field), &cut(&mut names(), name), *prefix)?
                }
                Asked::Mark { field, mark } => {
                    Box::new(TermQuery::new(Term::from_field_text(self.field(field), mark), IndexRecordOption::Basic))
                }
                Asked::After(day) => {
                    days(Bound::Included(Term::from_field_i64(self.fields.to, *day)), Bound::Unbounded)
                }
                Asked::Before(day) => {
                    days(Bound::Unbounded, Bound::Included(Term::from_field_i64(self.fields.from, *day)))
                }
            };
            clauses.push((if clause.not { Occur::MustNot } else { Occur::Must }, search));
        }
        if clauses.iter().all(|c| c.0 == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// Looks in text and title; the title counts twice.
    fn in_text(&self, make: impl Fn(Field) -> tantivy::Result<Box<dyn Search>>) -> tantivy::Result<Box<dyn Search>> {
        let title = Box::new(BoostQuery::new(make(self.fields.title)?, 2.0));
        Ok(Box::new(BooleanQuery::union(vec![title, make(self.fields.text)?])))
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

/// Results beyond the page that are looked at for equals.
const SPARE: usize = 32;

fn failed(folder: &Path, doing: &'static str, error: tantivy::TantivyError) -> Error {
    use std::io::{Error as IoError, ErrorKind};
    let is_full = format!("{error:?}").contains("StorageFull");
    let source = match error {
        _ if is_full => IoError::from(ErrorKind::StorageFull),
        // Its threads keep to themselves why they stopped; a disk without room is what stops them.
        tantivy::TantivyError::ErrorInThread(_) => {
            IoError::other("its writer stopped, as it does when the disk is full")
        }
        error => IoError::other(error.to_string()),
    };
    Error::io(doing, folder, source)
}

/// Makes an empty index in place of whatever is there.
fn fresh(folder: &Path) -> Result<tantivy::Index, Error> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|e| Error::io("write to", folder, e))?;
    }
    std::fs::create_dir_all(folder).map_err(|e| Error::io("make", folder, e))?;
    let index = tantivy::Index::create_in_dir(folder, schema().0).map_err(|e| failed(folder, "make", e))?;
    // Written last: a folder without it is made again.
    let version = folder.join(VERSION_FILE);
    std::fs::write(&version, VERSION).map_err(|e| Error::io("write to", &version, e))?;
    Ok(index)
}

fn cut(analyzer: &mut TextAnalyzer, text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    analyzer.token_stream(text).process(&mut |token| terms.push(token.text.clone()));
    terms
}

fn in_order(field: Field, terms: &[String]) -> Box<dyn Search> {
    let term = |t: &String| Term::from_field_text(field, t);
    match terms {
        [] => Box::new(EmptyQuery),
        [one] => Box::new(TermQuery::new(term(one), IndexRecordOption::WithFreqs)),
        several => Box::new(PhraseQuery::new(several.iter().map(term).collect())),
    }
}

fn beginning(field: Field, terms: &[String]) -> tantivy::Result<Box<dyn Search>> {
    let Some(last) = terms.last() else { return Ok(Box::new(EmptyQuery)) };
    // The tokenizer leaves letters and digits alone: nothing in them means anything to a pattern.
    Ok(Box::new(RegexQuery::from_pattern(&format!("{last}.*"), field)?))
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
            ways.push(beginning(field, &terms[n..])?);
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
    let together: Box<dyn Search> = Box::new(BoostQuery::new(in_order(field, terms), 4.0));
    Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, all), (Occur::Should, together)])))
}

/// Letters of a name from which on one may be wrong: shorter names are each other's misspellings.
const LONG_NAME: usize = 5;

fn days(from: Bound<Term>, to: Bound<Term>) -> Box<dyn Search> {
    Box::new(RangeQuery::new(from, to))
}

/// Returns the month of a day, both counted since 1970.
fn month(day: i64) -> i64 {
    // Howard Hinnant, chrono-compatible low-level date algorithms: civil_from_days.
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (m, shift) = if mp < 10 { (mp + 3, 0) } else { (mp - 9, 1) };
    (yoe + era * 400 + shift - 1970) * 12 + m - 1
}

/// Words to be marked in a result.
enum Wanted {
    Stem(String),
    Beginning(String),
    /// As written, as a beginning, or with one letter wrong.
    Name(String),
    Phrase(Vec<String>),
}

/// Says whether two words are one but for a letter added, left out, changed or swapped with the next.
fn is_near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[start..], &b[start..]);
    let end = x.iter().rev().zip(y.iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&x[..x.len() - end], &y[..y.len() - end]);
    matches!((x, y), ([], [] | [_]) | ([_], [] | [_])) || matches!((x, y), ([p, q], [r, s]) if p == s && q == r)
}

/// Returns where the words stand in a text.
fn found(text: &str, wanted: &[Wanted]) -> Vec<Range<usize>> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let cut_with = |mut analyzer: TextAnalyzer| {
        let mut tokens = Vec::new();
        analyzer.token_stream(text).process(&mut |t| tokens.push((t.text.clone(), t.offset_from..t.offset_to)));
        tokens
    };
    let (stems, whole) = (cut_with(words()), cut_with(names()));
    let mut found: Vec<Range<usize>> = Vec::new();
    for one in wanted {
        match one {
            Wanted::Stem(stem) => found.extend(stems.iter().filter(|t| t.0 == *stem).map(|t| t.1.clone())),
            Wanted::Beginning(start) => {
                found.extend(whole.iter().filter(|t| t.0.starts_with(start)).map(|t| t.1.clone()))
            }
            Wanted::Name(name) => {
                let is_long = name.chars().count() >= LONG_NAME;
                let is_it = |t: &str| t.starts_with(name.as_str()) || is_long && is_near(t, name);
                found.extend(whole.iter().filter(|t| is_it(&t.0)).map(|t| t.1.clone()));
            }
            Wanted::Phrase(phrase) if !phrase.is_empty() => found.extend(
                stems
                    .windows(phrase.len())
                    .filter(|w| w.iter().zip(phrase).all(|(t, p)| t.0 == *p))
                    .map(|w| w[0].1.start..w[w.len() - 1].1.end),
            ),
            Wanted::Phrase(_) => {}
        }
    }
    found.sort_by_key(|r| (r.start, Reverse(r.end)));
    found.dedup_by(|b, a| b.start < a.end);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_fall_into_their_months() {
        for (day, expected) in [(0, 0), (30, 0), (31, 1), (22_405, 61 * 12 + 4), (-1, -1), (11_016, 361)] {
            assert_eq!(month(day), expected, "{day}");
        }
    }

    #[test]
    fn words_are_found_by_stem_phrase_and_beginning() {
        let text = "Two hearings: the public hearing of Lundqvist.";
        let at = |wanted: &[Wanted]| -> Vec<&str> { found(text, wanted).into_iter().map(|r| &text[r]).collect() };
        assert_eq!(at(&[Wanted::Stem("hear".into())]), ["hearings", "hearing"]);
        assert_eq!(at(&[Wanted::Phrase(vec!["public".into(), "hear".into()])]), ["public hearing"]);
        assert_eq!(at(&[Wanted::Beginning("lund".into())]), ["Lundqvist"]);
        assert_eq!(at(&[Wanted::Name("lundkvist".into())]), ["Lundqvist"]);
    }

    #[test]
    fn one_letter_may_be_wrong() {
        for (a, b, near) in [
            ("renholm", "renolm", true),
            ("renholm", "rehnolm", true),
            ("renholm", "renholms", true),
            ("renholm", "renhelm", true),
            ("renholm", "renholm", true),
            ("renholm", "rnhelm", false),
            ("renholm", "holm", false),
        ] {
            assert_eq!(is_near(a, b), near, "{a} {b}");
        }
    }
}
