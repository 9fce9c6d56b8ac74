//! Web pages: nesting, tags without end, attributes, references, metadata.

use super::{BODY, Case, Size, page};

pub(super) const CASES: &[Case] = &[
    Case { name: "nested-divs", make: |size| nested(size, "<div>"), says: "kept: " },
    Case { name: "nested-divs-closed", make: |size| closed(size, "<div>", "</div>"), says: "kept: " },
    Case { name: "nested-spans", make: |size| nested(size, "<span>"), says: "kept: " },
    Case { name: "nested-lists", make: |size| nested(size, "<ul><li>"), says: "kept: " },
    Case { name: "nested-tables", make: |size| nested(size, "<table><tr><td>"), says: "kept: " },
    Case { name: "nested-quotations", make: |size| nested(size, "<blockquote>"), says: "kept: " },
    Case { name: "nested-formatting", make: |size| nested(size, "<b><i><a href=x><font>"), says: "kept: " },
    Case {
        name: "nested-sections-with-words",
        make: |size| {
            let open = "<section><p>The port said the quay was closed on Monday, and that nobody was hurt. ";
            page("", &[&open.repeat(size.words(200_000)), BODY].concat())
        },
        says: "kept: ",
    },
    Case { name: "unknown-elements", make: |size| nested(size, "<x-port>"), says: "kept: " },
    Case {
        name: "a-million-tags-never-closed",
        make: |size| page("", &"<p>".repeat(size.of(1_000_000))),
        says: "kept: ",
    },
    Case {
        name: "a-million-ends-of-nothing",
        make: |size| page("", &"</div></b></table>".repeat(size.of(300_000))),
        says: "kept: ",
    },
    Case {
        name: "misnested-formatting",
        make: |size| page("", &"<b><p><i></b></p></i>".repeat(size.of(50_000))),
        says: "kept: ",
    },
    Case { name: "brackets-alone", make: |size| page("", &"<".repeat(size.of(1_000_000))), says: "kept: " },
    Case {
        name: "comment-never-closed",
        make: |size| page("", &["<!--", &"-- ".repeat(size.of(500_000))].concat()),
        says: "kept: ",
    },
    Case {
        name: "comments-opened-often",
        make: |size| page("", &"<!-- <!--".repeat(size.of(200_000))),
        says: "kept: ",
    },
    Case {
        name: "script-never-closed",
        make: |size| page("", &["<script>", &"</scrip ".repeat(size.of(200_000))].concat()),
        says: "kept: ",
    },
    Case {
        name: "scripts-opened-often",
        make: |size| page("", &"<script><style><title><textarea>".repeat(size.of(50_000))),
        says: "kept: ",
    },
    Case { name: "cdata-never-closed", make: |size| page("", &"<![CDATA[".repeat(size.of(200_000))), says: "kept: " },
    Case {
        name: "attribute-never-closed",
        make: |size| page("", &["<div title=\"", &"quay ".repeat(size.of(400_000))].concat()),
        says: "kept: ",
    },
    Case {
        name: "attribute-of-ten-megabytes",
        make: |size| page("", &["<div class=\"", &"story ".repeat(size.of(1_700_000)), "\"><p>"].concat()),
        says: "kept: ",
    },
    Case {
        name: "a-hundred-thousand-attributes",
        make: |size| page("", &["<div ", &"a=1 class=b data-x='y' ".repeat(size.of(33_000)), "><p>"].concat()),
        says: "kept: ",
    },
    Case {
        name: "attributes-on-all-elements",
        make: |size| {
            page(
                "",
                &"<p id=a class='x y z' style='display:none' itemprop=articleBody hidden>Quay</p>"
                    .repeat(size.of(5_000)),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "one-id-everywhere",
        make: |size| page("", &"<div id=main class=article><p id=main>Quay closed</p></div>".repeat(size.of(5_000))),
        says: "kept: ",
    },
    Case {
        name: "one-element-of-ten-thousand-children",
        make: |size| {
            page(
                "",
                &"<p>The quay at Sandholm was closed on Monday after two cranes collided, the port said.</p>"
                    .repeat(size.of(10_000)),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "ten-thousand-headlines",
        make: |size| page("", &"<h1>Quay closed at Sandholm</h1><h2>Quay closed</h2>".repeat(size.of(5_000))),
        says: "kept: ",
    },
    Case {
        name: "ten-thousand-links",
        make: |size| {
            page("", &"<li><a href='https://sandholm.example/quay'>Quay closed at Sandholm after two cranes collided</a></li>".repeat(size.of(5_000)))
        },
        says: "kept: ",
    },
    Case {
        name: "ten-thousand-times",
        make: |size| {
            page(
                &"<meta property=article:published_time content='2031-05-06T10:00:00Z'>".repeat(size.of(5_000)),
                &"<time datetime=2031-05-06>May 6, 2031</time>".repeat(size.of(5_000)),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "ten-thousand-articles",
        make: |size| {
            format!(
                "<!DOCTYPE html><html><body>{}</body></html>",
                format!("<article>{BODY}</article>").repeat(size.of(2_000))
            )
            .into_bytes()
        },
        says: "kept: ",
    },
    Case {
        name: "a-flood-of-references",
        make: |size| page("", &["<p>", &"&nbsp;&eacute;&notareference;&#x41".repeat(size.of(50_000))].concat()),
        says: "kept: ",
    },
    Case {
        name: "references-to-references",
        make: |size| page("", &["<p>&", &"amp;".repeat(size.of(200_000)), "lt;script&gt;alert(1)</p>"].concat()),
        says: "kept: ",
    },
    Case {
        name: "ampersands-alone",
        make: |size| page("", &["<p>", &"&".repeat(size.of(500_000))].concat()),
        says: "kept: ",
    },
    Case {
        name: "references-out-of-range",
        make: |size| {
            page(
                "",
                &[
                    "<p>",
                    &"&#x110000;&#xd800;&#0;&#1;&#99999999999999999999;&#xfffffffff;&#x80;&#27;&#x202e;"
                        .repeat(size.of(2_000)),
                ]
                .concat(),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "reference-of-a-megabyte",
        make: |size| {
            page("", &["<p>&", &"a".repeat(size.of(1 << 20)), ";&#", &"9".repeat(size.of(1 << 20)), ";"].concat())
        },
        says: "kept: ",
    },
    Case {
        name: "jsonld-nested",
        make: |size| jsonld(&["[".repeat(size.of(100_000)), "]".repeat(size.of(100_000))].concat()),
        says: "kept: ",
    },
    Case {
        name: "jsonld-nested-objects",
        make: |size| jsonld(&["{\"@graph\":".repeat(size.of(100)), "{}".into(), "}".repeat(size.of(100))].concat()),
        says: "kept: ",
    },
    Case {
        name: "jsonld-headline-of-ten-megabytes",
        make: |size| {
            jsonld(&format!(
                "{{\"@type\":\"NewsArticle\",\"headline\":\"{}\"}}",
                "Quay closed ".repeat(size.of(800_000))
            ))
        },
        says: "kept: ",
    },
    Case {
        name: "jsonld-that-names-itself",
        make: |_| {
            jsonld(
                "{\"@id\":\"#a\",\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"#a\"},\"publisher\":{\"@id\":\"#b\"},\"@graph\":[{\"@id\":\"#b\",\"isPartOf\":{\"@id\":\"#a\"}}]}",
            )
        },
        says: "kept: ",
    },
    Case {
        name: "jsonld-of-a-hundred-thousand-authors",
        make: |size| {
            jsonld(&format!(
                "{{\"@type\":\"NewsArticle\",\"author\":[{}0]}}",
                "{\"@type\":\"Person\",\"name\":\"Mara Quill\"},".repeat(size.of(20_000))
            ))
        },
        says: "kept: ",
    },
    Case {
        name: "jsonld-of-wrong-types",
        make: |_| {
            jsonld(
                "[null,1e999,{\"@type\":[1,null,{\"a\":[]}],\"headline\":{\"x\":[]},\"datePublished\":[[1e308]],\"author\":[[[null]]],\"publisher\":false,\"articleBody\":9}]",
            )
        },
        says: "kept: ",
    },
    Case {
        name: "jsonld-scripts-of-ten-thousand",
        make: |size| {
            page(&"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Quay closed\",\"datePublished\":\"2031-05-06\"}</script>".repeat(size.of(5_000)), "")
        },
        says: "kept: ",
    },
    Case {
        name: "meta-of-ten-megabytes",
        make: |size| {
            page(
                &format!(
                    "<meta property=og:title content=\"{}\"><meta name=author content=\"{}\">",
                    "Quay closed ".repeat(size.of(400_000)),
                    "Mara Quill, ".repeat(size.of(400_000))
                ),
                "",
            )
        },
        says: "kept: ",
    },
    Case {
        name: "title-of-a-megabyte",
        make: |size| {
            format!(
                "<html><head><title>{}</title></head><body>{BODY}</body></html>",
                "Quay closed | ".repeat(size.of(70_000))
            )
            .into_bytes()
        },
        says: "kept: ",
    },
    Case {
        name: "headline-of-a-megabyte",
        make: |size| page("", &["<h1>", &"Quay closed ".repeat(size.of(80_000)), "</h1>"].concat()),
        says: "kept: ",
    },
    Case {
        name: "byline-of-a-megabyte",
        make: |size| page("", &["<p class=byline>By ", &"Mara Quill and ".repeat(size.of(60_000)), "</p>"].concat()),
        says: "kept: ",
    },
    Case {
        name: "breaks-alone",
        make: |size| page("", &["<p>", &"<br>".repeat(size.of(200_000)), "words"].concat()),
        says: "kept: ",
    },
    Case {
        name: "breaks-between-words",
        make: |size| {
            page("", &["<p>", &"The quay was closed on Monday, the port said.<br><br>".repeat(size.of(5_000))].concat())
        },
        says: "kept: ",
    },
    Case {
        name: "page-without-words",
        make: |size| {
            ["<html><body>", &"<div><img src=x><script>quay()</script></div>".repeat(size.of(50_000))]
                .concat()
                .into_bytes()
        },
        says: "refused: ",
    },
    Case {
        name: "scripted-shell",
        make: |_| {
            b"<!DOCTYPE html><html><head><title>Quay</title></head><body><div id=root></div><noscript>Turn scripts on.</noscript></body></html>".to_vec()
        },
        says: "refused: ",
    },
];

/// Returns a page in which elements are opened 100,000 deep, the report within.
fn nested(size: &Size, open: &str) -> Vec<u8> {
    page("", &[&open.repeat(size.of(100_000)), BODY].concat())
}

fn closed(size: &Size, open: &str, close: &str) -> Vec<u8> {
    let n = size.of(100_000);
    page("", &[&open.repeat(n), BODY, &close.repeat(n)].concat())
}

fn jsonld(json: &str) -> Vec<u8> {
    page(&format!("<script type=\"application/ld+json\">{json}</script>"), "")
}
