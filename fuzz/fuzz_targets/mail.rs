//! E-mails: the bytes follow two lines that show a head.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    annals_fuzz::check_decode(
        &[b"Message-ID: <1@bay.example>\r\nFrom: Ida Roe <roe@bay.example>\r\n", bytes].concat(),
        None,
    );
});
