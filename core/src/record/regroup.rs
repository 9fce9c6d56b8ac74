//! Copies and stories as people decided them: a report that is taken from another or is not, two stories that are one, a
//! report that belongs elsewhere.

use super::{Decision, Effect, Member, Ruling, Subject, Verdict, articles, bodies};
use crate::link::{self, Apart, CopyOf, Cut, Links, Sourcing, regather};
use crate::report::{Report, ReportId};
use crate::when::{Day, When};
use std::collections::BTreeSet;

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

/// Says whether a decision is about how reports relate.
pub fn is_of_reports(decision: &Decision) -> bool {
    matches!(decision.subject(), Subject::Copies | Subject::Stories)
}

/// Regroups copies, origins and stories. Returns what came of each decision that is about them.
pub fn regroup(reports: &[&Report], links: &mut Links, decisions: &[Decision]) -> Vec<Ruling> {
    if !decisions.iter().any(is_of_reports) {
        return Vec::new();
    }
    let sourcing: Vec<Sourcing> = articles(reports, &bodies(reports)).iter().map(Sourcing::of).collect();
    let grouped = |(report, sourcing): (&&Report, _)| {
        let day = report.when().map(When::to);
        Grouped { id: report.id, day, sourcing }
    };
    regroup_kept(&reports.iter().zip(&sourcing).map(grouped).collect::<Vec<_>>(), links, decisions)
}

/// Regroups like [`regroup`] where the reports themselves are not at hand: what a decided copy shares with its original is
/// left to `measure`.
///
/// Copies go first, since a report leaves a story with its copies; whatever is decided of them moves no report to another
/// story.
pub fn regroup_kept(reports: &[Grouped<'_>], links: &mut Links, decisions: &[Decision]) -> Vec<Ruling> {
    let mut ids: Vec<(ReportId, usize)> = reports.iter().enumerate().map(|(n, r)| (r.id, n)).collect();
    ids.sort_unstable();
    let sourcing: Vec<&Sourcing> = reports.iter().map(|r| r.sourcing).collect();
    let about = |subject| decisions.iter().filter(move |d| d.subject() == subject);
    let mut rulings: Vec<Ruling> = about(Subject::Copies).map(|d| found(&ids, d)).collect();
    settle(&mut rulings);
    let (apart, mut cuts) = carry_out(&rulings, &sourcing, &mut links.copies);
    for decision in about(Subject::Stories) {
        let ruling = found(&ids, decision);
        if let (Effect::Holds, &[a, b]) = (ruling.effect, ruling.reports.as_slice()) {
            match decision.verdict {
                Verdict::Merge => merge(reports, links, a, b),
                _ => split(reports, links, a, b),
            }
        }
        rulings.push(ruling);
    }
    if rulings.iter().any(|r| r.effect == Effect::Holds) {
        // Who credits one newsroom is of one origin within a story.
        let days: Vec<Option<Day>> = reports.iter().map(|r| r.day).collect();
        let parted: Vec<Apart> = apart.iter().map(|a| a.1).collect();
        cuts.extend(regather(&days, &sourcing, links, &parted));
        apart.iter().enumerate().for_each(|(n, (ruling, apart))| {
            rulings[*ruling].note = through(reports, apart, cuts.iter().filter(|c| c.apart == n));
        });
    }
    rulings
}

/// Looks up the reports of a decision.
fn found(ids: &[(ReportId, usize)], decision: &Decision) -> Ruling {
    match [report(ids, &decision.a), report(ids, &decision.b)] {
        [Some(a), Some(b)] if a == b => {
            Ruling { note: "a report is named twice".to_owned(), ..Ruling::of(decision, Effect::Impossible) }
        }
        [Some(a), Some(b)] => Ruling { reports: vec![a, b], ..Ruling::of(decision, Effect::Holds) },
        [a, _] => {
            let absent = if a.is_none() { &decision.a } else { &decision.b };
            let note = format!("no single report has the id {absent}; it will hold when one does");
            Ruling { note, ..Ruling::of(decision, Effect::Waits) }
        }
    }
}

/// Settles decisions about copies, the last first: of two that contradict each other, be it through others, the later holds.
fn settle(rulings: &mut [Ruling]) {
    let mut later = Settled::default();
    for ruling in rulings.iter_mut().rev() {
        let &[a, b] = ruling.reports.as_slice() else { continue };
        let line = ruling.decision.line;
        let against = match ruling.decision.verdict {
            Verdict::Same => later.take(a, b, line),
            _ => later.part(a, b, line),
        };
        if let Err(note) = against {
            (ruling.effect, ruling.note) = (Effect::Overruled, note);
        }
    }
}

/// What later decisions about copies say, each with its line.
#[derive(Default)]
struct Settled {
    /// Reports that they tie together, each set with the line of the last of them.
    tied: Vec<(BTreeSet<usize>, usize)>,
    /// Reports of which neither is taken from the other.
    apart: Vec<(usize, usize, usize)>,
    /// Reports taken from others: the copy first.
    taken: Vec<(usize, usize, usize)>,
}

impl Settled {
    /// Has a report taken from another, unless a later decision says otherwise.
    fn take(&mut self, a: usize, b: usize, line: usize) -> Result<(), String> {
        let (left, right) = (self.side(a), self.side(b));
        let parts = |p: usize, q: usize| left.contains(&p) && right.contains(&q);
        if let Some(&(.., line)) = self.apart.iter().find(|&&(p, q, _)| parts(p, q) || parts(q, p)) {
            return Err(format!(
                "line {line}, which is later, says that neither is taken from the other; that one holds"
            ));
        }
        if let Some(line) = self.leads(b, a) {
            return Err(format!("line {line}, which is later, says that it was the other way round; that one holds"));
        }
        self.tied.retain(|t| !t.0.contains(&a) && !t.0.contains(&b));
        self.tied.push((left.union(&right).copied().collect(), line));
        self.taken.push((a, b, line));
        Ok(())
    }

    /// Has two reports apart, unless a later decision says otherwise.
    fn part(&mut self, a: usize, b: usize, line: usize) -> Result<(), String> {
        if let Some(&(_, line)) = self.tied.iter().find(|t| t.0.contains(&a) && t.0.contains(&b)) {
            return Err(format!("line {line}, which is later, says that one is taken from the other; that one holds"));
        }
        self.apart.push((a, b, line));
        Ok(())
    }

    /// Returns what is tied to a report, itself among it.
    fn side(&self, report: usize) -> BTreeSet<usize> {
        let tied = self.tied.iter().find(|t| t.0.contains(&report));
        tied.map_or_else(|| BTreeSet::from([report]), |t| t.0.clone())
    }

    /// Returns the line of the first step by which a report was taken from another, be it through others.
    fn leads(&self, report: usize, from: usize) -> Option<usize> {
        // What it rests on, each once, with that line: of a chain whose steps were all decided twice there are many ways up.
        let mut met: Vec<(usize, Option<usize>)> = vec![(report, None)];
        let mut next = 0;
        while let Some(&(at, first)) = met.get(next) {
            for &(_, of, line) in self.taken.iter().filter(|t| t.0 == at) {
                let first = first.or(Some(line));
                if of == from {
                    return first;
                }
                if met.iter().all(|m| m.0 != of) {
                    met.push((of, first));
                }
            }
            next += 1;
        }
        None
    }
}

/// Makes and cuts the copies that hold. Returns what is apart, with the ruling that says so, and what was cut for it.
fn carry_out(rulings: &[Ruling], sourcing: &[&Sourcing], copies: &mut Vec<CopyOf>) -> (Vec<(usize, Apart)>, Vec<Cut>) {
    let holding = |verdict: Verdict| {
        (0..rulings.len())
            .filter(move |&n| rulings[n].effect == Effect::Holds && rulings[n].decision.verdict == verdict)
    };
    let taken: Vec<(usize, usize)> =
        holding(Verdict::Same).map(|n| (rulings[n].reports[0], rulings[n].reports[1])).collect();
    link::join(sourcing, copies, &taken);
    let apart: Vec<(usize, Apart)> = holding(Verdict::NotSame)
        .map(|n| {
            let (a, b) = (rulings[n].reports[0], rulings[n].reports[1]);
            // The first leaves, unless the other is taken from it.
            let (report, from) = if link::rests_on(copies, b, a) { (b, a) } else { (a, b) };
            (n, Apart { report, from })
        })
        .collect();
    let parted: Vec<Apart> = apart.iter().map(|a| a.1).collect();
    let cuts = link::part(sourcing, copies, &parted);
    (apart, cuts)
}

/// Says through which other reports two hung together that are apart now; empty if through none.
fn through<'c>(reports: &[Grouped<'_>], apart: &Apart, cuts: impl Iterator<Item = &'c Cut>) -> String {
    let others = cuts.flat_map(|c| [c.report, c.with]).filter(|r| ![apart.report, apart.from].contains(r));
    let called = |r: usize| {
        let id: String = reports[r].id.to_string().chars().take(8).collect();
        reports[r].sourcing.outlet.as_ref().map_or_else(|| id.clone(), |outlet| format!("{outlet} ({id})"))
    };
    let others: BTreeSet<usize> = others.collect();
    let others: Vec<String> = others.into_iter().map(called).collect();
    if others.is_empty() {
        return String::new();
    }
    let leaves = called(apart.report);
    format!("{leaves} left the origin of {}, too, through which the two hung together", others.join(" and "))
}

/// Fills in what decided copies share with their originals.
pub(super) fn measure(members: &[Member], links: &mut Links) {
    for copy in links.copies.iter_mut().filter(|c| c.decided && c.containment.is_none()) {
        let Some(of) = copy.of else { continue };
        let reports = [&members[copy.report].report, &members[of].report];
        let bodies = bodies(&reports);
        let articles = articles(&reports, &bodies);
        let (kind, share, passages) = link::compare(&articles[0], &articles[1]);
        (copy.kind, copy.containment, copy.passages) = (kind, Some(share), passages);
    }
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

/// Takes a report, and the copies of that story that hang together with it there, out of the story of another.
fn split(reports: &[Grouped<'_>], links: &mut Links, a: usize, b: usize) {
    let Links { copies, stories, .. } = links;
    let Some(story) = stories.iter_mut().find(|s| s.contains(&a) && s.contains(&b)) else { return };
    let mut together = vec![a];
    let mut at = 0;
    while at < together.len() {
        let one = together[at];
        for copy in copies.iter() {
            let pair = copy.of.map(|of| (copy.report, of));
            let other = pair.and_then(|(x, y)| if x == one { Some(y) } else { (y == one).then_some(x) });
            // What stands in another story stays there.
            if let Some(other) = other.filter(|o| story.contains(o) && !together.contains(o)) {
                together.push(other);
            }
        }
        at += 1;
    }
    if together.contains(&b) {
        together = vec![a];
    }
    story.retain(|r| !together.contains(r));
    in_order(reports, &mut together);
    stories.push(together);
}

/// Sorts reports by day, those without one last.
fn in_order(reports: &[Grouped<'_>], story: &mut [usize]) {
    story.sort_by_key(|&n| {
        let day = reports[n].day;
        (day.is_none(), day, n)
    });
}

#[cfg(test)]
mod tests {
    use super::Settled;

    #[test]
    fn a_long_chain_that_was_decided_twice_is_settled_at_once() {
        let mut later = Settled::default();
        for n in 0..60 {
            assert_eq!(later.take(n + 1, n, 200 - n), Ok(()));
            assert_eq!(later.take(n + 1, n, 100 - n), Ok(()));
        }
        let round = later.take(0, 60, 1);
        assert!(round.is_err_and(|note| note.contains("line 141")), "the step from the last report");
    }
}
