//! A checked draft on a terminal: each sentence with its verdict, and under it what the reports say.

use super::desk::Desk;
use super::words;
use super::wrap::{Colour, Ink, Run, Sheet};
use crate::app::brief::Brief;
use crate::app::check::Review;
use annals_core::record::check::{Claim, Finding, Verdict};

/// Passages shown of each claim; the JSON has all.
const PASSAGES: usize = 2;

/// Returns the review as text. Width in columns.
pub(crate) fn render(brief: &Brief, review: &Review, name: &str, width: usize, colour: Colour) -> String {
    let desk = Desk::new(brief);
    let mut sheet = Sheet::new(width, colour);
    let reports = words::count(brief.record.members.len(), "report", "reports");
    sheet.heading(&format!("{} held against {reports}", words::one_line(name)));
    for sentence in &review.sentences {
        let told = words::one_line(review.draft.report.text.get(sentence.span)).into_owned();
        let verdict = sentence.verdict();
        let ink = if verdict == Some(Verdict::Contradicted) { Ink::Alert } else { Ink::Plain };
        sheet.gap();
        sheet.put(2, &[(mark(verdict), ink)], &[(&told, if verdict.is_none() { Ink::Dim } else { Ink::Plain })]);
        for finding in &sentence.findings {
            one(&mut sheet, &desk, review, finding);
        }
    }
    sheet.gap();
    sheet.put(0, &[], &[(&summary(review), Ink::Bold)]);
    sheet.finish()
}

fn one(sheet: &mut Sheet, desk: &Desk<'_>, review: &Review, finding: &Finding) {
    let span = words::one_line(review.draft.report.text.get(finding.span)).into_owned();
    let what = format!("{} “{}”:", label(finding.claim), words::clipped(&span, 60));
    let says = match finding.verdict {
        Verdict::Supported => {
            let by = words::independent(finding.support.bounds);
            format!("supported by {by}")
        }
        other => other.name().to_owned(),
    };
    let note = if finding.note.is_empty() { String::new() } else { format!(": {}", words::one_line(&finding.note)) };
    let ink = if finding.verdict == Verdict::Contradicted { Ink::Alert } else { Ink::Plain };
    let runs: [Run<'_>; 3] = [(&what, Ink::Dim), (&says, ink), (&note, Ink::Plain)];
    sheet.put(6, &[("    -", Ink::Dim)], &runs[..if note.is_empty() { 2 } else { 3 }]);
    for &cite in finding.evidence.iter().take(PASSAGES) {
        let passage = format!("“{}”", words::clipped(&desk.words(cite), 160));
        let source = format!("({})", desk.cited(cite.report, None));
        sheet.put(8, &[], &[(&passage, Ink::Dim), (&source, Ink::Dim)]);
    }
}

fn mark(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Supported) => "✓",
        Some(Verdict::Nothing) => "?",
        Some(Verdict::Outdated) => "↻",
        Some(Verdict::Contradicted) => "✗",
        None => "·",
    }
}

fn label(claim: Claim) -> &'static str {
    match claim {
        Claim::Figure => "figure",
        Claim::Quote => "words",
        Claim::Event => "event",
        Claim::Date => "day",
        Claim::Place => "place",
        Claim::Doer => "who did it",
        Claim::Role => "role",
        Claim::Name => "name",
    }
}

/// Returns `14 sentences: 6 supported, 2 contradicted, …`.
fn summary(review: &Review) -> String {
    let with = |v: Option<Verdict>| review.sentences.iter().filter(|s| s.verdict() == v).count();
    let kinds = [
        (Some(Verdict::Contradicted), "✗ contradicted"),
        (Some(Verdict::Outdated), "↻ outdated"),
        (Some(Verdict::Nothing), "? with something no report says"),
        (Some(Verdict::Supported), "✓ supported"),
        (None, "· with nothing to check"),
    ];
    let told: Vec<String> = kinds
        .iter()
        .map(|(v, name)| (with(*v), name))
        .filter(|(n, _)| *n > 0)
        .map(|(n, name)| format!("{n} {name}"))
        .collect();
    format!("{}: {}", words::count(review.sentences.len(), "sentence", "sentences"), told.join(" · "))
}
