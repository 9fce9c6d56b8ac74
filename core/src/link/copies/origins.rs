//! Which reports rest on one origin: copies with their originals, and reports that name one newsroom as the source of their text.

use crate::link::{Article, CopyKind, CopyOf, Origin};
use crate::report::CreditKind;
use crate::text::Span;

/// A newsroom that a report names as where its text comes from.
#[derive(Clone, Debug)]
pub(in crate::link) struct Named {
    /// As printed.
    pub(in crate::link) name: String,
    /// The credit lines that say so.
    pub(in crate::link) spans: Vec<Span>,
    /// The text is theirs by a line of its own; else by interviews given to them.
    pub(in crate::link) openly: bool,
}

/// Returns the newsroom that a report's text comes from by its own words: one in a credit line, or one to which people
/// spoke twice or more, or once beside a “contributed” line. Photo lines and the outlet's own name do not count.
pub(in crate::link) fn named(article: &Article<'_>) -> Option<Named> {
    let own = |name: &str| article.outlet.is_some_and(|o| same_newsroom(o, name) || is_part(name, o));
    let of =
        |kind: CreditKind| article.credit.iter().filter(move |c| c.kind == kind && c.span.is_some() && !own(&c.name));
    if let Some(line) = of(CreditKind::Line).next() {
        let spans = of(CreditKind::Line).filter(|c| same_newsroom(&c.name, &line.name)).filter_map(|c| c.span);
        return Some(Named { name: line.name.clone(), spans: spans.collect(), openly: true });
    }
    let contributed = article.credit.iter().any(|c| c.kind == CreditKind::Contributed);
    of(CreditKind::Told).find_map(|told| {
        let same = || of(CreditKind::Told).filter(|c| same_newsroom(&c.name, &told.name));
        let mut spans: Vec<Span> = same().flat_map(|c| tellings(article.text, &c.name)).collect();
        if spans.is_empty() {
            spans.extend(same().filter_map(|c| c.span));
        }
        spans.sort_unstable();
        spans.dedup();
        let repeated = spans.len() >= 2 || contributed;
        repeated.then(|| Named { name: told.name.clone(), spans, openly: false })
    })
}

/// Returns each place where somebody speaks to the newsroom: `told XYZ`, `spoke to the XYZ`.
fn tellings(text: &str, name: &str) -> Vec<Span> {
    let before = |at: usize| -> Option<usize> {
        let head = text[..at].strip_suffix(' ')?;
        let head = head.strip_suffix(" the").or_else(|| head.strip_suffix(" The")).unwrap_or(head);
        let spoken = ["told", "spoke to", "spoken to", "spoke with", "speaking to", "interview with", "talked to"];
        spoken.iter().find(|s| head.ends_with(**s)).map(|s| head.len() - s.len())
    };
    let whole = |end: usize| !text[end..].starts_with(char::is_alphanumeric);
    text.match_indices(name)
        .filter(|(at, _)| whole(at + name.len()))
        .filter_map(|(at, _)| Span::within(text, before(at)?, at + name.len()))
        .take(64)
        .collect()
}

/// Says whether a name is a part of the outlet's: `told the Courier`, in The Elsham Courier.
fn is_part(name: &str, outlet: &str) -> bool {
    let words = |s: &str| -> Vec<String> {
        s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let outlet = words(outlet);
    words(name).iter().all(|w| outlet.contains(w))
}

/// Says whether two names mean one newsroom: equal without case and marks, or one the initials of the other; a name may
/// bring its initials along (`Riverland Press Service (RPS)`).
pub(in crate::link) fn same_newsroom(a: &str, b: &str) -> bool {
    let (a, b) = (forms(a), forms(b));
    let initials = |x: &Forms, y: &Forms| x.full.iter().any(|f| y.initials.contains(f) && f.chars().count() <= 6);
    a.full.iter().any(|x| b.full.contains(x)) || initials(&a, &b) || initials(&b, &a)
}

/// The forms under which a newsroom is known.
#[derive(Debug, Default)]
struct Forms {
    /// Its names, folded.
    full: Vec<String>,
    /// The initials of its names of several words.
    initials: Vec<String>,
}

fn forms(name: &str) -> Forms {
    let mut out = Forms::default();
    for piece in name.split(['(', ')', '/', '|']) {
        let words: Vec<String> = piece
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .filter(|w| w != "the")
            .collect();
        if words.is_empty() {
            continue;
        }
        if words.len() > 1 {
            let telling = words.iter().filter(|w| !matches!(w.as_str(), "of" | "and" | "for"));
            out.initials.push(telling.filter_map(|w| w.chars().next()).collect());
        }
        out.full.push(words.concat());
        out.full.extend(short_name(&words));
    }
    out
}

/// Words behind an agency's own name that reports leave out: "Corbel" for "Corbel Press Agency".
const TAILS: [&str; 9] = ["press", "agency", "news", "service", "services", "wire", "newswire", "bureau", "network"];

/// Words that name no newsroom by themselves.
const COMMON: [&str; 12] = [
    "associated",
    "united",
    "international",
    "national",
    "world",
    "local",
    "state",
    "city",
    "daily",
    "free",
    "general",
    "foreign",
];

/// Returns an agency's name without the words that say what it is; none if what is left names nobody.
fn short_name(words: &[String]) -> Option<String> {
    let is_tail = |w: &String| TAILS.contains(&w.as_str());
    let kept = words.iter().rposition(|w| !is_tail(w))? + 1;
    let telling = words[..kept].iter().any(|w| w.chars().count() > 2 && !COMMON.contains(&w.as_str()));
    (kept < words.len() && telling).then(|| words[..kept].concat())
}

/// Returns a number for each report that names a newsroom, equal where they name the same.
fn newsrooms(named: &[Option<Named>]) -> Vec<Option<usize>> {
    let mut distinct: Vec<&str> = named.iter().flatten().map(|n| n.name.as_str()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let mut root: Vec<usize> = (0..distinct.len()).collect();
    for n in 0..distinct.len() {
        for m in 0..n {
            if same_newsroom(distinct[n], distinct[m]) {
                unite(&mut root, n, m);
            }
        }
    }
    let number = |name: &Named| distinct.binary_search(&name.name.as_str()).ok();
    named.iter().map(|n| n.as_ref().and_then(number).map(|n| find(&mut root, n))).collect()
}

/// Gathers reports into origins. `first` orders reports: the earlier one leads its origin.
pub(in crate::link) fn gather(
    articles: &[Article<'_>],
    copies: &[CopyOf],
    named: &[Option<Named>],
    first: &[usize],
) -> Vec<Origin> {
    let mut root: Vec<usize> = (0..articles.len()).collect();
    for copy in copies {
        if let Some(of) = copy.of {
            unite(&mut root, copy.report, of);
        }
    }
    let mut seen = std::collections::BTreeMap::new();
    for (report, newsroom) in newsrooms(named).into_iter().enumerate() {
        if let Some(newsroom) = newsroom {
            let with = *seen.entry(newsroom).or_insert(report);
            unite(&mut root, report, with);
        }
    }
    let mut groups: Vec<(usize, usize, usize)> =
        (0..articles.len()).map(|n| (find(&mut root, n), first[n], n)).collect();
    groups.sort_unstable();
    let mut origins: Vec<Origin> = groups
        .chunk_by(|a, b| a.0 == b.0)
        .map(|group| {
            let mut reports: Vec<usize> = group.iter().map(|g| g.2).collect();
            let is_original = |n: &usize| !copies.iter().any(|c| c.report == *n);
            if let Some(at) = reports.iter().position(is_original) {
                let original = reports.remove(at);
                reports.insert(0, original);
            }
            let openly = reports.iter().find_map(|&n| named[n].as_ref().filter(|n| n.openly));
            let said = openly.or_else(|| reports.iter().find_map(|&n| named[n].as_ref()));
            let outlet = reports.first().and_then(|&n| articles[n].outlet);
            let label = said.map(|n| n.name.clone()).or_else(|| outlet.map(str::to_owned));
            Origin { label, reports }
        })
        .collect();
    origins.sort_by_key(|o| o.reports.first().copied());
    origins
}

/// Returns the links of reports to newsrooms whose own report is not there.
pub(in crate::link) fn credited(report: usize, named: &Named) -> CopyOf {
    CopyOf {
        report,
        of: None,
        origin: Some(named.name.clone()),
        kind: CopyKind::Credited,
        containment: None,
        passages: Vec::new(),
        credits: named.spans.clone(),
    }
}

pub(in crate::link) fn find(root: &mut [usize], n: usize) -> usize {
    let mut at = n;
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

/// Joins two sets; the smaller number leads.
pub(in crate::link) fn unite(root: &mut [usize], a: usize, b: usize) {
    let (a, b) = (find(root, a), find(root, b));
    root[a.max(b)] = a.min(b);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_same(a: &str, b: &str, expected: bool) {
        assert_eq!(same_newsroom(a, b), expected, "{a} / {b}");
    }

    #[test]
    fn a_newsroom_is_known_by_short_names_and_initials() {
        check_same("Corbel", "Corbel Press Agency", true);
        check_same("The CPA", "Corbel Press Agency", true);
        check_same("Corbel Press Agency (CPA)", "cpa", true);
        check_same("Corbel", "Corbel Times", false);
        check_same("United", "United Press", false);
    }
}
