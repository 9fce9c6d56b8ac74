//! Feeds: the bytes stand in an RSS channel, or behind the beginning of an Atom feed.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let root: &[u8] = if bytes.first() == Some(&b'A') { b"<feed " } else { b"<rss version=\"2.0\"><channel>" };
    annals_fuzz::check_decode(&[root, bytes].concat(), None);
});
