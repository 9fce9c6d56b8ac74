//! What linking keeps of a report: its words as numbers with their offsets, its sentences, its shingles and its terms.

use super::Article;
use super::table::{Table, join, mix};
use super::vocabulary::{self, Class};
use crate::reading::words::read_part;

/// A word of the body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Its number in the table: equal for equal words without case, possessive and plural ending.
    pub(super) id: u32,
    /// Where it starts, in bytes of the report's text.
    pub(super) start: u32,
    /// Where it ends.
    pub(super) end: u32,
    /// What it is: [`CAPITAL`], [`NUMBER`], [`FUNCTION`], [`QUOTED`].
    pub(super) flags: u8,
}

/// Written with a capital, and not because a sentence begins with it.
pub(super) const CAPITAL: u8 = 1;
/// Begins with a digit, or is a number word.
pub(super) const NUMBER: u8 = 2;
/// One of the few hundred words that hold sentences together.
pub(super) const FUNCTION: u8 = 4;
/// Between quotation marks.
pub(super) const QUOTED: u8 = 8;

impl Word {
    pub(super) fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// A term of a report, for finding its story.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) id: u32,
    /// How often it stands in the body; words in the title and the first sentences count more.
    pub(super) count: f32,
    /// Its weight among all reports, once known.
    pub(super) weight: f32,
    /// Stands in the title or the first sentences.
    pub(super) lede: bool,
    /// Mostly written with a capital: a name.
    pub(super) name: bool,
    pub(super) number: bool,
    pub(super) class: Class,
}

/// What linking keeps of a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    /// Days since the epoch.
    pub(super) day: Option<i32>,
    pub(super) words: Vec<Word>,
    /// Half-open ranges of `words`, in text order, none empty.
    pub(super) sentences: Vec<(u32, u32)>,
    /// Hash and first word of each run of three words, sorted.
    pub(super) shingles: Vec<(u32, u32)>,
    /// Sorted by id.
    pub(super) terms: Vec<Term>,
    /// Length of the vector of weighted terms.
    pub(super) norm: f32,
    /// The same of the terms of the title and the first sentences.
    pub(super) lede_norm: f32,
}

/// Words in a shingle. Source: 3 words gave more recall on edited copies than 5 at the same rate of false parents.
pub(super) const SHINGLE: usize = 3;

/// Reads one report.
pub(super) fn profile(article: &Article<'_>, table: &mut Table) -> Profile {
    let mut profile = Profile { day: article.day.map(days), ..Profile::default() };
    for span in article.body.iter().map_while(|&span| read_part(article.text, span)) {
        let (from, to) = (span.start(), span.end());
        if let Some(words) = article.text.get(from..to) {
            Reader { out: &mut profile, table, quoted: false, fresh: true }.read(words, from);
        }
    }
    let mut title = Profile::default();
    Reader { out: &mut title, table, quoted: false, fresh: true }.read(article.title, 0);
    profile.shingles = shingles(&profile.words);
    profile.terms = terms(&profile, &title.words, table);
    profile
}

/// Returns the days since 1 January 1970.
fn days(day: crate::when::Day) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    (day - epoch).get_days()
}

/// Cuts text into words and sentences.
struct Reader<'a> {
    out: &'a mut Profile,
    table: &'a mut Table,
    quoted: bool,
    /// Whether the next word begins a sentence.
    fresh: bool,
}

impl Reader<'_> {
    fn read(&mut self, text: &str, offset: usize) {
        let mut from = self.out.words.len();
        let mut stem = String::new();
        let mut chars = text.char_indices().peekable();
        // The kind of break since the last word: a full stop, or a blank line.
        let (mut stopped, mut lines) = (false, 0);
        while let Some((at, c)) = chars.next() {
            if !c.is_alphanumeric() {
                match c {
                    '“' | '«' | '„' => self.quoted = true,
                    '”' | '»' => self.quoted = false,
                    '"' => self.quoted = !self.quoted,
                    '\n' => lines += 1,
                    _ => {}
                }
                stopped |= matches!(c, '.' | '!' | '?' | ':' | ';' | '…' | '—');
                continue;
            }
            let capital = c.is_uppercase();
            if lines > 1 {
                // A quotation does not outlive its paragraph: unclosed marks would swallow the rest.
                self.quoted = false;
            }
            if lines > 1 || (stopped && (capital || lines > 0)) {
                self.end_sentence(&mut from);
            }
            (stopped, lines) = (false, 0);
            let end = word_end(text, at, c, &mut chars);
            vocabulary::stem(&text[at..end], &mut stem);
            let number = c.is_ascii_digit() || vocabulary::is_number(&stem);
            let key = vocabulary::key(&stem);
            let class = vocabulary::class(key);
            let mut flags = if number { NUMBER } else { 0 };
            flags |= if capital && !self.fresh && class != Class::Function { CAPITAL } else { 0 };
            flags |= if class == Class::Function { FUNCTION } else { 0 };
            flags |= if self.quoted { QUOTED } else { 0 };
            let id = self.table.id(key);
            self.fresh = false;
            self.out.words.push(Word { id, start: (offset + at) as u32, end: (offset + end) as u32, flags });
        }
        self.end_sentence(&mut from);
    }

    fn end_sentence(&mut self, from: &mut usize) {
        let to = self.out.words.len();
        if to > *from {
            self.out.sentences.push((*from as u32, to as u32));
        }
        *from = to;
        self.fresh = true;
    }
}

/// Returns where the word that begins at `at` ends, and moves behind it.
fn word_end(text: &str, at: usize, first: char, chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>) -> usize {
    let mut end = at + first.len_utf8();
    while let Some(&(next, c)) = chars.peek() {
        let inner = matches!(c, '\'' | '’' | '.' | ',')
            && text[next + c.len_utf8()..].starts_with(|n: char| {
                if matches!(c, '.' | ',') { n.is_ascii_digit() && first.is_ascii_digit() } else { n.is_alphabetic() }
            });
        if !c.is_alphanumeric() && !inner {
            break;
        }
        end = next + c.len_utf8();
        chars.next();
    }
    end
}

fn shingles(words: &[Word]) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = words
        .windows(SHINGLE)
        .enumerate()
        .map(|(at, run)| (run.iter().fold(0, |h, w| join(h, u64::from(w.id))) as u32, at as u32))
        .collect();
    out.sort_unstable();
    out
}

/// Counts the terms of body and title.
fn terms(profile: &Profile, title: &[Word], table: &mut Table) -> Vec<Term> {
    let lede = profile.sentences.iter().take(3).next_back().map_or(0, |s| s.1 as usize);
    let mut seen: Vec<(u32, u32, u8)> = Vec::with_capacity(profile.words.len() + title.len());
    for (n, word) in profile.words.iter().enumerate() {
        seen.push((word.id, if n < lede { 5 } else { 2 }, word.flags));
    }
    for word in title {
        seen.push((word.id, 4, word.flags & !CAPITAL | TITLE));
    }
    seen.retain(|s| s.2 & FUNCTION == 0);
    seen.sort_unstable();
    let mut out: Vec<Term> = Vec::new();
    for same in seen.chunk_by(|a, b| a.0 == b.0) {
        let capitals = same.iter().filter(|s| s.2 & CAPITAL != 0).count();
        let body = same.iter().filter(|s| s.2 & TITLE == 0).count();
        out.push(Term {
            id: same[0].0,
            count: same.iter().map(|s| s.1 as f32 / 2.0).sum(),
            weight: 0.0,
            lede: same.iter().any(|s| s.1 > 2),
            name: capitals > 0 && capitals * 2 >= body,
            number: same[0].2 & NUMBER != 0,
            class: vocabulary::class(table.key(same[0].0)),
        });
    }
    out
}

const TITLE: u8 = 128;

/// Says whether a shingle is one of the quarter by which candidates are looked up.
pub(super) fn is_sampled(hash: u32) -> bool {
    mix(u64::from(hash)) & 3 == 0
}
