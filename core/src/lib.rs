//! Reads, links and compiles news reports into a sourced record.
//!
//! Three functions from values to values: [`reading::read`] says what one report says, [`link::link`] how reports
//! relate, [`record::compile`] what a story's reports say together. Nothing here does I/O, asks the time or uses
//! chance; `clippy.toml` beside this crate refuses it.

pub mod lang;
pub mod link;
pub mod packed;
pub mod reading;
pub mod record;
pub mod report;
pub mod text;
pub mod when;
