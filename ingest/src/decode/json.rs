//! JSON that newsrooms send: JSON Feed (1.0, 1.1) and the IPTC's ninjs (1 to 3). Other JSON is left to the plain reader.

use super::item::Item;
use super::{Input, Refused, plain};
use annals_core::report::Report;
use serde_json::Value;

/// What is said of JSON that is neither a feed nor a wire item nor a table of articles.
const NO_TEXT: &str = "JSON without a column of text; name it with --columns text=…";

/// Decodes a feed or wire items into one report an item.
pub(super) fn decode(input: &Input<'_>) -> Result<Vec<Report>, Refused> {
    let Ok(root) = serde_json::from_str::<Value>(&input.text) else {
        // Objects one after another, or broken ones: data, too. A text may begin with a bracket.
        let lines = || input.text.lines().map(str::trim).filter(|l| !l.is_empty());
        let is_data = lines().filter(|l| l.starts_with(['{', '}', '[', ']', '"'])).count() * 10 >= lines().count() * 8;
        return if is_data { Err(Refused { reason: NO_TEXT.into() }) } else { plain::decode(input) };
    };
    let items: Vec<Item> = match &root {
        feed if text(feed, &["version"]).contains("jsonfeed.org") => {
            list(&root["items"]).iter().map(|item| feed_item(item, feed)).collect()
        }
        Value::Array(items) if items.iter().any(is_ninjs) => items.iter().filter(|i| is_ninjs(i)).map(ninjs).collect(),
        item if is_ninjs(item) => vec![ninjs(item)],
        _ => return Err(Refused { reason: NO_TEXT.into() }),
    };
    let reports: Vec<Report> = (1..).zip(items).filter_map(|(n, item)| item.report(input, n)).collect();
    if reports.is_empty() {
        return Err(Refused { reason: "a feed or wire item without words".into() });
    }
    Ok(reports)
}

/// Returns the first of the fields that holds words or a number.
fn text(object: &Value, names: &[&str]) -> String {
    let found = names.iter().find_map(|name| match &object[*name] {
        Value::String(words) if !words.trim().is_empty() => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    found.unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Returns the names of people and newsrooms in a list of objects or of strings.
fn names(values: &[Value]) -> impl Iterator<Item = String> + '_ {
    values.iter().map(|v| v.as_str().map_or_else(|| text(v, &["name"]), str::to_owned)).filter(|n| !n.is_empty())
}

/// An item of a JSON Feed (jsonfeed.org/version/1.1).
fn feed_item(item: &Value, feed: &Value) -> Item {
    let authors =
        |v: &Value| names(list(&v["authors"])).chain(names(std::slice::from_ref(&v["author"]))).collect::<Vec<_>>();
    Item {
        title: text(item, &["title"]),
        markup: text(item, &["content_html"]),
        words: text(item, &["content_text", "summary"]),
        published: text(item, &["date_published"]),
        version: text(item, &["date_modified"]),
        authors: authors(item),
        outlet: text(feed, &["title"]),
        url: text(item, &["url", "external_url"]),
        language: [text(item, &["language"]), text(feed, &["language"])]
            .into_iter()
            .find(|l| !l.is_empty())
            .unwrap_or_default(),
        id: text(item, &["id"]),
        ..Item::default()
    }
}

/// Versions 1 write `versioncreated`, later ones `versionCreated`.
fn is_ninjs(item: &Value) -> bool {
    ["versioncreated", "versionCreated"].iter().any(|name| item[*name].is_string())
        && ["headline", "headlines", "body_text", "body_html", "body_xhtml", "bodies"]
            .iter()
            .any(|n| !item[*n].is_null())
}

/// An item of ninjs: versions from 2 on keep lists of texts by role and kind.
fn ninjs(item: &Value) -> Item {
    let of_role = |values: &Value, roles: &[&str]| {
        let with = |v: &&Value| roles.contains(&text(v, &["role"]).as_str());
        let found = list(values).iter().find(with).or_else(|| list(values).first());
        found.map(|v| text(v, &["value"])).unwrap_or_default()
    };
    let body = |kind: &str| {
        let found = list(&item["bodies"]).iter().find(|b| text(b, &["contentType", "contenttype"]).contains(kind));
        found.map(|b| text(b, &["value"])).unwrap_or_default()
    };
    let either = |old: String, new: String| if old.is_empty() { new } else { old };
    let published = text(item, &["firstcreated", "firstCreated"]);
    Item {
        title: either(text(item, &["headline"]), of_role(&item["headlines"], &["main", "headline"])),
        markup: either(text(item, &["body_xhtml", "body_html"]), body("html")),
        words: either(text(item, &["body_text"]), either(body("plain"), of_role(&item["bodies"], &["main"]))),
        dateline: text(item, &["dateline"]),
        published,
        version: text(item, &["versioncreated", "versionCreated"]),
        authors: vec![text(item, &["byline", "by"])],
        outlet: either(
            names(list(&item["infosources"])).next().unwrap_or_default(),
            text(item, &["copyrightholder", "copyrightHolder"]),
        ),
        url: text(item, &["url", "uri"]),
        language: text(item, &["language"]),
        rights: vec![text(item, &["usageterms", "usageTerms"]), text(item, &["copyrightnotice", "copyrightNotice"])],
        id: text(item, &["uri"]),
        ..Item::default()
    }
}
