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
    let by_class = || dom.attr(node, "class").is_some_and(|classes| hides(&classes));
    let by_style = || {
        dom.attr(node, "style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
            is_styled_away(&style)
        })
    };
    dom.attr(node, "hidden").is_some() || by_style() || by_class()
}

/// Says whether classes hide an element, and no class shows it again on wider screens: `hidden md:block`.
fn hides(classes: &str) -> bool {
    const SHOWN: &[&str] = &["block", "flex", "grid", "inline", "contents", "table"];
    let hidden =
        classes.split_whitespace().any(|c| matches!(c, "hidden" | "d-none" | "is-hidden" | "ng-hide" | "hide"));
    hidden
        && !classes.split_whitespace().any(|c| {
            let wider = c.contains(':') || (c.starts_with("d-") && c != "d-none");
            wider && SHOWN.iter().any(|s| c.ends_with(s))
        })
}

/// Says whether a style, lower case and without blanks, leaves nothing to see.
fn is_styled_away(style: &str) -> bool {
    let value = |name: &str| {
        let all = style.split(';').filter_map(|d| d.split_once(':'));
        all.filter(|(n, _)| *n == name).map(|(_, v)| v.trim_end_matches("!important")).next_back()
    };
    let zero = |name: &str| {
        value(name).is_some_and(|v| {
            v.starts_with('0')
                && v.trim_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '0' | '.' | '%')).is_empty()
        })
    };
    let clipped =
        value("overflow").is_some_and(|v| v == "hidden") && ["height", "width", "max-height"].into_iter().any(zero);
    let away = ["left", "top", "text-indent"].into_iter().any(|n| value(n).is_some_and(|v| v.starts_with("-999")));
    let same = value("color").is_some_and(|c| value("background-color").or(value("background")) == Some(c));
    value("display") == Some("none")
        || value("visibility").is_some_and(|v| matches!(v, "hidden" | "collapse"))
        || zero("font-size")
        || clipped
        || away
        || same
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
                && (*kind != "hidden" || *word == whole || pair.as_deref() == Some(whole.as_str()))
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
