//! What people decide about copies: who leaves whose origin, and what follows. All texts are invented.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use annals_core::link::{CopyKind, CopyOf, Links, Shared};
use annals_core::reading::read;
use annals_core::record::{Decision, Effect, Member, Record, Verdict, compile_with};
use annals_core::report::{Credit, CreditKind, Report, Source};
use annals_core::text::{PartKind, Text};

const TEXT: &str = "The lock at Weirham was closed on Monday after a barge struck its gate, the harbour office said.";

fn member(outlet: &str, body: &str, credit: Option<&str>) -> Member {
    let text = Text::from_paragraphs([(PartKind::Title, "The lock at Weirham"), (PartKind::Body, body)]);
    let mut report = Report::new(Source { path: format!("{outlet}.txt"), record: None }, text);
    report.outlet = Some(outlet.into());
    let span = report.text.part(PartKind::Title);
    report.credit = credit.iter().map(|name| Credit { name: (*name).into(), kind: CreditKind::Line, span }).collect();
    let report = report.seal();
    Member { reading: read(&report.text, None), report }
}

/// Reports of one text, one an outlet, and who is linked to whom.
struct Case {
    members: Vec<Member>,
    links: Links,
}

impl Case {
    fn of(members: Vec<Member>, copies: &[(usize, usize)]) -> Case {
        let body = |n: usize| members[n].report.text.part(PartKind::Body).unwrap();
        let copy = |&(report, of): &(usize, usize)| CopyOf {
            report,
            of: Some(of),
            origin: None,
            kind: CopyKind::Exact,
            containment: Some(1000),
            certain: true,
            decided: false,
            passages: vec![Shared { here: body(report), there: body(of) }],
            credits: Vec::new(),
        };
        let (copies, stories) = (copies.iter().map(copy).collect(), vec![(0..members.len()).collect()]);
        Case { links: Links { copies, stories, ..Links::default() }, members }
    }

    fn decided(&self, decisions: &[(Verdict, usize, usize)]) -> Record {
        let id = |n: usize| self.members[n].report.id.to_string();
        let decision = |(n, &(verdict, a, b)): (usize, &(Verdict, usize, usize))| {
            let (by, why) = (Some("Iva Roth".into()), Some("asked both".into()));
            Decision { line: n + 1, verdict, a: id(a), b: id(b), by, when: None, why }
        };
        let decisions: Vec<Decision> = decisions.iter().enumerate().map(decision).collect();
        compile_with(self.members.clone(), self.links.clone(), &decisions)
    }

    /// Checks the origins, and that the count of the story follows.
    fn check(&self, decisions: &[(Verdict, usize, usize)], expected: &[&[usize]]) -> Record {
        let record = self.decided(decisions);
        let mut found: Vec<Vec<usize>> = record.links.origins.iter().map(|o| o.reports.clone()).collect();
        found.iter_mut().for_each(|o| o.sort_unstable());
        found.sort_unstable();
        assert_eq!(found, expected, "{decisions:?}");
        let story = &record.stories[0];
        let count = expected.len() as u32;
        assert_eq!((story.bounds.low, story.origins, story.bounds.high), (count, count, count), "{decisions:?}");
        record
    }
}

fn same_text(outlets: &[&str]) -> Vec<Member> {
    outlets.iter().map(|outlet| member(outlet, TEXT, None)).collect()
}

use Verdict::{NotSame, Same};

#[test]
fn a_copy_that_is_none_is_an_origin_of_its_own() {
    let case = Case::of(same_text(&["Hill Post", "Vale Echo", "Moor Star"]), &[(1, 0), (2, 0)]);
    let record = case.check(&[(NotSame, 1, 0)], &[&[0, 2], &[1]]);
    assert_eq!(record.links.copies.len(), 1);
    let ruling = &record.rulings[0];
    assert_eq!((ruling.effect, ruling.note.as_str(), ruling.reports.as_slice()), (Effect::Holds, "", &[1, 0][..]));
    assert!(record.statements.iter().any(|s| (s.support.reports, s.support.origins) == (3, 2)));
    case.check(&[(NotSame, 0, 1)], &[&[0, 2], &[1]]);
}

#[test]
fn of_two_that_hang_together_through_a_third_the_copy_leaves() {
    let chain = Case::of(same_text(&["Hill Post", "Vale Echo", "Moor Star"]), &[(1, 0), (2, 1)]);
    // What is taken from the other leaves, whichever is named first, and takes its own copies along.
    for decision in [(NotSame, 2, 0), (NotSame, 0, 2)] {
        let record = chain.check(&[decision], &[&[0, 1], &[2]]);
        assert!(record.rulings[0].note.contains("left the origin of Vale Echo ("), "{}", record.rulings[0].note);
    }
    chain.check(&[(NotSame, 0, 1)], &[&[0], &[1, 2]]);
    // Of two copies of one report the first leaves.
    let siblings = Case::of(same_text(&["Hill Post", "Vale Echo", "Moor Star"]), &[(1, 0), (2, 0)]);
    siblings.check(&[(NotSame, 1, 2)], &[&[0, 2], &[1]]);
    siblings.check(&[(NotSame, 2, 1)], &[&[0, 1], &[2]]);
}

#[test]
fn a_credit_does_not_tie_what_a_person_parted() {
    let members = vec![member("North Wire", TEXT, None), member("Vale Echo", TEXT, Some("North Wire"))];
    let case = Case::of(members, &[(1, 0)]);
    let record = case.check(&[(NotSame, 1, 0)], &[&[0], &[1]]);
    let rows: Vec<_> = record.links.copies.iter().map(|c| (c.report, c.of, c.origin.as_deref())).collect();
    assert_eq!(rows, [(1, None, Some("North Wire"))], "its credit line still says so");
}

#[test]
fn a_report_can_be_said_to_be_taken_from_another() {
    let other = "A ship hit the lower gates of the Weirham lock. Barges wait, and nobody can tell for how long.";
    let members =
        || vec![member("Hill Post", TEXT, None), member("Vale Echo", other, None), member("Moor Star", TEXT, None)];
    let case = Case::of(members(), &[(2, 0)]);
    let record = case.check(&[(Same, 1, 0)], &[&[0, 1, 2]]);
    let copy = record.links.copies.iter().find(|c| c.report == 1).unwrap();
    assert_eq!((copy.of, copy.decided, copy.kind), (Some(0), true, CopyKind::Rewrite));
    // What the two share is measured.
    let record = Case::of(members(), &[]).check(&[(Same, 2, 0)], &[&[0, 2], &[1]]);
    let copy = &record.links.copies[0];
    assert_eq!((copy.kind, copy.containment, copy.passages.is_empty()), (CopyKind::Exact, Some(1000), false));
    // The other way round than was found.
    let record = case.check(&[(Same, 0, 2)], &[&[0, 2], &[1]]);
    let rows: Vec<_> = record.links.copies.iter().map(|c| (c.report, c.of)).collect();
    assert_eq!(rows, [(0, Some(2))]);
    assert_eq!(record.links.origins.iter().map(|o| o.reports[0]).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn of_decisions_about_copies_that_contradict_each_other_the_later_holds() {
    let case = Case::of(same_text(&["Hill Post", "Vale Echo", "Moor Star"]), &[(1, 0)]);
    let effects = |record: &Record| record.rulings.iter().map(|r| r.effect).collect::<Vec<_>>();
    let record = case.check(&[(NotSame, 1, 0), (Same, 1, 0)], &[&[0, 1], &[2]]);
    assert_eq!(effects(&record), [Effect::Overruled, Effect::Holds]);
    let record = case.check(&[(Same, 2, 0), (NotSame, 2, 0)], &[&[0, 1], &[2]]);
    assert_eq!(effects(&record), [Effect::Overruled, Effect::Holds]);
    let record = case.check(&[(NotSame, 2, 0), (Same, 2, 1), (Same, 1, 0)], &[&[0, 1, 2]]);
    assert_eq!(effects(&record), [Effect::Overruled, Effect::Holds, Effect::Holds]);
    assert_eq!(effects(&case.decided(&[(Same, 1, 1)])), [Effect::Impossible]);
}

#[test]
fn what_a_person_tied_together_leaves_together() {
    let case = Case::of(same_text(&["Hill Post", "Vale Echo", "Moor Star"]), &[(1, 0)]);
    case.check(&[(Same, 2, 1), (NotSame, 2, 0)], &[&[0], &[1, 2]]);
}
