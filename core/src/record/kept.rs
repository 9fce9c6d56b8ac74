//! A report and its reading as bytes, for caches: what was read once need not be read again.
//!
//! serde and postcard write them, as the types are many and none of them is kept for others: whoever keeps such bytes keeps
//! with them which program made them, and a check that they are whole.

use super::Member;
use crate::reading::Reading;
use crate::report::Report;

impl Member {
    /// Returns the report and its reading as bytes; for the same program alone.
    pub fn pack(&self) -> Vec<u8> {
        // It fails where a map has no length: there are no maps in them.
        postcard::to_allocvec(&(&self.report, &self.reading)).unwrap_or_default()
    }

    /// Reads what [`Member::pack`] wrote. None if it was another program's.
    pub fn unpack(bytes: &[u8]) -> Option<Member> {
        let (report, reading): (Report, Reading) = postcard::from_bytes(bytes).ok()?;
        let words = reading.words.of_text(&report.text);
        Some(Member { report, reading: Reading { words, ..reading } })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::reading::read;
    use crate::report::{Basis, Published, Source};
    use crate::text::{PartKind, Text};
    use crate::when::When;

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        let text = Text::from_paragraphs([
            (PartKind::Title, "Port strike called off"),
            (
                PartKind::Body,
                "The harbour union called off its strike on Thursday, Anna Renholm said. “We won 12 per cent,” she said.",
            ),
            (
                PartKind::Body,
                "Talks on the pilots’ pay were put off until next Monday. Some 40 ships had waited, the port’s café’s owner said.",
            ),
        ]);
        let source = Source { path: "a.html".into(), record: None };
        let when = When::day(jiff::civil::date(2031, 5, 6));
        let report = Report {
            outlet: Some("The Tide".into()),
            published: Some(Published {
                when,
                basis: Basis::Stated,
                evidence: vec![],
                ground: String::new(),
                rivals: vec![],
            }),
            ..Report::new(source, text)
        }
        .seal();
        let reading = read(&report.text, report.when());
        assert!(!reading.events.is_empty() && !reading.statements.is_empty() && !reading.figures.is_empty());
        let member = Member { report, reading };
        let bytes = member.pack();
        let again = Member::unpack(&bytes).unwrap();
        assert_eq!(format!("{again:?}"), format!("{member:?}"));
        assert!(Member::unpack(&bytes[..bytes.len() / 2]).is_none());
    }
}
