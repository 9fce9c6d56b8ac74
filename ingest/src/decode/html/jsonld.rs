//! The article in a page's JSON-LD: graphs, arrays, references by `@id`, and broken JSON.

use super::dom::{Dom, Kind};
use serde_json::{Map, Value};

/// What JSON-LD says of the article.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) body: Option<String>,
}

/// Bytes of JSON-LD looked at.
const MOST: usize = 2_000_000;

/// Reads every JSON-LD script of the page.
pub(super) fn read(dom: &Dom<'_>) -> Linked {
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
            match parse(words) {
                Some(value) => values.push(value),
                None => scan(words, &mut linked),
            }
        }
    }
    let mut objects = Vec::new();
    for value in &values {
        collect(value, 0, &mut objects);
    }
    let article =
        objects.iter().filter(|o| rank(o) > 0).max_by_key(|o| rank(o) * 2 + u8::from(o.contains_key("datePublished")));
    if let Some(article) = first_best(&objects, article.map_or(0, |a| rank(a))) {
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

fn first_best<'v>(objects: &[&'v Map<String, Value>], best: u8) -> Option<&'v Map<String, Value>> {
    let dated = objects.iter().find(|o| best > 0 && rank(o) == best && o.contains_key("datePublished"));
    dated.or_else(|| objects.iter().find(|o| best > 0 && rank(o) == best)).copied()
}

fn parse(words: &str) -> Option<Value> {
    let words =
        words.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let words = words
        .trim_end()
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim_end()
        .trim_end_matches(';');
    serde_json::from_str(words).ok().or_else(|| {
        // Line breaks in strings and commas before a closing bracket are the usual faults.
        let mut mended = words.replace(['\n', '\r', '\t'], " ");
        for (wrong, right) in [(", }", "}"), (",}", "}"), (", ]", "]"), (",]", "]")] {
            mended = mended.replace(wrong, right);
        }
        serde_json::from_str(&mended).ok()
    })
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
    if rank(article) == 3 || linked.authors.is_empty() {
        linked.authors =
            article.get("author").or_else(|| article.get("creator")).map(|a| names(a, objects)).unwrap_or_default();
    }
    linked.publisher = article.get("publisher").map(|p| names(p, objects)).and_then(|n| n.into_iter().next());
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
fn names(value: &Value, objects: &[&Map<String, Value>]) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.clone()],
        Value::Array(values) => values.iter().take(20).flat_map(|v| names(v, objects)).collect(),
        Value::Object(object) => match object.get("name") {
            Some(Value::Array(list)) => list.iter().filter_map(text).collect(),
            Some(name) => text(name).into_iter().collect(),
            None => {
                let id = object.get("@id");
                let found = objects.iter().find(|o| id.is_some() && o.get("@id") == id && o.contains_key("name"));
                found.and_then(|o| text(o.get("name")?)).into_iter().collect()
            }
        },
        _ => Vec::new(),
    }
}
