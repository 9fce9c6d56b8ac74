//! Statements: text of cues, names and quotation marks of every style, in any order; no words may go to another's paragraph.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| annals_fuzz::check_statements(bytes));
