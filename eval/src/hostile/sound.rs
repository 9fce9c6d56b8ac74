//! Sound inputs of each kind: what a fuzzer needs to reach the parts behind the checks.

use super::make::{answer, deflated, gzip, parquet_table, pdf_stream, record, stored, tar_entry, zip, zstd_run};
use super::{BODY, STORY, page};

const JSONLD: &str = "{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Quay closed at Sandholm\",\"datePublished\":\"2031-05-06T10:00:00+02:00\",\"dateModified\":\"2031-05-07\",\"author\":[{\"@type\":\"Person\",\"name\":\"Mara Quill\"}],\"publisher\":{\"@type\":\"Organization\",\"name\":\"Sandholm Post\"},\"articleBody\":\"The quay was closed.\",\"inLanguage\":\"en\",\"isPartOf\":{\"@id\":\"#site\"}},{\"@id\":\"#site\",\"@type\":\"WebSite\",\"name\":\"Sandholm Post\"}]}";

const META: &str = "<meta property=\"og:site_name\" content=\"Sandholm Post\"><meta property=\"article:published_time\" content=\"2031-05-06T10:00:00Z\"><meta name=author content=\"Mara Quill\"><meta name=date content=\"6 May 2031\"><link rel=canonical href=\"https://sandholm.example/quay\"><meta itemprop=datePublished content=2031-05-06>";

const PLAIN: &str = "NORTH WIRE\n\nFerry crews walk out\n\nTOLM SOUND, March 4, 2031 (North Wire) - Ferry crews at Tolm Sound walked out on Monday over rosters, and the company cancelled all 14 crossings.\n\n“We asked for rest days and were given leaflets,” said Oda Brenn, who speaks for the crews. Talks are planned for Thursday.\n\nSound Lines said that 60 of its 85 crew members, or 70.5 percent, took part; it lost $1.4 million between May 3 and 5.\n\nPhoto: Ida Roe/North Wire\n(Additional reporting by Per Aske in Sandholm)\n";

const PAGES: &str = "Sandholm Letter 7/2031      page 1 of 2\n\nThe quay at Sandholm was closed on Monday after two cranes colli-\nded, the port said, and nobody was hurt by the falling parts of the\nsecond crane, which had been built in the year before last and was\n\u{c}Sandholm Letter 7/2031      page 2 of 2\n\nchecked in March, she said.\n";

const ITEM: &str = "<title>Sandholm Post</title><language>en</language><item><guid>1</guid><title>Quay closed &amp; cranes</title><link>https://sandholm.example/1</link><pubDate>Tue, 06 May 2031 10:00:00 +0200</pubDate><dc:creator>Mara Quill</dc:creator><source url='x'>North Wire</source><description><![CDATA[<p>The quay was closed on Monday.</p><p>Nobody was hurt.</p>]]></description></item><item><title>Two</title><content:encoded>&lt;p&gt;Quay open&lt;/p&gt;</content:encoded></item></channel></rss>";

const LETTER: &str = "Subject: =?utf-8?Q?Quay_=E2=80=9Cclosed=E2=80=9D?=\r\nDate: Tue, 6 May 2031 10:00:00 +0200\r\nList-Id: \"Bay Letter\" <bay.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"q\"\r\n\r\n--q\r\nContent-Type: multipart/alternative; boundary=r\r\n\r\n--r\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe quay was closed on Monday.=20\r\nOn Tue, 3 May 2031 at 09:14, Ida Roe <a@b> wrote:\r\n> Is it open?\r\n-- \r\nIda\r\n--r\r\nContent-Type: text/html\r\n\r\n<p>The quay was closed on Monday.</p>\r\n--r--\r\n--q\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=\"a.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhlIHF1YXkgYXQgU2FuZGhvbG0gd2FzIGNsb3NlZCBvbiBNb25kYXku\r\n--q\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <2@b>\r\nFrom: x@b\r\nSubject: Fwd: Quay\r\n\r\n---------- Forwarded message ---------\r\nFrom: Ida Roe\r\nDate: May 5, 2031\r\n\r\nThe quay at Sandholm was closed on Monday.\r\n--q--\r\n";

const DOCX: &str = "<w:document><w:body><w:p><w:pPr><w:pStyle w:val=\"Title\"/><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val=\"40\"/></w:rPr><w:t>Quay closed at Sandholm</w:t></w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\">The quay at Sandholm was closed </w:t><w:tab/><w:br/><w:footnoteReference w:id=\"1\"/></w:r><w:ins><w:r><w:t>on Monday</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:hyperlink><w:r><w:t>, the port said.</w:t></w:r></w:hyperlink></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>14 ships</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>\0<cp:coreProperties><dc:title>Quay</dc:title><dc:creator>Mara Quill</dc:creator><dcterms:created>2031-05-06T10:00:00Z</dcterms:created></cp:coreProperties>\0<w:styles><w:style w:styleId=\"Title\"><w:name w:val=\"heading 1\"/></w:style></w:styles>\0<w:footnotes><w:footnote w:id=\"1\"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>\0<w:comments><w:comment><w:p><w:r><w:t>Check.</w:t></w:r></w:p></w:comment></w:comments>";

const ODT: &str = "<office:document-content><office:automatic-styles><style:style style:name=\"P1\" style:parent-style-name=\"Title\"><style:text-properties fo:font-size=\"20pt\"/></style:style></office:automatic-styles><office:body><office:text><text:h text:outline-level=\"1\">Quay closed</text:h><text:p text:style-name=\"P1\">The quay<text:s text:c=\"3\"/>was closed<text:tab/>on <text:span>Monday</text:span><text:line-break/>, the port said.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note></text:p><text:list><text:list-item><text:p>14 ships</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>9</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>\0<office:document-meta><office:meta><dc:title>Quay</dc:title><dc:date>2031-05-06T10:00:00</dc:date><meta:initial-creator>Mara Quill</meta:initial-creator></office:meta></office:document-meta>\0<office:document-styles/>";

const ROWS: &str = "{\"id\":\"7\",\"headline\":\"Quay closed\",\"maintext\":\"The quay at Sandholm was closed on Monday, the port said.\",\"date_publish\":\"2031-05-06 08:00:00\",\"authors\":[\"Mara Quill\"],\"source_domain\":\"sandholm.example\",\"url\":\"https://sandholm.example/1\"}\n{\"html\":\"<p>The quay was closed.</p>\",\"date\":1936000000000}\n";

const FEED: &str = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Sandholm Post\",\"items\":[{\"id\":\"1\",\"url\":\"https://sandholm.example/1\",\"title\":\"Quay closed\",\"content_html\":\"<p>The quay was closed on Monday.</p>\",\"date_published\":\"2031-05-06T10:00:00Z\",\"authors\":[{\"name\":\"Mara Quill\"}]}]}";

/// Returns sound seeds: target, name, bytes as the target takes them.
pub(crate) fn seeds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let chosen = |choice: u8, rest: &[u8]| [&[choice], rest].concat();
    let news = page(
        &format!("{META}<script type=\"application/ld+json\">{JSONLD}</script>"),
        "<aside><ul><li><a href=x>Related: Quay open</a></li></ul></aside><figure><img><figcaption>Photo: Ida Roe</figcaption></figure><footer>© Sandholm Post</footer>",
    );
    let archive = zip(&[stored("a.html", &news), deflated("b.txt", STORY.as_bytes())]);
    let tape = [
        tar_entry("a.txt", b'0', STORY.as_bytes()),
        tar_entry("x", b'x', b"20 path=quay.txt.txt\n"),
        tar_entry("b.html", b'0', BODY.as_bytes()),
        vec![0; 1024],
    ]
    .concat();
    let records = [
        record("warcinfo", "0", "application/warc-fields", None, b"software: none"),
        answer("1", "", &page("", "")),
        record("resource", "2", "text/plain", None, STORY.as_bytes()),
    ]
    .concat();
    let (rows, metadata) = parquet_table(&["The quay was closed on Monday, the port said."], 0, 1);
    let padded = [rows.as_slice(), &vec![0; rows.len().next_multiple_of(64) - rows.len() + 4]].concat();
    let blocks = (padded.len() / 64) as u8;
    vec![
        ("html", "sound", news.clone()),
        ("metadata", "sound", JSONLD.into()),
        ("metadata", "sound-tags", META.into()),
        ("plain", "sound", PLAIN.into()),
        ("plain", "sound-pages", PAGES.into()),
        ("read", "sound", chosen(0, PLAIN.as_bytes())),
        ("read", "sound-undated", chosen(7, STORY.as_bytes())),
        ("charset", "sound", chosen(4, b"The caf\xe9 at Sandholm was closed on Monday, the port said.")),
        ("feed", "sound", ITEM.into()),
        ("feed", "sound-atom", format!("Axmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Sandholm Post</title><entry><id>1</id><title type='html'>Quay</title><link rel='alternate' href='https://sandholm.example/1'/><author><name>Mara Quill</name></author><updated>2031-05-06T10:00:00Z</updated><content type='html'>{}</content></entry></feed>", BODY.replace('<', "&lt;")).into_bytes()),
        ("mail", "sound", LETTER.into()),
        ("mbox", "sound", [b"Message-ID: <1@b>\nFrom: x@b\n".as_slice(), LETTER.as_bytes(), b"\n\nFrom x Mon May  5 10:00:00 2031\nMessage-ID: <2@b>\nFrom: x@b\n\nQuay closed.\n>From Monday on.\n"].concat()),
        ("office", "sound", chosen(0, DOCX.as_bytes())),
        ("office", "sound-odt", chosen(1, ODT.as_bytes())),
        ("zip", "sound", archive[4..].to_vec()),
        ("gzip", "sound", chosen(2, STORY.as_bytes())),
        ("gzip", "sound-zip", chosen(2, &archive)),
        ("gzip", "sound-raw", chosen(0, &gzip(STORY.as_bytes())[3..])),
        ("gzip", "sound-zstd", chosen(1, &zstd_run(b'a', 1, 0x68)[4..])),
        ("tar", "sound", tape),
        ("warc", "sound", chosen(0, &records[10..])),
        ("warc", "sound-member", chosen(1, &records[10..])),
        ("warc", "sound-answer", chosen(2, &[b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n<html><body><p>Q\r\n5;x=y\r\nuay c\r\n0\r\n\r\n".as_slice()].concat())),
        ("warc", "sound-chunks", chosen(3, b"10\r\n<html><body><p>Q\r\n5\r\nuay c\r\n0\r\n\r\n")),
        ("warc", "sound-gzip", chosen(4, &gzip(BODY.as_bytes()))),
        ("warc", "sound-deflate", chosen(5, &super::make::deflate(BODY.as_bytes()))),
        ("warc", "sound-brotli", chosen(6, &super::make::brotli_zeros(1))),
        ("warc", "sound-zstd", chosen(7, &zstd_run(b'a', 1, 0x48))),
        ("rows", "sound", ROWS.into()),
        ("rows", "sound-feed", FEED.into()),
        ("rows", "sound-list", format!("{{\"articles\":[{}]}}", ROWS.trim_end().replace('\n', ",")).into_bytes()),
        ("parquet", "sound", chosen(1 | blocks << 1, &[&padded[4..], b"", &metadata].concat())),
        ("pdf", "sound", [b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n4 0 obj\n".as_slice(), &pdf_stream("", b"BT /F1 18 Tf 72 720 Td (Quay closed) Tj 0 -40 Td [(The qu) -20 (ay)] TJ ET"), b"\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R >>\n"].concat()),
    ]
}
