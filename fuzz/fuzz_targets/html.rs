//! Web pages.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| annals_fuzz::check_decode(bytes, Some("text/html")));
