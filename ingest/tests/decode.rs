//! Pages, saved text and feeds in, reports out. All texts are invented.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use annals_core::report::{CreditKind, Report, Source};
use annals_core::text::PartKind;
use annals_ingest::decode::{Capture, decode};

fn all(bytes: &[u8]) -> Result<Vec<Report>, String> {
    let source = Source { path: "a.txt".into(), record: None };
    decode(&Capture { bytes, source, ..Capture::default() }).map_err(|r| r.reason)
}

fn one(text: &str) -> Report {
    all(text.as_bytes()).unwrap().remove(0)
}

fn parts(report: &Report, kind: PartKind) -> Vec<&str> {
    report.text.parts().iter().filter(|p| p.kind == kind).map(|p| report.text.get(p.span)).collect()
}

fn day(report: &Report) -> Option<String> {
    report.published.as_ref().map(|p| p.when.from().to_string())
}

fn check_refused(bytes: &[u8], why: &str) {
    let reason = all(bytes).unwrap_err();
    assert!(reason.contains(why), "{reason}");
}

const PROSE: &str = "The council of Marrow Bay voted on Tuesday to close the old pier after a survey found that a third of its piles were rotten.";

#[test]
fn wire_story_gives_every_field() {
    let report = one(&format!(
        "NORTH COAST WIRE\nTuesday 4 June 2019 18:05\n\nCouncil closes pier\n\nBy Ada Quill\n\nMARROW BAY, June 4 (North Coast Wire) - {PROSE}\n\n\
         “It is over,” the mayor told the Bay Gazette.\n\n(Reporting by Ada Quill in Marrow Bay; editing by Tom Reed)\n"
    ));
    assert_eq!(report.title.as_deref(), Some("Council closes pier"));
    assert_eq!(report.outlet.as_deref(), Some("North Coast Wire"));
    assert_eq!(report.byline, ["Ada Quill"]);
    assert_eq!(report.dateline.as_deref(), Some("MARROW BAY"));
    assert_eq!(day(&report).as_deref(), Some("2019-06-04"));
    assert_eq!(parts(&report, PartKind::Dateline), ["MARROW BAY, June 4 (North Coast Wire) -"]);
    assert_eq!(parts(&report, PartKind::Credit).len(), 1);
    let credits: Vec<_> = report.credit.iter().map(|c| (c.name.as_str(), c.kind)).collect();
    assert_eq!(credits, [("Bay Gazette", CreditKind::Told)]);
}

#[test]
fn printed_date_is_cited() {
    let report = one(&format!("Council closes pier\n\nAda Quill\n4 June 2019\n\n{PROSE}\n"));
    let published = report.published.as_ref().unwrap();
    assert_eq!(published.evidence.iter().map(|s| report.text.get(*s)).collect::<Vec<_>>(), ["4 June 2019"]);
}

#[test]
fn month_in_prose_and_copyright_year_are_no_date() {
    let report = one(&format!("Council closes pier\n\n{PROSE} It was built in March 1931.\n\n© 2019 Bay Press\n"));
    assert_eq!(day(&report), None);
    assert!(report.warnings.iter().any(|w| w == "no-date"));
}

#[test]
fn user_names_and_desks_are_no_people() {
    assert!(one(&format!("Council closes pier\n\nBy baydesk_3 - June 4, 2019\n\n{PROSE}\n")).byline.is_empty());
    assert!(one(&format!("Council closes pier\n\nBy News Desk\n\n{PROSE}\n")).byline.is_empty());
}

#[test]
fn pages_of_a_pdf_are_put_together() {
    let report = one("BAY HARBOUR OFFICE          Notices 2019\n\nPIER CLOSED UNTIL FURTHER NOTICE\n\n\
         The harbour office has closed the old pier from today. A survey found that\n\
         a third of its piles were rotten and that the ramp had been under-\n\
         mined by the spring floods. Nobody was hurt when a plank gave way on\n\
         Sunday. The office said that repairs would take at least a year and that the\n\n\
         \x20                  - 1 of 2 -\nBAY HARBOUR OFFICE          Notices 2019\n\n\
         ferries would leave from the fish quay. Well-known anglers protested at once\n\
         and asked for a hearing before the summer season opens in earnest.\n\n\x20                  - 2 of 2 -\n");
    let body = parts(&report, PartKind::Body).join("\n");
    assert!(body.contains("undermined"), "{body}");
    assert!(body.contains("and that the ferries would leave"), "{body}");
    assert!(!body.contains("of 2") && !body.contains("Notices"), "{body}");
}

#[test]
fn furniture_is_kept_apart() {
    let report = one(&format!(
        "Council closes pier\n\n3 MIN READ\n\n{PROSE}\n\nAlso Read: Ten piers to see\n\nThe pier/Photo: Bay Press\n\nTags\n\npier , council\n"
    ));
    assert_eq!(parts(&report, PartKind::Body), [PROSE]);
    let kinds: Vec<&str> = report.removed.iter().map(|r| &*r.kind).collect();
    for kind in ["read-time", "related", "caption", "tags"] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
}

fn page(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>Council closes pier | Bay Gazette</title>{head}</head><body>{body}</body></html>"
    )
}

#[test]
fn printed_date_beats_a_later_one_of_the_metadata() {
    let head = r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-06-09","dateModified":"2019-06-09"}</script>"#;
    let report = one(&page(
        head,
        &format!(
            "<h1>Council closes pier</h1><div class=meta>Ada Quill | 4 June 2019</div><p>{PROSE}</p><p>{PROSE} Again.</p>"
        ),
    ));
    assert_eq!(day(&report).as_deref(), Some("2019-06-04"));
    assert_eq!(report.published.as_ref().unwrap().rivals[0].value, "2019-06-09");
    assert_eq!(report.outlet.as_deref(), Some("Bay Gazette"));
    assert_eq!(report.byline, ["Ada Quill"]);
}

#[test]
fn article_is_told_from_its_page() {
    let body = format!(
        "<nav><a href=/>Home</a></nav><table><tr><td><h2>Council closes pier</h2>First line of news is here and it runs on for a while, as news does.<br><br>{PROSE}\
         <div class=related-box><h4>Read more</h4><a href=x>Ten piers to see before you die</a></div></td><td>Weather<br>Wind NW 6</td></tr></table>\
         <div id=comments><p>I was on the pier when it happened, and it was not rotten at all.</p></div>"
    );
    let report = one(&page("", &body));
    assert_eq!(parts(&report, PartKind::Body).len(), 2);
    assert_eq!(report.title.as_deref(), Some("Council closes pier"));
}

#[test]
fn declared_charset_is_used() {
    let mut bytes =
        b"<html><head><meta charset=windows-1252><title>Caf\xe9 closes</title></head><body><h1>Caf\xe9 closes</h1><p>"
            .to_vec();
    bytes.extend_from_slice(PROSE.as_bytes());
    bytes.extend_from_slice(b" \x93Au revoir,\x94 she said.</p></body></html>");
    let report = all(&bytes).unwrap().remove(0);
    assert!(report.text.as_str().contains("Café closes") && report.text.as_str().contains("“Au revoir,”"));
}

#[test]
fn items_of_a_feed_are_reports() {
    let feed = format!(
        "<?xml version=\"1.0\"?><rss><channel><title>Radio Bay – News</title><item><title>Pier closed</title><guid>7</guid>\
         <pubDate>Tue, 04 Jun 2019 18:35:00 +0100</pubDate><content:encoded><![CDATA[<p>{PROSE}</p>]]></content:encoded></item>\
         <item><title>Ferries moved</title><description>Ferries leave from the fish quay from now on.</description></item></channel></rss>"
    );
    let reports = all(feed.as_bytes()).unwrap();
    assert_eq!(reports.len(), 2);
    assert_eq!(reports[0].source.record.as_deref(), Some("7"));
    assert_eq!(reports[0].outlet.as_deref(), Some("Radio Bay"));
    assert_eq!(day(&reports[0]).as_deref(), Some("2019-06-04"));
    assert_eq!(parts(&reports[1], PartKind::Body), ["Ferries leave from the fish quay from now on."]);
}

#[test]
fn what_is_no_text_is_refused_by_name() {
    check_refused(b" \n ", "empty");
    check_refused(b"%PDF-1.4 ...", "PDF");
    check_refused(b"PK\x03\x04....", "zip");
    check_refused(b"abc\0\0\0def", "binary");
    check_refused(b"<html><body><nav><a href=x>Home</a></nav></body></html>", "without an article");
}

#[test]
fn hostile_pages_do_no_harm() {
    for piece in ["<div>", "<span>", "<table><tr><td>", "<", "&", "<a href=\"", "<p>a<b>b<title>", "<!--", "</div>"] {
        let _ = all(format!("<html><body>{}", piece.repeat(60_000)).as_bytes());
    }
}

/// A page with the given tags in its head and lines under its headline.
fn tagged(head: &str, lines: &str) -> Report {
    one(&format!(
        "<html><head>{head}</head><body><article><h1>Council closes old pier</h1>{lines}<p>{PROSE}</p><p>{PROSE}</p></article></body></html>"
    ))
}

#[test]
fn day_of_the_address_settles_what_utc_leaves_open() {
    let tags = |day: &str| {
        format!(
            "<link rel='canonical' href='https://bay.example/{day}/pier/'>\
             <meta property='article:published_time' content='2030-12-31T23:11:00Z'>"
        )
    };
    assert_eq!(day(&tagged(&tags("2031/01/01"), "")).as_deref(), Some("2031-01-01"));
    assert_eq!(day(&tagged(&tags("2031/01/05"), "")).as_deref(), Some("2030-12-31"));
}

#[test]
fn of_two_printed_days_the_metadata_choose() {
    let head = "<meta property='article:published_time' content='2031-03-05T08:00:00+01:00'>";
    let lines = "<p class='date'>4 March 2031</p><p class='date'>5 March 2031</p>";
    assert_eq!(day(&tagged(head, lines)).as_deref(), Some("2031-03-05"));
    assert_eq!(day(&tagged("", lines)).as_deref(), Some("2031-03-04"));
}

#[test]
fn year_may_stand_first() {
    let head = "<meta name='citation_publication_date' content='2031 Jan 7'>";
    assert_eq!(day(&tagged(head, "")).as_deref(), Some("2031-01-07"));
}

#[test]
fn preview_card_names_the_author() {
    let head = "<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Ada Quill'>";
    assert_eq!(tagged(head, "").byline, ["Ada Quill"]);
}

#[test]
fn section_behind_a_bar_is_no_headline() {
    let report = one(&format!(
        "<html><head><title>Council closes old pier | Opinion</title></head><body><h1>Council closes old pier | Opinion</h1><p>{PROSE}</p></body></html>"
    ));
    assert_eq!(report.title.as_deref(), Some("Council closes old pier"));
}

#[test]
fn another_language_is_kept_and_said() {
    let prose = "Die Fährleute haben am Montag die Arbeit niedergelegt, teilte das Unternehmen mit. Der Streik soll bis Mittwoch dauern.";
    assert!(one(&format!("Fähre liegt still\n\n{prose}\n\n{prose}\n")).warnings.iter().any(|w| w == "not-english"));
    assert!(
        !one(&format!("Council closes old pier\n\n{PROSE}\n\n{PROSE}\n")).warnings.iter().any(|w| w == "not-english")
    );
}

/// What was left out, kind and words.
fn removed(report: &Report, kind: &str) -> Vec<String> {
    report.removed.iter().filter(|r| r.kind == kind).map(|r| r.exact.clone()).collect()
}

const OTHER: &str =
    "Fishermen who moor there said they had been told nothing, and that the nearest berth lay an hour away.";

#[test]
fn rows_lists_and_messages_are_of_the_text() {
    let body = format!(
        "<article><h1>Council closes pier</h1><p>{PROSE}</p>\
         <figure><table><tr><th>Pier</th><th>Piles</th></tr><tr><td>Old</td><td>43</td></tr></table><figcaption>Piles that fell</figcaption></figure>\
         <p>{OTHER}</p><blockquote class=twitter-tweet><p>We were not asked.</p>— Ada Quill <a href=x>4 June 2019</a></blockquote>\
         <ul><li>the east berth</li><li>the slip</li></ul></article>"
    );
    let report = one(&page("", &body));
    let expected = [
        PROSE,
        "Pier | Piles",
        "Old | 43",
        OTHER,
        "We were not asked.",
        "— Ada Quill 4 June 2019",
        "the east berth",
        "the slip",
    ];
    assert_eq!(parts(&report, PartKind::Body), expected);
    assert_eq!(removed(&report, "caption"), ["Piles that fell"]);
}

#[test]
fn hidden_text_is_kept_apart_and_said() {
    let body = format!(
        "<h1>Council closes pier</h1><p>{PROSE}</p><p>{OTHER}</p>\
         <div style='display: none'><p>{PROSE} And more.</p><p>{OTHER} And more of this.</p><p>{OTHER} Twice over.</p></div>"
    );
    let report = one(&page("", &body));
    assert_eq!(parts(&report, PartKind::Body), [PROSE, OTHER]);
    assert_eq!(removed(&report, "hidden").len(), 1);
    assert!(report.warnings.iter().any(|w| w == "hidden-text"));
    for (mark, is_hidden) in [
        ("style='color:#fff; background-color: #fff'", true),
        ("style='font-size:0px'", true),
        ("class='d-none'", true),
        ("class='hidden md:block'", false),
        ("class='overflow-hidden'", false),
        ("aria-hidden=true", false),
    ] {
        let body = format!("<h1>Council closes pier</h1><p>{PROSE}</p><p {mark}>No boat was hurt.</p><p>{OTHER}</p>");
        let report = one(&page("", &body));
        assert_eq!(removed(&report, "hidden").len() == 1, is_hidden, "{mark}");
    }
}

#[test]
fn nothing_is_printed_twice() {
    let body =
        format!("<h1>Council closes pier</h1><p>Council closes pier</p><p>{PROSE}</p><p>{OTHER}</p><p>{PROSE}</p>");
    let report = one(&page("", &body));
    assert_eq!(parts(&report, PartKind::Body), [PROSE, OTHER]);
    assert_eq!(removed(&report, "repeat"), [PROSE]);
}

#[test]
fn every_word_of_a_page_is_kept_somewhere() {
    let body = format!(
        "<header>Gazette of the bay<nav><a href=/>Harbour desk</a></nav></header><h1>Council closes pier</h1>\
         <p class=byline>By Ada Quill</p><p>{PROSE}<sup><a href=#n>7</a></sup> <span class=tooltip>Piles: posts.</span> All fell.</p>\
         <p>{OTHER}</p><aside>Tides today</aside><p>Ada Quill is the harbour correspondent of this paper.</p>\
         <div><a href=y>Elsewhere</a></div><div id=comments><p>So it goes!</p></div><footer>Printed in Marrow</footer>"
    );
    let report = one(&page("", &body));
    let kept: Vec<&str> = report.removed.iter().map(|r| r.exact.as_str()).chain([report.text.as_str()]).collect();
    let kept = kept.join("\n");
    let shown: String = body
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ");
    for word in shown.split(' ').filter(|w| !w.is_empty()) {
        assert!(kept.contains(word), "{word} is lost");
    }
    assert_eq!(parts(&report, PartKind::Body), [&format!("{PROSE} All fell."), OTHER]);
    assert_eq!(removed(&report, "notes"), ["7"]);
}

#[test]
fn stub_behind_a_wall_is_said_to_be_one() {
    let head = r#"<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree": "False"}</script>"#;
    let report = one(&page(head, &format!("<h1>Council closes pier</h1><p>{PROSE}</p>")));
    assert!(report.warnings.iter().any(|w| w == "paywall") && report.warnings.iter().any(|w| w == "short-body"));
}

#[test]
fn own_lines_of_a_paper_are_told_from_news() {
    for (line, is_news) in [
        ("Follow our channel on WhatsApp!", false),
        ("If you buy a product by these links we may earn a commission.", false),
        ("The US fined Facebook and WhatsApp on Monday after a long inquiry into their adverts.", true),
        ("We may yet see the commission call every partner of the port, the mayor wrote in her letter.", true),
        ("Next up is the oldest of the boats, which has lain in the bay for forty years.", true),
    ] {
        let report = one(&page("", &format!("<h1>Council closes pier</h1><p>{PROSE}</p><p>{line}</p><p>{OTHER}</p>")));
        assert_eq!(parts(&report, PartKind::Body).contains(&line), is_news, "{line}");
    }
}

#[test]
fn doubts_about_a_page_are_said() {
    let story = format!(
        "<p>{PROSE}</p><p>{OTHER}</p><p>{PROSE} On Wednesday it voted again.</p><p>{OTHER} Nor was that all.</p>"
    );
    let entry = |n: usize| format!("<time>{n}:15</time><p>Entry {n}: {OTHER}</p>");
    let picture = |n: usize| format!("<figure><img><figcaption>Picture {n}: {PROSE} {OTHER}</figcaption></figure>");
    let many = |piece: &dyn Fn(usize) -> String| (1..10).map(piece).collect::<String>();
    for (code, body) in [
        ("live-blog", many(&entry)),
        ("gallery", format!("<p>{PROSE}</p>{}<p>{OTHER}</p>", many(&picture))),
        ("multi-page", format!("{story}<div>Page 1 of 3</div>")),
        ("nested-article", format!("<article>{story}</article><article>{story}</article><article>{story}</article>")),
        (
            "many-links",
            format!("<p>So <a href=x>{OTHER}</a> {PROSE} Yes.</p><p>And <a href=x>{OTHER}</a> {PROSE} No.</p>"),
        ),
        ("short-body", format!("<p>{PROSE}</p>")),
    ] {
        let report = one(&page("", &format!("<h1>Council closes pier</h1>{body}")));
        assert!(report.warnings.iter().any(|w| w == code), "{code}: {:?}", report.warnings);
    }
    let whole = format!("<h1>Council closes pier</h1>{story}<p>{PROSE} Then it rained.</p><p>{OTHER} All slept.</p>");
    assert_eq!(one(&page("", &whole)).warnings, ["no-date"]);
}

#[test]
fn what_stands_before_the_words_does_not_hide_them() {
    let blank = format!("{}Pier closed\n\n{PROSE}\n", "\n \n".repeat(1_000_000));
    assert_eq!(one(&blank).title.as_deref(), Some("Pier closed"));
    let old = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY pier \"pier\">]><rss><channel><item><title>Pier closed</title><description>{PROSE}</description></item></channel></rss>"
    );
    assert_eq!(one(&old).title.as_deref(), Some("Pier closed"));
    // A declaration that can be read is not in UTF-16.
    let page =
        [b"<meta charset=utf-16le><title>Pier</title><p>".as_slice(), PROSE.as_bytes(), b" Caf\xe9s stay open.</p>"];
    assert!(all(&page.concat()).unwrap()[0].text.as_str().contains("Marrow Bay voted"));
}
