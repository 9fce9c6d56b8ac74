//! WordprocessingML (ECMA-376): paragraphs in order, deletions left out, insertions kept, text boxes read once.

use super::{Archive, Document, Paragraph, read_properties};
use crate::decode::xml::{self, Node, Tag};
use std::collections::BTreeMap;

/// Reads a document's parts.
pub(super) fn read(archive: &mut Archive<'_>) -> Document {
    let mut document = Document::default();
    let styles = archive.part("word/styles.xml").map(|part| styles(&part)).unwrap_or_default();
    if let Some(part) = archive.part("word/document.xml") {
        let story = story(&part, &styles);
        document.paragraphs = story.paragraphs;
        document.is_tracked = story.is_tracked;
        document.is_broken = story.is_broken;
    }
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        let notes = archive.part(name).map(|part| story(&part, &styles));
        document.notes.extend(notes.into_iter().flat_map(|n| n.paragraphs).map(|p| p.text));
    }
    if let Some(part) = archive.part("word/comments.xml") {
        document.comments = texts(&part);
    }
    let margins = [archive.names("word/header", ".xml"), archive.names("word/footer", ".xml")].concat();
    for name in margins {
        let words = archive.part(&name).map(|part| texts(&part)).unwrap_or_default();
        document.margins.extend(words);
    }
    if let Some(part) = archive.part("docProps/core.xml") {
        read_properties(&part, &mut document);
    }
    document
}

fn texts(part: &str) -> Vec<String> {
    story(part, &BTreeMap::new()).paragraphs.into_iter().map(|p| p.text).filter(|t| !t.trim().is_empty()).collect()
}

/// What a style says of its paragraphs.
#[derive(Clone, Copy, Default)]
struct Style {
    level: u8,
    size: u32,
}

/// Reads the styles by id: headings are known by their names, which do not change with the program's language.
fn styles(part: &str) -> BTreeMap<String, Style> {
    let mut out: BTreeMap<String, Style> = BTreeMap::new();
    let mut id = None;
    xml::walk(part, |node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "w:style" => id = tag.attribute("w:styleId"),
            "w:name" => {
                let name = tag.attribute("w:val").unwrap_or_default().to_lowercase();
                let level = match name.as_str() {
                    "title" => 1,
                    _ => name
                        .strip_prefix("heading ")
                        .and_then(|n| n.parse::<u8>().ok())
                        .map_or(0, |n| if n == 1 { 1 } else { n.min(6) }),
                };
                if let Some(id) = &id {
                    out.entry(id.clone()).or_default().level = level;
                }
            }
            "w:sz" => {
                if let Some(id) = &id {
                    out.entry(id.clone()).or_default().size = number(&tag);
                }
            }
            _ => {}
        }
    });
    out
}

fn number(tag: &Tag<'_>) -> u32 {
    tag.attribute("w:val").and_then(|v| v.parse().ok()).unwrap_or(0)
}

/// Says whether a switch such as `<w:vanish/>` is on.
fn is_on(tag: &Tag<'_>) -> bool {
    !tag.attribute("w:val").is_some_and(|v| matches!(v.as_str(), "0" | "false" | "off"))
}

#[derive(Default)]
struct Story {
    paragraphs: Vec<Paragraph>,
    is_tracked: bool,
    is_broken: bool,
}

/// A paragraph being read.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    /// Letters by size.
    sizes: BTreeMap<u32, usize>,
    style: Style,
    /// Paragraphs of text boxes inside: they follow it.
    boxes: Vec<Paragraph>,
}

/// The state of the walk over one part.
#[derive(Default)]
struct Walk {
    story: Story,
    open: Vec<Open>,
    /// Depth inside an element that is left out: a deletion, a fallback, a separator of notes.
    skipped: usize,
    is_text: bool,
    is_run_property: bool,
    is_hidden: bool,
    size: u32,
}

fn story(part: &str, styles: &BTreeMap<String, Style>) -> Story {
    let mut walk = Walk::default();
    let whole = xml::walk(part, |node| match node {
        Node::Open(tag) => walk.opened(&tag, styles),
        Node::Close(name) => walk.closed(name),
        Node::Words(words) => walk.words(words),
    });
    while !walk.open.is_empty() {
        walk.end_paragraph();
    }
    walk.story.is_broken = !whole;
    walk.story
}

/// Elements whose words do not stand on the page. A fallback says again what its choice says.
fn is_left_out(tag: &Tag<'_>) -> bool {
    let separator =
        matches!(tag.name(), "w:footnote" | "w:endnote") && tag.attribute("w:type").is_some_and(|t| t != "normal");
    separator || matches!(tag.name(), "w:del" | "w:moveFrom" | "mc:Fallback")
}

impl Walk {
    fn opened(&mut self, tag: &Tag<'_>, styles: &BTreeMap<String, Style>) {
        let name = tag.name();
        if matches!(name, "w:del" | "w:moveFrom" | "w:ins" | "w:moveTo") {
            self.story.is_tracked = true;
        }
        if self.skipped > 0 || is_left_out(tag) {
            self.skipped += 1;
            return;
        }
        match name {
            "w:p" => self.open.push(Open::default()),
            "w:pStyle" => {
                let style = tag.attribute("w:val").and_then(|id| styles.get(&id)).copied().unwrap_or_default();
                if let Some(open) = self.open.last_mut() {
                    open.style = style;
                    open.paragraph.level = style.level;
                }
            }
            "w:r" => (self.is_hidden, self.size) = (false, 0),
            "w:rPr" => self.is_run_property = true,
            "w:vanish" if self.is_run_property => self.is_hidden = is_on(tag),
            "w:sz" if self.is_run_property => self.size = number(tag),
            "w:t" => self.is_text = true,
            "w:tab" | "w:br" | "w:cr" => self.push(" "),
            "w:noBreakHyphen" => self.push("-"),
            _ => {}
        }
    }

    fn closed(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "w:p" => self.end_paragraph(),
            "w:t" => self.is_text = false,
            "w:rPr" => self.is_run_property = false,
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.is_text && self.skipped == 0 {
            self.push(words);
        }
    }

    fn push(&mut self, words: &str) {
        let (size, hidden) = (self.size, self.is_hidden);
        if let Some(open) = self.open.last_mut().filter(|_| !hidden) {
            let size = if size == 0 { open.style.size } else { size };
            *open.sizes.entry(size).or_default() += words.len();
            open.paragraph.text.push_str(words);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        open.paragraph.size = open.sizes.iter().max_by_key(|(size, n)| (**n, **size)).map_or(0, |(size, _)| *size);
        let all = std::iter::once(open.paragraph).chain(open.boxes);
        match self.open.last_mut() {
            Some(host) => host.boxes.extend(all),
            None => self.story.paragraphs.extend(all),
        }
    }
}
