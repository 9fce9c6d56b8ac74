//! A draft held against the record: what of it the reports support, contradict or have overtaken, and what none of them says.
//!
//! The draft is read like a report and compiled into the record beside each story that it may be about, as an origin of its
//! own. What it shares with the reports then stands in the same series, events and entities as theirs, and
//! sentences that tell the same are compared word by word. Silence is no contradiction: what no report speaks of is said
//! to be just that.

mod alike;
mod events;
mod figures;
mod frames;
mod quotes;
mod roles;
mod told;

use super::{Bounds, Cite, Decision, Evidence, Grouping, Member, Record, Support, compile_with};
use crate::link::{Links, Origin};
use crate::text::Span;
use crate::when::Day;
use alike::Alike;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What the reports say to something in a draft, the graver the later.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// They say the same.
    Supported,
    /// None speaks of it.
    Nothing,
    /// They said so, and later told otherwise.
    Outdated,
    /// They say otherwise.
    Contradicted,
}

impl Verdict {
    /// Returns the name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::Nothing => "nothing found",
            Verdict::Outdated => "outdated",
            Verdict::Contradicted => "contradicted",
        }
    }
}

/// What kind of claim is checked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Claim {
    /// A number.
    Figure,
    /// Somebody's words, or that somebody said them.
    Quote,
    /// That something happens, and how things stand with it.
    Event,
    /// On which day.
    Date,
    /// In which building or place.
    Place,
    /// Who called it off or put it off.
    Doer,
    /// What somebody is.
    Role,
    /// That there is somebody of that name.
    Name,
}

impl Claim {
    /// Returns the name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Claim::Figure => "figure",
            Claim::Quote => "quote",
            Claim::Event => "event",
            Claim::Date => "date",
            Claim::Place => "place",
            Claim::Doer => "doer",
            Claim::Role => "role",
            Claim::Name => "name",
        }
    }
}

/// What the reports say to one claim of the draft.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What is claimed.
    pub claim: Claim,
    /// The words of the draft.
    pub span: Span,
    /// What the reports say.
    pub verdict: Verdict,
    /// Who carries it, where it is supported: reports, outlets, independent origins.
    pub support: Support,
    /// One plain phrase that says how it stands: "reports say 26 ships at anchor".
    pub note: String,
    /// The passages of the reports; empty where nothing was found.
    pub evidence: Vec<Cite>,
}

/// A sentence of the draft.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Where it stands.
    pub span: Span,
    /// Its claims in text order; empty where it has none that can be checked.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Returns the gravest verdict of its claims.
    pub fn verdict(&self) -> Option<Verdict> {
        self.findings.iter().map(|f| f.verdict).max()
    }
}

/// Stories that a draft is held against, the nearest; a draft that tells more at once is told in parts.
const STORIES: usize = 6;

/// Words of content that a story must share with a draft to be compared; guess: fewer are chance.
const SHARED: usize = 4;

/// Holds a draft against reports, sentence by sentence. `links` are those of the reports, without the draft.
pub fn check(members: &[Member], links: &Links, decisions: &[Decision], draft: &Member) -> Vec<Checked> {
    let mut found: BTreeMap<(Span, Claim), Finding> = BTreeMap::new();
    let alike = Alike::of(members, draft);
    for story in near(members, links, draft) {
        let record = with(members, links, decisions, draft, story);
        for finding in findings(&record, members.len(), &alike) {
            let key = (finding.span, finding.claim);
            // What one story supports, another cannot contradict; of the rest, what says most.
            let rank = |f: &Finding| if f.verdict == Verdict::Supported { 3 } else { f.verdict as u32 - 1 };
            match found.get(&key) {
                Some(known) if rank(known) >= rank(&finding) => {}
                _ => {
                    found.insert(key, finding);
                }
            }
        }
    }
    by_sentence(draft, found.into_values())
}

/// Puts findings to their sentences; sentences that one finding spans, as those of a quotation, become one.
fn by_sentence(draft: &Member, found: impl Iterator<Item = Finding>) -> Vec<Checked> {
    let read = draft.reading.words.sentences.iter().filter(|s| s.part.is_read());
    let mut sentences: Vec<Checked> = read.map(|s| Checked { span: s.span, findings: Vec::new() }).collect();
    for finding in found {
        let from = sentences.partition_point(|s| s.span.end() <= finding.span.start());
        let to = sentences.partition_point(|s| s.span.start() < finding.span.end());
        let joined: Vec<Checked> = sentences.drain(from..to).collect();
        let Some(span) = joined.iter().map(|s| s.span).reduce(Span::cover) else { continue };
        let mut findings: Vec<Finding> = joined.into_iter().flat_map(|s| s.findings).collect();
        findings.push(finding);
        sentences.insert(from, Checked { span, findings });
    }
    sentences
}

/// Returns the stories that share most with a draft: indices into the links' stories.
fn near(members: &[Member], links: &Links, draft: &Member) -> Vec<usize> {
    let words = |m: &'_ Member| -> BTreeSet<String> {
        let words = &m.reading.words;
        (0..words.tokens.len())
            .map(|t| words.lower(t))
            .filter(|w| super::timeline::is_content(w))
            .map(str::to_owned)
            .collect()
    };
    let told = words(draft);
    let mut shared: Vec<(usize, usize)> = links
        .stories
        .iter()
        .enumerate()
        .map(|(n, reports)| {
            let mut common: BTreeSet<String> = BTreeSet::new();
            reports.iter().for_each(|&r| common.extend(words(&members[r]).intersection(&told).cloned()));
            (common.len(), n)
        })
        .collect();
    shared.sort_by_key(|&(count, n)| (std::cmp::Reverse(count), n));
    let most = shared.first().map_or(0, |s| s.0);
    let is_near = |&(count, _): &(usize, usize)| count >= SHARED && count * 3 >= most;
    shared.into_iter().filter(is_near).take(STORIES).map(|(_, n)| n).collect()
}

/// Compiles the record with the draft as the last report, in one story.
fn with(members: &[Member], links: &Links, decisions: &[Decision], draft: &Member, story: usize) -> Record {
    let mut links = links.clone();
    links.stories[story].push(members.len());
    links.origins.push(Origin { label: None, reports: vec![members.len()], parts: Vec::new() });
    let mut all = members.to_vec();
    let mut draft = draft.clone();
    // Whomever it names, it is an origin of its own.
    draft.report.credit.clear();
    all.push(draft);
    compile_with(all, links, decisions)
}

fn findings(record: &Record, draft: usize, alike: &Alike) -> Vec<Finding> {
    let desk = Desk {
        record,
        draft,
        grouping: Grouping::of(&record.links, &record.members),
        alike,
        copied: super::timeline::copied(&record.links),
        named: named(record),
    };
    let mut found = figures::find(&desk);
    found.extend(quotes::find(&desk));
    found.extend(events::find(&desk));
    found.extend(roles::find(&desk));
    found.extend(told::find(&desk));
    found
}

/// What the parts need: the record with the draft in it.
struct Desk<'a> {
    record: &'a Record,
    /// The draft: index into the record's members.
    draft: usize,
    grouping: Grouping,
    alike: &'a Alike,
    /// Reports that repeat another one given.
    copied: BTreeSet<usize>,
    /// Where entities are named or meant, by report, in text order.
    named: BTreeMap<usize, Vec<(Span, usize)>>,
}

impl<'a> Desk<'a> {
    fn member(&self, report: usize) -> &'a Member {
        &self.record.members[report]
    }

    fn drafted(&self) -> &'a Member {
        self.member(self.draft)
    }

    /// Counts who carries passages of the reports.
    fn support(&self, cites: &[Cite]) -> Support {
        let none = Support { reports: 0, outlets: 0, origins: 0, bounds: Bounds::sure(0) };
        Evidence::of(cites.iter().copied()).map_or(none, |e| e.support(&self.record.members, &self.grouping))
    }

    /// Returns a finding; its passages of originals stand before those of copies, the earlier before the later.
    fn finding(&self, claim: Claim, span: Span, verdict: Verdict, note: String, mut evidence: Vec<Cite>) -> Finding {
        evidence.sort_by_key(|c| (self.copied.contains(&c.report), self.day(c.report), *c));
        evidence.dedup();
        let support = self.support(&evidence);
        Finding { claim, span, verdict, support, note, evidence }
    }

    /// Returns the day of a report.
    fn day(&self, report: usize) -> Option<Day> {
        self.member(report).report.when().map(|w| w.to())
    }

    /// Returns what to call a report's publisher.
    fn outlet(&self, report: usize) -> Cow<'a, str> {
        self.member(report).report.called()
    }

    /// Returns the entity that is named or meant at a place of a report, with its index.
    fn entity_at(&self, report: usize, span: Span) -> Option<usize> {
        let mentions = self.named.get(&report)?;
        let at = mentions.partition_point(|(m, _)| m.end() <= span.start());
        mentions.get(at).filter(|(m, _)| m.overlaps(span)).map(|(_, entity)| *entity)
    }
}

fn named(record: &Record) -> BTreeMap<usize, Vec<(Span, usize)>> {
    let mut named: BTreeMap<usize, Vec<(Span, usize)>> = BTreeMap::new();
    for (n, entity) in record.entities.iter().enumerate() {
        entity.mentions.iter().for_each(|c| named.entry(c.report).or_default().push((c.span, n)));
    }
    named.values_mut().for_each(|mentions| mentions.sort_unstable());
    named
}
