//! `annals link`: JSON Lines of reports in, how each relates to the others out.

use super::filter;
use annals_core::link::{Arrival, Article, Links, Stream, link};
use annals_core::report::{Credit, CreditKind};
use annals_core::text::Span;
use annals_core::when::Day;
use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufWriter, Write};

/// Reads JSON Lines {"id", "date"?, "title", "text", "source"?} and prints each report's story, and what it was copied from.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Reads everything before it answers. Else each answer depends on the lines before it alone.
    #[arg(long)]
    batch: bool,
}

#[derive(Deserialize)]
struct Input {
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    title: Option<String>,
    text: String,
    #[serde(default)]
    source: Option<String>,
}

/// One report as linking wants it.
struct Line {
    id: Value,
    day: Option<Day>,
    title: String,
    text: String,
    outlet: Option<String>,
    body: Vec<Span>,
    credit: Vec<Credit>,
}

impl Line {
    fn article(&self) -> Article<'_> {
        Article {
            day: self.day,
            title: &self.title,
            text: &self.text,
            body: &self.body,
            outlet: self.outlet.as_deref(),
            credit: &self.credit,
        }
    }
}

pub(super) fn run(args: &Args) -> Result<u8> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let lines = filter::lines();
    let failed = if args.batch { batch(lines, &mut out)? } else { stream(lines, &mut out)? };
    filter::flush(&mut out)?;
    Ok(filter::status(failed))
}

/// Answers each line before the next is read.
fn stream(lines: impl Iterator<Item = std::io::Result<Vec<u8>>>, out: &mut impl Write) -> Result<bool> {
    let mut stream = Stream::new();
    let mut ids: Vec<Value> = Vec::new();
    let mut origins: Vec<Value> = Vec::new();
    let mut failed = false;
    for line in lines {
        let line = read(&line?);
        failed |= line.is_err();
        let answer = match line {
            Ok(line) => arrived(&stream.add(&line.article()), line, &mut ids, &mut origins),
            Err(error) => error,
        };
        if !filter::print(out, &answer)? {
            break;
        }
        filter::flush(out)?;
    }
    Ok(failed)
}

/// Answers one report from what came before it, and remembers its id and origin.
fn arrived(arrival: &Arrival, line: Line, ids: &mut Vec<Value>, origins: &mut Vec<Value>) -> Value {
    ids.push(line.id);
    let of = arrival.matches.first();
    let named = || line.credit.into_iter().next().map(|c| c.name).or(line.outlet).map_or(Value::Null, Value::String);
    origins.push(of.map_or_else(named, |of| origins[of.with].clone()));
    json!({
        "id": ids.last(),
        "story": ids[arrival.story],
        "of": of.map(|m| &ids[m.with]),
        "kind": of.map(|m| m.kind.name()),
        "containment": of.map(|m| share(m.here)),
        "origin": origins.last(),
    })
}

/// Answers when all lines are read.
fn batch(lines: impl Iterator<Item = std::io::Result<Vec<u8>>>, out: &mut impl Write) -> Result<bool> {
    let read: Vec<Result<Line, Value>> = lines.map(|line| Ok(read(&line?))).collect::<std::io::Result<_>>()?;
    let good: Vec<&Line> = read.iter().filter_map(|r| r.as_ref().ok()).collect();
    let articles: Vec<Article<'_>> = good.iter().map(|l| l.article()).collect();
    let mut answers = answers(&good, &link(&articles)).into_iter();
    for line in &read {
        let answer = line.as_ref().map_or_else(Clone::clone, |_| answers.next().unwrap_or(Value::Null));
        if !filter::print(out, &answer)? {
            break;
        }
    }
    Ok(read.iter().any(Result::is_err))
}

fn answers(lines: &[&Line], links: &Links) -> Vec<Value> {
    let mut story = vec![0; lines.len()];
    for reports in &links.stories {
        reports.iter().for_each(|&r| story[r] = reports[0]);
    }
    let mut origin = vec![None; lines.len()];
    for o in &links.origins {
        o.reports.iter().for_each(|&r| origin[r] = o.label.as_deref());
    }
    let mut copy = vec![None; lines.len()];
    links.copies.iter().for_each(|c| copy[c.report] = Some(c));
    (0..lines.len())
        .map(|n| {
            json!({
                "id": lines[n].id,
                "story": lines[story[n]].id,
                "of": copy[n].and_then(|c| c.of).map(|of| &lines[of].id),
                "kind": copy[n].map(|c| c.kind.name()),
                "containment": copy[n].and_then(|c| c.containment).map(share),
                "origin": origin[n],
            })
        })
        .collect()
}

fn share(permille: u16) -> f64 {
    f64::from(permille) / 1000.0
}

fn read(line: &[u8]) -> Result<Line, Value> {
    let (id, input): (Value, Input) = filter::parse(line)?;
    let body = Span::within(&input.text, 0, input.text.len()).into_iter().collect();
    // A day or a time of day: `2024-03-25T18:00:00Z` is of the day it names.
    let day = input.date.as_deref().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
    let credit = credits(&input.text);
    Ok(Line { id, day, title: input.title.unwrap_or_default(), text: input.text, outlet: input.source, body, credit })
}

/// Returns the newsroom that the last lines name as the source of the text: `(NAME)` or `Source: NAME` on a line of its own.
fn credits(text: &str) -> Vec<Credit> {
    let last = text.trim_end().rsplit('\n').map(str::trim).filter(|l| !l.is_empty()).take(3);
    let named = last.filter_map(|line| {
        let bracketed = line.strip_prefix('(').and_then(|l| l.strip_suffix(')'));
        let name = bracketed.or_else(|| line.strip_prefix("Source:")).map(str::trim)?;
        let short = name.split_whitespace().count() <= 4 && name.starts_with(char::is_uppercase);
        let from = name.as_ptr() as usize - text.as_ptr() as usize;
        let span = Span::within(text, from, from + name.len());
        short.then(|| Credit { name: name.to_owned(), kind: CreditKind::Line, span })
    });
    named.take(1).collect()
}
