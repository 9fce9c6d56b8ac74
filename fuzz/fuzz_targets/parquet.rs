//! Parquet tables: as they are, or with metadata of the length that is stated.

#![no_main]

use annals_fuzz::{check_open, forgive_panics_in, wrap};

libfuzzer_sys::fuzz_target!(init: forgive_panics_in("/parquet-"), |bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    // The bytes of the rows may be given, too: their length in units of 64 bytes.
    let (rows, metadata) = rest.split_at(rest.len().min(usize::from(choice >> 1) * 64));
    match choice % 2 {
        0 => check_open(&[b"PAR1", rest].concat()),
        _ => check_open(&wrap::parquet(&[b"PAR1", rows].concat(), metadata)),
    };
});
