//! How alike two reports are: a fact about the two of them, in integers, whatever else was read.

use super::background::log2;
use super::terms::{FIGURE, NAME, SALIENT, Terms};

/// Returns the score of two reports, in permille: the higher, the more surely they tell one story. Symmetric. Negative for
/// reports far apart in time that share little.
///
/// Weights: round, chosen by reading errors and trying steps of a tenth on five sets; docs/measurements/stories.md.
pub(super) fn score(a: &Terms, b: &Terms) -> i32 {
    let like = Likeness::of(a, b);
    (like.all * 9 + like.names + like.figures + like.salient) / 10 - apart(a, b)
}

/// Says whether two reports share more than names: a mayor and a town are in all that a local paper prints.
pub(super) fn share_matter(a: &Terms, b: &Terms) -> bool {
    Likeness::of(a, b).matter >= MATTER
}

/// The least cosine of what is no name, in permille. In three bundles of news on one affair, reports of the same town on
/// something else have 11 to 30 and those of the affair 80 and more.
const MATTER: i32 = 40;

/// Says whether two reports are of one day or of days that follow one another. Where none has a date nobody knows.
pub(super) fn are_close(a: &Terms, b: &Terms) -> bool {
    (a.is_dated || b.is_dated) && days_apart(a, b) <= 1
}

/// How two reports are alike, each in permille.
#[derive(Clone, Copy, Debug, Default)]
struct Likeness {
    /// Cosine of all terms.
    all: i32,
    /// Cosine of names.
    names: i32,
    /// Cosine of figures.
    figures: i32,
    /// Cosine of what is no name.
    matter: i32,
    /// How much of what weighs most in one stands in the other: the mean of both ways.
    salient: i32,
}

impl Likeness {
    fn of(a: &Terms, b: &Terms) -> Likeness {
        let (mut all, mut names, mut figures, mut matter) = (0_u64, 0_u64, 0_u64, 0_u64);
        let mut salient = (0, 0);
        let (mut i, mut j) = (0, 0);
        while i < a.terms.len() && j < b.terms.len() {
            let (x, y) = (&a.terms[i], &b.terms[j]);
            match x.key.cmp(&y.key) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let product = u64::from(x.weight) * u64::from(y.weight);
                    all += product;
                    names += if x.is(NAME) && y.is(NAME) { product } else { 0 };
                    figures += if x.is(FIGURE) && y.is(FIGURE) { product } else { 0 };
                    matter += if x.is(NAME) || y.is(NAME) { 0 } else { product };
                    salient.0 += if x.is(SALIENT) { u32::from(x.weight) } else { 0 };
                    salient.1 += if y.is(SALIENT) { u32::from(y.weight) } else { 0 };
                    i += 1;
                    j += 1;
                }
            }
        }
        let share = |part: u32, whole: u32| permille(u64::from(part), u64::from(whole));
        Likeness {
            all: permille(all, u64::from(a.length) * u64::from(b.length)),
            names: permille(names, u64::from(a.names) * u64::from(b.names)),
            figures: permille(figures, u64::from(a.figures) * u64::from(b.figures)),
            matter: permille(matter, u64::from(a.matter) * u64::from(b.matter)),
            salient: (share(salient.0, a.salient) + share(salient.1, b.salient)) / 2,
        }
    }
}

fn permille(part: u64, whole: u64) -> i32 {
    (part * 1000).checked_div(whole).map_or(0, |share| share.min(1000) as i32)
}

/// The most days that are taken to lie between two reports if one has no date. guess: a week.
const UNKNOWN: u32 = 7;

/// Returns the days between two reports; where one has no date, between their places.
fn days_apart(a: &Terms, b: &Terms) -> u32 {
    let days = a.day.abs_diff(b.day);
    if a.is_dated && b.is_dated { days } else { days.min(UNKNOWN) }
}

/// Returns what the days between two reports take from their score.
fn apart(a: &Terms, b: &Terms) -> i32 {
    (log2(1.0 + days_apart(a, b) as f32 / 3.0) * 50.0) as i32
}
