//! Walks XML that machines wrote: office documents, news envelopes. Stops where it is broken and keeps what came before.

use super::html::entities;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What the walk meets, in order.
pub(super) enum Node<'a> {
    /// A start tag; an empty element is an opening followed by a closing.
    Open(Tag<'a>),
    /// An end tag, by its name as written.
    Close(&'a str),
    /// Characters, references replaced.
    Words(&'a str),
}

/// A start tag.
pub(super) struct Tag<'a>(&'a BytesStart<'a>);

impl Tag<'_> {
    /// Returns the name as written, with its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.name().0
    }

    /// Returns an attribute by its name as written.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().with_checks(false).flatten().find(|a| a.key.0 == name)?;
        Some(entities::decode(&found.value).into_owned())
    }
}

/// Elements inside elements beyond this depth end the walk: no document that people wrote goes so deep.
const DEEPEST: usize = 500;

/// Calls `visit` on each node. Returns whether the end was reached with nothing broken.
pub(super) fn walk(xml: &str, mut visit: impl FnMut(Node<'_>)) -> bool {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > DEEPEST {
                    return false;
                }
                visit(Node::Open(Tag(&tag)));
            }
            Ok(Event::Empty(tag)) => {
                visit(Node::Open(Tag(&tag)));
                visit(Node::Close(tag.name().0));
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                visit(Node::Close(tag.name().0));
            }
            Ok(Event::Text(words)) => visit(Node::Words(&words)),
            Ok(Event::CData(words)) => visit(Node::Words(&words)),
            Ok(Event::GeneralRef(name)) => visit(Node::Words(&entities::decode(&format!("&{};", &*name)))),
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// Returns a name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
