//! What a person said and who carries a quote, as JSON.

use super::{EntityRow, LedgerRow, Shaper, Statement};
use crate::app::brief::Brief;
use crate::app::said::Held;
use crate::view::desk::Desk;
use crate::view::said::{only, utterances, versions};
use annals_core::record::Cite;
use annals_core::record::wording::{Change, Likeness};
use serde::Serialize;

/// The answer of `annals said --json`.
#[derive(Serialize)]
pub(crate) struct SaidJson<'a> {
    people: Vec<Person<'a>>,
    ledger: Vec<LedgerRow<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    entity: EntityRow<'a>,
    said: Vec<UtteranceJson<'a>>,
}

#[derive(Serialize)]
struct UtteranceJson<'a> {
    utterance: String,
    said: Option<super::When>,
    day: Option<String>,
    origins: usize,
    origins_low: u32,
    origins_high: u32,
    /// The outlet that alone carries it.
    only: Option<String>,
    /// The earliest report first.
    versions: Vec<VersionJson<'a>>,
}

#[derive(Serialize)]
struct VersionJson<'a> {
    statement: Statement<'a>,
    #[serde(flatten)]
    wording: WordingJson,
}

/// How a version stands to the words it is held against.
#[derive(Serialize)]
struct WordingJson {
    likeness: Option<&'static str>,
    changes: Vec<ChangeJson>,
}

#[derive(Serialize)]
struct ChangeJson {
    from: String,
    to: String,
}

/// The answer of `annals quote-check --json`.
#[derive(Serialize)]
pub(crate) struct HeldJson<'a> {
    quote: &'a str,
    verdict: &'static str,
    versions: Vec<CarriedJson<'a>>,
    ledger: Vec<LedgerRow<'a>>,
}

#[derive(Serialize)]
struct CarriedJson<'a> {
    #[serde(flatten)]
    wording: WordingJson,
    report: String,
    outlet: String,
    published: Option<super::When>,
    quoted: bool,
    copy: bool,
    statement: Option<Statement<'a>>,
    evidence: Vec<super::Passage<'a>>,
}

fn wording(likeness: Option<Likeness>, changes: Vec<Change>) -> WordingJson {
    let changes = changes.into_iter().map(|c| ChangeJson { from: c.from, to: c.to }).collect();
    WordingJson { likeness: likeness.map(Likeness::name), changes }
}

/// Gives what people said its shape.
pub(crate) fn said<'a>(brief: &'a Brief, bearers: &[usize]) -> SaidJson<'a> {
    let (shaper, desk) = (Shaper::new(brief), Desk::new(brief));
    let one = |said: &crate::view::speech::Utterance<'a>| {
        let told = versions(&desk, said);
        UtteranceJson {
            utterance: said.id.to_string(),
            said: said.said.as_ref().map(super::interval),
            day: said.day.map(|d| d.to_string()),
            origins: said.origins,
            origins_low: said.bounds.low,
            origins_high: said.bounds.high,
            only: if said.origins < 2 { only(&desk, &told) } else { None },
            versions: told
                .into_iter()
                .map(|v| VersionJson { statement: shaper.statement(v.row), wording: wording(v.likeness, v.changes) })
                .collect(),
        }
    };
    let people = bearers.iter().map(|&e| Person {
        entity: shaper.entity_row(&brief.record.entities[e]),
        said: utterances(&desk, e).iter().map(one).collect(),
    });
    SaidJson { people: people.collect(), ledger: brief.ledger.iter().map(|e| shaper.entry(e)).collect() }
}

/// Gives a held quote its shape.
pub(crate) fn quote_check<'a>(brief: &'a Brief, held: &'a Held) -> HeldJson<'a> {
    let (shaper, desk) = (Shaper::new(brief), Desk::new(brief));
    let versions = held.carried.iter().map(|c| {
        let mut rows = brief.record.statements.iter();
        let row = rows.find(|r| r.report == c.report && Some(r.statement) == c.statement);
        CarriedJson {
            wording: wording(Some(c.wording.likeness), c.wording.changes.clone()),
            report: shaper.id(c.report),
            outlet: desk.outlet(c.report),
            published: desk.report(c.report).when().map(super::interval),
            quoted: c.quoted,
            copy: desk.copy_of(c.report).is_some(),
            statement: row.map(|r| shaper.statement(r)),
            evidence: vec![shaper.passage(Cite { report: c.report, span: c.wording.span })],
        }
    });
    HeldJson {
        quote: &held.quote,
        verdict: held.verdict().map_or("absent", |l| l.name()),
        versions: versions.collect(),
        ledger: brief.ledger.iter().map(|e| shaper.entry(e)).collect(),
    }
}
