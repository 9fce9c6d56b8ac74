//! The one pass over a report's text: its words as numbers with their offsets, and its sentences. Copies and stories both
//! start from here.

use super::Article;
use super::vocabulary::{self, Class};
use crate::reading::words::read_part;

/// A word of the body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// The hash of its stem: equal for equal words without case, possessive and plural ending.
    pub(super) key: u32,
    /// Where it starts, in bytes of the report's text.
    pub(super) start: u32,
    /// Where it ends.
    pub(super) end: u32,
    /// How common it is in news.
    pub(super) class: Class,
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

/// The words of a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) words: Vec<Word>,
    /// Half-open ranges of `words`, in text order, none empty.
    pub(super) sentences: Vec<(u32, u32)>,
}

/// Reads the article text of a report.
pub(super) fn body(article: &Article<'_>) -> Words {
    let mut out = Words::default();
    for span in article.body.iter().map_while(|&span| read_part(article.text, span)) {
        let (from, to) = (span.start(), span.end());
        if let Some(words) = article.text.get(from..to) {
            Reader { out: &mut out, quoted: false, fresh: true }.read(words, from);
        }
    }
    out
}

/// Reads a headline.
pub(super) fn title(title: &str) -> Words {
    let mut out = Words::default();
    Reader { out: &mut out, quoted: false, fresh: true }.read(title, 0);
    out
}

/// Returns the stems under which linking knows the words of a text, in text order.
pub fn stems(text: &str) -> Vec<String> {
    let words = title(text).words;
    let mut stem = String::new();
    let stem_of = |word: Word| {
        vocabulary::stem(&text[word.start as usize..word.end as usize], &mut stem);
        stem.clone()
    };
    words.into_iter().map(stem_of).collect()
}

/// Cuts text into words and sentences.
struct Reader<'a> {
    out: &'a mut Words,
    quoted: bool,
    /// Whether the next word begins a sentence.
    fresh: bool,
}

impl Reader<'_> {
    fn read(&mut self, text: &str, offset: usize) {
        let mut from = self.out.words.len();
        let mut stem = String::new();
        // The kind of break since the last word: a full stop, or a blank line.
        let (mut stopped, mut lines) = (false, 0);
        let mut at = 0;
        while let Some(c) = char_at(text, at) {
            if !c.is_alphanumeric() {
                match c {
                    '“' | '«' | '„' => self.quoted = true,
                    '”' | '»' => self.quoted = false,
                    '"' => self.quoted = !self.quoted,
                    '\n' => lines += 1,
                    _ => {}
                }
                stopped |= matches!(c, '.' | '!' | '?' | ':' | ';' | '…' | '—');
                at += c.len_utf8();
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
            let end = word_end(text, at, c);
            let (key, number) = vocabulary::read(&text[at..end], &mut stem);
            let number = number || c.is_ascii_digit();
            let class = vocabulary::class(key);
            let mut flags = if number { NUMBER } else { 0 };
            flags |= if capital && !self.fresh && class != Class::Function { CAPITAL } else { 0 };
            flags |= if class == Class::Function { FUNCTION } else { 0 };
            flags |= if self.quoted { QUOTED } else { 0 };
            self.fresh = false;
            self.out.words.push(Word {
                key: key as u32,
                start: (offset + at) as u32,
                end: (offset + end) as u32,
                class,
                flags,
            });
            at = end;
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

/// Returns the character at a byte of the text; most are ASCII and need no decoding.
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// Returns where the word that begins at `at` ends.
fn word_end(text: &str, at: usize, first: char) -> usize {
    let mut end = at + first.len_utf8();
    loop {
        end += text.as_bytes()[end..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let Some(c) = char_at(text, end) else { break };
        if !c.is_alphanumeric() {
            let inner = matches!(c, '\'' | '’' | '.' | ',')
                && char_at(text, end + c.len_utf8()).is_some_and(|n| {
                    if matches!(c, '.' | ',') {
                        n.is_ascii_digit() && first.is_ascii_digit()
                    } else {
                        n.is_alphabetic()
                    }
                });
            if !inner {
                break;
            }
        }
        end += c.len_utf8();
    }
    end
}
