//! Figures of one quantity in order of time, as a reader wants them: the thing counted, each value with its day and source.

use super::desk::Desk;
use super::{dates, words};
use annals_core::link::CopyKind;
use annals_core::reading::{Figure, Modifier};
use annals_core::record::{Bounds, FigureRow, Follows, Relation, figures};
use annals_core::when::{Day, When};
use std::collections::{BTreeMap, BTreeSet};

/// One value of a quantity, as of one day.
pub(crate) struct Point<'a> {
    /// The figures that give it, the best supported first.
    pub(crate) rows: Vec<&'a FigureRow>,
    /// The value as printed numbers: `more than 3,400`.
    pub(crate) value: String,
    /// The number.
    pub(crate) number: f64,
    /// When it holds; else none.
    pub(crate) as_of: Option<When>,
    /// The day to put it at: as-of, else the report's.
    pub(crate) day: Option<Day>,
    /// Whom it rests on, each once.
    pub(crate) by: Vec<String>,
    /// How many independent origins give it.
    pub(crate) origins: usize,
    /// The fewest and the most that may.
    bounds: Bounds,
    /// Whether a contradiction is known.
    pub(crate) contradicted: bool,
    /// What it is to the value before it.
    pub(crate) follows: Option<Follows>,
}

/// What parts the values of a quantity: undated last, the day, the interval, the value in words.
type Moment = (bool, Option<Day>, Option<When>, String);

/// A quantity and its values in order of time.
pub(crate) struct Series<'a> {
    /// What is counted, as printed most often.
    pub(crate) label: String,
    /// The values.
    pub(crate) points: Vec<Point<'a>>,
}

impl<'a> Series<'a> {
    pub(super) fn new(desk: &Desk<'a>, rows: &[&'a FigureRow]) -> Series<'a> {
        let mut labels: BTreeMap<(bool, String), BTreeSet<usize>> = BTreeMap::new();
        let mut points: BTreeMap<Moment, Vec<&FigureRow>> = BTreeMap::new();
        for &row in rows {
            let figure = desk.figure(row);
            if let Some(label) = label(desk, row) {
                // A rewriter's words name a thing only where nobody else does.
                let original = desk.copy_of(row.report).is_none_or(|c| c.kind != CopyKind::Rewrite);
                labels.entry((original, label)).or_default().insert(desk.grouping.origin[row.report]);
            }
            let day = figure.as_of.as_ref().or(desk.report(row.report).when()).map(When::to);
            points.entry((day.is_none(), day, figure.as_of.clone(), value(figure))).or_default().push(row);
        }
        // What most origins call it, fuller tellings before bare ones: one side's own word must not name the other's count.
        let best = |((original, a), origins): &(&(bool, String), &BTreeSet<usize>)| {
            let (words, letters) = (a.split_whitespace().count(), a.chars().count());
            (*original, letters <= 48, words.min(3) + 2 * origins.len(), letters)
        };
        let label = labels.iter().max_by_key(best).map(|((_, label), _)| label.clone());
        let points = points.into_iter().map(|((_, day, as_of, value), rows)| Point::new(desk, rows, value, as_of, day));
        Series { label: label.unwrap_or_default(), points: points.collect() }
    }

    /// Returns its values in a row, equal neighbours as one: `11 (Tue 5 Nov) → 17 (10–12 Nov) ✗ 41 (…)`.
    pub(crate) fn shown(&self, desk: &Desk<'_>, year: Option<i16>) -> Vec<Shown> {
        let mut runs: Vec<Vec<&Point>> = Vec::new();
        for point in &self.points {
            match runs.last_mut().filter(|run| run[0].value == point.value) {
                Some(run) => run.push(point),
                None => runs.push(vec![point]),
            }
        }
        let before = std::iter::once(None).chain(runs.iter().map(|run| run.last().copied()));
        before.zip(&runs).map(|(before, run)| Shown::new(desk, before, run, year)).collect()
    }

    /// Says whether two of its values cannot both be right.
    pub(crate) fn contradicts(&self) -> bool {
        self.points.iter().any(|p| p.contradicted)
    }

    /// Returns how many different values it has.
    pub(crate) fn values(&self) -> usize {
        self.points.iter().map(|p| p.number.to_bits()).collect::<BTreeSet<_>>().len()
    }

    /// Says whether it is worth a line of its own: it changed, differs, or independent reports agree on it.
    pub(crate) fn is_news(&self, desk: &Desk<'_>) -> bool {
        let rewrite = |r: &FigureRow| desk.copy_of(r.report).is_some_and(|c| c.kind == CopyKind::Rewrite);
        let only_rewritten = self.points.iter().flat_map(|p| &p.rows).all(|r| rewrite(r));
        let told = self.days() > 1 || self.origins() > 1 || self.contradicts();
        // "Two people", "four people" are not one quantity; three values in one report are parts of a whole.
        let mut values: BTreeMap<usize, BTreeSet<u64>> = BTreeMap::new();
        for row in self.points.iter().flat_map(|p| &p.rows) {
            let figure = desk.figure(row);
            if figure.head.as_deref() == Some("people") {
                return false;
            }
            values.entry(row.report).or_default().insert(figure.value.to_bits());
        }
        let told = told && values.values().all(|v| v.len() < 3);
        told && !only_rewritten && !self.label.is_empty()
    }

    /// Returns how many different days it is given for.
    pub(crate) fn days(&self) -> usize {
        self.points.iter().map(|p| p.day).collect::<BTreeSet<_>>().len().min(self.values())
    }

    /// Returns the support of its best supported value.
    pub(crate) fn origins(&self) -> usize {
        self.points.iter().map(|p| p.origins).max().unwrap_or_default()
    }
}

/// Returns what a figure counts, in words of its report; a bare measure is named by what is measured: "offer, percent".
fn label(desk: &Desk<'_>, row: &FigureRow) -> Option<String> {
    let (member, figure) = (desk.member(row.report), desk.figure(row));
    let counted = figures::counted(member, figure).map(|what| words::one_line(&what).into_owned());
    let bare = figure.what.is_some_and(|what| figure.span.contains(what)) || counted.is_none();
    if !bare {
        return counted;
    }
    let topic = figures::topic(member, figure).map(|topic| words::one_line(&topic).into_owned())?;
    let counted = counted.filter(|unit| !unit.is_empty() && !unit.starts_with("per"));
    Some(counted.map_or(topic.clone(), |unit| format!("{topic}, {unit}")))
}

/// A value of a quantity as it is printed.
pub(crate) struct Shown {
    /// What stands before it: an arrow for a later one, a cross where it and the one before claim the same day and
    /// cannot both be right.
    pub(crate) before: &'static str,
    /// The value.
    pub(crate) value: String,
    /// When it holds, and whom it rests on: the outlet itself where a contradicted value names nobody.
    pub(crate) ground: String,
}

impl Shown {
    /// `run` is not empty and has one value.
    fn new(desk: &Desk<'_>, before: Option<&Point<'_>>, run: &[&Point<'_>], year: Option<i16>) -> Shown {
        let (first, last) = (run[0], run[run.len() - 1]);
        let sign = match before {
            None => "",
            Some(before) if before.day != first.day => "→",
            Some(before) if before.contradicted && first.contradicted => "✗",
            Some(_) if first.follows == Some(Follows::New) => "→",
            Some(_) if first.follows == Some(Follows::Revision) => "revised to",
            Some(_) if first.follows == Some(Follows::Repeated) => "again",
            Some(_) => "·",
        };
        let mut ground = Vec::new();
        match (&first.as_of, first.day.zip(last.day)) {
            (_, Some((from, to))) if from != to => ground.push(dates::interval(&When::between(from, to), year)),
            (Some(when), _) => ground.push(dates::interval(when, year)),
            (None, Some((day, _))) => ground.push(format!("reported {}", dates::short(day, year))),
            (None, None) => {}
        }
        let mut by: Vec<&str> = Vec::new();
        for name in run.iter().flat_map(|p| &p.by) {
            if !by.contains(&name.as_str()) {
                by.push(name);
            }
        }
        let outlet = desk.outlet(first.rows[0].report);
        if by.is_empty() && run.iter().any(|p| p.contradicted) {
            by.push(&outlet);
        }
        ground.extend(by.iter().take(2).map(|by| words::clipped(by, 40).into_owned()));
        Shown { before: sign, value: first.value.clone(), ground: ground.join(", ") }
    }
}

impl<'a> Point<'a> {
    fn new(
        desk: &Desk<'a>,
        mut rows: Vec<&'a FigureRow>,
        value: String,
        as_of: Option<When>,
        day: Option<Day>,
    ) -> Point<'a> {
        rows.sort_by_key(|r| (desk.copy_of(r.report).is_some(), r.report, r.figure));
        let by: BTreeSet<String> = rows.iter().filter_map(|r| r.according_to.as_ref()).map(|p| desk.party(p)).collect();
        let reports: Vec<usize> = rows.iter().map(|r| r.report).collect();
        let (origins, bounds) = desk.grouping.origins(&reports);
        let contradicted =
            rows.iter().any(|r| desk.differences_of(r.id).iter().any(|d| d.relation == Relation::Contradict));
        let number = desk.figure(rows[0]).value;
        let follows = rows.iter().filter_map(|r| r.follows).max();
        let by = by.into_iter().collect();
        Point { value, number, as_of, day, by, origins: origins as usize, bounds, contradicted, follows, rows }
    }

    /// Returns how many origins give it: `3`, `2–3`.
    pub(crate) fn count(&self) -> String {
        words::span(self.bounds)
    }
}

/// Returns a figure's number with its modifier and currency: `about 1,200`, `10–15`, `84,000 SEK`.
pub(crate) fn value(figure: &Figure) -> String {
    let before = match figure.modifier {
        Modifier::Exactly => "",
        Modifier::About => "about ",
        Modifier::MoreThan => "more than ",
        Modifier::AtLeast => "at least ",
        Modifier::Nearly => "nearly ",
        Modifier::LessThan => "less than ",
        Modifier::UpTo => "up to ",
    };
    let is_range = figure.modifier == Modifier::Exactly && figure.low < figure.high && figure.high.is_finite();
    let number = if is_range {
        format!("{}–{}", words::number(figure.low), words::number(figure.high))
    } else {
        words::number(figure.value)
    };
    let after = match figure.unit.as_deref() {
        Some("percentage" | "percent" | "%") => " %".to_owned(),
        Some(unit) if is_measure(unit) => format!(" {}", words::one_line(unit)),
        _ => String::new(),
    };
    format!("{before}{number}{after}")
}

/// Says whether a unit is printed with its number: a currency's code or a measure, rather than what is counted.
fn is_measure(unit: &str) -> bool {
    const MEASURES: [&str; 24] = [
        "km", "m", "cm", "mm", "mi", "ft", "kg", "g", "t", "ha", "acre", "l", "km/h", "mph", "MW", "GW", "kWh", "MWh",
        "GWh", "°C", "°F", "km2", "m2", "m3",
    ];
    MEASURES.contains(&unit) || (unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase()))
}
