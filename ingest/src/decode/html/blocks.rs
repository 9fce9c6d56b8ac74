//! A page as a list of blocks of words in document order, each with what the markup says of it.

use super::dom::{Dom, Kind, NONE, NodeId};
use super::entities;
use super::marks::{self, Mark};
use crate::decode::clean::squeeze;

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
    /// An item of a list.
    pub(super) in_list: bool,
}

impl Block {
    /// Returns the share of its words that are links, in percent.
    pub(super) fn link_percent(&self) -> usize {
        (self.linked * 100).checked_div(self.text.len()).unwrap_or(0).min(100)
    }

    /// Says whether it reads as a paragraph of an article.
    pub(super) fn is_good(&self) -> bool {
        let closed = self
            .text
            .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' '])
            .ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '،', '؟']);
        let long = self.text.chars().take(141).count();
        self.level == 0 && self.link_percent() < 50 && ((long >= 50 && closed) || long > 140)
    }
}

#[derive(Clone, Copy)]
struct Context {
    node: NodeId,
    furniture: Option<&'static str>,
    mark: Option<Mark>,
    level: u8,
    in_link: bool,
    in_list: bool,
}

struct Walk<'d, 'a> {
    dom: &'d Dom<'a>,
    prose: Vec<u32>,
    blocks: Vec<Block>,
    words: String,
    linked: usize,
}

/// Returns the page's blocks.
pub(super) fn blocks(dom: &Dom<'_>) -> Vec<Block> {
    let prose = prose(dom);
    let mut walk = Walk { dom, prose, blocks: Vec::new(), words: String::new(), linked: 0 };
    let context = Context { node: 0, furniture: None, mark: None, level: 0, in_link: false, in_list: false };
    walk.children(0, context);
    walk.flush(context);
    walk.blocks
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
        let mut after_span = false;
        while next != NONE {
            let is_span = matches!(self.dom.tag(next), "span" | "time");
            if is_span
                && after_span
                && self.words.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ')'))
            {
                // `<span>Name</span><span>13 May</span>`: parted by style alone.
                self.words.push_str(" | ");
            }
            after_span = is_span;
            self.node(next, context);
            next = self.dom.nodes[next as usize].next;
        }
    }

    fn node(&mut self, node: NodeId, context: Context) {
        let tag = match self.dom.nodes[node as usize].kind {
            Kind::Text(words) => {
                let before = self.words.len();
                let words = entities::decode(words);
                self.words.push_str(&crate::decode::clean::clean(&words).replace('\n', " "));
                if context.in_link {
                    self.linked += self.words.len() - before;
                }
                return;
            }
            Kind::Element(tag, ..) => tag,
        };
        if UNSEEN.contains(&tag) {
            return;
        }
        match tag {
            "br" => self.words.push('\n'),
            "hr" | "img" => {
                if tag == "hr" {
                    self.flush(context);
                }
            }
            _ if INLINE.contains(&tag) => self.inline(node, tag, context),
            _ => {
                self.flush(context);
                let inner = self.enter(node, tag, context);
                self.children(node, inner);
                self.flush(inner);
            }
        }
    }

    fn inline(&mut self, node: NodeId, tag: &str, context: Context) {
        let found = marks::of(self.dom, node, tag);
        let furniture = found.furniture.filter(|_| self.may_skip(node, false));
        let mut inner = context;
        inner.in_link |= tag == "a";
        if (furniture.is_some() && context.furniture.is_none())
            || (found.mark.is_some() && context.mark.is_none() && !matches!(tag, "a" | "b" | "i" | "em" | "strong"))
        {
            // A caption or an author may be marked by a span; it is a block of its own.
            let alone = furniture.is_some() || self.words.trim().len() < 120;
            if alone {
                if furniture.is_some() {
                    self.flush(context);
                }
                inner.furniture = inner.furniture.or(furniture);
                inner.mark = inner.mark.or(found.mark);
                self.children(node, inner);
                if furniture.is_some() {
                    self.flush(Context { node, ..inner });
                } else if let Some(mark) = found.mark {
                    self.note_mark(node, mark, context);
                }
                return;
            }
        }
        self.children(node, inner);
    }

    /// Remembers what a marked inline element says, apart from its line.
    fn note_mark(&mut self, node: NodeId, mark: Mark, context: Context) {
        let text = self.dom.text(node);
        if !text.is_empty() && text.len() < 300 {
            let furniture = Some(context.furniture.unwrap_or(MARKED));
            self.blocks.push(Block { text, linked: 0, level: 0, node, furniture, mark: Some(mark), in_list: false });
        }
    }

    fn enter(&self, node: NodeId, tag: &str, context: Context) -> Context {
        let found = marks::of(self.dom, node, tag);
        let furniture = found.furniture.filter(|kind| self.may_skip(node, *kind == "comments"));
        let level = match tag {
            "h1" => 1,
            "h2" => 2,
            "h3" => 3,
            "h4" => 4,
            "h5" => 5,
            "h6" => 6,
            _ => context.level,
        };
        Context {
            node,
            furniture: context.furniture.or(furniture),
            mark: found.mark.or(context.mark.filter(|_| level == context.level)),
            level,
            in_link: context.in_link,
            in_list: context.in_list || tag == "li",
        }
    }

    /// What holds a third of the page's running text is no furniture, whatever it is called; comments may hold more.
    fn may_skip(&self, node: NodeId, comments: bool) -> bool {
        let all = u64::from(self.prose[0]);
        let here = u64::from(self.prose[node as usize]);
        let limit = if comments { 75 } else { 35 };
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
                in_list: context.in_list,
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
