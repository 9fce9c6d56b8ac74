//! TAR archives: sizes, links, extended headers, damage.

use super::make::{gzip, tar_entry, tar_header};
use super::{Case, STORY};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "tar-size-of-two-to-the-63",
        make: |_| odd(&[0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        says: "failed: ",
    },
    Case { name: "tar-size-below-zero", make: |_| odd(&[0xff; 12]), says: "failed: " },
    Case { name: "tar-size-that-is-no-number", make: |_| odd(b"quay closed\0"), says: "failed: " },
    Case { name: "tar-size-of-eight-gigabytes", make: |_| odd(b"77777777777\0"), says: "failed: " },
    Case {
        name: "tar-of-links",
        make: |_| {
            [
                tar_header(b"a", b"00000000000\0", b'2', b"/etc/passwd"),
                tar_header(b"b", b"00000000000\0", b'1', b"b"),
                tar_header(b"c", b"00000000000\0", b'2', b"c"),
                tar_header(b"d", b"00000000000\0", b'3', b""),
                sound(),
            ]
            .concat()
        },
        says: "passed over: 4 links and special files",
    },
    Case {
        name: "tar-of-names-that-climb",
        make: |_| {
            [
                tar_entry("../../../tmp/annals-was-here.txt", b'0', STORY.as_bytes()),
                tar_entry("/etc/annals-was-here\u{202e}\n.txt", b'0', STORY.as_bytes()),
                vec![0; 1024],
            ]
            .concat()
        },
        says: "kept: ",
    },
    Case {
        name: "tar-of-a-wrong-sum-in-the-middle",
        make: |_| {
            let mut second = tar_entry("b.txt", b'0', STORY.as_bytes());
            second[150] = b'7';
            [tar_entry("a.txt", b'0', STORY.as_bytes()), second, sound()].concat()
        },
        says: "failed: the archive cannot be read on",
    },
    Case {
        name: "tar-cut-in-a-header",
        make: |_| {
            let all = [tar_entry("a.txt", b'0', STORY.as_bytes()), sound()].concat();
            all[..1_300].to_vec()
        },
        says: "failed: ",
    },
    Case { name: "tar-cut-in-an-entry", make: |_| sound()[..600].to_vec(), says: "" },
    Case {
        name: "tar-of-an-extended-header-of-eight-gigabytes",
        make: |_| [tar_header(b"x", b"77777777777\0", b'x', b""), sound()].concat(),
        says: "failed: ",
    },
    Case {
        name: "tar-of-a-long-name-of-ten-megabytes",
        make: |size| [tar_entry("././@LongLink", b'L', &vec![b'a'; size.of(10 << 20)]), sound()].concat(),
        says: "",
    },
    Case {
        name: "tar-of-extended-headers-alone",
        make: |size| tar_entry("x", b'x', b"20 path=quay.txt.txt\n").repeat(size.of(20_000)),
        says: "failed: ",
    },
    Case {
        name: "tar-of-an-extended-size-below-zero",
        make: |_| {
            [tar_entry("x", b'x', b"12 size=-99\n23 size=99999999999999\n9 path=\n99999999999999999999 a=b\n"), sound()]
                .concat()
        },
        says: "",
    },
    Case {
        name: "tar-sparse",
        make: |_| {
            let mut header = tar_header(b"quay.txt", b"00000000010\0", b'S', b"");
            header[257..265].copy_from_slice(b"ustar  \0");
            header[386..398].copy_from_slice(b"77777777777\0");
            header[398..410].copy_from_slice(b"00000000010\0");
            header[483..495].copy_from_slice(b"77777777777\0");
            [resummed(header), vec![b'a'; 512], sound()].concat()
        },
        says: "",
    },
    Case {
        name: "tar-of-a-hundred-thousand-empty-entries",
        make: |size| tar_entry("a", b'0', b"").repeat(size.of(20_000)),
        says: "",
    },
    Case {
        name: "tar-twenty-deep",
        make: |size| {
            (0..size.of(20)).fold(STORY.as_bytes().to_vec(), |inner, _| {
                [tar_entry("inner.tar", b'0', &inner), vec![0; 1024]].concat()
            })
        },
        says: "failed: containers more than 6 deep",
    },
    Case {
        name: "tar-compressed-and-cut",
        make: |_| {
            let all = gzip(
                &[
                    tar_entry("a.txt", b'0', STORY.as_bytes()),
                    tar_entry("b.txt", b'0', &super::text::noise(50_000)),
                    sound(),
                ]
                .concat(),
            );
            all[..all.len() - 20_000].to_vec()
        },
        says: "failed: ",
    },
    Case { name: "tar-header-alone", make: |_| tar_header(b"a.txt", b"00000000100\0", b'0', b""), says: "" },
];

fn sound() -> Vec<u8> {
    [tar_entry("sound.txt", b'0', STORY.as_bytes()), vec![0; 1024]].concat()
}

/// Returns an archive whose first entry states its size in that way.
fn odd(size: &[u8]) -> Vec<u8> {
    [tar_header(b"quay.txt", size, b'0', b""), STORY.as_bytes().to_vec(), vec![b'\n'; 512 - STORY.len() % 512], sound()]
        .concat()
}

fn resummed(mut header: Vec<u8>) -> Vec<u8> {
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}
