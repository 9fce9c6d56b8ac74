//! The article in a page's JSON-LD: graphs, arrays, references by `@id`, and broken JSON.

use super::dom::{Dom, Kind};
use crate::decode::clean::fold;
use serde_json::{Map, Value};

/// What JSON-LD says of the article.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) authors: Vec<Name>,
    pub(super) publisher: Option<String>,
    pub(super) body: Option<String>,
    pub(super) section: Option<String>,
    /// Whose work it is based on: names and addresses.
    pub(super) based_on: Vec<String>,
    /// An article, a report or a film is described.
    pub(super) is_article: bool,
}

/// An author as named.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) name: String,
    /// Said to be an organisation.
    pub(super) is_body: bool,
}

/// Bytes of JSON-LD looked at.
const MOST: usize = 2_000_000;

/// Reads every JSON-LD script of the page.
///
/// Of several articles the one counts that has the page's address or headline, else the first.
pub(super) fn read(dom: &Dom<'_>, page: &[String]) -> Linked {
    let mut linked = Linked::default();
    let mut values = Vec::new();
    let mut seen = 0;
    for n in dom.all("script") {
        if !dom.attr(n, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json")) {
            continue;
        }
        for child in dom.children(n) {
            let Kind::Text(words) = dom.nodes[child as usize].kind else { continue };
            seen += words.len();
            if seen > MOST {
                break;
            }
            let found = parse(words);
            if found.is_empty() {
                scan(words, &mut linked);
            }
            values.extend(found);
        }
    }
    let mut objects = Vec::new();
    for value in &values {
        collect(value, 0, &mut objects);
    }
    if let Some(article) = choose(&objects, page) {
        from_article(article, &objects, &mut linked);
    }
    if linked.publisher.is_none() {
        linked.publisher = objects
            .iter()
            .find(|o| is_type(o, &["WebSite", "NewsMediaOrganization"]))
            .and_then(|o| text(o.get("name")?));
    }
    linked
}

/// Returns every string of the page's JSON-LD with its key: `author.name`.
pub(super) fn said(dom: &Dom<'_>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for n in dom.all("script") {
        if dom.attr(n, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json")) {
            for child in dom.children(n) {
                if let Kind::Text(words) = dom.nodes[child as usize].kind {
                    parse(words).iter().for_each(|value| leaves(value, "", 0, &mut out));
                }
            }
        }
    }
    out
}

fn leaves(value: &Value, key: &str, depth: u8, out: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => out.push((key.to_owned(), super::meta::plain(text))),
        Value::Array(all) if depth < 8 => all.iter().for_each(|v| leaves(v, key, depth + 1, out)),
        Value::Object(fields) if depth < 8 => {
            for (name, value) in fields {
                let within = if key.is_empty() || name == "@graph" { name.clone() } else { format!("{key}.{name}") };
                leaves(value, within.trim_start_matches("@graph."), depth + 1, out);
            }
        }
        _ => {}
    }
}

/// Returns the object that describes the page's article: the best kind, of those the one that is the page's own.
fn choose<'v>(objects: &[&'v Map<String, Value>], page: &[String]) -> Option<&'v Map<String, Value>> {
    let best = objects.iter().map(|o| rank(o)).max().filter(|best| *best > 0)?;
    let of_kind: Vec<&Map<String, Value>> = objects.iter().copied().filter(|o| rank(o) == best).collect();
    let own = |o: &&&Map<String, Value>| {
        let keys = ["url", "@id", "mainEntityOfPage", "headline", "name"];
        let said = keys.iter().filter_map(|key| match o.get(*key)? {
            Value::Object(inner) => inner.get("@id").and_then(text),
            value => text(value),
        });
        said.map(|s| key_of(&s)).any(|s| s.len() > 8 && page.contains(&s))
    };
    // A film or an event on a page is another thing than the page, unless it bears its name.
    if best == 1 {
        return of_kind.iter().find(own).copied();
    }
    let dated = |o: &&&Map<String, Value>| o.contains_key("datePublished");
    let first = || of_kind.iter().find(dated).or_else(|| of_kind.first());
    of_kind.iter().filter(dated).find(own).or_else(|| of_kind.iter().find(own)).or_else(first).copied()
}

/// Returns an address or headline for comparison.
pub(super) fn key_of(words: &str) -> String {
    let words = words.split(['?', '#']).next().unwrap_or(words);
    let words = words.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    fold(&super::meta::plain(words))
}

/// Reads the JSON values of a script: usually one, sometimes several in a row; broken ones are mended first.
fn parse(words: &str) -> Vec<Value> {
    let words = bare(words);
    let whole = |words: &str| -> Option<Vec<Value>> {
        let values = serde_json::Deserializer::from_str(words).into_iter::<Value>();
        values.collect::<Result<Vec<_>, _>>().ok().filter(|values| !values.is_empty())
    };
    whole(words)
        .or_else(|| whole(&mend(words)))
        .or_else(|| whole(&format!("[{}]", mend(words))))
        .or_else(|| whole(&mend(&super::entities::decode(words))))
        .unwrap_or_default()
}

/// Returns a script without the comment or CDATA signs around it.
fn bare(words: &str) -> &str {
    const OPEN: [&str; 6] = ["<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "\u{feff}"];
    const CLOSE: [&str; 7] = ["-->", "//]]>", "// ]]>", "/*]]>*/", "]]>", "//", ";"];
    let mut words = words.trim();
    while let Some(rest) = OPEN.iter().find_map(|open| words.strip_prefix(open)) {
        words = rest.trim_start();
    }
    while let Some(rest) = CLOSE.iter().find_map(|close| words.strip_suffix(close)) {
        words = rest.trim_end();
    }
    words
}

/// Mends the usual faults: line breaks in strings, commas before a closing or after another comma, false escapes.
fn mend(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut quoted = false;
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                quoted = !quoted;
                out.push(c);
            }
            '\\' if quoted => match chars.next() {
                Some(next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => out.extend(['\\', next]),
                Some(next) => out.push(next),
                None => {}
            },
            c if quoted && c.is_control() => out.push(' '),
            ',' if !quoted => {
                while chars.peek().is_some_and(|c| c.is_whitespace() || *c == ',') {
                    chars.next();
                }
                if chars.peek().is_some_and(|c| !matches!(c, '}' | ']')) {
                    out.push(',');
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// Takes what can be had from JSON that does not parse.
fn scan(words: &str, linked: &mut Linked) {
    let value = |key: &str| {
        let at = words.find(&format!("\"{key}\""))? + key.len() + 2;
        let rest = words[at..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        Some(rest[..rest.find('"')?].to_owned())
    };
    linked.published = linked.published.take().or_else(|| value("datePublished"));
    linked.modified = linked.modified.take().or_else(|| value("dateModified"));
    linked.headline = linked.headline.take().or_else(|| value("headline"));
}

/// Collects every object, outer ones first.
fn collect<'v>(value: &'v Value, depth: u8, out: &mut Vec<&'v Map<String, Value>>) {
    if depth > 6 || out.len() > 2_000 {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|v| collect(v, depth + 1, out)),
        Value::Object(object) => {
            out.push(object);
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "isPartOf", "author", "publisher", "hasPart"] {
                if let Some(inner) = object.get(key).filter(|v| !v.is_string()) {
                    collect(inner, depth + 1, out);
                }
            }
        }
        _ => {}
    }
}

fn is_type(object: &Map<String, Value>, names: &[&str]) -> bool {
    match object.get("@type") {
        Some(Value::String(t)) => names.iter().any(|n| t.ends_with(n)),
        Some(Value::Array(types)) => {
            types.iter().filter_map(Value::as_str).any(|t| names.iter().any(|n| t.ends_with(n)))
        }
        _ => false,
    }
}

/// An article is better than a page, and a page than nothing.
fn rank(object: &Map<String, Value>) -> u8 {
    if is_type(
        object,
        &["Article", "BlogPosting", "Report", "Reportage", "ReportageNews", "Posting", "Review", "Recipe"],
    ) {
        3
    } else if is_type(object, &["CreativeWork", "VideoObject", "Event"]) {
        1
    } else if is_type(object, &["WebPage", "ItemPage"]) {
        2
    } else {
        0
    }
}

fn from_article(article: &Map<String, Value>, objects: &[&Map<String, Value>], linked: &mut Linked) {
    linked.headline = article.get("headline").and_then(text).or_else(|| linked.headline.take());
    linked.published = article.get("datePublished").and_then(text).or_else(|| linked.published.take());
    linked.modified = article.get("dateModified").and_then(text).or_else(|| linked.modified.take());
    linked.body = article.get("articleBody").and_then(text);
    linked.section = article.get("articleSection").and_then(text);
    linked.is_article = rank(article) == 3 || is_type(article, &["VideoObject"]);
    if rank(article) == 3 || linked.authors.is_empty() {
        linked.authors =
            article.get("author").or_else(|| article.get("creator")).map(|a| names(a, objects)).unwrap_or_default();
    }
    let based_on = ["isBasedOn", "isBasedOnUrl", "sourceOrganization"].iter().filter_map(|key| article.get(*key));
    linked.based_on = based_on.flat_map(|work| makers(work, objects)).collect();
    linked.publisher =
        article.get("publisher").map(|p| names(p, objects)).and_then(|n| n.into_iter().next()).map(|n| n.name);
}

/// Returns the newsrooms of works that an article is based on, else their addresses.
fn makers(value: &Value, objects: &[&Map<String, Value>]) -> Vec<String> {
    match value {
        Value::String(words) => vec![words.trim().to_owned()],
        Value::Array(values) => values.iter().take(20).flat_map(|v| makers(v, objects)).collect(),
        Value::Object(work) => {
            let maker = ["publisher", "sourceOrganization", "provider"].iter().find_map(|key| work.get(*key));
            let name = maker.and_then(|m| names(m, objects).into_iter().next()).map(|n| n.name);
            let own =
                || is_type(work, &["Organization", "NewsMediaOrganization"]).then(|| work.get("name").and_then(text));
            let address = || ["url", "@id"].iter().find_map(|key| work.get(*key).and_then(text));
            name.or_else(|| own().flatten()).or_else(address).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.trim().to_owned()).filter(|w| !w.is_empty()),
        Value::Array(values) => values.iter().find_map(text),
        Value::Object(object) => object.get("@value").or_else(|| object.get("name")).and_then(text),
        _ => None,
    }
}

/// Returns the names of people or organisations: strings, objects, lists of them, or references by `@id`.
fn names(value: &Value, objects: &[&Map<String, Value>]) -> Vec<Name> {
    let named = |name: String, object: Option<&Map<String, Value>>| Name {
        name,
        is_body: object.is_some_and(|o| is_type(o, &["Organization", "Corporation", "WebSite", "Brand"])),
    };
    let known = |id: &Value| objects.iter().copied().find(|o| o.get("@id") == Some(id) && o.contains_key("name"));
    match value {
        Value::String(name) => match known(value) {
            Some(object) => object.get("name").and_then(text).map(|n| named(n, Some(object))).into_iter().collect(),
            None => vec![named(name.clone(), None)],
        },
        Value::Array(values) => values.iter().take(20).flat_map(|v| names(v, objects)).collect(),
        Value::Object(object) => match object.get("name") {
            Some(Value::Array(list)) => list.iter().filter_map(text).map(|n| named(n, Some(object))).collect(),
            Some(name) => text(name).map(|n| named(n, Some(object))).into_iter().collect(),
            None => {
                let parts = ["givenName", "familyName"].iter().filter_map(|key| object.get(*key).and_then(text));
                let parts: Vec<String> = parts.collect();
                let own = (parts.len() == 2).then(|| parts.join(" "));
                let found = object.get("@id").and_then(known);
                let listed = found.and_then(|o| o.get("name").and_then(text).map(|n| named(n, Some(o))));
                own.map(|n| named(n, Some(object))).or(listed).into_iter().collect()
            }
        },
        _ => Vec::new(),
    }
}
