//! One report in its public shape, by itself: a row of the record's `reports`, and what `annals decode` prints.

use annals_core::report::{CreditKind, Report, Rival};
use annals_core::text::{CodePoints, Span};
use annals_core::when;
use serde::Serialize;

/// A passage.
#[derive(Serialize)]
pub(crate) struct Passage<'a> {
    report: String,
    start: usize,
    end: usize,
    exact: &'a str,
}

/// An interval of days.
#[derive(Serialize)]
pub(crate) struct When {
    from: String,
    to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
}

/// A report.
#[derive(Serialize)]
pub(crate) struct ReportRow<'a> {
    id: String,
    page: String,
    source: SourceJson<'a>,
    url: Option<&'a str>,
    outlet: Option<&'a str>,
    title: Option<&'a str>,
    byline: &'a [String],
    credit: Vec<&'a str>,
    credits: Vec<CreditJson<'a>>,
    dateline: Option<&'a str>,
    section: Option<&'a str>,
    language: Option<&'a str>,
    published: Option<PublishedJson<'a>>,
    text: &'a str,
    parts: Vec<PartJson>,
    removed: Vec<RemovedJson<'a>>,
    warnings: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<&'a str>,
}

#[derive(Serialize)]
pub(crate) struct SourceJson<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
}

#[derive(Serialize)]
struct CreditJson<'a> {
    name: &'a str,
    kind: &'static str,
    evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct PublishedJson<'a> {
    #[serde(flatten)]
    when: When,
    basis: &'static str,
    ground: &'a str,
    evidence: Vec<Passage<'a>>,
    rivals: Vec<RivalJson<'a>>,
}

#[derive(Serialize)]
struct RivalJson<'a> {
    value: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct PartJson {
    kind: &'static str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct RemovedJson<'a> {
    kind: &'static str,
    exact: &'a str,
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
        removed: r.removed.iter().map(|r| RemovedJson { kind: r.kind, exact: &r.exact }).collect(),
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
