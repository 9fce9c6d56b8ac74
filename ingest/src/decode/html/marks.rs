//! What an element's name, class, id and role say of its content.

use super::dom::{Dom, NodeId};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What an element is marked as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    /// The author's name, or the line with it.
    Author,
    /// A date.
    Date,
    /// The summary under the headline.
    Standfirst,
    /// The headline.
    Title,
}

/// What was found.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Marks {
    pub(super) furniture: Option<&'static str>,
    pub(super) mark: Option<Mark>,
}

/// Words of class names and ids, to the kind of furniture.
static WORDS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../lang/classes.txt").lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|l| l.split_once(' ')).flat_map(|(kind, words)| words.split(' ').map(move |w| (w, kind))).collect()
});

/// Reads the marks of an element.
pub(super) fn of(dom: &Dom<'_>, node: NodeId, tag: &str) -> Marks {
    let furniture = match tag {
        "nav" | "menu" => Some("navigation"),
        "footer" => Some("footer"),
        "aside" => Some("related"),
        "figure" | "figcaption" => Some("caption"),
        "dialog" => Some("cookies"),
        _ => None,
    };
    let mut marks = Marks { furniture, mark: None };
    if matches!(tag, "html" | "body") {
        return marks;
    }
    if let Some(role) = dom.attr(node, "role") {
        marks.furniture = marks.furniture.or(match role.as_ref() {
            "navigation" | "search" | "menu" | "tablist" => Some("navigation"),
            "complementary" => Some("related"),
            "dialog" | "alertdialog" => Some("cookies"),
            "contentinfo" => Some("footer"),
            "doc-endnotes" | "doc-footnote" => Some("notes"),
            "tooltip" => Some("popup"),
            _ => None,
        });
    }
    if tag == "time" {
        marks.mark = Some(Mark::Date);
    }
    if dom.attr(node, "rel").is_some_and(|r| r.contains("author")) {
        marks.mark = Some(Mark::Author);
    }
    if let Some(prop) = dom.attr(node, "itemprop") {
        marks.mark = marks.mark.or(match prop.as_ref() {
            "author" | "creator" => Some(Mark::Author),
            "datePublished" | "dateModified" | "dateCreated" => Some(Mark::Date),
            "headline" => Some(Mark::Title),
            "alternativeHeadline" => Some(Mark::Standfirst),
            _ => None,
        });
    }
    if is_hidden(dom, node) {
        marks.furniture = marks.furniture.or(Some("hidden"));
    }
    if let Some(value) = dom.attr(node, "class") {
        read_names(&value, &mut marks);
    }
    // The id of a heading, and any long one, is made of the heading's words: a target of links.
    let is_heading = matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    if let Some(value) = dom.attr(node, "id").filter(|id| !is_heading && words(id).len() <= LONGEST_ID) {
        read_names(&value, &mut marks);
    }
    if let Some(style) = dom.attr(node, "data-component").or_else(|| dom.attr(node, "data-testid")) {
        read_names(&style, &mut marks);
    }
    marks
}

/// Words of an id that is a name and no heading.
const LONGEST_ID: usize = 5;

fn is_hidden(dom: &Dom<'_>, node: NodeId) -> bool {
    dom.attr(node, "hidden").is_some()
        || dom.attr(node, "aria-hidden").is_some_and(|v| v == "true")
        || dom.attr(node, "style").is_some_and(|s| {
            let s = s.to_ascii_lowercase().replace(' ', "");
            s.contains("display:none") || s.contains("visibility:hidden")
        })
}

fn read_names(value: &str, marks: &mut Marks) {
    // Lists of a hundred classes say nothing.
    for name in value.split_whitespace().take(24) {
        let lower = name.to_ascii_lowercase();
        let whole = lower.replace('_', "-");
        marks.furniture = marks.furniture.or_else(|| WORDS.get(whole.as_str()).copied());
        let words = words(name);
        for (n, word) in words.iter().enumerate() {
            let pair = words.get(n + 1).map(|next| format!("{word}-{next}"));
            let found = pair.as_deref().and_then(|p| WORDS.get(p)).or_else(|| WORDS.get(word.as_str()));
            // `has-sidebar`, `no-comments`, `with-ads` speak of something else.
            let negated = words
                .iter()
                .take(n)
                .any(|w| matches!(w.as_str(), "has" | "no" | "with" | "without" | "w" | "not" | "is" | "js" | "hide"));
            // `widget` opens the class of a side box; page builders end the class of any element in it.
            if let Some(kind) = found
                && !negated
                && (*kind != "widget" || n == 0)
            {
                marks.furniture = marks.furniture.or(Some(kind));
            }
            marks.mark = marks.mark.or(match word.as_str() {
                "byline" | "by" | "author" | "authors" | "authorname" | "writer" | "autor" | "auteur" => {
                    Some(Mark::Author)
                }
                "date" | "dateline" | "datetime" | "pubdate" | "published" | "timestamp" | "time" | "datum"
                | "posted" | "updated" => Some(Mark::Date),
                "standfirst" | "dek" | "deck" | "subtitle" | "subhead" | "subheadline" | "subheading" | "lede"
                | "sub" | "excerpt" => Some(Mark::Standfirst),
                "headline" | "hl" | "title" | "heading" => Some(Mark::Title),
                _ => None,
            });
        }
    }
}

/// Splits `mostRead_box-2` into `most`, `read`, `box`, `2`.
fn words(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    for c in name.chars() {
        if (!c.is_alphanumeric() || (c.is_uppercase() && was_lower)) && !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}
