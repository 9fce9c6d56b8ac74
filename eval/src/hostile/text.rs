//! Plain text: charsets, characters, lengths.

use super::{Case, STORY};

pub(super) const CASES: &[Case] = &[
    Case { name: "empty", make: |_| Vec::new(), says: "refused: empty file" },
    Case { name: "byte-order-mark-alone", make: |_| b"\xef\xbb\xbf".to_vec(), says: "refused: " },
    Case { name: "byte-order-mark-of-utf16-alone", make: |_| b"\xff\xfe".to_vec(), says: "refused: " },
    Case { name: "utf16-of-odd-length", make: |_| utf16(STORY, &[0x41]), says: "kept: " },
    Case { name: "utf16-lone-surrogates", make: |_| utf16(STORY, &[0x00, 0xd8, 0x20, 0, 0x00, 0xdc]), says: "kept: " },
    Case {
        name: "invalid-utf8",
        make: |_| broken(STORY, &[b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xc0\xaf"]),
        says: "kept: ",
    },
    Case { name: "random-bytes", make: |size| noise(size.of(100_000)), says: "refused: not text" },
    Case {
        name: "wrong-charset-declared",
        make: |_| {
            [
                "<html><head><meta charset=utf-16be><title>Quay</title></head><body><p>".as_bytes(),
                b"The caf\xe9 at Sandholm was closed on Monday after two cranes collided, the port said.",
                b"</p></body></html>",
            ]
            .concat()
        },
        says: "kept: ",
    },
    Case {
        name: "unknown-charset-declared",
        make: |_| {
            b"<html><head><meta charset='x-\x01nothing'><title>Quay</title></head><body><p>The caf\xe9 at Sandholm was closed on Monday after two cranes collided, the port said.</p></body></html>".to_vec()
        },
        says: "kept: ",
    },
    Case {
        name: "escapes-of-iso-2022",
        make: |size| {
            [b"<meta charset=iso-2022-jp><p>".to_vec(), b"\x1b$B\x1b(B\x1b(J".repeat(size.words(100_000)), STORY.into()]
                .concat()
        },
        says: "",
    },
    Case { name: "padded-with-nul", make: |size| [STORY.as_bytes(), &vec![0; size.of(1 << 20)]].concat(), says: "" },
    Case { name: "nul-between-words", make: |_| STORY.replace(' ', "\0").into_bytes(), says: "refused: not text" },
    Case {
        name: "control-characters",
        make: |_| STORY.replace(". ", ".\u{1}\u{7f}\u{85}\u{9b}31m\u{1b}[31m ").into_bytes(),
        says: "kept: ",
    },
    Case {
        name: "ten-megabytes-on-one-line",
        make: |size| {
            "The crews walked out on Monday and 14 ferries stood still, she said. "
                .repeat(size.words(150_000))
                .into_bytes()
        },
        says: "kept: ",
    },
    Case {
        name: "a-megabyte-without-a-space",
        make: |size| ["Quay closed\n\n", &"quayclosed".repeat(size.of(100_000)), "\n"].concat().into_bytes(),
        says: "",
    },
    Case {
        name: "a-hundred-thousand-combining-marks",
        make: |size| {
            format!("{STORY}\nThe quay e{} was closed.\n", "\u{301}\u{323}".repeat(size.of(50_000))).into_bytes()
        },
        says: "kept: ",
    },
    Case {
        name: "zero-width-joiners",
        make: |size| format!("{STORY}\nThe quay {} was closed.\n", "👩\u{200d}".repeat(size.of(50_000))).into_bytes(),
        says: "kept: ",
    },
    Case {
        name: "decompositions-that-grow",
        make: |size| {
            format!("{STORY}\nThe quay {} was closed.\n", "\u{fdfa}\u{1d160}\u{1f81}".repeat(size.of(50_000)))
                .into_bytes()
        },
        says: "kept: ",
    },
    Case {
        name: "bidirectional-overrides",
        make: |size| {
            format!(
                "{STORY}\nThe \u{202e}yauq\u{202c} was {}closed.\n",
                "\u{202e}\u{2066}\u{202d}".repeat(size.of(50_000))
            )
            .into_bytes()
        },
        says: "kept: ",
    },
    Case {
        name: "punctuation-alone",
        make: |size| ".,;:!?“”‘’()[]—– ".repeat(size.words(20_000)).into_bytes(),
        says: "",
    },
    Case { name: "quotation-marks-alone", make: |size| "“‘\"' ".repeat(size.words(50_000)).into_bytes(), says: "" },
    Case {
        name: "quotes-never-closed",
        make: |size| "“The quay was closed, he said, ".repeat(size.words(20_000)).into_bytes(),
        says: "kept: ",
    },
    Case {
        name: "pictographs-alone", make: |size| "🚢🏗️👩‍🔧 ".repeat(size.of(20_000)).into_bytes(), says: ""
    },
    Case {
        name: "capitals-alone",
        make: |size| "THE QUAY AT SANDHOLM WAS CLOSED ON MONDAY. ".repeat(size.words(20_000)).into_bytes(),
        says: "kept: ",
    },
    Case {
        name: "digits-alone",
        make: |size| ["Figures\n\n", &"9".repeat(size.of(1 << 20)), " ships\n"].concat().into_bytes(),
        says: "",
    },
    Case {
        name: "numbers-and-dates-alone",
        make: |size| {
            "31 February 2031, 25:61, 9,999,999,999,999 percent, May 6, ".repeat(size.words(10_000)).into_bytes()
        },
        says: "kept: ",
    },
    Case {
        name: "names-alone",
        make: |size| "Mara Quill of the Sandholm Port Authority and ".repeat(size.words(10_000)).into_bytes(),
        says: "kept: ",
    },
    Case {
        name: "said-she-said-he",
        make: |size| "said that she said that he told her that they said ".repeat(size.words(10_000)).into_bytes(),
        says: "kept: ",
    },
    Case {
        name: "fifty-thousand-lines-and-one",
        make: |size| "Quay closed.\n\n".repeat(size.of(50_001)).into_bytes(),
        says: "refused: more than 50000 paragraphs",
    },
    Case {
        name: "a-million-blank-lines",
        make: |size| ["\n \t\r\n".repeat(size.of(1_000_000)).as_bytes(), STORY.as_bytes()].concat(),
        says: "kept: ",
    },
    Case {
        name: "page-breaks-alone",
        make: |size| ["\u{c}".repeat(size.of(100_000)).as_bytes(), STORY.as_bytes()].concat(),
        says: "kept: ",
    },
    Case {
        name: "page-numbers-alone",
        make: |size| "- 3 -\n\nQuay closed on Monday\n\n".repeat(size.of(20_000)).into_bytes(),
        says: "",
    },
    Case {
        name: "broken-words-on-every-line",
        make: |size| {
            "The quay at Sandholm was closed on Monday after two cranes colli-\nded "
                .repeat(size.words(20_000))
                .into_bytes()
        },
        says: "kept: ",
    },
    Case {
        name: "links-in-markdown",
        make: |size| [STORY, &"[".repeat(size.of(20_000)), &"](x".repeat(size.of(20_000))].concat().into_bytes(),
        says: "kept: ",
    },
    Case {
        name: "marks-of-headings",
        make: |size| [&"#".repeat(size.of(100_000)), " Quay closed\n\n", STORY].concat().into_bytes(),
        says: "kept: ",
    },
];

fn utf16(text: &str, end: &[u8]) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).chain(end.iter().copied()).collect()
}

/// Puts broken bytes between the words, one sort after another.
fn broken(text: &str, odd: &[&[u8]]) -> Vec<u8> {
    text.split_inclusive('.')
        .zip(odd.iter().cycle())
        .flat_map(|(words, odd)| [words.as_bytes(), *odd].concat())
        .collect()
}

/// Returns bytes that look random: the same on every run.
pub(super) fn noise(len: usize) -> Vec<u8> {
    let mut state = 7u64;
    let step = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    (0..len).map(step).collect()
}
