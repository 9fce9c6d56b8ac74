//! The headline of a page and the name of its site, told apart in `<title>`, headings and metadata.

use super::blocks::Block;
use super::marks::Mark;
use super::meta::{Meta, title_pieces};
use crate::decode::clean::fold;
use crate::decode::furniture;

/// Returns the headline and the block it stands in.
pub(super) fn find(meta: &Meta, blocks: &[Block], first: usize) -> (Option<String>, Option<usize>) {
    let references: Vec<String> =
        meta.headlines.iter().chain(&meta.page_title).map(|t| fold(t)).filter(|t| !t.is_empty()).collect();
    let agrees = |block: &Block| {
        let folded = fold(&block.text);
        folded.split(' ').count() >= 2
            && references.iter().any(|r| {
                *r == folded
                    || (folded.len() * 2 >= r.len() && r.contains(&folded))
                    || (r.len() > 24 && folded.len() < r.len() * 2 && folded.contains(r.as_str()))
            })
    };
    // `<title>` ends in the site's name: a heading that says no more is its masthead.
    let pieces = meta.page_title.as_deref().map(title_pieces).unwrap_or_default();
    let site = pieces.last().filter(|_| pieces.len() > 1).map(|p| fold(p)).unwrap_or_default();
    let is_masthead = |block: &Block| block.link_percent() >= 95 && fold(&block.text) == site;
    let usable = |n: &usize| {
        blocks[*n].text.len() <= 300
            && !matches!(blocks[*n].furniture, Some("related" | "comments" | "hidden"))
            && !is_masthead(&blocks[*n])
    };
    let near = |n: &usize| (*n > first, first.abs_diff(*n));
    // A main heading that the metadata knows; then any block it knows; then the main heading alone.
    let known =
        (0..blocks.len()).filter(usable).filter(|&n| blocks[n].level == 1 && agrees(&blocks[n])).min_by_key(near);
    let any = || {
        let all = (0..blocks.len().min(first + 3)).filter(usable);
        all.filter(|&n| {
            (blocks[n].level > 0 || blocks[n].mark == Some(Mark::Title) || blocks[n].text.len() > 20)
                && blocks[n].link_percent() < 95
                && agrees(&blocks[n])
        })
        .max_by_key(|&n| (blocks[n].level > 0, blocks[n].text.len().min(80), n))
    };
    let alone = || {
        let mut mains = (0..blocks.len()).filter(usable).filter(|&n| {
            blocks[n].level == 1
                && blocks[n].furniture.is_none()
                && blocks[n].text.split(' ').count() >= 3
                && n <= first + 1
        });
        mains.next_back()
    };
    let marked = || {
        (0..first.min(blocks.len())).rev().filter(usable).find(|&n| {
            blocks[n].mark == Some(Mark::Title)
                && blocks[n].furniture.is_none()
                && blocks[n].text.split(' ').count() >= 4
        })
    };
    if let Some(n) = known.or_else(any) {
        return (Some(without_section(&blocks[n].text)), Some(n));
    }
    if let Some(headline) = meta.headlines.first() {
        let at = alone();
        // What is printed over the text is the headline; what search engines are told may be another. Of several main
        // headings none is known to be the article's.
        let mains = (0..blocks.len()).filter(usable).filter(|&n| blocks[n].level == 1).count();
        let printed = at.filter(|&n| mains == 1 && n < first && blocks[n].link_percent() < 95);
        return (Some(printed.map_or_else(|| without_site(headline, meta), |n| blocks[n].text.clone())), at);
    }
    if let Some(n) = alone().or_else(marked) {
        return (Some(blocks[n].text.clone()), Some(n));
    }
    let page = meta.page_title.as_deref().map(|t| without_site(t, meta));
    (page.filter(|t| !furniture::is_section(t)), None)
}

/// Returns a title without the section behind a bar: `Why we walk | Opinion`.
fn without_section(title: &str) -> String {
    match title.rsplit_once(" | ") {
        Some((headline, section)) if headline.split(' ').count() >= 3 && furniture::is_section(section) => {
            headline.trim_end().to_owned()
        }
        _ => title.to_owned(),
    }
}

/// Returns a title without the site's name before or behind it.
fn without_site(title: &str, meta: &Meta) -> String {
    let pieces = title_pieces(title);
    let site = meta.site.as_deref().map(fold);
    if let Some(site) = &site {
        for piece in [pieces.last(), pieces.first()].into_iter().flatten() {
            if pieces.len() > 1 && fold(piece) == *site {
                return cut(title, piece);
            }
        }
    }
    // A bar parts the site from everything before it, whatever dashes stand there.
    if let Some((headline, last)) = title.rsplit_once(" | ")
        && headline.contains(' ')
        && last.split(' ').count() <= 6.min(headline.split(' ').count())
    {
        return headline.trim_end().to_owned();
    }
    // The site's name is the short piece at an end.
    match (pieces.first(), pieces.last()) {
        (Some(first), Some(last)) if pieces.len() > 1 => {
            let words = |p: &str| p.split(' ').count();
            if words(last) <= 4 && words(first) > words(last) {
                cut(title, last)
            } else if words(first) <= 3 && words(last) >= 4 {
                cut(title, first)
            } else {
                title.to_owned()
            }
        }
        _ => title.to_owned(),
    }
}

fn cut(title: &str, piece: &str) -> String {
    let marks = |c: char| c.is_whitespace() || "|-–—:»«·•/‹›".contains(c);
    let rest = title.strip_suffix(piece).or_else(|| title.strip_prefix(piece)).unwrap_or(title);
    rest.trim_matches(marks).to_owned()
}

/// Returns the outlet: the site's name of the metadata, else what `<title>` holds beside the headline.
pub(super) fn outlet(meta: &Meta, title: Option<&str>) -> Option<String> {
    if let Some(site) = &meta.site {
        return Some(clean_name(site));
    }
    let page = meta.page_title.as_deref()?;
    let title = fold(title?);
    let pieces = title_pieces(page);
    let ends = [pieces.last(), pieces.first()];
    let beside =
        ends.into_iter().flatten().find(|p| pieces.len() > 1 && !title.contains(&fold(p)) && p.split(' ').count() <= 5);
    let colon = || {
        let (name, rest) = page.split_once(": ")?;
        (fold(rest) == title && name.split(' ').count() <= 4).then_some(name)
    };
    beside.copied().or_else(colon).map(clean_name).filter(|n| !n.is_empty() && !furniture::is_section(n))
}

/// Returns a channel's or site's name without what follows it: `Radio X – News` gives `Radio X`.
pub(in crate::decode) fn clean_name(name: &str) -> String {
    let pieces = title_pieces(name);
    match pieces.as_slice() {
        [first, rest @ ..] if !rest.is_empty() && !furniture::is_section(first) => (*first).to_owned(),
        [_, second, ..] => (*second).to_owned(),
        _ => name.trim().to_owned(),
    }
}
