//! A page as a flat tree: a lenient HTML parser of bounded depth and linear time.
//!
//! It follows the standard where articles need it (void and raw-text elements, implied ends of `p`, `li`, `td`, …) and
//! leaves out what only scripts and forms need. A full tree builder is quadratic on deep nesting; this one cannot be.

use super::entities;
use std::borrow::Cow;

/// Index of a node.
pub(super) type NodeId = u32;

/// No node.
pub(super) const NONE: NodeId = u32::MAX;

/// Elements nested deeper stay children of the element at this depth.
const DEEPEST: usize = 200;

/// What a node is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind<'a> {
    /// An element: its lower-case name (empty if unknown) and its attributes.
    Element(&'static str, u32, u32),
    /// Characters, references not yet replaced.
    Text(&'a str),
}

/// A node and its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) parent: NodeId,
    pub(super) first: NodeId,
    last: NodeId,
    pub(super) next: NodeId,
}

/// A parsed page. Node 0 is the root; nodes stand in document order, a parent before its children.
#[derive(Debug)]
pub(super) struct Dom<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    attrs: Vec<(&'a str, &'a str)>,
}

/// Elements known by name. Others keep their content.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "label",
    "li",
    "link",
    "main",
    "map",
    "marquee",
    "menu",
    "meta",
    "nav",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "u",
    "ul",
    "video",
    "wbr",
    "xmp",
];

const VOID: &[&str] = &["br", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];
const RAW: &[&str] = &["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];
const OF_HEAD: &[&str] = &["head", "link", "meta", "noframes", "noscript", "script", "style", "template", "title"];
const CLOSES_P: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
    "li",
    "dd",
    "dt",
];
/// Ends of inline elements do not close blocks.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "ins", "label", "q", "s", "small", "span", "strong",
    "sub", "sup", "time", "u",
];

impl<'a> Dom<'a> {
    /// Parses a page. Never fails.
    pub(super) fn parse(page: &'a str) -> Dom<'a> {
        let root = Node { kind: Kind::Element("", 0, 0), parent: NONE, first: NONE, last: NONE, next: NONE };
        let dom = Dom { nodes: vec![root], attrs: Vec::new() };
        let mut parser = Parser { page, at: 0, dom, open: vec![(0, "")], unclosed: Vec::new(), paragraphs: 0 };
        parser.run();
        parser.dom
    }

    /// Returns the element's name, empty for text and unknown elements.
    pub(super) fn tag(&self, node: NodeId) -> &'static str {
        match self.nodes.get(node as usize).map(|n| n.kind) {
            Some(Kind::Element(tag, ..)) => tag,
            _ => "",
        }
    }

    /// Returns an attribute's value, references replaced.
    pub(super) fn attr(&self, node: NodeId, name: &str) -> Option<Cow<'a, str>> {
        let Some(Kind::Element(_, from, to)) = self.nodes.get(node as usize).map(|n| n.kind) else { return None };
        let attrs = self.attrs.get(from as usize..to as usize)?;
        attrs.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| entities::decode(value))
    }

    /// Returns the children in order.
    pub(super) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut next = self.nodes.get(node as usize).map_or(NONE, |n| n.first);
        std::iter::from_fn(move || {
            let child = next;
            next = self.nodes.get(child as usize)?.next;
            Some(child)
        })
    }

    /// Returns the node behind all that stands below a node.
    pub(super) fn end(&self, node: NodeId) -> NodeId {
        let mut at = node;
        while let Some(n) = self.nodes.get(at as usize) {
            if n.last == NONE {
                break;
            }
            at = n.last;
        }
        at + 1
    }

    /// Returns the words of a node and all below it, scripts left out, single-spaced.
    pub(super) fn text(&self, node: NodeId) -> String {
        let mut out = String::new();
        self.collect(node, &mut out);
        crate::decode::clean::squeeze(&crate::decode::clean::clean(&out))
    }

    fn collect(&self, node: NodeId, out: &mut String) {
        match self.nodes.get(node as usize).map(|n| n.kind) {
            Some(Kind::Text(words)) => out.push_str(&entities::decode(words)),
            Some(Kind::Element("script" | "style" | "noscript" | "svg", ..)) | None => {}
            Some(Kind::Element(tag, ..)) => {
                if !INLINE.contains(&tag) {
                    out.push(' ');
                }
                for child in self.children(node) {
                    self.collect(child, out);
                }
                if !INLINE.contains(&tag) {
                    out.push(' ');
                }
            }
        }
    }

    /// Returns the nodes of a name in document order.
    pub(super) fn all<'s>(&'s self, tag: &'s str) -> impl Iterator<Item = NodeId> + 's {
        (0..self.nodes.len() as NodeId).filter(move |&n| self.tag(n) == tag)
    }
}

struct Parser<'a> {
    page: &'a str,
    at: usize,
    dom: Dom<'a>,
    /// Open elements; the first is the root.
    open: Vec<(NodeId, &'static str)>,
    /// Raw-text elements known to have no end behind here.
    unclosed: Vec<&'static str>,
    paragraphs: usize,
}

impl<'a> Parser<'a> {
    fn run(&mut self) {
        while self.at < self.page.len() && self.dom.nodes.len() < (NONE - 2) as usize {
            let rest = &self.page[self.at..];
            let text = rest.find('<').unwrap_or(rest.len());
            if text > 0 {
                self.add(Kind::Text(&rest[..text]));
                self.at += text;
            } else {
                self.markup(rest);
            }
        }
    }

    /// Reads what begins with `<`; always moves on.
    fn markup(&mut self, rest: &'a str) {
        let next = rest.as_bytes().get(1).copied().unwrap_or(b' ');
        if rest.starts_with("<!--") {
            self.at += rest.find("-->").map_or(rest.len(), |n| n + 3);
        } else if next == b'!' || next == b'?' {
            self.at += rest.find('>').map_or(rest.len(), |n| n + 1);
        } else if next == b'/' {
            let end = rest.find('>').map_or(rest.len(), |n| n + 1);
            self.at += end;
            if let Some(tag) = known(name(&rest[2..])) {
                self.close(tag);
            }
        } else if next.is_ascii_alphabetic() {
            self.start(rest);
        } else {
            self.add(Kind::Text(&rest[..1]));
            self.at += 1;
        }
    }

    fn start(&mut self, rest: &'a str) {
        let name = name(&rest[1..]);
        let from = self.dom.attrs.len() as u32;
        let (len, closed) = self.attributes(rest, 1 + name.len());
        self.at += len;
        let tag = known(name).unwrap_or("");
        self.imply_ends(tag);
        let id = self.add(Kind::Element(tag, from, self.dom.attrs.len() as u32));
        if VOID.contains(&tag) || (closed && tag.is_empty()) {
            return;
        }
        if RAW.contains(&tag) {
            self.raw(id, tag);
        } else if self.open.len() < DEEPEST && !tag.is_empty() {
            self.paragraphs += usize::from(tag == "p");
            self.open.push((id, tag));
        }
    }

    /// Reads attributes up to `>`; returns the length of the whole tag and whether it closes itself.
    fn attributes(&mut self, rest: &'a str, mut at: usize) -> (usize, bool) {
        let bytes = rest.as_bytes();
        let mut closed = false;
        while let Some(&b) = bytes.get(at) {
            match b {
                b'>' => return (at + 1, closed),
                b'/' => {
                    closed = true;
                    at += 1;
                }
                _ if b.is_ascii_whitespace() => at += 1,
                _ => {
                    closed = false;
                    let name_from = at;
                    while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/')) {
                        at += 1;
                    }
                    let name_to = at;
                    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                        at += 1;
                    }
                    let mut value = (at, at);
                    if bytes.get(at) == Some(&b'=') {
                        (value, at) = attribute_value(bytes, at + 1);
                    }
                    if at == name_from {
                        at += 1;
                    }
                    if let (Some(name), Some(value)) = (rest.get(name_from..name_to), rest.get(value.0..value.1)) {
                        self.dom.attrs.push((name, value));
                    }
                }
            }
        }
        (bytes.len(), closed)
    }

    /// Takes everything up to the end tag as text.
    fn raw(&mut self, id: NodeId, tag: &'static str) {
        if self.unclosed.contains(&tag) {
            return;
        }
        let rest = &self.page[self.at..];
        let end = rest.match_indices("</").find(|(n, _)| {
            rest.as_bytes().get(n + 2..n + 2 + tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag.as_bytes()))
        });
        let Some((end, _)) = end else {
            self.unclosed.push(tag);
            return;
        };
        if end > 0 {
            self.open.push((id, tag));
            self.add(Kind::Text(&rest[..end]));
            self.open.pop();
        }
        self.at += end + rest[end..].find('>').map_or(rest.len() - end, |n| n + 1);
    }

    fn add(&mut self, kind: Kind<'a>) -> NodeId {
        let id = self.dom.nodes.len() as NodeId;
        let parent = self.open.last().map_or(0, |(id, _)| *id);
        self.dom.nodes.push(Node { kind, parent, first: NONE, last: NONE, next: NONE });
        let last = std::mem::replace(&mut self.dom.nodes[parent as usize].last, id);
        match last {
            NONE => self.dom.nodes[parent as usize].first = id,
            last => self.dom.nodes[last as usize].next = id,
        }
        id
    }

    /// Closes what the start of `tag` ends without saying so.
    fn imply_ends(&mut self, tag: &str) {
        if self.paragraphs > 0 && CLOSES_P.contains(&tag) {
            self.close_until(&["p"], &["table", "td", "th", "caption", "button", "object", "body"]);
        }
        // Whatever is not of a head ends it, on pages that leave out `</head>` and `<body>`.
        let in_head = self.open.last().is_some_and(|(_, t)| *t == "head");
        if in_head && !tag.is_empty() && !OF_HEAD.contains(&tag) {
            self.truncate(self.open.len() - 1);
        }
        // A page may leave out `</head>` and `<body>`: what is no metadata begins the body.
        let metadata = matches!(
            tag,
            "" | "html" | "head" | "base" | "link" | "meta" | "noscript" | "script" | "style" | "template" | "title"
        );
        if !metadata && self.open.last().is_some_and(|(_, t)| *t == "head") {
            self.close_until(&["head"], &["body"]);
        }
        match tag {
            "li" => self.close_until(&["li"], &["ul", "ol", "menu", "body", "div", "table", "td"]),
            "dt" | "dd" => self.close_until(&["dt", "dd"], &["dl", "body", "div"]),
            "td" | "th" => self.close_until(&["td", "th"], &["tr", "table"]),
            "tr" => self.close_until(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => self.close_until(&["tbody", "thead", "tfoot"], &["table"]),
            "option" | "optgroup" => self.close_until(&["option"], &["select", "body"]),
            "body" => self.close_until(&["head"], &["body"]),
            _ => {}
        }
    }

    /// Closes the innermost of `tags` unless a barrier stands before it.
    fn close_until(&mut self, tags: &[&str], barriers: &[&str]) {
        let found = self.open.iter().rposition(|(_, t)| tags.contains(t) || barriers.contains(t));
        if let Some(n) = found.filter(|&n| n > 0 && tags.contains(&self.open[n].1)) {
            self.truncate(n);
        }
    }

    fn close(&mut self, tag: &'static str) {
        if VOID.contains(&tag) || matches!(tag, "body" | "html") {
            return;
        }
        let found = self.open.iter().rposition(|(_, t)| *t == tag);
        let Some(n) = found.filter(|&n| n > 0) else { return };
        let above = &self.open[n + 1..];
        if INLINE.contains(&tag) && above.iter().any(|(_, t)| !INLINE.contains(t)) {
            return;
        }
        // A stray end must not close a table from inside another.
        if !matches!(tag, "table") && above.iter().any(|(_, t)| *t == "table") {
            return;
        }
        self.truncate(n);
    }

    fn truncate(&mut self, n: usize) {
        self.paragraphs -= self.open[n..].iter().filter(|(_, t)| *t == "p").count();
        self.open.truncate(n);
    }
}

/// Returns the range of an attribute's value that begins behind `=`, and where to go on.
fn attribute_value(bytes: &[u8], mut at: usize) -> ((usize, usize), usize) {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    if let Some(&quote @ (b'"' | b'\'')) = bytes.get(at) {
        let from = at + 1;
        let to = bytes[from..].iter().position(|b| *b == quote).map_or(bytes.len(), |n| from + n);
        return ((from, to), (to + 1).min(bytes.len()));
    }
    let from = at;
    while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && *b != b'>') {
        at += 1;
    }
    ((from, at), at)
}

fn name(rest: &str) -> &str {
    let end = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':')).count();
    &rest[..end]
}

/// Returns the known name, lower case.
fn known(name: &str) -> Option<&'static str> {
    let mut lower = [0u8; 10];
    let bytes = name.as_bytes();
    let slot = lower.get_mut(..bytes.len())?;
    for (to, from) in slot.iter_mut().zip(bytes) {
        *to = from.to_ascii_lowercase();
    }
    let at = TAGS.binary_search_by(|tag| tag.as_bytes().cmp(&*slot)).ok()?;
    TAGS.get(at).copied()
}
