//! What a person said, and who carries a quote.

use super::brief::Brief;
use annals_core::reading::NameKind;
use annals_core::record::wording::{Carried, Likeness, carriers};

/// Returns the people and organizations that a name may mean, the likeliest kind of match only: the whole name or another
/// form of it, else a last name, else words of the name. Two of one last name are both returned.
pub(crate) fn bearers(brief: &Brief, name: &str) -> Vec<usize> {
    let wanted = fold(name);
    let entities = &brief.record.entities;
    let speaks = |n: &usize| matches!(entities[*n].kind, NameKind::Person | NameKind::Organization);
    let all = || (0..entities.len()).filter(speaks);
    let whole: Vec<usize> = all().filter(|&n| fold(&entities[n].name) == wanted).collect();
    // A last name that two bear is an alias of both.
    let alias = |n: &usize| entities[*n].aliases.iter().any(|a| fold(a) == wanted);
    let last = |n: &usize| fold(&entities[*n].name).rsplit(' ').next() == Some(&wanted);
    let part = |n: &usize| {
        let words = fold(&entities[*n].name);
        wanted.split(' ').all(|w| words.split(' ').any(|own| own == w))
    };
    let either: Vec<usize> = all().filter(|n| alias(n) || last(n)).collect();
    let parts: Vec<usize> = all().filter(part).collect();
    [whole, either, parts].into_iter().find(|found| !found.is_empty() && !wanted.is_empty()).unwrap_or_default()
}

fn fold(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'")
}

/// A quote held against reports.
pub(crate) struct Held {
    /// The quote, as given.
    pub(crate) quote: String,
    /// The reports that carry it: the exact first, then the trimmed, then the altered; each by day.
    pub(crate) carried: Vec<Carried>,
}

impl Held {
    /// Returns the best that any report gives; none if no report carries it.
    pub(crate) fn verdict(&self) -> Option<Likeness> {
        self.carried.iter().map(|c| c.wording.likeness).min()
    }
}

/// Finds the reports that carry a quote.
pub(crate) fn quote_check(brief: &Brief, quote: &str) -> Held {
    let members = &brief.record.members;
    let mut carried = carriers(members, quote);
    carried.sort_by_key(|c| {
        let report = &members[c.report].report;
        let day = report.when().map(|w| w.to());
        (c.wording.likeness, day.is_none(), day, report.id)
    });
    Held { quote: quote.to_owned(), carried }
}
