//! Which reports tell one story: a score of two reports, and how reports gather by it.
//!
//! A score is a fact about two reports. A report joins the story of earlier reports that it is most like, judged by the best
//! of them and by all of them, so that a chain of small likenesses does not join what is unlike.

use super::profile::{Profile, Term};
use super::vocabulary::Class;

/// Reports that stand behind [`idf`] before any was read: with few reports the list of common words decides.
const BACKGROUND: f32 = 400.0;

/// Returns the weight of a term that `count` of `reports` reports hold.
pub(super) fn idf(class: Class, count: u32, reports: u32) -> f32 {
    let share = match class {
        Class::Function => return 0.0,
        Class::Frequent => 0.25,
        Class::Common => 0.03,
        Class::Rare => 0.002,
    };
    let seen = count as f32 + BACKGROUND * share;
    log2((reports as f32 + BACKGROUND) / seen).max(0.0)
}

/// Returns the binary logarithm, linear between powers of two: the same on every machine, and close enough for weights.
pub(super) fn log2(x: f32) -> f32 {
    let bits = x.max(f32::MIN_POSITIVE).to_bits();
    let exponent = (bits >> 23) as i32 - 127;
    let fraction = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000) - 1.0;
    exponent as f32 + fraction
}

/// Sets the weights of a report's terms and the lengths of its vectors.
pub(super) fn weigh(profile: &mut Profile, idf_of: impl Fn(&Term) -> f32) {
    let mut title = 0.0;
    profile.norms = [0.0; 2];
    for term in &mut profile.terms {
        let kind = if term.name {
            1.4
        } else if term.number {
            0.7
        } else {
            1.0
        };
        term.weight = (1.0 + log2(term.count.max(1.0))) * idf_of(term) * kind;
        let square = term.weight * term.weight;
        profile.norms[0] += square;
        profile.norms[1] += if term.name { square } else { 0.0 };
        title += if term.title { square } else { 0.0 };
    }
    profile.norms = profile.norms.map(f32::sqrt);
    profile.title_norm = title.sqrt();
}

/// How two reports are alike, each in permille.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Likeness {
    /// Cosine of all terms.
    pub(super) all: u16,
    /// Cosine of names.
    pub(super) names: u16,
    /// Share of the terms of the shorter title that stand anywhere in the other report.
    pub(super) title: u16,
}

/// Compares two weighed reports.
pub(super) fn likeness(a: &Profile, b: &Profile) -> Likeness {
    let (mut all, mut names, mut title_a, mut title_b) = (0.0, 0.0, 0.0, 0.0);
    let (mut i, mut j) = (0, 0);
    while i < a.terms.len() && j < b.terms.len() {
        let (x, y) = (&a.terms[i], &b.terms[j]);
        match x.id.cmp(&y.id) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                let product = x.weight * y.weight;
                all += product;
                names += if x.name && y.name { product } else { 0.0 };
                title_a += if x.title { x.weight * x.weight } else { 0.0 };
                title_b += if y.title { y.weight * y.weight } else { 0.0 };
                i += 1;
                j += 1;
            }
        }
    }
    let permille = |part: f32, whole: f32| if whole > 0.0 { (part * 1000.0 / whole).min(1000.0) as u16 } else { 0 };
    let title = |part: f32, norm: f32| permille(part.sqrt(), norm);
    Likeness {
        all: permille(all, a.norms[0] * b.norms[0]),
        names: permille(names, a.norms[1] * b.norms[1]),
        title: title(title_a, a.title_norm).max(title(title_b, b.title_norm)),
    }
}

/// Returns the score of two reports, in permille: the higher, the more surely they tell one story.
pub(super) fn score(a: &Profile, b: &Profile) -> i32 {
    let like = likeness(a, b);
    let base = (i32::from(like.all) * 7 + i32::from(like.names) * 2 + i32::from(like.title)) / 10;
    let gap = match (a.day, b.day) {
        (Some(x), Some(y)) => (x - y).abs(),
        _ => 0,
    };
    base - (gap - 3).clamp(0, 60) * 2
}

/// The least score with which a report joins a story.
pub(super) const JOIN: i32 = 270;

/// Returns the score of a report with a story: its best members count as much as all of those compared.
pub(super) fn with_story(scores: &[i32]) -> i32 {
    let best = scores.iter().copied().max().unwrap_or(0);
    let mean = scores.iter().sum::<i32>() / (scores.len() as i32).max(1);
    (best * 2 + mean) / 3
}
