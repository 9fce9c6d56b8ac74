//! Which reports rest on one origin: copies with their originals, and within a story the reports that name one newsroom as
//! the source of their text. Where that is not sure, [`Doubt`] says why.

use super::newsrooms::{numbers, same_newsroom};
use super::parted::{Apart, Cut, cut, keep_apart};
use crate::link::sets::{find, unite};
use crate::link::{Article, CopyKind, CopyOf, Doubt, Origin, Sourcing, Why};
use crate::report::CreditKind;
use crate::text::Span;

/// A newsroom that a report names as where its text comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
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
    let of = |kind: CreditKind| {
        article.credit.iter().filter(move |c| c.kind == kind && c.span.is_some() && !is_own(article.outlet, &c.name))
    };
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

/// Two reports that are, or may be, of one origin.
pub(super) struct Tie {
    pub(super) report: usize,
    pub(super) with: usize,
    /// Why it is not sure; none where it is.
    pub(super) doubt: Option<Why>,
    /// Whether a person decided that one is taken from the other.
    pub(super) decided: bool,
}

impl Tie {
    /// Says whether the two are counted as one origin.
    pub(super) fn is_counted(&self) -> bool {
        self.doubt.as_ref().is_none_or(Why::is_likely)
    }
}

/// Gathers reports into origins, with what is not sure of it. `first` orders reports: the earlier one leads its origin. A name
/// ties the reports of one story alone: an agency sends many texts a day. What a person says is `apart` is of two origins;
/// returns the ties that were cut for that.
pub(in crate::link) fn gather(
    articles: &[&Sourcing],
    copies: &[CopyOf],
    (first, stories): (&[usize], &[Vec<usize>]),
    apart: &[Apart],
) -> (Vec<Origin>, Vec<Doubt>, Vec<Cut>) {
    let mut ties: Vec<Tie> = copies.iter().filter_map(|copy| taken(articles, copy)).collect();
    for story in stories.iter().filter(|s| s.len() > 1) {
        ties.extend(credits(articles, story));
    }
    let cuts = cut(&mut ties, articles.len(), apart);
    keep_apart(&mut ties, articles.len(), apart);
    let (mut counted, mut sure): (Vec<usize>, Vec<usize>) =
        ((0..articles.len()).collect(), (0..articles.len()).collect());
    for tie in &ties {
        if tie.is_counted() {
            unite(&mut counted, tie.report, tie.with);
        }
        if tie.doubt.is_none() {
            unite(&mut sure, tie.report, tie.with);
        }
    }
    let mut is_copy = vec![false; articles.len()];
    copies.iter().for_each(|c| is_copy[c.report] = true);
    let mut groups: Vec<(usize, bool, usize, usize)> =
        (0..articles.len()).map(|n| (find(&mut counted, n), is_copy[n], first[n], n)).collect();
    groups.sort_unstable();
    let mut origins: Vec<Origin> = groups
        .chunk_by(|a, b| a.0 == b.0)
        .map(|group| {
            // The first original leads, the others follow in order of time.
            let mut reports: Vec<usize> = group.iter().map(|g| g.3).collect();
            reports[1..].sort_unstable_by_key(|&n| first[n]);
            let named = |&n: &usize| articles[n].named.as_ref();
            let openly = reports.iter().find_map(|n| named(n).filter(|n| n.openly));
            let said = openly.or_else(|| reports.iter().find_map(named));
            let outlet = reports.first().and_then(|&n| articles[n].outlet.clone());
            let label = said.map(|n| n.name.clone()).or(outlet);
            let mut parts: Vec<(usize, Vec<usize>)> = Vec::new();
            for &n in &reports {
                let root = find(&mut sure, n);
                match parts.iter_mut().find(|p| p.0 == root) {
                    Some(part) => part.1.push(n),
                    None => parts.push((root, vec![n])),
                }
            }
            Origin { label, reports, parts: parts.into_iter().map(|p| p.1).collect() }
        })
        .collect();
    origins.sort_by_key(|o| o.reports.first().copied());
    let doubts = ties.into_iter().filter(|t| find(&mut sure, t.report) != find(&mut sure, t.with));
    let mut doubts: Vec<Doubt> =
        doubts.filter_map(|t| Some(Doubt { report: t.report, with: t.with, why: t.doubt? })).collect();
    doubts.sort_unstable();
    doubts.dedup_by_key(|d| (d.report, d.with));
    (origins, doubts, cuts)
}

/// Ties a copy to what it was copied from.
pub(super) fn taken(articles: &[&Sourcing], copy: &CopyOf) -> Option<Tie> {
    let with = copy.of?;
    // A newsroom's later version of its own text is its own, whatever it shares.
    let own = articles[copy.report].outlet.is_some() && articles[copy.report].outlet == articles[with].outlet;
    let doubt = (!copy.certain && !own).then_some(Why::Partly);
    Some(Tie { report: copy.report, with, doubt, decided: copy.decided })
}

/// Ties the reports of a story that are of one newsroom by their own words.
fn credits(articles: &[&Sourcing], story: &[usize]) -> Vec<Tie> {
    let outlet = |n: usize| articles[n].outlet.as_deref();
    let contributed = |n: usize| {
        let of = articles[n].credit.iter().filter(|c| c.kind == CreditKind::Contributed && c.span.is_some());
        of.filter(move |c| !is_own(outlet(n), &c.name)).map(|c| c.name.as_str())
    };
    // Line credits without a place in the text are those of a page's data.
    let stated = |n: usize| {
        let of = articles[n].credit.iter().filter(|c| c.kind == CreditKind::Line && c.span.is_none());
        of.filter(move |c| !is_own(outlet(n), &c.name)).map(|c| c.name.as_str())
    };
    let mut names: Vec<&str> = story.iter().filter_map(|&n| outlet(n)).collect();
    names.extend(story.iter().filter_map(|&n| articles[n].named.as_ref().map(|n| n.name.as_str())));
    names.extend(story.iter().flat_map(|&n| contributed(n).chain(stated(n))));
    names.sort_unstable();
    names.dedup();
    let numbers = numbers(&names);
    let number = |name: &str| names.binary_search(&name).ok().map(|at| numbers[at]);
    // The report that stands for each newsroom: its own, else one that says openly that its text is theirs, else one that
    // was told; by rank.
    let mut stands: std::collections::BTreeMap<usize, (u8, usize)> = std::collections::BTreeMap::new();
    let mut stand = |newsroom: Option<usize>, rank: u8, report: usize| {
        if let Some(newsroom) = newsroom {
            let known = stands.entry(newsroom).or_insert((rank, report));
            *known = if rank < known.0 { (rank, report) } else { *known };
        }
    };
    for &n in story {
        stand(outlet(n).and_then(number), 0, n);
        if let Some(named) = &articles[n].named {
            stand(number(&named.name), if named.openly { 1 } else { 2 }, n);
        }
        stated(n).for_each(|name| stand(number(name), 3, n));
    }
    let mut ties = Vec::new();
    let mut tie = |report: usize, newsroom: Option<usize>, doubt: Option<Why>| {
        let with = newsroom.and_then(|n| stands.get(&n)).filter(|s| s.1 != report);
        ties.extend(with.map(|&(_, with)| Tie { report, with, doubt, decided: false }));
    };
    let mut outlets = std::collections::BTreeSet::new();
    for &n in story {
        if let Some(named) = &articles[n].named {
            let told = || Why::Told { newsroom: named.name.clone(), times: named.spans.len() };
            tie(n, number(&named.name), (!named.openly).then(told));
        }
        for name in stated(n) {
            tie(n, number(name), Some(Why::Metadata { newsroom: name.to_owned() }));
        }
        for name in contributed(n) {
            tie(n, number(name), Some(Why::Contributed { newsroom: name.to_owned() }));
        }
        if let Some(own) = outlet(n).filter(|o| outlets.insert(*o)) {
            let other = number(own).and_then(|number| stands.get(&number)).and_then(|s| outlet(s.1));
            if other.is_some_and(|o| o != own) {
                tie(n, number(own), Some(Why::Alike));
            }
        }
    }
    ties
}

/// Says whether a name is the outlet's own, or a part of it.
fn is_own(outlet: Option<&str>, name: &str) -> bool {
    outlet.is_some_and(|o| same_newsroom(o, name) || is_part(name, o))
}

/// Returns the links of reports to newsrooms whose own report is not there.
pub(in crate::link) fn credited(report: usize, named: &Named) -> CopyOf {
    CopyOf {
        report,
        of: None,
        origin: Some(named.name.clone()),
        kind: CopyKind::Credited,
        containment: None,
        certain: named.openly,
        decided: false,
        passages: Vec::new(),
        credits: named.spans.clone(),
    }
}
