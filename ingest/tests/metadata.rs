//! Dates, authors and sections of web pages with their ground. All pages and people are invented.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use annals_core::report::{Report, Source};
use annals_ingest::decode::{Capture, decode};

const PROSE: &str = "The council of Marrow Bay voted on Tuesday to close the old pier after a survey found that a third of its piles were rotten.";

fn at(url: Option<&str>, page: &str) -> Report {
    let source = Source { path: "a.html".into(), record: None };
    decode(&Capture { bytes: page.as_bytes(), source, url, ..Capture::default() }).unwrap().remove(0)
}

/// A page with tags in its head, lines under its headline and lines behind the article.
fn page_of(lang: &str, head: &str, lines: &str, behind: &str) -> String {
    format!(
        "<html lang='{lang}'><head>{head}</head><body><article><h1>Council closes old pier</h1>{lines}<p>{PROSE}</p>\
         <p>{PROSE} Again.</p><p>{PROSE} Thrice.</p></article>{behind}</body></html>"
    )
}

fn tagged(head: &str, lines: &str) -> Report {
    at(None, &page_of("en", head, lines, ""))
}

fn linked(json: &str) -> Report {
    tagged(&format!("<script type='application/ld+json'>{json}</script>"), "")
}

fn day(report: &Report) -> Option<String> {
    report.published.as_ref().map(|p| p.when.from().to_string())
}

fn check_day(report: &Report, expected: &str) {
    assert_eq!(day(report).as_deref(), Some(expected), "{:?}", report.published);
}

fn check_line(lang: &str, line: &str, expected: Option<&str>) {
    let report = at(None, &page_of(lang, "", &format!("<p class='date'>{line}</p>"), ""));
    assert_eq!(day(&report).as_deref(), expected, "{lang}: {line}");
}

#[test]
fn date_lines_of_many_languages_are_read() {
    for (lang, line) in [
        ("de", "Veröffentlicht am 4. März 2031 um 18:22 Uhr"),
        ("fr", "Publié le 4 mars 2031 à 18h22"),
        ("es", "4 de marzo de 2031"),
        ("pt", "4 de março de 2031"),
        ("pl", "Opublikowano: 4 marca 2031"),
        ("ru", "4 марта 2031, 18:22"),
        ("uk", "4 березня 2031"),
        ("tr", "4 Mart 2031"),
        ("ar", "٤ مارس ٢٠٣١"),
        ("ar", "4 آذار/مارس 2031"),
        ("zh", "2031年3月4日 18:22"),
        ("zh", "二〇三一年三月四日"),
        ("ja", "令和13年3月4日"),
        ("ko", "2031년 3월 4일"),
        ("hi", "4 मार्च 2031"),
        ("hu", "2031. március 4."),
        ("vi", "4 tháng 3 năm 2031"),
        ("de", "04.03.31"),
    ] {
        check_line(lang, line, Some("2031-03-04"));
    }
}

#[test]
fn order_of_day_and_month_is_settled_or_left_open() {
    check_line("de", "03/04/2031", Some("2031-04-03"));
    check_line("en-GB", "03/04/2031", Some("2031-04-03"));
    check_line("en-US", "03/04/2031", None);
    let known = "<meta property='article:published_time' content='2031-03-04T10:00:00Z'>";
    let report = tagged(known, "<p class='date'>03/04/2031</p>");
    check_day(&report, "2031-03-04");
    let published = report.published.unwrap();
    assert!(published.ground.contains("told apart by another date"), "{}", published.ground);
    let others =
        at(None, &page_of("en", "", "<p class='date'>03/04/2031</p>", "<ul><li>Ferry late 02/27/2031</li></ul>"));
    check_day(&others, "2031-03-04");
    assert!(tagged("", "<p class='date'>03/04/2031</p>").warnings.iter().any(|w| w == "unclear-date"));
}

#[test]
fn day_of_a_change_is_never_the_day_of_publication() {
    for line in [
        "Updated 5 March 2031",
        "Zuletzt aktualisiert: 5. März 2031",
        "Mis à jour le 5 mars 2031",
        "Actualizado el 5 de marzo de 2031",
        "Обновлено 5 марта 2031",
        "更新：2031年3月5日",
        "<b>Last updated</b></p><p class='date'>5 March 2031",
    ] {
        check_line("en", line, None);
    }
    let report = tagged("", "<p class='date'>Published 4 March 2031 | Updated 5 March 2031</p>");
    check_day(&report, "2031-03-04");
    let rivals = report.published.unwrap().rivals;
    assert_eq!(
        rivals.iter().map(|r| (r.value.as_str(), r.why.as_str())).collect::<Vec<_>>(),
        [("2031-03-05", "the day of the last change")]
    );
}

#[test]
fn printed_day_that_the_metadata_call_a_change_loses() {
    let head = "<meta property='article:published_time' content='2029-01-02T10:00:00Z'>\
                <meta property='article:modified_time' content='2031-03-05T10:00:00Z'>";
    check_day(&tagged(head, "<p class='date'>5 March 2031</p>"), "2029-01-02");
    check_day(&tagged(head, "<p class='date'>Published 5 March 2031</p>"), "2031-03-05");
}

#[test]
fn days_of_other_things_do_not_win() {
    check_line("de", "Erscheinungsdatum: 4. März 2031", None);
    let page = page_of(
        "en",
        "",
        "",
        "<div class='comments'><p class='date'>4 March 2031</p></div><div class='related'><time datetime='2031-03-04'>4 March</time></div>\
         <footer>© 4 March 2031</footer>",
    );
    assert_eq!(day(&at(None, &page)), None);
    check_day(
        &at(
            None,
            &page_of("en", "<meta name='date' content='1970-01-01'>", "<time datetime='2031-03-04'>4 March</time>", ""),
        ),
        "2031-03-04",
    );
}

#[test]
fn nothing_is_published_after_its_capture() {
    let url = "https://archive.example/web/20310310120000/https://bay.example/pier";
    for claimed in ["2031-03-12", "2031-04-01", "2044-01-01"] {
        let head = format!("<meta property='article:published_time' content='{claimed}T10:00:00Z'>");
        let lines = format!("<time class='date' datetime='{claimed}'>{claimed}</time>");
        let report = at(Some(url), &page_of("en", &head, &lines, ""));
        assert_eq!(day(&report), None);
        let earlier = at(Some(url), &page_of("en", &head, "<p>Published 4 March 2031</p>", ""));
        check_day(&earlier, "2031-03-04");
        assert!(earlier.published.unwrap().rivals.iter().any(|r| r.why == "later than the capture of 2031-03-10"));
    }
}

#[test]
fn addresses_hold_dates() {
    for path in
        ["2031/03/04/pier", "2031/mar/04/pier", "20310304/pier", "pier-2031-03-04-closed", "news/04-mar-2031/pier"]
    {
        check_day(&at(Some(&format!("https://bay.example/{path}")), &page_of("en", "", "", "")), "2031-03-04");
    }
    assert_eq!(day(&at(Some("https://bay.example/2031/03/pier"), &page_of("en", "", "", ""))), None);
}

#[test]
fn labels_properties_and_attributes_date_a_page() {
    let behind = "<nav><h4>Published</h4><time datetime='2031-03-04'>4 March 2031</time><h4>Reviewed</h4><time datetime='2031-05-06'>6 May 2031</time></nav>";
    check_day(&at(None, &page_of("en", "", "", behind)), "2031-03-04");
    let micro = "<abbr class='published' itemprop='datePublished' title='2031-03-04T10:00:00+01:00'>yesterday</abbr>";
    check_day(&tagged("", micro), "2031-03-04");
    check_day(&tagged("", "<div data-date='4 March 2031'></div>"), "2031-03-04");
    check_day(&tagged("", "<div><script>showDate(\"2031/03/04 01:43:09\")</script></div>"), "2031-03-04");
    let filed = "<p>This entry was posted on Tuesday, March 4th, 2031 at 10:00 am and is filed under Harbour.</p>";
    check_day(&at(None, &page_of("en", "", "", filed)), "2031-03-04");
}

#[test]
fn broken_json_is_mended() {
    for json in [
        "{'@type':'NewsArticle','headline':'Council closes\nold pier','datePublished':'2031-03-04','author':{'@type':'Person','name':'Ada Quill'},}",
        "<!-- {'@type':'NewsArticle','datePublished':'2031-03-04','author':['Ada Quill',],} -->",
        "//<![CDATA[\n{'@type':'NewsArticle','datePublished':'2031-03-04','author':{'name':'Ada Quill'}}\n//]]>",
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2031-03-04&quot;,&quot;author&quot;:&quot;Ada Quill&quot;}",
        "{'@type':['NewsArticle','Article'],'datePublished':'2031-03-04','author':{'@id':'#a'}},{'@id':'#a','@type':'Person','name':'Ada Quill'}",
        "{'@type':'WebSite','name':'Bay'}{'@type':'NewsArticle','datePublished':'2031-03-04','author':'Ada Quill'}",
        "{'@graph':[{'@type':'NewsArticle','datePublished':'2031-03-04','author':[{'@id':'#a'}]},{'@id':'#a','@type':'Person','name':'Ada Quill'}]}",
        "{'@type':'NewsArticle','description':'a \\- b','datePublished':'2031-03-04','author':{'givenName':'Ada','familyName':'Quill'}}",
    ] {
        let report = linked(&json.replace('\'', "\""));
        assert_eq!(
            (day(&report).as_deref(), report.byline.as_slice()),
            (Some("2031-03-04"), ["Ada Quill".to_owned()].as_slice()),
            "{json}"
        );
    }
}

#[test]
fn of_several_articles_the_page_s_own_counts() {
    let json = r#"[{"@type":"NewsArticle","headline":"Ferry late","datePublished":"2030-01-01","author":{"name":"Bo Arn"}},
        {"@type":"NewsArticle","headline":"Council closes old pier","datePublished":"2031-03-04","author":{"name":"Ada Quill"},"articleSection":"Harbour"}]"#;
    let report = linked(json);
    check_day(&report, "2031-03-04");
    assert_eq!(report.byline, ["Ada Quill"]);
    assert_eq!(report.section.as_deref(), Some("Harbour"));
}

fn check_author(line: &str, expected: &[&str]) {
    assert_eq!(tagged("", line).byline, expected, "{line}");
}

#[test]
fn printed_authors_are_people_alone() {
    check_author("<p class='byline'>By Ada Quill and Tom Reed, harbour correspondents</p>", &["Ada Quill", "Tom Reed"]);
    check_author("<p class='byline'>Von Ada Quill und Tom Reed | 4. März 2031</p>", &["Ada Quill", "Tom Reed"]);
    check_author("<p>Von Ada Quill publiziert am 4. März 2031</p>", &["Ada Quill"]);
    check_author("<p class='byline'>记者：王小明</p>", &["王小明"]);
    check_author("<p>Par Ada Quill, envoyée spéciale</p>", &["Ada Quill"]);
    check_author("<p>Text: Ada Quill, Fotos: Tom Reed</p>", &["Ada Quill"]);
    check_author("<p>Posted on March 4, 2031 by Ada Quill</p>", &["Ada Quill"]);
    check_author("<p>Ada Quill</p><p>4 March 2031</p>", &["Ada Quill"]);
    check_author("<h3>Article by</h3><div>Zorva Quill</div>", &["Zorva Quill"]);
    check_author(
        "<div itemprop='author' itemscope><meta itemprop='name' content='Ada Quill'>staff</div>",
        &["Ada Quill"],
    );
    check_author("<p>von <a rel='author' href='/ada'>Ada</a></p>", &["Ada"]);
    for line in [
        "<p class='byline'>By admin</p>",
        "<p class='byline'>By baydesk_3</p>",
        "<p class='author'>Harbour Bank</p>",
        "<p class='author'>Show Picture</p>",
        "<p class='author'>Harbour Research Associate</p>",
        "<p>Photo by Tom Reed</p>",
        "<p class='author'>BiographyAda Quill</p>",
        "<p class='author'>入力 :</p>",
        "<figure><img src='a.jpg'><figcaption class='author'>Tom Reed</figcaption></figure>",
    ] {
        check_author(line, &[]);
    }
}

#[test]
fn other_people_of_the_page_are_no_authors() {
    let behind = "<div class='comments'><a rel='author'>Tom Reed</a></div><ul class='related'><li class='author'>By Tom Reed</li></ul>";
    assert!(at(None, &page_of("en", "", "", behind)).byline.is_empty());
    let about = "<h4>About the author</h4><p>Ada Quill is a reporter who covers the harbour and its people.</p>";
    assert_eq!(at(None, &page_of("en", "", "", about)).byline, ["Ada Quill"]);
}

#[test]
fn own_site_of_a_person_and_a_firm_are_told_apart() {
    let head =
        |name: &str| format!("<meta property='og:site_name' content='{name}'><meta name='author' content='{name}'>");
    assert_eq!(tagged(&head("Ada Quill"), "").byline, ["Ada Quill"]);
    assert!(tagged(&head("Bay Brisk"), "").byline.is_empty());
    assert!(linked(r#"{"@type":"Article","author":{"@type":"Organization","name":"Ada Quill"}}"#).byline.is_empty());
}

#[test]
fn page_without_text_is_its_summary() {
    let head = format!(
        "<meta property='og:type' content='article'><meta property='og:title' content='Council closes old pier'>\
        <meta property='og:description' content='{PROSE}'><meta property='article:published_time' content='2031-03-04T10:00:00Z'>"
    );
    let report = at(None, &format!("<html><head>{head}</head><body><div id='player'></div></body></html>"));
    check_day(&report, "2031-03-04");
    assert!(report.warnings.iter().any(|w| w == "summary-only"));
    assert!(report.text.as_str().contains("a third of its piles"));
}

#[test]
fn a_wires_words_for_sending_say_when_it_was_published() {
    let text = "NORTH QUAY SERVICE\nMoved: Monday 5 May 2031 17:05\n\nQuay closed after cranes collide\n\nSANDHOLM, May 5 (NQS) - The quay at Sandholm was closed on Monday after two cranes collided, the port said.\n";
    let source = annals_core::report::Source { path: "wire.txt".into(), record: None };
    let capture = annals_ingest::decode::Capture { bytes: text.as_bytes(), source, ..Default::default() };
    let report = annals_ingest::decode::decode(&capture).unwrap().remove(0);
    assert_eq!(report.published.unwrap().when.from().to_string(), "2031-05-05");
}

#[test]
fn whom_a_page_is_based_on_by_its_data_is_credited() {
    let credited = |head: &str| -> Vec<String> {
        let report = at(Some("https://www.marrowpost.example/pier"), &page_of("en", head, "", ""));
        report.credit.iter().map(|c| c.name.clone()).collect()
    };
    let linked = |work: &str| {
        let json =
            format!("{{\"@type\":\"NewsArticle\",\"headline\":\"Council closes old pier\",\"isBasedOn\":{work}}}");
        credited(&format!("<script type='application/ld+json'>{json}</script>"))
    };
    assert_eq!(
        linked("{\"@type\":\"NewsArticle\",\"publisher\":{\"@type\":\"Organization\",\"name\":\"Vell Wire\"}}"),
        ["Vell Wire"]
    );
    assert_eq!(linked("\"https://news.vellwire.co.uk/pier\""), ["vellwire"]);
    assert_eq!(linked("\"https://marrowpost.example/pier-first\""), [""; 0]);
    assert_eq!(credited("<meta name='syndication-source' content='https://vellwire.example/pier'>"), ["vellwire"]);
}
