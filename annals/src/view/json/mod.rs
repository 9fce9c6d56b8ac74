//! The record as JSON: the public shapes of `docs/record.schema.json`.
//!
//! Names are promises (see that file): fields may be added, never renamed. Offsets are Unicode code points.

mod check;
mod copies;
mod due;
mod report;
mod said;
pub(crate) mod served;
mod tables;

pub(crate) use check::check;
pub(in crate::view) use copies::{Copy, OriginRow};
pub(crate) use due::due;
pub(crate) use said::{quote_check, said};

use crate::app::brief::{Brief, Entry};
use crate::app::intake;
use annals_core::reading::{Ground, NameKind};
use annals_core::record::{
    Cite, Difference, Effect, Entity, EventRow, Evidence, FigureRow, Follows, Line, Matter, Outcome, Party, Relation,
    Ruling, StatementRow, Step, Story,
};
use annals_core::report::{Report, Source};
use annals_core::text::{CodePoints, Span};
pub(crate) use report::row as report;
pub(in crate::view) use report::{Passage, ReportRow, When};
use report::{SourceJson, interval, source};
use serde::Serialize;
pub(crate) use tables::TABLES;

/// The record.
#[derive(Serialize)]
pub(crate) struct Record<'a> {
    pub(in crate::view) reports: Vec<ReportRow<'a>>,
    pub(in crate::view) copies: Vec<Copy<'a>>,
    pub(in crate::view) origins: Vec<OriginRow>,
    pub(in crate::view) entities: Vec<EntityRow<'a>>,
    pub(in crate::view) statements: Vec<Statement<'a>>,
    pub(in crate::view) events: Vec<Event<'a>>,
    pub(in crate::view) figures: Vec<FigureJson<'a>>,
    pub(in crate::view) differences: Vec<DifferenceRow<'a>>,
    pub(in crate::view) stories: Vec<StoryRow<'a>>,
    pub(in crate::view) ledger: Vec<LedgerRow<'a>>,
    pub(in crate::view) decisions: Vec<DecisionRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
}

#[derive(Serialize)]
pub(in crate::view) struct DecisionRow<'a> {
    pub(in crate::view) line: usize,
    pub(in crate::view) decision: &'static str,
    pub(in crate::view) about: &'static str,
    pub(in crate::view) a: &'a str,
    pub(in crate::view) b: &'a str,
    pub(in crate::view) by: Option<&'a str>,
    pub(in crate::view) when: Option<&'a str>,
    pub(in crate::view) why: Option<&'a str>,
    pub(in crate::view) effect: &'static str,
    pub(in crate::view) note: &'a str,
    pub(in crate::view) entities: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::view) reports: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::view) statements: Vec<String>,
}

#[derive(Serialize)]
pub(in crate::view) struct EntityRow<'a> {
    pub(in crate::view) id: String,
    pub(in crate::view) kind: &'static str,
    pub(in crate::view) name: &'a str,
    pub(in crate::view) aliases: &'a [String],
    pub(in crate::view) roles: &'a [String],
    pub(in crate::view) grounds: &'a [String],
    pub(in crate::view) mentions: Vec<Passage<'a>>,
    pub(in crate::view) evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
pub(in crate::view) struct Statement<'a> {
    pub(in crate::view) id: String,
    pub(in crate::view) report: String,
    pub(in crate::view) speaker: Option<String>,
    pub(in crate::view) speaker_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) ground: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) decided: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) decided_speaker: Option<&'a str>,
    pub(in crate::view) kind: &'static str,
    pub(in crate::view) act: &'static str,
    pub(in crate::view) cue: Option<&'a str>,
    pub(in crate::view) content: Passage<'a>,
    pub(in crate::view) said: Option<When>,
    pub(in crate::view) to: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) within: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) told_by: Option<String>,
    pub(in crate::view) utterance: String,
    pub(in crate::view) origins: u32,
    pub(in crate::view) origins_low: u32,
    pub(in crate::view) origins_high: u32,
    pub(in crate::view) evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
pub(in crate::view) struct Event<'a> {
    pub(in crate::view) id: String,
    pub(in crate::view) kind: &'static str,
    pub(in crate::view) label: &'a str,
    pub(in crate::view) participants: Vec<String>,
    pub(in crate::view) place: Option<String>,
    pub(in crate::view) when: Option<When>,
    pub(in crate::view) status: &'static str,
    pub(in crate::view) history: Vec<StepJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) due: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) outcome: Option<&'static str>,
    pub(in crate::view) origins: u32,
    pub(in crate::view) origins_low: u32,
    pub(in crate::view) origins_high: u32,
    pub(in crate::view) reports: u32,
    pub(in crate::view) outlets: u32,
    pub(in crate::view) evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
pub(in crate::view) struct StepJson<'a> {
    pub(in crate::view) status: &'static str,
    pub(in crate::view) as_of: Option<When>,
    pub(in crate::view) evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
pub(in crate::view) struct FigureJson<'a> {
    pub(in crate::view) id: String,
    #[serde(serialize_with = "number")]
    pub(in crate::view) value: f64,
    #[serde(serialize_with = "number")]
    pub(in crate::view) low: f64,
    #[serde(serialize_with = "number")]
    pub(in crate::view) high: f64,
    pub(in crate::view) modifier: &'static str,
    pub(in crate::view) unit: Option<&'a str>,
    pub(in crate::view) what: Option<&'a str>,
    pub(in crate::view) as_of: Option<When>,
    pub(in crate::view) according_to: Option<String>,
    pub(in crate::view) series: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::view) relation: Option<&'static str>,
    pub(in crate::view) origins: u32,
    pub(in crate::view) origins_low: u32,
    pub(in crate::view) origins_high: u32,
    pub(in crate::view) evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
pub(in crate::view) struct DifferenceRow<'a> {
    pub(in crate::view) kind: &'static str,
    pub(in crate::view) rows: Vec<String>,
    pub(in crate::view) relation: &'static str,
    pub(in crate::view) note: &'a str,
    pub(in crate::view) evidence: Vec<Passage<'a>>,
}

#[derive(Serialize)]
pub(in crate::view) struct StoryRow<'a> {
    pub(in crate::view) id: String,
    pub(in crate::view) title: &'a str,
    pub(in crate::view) reports: Vec<String>,
    pub(in crate::view) origins: u32,
    pub(in crate::view) origins_low: u32,
    pub(in crate::view) origins_high: u32,
    pub(in crate::view) first: Option<String>,
    pub(in crate::view) last: Option<String>,
    pub(in crate::view) timeline: Vec<LineJson<'a>>,
    pub(in crate::view) summary: Vec<Passage<'a>>,
}

#[derive(Serialize)]
pub(in crate::view) struct LineJson<'a> {
    pub(in crate::view) when: Option<When>,
    pub(in crate::view) row: String,
    pub(in crate::view) line: &'a str,
    pub(in crate::view) origins: u32,
    pub(in crate::view) origins_low: u32,
    pub(in crate::view) origins_high: u32,
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
        let outer = self.brief.record.teller(row);
        Statement {
            id: row.id.to_string(),
            report: self.id(row.report),
            speaker: row.speaker.map(|e| self.entity(e)),
            speaker_text: s.source.map(words),
            ground: row.speaker.and(s.ground).filter(|_| row.decided.is_none()).map(Ground::name),
            decided: row.decided.as_ref().map(|d| d.ground.as_str()),
            decided_speaker: row.decided.as_ref().and_then(|d| d.name.as_deref()),
            kind: s.kind.name(),
            act: s.act.name(),
            cue: s.cue.map(words),
            content: self.passage(Cite { report: row.report, span: row.content }),
            said: s.said.as_ref().map(interval),
            to: s.to.map(words),
            within: outer.map(|o| o.id.to_string()),
            told_by: outer.and_then(|o| self.told_by(o)),
            utterance: row.utterance.to_string(),
            origins: row.support.origins,
            origins_low: row.support.bounds.low,
            origins_high: row.support.bounds.high,
            evidence: self.evidence(&row.evidence),
        }
    }

    /// Returns who tells what another is said to have said: an entity's id, else the words as printed.
    fn told_by(&self, outer: &StatementRow) -> Option<String> {
        let member = &self.brief.record.members[outer.report];
        let words =
            member.reading.statements[outer.statement].source.map(|span| member.report.text.get(span).to_owned());
        match &outer.decided {
            Some(decided) => outer.speaker.map(|e| self.entity(e)).or_else(|| decided.name.clone()),
            None => outer.speaker.map(|e| self.entity(e)).or(words),
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
            origins_low: row.support.bounds.low,
            origins_high: row.support.bounds.high,
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
            relation: row.follows.map(Follows::name),
            origins: row.support.origins,
            origins_low: row.support.bounds.low,
            origins_high: row.support.bounds.high,
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
            origins_low: story.bounds.low,
            origins_high: story.bounds.high,
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
            origins_low: line.bounds.low,
            origins_high: line.bounds.high,
        }
    }

    fn decision(&self, ruling: &'a Ruling) -> DecisionRow<'a> {
        let decision = &ruling.decision;
        DecisionRow {
            line: decision.line,
            decision: decision.verdict.name(),
            about: decision.subject().name(),
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
            reports: self.ids(&ruling.reports),
            statements: ruling.statements.iter().map(ToString::to_string).collect(),
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
