//! E-mails and mailboxes: parts in parts, headers, encodings.

use super::{Case, STORY};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "mbox-of-first-lines-alone",
        make: |size| b"From x Mon May  5 10:00:00 2031\nA: b\n\n".repeat(size.of(5_000)),
        says: "",
    },
    Case {
        name: "mbox-without-blank-lines",
        make: |size| b"From x Mon May  5 10:00:00 2031\nA: b\n".repeat(size.of(20_000)),
        says: "",
    },
    Case {
        name: "mbox-of-a-letter-of-ten-megabytes",
        make: |size| {
            [
                "From x Mon May  5 10:00:00 2031\nMessage-ID: <1@b>\nFrom: x@b\n\n",
                &"The quay was closed on Monday, the port said.\n".repeat(size.words(220_000)),
            ]
            .concat()
            .into_bytes()
        },
        says: "",
    },
    Case {
        name: "mbox-of-a-letter-above-the-limit",
        make: |size| {
            [
                "From x Mon May  5 10:00:00 2031\nMessage-ID: <1@b>\nFrom: x@b\n\n",
                &"The quay was closed on Monday.\n".repeat(size.of(2_300_000)),
                "\nFrom x Mon May  5 10:00:00 2031\nMessage-ID: <2@b>\nFrom: x@b\n\n",
                STORY,
            ]
            .concat()
            .into_bytes()
        },
        says: "failed: larger than 64 MiB",
    },
    Case { name: "mail-of-parts-in-parts", make: |size| mail(&nested(size.of(1_000))), says: "" },
    Case {
        name: "mail-of-letters-in-letters",
        make: |size| {
            mail(
                &[
                    "Content-Type: message/rfc822\r\n\r\nFrom: x@b\r\n".repeat(size.of(1_000)),
                    "\r\n".into(),
                    STORY.into(),
                ]
                .concat(),
            )
        },
        says: "",
    },
    Case {
        name: "mail-of-letters-in-letters-in-base64",
        make: |size| {
            (0..size.of(12)).fold(mail(&["\r\n", STORY].concat()), |inner, _| mail(&format!("Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--q--\r\n", base64(&inner))))
        },
        says: "",
    },
    Case {
        name: "mail-of-ten-thousand-parts",
        make: |size| {
            mail(&["Content-Type: multipart/mixed; boundary=q\r\n\r\n".to_owned(), "--q\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nThe quay was closed on Monday, the port said.\r\n".repeat(size.of(10_000)), "--q--\r\n".into()].concat())
        },
        says: "kept: ",
    },
    Case {
        name: "mail-without-its-boundary",
        make: |_| mail(&["Content-Type: multipart/mixed; boundary=missing\r\n\r\n", STORY].concat()),
        says: "",
    },
    Case {
        name: "mail-of-an-empty-boundary",
        make: |size| {
            mail(
                &[
                    "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n".to_owned(),
                    "--\r\n".repeat(size.of(50_000)),
                    STORY.into(),
                ]
                .concat(),
            )
        },
        says: "",
    },
    Case {
        name: "mail-of-rubbish-as-base64",
        make: |size| {
            mail(
                &["Content-Transfer-Encoding: base64\r\n\r\n".to_owned(), "=@!A\r\n".repeat(size.of(100_000))].concat(),
            )
        },
        says: "",
    },
    Case {
        name: "mail-of-quoted-printable-rubbish",
        make: |size| {
            mail(
                &[
                    "Content-Transfer-Encoding: quoted-printable\r\n\r\n".to_owned(),
                    "=\r\n=ZZ=F=".repeat(size.of(100_000)),
                ]
                .concat(),
            )
        },
        says: "",
    },
    Case {
        name: "mail-header-of-a-megabyte",
        make: |size| {
            mail(&["X-Quay: ".to_owned(), "closed ".repeat(size.of(150_000)), "\r\n\r\n".into(), STORY.into()].concat())
        },
        says: "kept: ",
    },
    Case {
        name: "mail-subject-of-a-megabyte",
        make: |size| {
            mail(&["Subject: ".to_owned(), "Re: ".repeat(size.of(250_000)), "\r\n\r\n".into(), STORY.into()].concat())
        },
        says: "kept: ",
    },
    Case {
        name: "mail-header-folded-without-end",
        make: |size| {
            mail(
                &["Subject: Quay".to_owned(), "\r\n ".repeat(size.of(300_000)), "\r\n\r\n".into(), STORY.into()]
                    .concat(),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "mail-of-a-hundred-thousand-headers",
        make: |size| {
            mail(
                &[
                    "Received: from a by b; Mon, 5 May 2031 10:00:00 +0000\r\n".repeat(size.of(50_000)),
                    "\r\n".into(),
                    STORY.into(),
                ]
                .concat(),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "mail-of-encoded-words",
        make: |size| {
            mail(
                &[
                    "Subject: ".to_owned(),
                    "=?utf-8?B?UXVheQ==?= =?utf-8?Q?=E2=80?= =?x-nothing?Q?=ff?= =?".repeat(size.of(20_000)),
                    "\r\n\r\n".into(),
                    STORY.into(),
                ]
                .concat(),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "mail-of-ten-thousand-recipients",
        make: |size| {
            mail(
                &[
                    "To: ".to_owned(),
                    "\"Quill, (Mara\" <m@b>, (((, group: a@b; ".repeat(size.of(20_000)),
                    "\r\n\r\n".into(),
                    STORY.into(),
                ]
                .concat(),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "mail-of-an-unknown-charset",
        make: |_| mail(&["Content-Type: text/plain; charset=\"x-nothing\"\r\n\r\n", STORY].concat()),
        says: "kept: ",
    },
    Case {
        name: "mail-of-utf7",
        make: |_| {
            mail(&["Content-Type: text/plain; charset=utf-7\r\n\r\n+ADw-b+AD4- +/////w- +2AA- +", STORY].concat())
        },
        says: "kept: ",
    },
    Case {
        name: "mail-that-quotes-alone",
        make: |size| mail(&["\r\n".to_owned(), "> > The quay was closed.\r\n".repeat(size.of(50_000))].concat()),
        says: "",
    },
    Case {
        name: "mail-forwarded-often",
        make: |size| {
            mail(&["\r\n".to_owned(), "---------- Forwarded message ---------\r\nFrom: x@b\r\nDate: Mon, 5 May 2031\r\nSubject: Quay\r\n\r\n".repeat(size.of(20_000)), STORY.into()].concat())
        },
        says: "",
    },
    Case { name: "mail-head-alone", make: |_| b"Message-ID: <1@b>\r\nFrom: x@b".to_vec(), says: "refused: " },
    Case {
        name: "mail-pasted-of-heads-alone",
        make: |size| "From: Mara Quill\nDate: May 6, 2031\nSubject: Quay\n".repeat(size.of(20_000)).into_bytes(),
        says: "",
    },
];

fn mail(rest: &str) -> Vec<u8> {
    format!("Message-ID: <1@bay.example>\r\nFrom: Ida Roe <roe@bay.example>\r\nDate: Tue, 6 May 2031 10:00:00 +0000\r\nMIME-Version: 1.0\r\n{rest}").into_bytes()
}

fn nested(depth: usize) -> String {
    let open = |n: usize| format!("Content-Type: multipart/mixed; boundary=q{n}\r\n\r\n--q{n}\r\n");
    [(0..depth).map(open).collect(), "Content-Type: text/plain\r\n\r\n".to_owned(), STORY.to_owned()].concat()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |part: &[u8]| {
        let bits = part.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - part.len()));
        let letter =
            |n: usize| if n <= part.len() { LETTERS[(bits >> (18 - 6 * n)) as usize & 63] as char } else { '=' };
        [letter(0), letter(1), letter(2), letter(3)]
    };
    let letters: Vec<char> = bytes.chunks(3).flat_map(group).collect();
    letters.chunks(76).flat_map(|line| line.iter().copied().chain(['\r', '\n'])).collect()
}
