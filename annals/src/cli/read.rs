//! `annals read`: JSON Lines of texts in, what each says out.

use super::filter;
use annals_core::reading::dates::Anchor;
use annals_core::reading::{Act, Certainty, NameKind, Statement, TimeType, read};
use annals_core::text::{CodePoints, Span, Text};
use annals_core::when::When;
use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};

/// Reads JSON Lines {"id", "text", "title"?, "published"?} and prints what each text says.
#[derive(clap::Args)]
pub(super) struct Args {}

#[derive(Deserialize)]
struct Input {
    text: String,
    /// A day, or what `annals decode` prints: an interval.
    #[serde(default)]
    published: Value,
}

/// Lines read before any is answered.
const BATCH: usize = 256;

pub(super) fn run(_: &Args) -> Result<u8> {
    filter::run(BATCH, |id, input| Ok(reading(id, &input)))
}

fn reading(id: &Value, input: &Input) -> Value {
    let text = Text::verbatim(&input.text);
    let published: Option<When> = filter::day(&input.published).map(When::day);
    let reading = read(&text, published.as_ref());
    let points = CodePoints::new(text.as_str());
    let range = |s: Span| [points.of(s.start()), points.of(s.end())];
    let ranges = |s: &[Span]| s.iter().map(|s| range(*s)).collect::<Vec<_>>();
    let type_of = |kind| match kind {
        NameKind::Person => "PER",
        NameKind::Organization => "ORG",
        NameKind::Place => "LOC",
        NameKind::Other => "OTHER",
    };
    let names = &reading.names;
    let attribution = |s: &Statement| {
        let (content, source, cue) = (ranges(&s.content), ranges(s.source.as_slice()), ranges(s.cue.as_slice()));
        json!({ "content": content, "source": source, "cue": cue, "kind": s.kind.name(), "act": s.act.name() })
    };
    let statements = |which: &dyn Fn(&&Statement) -> bool| -> Vec<Value> {
        reading.statements.iter().filter(which).map(attribution).collect()
    };
    json!({
        "id": id,
        "timexes": reading.times.iter().map(|t| json!({
            "start": range(t.span)[0], "end": range(t.span)[1], "value": t.value,
            "type": match t.kind { TimeType::Date => "DATE", TimeType::Time => "TIME", TimeType::Duration => "DURATION", TimeType::Set => "SET" },
            "from": t.when.as_ref().map(|w| w.from().to_string()), "to": t.when.as_ref().map(|w| w.to().to_string()),
            "anchor": t.anchor.as_ref().map(|a| match a {
                Anchor::Published => json!("published"),
                Anchor::Words(span) => json!({ "start": range(*span)[0], "end": range(*span)[1], "words": text.get(*span) }),
            }),
        })).collect::<Vec<_>>(),
        "entities": names.mentions.iter().filter(|m| m.proper).map(|m| json!({
            "start": range(m.span)[0], "end": range(m.span)[1], "type": type_of(names.names[m.name].kind),
        })).collect::<Vec<_>>(),
        // Each word is attributed once, by who tells it to the outlet; what others are said to have said is given beside it.
        // Where nobody answered there are no words.
        "attributions": statements(&|s| s.within.is_none() && s.act != Act::NoReply),
        "told": statements(&|s| s.within.is_some()),
        "quantities": reading.figures.iter().map(|f| json!({
            "start": range(f.span)[0], "end": range(f.span)[1], "value": f.value, "low": f.low, "high": f.high,
            "modifier": f.modifier.name(), "unit": f.unit_in_words(), "what": f.what.map(|s| text.get(s)),
        })).collect::<Vec<_>>(),
        "events": reading.events.iter().map(|e| json!({
            "start": range(e.trigger)[0], "end": range(e.trigger)[1], "status": e.status.name(),
            "time": if e.future { "FUTURE" } else { "NON_FUTURE" },
            "certainty": match e.certainty { Certainty::Certain => "CERTAIN", Certainty::Probable => "PROBABLE", Certainty::Possible => "POSSIBLE" },
            "polarity": if e.negated { "NEG" } else { "POS" },
        })).collect::<Vec<_>>(),
    })
}
