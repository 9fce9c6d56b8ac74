//! Dates inferred for reports that state none, from dated reports of the same invented story.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use annals_core::link::Links;
use annals_core::reading::read;
use annals_core::record::{Member, dating};
use annals_core::report::{Basis, Published, Report, Source};
use annals_core::text::{PartKind, Text};
use annals_core::when::When;

fn member(day: Option<&str>, body: &str) -> Member {
    let text = Text::from_paragraphs(body.split("\n\n").map(|p| (PartKind::Body, p)));
    let mut report = Report::new(Source::default(), text);
    report.published = day.map(|day| Published {
        when: When::day(day.parse().unwrap()),
        basis: Basis::Stated,
        evidence: Vec::new(),
        ground: String::new(),
        rivals: Vec::new(),
    });
    let reading = read(&report.text, report.when());
    Member { report, reading }
}

/// Checks the days inferred for an undated report (`from/to`, `none`) from dated ones of its story.
fn check_inferred(undated: &str, dated: &[(&str, &str)], expected: &str) {
    let mut members = vec![member(None, undated)];
    members.extend(dated.iter().map(|(day, body)| member(Some(day), body)));
    let links = Links { stories: vec![(0..members.len()).collect()], ..Links::default() };
    let inferred = dating::infer(&members, &links);
    let days = inferred[0].as_ref().map(|p| format!("{}/{}", p.when.from(), p.when.to()));
    assert_eq!(days.as_deref().unwrap_or("none"), expected);
    assert!(inferred[1..].iter().all(Option::is_none));
    assert!(inferred[0].iter().all(|p| !p.ground.is_empty() && !p.evidence.is_empty()));
}

const RACE: &str = "The old ferry Corvette ran aground on the sandbank off Lindow on Tuesday night with 214 passengers aboard.\n\n\
                    Divers from the naval school will inspect the hull on Friday, harbour captain Odile Brenn said.\n\n\
                    Fuel was still leaking into the estuary on Wednesday, and oyster beds stayed closed.";

#[test]
fn yesterday_in_one_report_is_a_weekday_in_another() {
    let undated = "Yesterday the ferry Corvette lay on the sandbank off Lindow for a second night, \
                   while fuel leaked into the estuary and the oyster beds stayed closed.\n\n\
                   Divers from the naval school are to inspect the hull tomorrow, captain Odile Brenn promised.";
    // 2031-06-12 is the Thursday between.
    check_inferred(undated, &[("2031-06-11", RACE)], "2031-06-12/2031-06-12");
}

#[test]
fn words_that_no_dated_report_shares_date_nothing() {
    check_inferred("The choir sang in the town hall yesterday.", &[("2031-06-11", RACE)], "none");
}

#[test]
fn a_weekday_that_fits_two_weeks_dates_nothing() {
    let week = "The ferry Corvette lay on the sandbank off Lindow on Tuesday while divers searched the hull.";
    let undated = "Divers searched the hull of the ferry Corvette on the sandbank off Lindow on Tuesday.";
    check_inferred(undated, &[("2031-06-11", week), ("2031-06-18", week)], "none");
}

#[test]
fn a_day_told_as_over_is_not_to_come() {
    // 2031-06-10 is the Tuesday that the dated report tells of; the hearing of June 13 is over.
    let undated = "On Tuesday night the old ferry Corvette ran aground on the sandbank off Lindow with 214 passengers aboard.\n\n\
                   The court heard the captain on June 13.";
    check_inferred(undated, &[("2031-06-11", RACE)], "2031-06-13/2031-06-16");
}
