//! Repairs text taken out of a PDF or wrapped by hand: page breaks, running heads, page numbers, broken lines.

use crate::decode::clean::{fold, squeeze};
use std::collections::{BTreeMap, BTreeSet};

/// Paragraphs (one or more lines each) and what was taken out.
pub(super) struct Repaired {
    pub(super) blocks: Vec<Vec<String>>,
    pub(super) removed: Vec<(&'static str, String)>,
}

/// Splits text into blocks of lines, with pages put together and wrapped lines joined.
pub(super) fn repair(text: &str) -> Repaired {
    let mut removed = Vec::new();
    let lines = without_page_breaks(text, &mut removed);
    let blocks = blocks(&lines);
    let width = wrap_width(&blocks);
    let vocabulary = if text.contains("-\n") { vocabulary(text) } else { BTreeSet::new() };
    let blocks = blocks.into_iter().map(|b| unwrap_block(b, width, &vocabulary)).collect();
    Repaired { blocks, removed }
}

/// Lines farther than this from a page break are no running heads.
const MARGIN: usize = 3;

/// Takes page numbers out, and lines near them that repeat from page to page.
fn without_page_breaks<'a>(text: &'a str, removed: &mut Vec<(&'static str, String)>) -> Vec<&'a str> {
    let mut lines: Vec<&str> = text.split(['\n', '\u{c}']).map(str::trim_end).collect();
    let mut breaks: Vec<usize> = lines.iter().enumerate().filter(|(_, l)| is_page_number(l)).map(|(n, _)| n).collect();
    let mut seen = 0;
    for page in text.split('\u{c}') {
        seen += page.split('\n').count();
        if seen < lines.len() {
            breaks.push(seen - 1);
        }
    }
    if breaks.is_empty() {
        return lines;
    }
    breaks.sort_unstable();
    breaks.dedup();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines.iter().filter(|l| !l.trim().is_empty() && l.len() < 200) {
        *count.entry(masked(line)).or_default() += 1;
    }
    let repeats = |line: &str| line.len() < 200 && count.get(&masked(line)).is_some_and(|n| *n >= 2);
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    for &at in &breaks {
        let mut found = Vec::new();
        if is_page_number(lines[at]) {
            found.push(at);
        }
        found.extend(margin(&lines, (0..at).rev(), &repeats));
        found.extend(margin(&lines, at + 1..lines.len(), &repeats));
        let edges = found.iter().min().copied().zip(found.iter().max().copied());
        gone.extend(found);
        // The blank lines between two pages are no end of a paragraph if the sentence runs on.
        let (from, to) = edges.unwrap_or((at, at));
        let before = (0..from).rev().find(|&n| !lines[n].trim().is_empty());
        let after = (to + 1..lines.len()).find(|&n| !lines[n].trim().is_empty());
        if let (Some(before), Some(after)) = (before, after)
            && runs_on(lines[before], lines[after])
        {
            gone.extend(before + 1..after);
        }
    }
    for &n in &gone {
        if !lines[n].trim().is_empty() {
            let kind = if is_page_number(lines[n]) { "page-number" } else { "running-head" };
            removed.push((kind, squeeze(lines[n])));
        }
    }
    let mut n = 0;
    lines.retain(|_| {
        n += 1;
        !gone.contains(&(n - 1))
    });
    lines
}

/// Returns the repeating lines next to a page break, going away from it.
fn margin(lines: &[&str], away: impl Iterator<Item = usize>, repeats: &dyn Fn(&str) -> bool) -> Vec<usize> {
    let mut out = Vec::new();
    for n in away {
        let line = lines[n];
        if line.trim().is_empty() {
            continue;
        }
        // The very first lines are the head of the paper, not yet a running head.
        let first = lines[..n].iter().all(|l| l.trim().is_empty());
        if out.len() >= MARGIN || first || !(repeats(line) || is_page_number(line)) {
            break;
        }
        out.push(n);
    }
    out
}

fn masked(line: &str) -> String {
    fold(line).chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

/// `- 1 of 3 -`, `page 1 of 3`, `Letter 7/2025      page 1 of 3`, `Page 3`, `- 3 -`.
pub(in crate::decode) fn is_page_number(line: &str) -> bool {
    let line = line.trim();
    if line.is_empty() || line.len() > 160 {
        return false;
    }
    let last = line.rsplit("   ").next().unwrap_or(line).trim().to_lowercase();
    let dashed = last.starts_with(['-', '–', '—']) && last.ends_with(['-', '–', '—']);
    let words: Vec<&str> =
        last.trim_matches(['-', '–', '—', ' ', '[', ']', '(', ')', '|']).split_whitespace().collect();
    let number = |w: &str| (1..=4).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        ["page" | "p." | "seite", n] => number(n) || n.split_once('/').is_some_and(|(a, b)| number(a) && number(b)),
        ["page" | "p." | "seite", a, "of" | "/" | "von", b] => number(a) && number(b),
        [a, "of" | "/", b] => number(a) && number(b) && a.parse::<u16>().ok() <= b.parse::<u16>().ok(),
        [n] => dashed && number(n),
        _ => false,
    }
}

/// Says whether a sentence goes on from one line to the other.
pub(in crate::decode) fn runs_on(before: &str, after: &str) -> bool {
    let (before, after) = (before.trim_end(), after.trim_start());
    let closed =
        before.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_']).ends_with(['.', '!', '?', ':', '…']);
    let Some(first) = after.chars().next() else { return false };
    if closed || before.is_empty() {
        return false;
    }
    first.is_lowercase()
        || before.ends_with([',', ';'])
        || (before.len() >= 55 && first.is_alphanumeric() && after.len() >= 40)
}

fn blocks<'a>(lines: &[&'a str]) -> Vec<Vec<&'a str>> {
    lines.split(|l| l.trim().is_empty()).filter(|b| !b.is_empty()).map(<[&str]>::to_vec).collect()
}

/// Returns the column at which lines were wrapped, if they were: the longest line of the blocks of several lines.
///
/// At least four lines must be full and most must be: a head of three short lines is no wrapped text.
fn wrap_width(blocks: &[Vec<&str>]) -> Option<usize> {
    let several = || blocks.iter().filter(|b| b.len() >= 2);
    let widths = several().flat_map(|b| b.iter().filter(|l| !l.trim().contains("   ")));
    let width = widths.map(|l| l.chars().count()).max().filter(|w| (45..=130).contains(w))?;
    let pairs: usize = several().map(|b| b.len() - 1).sum();
    let full: usize = several().map(|b| full_lines(b, width)).sum();
    (full >= 4 && full * 2 > pairs).then_some(width)
}

/// Counts the lines of a block that are full: the first word of the next would not have fitted.
fn full_lines(block: &[&str], width: usize) -> usize {
    let full = block.windows(2).filter(|w| {
        let next = w[1].split_whitespace().next().map_or(0, |word| word.chars().count());
        w[0].chars().count() + 1 + next + SLACK > width && !w[0].trim().contains("   ")
    });
    full.count()
}

/// Ragged wrapping leaves lines shorter than they could be. guess: by this many columns; settle it on more PDF text.
const SLACK: usize = 10;

/// Joins the lines of a block that was wrapped; else leaves each line to itself.
fn unwrap_block(block: Vec<&str>, width: Option<usize>, vocabulary: &BTreeSet<String>) -> Vec<String> {
    let single = |block: &[&str]| block.iter().map(|l| l.trim().to_owned()).collect();
    let Some(width) = width.filter(|_| block.len() >= 2) else { return single(&block) };
    if full_lines(&block, width) * 10 < (block.len() - 1) * 7 {
        return single(&block);
    }
    let mut joined = String::new();
    for line in block {
        push_line(&mut joined, line.trim(), vocabulary);
    }
    vec![joined]
}

/// Appends a line, mending a word broken at the line's end.
pub(in crate::decode) fn push_line(text: &mut String, line: &str, vocabulary: &BTreeSet<String>) {
    let broken = text.strip_suffix('-').is_some_and(|t| t.ends_with(char::is_alphabetic))
        && line.starts_with(char::is_lowercase);
    if text.is_empty() {
        text.push_str(line);
    } else if broken {
        let head: String =
            text[..text.len() - 1].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
        let tail: String = line.chars().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
        if !keeps_hyphen(&head, &tail, vocabulary) {
            text.pop();
        }
        text.push_str(line);
    } else {
        text.push(' ');
        text.push_str(line);
    }
}

/// Says whether the hyphen at a line's end belongs to the word: `well-known`, not `dis-missed`.
///
/// The text itself decides if it prints the word elsewhere; else a first half that is used to make compounds keeps it.
fn keeps_hyphen(head: &str, tail: &str, vocabulary: &BTreeSet<String>) -> bool {
    const HEADS: &[&str] = &[
        "well", "long", "short", "half", "self", "ex", "non", "all", "high", "low", "full", "part", "north", "south",
        "east", "west", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "thirty",
        "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "one", "first", "second", "third", "vice", "anti",
        "pro", "far", "so", "hard", "old", "new", "large", "small", "big", "late", "early", "mid", "state", "year",
        "day", "month", "week", "follow", "cross", "world", "record", "air", "fact", "much", "ill", "best", "left",
    ];
    if vocabulary.contains(&format!("{head}{tail}")) {
        return false;
    }
    vocabulary.contains(&format!("{head}-{tail}"))
        || HEADS.contains(&head)
        || (vocabulary.contains(head) && vocabulary.contains(tail) && head.len() > 3)
}

/// The words of the text, lower case, compounds with their hyphens.
pub(in crate::decode) fn vocabulary(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_alphabetic() || c == '-'))
        .filter(|w| !w.is_empty() && !w.ends_with('-'))
        .map(str::to_lowercase)
        .collect()
}
