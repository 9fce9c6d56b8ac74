//! From letters with places to lines in reading order: words, columns by the white between them, lines.
//!
//! Columns are found by gutters: upright stretches of white that no line of a stretch of lines crosses. Cutting a page
//! at its widest gaps instead reads two columns in halves wherever a gap runs through both.

use super::glyphs::Glyph;

/// A word with its place, in points.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) y: f64,
    pub(super) size: f64,
}

/// Words on one baseline, from left to right.
pub(super) type Band = Vec<Word>;

/// A gap between letters wider than this share of their size parts words. Source: spaces of common fonts are 0.2 to
/// 0.35 wide and may be set tighter; letters are hardly set wider than 0.1.
const WORD_GAP: f64 = 0.15;

/// A gutter is at least this wide, in sizes of the letters. guess: papers set 0.8 to 2.
const GUTTER: f64 = 0.6;

/// Lines that a column has at least.
const COLUMN_LINES: usize = 4;

/// A column is at least this wide, in sizes of the letters: cells of a table are narrower.
const COLUMN_WIDTH: f64 = 5.0;

/// Gutters inside columns beyond this depth are not looked for.
const DEEPEST: usize = 10;

/// Places at which a gutter is tried.
const MOST_PLACES: usize = 400;

/// Joins letters to words.
pub(super) fn words(mut glyphs: Vec<Glyph>) -> Vec<Word> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut out = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        if row.last().is_some_and(|last| glyph.y - last.y > 0.4_f64.max(glyph.size * 0.08)) {
            row_words(std::mem::take(&mut row), &mut out);
        }
        row.push(glyph);
    }
    row_words(row, &mut out);
    out
}

fn row_words(mut row: Vec<Glyph>, out: &mut Vec<Word>) {
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut word: Option<Word> = None;
    let mut before: Option<Glyph> = None;
    for glyph in row {
        // Bold type may be made by printing a letter twice.
        let is_double = before
            .as_ref()
            .is_some_and(|b| b.text == glyph.text && glyph.x0 - b.x0 < (b.x1 - b.x0) * 0.4 && glyph.size == b.size);
        if is_double {
            continue;
        }
        let is_blank = glyph.text.trim().is_empty();
        let parts = word
            .as_ref()
            .is_none_or(|w| is_blank || glyph.x0 - w.x1 > WORD_GAP * w.size.min(glyph.size) || glyph.x0 < w.x0);
        if parts {
            out.extend(word.take());
        }
        match &mut word {
            _ if is_blank => {}
            Some(word) => {
                word.text.push_str(&glyph.text);
                word.x1 = word.x1.max(glyph.x1);
            }
            None => {
                let text = glyph.text.clone();
                word = Some(Word { text, x0: glyph.x0, x1: glyph.x1, y: glyph.y, size: glyph.size });
            }
        }
        before = Some(glyph);
    }
    out.extend(word);
}

/// Groups words by baseline, from top to bottom; raised and lowered marks stay with the word they are set to.
pub(super) fn bands(mut words: Vec<Word>) -> Vec<Band> {
    words.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut out: Vec<Band> = Vec::new();
    for word in words {
        let near = out
            .last()
            .and_then(|band| band.last())
            .is_some_and(|last| word.y - last.y <= 0.3 * last.size.min(word.size));
        match out.last_mut().filter(|_| near) {
            Some(band) => band.push(word),
            None => out.push(vec![word]),
        }
    }
    for n in 0..out.len() {
        let marks: Vec<(usize, usize)> =
            (0..out[n].len()).rev().filter_map(|at| Some((at, host(&out, n, at)?))).collect();
        for (at, host) in marks {
            let mark = out[n].remove(at);
            out[host].push(mark);
        }
    }
    out.retain(|band| !band.is_empty());
    for band in &mut out {
        band.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    out
}

/// Returns the band near by of the larger word behind which a small one is set higher or lower.
fn host(bands: &[Band], n: usize, at: usize) -> Option<usize> {
    let mark = &bands[n][at];
    let near = n.saturating_sub(2)..(n + 3).min(bands.len());
    near.filter(|&m| m != n).find(|&m| {
        bands[m].iter().any(|w| {
            let gap = (mark.x0 - w.x1) / w.size;
            mark.size < 0.8 * w.size && (-0.1..0.35).contains(&gap) && (mark.y - w.y).abs() <= 0.6 * w.size
        })
    })
}

/// Returns the regions of a page in reading order, each its lines from top to bottom.
pub(super) fn regions(words: Vec<Word>) -> Vec<Vec<Band>> {
    let mut out = Vec::new();
    split(words, 0, &mut out);
    out
}

fn split(words: Vec<Word>, depth: usize, out: &mut Vec<Vec<Band>>) {
    if words.is_empty() {
        return;
    }
    let bands = bands(words);
    let Some(gutter) = (depth < DEEPEST).then(|| gutter(&bands)).flatten() else {
        out.push(bands);
        return;
    };
    let below = bands.len() - gutter.to;
    let mut rest = bands;
    let below = rest.split_off(rest.len() - below);
    let columns = rest.split_off(gutter.from);
    split(rest.into_iter().flatten().collect(), depth + 1, out);
    let (left, right): (Vec<Word>, Vec<Word>) = columns.into_iter().flatten().partition(|w| w.x0 < gutter.x - 0.5);
    split(left, depth + 1, out);
    split(right, depth + 1, out);
    split(below.into_iter().flatten().collect(), depth + 1, out);
}

/// White between columns: where the right one begins, and the bands `from..to` that do not cross it.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    x: f64,
    from: usize,
    to: usize,
    lines: usize,
}

/// Returns the gutter along which most lines stand on both sides.
fn gutter(bands: &[Band]) -> Option<Gutter> {
    let size = usual(bands.iter().flatten().map(|w| w.size));
    let gaps = bands.iter().flat_map(|b| b.windows(2)).map(|w| w[1].x0 - w[0].x1);
    let width = (GUTTER * size).max(1.6 * usual(gaps));
    let mut best: Option<Gutter> = None;
    for x in places(bands, width) {
        for found in stretches(bands, x, width, size) {
            if best.is_none_or(|b| found.lines > b.lines) {
                best = Some(found);
            }
        }
    }
    best
}

/// Returns the middle one of the values.
fn usual(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Returns where several lines, or what follows a gap in them, begin.
fn places(bands: &[Band], width: f64) -> Vec<f64> {
    let gaps = bands.iter().flat_map(|b| b.windows(2)).filter(|w| w[1].x0 - w[0].x1 >= width).map(|w| w[1].x0);
    let mut all: Vec<f64> = gaps.chain(bands.iter().filter_map(|b| b.first()).map(|w| w.x0)).collect();
    all.sort_by(f64::total_cmp);
    let mut out: Vec<(f64, usize)> = Vec::new();
    for x in all {
        match out.last_mut() {
            Some((from, count)) if x - *from < 1.0 => *count += 1,
            _ => out.push((x, 1)),
        }
    }
    out.retain(|(_, count)| *count >= 3);
    out.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.total_cmp(&b.0)));
    out.truncate(MOST_PLACES);
    out.into_iter().map(|(x, _)| x).collect()
}

/// Returns the stretches of lines that leave the white before `x` free and have columns on both sides.
fn stretches(bands: &[Band], x: f64, width: f64, size: f64) -> Vec<Gutter> {
    let crosses = |band: &Band| band.iter().any(|w| w.x0 < x - 0.5 && w.x1 > x - width);
    let mut out = Vec::new();
    let mut from = 0;
    for to in 0..=bands.len() {
        if to < bands.len() && !crosses(&bands[to]) {
            continue;
        }
        out.extend(columns(bands, from, to, x, size));
        from = to + 1;
    }
    out
}

fn columns(bands: &[Band], from: usize, to: usize, x: f64, size: f64) -> Option<Gutter> {
    let run = bands.get(from..to)?;
    let side = |is_left: bool| {
        let mut widths = Vec::new();
        for band in run {
            let words = || band.iter().filter(|w| (w.x0 < x - 0.5) == is_left);
            let left = words().map(|w| w.x0).min_by(f64::total_cmp);
            let right = words().map(|w| w.x1).max_by(f64::total_cmp);
            widths.extend(left.zip(right).map(|(l, r)| r - l));
        }
        widths
    };
    let (left, right) = (side(true), side(false));
    let lines = left.len().min(right.len());
    let wide = usual(left.iter().copied()).min(usual(right.iter().copied())) >= COLUMN_WIDTH * size;
    (lines >= COLUMN_LINES && wide).then_some(Gutter { x, from, to, lines })
}
