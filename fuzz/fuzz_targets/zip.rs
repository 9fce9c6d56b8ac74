//! ZIP archives, as they are.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drop(annals_fuzz::check_open(&[b"PK\x03\x04", bytes].concat())));
