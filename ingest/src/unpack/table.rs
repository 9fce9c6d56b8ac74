//! Which column of a table holds what: told by the user, else by the names that dumps of news use.

use super::{Place, Trouble, Walk};
use crate::decode::Row;
use serde_json::{Map, Value};

/// What a column can hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Field {
    Id,
    Text,
    Html,
    Title,
    Url,
    Date,
    Author,
    Outlet,
    Language,
}

/// Each field, what users call it, and the names it is looked for under, best first; `_`, `-` and case do not count.
const FIELDS: [(Field, &str, &[&str]); 9] = [
    (Field::Id, "id", &["id", "guid", "uuid", "docid", "articleid"]),
    (
        Field::Text,
        "text",
        &[
            "text",
            "body",
            "content",
            "maintext",
            "articletext",
            "articlebody",
            "article",
            "fulltext",
            "plaintext",
            "story",
        ],
    ),
    (Field::Html, "html", &["html", "rawhtml", "pagehtml", "sourcehtml", "articlehtml", "bodyhtml"]),
    (Field::Title, "title", &["title", "headline", "articletitle"]),
    (Field::Url, "url", &["url", "link", "uri", "canonicalurl", "articleurl", "sourceurl", "permalink"]),
    (
        Field::Date,
        "date",
        &[
            "published",
            "publishedat",
            "datepublish",
            "datepublished",
            "publishdate",
            "publicationdate",
            "pubdate",
            "date",
            "datetime",
            "timestamp",
            "createdat",
            "pubtime",
            "publishtime",
            "ts",
        ],
    ),
    (Field::Author, "author", &["authors", "author", "byline", "creator"]),
    (
        Field::Outlet,
        "outlet",
        &["outlet", "publisher", "publication", "sourcename", "source", "sitename", "sourcedomain", "domain", "site"],
    ),
    (Field::Language, "language", &["language", "lang"]),
];

/// Which columns to take, where the user says so.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Columns {
    named: Vec<(usize, String)>,
}

impl Columns {
    /// Reads `text=body,title=headline,…`: what it is, then the column's name.
    ///
    /// # Errors
    /// A plain reason, when a part is not of that form or names something unknown.
    pub fn parse(map: &str) -> Result<Columns, String> {
        let known = || FIELDS.map(|f| f.1).join(", ");
        let mut named = Vec::new();
        for pair in map.split(',').filter(|p| !p.trim().is_empty()) {
            let (field, column) =
                pair.split_once('=').ok_or_else(|| format!("`{pair}` is not of the form field=column"))?;
            let at = FIELDS.iter().position(|f| f.1 == field.trim());
            let at = at.ok_or_else(|| format!("`{}` is no field: use {}", field.trim(), known()))?;
            named.push((at, column.trim().to_owned()));
        }
        Ok(Columns { named })
    }

    /// Returns the column of a field among the names of a table.
    pub(super) fn column<'n>(&self, field: Field, names: impl Iterator<Item = &'n str> + Clone) -> Option<&'n str> {
        let at = FIELDS.iter().position(|f| f.0 == field)?;
        if let Some((_, column)) = self.named.iter().find(|n| n.0 == at) {
            return names.clone().find(|n| n == column);
        }
        FIELDS[at].2.iter().find_map(|known| names.clone().find(|name| is_called(name, known)))
    }

    /// Says whether rows with these columns are articles: one holds text or a page.
    pub(super) fn has_text<'n>(&self, names: impl Iterator<Item = &'n str> + Clone) -> bool {
        self.column(Field::Text, names.clone()).or_else(|| self.column(Field::Html, names)).is_some()
    }
}

fn is_called(name: &str, known: &str) -> bool {
    let plain = name.bytes().filter(|b| !matches!(b, b'_' | b'-' | b' ')).map(|b| b.to_ascii_lowercase());
    plain.eq(known.bytes())
}

impl Walk<'_> {
    /// Gives one row as a document; `number` names it where it has no id.
    pub(super) fn row(&mut self, row: &Map<String, Value>, number: u64, place: &Place) -> Result<(), Trouble> {
        let names = row.keys().map(String::as_str);
        let value = |field: Field| self.columns.column(field, names.clone()).and_then(|name| row.get(name));
        let word = |field: Field| value(field).and_then(text).filter(|t| !t.trim().is_empty());
        let id = word(Field::Id).unwrap_or_else(|| format!("row {number}"));
        let mut part = place.within(&id);
        let (bytes, content_type) = match (word(Field::Text), word(Field::Html)) {
            (Some(text), _) => (text, None),
            (None, Some(html)) => (html, Some("text/html")),
            (None, None) => return self.lost_part(part.record, "a row without text".into()),
        };
        if bytes.len() as u64 > self.limits.document {
            return self.lost_part(part.record, format!("larger than {}", super::limits::size(self.limits.document)));
        }
        part.url = word(Field::Url).filter(|u| u.contains("://"));
        // Python and JavaScript would have said UTF-8, too; a page's own declaration is of other bytes.
        part.content_type = Some(format!("{}; charset=utf-8", content_type.unwrap_or("text/plain")));
        let authors = match value(Field::Author) {
            Some(Value::Array(all)) => all.iter().filter_map(text).collect(),
            one => one.and_then(text).into_iter().collect(),
        };
        let head = Row {
            title: word(Field::Title),
            date: word(Field::Date),
            authors,
            outlet: word(Field::Outlet),
            language: word(Field::Language),
        };
        self.document(bytes.into_bytes(), part, Some(Box::new(head)))
    }
}

/// Returns a value as text: of an object, its name.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => object.get("name").or_else(|| object.get("$oid")).and_then(text),
        Value::Array(all) => all.first().and_then(text),
        _ => None,
    }
}
