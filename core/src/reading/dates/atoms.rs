//! The text as the grammar of times sees it: tokens, with hyphened words taken apart and numbers read.

use crate::lang::en::time::{TimeWord, time_word};
use crate::reading::words::{TokenKind, Words};
use crate::text::Text;

/// What a stretch without hyphens is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// A word of the list.
    Word(TimeWord),
    /// Digits: their value and how many there are.
    Digits(u32, u8),
    /// Digits with commas or a fraction: a count, no part of a date.
    Count(u32),
    /// `8th`.
    Nth(u8),
    /// `8:15`.
    Colon(u8, u8),
    /// `6.30`.
    Point(u8, u8),
    /// `5pm`, `5.30pm`: hour on the clock of 24 and minute.
    Clock(u8, u8),
    /// `1990s`, `90s`: the value and how many digits.
    Plural(u32, u8),
    /// `22.03.2024`.
    Dots(u8, u8, u16),
    /// Anything else.
    Other,
}

/// A stretch of the text without hyphens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) sentence: u32,
    pub(super) shape: Shape,
    /// Joined to the one before by a hyphen.
    pub(super) glued: bool,
    /// Begins with a capital.
    pub(super) capital: bool,
}

/// Takes the tokens of the sentences that are read apart.
pub(super) fn split(text: &Text, words: &Words) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::with_capacity(words.tokens.len() + 16);
    let whole = text.as_str();
    for (number, sentence) in words.sentences.iter().enumerate() {
        if !sentence.part.is_read() {
            continue;
        }
        for token in &words.tokens[sentence.tokens.clone()] {
            let (start, end) = (token.span.start(), token.span.end());
            let base = Atom { start, end, sentence: number as u32, shape: Shape::Other, glued: false, capital: false };
            let lower = words.lower_at(token.span);
            match token.kind {
                TokenKind::Word => word(whole, lower, base, &mut atoms),
                TokenKind::Number => atoms.push(Atom { shape: figure(lower), ..base }),
                TokenKind::Mark => atoms.push(base),
            }
        }
    }
    join_hyphens(whole, atoms)
}

/// Pushes the pieces of a word, which hyphens part.
fn word(whole: &str, lower: &str, base: Atom, atoms: &mut Vec<Atom>) {
    let mut at = base.start;
    let whole_word = time_word(lower);
    if whole_word.is_some() || !lower.contains(['-', '\u{2010}', '\u{2011}']) {
        let shape = whole_word.map_or(Shape::Other, Shape::Word);
        let capital = whole[base.start..].starts_with(char::is_uppercase);
        atoms.push(Atom { shape, capital, ..base });
        return;
    }
    for piece in lower.split_inclusive(['-', '\u{2010}', '\u{2011}']) {
        let bare = piece.trim_end_matches(['-', '\u{2010}', '\u{2011}']);
        let shape = if bare.starts_with(|c: char| c.is_ascii_digit()) {
            figure(bare)
        } else {
            time_word(bare).map_or(Shape::Other, Shape::Word)
        };
        let capital = whole[at..].starts_with(char::is_uppercase);
        atoms.push(Atom { start: at, end: at + bare.len(), shape, capital, glued: at > base.start, ..base });
        at += piece.len();
    }
}

/// Drops hyphens that stand between two atoms without space and notes the second as glued: `10-year`, `year-on-year`.
fn join_hyphens(whole: &str, atoms: Vec<Atom>) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::with_capacity(atoms.len());
    let mut n = 0;
    while n < atoms.len() {
        let atom = atoms[n];
        let hyphen = matches!(&whole[atom.start..atom.end], "-" | "\u{2010}" | "\u{2011}");
        let between = hyphen
            && out.last().is_some_and(|l| l.end == atom.start && l.shape != Shape::Other)
            && atoms.get(n + 1).is_some_and(|next| next.start == atom.end);
        if between {
            out.push(Atom { glued: true, ..atoms[n + 1] });
            n += 2;
        } else {
            out.push(atom);
            n += 1;
        }
    }
    out
}

/// Reads a number token.
fn figure(s: &str) -> Shape {
    let digits = s.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = s.split_at(digits);
    let Ok(value) = head.parse::<u32>() else { return Shape::Other };
    let len = digits.min(99) as u8;
    if tail.is_empty() {
        return Shape::Digits(value, len);
    }
    let small = value.min(255) as u8;
    match tail {
        "st" | "nd" | "rd" | "th" => return Shape::Nth(small),
        "s" => return Shape::Plural(value, len),
        "am" | "pm" => return clock(small, 0, tail == "pm"),
        "h" if value < 25 => return Shape::Clock(small, 0),
        _ => {}
    }
    if tail.starts_with(',') {
        let bare: String = s.chars().filter(char::is_ascii_digit).collect();
        return bare.parse().map_or(Shape::Other, Shape::Count);
    }
    let mut parts = s.split(['.', ':']);
    let mut next = || parts.next().unwrap_or("");
    let (_, second, third) = (next(), next(), next());
    if !third.is_empty() {
        let year = third.parse::<u16>().ok().filter(|_| third.len() == 4 || third.len() == 2);
        return match (second.parse::<u8>(), year) {
            (Ok(m), Some(y)) if tail.starts_with('.') => Shape::Dots(small, m, y),
            (Ok(m), _) if tail.starts_with(':') && value < 25 && m < 60 => Shape::Colon(small, m),
            _ => Shape::Other,
        };
    }
    let minute_digits = second.bytes().take_while(u8::is_ascii_digit).count();
    let (minute, suffix) = second.split_at(minute_digits);
    let (Ok(minute), 2) = (minute.parse::<u8>(), minute_digits) else { return Shape::Count(value) };
    if minute > 59 || value > 24 {
        return Shape::Count(value);
    }
    match suffix {
        "am" | "pm" => clock(small, minute, suffix == "pm"),
        "" | "h" | "z" if tail.starts_with(':') => Shape::Colon(small, minute),
        "" => Shape::Point(small, minute),
        _ => Shape::Other,
    }
}

fn clock(hour: u8, minute: u8, afternoon: bool) -> Shape {
    match on_24(hour, afternoon) {
        Some(hour) => Shape::Clock(hour, minute),
        None => Shape::Other,
    }
}

/// Returns the hour on the clock of 24.
pub(super) fn on_24(hour: u8, afternoon: bool) -> Option<u8> {
    match (hour, afternoon) {
        (12, true) => Some(12),
        (12, false) => Some(0),
        (1..=11, true) => Some(hour + 12),
        (0..=11, false) => Some(hour),
        (13..=23, true) => Some(hour),
        _ => None,
    }
}
