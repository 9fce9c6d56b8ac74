//! A checked draft as JSON: sentences and claims with code points into the draft, passages with those into their report.

use super::report::{self, Passage};
use super::{LedgerRow, Shaper};
use crate::app::brief::Brief;
use crate::app::check::Review;
use annals_core::record::check::Finding;
use annals_core::text::CodePoints;
use serde::Serialize;

/// The answer of `annals check --json`.
#[derive(Serialize)]
pub(crate) struct CheckJson<'a> {
    draft: report::ReportRow<'a>,
    sentences: Vec<SentenceJson<'a>>,
    ledger: Vec<LedgerRow<'a>>,
}

#[derive(Serialize)]
struct SentenceJson<'a> {
    start: usize,
    end: usize,
    exact: &'a str,
    verdict: Option<&'static str>,
    claims: Vec<ClaimJson<'a>>,
}

#[derive(Serialize)]
struct ClaimJson<'a> {
    claim: &'static str,
    start: usize,
    end: usize,
    exact: &'a str,
    verdict: &'static str,
    note: &'a str,
    origins: u32,
    origins_low: u32,
    origins_high: u32,
    reports: u32,
    evidence: Vec<Passage<'a>>,
}

/// Gives a review its shape.
pub(crate) fn check<'a>(brief: &'a Brief, review: &'a Review) -> CheckJson<'a> {
    let shaper = Shaper::new(brief);
    let text = &review.draft.report.text;
    let points = CodePoints::new(text.as_str());
    let claim = |f: &'a Finding| ClaimJson {
        claim: f.claim.name(),
        start: points.of(f.span.start()),
        end: points.of(f.span.end()),
        exact: text.get(f.span),
        verdict: f.verdict.name(),
        note: &f.note,
        origins: f.support.origins,
        origins_low: f.support.bounds.low,
        origins_high: f.support.bounds.high,
        reports: f.support.reports,
        evidence: f.evidence.iter().map(|&c| shaper.passage(c)).collect(),
    };
    let sentences = review.sentences.iter().map(|s| SentenceJson {
        start: points.of(s.span.start()),
        end: points.of(s.span.end()),
        exact: text.get(s.span),
        verdict: s.verdict().map(|v| v.name()),
        claims: s.findings.iter().map(claim).collect(),
    });
    CheckJson {
        sentences: sentences.collect(),
        draft: report::row(&review.draft.report, &points),
        ledger: brief.ledger.iter().map(|e| shaper.entry(e)).collect(),
    }
}
