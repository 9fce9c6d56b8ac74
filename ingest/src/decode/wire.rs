//! XML that agencies send: the IPTC's NITF, NewsML-G2 and NewsML 1. Elements are known by their names without prefix.

use super::item::Item;
use super::xml::{self, Node, Tag};
use super::{Input, Refused};
use annals_core::report::Report;

/// Decodes a message into one report an item.
pub(super) fn decode(input: &Input<'_>) -> Result<Vec<Report>, Refused> {
    let mut walk = Walk::default();
    let whole = xml::walk(&input.text, |node| match node {
        Node::Open(tag) => walk.opened(&tag),
        Node::Close(name) => walk.closed(&xml::local(name).to_ascii_lowercase()),
        Node::Words(words) => walk.field.push_str(words),
    });
    walk.end_item();
    let mut reports: Vec<Report> = (1..).zip(walk.items).filter_map(|(n, item)| item.report(input, n)).collect();
    match reports.last_mut() {
        Some(last) if !whole => last.warnings.push("cut-short".into()),
        Some(_) => {}
        None => return Err(Refused { reason: "a wire message without words".into() }),
    }
    Ok(reports)
}

/// Says whether a text, in lower case and without its prolog, opens as such a message does.
pub(super) fn is_wire(root: &str) -> bool {
    let root = root.strip_prefix("<!doctype ").map_or(root, str::trim_start);
    let name = root.strip_prefix('<').unwrap_or(root);
    let name = &name[..name.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(name.len())];
    matches!(xml::local(name), "nitf" | "newsml" | "newsitem" | "newsmessage")
}

#[derive(Default)]
struct Walk {
    items: Vec<Item>,
    item: Item,
    /// Names of the elements that are open.
    path: Vec<String>,
    /// Characters since the last tag of a field or paragraph.
    field: String,
}

/// Elements whose words are a field or a paragraph; others, such as `em` or `location`, are parts of theirs.
const FIELDS: &[&str] = &[
    "headline",
    "hl1",
    "hl2",
    "by",
    "byline",
    "dateline",
    "versioncreated",
    "firstcreated",
    "thisrevisioncreated",
    "name",
    "creditline",
    "usageterms",
    "copyrightnotice",
    "slugline",
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "td",
    "th",
    "distributor",
    "tagline",
    "title",
    "description",
];

impl Walk {
    fn opened(&mut self, tag: &Tag<'_>) {
        let name = xml::local(tag.name()).to_ascii_lowercase();
        let attribute = |name: &str| tag.attribute(name).unwrap_or_default();
        // A NITF document may be the content of an item.
        if name == "newsitem" || (name == "nitf" && !self.is_in("newsitem")) {
            self.end_item();
            self.item.id = attribute("guid");
        }
        if FIELDS.contains(&name.as_str()) {
            self.end_paragraph();
            self.field.clear();
        }
        match name.as_str() {
            "newsitem" | "nitf" | "contentset" | "inlinexml" | "html" if self.item.language.is_empty() => {
                self.item.language = attribute("xml:lang");
            }
            "date.issue" | "date.release" if self.item.version.is_empty() => self.item.version = attribute("norm"),
            "provider" if self.item.outlet.is_empty() => self.item.outlet = attribute("literal"),
            "doc.copyright" if self.item.outlet.is_empty() => self.item.outlet = attribute("holder"),
            "pubdata" if self.item.outlet.is_empty() => self.item.outlet = attribute("name"),
            "byttl" => self.field.push_str(", "),
            "doc-id" if self.item.id.is_empty() => self.item.id = attribute("id-string"),
            _ => {}
        }
        self.path.push(name);
    }

    fn closed(&mut self, name: &str) {
        let words = if FIELDS.contains(&name) { std::mem::take(&mut self.field) } else { String::new() };
        let words = super::clean::squeeze(&words);
        let is_author = ["by", "byline", "creator"].iter().any(|n| self.is_in(n));
        let is_provider = self.is_in("provider");
        let item = &mut self.item;
        match name {
            _ if words.is_empty() => {}
            "headline" | "hl1" if item.title.is_empty() => item.title = words,
            "by" | "byline" => item.authors.push(words),
            "name" if is_author => item.authors.push(words),
            "dateline" => item.dateline = words,
            "versioncreated" | "thisrevisioncreated" => item.version = words,
            "firstcreated" => item.published = words,
            "name" | "distributor" if item.outlet.is_empty() && (name != "name" || is_provider) => item.outlet = words,
            "creditline" => item.origins.push(words),
            "usageterms" | "copyrightnotice" => item.rights.push(words),
            "p" | "li" | "h1" | "h2" | "h3" | "h4" | "hl2" | "td" | "th" | "tagline" => self.paragraph(name, &words),
            _ => {}
        }
        // Ends that match nothing leave the path as it is.
        if let Some(at) = self.path.iter().rposition(|open| open == name) {
            self.path.truncate(at);
        }
    }

    fn is_in(&self, name: &str) -> bool {
        self.path.iter().any(|open| open == name)
    }

    /// Keeps words that stood loose before an inner element, such as a list in a paragraph.
    fn end_paragraph(&mut self) {
        let words = super::clean::squeeze(&std::mem::take(&mut self.field));
        if let Some(open) = self.path.iter().rev().find(|n| matches!(n.as_str(), "p" | "li" | "td")).cloned()
            && !words.is_empty()
        {
            self.paragraph(&open, &words);
        }
    }

    fn paragraph(&mut self, name: &str, words: &str) {
        let in_body = ["body.content", "body.end", "inlinexml", "datacontent"].iter().any(|n| self.is_in(n));
        if !in_body || self.is_in("media") || self.is_in("figure") {
            return;
        }
        let escaped = words.replace('&', "&amp;").replace('<', "&lt;");
        let tag = if name.starts_with('h') { "h3" } else { "p" };
        self.item.markup.push_str(&format!("<{tag}>{escaped}</{tag}>\n"));
    }

    fn end_item(&mut self) {
        let item = std::mem::take(&mut self.item);
        self.field.clear();
        if !item.title.is_empty() || !item.markup.is_empty() {
            self.items.push(item);
        }
    }
}
