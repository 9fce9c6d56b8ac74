//! From lines to paragraphs: indents, gaps, sizes of type; words broken at line ends mended; columns and pages joined.

use super::layout::{Band, Word};
use crate::decode::plain::pages;
use std::collections::BTreeSet;

/// A paragraph, or the part of one that stands in one column.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) text: String,
    /// Size of its type, in points.
    pub(super) size: f64,
    pub(super) page: usize,
    /// Its first line is set in from the column's edge.
    is_indented: bool,
    /// Its last line runs to the column's other edge.
    is_full: bool,
    /// It stands first in its column.
    is_first: bool,
}

/// A line as one string.
#[derive(Default)]
struct Line {
    text: String,
    /// It is one of several of its band, or the row of a table: a paragraph of its own.
    is_alone: bool,
    x0: f64,
    x1: f64,
    y: f64,
    size: f64,
}

/// Sizes of type further apart than this share are different on purpose.
const SAME_SIZE: f64 = 0.08;

/// A gap above a line larger than this many usual ones ends a paragraph.
const GAP: f64 = 1.3;

/// An indent, in sizes of the type.
const INDENT: f64 = 0.7;

/// Fields of one line, such as name and date in a head, stand at least this far apart, in sizes of the type.
const FIELD_GAP: f64 = 2.5;

/// Signs that open the entries of a list.
const BULLETS: [char; 7] = ['•', '▪', '■', '●', '◦', '‣', '\u{f0b7}'];

/// Makes paragraphs of the lines of a region; raised numbers that point at notes go to `marks`.
pub(super) fn of_region(bands: &[Band], page: usize, known: &BTreeSet<String>, marks: &mut Vec<String>) -> Vec<Block> {
    let lines: Vec<Line> = (0..bands.len()).flat_map(|n| lines(bands, n, marks)).collect();
    let edge = Edge::of(&lines);
    let mut out: Vec<Block> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        let begins = before.is_none_or(|b| edge.parts(b, line));
        let is_full = line.x1 >= edge.right - 2.5 * line.size;
        match out.last_mut().filter(|_| !begins) {
            Some(block) => {
                append(&mut block.text, &line.text, known);
                block.is_full = is_full;
            }
            None => out.push(Block {
                text: line.text.clone(),
                size: line.size,
                page,
                is_indented: line.x0 - edge.left > INDENT * line.size,
                is_full,
                is_first: out.is_empty(),
            }),
        }
        before = Some(line);
    }
    out
}

/// Where a column's lines begin and end, and how far apart they stand.
struct Edge {
    left: f64,
    right: f64,
    leading: f64,
    /// Paragraphs open with an indent, so that a short last line says nothing.
    by_indent: bool,
}

impl Edge {
    fn of(lines: &[Line]) -> Edge {
        let mut steps: Vec<f64> = lines
            .windows(2)
            .filter(|w| is_same_size(w[0].size, w[1].size))
            .map(|w| w[1].y - w[0].y)
            .filter(|s| *s > 0.5)
            .collect();
        steps.sort_by(f64::total_cmp);
        // The lower third: in a list of short paragraphs most steps are gaps.
        let leading = steps.get(steps.len() / 3).copied().unwrap_or(0.0);
        let left = commonest(lines.iter().map(|l| l.x0));
        let mut rights: Vec<f64> = lines.iter().map(|l| l.x1).collect();
        rights.sort_by(f64::total_cmp);
        // A single heading may stick out.
        let right = rights.get(rights.len() * 9 / 10).copied().unwrap_or(0.0);
        let is_indented = |l: &&Line| (INDENT * l.size..4.0 * l.size).contains(&(l.x0 - left));
        let indented = lines.iter().filter(is_indented).count();
        let by_indent = indented >= 2 && indented * 15 >= lines.len() && indented * 2 < lines.len();
        Edge { left, right, leading, by_indent }
    }

    /// Says whether a paragraph begins with the second line.
    fn parts(&self, before: &Line, line: &Line) -> bool {
        let step = line.y - before.y;
        let gap = self.leading > 0.0 && step > self.leading.max(0.9 * line.size) * GAP;
        let back = step < 0.5;
        // What follows the bullet's line hangs below its words.
        let indent = line.x0 - before.x0 > INDENT * line.size
            && line.x0 - self.left > INDENT * line.size
            && !before.text.starts_with(BULLETS);
        // A short line that ends a sentence ends a paragraph, if the next begins like one.
        let short = before.x1 < self.right - 0.2 * (self.right - self.left);
        let closed = before.text.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', ':', '…']);
        let opens = !line.text.starts_with(char::is_lowercase);
        before.is_alone
            || line.is_alone
            || back
            || gap
            || indent
            || line.text.starts_with(BULLETS)
            || !is_same_size(before.size, line.size)
            || (short && closed && opens && !self.by_indent)
    }
}

pub(super) fn is_same_size(one: f64, other: f64) -> bool {
    (one - other).abs() <= SAME_SIZE * one.max(other)
}

/// Returns the value, to two points, that most lines have; the least of several.
fn commonest(values: impl Iterator<Item = f64>) -> f64 {
    let mut count: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
    for value in values {
        *count.entry((value / 2.0).floor() as i64).or_default() += 1;
    }
    let most = count.iter().max_by_key(|(x, n)| (**n, std::cmp::Reverse(**x)));
    most.map_or(0.0, |(x, _)| *x as f64 * 2.0)
}

/// Makes lines of the words of a band: one, or several where fields stand far apart that make no row of a table.
fn lines(bands: &[Band], n: usize, marks: &mut Vec<String>) -> Vec<Line> {
    let band = &bands[n];
    let size = main_size(band);
    let fields = fields(band);
    let is_row = fields.len() > 1
        && [n.checked_sub(1), Some(n + 1)].into_iter().flatten().filter_map(|m| bands.get(m)).any(|b| {
            let others = self::fields(b);
            others.len() > 1 && fields[1..].iter().any(|x| others[1..].iter().any(|o| (x - o).abs() < 2.0))
        });
    let baseline =
        band.iter().filter(|w| is_same_size(w.size, size)).map(|w| w.y).max_by(f64::total_cmp).unwrap_or(0.0);
    let mut out: Vec<Line> = Vec::new();
    for word in band {
        let is_small = word.size < 0.8 * size;
        let is_raised = is_small && baseline - word.y > 0.12 * size;
        // `400¹` must not be read as 4001.
        if is_raised && word.text.chars().all(|c| c.is_ascii_digit() || "*†‡,[]()".contains(c)) {
            marks.push(word.text.clone());
            continue;
        }
        let begins_field = fields.len() > 1 && !is_row && fields.contains(&word.x0);
        match out.last_mut().filter(|_| !begins_field) {
            Some(line) => {
                if word.x0 - line.x1 > 0.1 * size || !is_small {
                    line.text.push(' ');
                }
                line.text.push_str(&word.text);
                line.x1 = word.x1;
            }
            None => {
                let is_alone = fields.len() > 1;
                out.push(Line { text: word.text.clone(), is_alone, x0: word.x0, x1: word.x1, y: baseline, size });
            }
        }
    }
    out
}

/// Returns where the fields of a band begin.
fn fields(band: &Band) -> Vec<f64> {
    let wide = band.windows(2).filter(|w| w[1].x0 - w[0].x1 > FIELD_GAP * w[0].size.max(w[1].size));
    band.first().map(|w| w.x0).into_iter().chain(wide.map(|w| w[1].x0)).collect()
}

/// Returns the size of a band's letters: the largest in which a quarter of them are set.
fn main_size(band: &[Word]) -> f64 {
    let mut sizes: Vec<(i64, usize)> = Vec::new();
    for word in band {
        let size = (word.size * 10.0).round() as i64;
        match sizes.iter_mut().find(|(s, _)| *s == size) {
            Some((_, count)) => *count += word.text.len(),
            None => sizes.push((size, word.text.len())),
        }
    }
    let all: usize = sizes.iter().map(|(_, count)| count).sum();
    let large = sizes.iter().filter(|(_, count)| count * 4 >= all).map(|(size, _)| *size).max();
    large.map_or(0.0, |size| size as f64 / 10.0)
}

/// Appends a line or a further part of a paragraph, mending a word broken at its end.
fn append(text: &mut String, line: &str, known: &BTreeSet<String>) {
    // A soft hyphen is only ever one of a line's end.
    if text.ends_with('\u{ad}') {
        text.pop();
        text.push_str(line);
        return;
    }
    if text.ends_with('\u{2010}') {
        text.pop();
        text.push('-');
    }
    pages::push_line(text, line, known);
}

/// Joins paragraphs that go on in the next column or on the next page.
pub(super) fn joined(blocks: Vec<Block>, known: &BTreeSet<String>) -> Vec<Block> {
    let body = blocks.iter().filter(|b| !b.is_first && b.text.len() > 80);
    let (mut indented, mut all) = (0, 0);
    for block in body {
        all += 1;
        indented += usize::from(block.is_indented);
    }
    let by_indent = indented * 2 > all;
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let goes_on = out.last().is_some_and(|last| {
            let broken = last.text.ends_with(['-', '\u{ad}', '\u{2010}']) && block.text.starts_with(char::is_lowercase);
            block.is_first
                && last.text.len() > 25
                && is_same_size(last.size, block.size)
                && !block.is_indented
                && (broken || pages::runs_on(&last.text, &block.text) || (by_indent && last.is_full))
        });
        match out.last_mut().filter(|_| goes_on) {
            Some(last) => {
                append(&mut last.text, &block.text, known);
                last.is_full = block.is_full;
            }
            None => out.push(block),
        }
    }
    out
}
