//! Tape archives whose checksums hold.

#![no_main]

use annals_fuzz::wrap::tar;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drop(annals_fuzz::check_open(&tar(bytes))));
