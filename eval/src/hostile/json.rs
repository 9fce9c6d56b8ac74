//! Tables: JSON Lines, arrays, feeds as JSON, Parquet.

use super::Case;
use super::make::parquet_table;

pub(super) const CASES: &[Case] = &[
    Case {
        name: "jsonl-line-above-the-limit",
        make: |size| {
            [
                row("short").as_bytes(),
                b"{\"text\":\"",
                &vec![b'a'; size.of(100 << 20)],
                b"\"}\n",
                row("behind").as_bytes(),
            ]
            .concat()
        },
        says: "failed: line 2 is larger than 64 MiB",
    },
    Case {
        name: "jsonl-first-line-above-the-limit",
        make: |size| {
            [b"{\"text\":\"", vec![b'a'; size.of(70 << 20)].as_slice(), b"\"}\n", row("behind").as_bytes()].concat()
        },
        says: "",
    },
    Case {
        name: "jsonl-nested",
        make: |size| {
            format!(
                "{}{{\"text\":{}1{}}}\n{}",
                row("sound"),
                "[".repeat(size.of(100_000)),
                "]".repeat(size.of(100_000)),
                row("behind")
            )
            .into_bytes()
        },
        says: "failed: line 2 is not a JSON object",
    },
    Case {
        name: "json-nested-alone",
        make: |size| ["[".repeat(size.of(100_000)), "{\"a\":".repeat(size.of(100_000))].concat().into_bytes(),
        says: "",
    },
    Case {
        name: "jsonl-of-one-key-twice",
        make: |_| {
            b"{\"text\":\"The quay was open.\",\"text\":\"The quay at Sandholm was closed on Monday, the port said.\"}\n".to_vec()
        },
        says: "kept: ",
    },
    Case {
        name: "jsonl-of-invalid-utf8",
        make: |_| [row("sound").as_bytes(), b"{\"text\":\"caf\xe9 \xff\"}\n", row("behind").as_bytes()].concat(),
        says: "failed: line 2 is not a JSON object",
    },
    Case {
        name: "jsonl-of-numbers-beyond-counting",
        make: |_| {
            [row("sound"), "{\"text\":1e999}\n{\"id\":1e-999,\"text\":\"The quay was closed on Monday.\",\"date\":99999999999999999999}\n{\"id\":-0,\"text\":\"The quay was closed on Monday.\",\"date\":9223372036854775807}\n".into()].concat().into_bytes()
        },
        says: "failed: line 2 is not a JSON object",
    },
    Case {
        name: "jsonl-of-lone-surrogates",
        make: |_| {
            [row("sound"), "{\"text\":\"The quay \\ud800 was closed\"}\n".into(), row("behind")].concat().into_bytes()
        },
        says: "failed: line 2 is not a JSON object",
    },
    Case {
        name: "jsonl-of-control-characters",
        make: |_| {
            b"{\"id\":\"\\u001b[2J\\n\\u202e\",\"title\":\"Quay\\u0000 closed\\u0007\",\"author\":\"Mara\\u0085 Quill\",\"outlet\":\"Post\\u009b31m\",\"text\":\"The quay\\u0000 was\\u0008 closed on Monday, the port said.\"}\n".to_vec()
        },
        says: "kept: ",
    },
    Case {
        name: "jsonl-rows-without-text",
        make: |_| {
            [row("sound"), "{\"text\":\"\"}\n{\"text\":null}\n{\"text\":[]}\n{\"text\":{}}\n{}\n[]\n1\nnull\n".into()]
                .concat()
                .into_bytes()
        },
        says: "failed: a row without text",
    },
    Case {
        name: "jsonl-of-ids-that-climb",
        make: |_| {
            ["../../quay", "/etc/passwd", ""]
                .map(|id| format!("{{\"id\":\"{id}\",\"text\":\"The quay was closed on Monday, {id}.\"}}\n"))
                .concat()
                .into_bytes()
        },
        says: "kept: ",
    },
    Case {
        name: "jsonl-of-one-id",
        make: |size| {
            "{\"id\":1,\"text\":\"The quay was closed on Monday, the port said.\"}\n"
                .repeat(size.of(1_000))
                .into_bytes()
        },
        says: "",
    },
    Case {
        name: "jsonl-row-of-fifty-thousand-columns",
        make: |size| {
            format!(
                "{{{}\"text\":\"The quay was closed on Monday, the port said.\"}}\n",
                (0..size.of(50_000)).map(|n| format!("\"c{n}\":{n},")).collect::<String>()
            )
            .into_bytes()
        },
        says: "kept: ",
    },
    Case {
        name: "jsonl-blank-lines",
        make: |size| [row("sound"), "\n \t\n".repeat(size.of(500_000)), row("behind")].concat().into_bytes(),
        says: "kept: ",
    },
    Case {
        name: "jsonl-ten-thousand-broken-lines",
        make: |size| [row("sound"), "{\"text\":\n".repeat(size.of(10_000))].concat().into_bytes(),
        says: "failed: line 2 is not a JSON object",
    },
    Case {
        name: "json-array-of-odd-rows",
        make: |_| b"[{\"text\":\"The quay was closed on Monday, the port said.\"},1,null,[],{\"text\":5}]".to_vec(),
        says: "failed: row 2 is not an object",
    },
    Case {
        name: "json-never-closed",
        make: |_| b"[{\"text\":\"The quay was closed on Monday, the port said.\"},".to_vec(),
        says: "",
    },
    Case {
        name: "json-feed-of-wrong-types",
        make: |_| {
            b"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":[],\"items\":[null,1,[],{\"id\":{},\"content_html\":5,\"date_published\":[],\"authors\":{\"name\":1},\"url\":false},{\"id\":1e308,\"content_text\":\"The quay was closed on Monday, the port said.\"}]}".to_vec()
        },
        says: "",
    },
    Case {
        name: "json-feed-whose-items-are-no-list",
        make: |_| b"{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{\"a\":1}}".to_vec(),
        says: "",
    },
    Case {
        name: "ninjs-of-wrong-types",
        make: |_| {
            b"{\"uri\":[],\"versioncreated\":{},\"headline\":1,\"body_html\":[],\"body_text\":null,\"associations\":{\"a\":{\"associations\":[]}}}".to_vec()
        },
        says: "",
    },
    Case { name: "parquet-magic-alone", make: |_| b"PAR1".to_vec(), says: "failed: a damaged Parquet table" },
    Case {
        name: "parquet-footer-longer-than-the-file",
        make: |_| parquet(&[], Some(0x7fff_ffff)),
        says: "failed: a damaged Parquet table",
    },
    Case { name: "parquet-footer-of-nothing", make: |_| parquet(&[], None), says: "failed: a damaged Parquet table" },
    Case {
        name: "parquet-encrypted",
        make: |_| b"PAR1aaaaaaaa\x04\0\0\0PARE".to_vec(),
        says: "failed: a damaged Parquet table",
    },
    // Thrift's compact protocol: version 1, then a list of 2^31 - 1 columns of the schema, of which none is there.
    Case {
        name: "parquet-of-two-billion-columns",
        make: |_| parquet(b"\x15\x02\x19\xfc\xff\xff\xff\xff\x07", None),
        says: "failed: a damaged Parquet table",
    },
    Case {
        name: "parquet-of-two-billion-row-groups",
        make: |_| parquet(&[SCHEMA, b"\x16\xfe\xff\xff\xff\x0f\x19\xfc\xff\xff\xff\xff\x07"].concat(), None),
        says: "failed: a damaged Parquet table",
    },
    Case {
        name: "parquet-name-of-two-gigabytes",
        make: |_| parquet(b"\x15\x02\x19\x1c\x48\xff\xff\xff\xff\x07quay", None),
        says: "failed: a damaged Parquet table",
    },
    // Fields that no version knows, each a list of 2^31 - 1 truths, which take no bytes.
    Case {
        name: "parquet-of-lists-that-take-no-bytes",
        make: |size| {
            parquet(&[b"\x15\x02".as_slice(), &b"\xd9\xf1\xff\xff\xff\xff\x07".repeat(size.of(60))].concat(), None)
        },
        says: "failed: a damaged Parquet table",
    },
    Case {
        name: "parquet-of-structs-in-structs",
        make: |size| parquet(&b"\x1c".repeat(size.of(100_000)), None),
        says: "failed: a damaged Parquet table",
    },
    Case {
        name: "parquet-of-lists-in-lists",
        make: |size| parquet(&[b"\x15\x02\x79".as_slice(), &b"\x19".repeat(size.of(100_000))].concat(), None),
        says: "failed: a damaged Parquet table",
    },
    Case {
        name: "parquet-of-a-schema-without-a-text",
        make: |_| parquet(&[SCHEMA, b"\x16\0\x19\x0c\0"].concat(), None),
        says: "",
    },
    Case { name: "parquet-sound", make: |size| table(size.of(500), 0, None), says: "kept: a container of" },
    Case { name: "parquet-of-an-unknown-codec", make: |_| table(1, 99, None), says: "failed: " },
    Case { name: "parquet-of-a-codec-that-it-is-not-in", make: |_| table(1, 2, None), says: "failed: row 1" },
    Case { name: "parquet-page-of-two-billion-values", make: |_| table(1, 0, Some(0x7fff_ffff)), says: "" },
    Case { name: "parquet-page-of-fewer-values-than-none", make: |_| table(1, 0, Some(-5)), says: "" },
    Case {
        name: "parquet-cut",
        make: |_| {
            let whole = table(1, 0, None);
            whole[..whole.len() - 9].to_vec()
        },
        says: "failed: a damaged Parquet table",
    },
    Case {
        name: "parquet-of-damaged-rows",
        make: |_| {
            let mut whole = table(3, 0, None);
            whole[4..40].fill(0xff);
            whole
        },
        says: "failed: row 1",
    },
    Case {
        name: "parquet-of-a-schema-of-schemas",
        make: |size| parquet(&nested_schema(size.of(20_000)), None),
        says: "failed: ",
    },
    Case {
        name: "parquet-that-states-rows-it-has-not",
        make: |_| {
            parquet(
                &[
                    b"\x15\x02\x19\x2c\x48\x04root\x15\x02\0\x15\x0c\x25\x02\x18\x04text\x25\0\0".as_slice(),
                    b"\x16\xfe\xff\xff\xff\x0f\x19\x0c\0",
                ]
                .concat(),
                None,
            )
        },
        says: "",
    },
];

/// Version 1 and a schema of a root that says it has one column, and a column `quay` of numbers.
const SCHEMA: &[u8] = b"\x15\x02\x19\x2c\x48\x04root\x15\x02\0\x15\x04\x25\0\x18\x04quay\0";

fn row(title: &str) -> String {
    format!(
        "{{\"title\":\"Quay {title}\",\"text\":\"The quay at Sandholm was closed on Monday, the port said ({title}).\"}}\n"
    )
}

/// Returns a table of metadata alone; `length` is what it states of them.
fn parquet(metadata: &[u8], length: Option<u32>) -> Vec<u8> {
    let length = length.unwrap_or(metadata.len() as u32);
    [b"PAR1", metadata, &length.to_le_bytes(), b"PAR1"].concat()
}

/// Returns a table of invented texts that states its codec and how many values its page holds.
fn table(rows: usize, codec: i64, stated: Option<i64>) -> Vec<u8> {
    let texts = vec!["The quay at Sandholm was closed on Monday after two cranes collided, the port said."; rows];
    let (pages, metadata) = parquet_table(&texts, codec, stated.unwrap_or(rows as i64));
    [pages.as_slice(), &metadata, &(metadata.len() as u32).to_le_bytes(), b"PAR1"].concat()
}

/// Returns metadata whose columns hold each other, one each.
fn nested_schema(depth: usize) -> Vec<u8> {
    let mut out = b"\x15\x02\x19\xfc".to_vec();
    let mut count = depth + 1;
    while count > 127 {
        out.push(count as u8 | 0x80);
        count >>= 7;
    }
    out.push(count as u8);
    out.extend(b"\x35\0\x18\x01a\x15\x02\0".repeat(depth));
    out.extend(b"\x15\x0c\x25\0\x18\x04text\0");
    out.extend(b"\x16\0\x19\x0c\0");
    out
}
