//! What a page tells machines: meta tags, JSON-LD, `<title>`, canonical address, language.

use super::dom::{Dom, NodeId};
use super::entities;
use super::jsonld::{self, Linked};
use crate::decode::byline::{self, Opener};
use crate::decode::clean::{clean, fold, squeeze};
use crate::decode::dates;
use crate::decode::published::{Claim, Ground};
use annals_core::when::{Day, When, days_after};

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
    /// Authors given by one word, such as a given name.
    pub(super) singles: Vec<String>,
    pub(super) newsrooms: Vec<String>,
    /// Whom the text was taken from: names and addresses.
    pub(super) origins: Vec<String>,
    pub(super) claims: Vec<Claim>,
    /// The page calls itself an article or a film: `og:type`, JSON-LD.
    pub(super) is_article: bool,
    /// What the page says of itself in a few sentences.
    pub(super) description: Option<String>,
    /// The part of the paper it stands in.
    pub(super) section: Option<String>,
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
pub(super) fn read(dom: &Dom<'_>, url: Option<&str>) -> Meta {
    let page_title = dom.all("title").map(|n| dom.text_of_raw(n)).find(|t| !t.is_empty());
    let language = dom.all("html").find_map(|n| dom.attr(n, "lang").or_else(|| dom.attr(n, "xml:lang")));
    let mut meta = Meta { page_title, language: language.map(|l| l.into_owned()), ..Meta::default() };
    let linked = jsonld::read(dom, &own_names(dom, url));
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

/// Returns the page's addresses and headlines, by which JSON-LD can name it.
fn own_names(dom: &Dom<'_>, url: Option<&str>) -> Vec<String> {
    let tags = dom
        .all("meta")
        .filter(|&n| dom.attr(n, "property").is_some_and(|p| matches!(p.as_ref(), "og:url" | "og:title")));
    let links = dom.all("link").filter(|&n| dom.attr(n, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")));
    let said = tags.filter_map(|n| dom.attr(n, "content")).chain(links.filter_map(|n| dom.attr(n, "href")));
    let headings = dom.all("h1").take(2).map(|n| dom.text(n));
    let mut names: Vec<String> = url.iter().map(|u| jsonld::key_of(u)).collect();
    names.extend(said.map(|s| jsonld::key_of(&s)));
    names.extend(headings.map(|h| jsonld::key_of(&h)));
    names.retain(|n| !n.is_empty());
    names
}

fn from_linked(linked: &Linked, meta: &mut Meta) {
    meta.headlines.extend(linked.headline.iter().map(|h| plain(h)));
    meta.site = linked.publisher.as_deref().map(plain).filter(|s| !s.is_empty());
    meta.body.clone_from(&linked.body);
    meta.origins.extend(linked.based_on.iter().map(|o| plain(o)));
    for author in &linked.authors {
        if author.is_body {
            meta.newsrooms.push(plain(&author.name));
        } else {
            add_author(&author.name, meta);
        }
    }
    meta.is_article = linked.is_article;
    meta.section = linked.section.as_deref().and_then(section);
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
            "og:type" => meta.is_article |= content.starts_with("article") || content.starts_with("video"),
            // The longest: others are cut short.
            "og:description" | "description" | "twitter:description" | "dc.description"
                if meta.description.as_ref().is_none_or(|known| known.len() < content.len()) =>
            {
                meta.description = Some(content);
            }
            "article:section" | "section" | "parsely-section" | "cxenseparse:section" | "dc.subject.section"
                if meta.section.is_none() =>
            {
                meta.section = section(&content);
            }
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
            // Google News, 2010: where a syndicated text comes from, and where a story was first told.
            "syndication-source" | "original-source" => meta.origins.push(content),
            "content-language" | "dc.language" if meta.language.is_none() => meta.language = Some(content),
            k if k.starts_with("twitter:label") && matches!(byline::opener(&content), Some((Opener::Sure, ""))) => {
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

/// Returns a section's name; addresses and lists of keywords are none.
fn section(words: &str) -> Option<String> {
    let words = plain(words);
    let first = words.split([',', '|']).next().unwrap_or("").trim();
    let name = (1..=40).contains(&first.chars().count()) && !first.contains("://") && !first.contains('/');
    (name && first.chars().any(char::is_alphabetic)).then(|| first.to_owned())
}

fn add_author(author: &str, meta: &mut Meta) {
    if author.contains("://") || author.len() > 200 {
        return;
    }
    let author = plain(author);
    if !author.contains(' ') {
        meta.singles.push(author);
        return;
    }
    let found = byline::names(&author);
    for name in found.people {
        if !meta.people.iter().any(|p| fold(p) == fold(&name)) {
            meta.people.push(name);
        }
    }
    meta.newsrooms.extend(found.newsrooms);
}

fn claim(value: Option<&str>, ground: Ground, meta: &mut Meta) {
    meta.claims.extend(value.and_then(|v| machine_claim(v, ground)));
}

/// Reads a date meant for machines that leaves nothing open, with its time and offset.
pub(in crate::decode) fn machine_date(value: &str) -> Option<When> {
    machine_claim(value, Ground::MetaDate).filter(|c| c.swapped.is_none()).map(|c| c.when)
}

/// Reads a date meant for machines.
pub(super) fn machine_claim(value: &str, ground: Ground) -> Option<Claim> {
    if let Some(day) = epoch_day(value.trim()) {
        return Some(Claim::new(When::day(day), ground));
    }
    let found = dates::find_dates(value).into_iter().next()?;
    let mut claim = Claim { swapped: found.swapped, ..Claim::new(found.when(), ground) };
    if let Some(time) = &mut claim.when.time
        && let Some(zone) = zone(value, found.end)
    {
        time.push_str(&zone);
    }
    Some(claim)
}

/// Reads seconds or milliseconds since 1970, of 2001 to 2065.
fn epoch_day(value: &str) -> Option<Day> {
    let digits = value.bytes().all(|b| b.is_ascii_digit());
    let seconds: i64 = match (digits, value.len()) {
        (true, 10) => value.parse().ok()?,
        (true, 13) => value[..10].parse().ok()?,
        _ => return None,
    };
    let start = Day::new(1970, 1, 1).ok()?;
    (1_000_000_000..3_000_000_000).contains(&seconds).then(|| days_after(start, seconds / 86_400))
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
