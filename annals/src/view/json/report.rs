//! One report in its public shape, by itself: a row of the record's `reports`, and what `annals decode` prints.

use annals_core::report::{CreditKind, Report, Rival};
use annals_core::text::{CodePoints, Span};
use annals_core::when;
use serde::Serialize;
use std::borrow::Cow;

/// A passage.
#[derive(Serialize)]
pub(crate) struct Passage<'a> {
    pub(in crate::view) report: String,
    pub(in crate::view) start: usize,
    pub(in crate::view) end: usize,
    pub(in crate::view) exact: &'a str,
}

/// An interval of days.
#[derive(Serialize)]
pub(crate) struct When {
    pub(in crate::view) from: String,
    pub(in crate::view) to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) time: Option<String>,
}

/// A report.
#[derive(Serialize)]
pub(crate) struct ReportRow<'a> {
    pub(in crate::view) id: String,
    pub(in crate::view) page: String,
    pub(in crate::view) source: SourceJson<'a>,
    pub(in crate::view) url: Option<&'a str>,
    pub(in crate::view) outlet: Option<&'a str>,
    pub(in crate::view) title: Option<&'a str>,
    pub(in crate::view) byline: &'a [String],
    pub(in crate::view) credit: Vec<&'a str>,
    pub(in crate::view) credits: Vec<CreditJson<'a>>,
    pub(in crate::view) dateline: Option<&'a str>,
    pub(in crate::view) section: Option<&'a str>,
    pub(in crate::view) language: Option<&'a str>,
    pub(in crate::view) published: Option<PublishedJson<'a>>,
    pub(in crate::view) text: &'a str,
    pub(in crate::view) parts: Vec<PartJson>,
    pub(in crate::view) removed: Vec<RemovedJson<'a>>,
    pub(in crate::view) warnings: &'a [Cow<'static, str>],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) template: Option<&'a str>,
}

#[derive(Serialize)]
pub(crate) struct SourceJson<'a> {
    pub(in crate::view) path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) record: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::view) struct CreditJson<'a> {
    pub(in crate::view) name: &'a str,
    pub(in crate::view) kind: &'static str,
    pub(in crate::view) evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
pub(in crate::view) struct PublishedJson<'a> {
    #[serde(flatten)]
    pub(in crate::view) when: When,
    pub(in crate::view) basis: &'static str,
    pub(in crate::view) ground: &'a str,
    pub(in crate::view) evidence: Vec<Passage<'a>>,
    pub(in crate::view) rivals: Vec<RivalJson<'a>>,
}

#[derive(Serialize)]
pub(in crate::view) struct RivalJson<'a> {
    pub(in crate::view) value: &'a str,
    pub(in crate::view) why: &'a str,
}

#[derive(Serialize)]
pub(in crate::view) struct PartJson {
    pub(in crate::view) kind: &'static str,
    pub(in crate::view) start: usize,
    pub(in crate::view) end: usize,
}

#[derive(Serialize)]
pub(in crate::view) struct RemovedJson<'a> {
    pub(in crate::view) kind: &'a str,
    pub(in crate::view) exact: &'a str,
}

/// Returns a passage of a report.
pub(super) fn passage<'a>(report: &'a Report, points: &CodePoints<'_>, span: Span) -> Passage<'a> {
    Passage {
        report: report.id.to_string(),
        start: points.of(span.start()),
        end: points.of(span.end()),
        exact: report.text.get(span),
    }
}

/// Returns a report's row; `points` are those of its text.
pub(crate) fn row<'a>(r: &'a Report, points: &CodePoints<'_>) -> ReportRow<'a> {
    let passages = |spans: &[Span]| spans.iter().map(|&span| passage(r, points, span)).collect();
    let mut credit: Vec<&str> = r.credit.iter().map(|c| c.name.as_str()).collect();
    credit.sort_unstable();
    credit.dedup();
    ReportRow {
        id: r.id.to_string(),
        page: r.page.to_string(),
        source: source(&r.source),
        url: r.url.as_deref(),
        outlet: r.outlet.as_deref(),
        title: r.title.as_deref(),
        byline: &r.byline,
        credit,
        credits: r
            .credit
            .iter()
            .map(|c| CreditJson {
                name: &c.name,
                kind: match c.kind {
                    CreditKind::Line => "line",
                    CreditKind::Contributed => "contributed",
                    CreditKind::Told => "told",
                    CreditKind::Photo => "photo",
                },
                evidence: passages(c.span.as_slice()),
            })
            .collect(),
        dateline: r.dateline.as_deref(),
        section: r.section.as_deref(),
        language: r.language.as_deref(),
        published: r.published.as_ref().map(|p| PublishedJson {
            when: interval(&p.when),
            basis: p.basis.name(),
            ground: &p.ground,
            evidence: passages(&p.evidence),
            rivals: p.rivals.iter().map(|Rival { value, why }| RivalJson { value, why }).collect(),
        }),
        text: r.text.as_str(),
        parts: r
            .text
            .parts()
            .iter()
            .map(|p| PartJson { kind: p.kind.name(), start: points.of(p.span.start()), end: points.of(p.span.end()) })
            .collect(),
        removed: r.removed.iter().map(|r| RemovedJson { kind: &r.kind, exact: &r.exact }).collect(),
        warnings: &r.warnings,
        template: r.template.as_deref(),
    }
}

pub(super) fn source(source: &annals_core::report::Source) -> SourceJson<'_> {
    SourceJson { path: &source.path, record: source.record.as_deref() }
}

pub(super) fn interval(when: &when::When) -> When {
    When { from: when.from().to_string(), to: when.to().to_string(), time: when.time.clone() }
}
