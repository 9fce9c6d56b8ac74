//! Turns bytes into reports.
//!
//! `decode` is pure and never refuses a text: what went less than well becomes a warning of the report. `source` finds
//! the bytes, `unpack` opens containers. Formats live one to a file behind the table in `decode`.

pub mod decode;
pub mod source;
pub mod unpack;
