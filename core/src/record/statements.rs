//! Statements as rows, and one utterance recognised across reports.

use super::names::Cast;
use super::{Evidence, Grouping, Member, RowId, StatementRow};

/// Returns a row for each stretch of each statement's content.
pub fn rows(members: &[Member], grouping: &Grouping, cast: &Cast) -> Vec<StatementRow> {
    let mut rows = Vec::new();
    for (report, member) in members.iter().enumerate() {
        for (n, statement) in member.reading.statements.iter().enumerate() {
            for &content in &statement.content {
                let id = RowId::new('s', member.report.id, content, "");
                let evidence = Evidence::one(report, statement.passage);
                let support = evidence.support(members, grouping);
                let speaker = statement.speaker.map(|name| cast.of(report, name));
                rows.push(StatementRow {
                    id,
                    report,
                    statement: n,
                    content,
                    speaker,
                    utterance: id,
                    support,
                    evidence,
                });
            }
        }
    }
    rows
}
