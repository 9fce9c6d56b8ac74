//! Feeds in JSON and wire messages in XML, made here, and what should be read from them. All texts are invented.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use annals_core::report::{Report, Source};
use annals_core::text::PartKind;
use annals_ingest::decode::{Capture, decode};

const PROSE: &str = "The harbour board of Vell voted on Tuesday to close the old pier until spring, after engineers found rotten timbers under the walkway.";
const SECOND: &str = "About 400 passengers use it every day, the port company said, and ferries will leave from the fish quay from now on.";

fn all(text: &str) -> Vec<Report> {
    let source = Source { path: "in".into(), record: None };
    decode(&Capture { bytes: text.as_bytes(), source, ..Capture::default() }).unwrap()
}

fn body(report: &Report) -> Vec<&str> {
    report.text.parts().iter().filter(|p| p.kind == PartKind::Body).map(|p| report.text.get(p.span)).collect()
}

fn day(report: &Report) -> Option<String> {
    report.published.as_ref().map(|p| p.when.from().to_string())
}

#[test]
fn items_of_a_json_feed_are_reports() {
    let feed = format!(
        r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "Radio Vell – News", "language": "en", "items": [
        {{"id": "7", "url": "https://vell.example/7", "title": "Board closes pier", "content_html": "<p>{PROSE}</p><p>{SECOND}</p>",
          "date_published": "2031-06-04T08:00:00+02:00", "date_modified": "2031-06-05T08:00:00+02:00", "authors": [{{"name": "Ida Quill"}}]}},
        {{"id": 8, "content_text": "{PROSE}"}}]}}"#
    );
    let reports = all(&feed);
    assert_eq!(reports[0].title.as_deref(), Some("Board closes pier"));
    assert_eq!((reports[0].outlet.as_deref(), reports[0].source.record.as_deref()), (Some("Radio Vell"), Some("7")));
    assert_eq!(reports[0].url.as_deref(), Some("https://vell.example/7"));
    assert_eq!(
        (day(&reports[0]).as_deref(), reports[0].byline.as_slice()),
        (Some("2031-06-04"), &["Ida Quill".to_owned()][..])
    );
    assert_eq!(body(&reports[0]), [PROSE, SECOND]);
    assert_eq!((body(&reports[1]), reports[1].source.record.as_deref()), (vec![PROSE], Some("8")));
}

#[test]
fn ninjs_is_read_in_its_old_and_new_spelling() {
    let old = format!(
        r#"{{"uri": "urn:vell:1", "versioncreated": "2031-06-05T08:00:00Z", "firstcreated": "2031-06-04T08:00:00Z", "headline": "Board closes pier",
        "byline": "By Ida Quill", "body_xhtml": "<p>{PROSE}</p>", "copyrightholder": "Vell Wire", "usageterms": "Not for resale."}}"#
    );
    let new = format!(
        r#"{{"uri": "urn:vell:1", "versionCreated": "2031-06-04T08:00:00Z", "headlines": [{{"role": "main", "value": "Board closes pier"}}], "by": "Ida Quill",
        "bodies": [{{"role": "main", "contentType": "text/plain", "value": "{PROSE}"}}], "infosources": [{{"name": "Vell Wire"}}]}}"#
    );
    for text in [old, new] {
        let report = all(&text).remove(0);
        assert_eq!((report.title.as_deref(), report.outlet.as_deref()), (Some("Board closes pier"), Some("Vell Wire")));
        assert_eq!(
            (day(&report).as_deref(), report.byline.as_slice()),
            (Some("2031-06-04"), &["Ida Quill".to_owned()][..])
        );
        assert_eq!((body(&report), report.url.as_deref()), (vec![PROSE], None));
    }
}

#[test]
fn other_json_and_words_in_brackets_are_plain_text() {
    let report = all(&format!("[Updated] Board closes pier\n\n{PROSE}\n\n{SECOND}\n")).remove(0);
    assert_eq!(body(&report), [PROSE, SECOND]);
}

#[test]
fn nitf_is_read_with_its_dateline() {
    let text = format!(
        "<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf><head><docdata><doc-id id-string='vw7'/><date.issue norm='20310604T080000Z'/><doc.copyright holder='Vell Wire'/></docdata></head>\
         <body><body.head><hedline><hl1>Board closes &amp; mends pier</hl1></hedline><byline>By <person>Ida Quill</person><byttl>Staff Writer</byttl></byline>\
         <dateline><location>VELL</location>, June 4 (Vell Wire)</dateline></body.head><body.content><p>The harbour <em>board</em>{}</p><media><caption><p>The pier.</p></caption></media><hl2>Ferries</hl2><p>{SECOND}</p></body.content></body></nitf>",
        PROSE.strip_prefix("The harbour board").unwrap()
    );
    let report = all(&text).remove(0);
    assert_eq!(report.title.as_deref(), Some("Board closes & mends pier"));
    assert_eq!((report.outlet.as_deref(), report.dateline.as_deref()), (Some("Vell Wire"), Some("VELL")));
    assert_eq!(
        (day(&report).as_deref(), report.byline.as_slice()),
        (Some("2031-06-04"), &["Ida Quill".to_owned()][..])
    );
    assert_eq!(report.source.record.as_deref(), Some("vw7"));
    assert_eq!(body(&report).first().map(|p| p.trim()), Some(PROSE));
    assert_eq!(body(&report).last(), Some(&SECOND));
}

#[test]
fn each_item_of_a_newsml_message_is_a_report() {
    let item = |guid: &str, headline: &str| {
        format!(
            "<newsItem guid='{guid}' xml:lang='en'><itemMeta><provider><name>Vell Wire</name></provider><versionCreated>2031-06-04T08:00:00Z</versionCreated></itemMeta>\
             <contentMeta><headline>{headline}</headline><by>Ida Quill</by></contentMeta><contentSet><inlineXML><html:html><html:body><html:p>{PROSE}</html:p></html:body></html:html></inlineXML></contentSet></newsItem>"
        )
    };
    let text = format!(
        "<newsMessage><itemSet>{}{}</itemSet></newsMessage>",
        item("a", "Board closes pier"),
        item("b", "Board mends pier")
    );
    let reports = all(&text);
    assert_eq!(
        reports.iter().map(|r| r.title.as_deref().unwrap()).collect::<Vec<_>>(),
        ["Board closes pier", "Board mends pier"]
    );
    assert_eq!((reports[1].outlet.as_deref(), day(&reports[1]).as_deref()), (Some("Vell Wire"), Some("2031-06-04")));
    assert_eq!(body(&reports[1]), [PROSE]);
}

#[test]
fn item_taken_over_by_a_feed_keeps_its_outlet() {
    let feed = format!(
        "<rss><channel><title>All of Vell</title><item><title>Board closes pier</title><source url='https://courier.example/rss'>The Vell Courier</source><description>{PROSE}</description></item></channel></rss>"
    );
    assert_eq!(all(&feed)[0].outlet.as_deref(), Some("The Vell Courier"));
}
