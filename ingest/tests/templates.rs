//! What the pages of one site share is learned from many and left out of each, and the file says so.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

use annals_core::report::Source;
use annals_ingest::decode::{Capture, Learner, Templates, decode, sketch};

const NOTE: &str =
    "Our reporters work for you every day, and your help keeps the harbour news free for all of us to read.";
const BACKGROUND: &str =
    "The strike began on 2 May, when two crane drivers were sent home without pay after a night of storms.";

/// A page of a site whose frame no class or element names.
fn page(n: usize) -> String {
    let background = if n.is_multiple_of(2) { format!("<div>{BACKGROUND}</div>") } else { String::new() };
    format!(
        "<html><head><title>Day {n} at the quay</title><link rel=canonical href='https://sandholm.example/{n}'></head><body><div class=x><h1>Day {n} at the quay</h1><div>By Mara Quill</div><div>{}</div><div>On day {n} the dockers of Sandholm counted {} ships at anchor and said they would not go back to work.</div>{background}<div>The port said on day {n} that it had nothing to add to what it had said {} times before about the cranes.</div><div>{NOTE}</div></div></body></html>",
        ["Monday", "Tuesday", "Friday"][n % 3],
        n + 3,
        n * 2 + 1
    )
}

fn learned(numbers: impl Iterator<Item = usize>) -> Templates {
    let mut learner = Learner::default();
    for n in numbers {
        let page = page(n);
        learner.add(sketch(&capture(&page)).unwrap());
    }
    learner.finish()
}

fn capture(page: &str) -> Capture<'_> {
    let source = Source { path: "page.html".into(), record: None };
    Capture { bytes: page.as_bytes(), source, ..Capture::default() }
}

#[test]
fn a_sites_frame_is_learned_and_left_out() {
    let templates = learned(0..12);
    let page = page(4);
    assert!(templates.to_json().contains(NOTE));
    let alone = decode(&capture(&page)).unwrap().remove(0);
    assert!(alone.text.as_str().contains(NOTE), "no page alone can show it");
    let known = decode(&Capture { templates: Some(&templates), ..capture(&page) }).unwrap().remove(0);
    assert!(!known.text.as_str().contains(NOTE));
    assert!(known.removed.iter().any(|r| r.kind == "frame" && r.exact == NOTE), "{:?}", known.removed);
    assert!(known.text.as_str().contains(BACKGROUND), "what a newsroom repeats in a running story is text");
    assert_eq!(known.byline, ["Mara Quill"], "one author of many reports is no frame");
    assert!(alone.template.is_none() && known.template.is_some());
}

#[test]
fn order_and_repetition_change_nothing_and_the_file_reads_back() {
    let templates = learned(0..12);
    assert_eq!(templates, learned((0..12).rev().chain(3..9)));
    assert_eq!(Templates::from_json(&templates.to_json()).unwrap(), templates);
    let page = page(4);
    let first = decode(&Capture { templates: Some(&templates), ..capture(&page) }).unwrap();
    for _ in 0..100 {
        assert_eq!(decode(&Capture { templates: Some(&templates), ..capture(&page) }).unwrap(), first);
    }
}

#[test]
fn two_pages_show_nothing_and_other_files_are_refused() {
    assert_eq!(learned(0..2).sites(), 0);
    assert!(Templates::from_json("{}").unwrap_err().contains("annals learn"));
    assert!(Templates::from_json(r#"{"annals_templates": 99, "sites": {}}"#).unwrap_err().contains("version 99"));
}

#[test]
fn a_day_that_every_page_gives_is_no_date_of_publication() {
    let page = |n: usize| {
        format!(
            "<html><head><title>Day {n} at the quay</title><link rel=canonical href='https://sandholm.example/2031/05/{n:02}/quay'><meta property='article:published_time' content='2019-01-01'></head><body><h1>Day {n} at the quay</h1><p>On day {n} the dockers of Sandholm counted {} ships at anchor and said they would not go back to work.</p></body></html>",
            n + 3
        )
    };
    let mut learner = Learner::default();
    (1..10).for_each(|n| learner.add(sketch(&capture(&page(n))).unwrap()));
    let templates = learner.finish();
    let page = page(4);
    let day = |templates| {
        let report = decode(&Capture { templates, ..capture(&page) }).unwrap().remove(0);
        report.published.unwrap()
    };
    assert_eq!(day(None).when.from().to_string(), "2019-01-01");
    let known = day(Some(&templates));
    assert_eq!(known.when.from().to_string(), "2031-05-04");
    assert!(
        known.rivals.iter().any(|r| r.value == "2019-01-01" && r.why.contains("other pages")),
        "{:?}",
        known.rivals
    );
}
