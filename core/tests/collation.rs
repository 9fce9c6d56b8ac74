//! A copy beside its original, on short invented news.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use annals_core::reading::read;
use annals_core::record::Member;
use annals_core::record::collation::{Fate, collate};
use annals_core::report::{Report, Source};
use annals_core::text::{PartKind, Span, Text};

fn member(paragraphs: &[&str]) -> Member {
    let title = (PartKind::Title, "Ferry crews walk out");
    let text = Text::from_paragraphs([title].into_iter().chain(paragraphs.iter().map(|p| (PartKind::Body, *p))));
    let report = Report::new(Source { path: "a.txt".into(), record: None }, text);
    let reading = read(&report.text, None);
    Member { report, reading }
}

/// Compares two texts: `=` as it is, `~` in other words, `+` added, `-` cut, each with its words.
fn told(original: &[&str], copy: &[&str]) -> Vec<String> {
    let (there, here) = (member(original), member(copy));
    let at = |mark: char, m: &Member, span: Span| format!("{mark} {}", m.report.text.get(span));
    let fates = collate(&there, &here).unwrap().into_iter();
    let shown = fates.map(|step| match step {
        Fate::Same { here: span } => at('=', &here, span),
        Fate::Reworded { here: span, .. } => at('~', &here, span),
        Fate::Added(span) => at('+', &here, span),
        Fate::Cut(span) => at('-', &there, span),
    });
    shown.collect()
}

const WALKED: &str = "Crews of the Tolm ferries walked out on Monday over a new roster.";
const WAITED: &str = "Some 300 lorries were waiting at the quay by noon, the harbour office said.";
const TALKS: &str = "Talks with the union Sea and Shore are to go on next week.";

#[test]
fn what_is_added_and_what_is_cut_stands_where_it_belongs() {
    let baker = "At the Anchor bakery nobody had ordered bread for the island.";
    let found = told(&[WALKED, WAITED, TALKS], &[WALKED, baker, TALKS]);
    let expected = [format!("= {WALKED}"), format!("- {WAITED}"), format!("+ {baker}"), format!("= {TALKS}")];
    assert_eq!(found, expected);
}

#[test]
fn a_sentence_in_other_words_is_neither() {
    let reworded = "Nearly 300 lorries stood waiting at the quay by midday, according to the harbour office.";
    assert_eq!(told(&[WALKED, WAITED], &[WALKED, reworded])[1], format!("~ {reworded}"));
}

#[test]
fn what_is_moved_split_or_joined_is_neither() {
    assert_eq!(told(&[WALKED, TALKS], &[TALKS, WALKED]), [format!("= {TALKS}"), format!("= {WALKED}")]);
    let long = "Some 300 lorries were waiting at the quay by noon, the harbour office said, and talks with the union Sea and \
                Shore are to go on next week.";
    assert_eq!(told(&[WALKED, long], &[WALKED, WAITED, TALKS])[1..], [format!("~ {WAITED}"), format!("~ {TALKS}")]);
    assert_eq!(told(&[WALKED, WAITED, TALKS], &[WALKED, long])[1..], [format!("~ {long}")]);
}

#[test]
fn a_headline_is_not_compared() {
    assert!(told(&[WALKED], &[WALKED]).iter().all(|line| line.starts_with('=')));
}

#[test]
fn spun_words_between_sentences_that_stayed_are_neither() {
    let spun = "Around 300 lorries had been idling beside the pier at midday, the port bureau stated.";
    assert_eq!(told(&[WALKED, WAITED, TALKS], &[WALKED, spun, TALKS])[1], format!("~ {spun}"));
}

#[test]
fn signs_are_no_sentences() {
    assert_eq!(told(&[WALKED], &[WALKED, "Wind north-west, sea rough", "Our sponsors"]), [format!("= {WALKED}")]);
}

#[test]
fn short_sentences_that_were_joined_are_neither() {
    let (ended, joined) = ("He resigned.", "The mayor of Tolm left the town hall and then he resigned.");
    let left = "The mayor of Tolm left the town hall.";
    assert!(told(&[left, ended], &[joined]).iter().all(|line| !line.starts_with(['+', '-'])));
    let listed = "Two deck hands of the ferry were injured";
    assert!(told(&[WALKED, &format!("{listed}.")], &[WALKED, listed]).iter().all(|line| !line.starts_with(['+', '-'])));
}
