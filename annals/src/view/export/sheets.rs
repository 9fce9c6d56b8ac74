//! The record as flat sheets, for spreadsheets and SQL: one a table and one a list of its rows, all passages in one.
//!
//! Groups become columns (`when_from`), lists of words one cell, other lists a sheet of their own that names its row.

use super::schema::{Field, Shape, fields};
use crate::view::json::{Record, TABLES};
use anyhow::Result;
use serde_json::Value;
use std::collections::BTreeMap;

/// What parts the values of a list in one cell.
const BETWEEN: &str = " | ";

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Words.
    Words,
    /// Whole numbers.
    Whole,
    /// Numbers.
    Number,
}

/// A cell.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Cell {
    /// Nothing is known.
    Empty,
    /// Words.
    Words(String),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
}

/// A sheet's name and columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sheet {
    /// Its name: `events`, `events_history`.
    pub(super) name: String,
    /// Its columns: name and what they hold.
    pub(super) columns: Vec<(String, Kind)>,
}

/// What sheets are written to.
pub(super) trait Sink {
    /// Begins a sheet; all are begun before the first row.
    fn sheet(&mut self, sheet: &Sheet) -> Result<()>;
    /// Adds a row to the sheet that was begun as the `sheet`th, from 0.
    fn row(&mut self, sheet: usize, cells: &[Cell]) -> Result<()>;
}

/// Writes all sheets.
pub(super) fn fill(record: &Record<'_>, sink: &mut impl Sink) -> Result<()> {
    let mut sheets = vec![passages()];
    let plans: Vec<Plan> = TABLES.iter().map(|table| Plan::of_table(table, &mut sheets)).collect();
    for one in &sheets {
        sink.sheet(one)?;
    }
    let names = Names::of(record);
    for (table, plan) in TABLES.iter().zip(&plans) {
        for (n, value) in (1..).zip(record.rows(table)) {
            let value = value.value()?;
            let key = value["id"].as_str().map_or(Cell::Whole(n), |id| Cell::Words(id.to_owned()));
            let mut cells = if value["id"].is_string() { Vec::new() } else { vec![key.clone()] };
            plan.read(&value, &mut cells);
            names.tell(table, &value, &mut cells);
            sink.row(plan.sheet, &cells)?;
            plan.lists(&value, &Place { table, key: &key, path: "" }, sink)?;
        }
    }
    Ok(())
}

/// The sheet of all passages: of which row, in which of its lists (`evidence`, `history/2/evidence`), at which place.
fn passages() -> Sheet {
    let columns = [
        ("table", Kind::Words),
        ("row", Kind::Words),
        ("list", Kind::Words),
        ("n", Kind::Whole),
        ("report", Kind::Words),
        ("start", Kind::Whole),
        ("end", Kind::Whole),
        ("exact", Kind::Words),
    ];
    Sheet { name: "passages".into(), columns: columns.map(|(name, kind)| (name.to_owned(), kind)).into() }
}

/// How the rows of a sheet are read from values.
struct Plan {
    sheet: usize,
    columns: Vec<(Vec<String>, Shape)>,
    passages: Vec<Vec<String>>,
    lists: Vec<(Vec<String>, Plan)>,
}

/// Where a list stands: the table, its row, and the path within.
struct Place<'p> {
    table: &'p str,
    key: &'p Cell,
    path: &'p str,
}

impl Plan {
    fn of_table(table: &str, sheets: &mut Vec<Sheet>) -> Plan {
        let fields = fields(table);
        let front = if fields.iter().any(|f| f.name == "id") { vec![] } else { vec![("n".to_owned(), Kind::Whole)] };
        let plan = Plan::of(table, front, &fields, sheets);
        let told = Names::columns(table).into_iter().map(|name| (name, Kind::Words));
        sheets[plan.sheet].columns.extend(told);
        plan
    }

    fn of(name: &str, front: Vec<(String, Kind)>, fields: &[Field], sheets: &mut Vec<Sheet>) -> Plan {
        let sheet = sheets.len();
        sheets.push(Sheet { name: name.to_owned(), columns: front });
        let mut plan = Plan { sheet, columns: Vec::new(), passages: Vec::new(), lists: Vec::new() };
        plan.add(name, fields, &[], sheets);
        plan
    }

    fn add(&mut self, name: &str, fields: &[Field], above: &[String], sheets: &mut Vec<Sheet>) {
        for field in fields {
            let path: Vec<String> = above.iter().chain([&field.name]).cloned().collect();
            let kind = match &field.shape {
                Shape::Group(fields) => {
                    self.add(name, fields, &path, sheets);
                    continue;
                }
                Shape::List(items) if items.is_passage() => {
                    self.passages.push(path);
                    continue;
                }
                Shape::List(items) if let Shape::Group(fields) = &**items => {
                    let front = vec![("parent".to_owned(), Kind::Words), ("n".to_owned(), Kind::Whole)];
                    let list = Plan::of(&format!("{name}_{}", path.join("_")), front, fields, sheets);
                    self.lists.push((path, list));
                    continue;
                }
                Shape::Whole => Kind::Whole,
                Shape::Number => Kind::Number,
                Shape::Words | Shape::List(_) => Kind::Words,
            };
            sheets[self.sheet].columns.push((path.join("_"), kind));
            self.columns.push((path, field.shape.clone()));
        }
    }

    fn read(&self, value: &Value, cells: &mut Vec<Cell>) {
        cells.extend(self.columns.iter().map(|(path, shape)| cell(at(value, path), shape)));
    }

    /// Hands on the rows of the lists in a row.
    fn lists(&self, value: &Value, place: &Place<'_>, sink: &mut impl Sink) -> Result<()> {
        for path in &self.passages {
            for (n, passage) in (1..).zip(list(at(value, path))) {
                let name = format!("{}{}", place.path, path.join("/"));
                let mut cells = vec![Cell::Words(place.table.to_owned()), place.key.clone(), Cell::Words(name)];
                cells.extend([Cell::Whole(n), cell(&passage["report"], &Shape::Words)]);
                cells.extend(["start", "end"].map(|end| cell(&passage[end], &Shape::Whole)));
                cells.push(cell(&passage["exact"], &Shape::Words));
                sink.row(0, &cells)?;
            }
        }
        for (path, plan) in &self.lists {
            for (n, value) in (1..).zip(list(at(value, path))) {
                let mut cells = vec![place.key.clone(), Cell::Whole(n)];
                plan.read(value, &mut cells);
                sink.row(plan.sheet, &cells)?;
                let within = format!("{}{}/{n}/", place.path, path.join("/"));
                plan.lists(value, &Place { path: &within, ..*place }, sink)?;
            }
        }
        Ok(())
    }
}

fn at<'v>(value: &'v Value, path: &[String]) -> &'v Value {
    path.iter().fold(value, |value, name| &value[name.as_str()])
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn cell(value: &Value, shape: &Shape) -> Cell {
    let known = match shape {
        Shape::Whole => value.as_i64().map(Cell::Whole),
        Shape::Number => value.as_i64().map(Cell::Whole).or_else(|| value.as_f64().map(Cell::Number)),
        Shape::List(_) => {
            let words: Vec<&str> = list(value).iter().filter_map(Value::as_str).collect();
            (!words.is_empty()).then(|| Cell::Words(words.join(BETWEEN)))
        }
        _ => value.as_str().map(|words| Cell::Words(words.to_owned())),
    };
    known.unwrap_or(Cell::Empty)
}

/// Names, outlets and addresses behind ids, so that a row can be read by itself.
struct Names<'r> {
    entities: BTreeMap<&'r str, &'r str>,
    reports: BTreeMap<&'r str, [Option<&'r str>; 4]>,
}

/// What is told of the report that a row's first passage stands in.
const REPORT: [&str; 4] = ["outlet", "url", "published_from", "published_to"];

impl<'r> Names<'r> {
    fn of(record: &'r Record<'_>) -> Names<'r> {
        let report = |r: &'r crate::view::json::ReportRow<'_>| {
            let days = r.published.as_ref().map(|p| &p.when);
            [r.outlet, r.url, days.map(|d| d.from.as_str()), days.map(|d| d.to.as_str())]
        };
        Names {
            entities: record.entities.iter().map(|e| (e.id.as_str(), e.name)).collect(),
            reports: record.reports.iter().map(|r| (r.id.as_str(), report(r))).collect(),
        }
    }

    /// Returns the columns that [`Names::tell`] fills: names for ids, the first passage and whose it is.
    fn columns(table: &str) -> Vec<String> {
        let named: &[&str] = match table {
            "events" => &["place_name", "participants_names"],
            "figures" => &["according_to_name"],
            "statements" => &["speaker_name"],
            _ => return Vec::new(),
        };
        let told = REPORT.iter().map(|name| format!("quote_{name}"));
        named.iter().chain(&["quote", "quote_report"]).map(|name| (*name).to_owned()).chain(told).collect()
    }

    fn tell(&self, table: &str, row: &Value, cells: &mut Vec<Cell>) {
        match table {
            "events" => {
                cells.push(self.name(&row["place"]));
                let names: Vec<&str> = list(&row["participants"]).iter().filter_map(|p| self.entity(p)).collect();
                cells.push(words((!names.is_empty()).then(|| names.join(BETWEEN)).as_deref()));
            }
            "figures" => cells.push(self.name(&row["according_to"])),
            "statements" => cells.push(self.name(&row["speaker"])),
            _ => return,
        }
        let first = &row["evidence"][0];
        let report = first["report"].as_str();
        cells.extend([words(first["exact"].as_str()), words(report)]);
        let known = report.and_then(|r| self.reports.get(r)).copied().unwrap_or([None; REPORT.len()]);
        cells.extend(known.map(words));
    }

    /// Returns a name: of an entity, or the words that stand in the place of one.
    fn name(&self, value: &Value) -> Cell {
        words(self.entity(value).or_else(|| value.as_str()))
    }

    fn entity(&self, value: &Value) -> Option<&'r str> {
        self.entities.get(value.as_str()?).copied()
    }
}

fn words(known: Option<&str>) -> Cell {
    known.map_or(Cell::Empty, |words| Cell::Words(words.to_owned()))
}
