//! Single files of other formats: PDF, and compressed files.

use super::make::{deflate, gzip, gzip_zeros, pdf, pdf_stream, zstd_run};
use super::{Case, STORY};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "gzip-of-ten-gigabytes-of-zeros",
        make: |size| gzip_zeros(size.of(10_240)),
        says: "failed: cannot be read: grows more than 250 times",
    },
    Case {
        name: "gzip-twenty-deep",
        make: |size| (0..size.of(20)).fold(STORY.as_bytes().to_vec(), |inner, _| gzip(&inner)),
        says: "failed: containers more than 6 deep",
    },
    Case {
        name: "gzip-cut",
        make: |_| {
            let whole = gzip(STORY.as_bytes());
            whole[..whole.len() / 2].to_vec()
        },
        says: "failed: ",
    },
    Case {
        name: "gzip-of-a-wrong-sum",
        make: |_| {
            let mut whole = gzip(STORY.as_bytes());
            let at = whole.len() - 8;
            whole[at] ^= 1;
            whole
        },
        says: "failed: ",
    },
    Case { name: "gzip-magic-alone", make: |_| b"\x1f\x8b\x08".to_vec(), says: "failed: " },
    Case {
        name: "gzip-with-rubbish-behind",
        make: |_| [gzip(STORY.as_bytes()), b"rubbish".to_vec()].concat(),
        says: "",
    },
    Case {
        name: "gzip-of-a-hundred-thousand-empty-members",
        make: |size| [gzip(b"").repeat(size.of(100_000)), gzip(STORY.as_bytes())].concat(),
        says: "",
    },
    Case {
        name: "gzip-header-of-a-megabyte",
        make: |size| [b"\x1f\x8b\x08\x1c\0\0\0\0\0\x03\xff\xff".as_slice(), &vec![b'a'; size.of(1 << 20)]].concat(),
        says: "failed: ",
    },
    Case {
        name: "zstd-of-ten-gigabytes",
        make: |size| zstd_run(0, size.of(10_240), 0x68),
        says: "failed: cannot be read: grows more than 250 times",
    },
    Case { name: "zstd-of-too-large-a-window", make: |_| zstd_run(b'a', 1, 0xf8), says: "failed: " },
    Case { name: "zstd-magic-alone", make: |_| b"\x28\xb5\x2f\xfd".to_vec(), says: "failed: " },
    Case { name: "zstd-of-a-large-window-and-little-in-it", make: |_| zstd_run(b'a', 1, 0x88), says: "" },
    Case { name: "pdf-magic-alone", make: |_| b"%PDF-1.7\n".to_vec(), says: "" },
    Case {
        name: "pdf-cut",
        make: |_| {
            let whole = document(&[], "");
            whole[..whole.len() * 2 / 3].to_vec()
        },
        says: "",
    },
    Case { name: "pdf-sound", make: |_| document(&[], ""), says: "" },
    Case {
        name: "pdf-of-a-wrong-table",
        make: |_| String::from_utf8_lossy(&document(&[], "")).replace("0000000", "9999999").into_bytes(),
        says: "",
    },
    Case { name: "pdf-table-that-follows-itself", make: |_| document(&[], "/Prev 9"), says: "" },
    Case {
        name: "pdf-pages-in-a-circle",
        make: |_| {
            pdf(
                &[
                    CATALOGUE.into(),
                    b"<< /Type /Pages /Count 2 /Kids [2 0 R 3 0 R] >>".to_vec(),
                    b"<< /Type /Pages /Count 1 /Parent 2 0 R /Kids [2 0 R] >>".to_vec(),
                ],
                "",
            )
        },
        says: "",
    },
    Case { name: "pdf-pages-nested", make: |size| nested_pages(size.of(20_000)), says: "" },
    Case {
        name: "pdf-of-a-hundred-thousand-objects",
        make: |size| document(&vec![b"<< /A [1 0 R] >>".to_vec(); size.of(100_000)], ""),
        says: "",
    },
    Case {
        name: "pdf-of-a-million-pages-stated",
        make: |_| {
            pdf(&[CATALOGUE.into(), b"<< /Type /Pages /Count 2147483647 /Kids [3 0 R] >>".to_vec(), PAGE.into()], "")
        },
        says: "",
    },
    Case {
        name: "pdf-of-one-page-ten-thousand-times",
        make: |size| {
            pdf(
                &[
                    CATALOGUE.into(),
                    format!("<< /Type /Pages /Count 9 /Kids [{}] >>", "3 0 R ".repeat(size.of(10_000))).into_bytes(),
                    PAGE.into(),
                    pdf_stream("", CONTENT),
                    FONT.into(),
                ],
                "",
            )
        },
        says: "",
    },
    Case {
        name: "pdf-encrypted",
        make: |_| {
            document(
                &[],
                "/Encrypt << /Filter /Standard /V 1 /R 2 /O (0123456789abcdef0123456789abcdef) /U (0123456789abcdef0123456789abcdef) /P -4 >> /ID [(a) (a)]",
            )
        },
        says: "",
    },
    Case {
        name: "pdf-without-words",
        make: |_| {
            pdf(
                &[
                    CATALOGUE.into(),
                    PAGES.into(),
                    PAGE.into(),
                    pdf_stream("", b"q 612 0 0 792 0 0 cm /Im1 Do Q"),
                    FONT.into(),
                ],
                "",
            )
        },
        says: "",
    },
    Case {
        name: "pdf-stream-that-grows",
        make: |size| {
            pdf(
                &[
                    CATALOGUE.into(),
                    PAGES.into(),
                    PAGE.into(),
                    pdf_stream("/Filter /FlateDecode", &zlib(size.of(4_000))),
                    FONT.into(),
                ],
                "",
            )
        },
        says: "",
    },
    Case {
        name: "pdf-filters-in-filters",
        make: |size| {
            pdf(
                &[
                    CATALOGUE.into(),
                    PAGES.into(),
                    PAGE.into(),
                    pdf_stream(&format!("/Filter [{}]", "/ASCIIHexDecode ".repeat(size.of(10_000))), CONTENT),
                    FONT.into(),
                ],
                "",
            )
        },
        says: "",
    },
    Case {
        name: "pdf-nested-arrays",
        make: |size| document(&[[b"[".repeat(size.of(100_000)), b"]".repeat(size.of(100_000))].concat()], ""),
        says: "",
    },
    Case {
        name: "pdf-states-saved-without-end",
        make: |size| content(&[b"q ".repeat(size.of(1_000_000)), CONTENT.to_vec()].concat()),
        says: "",
    },
    Case {
        name: "pdf-of-a-million-words",
        make: |size| {
            content(
                &[
                    b"BT /F1 10 Tf 72 700 Td ".to_vec(),
                    b"(The quay was closed on Monday.) Tj 0 -12 Td ".repeat(size.of(30_000)),
                    b"ET".to_vec(),
                ]
                .concat(),
            )
        },
        says: "",
    },
    Case {
        name: "pdf-form-that-draws-itself",
        make: |_| {
            document_with(
                "/XObject << /X 4 0 R >>",
                b"/X Do",
                "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 4 0 R >> >>",
            )
        },
        says: "",
    },
    Case {
        name: "pdf-length-that-refers-to-itself",
        make: |_| {
            pdf(
                &[
                    CATALOGUE.into(),
                    PAGES.into(),
                    PAGE.into(),
                    b"<< /Length 4 0 R >>\nstream\nBT (Quay) Tj ET\nendstream".to_vec(),
                    b"5 0 R".to_vec(),
                ],
                "",
            )
        },
        says: "",
    },
    Case {
        name: "pdf-numbers-out-of-range",
        make: |_| {
            content(b"BT /F1 1e999 Tf 99999999999999999999999 -99999999999999999999 Td 1 0 0 0 0 0 Tm (Quay closed) Tj 0 0 0 0 0 0 cm [(Quay) -1e38 (closed)] TJ ET")
        },
        says: "",
    },
];

const CATALOGUE: &[u8] = b"<< /Type /Catalog /Pages 2 0 R >>";
const PAGES: &[u8] = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>";
const PAGE: &[u8] =
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>";
const FONT: &[u8] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
const CONTENT: &[u8] = b"BT /F1 18 Tf 72 720 Td (Quay closed at Sandholm) Tj /F1 10 Tf 0 -40 Td (The quay at Sandholm was closed on Monday after two cranes) Tj 0 -12 Td (collided, the port said, and nobody was hurt.) Tj 0 -30 Td (She counted 14 ships outside the harbour on Tuesday.) Tj ET";

/// Returns a document of one page, with more objects behind its own.
fn document(more: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let own = [CATALOGUE.into(), PAGES.into(), PAGE.into(), pdf_stream("", CONTENT), FONT.into()];
    pdf(&[&own, more].concat(), trailer)
}

fn content(bytes: &[u8]) -> Vec<u8> {
    pdf(&[CATALOGUE.into(), PAGES.into(), PAGE.into(), pdf_stream("", bytes), FONT.into()], "")
}

fn document_with(resources: &str, content: &[u8], dictionary: &str) -> Vec<u8> {
    let page = String::from_utf8_lossy(PAGE).replace("/Font <<", &format!("{resources} /Font <<"));
    pdf(&[CATALOGUE.into(), PAGES.into(), page.into_bytes(), pdf_stream(dictionary, content), FONT.into()], "")
}

fn nested_pages(depth: usize) -> Vec<u8> {
    let node = |n: usize| format!("<< /Type /Pages /Count 1 /Kids [{} 0 R] >>", n + 1).into_bytes();
    let nodes: Vec<Vec<u8>> = std::iter::once(CATALOGUE.into()).chain((2..depth + 2).map(node)).collect();
    pdf(&nodes, "")
}

/// Returns a zlib stream of zeros; its sum is wrong, which readers of PDF forgive.
fn zlib(mebibytes: usize) -> Vec<u8> {
    let body = if mebibytes > 20 { super::make::zeros(mebibytes) } else { deflate(CONTENT) };
    [b"\x78\x9c".as_slice(), &body, &[0; 4]].concat()
}
