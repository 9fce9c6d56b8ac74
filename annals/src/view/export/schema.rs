//! The columns of the record's tables and their types, read from the published schema: no table can differ from it.

use serde_json::Value;

const SCHEMA: &str = include_str!("../../../../docs/record.schema.json");

/// What a value is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// A string.
    Words,
    /// A whole number.
    Whole,
    /// Any number.
    Number,
    /// A list of values of one shape.
    List(Box<Shape>),
    /// Named fields.
    Group(Vec<Field>),
}

/// A named value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// What it is.
    pub(super) shape: Shape,
    /// Whether it may be absent or null.
    pub(super) optional: bool,
}

impl Shape {
    /// Says whether it is a passage: a report, two offsets and the words.
    pub(super) fn is_passage(&self) -> bool {
        matches!(self, Shape::Group(fields) if fields.iter().map(|f| f.name.as_str()).eq(["report", "start", "end", "exact"]))
    }
}

/// Returns the fields of a table's rows: those that are always there first, each in the order of the schema.
pub(super) fn fields(table: &str) -> Vec<Field> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap_or_default();
    match shape(&schema, &schema["properties"][table]["items"]).0 {
        Shape::Group(fields) => fields,
        _ => Vec::new(),
    }
}

/// Returns the shape of a part of the schema, and whether it may be null.
fn shape(schema: &Value, part: &Value) -> (Shape, bool) {
    if let Some(name) = part["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/")) {
        return shape(schema, &schema["$defs"][name]);
    }
    if let Some(choices) = part["anyOf"].as_array() {
        let is_null = |c: &&Value| c["type"] == "null";
        let other = choices.iter().find(|c| !is_null(c)).unwrap_or(&Value::Null);
        return (shape(schema, other).0, choices.iter().any(|c| is_null(&c)));
    }
    let types: Vec<&str> = match &part["type"] {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let shape = match types.first().copied() {
        Some("integer") => Shape::Whole,
        Some("number") => Shape::Number,
        Some("array") => Shape::List(Box::new(shape(schema, &part["items"]).0)),
        Some("object") => Shape::Group(group(schema, part)),
        // A list of allowed words bears no type.
        _ => Shape::Words,
    };
    (shape, types.contains(&"null"))
}

fn group(schema: &Value, part: &Value) -> Vec<Field> {
    let Some(properties) = part["properties"].as_object() else { return Vec::new() };
    let required: Vec<&str> = part["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let others = properties.keys().map(String::as_str).filter(|name| !required.contains(name));
    let field = |name: &str| {
        let (shape, nullable) = shape(schema, &properties[name]);
        Field { name: name.to_owned(), shape, optional: nullable || !required.contains(&name) }
    };
    required.iter().copied().chain(others).map(field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::json::TABLES;

    #[test]
    fn every_table_has_columns_and_evidence_is_passages() {
        for table in TABLES {
            assert!(!fields(table).is_empty(), "{table}");
        }
        let events = fields("events");
        let shape = |name: &str| &events.iter().find(|f| f.name == name).unwrap().shape;
        assert!(matches!(shape("evidence"), Shape::List(items) if items.is_passage()));
        assert_eq!(*shape("origins"), Shape::Whole);
        assert_eq!(events[0].name, "id");
    }

    #[test]
    fn what_may_be_null_or_absent_is_optional() {
        let figures = fields("figures");
        let optional: Vec<&str> = figures.iter().filter(|f| f.optional).map(|f| f.name.as_str()).collect();
        assert_eq!(
            optional,
            ["low", "high", "unit", "what", "as_of", "according_to", "origins_high", "origins_low", "relation"]
        );
    }
}
