//! The record as JSON: the public shapes of `docs/record.schema.json`.
//!
//! Names are promises (see that file): fields may be added, never renamed. Offsets are Unicode code points.

mod check;
mod due;
mod report;
mod said;

pub(crate) use check::check;
pub(crate) use due::due;
pub(crate) use said::{quote_check, said};

use crate::app::brief::{Brief, Entry};
use crate::app::intake;
use annals_core::link::CopyOf;
use annals_core::reading::{Ground, NameKind};
use annals_core::record::{
    Cite, Difference, Effect, Entity, EventRow, Evidence, FigureRow, Line, Matter, Outcome, Party, Relation, Ruling,
    StatementRow, Step, Story,
};
use annals_core::report::{Report, Source};
use annals_core::text::{CodePoints, Span};
pub(crate) use report::row as report;
use report::{Passage, ReportRow, SourceJson, When, interval, source};
use serde::Serialize;

/// The record.
#[derive(Serialize)]
pub(crate) struct Record<'a> {
    reports: Vec<ReportRow<'a>>,
    copies: Vec<Copy<'a>>,
    origins: Vec<OriginRow>,
    entities: Vec<EntityRow<'a>>,
    statements: Vec<Statement<'a>>,
    events: Vec<Event<'a>>,
    figures: Vec<FigureJson<'a>>,
    differences: Vec<DifferenceRow<'a>>,
    stories: Vec<StoryRow<'a>>,
    ledger: Vec<LedgerRow<'a>>,
    decisions: Vec<DecisionRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
}

#[derive(Serialize)]
struct DecisionRow<'a> {
    line: usize,
    decision: &'static str,
    a: &'a str,
    b: &'a str,
    by: Option<&'a str>,
    when: Option<&'a str>,
    why: Option<&'a str>,
    effect: &'static str,
    note: &'a str,
    entities: Vec<String>,
}

#[derive(Serialize)]
struct Copy<'a> {
    report: String,
    of: Option<String>,
    origin: Option<&'a str>,
    kind: &'static str,
    containment: Option<f64>,
    evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct OriginRow {
    id: String,
    label: String,
    reports: Vec<String>,
}

#[derive(Serialize)]
struct EntityRow<'a> {
    id: String,
    kind: &'static str,
    name: &'a str,
    aliases: &'a [String],
    roles: &'a [String],
    grounds: &'a [String],
    mentions: Vec<Passage<'a>>,
    evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct Statement<'a> {
    id: String,
    report: String,
    speaker: Option<String>,
    speaker_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<&'static str>,
    kind: &'static str,
    cue: Option<&'a str>,
    content: Passage<'a>,
    said: Option<When>,
    to: Option<&'a str>,
    utterance: String,
    origins: u32,
    evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct Event<'a> {
    id: String,
    kind: &'static str,
    label: &'a str,
    participants: Vec<String>,
    place: Option<String>,
    when: Option<When>,
    status: &'static str,
    history: Vec<StepJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    origins: u32,
    reports: u32,
    outlets: u32,
    evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    status: &'static str,
    as_of: Option<When>,
    evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct FigureJson<'a> {
    id: String,
    #[serde(serialize_with = "number")]
    value: f64,
    #[serde(serialize_with = "number")]
    low: f64,
    #[serde(serialize_with = "number")]
    high: f64,
    modifier: &'static str,
    unit: Option<&'a str>,
    what: Option<&'a str>,
    as_of: Option<When>,
    according_to: Option<String>,
    series: String,
    origins: u32,
    evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct DifferenceRow<'a> {
    kind: &'static str,
    rows: Vec<String>,
    relation: &'static str,
    note: &'a str,
    evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct StoryRow<'a> {
    id: String,
    title: &'a str,
    reports: Vec<String>,
    origins: u32,
    first: Option<String>,
    last: Option<String>,
    timeline: Vec<LineJson<'a>>,
    summary: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct LineJson<'a> {
    when: Option<When>,
    row: String,
    line: &'a str,
    origins: u32,
}

#[derive(Serialize)]
pub(crate) struct LedgerRow<'a> {
    source: SourceJson<'a>,
    outcome: &'static str,
    reports: Vec<String>,
    reason: &'a str,
}

/// Returns the record in its public shape. Reports, entities and rows are sorted by id; timelines and histories by time.
pub(crate) fn record(brief: &Brief) -> Record<'_> {
    let shaper = Shaper::new(brief);
    let record = &brief.record;
    Record {
        reports: (0..record.members.len()).map(|n| shaper.report(n)).collect(),
        copies: record.links.copies.iter().map(|c| shaper.copy(c)).collect(),
        origins: sorted(shaper.origins(), |o| o.id.clone()),
        entities: sorted(shaper.entities(), |e| e.id.clone()),
        statements: sorted(record.statements.iter().map(|s| shaper.statement(s)).collect(), |s| s.id.clone()),
        events: sorted(record.events.iter().map(|e| shaper.event(e)).collect(), |e| e.id.clone()),
        figures: sorted(record.figures.iter().map(|f| shaper.figure(f)).collect(), |f| f.id.clone()),
        differences: record.differences.iter().map(|d| shaper.difference(d)).collect(),
        stories: record.stories.iter().map(|s| shaper.story(s)).collect(),
        ledger: brief.ledger.iter().map(|e| shaper.entry(e)).collect(),
        decisions: record.rulings.iter().map(|r| shaper.decision(r)).collect(),
        as_of: brief.as_of.map(|day| day.to_string()),
    }
}

fn sorted<T>(mut rows: Vec<T>, by: impl Fn(&T) -> String) -> Vec<T> {
    rows.sort_by_cached_key(by);
    rows
}

/// Turns rows into shapes.
struct Shaper<'a> {
    brief: &'a Brief,
    points: Vec<CodePoints<'a>>,
}

impl<'a> Shaper<'a> {
    fn new(brief: &'a Brief) -> Shaper<'a> {
        let points = brief.record.members.iter().map(|m| CodePoints::new(m.report.text.as_str())).collect();
        Shaper { brief, points }
    }

    fn report(&self, n: usize) -> ReportRow<'a> {
        report::row(self.of(n), &self.points[n])
    }

    fn of(&self, report: usize) -> &'a Report {
        &self.brief.record.members[report].report
    }

    fn id(&self, report: usize) -> String {
        self.of(report).id.to_string()
    }

    fn ids(&self, reports: &[usize]) -> Vec<String> {
        reports.iter().map(|&r| self.id(r)).collect()
    }

    fn exact(&self, cite: Cite) -> &'a str {
        self.of(cite.report).text.get(cite.span)
    }

    fn passage(&self, cite: Cite) -> Passage<'a> {
        report::passage(self.of(cite.report), &self.points[cite.report], cite.span)
    }

    fn passages(&self, report: usize, spans: &[Span]) -> Vec<Passage<'a>> {
        spans.iter().map(|&span| self.passage(Cite { report, span })).collect()
    }

    fn evidence(&self, evidence: &Evidence) -> Vec<Passage<'a>> {
        evidence.cites().iter().map(|&c| self.passage(c)).collect()
    }

    fn entity(&self, entity: usize) -> String {
        self.brief.record.entities[entity].id.to_string()
    }

    fn copy(&self, copy: &'a CopyOf) -> Copy<'a> {
        let mut evidence = self.passages(copy.report, &copy.credits);
        for shared in &copy.passages {
            evidence.push(self.passage(Cite { report: copy.report, span: shared.here }));
            evidence.extend(copy.of.map(|report| self.passage(Cite { report, span: shared.there })));
        }
        Copy {
            report: self.id(copy.report),
            of: copy.of.map(|of| self.id(of)),
            origin: copy.origin.as_deref(),
            kind: copy.kind.name(),
            containment: copy.containment.map(|c| f64::from(c) / 1000.0),
            evidence,
        }
    }

    fn origins(&self) -> Vec<OriginRow> {
        let origins = self.brief.record.links.origins.iter();
        origins
            .map(|o| {
                let first = self.of(o.reports[0]);
                let mut reports = self.ids(&o.reports);
                reports.sort_unstable();
                OriginRow {
                    id: format!("o-{}", &reports[0][..16]),
                    label: o.label.clone().unwrap_or_else(|| first.outlet_or_source().to_owned()),
                    reports,
                }
            })
            .collect()
    }

    fn entities(&self) -> Vec<EntityRow<'a>> {
        self.brief.record.entities.iter().map(|e| self.entity_row(e)).collect()
    }

    fn entity_row(&self, e: &'a Entity) -> EntityRow<'a> {
        EntityRow {
            id: e.id.to_string(),
            kind: match e.kind {
                NameKind::Person => "person",
                NameKind::Organization => "organization",
                NameKind::Place => "place",
                NameKind::Other => "other",
            },
            name: &e.name,
            aliases: &e.aliases,
            roles: &e.roles,
            grounds: &e.grounds,
            mentions: e.mentions.iter().map(|&c| self.passage(c)).collect(),
            evidence: self.evidence(&e.evidence),
        }
    }

    fn statement(&self, row: &'a StatementRow) -> Statement<'a> {
        let member = &self.brief.record.members[row.report];
        let s = &member.reading.statements[row.statement];
        let words = |span: Span| member.report.text.get(span);
        Statement {
            id: row.id.to_string(),
            report: self.id(row.report),
            speaker: row.speaker.map(|e| self.entity(e)),
            speaker_text: s.source.map(words),
            ground: row.speaker.and(s.ground).map(Ground::name),
            kind: s.kind.name(),
            cue: s.cue.map(words),
            content: self.passage(Cite { report: row.report, span: row.content }),
            said: s.said.as_ref().map(interval),
            to: s.to.map(words),
            utterance: row.utterance.to_string(),
            origins: row.support.origins,
            evidence: self.evidence(&row.evidence),
        }
    }

    fn event(&self, row: &'a EventRow) -> Event<'a> {
        let mut participants: Vec<String> = row.participants.iter().map(|&e| self.entity(e)).collect();
        participants.sort_unstable();
        Event {
            id: row.id.to_string(),
            kind: row.kind,
            label: self.exact(row.label),
            participants,
            place: row.place.map(|e| self.entity(e)),
            when: row.when.as_ref().map(interval),
            status: row.status.name(),
            history: row.history.iter().map(|step| self.step(step)).collect(),
            due: row.due.as_ref().map(interval),
            outcome: row.outcome.map(|o| match o {
                Outcome::Kept => "kept",
                Outcome::Missed => "missed",
                Outcome::Open => "open",
            }),
            origins: row.support.origins,
            reports: row.support.reports,
            outlets: row.support.outlets,
            evidence: self.evidence(&row.evidence),
        }
    }

    fn step(&self, step: &'a Step) -> StepJson<'a> {
        StepJson {
            status: step.status.name(),
            as_of: step.as_of.as_ref().map(interval),
            evidence: self.evidence(&step.evidence),
        }
    }

    fn figure(&self, row: &'a FigureRow) -> FigureJson<'a> {
        let member = &self.brief.record.members[row.report];
        let f = &member.reading.figures[row.figure];
        FigureJson {
            id: row.id.to_string(),
            value: f.value,
            low: f.low,
            high: f.high,
            modifier: f.modifier.name(),
            unit: f.unit.as_deref(),
            what: f.what.map(|span| member.report.text.get(span)),
            as_of: f.as_of.as_ref().map(interval),
            according_to: row.according_to.as_ref().map(|party| match party {
                Party::Entity(e) => self.entity(*e),
                Party::Words(cite) => self.exact(*cite).to_owned(),
            }),
            series: row.series.to_string(),
            origins: row.support.origins,
            evidence: self.evidence(&row.evidence),
        }
    }

    fn difference(&self, d: &'a Difference) -> DifferenceRow<'a> {
        DifferenceRow {
            kind: match d.kind {
                Matter::Figure => "figure",
                Matter::Date => "date",
                Matter::Status => "status",
                Matter::Name => "name",
            },
            rows: d.rows.iter().map(ToString::to_string).collect(),
            relation: match d.relation {
                Relation::Contradict => "contradict",
                Relation::Update => "update",
                Relation::Narrower => "narrower",
            },
            note: &d.note,
            evidence: self.evidence(&d.evidence),
        }
    }

    fn story(&self, story: &'a Story) -> StoryRow<'a> {
        let mut reports = self.ids(&story.reports);
        reports.sort_unstable();
        StoryRow {
            id: story.id.to_string(),
            title: self.exact(story.title),
            reports,
            origins: story.origins,
            first: story.first.map(|d| d.to_string()),
            last: story.last.map(|d| d.to_string()),
            timeline: story.timeline.iter().map(|line| self.line(line)).collect(),
            summary: story.summary.iter().map(|&c| self.passage(c)).collect(),
        }
    }

    fn line(&self, line: &'a Line) -> LineJson<'a> {
        LineJson {
            when: line.when.as_ref().map(interval),
            row: line.row.to_string(),
            line: self.exact(line.line),
            origins: line.origins,
        }
    }

    fn decision(&self, ruling: &'a Ruling) -> DecisionRow<'a> {
        let decision = &ruling.decision;
        DecisionRow {
            line: decision.line,
            decision: if decision.same { "same" } else { "not-same" },
            a: &decision.a,
            b: &decision.b,
            by: decision.by.as_deref(),
            when: decision.when.as_deref(),
            why: decision.why.as_deref(),
            effect: match ruling.effect {
                Effect::Holds => "holds",
                Effect::Waits => "waits",
                Effect::Overruled => "overruled",
                Effect::Impossible => "impossible",
            },
            note: &ruling.note,
            entities: ruling.entities.iter().map(|&e| self.entity(e)).collect(),
        }
    }

    fn entry(&self, entry: &'a Entry) -> LedgerRow<'a> {
        ledger_row(&entry.source, entry.outcome, self.ids(&entry.reports), &entry.reason)
    }
}

/// Returns a row of the ledger.
pub(crate) fn ledger_row<'a>(
    from: &'a Source,
    outcome: intake::Outcome,
    reports: Vec<String>,
    reason: &'a str,
) -> LedgerRow<'a> {
    LedgerRow { source: source(from), outcome: outcome.name(), reports, reason }
}

/// Prints whole numbers without a fraction: `3400`, not `3400.0`. The limit is where every whole number is exact.
fn number<S: serde::Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.trunc().total_cmp(value).is_eq() && value.abs() <= EXACT {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}
