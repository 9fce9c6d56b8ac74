//! How many independent origins a story has, in invented reports.

use annals_core::link::{Links, Origin};
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
    let members: Vec<Member> = outlets.iter().enumerate().map(|(n, o)| member(&format!("{n}.txt"), o)).collect();
    let origins = origins.iter().map(|r| Origin { label: None, reports: r.to_vec() }).collect();
    let links = Links { copies: Vec::new(), origins, stories: vec![(0..outlets.len()).collect()] };
    assert_eq!(compile(members, links).stories[0].origins, expected, "{outlets:?}");
}

#[test]
fn a_copy_adds_no_origin() {
    check_origins(&["Hill Post", "Vale Echo", "Moor Star"], &[&[0, 1], &[2]], 2);
}

#[test]
fn an_outlet_does_not_confirm_itself() {
    check_origins(&["Hill Post", "Hill Post", "Moor Star"], &[&[0], &[1], &[2]], 2);
}
