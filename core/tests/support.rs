//! How many independent origins a story has, in invented reports.

use annals_core::link::{Doubt, Links, Origin, Why};
use annals_core::reading::read;
use annals_core::record::{Member, compile};
use annals_core::report::{Report, Source};
use annals_core::text::{PartKind, Text};

fn member(path: &str, outlet: &str) -> Member {
    let text = Text::from_paragraphs([(PartKind::Title, "Ferry aground"), (PartKind::Body, "The ferry ran aground.")]);
    let mut report = Report::new(Source { path: path.into(), record: None }, text);
    report.outlet = Some(outlet.into());
    let report = report.seal();
    Member { reading: read(&report.text, None), report }
}

fn check_origins(outlets: &[&str], origins: &[&[usize]], expected: u32) {
    let origins: Vec<Origin> =
        origins.iter().map(|r| Origin { label: None, reports: r.to_vec(), parts: Vec::new() }).collect();
    check_bounds(outlets, &origins, &[], (expected, expected, expected));
}

/// Checks a story's fewest origins, those counted, and the most.
fn check_bounds(outlets: &[&str], origins: &[Origin], doubts: &[Doubt], expected: (u32, u32, u32)) {
    let members: Vec<Member> = outlets.iter().enumerate().map(|(n, o)| member(&format!("{n}.txt"), o)).collect();
    let stories = vec![(0..outlets.len()).collect()];
    let links = Links { origins: origins.to_vec(), doubts: doubts.to_vec(), stories, ..Links::default() };
    let story = &compile(members, links).stories[0];
    assert_eq!((story.bounds.low, story.origins, story.bounds.high), expected, "{outlets:?}");
}

#[test]
fn a_copy_adds_no_origin() {
    check_origins(&["Hill Post", "Vale Echo", "Moor Star"], &[&[0, 1], &[2]], 2);
}

#[test]
fn an_outlet_does_not_confirm_itself() {
    check_origins(&["Hill Post", "Hill Post", "Moor Star"], &[&[0], &[1], &[2]], 2);
}

#[test]
fn what_is_not_sure_widens_the_bounds() {
    let origin = |parts: &[&[usize]]| {
        let parts: Vec<Vec<usize>> = parts.iter().map(|p| p.to_vec()).collect();
        Origin { label: None, reports: parts.concat(), parts }
    };
    let doubt = |report, with, why| Doubt { report, with, why };
    let outlets = ["Hill Post", "Vale Echo", "Moor Star", "Moorstar"];
    let origins = [origin(&[&[0], &[1]]), origin(&[&[2]]), origin(&[&[3]])];
    let doubts = [doubt(1, 0, Why::Partly), doubt(3, 2, Why::Alike)];
    check_bounds(&outlets, &origins, &doubts, (2, 3, 4));
    // An outlet does not confirm itself, however sure its two texts are.
    check_bounds(&["Hill Post", "Hill Post", "Moor Star", "Moorstar"], &origins, &doubts, (2, 3, 3));
}
