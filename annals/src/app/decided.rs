//! What people decided in an archive, as its record takes it: the reports that decisions name are found again when another
//! version of the program makes them under other ids, and told when they are gone.

use super::documents::Documents;
use super::linked::Linked;
use annals_core::reading::read;
use annals_core::record::{Decision, Member, RowId, Subject, Verdict, is_of_reports, place, statement_ids};
use annals_core::report::{Report, ReportId};
use annals_core::text::Span;
use annals_store::Verb;
use std::collections::{BTreeMap, BTreeSet};

/// Turns a decision of an archive into one for the record.
pub(crate) fn decision(d: annals_store::Decision) -> Decision {
    let verdict = match d.verb {
        Verb::NotSame => Verdict::NotSame,
        Verb::Merge => Verdict::Merge,
        Verb::Split => Verdict::Split,
        Verb::SaidBy => Verdict::SaidBy,
        Verb::NotSaidBy => Verdict::NotSaidBy,
        // An undo is none of those that hold.
        Verb::Same | Verb::Undo => Verdict::Same,
    };
    Decision { line: d.seq as usize, verdict, a: d.a, b: d.b, by: d.by, when: Some(d.at), why: d.why }
}

/// Returns the ids of the reports that a decision names.
pub(super) fn reports(decision: &Decision) -> Vec<&str> {
    match decision.subject() {
        Subject::Copies | Subject::Stories => vec![&decision.a, &decision.b],
        Subject::Speakers => place(&decision.a).1.into_iter().collect(),
        Subject::Names => Vec::new(),
    }
}

/// Returns, by the ids under which reports were kept, the reports as they are made now; those that cannot be are not there.
fn made_now(documents: &Documents, wanted: &BTreeSet<String>) -> anyhow::Result<BTreeMap<String, Report>> {
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let parts = documents.archive().parts(0)?;
    let named = parts.into_iter().filter(|(.., part)| wanted.contains(&part.id));
    let now = named.filter_map(|(seq, n, part)| Some((part.id, documents.report(seq, n)?)));
    Ok(now.collect())
}

/// Puts the ids that reports have now in the place of those that decisions name; `is_known` says which are known to be there.
///
/// # Errors
/// When the archive cannot be read.
pub(super) fn as_now(
    documents: &Documents,
    decisions: &mut [Decision],
    is_known: impl Fn(&str) -> bool,
) -> anyhow::Result<()> {
    let named = decisions.iter().flat_map(reports).filter(|id| !is_known(id)).map(str::to_owned).collect();
    let now = made_now(documents, &named)?;
    for decision in decisions {
        if decision.subject() == Subject::Speakers {
            let there = statement_now(&decision.a, &now);
            there.into_iter().for_each(|statement| decision.a = statement);
        } else if is_of_reports(decision) {
            for id in [&mut decision.a, &mut decision.b] {
                now.get(id).into_iter().for_each(|report| *id = report.id.to_string());
            }
        }
    }
    Ok(())
}

/// Returns the statement that a decision names, by the id that it has now; none where no such stretch is read any more.
fn statement_now(named: &str, now: &BTreeMap<String, Report>) -> Option<String> {
    let (statement, kept) = place(named);
    let report = now.get(kept?)?;
    let found = told(report, kept?, statement)?;
    Some(format!("{}@{}", found.now, report.id))
}

/// A statement of a report that may have been kept under another id.
pub(super) struct Told {
    /// The id that it has now, and the one that it has of the report as that was kept.
    pub(super) now: RowId,
    pub(super) kept: RowId,
    /// What was said.
    pub(super) span: Span,
}

/// Returns the statement that a report has under an id, be it that of now or that of the report as it was kept.
pub(super) fn told(report: &Report, kept: &str, statement: &str) -> Option<Told> {
    let was = ReportId::of_hex(kept)?;
    let member = Member { reading: read(&report.text, report.when()), report: report.clone() };
    let all = statement_ids(&member).into_iter();
    let mut all = all.map(|(now, span)| Told { now, kept: RowId::new('s', was, span, ""), span });
    all.find(|told| [told.now, told.kept].iter().any(|id| id.to_string() == statement))
}

/// Returns the ids that reports have now, by their rows and places there.
///
/// # Errors
/// When the archive cannot be read.
pub(super) fn ids_now(documents: &Documents) -> anyhow::Result<BTreeMap<(i64, usize), String>> {
    let items = Linked::of(documents)?.items.into_iter();
    Ok(items.map(|item| ((item.seq, item.part), item.id.to_string())).collect())
}

/// Returns the decisions that hold and name what is not there: the number of each, and what is not.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn idle(documents: &Documents) -> anyhow::Result<Vec<(i64, String)>> {
    let decisions: Vec<Decision> = documents.archive().decisions(|_| true)?.into_iter().map(decision).collect();
    let named = decisions.iter().flat_map(reports).map(str::to_owned).collect();
    let now = made_now(documents, &named)?;
    let absent = |d: &Decision| -> Option<String> {
        let gone = reports(d).into_iter().find(|id| !now.contains_key(*id));
        let no_report = gone.map(|id| format!("no report has the id {id} any more: it holds again when one does"));
        let is_unsaid = d.subject() == Subject::Speakers && gone.is_none() && statement_now(&d.a, &now).is_none();
        no_report.or_else(|| is_unsaid.then(|| "its report has no such statement any more".to_owned()))
    };
    Ok(decisions.iter().filter_map(|d| Some((d.line as i64, absent(d)?))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_store::{Archive, Document, Entry, Outcome, Part, Writer, pack};

    const TEXTS: [&str; 3] = [
        "The quay at Tolm was closed on Monday.",
        "A ferry ran aground off Tolm on Tuesday, the harbour office said.",
        "",
    ];

    /// An archive of three reports, all kept by a version that gave the reports other ids; one cannot be made any more.
    fn archive(name: &str) -> Documents {
        let folder = std::env::temp_dir().join(format!("annals-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let mut writer = Writer::open(&folder, |_| false).unwrap();
        let run = writer.begin("2031-05-06T07:00:00Z", "0", None).unwrap();
        let entry = |(n, text): (usize, &&str)| Entry {
            path: format!("{n}.txt"),
            record: None,
            outcome: Outcome::Kept,
            reason: String::new(),
            document: Some(Document {
                packed: pack(text.as_bytes()).unwrap(),
                about: "{}".into(),
                parts: vec![Part { id: format!("{n}").repeat(32), page: format!("{n}").repeat(32) }],
            }),
        };
        writer.enter(run, &TEXTS.iter().enumerate().map(entry).collect::<Vec<_>>()).unwrap();
        for b in ["1", "2"] {
            let (a, b) = ("0".repeat(32), b.repeat(32));
            let (at, verb) = ("2031-05-06T08:00:00Z".to_owned(), Verb::NotSame);
            writer.decide(&annals_store::Decision { seq: 0, at, by: None, why: None, verb, a, b }).unwrap();
        }
        // What the statement of the second was called by that version; and one that nobody makes any more.
        let was = ReportId::of_hex(&"1".repeat(32)).unwrap();
        let span = Span::within(TEXTS[1], 0, TEXTS[1].find(", the").unwrap()).unwrap();
        for statement in [RowId::new('s', was, span, "").to_string(), "s-0000000000000000".to_owned()] {
            let (a, b) = (format!("{statement}@{}", "1".repeat(32)), "Ann Lund".to_owned());
            let (at, verb) = ("2031-05-06T08:00:00Z".to_owned(), Verb::SaidBy);
            writer.decide(&annals_store::Decision { seq: 0, at, by: None, why: None, verb, a, b }).unwrap();
        }
        drop(writer);
        Documents::of(Archive::open(&folder).unwrap()).unwrap()
    }

    #[test]
    fn a_decision_follows_its_reports_to_the_ids_of_another_version() {
        let documents = archive("decided-now");
        let mut decisions: Vec<Decision> =
            documents.archive().decisions(|_| true).unwrap().into_iter().map(decision).collect();
        as_now(&documents, &mut decisions, |_| false).unwrap();
        let id = |row| documents.report(row, 0).unwrap().id.to_string();
        assert_eq!((decisions[0].a.clone(), decisions[0].b.clone()), (id(1), id(2)));
        assert!(decisions[2].a.ends_with(&id(2)) && !decisions[3].a.ends_with(&id(2)), "{decisions:?}");
        let told = idle(&documents).unwrap();
        assert_eq!(told.iter().map(|told| told.0).collect::<Vec<_>>(), [2, 4], "{told:?}");
        assert!(told[0].1.contains(&"2".repeat(32)) && told[1].1.contains("no such statement"), "{told:?}");
        let folder = documents.archive().folder().to_owned();
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_report_can_be_named_by_the_id_that_it_has_now() {
        let documents = archive("decided-named");
        let folder = documents.archive().folder().to_owned();
        let (one, two) = (documents.report(1, 0).unwrap(), documents.report(2, 0).unwrap());
        let statement = told(&two, &"1".repeat(32), &{
            let member = Member { reading: read(&two.text, two.when()), report: two.clone() };
            statement_ids(&member)[0].0.to_string()
        });
        let statement = statement.unwrap().now.to_string();
        let mut writer = Writer::open(&folder, |_| false).unwrap();
        let mut decide = |verb, a: &str, b: &str| {
            let (at, a, b) = (String::new(), a.to_owned(), b.to_owned());
            let told = annals_store::Decision { seq: 0, at, by: None, why: None, verb, a, b };
            let kept = crate::app::decide::decide(&mut writer, told).unwrap();
            (kept.a, kept.b)
        };
        // What is kept names them as they were kept, so that every later version finds them.
        let ids = ("0".repeat(32), "1".repeat(32));
        assert_eq!(decide(Verb::Split, &one.id.to_string(), &two.id.to_string()[..8]), ids);
        assert_eq!(decide(Verb::Split, "0000", &ids.1), ids);
        for named in [statement.clone(), format!("{statement}@{}", two.id), format!("{statement}@{}", ids.1)] {
            let (a, _) = decide(Verb::SaidBy, &named, "Ann Lund");
            assert!(a != named && a.ends_with(&ids.1), "{named}: {a}");
        }
        drop(writer);
        assert_eq!(idle(&documents).unwrap().iter().map(|told| told.0).collect::<Vec<_>>(), [2, 4]);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
