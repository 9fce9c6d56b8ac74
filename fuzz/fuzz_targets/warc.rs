//! Web archives and the HTTP answers in them: the first byte chooses which of the two the bytes are.

#![no_main]

use annals_fuzz::check_open;
use annals_fuzz::wrap::{gzip, record};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let answer = |encoding: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {encoding}\r\n\r\n");
        record(&[head.as_bytes(), body].concat())
    };
    match choice % 8 {
        0 => check_open(&[b"WARC/1.0\r\n", rest].concat()),
        1 => check_open(&[&gzip(&[b"WARC/1.0\r\n", rest].concat())[..], rest].concat()),
        2 => check_open(&record(rest)),
        3 => check_open(&record(&[b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", rest].concat())),
        4 => check_open(&answer("gzip", rest)),
        5 => check_open(&answer("deflate", rest)),
        6 => check_open(&answer("br", rest)),
        _ => check_open(&answer("zstd", rest)),
    };
});
