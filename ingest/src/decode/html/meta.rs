//! What a page tells machines: meta tags, JSON-LD, `<title>`, canonical address, language.

use super::dom::{Dom, NodeId};
use super::entities;
use super::jsonld::{self, Linked};
use crate::decode::byline;
use crate::decode::clean::{clean, fold, squeeze};
use crate::decode::dates;
use crate::decode::draft::{Claim, Ground};
use annals_core::when::When;

/// Metadata of a page, each value as found.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// `<title>`.
    pub(super) page_title: Option<String>,
    /// Headlines: JSON-LD, `og:title`, `twitter:title`.
    pub(super) headlines: Vec<String>,
    pub(super) site: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) language: Option<String>,
    pub(super) people: Vec<String>,
    pub(super) newsrooms: Vec<String>,
    pub(super) claims: Vec<Claim>,
    /// The article's text in JSON-LD.
    pub(super) body: Option<String>,
}

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "date_published",
    "sailthru.date",
    "parsely-pub-date",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "pub_date",
    "publication_date",
    "publicationdate",
    "published_time",
    "published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "dc.date.publication",
    "citation_publication_date",
    "rnews:datepublished",
    "bt:pubdate",
    "article.published",
    "article.created",
    "cxenseparse:recs:publishtime",
    "date.created",
    "article_date_original",
    "originalpublicationdate",
    "og:pubdate",
    "created",
    "creation_date",
    "displaydate",
    "article:post_date",
];
const UNCLEAR: &[&str] =
    &["date", "dc.date", "dcterms.date", "article:date", "doc_date", "og:date", "dc:date", "search-date"];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "last-modified",
    "lastmod",
    "dc.date.modified",
    "dcterms.modified",
    "datemodified",
    "revised",
    "updated_time",
    "article:modified",
    "article.updated",
    "lastmodified",
    "modified",
    "date.modified",
    "dc.modified",
    "last_modified",
];

/// Reads the metadata of a page.
pub(super) fn read(dom: &Dom<'_>) -> Meta {
    let page_title = dom.all("title").map(|n| dom.text_of_raw(n)).find(|t| !t.is_empty());
    let language = dom.all("html").find_map(|n| dom.attr(n, "lang").or_else(|| dom.attr(n, "xml:lang")));
    let mut meta = Meta { page_title, language: language.map(|l| l.into_owned()), ..Meta::default() };
    let linked = jsonld::read(dom);
    from_linked(&linked, &mut meta);
    from_tags(dom, &mut meta);
    meta.canonical = dom
        .all("link")
        .find(|&n| dom.attr(n, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")))
        .and_then(|n| dom.attr(n, "href"))
        .map(|h| h.trim().to_owned())
        .filter(|h| h.starts_with("http"))
        .or(meta.canonical);
    meta
}

fn from_linked(linked: &Linked, meta: &mut Meta) {
    meta.headlines.extend(linked.headline.iter().map(|h| plain(h)));
    meta.site = linked.publisher.as_deref().map(plain).filter(|s| !s.is_empty());
    meta.body.clone_from(&linked.body);
    for author in &linked.authors {
        add_author(author, meta);
    }
    claim(linked.published.as_deref(), Ground::JsonLd, meta);
    claim(linked.modified.as_deref(), Ground::Modified, meta);
}

fn from_tags(dom: &Dom<'_>, meta: &mut Meta) {
    let mut site = None;
    let mut application = None;
    let authored = !meta.people.is_empty();
    // Preview cards: `twitter:label1` says what `twitter:data1` holds.
    let mut labels: Vec<String> = Vec::new();
    for n in dom.all("meta") {
        let key = dom
            .attr(n, "property")
            .or_else(|| dom.attr(n, "name"))
            .or_else(|| dom.attr(n, "itemprop"))
            .or_else(|| dom.attr(n, "http-equiv"));
        let (Some(key), Some(content)) = (key, dom.attr(n, "content")) else { continue };
        let key = key.trim().to_ascii_lowercase();
        let content = plain(&content);
        if content.is_empty() {
            continue;
        }
        match key.as_str() {
            "og:title" | "twitter:title" | "dc.title" | "parsely-title" | "sailthru.title" => {
                meta.headlines.push(content)
            }
            "og:site_name" => site = Some(content),
            "application-name" => application = Some(content),
            "og:url" if content.starts_with("http") => meta.canonical = Some(content),
            "author"
            | "article:author"
            | "article:author_name"
            | "dc.creator"
            | "dc.contributor"
            | "parsely-author"
            | "sailthru.author"
            | "byl"
            | "byline"
            | "twitter:creator:name"
            | "citation_author"
                if !authored =>
            {
                add_author(&content, meta);
            }
            "content-language" | "dc.language" if meta.language.is_none() => meta.language = Some(content),
            k if k.starts_with("twitter:label") && content.eq_ignore_ascii_case("written by") => {
                labels.push(k.replace("label", "data"));
            }
            k if labels.iter().any(|l| l == k) && meta.people.is_empty() => add_author(&content, meta),
            k if PUBLISHED.contains(&k) => claim(Some(&content), Ground::MetaPublished, meta),
            k if UNCLEAR.contains(&k) => claim(Some(&content), Ground::MetaDate, meta),
            k if MODIFIED.contains(&k) => claim(Some(&content), Ground::Modified, meta),
            _ => {}
        }
    }
    let is_name = |s: &String| s.chars().count() <= 60;
    meta.site = site.filter(is_name).or(meta.site.take().filter(is_name)).or(application.filter(is_name));
}

fn add_author(author: &str, meta: &mut Meta) {
    if author.contains("://") || author.len() > 200 {
        return;
    }
    let found = byline::names(&plain(author));
    for name in found.people {
        if !meta.people.iter().any(|p| fold(p) == fold(&name)) {
            meta.people.push(name);
        }
    }
    meta.newsrooms.extend(found.newsrooms);
}

fn claim(value: Option<&str>, ground: Ground, meta: &mut Meta) {
    if let Some(when) = value.and_then(machine_date) {
        meta.claims.push(Claim { when, ground, words: None });
    }
}

/// Reads a date meant for machines, with its time and offset.
pub(in crate::decode) fn machine_date(value: &str) -> Option<When> {
    let found = dates::find_dates(value).into_iter().next()?;
    let mut when = found.when();
    if let Some(time) = &mut when.time
        && let Some(zone) = zone(value, found.end)
    {
        time.push_str(&zone);
    }
    Some(when)
}

/// Returns the offset of the time that ends at `end`; the `Z` of `18:22:00Z` is read along with the seconds.
fn zone(value: &str, end: usize) -> Option<String> {
    let (time, rest) = value.split_at_checked(end)?;
    if time.ends_with(['Z', 'z']) { Some("Z".to_owned()) } else { offset(rest) }
}

/// Reads `+01:00`, `+0100`, `Z`, `GMT` behind a time.
fn offset(rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches(|c: char| c == '.' || c == ':' || c.is_ascii_digit()).trim_start();
    if rest.starts_with(['Z', 'z']) || rest.starts_with("GMT") || rest.starts_with("UTC") {
        return Some("Z".to_owned());
    }
    let sign = rest.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = rest[1..].chars().filter(|c| *c != ':').take(4).collect();
    let good = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    good.then(|| format!("{sign}{}:{}", &digits[..2], &digits[2..]))
}

/// Returns words without references, marks and doubled spaces.
pub(in crate::decode) fn plain(words: &str) -> String {
    let mut words = clean(&entities::decode(words));
    if words.contains('<') && words.contains('>') {
        let inner = Dom::parse(&words);
        words = inner.text(0);
    }
    squeeze(&words)
}

/// Parts a page title at the marks that set off the site's name.
pub(super) fn title_pieces(title: &str) -> Vec<&str> {
    const MARKS: &[&str] =
        &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " › ", " // "];
    let mut pieces = vec![title];
    for mark in MARKS {
        pieces = pieces.into_iter().flat_map(|p| p.split(mark)).collect();
    }
    pieces.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect()
}

impl Dom<'_> {
    /// Returns the words of a `<title>`, which is raw text.
    pub(super) fn text_of_raw(&self, node: NodeId) -> String {
        // SVG drawings have titles too.
        let parent = self.nodes[node as usize].parent;
        if self.tag(parent) == "svg" { String::new() } else { self.text(node) }
    }
}
