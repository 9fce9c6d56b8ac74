//! Word processors' documents: the bytes, parted by NUL, are the files of a DOCX or an ODT.

#![no_main]

use annals_fuzz::wrap::zip;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let mut parts = rest.split(|b| *b == 0);
    let mut next = || parts.next().unwrap_or(b"");
    let archive = if choice % 2 == 0 {
        zip(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("word/document.xml", next()),
            ("docProps/core.xml", next()),
            ("word/styles.xml", next()),
            ("word/footnotes.xml", next()),
            ("word/comments.xml", next()),
        ])
    } else {
        zip(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", next()),
            ("meta.xml", next()),
            ("styles.xml", next()),
        ])
    };
    annals_fuzz::check_decode(&archive, None);
});
