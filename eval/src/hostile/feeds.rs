//! Feeds: floods of items, missing ends, entities that grow.

use super::{Case, STORY};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "feed-of-a-hundred-thousand-items",
        make: |size| rss("", &"<item><title>Quay</title></item>".repeat(size.of(100_000))),
        says: "",
    },
    Case {
        name: "feed-without-ends",
        make: |size| {
            rss("", &"<item><title>Quay closed<description>Two cranes collided on Monday.".repeat(size.of(20_000)))
        },
        says: "",
    },
    Case {
        name: "feed-items-in-items",
        make: |size| rss("", &"<item><title>Quay closed</title>".repeat(size.of(20_000))),
        says: "",
    },
    Case {
        name: "feed-nested-elements",
        make: |size| {
            rss(
                "",
                &["<item><description>", &"<a><b>".repeat(size.of(50_000)), "Quay closed</description></item>"]
                    .concat(),
            )
        },
        says: "",
    },
    Case {
        name: "feed-elements-of-one-name-nested",
        make: |size| rss("", &["<item>", &"<title>".repeat(size.of(50_000)), "Quay"].concat()),
        says: "",
    },
    Case {
        name: "feed-half-tags",
        make: |size| rss("", &["<item>", &"<title ".repeat(size.of(100_000))].concat()),
        says: "",
    },
    Case {
        name: "feed-cdata-never-closed",
        make: |size| rss("", &["<item><title>", &"<![CDATA[".repeat(size.of(100_000))].concat()),
        says: "",
    },
    Case {
        name: "feed-of-entities-that-grow",
        make: |_| {
            rss(
                &laughs(),
                "<item><title>Quay closed &lol9;</title><description>Two cranes collided at Sandholm on Monday, the port said. &lol9;</description></item>",
            )
        },
        says: "kept: ",
    },
    Case {
        name: "feed-that-asks-for-a-file",
        make: |_| {
            rss(
                "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/hostname\"><!ENTITY % y SYSTEM \"https://sandholm.example/x.dtd\">%y;]>",
                "<item><title>Quay closed</title><description>Two cranes collided at Sandholm on Monday, the port said. &x;</description></item>",
            )
        },
        says: "kept: ",
    },
    Case {
        name: "feed-item-of-ten-megabytes",
        make: |size| {
            rss(
                "",
                &[
                    "<item><title>Quay closed</title><description>",
                    &"Two cranes collided on Monday, the port said. &lt;p&gt;".repeat(size.words(180_000)),
                    "</description></item>",
                ]
                .concat(),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "feed-item-of-a-thousand-fields",
        make: |size| {
            rss(
                "",
                &[
                    "<item><title>Quay closed</title>",
                    &"<author>Mara Quill</author><source>Sandholm Post</source>".repeat(size.of(1_000)),
                    "</item>",
                ]
                .concat(),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "feed-page-within-item",
        make: |size| {
            rss(
                "",
                &[
                    "<item><title>Quay closed</title><content:encoded><![CDATA[",
                    &"<div><p>Two cranes collided on Monday.".repeat(size.of(10_000)),
                    "]]></content:encoded></item>",
                ]
                .concat(),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "feed-dates-of-nowhere",
        make: |_| {
            rss(
                "",
                "<item><title>Quay closed at Sandholm</title><pubDate>Thu, 99 Xyz 99999 99:99:99 +9999</pubDate><updated>-9999-99-99T99:99:99Z</updated><dc:date>0000-00-00</dc:date></item>",
            )
        },
        says: "",
    },
    Case { name: "feed-without-items", make: |_| rss("", ""), says: "refused: a feed without items" },
    Case {
        name: "atom-of-unclosed-entries",
        make: |size| {
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'>{}",
                "<entry><id>1</id><title>Quay closed".repeat(size.of(5_000))
            )
            .into_bytes()
        },
        says: "",
    },
];

fn rss(prolog: &str, items: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\"?>{prolog}<rss version=\"2.0\"><channel><title>Sandholm Post</title>{items}</channel></rss>").into_bytes()
}

/// Returns a document type whose entities refer to each other ten times each, nine deep.
pub(super) fn laughs() -> String {
    let mut out = String::from("<!DOCTYPE rss [<!ENTITY lol0 \"quay\">");
    for n in 1..10 {
        out += &format!("<!ENTITY lol{n} \"{}\">", format!("&lol{};", n - 1).repeat(10));
    }
    out + "]>"
}

/// The report as the paragraphs of an office document.
pub(super) fn paragraphs(open: &str, close: &str) -> String {
    STORY.split("\n\n").map(|p| [open, p.trim_end(), close].concat()).collect()
}
