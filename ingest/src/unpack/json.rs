//! JSON: Lines of articles, an array of them, or one. JSON that is no table is left to the formats of single documents.

use super::{Place, Trouble, Walk};
use crate::decode::record::{self, Row};
use serde_json::{Map, Value};
use std::io::{BufRead, Read};

impl Walk<'_> {
    pub(super) fn json(&mut self, stream: &mut dyn BufRead, place: Place) -> Result<(), Trouble> {
        let most = self.limits.document;
        let mut line = Vec::new();
        stream.take(most.saturating_add(1)).read_until(b'\n', &mut line)?;
        let is_row = serde_json::from_slice::<Map<String, Value>>(bare(&line)).is_ok();
        let mut rest = std::io::Cursor::new(line).chain(stream);
        if is_row {
            return self.lines(&mut rest, place);
        }
        let bytes = self.whole(&mut rest)?;
        match serde_json::from_slice(bare(&bytes)) {
            Ok(Value::Array(rows)) if self.are_articles(&rows) => self.rows(&rows, &place),
            Ok(Value::Object(row)) => self.one(row, bytes, place),
            // Another kind of JSON, or a text that begins with a bracket.
            _ => self.document(bytes, place, None),
        }
    }

    /// Reads JSON Lines.
    fn lines(&mut self, stream: &mut dyn BufRead, place: Place) -> Result<(), Trouble> {
        let most = self.limits.document;
        let mut line = Vec::new();
        let mut number = 0u64;
        loop {
            line.clear();
            let n = stream.take(most.saturating_add(1)).read_until(b'\n', &mut line)?;
            if n == 0 {
                return Ok(());
            }
            number += 1;
            if n as u64 > most {
                self.is_container = true;
                let reason = format!("line {number} is larger than {}", super::limits::size(most));
                self.lost_part(place.record.clone(), reason)?;
                skip_line(stream)?;
                continue;
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<Map<String, Value>>(bare(&line)) {
                Ok(row) => {
                    // The only line of a file is one object: perhaps a feed, or a wrapper.
                    let is_alone = number == 1 && stream.fill_buf()?.iter().all(u8::is_ascii_whitespace);
                    if is_alone {
                        return self.one(row, std::mem::take(&mut line), place);
                    }
                    self.is_container = true;
                    if let Some(kind) = record::row(row.keys().map(String::as_str)) {
                        self.own(kind, &row, &place)?;
                    } else if self.is_article(&row) {
                        self.row(&row, number, &place)?;
                    } else {
                        self.document(line.clone(), place.within(&format!("row {number}")), None)?;
                    }
                }
                Err(error) => {
                    self.is_container = true;
                    self.lost_part(place.record.clone(), format!("line {number} is not a JSON object: {error}"))?;
                }
            }
        }
    }

    /// Reads one object: an article, or a wrapper around a list of them, or something else.
    fn one(&mut self, object: Map<String, Value>, bytes: Vec<u8>, place: Place) -> Result<(), Trouble> {
        if has_own_decoder(&object) {
            return self.document(bytes, place, None);
        }
        if let Some(reports) = record::reports(&object) {
            self.is_container = true;
            return reports.iter().filter_map(Value::as_object).try_for_each(|r| self.own(Row::Report, r, &place));
        }
        if let Some(kind) = record::row(object.keys().map(String::as_str)) {
            self.is_container = true;
            return self.own(kind, &object, &place);
        }
        let mut lists = Vec::new();
        object.values().for_each(|value| self.lists(value, 0, &mut lists));
        if self.is_article(&object) {
            lists.insert(0, vec![Value::Object(object.clone())]);
        }
        match lists.is_empty() {
            true => self.document(bytes, place, None),
            false => self.rows(&lists.concat(), &place),
        }
    }

    /// Gives a row of a record that annals wrote: a report as a document; what is compiled from reports is passed over.
    pub(super) fn own(&mut self, kind: Row, row: &Map<String, Value>, place: &Place) -> Result<(), Trouble> {
        let table = match kind {
            Row::Report => {
                let mut part = place.within(row.get("id").and_then(Value::as_str).unwrap_or_default());
                part.content_type = Some(record::TYPE.to_owned());
                let bytes = serde_json::to_vec(row).map_err(|error| Trouble::Lost(error.to_string()))?;
                return self.document(bytes, part, None);
            }
            Row::Other(table) => table,
        };
        self.pass_over(&format!("rows of a record’s {table}"))
    }

    /// Collects the lists of articles in a value, as wrappers of several kinds hold them.
    fn lists(&self, value: &Value, depth: u8, found: &mut Vec<Vec<Value>>) {
        match value {
            Value::Array(rows) if self.are_articles(rows) => found.push(rows.clone()),
            Value::Object(fields) if depth < 4 => fields.values().for_each(|v| self.lists(v, depth + 1, found)),
            Value::Array(values) if depth < 4 => values.iter().for_each(|v| self.lists(v, depth + 1, found)),
            _ => {}
        }
    }

    fn is_article(&self, object: &Map<String, Value>) -> bool {
        !has_own_decoder(object) && self.columns.has_text(object.keys().map(String::as_str))
    }

    fn rows(&mut self, rows: &[Value], place: &Place) -> Result<(), Trouble> {
        self.is_container = true;
        for (n, row) in (1..).zip(rows) {
            match row {
                Value::Object(row) => self.row(row, n, place)?,
                _ => self.lost_part(place.record.clone(), format!("row {n} is not an object"))?,
            }
        }
        Ok(())
    }

    fn are_articles(&self, rows: &[Value]) -> bool {
        rows.iter().filter_map(Value::as_object).any(|o| self.is_article(o))
    }
}

/// Feeds and ninjs items have decoders of their own, which know more than a row says.
fn has_own_decoder(object: &Map<String, Value>) -> bool {
    let is_feed = object.get("version").and_then(Value::as_str).is_some_and(|v| v.contains("jsonfeed.org"));
    is_feed || object.contains_key("versioncreated") || object.contains_key("versionCreated")
}

fn bare(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn skip_line(stream: &mut dyn BufRead) -> Result<(), Trouble> {
    loop {
        let buffer = stream.fill_buf()?;
        let (len, end) = (buffer.len(), buffer.iter().position(|b| *b == b'\n'));
        stream.consume(end.map_or(len, |n| n + 1));
        if len == 0 || end.is_some() {
            return Ok(());
        }
    }
}
