//! The authors of a page: named by the byline, the metadata, marked elements, a label, or the box about the author.
//!
//! The first of these that names a person counts. Names of commenters, of other articles and of photographers do not.

use super::blocks::Block;
use super::dom::{Dom, Kind, NodeId};
use super::marks::Mark;
use super::meta::{self, Meta};
use crate::decode::byline::{self, Opener};
use crate::decode::clean::fold;
use crate::decode::draft::{Draft, byline_of};
use crate::decode::head;
use std::collections::BTreeSet;

/// Fills the draft's people and newsrooms.
pub(super) fn read(
    dom: &Dom<'_>,
    blocks: &[Block],
    article: &[bool],
    window: &[usize],
    meta: &Meta,
    draft: &mut Draft,
) {
    draft.newsrooms.extend(meta.newsrooms.iter().cloned());
    draft.origins.extend(meta.origins.iter().cloned());
    let printed: Vec<String> = draft.byline_lines.iter().flat_map(|l| byline_of(l).people).collect();
    if !printed.is_empty() {
        return;
    }
    let near = window.first().map_or(0, |f| f.saturating_sub(12))..window.last().map_or(blocks.len(), |l| l + 12);
    let own = |people: Vec<String>| -> Vec<String> {
        people.into_iter().filter(|name| !is_site(name, meta, draft.outlet.as_deref())).collect()
    };
    let sources: [&dyn Fn() -> Vec<String>; 7] = [
        &|| meta.people.clone(),
        &|| properties(dom, blocks),
        &|| labelled(blocks),
        &|| signed(blocks, article),
        &|| marked(blocks, &near),
        &|| about(blocks),
        &|| first_names(dom, blocks, meta),
    ];
    draft.people = sources.iter().map(|source| own(source())).find(|people| !people.is_empty()).unwrap_or_default();
}

/// Says whether a name is the site's rather than a person's.
fn is_site(name: &str, meta: &Meta, outlet: Option<&str>) -> bool {
    let folded = fold(name);
    let pieces = meta.page_title.iter().chain(&meta.site).flat_map(|t| meta::title_pieces(t));
    let known = pieces.chain(outlet).any(|piece| fold(piece) == folded);
    // A person's own site bears the person's name.
    known && !byline::is_known_person(name)
}

/// Says whether a block belongs to somebody else's words: comments, teasers, captions.
fn is_foreign(block: &Block) -> bool {
    matches!(block.furniture, Some("comments" | "related" | "caption" | "embed" | "ad" | "pull-quote" | "cookies"))
}

/// Says whether an element marks the author by property, relation or microformat.
fn is_author(dom: &Dom<'_>, node: NodeId) -> bool {
    let has = |attr: &str, names: &[&str]| {
        dom.attr(node, attr)
            .is_some_and(|value| value.split_whitespace().any(|v| names.contains(&v.rsplit(':').next().unwrap_or(v))))
    };
    has("itemprop", &["author", "creator"])
        || has("property", &["author", "creator"])
        || has("rel", &["author"])
        || has("class", &["p-author", "vcard", "fn"])
}

/// Returns the elements marked as the author's that stand in nobody else's words.
fn author_nodes(dom: &Dom<'_>, blocks: &[Block]) -> Vec<NodeId> {
    let foreign: BTreeSet<NodeId> = blocks.iter().filter(|b| is_foreign(b)).map(|b| b.node).collect();
    let nodes = (1..dom.nodes.len() as NodeId).filter(|&n| matches!(dom.nodes[n as usize].kind, Kind::Element(..)));
    nodes.filter(|&n| is_author(dom, n) && !is_inside_foreign(dom, n, &foreign)).take(MOST_MARKED).collect()
}

/// Marked elements looked at; a page that lists a thousand articles marks each one's author.
const MOST_MARKED: usize = 50;

/// Returns the names of elements marked as the author's by the outermost element that is marked so.
fn properties(dom: &Dom<'_>, blocks: &[Block]) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for node in author_nodes(dom, blocks) {
        let name = name_of(dom, node);
        let found = byline_of(&name).people.into_iter().filter(|p| name.len() <= 120 && byline::is_person(p));
        for person in found {
            if people.len() < 8 && people.iter().all(|p| fold(p) != fold(&person)) {
                people.push(person);
            }
        }
        // The first such element is the article's; those of other articles may follow.
        if !people.is_empty() {
            break;
        }
    }
    people
}

/// Says whether an element stands in somebody else's words.
fn is_inside_foreign(dom: &Dom<'_>, node: NodeId, foreign: &BTreeSet<NodeId>) -> bool {
    let mut at = node;
    for _ in 0..40 {
        if foreign.contains(&at) || is_comment(dom, at) {
            return true;
        }
        at = match dom.nodes.get(at as usize) {
            Some(n) if n.parent != super::dom::NONE => n.parent,
            _ => return false,
        };
    }
    false
}

fn is_comment(dom: &Dom<'_>, node: NodeId) -> bool {
    ["class", "id", "itemprop", "itemtype"].iter().any(|attr| {
        dom.attr(node, attr).is_some_and(|value| {
            let lower = value.to_ascii_lowercase();
            ["comment", "related", "recent", "teaser", "sidebar", "review-"].iter().any(|w| lower.contains(w))
                && !lower.contains("no-sidebar")
                && !matches!(dom.tag(node), "html" | "body")
        })
    })
}

/// Returns the name in a marked element: that of its `name` property, else its words.
fn name_of(dom: &Dom<'_>, node: NodeId) -> String {
    if let Some(content) = dom.attr(node, "content") {
        return meta::plain(&content);
    }
    let mut stack: Vec<NodeId> = dom.children(node).collect();
    let mut seen = 0;
    while let Some(n) = stack.pop() {
        seen += 1;
        if seen > 200 {
            break;
        }
        if dom.attr(n, "itemprop").is_some_and(|p| p.split_whitespace().any(|p| p == "name")) {
            let content = dom.attr(n, "content").map(|c| meta::plain(&c));
            return content.unwrap_or_else(|| dom.text(n));
        }
        stack.extend(dom.children(n));
    }
    dom.text(node)
}

/// Returns the name that follows a block which is nothing but a label: `Written by`, `Autor`.
fn labelled(blocks: &[Block]) -> Vec<String> {
    for pair in blocks.windows(2) {
        let [label, name] = pair else { continue };
        let alone = matches!(byline::opener(&label.text), Some((Opener::Sure, "")));
        if !alone || is_foreign(label) || is_foreign(name) || name.text.len() > 100 {
            continue;
        }
        let people = byline_of(&name.text).people;
        // `Article by` can be followed by nothing else; `Author` also heads a list.
        let plain = label.text.trim().contains(' ');
        if people.iter().any(|p| plain || byline::is_known_person(p)) {
            return people;
        }
    }
    Vec::new()
}

/// Returns the names of a line that signs the article at its end: `Text: Ida Roe`.
fn signed(blocks: &[Block], article: &[bool]) -> Vec<String> {
    let last = article.iter().rposition(|a| *a).map_or(0, |n| n + 4).min(blocks.len());
    let end = blocks[last.saturating_sub(9)..last].iter().filter(|b| b.text.len() <= 120 && !is_foreign(b));
    end.filter(|b| matches!(byline::opener(&b.text), Some((Opener::Sure, _))))
        .map(|b| byline_of(&b.text).people)
        .find(|people| !people.is_empty() && people.iter().all(|p| byline::is_known_person(p)))
        .unwrap_or_default()
}

/// Returns the names of blocks whose class speaks of an author, those by the article first.
fn marked(blocks: &[Block], near: &std::ops::Range<usize>) -> Vec<String> {
    let marked = blocks.iter().enumerate().filter(|(_, b)| {
        b.mark == Some(Mark::Author) && b.text.len() < 120 && !is_foreign(b) && !head::is_prose(&b.text)
    });
    let mut marked: Vec<(bool, usize, Vec<String>)> = marked
        .map(|(n, b)| {
            let people = byline_of(&b.text).people;
            let sure = byline::opened(&b.text).is_some();
            (near.contains(&n), n, people.into_iter().filter(|p| sure || byline::is_known_person(p)).collect())
        })
        .filter(|(.., people): &(bool, usize, Vec<String>)| !people.is_empty())
        .collect();
    marked.sort_by_key(|(is_near, n, _)| (!is_near, *n));
    marked.into_iter().next().map(|(.., people)| people).unwrap_or_default()
}

/// Returns the name of the box about the author: `About the author` above `Ida Roe is a reporter …` or above her name.
fn about(blocks: &[Block]) -> Vec<String> {
    const HEADINGS: &[&str] = &[
        "about the author",
        "about author",
        "meet the author",
        "über den autor",
        "über die autorin",
        "zum autor",
        "zur autorin",
        "der autor",
        "die autorin",
        "zur person",
        "à propos de l auteur",
        "l auteur",
        "sobre el autor",
        "sobre la autora",
        "acerca del autor",
        "sobre o autor",
        "sobre a autora",
        "l autore",
        "informazioni sull autore",
        "over de auteur",
        "o autorze",
        "o autorce",
        "об авторе",
        "yazar hakkında",
    ];
    let is_heading = |b: &Block| HEADINGS.contains(&fold(&b.text.replace(['\'', '’'], " ")).as_str());
    let boxes = (0..blocks.len()).filter(|&n| is_heading(&blocks[n]) && blocks[n].furniture != Some("comments"));
    for n in boxes {
        for block in blocks[n + 1..].iter().take(2) {
            if let Some(name) = subject(&block.text) {
                return vec![name];
            }
        }
    }
    Vec::new()
}

/// Returns the person that a line is or begins with: `Ida Roe is a reporter`, `Ida Roe`.
fn subject(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split(' ').take(6).collect();
    (2..=4.min(words.len())).rev().find_map(|len| {
        let name = words[..len].join(" ");
        let behind = words.get(len).copied();
        let verb = behind.is_none_or(|w| {
            matches!(
                w,
                "is" | "was"
                    | "has"
                    | "writes"
                    | "works"
                    | "ist"
                    | "war"
                    | "arbeitet"
                    | "schreibt"
                    | "est"
                    | "es"
                    | "é"
                    | "è"
            )
        });
        let name = name.trim_end_matches(',').to_owned();
        (verb && byline::is_known_person(&name)).then_some(name)
    })
}

/// Returns a given name alone, as magazines and blogs sign, where the page marks it as the author's.
fn first_names(dom: &Dom<'_>, blocks: &[Block], meta: &Meta) -> Vec<String> {
    let lines = blocks.iter().filter(|b| b.mark == Some(Mark::Author) && !is_foreign(b));
    let lines = lines.filter_map(|b| match byline::opener(&b.text) {
        Some((Opener::Sure | Opener::Weak, rest)) => Some(rest.to_owned()),
        _ => None,
    });
    let marked = author_nodes(dom, blocks).into_iter().map(|n| name_of(dom, n));
    let mut signed = meta.singles.iter().cloned().chain(lines).chain(marked);
    signed.find(|name| byline::is_given_name(name) && !name.contains(' ')).into_iter().collect()
}
