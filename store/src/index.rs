//! The index of words: a cache beside the archive, made again whenever it is gone, of another version or behind.
//!
//! Each commit names the last row of the ledger that it covers, so an index that a killed run left behind knows what it
//! lacks. What only a whole reading tells of a report is not in it, but in [`crate::Marks`]; `search` asks both.

use crate::phrase::{Places, lists, placed};
use crate::still::Still;
use crate::{Archive, Error};
use std::path::{Path, PathBuf};
use tantivy::collector::DocSetCollector;
use tantivy::directory::MmapDirectory;
use tantivy::query::AllQuery;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
};
use tantivy::{DocAddress, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument};

/// Raised when a field or a tokenizer changes: indexes of other versions are made again, and those with other lists of words.
const VERSION: &str = "3";
/// The fields that order equals and that join a report with its marks.
pub(crate) const ORDER: &str = "order";
pub(crate) const NUMBER: &str = "number";
const FOLDER: &str = "index";
const VERSION_FILE: &str = "version";
/// Where tantivy says which parts an index has; written anew with each change of them.
const META_FILE: &str = "meta.json";
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
    /// How many reports of the archive came before it.
    pub number: u64,
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
}

/// A report as the index takes it.
pub struct Ready(TantivyDocument);

/// The index of an archive.
pub struct Index {
    index: tantivy::Index,
    pub(crate) fields: Fields,
    writer: Option<IndexWriter>,
    folder: PathBuf,
    /// As it stood when it was opened, if it was opened to search.
    still: Option<AsOpened>,
}

/// An index at one moment: what is written later is not in it.
struct AsOpened {
    searcher: Searcher,
    /// What said which parts it has, byte for byte.
    meta: Vec<u8>,
    covers: (i64, u64),
}

#[derive(Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) order: Field,
    pub(crate) number: Field,
    pub(crate) seq: Field,
    pub(crate) part: Field,
    pub(crate) title: Field,
    pub(crate) title_pairs: Field,
    /// The text as it is, to be shown.
    pub(crate) text: Field,
    /// Its words and those of the title, and pairs of common ones side by side.
    pub(crate) words: Field,
    pub(crate) pairs: Field,
    pub(crate) outlet: Field,
    pub(crate) outlet_name: Field,
    pub(crate) language: Field,
    pub(crate) from: Field,
    pub(crate) to: Field,
    pub(crate) person: Field,
    pub(crate) org: Field,
    pub(crate) place: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = |tokenizer: &str| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let pairs = TextFieldIndexing::default()
        .set_tokenizer("places")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(false);
    let pairs = TextOptions::default().set_indexing_options(pairs);
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        order: schema.add_u64_field(ORDER, FAST),
        number: schema.add_u64_field(NUMBER, FAST),
        seq: schema.add_i64_field("seq", STORED),
        part: schema.add_u64_field("part", STORED),
        title: schema.add_text_field("title", text("words").set_stored()),
        title_pairs: schema.add_text_field("title_pairs", pairs.clone()),
        text: schema.add_text_field("text", STORED),
        words: schema.add_text_field("words", text("places")),
        pairs: schema.add_text_field("pairs", pairs),
        outlet: schema.add_text_field("outlet", text("names").set_stored()),
        outlet_name: schema.add_text_field("outlet_name", STRING | FAST),
        language: schema.add_text_field("language", STRING),
        from: schema.add_i64_field("from", INDEXED | FAST | STORED),
        to: schema.add_i64_field("to", INDEXED | FAST | STORED),
        person: schema.add_text_field("person", text("names")),
        org: schema.add_text_field("org", text("names")),
        place: schema.add_text_field("place", text("names")),
    };
    (schema.build(), fields)
}

/// Words of text: folded, in lower case, without English endings.
pub(crate) fn words() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(Language::English))
        .build()
}

/// Words of names: folded, in lower case, whole.
pub(crate) fn names() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

impl Index {
    /// Has the index made again the next time it is written: by other code, it may hold other words.
    ///
    /// # Errors
    /// When its folder cannot be written to.
    pub fn remove(archive: &crate::Writer) -> Result<(), Error> {
        let version = archive.folder().join(FOLDER).join(VERSION_FILE);
        match std::fs::remove_file(&version) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io("remove", &version, e)),
            _ => Ok(()),
        }
    }

    /// Opens the index of an archive to write to it, and makes a new one where there is none that fits.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn open_to_write(archive: &crate::Writer) -> Result<Index, Error> {
        let folder = archive.folder().join(FOLDER);
        let opened = if fits(&folder) { tantivy::Index::open_in_dir(&folder).ok() } else { None };
        let index = match opened {
            Some(index) => index,
            None => fresh(&folder)?,
        };
        let mut index = Index::with(index, folder);
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
        // Read before the parts are opened: what is written between the two is held for new the next time it is looked at.
        let meta = std::fs::read(folder.join(META_FILE)).unwrap_or_default();
        let opened = || tantivy::Index::open(Still(MmapDirectory::open(&folder).ok()?)).ok();
        let Some(index) = fits(&folder).then(opened).flatten() else { return Ok(None) };
        let mut index = Index::with(index, folder);
        let covers = index.covers()?;
        let searcher = index.searcher().map_err(|e| index.failed("read", e))?;
        index.still = Some(AsOpened { searcher, meta, covers });
        Ok(Some(index))
    }

    /// Says whether nothing was written to it since it was opened to search.
    pub fn is_as_opened(&self) -> bool {
        let meta = std::fs::read(self.folder.join(META_FILE)).unwrap_or_default();
        self.still.as_ref().is_some_and(|still| still.meta == meta) && fits(&self.folder)
    }

    fn with(index: tantivy::Index, folder: PathBuf) -> Index {
        index.tokenizers().register("words", words());
        index.tokenizers().register("names", names());
        index.tokenizers().register("places", Places::default());
        Index { index, fields: schema().1, writer: None, folder, still: None }
    }

    pub(crate) fn failed(&self, doing: &'static str, error: tantivy::TantivyError) -> Error {
        failed(&self.folder, doing, error)
    }

    /// Returns the last row of the ledger that it covers, 0 for an empty one, and how many reports of the archive stand up to
    /// there.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn covers(&self) -> Result<(i64, u64), Error> {
        if let Some(still) = &self.still {
            return Ok(still.covers);
        }
        let meta = self.index.load_metas().map_err(|e| self.failed("read", e))?;
        let told = meta.payload.unwrap_or_default();
        Ok(told.split_once(' ').and_then(|(row, n)| Some((row.parse().ok()?, n.parse().ok()?))).unwrap_or((0, 0)))
    }

    /// Returns how many of the reports that it covers it does not hold: their bytes were damaged when it was written.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn lacks(&self) -> Result<u64, Error> {
        let held = self.searcher().map_err(|e| self.failed("read", e))?.num_docs();
        Ok(self.covers()?.1.saturating_sub(held))
    }

    /// Makes a report ready for the index: its words are found here, so that many reports can be made ready at once.
    pub fn ready(&self, report: &Indexed) -> Ready {
        let f = self.fields;
        let mut doc = TantivyDocument::default();
        doc.add_text(f.id, &report.id);
        doc.add_u64(f.order, u64::from_str_radix(report.id.get(..16).unwrap_or("0"), 16).unwrap_or(0));
        doc.add_u64(f.number, report.number);
        doc.add_i64(f.seq, report.seq);
        doc.add_u64(f.part, report.part as u64);
        doc.add_text(f.title, &report.title);
        doc.add_text(f.text, &report.text);
        // Who looks for words finds those of the title, too.
        let title = Some(report.title.as_str()).filter(|title| !report.text.contains(title));
        let texts: Vec<&str> = std::iter::once(report.text.as_str()).chain(title).collect();
        let (words, pairs) = placed(&texts);
        doc.add_text(f.words, words);
        doc.add_text(f.pairs, pairs);
        doc.add_text(f.title_pairs, placed(&[&report.title]).1);
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
        Ready(doc)
    }

    /// Takes a report. It is found after the next [`Index::commit`].
    ///
    /// # Errors
    /// When the index was opened to search alone, or cannot be written.
    pub fn add(&mut self, report: Ready) -> Result<(), Error> {
        let Some(writer) = &self.writer else { return Ok(()) };
        writer.add_document(report.0).map(|_| ()).map_err(|e| self.failed("write to", e))
    }

    /// Makes what was taken findable. `covers` is the last row of the ledger taken, `reports` how many stand up to there.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn commit(&mut self, covers: i64, reports: u64) -> Result<(), Error> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let done = writer.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&format!("{covers} {reports}"));
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

    pub(crate) fn field(&self, name: &str) -> Field {
        match name {
            "person" => self.fields.person,
            "org" => self.fields.org,
            "place" => self.fields.place,
            "outlet" => self.fields.outlet,
            _ => self.fields.language,
        }
    }

    /// Returns what searches it as it stood when it was opened to search; opened to write, as it stands now.
    pub(crate) fn searcher(&self) -> tantivy::Result<Searcher> {
        if let Some(still) = &self.still {
            return Ok(still.searcher.clone());
        }
        let reader: IndexReader = self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(reader.searcher())
    }

    /// Returns the ids of all reports in it, sorted.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn ids(&self) -> Result<Vec<String>, Error> {
        let read = || -> tantivy::Result<Vec<String>> {
            let searcher = self.searcher()?;
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
}

fn version() -> String {
    format!("{VERSION} {}", lists())
}

/// Says whether the index in a folder was made by a program that makes it as this one does.
fn fits(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join(VERSION_FILE)).is_ok_and(|v| v.trim() == version())
}

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
    std::fs::write(&version, self::version()).map_err(|e| Error::io("write to", &version, e))?;
    Ok(index)
}
