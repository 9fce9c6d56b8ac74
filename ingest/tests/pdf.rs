//! PDF files made here, letter by letter, and what should be read from them. All texts are invented.

#![cfg(feature = "pdf")]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use annals_core::report::{Report, Source};
use annals_core::text::PartKind;
use annals_ingest::decode::{Capture, decode};

const FIRST: &str = "The harbour board of Vell voted on Tuesday to close the old pier until spring, after engineers had found rotten timbers under the eastern walkway during an inspection.";
const SECOND: &str = "About 400 passengers use it every day, the port company said, and ferries will leave from the fish quay from now on while the work goes on at the pier itself.";
const THIRD: &str = "The mayor told reporters that the council would ask the ministry of transport for money, since the repairs are likely to cost more than two million crowns in all.";

fn all(bytes: &[u8]) -> Result<Vec<Report>, String> {
    let source = Source { path: "in.pdf".into(), record: None };
    decode(&Capture { bytes, source, ..Capture::default() }).map_err(|refused| refused.reason)
}

fn one(pages: &[Page]) -> Report {
    all(&pdf(pages, "")).unwrap().remove(0)
}

fn body(report: &Report) -> Vec<&str> {
    report.text.parts().iter().filter(|p| p.kind == PartKind::Body).map(|p| report.text.get(p.span)).collect()
}

fn removed<'a>(report: &'a Report, kind: &str) -> Vec<&'a str> {
    report.removed.iter().filter(|r| r.kind == kind).map(|r| r.exact.as_str()).collect()
}

/// The drawing instructions of a page of 600 by 800 points.
#[derive(Clone, Default)]
struct Page(String);

impl Page {
    /// Shows words at a place, in a size; y counts up from the foot.
    fn show(mut self, x: u32, y: u32, size: u32, words: &str) -> Page {
        let words = words.replace('(', "\\(").replace(')', "\\)");
        self.0 += &format!("BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n");
        self
    }

    /// Shows paragraphs in lines of so many letters, each first line set in.
    fn column(mut self, x: u32, top: u32, letters: usize, paragraphs: &[&str]) -> Page {
        let mut y = top;
        for paragraph in paragraphs {
            for (n, line) in wrapped(paragraph, letters).iter().enumerate() {
                self = self.show(x + if n == 0 { 10 } else { 0 }, y, 10, line);
                y -= 12;
            }
        }
        self
    }
}

fn wrapped(words: &str, letters: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let last = lines.last_mut().unwrap();
        if !last.is_empty() && last.len() + 1 + word.len() > letters {
            lines.push(word.to_owned());
        } else {
            last.push_str(if last.is_empty() { "" } else { " " });
            last.push_str(word);
        }
    }
    lines
}

/// Makes a file of the pages, without a table of where its objects lie; `trailer` goes into its trailer.
fn pdf(pages: &[Page], trailer: &str) -> Vec<u8> {
    let font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >> >>";
    let kids: String = (0..pages.len()).map(|n| format!("{} 0 R ", 10 + 2 * n)).collect();
    let mut out = format!(
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count {} /Kids [{kids}] /MediaBox [0 0 600 800] /Resources << {font} >> >> endobj\n",
        pages.len()
    );
    for (n, page) in pages.iter().enumerate() {
        let (at, stream) = (10 + 2 * n, 11 + 2 * n);
        out += &format!("{at} 0 obj << /Type /Page /Parent 2 0 R /Contents {stream} 0 R >> endobj\n");
        out += &format!("{stream} 0 obj << /Length {} >> stream\n{}\nendstream endobj\n", page.0.len(), page.0);
    }
    out += &format!("trailer << /Root 1 0 R {trailer} >>\nstartxref\n0\n%%EOF\n");
    out.into_bytes()
}

#[test]
fn columns_are_read_one_after_the_other_whatever_was_drawn_first() {
    let page = Page::default().column(310, 700, 44, &[THIRD]).column(50, 700, 44, &[FIRST, SECOND]).show(
        50,
        740,
        24,
        "Board closes old pier for winter",
    );
    let report = one(&[page]);
    assert_eq!(report.title.as_deref(), Some("Board closes old pier for winter"));
    assert_eq!(body(&report), [FIRST, SECOND, THIRD]);
}

#[test]
fn three_columns_under_a_headline_are_read_in_order() {
    let page = Page::default()
        .show(50, 770, 36, "The Vell Gazette")
        .show(50, 730, 24, "Board closes old pier for the whole winter season")
        .show(50, 712, 9, "By Ida Quill")
        .column(50, 690, 30, &[FIRST])
        .column(225, 690, 30, &[SECOND])
        .column(400, 690, 30, &[THIRD]);
    let report = one(&[page]);
    assert_eq!(report.title.as_deref(), Some("Board closes old pier for the whole winter season"));
    assert_eq!(report.outlet.as_deref(), Some("The Vell Gazette"));
    assert_eq!(report.byline, ["Ida Quill"]);
    assert_eq!(body(&report), [FIRST, SECOND, THIRD]);
}

#[test]
fn running_heads_go_and_the_sentence_runs_on() {
    let lines = wrapped(&[FIRST, SECOND, THIRD].join(" "), 60);
    let page = |from: usize, number: u32| {
        let mut page = Page::default().show(50, 770, 8, "The Vell Gazette").show(400, 770, 8, "4 June 2031");
        for (n, line) in lines[from..from + 4].iter().enumerate() {
            page = page.show(50, 700 - 12 * n as u32, 10, line);
        }
        page.show(300, 30, 8, &number.to_string())
    };
    let report = one(&[page(0, 1), page(4, 2)]);
    assert_eq!(body(&report), [lines[..8].join(" ")]);
    assert_eq!(removed(&report, "running-head"), ["The Vell Gazette 4 June 2031"]);
    assert_eq!(removed(&report, "page-number"), ["1", "2"]);
    assert_eq!(report.published.unwrap().ground, "printed in the masthead");
}

#[test]
fn words_broken_at_line_ends_are_mended_and_compounds_kept() {
    let page = Page::default()
        .show(50, 700, 10, "The harbour board of Vell voted on Tuesday to close the pier after an inspec-")
        .show(50, 688, 10, "tion had found rotten timbers, and it moved the well-known market of the young-")
        .show(50, 676, 10, "est traders to the fish quay until the repairs of the pier have been finished.");
    let text = one(&[page]).text;
    assert!(
        text.as_str().contains("an inspection had")
            && text.as_str().contains("well-known")
            && text.as_str().contains("youngest traders")
    );
}

#[test]
fn raised_number_of_a_note_is_no_digit() {
    let page = Page::default()
        .show(50, 700, 10, "The port company counted 400")
        .show(176, 704, 6, "1")
        .show(184, 700, 10, "passengers a day at the old pier, it said in a report on Tuesday.")
        .show(50, 60, 8, "1 Figures of the port company, without freight.");
    let report = one(&[page]);
    assert!(report.text.as_str().contains("counted 400 passengers"));
    assert_eq!(removed(&report, "note-mark"), ["1"]);
    assert_eq!(body(&report).last(), Some(&"1 Figures of the port company, without freight."));
}

#[test]
fn rows_of_a_table_stay_rows() {
    let row = |page: Page, y, a, b, c| page.show(50, y, 10, a).show(200, y, 10, b).show(320, y, 10, c);
    let mut page = Page::default().column(50, 760, 90, &[FIRST]);
    for (n, (month, count)) in
        [("January", "12,300"), ("February", "11,800"), ("March", "13,100"), ("April", "9,400")].into_iter().enumerate()
    {
        page = row(page, 700 - 14 * n as u32, month, count, "120");
    }
    page = page.column(50, 620, 90, &[SECOND]);
    assert!(body(&one(&[page])).contains(&"February 11,800 120"));
}

#[test]
fn letters_placed_one_by_one_make_words_and_stamps_are_left_out() {
    let mut page = Page::default();
    let words = "Board closes old pier after engineers had found rotten timbers there.";
    for (n, letter) in words.chars().enumerate().filter(|(_, c)| *c != ' ') {
        // Courier: every letter is as wide as another.
        page.0 += &format!("BT /C 10 Tf {} 700 Td ({letter}) Tj ET\n", 50 + 6 * n);
    }
    page.0 += "BT /F 60 Tf 0.7 0.7 -0.7 0.7 100 300 Tm (DRAFT) Tj ET\n";
    let bytes = pdf(&[page], "");
    let text = String::from_utf8(bytes)
        .unwrap()
        .replace("/Font << ", "/Font << /C << /Type /Font /Subtype /Type1 /BaseFont /Courier >> ");
    assert_eq!(all(text.as_bytes()).unwrap()[0].text.as_str(), words);
}

#[test]
fn what_letters_stand_for_is_taken_from_the_file() {
    let map = "1 beginbfchar <01> <00660069> endbfchar 1 beginbfrange <02> <04> <0061> endbfrange";
    let mut page = Page::default().column(50, 680, 90, &[FIRST]);
    page.0 += "BT /T 10 Tf 50 700 Td <0102> Tj ET ";
    page.0 += "BT /Span << /ActualText <FEFF00DF> >> BDC /F 10 Tf 66 700 Td (ss) Tj EMC ET";
    let text = String::from_utf8(pdf(&[page], "")).unwrap().replace(
        "/Font << ",
        "/Font << /T << /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 1 /Widths [600 500] /ToUnicode 90 0 R >> ",
    );
    let text = text
        .replace("trailer", &format!("90 0 obj << /Length {} >> stream\n{map}\nendstream endobj\ntrailer", map.len()));
    let report = all(text.as_bytes()).unwrap().remove(0);
    let words = format!("{:?}{}", report.removed, report.text.as_str());
    assert!(words.contains("fia ß"), "{words}");
}

#[test]
fn day_the_file_was_made_is_only_a_rival() {
    let page = Page::default().show(50, 740, 20, "Board closes old pier").show(50, 720, 9, "4 June 2031").column(
        50,
        700,
        90,
        &[FIRST, SECOND],
    );
    let info = "/Info << /Title (layout7.indd) /CreationDate (D:20310603101500Z) >>";
    let report = all(&pdf(&[page], info)).unwrap().remove(0);
    assert_eq!(report.title.as_deref(), Some("Board closes old pier"));
    assert_eq!(removed(&report, "property"), ["title: layout7.indd"]);
    let published = report.published.unwrap();
    assert_eq!(
        (published.when.from().to_string(), published.rivals[0].value.as_str()),
        ("2031-06-04".into(), "2031-06-03")
    );
}

#[test]
fn second_headline_on_a_page_is_said() {
    let page = Page::default()
        .show(50, 760, 24, "Board closes old pier for winter")
        .column(50, 740, 90, &[FIRST, SECOND])
        .show(50, 600, 20, "Ferry company asks the council for money")
        .column(50, 580, 90, &[THIRD]);
    assert!(one(&[page]).warnings.iter().any(|w| w == "several-headlines"));
}

#[test]
fn files_without_words_are_refused_with_the_reason() {
    let empty = all(&pdf(&[Page::default()], "")).unwrap_err();
    assert!(empty.contains("without words"), "{empty}");
    let picture = String::from_utf8(pdf(&[Page::default()], ""))
        .unwrap()
        .replace("/Font <<", "/XObject << /I 80 0 R >> /Font <<");
    let picture = all(picture.as_bytes()).unwrap_err();
    assert!(picture.contains("text layer"), "{picture}");
    assert!(all(b"%PDF-1.4\nnothing").unwrap_err().contains("damaged"));
}

#[test]
fn damage_does_no_harm() {
    let whole = pdf(&[Page::default().column(50, 700, 60, &[FIRST, SECOND])], "");
    for len in (9..whole.len()).step_by(37) {
        let _ = all(&whole[..len]);
        let mut broken = whole.clone();
        broken[len] ^= 0x55;
        let _ = all(&broken);
    }
    let nested = Page("q BT 1 0 0 1 1e30 -1e30 Tm /F 1e30 Tf (a) Tj /X Do ".repeat(3_000));
    let _ = all(&pdf(&[nested], ""));
}

#[test]
fn file_that_unpacks_without_end_is_refused() {
    use std::io::Write;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![0; 1 << 20];
    for _ in 0..260 {
        packed.write_all(&zeros).unwrap();
    }
    let mut bytes = pdf(&[Page::default()], "");
    bytes.extend_from_slice(b"70 0 obj << /Filter /FlateDecode >> stream\n");
    bytes.extend_from_slice(&packed.finish().unwrap());
    bytes.extend_from_slice(b"\nendstream endobj\n");
    assert!(all(&bytes).unwrap_err().contains("unpacks to more"));
}
