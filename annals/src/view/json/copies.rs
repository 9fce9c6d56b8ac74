//! Who copied whom and which reports rest on one origin, with what people decided of that, as the public record has it.

use super::{Passage, Shaper};
use crate::view::{decided, doubts};
use annals_core::link::{CopyOf, Doubt};
use annals_core::record::collation::{Fate, collate};
use annals_core::record::{Cite, Verdict};
use annals_core::text::PartKind;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(in crate::view) struct Copy<'a> {
    pub(in crate::view) report: String,
    pub(in crate::view) of: Option<String>,
    pub(in crate::view) origin: Option<&'a str>,
    pub(in crate::view) kind: &'static str,
    pub(in crate::view) containment: Option<f64>,
    pub(in crate::view) evidence: Vec<Passage<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::view) added: Vec<Passage<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::view) cut: Vec<Passage<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) compared: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) decided: Option<String>,
}

#[derive(Serialize)]
pub(in crate::view) struct OriginRow {
    pub(in crate::view) id: String,
    pub(in crate::view) label: String,
    pub(in crate::view) reports: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::view) doubts: Vec<DoubtJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::view) decided: Vec<String>,
}

#[derive(Serialize)]
pub(in crate::view) struct DoubtJson {
    pub(in crate::view) report: String,
    pub(in crate::view) with: String,
    pub(in crate::view) counted: &'static str,
    pub(in crate::view) why: String,
}

impl<'a> Shaper<'a> {
    pub(super) fn copy(&self, copy: &'a CopyOf) -> Copy<'a> {
        let mut evidence = self.passages(copy.report, &copy.credits);
        for shared in &copy.passages {
            evidence.push(self.passage(Cite { report: copy.report, span: shared.here }));
            evidence.extend(copy.of.map(|report| self.passage(Cite { report, span: shared.there })));
        }
        if evidence.is_empty() {
            // A person says so and no word is shared: what they held side by side.
            evidence.extend([Some(copy.report), copy.of].into_iter().flatten().filter_map(|r| self.headline(r)));
        }
        let members = &self.brief.record.members;
        let collated = copy.of.map(|of| collate(&members[of], &members[copy.report]));
        let compared = matches!(collated, Some(None)).then_some(false);
        let fates = collated.flatten().unwrap_or_default();
        let added = fates.iter().filter_map(|s| match *s {
            Fate::Added(span) => Some(self.passage(Cite { report: copy.report, span })),
            _ => None,
        });
        let cut = fates.iter().filter_map(|s| match *s {
            Fate::Cut(span) => copy.of.map(|report| self.passage(Cite { report, span })),
            _ => None,
        });
        Copy {
            report: self.id(copy.report),
            of: copy.of.map(|of| self.id(of)),
            origin: copy.origin.as_deref(),
            kind: copy.kind.name(),
            containment: copy.containment.map(|c| f64::from(c) / 1000.0),
            evidence,
            added: added.collect(),
            cut: cut.collect(),
            compared,
            decided: self.decided(copy),
        }
    }

    /// Returns a report's headline, else the beginning of its text.
    fn headline(&self, report: usize) -> Option<Passage<'a>> {
        let text = &self.of(report).text;
        let span = text.part(PartKind::Title).or_else(|| text.parts().first().map(|p| p.span))?;
        Some(self.passage(Cite { report, span }))
    }

    /// Returns who says that a copy is one, where a person decided it.
    fn decided(&self, copy: &CopyOf) -> Option<String> {
        let record = &self.brief.record;
        let is_of = |pair: (usize, usize)| copy.decided && (pair.0, Some(pair.1)) == (copy.report, copy.of);
        let found =
            decided::of_copies(record).find(|(ruling, pair)| ruling.decision.verdict == Verdict::Same && is_of(*pair));
        found.map(|(ruling, pair)| decided::of_copy(record, ruling, pair))
    }

    pub(super) fn origins(&self) -> Vec<OriginRow> {
        let links = &self.brief.record.links;
        let record = &self.brief.record;
        let told = |origin: &[usize]| -> Vec<String> {
            let here = decided::of_copies(record).filter(|(_, p)| origin.contains(&p.0) || origin.contains(&p.1));
            here.map(|(ruling, pair)| decided::of_copy(record, ruling, pair)).collect()
        };
        let mut doubts: BTreeMap<usize, Vec<&Doubt>> = BTreeMap::new();
        links.doubts.iter().for_each(|d| doubts.entry(d.report).or_default().push(d));
        links
            .origins
            .iter()
            .map(|o| {
                let of_origin = o.reports.iter().filter_map(|r| doubts.get(r)).flatten();
                let first = self.of(o.reports[0]);
                let mut reports = self.ids(&o.reports);
                reports.sort_unstable();
                OriginRow {
                    id: format!("o-{}", &reports[0][..16]),
                    label: o.label.clone().unwrap_or_else(|| first.outlet_or_source().to_owned()),
                    reports,
                    doubts: of_origin.map(|d| self.doubt(d)).collect(),
                    decided: told(&o.reports),
                }
            })
            .collect()
    }

    fn doubt(&self, doubt: &Doubt) -> DoubtJson {
        DoubtJson {
            report: self.id(doubt.report),
            with: self.id(doubt.with),
            counted: if doubt.why.is_likely() { "one" } else { "two" },
            why: doubts::told(&self.brief.record.members, doubt),
        }
    }
}
