//! Reading: names, dates, quotes, figures and events in any text, with and without a day of publication.

#![no_main]

use annals_core::when::When;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let published = ["2031-05-06", "2032-02-29", "0001-01-01", "9999-12-31"].get(usize::from(choice % 8));
    let published = published.and_then(|day| day.parse().ok()).map(When::day);
    annals_fuzz::check_reading(&String::from_utf8_lossy(rest), published.as_ref());
});
