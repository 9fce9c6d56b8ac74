//! From inputs to the record: decode, read, link, date what is undated, compile.

use super::intake::{self, Outcome, Request, Taken};
use annals_core::link::Links;
use annals_core::reading::read;
use annals_core::record::{self, Decision, Member, Record, compile_with, dating};
use annals_core::report::{Report, Source};
use annals_core::when::Day;
use annals_ingest::decode::{Capture, decode};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One input's row of the ledger.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Where it was found.
    pub(crate) source: Source,
    /// What became of it.
    pub(crate) outcome: Outcome,
    /// Its reports: indices into the record's members.
    pub(crate) reports: Vec<usize>,
    /// Why it was refused, failed or known; empty when kept.
    pub(crate) reason: String,
}

/// The record of some inputs and the account of each input.
#[derive(Debug)]
pub(crate) struct Brief {
    /// The record.
    pub(crate) record: Record,
    /// The day asked for, where later reports are left out.
    pub(crate) as_of: Option<Day>,
    /// One row an input, sorted by source.
    pub(crate) ledger: Vec<Entry>,
}

/// How far the work is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Progress {
    /// Inputs read.
    Read(intake::Progress),
    /// Reports are compared with each other.
    Compare {
        /// How many.
        reports: usize,
    },
    /// Their rows are compiled.
    Compile {
        /// How many reports.
        reports: usize,
    },
}

/// Makes the record of the inputs, with what a person decided about names; reports of days after `as_of` are left out.
/// Tells `progress` how far it is, from any thread.
pub(crate) fn brief(
    request: &Request,
    decisions: &[Decision],
    as_of: Option<Day>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Brief {
    let members = |capture: &Capture<'_>| {
        let with_reading = |report: Report| {
            let reading = read(&report.text, report.when());
            Member { report, reading }
        };
        decode(capture).map(|reports| reports.into_iter().map(with_reading).collect())
    };
    let mut reports: Vec<(Member, usize)> = Vec::new();
    let mut ledger = Vec::new();
    intake::take(request, members, |taken, far| {
        let Taken { source, outcome, reason, made } = taken;
        reports.extend(made.into_iter().map(|member| (member, ledger.len())));
        ledger.push(Entry { source, outcome, reports: Vec::new(), reason });
        progress(Progress::Read(far));
        true
    });
    reports.sort_by_key(|(m, n)| (m.report.id, *n));
    reports.dedup_by(|b, a| {
        let same = a.0.report.id == b.0.report.id;
        if same {
            ledger[b.1].outcome = Outcome::Known;
            ledger[b.1].reason = "the same report is in the record already".into();
        }
        same
    });
    let (mut members, mut entries): (Vec<Member>, Vec<usize>) = reports.into_iter().unzip();
    progress(Progress::Compare { reports: members.len() });
    let mut links = linked(&members);
    date(&mut members, &links);
    if let Some(day) = as_of {
        // Days are inferred from all reports, those of later days among them: what is undated may be later too.
        let is_known: Vec<bool> = members.iter().map(|m| m.report.when().is_none_or(|w| w.from() <= day)).collect();
        let mut later: BTreeMap<usize, usize> = BTreeMap::new();
        entries
            .iter()
            .zip(&is_known)
            .filter(|(_, known)| !**known)
            .for_each(|(e, _)| *later.entry(*e).or_insert(0) += 1);
        for (entry, count) in &later {
            (ledger[*entry].outcome, ledger[*entry].reason) = left_out(*count, day);
        }
        if !later.is_empty() {
            let mut known = is_known.iter();
            members.retain(|_| known.next() == Some(&true));
            known = is_known.iter();
            entries.retain(|_| known.next() == Some(&true));
            links = linked(&members);
        }
    }
    for (n, entry) in entries.iter().enumerate() {
        ledger[*entry].reports.push(n);
        ledger[*entry].outcome = Outcome::Kept;
    }
    progress(Progress::Compile { reports: members.len() });
    Brief { record: compile_with(members, links, decisions), as_of, ledger }
}

/// Returns the ledger's words for reports that are later than the day asked for.
fn left_out(count: usize, day: Day) -> (Outcome, String) {
    let reports = if count == 1 { "a report".to_owned() } else { format!("{count} reports") };
    (Outcome::Refused, format!("{reports} of a day after {day}, the day asked for, left out"))
}

fn linked(members: &[Member]) -> Links {
    record::links(&members.iter().map(|m| &m.report).collect::<Vec<_>>())
}

/// Dates the reports without a day by what they and the others of their story say, and reads them again.
pub(super) fn date(members: &mut [Member], links: &Links) {
    for (n, published) in dating::infer(members, links).into_iter().enumerate() {
        if let Some(published) = published {
            let member = &mut members[n];
            let again = catch_unwind(AssertUnwindSafe(|| read(&member.report.text, Some(&published.when))));
            if let Ok(reading) = again {
                member.reading = reading;
                member.report.published = Some(published);
            }
        }
    }
}
