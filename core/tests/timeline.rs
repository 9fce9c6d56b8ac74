//! Events joined across the reports of a story, and its timeline, on short invented news.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use annals_core::link::{CopyKind, CopyOf, Links, Origin, Shared};
use annals_core::reading::read;
use annals_core::record::{Cite, Matter, Member, Record, Relation, compile};
use annals_core::report::{Basis, Published, Report, Source};
use annals_core::text::{PartKind, Span, Text};
use annals_core::when::When;

/// A report: its day, its headline (may be empty), its body.
type Told<'a> = (&'a str, &'a str, &'a str);

fn member(n: usize, (day, title, body): Told<'_>) -> Member {
    let title = Some((PartKind::Title, title)).filter(|t| !t.1.is_empty());
    let text = Text::from_paragraphs(title.into_iter().chain([(PartKind::Body, body)]));
    let mut report = Report::new(Source { path: format!("{n}.txt"), record: None }, text);
    let when = When::day(day.parse().unwrap());
    let reading = read(&report.text, Some(&when));
    report.published =
        Some(Published { when, basis: Basis::Stated, evidence: Vec::new(), ground: String::new(), rivals: Vec::new() });
    Member { report, reading }
}

/// Compiles reports of one story; `copy` says that the second one repeats the passage of the first.
fn record(told: &[Told<'_>], copy: bool) -> Record {
    let members: Vec<Member> = told.iter().enumerate().map(|(n, t)| member(n, *t)).collect();
    let all: Vec<usize> = (0..told.len()).collect();
    let body = |n: usize| -> Span { members[n].report.text.part(PartKind::Body).unwrap() };
    let mut links = Links { stories: vec![all.clone()], ..Links::default() };
    links.origins = all
        .iter()
        .filter(|&&n| !(copy && n == 1))
        .map(|&n| Origin { label: None, reports: vec![n], parts: Vec::new() })
        .collect();
    if copy {
        links.origins[0].reports.push(1);
        links.copies = vec![CopyOf {
            report: 1,
            of: Some(0),
            origin: None,
            kind: CopyKind::Rewrite,
            containment: Some(700),
            certain: true,
            decided: false,
            passages: vec![Shared { here: body(1), there: body(0) }],
            credits: Vec::new(),
        }];
    }
    compile(members, links)
}

fn words(record: &Record, cite: Cite) -> &str {
    record.members[cite.report].report.text.get(cite.span)
}

/// Lists the rows of a kind: statuses passed, day, reports.
fn rows(record: &Record, kind: &str) -> Vec<(Vec<&'static str>, Option<String>, usize)> {
    let of_kind = record.events.iter().filter(|e| e.kind == kind);
    let mut rows: Vec<(Vec<&'static str>, Option<String>, usize)> = of_kind
        .map(|e| {
            let mut reports: Vec<usize> = e.tellings.iter().map(|t| t.0).collect();
            reports.dedup();
            let day = e.when.as_ref().map(|w| w.from().to_string());
            (e.history.iter().map(|s| s.status.name()).collect(), day, reports.len())
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn a_copy_adds_evidence_to_the_event_of_its_original() {
    let told = [
        ("2024-11-15", "", "The bakers on Thursday called off wage talks that were to start on Saturday in Velm."),
        (
            "2024-11-15",
            "",
            "Bread makers scrapped pay negotiations on Thursday which had been due on Saturday at Velm.",
        ),
    ];
    let record = record(&told, true);
    let meetings = rows(&record, "meeting");
    assert_eq!(meetings.len(), 1, "{meetings:?}");
    assert_eq!(meetings[0].2, 2);
    let lines: Vec<&str> = record.stories[0].timeline.iter().map(|l| words(&record, l.line)).collect();
    assert!(lines.iter().all(|l| !l.contains("scrapped")), "{lines:?}");
}

#[test]
fn what_is_set_anew_is_another_event_than_what_was_called_off() {
    let told = [
        ("2024-11-11", "", "The council will hold a hearing on Thursday, the mayor said."),
        ("2024-11-13", "", "The hearing on Thursday was called off by the council."),
        ("2024-11-16", "", "The hearing will be held on Tuesday, the mayor said."),
    ];
    let record = record(&told, false);
    let expected = [
        (vec!["planned"], Some("2024-11-19".to_owned()), 1),
        (vec!["planned", "called_off"], Some("2024-11-14".to_owned()), 2),
    ];
    assert_eq!(rows(&record, "trial"), expected);
}

#[test]
fn what_was_set_and_is_off_or_put_off_is_a_change_of_status_or_day() {
    let changes = |told: &[Told<'_>], copy: bool| -> Vec<(Matter, Relation, String)> {
        let record = record(told, copy);
        record.differences.iter().map(|d| (d.kind, d.relation, d.note.clone())).collect()
    };
    let set = ("2024-11-11", "", "The council will hold a hearing on Thursday, the mayor said.");
    let off = ("2024-11-13", "", "The hearing on Thursday was called off by the council.");
    let found = changes(&[set, off], false);
    assert_eq!(found.iter().map(|f| (f.0, f.1)).collect::<Vec<_>>(), [(Matter::Status, Relation::Update)], "{found:?}");
    let set_by = ("2024-11-11", "", "Northfell Water will hold a hearing on Thursday.");
    let moved = ("2024-11-13", "", "Northfell Water has put off the hearing until 21 November.");
    let found = changes(&[set_by, moved], false);
    assert_eq!(found.iter().map(|f| (f.0, f.1)).collect::<Vec<_>>(), [(Matter::Date, Relation::Update)], "{found:?}");
    // What a copy tells is no second voice, and a plan that was kept no difference.
    assert!(changes(&[set, off], true).is_empty());
    let held = ("2024-11-15", "", "The hearing was held on Thursday.");
    assert!(changes(&[set, held], false).is_empty());
}

/// Checks the differences of reports, told in one word each: what, how.
fn check_accounts(told: &[Told<'_>], copy: bool, expected: &[(Matter, Relation)]) {
    let record = record(told, copy);
    let found: Vec<(Matter, Relation)> = record.differences.iter().map(|d| (d.kind, d.relation)).collect();
    let notes: Vec<&str> = record.differences.iter().map(|d| d.note.as_str()).collect();
    assert_eq!(found, expected, "{notes:?}");
}

#[test]
fn one_event_on_two_days_is_a_contradiction_of_days() {
    let tuesday = ("2024-11-14", "", "Orlin Mills and the Weavers’ Guild held talks in Velm on Tuesday.");
    let wednesday = ("2024-11-14", "", "Orlin Mills and the Weavers’ Guild held talks in Velm on Wednesday.");
    check_accounts(&[tuesday, wednesday], false, &[(Matter::Date, Relation::Contradict)]);
    check_accounts(&[tuesday, wednesday], true, &[]);
    // A report that tells of both knows of two.
    let both = (
        "2024-11-15",
        "",
        "Orlin Mills and the Weavers’ Guild held talks on Tuesday. They held talks on Wednesday, too.",
    );
    check_accounts(&[tuesday, both], false, &[]);
}

#[test]
fn a_plan_told_for_a_later_day_has_moved() {
    let first = ("2024-11-11", "", "Orlin Mills and the Weavers’ Guild will hold talks in Velm on Thursday.");
    let second = ("2024-11-13", "", "Orlin Mills and the Weavers’ Guild will hold talks in Velm on 19 November.");
    check_accounts(&[first, second], false, &[(Matter::Date, Relation::Update)]);
    // Behind its day it is another one.
    let anew = ("2024-11-15", "", "Orlin Mills and the Weavers’ Guild will hold talks in Velm on 19 November.");
    check_accounts(&[first, anew], false, &[]);
}

#[test]
fn a_week_is_less_exact_than_a_day_in_it() {
    let day = ("2024-11-14", "", "The council of Velm held a hearing on the pump on 12 November.");
    let month = ("2024-12-02", "", "The council of Velm held a hearing on the pump in November.");
    let week = ("2024-11-20", "", "The council of Velm held a hearing on the pump last week.");
    check_accounts(&[day, week], false, &[(Matter::Date, Relation::Narrower)]);
    // What is told weeks later recalls.
    check_accounts(&[day, month], false, &[]);
}

#[test]
fn done_and_called_off_cannot_both_be() {
    let done = ("2024-11-15", "", "The hearing on the pump was held in Velm on Thursday.");
    let off = ("2024-11-15", "", "The hearing on the pump in Velm on Thursday was called off.");
    check_accounts(&[done, off], false, &[(Matter::Status, Relation::Contradict)]);
    check_accounts(&[done, off], true, &[]);
}

#[test]
fn an_undated_deed_is_the_plan_of_the_days_before() {
    let told = [
        ("2024-11-13", "", "The hearing will be held on Thursday, the mayor said."),
        ("2024-11-15", "", "The engineer told a hearing that the pump had failed."),
    ];
    let record = record(&told, false);
    let expected = [(vec!["planned", "held"], Some("2024-11-14".to_owned()), 2)];
    assert_eq!(rows(&record, "trial"), expected);
}

#[test]
fn a_denial_is_told_by_its_sentence() {
    let told = [("2024-11-15", "", "The army denied that it had shelled the camp near Velm.")];
    let record = record(&told, false);
    let lines: Vec<&str> = record.stories[0].timeline.iter().map(|l| words(&record, l.line)).collect();
    assert_eq!(lines, ["The army denied that it had shelled the camp near Velm."]);
}

#[test]
fn a_deed_is_not_told_before_its_day() {
    let told = [
        ("2024-11-10", "", "Alban jets carried out strikes on the port of Velm."),
        ("2024-11-19", "", "Alban jets carried out strikes on the port of Velm on Friday."),
    ];
    let record = record(&told, false);
    assert_eq!(rows(&record, "attack").len(), 2, "{:?}", rows(&record, "attack"));
}

#[test]
fn two_deeds_of_one_sentence_keep_their_days() {
    let told = [("2024-11-19", "", "The raid on Velm was in response to a strike on a farm in Orlin on November 2.")];
    let record = record(&told, false);
    let days: Vec<Option<String>> = rows(&record, "attack").into_iter().map(|r| r.1).collect();
    assert_eq!(days, [None, Some("2024-11-02".to_owned())]);
}

#[test]
fn a_line_of_many_does_not_name_whom_one_report_alone_blames() {
    let told = [
        ("2024-11-13", "", "Wage talks planned for Friday were called off by Orlin Mills."),
        ("2024-11-13", "", "Wage talks planned for Friday were called off by the weavers, the mayor of Velm said."),
        ("2024-11-13", "", "The weavers called off wage talks planned for Friday in Velm."),
        ("2024-11-13", "", "The weavers' guild called off the wage talks that were planned for Friday."),
    ];
    let record = record(&told, false);
    let lines: Vec<&str> = record.stories[0].timeline.iter().map(|l| words(&record, l.line)).collect();
    assert!(!lines.is_empty() && lines.iter().all(|l| !l.contains("Orlin")), "{lines:?}");
}

#[test]
fn who_called_it_off_is_a_dispute_where_independent_reports_name_two() {
    let told = |by: &'static str| -> Told<'static> { ("2031-03-05", "", by) };
    let notes = |a, b, copy| -> Vec<String> {
        let record = record(&[told(a), told(b)], copy);
        record.differences.iter().filter(|d| d.kind == Matter::Name).map(|d| d.note.clone()).collect()
    };
    let guild = "Talks on pay set for March 6 were called off by the Harbour Guild, the mayor said.";
    let firm = "Norden Shipping on Tuesday called off the pay talks that were set for March 6.";
    let found = notes(guild, firm, false);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("Harbour Guild (0.txt)") && found[0].contains("Norden Shipping (1.txt)"), "{found:?}");
    assert!(notes(guild, firm, true).is_empty(), "a copy is no second source");
    assert!(
        notes(guild, "The Harbour Guild on Tuesday called off the pay talks that were set for March 6.", false)
            .is_empty()
    );
}

#[test]
fn a_plan_is_put_off_by_the_day_it_had() {
    let put_off = [
        "The inquiry into the grounding, set for Friday, was postponed to 20 May, the ministry said.",
        "Friday's inquiry was put back to 20 May, the ministry said.",
        "The ministry moved the inquiry from Friday to 20 May.",
    ];
    for body in put_off {
        let record = record(
            &[("2031-05-06", "", "An inquiry begins on Friday, said Ina Rolf."), ("2031-05-08", "", body)],
            false,
        );
        let rows: Vec<_> = record.events.iter().filter(|e| e.kind == "inquiry").collect();
        assert_eq!(rows.len(), 1, "{body}");
        let history: Vec<&str> = rows[0].history.iter().map(|s| s.status.name()).collect();
        assert_eq!(history, ["planned", "postponed"], "{body}");
        assert_eq!(rows[0].when.as_ref().unwrap().exact(), "2031-05-20".parse().ok(), "{body}");
        let told = record.differences.iter().any(|d| d.kind == Matter::Date && d.relation == Relation::Update);
        assert!(told, "{body}: {:?}", record.differences);
    }
}
