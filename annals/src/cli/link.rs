//! `annals link`: JSON Lines of reports in, how each relates to the others out.

use super::filter;
use annals_core::link::{Arrival, Article, Change, Read, Stream, epoch};
use annals_core::report::{Credit, CreditKind};
use annals_core::text::Span;
use annals_core::when::Day;
use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

/// Reads JSON Lines {"id", "date"?, "title", "text", "source"?} and prints each report's story, and what it was copied from.
/// Takes what `annals decode` prints, too.
///
/// A long archive can be cut by time. Give each part together with the reports of the 1,096 days before it, and for `--batch`
/// those of the 366 days behind it, and keep the lines of the part's own days: they are those of one run over all. Only
/// names may differ: a story that began before all that goes by its first report within reach, whose line in its own part
/// says which story it is, and a copy of a copy of an older report has the origin of the oldest within reach.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Reads everything before it answers. Else each answer depends on the lines before it alone, and `--changes` tells
    /// what later lines made of it.
    #[arg(long)]
    batch: bool,
    /// Holds answers back so long, and gives them in order of date and id: reports may arrive late by as much.
    #[arg(long, value_name = "DAYS", conflicts_with = "batch")]
    hold: Option<u32>,
    /// Writes which reports turn out to be in another story than was told, as JSON Lines {"id", "from", "to"}. The last line
    /// of an id says what `--batch` would.
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    changes: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Input {
    #[serde(default)]
    date: Value,
    #[serde(default)]
    title: Option<String>,
    text: String,
    #[serde(default)]
    source: Value,
    /// In rows that `annals decode` prints, in the place of `date` and `source`.
    #[serde(default)]
    published: Value,
    #[serde(default)]
    outlet: Value,
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
    let failed = if args.batch { batch(&mut out)? } else { stream(args, &mut out)? };
    filter::flush(&mut out)?;
    Ok(filter::status(failed))
}

/// Lines read at a time, where so many are there: their texts are read by all cores.
const AT_ONCE: usize = 256;

/// Answers each line as soon as it is there, or when it is due, from those that stand before it by day; what it changes for
/// others goes to the log.
fn stream(args: &Args, out: &mut impl Write) -> Result<bool> {
    let create = |path: &PathBuf| File::create(path).with_context(|| format!("cannot write {}", path.display()));
    let mut log = args.changes.as_ref().map(create).transpose()?;
    let mut input = BufReader::with_capacity(1 << 20, std::io::stdin().lock());
    let mut state = State::default();
    let mut held = args.hold.map(Held::new);
    let mut failed = false;
    loop {
        let read: Vec<Result<Line, Value>> = arrived(&mut input)?.par_iter().map(|line| read(line)).collect();
        let end = read.is_empty();
        failed |= read.iter().any(Result::is_err);
        let due = match &mut held {
            Some(held) => held.take(read),
            None => read,
        };
        for answer in state.answers(&due) {
            if !filter::print(out, &answer)? {
                return Ok(failed);
            }
        }
        for change in state.changes() {
            log.as_mut().map_or(Ok(()), |log| writeln!(log, "{change}"))?;
        }
        if end {
            return Ok(failed);
        }
        filter::flush(out)?;
    }
}

/// Waits for a line, and returns it with those that are there already; nothing at the end.
fn arrived(input: &mut BufReader<impl std::io::Read>) -> std::io::Result<Vec<Vec<u8>>> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(lines);
        }
        lines.push(line);
        if lines.len() == AT_ONCE || !input.buffer().contains(&b'\n') {
            return Ok(lines);
        }
    }
}

/// Reports that wait for those that are late.
struct Held {
    days: u32,
    /// The latest day that was met.
    latest: Option<Day>,
    /// By day and id; one without a day stands on the latest before it. Equal ones as they came.
    waiting: BTreeMap<(Option<Day>, String, usize), Line>,
    came: usize,
}

impl Held {
    fn new(days: u32) -> Held {
        Held { days, latest: None, waiting: BTreeMap::new(), came: 0 }
    }

    /// Takes what was read, and returns what is due: all, where nothing was read. What cannot be read is due at once.
    fn take(&mut self, read: Vec<Result<Line, Value>>) -> Vec<Result<Line, Value>> {
        let mut due = Vec::new();
        let end = read.is_empty();
        for line in read {
            match line {
                Ok(line) => {
                    self.latest = self.latest.max(line.day);
                    self.came += 1;
                    self.waiting.insert((line.day.or(self.latest), line.id.to_string(), self.came), line);
                }
                Err(_) => due.push(line),
            }
        }
        let is_due = |day: &Option<Day>| {
            let late = day.zip(self.latest).map(|(day, latest)| (latest - day).get_days());
            end || late.is_some_and(|days| i64::from(days) > i64::from(self.days))
        };
        while self.waiting.first_key_value().is_some_and(|(key, _)| is_due(&key.0)) {
            due.extend(self.waiting.pop_first().map(|(_, line)| Ok(line)));
        }
        due
    }
}

/// What is remembered of the reports that were answered.
#[derive(Default)]
struct State {
    stream: Stream,
    /// Their ids, as JSON.
    ids: Vec<Box<str>>,
    /// The origin of each: a number of `names`.
    origins: Vec<u32>,
    /// The names of origins, as JSON, and their numbers.
    names: Vec<Value>,
    numbers: BTreeMap<String, u32>,
}

impl State {
    /// Answers lines in this order.
    fn answers(&mut self, lines: &[Result<Line, Value>]) -> Vec<Value> {
        let texts = lines.par_iter().map(|line| line.as_ref().map(|line| Stream::read(&line.article())));
        let texts: Vec<Result<Read, &Value>> = texts.collect();
        let mut answers = Vec::with_capacity(lines.len());
        for (line, text) in lines.iter().zip(texts) {
            answers.push(match (line, text) {
                (Ok(line), Ok(text)) => {
                    let arrival = self.stream.add_read(text);
                    self.arrived(&arrival, line)
                }
                (_, Err(error)) | (Err(error), _) => error.clone(),
            });
        }
        answers
    }

    /// Answers one report from what came before it, and remembers its id and origin.
    fn arrived(&mut self, arrival: &Arrival, line: &Line) -> Value {
        let of = arrival.matches.first();
        let origin = match of {
            Some(of) => self.origins[of.with],
            None => self.number(line.credit.first().map(|c| &c.name).or(line.outlet.as_ref()).cloned()),
        };
        self.ids.push(line.id.to_string().into());
        self.origins.push(origin);
        let id = |n: usize| self.id(n);
        json!({
            "id": line.id,
            "story": id(arrival.story),
            "of": of.and_then(|m| id(m.with)),
            "kind": of.map(|m| m.kind.name()),
            "containment": of.map(|m| share(m.here)),
            "origin": self.names[origin as usize],
            "epoch": epoch(),
        })
    }

    fn id(&self, report: usize) -> Option<Value> {
        self.ids.get(report).and_then(|id| serde_json::from_str(id).ok())
    }

    /// Returns what lines changed since this was last asked.
    fn changes(&mut self) -> Vec<Value> {
        let changes = self.stream.take_changes();
        let told = |c: Change| json!({"id": self.id(c.report), "from": self.id(c.from), "to": self.id(c.to)});
        changes.into_iter().map(told).collect()
    }

    fn number(&mut self, name: Option<String>) -> u32 {
        let name = name.map_or(Value::Null, Value::String);
        let next = self.names.len() as u32;
        let number = *self.numbers.entry(name.to_string()).or_insert(next);
        if number == next {
            self.names.push(name);
        }
        number
    }
}

/// Answers when all lines are read, in their order, which story each is in when all is known: what a stream of the same
/// lines in order of date and id has come to when its log is read to the end. A line without a date stands on the latest
/// before it.
fn batch(out: &mut impl Write) -> Result<bool> {
    let lines: Vec<Vec<u8>> = filter::lines().collect::<std::io::Result<_>>()?;
    let read: Vec<Result<Line, Value>> = lines.par_iter().map(|line| read(line)).collect();
    let failed = read.iter().any(Result::is_err);
    let mut order: Vec<(Option<Day>, String, usize)> = Vec::new();
    let mut latest = None;
    for (n, line) in read.iter().enumerate() {
        let (day, id) = line.as_ref().map_or((None, String::new()), |l| (l.day, l.id.to_string()));
        latest = latest.max(day);
        order.push((day.or(latest), id, n));
    }
    order.sort_unstable();
    let mut state = State::default();
    let mut read: Vec<Option<Result<Line, Value>>> = read.into_iter().map(Some).collect();
    let mut answers: Vec<Value> = vec![Value::Null; read.len()];
    for at_once in order.chunks(AT_ONCE) {
        let lines: Vec<Result<Line, Value>> = at_once.iter().filter_map(|o| read[o.2].take()).collect();
        for (o, answer) in at_once.iter().zip(state.answers(&lines)) {
            answers[o.2] = answer;
        }
    }
    // Only what could be read has a place in the stream.
    let arrived = order.iter().map(|o| o.2).filter(|&n| answers[n]["error"].is_null());
    for (report, n) in arrived.collect::<Vec<usize>>().into_iter().enumerate() {
        answers[n]["story"] = state.id(state.stream.story(report)).unwrap_or_default();
    }
    for answer in &answers {
        if !filter::print(out, answer)? {
            break;
        }
    }
    Ok(failed)
}

fn share(permille: u16) -> f64 {
    f64::from(permille) / 1000.0
}

fn read(line: &[u8]) -> Result<Line, Value> {
    let (id, input): (Value, Input) = filter::parse(line)?;
    let body = Span::within(&input.text, 0, input.text.len()).into_iter().collect();
    let day = filter::day(&input.date).or_else(|| filter::day(&input.published));
    let outlet = [input.source, input.outlet].iter().find_map(|o| o.as_str().map(str::to_owned));
    let credit = credits(&input.text);
    Ok(Line { id, day, title: input.title.unwrap_or_default(), text: input.text, outlet, body, credit })
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
