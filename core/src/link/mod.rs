//! How reports relate: who copied whom, which rest on one origin, which tell one story.
//!
//! [`link`] takes all reports at once, [`link_grown`] those that are new among known ones; [`Stream`] takes them one by one
//! and answers from what came before.

mod copies;
mod grown;
mod kept;
mod profile;
pub(crate) mod sets;
mod stories;
mod stream;
mod table;
mod vocabulary;
mod words;

use crate::report::Credit;
use crate::text::Span;
use crate::when::Day;
use std::collections::BTreeMap;

pub use copies::parted::{Apart, Cut, part};
pub use copies::taken::{compare, join, rests_on};
pub use copies::{Copies, Imprint, Match, WINDOW};
pub use grown::{Known, Shelf, link_grown};
pub use profile::{Profile, Sourcing};
pub use stories::{Change, epoch};
pub use stream::{Arrival, Gist, Read, Stories, Stream};
pub use words::stems;

use copies::{origins, parted};

/// What linking looks at: one report's words and metadata.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// The last day of its published interval, if known. Arrival order stands in where it is not.
    pub day: Option<Day>,
    /// Its headline; may be empty.
    pub title: &'a str,
    /// The whole text that spans point into.
    pub text: &'a str,
    /// The stretches of `text` that are article text: title and credit lines excluded.
    pub body: &'a [Span],
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// The newsrooms it names.
    pub credit: &'a [Credit],
}

/// In what way one report repeats another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CopyKind {
    /// The same words.
    Exact,
    /// The same words but for small changes.
    Near,
    /// A part of the original.
    Excerpt,
    /// The same sentences in other words.
    Rewrite,
    /// It says itself where the text is from.
    Credited,
}

impl CopyKind {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            CopyKind::Exact => "exact",
            CopyKind::Near => "near",
            CopyKind::Excerpt => "excerpt",
            CopyKind::Rewrite => "rewrite",
            CopyKind::Credited => "credited",
        }
    }
}

/// A passage that stands in two reports.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Shared {
    /// In the copy.
    pub here: Span,
    /// In the original.
    pub there: Span,
}

/// One report rests on another, or on a newsroom it names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CopyOf {
    /// The copy: index into the articles given.
    pub report: usize,
    /// The original: index into the articles given; none when only its newsroom is known.
    pub of: Option<usize>,
    /// The newsroom named as the origin.
    pub origin: Option<String>,
    /// In what way.
    pub kind: CopyKind,
    /// The share of `report`'s words found in `of`, in permille; none without `of`.
    pub containment: Option<u16>,
    /// Whether it surely rests on it. Else the two may be two origins: [`Links::doubts`].
    pub certain: bool,
    /// Whether a person decided that it rests on it.
    pub decided: bool,
    /// The passages shared, longest first. Empty without `of`.
    pub passages: Vec<Shared>,
    /// The credit lines of `report` that say so. `passages` or `credits` holds at least one, unless a person decided it.
    pub credits: Vec<Span>,
}

/// Reports that rest on one origin.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origin {
    /// What to call it: the newsroom that the text comes from, where known.
    pub label: Option<String>,
    /// Its reports, original first: indices into the articles given.
    pub reports: Vec<usize>,
    /// The same reports, each part surely of one origin. None if all of it is sure.
    pub parts: Vec<Vec<usize>>,
}

/// Two reports that may rest on one origin or on two.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Doubt {
    /// The report that may rest on another: index into the articles given.
    pub report: usize,
    /// The other.
    pub with: usize,
    /// What speaks for one origin.
    pub why: Why,
}

/// What speaks for one origin without settling it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// A part of its text stands in the other, as it is or in other words; the rest may be its own.
    Partly,
    /// People speak to the newsroom in it, and no line says that the text is theirs.
    Told {
        /// As printed.
        newsroom: String,
        /// How often.
        times: usize,
    },
    /// The data of its page name the newsroom as where the text comes from, its words do not.
    Metadata {
        /// As given.
        newsroom: String,
    },
    /// A “contributed” line names the newsroom.
    Contributed {
        /// As printed.
        newsroom: String,
    },
    /// The outlets' names are alike.
    Alike,
}

impl Why {
    /// Says whether the two are counted as one origin.
    pub fn is_likely(&self) -> bool {
        matches!(self, Why::Partly | Why::Told { .. } | Why::Metadata { .. })
    }
}

/// How the reports relate.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Links {
    /// Sorted by report.
    pub copies: Vec<CopyOf>,
    /// A partition of all reports.
    pub origins: Vec<Origin>,
    /// Where that partition is not sure. Sorted by report.
    pub doubts: Vec<Doubt>,
    /// A partition of all reports: each story's reports in order of time. A story of one report is a story.
    pub stories: Vec<Vec<usize>>,
}

impl Links {
    /// Returns what counts as independent: for each report the first origin of the same outlet. An outlet that reports twice
    /// has two texts of its own, yet nobody else confirms it. `outlet` names that of a report.
    pub fn independent<'a>(&self, reports: usize, outlet: impl Fn(usize) -> Option<&'a str>) -> Vec<usize> {
        let mut independent = vec![0; reports];
        let mut outlets: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, origin) in self.origins.iter().enumerate() {
            let of_outlet = origin.reports.first().and_then(|&r| outlet(r));
            let first = of_outlet.map_or(n, |o| *outlets.entry(o).or_insert(n));
            origin.reports.iter().for_each(|&r| independent[r] = first);
        }
        independent
    }

    /// Returns the links as if none of what is not sure were one: each part of an origin is an origin.
    pub fn parted(&self) -> Links {
        let parts = self.origins.iter().flat_map(|origin| {
            let whole = std::slice::from_ref(&origin.reports);
            let parts = if origin.parts.is_empty() { whole } else { &origin.parts };
            parts.iter().map(|part| Origin { reports: part.clone(), ..Origin::default() })
        });
        Links { origins: parts.collect(), ..Links::default() }
    }

    /// Parts links into those of each story alone, in the order of the stories: its reports, in ascending order, and how
    /// they relate, by their places in that list, as if they were all there are.
    pub fn by_story(&self) -> Vec<(Vec<usize>, Links)> {
        let reports = self.stories.iter().flatten().max().map_or(0, |last| last + 1);
        // Report to story, and to its place there.
        let mut at = vec![(0, 0); reports];
        let mut parts: Vec<(Vec<usize>, Links)> = Vec::with_capacity(self.stories.len());
        for (n, story) in self.stories.iter().enumerate() {
            let mut members = story.clone();
            members.sort_unstable();
            members.iter().enumerate().for_each(|(place, &report)| at[report] = (n, place));
            let stories = vec![story.iter().map(|&report| at[report].1).collect()];
            parts.push((members, Links { stories, ..Links::default() }));
        }
        for copy in &self.copies {
            let (story, report) = at[copy.report];
            let of = copy.of.map(|of| at[of]);
            // What a copy rests on in another story is not there.
            if of.is_none_or(|of| of.0 == story) {
                parts[story].1.copies.push(CopyOf { report, of: of.map(|of| of.1), ..copy.clone() });
            }
        }
        for origin in &self.origins {
            let mut last: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            origin.reports.iter().for_each(|&r| last.entry(at[r].0).or_default().push(at[r].1));
            for (story, reports) in last {
                let of_story = |part: &Vec<usize>| -> Vec<usize> {
                    part.iter().filter(|&&r| at[r].0 == story).map(|&r| at[r].1).collect()
                };
                let sure = origin.parts.iter().map(of_story).filter(|p| !p.is_empty()).collect();
                parts[story].1.origins.push(Origin { label: origin.label.clone(), reports, parts: sure });
            }
        }
        for doubt in &self.doubts {
            let ((story, report), (other, with)) = (at[doubt.report], at[doubt.with]);
            if story == other {
                parts[story].1.doubts.push(Doubt { report, with, why: doubt.why.clone() });
            }
        }
        parts
    }

    /// Returns the links of some of the reports, `chosen` in ascending order, as if they were all there are.
    pub fn among(&self, chosen: &[usize]) -> Links {
        let place = |report: &usize| chosen.binary_search(report).ok();
        let copies = self.copies.iter().filter_map(|copy| {
            let report = place(&copy.report)?;
            match copy.of {
                None => Some(CopyOf { report, ..copy.clone() }),
                Some(of) => place(&of).map(|of| CopyOf { report, of: Some(of), ..copy.clone() }),
            }
        });
        let places = |reports: &[usize]| reports.iter().filter_map(place).collect::<Vec<usize>>();
        let origins = self.origins.iter().map(|origin| Origin {
            label: origin.label.clone(),
            reports: places(&origin.reports),
            parts: origin.parts.iter().map(|p| places(p)).filter(|p| !p.is_empty()).collect(),
        });
        let doubts = self.doubts.iter().filter_map(|doubt| {
            Some(Doubt { report: place(&doubt.report)?, with: place(&doubt.with)?, why: doubt.why.clone() })
        });
        let stories = self.stories.iter().map(|story| story.iter().filter_map(place).collect::<Vec<usize>>());
        Links {
            copies: copies.collect(),
            origins: origins.filter(|o| !o.reports.is_empty()).collect(),
            doubts: doubts.collect(),
            stories: stories.filter(|s| !s.is_empty()).collect(),
        }
    }
}

/// Links reports. The order of `articles` settles ties alone (callers sort by content id).
pub fn link(articles: &[Article<'_>]) -> Links {
    let (profiles, words): (Vec<Profile>, Vec<Vec<u8>>) = articles.iter().map(Profile::of).unzip();
    let ranks: Vec<usize> = (0..articles.len()).collect();
    let found = link_grown(&profiles, &ranks, Known::default(), &mut AtHand { articles, words });
    // Nothing that is at hand is lost.
    found.map(|found| found.0).unwrap_or_default()
}

/// Articles whose words are all in memory.
struct AtHand<'a> {
    articles: &'a [Article<'a>],
    words: Vec<Vec<u8>>,
}

impl Shelf for AtHand<'_> {
    fn words(&mut self, report: usize, out: &mut Vec<u8>) -> bool {
        out.extend_from_slice(&self.words[report]);
        true
    }

    fn text(&mut self, report: usize) -> Option<String> {
        Some(self.articles[report].body_text())
    }
}

impl Article<'_> {
    /// Returns the article text, its stretches parted by a blank line.
    pub fn body_text(&self) -> String {
        let stretches = self.body.iter().filter_map(|span| self.text.get(span.start()..span.end()));
        stretches.collect::<Vec<&str>>().join("\n\n")
    }
}

/// Gathers the origins anew, after people decided about stories and copies. `days` and `sourcing` are those of the reports;
/// the copies that keep two together that are `apart` are taken out. Returns the ties that were cut.
pub fn regather(days: &[Option<Day>], sourcing: &[&Sourcing], links: &mut Links, apart: &[Apart]) -> Vec<Cut> {
    let mut order: Vec<usize> = (0..days.len()).collect();
    order.sort_by_key(|&n| (days[n].is_none(), days[n], n));
    let mut place = vec![0; days.len()];
    order.iter().enumerate().for_each(|(at, &n)| place[n] = at);
    let (origins, doubts, cuts) = origins::gather(sourcing, &links.copies, (&place, &links.stories), apart);
    (links.origins, links.doubts) = (origins, doubts);
    parted::take_out(sourcing, &mut links.copies, &cuts);
    cuts
}

/// Returns the stories, each in order of time, of reports whose place in that order knows the first of its story. A copy is
/// in the story of its original.
fn gather_stories(order: &[usize], mut root: Vec<usize>, copies: &[CopyOf], place: &[usize]) -> Vec<Vec<usize>> {
    for copy in copies {
        if let Some(of) = copy.of {
            sets::unite(&mut root, place[copy.report], place[of]);
        }
    }
    let mut stories: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
    for (at, &report) in order.iter().enumerate() {
        stories[sets::find(&mut root, at)].push(report);
    }
    stories.retain(|s| !s.is_empty());
    stories
}
