//! What text and page have in common: the record's rows found by story, put in the order a reader wants them.
//!
//! Chooses and sorts; prints nothing and changes no words.

use super::{dates, words};
use crate::app::brief::{Brief, Outcome};
use annals_core::link::{CopyKind, CopyOf};
use annals_core::reading::{Figure, Modifier, Speech, Statement, Status};
use annals_core::record::figures;
use annals_core::record::{
    Cite, Difference, EventRow, FigureRow, Grouping, Line, Member, Party, Record, Relation, RowId, StatementRow, Story,
};
use annals_core::report::{Basis, Report};
use annals_core::text::Span;
use annals_core::when::{Day, When};
use std::collections::{BTreeMap, BTreeSet};

/// A row of one of the three tables a line can tell.
#[derive(Clone, Copy)]
pub(crate) enum Row<'a> {
    /// What happened.
    Event(&'a EventRow),
    /// What somebody said.
    Statement(&'a StatementRow),
    /// A number.
    Figure(&'a FigureRow),
}

/// The rows of one story.
#[derive(Clone, Default)]
struct Rows<'a> {
    promised: Vec<&'a EventRow>,
    figures: Vec<&'a FigureRow>,
    statements: Vec<&'a StatementRow>,
    differences: Vec<&'a Difference>,
}

/// The record laid out for looking up.
pub(crate) struct Desk<'a> {
    /// The record and the ledger.
    pub(crate) brief: &'a Brief,
    /// The record.
    pub(crate) record: &'a Record,
    /// Report to origin (and to the links' story).
    pub(crate) grouping: Grouping,
    rows: BTreeMap<RowId, Row<'a>>,
    differing: BTreeMap<RowId, Vec<usize>>,
    copies: BTreeMap<usize, &'a CopyOf>,
    by_story: Vec<Rows<'a>>,
    /// Rewrites and what they rewrite.
    reworded: BTreeSet<usize>,
    /// Utterances that share a statement are one: a quotation parted by its cue gives a row for each stretch.
    utterances: BTreeMap<RowId, RowId>,
}

impl<'a> Desk<'a> {
    /// Lays out a record.
    pub(crate) fn new(brief: &'a Brief) -> Desk<'a> {
        let record = &brief.record;
        let mut rows = BTreeMap::new();
        rows.extend(record.events.iter().map(|e| (e.id, Row::Event(e))));
        rows.extend(record.statements.iter().map(|s| (s.id, Row::Statement(s))));
        rows.extend(record.figures.iter().map(|f| (f.id, Row::Figure(f))));
        let mut differing: BTreeMap<RowId, Vec<usize>> = BTreeMap::new();
        for (n, difference) in record.differences.iter().enumerate() {
            difference.rows.iter().for_each(|&row| differing.entry(row).or_default().push(n));
        }
        let mut copies: BTreeMap<usize, &CopyOf> = BTreeMap::new();
        for copy in &record.links.copies {
            let best = copies.entry(copy.report).or_insert(copy);
            if (copy.of.is_some(), copy.containment) > (best.of.is_some(), best.containment) {
                *best = copy;
            }
        }
        let loose = |c: &&CopyOf| c.kind == CopyKind::Rewrite;
        let reworded =
            record.links.copies.iter().filter(loose).flat_map(|c| [Some(c.report), c.of]).flatten().collect();
        let mut story_of = vec![usize::MAX; record.members.len()];
        for (n, story) in record.stories.iter().enumerate() {
            story.reports.iter().for_each(|&r| story_of[r] = n);
        }
        let grouping = Grouping::of(&record.links, &record.members);
        let by_story = by_story(record, &story_of);
        let utterances = whole_utterances(&record.statements);
        Desk { brief, record, grouping, rows, differing, copies, by_story, reworded, utterances }
    }

    /// Returns a report's row of what it says.
    pub(crate) fn member(&self, report: usize) -> &'a Member {
        &self.record.members[report]
    }

    /// Returns a report.
    pub(crate) fn report(&self, report: usize) -> &'a Report {
        &self.member(report).report
    }

    /// Returns the words of a passage on one line, safe to show.
    pub(crate) fn words(&self, cite: Cite) -> String {
        self.words_at(cite.report, cite.span)
    }

    /// Returns the words at a span of a report on one line, safe to show.
    pub(crate) fn words_at(&self, report: usize, span: Span) -> String {
        words::one_line(self.report(report).text.get(span)).into_owned()
    }

    /// Returns what to call a report's publisher, safe to show.
    pub(crate) fn outlet(&self, report: usize) -> String {
        words::one_line(self.report(report).outlet_or_source()).into_owned()
    }

    /// Returns the row with an id.
    pub(crate) fn row(&self, id: RowId) -> Option<Row<'a>> {
        self.rows.get(&id).copied()
    }

    /// Returns the differences that a row takes part in, contradictions first.
    pub(crate) fn differences_of(&self, id: RowId) -> Vec<&'a Difference> {
        let found = self.differing.get(&id).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<&Difference> = found.iter().map(|&n| &self.record.differences[n]).collect();
        found.sort_by_key(|d| d.relation);
        found
    }

    /// Returns the stories, those with most reports first, then the latest.
    pub(crate) fn stories(&self) -> Vec<(usize, &'a Story)> {
        let mut stories: Vec<(usize, &Story)> = self.record.stories.iter().enumerate().collect();
        stories.sort_by(|a, b| {
            let rank = |s: &Story| (s.reports.len(), s.origins, s.last);
            rank(b.1).cmp(&rank(a.1)).then(a.1.id.cmp(&b.1.id))
        });
        stories
    }

    /// Returns the number of outlets among reports.
    pub(crate) fn outlets(&self, reports: &[usize]) -> usize {
        reports.iter().map(|&r| self.report(r).outlet_or_source()).collect::<BTreeSet<_>>().len()
    }

    /// Returns `11 reports · 9 outlets · 7 independent origins`.
    pub(crate) fn support(&self, story: &Story) -> String {
        let (reports, outlets) = (story.reports.len(), self.outlets(&story.reports));
        format!(
            "{} · {} · {}",
            words::count(reports, "report", "reports"),
            words::count(outlets, "outlet", "outlets"),
            words::count(story.origins as usize, "independent origin", "independent origins")
        )
    }

    /// Returns the year that dates of a story need not repeat: that of its last report.
    pub(crate) fn year(&self, story: &Story) -> Option<i16> {
        story.last.map(Day::year)
    }

    /// Returns when a report was published, in words, with `?` where that is inferred.
    pub(crate) fn published(&self, report: usize, year: Option<i16>) -> Option<String> {
        let published = self.report(report).published.as_ref()?;
        let mark = if published.basis == Basis::Inferred { "?" } else { "" };
        let days = When::between(published.when.from(), published.when.to());
        Some(format!("{}{mark}", dates::interval(&days, year)))
    }

    /// Returns the publisher and day of a report: `Hill Post, Fri 15 Nov`.
    pub(crate) fn cited(&self, report: usize, year: Option<i16>) -> String {
        match self.published(report, year) {
            Some(day) => format!("{}, {day}", self.outlet(report)),
            None => self.outlet(report),
        }
    }

    /// Returns the copy row of a report.
    pub(crate) fn copy_of(&self, report: usize) -> Option<&'a CopyOf> {
        self.copies.get(&report).copied()
    }

    /// Says whether a report gives another's text in other words, whichever of the two was first.
    pub(crate) fn is_reworded(&self, report: usize) -> bool {
        self.reworded.contains(&report)
    }

    /// Returns the differences of a story, contradictions first.
    pub(crate) fn differences(&self, story: usize) -> Vec<&'a Difference> {
        let mut found = self.by_story[story].differences.clone();
        found.sort_by_key(|d| d.relation);
        found
    }

    /// Returns what was promised in a story, by the day it is due.
    pub(crate) fn due(&self, story: usize) -> Vec<&'a EventRow> {
        let mut found = self.by_story[story].promised.clone();
        found.sort_by(|a, b| {
            let day = |e: &EventRow| e.due.as_ref().or(e.when.as_ref()).map(When::to);
            (day(a).is_none(), day(a), a.id).cmp(&(day(b).is_none(), day(b), b.id))
        });
        found
    }

    /// Returns the quantities of a story: those that differ or change first, then by support.
    pub(crate) fn series(&self, story: usize) -> Vec<Series<'a>> {
        let mut of: BTreeMap<RowId, Vec<&FigureRow>> = BTreeMap::new();
        for &row in &self.by_story[story].figures {
            of.entry(row.series).or_default().push(row);
        }
        let mut series: Vec<Series> = of.into_values().map(|rows| Series::new(self, &rows)).collect();
        series.sort_by(|a, b| {
            let rank = |s: &Series| (s.contradicts(), s.days() > 1, s.values() > 1, s.origins(), s.points.len());
            rank(b).cmp(&rank(a)).then_with(|| a.label.cmp(&b.label))
        });
        series
    }

    /// Returns a figure's reading.
    pub(crate) fn figure(&self, row: &FigureRow) -> &'a Figure {
        &self.member(row.report).reading.figures[row.figure]
    }

    /// Returns a statement's reading.
    pub(crate) fn statement(&self, row: &StatementRow) -> &'a Statement {
        &self.member(row.report).reading.statements[row.statement]
    }

    /// Returns whom a figure rests on, in words.
    pub(crate) fn party(&self, party: &Party) -> String {
        match party {
            Party::Entity(e) => words::one_line(&self.record.entities[*e].name).into_owned(),
            Party::Words(cite) => {
                let words = self.words(*cite);
                words.strip_prefix("The ").map_or(words.clone(), |rest| format!("the {rest}"))
            }
        }
    }

    /// Returns the speakers of a story, those with best supported words first.
    pub(crate) fn speakers(&self, story: usize) -> Vec<Speaker<'a>> {
        let mut utterances: BTreeMap<RowId, Vec<&StatementRow>> = BTreeMap::new();
        for &row in &self.by_story[story].statements {
            utterances.entry(self.utterance(row)).or_default().push(row);
        }
        let mut speakers: BTreeMap<(Option<usize>, String), Vec<Utterance>> = BTreeMap::new();
        for rows in utterances.into_values() {
            let utterance = Utterance::new(self, rows);
            let name = match (utterance.speaker, self.statement(utterance.best()).source) {
                (Some(e), _) => words::one_line(&self.record.entities[e].name).into_owned(),
                (None, Some(source)) => self.words_at(utterance.best().report, source),
                (None, None) => String::new(),
            };
            speakers.entry((utterance.speaker, name)).or_default().push(utterance);
        }
        let mut speakers: Vec<Speaker> = speakers
            .into_iter()
            .map(|((entity, name), mut said)| {
                said.sort_by_key(|u| (u.day.is_none(), u.day, u.id));
                Speaker { entity, name, said }
            })
            .collect();
        speakers.sort_by(|a, b| {
            let rank = |s: &Speaker| (s.entity.is_some(), s.said.iter().map(|u| u.origins).sum::<usize>());
            rank(b).cmp(&rank(a)).then_with(|| a.name.cmp(&b.name))
        });
        speakers
    }

    /// Returns the utterance that a statement is part of.
    pub(crate) fn utterance(&self, row: &StatementRow) -> RowId {
        self.utterances.get(&row.utterance).copied().unwrap_or(row.utterance)
    }

    /// Returns a person's first role as printed.
    pub(crate) fn role(&self, entity: usize) -> Option<String> {
        let roles = &self.record.entities[entity].roles;
        let rank = |r: &&String| {
            let letters = r.chars().count();
            (letters <= 60, letters.min(40))
        };
        roles.iter().max_by_key(rank).map(|r| words::one_line(r).into_owned())
    }

    /// Returns how many kept, known, refused and failed inputs there are.
    pub(crate) fn tally(&self) -> [usize; 4] {
        [Outcome::Kept, Outcome::Known, Outcome::Refused, Outcome::Failed]
            .map(|o| self.brief.ledger.iter().filter(|e| e.outcome == o).count())
    }

    /// Returns who carries a row, in words: the outlet where it is one origin alone, else how many.
    pub(crate) fn carried(&self, origins: usize, report: usize) -> String {
        match origins {
            0 | 1 => format!("only {}", self.outlet(report)),
            n => words::count(n, "origin", "origins"),
        }
    }

    /// Returns the forms of a name that its fullest form does not show already.
    pub(crate) fn other_names(&self, entity: usize) -> Vec<String> {
        let entity = &self.record.entities[entity];
        let others = entity.aliases.iter().filter(|a| !entity.name.contains(a.as_str()));
        others.map(|a| words::one_line(a).into_owned()).collect()
    }

    /// Returns the earlier states of an event that its line does not show: `planned 6 Nov`.
    pub(crate) fn passed(&self, event: &EventRow, year: Option<i16>) -> Vec<String> {
        let mut shown = Vec::new();
        let mut last = None;
        for step in &event.history {
            if last == Some(step.status) {
                continue;
            }
            last = Some(step.status);
            let day = step.as_of.as_ref().map(|w| format!(" {}", dates::interval(w, year))).unwrap_or_default();
            shown.push(format!("{}{day}", status(step.status)));
        }
        if shown.len() > 1 { shown } else { Vec::new() }
    }

    /// Returns the status word of a timeline line's row.
    pub(crate) fn standing(&self, line: &Line) -> &'static str {
        match self.row(line.row) {
            Some(Row::Event(e)) => status(e.status),
            Some(Row::Statement(_)) => "said",
            Some(Row::Figure(_)) => "figure",
            None => "",
        }
    }
}

/// Sorts the rows by story; what rests on reports of two stories stands in both.
fn by_story<'a>(record: &'a Record, story_of: &[usize]) -> Vec<Rows<'a>> {
    let mut rows = vec![Rows::default(); record.stories.len()];
    let stories = |cites: &[Cite]| cites.iter().map(|c| story_of[c.report]).collect::<BTreeSet<usize>>();
    // guess: what is promised for a stretch longer than a quarter of a year has no day on which to ask for it.
    let asked_for = |e: &&EventRow| e.due.as_ref().or(e.when.as_ref()).is_none_or(|w| w.days() <= 92);
    for event in record.events.iter().filter(|e| e.due.is_some() || e.outcome.is_some()).filter(asked_for) {
        for story in stories(event.evidence.cites()) {
            rows.get_mut(story).into_iter().for_each(|r| r.promised.push(event));
        }
    }
    for difference in &record.differences {
        for story in stories(difference.evidence.cites()) {
            rows.get_mut(story).into_iter().for_each(|r| r.differences.push(difference));
        }
    }
    for figure in &record.figures {
        rows.get_mut(story_of[figure.report]).into_iter().for_each(|r| r.figures.push(figure));
    }
    for statement in &record.statements {
        rows.get_mut(story_of[statement.report]).into_iter().for_each(|r| r.statements.push(statement));
    }
    rows
}

/// Joins the utterances of rows that are stretches of one statement. Returns the smallest id of each.
fn whole_utterances(rows: &[StatementRow]) -> BTreeMap<RowId, RowId> {
    let mut least: BTreeMap<RowId, RowId> = BTreeMap::new();
    let mut of: BTreeMap<(usize, usize), RowId> = BTreeMap::new();
    fn root(least: &BTreeMap<RowId, RowId>, mut id: RowId) -> RowId {
        while let Some(&up) = least.get(&id).filter(|up| **up != id) {
            id = up;
        }
        id
    }
    for row in rows {
        let here = root(&least, row.utterance);
        let known = *of.entry((row.report, row.statement)).or_insert(here);
        let known = root(&least, known);
        least.insert(here.max(known), here.min(known));
    }
    rows.iter().map(|r| (r.utterance, root(&least, r.utterance))).collect()
}

/// Returns a status in words.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::CalledOff => "called off",
        other => other.name(),
    }
}

/// Returns how rows relate, in words.
pub(crate) fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Contradict => "cannot both be right",
        Relation::Update => "changed since",
        Relation::Narrower => "one is more exact",
    }
}

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
    /// Whether a contradiction is known.
    pub(crate) contradicted: bool,
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
    fn new(desk: &Desk<'a>, rows: &[&'a FigureRow]) -> Series<'a> {
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
        let origins: BTreeSet<usize> = rows.iter().map(|r| desk.grouping.origin[r.report]).collect();
        let contradicted =
            rows.iter().any(|r| desk.differences_of(r.id).iter().any(|d| d.relation == Relation::Contradict));
        let number = desk.figure(rows[0]).value;
        Point { value, number, as_of, day, by: by.into_iter().collect(), origins: origins.len(), contradicted, rows }
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

/// One thing that somebody said, in all its versions.
pub(crate) struct Utterance<'a> {
    /// Its id.
    pub(crate) id: RowId,
    /// Who said it.
    pub(crate) speaker: Option<usize>,
    /// One row a report's version, the best first: originals before copies, own words before the reporter's.
    pub(crate) versions: Vec<&'a StatementRow>,
    /// When it was said.
    pub(crate) said: Option<When>,
    /// The day to put it at: said, else the report's.
    pub(crate) day: Option<Day>,
    /// How many ways it is worded.
    pub(crate) wordings: usize,
    /// How many independent origins carry it.
    pub(crate) origins: usize,
}

impl<'a> Utterance<'a> {
    fn new(desk: &Desk<'a>, rows: Vec<&'a StatementRow>) -> Utterance<'a> {
        let id = desk.utterance(rows[0]);
        let mut versions = rows;
        versions.sort_by_key(|r| {
            let s = desk.statement(r);
            (s.kind, r.report, r.statement, r.content)
        });
        versions.dedup_by_key(|r| (r.report, r.statement));
        let folded = |r: &StatementRow| spoken(desk, r).to_lowercase().replace(['’', '‘', '“', '”', '"'], "'");
        let mut carried: BTreeMap<String, usize> = BTreeMap::new();
        versions.iter().for_each(|r| *carried.entry(folded(r)).or_default() += 1);
        // What a rewriter made of it stands last: their words are not the speaker's. Which report rewrote which is not
        // always known, so a wording that two reports print goes first.
        versions.sort_by_cached_key(|r| {
            let alone = carried.get(&folded(r)).is_none_or(|n| *n < 2);
            (desk.statement(r).kind, desk.is_reworded(r.report) && alone, alone, desk.copy_of(r.report).is_some())
        });
        let wordings = &carried;
        let origins: BTreeSet<usize> = versions.iter().map(|r| desk.grouping.origin[r.report]).collect();
        let said = versions.iter().filter_map(|r| desk.statement(r).said.as_ref()).min_by_key(|w| w.days()).cloned();
        let published = || versions.iter().filter_map(|r| desk.report(r.report).when()).map(When::to).min();
        Utterance {
            id,
            speaker: versions.iter().find_map(|r| r.speaker),
            day: said.as_ref().map(When::to).or_else(published),
            said,
            wordings: wordings.len(),
            origins: origins.len(),
            versions,
        }
    }

    /// Returns the version to show.
    pub(crate) fn best(&self) -> &'a StatementRow {
        self.versions[0]
    }
}

/// Returns what was said in words that can stand alone: own words in quotation marks, a clause as it is, and everything
/// else with the verb it hangs on: "denied that …", "promised to …".
pub(crate) fn spoken(desk: &Desk<'_>, row: &StatementRow) -> String {
    let statement = desk.statement(row);
    let text = &desk.report(row.report).text;
    let stretches: Vec<String> = statement.content.iter().map(|&s| closed(desk, row.report, s)).collect();
    if statement.kind == Speech::Direct {
        let bare = stretches.iter().map(|s| s.trim_matches(['“', '”', '"', '‘']).to_owned());
        return format!("“{}”", bare.collect::<Vec<_>>().join(" … "));
    }
    let whole = statement.content.iter().copied().reduce(Span::cover).unwrap_or(statement.passage);
    let told = stretches.join(" … ");
    let words = told.split_whitespace().count();
    // A clause with the cue in its middle reads best as it stands.
    if stretches.len() > 1 && whole.len() < 320 {
        return closed(desk, row.report, whole);
    }
    let Some(cue) = statement.cue else { return without_that(&told) };
    let negated = denied_before(text.as_str(), cue.start());
    let plain = is_plain(&text.get(cue).to_lowercase()) && negated.is_none();
    if plain && words >= 4 {
        return without_that(&told);
    }
    let from = negated.unwrap_or(cue.start());
    let joined = text.span(from, whole.end()).filter(|_| cue.end() <= whole.start());
    let contiguous =
        joined.filter(|_| whole.start() - cue.end() < 90 && !text.as_str()[cue.end()..whole.start()].contains('\n'));
    match contiguous {
        Some(span) => closed(desk, row.report, span),
        None => desk.words_at(row.report, statement.passage),
    }
}

/// Returns the words at a span, with the mark that closes a quotation which they open.
fn closed(desk: &Desk<'_>, report: usize, span: Span) -> String {
    let text = desk.report(report).text.as_str();
    let words = desk.words_at(report, span);
    let open = words.matches('“').count() > words.matches('”').count() || words.matches('"').count() % 2 == 1;
    let mut rest = text[span.end()..].chars();
    let mut tail = String::new();
    while open && tail.chars().count() < 3 {
        match rest.next() {
            Some(mark @ ('”' | '"')) => {
                tail.push(mark);
                return words + &tail;
            }
            Some(mark @ (',' | '.' | '!' | '?')) => tail.push(mark),
            _ => break,
        }
    }
    words
}

fn without_that(told: &str) -> String {
    // "The Times reported (address) that …"
    let told = told.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(told, |(_, rest)| rest.trim_start());
    // "The company said it: the mill would close."
    let told = told.strip_prefix("it: ").unwrap_or(told);
    told.strip_prefix("that ").unwrap_or(told).trim_start().to_owned()
}

/// Says whether a cue only says that something was said, so that what was said can stand without it.
fn is_plain(cue: &str) -> bool {
    const PLAIN: [&str; 36] = [
        "said",
        "says",
        "say",
        "saying",
        "told",
        "tells",
        "telling",
        "added",
        "adds",
        "adding",
        "stated",
        "states",
        "stating",
        "announced",
        "announces",
        "announcing",
        "reported",
        "reports",
        "explained",
        "explains",
        "noted",
        "notes",
        "noting",
        "mentioned",
        "declared",
        "according",
        "wrote",
        "writes",
        "writing",
        "repeated",
        "replied",
        "answered",
        "recalled",
        "stressed",
        "insisted",
        "to",
    ];
    cue.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).all(|w| {
        PLAIN.contains(&w) || matches!(w, "has" | "have" | "had" | "also" | "later" | "that" | "is" | "was" | "are")
    })
}

/// Returns where a negation of the cue begins that stands at most four words before it: "did not say", "declined to say".
fn denied_before(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    for _ in 0..4 {
        let before = text[..end].trim_end();
        let start = before.rfind(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’')).map_or(0, |n| n + 1);
        let start = (start..=before.len()).find(|n| text.is_char_boundary(*n))?;
        let word = before[start..].to_lowercase();
        let negates = matches!(
            word.as_str(),
            "not"
                | "never"
                | "refused"
                | "refuses"
                | "declined"
                | "declines"
                | "denied"
                | "denies"
                | "without"
                | "cannot"
                | "stopped"
        ) || word.ends_with("n't")
            || word.ends_with("n’t");
        if negates {
            return Some(start);
        }
        if word.is_empty() {
            return None;
        }
        end = start;
    }
    None
}

/// Somebody and what they said, in order of time.
pub(crate) struct Speaker<'a> {
    /// Who: index into the record's entities; none where only words name the source.
    pub(crate) entity: Option<usize>,
    /// Their name, or the words; empty where nothing names them.
    pub(crate) name: String,
    /// What they said.
    pub(crate) said: Vec<Utterance<'a>>,
}
