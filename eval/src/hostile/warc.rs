//! Web archives: lengths, headers, damage, bodies that grow.

use super::make::{answer, brotli_zeros, gzip, gzip_zeros, record, zstd_run};
use super::{Case, page};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "warc-record-that-states-two-to-the-63",
        make: |_| [stating("9223372036854775808"), sound()].concat(),
        says: "failed: ",
    },
    Case {
        name: "warc-record-that-states-more-than-can-be-counted",
        make: |_| [stating("99999999999999999999999"), sound()].concat(),
        says: "failed: ",
    },
    Case {
        name: "warc-record-without-a-length",
        make: |_| {
            [b"WARC/1.0\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\nQuay\r\n\r\n".to_vec(), sound()].concat()
        },
        says: "failed: record at byte 0: its header gives no length",
    },
    Case {
        name: "warc-record-that-states-less-than-nothing",
        make: |_| [stating("-1"), sound()].concat(),
        says: "failed: record at byte 0",
    },
    Case { name: "warc-record-that-states-too-little", make: |_| [stating("20"), sound()].concat(), says: "failed: " },
    Case { name: "warc-record-that-states-too-much", make: |_| [stating("1000"), sound()].concat(), says: "failed: " },
    Case {
        name: "warc-header-of-two-megabytes",
        make: |size| {
            [
                b"WARC/1.0\r\n".to_vec(),
                b"X-Quay: closed on Monday\r\n".repeat(size.of(80_000)),
                b"Content-Length: 0\r\n\r\n\r\n\r\n".to_vec(),
                sound(),
            ]
            .concat()
        },
        says: "failed: record at byte 0: its header does not end",
    },
    Case {
        name: "warc-header-line-of-two-megabytes",
        make: |size| {
            [b"WARC/1.0\r\nX-Quay: ".to_vec(), vec![b'a'; size.of(2 << 20)], b"\r\n\r\n".to_vec(), sound()].concat()
        },
        says: "failed: record at byte 0",
    },
    Case {
        name: "warc-header-that-does-not-end",
        make: |_| b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 10".to_vec(),
        says: "failed: record at byte 0: its header does not end",
    },
    Case {
        name: "warc-of-a-hundred-thousand-small-records",
        make: |size| {
            record("response", "a", "application/http", None, b"HTTP/1.1 404 Gone\r\n\r\n").repeat(size.of(50_000))
        },
        says: "passed over: ",
    },
    Case {
        name: "warc-of-fifty-thousand-kinds",
        make: |size| {
            (0..size.of(50_000)).flat_map(|n| record(&format!("quay{n}"), "a", "text/plain", None, b"")).collect()
        },
        says: "passed over: ",
    },
    Case {
        name: "warc-rubbish-between-records",
        make: |size| {
            [
                sound(),
                b"rubbish ".repeat(size.of(200_000)),
                b"\r\n".to_vec(),
                record("resource", "b", "text/html", None, &page("", "")),
            ]
            .concat()
        },
        says: "failed: record at byte",
    },
    Case {
        name: "warc-gzip-rubbish-between-members",
        make: |size| {
            [
                gzip(&sound()),
                b"\x1f\x8b\x08\x00".repeat(size.of(20_000)),
                gzip(&record("resource", "b", "text/html", None, &page("", ""))),
            ]
            .concat()
        },
        says: "failed: record at byte",
    },
    Case {
        name: "warc-gzip-member-cut",
        make: |_| {
            let whole = gzip(&sound());
            [&whole[..whole.len() / 2], &gzip(&sound())].concat()
        },
        says: "failed: ",
    },
    Case {
        name: "warc-gzip-of-empty-members",
        make: |size| [gzip(&sound()), gzip(b"").repeat(size.of(50_000))].concat(),
        says: "kept: ",
    },
    Case {
        name: "warc-chunk-that-is-too-large",
        make: |_| chunked(b"ffffffffffffffff\r\nQuay closed\r\n0\r\n\r\n"),
        says: "",
    },
    Case {
        name: "warc-chunk-beyond-counting",
        make: |_| chunked(b"fffffffffffffffffffffff\r\nQuay closed\r\n0\r\n\r\n"),
        says: "",
    },
    Case { name: "warc-chunk-below-zero", make: |_| chunked(b"-5\r\nQuay closed\r\n0\r\n\r\n"), says: "" },
    Case { name: "warc-chunks-of-one-byte", make: |size| chunked(&b"1\r\na\r\n".repeat(size.of(300_000))), says: "" },
    Case {
        name: "warc-body-of-gzip-that-grows",
        make: |size| [encoded("gzip", &gzip_zeros(size.of(4_000))), sound()].concat(),
        says: "failed: ",
    },
    Case {
        name: "warc-body-of-brotli-that-grows",
        make: |size| [encoded("br", &brotli_zeros(size.of(1_000))), sound()].concat(),
        says: "failed: ",
    },
    Case {
        name: "warc-body-of-zstd-that-grows",
        make: |size| [encoded("zstd", &zstd_run(0, size.of(16_000), 0x68)), sound()].concat(),
        says: "failed: ",
    },
    Case {
        name: "warc-body-of-zstd-of-too-large-a-window",
        make: |_| [encoded("zstd", &zstd_run(b'a', 1, 0xf8)), sound()].concat(),
        says: "failed: ",
    },
    Case {
        name: "warc-body-of-a-large-zstd-window",
        make: |_| [encoded("zstd", &zstd_run(b'a', 1, 0xa8)), sound()].concat(),
        says: "",
    },
    Case {
        name: "warc-body-encoded-a-hundred-times",
        make: |size| {
            [
                encoded(&"gzip, ".repeat(size.of(100)), &(0..size.of(100)).fold(page("", ""), |inner, _| gzip(&inner))),
                sound(),
            ]
            .concat()
        },
        says: "failed: its body is encoded 101 times over",
    },
    Case {
        name: "warc-body-of-an-unknown-encoding",
        make: |_| [encoded("x-quay", &super::text::noise(5_000)), sound()].concat(),
        says: "failed: its body is encoded as x-quay",
    },
    Case {
        name: "warc-broken-status-line",
        make: |_| {
            [
                record("response", "a", "application/http", None, b"HTTP/9.9 \xff\xfe\r\nContent-Type\r\n\r\nQuay"),
                record("response", "b", "application/http", None, b""),
                record("response", "c", "application/http", None, b"\r\n\r\n"),
                sound(),
            ]
            .concat()
        },
        says: "passed over: ",
    },
    Case {
        name: "warc-of-fifty-thousand-statuses",
        make: |size| {
            (0..size.of(50_000))
                .flat_map(|n| {
                    record("response", "a", "application/http", None, format!("HTTP/1.1 {n}x Odd\r\n\r\n").as_bytes())
                })
                .collect()
        },
        says: "passed over: ",
    },
    Case {
        name: "warc-date-of-nowhere",
        make: |_| String::from_utf8_lossy(&sound()).replace("2031-05-06T", "9999-99-99T").into_bytes(),
        says: "kept: ",
    },
    Case {
        name: "warc-date-that-is-no-text",
        make: |_| String::from_utf8_lossy(&sound()).replace("2031-05-06T", "2031-05-0é½T").into_bytes(),
        says: "kept: ",
    },
    Case { name: "warc-magic-alone", make: |_| b"WARC/".to_vec(), says: "failed: " },
    Case {
        name: "warc-twenty-deep",
        make: |size| {
            (0..size.of(20))
                .fold(page("", ""), |inner, n| record("resource", &n.to_string(), "text/html", None, &inner))
        },
        says: "",
    },
];

fn sound() -> Vec<u8> {
    answer("sound", "", &page("", ""))
}

/// Returns a record that states a length.
fn stating(length: &str) -> Vec<u8> {
    let block = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".to_vec(), b"Quay".to_vec()].concat();
    record("response", "odd", "application/http", Some(length), &block)
}

fn chunked(body: &[u8]) -> Vec<u8> {
    [answer("odd", "Transfer-Encoding: chunked\r\n", body), sound()].concat()
}

fn encoded(encoding: &str, body: &[u8]) -> Vec<u8> {
    answer("odd", &format!("Content-Encoding: {encoding}\r\n"), body)
}
