//! What people decided about copies, in words: who decided, when and why, with what followed.

use annals_core::record::{Record, Ruling, Verdict};
use annals_core::when::When;

/// Returns the decisions that hold about one report's taking from another and their reports: (report, other).
pub(crate) fn of_copies(record: &Record) -> impl Iterator<Item = (&Ruling, (usize, usize))> {
    let rulings = record.rulings.iter().filter(|r| r.is_of_copies());
    rulings.filter_map(|r| Some((r, (*r.reports.first()?, *r.reports.get(1)?))))
}

/// Returns one decision about copies: "decided: Hill Post is a copy of Vale Echo, says Ann Lund, 2031-05-06: both rang".
pub(crate) fn of_copy(record: &Record, ruling: &Ruling, (report, other): (usize, usize)) -> String {
    let called = |n: usize| {
        let report = &record.members[n].report;
        let day = report.when().map(When::to).map(|day| format!(" ({day})")).unwrap_or_default();
        format!("{}{day}", report.called())
    };
    let what = match ruling.decision.verdict {
        Verdict::Same => format!("{} is a copy of {}", called(report), called(other)),
        _ => format!("{} and {} are no copies of each other", called(report), called(other)),
    };
    let note = if ruling.note.is_empty() { String::new() } else { format!("; {}", ruling.note) };
    format!("decided: {what}{}{note}", ruling.decision.told())
}

/// Returns what was decided about the copies of some reports, one sentence a decision.
pub(crate) fn among(record: &Record, reports: &[usize]) -> Vec<String> {
    let here = of_copies(record).filter(|(_, pair)| reports.contains(&pair.0) && reports.contains(&pair.1));
    here.map(|(ruling, pair)| of_copy(record, ruling, pair)).collect()
}
