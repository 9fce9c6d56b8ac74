//! Opens containers: compressed files, archives, web archives, mailboxes, tables. Gives each document within, one at a
//! time and within limits; what is left out is given with its reason or counted.
//!
//! What bytes are is told by the bytes, never by a name. No container is unpacked to disk.

mod http;
mod json;
mod limits;
mod mbox;
#[cfg(feature = "parquet")]
mod parquet;
mod table;
mod tar;
#[cfg(feature = "parquet")]
mod thrift;
mod warc;
mod zip;

pub use limits::Limits;
pub use table::Columns;

use crate::decode::{Capture, Row};
use crate::source::Found;
use annals_core::report::Source;
use annals_core::when::Day;
use limits::{Bounded, Counted};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// Kinds of parts that the account of a container tells apart, and how long their names may be.
const MOST_KINDS: usize = 40;
const LONGEST_KIND: usize = 80;

/// Bytes that show what a stream is.
const SHOWS: usize = 8_192;

/// One document, as bytes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Document {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Where it was found.
    pub source: Source,
    /// The address it was fetched from, if the container says so.
    pub url: Option<String>,
    /// The `Content-Type` it came with, if the container says so.
    pub content_type: Option<String>,
    /// The day it was fetched, if the container says so.
    pub captured: Option<Day>,
    /// What a table's other columns say of it.
    pub row: Option<Box<Row>>,
}

impl Document {
    /// Returns it as what `decode` takes.
    pub fn capture(&self) -> Capture<'_> {
        Capture {
            bytes: &self.bytes,
            source: self.source.clone(),
            url: self.url.as_deref(),
            content_type: self.content_type.as_deref(),
            captured: self.captured,
            row: self.row.as_deref(),
            templates: None,
        }
    }
}

/// What an input gives: its documents, and what could not be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// A document.
    Document(Box<Document>),
    /// What could not be read: damaged, encrypted, or beyond a limit.
    Lost {
        /// Where it stood.
        source: Source,
        /// Why, in plain words.
        reason: String,
    },
}

/// What a container held.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Documents given.
    pub documents: u64,
    /// Parts that could not be read; each was given as [`Item::Lost`].
    pub lost: u64,
    /// Parts that are no documents, by kind.
    pub passed_over: BTreeMap<String, u64>,
}

impl Tally {
    /// Returns the account in one line: `a container of 3 documents; passed over: 2 request records`.
    pub fn account(&self) -> String {
        let documents = if self.documents == 1 { "document" } else { "documents" };
        let mut line = format!("a container of {} {documents}", self.documents);
        if self.lost > 0 {
            line += &format!("; {} could not be read", self.lost);
        }
        for (n, (kind, count)) in self.passed_over.iter().enumerate() {
            line += if n == 0 { "; passed over: " } else { ", " };
            line += &format!("{count} {kind}");
        }
        line
    }
}

/// Gives the documents of an input to `give` until that returns false.
///
/// Returns the account of a container; none for an input that is itself the document.
pub fn walk(found: &Found, limits: &Limits, columns: &Columns, give: &mut dyn FnMut(Item) -> bool) -> Option<Tally> {
    Walk::new(&found.source.path, limits, columns, give).run(|walk| match (&found.failed, &found.file) {
        (Some(why), _) => Err(Trouble::Lost(why.clone())),
        (None, None) => walk.open(Input::Stream(&mut BufReader::new(std::io::stdin())), Place::default()),
        (None, Some(file)) => {
            let file = File::open(file)?;
            if file.metadata()?.is_file() {
                return walk.open(Input::File(file), Place::default());
            }
            // A pipe can be read once and forwards only: `annals decode <(zcat crawl.warc.gz)`.
            walk.open(Input::Stream(&mut BufReader::with_capacity(1 << 16, file)), Place::default())
        }
    })
}

/// Gives the documents of bytes that are at hand, as [`walk`] does; `path` is what to call them.
pub fn walk_bytes(
    bytes: &[u8],
    path: &str,
    limits: &Limits,
    columns: &Columns,
    give: &mut dyn FnMut(Item) -> bool,
) -> Option<Tally> {
    Walk::new(path, limits, columns, give)
        .run(|walk| walk.open(Input::Stream(&mut Cursor::new(bytes)), Place::default()))
}

/// Why reading does not go on.
enum Trouble {
    /// This part is lost, for a reason in plain words.
    Lost(String),
    /// Nobody takes more, or the whole input is at a limit that was told already.
    Stop,
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Trouble {
        Trouble::Lost(format!("cannot be read: {error}"))
    }
}

/// Bytes to look into.
enum Input<'r> {
    File(File),
    Stream(&'r mut dyn BufRead),
}

/// Where bytes stand in an input, and what is known of them.
#[derive(Clone, Default)]
struct Place {
    record: Option<String>,
    depth: usize,
    url: Option<String>,
    content_type: Option<String>,
    captured: Option<Day>,
}

impl Place {
    /// Returns the place of a part, one container down.
    fn within(&self, part: &str) -> Place {
        let record = match &self.record {
            Some(record) => format!("{record}/{part}"),
            None => part.to_owned(),
        };
        Place { record: Some(record), depth: self.depth + 1, ..Place::default() }
    }

    /// Returns the place of what a compressed file holds.
    fn inside(&self) -> Place {
        Place { depth: self.depth + 1, ..self.clone() }
    }
}

struct Walk<'a> {
    limits: &'a Limits,
    columns: &'a Columns,
    path: &'a str,
    give: &'a mut dyn FnMut(Item) -> bool,
    tally: Tally,
    is_container: bool,
    /// Bytes read out of containers so far.
    unpacked: u64,
    began: Instant,
}

/// What bytes are, as far as opening goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Gzip,
    Zstd,
    Zip,
    Tar,
    Warc,
    Mbox,
    Json,
    Parquet,
    Document,
}

fn kind(head: &[u8]) -> Kind {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if head.starts_with(b"\x1f\x8b\x08") {
        Kind::Gzip
    } else if head.starts_with(b"\x28\xb5\x2f\xfd") {
        Kind::Zstd
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Kind::Zip
    } else if head.starts_with(b"PAR1") {
        Kind::Parquet
    } else if head.starts_with(b"WARC/") {
        Kind::Warc
    } else if tar::is_tar(head) {
        Kind::Tar
    } else if mbox::is_mbox(head) {
        Kind::Mbox
    } else if text.starts_with(b"{") || text.starts_with(b"[") {
        Kind::Json
    } else {
        Kind::Document
    }
}

impl<'a> Walk<'a> {
    fn new(path: &'a str, limits: &'a Limits, columns: &'a Columns, give: &'a mut dyn FnMut(Item) -> bool) -> Walk<'a> {
        Walk {
            limits,
            columns,
            path,
            give,
            tally: Tally::default(),
            is_container: false,
            unpacked: 0,
            began: Instant::now(),
        }
    }

    /// Opens the input and tells what ended it; a panic within costs this input alone. Returns the account of a
    /// container.
    fn run(mut self, open: impl FnOnce(&mut Walk<'a>) -> Result<(), Trouble>) -> Option<Tally> {
        let done = catch_unwind(AssertUnwindSafe(|| open(&mut self)));
        let fault = || Err(Trouble::Lost("internal error in opening this input; please report it".into()));
        if let Err(Trouble::Lost(reason)) = done.unwrap_or_else(|_| fault()) {
            self.lost(None, reason);
        }
        self.is_container.then_some(self.tally)
    }
}

impl Walk<'_> {
    /// Finds out what bytes are; gives them, or what they hold.
    fn open(&mut self, input: Input<'_>, place: Place) -> Result<(), Trouble> {
        if place.depth > self.limits.depth {
            return Err(Trouble::Lost(format!("containers more than {} deep are not opened", self.limits.depth)));
        }
        match input {
            Input::File(file) => {
                let kind = kind(&front(&file)?);
                match kind {
                    Kind::Zip => self.zip(file, place),
                    Kind::Parquet => self.parquet(parquet_source(file)?, place),
                    _ => self.stream(kind, &mut BufReader::with_capacity(1 << 16, file), place),
                }
            }
            Input::Stream(stream) => {
                let mut head = Vec::with_capacity(SHOWS);
                stream.take(SHOWS as u64).read_to_end(&mut head)?;
                let kind = kind(&head);
                self.stream(kind, &mut Cursor::new(head).chain(stream), place)
            }
        }
    }

    fn stream(&mut self, kind: Kind, stream: &mut dyn BufRead, place: Place) -> Result<(), Trouble> {
        match kind {
            Kind::Gzip => self.gzip(stream, place),
            Kind::Zstd => self.zstd(stream, place),
            Kind::Tar => self.tar(stream, place),
            Kind::Warc => self.warc(stream, &place),
            Kind::Mbox => self.mbox(stream, &place),
            Kind::Json => self.json(stream, place),
            Kind::Zip => {
                let bytes = self.whole(stream)?;
                self.zip(Cursor::new(bytes), place)
            }
            Kind::Parquet => {
                let bytes = self.whole(stream)?;
                self.parquet(bytes.into(), place)
            }
            Kind::Document => {
                let bytes = self.whole(stream)?;
                self.document(bytes, place, None)
            }
        }
    }

    /// Opens a gzip file: a web archive record by record, anything else as one stream.
    fn gzip(&mut self, stream: &mut dyn BufRead, place: Place) -> Result<(), Trouble> {
        let mut head = Vec::with_capacity(SHOWS);
        stream.take(SHOWS as u64).read_to_end(&mut head)?;
        let mut first = Vec::new();
        // A damaged or empty beginning shows nothing; reading it in earnest will say why.
        let _ = flate2::bufread::GzDecoder::new(head.as_slice()).take(16).read_to_end(&mut first);
        let mut all = Cursor::new(head).chain(stream);
        if first.starts_with(b"WARC/") {
            return self.warc_gzip(&mut all, &place.inside());
        }
        let ratio = self.limits.ratio;
        let mut bounded = Bounded::new(all, ratio, flate2::bufread::MultiGzDecoder::new);
        self.open(Input::Stream(&mut bounded), place.inside())
    }

    fn zstd(&mut self, stream: &mut dyn BufRead, place: Place) -> Result<(), Trouble> {
        let counted = Counted::new(stream);
        let taken = counted.counter();
        let mut decoder = zstd::stream::read::Decoder::with_buffer(counted)?;
        // 128 MiB: what the command line tool allows, too.
        decoder.window_log_max(27)?;
        let mut bounded = Bounded::over(decoder, taken, self.limits.ratio);
        self.open(Input::Stream(&mut bounded), place.inside())
    }

    /// Reads a document whole, up to the limit.
    fn whole(&mut self, stream: &mut dyn BufRead) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        let most = self.limits.document;
        stream.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most {
            return Err(Trouble::Lost(format!("larger than {}", limits::size(most))));
        }
        Ok(bytes)
    }

    /// Opens a part of a container; its trouble is its own, the other parts go on.
    fn part(&mut self, input: Input<'_>, place: Place) -> Result<(), Trouble> {
        let record = place.record.clone();
        match self.open(input, place) {
            Err(Trouble::Lost(reason)) => self.lost_part(record, reason),
            done => done,
        }
    }

    fn document(&mut self, bytes: Vec<u8>, place: Place, row: Option<Box<Row>>) -> Result<(), Trouble> {
        let size = bytes.len() as u64;
        let source = self.source(place.record);
        let (url, content_type, captured) = (place.url, place.content_type, place.captured);
        self.tally.documents += 1;
        let document = Document { bytes, source, url, content_type, captured, row };
        if !(self.give)(Item::Document(Box::new(document))) {
            return Err(Trouble::Stop);
        }
        self.spend(size)
    }

    /// Counts bytes and time of the whole input; at a limit the rest is left out, and told.
    fn spend(&mut self, size: u64) -> Result<(), Trouble> {
        self.unpacked += size;
        let reason = if self.is_container && self.unpacked > self.limits.unpacked {
            format!("more than {} in one input: what follows was not read", limits::size(self.limits.unpacked))
        } else if self.limits.seconds.is_some_and(|most| self.began.elapsed().as_secs() >= most) {
            let seconds = self.limits.seconds.unwrap_or(0);
            format!("more than {seconds} seconds for one input: what follows was not read")
        } else {
            return Ok(());
        };
        self.lost(None, reason);
        Err(Trouble::Stop)
    }

    fn lost(&mut self, record: Option<String>, reason: String) -> bool {
        self.tally.lost += 1;
        let source = self.source(record);
        (self.give)(Item::Lost { source, reason })
    }

    /// Tells that a part is lost and goes on with the next.
    fn lost_part(&mut self, record: Option<String>, reason: String) -> Result<(), Trouble> {
        if self.lost(record, reason) { self.spend(0) } else { Err(Trouble::Stop) }
    }

    fn pass_over(&mut self, kind: &str) -> Result<(), Trouble> {
        let kinds = &mut self.tally.passed_over;
        // What a part calls itself is up to whoever wrote it.
        let is_odd = kind.chars().count() > LONGEST_KIND || kind.contains(char::is_control);
        let is_known = kinds.contains_key(kind) || (!is_odd && kinds.len() < MOST_KINDS);
        *kinds.entry(if is_known { kind } else { "other parts" }.to_owned()).or_default() += 1;
        self.spend(0)
    }

    fn source(&self, record: Option<String>) -> Source {
        Source { path: self.path.to_owned(), record }
    }

    #[cfg(not(feature = "parquet"))]
    fn parquet(&mut self, _: Vec<u8>, _: Place) -> Result<(), Trouble> {
        Err(Trouble::Lost("a Parquet table; this build cannot read them".to_owned()))
    }
}

#[cfg(feature = "parquet")]
fn parquet_source(file: File) -> Result<parquet::Table, Trouble> {
    Ok(file.into())
}

#[cfg(not(feature = "parquet"))]
fn parquet_source(_: File) -> Result<Vec<u8>, Trouble> {
    Ok(Vec::new())
}

/// Returns the first bytes of a file and goes back to its start.
fn front(mut file: &File) -> Result<Vec<u8>, Trouble> {
    use std::io::Seek;
    let mut head = Vec::with_capacity(SHOWS);
    file.take(SHOWS as u64).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head)
}
