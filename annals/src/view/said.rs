//! What a person said, on a terminal: one utterance after the other in order of time, with its wordings and grounds.

use super::desk::Desk;
use super::speech::{Utterance, spoken, teller};
use super::wrap::{Colour, Ink, Sheet};
use super::{dates, words};
use crate::app::brief::Brief;
use annals_core::reading::{Ground, Speech};
use annals_core::record::wording::{Change, Likeness, compare};
use annals_core::record::{RowId, StatementRow};
use annals_core::when::When;
use std::collections::{BTreeMap, BTreeSet};

/// Versions of an utterance shown; the JSON has all.
const VERSIONS: usize = 6;

/// A version of an utterance and how it stands to the earliest.
pub(crate) struct Version<'a> {
    /// Its row.
    pub(crate) row: &'a StatementRow,
    /// How it prints the words of the earliest version; none for the earliest, and where only one of the two is in a
    /// reporter's words.
    pub(crate) likeness: Option<Likeness>,
    /// What differs.
    pub(crate) changes: Vec<Change>,
}

/// Returns what an entity said, in order of time: the day it was said on, else that of the first report.
pub(crate) fn utterances<'a>(desk: &Desk<'a>, entity: usize) -> Vec<Utterance<'a>> {
    let mut rows: BTreeMap<RowId, Vec<&StatementRow>> = BTreeMap::new();
    for row in &desk.record.statements {
        rows.entry(desk.utterance(row)).or_default().push(row);
    }
    let own = rows.into_values().filter(|rows| rows.iter().any(|r| r.speaker == Some(entity)));
    let mut said: Vec<Utterance> = own.map(|rows| Utterance::new(desk, rows)).collect();
    said.sort_by_key(|u| (u.day.is_none(), u.day, u.id));
    said
}

/// Returns the versions of an utterance, the earliest report first, each held against it.
pub(crate) fn versions<'a>(desk: &Desk<'a>, said: &Utterance<'a>) -> Vec<Version<'a>> {
    let mut rows = said.versions.clone();
    rows.sort_by_key(|r| {
        let report = desk.report(r.report);
        let day = report.when().map(When::to);
        (day.is_none(), day, desk.copy_of(r.report).is_some(), report.id, r.id)
    });
    let first = rows[0];
    let told = |row: &StatementRow| -> String {
        let text = &desk.report(row.report).text;
        desk.statement(row).content.iter().map(|&s| text.get(s)).collect::<Vec<_>>().join(" … ")
    };
    let own = |row: &StatementRow| desk.statement(row).kind != Speech::Indirect;
    let base = told(first);
    let held = |row: &'a StatementRow| {
        let wording = (row.id != first.id && own(row) == own(first)).then(|| compare(&base, &told(row))).flatten();
        let likeness = wording.as_ref().map(|w| w.likeness);
        Version { row, likeness, changes: wording.map(|w| w.changes).unwrap_or_default() }
    };
    rows.into_iter().map(held).collect()
}

/// Returns the outlet that alone carries an utterance; none if another prints it too, be it a copy.
pub(crate) fn only(desk: &Desk<'_>, versions: &[Version<'_>]) -> Option<String> {
    let outlets: BTreeSet<String> = versions.iter().map(|v| desk.outlet(v.row.report)).collect();
    if outlets.len() == 1 { outlets.into_iter().next() } else { None }
}

/// Returns a person's statements as text. Width in columns.
pub(crate) fn render(brief: &Brief, name: &str, bearers: &[usize], width: usize, colour: Colour) -> String {
    let desk = Desk::new(brief);
    let mut sheet = Sheet::new(width, colour);
    if bearers.is_empty() {
        let reports = words::count(brief.record.members.len(), "report", "reports");
        let none = format!("Nobody in {reports} is called {}.", words::one_line(name));
        sheet.put(0, &[], &[(&none, Ink::Plain)]);
    }
    if bearers.len() > 1 {
        let several = format!("{} may mean {} here:", words::one_line(name), bearers.len());
        sheet.put(0, &[], &[(&several, Ink::Bold)]);
    }
    for &entity in bearers {
        sheet.gap();
        bearer(&mut sheet, &desk, entity);
    }
    sheet.finish()
}

fn bearer(sheet: &mut Sheet, desk: &Desk<'_>, entity: usize) {
    let said = utterances(desk, entity);
    let role = desk.role(entity).map(|r| format!(", {r}")).unwrap_or_default();
    sheet.heading(&format!("{}{role} · {}", desk.name(entity), words::count(said.len(), "statement", "statements")));
    let others = desk.other_names(entity);
    if !others.is_empty() {
        sheet.put(0, &[], &[(&format!("also {}", others.join(", ")), Ink::Dim)]);
    }
    for ground in desk.grounds(entity) {
        sheet.put(2, &[], &[(&ground, Ink::Dim)]);
    }
    for utterance in &said {
        one(sheet, desk, utterance);
    }
}

fn one(sheet: &mut Sheet, desk: &Desk<'_>, said: &Utterance<'_>) {
    sheet.gap();
    let versions = versions(desk, said);
    let first = versions[0].row;
    let day = match (&said.said, said.day) {
        (Some(when), _) => dates::interval(when, None),
        (None, Some(day)) => format!("by {}", dates::full(day)),
        (None, None) => "no date".to_owned(),
    };
    sheet.put(2, &[], &[(&format!("{day}:"), Ink::Bold), (&words::clipped(&spoken(desk, first), 400), Ink::Plain)]);
    let mut about = vec![desk.cited(first.report, None)];
    about.extend(said.decided().or_else(|| ground(desk, first)));
    about.extend(teller(desk, first).map(|who| format!("as told by {who}")));
    about.extend(desk.statement(first).to.map(|to| format!("to {}", desk.words_at(first.report, to))));
    about.push(match said.bounds.high {
        0 | 1 => match only(desk, &versions) {
            Some(outlet) => format!("only {outlet} carries it"),
            None => "one origin".to_owned(),
        },
        _ => words::independent(said.bounds),
    });
    sheet.put(4, &[], &[(&about.join(" · "), Ink::Dim)]);
    for version in versions.iter().skip(1).take(VERSIONS) {
        let how = match (version.likeness, desk.copy_of(version.row.report)) {
            (Some(Likeness::Exact), Some(_)) => "the same words, a copy".to_owned(),
            (Some(Likeness::Exact), None) => "the same words".to_owned(),
            (Some(likeness), _) => format!("{}: {}", likeness.name(), differs(&version.changes)),
            (None, _) => format!("in other words: {}", words::clipped(&spoken(desk, version.row), 200)),
        };
        sheet.put(
            6,
            &[("    -", Ink::Dim)],
            &[(&format!("{}: {how}", desk.cited(version.row.report, None)), Ink::Dim)],
        );
    }
    if versions.len() > VERSIONS + 1 {
        sheet.put(6, &[], &[(&format!("and {} more", versions.len() - VERSIONS - 1), Ink::Dim)]);
    }
}

/// Returns how the speaker is known: the words printed, and what they are.
fn ground(desk: &Desk<'_>, row: &StatementRow) -> Option<String> {
    let statement = desk.statement(row);
    let printed = statement.source.map(|s| words::clipped(&desk.words_at(row.report, s), 60).into_owned())?;
    Some(match statement.ground? {
        Ground::Name => format!("named as “{printed}”"),
        Ground::Role => format!("“{printed}” is their role"),
        Ground::Pronoun => format!("“{printed}” stands for them"),
        Ground::Document => format!("“{printed}” is theirs"),
    })
}

/// Returns in words what differs between two wordings.
pub(crate) fn differs(changes: &[Change]) -> String {
    let shown = |words: &str| format!("“{}”", super::words::clipped(&super::words::one_line(words), 120));
    let told: Vec<String> = changes
        .iter()
        .map(|c| match (c.from.is_empty(), c.to.is_empty()) {
            (false, true) => format!("without {}", shown(&c.from)),
            (true, false) => format!("with {}", shown(&c.to)),
            _ => format!("{} for {}", shown(&c.to), shown(&c.from)),
        })
        .collect();
    told.join(", ")
}
