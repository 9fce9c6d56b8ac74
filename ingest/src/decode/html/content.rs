//! Which blocks of a page are its article.

use super::blocks::Block;
use super::dom::{Dom, NONE, NodeId};
use super::marks::Mark;
use std::collections::BTreeMap;

/// Says whether a block reads as a paragraph.
pub(super) type Good = fn(&Block) -> bool;

/// Returns the element that holds the article: going down from the root while one child has most of the good text.
pub(super) fn root(dom: &Dom<'_>, blocks: &[Block], good: Good) -> Option<NodeId> {
    let mut weight = vec![0u32; dom.nodes.len()];
    for block in blocks.iter().filter(|b| b.furniture.is_none() && good(b)) {
        let len = (block.text.len() - block.linked.min(block.text.len())) as u32;
        // A long paragraph counts for more than as many bytes of short ones: teasers are short.
        weight[block.node as usize] = weight[block.node as usize].saturating_add(len + len.min(400) / 2);
    }
    for n in (1..dom.nodes.len()).rev() {
        let parent = dom.nodes[n].parent as usize;
        weight[parent] = weight[parent].saturating_add(weight[n]);
    }
    if weight[0] == 0 {
        return None;
    }
    let marked = marked(dom, &weight);
    let mut at = marked.unwrap_or(0);
    loop {
        let best = dom.children(at).max_by_key(|&n| (weight[n as usize], std::cmp::Reverse(n)));
        match best {
            Some(child)
                if u64::from(weight[child as usize]) * 100 >= u64::from(weight[at as usize]) * DESCEND
                    && !is_leaf(dom, child) =>
            {
                at = child
            }
            _ => return Some(with_siblings(dom, blocks, &weight, at, good)),
        }
    }
}

/// Returns the element around the article's other parts, where its text is parted into elements of one shape.
///
/// Pages cut an article into sections of one class, or put what follows a `read more` into a box of its own beside
/// the first paragraphs; then the parent holds the article.
fn with_siblings(dom: &Dom<'_>, blocks: &[Block], weight: &[u32], root: NodeId, good: Good) -> NodeId {
    let mut at = root;
    for _ in 0..CLIMB {
        let parent = dom.nodes[at as usize].parent;
        if at == 0 || parent == NONE || weight[parent as usize] == weight[at as usize] {
            return at;
        }
        let shapes: Vec<(&str, String)> = blocks
            .iter()
            .filter(|b| b.furniture.is_none() && good(b) && is_below(dom, b.node, at))
            .take(60)
            .map(|b| shape(dom, b.node))
            .collect();
        let own = shape(dom, at);
        let is_part = |n: NodeId| {
            let found = shape(dom, n);
            !found.1.is_empty() && weight[n as usize] > 0 && (found == own || shapes.contains(&found))
        };
        if !dom.children(parent).any(|n| n != at && is_part(n)) {
            return at;
        }
        at = parent;
    }
    at
}

/// How far up the parts of an article are looked for.
const CLIMB: usize = 2;

/// An element's name and first class.
fn shape<'d>(dom: &'d Dom<'_>, node: NodeId) -> (&'d str, String) {
    let class = dom.attr(node, "class");
    (dom.tag(node), class.and_then(|c| c.split_whitespace().next().map(str::to_owned)).unwrap_or_default())
}

/// Percent of an element's good text that one child must hold for the article to be in that child.
/// Measured on pages with marked articles: 60 to 80 make little difference.
const DESCEND: u64 = 70;

/// Returns the element that the page itself calls the body of the article, if it holds enough of the good text.
fn marked(dom: &Dom<'_>, weight: &[u32]) -> Option<NodeId> {
    let nodes = || (0..dom.nodes.len() as NodeId).filter(|&n| weight[n as usize] > 0 && !is_leaf(dom, n));
    let stated =
        nodes().filter(|&n| dom.attr(n, "itemprop").is_some_and(|p| p.split_whitespace().any(|p| p == "articleBody")));
    let named =
        nodes().filter(|&n| dom.attr(n, "class").is_some_and(|c| c.split_whitespace().take(24).any(is_body_name)));
    let article = nodes().filter(|&n| dom.tag(n) == "article");
    pick(stated.collect(), weight, 50)
        .or_else(|| pick(named.collect(), weight, 25))
        .or_else(|| pick(article.collect(), weight, 40))
}

/// Picks the heaviest element of at least `percent` of the page, unless several share the article among them.
fn pick(nodes: Vec<NodeId>, weight: &[u32], percent: u64) -> Option<NodeId> {
    let of = |n: NodeId| u64::from(weight[n as usize]);
    let best = nodes.iter().copied().max_by_key(|&n| (of(n), std::cmp::Reverse(n)))?;
    let parts = nodes.iter().filter(|&&n| of(n) * 5 > of(best)).count();
    let nested = nodes.iter().filter(|&&n| of(n) == of(best)).count();
    (of(best) * 100 >= of(0) * percent && parts <= nested).then_some(best)
}

/// Class names that content systems give to the body of an article.
fn is_body_name(class: &str) -> bool {
    const NAMES: &[&str] = &[
        "entrycontent",
        "postcontent",
        "articlecontent",
        "articlebody",
        "storybody",
        "storycontent",
        "postbody",
        "newsbody",
        "articletext",
        "storytext",
        "newstext",
        "fulltext",
        "contentbody",
        "bodytext",
        "artikeltext",
        "newscontent",
        "articlebodytext",
        "storybodytext",
    ];
    let squashed: String = class.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    squashed.len() <= 40 && NAMES.iter().any(|name| squashed.ends_with(name))
}

/// A paragraph alone is not an article: its parent may hold the others.
fn is_leaf(dom: &Dom<'_>, node: NodeId) -> bool {
    matches!(
        dom.tag(node),
        "p" | "h1" | "h2" | "h3" | "li" | "blockquote" | "ul" | "ol" | "pre" | "dd" | "tr" | "tbody" | ""
    )
}

/// Says whether a node is the element or stands below it.
pub(super) fn is_below(dom: &Dom<'_>, mut node: NodeId, root: NodeId) -> bool {
    while node != NONE {
        if node == root {
            return true;
        }
        if node < root {
            return false;
        }
        node = dom.nodes[node as usize].parent;
    }
    false
}

/// Returns for each block whether it is of the article.
pub(super) fn select(dom: &Dom<'_>, blocks: &[Block], root: NodeId, good: Good) -> Vec<bool> {
    let inside: Vec<bool> = blocks.iter().map(|b| b.furniture.is_none() && is_below(dom, b.node, root)).collect();
    let good = |n: usize| inside[n] && good(&blocks[n]);
    let Some(first) = (0..blocks.len()).find(|&n| good(n)) else { return inside };
    let last = (0..blocks.len()).rfind(|&n| good(n)).unwrap_or(first);
    let lists = lists(blocks);
    let mut chosen: Vec<bool> = (0..blocks.len())
        .map(|n| {
            let block = &blocks[n];
            let linked = block.link_percent();
            let words = block.text.split(' ').count();
            inside[n]
                && n >= first
                && if n > last {
                    block.is_sentence() && linked < 30
                } else if block.level > 0 || block.in_quote {
                    linked < 90
                } else if block.list.is_some() {
                    linked < 70
                        || block.list.and_then(|list| lists.get(&list)).is_some_and(|&(len, linked)| linked * 2 < len)
                } else {
                    linked < 60 || (block.is_sentence() && words >= 8)
                }
        })
        .collect();
    keep_end(dom, blocks, &inside, last, &mut chosen);
    drop_bios(blocks, &mut chosen);
    chosen
}

/// Paragraphs in an element named after the author tell of the author, unless most of the text stands in it.
fn drop_bios(blocks: &[Block], chosen: &mut [bool]) {
    let is_bio = |b: &Block| b.mark == Some(Mark::Author) && b.is_good();
    let taken = || blocks.iter().zip(chosen.iter()).filter(|(_, chosen)| **chosen).map(|(b, _)| b);
    let all: usize = taken().map(|b| b.text.len()).sum();
    let bios: usize = taken().filter(|b| is_bio(b)).map(|b| b.text.len()).sum();
    if bios * 4 < all {
        blocks.iter().zip(chosen).filter(|(b, _)| is_bio(b)).for_each(|(_, chosen)| *chosen = false);
    }
}

/// Bytes of each list, and those of them that are links.
fn lists(blocks: &[Block]) -> BTreeMap<NodeId, (usize, usize)> {
    let mut lists = BTreeMap::new();
    for block in blocks {
        if let Some(list) = block.list {
            let (len, linked): &mut (usize, usize) = lists.entry(list).or_default();
            *len += block.text.len();
            *linked += block.linked.min(block.text.len());
        }
    }
    lists
}

/// Lists, rows and short lines behind the last full paragraph are of the article while they follow it directly, in the
/// element that holds that paragraph.
fn keep_end(dom: &Dom<'_>, blocks: &[Block], inside: &[bool], last: usize, chosen: &mut [bool]) {
    let holder = |n: usize| {
        let mut node = blocks[n].node;
        while is_leaf(dom, node) && dom.nodes[node as usize].parent != NONE {
            node = dom.nodes[node as usize].parent;
        }
        node
    };
    let home = holder(last);
    let mut heading = None;
    for n in last + 1..blocks.len() {
        let block = &blocks[n];
        if block.furniture.is_some() {
            continue;
        }
        let most = if block.in_quote { 90 } else { 30 };
        if !inside[n] || block.link_percent() >= most || !(block.is_row || is_below(dom, block.node, home)) {
            break;
        }
        if block.level > 0 {
            heading = Some(n);
            continue;
        }
        chosen[n] = true;
        if let Some(heading) = heading.take() {
            chosen[heading] = true;
        }
    }
}
