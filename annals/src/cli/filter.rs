//! What the filters share: JSON Lines in, one answer a line out, a bad line answered by its error.

use annals_core::when::Day;
use anyhow::Result;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::io::{BufRead, BufWriter, ErrorKind, Write};

/// Answers each line of standard input, `batch` lines at a time: bounds memory, keeps all cores busy.
///
/// Returns the exit status: 2 if a line could not be handled.
pub(super) fn run<T: DeserializeOwned>(
    batch: usize,
    answer: impl Fn(&Value, T) -> Result<Value, String> + Sync,
) -> Result<u8> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut lines = lines();
    let mut failed = false;
    loop {
        let batch: Vec<Vec<u8>> = lines.by_ref().take(batch).collect::<std::io::Result<_>>()?;
        if batch.is_empty() {
            break;
        }
        let reply = |line: &Vec<u8>| {
            let (id, input) = parse(line)?;
            answer(&id, input).map_err(|error| json!({"id": id, "error": error}))
        };
        let answers: Vec<Result<Value, Value>> = batch.par_iter().map(reply).collect();
        for answer in answers {
            failed |= answer.is_err();
            if !print(&mut out, answer.as_ref().unwrap_or_else(|error| error))? {
                return Ok(status(failed));
            }
        }
    }
    flush(&mut out)?;
    Ok(status(failed))
}

/// Returns the exit status of a filter.
pub(super) fn status(failed: bool) -> u8 {
    if failed { 2 } else { 0 }
}

/// Returns the lines of standard input, which need not be text.
pub(super) fn lines() -> impl Iterator<Item = std::io::Result<Vec<u8>>> {
    std::io::stdin().lock().split(b'\n')
}

/// Returns a line's id and what it asks; what is wrong with it, as the line to answer.
pub(super) fn parse<T: DeserializeOwned>(line: &[u8]) -> Result<(Value, T), Value> {
    let wrong = |id: &Value, error: String| json!({"id": id, "error": error});
    let line: Value =
        serde_json::from_slice(line).map_err(|error| wrong(&Value::Null, format!("not JSON: {error}")))?;
    let id = line.get("id").cloned().unwrap_or(Value::Null);
    let input = T::deserialize(line).map_err(|error| wrong(&id, error.to_string()))?;
    Ok((id, input))
}

/// Returns the day that a line names: `2024-03-25`, a time of that day, or the last day of {"from", "to"}.
pub(super) fn day(value: &Value) -> Option<Day> {
    let text = value.as_str().or_else(|| value.get("to")?.as_str())?;
    text.get(..10)?.parse().ok()
}

/// Prints one line. Returns false when nobody reads on: then there is nothing left to do, and it is no error.
pub(super) fn print(out: &mut impl Write, line: &Value) -> Result<bool> {
    print_line(out, &serde_json::to_string(line)?)
}

/// Prints one line. Returns false when nobody reads on.
pub(super) fn print_line(out: &mut impl Write, text: &str) -> Result<bool> {
    match writeln!(out, "{text}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        done => Ok(done.map(|()| true)?),
    }
}

/// Hands on what was printed.
pub(super) fn flush(out: &mut impl Write) -> Result<()> {
    match out.flush() {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done?),
    }
}
