//! Tables as JSON: what a row gives is decoded, too.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for row in annals_fuzz::check_open(bytes).iter().take(3) {
        annals_fuzz::check_capture(&row.capture());
    }
});
