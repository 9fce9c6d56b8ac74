//! OpenDocument text (ISO/IEC 26300): paragraphs in order, tracked deletions left out, notes at the end.

use super::{Archive, Document, Paragraph, read_properties};
use crate::decode::xml::{self, Node, Tag};
use std::collections::BTreeMap;

/// Reads a document's parts.
pub(super) fn read(archive: &mut Archive<'_>) -> Document {
    let mut walk = Walk::default();
    if let Some(part) = archive.part("styles.xml") {
        walk.read(&part);
        // The styles hold headers and footers and no other words.
        let words = std::mem::take(&mut walk.document.paragraphs).into_iter().map(|p| p.text);
        walk.document.margins = words.filter(|w| !w.trim().is_empty()).collect();
    }
    match archive.part("content.xml") {
        Some(part) => walk.document.is_broken = !walk.read(&part),
        None => walk.document.is_broken = true,
    }
    if let Some(part) = archive.part("meta.xml") {
        read_properties(&part, &mut walk.document);
    }
    walk.document
}

/// A style: what it is based on, and the size of its letters in half points.
#[derive(Clone, Default)]
struct Style {
    parent: Option<String>,
    size: u32,
}

/// Where the words of a paragraph go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Note,
    Comment,
}

#[derive(Default)]
struct Walk {
    document: Document,
    styles: BTreeMap<String, Style>,
    style: Option<String>,
    open: Vec<Paragraph>,
    /// Paragraphs of frames and notes inside a paragraph follow it.
    inner: Vec<Paragraph>,
    places: Vec<Place>,
    skipped: usize,
}

impl Walk {
    fn read(&mut self, part: &str) -> bool {
        let whole = xml::walk(part, |node| match node {
            Node::Open(tag) => self.opened(&tag),
            Node::Close(name) => self.closed(name),
            Node::Words(words) if self.skipped == 0 => self.push(words),
            Node::Words(_) => {}
        });
        while !self.open.is_empty() {
            self.end_paragraph();
        }
        whole
    }

    fn opened(&mut self, tag: &Tag<'_>) {
        let name = tag.name();
        self.document.is_tracked |= name == "text:changed-region";
        let left_out = matches!(
            name,
            "text:tracked-changes"
                | "text:note-citation"
                | "text:hidden-text"
                | "dc:creator"
                | "dc:date"
                | "svg:title"
                | "svg:desc"
        );
        if self.skipped > 0 || left_out {
            self.skipped += 1;
            return;
        }
        match name {
            "style:style" => {
                self.style = tag.attribute("style:name");
                let style = Style { parent: tag.attribute("style:parent-style-name"), size: 0 };
                if let Some(name) = &self.style {
                    self.styles.insert(name.clone(), style);
                }
            }
            "style:text-properties" => {
                let size = tag.attribute("fo:font-size").and_then(|s| half_points(&s));
                if let (Some(size), Some(style)) = (size, self.style.as_ref().and_then(|s| self.styles.get_mut(s))) {
                    style.size = size;
                }
            }
            "text:p" | "text:h" => self.begin_paragraph(tag),
            "text:s" => {
                let count = tag.attribute("text:c").and_then(|c| c.parse::<usize>().ok()).unwrap_or(1);
                self.push(if count > 1 { "   " } else { " " });
            }
            "text:tab" | "text:line-break" => self.push(" "),
            "text:note-body" => self.places.push(Place::Note),
            "office:annotation" => self.places.push(Place::Comment),
            "draw:text-box" => self.places.push(Place::Text),
            _ => {}
        }
    }

    fn closed(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "text:p" | "text:h" => self.end_paragraph(),
            "text:note-body" | "office:annotation" | "draw:text-box" => {
                self.places.pop();
            }
            "style:style" => self.style = None,
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, tag: &Tag<'_>) {
        let mut level = 0;
        if tag.name() == "text:h" {
            level = tag.attribute("text:outline-level").and_then(|l| l.parse().ok()).unwrap_or(2).clamp(1, 6);
        }
        let mut size = 0;
        let mut style = tag.attribute("text:style-name");
        // Styles name what they are based on; a chain longer than this is a ring.
        for _ in 0..16 {
            let Some(name) = style else { break };
            if name == "Title" {
                level = 1;
            }
            let known = self.styles.get(&name);
            if size == 0 {
                size = known.map_or(0, |s| s.size);
            }
            style = known.and_then(|s| s.parent.clone());
        }
        self.open.push(Paragraph { text: String::new(), level, size });
    }

    fn push(&mut self, words: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(words);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        match self.places.last() {
            Some(Place::Note) => self.document.notes.push(paragraph.text),
            Some(Place::Comment) => self.document.comments.push(paragraph.text),
            _ if !self.open.is_empty() => self.inner.push(paragraph),
            _ => {
                self.document.paragraphs.push(paragraph);
                self.document.paragraphs.append(&mut self.inner);
            }
        }
    }
}

/// Reads `14pt`; other units are rare.
fn half_points(size: &str) -> Option<u32> {
    let points: f32 = size.strip_suffix("pt")?.parse().ok()?;
    (points > 0.0 && points < 500.0).then_some((points * 2.0) as u32)
}
