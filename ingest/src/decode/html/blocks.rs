//! A page as a list of blocks of words in document order, each with what the markup says of it.

use super::dom::{Dom, Kind, NONE, NodeId};
use super::entities;
use super::marks::{self, Mark};
use crate::decode::clean::squeeze;
use std::collections::{BTreeMap, BTreeSet};

/// A paragraph, heading, list item or other run of words.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The words, single-spaced.
    pub(super) text: String,
    /// Bytes of them inside links.
    pub(super) linked: usize,
    /// Heading level, 0 for none.
    pub(super) level: u8,
    /// The innermost block element.
    pub(super) node: NodeId,
    /// What kind of furniture it stands in.
    pub(super) furniture: Option<&'static str>,
    /// In an element marked as author, date, summary or headline.
    pub(super) mark: Option<Mark>,
    /// The list it is an item of.
    pub(super) list: Option<NodeId>,
    /// Inside a quotation that is set apart: a passage of a document, a message.
    pub(super) in_quote: bool,
    /// A row of a table of figures.
    pub(super) is_row: bool,
}

impl Block {
    /// Returns the share of its words that are links, in percent.
    pub(super) fn link_percent(&self) -> usize {
        (self.linked * 100).checked_div(self.text.len()).unwrap_or(0).min(100)
    }

    /// Says whether it ends as a sentence does.
    pub(super) fn is_sentence(&self) -> bool {
        self.text.len() >= 25 && self.text.ends_with(['.', '!', '?', '"', '”', '…', ')', '。', '»', '؟', '।'])
    }

    /// Says whether it may be a paragraph of an article that has none but short ones: talk, verse.
    pub(super) fn is_short_good(&self) -> bool {
        let ended = self.text.ends_with(['.', '!', '?', '…', '"', '”', '“', '»', '。', '؟']);
        !self.is_row && self.level == 0 && self.link_percent() < 10 && ended && self.text.contains(' ')
    }

    /// Says whether it reads as a paragraph of an article.
    pub(super) fn is_good(&self) -> bool {
        let closed = self
            .text
            .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' '])
            .ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '،', '؟']);
        // Scripts without letters say in one sign what others say in two or three.
        let wide = |c: char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
        let long: usize = self.text.chars().take(141).map(|c| if wide(c) { 2 } else { 1 }).sum();
        !self.is_row && self.level == 0 && self.link_percent() < 50 && ((long >= 50 && closed) || long > 140)
    }
}

#[derive(Clone, Copy)]
struct Context {
    node: NodeId,
    furniture: Option<&'static str>,
    mark: Option<Mark>,
    level: u8,
    in_link: bool,
    list: Option<NodeId>,
    in_quote: bool,
    in_row: bool,
    /// Furniture only as part of a figure: a quotation or table in it is none.
    in_figure: bool,
}

struct Walk<'d, 'a> {
    dom: &'d Dom<'a>,
    prose: &'d [u32],
    /// Rows of tables of figures.
    rows: &'d BTreeSet<NodeId>,
    /// A kind of furniture that is not believed.
    doubted: Option<&'static str>,
    blocks: Vec<Block>,
    words: String,
    linked: usize,
}

/// Returns the page's blocks.
pub(super) fn blocks(dom: &Dom<'_>) -> Vec<Block> {
    let (prose, rows) = (prose(dom), rows(dom));
    let blocks = walk(dom, &prose, &rows, None);
    // A page builder may give every paragraph a class that elsewhere means furniture.
    match mistaken(&blocks) {
        Some(kind) => walk(dom, &prose, &rows, Some(kind)),
        None => blocks,
    }
}

/// Returns the kind of furniture that holds most of the page's paragraphs, while few stand outside furniture.
fn mistaken(blocks: &[Block]) -> Option<&'static str> {
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    for block in blocks.iter().filter(|b| b.is_good()) {
        *held.entry(block.furniture.unwrap_or_default()).or_default() += block.text.len();
    }
    let all: usize = held.values().sum();
    let (kind, most) = held.iter().max_by_key(|(_, len)| **len)?;
    let free = held.get("").copied().unwrap_or(0);
    (*most * 2 > all && free * 5 < *most && !matches!(*kind, "" | "comments" | "footer" | "cookies"))
        .then(|| blocks.iter().find_map(|b| b.furniture.filter(|k| k == kind)))
        .flatten()
}

fn walk(dom: &Dom<'_>, prose: &[u32], rows: &BTreeSet<NodeId>, doubted: Option<&'static str>) -> Vec<Block> {
    let mut walk = Walk { dom, prose, rows, doubted, blocks: Vec::new(), words: String::new(), linked: 0 };
    let context = Context {
        node: 0,
        furniture: None,
        mark: None,
        level: 0,
        in_link: false,
        list: None,
        in_quote: false,
        in_row: false,
        in_figure: false,
    };
    walk.children(0, context);
    walk.flush(context);
    walk.blocks
}

/// Longest cell, in bytes, of a table of figures; longer ones hold a page's layout.
const LONGEST_CELL: usize = 300;

/// Returns the rows of the tables that hold figures or lists: several rows and columns, short cells, no table inside.
fn rows(dom: &Dom<'_>) -> BTreeSet<NodeId> {
    let mut found = BTreeSet::new();
    let tables: Vec<NodeId> = dom.all("table").collect();
    for (n, &table) in tables.iter().enumerate() {
        let end = dom.end(table);
        if tables.get(n + 1).is_some_and(|&next| next < end) {
            continue;
        }
        let (mut rows, mut widest, mut cells, mut longest, mut cell) = (Vec::new(), 0, 0, 0, 0);
        for node in table + 1..end {
            match dom.nodes[node as usize].kind {
                Kind::Element("tr", ..) => {
                    rows.push(node);
                    cells = 0;
                }
                Kind::Element("td" | "th", ..) => {
                    cells += 1;
                    cell = 0;
                    widest = widest.max(cells);
                }
                Kind::Text(words) if !UNSEEN.contains(&dom.tag(dom.nodes[node as usize].parent)) => {
                    cell += words.trim().len();
                    longest = longest.max(cell);
                }
                _ => {}
            }
        }
        if rows.len() >= 2 && widest >= 2 && longest <= LONGEST_CELL {
            found.extend(rows);
        }
    }
    found
}

/// Characters of running text below each node: long text outside links and scripts.
fn prose(dom: &Dom<'_>) -> Vec<u32> {
    let mut prose = vec![0u32; dom.nodes.len()];
    for n in (1..dom.nodes.len()).rev() {
        let node = &dom.nodes[n];
        if let Kind::Text(words) = node.kind {
            let parent = dom.tag(node.parent);
            let unseen = matches!(
                parent,
                "script" | "style" | "title" | "textarea" | "a" | "option" | "iframe" | "noembed" | "xmp"
            );
            let len = words.trim().len();
            if !unseen && len >= 30 {
                prose[n] = u32::try_from(len).unwrap_or(u32::MAX);
            }
        } else if matches!(dom.tag(n as NodeId), "noscript" | "template" | "svg") {
            prose[n] = 0;
        }
        if node.parent != NONE {
            let sum = prose[node.parent as usize].saturating_add(prose[n]);
            prose[node.parent as usize] = sum;
        }
    }
    prose
}

const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "iframe", "select", "option", "textarea", "button", "input",
    "canvas", "audio", "video", "object", "noembed", "noframes", "head", "link", "meta", "title", "xmp",
];

const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "ins", "label", "q", "s", "small", "span", "strong",
    "sub", "sup", "time", "u", "wbr", "",
];

impl Walk<'_, '_> {
    fn children(&mut self, node: NodeId, context: Context) {
        let mut next = self.dom.nodes[node as usize].first;
        let mut before = "";
        while next != NONE {
            // What stands between is style alone: `<span>Name</span><span>13 May</span>`, `<a>Home</a><a>News</a>`.
            let tag = self.dom.tag(next);
            let is_span = |tag: &str| matches!(tag, "span" | "time");
            if is_span(tag) && is_span(before) && self.is_parted(next) {
                self.words.push_str(" | ");
            } else if !before.is_empty() && self.is_glued(next, tag, before) {
                self.words.push(' ');
            }
            before = if INLINE.contains(&tag) { tag } else { "" };
            self.node(next, context);
            next = self.dom.nodes[next as usize].next;
        }
    }

    /// Says whether a span begins something new in a short line. A long line is prose in many spans.
    fn is_parted(&self, span: NodeId) -> bool {
        let ended = self.words.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ')'));
        ended && self.words.len() < 120 && self.is_small(span) && {
            let next = self.dom.text(span);
            next.len() < 120 && next.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase())
        }
    }

    /// Says whether an inline element that follows another without a blank begins a word of its own.
    fn is_glued(&self, node: NodeId, tag: &str, before: &str) -> bool {
        let ended = self.words.ends_with(|c: char| c.is_lowercase() || matches!(c, '.' | '!' | '?' | ')'));
        INLINE.contains(&tag) && ended && self.is_small(node) && {
            let links = tag == "a" && before == "a";
            self.dom.text(node).starts_with(|c: char| c.is_uppercase() || (links && c.is_alphanumeric()))
        }
    }

    fn node(&mut self, node: NodeId, context: Context) {
        let tag = match self.dom.nodes[node as usize].kind {
            Kind::Text(words) => return self.text(words, context),
            Kind::Element(tag, ..) => tag,
        };
        if UNSEEN.contains(&tag) {
            return;
        }
        match tag {
            "br" if context.in_row => self.words.push(' '),
            "br" => self.words.push('\n'),
            "img" => {}
            "hr" => self.flush(context),
            "sup" | "a" if self.is_note_sign(node, tag, context) => {
                self.aside(node, Context { node, furniture: Some("notes"), ..context })
            }
            _ if INLINE.contains(&tag) => self.inline(node, tag, context),
            _ if context.in_row => self.cell(node, tag, context),
            _ => {
                self.flush(context);
                let inner = self.enter(node, tag, context);
                self.children(node, inner);
                self.flush(inner);
            }
        }
    }

    /// `<sup><a href="#note">3</a></sup>`, or without `sup`: the number of a note is no word of the sentence.
    fn is_note_sign(&self, node: NodeId, tag: &str, context: Context) -> bool {
        let is_target = |n: NodeId| self.dom.attr(n, "href").is_some_and(|to| to.contains('#'));
        let linked = match tag {
            "a" => is_target(node) && self.words.ends_with(|c: char| !c.is_whitespace() && !matches!(c, '[' | '(')),
            _ => context.in_link || self.dom.children(node).any(|child| self.dom.tag(child) == "a"),
        };
        linked && self.is_small(node) && {
            let sign = self.dom.text(node);
            !sign.is_empty() && sign.len() <= 12 && sign.chars().all(|c| !c.is_alphabetic())
        }
    }

    /// Says whether an element holds little, so that looking ahead into it costs little.
    fn is_small(&self, node: NodeId) -> bool {
        self.dom.end(node) - node <= 24
    }

    fn text(&mut self, words: &str, context: Context) {
        let before = self.words.len();
        let words = entities::decode(words);
        self.words.push_str(&crate::decode::clean::clean(&words).replace('\n', " "));
        if context.in_link {
            self.linked += self.words.len() - before;
        }
    }

    /// Reads an element within a row of a table: cells stand in one line.
    fn cell(&mut self, node: NodeId, tag: &str, context: Context) {
        let filled = !self.words.trim_end().is_empty() && !self.words.trim_end().ends_with('|');
        self.words.push_str(if matches!(tag, "td" | "th") && filled { " | " } else { " " });
        self.children(node, context);
        self.words.push(' ');
    }

    fn inline(&mut self, node: NodeId, tag: &str, context: Context) {
        let found = marks::of(self.dom, node, tag);
        let furniture = found.furniture.filter(|kind| self.may_skip(node, kind));
        let mut inner = context;
        inner.in_link |= tag == "a";
        if let Some(kind) = furniture.filter(|_| context.furniture.is_none()) {
            self.aside(node, Context { node, furniture: Some(kind), mark: inner.mark.or(found.mark), ..inner });
            return;
        }
        let marked = found.mark.filter(|_| {
            // An author may be marked by a span; the name is noted apart from its line.
            context.mark.is_none() && !matches!(tag, "a" | "b" | "i" | "em" | "strong") && self.words.trim().len() < 120
        });
        if let Some(mark) = marked {
            inner.mark = Some(mark);
            self.children(node, inner);
            self.note_mark(node, mark, context);
        } else {
            self.children(node, inner);
        }
    }

    /// Makes blocks of their own from an element that stands inside a line; the line goes on behind it.
    fn aside(&mut self, node: NodeId, context: Context) {
        // In a heading it parts a topic from the headline.
        if context.level > 0 && context.furniture != Some("notes") {
            self.flush(Context { furniture: None, ..context });
        }
        let words = std::mem::take(&mut self.words);
        let linked = std::mem::take(&mut self.linked);
        self.children(node, context);
        self.flush(context);
        self.words = words;
        self.linked = linked;
        if !self.words.is_empty() {
            self.words.push(' ');
        }
    }

    /// Remembers what a marked inline element says, apart from its line.
    fn note_mark(&mut self, node: NodeId, mark: Mark, context: Context) {
        let text = self.dom.text(node);
        if !text.is_empty() && text.len() < 300 {
            self.blocks.push(Block {
                text,
                linked: 0,
                level: 0,
                node,
                furniture: Some(context.furniture.unwrap_or(MARKED)),
                mark: Some(mark),
                list: None,
                in_quote: false,
                is_row: false,
            });
        }
    }

    fn enter(&self, node: NodeId, tag: &str, context: Context) -> Context {
        let found = marks::of(self.dom, node, tag);
        let furniture = found.furniture.filter(|kind| self.may_skip(node, kind));
        let level = match tag {
            "h1" => 1,
            "h2" => 2,
            "h3" => 3,
            "h4" => 4,
            "h5" => 5,
            "h6" => 6,
            _ => context.level,
        };
        let set_apart = matches!(tag, "blockquote" | "table" | "pre" | "ul" | "ol");
        let outer = context.furniture.filter(|_| !(context.in_figure && set_apart));
        Context {
            node,
            furniture: outer.or(furniture),
            mark: found.mark.or(context.mark.filter(|_| level == context.level)),
            level,
            in_link: context.in_link,
            list: if matches!(tag, "ul" | "ol" | "dl") { Some(node) } else { context.list },
            in_quote: context.in_quote || tag == "blockquote",
            in_row: tag == "tr" && self.rows.contains(&node),
            in_figure: if context.in_figure { outer.is_some() } else { tag == "figure" && outer.is_none() },
        }
    }

    /// What holds a third of the page's running text is no furniture, whatever it is called; comments may hold more, and
    /// so may what is not shown.
    fn may_skip(&self, node: NodeId, kind: &str) -> bool {
        if self.doubted == Some(kind) {
            return false;
        }
        let all = u64::from(self.prose[0]);
        let here = u64::from(self.prose[node as usize]);
        let limit = if matches!(kind, "comments" | "hidden") { 75 } else { 35 };
        here * 100 <= all * limit
    }

    fn flush(&mut self, context: Context) {
        if self.words.trim().is_empty() {
            self.words.clear();
            self.linked = 0;
            return;
        }
        let words = std::mem::take(&mut self.words);
        let linked = std::mem::take(&mut self.linked);
        let pieces = lines(&words);
        let total: usize = pieces.iter().map(String::len).sum();
        for text in pieces {
            let share = (linked.min(total) * text.len()).checked_div(total).unwrap_or(0);
            self.blocks.push(Block {
                linked: share,
                level: context.level,
                node: context.node,
                furniture: context.furniture,
                mark: context.mark,
                list: context.list,
                in_quote: context.in_quote,
                is_row: context.in_row,
                text,
            });
        }
    }
}

/// The furniture kind of a block that only notes a marked inline element.
pub(super) const MARKED: &str = "marked";

/// Splits at doubled line breaks, and at single ones between short lines.
fn lines(words: &str) -> Vec<String> {
    if !words.contains('\n') {
        return vec![squeeze(words)];
    }
    let mut out: Vec<String> = Vec::new();
    let mut gap = true;
    for piece in words.split('\n') {
        let piece = squeeze(piece);
        if piece.is_empty() {
            gap = true;
            continue;
        }
        let parted = |last: &str| {
            last.len() < 90 && !last.ends_with([',', ';']) && piece.chars().next().is_some_and(|c| !c.is_lowercase())
        };
        match out.last_mut() {
            Some(last) if !gap && !parted(last) => {
                last.push(' ');
                last.push_str(&piece);
            }
            _ => out.push(piece),
        }
        gap = false;
    }
    out
}
