//! RSS, Atom and RDF feeds: each item a report. Reads feeds that are not well-formed as far as they go.

use super::byline;
use super::clean::fold;
use super::draft::Draft;
use super::html;
use super::html::entities;
use super::html::meta::{machine_date, plain};
use super::published::{Claim, Ground};
use super::{Input, Refused};
use annals_core::report::Report;
use std::collections::BTreeMap;

/// Items read of one feed.
const MOST_ITEMS: usize = 20_000;

/// Decodes a feed into one report an item.
pub(super) fn decode(input: &Input<'_>) -> Result<Vec<Report>, Refused> {
    let text = input.text.as_str();
    let items = items(text);
    if items.is_empty() {
        return Err(Refused { reason: "a feed without items".into() });
    }
    let head = Channel::read(&text[..items[0].0]);
    let mut drafts: Vec<(Draft, String)> = Vec::new();
    for (n, (from, to)) in items.iter().enumerate() {
        let fields = fields(&text[*from..*to]);
        let record = value(&fields, &["guid", "id"]).or_else(|| link(&fields)).unwrap_or_else(|| (n + 1).to_string());
        let draft = draft(&fields, &head);
        if !draft.body.is_empty() || draft.title.is_some() {
            drafts.push((draft, record));
        }
    }
    if drafts.is_empty() {
        return Err(Refused { reason: "a feed whose items are empty".into() });
    }
    drop_shared_tails(&mut drafts);
    Ok(drafts
        .into_iter()
        .map(|(d, record)| Draft { captured: input.captured, ..d }.finish(input.source.within(&record)))
        .collect())
}

struct Channel {
    outlet: Option<String>,
    language: Option<String>,
}

impl Channel {
    fn read(head: &str) -> Channel {
        let start = ["<channel", "<feed", "<atom:feed"].iter().filter_map(|t| head.find(t)).min().unwrap_or(0);
        let open = head[start..].find('>').map_or(head.len(), |n| start + n + 1);
        let fields = fields(&head[open..]);
        let lang = attribute(&head[start..open], "xml:lang");
        let title = value(&fields, &["title"]).map(|t| html::outlet_name(&plain(&t))).filter(|t| !t.is_empty());
        Channel { outlet: title, language: value(&fields, &["language", "dc:language"]).or(lang) }
    }
}

/// Returns the inner ranges of the items.
fn items(text: &str) -> Vec<(usize, usize)> {
    let tag = if text.contains("<item") {
        "item"
    } else if text.contains("<entry") {
        "entry"
    } else {
        "atom:entry"
    };
    let (open, close) = (format!("<{tag}"), format!("</{tag}"));
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(&open) {
        let name_end = at + found + open.len();
        // RDF lists its `<items>` first.
        if text[name_end..].starts_with(|c: char| c.is_alphanumeric()) {
            at = name_end;
            continue;
        }
        let Some(from) = text[name_end..].find('>').map(|n| name_end + n + 1) else { break };
        let to = text[from..].find(&close).map_or(text.len(), |n| from + n);
        out.push((from, to));
        at = to;
        if out.len() >= MOST_ITEMS {
            break;
        }
    }
    out
}

/// A child element: name, attributes as written, inner text as written.
type Field<'a> = (&'a str, &'a str, &'a str);

/// Returns the children of an element.
fn fields(inner: &str) -> Vec<Field<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = inner[at..].find('<').map(|n| at + n) {
        let rest = &inner[open + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            at = comment.find("-->").map_or(inner.len(), |n| open + 4 + n + 3);
            continue;
        }
        let name = &rest[..rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len())];
        let Some(end) = rest.find('>') else { break };
        let attrs = &rest[name.len().min(end)..end];
        let after = open + 1 + end + 1;
        if rest.starts_with(['/', '?', '!']) || name.is_empty() {
            at = after;
        } else if attrs.ends_with('/') {
            out.push((name, attrs, ""));
            at = after;
        } else {
            let Some(len) = closing(&inner[after..], name) else { break };
            out.push((name, attrs, &inner[after..after + len]));
            at = after + len;
        }
        if out.len() > 500 {
            break;
        }
    }
    out
}

/// Returns where the element's end tag stands, over CDATA and inner elements of the same name.
fn closing(inner: &str, name: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(open) = inner[at..].find('<').map(|n| at + n) {
        let rest = &inner[open + 1..];
        if let Some(data) = rest.strip_prefix("![CDATA[") {
            at = data.find("]]>").map(|n| open + 9 + n + 3)?;
            continue;
        }
        let bare = rest.strip_prefix('/').unwrap_or(rest);
        let same = bare
            .strip_prefix(name)
            .is_some_and(|r| r.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')));
        if same && rest.starts_with('/') {
            if depth == 0 {
                return Some(open);
            }
            depth -= 1;
        } else if same {
            depth += usize::from(!rest[..rest.find('>')?].ends_with('/'));
        }
        at = open + 1;
    }
    None
}

/// Returns the characters of an element: CDATA unwrapped, references replaced, inner elements kept as markup.
fn characters(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find("<![CDATA[") {
        out.push_str(&entities::decode(&rest[..at]));
        let data = &rest[at + 9..];
        let end = data.find("]]>").unwrap_or(data.len());
        out.push_str(&data[..end]);
        rest = data.get(end + 3..).unwrap_or("");
    }
    out.push_str(&entities::decode(rest));
    out
}

fn value(fields: &[Field<'_>], names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let found = fields.iter().filter(|f| f.0 == *name).map(|f| characters(f.2).trim().to_owned());
        found.into_iter().find(|v| !v.is_empty())
    })
}

fn attribute(attrs: &str, name: &str) -> Option<String> {
    let at = attrs.find(&format!("{name}="))? + name.len() + 1;
    let quote = attrs[at..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let rest = &attrs[at + 1..];
    Some(entities::decode(&rest[..rest.find(quote)?]).into_owned())
}

fn link(fields: &[Field<'_>]) -> Option<String> {
    let atom = fields.iter().filter(|f| f.0 == "link" || f.0 == "atom:link");
    let alternate =
        atom.filter(|f| attribute(f.1, "rel").is_none_or(|r| r == "alternate")).find_map(|f| attribute(f.1, "href"));
    value(fields, &["feedburner:origLink", "link"]).or(alternate).filter(|l| l.starts_with("http"))
}

/// Makes a draft of one item.
fn draft(fields: &[Field<'_>], channel: &Channel) -> Draft {
    let title = value(fields, &["title"]).map(|t| plain(&t)).filter(|t| !t.is_empty());
    let full = value(fields, &["content:encoded", "content", "atom:content", "body", "xhtml:body"]);
    let short = value(fields, &["description", "summary", "atom:summary", "media:description"]);
    let words = match (full, short) {
        (Some(full), Some(short)) if full.len() < short.len() => short,
        (Some(full), _) => full,
        (None, short) => short.unwrap_or_default(),
    };
    let outlet = taken_from(fields).or_else(|| channel.outlet.clone());
    let mut draft = html::item(&words, title.as_deref(), outlet.as_deref());
    draft.url = link(fields);
    draft.language = channel.language.clone();
    if let Some(when) =
        value(fields, &["published", "pubDate", "dc:date", "issued", "date"]).as_deref().and_then(machine_date)
    {
        draft.claims.push(Claim::new(when, Ground::FeedItem));
    }
    if let Some(when) =
        value(fields, &["updated", "modified", "dcterms:modified", "atom:updated"]).as_deref().and_then(machine_date)
    {
        let known = draft.claims.iter().any(|c| c.ground == Ground::FeedItem);
        // Atom asks for `updated` alone: it is the item's only date then.
        draft.claims.push(Claim::new(when, if known { Ground::Modified } else { Ground::MetaDate }));
    }
    for (name, _, inner) in
        fields.iter().filter(|f| matches!(f.0, "dc:creator" | "author" | "itunes:author" | "creator" | "atom:author"))
    {
        let inner = if *name == "author" || *name == "atom:author" { person_of(inner) } else { characters(inner) };
        let found = byline::names(&plain(&inner));
        draft.people.extend(found.people);
        draft.newsrooms.extend(found.newsrooms);
    }
    draft
}

/// Returns the feed that an item was taken over from, which published it: RSS 2.0 and Atom keep its name.
fn taken_from(fields: &[Field<'_>]) -> Option<String> {
    let source = fields.iter().find(|f| f.0 == "source" || f.0 == "atom:source")?;
    let name = value(&self::fields(source.2), &["title"]).unwrap_or_else(|| characters(source.2));
    Some(html::outlet_name(&plain(&name))).filter(|n| !n.is_empty())
}

/// Returns the name in `<author><name>…</name></author>` or in `desk@example.org (Name)`.
fn person_of(inner: &str) -> String {
    let name = value(&fields(inner), &["name", "atom:name"]);
    let words = name.unwrap_or_else(|| characters(inner));
    match (words.find('('), words.contains('@')) {
        (Some(open), true) => words[open + 1..].trim_end_matches(')').to_owned(),
        _ => words,
    }
}

/// Takes out last paragraphs that several items share: the station's own words.
fn drop_shared_tails(drafts: &mut [(Draft, String)]) {
    for _ in 0..2 {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for (draft, _) in drafts.iter().filter(|(d, _)| d.body.len() > 1) {
            if let Some(last) = draft.body.last() {
                *count.entry(fold(last)).or_default() += 1;
            }
        }
        for (draft, _) in drafts.iter_mut().filter(|(d, _)| d.body.len() > 1) {
            let shared = draft.body.last().is_some_and(|last| count.get(&fold(last)).is_some_and(|n| *n >= 2));
            if shared && let Some(last) = draft.body.pop() {
                draft.remove("about", &last);
            }
        }
    }
}
