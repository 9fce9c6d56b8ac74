//! Running heads and page numbers: the first and last lines of pages that say again what those of other pages say.

use super::layout::{self, Band, Word};
use crate::decode::plain::pages;
use std::collections::BTreeMap;

/// Lines at each end of a page that can be running heads.
const MARGIN: usize = 3;

/// Bytes of a running head; longer lines are text.
const LONGEST: usize = 160;

/// Takes running heads and page numbers off the pages. Returns each once, with its kind.
pub(super) fn take(all: &mut [Vec<Word>]) -> Vec<(&'static str, String)> {
    let pages: Vec<Vec<Band>> = all.iter().map(|page| layout::bands(page.clone())).collect();
    // The size of their type on each page where they stand.
    let mut sizes: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for bands in &pages {
        let lines: BTreeMap<String, f64> =
            ends(bands).flatten().map(|n| (masked(&line(&bands[n])), size(&bands[n]))).collect();
        for (line, size) in lines {
            sizes.entry(line).or_default().push(size);
        }
    }
    // A headline may be the running head of the pages that follow, where it is smaller.
    let repeats = |words: &str, size: f64| {
        let others = sizes.get(&masked(words)).map_or(&[][..], Vec::as_slice);
        others.len() >= 2 && others.iter().all(|other| size < other * 1.1)
    };
    let mut out: Vec<(&'static str, String)> = Vec::new();
    for (page, bands) in all.iter_mut().zip(&pages) {
        let mut kept: Vec<bool> = vec![true; bands.len()];
        for end in ends(bands) {
            for n in end {
                let words = line(&bands[n]);
                let kind = match () {
                    () if is_number(&words) => "page-number",
                    () if repeats(&words, size(&bands[n])) => "running-head",
                    () => break,
                };
                kept[n] = false;
                if out.iter().all(|(_, w)| *w != words) {
                    out.push((kind, words));
                }
            }
        }
        if kept.contains(&false) {
            *page = bands.iter().zip(&kept).filter(|(_, kept)| **kept).flat_map(|(band, _)| band.clone()).collect();
        }
    }
    out
}

/// Returns the bands at the head and at the foot of a page, from the edge inwards; a page of few lines is all text.
fn ends(bands: &[Band]) -> impl Iterator<Item = Vec<usize>> {
    let most = MARGIN.min(bands.len() / 3);
    let (head, foot) = ((0..most).collect(), (bands.len() - most..bands.len()).rev().collect());
    [head, foot].into_iter()
}

fn line(band: &Band) -> String {
    band.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn size(band: &Band) -> f64 {
    band.iter().map(|w| w.size).max_by(f64::total_cmp).unwrap_or(0.0)
}

fn masked(line: &str) -> String {
    if line.len() > LONGEST {
        // No line is like it.
        return line.to_owned();
    }
    line.to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .filter(|c| !c.is_whitespace())
        .collect()
}

fn is_number(line: &str) -> bool {
    let bare = !line.is_empty() && line.len() <= 3 && line.bytes().all(|b| b.is_ascii_digit());
    bare || pages::is_page_number(line)
}
