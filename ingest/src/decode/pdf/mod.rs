//! PDF: letters with their places come from the file, columns, paragraphs and headline from how they stand on the page.
//!
//! `hayro-syntax` reads objects, streams and encryption; what letters are and what follows what is worked out here,
//! because there a wrong order would be silent. Pictures are not read: a scan without a layer of words is refused.

mod cmap;
mod fonts;
mod glyphs;
mod guard;
mod heads;
mod layout;
mod paragraphs;

use super::clean::{clean, squeeze};
use super::draft::Draft;
use super::head::{self, Para};
use super::published::{Claim, Ground};
use super::{Binary, Refused, byline, dates, plain};
use annals_core::reading::words::LONGEST_READ;
use annals_core::report::Report;
use annals_core::when::{Day, When};
use glyphs::{Budget, Fonts, Glyph, Turn};
use hayro_syntax::object::DateTime;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use layout::Word;
use paragraphs::Block;
use std::collections::BTreeMap;

/// Pages that are read; a file of more is cut there. guess: the longest inquiry reports have 1,500.
const MOST_PAGES: usize = 400;

/// Drawing instructions that are followed in one file. Measured: a dense page of a newspaper has 20,000.
const MOST_INSTRUCTIONS: usize = 4_000_000;

/// Letters on one page; a page of a newspaper has 30,000.
const MOST_LETTERS_OF_PAGE: usize = 100_000;

/// Decodes a file into one report.
pub(super) fn decode(input: &Binary<'_>) -> Result<Vec<Report>, Refused> {
    let refused = |reason: &str| Refused { reason: reason.to_owned() };
    guard::check(input.bytes)?;
    let pdf = Pdf::new(input.bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => refused("a PDF that needs a password"),
        LoadPdfError::Decryption(_) => refused("a PDF with an encryption that cannot be read"),
        LoadPdfError::Invalid => refused("a damaged PDF"),
    })?;
    let read = read(&pdf);
    if read.letters == 0 {
        let has_pictures = pdf.pages().iter().take(MOST_PAGES).any(|p| !p.resources().x_objects.is_empty());
        return Err(refused(if has_pictures {
            "a PDF without a text layer: pictures of pages, perhaps scanned; run text recognition on it"
        } else {
            "a PDF without words: empty, damaged or of drawings alone"
        }));
    }
    if read.unknown * 3 > read.letters {
        return Err(refused("a PDF whose fonts do not say which letters they show"));
    }
    let mut draft = Draft { url: input.url.map(str::to_owned), captured: input.captured, ..Draft::default() };
    draft.warnings.extend(read.is_cut.then_some("cut-short"));
    draft.warnings.extend(read.is_recognised.then_some("recognised-text"));
    properties(&pdf, &mut draft);
    fill(read.pages, &mut draft);
    if draft.body.is_empty() && draft.title.is_none() {
        return Err(refused("a PDF without words that read as a report"));
    }
    Ok(vec![draft.finish(input.source.clone())])
}

/// The words of a file by page, and what is to be said about them.
struct Read {
    pages: Vec<Vec<Word>>,
    letters: usize,
    /// Letters of which the fonts do not say what they are.
    unknown: usize,
    is_cut: bool,
    /// The words are a program's reading of a scanned picture.
    is_recognised: bool,
}

fn read(pdf: &Pdf) -> Read {
    let mut fonts = Fonts::default();
    let mut instructions = MOST_INSTRUCTIONS;
    let mut letters = LONGEST_READ;
    let mut is_cut = pdf.pages().len() > MOST_PAGES;
    let mut glyphs = Vec::new();
    for page in pdf.pages().iter().take(MOST_PAGES) {
        let most = letters.min(MOST_LETTERS_OF_PAGE);
        let mut budget = Budget { instructions, letters: most };
        glyphs.push(glyphs::of_page(page, &mut fonts, &mut budget));
        instructions = budget.instructions;
        letters -= most - budget.letters;
        is_cut |= budget.is_spent();
        if instructions == 0 || letters == 0 {
            break;
        }
    }
    let all = || glyphs.iter().flatten();
    let is_recognised = all().filter(|g| g.is_invisible).count() * 2 > all().count();
    // Some programs mark all they write as no part of the text.
    let trust_marks = all().filter(|g| g.is_artifact).count() * 2 < all().count();
    let pages = glyphs.into_iter().map(|page| words(page, is_recognised, trust_marks)).collect();
    Read { pages, letters: fonts.shown, unknown: fonts.unknown, is_cut, is_recognised }
}

/// Returns the words of a page that run the way most of them do.
fn words(mut page: Vec<Glyph>, is_recognised: bool, trust_marks: bool) -> Vec<Word> {
    page.retain(|g| g.is_invisible == is_recognised && !(trust_marks && g.is_artifact));
    let mut count: BTreeMap<Turn, usize> = BTreeMap::new();
    for glyph in &page {
        *count.entry(glyph.turn).or_default() += 1;
    }
    let most = count
        .into_iter()
        .filter(|(turn, _)| *turn != Turn::Aslant)
        .max_by_key(|(turn, n)| (*n, std::cmp::Reverse(*turn)));
    let Some((turn, _)) = most else { return Vec::new() };
    page.retain(|g| g.turn == turn);
    layout::words(page)
}

/// Fills the draft from the words of the pages.
fn fill(mut pages: Vec<Vec<Word>>, draft: &mut Draft) {
    let margins = heads::take(&mut pages);
    for (kind, line) in &margins {
        draft.remove(kind, &clean(line));
        if *kind == "running-head" {
            let found = dates::find_dates(line).into_iter().next();
            draft.claims.extend(found.and_then(|d| d.published()).map(|when| Claim::new(when, Ground::Masthead)));
            // Browsers print the address at the edge of each page.
            let address = line.split(' ').find(|w| w.starts_with("https://") || w.starts_with("http://"));
            let whole = address.filter(|a| !a.ends_with(['…', '.', '-']));
            draft.url = draft.url.take().or(whole.map(str::to_owned));
        }
    }
    let text: String = pages.iter().flatten().flat_map(|w| [w.text.as_str(), " "]).collect();
    let known = plain::pages::vocabulary(&text);
    let mut marks = Vec::new();
    let mut blocks = Vec::new();
    for (n, page) in pages.into_iter().enumerate() {
        for region in layout::regions(page) {
            blocks.extend(paragraphs::of_region(&region, n, &known, &mut marks));
        }
    }
    let body = body_size(&blocks);
    let (notes, blocks): (Vec<Block>, Vec<Block>) = blocks.into_iter().partition(|b| is_note(b, body));
    let blocks = paragraphs::joined(blocks, &known);
    let title = headline(&blocks, body);
    draft.warnings.extend(has_several_headlines(&blocks, &title, body).then_some("several-headlines"));
    let mut paras: Vec<Para> = Vec::new();
    for (n, block) in blocks.iter().enumerate() {
        let level = match () {
            () if title.contains(&n) => 1,
            () if block.size > body * 1.12 && block.text.split(' ').count() <= 20 && !head::is_prose(&block.text) => 3,
            () => 0,
        };
        let text = tidy(&block.text);
        let goes_on = level == 1 && n > 0 && title.contains(&(n - 1));
        match paras.last_mut() {
            // A headline may be broken into lines that stand apart.
            Some(Para { text: last, .. }) if goes_on => *last = format!("{last} {text}"),
            _ if !text.is_empty() => paras.push(Para { text, level, block: n, ..Para::default() }),
            _ => {}
        }
    }
    head::read(paras, draft);
    draft.body.extend(notes.iter().map(|b| tidy(&b.text)).filter(|t| !t.is_empty()));
    draft.remove("note-mark", &marks.join(" "));
}

/// Ligatures are one sign on the page and several letters in the word.
fn tidy(text: &str) -> String {
    const LIGATURES: [(char, &str); 7] = [
        ('\u{fb00}', "ff"),
        ('\u{fb01}', "fi"),
        ('\u{fb02}', "fl"),
        ('\u{fb03}', "ffi"),
        ('\u{fb04}', "ffl"),
        ('\u{fb05}', "st"),
        ('\u{fb06}', "st"),
    ];
    let mut out = text.replace('\u{2010}', "-");
    for (sign, letters) in LIGATURES {
        if out.contains(sign) {
            out = out.replace(sign, letters);
        }
    }
    squeeze(&clean(&out))
}

/// Returns the size in which most letters are set.
fn body_size(blocks: &[Block]) -> f64 {
    let mut count: BTreeMap<i64, usize> = BTreeMap::new();
    for block in blocks {
        *count.entry((block.size * 10.0).round() as i64).or_default() += block.text.len();
    }
    count.iter().max_by_key(|(size, n)| (**n, **size)).map_or(0.0, |(size, _)| *size as f64 / 10.0)
}

/// A note at the foot of a page: small type that opens with its mark.
fn is_note(block: &Block, body: f64) -> bool {
    let mark = block.text.trim_start_matches(['[', '(']);
    let number = mark.bytes().take_while(u8::is_ascii_digit).count();
    let marked = mark.starts_with(['*', '†', '‡'])
        || ((1..=3).contains(&number) && mark[number..].starts_with([' ', '.', ')', ']']));
    block.size < body * 0.93 && marked && block.text.split(' ').count() >= 4
}

/// Returns the blocks of the headline: the largest type of the first page that is no paper's name.
fn headline(blocks: &[Block], body: f64) -> Vec<usize> {
    let words = |b: &Block| b.text.split(' ').count();
    let can_be = |b: &&Block| {
        b.page == 0
            && b.size > body * 1.12
            && (2..=40).contains(&words(b))
            && !b.text.contains('@')
            && dates::find_dates(&b.text).is_empty()
    };
    let first: Vec<&Block> = blocks.iter().filter(can_be).collect();
    let mut sizes: Vec<f64> = first.iter().map(|b| b.size).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    for size in sizes {
        let of_size = |b: &Block| can_be(&b) && paragraphs::is_same_size(b.size, size);
        let Some(from) = blocks.iter().position(of_size) else { continue };
        let run = (from..blocks.len()).take_while(|&n| of_size(&blocks[n])).take(4);
        let found: Vec<usize> = run.collect();
        let all: String = found.iter().map(|&n| blocks[n].text.as_str()).collect::<Vec<_>>().join(" ");
        let others = first.iter().any(|b| b.size < size && !paragraphs::is_same_size(b.size, size) && words(b) >= 4);
        let is_name =
            words(&blocks[from]) <= 5 && all.split(' ').all(|w| !w.starts_with(char::is_lowercase) || w == "of");
        if byline::is_newsroom(&all) && is_name && others {
            continue;
        }
        return found;
    }
    Vec::new()
}

/// Says whether other headlines stand on the page: a page of a paper holds more than one story.
fn has_several_headlines(blocks: &[Block], title: &[usize], body: f64) -> bool {
    let Some(size) = title.first().map(|&n| blocks[n].size) else { return false };
    let large = |b: &Block| b.size > body * 1.4 && b.size > size * 0.6 && (4..=30).contains(&b.text.split(' ').count());
    let last = title.last().copied().unwrap_or(0);
    blocks.iter().enumerate().skip(last + 1).any(|(n, b)| {
        let above: usize = blocks[last + 1..n].iter().map(|b| b.text.len()).sum();
        large(b) && above > 200
    })
}

/// Keeps what the file's properties say; a reader sees none of it, and programs fill much of it in.
fn properties(pdf: &Pdf, draft: &mut Draft) {
    let metadata = pdf.metadata();
    for (name, value) in [("title", &metadata.title), ("author", &metadata.author), ("subject", &metadata.subject)] {
        let value = value.as_deref().map(text_string).map(|v| squeeze(&clean(&v))).unwrap_or_default();
        if !value.is_empty() {
            draft.remove("property", &format!("{name}: {value}"));
        }
    }
    let dates = [(&metadata.creation_date, Ground::Properties), (&metadata.modification_date, Ground::Modified)];
    for (date, ground) in dates {
        if let Some(when) = date.as_ref().and_then(day) {
            draft.claims.push(Claim::new(when, ground));
        }
    }
}

fn day(date: &DateTime) -> Option<When> {
    let day = Day::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
    Some(When::day(day.ok()?))
}

/// Reads a text string: UTF-16 or UTF-8 with its mark, else close to Latin-1 (ISO 32000-2, 7.9.2.2).
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|p| u16::from(p[0]) << 8 | u16::from(p[1]));
            char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}
