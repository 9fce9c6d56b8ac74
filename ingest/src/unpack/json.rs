//! JSON: Lines of articles, an array of them, or one. JSON that is no table is left to the formats of single documents.

use super::{Place, Trouble, Walk};
use serde_json::{Map, Value};
use std::io::{BufRead, Read};

impl Walk<'_> {
    pub(super) fn json(&mut self, stream: &mut dyn BufRead, place: Place) -> Result<(), Trouble> {
        let most = self.limits.document;
        let mut line = Vec::new();
        stream.take(most + 1).read_until(b'\n', &mut line)?;
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
            let n = stream.take(most + 1).read_until(b'\n', &mut line)?;
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
                Ok(row) if self.columns.has_text(row.keys().map(String::as_str)) => {
                    self.is_container = true;
                    self.row(&row, number, &place)?;
                }
                Ok(row) => {
                    // The only line of a file is one object: perhaps a feed.
                    let is_alone = number == 1 && stream.fill_buf()?.iter().all(u8::is_ascii_whitespace);
                    if is_alone {
                        return self.one(row, std::mem::take(&mut line), place);
                    }
                    self.is_container = true;
                    self.document(line.clone(), place.within(&number.to_string()), None)?;
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
        // Feeds and ninjs items have decoders of their own, which know more than a row says.
        let is_feed = object.get("version").and_then(Value::as_str).is_some_and(|v| v.contains("jsonfeed.org"));
        let is_news_item = object.contains_key("versioncreated") || object.contains_key("versionCreated");
        if is_feed || is_news_item {
            return self.document(bytes, place, None);
        }
        if self.columns.has_text(object.keys().map(String::as_str)) {
            return self.rows(&[Value::Object(object)], &place);
        }
        let lists = object.values().filter_map(Value::as_array).filter(|rows| self.are_articles(rows));
        match lists.max_by_key(|rows| rows.len()) {
            Some(rows) => self.rows(rows, &place),
            None => self.document(bytes, place, None),
        }
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
        let object = rows.first().and_then(Value::as_object);
        object.is_some_and(|o| self.columns.has_text(o.keys().map(String::as_str)))
    }
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
