//! `annals link`: JSON Lines of reports in, how each relates to the others out.

use annals_core::link::{Article, Links, Stream, link};
use annals_core::report::{Credit, CreditKind};
use annals_core::text::Span;
use annals_core::when::Day;
use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, BufWriter, Write};

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
    let lines = std::io::stdin().lock().lines();
    let failed = if args.batch { batch(lines, &mut out)? } else { stream(lines, &mut out)? };
    out.flush()?;
    Ok(if failed { 2 } else { 0 })
}

/// Answers each line before the next is read.
fn stream(lines: impl Iterator<Item = std::io::Result<String>>, out: &mut impl Write) -> Result<bool> {
    let mut stream = Stream::new();
    let mut ids: Vec<Value> = Vec::new();
    let mut origins: Vec<Value> = Vec::new();
    let mut failed = false;
    for line in lines {
        match read(&line?) {
            Ok(line) => {
                let arrival = stream.add(&line.article());
                ids.push(line.id.clone());
                let of = arrival.matches.first();
                origins.push(match of {
                    Some(of) => origins[of.with].clone(),
                    None => {
                        let credited = line.credit.first().map(|c| c.name.clone());
                        credited.or_else(|| line.outlet.clone()).map_or(Value::Null, Value::String)
                    }
                });
                print(
                    out,
                    &json!({
                        "id": line.id,
                        "story": ids[arrival.story],
                        "of": of.map(|m| &ids[m.with]),
                        "kind": of.map(|m| m.kind.name()),
                        "containment": of.map(|m| share(m.here)),
                        "origin": origins[ids.len() - 1],
                    }),
                )?;
            }
            Err(error) => {
                failed = true;
                print(out, &error)?;
            }
        }
        out.flush()?;
    }
    Ok(failed)
}

/// Answers when all lines are read.
fn batch(lines: impl Iterator<Item = std::io::Result<String>>, out: &mut impl Write) -> Result<bool> {
    let read: Vec<Result<Line, Value>> = lines.map(|line| Ok(read(&line?))).collect::<std::io::Result<_>>()?;
    let good: Vec<&Line> = read.iter().filter_map(|r| r.as_ref().ok()).collect();
    let articles: Vec<Article<'_>> = good.iter().map(|l| l.article()).collect();
    let mut answers = answers(&good, &link(&articles)).into_iter();
    let mut failed = false;
    for line in &read {
        match line {
            Ok(_) => print(out, &answers.next().unwrap_or(Value::Null))?,
            Err(error) => {
                failed = true;
                print(out, error)?;
            }
        }
    }
    Ok(failed)
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

fn print(out: &mut impl Write, line: &Value) -> Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")?;
    Ok(())
}

fn share(permille: u16) -> f64 {
    f64::from(permille) / 1000.0
}

fn read(line: &str) -> Result<Line, Value> {
    let line: Value =
        serde_json::from_str(line).map_err(|error| json!({"id": null, "error": format!("not JSON: {error}")}))?;
    let id = line.get("id").cloned().unwrap_or(Value::Null);
    let input = Input::deserialize(&line).map_err(|error| json!({"id": id, "error": error.to_string()}))?;
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
