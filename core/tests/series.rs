//! Figures of one quantity in order of time, and what each is to the one before, on short invented news.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use annals_core::link::{Links, Origin};
use annals_core::reading::read;
use annals_core::record::{Follows, Member, Record, RowId, compile};
use annals_core::report::{Basis, Published, Report, Source};
use annals_core::text::{PartKind, Text};
use annals_core::when::When;
use std::collections::BTreeMap;

/// Compiles reports of one story, each of an origin and outlet of its own: day and body.
fn record(told: &[(&str, &str)]) -> Record {
    let member = |(n, (day, body)): (usize, &(&str, &str))| {
        let text = Text::from_paragraphs([(PartKind::Body, *body)]);
        let mut report = Report::new(Source { path: format!("{n}.txt"), record: None }, text);
        let when = When::day(day.parse().unwrap());
        let reading = read(&report.text, Some(&when));
        report.outlet = Some(format!("Paper {n}"));
        let (evidence, ground, rivals) = (Vec::new(), String::new(), Vec::new());
        report.published = Some(Published { when, basis: Basis::Stated, evidence, ground, rivals });
        Member { report, reading }
    };
    let all: Vec<usize> = (0..told.len()).collect();
    let origins = all.iter().map(|&n| Origin { label: None, reports: vec![n], parts: Vec::new() }).collect();
    let links = Links { stories: vec![all], origins, ..Links::default() };
    compile(told.iter().enumerate().map(member).collect(), links)
}

/// Lists the series with more than one figure: values with what each is to the one before.
fn series(record: &Record) -> Vec<Vec<(f64, Option<Follows>)>> {
    let mut of: BTreeMap<RowId, Vec<(usize, f64, Option<Follows>)>> = BTreeMap::new();
    for row in &record.figures {
        let figure = &record.members[row.report].reading.figures[row.figure];
        of.entry(row.series).or_default().push((row.report, figure.value, row.follows));
    }
    of.into_values()
        .filter(|rows| rows.len() > 1)
        .map(|mut rows| {
            rows.sort_by_key(|r| r.0);
            rows.into_iter().map(|(_, value, follows)| (value, follows)).collect()
        })
        .collect()
}

#[test]
fn a_later_count_is_new_and_an_old_one_again_repeated() {
    let told = [
        ("2024-05-06", "Four people have been killed by the flood, the police said on Monday."),
        ("2024-05-07", "Nine people have been killed by the flood, the police said on Tuesday."),
        ("2024-05-08", "Nine people have been killed by the flood."),
    ];
    let expected = [(4.0, None), (9.0, Some(Follows::New)), (9.0, Some(Follows::Repeated))];
    assert_eq!(series(&record(&told)), [expected]);
}

#[test]
fn another_count_for_one_day_is_a_revision_only_by_the_same_source() {
    let told = [
        ("2024-05-07", "According to the police, nine people have been killed by the flood."),
        ("2024-05-07", "According to the police, eight people have been killed by the flood."),
        ("2024-05-07", "According to the mayor, twelve people have been killed by the flood."),
    ];
    let found: Vec<Option<Follows>> = series(&record(&told)).concat().into_iter().map(|f| f.1).collect();
    assert_eq!(found.iter().filter(|f| **f == Some(Follows::Revision)).count(), 1, "{found:?}");
    assert_eq!(found.iter().filter(|f| **f == Some(Follows::Other)).count(), 1, "{found:?}");
}

#[test]
fn killed_injured_missing_and_displaced_are_four_quantities() {
    let one = "Four people were killed, nine people were injured, six people are missing and 40 people were displaced.";
    let two = "Five people were killed, 12 people were injured, seven people are missing and 60 people were displaced.";
    let mut found = series(&record(&[("2024-05-06", one), ("2024-05-07", two)]));
    found.sort_by(|a, b| a[0].0.total_cmp(&b[0].0));
    let values: Vec<Vec<f64>> = found.iter().map(|s| s.iter().map(|f| f.0).collect()).collect();
    assert_eq!(values, [[4.0, 5.0], [6.0, 7.0], [9.0, 12.0], [40.0, 60.0]]);
}

#[test]
fn places_are_not_mixed() {
    let one = "Four people were killed in Norwich and nine people were killed in Lund.";
    let two = "Five people were killed in Norwich and ten people were killed in Lund.";
    let found = series(&record(&[("2024-05-06", one), ("2024-05-07", two)]));
    for values in found {
        assert!(
            values == [(4.0, None), (5.0, Some(Follows::New))] || values == [(9.0, None), (10.0, Some(Follows::New))]
        );
    }
}

#[test]
fn what_is_counted_a_day_is_not_the_total() {
    let one = "The kitchen hands out 400 meals a day.";
    let two = "The kitchen has handed out 9,000 meals.";
    assert!(series(&record(&[("2024-05-06", one), ("2024-05-07", two)])).is_empty());
}

#[test]
fn a_count_since_a_day_long_ago_runs_until_now() {
    let told = [
        (
            "2024-05-06",
            "At least 322 people have been killed in Tolm since the floods began, the health ministry said.",
        ),
        ("2024-06-01", "More than 330 people have been killed in Tolm since March 7, health authorities said."),
    ];
    assert_eq!(series(&record(&told)), [[(322.0, None), (330.0, Some(Follows::New))]]);
    // On a day long ago is another occasion.
    let told = [told[0], ("2024-06-01", "On March 7, 12 people were killed in Tolm, health authorities said.")];
    assert_eq!(series(&record(&told)), Vec::<Vec<(f64, Option<Follows>)>>::new());
}
