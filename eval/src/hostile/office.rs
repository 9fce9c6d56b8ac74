//! Office documents: missing parts, nesting, entities that grow.

use super::Case;
use super::feeds::{laughs, paragraphs};
use super::make::{Entry, deflated, stored, zeros_entry, zip};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "docx-nested-tables",
        make: |size| {
            docx(
                &[
                    "<w:tbl><w:tr><w:tc>".repeat(size.of(10_000)),
                    words(),
                    "</w:tc></w:tr></w:tbl>".repeat(size.of(10_000)),
                ]
                .concat(),
                vec![],
            )
        },
        says: "",
    },
    Case {
        name: "docx-nested-paragraphs",
        make: |size| docx(&["<w:p><w:r><w:t>Quay ".repeat(size.of(50_000)), words()].concat(), vec![]),
        says: "",
    },
    Case {
        name: "docx-without-its-document",
        make: |_| zip(&[stored("[Content_Types].xml", b"<Types/>")]),
        says: "refused: ",
    },
    Case {
        name: "docx-of-an-empty-document",
        make: |_| zip(&[stored("[Content_Types].xml", b"<Types/>"), stored("word/document.xml", b"")]),
        says: "refused: ",
    },
    Case {
        name: "docx-of-entities-that-grow",
        make: |_| {
            entry_of(
                "word/document.xml",
                &format!(
                    "<?xml version=\"1.0\"?>{}<w:document><w:body>{}<w:p><w:r><w:t>&lol9;</w:t></w:r></w:p></w:body></w:document>",
                    laughs(),
                    words()
                ),
            )
        },
        says: "kept: ",
    },
    Case {
        name: "docx-that-is-cut",
        make: |_| {
            let whole = docx(&words(), vec![]);
            whole[..whole.len() / 2].to_vec()
        },
        says: "failed: a damaged ZIP archive",
    },
    Case {
        name: "docx-of-a-bomb",
        make: |size| {
            zip(&[stored("[Content_Types].xml", b"<Types/>"), zeros_entry("word/document.xml", size.of(2_000))])
        },
        says: "refused: ",
    },
    Case {
        name: "docx-of-many-bombs",
        make: |size| {
            docx(&words(), (0..size.of(64)).map(|n| zeros_entry(&format!("word/header{n}.xml"), 100)).collect())
        },
        says: "kept: ",
    },
    Case {
        name: "docx-of-spaces-without-end",
        make: |size| docx(&[&words(), &*" ".repeat(size.of(20 << 20))].concat(), vec![]),
        says: "kept: ",
    },
    Case {
        name: "docx-of-a-hundred-thousand-paragraphs",
        make: |size| docx(&"<w:p><w:r><w:t>Quay closed.</w:t></w:r></w:p>".repeat(size.words(200_000)), vec![]),
        says: "",
    },
    Case {
        name: "docx-of-changes-in-changes",
        make: |size| docx(&["<w:ins><w:del><w:txbxContent><w:sdt>".repeat(size.of(10_000)), words()].concat(), vec![]),
        says: "",
    },
    Case {
        name: "docx-of-styles-that-follow-each-other",
        make: |_| {
            docx(&words(), vec![deflated("word/styles.xml", b"<w:styles><w:style w:styleId='a'><w:basedOn w:val='b'/></w:style><w:style w:styleId='b'><w:basedOn w:val='a'/></w:style></w:styles>")])
        },
        says: "kept: ",
    },
    Case {
        name: "docx-encrypted",
        make: |_| {
            let mut part = deflated("word/document.xml", b"<w:document/>");
            part.flags = 1;
            zip(&[stored("[Content_Types].xml", b"<Types/>"), part])
        },
        says: "refused: ",
    },
    Case {
        name: "odt-nested-sections",
        make: |size| {
            odt(&[
                "<text:section><text:list><text:list-item>".repeat(size.of(10_000)),
                paragraphs("<text:p>", "</text:p>"),
            ]
            .concat())
        },
        says: "",
    },
    Case {
        name: "odt-of-entities-that-grow",
        make: |_| {
            odt_of(&format!(
                "<?xml version=\"1.0\"?>{}<office:document-content><office:body><office:text>{}<text:p>&lol9;</text:p></office:text></office:body></office:document-content>",
                laughs(),
                paragraphs("<text:p>", "</text:p>")
            ))
        },
        says: "kept: ",
    },
    Case {
        name: "odt-of-spaces-by-count",
        make: |_| {
            odt(&[&paragraphs("<text:p>", "</text:p>"), "<text:p>Quay<text:s text:c=\"4294967295\"/>closed<text:tab/><text:s text:c=\"-1\"/><text:s text:c=\"999999999\"/></text:p>"].concat())
        },
        says: "kept: ",
    },
    Case {
        name: "odt-of-cells-by-count",
        make: |_| {
            odt(&[&paragraphs("<text:p>", "</text:p>"), "<table:table><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"><text:p>9</text:p></table:table-cell></table:table-row></table:table>"].concat())
        },
        says: "kept: ",
    },
    Case {
        name: "spreadsheet",
        make: |_| zip(&[stored("[Content_Types].xml", b"<Types/>"), stored("xl/workbook.xml", b"<workbook/>")]),
        says: "refused: ",
    },
];

fn words() -> String {
    paragraphs("<w:p><w:r><w:t>", "</w:t></w:r></w:p>")
}

/// Returns a word processor's document with that body and other parts.
pub(super) fn docx(body: &str, others: Vec<Entry>) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
    let mut entries =
        vec![stored("[Content_Types].xml", b"<Types/>"), deflated("word/document.xml", document.as_bytes())];
    entries.extend(others);
    zip(&entries)
}

fn entry_of(name: &str, part: &str) -> Vec<u8> {
    zip(&[stored("[Content_Types].xml", b"<Types/>"), deflated(name, part.as_bytes())])
}

fn odt(body: &str) -> Vec<u8> {
    odt_of(&format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    ))
}

fn odt_of(content: &str) -> Vec<u8> {
    zip(&[stored("mimetype", b"application/vnd.oasis.opendocument.text"), deflated("content.xml", content.as_bytes())])
}
