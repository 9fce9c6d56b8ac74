//! What must hold of every input: what decoding, opening and reading may never do, whatever the bytes.
//!
//! A panic is caught by the program, so that one document costs itself alone; under the fuzzer it ends the run, since
//! the panic is reported before it is caught.

pub mod wrap;

use annals_core::reading::read;
use annals_core::report::{Report, Source};
use annals_core::text::{Span, Text};
use annals_core::when::When;
use annals_ingest::decode::{Capture, decode};
use annals_ingest::unpack::{Columns, Document, Item, Limits, Tally, walk_bytes};

/// Decodes bytes twice and checks the reports.
pub fn check_decode(bytes: &[u8], content_type: Option<&str>) {
    let capture = Capture {
        bytes,
        source: Source { path: "fuzzed".into(), record: None },
        url: Some("https://sandholm.example/2031/05/06/quay-closed.html"),
        content_type,
        ..Capture::default()
    };
    check_capture(&capture);
}

/// Decodes a capture twice and checks the reports.
pub fn check_capture(capture: &Capture<'_>) {
    let first = decode(capture);
    assert_eq!(first, decode(capture), "decoded again, it gives something else");
    match first {
        Ok(reports) => reports.iter().for_each(check_report),
        Err(refused) => assert!(!refused.reason.is_empty(), "refused without a reason"),
    }
}

/// Checks that a report can be cited and shown: passages lie in its text, and nothing in it is a control character.
pub fn check_report(report: &Report) {
    let text = &report.text;
    text.parts().iter().for_each(|part| check_span(text, part.span));
    report.published.iter().flat_map(|p| &p.evidence).for_each(|span| check_span(text, *span));
    report.credit.iter().filter_map(|c| c.span).for_each(|span| check_span(text, span));
    assert!(!text.as_str().contains(|c: char| c.is_control() && c != '\n'), "control characters in the text");
    let shown = [&report.title, &report.outlet, &report.dateline].into_iter().flatten().chain(&report.byline);
    for words in shown {
        assert!(!words.contains(char::is_control), "control characters in {words:?}");
    }
    for removed in &report.removed {
        assert!(!removed.exact.contains(|c: char| c.is_control() && c != '\n'), "control characters in {removed:?}");
    }
    assert!(!report.warnings.contains(&"decoder-failed"), "a panic was caught");
}

fn check_span(text: &Text, span: Span) {
    assert_eq!(text.span(span.start(), span.end()), Some(span), "no passage of the text");
    let _ = text.get(span);
}

/// Reads a text and checks that every passage lies in it.
pub fn check_reading(words: &str, published: Option<&When>) {
    let text = Text::verbatim(words);
    let reading = read(&text, published);
    let check = |span: Span| check_span(&text, span);
    reading.words.tokens.iter().for_each(|t| check(t.span));
    reading.words.sentences.iter().for_each(|s| check(s.span));
    reading.names.mentions.iter().for_each(|m| check(m.span));
    reading.times.iter().for_each(|t| check(t.span));
    for s in &reading.statements {
        s.content.iter().chain(&s.source).chain(&s.cue).for_each(|span| check(*span));
        check(s.passage);
    }
    reading.figures.iter().for_each(|f| (check(f.span), check(f.passage), f.what.map(check)).0);
    reading.events.iter().for_each(|e| (check(e.trigger), check(e.label), check(e.passage)).0);
    let again = read(&text, published);
    assert_eq!(reading.statements, again.statements, "read again, other statements");
    assert_eq!(reading.figures, again.figures, "read again, other figures");
    assert_eq!(reading.events, again.events, "read again, other events");
}

/// What statements are made of; a byte stands for each.
const PIECES: [&str; 48] = [
    "“",
    "”",
    "\"",
    "'",
    "’",
    "‘",
    "«",
    "»",
    "„",
    "``",
    "''",
    "(",
    ")",
    "[",
    "…",
    "—",
    ":",
    ",",
    ".",
    "?",
    "\n",
    "\n\n",
    " said ",
    " told ",
    "according to ",
    " saying ",
    " adding that ",
    "who ",
    "that ",
    "Ann Lund",
    "Roe",
    "the minister",
    "she ",
    "he ",
    "they ",
    "a senior official",
    "the gate was shut",
    "it will open on Monday",
    "nobody came",
    " on Tuesday",
    " reporters ",
    "the report shows ",
    " denied ",
    " called it ",
    "Will ",
    "May ",
    "é",
    " ",
];

/// Writes a text of the pieces that bytes stand for, reads it and checks its statements.
pub fn check_statements(bytes: &[u8]) {
    let words: String = bytes.iter().take(400).map(|b| PIECES[usize::from(*b) % PIECES.len()]).collect();
    check_reading(&words, None);
    let text = Text::verbatim(&words);
    let reading = read(&text, None);
    let paragraph = |span: Span| {
        let of = |at: usize| reading.words.sentence_at(at).map(|n| reading.words.sentences[n].paragraph);
        (of(span.start()), of(span.end() - 1))
    };
    for statement in &reading.statements {
        for &content in &statement.content {
            let (from, to) = paragraph(content);
            assert_eq!(from, to, "a stretch of words runs into another paragraph");
        }
        let (first, last) = (paragraph(statement.content[0]).0, statement.content.last().and_then(|c| paragraph(*c).0));
        let between = reading.statements.iter().filter(|o| o.source != statement.source && o.source.is_some());
        for other in between {
            let at = paragraph(other.content[0]).0;
            assert!(at <= first || at >= last, "words of one run across a paragraph of another");
        }
    }
    let (a, b) = words.split_at((0..=words.len() / 2).rev().find(|at| words.is_char_boundary(*at)).unwrap_or(0));
    let _ = annals_core::record::wording::compare(a, b);
}

/// Opens bytes twice and checks the account. Returns the documents.
pub fn check_open(bytes: &[u8]) -> Vec<Document> {
    // Small, so that inputs of some kilobytes reach them.
    let limits = Limits { document: 256 << 10, depth: 4, ratio: 100, unpacked: 4 << 20, seconds: None };
    let (items, tally) = open(bytes, &limits);
    assert_eq!((&items, &tally), (&open(bytes, &limits).0, &open(bytes, &limits).1), "opened again, it holds other");
    let (mut documents, mut lost) = (Vec::new(), 0);
    for item in items {
        match item {
            Item::Document(document) => {
                assert!(document.bytes.len() as u64 <= limits.document, "a document larger than the limit");
                documents.push(*document);
            }
            Item::Lost { reason, .. } => {
                assert!(!reason.is_empty(), "lost without a reason");
                lost += 1;
            }
        }
    }
    match tally {
        Some(tally) => assert_eq!((tally.documents, tally.lost), (documents.len() as u64, lost), "a wrong account"),
        None => assert_eq!(documents.len() as u64 + lost, 1, "no container, yet not one document"),
    }
    documents
}

fn open(bytes: &[u8], limits: &Limits) -> (Vec<Item>, Option<Tally>) {
    let mut items = Vec::new();
    let tally = walk_bytes(bytes, "fuzzed", limits, &Columns::default(), &mut |item| {
        items.push(item);
        true
    });
    (items, tally)
}

/// Lets panics pass that come from a crate known to panic on damaged input, where the program catches them.
pub fn forgive_panics_in(file: &'static str) {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|place| place.file().contains(file)) {
            usual(panic);
        }
    }));
}
