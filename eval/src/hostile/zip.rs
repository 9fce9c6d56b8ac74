//! ZIP archives: what they state of themselves is not true, or not harmless.

use super::make::{Entry, deflated, stored, zeros_entry, zip};
use super::{Case, STORY};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "zip-of-a-bomb",
        make: |size| zip(&[zeros_entry("quay.txt", size.of(4_000)), sound()]),
        says: "failed: larger than 64 MiB",
    },
    Case { name: "zip-of-overlapping-entries", make: |size| overlapping(size.of(2_000)), says: "" },
    Case {
        name: "zip-of-a-hundred-thousand-empty-entries",
        make: |size| zip(&(0..size.of(60_000)).map(|n| stored(&format!("{n}"), b"")).collect::<Vec<_>>()),
        says: "",
    },
    Case { name: "zip-entry-that-states-four-gigabytes", make: |_| stating(0xffff_fffe), says: "" },
    Case { name: "zip-entry-that-states-two-to-the-63", make: |_| stating(1 << 63), says: "" },
    Case { name: "zip-entry-that-states-too-little", make: |_| stating(3), says: "" },
    Case {
        name: "zip-of-a-wrong-sum",
        make: |_| zip(&[Entry { crc: 1, ..deflated("quay.txt", STORY.as_bytes()) }, sound()]),
        says: "failed: ",
    },
    Case {
        name: "zip-encrypted",
        make: |_| zip(&[Entry { flags: 1, ..deflated("quay.txt", STORY.as_bytes()) }, sound()]),
        says: "failed: encrypted",
    },
    Case {
        name: "zip-of-an-unknown-method",
        make: |_| {
            zip(&[
                Entry { method: 99, ..stored("quay.txt", STORY.as_bytes()) },
                Entry { method: 12, ..stored("b.txt", STORY.as_bytes()) },
                sound(),
            ])
        },
        says: "failed: cannot be read: compression method not supported: 99",
    },
    Case {
        name: "zip-of-names-that-climb",
        make: |_| {
            zip(&[
                stored("../../../tmp/annals-was-here.txt", STORY.as_bytes()),
                stored("/etc/annals-was-here.txt", STORY.as_bytes()),
                stored("C:\\annals-was-here.txt", STORY.as_bytes()),
            ])
        },
        says: "kept: ",
    },
    Case {
        name: "zip-of-names-that-cannot-be-shown",
        make: |_| {
            zip(&[
                stored("quay\u{1b}[2J\n\r\u{202e}txt.\u{0}exe", STORY.as_bytes()),
                Entry { name: b"\xff\xfe/\xc3".to_vec(), ..stored("", STORY.as_bytes()) },
                stored("", STORY.as_bytes()),
            ])
        },
        says: "kept: ",
    },
    Case {
        name: "zip-of-a-name-of-sixty-kilobytes",
        make: |size| {
            zip(&[
                stored(&"quay/".repeat(size.of(12_000)), STORY.as_bytes()),
                stored(&"a".repeat(size.of(60_000)), STORY.as_bytes()),
            ])
        },
        says: "kept: ",
    },
    Case {
        name: "zip-of-one-name-twice",
        make: |_| {
            zip(&[
                stored("quay.txt", STORY.as_bytes()),
                stored(
                    "quay.txt",
                    b"Quay open at Sandholm\n\nThe quay at Sandholm was opened on Tuesday, the port said.",
                ),
            ])
        },
        says: "kept: ",
    },
    Case {
        name: "zip-directory-that-points-outside",
        make: |_| zip(&[Entry { at: Some(0x7fff_ffff), ..stored("quay.txt", STORY.as_bytes()) }, sound()]),
        says: "failed: ",
    },
    Case {
        name: "zip-directory-that-points-at-itself",
        make: |_| zip(&[sound(), Entry { at: Some(60), ..stored("quay.txt", STORY.as_bytes()) }]),
        says: "failed: ",
    },
    Case {
        name: "zip-count-that-is-too-large",
        make: |_| {
            let mut all = zip(&[sound()]);
            let at = all.len() - 14;
            all[at..at + 4].fill(0xff);
            all
        },
        says: "",
    },
    Case { name: "zip-end-alone", make: |_| zip(&[]), says: "refused: a container of 0 documents" },
    Case { name: "zip-magic-alone", make: |_| b"PK\x03\x04".to_vec(), says: "failed: a damaged ZIP archive" },
    Case {
        name: "zip-cut",
        make: |_| {
            let all = zip(&[sound(), deflated("b.txt", STORY.as_bytes())]);
            all[..all.len() - 30].to_vec()
        },
        says: "failed: a damaged ZIP archive",
    },
    Case {
        name: "zip-twenty-deep",
        make: |size| (0..size.of(20)).fold(STORY.as_bytes().to_vec(), |inner, _| zip(&[stored("inner.zip", &inner)])),
        says: "failed: containers more than 6 deep",
    },
    Case {
        name: "zip-of-many-zips",
        make: |size| {
            zip(&(0..size.of(100))
                .map(|n| stored(&format!("{n}.zip"), &zip(&[zeros_entry("quay.txt", 20)])))
                .collect::<Vec<_>>())
        },
        says: "failed: ",
    },
    Case {
        name: "zip-of-ends-in-its-comment",
        make: |size| {
            let mut all = zip(&[sound()]);
            all.extend(
                b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0".repeat(size.of(3_000)),
            );
            all
        },
        says: "",
    },
];

fn sound() -> Entry {
    deflated("sound.txt", STORY.as_bytes())
}

/// Returns an archive whose first entry states that many bytes.
fn stating(size: u64) -> Vec<u8> {
    let first = deflated("quay.txt", STORY.as_bytes());
    let second = stored("b.txt", STORY.as_bytes());
    zip(&[Entry { sizes: (first.sizes.0, size), ..first }, Entry { sizes: (size, size), ..second }, sound()])
}

/// Returns an archive whose entries are all the same bytes: one MiB that is there once.
fn overlapping(count: usize) -> Vec<u8> {
    let first = zeros_entry("0.txt", 1);
    let more =
        (1..count).map(|n| Entry { at: Some(0), name: format!("{n}.txt").into(), packed: Vec::new(), ..first.clone() });
    zip(&std::iter::once(first.clone()).chain(more).collect::<Vec<_>>())
}
