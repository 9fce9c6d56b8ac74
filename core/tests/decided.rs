//! What people decide about copies: who leaves whose origin, and what follows. All texts are invented.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use annals_core::link::{CopyKind, CopyOf, Links, Shared, Sourcing};
use annals_core::reading::read;
use annals_core::record::{
    Decision, Effect, Grouped, Member, Party, Record, StatementRow, Verdict, check, compile_with, regroup_kept,
};
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
fn who_was_first_is_as_the_later_decision_says() {
    let found = |copies: &[(usize, usize)]| Case::of(same_text(&["Hill Post", "Vale Echo", "Moor Star"]), copies);
    let steps = |record: &Record| record.links.copies.iter().map(|c| (c.report, c.of.unwrap())).collect::<Vec<_>>();
    let effects = |record: &Record| record.rulings.iter().map(|r| r.effect).collect::<Vec<_>>();
    let record = found(&[]).decided(&[(Same, 0, 1), (Same, 1, 0)]);
    assert_eq!((steps(&record), effects(&record)), (vec![(1, 0)], vec![Effect::Overruled, Effect::Holds]));
    let record = found(&[]).decided(&[(Same, 0, 1), (Same, 1, 2), (Same, 2, 0)]);
    assert_eq!(
        (steps(&record), effects(&record)),
        (vec![(1, 2), (2, 0)], vec![Effect::Overruled, Effect::Holds, Effect::Holds])
    );
    // Found links go round no ring with what is decided, by whichever way.
    let record = found(&[(0, 1), (0, 2), (2, 1)]).decided(&[(Same, 1, 0)]);
    assert_eq!(steps(&record), [(1, 0), (2, 1)]);
}

#[test]
fn what_a_person_tied_together_leaves_together() {
    let case = Case::of(same_text(&["Hill Post", "Vale Echo", "Moor Star"]), &[(1, 0)]);
    case.check(&[(Same, 2, 1), (NotSame, 2, 0)], &[&[0], &[1, 2]]);
}

/// What one report after another says, in one story; the second is a copy of the first.
fn spoken(bodies: &[&str], decisions: &[(Verdict, &str, &str)]) -> Record {
    let members: Vec<Member> =
        bodies.iter().enumerate().map(|(n, body)| member(&format!("Paper {n}"), body, None)).collect();
    let copies: &[(usize, usize)] = if members.len() > 1 { &[(1, 0)] } else { &[] };
    let case = Case::of(members, copies);
    let plain = case.decided(&[]);
    // A statement is named by words that it holds; a report of it by its number.
    let id = |named: &str| {
        let (words, report) = named.split_once('@').unwrap();
        let report: usize = report.parse().unwrap();
        let holds = |s: &&StatementRow| {
            let text = &plain.members[s.report].report.text;
            s.report == report && text.get(s.content).contains(words)
        };
        let row = plain.statements.iter().find(holds).unwrap();
        format!("{}@{}", row.id, plain.members[row.report].report.id)
    };
    let decision = |(n, &(verdict, a, b)): (usize, &(Verdict, &str, &str))| {
        let (by, why) = (Some("Iva Roth".into()), Some("on tape".into()));
        let a = if a.contains('@') { id(a) } else { a.to_owned() };
        Decision { line: n + 1, verdict, a, b: b.into(), by, when: None, why }
    };
    let decisions: Vec<Decision> = decisions.iter().enumerate().map(decision).collect();
    compile_with(case.members.clone(), case.links.clone(), &decisions)
}

/// Returns who said the words that hold others, by report: the entity, else the words of the person who decided it.
fn speakers(record: &Record, words: &str) -> Vec<Option<String>> {
    let holds = |s: &&StatementRow| record.members[s.report].report.text.get(s.content).contains(words);
    let told = |s: &StatementRow| {
        let named = s.speaker.map(|e| record.entities[e].name.clone());
        named.or_else(|| s.decided.as_ref()?.name.clone().map(|name| format!("“{name}”")))
    };
    record.statements.iter().filter(holds).map(told).collect()
}

const SAID: &str = "“The gate was rusted through,” said Bo Vik. Ann Lund, the harbour master, looked on. “We shall see,” said Ann Lund.";

#[test]
fn a_person_says_who_said_it_and_that_is_told() {
    let name = |name: &str| Some(name.to_owned());
    let plain = spoken(&[SAID], &[]);
    assert_eq!(speakers(&plain, "rusted"), [name("Bo Vik")]);
    let decided = spoken(&[SAID], &[(Verdict::SaidBy, "rusted@0", "ann lund")]);
    assert_eq!(speakers(&decided, "rusted"), [name("Ann Lund")]);
    let row = decided.statements.iter().find(|s| s.decided.is_some()).unwrap();
    assert_eq!(row.decided.as_ref().unwrap().ground, "decided: “ann lund” said it, says Iva Roth: on tape");
    assert_eq!((decided.rulings[0].effect, decided.rulings[0].statements.as_slice()), (Effect::Holds, &[row.id][..]));
    assert_eq!(row.evidence, plain.statements.iter().find(|s| s.id == row.id).unwrap().evidence);
    // Somebody whom no report names stands in the words of the person.
    let other = spoken(&[SAID], &[(Verdict::SaidBy, "rusted@0", "Ida Holm")]);
    assert_eq!(speakers(&other, "rusted"), [name("“Ida Holm”")]);
    assert!(other.entities.iter().all(|e| e.name != "Ida Holm"));
    // It is known only who did not say it.
    let none = spoken(&[SAID], &[(Verdict::NotSaidBy, "rusted@0", "Bo Vik")]);
    assert_eq!(speakers(&none, "rusted"), [None]);
    assert!(none.statements.iter().any(|s| s.decided.as_ref().is_some_and(|d| d.ground.contains("did not say it"))));
    let idle =
        spoken(&[SAID], &[(Verdict::NotSaidBy, "rusted@0", "Ann Lund"), (Verdict::SaidBy, "s-0000000000000000", "Bo")]);
    assert_eq!(speakers(&idle, "rusted"), [name("Bo Vik")]);
    let effects: Vec<Effect> = idle.rulings.iter().map(|r| r.effect).collect();
    assert_eq!(effects, [Effect::Holds, Effect::Waits]);
}

#[test]
fn of_decisions_about_one_statement_the_later_holds() {
    let all = [(Verdict::SaidBy, "rusted@0", "Bo Vik"), (Verdict::SaidBy, "rusted@0", "Ann Lund")];
    let record = spoken(&[SAID], &all);
    assert_eq!(speakers(&record, "rusted"), [Some("Ann Lund".to_owned())]);
    assert_eq!(record.rulings.iter().map(|r| r.effect).collect::<Vec<_>>(), [Effect::Overruled, Effect::Holds]);
    let record =
        spoken(&[SAID], &[(Verdict::SaidBy, "rusted@0", "Bo Vik"), (Verdict::NotSaidBy, "rusted@0", "Bo Vik")]);
    assert_eq!(speakers(&record, "rusted"), [None]);
    assert_eq!(record.rulings.iter().map(|r| r.effect).collect::<Vec<_>>(), [Effect::Overruled, Effect::Holds]);
}

#[test]
fn one_person_may_be_named_in_several_ways() {
    let id = spoken(&[SAID], &[]).entities.iter().find(|e| e.name == "Ann Lund").unwrap().id.to_string();
    let ways =
        [("Ann Lund", id.as_str()), (&id, "ann lund"), ("Ms Ann Lund", "Ann Lund"), ("Ida Holm, smith", "Ida Holm")];
    for (said, not) in ways {
        let record = spoken(&[SAID], &[(Verdict::SaidBy, "rusted@0", said), (Verdict::NotSaidBy, "rusted@0", not)]);
        let effects: Vec<Effect> = record.rulings.iter().map(|r| r.effect).collect();
        assert_eq!(effects, [Effect::Overruled, Effect::Holds], "{said}, {not}");
        assert_eq!(speakers(&record, "rusted"), [Some("Bo Vik".to_owned())], "{said}, {not}");
    }
    let titled = spoken(&[SAID], &[(Verdict::SaidBy, "rusted@0", "Ms Ann Lund")]);
    assert_eq!(speakers(&titled, "rusted"), [Some("Ann Lund".to_owned())]);
}

#[test]
fn a_name_that_several_bear_overrules_nothing() {
    let one = format!("{SAID} Lund left in the evening.");
    let other = "Karl Lund, the miller, sold his boat at Weirham. Lund said that he would go inland.";
    let decisions = [(Verdict::SaidBy, "rusted@0", "Ann Lund"), (Verdict::SaidBy, "rusted@0", "Lund")];
    let record = spoken(&[&one, other], &decisions);
    assert_eq!(speakers(&record, "rusted"), [Some("Ann Lund".to_owned())]);
    let effects: Vec<Effect> = record.rulings.iter().map(|r| r.effect).collect();
    assert_eq!(effects, [Effect::Holds, Effect::Impossible], "{:?}", record.entities);
}

#[test]
fn who_said_it_holds_for_copies_too() {
    let lund = || Some("Ann Lund".to_owned());
    assert_eq!(
        speakers(&spoken(&[SAID, SAID], &[(Verdict::SaidBy, "rusted@0", "Ann Lund")]), "rusted"),
        [lund(), lund()]
    );
    // Unless somebody decided about the copy itself.
    let decisions = [(Verdict::SaidBy, "rusted@0", "Ann Lund"), (Verdict::SaidBy, "rusted@1", "Bo Vik")];
    assert_eq!(speakers(&spoken(&[SAID, SAID], &decisions), "rusted"), [lund(), Some("Bo Vik".to_owned())]);
}

#[test]
fn a_figure_rests_on_whom_a_person_names() {
    let body = "Bo Vik said that 40 barges were waiting below the lock. Ann Lund, the harbour master, looked on.";
    let party = |record: &Record| match record.figures.iter().find_map(|f| f.according_to.clone()) {
        Some(Party::Entity(e)) => Some(record.entities[e].name.clone()),
        _ => None,
    };
    assert_eq!(party(&spoken(&[body], &[])), Some("Bo Vik".into()));
    assert_eq!(party(&spoken(&[body], &[(Verdict::SaidBy, "40 barges@0", "Ann Lund")])), Some("Ann Lund".into()));
    assert_eq!(party(&spoken(&[body], &[(Verdict::NotSaidBy, "40 barges@0", "Bo Vik")])), None);
}

#[test]
fn a_draft_is_held_against_what_a_person_decided_and_told_so() {
    let notes = |verdict: Verdict, name: &str, draft: &str| -> Vec<(check::Verdict, String)> {
        let record = spoken(&[SAID], &[(verdict, "rusted@0", name)]);
        let decisions: Vec<Decision> = record.rulings.iter().map(|r| r.decision.clone()).collect();
        let draft = member("draft", draft, None);
        let found = check::check(&record.members, &record.links, &decisions, &draft);
        let quotes = found.into_iter().flat_map(|c| c.findings).filter(|f| f.claim == check::Claim::Quote);
        quotes.map(|f| (f.verdict, f.note)).collect()
    };
    let draft = "The lock at Weirham was closed. “The gate was rusted through,” said Bo Vik.";
    for (verdict, name) in
        [(Verdict::SaidBy, "Ann Lund"), (Verdict::SaidBy, "Ida Holm"), (Verdict::NotSaidBy, "Bo Vik")]
    {
        let found = notes(verdict, name, draft);
        assert!(found.len() == 1 && found[0].0 == check::Verdict::Contradicted, "{name}: {found:?}");
        assert!(found[0].1.starts_with("decided: ") && found[0].1.contains("says Iva Roth"), "{found:?}");
    }
    let found = notes(Verdict::SaidBy, "Ida Holm", &draft.replace("Bo Vik", "Ida Holm"));
    assert_eq!(found, [(check::Verdict::Supported, String::new())]);
    // Nor is a draft contradicted that names the same person otherwise.
    for (decided, told) in [("Ms Ann Lund", "Ann Lund"), ("Ida Holm, lock keeper", "Ida Holm")] {
        let found = notes(Verdict::SaidBy, decided, &draft.replace("Bo Vik", told));
        assert!(found.len() == 1 && found[0].0 == check::Verdict::Supported, "{decided}: {found:?}");
    }
    assert_eq!(notes(Verdict::SaidBy, "Ida Holm, lock keeper", draft)[0].0, check::Verdict::Contradicted);
}

#[test]
fn stories_stay_a_partition_whatever_is_decided() {
    let ids: Vec<_> = same_text(&["Hill Post", "Vale Echo", "Moor Star", "Bay Gazette"]);
    let sourcing = Sourcing::default();
    let grouped: Vec<Grouped<'_>> =
        ids.iter().map(|m| Grouped { id: m.report.id, day: None, sourcing: &sourcing }).collect();
    // A chain of copies through two stories.
    let found =
        Links { stories: vec![vec![0, 1], vec![2, 3]], ..Case::of(ids.clone(), &[(1, 0), (2, 1), (3, 2)]).links };
    let pairs = (0..16).map(|n| (n / 4, n % 4)).filter(|(a, b)| a != b);
    let all: Vec<Decision> = pairs
        .flat_map(|(a, b)| [(Verdict::Merge, a, b), (Verdict::Split, a, b)])
        .map(|(verdict, a, b)| {
            let [a, b] = [a, b].map(|n| ids[n].report.id.to_string());
            Decision { line: 1, verdict, a, b, by: None, when: None, why: None }
        })
        .collect();
    let count = all.len();
    for n in 0..count * count * count {
        let decisions = [n / count / count, n / count % count, n % count].map(|at| all[at].clone());
        let mut links = found.clone();
        regroup_kept(&grouped, &mut links, &decisions);
        let mut reports: Vec<usize> = links.stories.concat();
        reports.sort_unstable();
        let is_whole = reports == [0, 1, 2, 3] && links.stories.iter().all(|s| !s.is_empty());
        assert!(is_whole, "{:?} {decisions:?}", links.stories);
    }
}
