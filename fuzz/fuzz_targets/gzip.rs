//! Compressed files: gzip and zstd as they are, and whatever lies in a sound gzip file.

#![no_main]

use annals_fuzz::check_open;
use annals_fuzz::wrap::gzip;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    match choice % 4 {
        0 => check_open(&[b"\x1f\x8b\x08", rest].concat()),
        1 => check_open(&[b"\x28\xb5\x2f\xfd", rest].concat()),
        2 => check_open(&gzip(rest)),
        _ => check_open(&gzip(&gzip(rest))),
    };
});
