//! How alike two reports are: a fact about the two of them, in integers, whatever else was read.

use super::background::log2;
use super::list::Probe;
use super::terms::{FIGURE, NAME, SALIENT, Terms, Weighed};
use super::written::Apart;

/// What two reports have in common, in permille.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Pair {
    /// The higher, the more surely they tell one story. Negative for reports far apart in time that share little.
    pub(super) score: i32,
    /// The cosine of what is no name: a mayor and a town are in all that a local paper prints.
    pub(super) matter: i16,
    /// The cosine of all terms, whatever the days between and the ages.
    pub(super) words: i16,
}

impl Pair {
    /// Compares two reports, in any order.
    ///
    /// Weights: round, chosen by reading errors and trying steps on five sets; docs/measurements/stories.md.
    pub(super) fn of(a: &Ready<'_>, b: &Terms) -> Pair {
        let (Some(x), Some(y)) = (&a.weighed, &b.weighed) else { return Pair::default() };
        // Days written out are read only where a report has no day of its own.
        let like = Likeness::of(x, y, a.terms.written.is_some() && b.written.is_some());
        let by_ages = x.0.ages.alike(y.ages).map_or(0, |alike| alike * AGES / 1000 - OTHER_AGES);
        let score = like.all + (like.figures * 3 + like.salient * 2) / 20 + by_ages - apart(a.terms, b);
        // At most 1000 each.
        Pair { score, matter: like.matter as i16, words: like.all as i16 }
    }
}

/// A report that is compared with several.
#[derive(Debug)]
pub(super) struct Ready<'a> {
    terms: &'a Terms,
    weighed: Option<(&'a Weighed, Probe<'a>)>,
}

impl<'a> Ready<'a> {
    pub(super) fn of(terms: &'a Terms) -> Ready<'a> {
        Ready { terms, weighed: terms.weighed.as_ref().map(|weighed| (weighed, Probe::of(&weighed.terms))) }
    }
}

/// How two reports are alike, each in permille.
#[derive(Clone, Copy, Debug, Default)]
struct Likeness {
    /// Cosine of all terms.
    all: i32,
    /// Cosine of figures.
    figures: i32,
    /// Cosine of what is no name.
    matter: i32,
    /// How much of what weighs most in one stands in the other: the mean of both ways.
    salient: i32,
}

impl Likeness {
    fn of((a, probe): &(&Weighed, Probe<'_>), b: &Weighed, are_undated: bool) -> Likeness {
        let (mut all, mut figures, mut matter) = (0_u64, 0_u64, 0_u64);
        let mut salient = (0, 0);
        probe.common(&b.terms, |x, y| {
            let product = u64::from(x.weight) * u64::from(y.weight);
            all += product;
            figures += if x.is(FIGURE) && y.is(FIGURE) { product } else { 0 };
            matter += if x.is(NAME) || y.is(NAME) { 0 } else { product };
            salient.0 += if x.is(SALIENT) { u32::from(x.weight) } else { 0 };
            salient.1 += if y.is(SALIENT) { u32::from(y.weight) } else { 0 };
        });
        let share = |part: u32, whole: u32| permille(u64::from(part), u64::from(whole));
        Likeness {
            all: permille(all, lengths(a, b, are_undated)),
            figures: permille(figures, u64::from(a.figures) * u64::from(b.figures)),
            matter: permille(matter, u64::from(a.matter) * u64::from(b.matter)),
            salient: (share(salient.0, a.salient) + share(salient.1, b.salient)) / 2,
        }
    }
}

/// Terms up to which a text is short: two or three sentences, a column's note, a brief follow-up.
const SHORT: usize = 20;
/// How many tenths of a short text's length the longer one counts for at most.
const LONGER: u64 = 15;

/// Returns the lengths of two reports, multiplied. What a short text leaves unsaid is not held against it where one of the
/// two has a day to rest on: by its whole length, a report of ten sentences would be unlike every note on it.
///
/// guess: both numbers, by two invented notes of two sentences and the sets; with undated texts as in ECB+ it joins too much.
fn lengths(a: &Weighed, b: &Weighed, are_undated: bool) -> u64 {
    let (short, long) = if a.length < b.length { (a, b) } else { (b, a) };
    let (least, most) = (u64::from(short.length), u64::from(long.length));
    let counts = if short.terms.len() > SHORT || are_undated { most } else { most.min(least * LONGER / 10) };
    least * counts
}

fn permille(part: u64, whole: u64) -> i32 {
    (part * 1000).checked_div(whole).map_or(0, |share| share.min(1000) as i32)
}

/// What is given to the score where all ages of people that two reports give are the same, and what is taken from it where
/// both give ages at all.
const AGES: i32 = 80;
const OTHER_AGES: i32 = 20;

/// What is taken from the score where nobody knows the days between. Most news of one event comes within days, so reports
/// without a date are neither favoured nor ruled out: less than two days for two that both have none, as those of one
/// collection often have, and three where one has.
const BOTH_UNKNOWN: i32 = 50;
const ONE_UNKNOWN: i32 = 100;
/// What is taken where neither has a date and they write out days or years far from one another.
const FAR: i32 = 150;

/// Returns what the days between two reports take from their score: 63 for one day, 103 for three, 199 for thirty.
pub(super) fn apart(a: &Terms, b: &Terms) -> i32 {
    match (&a.written, &b.written) {
        (None, None) => (log2(1.0 + a.day.abs_diff(b.day) as f32 * 10.0 / 3.0) * 30.0) as i32,
        (Some(a), Some(b)) => match a.apart(b) {
            Apart::Near => 0,
            Apart::Unknown => BOTH_UNKNOWN,
            Apart::Far => FAR,
        },
        _ => ONE_UNKNOWN,
    }
}

/// Says whether a report may be of the day of an earlier one or of the next day.
pub(super) fn may_follow(earlier: &Terms, report: &Terms) -> bool {
    earlier.written.is_none() && (report.written.is_some() || report.day.abs_diff(earlier.day) <= 1)
}
