//! Office documents and e-mail: small files made here, and what should be read from them. All texts are invented.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use annals_core::report::{Report, Source};
use annals_core::text::PartKind;
use annals_ingest::decode::{Capture, decode};
use std::io::Write;
use zip::write::SimpleFileOptions;

const PROSE: &str = "The harbour board of Vell voted on Tuesday to close the old pier until spring, after engineers found rotten timbers under the walkway.";
const SECOND: &str = "About 400 passengers use it every day, the port company said, and ferries will leave from the fish quay from now on.";

fn all(bytes: &[u8]) -> Result<Vec<Report>, String> {
    let source = Source { path: "in".into(), record: None };
    decode(&Capture { bytes, source, ..Capture::default() }).map_err(|refused| refused.reason)
}

fn one(bytes: &[u8]) -> Report {
    let mut reports = all(bytes).unwrap();
    assert_eq!(reports.len(), 1);
    reports.remove(0)
}

fn body(report: &Report) -> Vec<&str> {
    report.text.parts().iter().filter(|p| p.kind == PartKind::Body).map(|p| report.text.get(p.span)).collect()
}

fn removed<'a>(report: &'a Report, kind: &str) -> Vec<&'a str> {
    report.removed.iter().filter(|r| r.kind == kind).map(|r| r.exact.as_str()).collect()
}

fn day(report: &Report) -> Option<String> {
    report.published.as_ref().map(|p| p.when.from().to_string())
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, words) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(words.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with the given paragraphs and other parts.
fn docx(paragraphs: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<?xml version='1.0'?><w:document><w:body>{paragraphs}</w:body></w:document>");
    let styles = "<w:styles><w:style w:styleId='Titel'><w:name w:val='Title'/></w:style></w:styles>";
    let mut parts = vec![("[Content_Types].xml", "<Types/>"), ("word/document.xml", document.as_str())];
    parts.push(("word/styles.xml", styles));
    parts.extend_from_slice(others);
    zipped(&parts)
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn odt(text: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    let mut parts = vec![("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content.as_str())];
    parts.extend_from_slice(others);
    zipped(&parts)
}

#[test]
fn word_document_is_read_with_its_title_by_style() {
    let title = "<w:p><w:pPr><w:pStyle w:val='Titel'/></w:pPr><w:r><w:t>Board </w:t></w:r><w:r><w:t>closes pier &amp; quay</w:t></w:r></w:p>";
    let bytes = docx(&format!("{title}{}{}{}", p("By Ida Quill"), p(PROSE), p(SECOND)), &[]);
    let report = one(&bytes);
    assert_eq!(report.title.as_deref(), Some("Board closes pier & quay"));
    assert_eq!(report.byline, ["Ida Quill"]);
    assert_eq!(body(&report), [PROSE, SECOND]);
}

#[test]
fn largest_letters_of_a_word_document_are_its_headline() {
    let large = |words: &str| format!("<w:p><w:r><w:rPr><w:sz w:val='40'/></w:rPr><w:t>{words}</w:t></w:r></w:p>");
    let bytes = docx(
        &format!("{}{}{}{}", p("For the use of all newsrooms"), large("Board closes pier"), p(PROSE), p(SECOND)),
        &[],
    );
    assert_eq!(one(&bytes).title.as_deref(), Some("Board closes pier"));
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let changed = "<w:p><w:r><w:t xml:space='preserve'>The board of the port company voted on Tuesday to close the </w:t></w:r>\
        <w:del><w:r><w:delText>new</w:delText></w:r><w:r><w:t>new</w:t></w:r></w:del><w:ins><w:r><w:t>old</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> pier until the spring of next year.</w:t></w:r></w:p>";
    let report = one(&docx(&format!("{}{changed}{}", p("Board closes old pier"), p(SECOND)), &[]));
    assert_eq!(
        body(&report)[0],
        "The board of the port company voted on Tuesday to close the old pier until the spring of next year."
    );
    assert!(report.warnings.iter().any(|w| w == "tracked-changes"));
}

#[test]
fn text_box_is_read_once_and_hidden_words_not() {
    let boxed = format!(
        "<w:p><w:r><w:t>{PROSE}</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{}</w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>Do not print.</w:t></w:r></w:p>",
        p(SECOND)
    );
    let report = one(&docx(&format!("{}{boxed}", p("Board closes old pier")), &[]));
    assert_eq!(body(&report), [PROSE, SECOND]);
}

#[test]
fn notes_stand_last_and_margins_comments_and_properties_apart() {
    let notes = format!(
        "<w:footnotes><w:footnote w:type='separator'>{}</w:footnote><w:footnote>{}</w:footnote></w:footnotes>",
        p("-"),
        p("Figures of the port company for 2030.")
    );
    let others = [
        ("word/footnotes.xml", notes.as_str()),
        ("word/header1.xml", "<w:hdr><w:p><w:r><w:t>Port of Vell press office</w:t></w:r></w:p></w:hdr>"),
        (
            "word/comments.xml",
            "<w:comments><w:comment><w:p><w:r><w:t>Check with legal.</w:t></w:r></w:p></w:comment></w:comments>",
        ),
        (
            "docProps/core.xml",
            "<c><dc:creator>office3</dc:creator><dcterms:created>2031-06-01T08:00:00Z</dcterms:created></c>",
        ),
    ];
    let report =
        one(&docx(&format!("{}{}{}{}", p("Board closes old pier"), p("4 June 2031"), p(PROSE), p(SECOND)), &others));
    assert_eq!(body(&report).last(), Some(&"Figures of the port company for 2030."));
    assert_eq!(removed(&report, "running-head"), ["Port of Vell press office"]);
    assert_eq!(removed(&report, "comment"), ["Check with legal."]);
    assert_eq!(removed(&report, "property"), ["creator: office3"]);
    assert_eq!(day(&report).as_deref(), Some("2031-06-04"));
    assert_eq!(report.published.unwrap().rivals[0].value, "2031-06-01");
}

#[test]
fn day_a_file_was_made_is_no_day_of_publication() {
    let made = [("docProps/core.xml", "<c><dcterms:created>2031-06-01T08:00:00Z</dcterms:created></c>")];
    assert_eq!(day(&one(&docx(&format!("{}{}", p("Board closes old pier"), p(PROSE)), &made))), None);
}

#[test]
fn open_document_is_read_without_deletions() {
    let text = format!(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>The old first paragraph, which nobody should read again, of course.</text:p></text:deletion></text:changed-region></text:tracked-changes>\
         <text:h text:outline-level='1'>Board closes<text:s/>old pier</text:h><text:p>{PROSE}<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Figures for 2030.</text:p></text:note-body></text:note></text:p>\
         <text:list><text:list-item><text:p>{SECOND}</text:p></text:list-item></text:list>"
    );
    let styles = ("styles.xml", "<s><style:header><text:p>Port of Vell</text:p></style:header></s>");
    let report = one(&odt(&text, &[styles]));
    assert_eq!(report.title.as_deref(), Some("Board closes old pier"));
    assert_eq!(body(&report), [PROSE, SECOND, "Figures for 2030."]);
    assert_eq!(removed(&report, "running-head"), ["Port of Vell"]);
    assert!(report.warnings.iter().any(|w| w == "tracked-changes"));
}

#[test]
fn sheets_books_and_damaged_documents_are_refused_by_name() {
    let sheet = zipped(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<w/>")]);
    assert!(all(&sheet).unwrap_err().contains("spreadsheet"));
    assert!(all(&zipped(&[("mimetype", "application/epub+zip")])).unwrap_err().contains("e-book"));
    assert!(all(&zipped(&[("a.txt", "A plain archive.")])).unwrap_err().contains("zip archive"));
    let whole = docx(&p(PROSE), &[]);
    for len in (0..whole.len()).step_by(7) {
        let _ = all(&whole[..len]);
    }
}

#[test]
fn markup_cut_short_is_read_as_far_as_it_goes_and_said() {
    let document = format!("<w:document><w:body>{}{}<w:p><w:r><w:t>{SECOND}", p("Board closes old pier"), p(PROSE));
    let report = one(&zipped(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)]));
    assert!(body(&report).contains(&PROSE));
    assert!(report.warnings.iter().any(|w| w == "cut-short"));
}

/// A mail of one part.
fn mail(head: &str, kind: &str, words: &str) -> Vec<u8> {
    format!("{head}\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{words}")
        .replace('\n', "\r\n")
        .replace("\r\r", "\r")
        .into_bytes()
}

const HEAD: &str = "From: The Vell Letter <letter@vell.example>\nDate: Wed, 4 Jun 2031 07:30:00 +0200\nSubject: =?utf-8?q?Board_closes_caf=C3=A9_pier?=\nList-Id: The Vell Letter <letter.vell.example>";

#[test]
fn newsletter_has_its_subject_date_and_list() {
    let page = format!(
        "<html><body><table><tr><td><a href='x'>View this email in your browser</a></td></tr><tr><td><p>{PROSE}</p><p>{SECOND}</p></td></tr><tr><td><p>You are receiving this email because you signed up. <a href='u'>Unsubscribe</a></p></td></tr></table></body></html>"
    );
    let report = one(&mail(HEAD, "text/html", &page));
    assert_eq!(report.title.as_deref(), Some("Board closes café pier"));
    assert_eq!(report.outlet.as_deref(), Some("The Vell Letter"));
    assert_eq!(day(&report).as_deref(), Some("2031-06-04"));
    assert_eq!(body(&report), [PROSE, SECOND]);
    assert!(report.byline.is_empty());
}

#[test]
fn sender_of_a_private_mail_is_neither_author_nor_outlet() {
    let head = "From: Ida Roe <ida@vell.example>\nDate: Wed, 4 Jun 2031 07:30:00 +0200\nSubject: Re: the pier at Vell\nMessage-ID: <1@vell.example>";
    let words = format!(
        "{PROSE}\n\n{SECOND}\n\nOn Tue, 3 Jun 2031 at 09:14, Bo Arn <bo@vell.example> wrote:\n> The pier is open, he said on Monday, and it will stay open.\n"
    );
    let report = one(&mail(head, "text/plain", &words));
    assert_eq!(report.title.as_deref(), Some("the pier at Vell"));
    assert_eq!((report.outlet.as_deref(), report.byline.len()), (None, 0));
    assert_eq!(body(&report), [PROSE, SECOND]);
    assert!(removed(&report, "quoted-mail")[0].contains("will stay open"));
}

#[test]
fn forwarded_mail_is_read_as_the_mail_it_passes_on() {
    let words = format!(
        "FYI\n\n---------- Forwarded message ---------\nFrom: Vell Newsroom <desk@vell.example>\nDate: Mon, 2 Jun 2031 at 10:00\nSubject: Board closes old pier\nTo: <all@vell.example>\n\n{PROSE}\n\n{SECOND}\n"
    );
    let report = one(&mail(HEAD, "text/plain", &words));
    assert_eq!(report.title.as_deref(), Some("Board closes old pier"));
    assert_eq!(report.outlet.as_deref(), Some("Vell Newsroom"));
    assert!(report.warnings.iter().any(|w| w == "forwarded-mail"));
    assert_eq!(body(&report), [PROSE, SECOND]);
    assert_eq!(day(&report).as_deref(), Some("2031-06-02"));
}

#[test]
fn attached_documents_are_reports_of_their_own() {
    let words = format!(
        "{HEAD}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{PROSE}\n\n{SECOND}\n\
         --b\nContent-Type: image/png; name=pier.png\nContent-Disposition: attachment; filename=pier.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n\
         --b\nContent-Type: text/html; name=old.html\nContent-Disposition: attachment; filename=old.html\n\n<html><body><article><h1>Pier reopens after storm</h1><p>{PROSE}</p><p>{SECOND}</p></article></body></html>\n--b--\n"
    );
    let reports = all(words.as_bytes()).unwrap();
    assert_eq!(reports.len(), 2);
    assert_eq!(removed(&reports[0], "attachment"), ["pier.png: not read"]);
    assert_eq!(reports[1].title.as_deref(), Some("Pier reopens after storm"));
    assert_eq!(reports[1].source.record.as_deref(), Some("3"));
}

#[test]
fn pasted_head_of_a_mail_gives_headline_and_day() {
    let text = format!(
        "From: Ida Roe\nSent: Wednesday, June 4, 2031 9:14 AM\nTo: Newsroom\nSubject: Board closes old pier\n\n{PROSE}\n\n{SECOND}\n"
    );
    let report = one(text.as_bytes());
    assert_eq!(report.title.as_deref(), Some("Board closes old pier"));
    assert_eq!(day(&report).as_deref(), Some("2031-06-04"));
    assert!(report.byline.is_empty());
    assert_eq!(body(&report), [PROSE, SECOND]);
}

#[test]
fn a_mail_forwarded_often_is_read_and_holds_no_control_characters() {
    let forwarded = "---------- Forwarded message ---------\nFrom: Ida Roe\n\n".repeat(50);
    let mail =
        format!("Message-ID: <1@vell.example>\nFrom: x@vell.example\nDate: \u{1b}[2J\u{0}soon\n\n{forwarded}{PROSE}\n");
    let report = one(mail.as_bytes());
    assert!(report.removed.iter().all(|r| !r.exact.contains(['\u{1b}', '\0'])), "{:?}", report.removed);
}

#[test]
fn a_letter_whose_parts_cannot_be_told_keeps_its_words() {
    // Found by fuzzing: forwarded letters within parts that begin and never end.
    let part =
        "Content-Type: multq\r\nContent-Type: message/rfc822\r\n\r\nMessage 2031\nA:\"b\nFrom x Mon Ma =?u-q\r\n";
    let letter = format!(
        "Message-ID: <1@b>\nFrom: x@b\nSubject: Quay\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"q\"\r\n\r\n--q\r\n{part}{part}{part}A: b\nThe quay at Sandholm was closed on Monday.\r\n--q--\r\n"
    );
    let reports = all(letter.as_bytes()).unwrap();
    assert!(reports.iter().any(|r| r.text.as_str().contains("closed on Monday")), "{reports:?}");
}

#[test]
fn a_page_saved_into_one_file_is_a_page() {
    let saved = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://sandholm.example/quay\r\nSubject: Quay closed - Herald\r\nDate: Fri, 8 May 2037 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"q\"\r\n\r\n--q\r\nContent-Type: text/html\r\nContent-Location: https://sandholm.example/quay\r\n\r\n<html><head><title>Quay closed after cranes collide - Herald</title><meta property=\"article:published_time\" content=\"2031-05-06\"></head><body><h1>Quay closed after cranes collide</h1><p>The quay at Sandholm was closed on Monday after two cranes collided, the port said, and nobody was hurt.</p></body></html>\r\n--q\r\nContent-Type: text/html\r\nContent-Location: cid:ad\r\n\r\n<html><body><p>Buy a crane today, it is cheap and it will not collide with any other crane, said the seller.</p></body></html>\r\n--q--\r\n";
    let reports = all(saved.as_bytes()).unwrap();
    assert_eq!(reports.len(), 1, "{reports:?}");
    assert_eq!(reports[0].url.as_deref(), Some("https://sandholm.example/quay"));
    assert_eq!(reports[0].title.as_deref(), Some("Quay closed after cranes collide"));
    assert_eq!(reports[0].published.as_ref().unwrap().when.from().to_string(), "2031-05-06");
}
