//! Where independent reports differ: contradiction, update, or one more exact than the other.
//!
//! A false contradiction is the worst line this program can print, so figures are compared only within one series whose
//! head says what state the things are in, and contradict only where two named sources speak of one day.

use super::figures::{counted, figure};
use super::names::Cast;
use super::wholes::{self, Change, change, state_of};
use super::{Difference, EventRow, Evidence, FigureRow, Grouping, Matter, Member, Party, Relation, RowId};
use crate::lang::en::numbers::{State, in_scope};
use crate::reading::Figure;
use crate::when::{Day, When};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Values further apart than this are taken for different quantities. guess: settle by how tolls grow from report to report.
const WIDEST_UPDATE: f64 = 8.0;
/// The same for two sources on one day. guess: as above.
const WIDEST_CONTRADICTION: f64 = 3.0;

/// Compares rows of independent origins within each story.
pub fn find(
    members: &[Member],
    grouping: &Grouping,
    cast: &Cast,
    _events: &[EventRow],
    figures: &[FigureRow],
) -> Vec<Difference> {
    let mut series: BTreeMap<RowId, Vec<&FigureRow>> = BTreeMap::new();
    for row in figures {
        series.entry(row.series).or_default().push(row);
    }
    let mut found: Vec<Difference> = Vec::new();
    for rows in series.values().filter(|rows| rows.len() > 1) {
        let side = Side { members, grouping, cast };
        found.extend(side.of_series(rows));
    }
    found.sort_by(|a, b| a.rows.cmp(&b.rows));
    told_once(members, grouping, figures, &mut found);
    one_dispute(members, figures, found)
}

/// Joins contradictions of one quantity between the same two values: one dispute, however many reports tell it.
fn one_dispute(members: &[Member], figures: &[FigureRow], found: Vec<Difference>) -> Vec<Difference> {
    let rows: BTreeMap<RowId, &FigureRow> = figures.iter().map(|r| (r.id, r)).collect();
    let dispute = |d: &Difference| {
        let [a, b] = d.rows[..] else { return None };
        let (a, b) = (rows.get(&a)?, rows.get(&b)?);
        let mut values = [figure(members, a).value.to_bits(), figure(members, b).value.to_bits()];
        values.sort_unstable();
        (d.relation == Relation::Contradict).then_some((a.series, values))
    };
    // The note of two reports says more than that of one; of equals the earliest by id stands.
    let within =
        |d: &Difference| d.evidence.cites().first().map(|c| c.report) == d.evidence.cites().last().map(|c| c.report);
    let mut best: BTreeMap<(RowId, [u64; 2]), Difference> = BTreeMap::new();
    let mut others = Vec::new();
    for difference in found {
        let Some(key) = dispute(&difference) else {
            others.push(difference);
            continue;
        };
        match best.entry(key) {
            Entry::Vacant(place) => {
                place.insert(difference);
            }
            Entry::Occupied(mut place) => {
                let known = place.get_mut();
                if within(known) && !within(&difference) {
                    known.note.clone_from(&difference.note);
                }
                known.evidence.join(&difference.evidence);
                let new: Vec<RowId> = difference.rows.into_iter().filter(|r| !known.rows.contains(r)).collect();
                known.rows.extend(new);
            }
        }
    }
    others.extend(best.into_values());
    others.sort_by(|a, b| a.rows.cmp(&b.rows));
    others
}

/// Leaves out a change told inside one report where an earlier report of its origin tells the same change.
fn told_once(members: &[Member], grouping: &Grouping, figures: &[FigureRow], found: &mut Vec<Difference>) {
    let rows: BTreeMap<RowId, &FigureRow> = figures.iter().map(|r| (r.id, r)).collect();
    let told = |d: &Difference| {
        let [a, b] = d.rows[..] else { return None };
        let (a, b) = (rows.get(&a)?, rows.get(&b)?);
        let day = members[a.report].report.when().map(When::from);
        let values = (figure(members, a).value.to_bits(), figure(members, b).value.to_bits());
        (a.report == b.report).then_some(((grouping.origin[a.report], values), (day.is_none(), day, a.report)))
    };
    let mut first = BTreeMap::new();
    for (change, at) in found.iter().filter_map(told) {
        let best = first.entry(change).or_insert(at);
        *best = (*best).min(at);
    }
    found.retain(|d| told(d).is_none_or(|(change, at)| first.get(&change) == Some(&at)));
}

/// Days between two reports beyond which an undated count is no update: it tells of the past. guess: settle by when tolls
/// of one event still change.
const LONGEST_STEP: i32 = 5;
/// The same where both counts name their day themselves.
const LONGEST_DATED_STEP: i32 = 60;
/// What comparing needs.
#[derive(Clone, Copy)]
struct Side<'a> {
    members: &'a [Member],
    grouping: &'a Grouping,
    cast: &'a Cast,
}

/// The figures of one series that say the same for the same day: copies and repetitions are one telling.
struct Telling<'a> {
    day: Option<Day>,
    rows: Vec<&'a FigureRow>,
    /// What the sources of these rows are called by.
    called: BTreeSet<String>,
}

impl<'a> Side<'a> {
    fn figure(self, row: &FigureRow) -> &'a Figure {
        figure(self.members, row)
    }

    /// The day a row holds for: its own, else that of its report.
    fn day(self, row: &FigureRow) -> Option<Day> {
        match &self.figure(row).as_of {
            Some(when) => Some(when.to()),
            None => self.members[row.report].report.when().and_then(When::exact),
        }
    }

    fn of_series(self, rows: &[&'a FigureRow]) -> Vec<Difference> {
        let Some(head) = rows.first().and_then(|r| self.figure(r).head.as_deref()) else { return Vec::new() };
        let mut found: BTreeMap<[RowId; 2], Difference> = BTreeMap::new();
        let mut keep = |difference: Option<Difference>| {
            if let Some(d) = difference
                && let [a, b] = d.rows[..]
            {
                found.entry([a.min(b), a.max(b)]).or_insert(d);
            }
        };
        let rows = self.originals(rows);
        for (earlier, later) in self.changes_inside(&rows) {
            keep(self.difference(earlier, later, Relation::Update));
        }
        if let Some(state) = state_of(head).filter(|s| s.shared) {
            let whole: Vec<&FigureRow> = rows.iter().copied().filter(|r| wholes::is_whole(self.members, r)).collect();
            let tellings = self.tellings(&self.totals(whole, state));
            for (n, a) in tellings.iter().enumerate() {
                for b in self.to_compare(&tellings, n, state) {
                    keep(self.compare(a, b, state));
                }
            }
        }
        found.into_values().collect()
    }

    /// Leaves out what a report tells of the dead and injured on its way to a larger number: the largest is its total.
    fn totals(self, rows: Vec<&'a FigureRow>, state: State) -> Vec<&'a FigureRow> {
        if !state.grows() {
            return rows;
        }
        let mut most: BTreeMap<(usize, Option<Day>), f64> = BTreeMap::new();
        for row in &rows {
            let best = most.entry((row.report, self.day(row))).or_insert(0.0);
            *best = best.max(self.figure(row).value);
        }
        let total = |r: &&FigureRow| most.get(&(r.report, self.day(r))).is_some_and(|m| self.figure(r).value >= *m);
        rows.into_iter().filter(total).collect()
    }

    /// Leaves out what copies repeat: of one origin and one value, only the earliest report speaks. In order of report day.
    fn originals(self, rows: &[&'a FigureRow]) -> Vec<&'a FigureRow> {
        let day = |r: &FigureRow| self.members[r.report].report.when().map(When::from);
        let key = |r: &FigureRow| (day(r).is_none(), day(r), r.report, r.figure);
        let mut sorted = rows.to_vec();
        sorted.sort_by_key(|r| key(r));
        let mut first: BTreeMap<(usize, u64), usize> = BTreeMap::new();
        sorted.retain(|r| {
            let value = self.figure(r).value.to_bits();
            *first.entry((self.grouping.origin[r.report], value)).or_insert(r.report) == r.report
        });
        sorted
    }

    /// Joins rows of one value and day, in order of day and value.
    fn tellings(self, rows: &[&'a FigureRow]) -> Vec<Telling<'a>> {
        let mut joined: BTreeMap<(Option<Day>, u64, u64), Vec<&'a FigureRow>> = BTreeMap::new();
        for &row in rows {
            let f = self.figure(row);
            let key = (self.day(row), f.value.max(0.0).to_bits(), f.modifier as u64);
            joined.entry(key).or_default().push(row);
        }
        let telling = |((day, ..), rows): ((Option<Day>, u64, u64), Vec<&'a FigureRow>)| {
            let called = rows.iter().filter_map(|r| r.according_to.as_ref()).flat_map(|p| self.called(p)).collect();
            Telling { day, rows, called }
        };
        joined.into_iter().map(telling).collect()
    }

    /// The tellings that one is compared with: those of its day behind it, and of the next day that has any those that go on from it.
    fn to_compare<'t>(self, all: &'t [Telling<'a>], n: usize, state: State) -> Vec<&'t Telling<'a>> {
        let here = all[n].day;
        let behind = &all[n + 1..];
        if !state.changes {
            return behind.iter().take(8).collect();
        }
        let next = behind.iter().map(|t| t.day).find(|d| *d != here);
        let of_day = |day: Option<Day>| all.iter().filter(move |t| t.day == day).take(8);
        behind
            .iter()
            .take(16)
            .filter(|t| t.day == here || (Some(t.day) == next && self.goes_on(of_day(here), &all[n], of_day(t.day), t)))
            .collect()
    }

    /// Says whether `b` is what became of `a`: nobody else of the first day fits `b` better, nobody of the second day `a`.
    fn goes_on<'t>(
        self,
        mut before: impl Iterator<Item = &'t Telling<'a>>,
        a: &Telling<'a>,
        mut after: impl Iterator<Item = &'t Telling<'a>>,
        b: &Telling<'a>,
    ) -> bool
    where
        'a: 't,
    {
        if same_source(a, b) {
            return true;
        }
        let value = |t: &Telling| t.rows.first().map_or(0, |r| self.figure(r).value.to_bits());
        !before.any(|x| same_source(x, b) || value(x) == value(b))
            && !after.any(|x| same_source(a, x) || value(a) == value(x))
    }

    /// Compares two tellings of different values; the pair of rows that shows the relation best.
    fn compare(self, a: &Telling<'a>, b: &Telling<'a>, state: State) -> Option<Difference> {
        let pairs = || a.rows.iter().flat_map(|&x| b.rows.iter().map(move |&y| (x, y)));
        let (f, g) = (self.figure(a.rows.first()?), self.figure(b.rows.first()?));
        if f.value.total_cmp(&g.value).is_eq() {
            return None;
        }
        let (small, large) = (f.value.min(g.value), f.value.max(g.value));
        let apart = if small > 0.0 { large / small } else { f64::INFINITY };
        let same_day = a.day.is_some() && a.day == b.day;
        if compatible(f, g) {
            let known = |t: &Telling| t.rows.iter().all(|r| self.figure(r).as_of.is_some());
            let either = same_day || !(known(a) && known(b));
            let pair = pairs().find(|(x, y)| self.independent(x, y))?;
            let close = apart < 1.5 && f.modifier != g.modifier;
            return (either && close).then(|| self.difference(pair.0, pair.1, Relation::Narrower)).flatten();
        }
        if (same_day || !state.changes) && apart <= WIDEST_CONTRADICTION {
            let stated =
                |r: &FigureRow| !state.changes || self.figure(r).as_of.as_ref().and_then(When::exact).is_some();
            let pair = pairs().find(|(x, y)| {
                let apart = self.close_by(x, y) || self.independent(x, y);
                apart && stated(x) && stated(y) && self.rivals(x, y) && self.one_moment(x, y) && self.one_place(x, y)
            });
            if let Some((x, y)) = pair {
                return self.difference(x, y, Relation::Contradict);
            }
        }
        let later = a.day.is_some() && b.day.is_some() && a.day != b.day;
        if !later || !state.changes || !state.updates() || apart > WIDEST_UPDATE {
            return None;
        }
        // The dead and the injured of one event grow; a smaller number is that of another group or way of counting.
        let (before, after) = if a.day < b.day { (f, g) } else { (g, f) };
        if state.grows() && after.value < before.value {
            return None;
        }
        // One report that tells both values in one breath has its own reason: "three of them on Monday".
        let pair = pairs().find(|(x, y)| {
            let one = self.one_place(x, y) && !wholes::are_other_occasions(self.members, x, y);
            x.report != y.report && one && self.in_step(x, y)
        })?;
        self.difference(pair.0, pair.1, Relation::Update)
    }

    /// Says whether two rows lie close enough in time for the later one to go on from the earlier.
    fn in_step(self, a: &FigureRow, b: &FigureRow) -> bool {
        let (Some(from), Some(to)) = (self.day(a), self.day(b)) else { return false };
        let dated = [a, b].iter().all(|r| self.figure(r).as_of.is_some());
        let longest = if dated { LONGEST_DATED_STEP } else { LONGEST_STEP };
        from.until(to).is_ok_and(|d| d.get_days().abs() <= longest)
    }

    /// Changes told inside one report: "up from 30 in May", "grew from 3 percent to 6 percent".
    fn changes_inside(self, rows: &[&'a FigureRow]) -> Vec<(&'a FigureRow, &'a FigureRow)> {
        let pairs = rows.windows(2).filter_map(|pair| {
            let [first, second] = pair else { return None };
            let change = change(self.members, first, second).filter(|_| !wholes::is_supposed(self.members, first))?;
            Some(if change == Change::Forward { (*first, *second) } else { (*second, *first) })
        });
        pairs.collect()
    }

    /// Says whether one report tells both within a few sentences.
    fn close_by(self, a: &FigureRow, b: &FigureRow) -> bool {
        let (f, g) = (self.figure(a).passage, self.figure(b).passage);
        a.report == b.report && f.start().abs_diff(g.start()) < 500
    }

    /// Says whether two rows rest on independent origins.
    fn independent(self, a: &FigureRow, b: &FigureRow) -> bool {
        self.grouping.origin[a.report] != self.grouping.origin[b.report]
    }

    /// Says whether two rows name sources that are surely not the same.
    fn rivals(self, a: &FigureRow, b: &FigureRow) -> bool {
        match (&a.according_to, &b.according_to) {
            (Some(a), Some(b)) => {
                let (a, b) = (self.called(a), self.called(b));
                !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
            }
            _ => false,
        }
    }

    /// Every word of four letters or more that a source is called by: names and roles. Sources that share one may be one.
    fn called(self, party: &Party) -> BTreeSet<String> {
        let texts: Vec<&str> = match party {
            Party::Entity(e) => {
                let entity = &self.cast.entities[*e];
                let forms = entity.aliases.iter().chain(&entity.roles).map(String::as_str);
                std::iter::once(entity.name.as_str()).chain(forms).collect()
            }
            Party::Words(cite) => vec![self.members[cite.report].report.text.get(cite.span)],
        };
        let words = texts.into_iter().flat_map(|t| t.split(|c: char| !c.is_alphanumeric()));
        words
            .filter(|w| w.chars().count() >= 3)
            .map(str::to_lowercase)
            .filter(|w| !in_scope("shared-title", w))
            .collect()
    }

    /// Says whether two rows may be of one moment of their day: not if both state times and these differ.
    fn one_moment(self, a: &FigureRow, b: &FigureRow) -> bool {
        let time = |r: &FigureRow| self.figure(r).as_of.as_ref().and_then(|w| w.time.clone());
        match (time(a), time(b)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    /// Says whether two rows may be of one place: not if both name places and these differ.
    fn one_place(self, a: &FigureRow, b: &FigureRow) -> bool {
        let place = |r: &FigureRow| {
            let span = self.figure(r).place?;
            self.members[r.report].reading.names.at(span).map(|name| self.cast.of(r.report, name))
        };
        match (place(a), place(b)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    fn difference(self, earlier: &FigureRow, later: &FigureRow, relation: Relation) -> Option<Difference> {
        let mut evidence = earlier.evidence.clone();
        evidence.join(&later.evidence);
        Some(Difference {
            kind: Matter::Figure,
            rows: vec![earlier.id, later.id],
            relation,
            note: self.note(earlier, later, relation),
            evidence: Evidence::of(evidence.cites().iter().copied())?,
        })
    }

    /// One sentence of values, days and who gives them.
    fn note(self, earlier: &FigureRow, later: &FigureRow, relation: Relation) -> String {
        let (f, g) = (self.figure(earlier), self.figure(later));
        let one_day = f.as_of.as_ref().zip(g.as_of.as_ref()).filter(|(a, b)| a.from() == b.from() && a.to() == b.to());
        let one_day = one_day.map(|(day, _)| day);
        let one_outlet = earlier.report == later.report;
        let side = |row: &FigureRow, named: bool| {
            let mut told = if named { self.told(row) } else { self.value(row) };
            if one_day.is_none()
                && let Some(when) = &self.figure(row).as_of
            {
                told.push_str(&format!(" {} {}", if when.days() > 7 { "in" } else { "on" }, spell(when)));
            }
            if relation == Relation::Contradict
                && let Some(party) = &row.according_to
            {
                told.push_str(&format!(" according to {}", self.called_in_full(party)));
            }
            if !one_outlet {
                told.push_str(&format!(" ({})", self.outlet_and_day(row)));
            }
            told
        };
        let shared = one_day.filter(|_| relation != Relation::Update);
        let opening = shared.map_or(String::new(), |day| format!("For {}: ", spell(day)));
        let (a, b) = (side(earlier, true), side(later, f.what.is_none()));
        let joint = if relation == Relation::Update { ", then " } else { ", " };
        let closing = match (one_outlet, relation) {
            (true, _) => format!(" ({})", self.members[earlier.report].report.called()),
            (false, Relation::Narrower) => "; both can be right".to_owned(),
            (false, _) => String::new(),
        };
        let note = format!("{opening}{a}{joint}{b}{closing}.");
        let mut letters = note.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    }

    /// The number as printed: "more than 5,200"; a number word in lower case.
    fn value(self, row: &FigureRow) -> String {
        let member = &self.members[row.report];
        let told = member.report.text.get(self.figure(row).span).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut letters = told.chars();
        let word = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        if word { told.to_lowercase() } else { told }
    }

    /// The number with what it counts: "31 cars stuck in the tunnel".
    fn told(self, row: &FigureRow) -> String {
        let (figure, value) = (self.figure(row), self.value(row));
        let inside = figure.what.is_some_and(|what| figure.span.contains(what));
        match counted(&self.members[row.report], figure).filter(|_| !inside) {
            Some(what) if what.starts_with("number of ") => format!("{value} {}", &what["number of ".len()..]),
            Some(what) if names_a_count(&what) => format!("{what} of {value}"),
            Some(what) => format!("{value} {what}"),
            None => value,
        }
    }

    fn called_in_full(self, party: &Party) -> String {
        match party {
            Party::Entity(e) => self.cast.entities[*e].name.clone(),
            Party::Words(c) => {
                let printed = self.members[c.report].report.text.get(c.span);
                printed.strip_prefix("The ").map_or(printed.to_owned(), |rest| format!("the {rest}"))
            }
        }
    }

    /// The outlet, and the day of its report where the figure names none.
    fn outlet_and_day(self, row: &FigureRow) -> String {
        let report = &self.members[row.report].report;
        let day = report.when().filter(|_| self.figure(row).as_of.is_none());
        let day = day.map_or(String::new(), |when| format!(", {}", spell(when)));
        format!("{}{day}", report.called())
    }
}

/// Says whether a noun names a count itself and not what is counted: "the toll stood at two".
fn names_a_count(what: &str) -> bool {
    let last = what.rsplit(' ').next().unwrap_or(what).to_lowercase();
    matches!(&*last, "toll" | "turnout" | "attendance" | "population" | "queue" | "backlog" | "workforce" | "headcount")
}

/// Says whether two tellings name a source in common.
fn same_source(a: &Telling<'_>, b: &Telling<'_>) -> bool {
    !a.called.is_disjoint(&b.called)
}

/// Says whether two figures can both be right: their ranges meet, or one is a rounding of the other.
pub(super) fn compatible(a: &Figure, b: &Figure) -> bool {
    a.low <= b.high && b.low <= a.high
}

/// Days in words: "15 November 2024", "4 to 10 November 2024", "November 2024", "2024".
pub(super) fn spell(when: &When) -> String {
    let (from, to) = (when.from(), when.to());
    if from.day() == 1 && to.day() == to.days_in_month() && from.year() == to.year() {
        match (from.month(), to.month()) {
            (1, 12) => return to.year().to_string(),
            (a, b) if a == b => return format!("{} {}", month(to), to.year()),
            _ => {}
        }
    }
    let day = |d: Day| format!("{} {} {}", d.day(), month(d), d.year());
    if from == to {
        return day(to);
    }
    match (from.year() == to.year(), from.month() == to.month()) {
        (true, true) => format!("{} to {}", from.day(), day(to)),
        (true, false) => format!("{} {} to {}", from.day(), month(from), day(to)),
        _ => format!("{} to {}", day(from), day(to)),
    }
}

fn month(day: Day) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(day.month()).ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))).copied().unwrap_or("")
}
