//! Mailboxes.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for letter in annals_fuzz::check_open(&[b"From x Mon May  5 10:00:00 2031\n", bytes].concat()).iter().take(3) {
        annals_fuzz::check_capture(&letter.capture());
    }
});
