//! Containers: each document within is given once, with what the container says of it; damage costs its part alone.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

use annals_ingest::decode::decode;
use annals_ingest::source;
use annals_ingest::unpack::{Columns, Document, Item, Limits, Tally, walk};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use std::io::{Cursor, Write};

/// Walks bytes as a file of that name; returns documents, what was lost, and the account.
fn opened(name: &str, bytes: &[u8], limits: &Limits, columns: &str) -> (Vec<Document>, Vec<String>, Option<Tally>) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("unpack");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, bytes).unwrap();
    let found = source::find(&[file.to_string_lossy().into_owned()]);
    let (mut documents, mut lost) = (Vec::new(), Vec::new());
    let tally = walk(&found[0], limits, &Columns::parse(columns).unwrap(), &mut |item| {
        match item {
            Item::Document(document) => documents.push(*document),
            Item::Lost { reason, .. } => lost.push(reason),
        }
        true
    });
    (documents, lost, tally)
}

fn open(name: &str, bytes: &[u8]) -> (Vec<Document>, Vec<String>, Option<Tally>) {
    opened(name, bytes, &Limits::default(), "")
}

fn records(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|d| d.source.record.as_deref().unwrap_or("")).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        out.append_data(&mut header, name, *bytes).unwrap();
    }
    out.into_inner().unwrap()
}

const PAGE: &str = "<html><head><title>Quay closed</title></head><body><h1>Quay closed</h1><p>The quay at Sandholm was closed on Monday after two cranes collided, the port said, and nobody was hurt.</p></body></html>";

fn record(kind: &str, id: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: https://sandholm.example/{id}\r\nWARC-Date: 2031-05-06T10:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(id: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n");
    record("response", id, "application/http; msgtype=response", &[head.as_bytes(), body].concat())
}

#[test]
fn archives_in_archives_are_opened_and_name_the_way() {
    let inner = zip(&[("north/a.html", PAGE.as_bytes()), (".DS_Store", b"junk"), ("b.txt", b"Quay closed")]);
    let outer = gzip(&tar(&[("inner.zip", &inner), ("c.txt.gz", &gzip(b"Quay open again"))]));
    let (documents, lost, tally) = open("outer.tgz", &outer);
    assert_eq!(records(&documents), ["inner.zip/north/a.html", "inner.zip/b.txt", "c.txt.gz"]);
    assert_eq!(documents[2].bytes, b"Quay open again");
    assert!(lost.is_empty());
    assert_eq!(tally.unwrap().account(), "a container of 3 documents; passed over: 1 hidden files");
}

#[test]
fn a_plain_document_is_no_container() {
    let (documents, _, tally) = open("page.html", PAGE.as_bytes());
    assert_eq!((documents.len(), tally), (1, None));
    let (documents, _, tally) = open("page.html.gz", &gzip(PAGE.as_bytes()));
    assert_eq!((documents[0].bytes.as_slice(), tally), (PAGE.as_bytes(), None));
}

#[test]
fn a_web_archive_gives_its_pages_however_they_were_sent() {
    let deflated = {
        let mut out = ZlibEncoder::new(Vec::new(), Compression::fast());
        out.write_all(PAGE.as_bytes()).unwrap();
        out.finish().unwrap()
    };
    let (front, back) = PAGE.as_bytes().split_at(30);
    let chunked =
        [b"1e\r\n", front, format!("\r\n{:x};x=y\r\n", back.len()).as_bytes(), back, b"\r\n0\r\n\r\n"].concat();
    let all = [
        record("warcinfo", "0", "application/warc-fields", b"software: none"),
        answer("plain", "", PAGE.as_bytes()),
        answer("gzip", "Content-Encoding: gzip\r\n", &gzip(PAGE.as_bytes())),
        answer("deflate", "Content-Encoding: deflate\r\n", &deflated),
        answer("chunked", "Transfer-Encoding: chunked\r\n", &chunked),
        answer("undone", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", PAGE.as_bytes()),
        record("response", "gone", "application/http", b"HTTP/1.1 404 Gone\r\n\r\nno"),
        record("resource", "note", "text/plain", b"Quay closed"),
    ];
    let each: Vec<u8> = all.iter().flat_map(|r| gzip(r)).collect();
    for (name, bytes) in [("a.warc", all.concat()), ("each.warc.gz", each), ("whole.warc.gz", gzip(&all.concat()))] {
        let (documents, lost, tally) = open(name, &bytes);
        assert_eq!(records(&documents), ["plain", "gzip", "deflate", "chunked", "undone", "note"], "{name}: {lost:?}");
        assert!(documents[..5].iter().all(|d| d.bytes == PAGE.as_bytes()), "{name}");
        assert_eq!(documents[0].url.as_deref(), Some("https://sandholm.example/plain"));
        assert_eq!(documents[0].captured.unwrap().to_string(), "2031-05-06");
        assert_eq!(
            tally.unwrap().account(),
            "a container of 6 documents; passed over: 1 answers with status 404, 1 warcinfo records"
        );
    }
}

#[test]
fn a_damaged_record_costs_itself_alone() {
    let mut members: Vec<Vec<u8>> = ["one", "two", "three"].map(|id| gzip(&answer(id, "", PAGE.as_bytes()))).into();
    let middle = members[1].len() / 2;
    members[1][middle..middle + 8].fill(0xff);
    let (documents, lost, _) = open("damaged.warc.gz", &members.concat());
    assert_eq!(records(&documents), ["one", "three"]);
    assert_eq!(lost.len(), 1, "{lost:?}");
    let plain = [answer("one", "", PAGE.as_bytes()), b"rubbish\r\n".to_vec(), answer("two", "", PAGE.as_bytes())];
    let (documents, lost, _) = open("damaged.warc", &plain.concat());
    assert_eq!((records(&documents), lost.len()), (vec!["one", "two"], 1));
    let whole = answer("one", "", PAGE.as_bytes());
    let (documents, lost, _) = open("cut.warc", &whole[..whole.len() - 40]);
    assert!(documents.is_empty() && lost[0].contains("ends within it"), "{lost:?}");
}

#[test]
fn a_record_that_claims_to_be_endless_is_not_believed() {
    let claim =
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9223372036854775807\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx";
    let (documents, lost, _) = open("endless.warc", claim);
    assert!(documents.is_empty());
    assert!(lost[0].contains("larger than 64 MiB"), "{lost:?}");
}

#[test]
fn what_grows_without_end_is_stopped() {
    let zeros = vec![0u8; 40 << 20];
    let limits = Limits { ratio: 100, ..Limits::default() };
    for (name, bytes) in [
        ("bomb.gz", gzip(&zeros)),
        ("bomb.zip", zip(&[("zeros", &zeros)])),
        ("bomb.zst", zstd::encode_all(zeros.as_slice(), 1).unwrap()),
    ] {
        let (documents, lost, _) = opened(name, &bytes, &limits, "");
        assert!(documents.is_empty() && lost[0].contains("100 times"), "{name}: {lost:?}");
    }
    let nested = (0..9).fold(b"Quay closed".to_vec(), |inner, _| gzip(&inner));
    let (documents, lost, _) = open("deep.gz", &nested);
    assert!(documents.is_empty() && lost[0].contains("6 deep"), "{lost:?}");
    let (documents, lost, _) =
        opened("total.tar", &tar(&[("a", &[b'a'; 600]), ("b", &[b'b'; 600])]), &Limits { unpacked: 500, ..limits }, "");
    assert_eq!((documents.len(), lost.len()), (1, 1));
}

#[test]
fn a_mailbox_gives_its_letters() {
    let letter = |id: &str| {
        format!(
            "From x Mon May  5 10:00:00 2031\r\nMessage-ID: <{id}>\r\nSubject: Quay\r\n\r\nClosed.\r\n>From Monday.\r\n\r\n"
        )
    };
    let (documents, _, _) = open("letters.mbox", (letter("1@b") + &letter("2@b")).as_bytes());
    assert_eq!(records(&documents), ["1@b", "2@b"]);
    assert!(documents[1].bytes.ends_with(b"\r\nFrom Monday.\r\n\r\n"));
}

#[test]
fn rows_become_reports_with_the_head_that_their_columns_give() {
    let rows = br#"{"Headline":"Quay closed","maintext":"The quay at Sandholm was closed on Monday, the port said.","date_publish":"2031-05-06 08:00:00","authors":["Mara Quill"],"source_domain":"sandholm.example","link":"https://sandholm.example/1"}
{"headline":"Quay open","maintext":"The quay at Sandholm was opened on Tuesday, the port said.","date_publish":1936000000000}

[1, 2]
{"other":"nothing to read"}
"#;
    let (documents, lost, _) = open("rows.jsonl", rows);
    assert_eq!(records(&documents), ["row 1", "row 2", "row 5"]);
    assert_eq!(lost.len(), 1, "{lost:?}");
    let report = &decode(&documents[0].capture()).unwrap()[0];
    assert_eq!(report.title.as_deref(), Some("Quay closed"));
    assert_eq!(report.byline, ["Mara Quill"]);
    assert_eq!(report.url.as_deref(), Some("https://sandholm.example/1"));
    let published = report.published.as_ref().unwrap();
    assert_eq!(
        (published.when.from().to_string().as_str(), published.ground.as_str()),
        ("2031-05-06", "date column of the table")
    );
    let published = decode(&documents[1].capture()).unwrap()[0].published.clone().unwrap();
    assert_eq!(published.when.from().to_string(), "2031-05-08");
}

#[test]
fn columns_can_be_named() {
    let rows = br#"{"a":"Quay closed","b":"The quay at Sandholm was closed on Monday.","text":"not this"}"#;
    let (documents, _, _) = opened("named.jsonl", rows, &Limits::default(), "title=a,text=b");
    assert!(documents[0].bytes.starts_with(b"The quay"));
    assert!(Columns::parse("words=b").unwrap_err().contains("use id, text"));
}

#[test]
fn other_json_is_left_to_its_own_format() {
    let (documents, _, tally) =
        open("feed.json", br#"{"version":"https://jsonfeed.org/version/1.1","title":"Desk","items":[]}"#);
    assert_eq!((documents.len(), tally), (1, None));
    let (documents, _, tally) = open("bracket.txt", b"[Picture] Quay closed\n\nThe quay was closed on Monday.");
    assert_eq!((documents.len(), tally), (1, None));
    let (documents, _, _) =
        open("wrapped.json", b"{\"status\": \"ok\",\n \"articles\": [{\"content\": \"Quay closed\"}]}");
    assert_eq!(records(&documents), ["row 1"]);
}

#[test]
fn what_an_archive_says_of_itself_is_not_taken_into_memory_without_end() {
    // A long name of 2 MiB, then an entry.
    let mut header = tar::Header::new_gnu();
    header.set_path("long").unwrap();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(2 << 20);
    header.set_cksum();
    let long = [header.as_bytes().as_slice(), &vec![b'a'; 2 << 20], &tar(&[("a.txt", b"Quay closed")])].concat();
    let (documents, lost, _) = open("long.tar", &long);
    assert!(documents.is_empty() && lost[0].contains("a header of more than 1 MiB"), "{lost:?}");
    let kinds: Vec<u8> = (0..100).flat_map(|n| record(&format!("quay{n}"), "a", "text/plain", b"")).collect();
    let (_, _, tally) = open("kinds.warc", &kinds);
    assert_eq!(tally.unwrap().passed_over.last_key_value(), Some((&"quay9 records".to_owned(), &1)));
    let layers = answer("a", &format!("Content-Encoding: {}\r\n", "gzip, ".repeat(9)), PAGE.as_bytes());
    assert!(open("layers.warc", &layers).1[0].contains("encoded 10 times over"));
}

#[test]
fn a_text_that_begins_with_from_is_no_mailbox_and_a_sentence_parts_no_letters() {
    let (documents, _, tally) = open(
        "from.txt",
        b"From 10:30 on 3 May the quay was closed.\nUpdate: it is open.\n\nFrom 14:00 on it was busy.\n",
    );
    assert_eq!((documents.len(), tally), (1, None));
    let letter = "From x Mon May  5 10:00:00 2031\nSubject: Quay\n\nClosed.\n\nFrom 10:30 on 3 May 2031 it was closed.\nMore: tomorrow.\n";
    let (documents, _, _) = open("one.mbox", letter.as_bytes());
    assert_eq!(documents.len(), 1);
}

#[test]
fn every_list_of_articles_in_a_wrapper_is_read() {
    let wrapped = br#"{"response": {"results": [{"title": "No text here"}, {"text": "Quay closed"}], "more": {"docs": [{"body": "Quay open"}]}}}"#;
    let (documents, lost, _) = open("nested.json", wrapped);
    let texts: Vec<&[u8]> = documents.iter().map(|d| d.bytes.as_slice()).collect();
    assert_eq!((texts.len(), lost.len()), (2, 1), "{lost:?}");
    let (documents, _, _) = open("both.json", br#"{"text": "Quay closed", "articles": [{"text": "Quay open"}]}"#);
    assert_eq!(documents.len(), 2);
}
