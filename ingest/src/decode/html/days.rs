//! The dates of a page: printed by the headline, marked by elements and properties, labelled elsewhere.

use super::blocks::{self, Block};
use super::dom::{Dom, Kind, NodeId};
use super::marks::Mark;
use super::meta;
use crate::decode::clean::{fold, squeeze};
use crate::decode::dates::{self, Printed, cues, cues::Cue};
use crate::decode::draft::Draft;
use crate::decode::head;
use crate::decode::published::{Claim, Ground, Order};

/// Where the headline and the article stand among the blocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The headline's block.
    pub(super) title: Option<usize>,
    /// The article's first block.
    pub(super) first: usize,
}

/// Adds what the page says of its date to the draft's claims.
pub(super) fn read(dom: &Dom<'_>, blocks: &[Block], place: Place, draft: &mut Draft) {
    draft.order = order(blocks);
    by_the_headline(blocks, place, draft);
    properties(dom, blocks, place, draft);
    labelled(blocks, draft);
    sentence(blocks, draft);
    attributes(dom, blocks, place, draft);
    elements(dom, blocks, draft);
}

/// Says whether a block may belong to another text: a teaser, a comment, a shared post.
fn is_foreign(block: &Block) -> bool {
    matches!(
        block.furniture,
        Some(
            "related"
                | "comments"
                | "footer"
                | "navigation"
                | "share"
                | "embed"
                | "caption"
                | "hidden"
                | "ad"
                | "cookies"
                | "pull-quote"
        )
    )
}

/// Returns the order in which the page's short lines write day and month, where they agree.
fn order(blocks: &[Block]) -> Option<Order> {
    let mut seen = None;
    for block in blocks.iter().filter(|b| b.text.len() <= 120 && b.text.contains('/')) {
        for date in dates::find_dates(&block.text).iter().filter(|d| d.swapped.is_none()) {
            let mut parts = block.text[date.start..date.end].split('/').map(|p| p.trim().parse::<u16>().ok());
            let order = match (parts.next().flatten(), parts.next().flatten()) {
                (Some(13..=31), Some(1..=12)) => Order::DayFirst,
                (Some(1..=12), Some(13..=31)) => Order::MonthFirst,
                _ => continue,
            };
            if seen.is_some_and(|s| s != order) {
                return None;
            }
            seen = Some(order);
        }
    }
    seen
}

/// Looks for printed dates that the byline block did not give: marked ones, then those just above the headline.
fn by_the_headline(blocks: &[Block], place: Place, draft: &mut Draft) {
    let anchor = place.title.unwrap_or(place.first).min(blocks.len());
    let stated = |draft: &Draft| draft.claims.iter().any(|c| c.ground == Ground::BylineBlock);
    if stated(draft) {
        return;
    }
    let above = anchor.saturating_sub(6)..anchor;
    let below = (anchor..(place.first + 4).min(blocks.len())).chain(above);
    for n in below {
        let block = &blocks[n];
        if stated(draft) || block.text.len() > 200 || Some(n) == place.title {
            continue;
        }
        let mut found = dates::find_dates(&block.text);
        if is_foreign(block) && block.furniture != Some("share") && !says_published(block, &found) {
            continue;
        }
        let marked = block.mark == Some(Mark::Date) || block.mark == Some(Mark::Author);
        let short = block.text.split(' ').count() <= 12 + 3 * found.len();
        let heading = block.level > 0 && !is_only_date(&block.text);
        if found.is_empty() || !(marked || short) || heading || head::is_prose(&block.text) {
            continue;
        }
        take_label(blocks, n, &mut found);
        // Unmarked dates near the headline may be those of a teaser; far above it stands the page's own.
        let sure = marked || found.iter().any(|d| d.cue == Some(Cue::Published));
        let ground = match (sure, n > anchor || anchor - n <= 3) {
            (true, true) => Ground::BylineBlock,
            (false, true) => Ground::Loose,
            _ => Ground::Masthead,
        };
        head::keep_byline(&squeeze(&block.text), &found, ground, draft);
    }
}

/// Says whether a line is there to say when the page was published, whatever it stands in.
fn says_published(block: &Block, found: &[Printed]) -> bool {
    let other = matches!(block.furniture, Some("comments" | "related" | "embed" | "hidden"));
    !other && matches!(found, [date] if date.cue == Some(Cue::Published)) && block.text.split(' ').count() <= 10
}

/// Gives a date that begins its block the cue of the block before it: `Published` above `15 November`.
fn take_label(blocks: &[Block], n: usize, found: &mut [Printed]) {
    let Some(date) = found.first_mut().filter(|d| d.cue.is_none() && d.start <= 2) else { return };
    date.cue = label(blocks, n);
}

/// Returns what the block before a block says that is a label alone.
pub(super) fn label(blocks: &[Block], n: usize) -> Option<Cue> {
    if blocks[n].text.len() > 160 || !dates::may_hold(&blocks[n].text) {
        return None;
    }
    let before = blocks[..n].iter().rev().take(3).find(|b| b.text != blocks[n].text && b.furniture != Some("hidden"));
    before.and_then(|b| cues::label(&b.text))
}

/// What a property, class or attribute says of an element's date.
fn property(dom: &Dom<'_>, node: NodeId) -> Option<Ground> {
    let says = |names: &[&str]| {
        ["itemprop", "property", "class"].iter().any(|attr| {
            dom.attr(node, attr).is_some_and(|value| {
                value.split_whitespace().any(|v| {
                    let bare = v.rsplit(':').next().unwrap_or(v);
                    names.iter().any(|n| bare.eq_ignore_ascii_case(n))
                })
            })
        })
    };
    if says(&["dateModified", "dt-updated"]) {
        return Some(Ground::Modified);
    }
    let published = says(&["datePublished", "dt-published", "published", "entry-date", "dateCreated"])
        || dom.attr(node, "pubdate").is_some();
    published.then_some(Ground::JsonLd)
}

/// Returns the date that an element gives to machines.
fn machine(dom: &Dom<'_>, node: NodeId, ground: Ground) -> Option<Claim> {
    ["datetime", "content", "title"].iter().find_map(|a| meta::machine_claim(&dom.attr(node, a)?, ground))
}

/// Takes the dates that microdata, RDFa and microformats mark as those of publication.
fn properties(dom: &Dom<'_>, blocks: &[Block], place: Place, draft: &mut Draft) {
    let anchor = place.title.unwrap_or(place.first);
    let near = anchor.saturating_sub(6)..place.first + 4;
    let mut claims: Vec<(usize, Claim)> = Vec::new();
    for (n, block) in blocks.iter().enumerate() {
        let Some(ground) = property(dom, block.node) else { continue };
        if is_foreign(block) && !(near.contains(&n) && is_only_date(&block.text)) {
            continue;
        }
        claims.extend(machine(dom, block.node, ground).map(|c| (n, c)));
    }
    // Far from the headline each teaser has its own: one day alone is the page's.
    let published = || claims.iter().filter(|(_, c)| c.ground == Ground::JsonLd);
    let alone = published().all(|(_, c)| published().all(|(_, d)| d.when.from() == c.when.from()));
    draft.claims.extend(claims.iter().filter(|(n, _)| alone || near.contains(n)).map(|(_, c)| c.clone()));
}

/// Says whether a line is a date with hardly a word beside it.
pub(super) fn is_only_date(line: &str) -> bool {
    let found = dates::find_dates(line);
    let rest = dates::without_dates(line, &found);
    !found.is_empty() && rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count() <= 2
}

/// Takes dates anywhere on the page beside a word that says `published`.
fn labelled(blocks: &[Block], draft: &mut Draft) {
    for (n, block) in blocks.iter().enumerate().filter(|(_, b)| b.text.len() <= 160) {
        let aside = matches!(block.furniture, Some("navigation" | "footer" | "share")) && is_only_date(&block.text);
        if head::is_prose(&block.text) || (is_foreign(block) && !aside) {
            continue;
        }
        let mut found = dates::find_dates(&block.text);
        take_label(blocks, n, &mut found);
        for date in found {
            let ground = match date.cue {
                Some(Cue::Published) => Ground::Labelled,
                Some(Cue::Modified) => Ground::Modified,
                _ => continue,
            };
            let words = None;
            draft.claims.push(Claim { words, ..Claim::printed(&date, ground, &block.text) });
        }
    }
}

/// Takes the date of a sentence about the page itself: `This entry was posted on May 4, 2019 and is filed under …`.
fn sentence(blocks: &[Block], draft: &mut Draft) {
    const OPENERS: &[&str] = &[
        "this entry",
        "this post",
        "this article",
        "this story",
        "dieser eintrag",
        "dieser beitrag",
        "dieser artikel",
        "cet article",
        "ce billet",
        "esta entrada",
        "este artículo",
        "este artigo",
        "questo articolo",
        "dit artikel",
        "dit bericht",
    ];
    let title = draft.title.as_deref().map(fold).filter(|t| t.len() >= 12);
    for block in blocks.iter().filter(|b| b.text.len() <= 500 && b.furniture != Some("comments")) {
        if !dates::may_hold(&block.text) {
            continue;
        }
        let folded = fold(&block.text);
        let named = title.as_ref().is_some_and(|t| folded.starts_with(t.as_str()) && folded.len() > t.len() + 10);
        if !named && !OPENERS.iter().any(|o| folded.starts_with(o)) {
            continue;
        }
        if let [date] = dates::find_dates(&block.text).as_slice()
            && date.swapped.is_none()
            && cues::anywhere(&block.text) == Some(Cue::Published)
        {
            draft.claims.push(Claim::new(date.when(), Ground::Labelled));
            return;
        }
    }
}

/// Takes a day that stands between headline and article in an attribute for scripts and styles, or in the call of a
/// script that prints it: `data-date="…"`, `<script>showDate("…")</script>`.
fn attributes(dom: &Dom<'_>, blocks: &[Block], place: Place, draft: &mut Draft) {
    const NAMES: &[&str] =
        &["data-date", "data-datetime", "data-published", "data-publish-date", "data-pubdate", "data-timestamp"];
    let Some(from) = place.title.map(|t| blocks[t].node) else { return };
    let to = blocks.get(place.first).map_or(dom.nodes.len() as NodeId, |b| b.node);
    let known = draft.claims.iter().any(|c| c.may_win(draft.captured));
    if known || to <= from {
        return;
    }
    let mut found: Vec<Claim> = Vec::new();
    for node in from..to {
        let value = NAMES.iter().find_map(|name| dom.attr(node, name));
        let value = value.map(|v| v.into_owned()).or_else(|| printed_by_script(dom, node));
        found.extend(value.and_then(|v| meta::machine_claim(&v, Ground::TimeTag)));
    }
    // Several days are those of several things.
    if let Some(first) = found.first().cloned()
        && found.iter().all(|c| c.when.from() == first.when.from())
    {
        draft.claims.push(first);
    }
}

/// Returns what a script of one short call prints.
fn printed_by_script(dom: &Dom<'_>, node: NodeId) -> Option<String> {
    let Kind::Text(words) = dom.nodes[node as usize].kind else { return None };
    let words = words.trim().trim_end_matches(';');
    let call = dom.tag(dom.nodes[node as usize].parent) == "script" && words.len() < 120 && words.ends_with(')');
    let (_, rest) = words.split_once('(').filter(|_| call)?;
    let inner = rest.trim_end_matches(')').trim().strip_prefix(['"', '\''])?;
    Some(inner.trim_end_matches(['"', '\'']).to_owned())
}

/// Takes `<time>` elements and marked dates where nothing better is known.
fn elements(dom: &Dom<'_>, blocks: &[Block], draft: &mut Draft) {
    if draft.claims.iter().any(|c| c.may_win(draft.captured)) {
        return;
    }
    let own = |b: &Block| !is_foreign(b) && b.text.len() <= 160;
    for (n, block) in blocks.iter().enumerate().filter(|(_, b)| b.mark == Some(Mark::Date) && own(b)) {
        let mut found = dates::find_dates(&block.text);
        take_label(blocks, n, &mut found);
        if found.iter().any(Printed::is_modified) {
            continue;
        }
        let printed = found.iter().find(|d| d.cue != Some(Cue::Other));
        let printed = printed.map(|d| Claim { words: None, ..Claim::printed(d, Ground::TimeTag, &block.text) });
        if let Some(claim) = machine(dom, block.node, Ground::TimeTag).or(printed) {
            draft.claims.push(claim);
            return;
        }
    }
    // A line of nothing but a date.
    let lines = blocks.iter().enumerate().filter(|(_, b)| own(b) && b.furniture != Some(blocks::MARKED));
    let line = lines.filter(|(_, b)| b.text.len() <= 80 && !head::is_prose(&b.text)).find_map(|(n, b)| {
        let mut found = dates::find_dates(&b.text);
        take_label(blocks, n, &mut found);
        let date = found.into_iter().find(|d| !d.is_modified())?;
        (date.end - date.start + 30 > b.text.len())
            .then(|| Claim { words: None, ..Claim::printed(&date, Ground::Loose, &b.text) })
    });
    draft.claims.extend(line);
}
