//! Groups of names that are one bearer's, and the joins that need no guess at spelling.

use super::forms::Item;
use crate::lang::en::names as lexicon;
use crate::reading::NameKind;
use std::collections::{BTreeMap, BTreeSet};

/// A partition of the items, with the reason of each join.
#[derive(Debug)]
pub(super) struct Groups {
    parent: Vec<usize>,
    reports: Vec<BTreeSet<usize>>,
    grounds: Vec<BTreeSet<String>>,
    /// The sides of decisions that keep names apart: of the `k`th, `2k` and `2k + 1`.
    sides: Vec<BTreeSet<usize>>,
    /// The lines of those decisions.
    lines: Vec<usize>,
    /// The line of the decision that joined the group.
    united: Vec<Option<usize>>,
}

impl Groups {
    /// Returns one group an item.
    pub(super) fn of(items: &[Item]) -> Groups {
        Groups {
            parent: (0..items.len()).collect(),
            reports: items.iter().map(|i| BTreeSet::from([i.report])).collect(),
            grounds: vec![BTreeSet::new(); items.len()],
            sides: vec![BTreeSet::new(); items.len()],
            lines: Vec::new(),
            united: vec![None; items.len()],
        }
    }

    /// Returns the first item of an item's group.
    pub(super) fn root(&mut self, mut n: usize) -> usize {
        while self.parent[n] != n {
            self.parent[n] = self.parent[self.parent[n]];
            n = self.parent[n];
        }
        n
    }

    /// Returns why the members of a group were joined, one line a reason.
    pub(super) fn grounds(&self, root: usize) -> Vec<String> {
        self.grounds[root].iter().cloned().collect()
    }

    /// Joins two groups, unless a decision keeps them apart; says whether they are one now. An empty ground is not noted.
    pub(super) fn join(&mut self, a: usize, b: usize, ground: String) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b || self.parted(a, b).is_some() {
            return a == b;
        }
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low;
        let reports = std::mem::take(&mut self.reports[high]);
        self.reports[low].extend(reports);
        let sides = std::mem::take(&mut self.sides[high]);
        self.sides[low].extend(sides);
        self.united[low] = self.united[low].or(self.united[high]);
        let grounds = std::mem::take(&mut self.grounds[high]);
        self.grounds[low].extend(grounds);
        self.note(low, ground);
        true
    }

    /// Notes a ground of a group.
    pub(super) fn note(&mut self, n: usize, ground: String) {
        let root = self.root(n);
        if !ground.is_empty() {
            self.grounds[root].insert(ground);
        }
    }

    /// Keeps apart whoever is on one side from whoever is on the other.
    pub(super) fn part(&mut self, a: &[usize], b: &[usize], line: usize) {
        let decision = self.lines.len();
        self.lines.push(line);
        for (side, items) in [a, b].into_iter().enumerate() {
            for &n in items {
                let root = self.root(n);
                self.sides[root].insert(2 * decision + side);
            }
        }
    }

    /// Returns the line of the decision that keeps two groups apart.
    pub(super) fn parted(&mut self, a: usize, b: usize) -> Option<usize> {
        let (a, b) = (self.root(a), self.root(b));
        let side = self.sides[a].iter().find(|&&s| self.sides[b].contains(&(s ^ 1)))?;
        self.lines.get(side / 2).copied()
    }

    /// Notes that a decision joined a group.
    pub(super) fn united_by(&mut self, n: usize, line: usize) {
        let root = self.root(n);
        self.united[root] = Some(line);
    }

    /// Returns the line of the decision that joined a group.
    pub(super) fn united(&mut self, n: usize) -> Option<usize> {
        let root = self.root(n);
        self.united[root]
    }

    /// Says whether some report names both groups, and so keeps them apart, or a decision does.
    pub(super) fn apart(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if self.parted(a, b).is_some() {
            return true;
        }
        let (few, many) = if self.reports[a].len() < self.reports[b].len() { (a, b) } else { (b, a) };
        a != b && self.reports[few].iter().any(|r| self.reports[many].contains(r))
    }
}

/// Returns the name for use in a ground.
pub(super) fn shown(item: &Item) -> &str {
    &item.printed
}

/// Joins equal names: full ones and listed ones everywhere, single words inside a story.
pub(super) fn equal_names(items: &[Item], groups: &mut Groups) {
    let mut first: BTreeMap<(Option<usize>, &str), usize> = BTreeMap::new();
    for (n, item) in items.iter().enumerate() {
        let full = item.listed || item.words.len() > 1;
        let story = (!full).then_some(item.story);
        let same = *first.entry((story, &item.key)).or_insert(n);
        let ground = if item.words != items[same].words {
            format!("“{}” and “{}” are known to be one", shown(&items[same]), shown(item))
        } else if item.report != items[same].report {
            format!("the same name: “{}”", shown(item))
        } else {
            String::new()
        };
        groups.join(same, n, ground);
    }
}

/// Joins organizations whose words are the same in another order, or one name is the other's end, inside a story.
pub(super) fn organizations(items: &[Item], story: &[usize], groups: &mut Groups) {
    let mut by_words: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut by_end: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
    for &n in story {
        let item = &items[n];
        let headed = item.words.iter().any(|w| lexicon::organization_head(w));
        if item.words.len() < 2 || !headed || item.kind != NameKind::Organization {
            continue;
        }
        let mut sorted: Vec<&str> = item
            .words
            .iter()
            .map(|w| w.trim_end_matches('.').trim_end_matches("'s").trim_end_matches('\''))
            .filter(|w| {
                !matches!(
                    *w,
                    "of" | "the"
                        | "for"
                        | "and"
                        | "&"
                        | "ltd"
                        | "inc"
                        | "plc"
                        | "co"
                        | "corp"
                        | "limited"
                        | "llc"
                        | "s"
                )
            })
            .collect();
        sorted.sort_unstable();
        let same = *by_words.entry(sorted).or_insert(n);
        if groups.root(same) != groups.root(n) && !groups.apart(same, n) {
            groups.join(same, n, format!("“{}” and “{}” are the same words", shown(&items[same]), shown(item)));
        }
        let end = &item.words[item.words.len() - 2..];
        by_end.entry((&end[0], &end[1])).or_default().insert(groups.root(n));
    }
    let mut by_tail: BTreeMap<&[String], BTreeSet<usize>> = BTreeMap::new();
    for &n in story.iter().filter(|&&n| items[n].words.len() > 3 && items[n].kind == NameKind::Organization) {
        by_tail.entry(&items[n].words[1..]).or_default().insert(groups.root(n));
    }
    for &n in story.iter().filter(|&&n| items[n].words.len() > 2) {
        let Some(longer) = by_tail.get(items[n].words.as_slice()) else { continue };
        let others: BTreeSet<usize> = longer.iter().map(|&e| groups.root(e)).collect();
        if let (1, Some(&other)) = (others.len(), others.first())
            && !groups.apart(other, n)
        {
            groups.join(other, n, format!("“{}” is the story's only one with a word before it", shown(&items[n])));
        }
    }
    for &n in story {
        let [first, last] = items[n].words.as_slice() else { continue };
        let Some(ends) = by_end.get(&(first.as_str(), last.as_str())) else { continue };
        let mut others: BTreeSet<usize> = ends.iter().map(|&e| groups.root(e)).collect();
        others.remove(&groups.root(n));
        if let (1, Some(&other)) = (others.len(), others.first())
            && !groups.apart(other, n)
        {
            groups.join(other, n, format!("“{}” is the end of the story's only “… {first} {last}”", shown(&items[n])));
        }
    }
}

/// Joins a surname alone to the only person of the story who bears it; with several, to the one of the same office.
pub(super) fn surnames(items: &[Item], story: &[usize], groups: &mut Groups) {
    let mut bearers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &n in story {
        let item = &items[n];
        if let (NameKind::Person, true, Some(last)) = (item.kind, item.words.len() > 1, item.words.last()) {
            bearers.entry(last).or_default().push(n);
        }
    }
    for &n in story {
        let item = &items[n];
        let alone = item.words.len() == 1 && !item.listed && item.kind != NameKind::Place;
        let Some(list) = item.words.first().filter(|_| alone).and_then(|w| bearers.get(w.as_str())) else { continue };
        let mut fits: Vec<usize> = list.iter().map(|&b| groups.root(b)).collect();
        fits.sort_unstable();
        fits.dedup();
        let mut ground = "the story's only person of that surname";
        if fits.len() > 1 {
            let same: BTreeSet<usize> = list
                .iter()
                .filter(|&&b| !items[b].offices.is_disjoint(&item.offices))
                .map(|&b| groups.root(b))
                .collect();
            fits = same.into_iter().collect();
            ground = "of that surname the one of the same office";
        }
        if let [one] = fits.as_slice()
            && !groups.apart(*one, n)
        {
            groups.join(*one, n, format!("“{}” is {ground}", shown(item)));
        }
    }
}

/// Joins an acronym to the only organization of the story that introduced it, else to the only one it can be short for.
pub(super) fn acronyms(items: &[Item], story: &[usize], groups: &mut Groups) {
    let mut introduced: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut initials: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &n in story {
        let item = &items[n];
        if let Some(acronym) = &item.acronym {
            introduced.entry(acronym).or_default().push(n);
        }
        if item.words.len() > 2 && item.kind == NameKind::Organization {
            let letters = item.words.iter().filter(|w| !matches!(w.as_str(), "of" | "the" | "and" | "for"));
            initials.entry(letters.filter_map(|w| w.chars().next()).collect()).or_default().push(n);
        }
    }
    for &n in story {
        let item = &items[n];
        let Some(word) = item.words.first().filter(|w| item.capitals && w.len() > 2) else { continue };
        let (list, ground) = match introduced.get(word.as_str()) {
            Some(list) => (list, "was introduced as the short form of"),
            None if item.listed => continue,
            None => match initials.get(word) {
                Some(list) => (list, "are the first letters of"),
                None => continue,
            },
        };
        let mut fits: Vec<usize> = list.iter().map(|&b| groups.root(b)).collect();
        fits.sort_unstable();
        fits.dedup();
        if let [one] = fits.as_slice() {
            let full = list.first().map_or("", |&b| shown(&items[b]));
            groups.join(*one, n, format!("“{}” {ground} “{full}”", shown(item)));
        }
    }
}
