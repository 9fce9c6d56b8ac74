//! Stories as people decided them: two that are one, a report that belongs elsewhere.

use super::{Decision, Effect, Ruling, Verdict, articles, bodies};
use crate::link::{Links, Sourcing, regather};
use crate::report::{Report, ReportId};
use crate::when::{Day, When};

/// What regrouping looks at of a report.
#[derive(Clone, Copy, Debug)]
pub struct Grouped<'a> {
    /// Its id.
    pub id: ReportId,
    /// The last day of its published interval.
    pub day: Option<Day>,
    /// Whom it has its text from.
    pub sourcing: &'a Sourcing,
}

/// Regroups the stories, one decision after another, so that a later one holds against an earlier. Returns what came of each.
pub fn regroup(reports: &[&Report], links: &mut Links, decisions: &[Decision]) -> Vec<Ruling> {
    if !decisions.iter().any(is_about_stories) {
        return Vec::new();
    }
    let sourcing: Vec<Sourcing> = articles(reports, &bodies(reports)).iter().map(Sourcing::of).collect();
    let grouped = |(report, sourcing): (&&Report, _)| {
        let day = report.when().map(When::to);
        Grouped { id: report.id, day, sourcing }
    };
    regroup_kept(&reports.iter().zip(&sourcing).map(grouped).collect::<Vec<_>>(), links, decisions)
}

/// Regroups like [`regroup`] where the reports themselves are not at hand.
pub fn regroup_kept(reports: &[Grouped<'_>], links: &mut Links, decisions: &[Decision]) -> Vec<Ruling> {
    let mut ids: Vec<(ReportId, usize)> = reports.iter().enumerate().map(|(n, r)| (r.id, n)).collect();
    ids.sort_unstable();
    let about_stories = decisions.iter().filter(|d| is_about_stories(d));
    let rulings: Vec<Ruling> = about_stories
        .map(|decision| {
            let (effect, note) = match [report(&ids, &decision.a), report(&ids, &decision.b)] {
                [Some(a), Some(b)] if a == b => (Effect::Impossible, "a report is named twice".to_owned()),
                [Some(a), Some(b)] => {
                    match decision.verdict {
                        Verdict::Merge => merge(reports, links, a, b),
                        _ => split(reports, links, a, b),
                    }
                    (Effect::Holds, String::new())
                }
                [a, _] => {
                    let absent = if a.is_none() { &decision.a } else { &decision.b };
                    (Effect::Waits, format!("no single report has the id {absent}; it will hold when one does"))
                }
            };
            Ruling { decision: decision.clone(), effect, note, entities: Vec::new() }
        })
        .collect();
    if rulings.iter().any(|r| r.effect == Effect::Holds) {
        // Who credits one newsroom is of one origin within a story.
        let days: Vec<Option<Day>> = reports.iter().map(|r| r.day).collect();
        regather(&days, &reports.iter().map(|r| r.sourcing).collect::<Vec<_>>(), links);
    }
    rulings
}

fn is_about_stories(decision: &Decision) -> bool {
    matches!(decision.verdict, Verdict::Merge | Verdict::Split)
}

/// Returns the report of an id, or of its beginning if that is no other's. `ids` are sorted.
fn report(ids: &[(ReportId, usize)], id: &str) -> Option<usize> {
    let from = ids.partition_point(|(other, _)| other.to_string().as_str() < id);
    let mut found = ids[from..].iter().take_while(|(other, _)| other.to_string().starts_with(id));
    match (found.next(), found.next()) {
        (Some(&(_, n)), None) => Some(n),
        _ => None,
    }
}

fn story_of(links: &Links, report: usize) -> usize {
    links.stories.iter().position(|s| s.contains(&report)).unwrap_or_default()
}

fn merge(reports: &[Grouped<'_>], links: &mut Links, a: usize, b: usize) {
    let (x, y) = (story_of(links, a), story_of(links, b));
    if x == y {
        return;
    }
    let (first, second) = (x.min(y), x.max(y));
    let moved = links.stories.remove(second);
    links.stories[first].extend(moved);
    in_order(reports, &mut links.stories[first]);
}

/// Takes a report, and the copies that hang together with it, out of the story of another.
fn split(reports: &[Grouped<'_>], links: &mut Links, a: usize, b: usize) {
    let story = story_of(links, a);
    if !links.stories[story].contains(&b) {
        return;
    }
    let mut together = vec![a];
    let mut at = 0;
    while at < together.len() {
        let one = together[at];
        for copy in &links.copies {
            let pair = copy.of.map(|of| (copy.report, of));
            let other = pair.and_then(|(x, y)| if x == one { Some(y) } else { (y == one).then_some(x) });
            if let Some(other) = other.filter(|o| !together.contains(o)) {
                together.push(other);
            }
        }
        at += 1;
    }
    if together.contains(&b) {
        together = vec![a];
    }
    links.stories[story].retain(|r| !together.contains(r));
    in_order(reports, &mut together);
    links.stories.push(together);
}

/// Sorts reports by day, those without one last.
fn in_order(reports: &[Grouped<'_>], story: &mut [usize]) {
    story.sort_by_key(|&n| {
        let day = reports[n].day;
        (day.is_none(), day, n)
    });
}
