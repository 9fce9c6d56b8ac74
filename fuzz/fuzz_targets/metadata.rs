//! What a page's head says of it: JSON-LD, or any tags.

#![no_main]

use annals_fuzz::wrap::page;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let head = match bytes.first() {
        Some(b'{' | b'[') => [b"<script type=\"application/ld+json\">", bytes, b"</script>"].concat(),
        _ => bytes.to_vec(),
    };
    annals_fuzz::check_decode(&page(&head), Some("text/html; charset=utf-8"));
});
