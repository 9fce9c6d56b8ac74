//! How well undated reports are dated: each dated report of a story loses its date, and the date inferred from the others
//! is held against the one it had.

use annals_core::reading::read;
use annals_core::record::{Member, dating, links};
use annals_core::report::{Basis, Published, Report, Source};
use annals_core::text::{PartKind, Text};
use annals_core::when::{Day, When};
use annals_ingest::decode::{Capture, decode};
use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Folders of invented reports, from the root of the project.
const FOLDERS: [&str; 4] = [
    "examples/water/reports",
    "../shared/seeds/reports",
    "../shared/stories/harbour/reports",
    "../shared/stories/bridge/reports",
];
/// Sets of dated stories, in the folder of the evaluation sets.
const SETS: [&str; 3] = ["stories/pac.train.jsonl.gz", "stories/pac.dev.jsonl.gz", "stories/gva.dev.jsonl.gz"];

/// Days between the first and the last date of a story, at most: the dates of the sets are estimates, and those of a
/// story that lie weeks apart are mostly wrong themselves.
const SPREAD: i32 = 5;

/// What came of the reports of a set.
#[derive(Default)]
struct Tally {
    reports: usize,
    right: usize,
    wide: usize,
    wrong: usize,
    days: u32,
}

/// Prints a line a set; true if no report of the invented folders is dated wrong or wider than ten days.
pub(crate) fn run(sets: &Path, verbose: bool) -> Result<bool> {
    println!("{:<34} {:>7} {:>6} {:>6} {:>8} {:>7}", "set", "reports", "dated", "wrong", "of dated", "days");
    let mut sound = true;
    for folder in FOLDERS {
        let path = crate::root().join(folder);
        if path.exists() {
            let tally = score(&members(&path)?, None, verbose);
            sound &= tally.wrong == 0 && tally.wide == 0;
            tally.print(folder);
        }
    }
    for set in SETS {
        let path = sets.join(set);
        if path.exists() {
            let mut all = Tally::default();
            for story in stories(&path)? {
                let one = vec![(0..story.len()).collect()];
                all.add(&score(&story, Some(&one), verbose));
            }
            all.print(set);
        }
    }
    Ok(sound)
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.reports += other.reports;
        self.right += other.right;
        self.wide += other.wide;
        self.wrong += other.wrong;
        self.days += other.days;
    }

    fn print(&self, set: &str) {
        let dated = self.right + self.wrong;
        println!(
            "{set:<34} {:>7} {dated:>6} {:>6} {:>6.1} % {:>7.1}",
            self.reports,
            self.wrong,
            self.wrong as f64 * 100.0 / dated.max(1) as f64,
            f64::from(self.days) / dated.max(1) as f64,
        );
    }
}

/// Hides one date after the other. `stories`: the reports by story, if they are known; else they are linked.
fn score(members: &[Member], stories: Option<&Vec<Vec<usize>>>, verbose: bool) -> Tally {
    let mut tally = Tally::default();
    for n in 0..members.len() {
        let Some(day) = members[n].report.when().and_then(When::exact) else { continue };
        tally.reports += 1;
        let mut hidden = members.to_vec();
        hidden[n].report.published = None;
        hidden[n].reading = read(&hidden[n].report.text, None);
        let mut links = links(&hidden.iter().map(|m| &m.report).collect::<Vec<_>>());
        if let Some(stories) = stories {
            links.stories.clone_from(stories);
        }
        let Some(found) = dating::infer(&hidden, &links).swap_remove(n) else { continue };
        let holds = found.when.meets(&When::day(day));
        tally.right += usize::from(holds);
        tally.wrong += usize::from(!holds);
        tally.wide += usize::from(found.when.days() > 10);
        tally.days += found.when.days();
        if verbose && (!holds || stories.is_none()) {
            let (from, to) = (found.when.from(), found.when.to());
            println!("  {} {day}: {from} to {to}: {}", if holds { "right" } else { "WRONG" }, found.ground);
        }
    }
    tally
}

/// Reads the reports of a folder.
fn members(folder: &Path) -> Result<Vec<Member>> {
    let mut files = std::fs::read_dir(folder)?.map(|f| Ok(f?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    let mut members = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
        let reports = decode(&Capture { bytes: &bytes, ..Capture::default() }).unwrap_or_default();
        members.extend(reports.into_iter().map(member));
    }
    members.sort_by_key(|m| m.report.id);
    Ok(members)
}

fn member(report: Report) -> Member {
    let reading = read(&report.text, report.when());
    Member { report, reading }
}

/// Returns the days between the first and the last date of a story.
fn spread(story: &[Member]) -> i32 {
    let days = || story.iter().filter_map(|m| m.report.when()).map(When::from);
    days().max().zip(days().min()).map_or(0, |(last, first)| (last - first).get_days())
}

/// Reads the stories of a set that have several dated reports.
fn stories(set: &Path) -> Result<Vec<Vec<Member>>> {
    let mut lines = String::new();
    MultiGzDecoder::new(File::open(set)?).read_to_string(&mut lines)?;
    let mut stories: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    for line in lines.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let field = |name: &str| row[name].as_str().unwrap_or("");
        let Ok(day) = field("date").get(..10).unwrap_or("").parse::<Day>() else { continue };
        let title = Some((PartKind::Title, field("title"))).filter(|t| !t.1.is_empty());
        let paragraphs = field("text").split('\n').filter(|p| !p.trim().is_empty()).map(|p| (PartKind::Body, p.trim()));
        let mut report = Report::new(Source::default(), Text::from_paragraphs(title.into_iter().chain(paragraphs)));
        report.outlet = Some(field("source").to_owned());
        report.published = Some(Published {
            when: When::day(day),
            basis: Basis::Metadata,
            evidence: Vec::new(),
            ground: String::new(),
            rivals: Vec::new(),
        });
        stories.entry(field("story").to_owned()).or_default().push(member(report));
    }
    Ok(stories.into_values().filter(|s| s.len() > 1 && spread(s) <= SPREAD).collect())
}
