//! Office documents: a zip archive of XML parts. Word processor documents are read; sheets and slides are named and refused.

mod docx;
mod odt;

use super::clean::{clean, squeeze};
use super::dates;
use super::draft::Draft;
use super::head::{self, Para};
use super::published::{Claim, Ground};
use super::{Binary, Refused, charset, xml};
use annals_core::report::Report;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Which program's kind of document it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Word,
    OpenText,
    /// Something else of the same make, and what to call it.
    Other(&'static str),
}

/// Largest part that is read, in bytes; its end is left out. guess: a book of 1,000 pages has 10 MB of markup.
const LARGEST_PART: u64 = 32 << 20;

/// Parts of one kind (headers, footers) that are looked at.
const MOST_PARTS: usize = 64;

/// Says whether bytes are an office document or an e-book: a zip archive that is one thing and no folder of things.
pub(super) fn is_office(bytes: &[u8]) -> bool {
    kind(bytes).is_some()
}

fn kind(bytes: &[u8]) -> Option<Kind> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let mut archive = Archive::open(bytes)?;
    if let Some(mime) = archive.part("mimetype") {
        return Some(match mime.trim() {
            "application/vnd.oasis.opendocument.text" | "application/vnd.oasis.opendocument.text-template" => {
                Kind::OpenText
            }
            "application/epub+zip" => Kind::Other("an e-book"),
            m if m.ends_with("spreadsheet") => Kind::Other("a spreadsheet"),
            m if m.ends_with("presentation") => Kind::Other("a set of slides"),
            m if m.starts_with("application/vnd.oasis.opendocument") => Kind::Other("a drawing or database"),
            _ => return None,
        });
    }
    archive.has("[Content_Types].xml").then(|| match () {
        () if archive.has("word/document.xml") => Kind::Word,
        () if archive.has("xl/workbook.xml") || archive.has("xl/workbook.bin") => Kind::Other("a spreadsheet"),
        () if archive.has("ppt/presentation.xml") => Kind::Other("a set of slides"),
        () => Kind::Other("an office package without a text"),
    })
}

/// Decodes a document into one report.
pub(super) fn decode(input: &Binary<'_>) -> Result<Vec<Report>, Refused> {
    let refused = |reason: &str| Refused { reason: reason.to_owned() };
    let mut archive = Archive::open(input.bytes).ok_or_else(|| refused("a damaged office document"))?;
    let pages = match kind(input.bytes) {
        Some(Kind::Word) => docx::read(&mut archive),
        Some(Kind::OpenText) => odt::read(&mut archive),
        Some(Kind::Other(what)) => return Err(refused(&format!("{what}: no report is read from it"))),
        None => return Err(refused("a damaged office document")),
    };
    let mut draft = Draft { url: input.url.map(str::to_owned), captured: input.captured, ..Draft::default() };
    pages.read_into(&mut draft);
    if archive.is_cut {
        draft.warnings.push("cut-short");
    }
    if draft.body.is_empty() && draft.title.is_none() {
        return Err(refused("an office document without words"));
    }
    Ok(vec![draft.finish(input.source.clone())])
}

/// A document as its format tells it.
#[derive(Default)]
struct Document {
    paragraphs: Vec<Paragraph>,
    notes: Vec<String>,
    comments: Vec<String>,
    /// Headers and footers.
    margins: Vec<String>,
    /// Title, author and the like as the file's properties have them; never taken for what a reader sees.
    properties: Vec<String>,
    created: Option<String>,
    modified: Option<String>,
    is_tracked: bool,
    is_broken: bool,
}

/// A paragraph with what shows whether it is a headline.
#[derive(Clone, Default, Debug)]
struct Paragraph {
    text: String,
    /// 1 for the document's title, 2 to 6 for headings, 0 for none.
    level: u8,
    /// Size of most of its letters, in half points; 0 if the style alone says.
    size: u32,
}

impl Document {
    fn read_into(self, draft: &mut Draft) {
        let largest = self.largest_opening();
        let has_title = self.paragraphs.iter().any(|p| p.level == 1 && !p.text.trim().is_empty());
        let mut paras = Vec::new();
        let mut block = 0;
        for (n, paragraph) in self.paragraphs.iter().enumerate() {
            let text = squeeze(&clean(&paragraph.text));
            // Blank lines part blocks.
            if text.is_empty() {
                block += 1;
                continue;
            }
            let level = if !has_title && largest == Some(n) { 1 } else { paragraph.level };
            paras.push(Para { text, level, block, ..Para::default() });
        }
        head::read(paras, draft);
        draft.body.extend(self.notes.iter().map(|n| squeeze(&clean(n))).filter(|n| !n.is_empty()));
        for words in &self.comments {
            draft.remove("comment", words);
        }
        for words in &self.margins {
            if draft.removed.iter().all(|r| r.exact != squeeze(words)) {
                draft.remove("running-head", words);
            }
        }
        for words in &self.properties {
            draft.remove("property", words);
        }
        for (value, ground) in [(self.created, Ground::Properties), (self.modified, Ground::Modified)] {
            if let Some(when) = value.as_deref().and_then(super::html::meta::machine_date) {
                draft.claims.push(Claim::new(when, ground));
            }
        }
        draft.warnings.extend(self.is_tracked.then_some("tracked-changes"));
        draft.warnings.extend(self.is_broken.then_some("cut-short"));
    }

    /// Returns the paragraph printed largest among the first, if one alone is.
    fn largest_opening(&self) -> Option<usize> {
        const OPENING: usize = 12;
        let words = |p: &Paragraph| p.text.split_whitespace().count();
        let full: Vec<usize> = (0..self.paragraphs.len()).filter(|&n| words(&self.paragraphs[n]) > 0).collect();
        let usual = full.iter().map(|&n| &self.paragraphs[n]).filter(|p| words(p) >= 15).map(|p| p.size).max()?;
        let opening = full.iter().copied().take(OPENING);
        let titles = opening.filter(|&n| {
            let p = &self.paragraphs[n];
            p.size > usual && (3..=30).contains(&words(p)) && dates::find_dates(&p.text).is_empty()
        });
        titles.max_by_key(|&n| (self.paragraphs[n].size, std::cmp::Reverse(n)))
    }
}

/// The parts of a document by name.
struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// A part was longer than is read.
    is_cut: bool,
}

impl<'a> Archive<'a> {
    fn open(bytes: &'a [u8]) -> Option<Archive<'a>> {
        Some(Archive { zip: ZipArchive::new(Cursor::new(bytes)).ok()?, is_cut: false })
    }

    fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Returns a part's text, at most [`LARGEST_PART`] bytes of it.
    fn part(&mut self, name: &str) -> Option<String> {
        let file = self.zip.by_name(name).ok()?;
        let mut bytes = Vec::new();
        // A damaged end leaves what came before.
        let _ = file.take(LARGEST_PART + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > LARGEST_PART {
            self.is_cut = true;
            bytes.truncate(LARGEST_PART as usize);
        }
        Some(charset::text(&bytes, None).into_owned())
    }

    /// Returns the names of parts between two ends, sorted.
    fn names(&self, opens: &str, ends: &str) -> Vec<String> {
        let all = self.zip.file_names().flatten();
        let mut names: Vec<String> =
            all.filter(|n| n.starts_with(opens) && n.ends_with(ends)).map(|n| n.into_owned()).collect();
        names.sort();
        names.truncate(MOST_PARTS);
        names
    }
}

/// Returns the words of the elements of the given local names, one entry an element.
fn values(part: &str, wanted: &[&str]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    xml::walk(part, |node| match node {
        xml::Node::Open(tag) => {
            let name = xml::local(tag.name()).to_owned();
            inside = wanted.contains(&name.as_str());
            if inside {
                out.push((name, String::new()));
            }
        }
        xml::Node::Words(words) if inside => {
            if let Some((_, value)) = out.last_mut() {
                value.push_str(words);
            }
        }
        xml::Node::Words(_) => {}
        xml::Node::Close(_) => inside = false,
    });
    out.retain(|(_, v)| !v.trim().is_empty());
    out
}

/// Reads the properties that both kinds have under the same names.
fn read_properties(part: &str, document: &mut Document) {
    for (name, value) in
        values(part, &["title", "creator", "initial-creator", "created", "creation-date", "modified", "date"])
    {
        match name.as_str() {
            "created" | "creation-date" => document.created = Some(value),
            "modified" | "date" => document.modified = Some(value),
            _ => document.properties.push(format!("{name}: {value}")),
        }
    }
}
