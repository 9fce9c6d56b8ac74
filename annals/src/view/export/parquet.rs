//! Tables in Parquet: columns nested as in the record, types from its schema, compressed with zstd.
//!
//! Lists have the three levels of the format's own page on logical types, so every reader finds them.

use super::schema::{Field, Shape, fields};
use crate::view::json::Record;
use anyhow::Result;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use serde_json::Value;
use std::io::Write;
use std::sync::Arc;

/// Rows and bytes of a row group at most: what a reader must hold at once. guess: small beside any memory.
const GROUP_ROWS: usize = 20_000;
const GROUP_BYTES: usize = 32 << 20;

/// Writes a table.
pub(crate) fn write(record: &Record<'_>, table: &str, out: impl Write + Send) -> Result<()> {
    let fields = fields(table);
    let columns: Vec<TypePtr> = fields.iter().map(field).collect::<Result<_>>()?;
    let schema = Arc::new(Type::group_type_builder("schema").with_fields(columns).build()?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_created_by(concat!("annals ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    let mut leaves = empty(&fields);
    let (mut rows, mut bytes) = (0, 0);
    for row in record.rows(table) {
        let row = row.value()?;
        let mut at = 0;
        for field in &fields {
            bytes += shred(field, row.get(&field.name), Level::default(), &mut leaves, &mut at);
        }
        rows += 1;
        if rows >= GROUP_ROWS || bytes >= GROUP_BYTES {
            flush(&mut writer, std::mem::replace(&mut leaves, empty(&fields)))?;
            (rows, bytes) = (0, 0);
        }
    }
    if rows > 0 {
        flush(&mut writer, leaves)?;
    }
    writer.close()?;
    Ok(())
}

/// Returns a field's type.
fn field(field: &Field) -> Result<TypePtr> {
    let repetition = if field.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    typed(&field.name, &field.shape, repetition)
}

fn typed(name: &str, shape: &Shape, repetition: Repetition) -> Result<TypePtr> {
    let primitive = |physical, logical| {
        Type::primitive_type_builder(name, physical).with_repetition(repetition).with_logical_type(logical).build()
    };
    let group = |fields, logical| {
        Type::group_type_builder(name)
            .with_repetition(repetition)
            .with_logical_type(logical)
            .with_fields(fields)
            .build()
    };
    let built = match shape {
        Shape::Words => primitive(Physical::BYTE_ARRAY, Some(LogicalType::String))?,
        Shape::Whole => primitive(Physical::INT64, None)?,
        Shape::Number => primitive(Physical::DOUBLE, None)?,
        Shape::Group(fields) => group(fields.iter().map(field).collect::<Result<_>>()?, None)?,
        Shape::List(items) => {
            let element = typed("element", items, Repetition::REQUIRED)?;
            let list = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
            group(vec![Arc::new(list.with_fields(vec![element]).build()?)], Some(LogicalType::List))?
        }
    };
    Ok(Arc::new(built))
}

/// The values of one column, each with how much of its path is there and where it repeats.
struct Leaf {
    values: Values,
    definition: Vec<i16>,
    repetition: Vec<i16>,
}

enum Values {
    Words(Vec<ByteArray>),
    Whole(Vec<i64>),
    Number(Vec<f64>),
}

/// Returns the columns of some fields, depth first, without values.
fn empty(fields: &[Field]) -> Vec<Leaf> {
    fn add(shape: &Shape, leaves: &mut Vec<Leaf>) {
        let values = match shape {
            Shape::Group(fields) => return fields.iter().for_each(|f| add(&f.shape, leaves)),
            Shape::List(items) => return add(items, leaves),
            Shape::Words => Values::Words(Vec::new()),
            Shape::Whole => Values::Whole(Vec::new()),
            Shape::Number => Values::Number(Vec::new()),
        };
        leaves.push(Leaf { values, definition: Vec::new(), repetition: Vec::new() });
    }
    let mut leaves = Vec::new();
    fields.iter().for_each(|f| add(&f.shape, &mut leaves));
    leaves
}

/// Where a value stands: how many optional and repeated steps lead to it, how many of those repeat, and which of them
/// begins anew with it.
#[derive(Clone, Copy, Default)]
struct Level {
    definition: i16,
    depth: i16,
    repetition: i16,
}

/// Adds a field's value to its columns, from `at` on; returns its bytes.
fn shred(field: &Field, value: Option<&Value>, level: Level, leaves: &mut [Leaf], at: &mut usize) -> usize {
    match value.filter(|v| !v.is_null()) {
        Some(value) => {
            let definition = level.definition + i16::from(field.optional);
            present(&field.shape, value, Level { definition, ..level }, leaves, at)
        }
        None => absent(&field.shape, level, leaves, at),
    }
}

fn present(shape: &Shape, value: &Value, level: Level, leaves: &mut [Leaf], at: &mut usize) -> usize {
    match shape {
        Shape::Group(fields) => fields.iter().map(|f| shred(f, value.get(&f.name), level, leaves, at)).sum(),
        Shape::List(items) => {
            let Some(values) = value.as_array().filter(|v| !v.is_empty()) else {
                return absent(shape, level, leaves, at);
            };
            let start = *at;
            let mut within = Level { definition: level.definition + 1, depth: level.depth + 1, ..level };
            let mut bytes = 0;
            for value in values {
                *at = start;
                bytes += present(items, value, within, leaves, at);
                within.repetition = within.depth;
            }
            bytes
        }
        _ => {
            let leaf = &mut leaves[*at];
            leaf.stand(level);
            *at += 1;
            match &mut leaf.values {
                Values::Words(values) => {
                    let words = value.as_str().unwrap_or_default();
                    values.push(words.into());
                    words.len()
                }
                Values::Whole(values) => {
                    values.push(value.as_i64().unwrap_or_default());
                    8
                }
                Values::Number(values) => {
                    values.push(value.as_f64().unwrap_or_default());
                    8
                }
            }
        }
    }
}

/// Says in each column of a value that is not there how far its path goes.
fn absent(shape: &Shape, level: Level, leaves: &mut [Leaf], at: &mut usize) -> usize {
    match shape {
        Shape::Group(fields) => fields.iter().for_each(|f| {
            absent(&f.shape, level, leaves, at);
        }),
        Shape::List(items) => {
            absent(items, level, leaves, at);
        }
        _ => {
            leaves[*at].stand(level);
            *at += 1;
        }
    }
    0
}

impl Leaf {
    fn stand(&mut self, level: Level) {
        self.definition.push(level.definition);
        self.repetition.push(level.repetition);
    }
}

fn flush<W: Write + Send>(writer: &mut SerializedFileWriter<W>, leaves: Vec<Leaf>) -> Result<()> {
    let mut group = writer.next_row_group()?;
    for leaf in leaves {
        let Some(mut column) = group.next_column()? else { break };
        let (definition, repetition) = (Some(leaf.definition.as_slice()), Some(leaf.repetition.as_slice()));
        match &leaf.values {
            Values::Words(v) => column.typed::<ByteArrayType>().write_batch(v, definition, repetition)?,
            Values::Whole(v) => column.typed::<Int64Type>().write_batch(v, definition, repetition)?,
            Values::Number(v) => column.typed::<DoubleType>().write_batch(v, definition, repetition)?,
        };
        column.close()?;
    }
    group.close()?;
    Ok(())
}
