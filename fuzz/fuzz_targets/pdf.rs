//! PDF files.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| annals_fuzz::check_decode(&[b"%PDF-1.7\n", bytes].concat(), None));
