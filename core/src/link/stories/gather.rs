//! Cuts a few reports into groups, each of one story, by their scores alone: those that fit best are joined first.
//!
//! Two groups fit by their best score and by the mean of all: by the best alone, a chain of small likenesses would join what
//! is unlike; by the mean alone, a follow-up that is like one report only would stay out. Groups of several reports each
//! must also be nearly as like one another as the looser of them is in itself: two arrests of players of one club are alike,
//! but reports of each are more so. This compares a group with itself, so it needs no threshold of its own for each subject.
//! And groups that share names alone are not joined: the plant fair opened by the mayor who answers for the water.

use super::likeness::Pair;
use std::cmp::Reverse;

/// The least fit of two groups that are joined, in permille.
pub(super) const JOIN: i32 = 300;
/// Reports from which on a group can tell how alike it is in itself.
const SEVERAL: i64 = 4;
/// The least mean score of two such groups, in percent of the mean score inside the looser one.
const CLOSENESS: i64 = 65;

/// The least mean cosine of what is no name, in permille. In three bundles of news on one affair, reports of the same town
/// on something else have 14 to 42 and those of the affair 80 and more.
pub(super) const MATTER: i16 = 40;

/// Groups that are being joined. A group goes by its first report.
struct Groups {
    count: usize,
    /// By two groups, row by row.
    links: Vec<Link>,
    /// By group: the later one that fits it best, of equal ones the first, and how well.
    best: Vec<Option<(i32, usize)>>,
    /// By group: reports, and the sum of the scores inside; no reports in one that was joined to another.
    size: Vec<i64>,
    inside: Vec<i64>,
    /// Report to group.
    group: Vec<usize>,
}

/// How two groups stand to one another.
#[derive(Clone, Copy, Default)]
struct Link {
    /// The sum of the scores of their reports.
    sum: i32,
    /// The same of what is no name.
    matter: i32,
    /// The best of these scores.
    best: i32,
    /// How well the two fit; `None` if they must not be joined.
    fit: Option<i32>,
}

/// Returns the group of each of `count` reports, by the number of the group's first report.
pub(super) fn gather(count: usize, pair: impl Fn(usize, usize) -> Pair) -> Vec<usize> {
    let mut groups = Groups::new(count, pair);
    while let Some((a, b)) = groups.best() {
        groups.join(a, b);
    }
    groups.group
}

impl Groups {
    fn new(count: usize, pair: impl Fn(usize, usize) -> Pair) -> Groups {
        let mut groups = Groups {
            count,
            links: vec![Link::default(); count * count],
            best: vec![None; count],
            size: vec![1; count],
            inside: vec![0; count],
            group: (0..count).collect(),
        };
        for (a, b) in (0..count).flat_map(|b| (0..b).map(move |a| (a, b))) {
            let pair = pair(a, b);
            let at = a * count + b;
            groups.links[at] = Link { sum: pair.score, matter: pair.matter.into(), best: pair.score, fit: None };
            groups.links[at].fit = groups.fit(a, b);
            groups.links[b * count + a] = groups.links[at];
        }
        (0..count).for_each(|a| groups.find_best(a));
        groups
    }

    /// Returns the two groups that fit best, of equal ones the first.
    fn best(&self) -> Option<(usize, usize)> {
        let mut best: Option<(i32, usize, usize)> = None;
        for (a, of_a) in self.best.iter().enumerate() {
            if let Some((fit, b)) = *of_a
                && best.is_none_or(|best| fit > best.0)
            {
                best = Some((fit, a, b));
            }
        }
        best.map(|b| (b.1, b.2))
    }

    /// Joins `b` to `a`, which is before it.
    fn join(&mut self, a: usize, b: usize) {
        let n = self.count;
        self.inside[a] += self.inside[b] + i64::from(self.links[a * n + b].sum);
        self.size[a] += self.size[b];
        self.size[b] = 0;
        for c in (0..n).filter(|&c| c != a && c != b) {
            let (mut link, other) = (self.links[a * n + c], self.links[b * n + c]);
            link.sum += other.sum;
            link.matter += other.matter;
            link.best = link.best.max(other.best);
            self.links[a * n + c] = link;
            self.links[a * n + c].fit = self.fit(a, c);
            self.links[c * n + a] = self.links[a * n + c];
            (self.links[b * n + c].fit, self.links[c * n + b].fit) = (None, None);
        }
        (self.links[a * n + b].fit, self.links[b * n + a].fit) = (None, None);
        self.group.iter_mut().filter(|g| **g == b).for_each(|g| *g = a);
        self.find_best(a);
        self.best[b] = None;
        for c in 0..b {
            // Looked for anew where it was one of the two; else only the joined group may fit better.
            if self.best[c].is_some_and(|best| best.1 == a || best.1 == b) {
                self.find_best(c);
            } else if c < a
                && let Some(fit) = self.links[c * n + a].fit
                && self.best[c].is_none_or(|best| (fit, Reverse(a)) > (best.0, Reverse(best.1)))
            {
                self.best[c] = Some((fit, a));
            }
        }
    }

    /// Finds the later group that fits one best.
    fn find_best(&mut self, a: usize) {
        let later = (a + 1..self.count).filter_map(|b| Some((self.links[a * self.count + b].fit?, b)));
        self.best[a] = later.max_by_key(|&(fit, b)| (fit, Reverse(b)));
    }

    fn fit(&self, a: usize, b: usize) -> Option<i32> {
        let Link { sum, matter, best, .. } = self.links[a * self.count + b];
        let pairs = self.size[a] * self.size[b];
        if best < JOIN || pairs == 0 || i64::from(matter) < i64::from(MATTER) * pairs {
            return None;
        }
        let mean = i64::from(sum) / pairs;
        let single = self.size[a] == 1 || self.size[b] == 1;
        let fit = if single { (i64::from(best) + mean) / 2 } else { (i64::from(best) + 3 * mean) / 4 } as i32;
        let several = self.size[a] >= SEVERAL && self.size[b] >= SEVERAL;
        let looser = || self.mean_inside(a).min(self.mean_inside(b));
        (fit >= JOIN && !(several && mean * 100 < looser() * CLOSENESS)).then_some(fit)
    }

    fn mean_inside(&self, group: usize) -> i64 {
        let size = self.size[group];
        self.inside[group] / (size * (size - 1) / 2).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(score: i32) -> Pair {
        Pair { score, matter: 100, words: 500 }
    }

    /// Two groups of reports, the first half and the second: scores inside, and between.
    fn halves(count: usize, inside: i32, between: i32) -> Vec<usize> {
        gather(count, |a, b| pair(if a * 2 / count == b * 2 / count { inside } else { between }))
    }

    #[test]
    fn groups_that_are_much_more_alike_in_themselves_stay_apart() {
        assert_eq!(halves(8, 700, 400), [0, 0, 0, 0, 4, 4, 4, 4]);
        assert_eq!(halves(8, 500, 400), [0; 8]);
        // Two reports of each do not tell how alike the stories are in themselves.
        assert_eq!(halves(4, 700, 400), [0; 4]);
    }

    #[test]
    fn a_chain_ends_where_the_mean_is_too_low() {
        let chain = |a: usize, b: usize| pair(if b - a == 1 { 400 } else { 100 });
        assert_eq!(gather(4, chain), [0, 0, 2, 2]);
        assert_eq!(gather(0, chain), [0; 0]);
    }
    #[test]
    fn names_alone_do_not_join() {
        let names = |_: usize, _: usize| Pair { score: 700, matter: 20, words: 500 };
        assert_eq!(gather(2, names), [0, 1]);
    }
}
