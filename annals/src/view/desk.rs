//! What text and page have in common: the record's rows found by story, put in the order a reader wants them.
//!
//! Chooses and sorts; prints nothing and changes no words.

use super::series::Series;
use super::speech::{Speaker, Utterance};
use super::{dates, decided, doubts, words};
use crate::app::brief::{Brief, Entry};
use crate::app::intake::Outcome;
use annals_core::link::{CopyKind, CopyOf, Doubt};
use annals_core::reading::{Figure, NameKind, Statement, Status};
use annals_core::record::{
    Bounds, Cite, Difference, EventRow, FigureRow, Grouping, Line, Member, Party, Record, Relation, RowId,
    StatementRow, Step, Story, timeline,
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

/// Where the links of what is shown lead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Layout {
    /// To places of the one page that holds everything.
    OnePage,
    /// To the pages of a site: each report has one, and so has the story.
    Site {
        /// The story's id, as its address has it.
        story: String,
    },
}

/// The rows of one story.
#[derive(Clone, Default)]
struct Rows<'a> {
    events: Vec<&'a EventRow>,
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
    /// Where links lead.
    pub(crate) layout: Layout,
    /// Report to origin (and to the links' story).
    pub(crate) grouping: Grouping,
    /// Reports that repeat another one given.
    copied: BTreeSet<usize>,
    rows: BTreeMap<RowId, Row<'a>>,
    differing: BTreeMap<RowId, Vec<usize>>,
    copies: BTreeMap<usize, &'a CopyOf>,
    by_story: Vec<Rows<'a>>,
    /// Rewrites and what they rewrite.
    reworded: BTreeSet<usize>,
    /// Utterances that share a statement are one: a quotation parted by its cue gives a row for each stretch.
    utterances: BTreeMap<RowId, RowId>,
}

/// Says whether a row of the ledger is that of a container whose documents have rows of their own.
fn is_opened(entry: &Entry) -> bool {
    entry.outcome == Outcome::Kept && entry.reports.is_empty()
}

impl<'a> Desk<'a> {
    /// Lays out a record for one page, or for a terminal.
    pub(crate) fn new(brief: &'a Brief) -> Desk<'a> {
        Desk::laid_out(brief, Layout::OnePage)
    }

    /// Lays out the record of one story for its pages of a site.
    pub(crate) fn on_site(brief: &'a Brief, story: &str) -> Desk<'a> {
        Desk::laid_out(brief, Layout::Site { story: story.to_owned() })
    }

    fn laid_out(brief: &'a Brief, layout: Layout) -> Desk<'a> {
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
            let rank = |c: &CopyOf| (c.decided, c.of.is_some(), c.containment);
            if rank(copy) > rank(best) {
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
        let copied = timeline::copied(&record.links);
        Desk { brief, record, layout, grouping, copied, rows, differing, copies, by_story, reworded, utterances }
    }

    /// Returns a report's row of what it says.
    pub(crate) fn member(&self, report: usize) -> &'a Member {
        &self.record.members[report]
    }

    /// Returns a report.
    pub(crate) fn report(&self, report: usize) -> &'a Report {
        &self.member(report).report
    }

    /// Returns the address of a report.
    pub(crate) fn to_report(&self, report: usize) -> String {
        match &self.layout {
            Layout::OnePage => format!("#r{report}"),
            Layout::Site { .. } => format!("/report/{}", self.report(report).id),
        }
    }

    /// Returns the address of a paragraph of a report.
    pub(crate) fn to_paragraph(&self, report: usize, paragraph: usize) -> String {
        match &self.layout {
            Layout::OnePage => format!("#r{report}p{paragraph}"),
            Layout::Site { .. } => format!("/report/{}#p{paragraph}", self.report(report).id),
        }
    }

    /// Returns the address of the forms about a report; a single page has none.
    pub(crate) fn to_decide(&self, report: usize) -> Option<String> {
        let is_site = matches!(self.layout, Layout::Site { .. });
        is_site.then(|| format!("/report/{}#decide", self.report(report).id))
    }

    /// Returns the address of a place among what is shown of the story.
    pub(crate) fn to_place(&self, place: &str) -> String {
        match &self.layout {
            Layout::OnePage => format!("#{place}"),
            Layout::Site { story } => format!("/story/{story}#{place}"),
        }
    }

    /// Returns the address of the page of somebody; a single page has none.
    pub(crate) fn to_name(&self, entity: usize) -> Option<String> {
        match &self.layout {
            Layout::OnePage => None,
            Layout::Site { story } => Some(format!("/story/{story}/name/{}", self.record.entities[entity].id)),
        }
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
        words::one_line(&self.report(report).called()).into_owned()
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

    /// Returns the headline of the first of these.
    pub(crate) fn headline(&self) -> Option<String> {
        self.stories().first().map(|(_, story)| self.words(story.title))
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
            words::independent(story.bounds)
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

    /// Returns the words to tell an event by in a list.
    pub(crate) fn told(&self, event: &EventRow) -> Cite {
        timeline::told(self.record, &self.copied, event)
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
        let day = |e: &EventRow| e.due.as_ref().or(e.when.as_ref()).map(When::to);
        found.retain(|e| !timeline::is_copied(&self.copied, e));
        found.sort_by_key(|e| (day(e).is_none(), day(e), e.id));
        // A promise and the noun for it are two events of one clause.
        let mut told: BTreeMap<(usize, Option<Day>), Vec<Span>> = BTreeMap::new();
        found.retain(|e| {
            let cite = self.told(e);
            let known = told.entry((cite.report, day(e))).or_default();
            let is_new = !known.iter().any(|span| span.overlaps(cite.span));
            known.push(cite.span);
            is_new
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
            let name = match utterance.speaker {
                Some(e) => self.name(e),
                None => self.who(utterance.told()).unwrap_or_default(),
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

    /// Returns who said a statement, in words: as a person decided, else who it is read to be, else the words that name them.
    pub(crate) fn who(&self, row: &StatementRow) -> Option<String> {
        let printed = || self.statement(row).source.map(|source| self.words_at(row.report, source));
        match (row.speaker, &row.decided) {
            (Some(e), _) => Some(self.name(e)),
            (None, Some(decided)) => decided.name.as_ref().map(|name| words::one_line(name).into_owned()),
            (None, None) => printed(),
        }
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

    /// Returns how many kept, known, refused and failed documents there are. A container that was opened is none.
    pub(crate) fn tally(&self) -> [usize; 4] {
        let documents = || self.brief.ledger.iter().filter(|e| !is_opened(e));
        [Outcome::Kept, Outcome::Known, Outcome::Refused, Outcome::Failed]
            .map(|o| documents().filter(|e| e.outcome == o).count())
    }

    /// Returns the containers that were opened, with their accounts.
    pub(crate) fn containers(&self) -> impl Iterator<Item = &Entry> {
        self.brief.ledger.iter().filter(|e| is_opened(e))
    }

    /// Returns who carries a row, in words: the outlet where it is one origin alone, else how many.
    pub(crate) fn carried(&self, bounds: Bounds, report: usize) -> String {
        match bounds.high {
            0 | 1 => format!("only {}", self.outlet(report)),
            _ => words::origins(bounds),
        }
    }

    /// Returns why reports of a story may be of one origin or of two, one sentence a doubt.
    pub(crate) fn doubts(&self, story: &Story) -> Vec<String> {
        let of_story = |d: &&Doubt| story.reports.contains(&d.report);
        let doubts = self.record.links.doubts.iter().filter(of_story);
        doubts.map(|d| words::one_line(&doubts::told(&self.record.members, d)).into_owned()).collect()
    }

    /// Returns what people decided about copies in a story, one sentence a decision.
    pub(crate) fn decided(&self, story: &Story) -> Vec<String> {
        let told = decided::among(self.record, &story.reports);
        told.into_iter().map(|line| words::one_line(&line).into_owned()).collect()
    }

    /// Returns the forms of a name that its fullest form does not show already.
    pub(crate) fn other_names(&self, entity: usize) -> Vec<String> {
        let entity = &self.record.entities[entity];
        let others = entity.aliases.iter().filter(|a| !entity.name.contains(a.as_str()));
        others.map(|a| words::one_line(a).into_owned()).collect()
    }

    /// Returns when the event of a line is: `no date`, a day, or `about 9–12 Apr` where that is inferred.
    pub(crate) fn day(&self, line: &Line, year: Option<i16>) -> String {
        let Some(when) = &line.when else { return "no date".to_owned() };
        let about = if when.exact().is_none() && self.is_inferred(line) { "about " } else { "" };
        format!("{about}{}", dates::interval(when, year))
    }

    /// Says whether all reports that give the day of a line are dated by inference themselves.
    pub(crate) fn is_inferred(&self, line: &Line) -> bool {
        let Some(Row::Event(event)) = self.row(line.row).filter(|_| line.when.is_some()) else { return false };
        let dated = |&&(report, number): &&(usize, usize)| {
            self.member(report).reading.events.get(number).is_some_and(|e| e.when.is_some())
        };
        let inferred = |&(report, _): &(usize, usize)| {
            self.report(report).published.as_ref().is_some_and(|p| p.basis == Basis::Inferred)
        };
        let mut tellings = event.tellings.iter().filter(dated).peekable();
        tellings.peek().is_some() && tellings.all(inferred)
    }

    /// Returns an entity's canonical name on one line.
    pub(crate) fn name(&self, entity: usize) -> String {
        words::one_line(&self.record.entities[entity].name).into_owned()
    }

    /// Returns why an entity's names are known to be its, one line a reason, those that say nothing new left out.
    pub(crate) fn grounds(&self, entity: usize) -> Vec<String> {
        let grounds = self.record.entities[entity].grounds.iter();
        grounds.filter(|g| !g.starts_with("the same name")).map(|g| words::one_line(g).into_owned()).collect()
    }

    /// Returns the events of a story.
    pub(crate) fn events(&self, story: usize) -> Vec<&'a EventRow> {
        self.by_story[story].events.clone()
    }

    /// Returns the statements of a story.
    pub(crate) fn statements(&self, story: usize) -> &[&'a StatementRow] {
        &self.by_story[story].statements
    }

    /// Returns the figures of a story.
    pub(crate) fn figures(&self, story: usize) -> &[&'a FigureRow] {
        &self.by_story[story].figures
    }

    /// Returns the events of a story that an entity takes part in, in order of time.
    pub(crate) fn events_of(&self, story: usize, entity: usize) -> Vec<&'a EventRow> {
        let rows = self.by_story[story].events.iter().copied();
        let mut events: Vec<&EventRow> = rows.filter(|e| e.participants.binary_search(&entity).is_ok()).collect();
        events.sort_by_key(|e| (e.when.is_none(), e.when.as_ref().map(When::from), e.id));
        events
    }

    /// Returns the people and organizations that take part in a story's events and say nothing in it, those of most
    /// events first.
    pub(crate) fn silent(&self, story: usize) -> Vec<usize> {
        let speak: BTreeSet<usize> = self.by_story[story].statements.iter().filter_map(|s| s.speaker).collect();
        let mut count: BTreeMap<usize, usize> = BTreeMap::new();
        for &entity in self.by_story[story].events.iter().flat_map(|e| &e.participants) {
            let kind = self.record.entities[entity].kind;
            if matches!(kind, NameKind::Person | NameKind::Organization) && !speak.contains(&entity) {
                *count.entry(entity).or_default() += 1;
            }
        }
        let mut silent: Vec<usize> = count.keys().copied().collect();
        silent.sort_by_cached_key(|e| (std::cmp::Reverse(count[e]), self.name(*e), *e));
        silent
    }

    /// Returns the earlier states of an event that its line does not show, and the last: none where it had only one.
    pub(crate) fn steps<'e>(&self, event: &'e EventRow) -> Vec<&'e Step> {
        let mut steps: Vec<&Step> = Vec::new();
        for step in &event.history {
            if steps.last().is_none_or(|last| last.status != step.status) {
                steps.push(step);
            }
        }
        if steps.len() > 1 { steps } else { Vec::new() }
    }

    /// Returns these states in words: `planned 6 Nov`.
    pub(crate) fn passed(&self, event: &EventRow, year: Option<i16>) -> Vec<String> {
        let day = |s: &Step| s.as_of.as_ref().map(|w| format!(" {}", dates::interval(w, year))).unwrap_or_default();
        self.steps(event).into_iter().map(|s| format!("{}{}", status(s.status), day(s))).collect()
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
    for event in &record.events {
        for story in stories(event.evidence.cites()) {
            rows.get_mut(story).into_iter().for_each(|r| r.events.push(event));
        }
    }
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
