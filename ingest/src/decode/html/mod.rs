//! Web pages: the article's paragraphs, headline, authors, outlet and date, each from where it is best known.

mod blocks;
mod content;
mod dom;
mod doubts;
pub(super) mod entities;
mod jsonld;
mod marks;
pub(super) mod meta;
mod title;

use super::byline;
use super::clean::{fold, squeeze, uncapitalise};
use super::credit;
use super::dates;
use super::draft::{Claim, Draft, Ground};
use super::furniture;
use super::head::{self, Para};
use super::template::{self, Seen, Sketch, Templates};
use super::{Input, Refused};
use annals_core::reading::words::LONGEST_READ;
use annals_core::report::Report;
use blocks::Block;
use dom::{Dom, NONE, NodeId};
use marks::Mark;
use meta::Meta;
use std::collections::BTreeSet;

/// Decodes a page into one report.
pub(super) fn decode(input: &Input<'_>) -> Result<Vec<Report>, Refused> {
    let draft = read(&input.text, input.url, Known { templates: input.templates, ..Known::default() });
    if draft.body.is_empty() {
        return Err(Refused { reason: "a page without an article".into() });
    }
    Ok(vec![draft.finish(input.source.clone())])
}

/// What is known before the page is read.
#[derive(Clone, Copy, Default)]
struct Known<'a> {
    headline: Option<&'a str>,
    outlet: Option<&'a str>,
    templates: Option<&'a Templates>,
}

/// Reads the HTML or plain words of a feed's item into a draft.
pub(super) fn item(words: &str, headline: Option<&str>, outlet: Option<&str>) -> Draft {
    let page = match headline {
        Some(headline) => format!("<h1>{}</h1><div>{words}</div>", headline.replace('&', "&amp;").replace('<', "&lt;")),
        None => words.to_owned(),
    };
    let mut draft = read(&page, None, Known { headline, outlet, templates: None });
    draft.title = headline.map(str::to_owned);
    // An item is short by nature, and no page.
    draft.warnings.retain(|code| *code == "long-text");
    if draft.body.is_empty() {
        let words = meta::plain(words);
        draft.body.extend((!words.is_empty()).then_some(words));
    }
    draft
}

/// Returns a channel's name as an outlet's: `Radio X – News` gives `Radio X`.
pub(super) fn outlet_name(name: &str) -> String {
    title::clean_name(name)
}

fn read(page: &str, url: Option<&str>, known: Known<'_>) -> Draft {
    let dom = Dom::parse(page);
    let mut meta = meta::read(&dom);
    if let Some(headline) = known.headline {
        meta.headlines.insert(0, headline.to_owned());
    }
    let mut blocks = blocks::blocks(&dom);
    let mut draft = Draft {
        url: url.map(str::to_owned).or(meta.canonical.clone()),
        language: meta.language.clone(),
        ..Draft::default()
    };
    if let Some(frame) = draft.url.as_deref().and_then(|url| known.templates?.of(url)) {
        let is_frame =
            |b: &Block| may_repeat(b) && Seen::new(path(&dom, b.node), &b.text).is_some_and(|s| frame.has(&s));
        blocks.iter_mut().filter(|b| is_frame(b)).for_each(|b| b.furniture = Some("frame"));
        draft.template = Some(frame.digest());
    }
    let (article, good) = article(&dom, &blocks);
    let first = article.iter().position(|a| *a).unwrap_or(blocks.len());
    let (title, title_at) = title::find(&meta, &blocks, first);
    draft.title = title;
    draft.outlet = known.outlet.map(str::to_owned).or_else(|| title::outlet(&meta, draft.title.as_deref()));
    let window = header(&blocks, &article, title_at, first);
    let paras = paragraphs(&blocks, &article, good, &window, title_at, &draft);
    keep_removed(&blocks, &article, &paras, title_at, &mut draft);
    head::read(paras, &mut draft);
    drop_repeated_standfirst(&mut draft);
    use_linked_body(&meta, &mut draft);
    visible_dates(&blocks, title_at, first, &mut draft);
    authors(&blocks, &meta, &window, &mut draft);
    drop_about_author(&mut draft);
    drop_last_headings(&blocks, &article, &mut draft);
    draft.claims.extend(meta.claims);
    time_elements(&dom, &blocks, &mut draft);
    if let Some(day) = draft.url.as_deref().and_then(dates::date_in_url) {
        draft.claims.push(Claim { when: annals_core::when::When::day(day), ground: Ground::Url, words: None });
    }
    masthead(&blocks, &dom, first, &mut draft);
    let is_guess = !blocks.iter().zip(&article).any(|(block, taken)| *taken && block.is_good());
    let page = doubts::Page {
        dom: &dom,
        blocks: &blocks,
        article: &article,
        is_guess,
        headline: draft.title.as_deref(),
        body: &draft.body,
    };
    let doubts = doubts::of(&page);
    draft.warnings.extend(doubts);
    draft
}

/// Returns what a page shows of its site's frame.
pub(super) fn sketch(page: &str, url: Option<&str>) -> Option<Sketch> {
    let dom = Dom::parse(page);
    let canonical = meta::read(&dom).canonical;
    let address = canonical.as_deref().filter(|c| c.contains("://")).or(url)?;
    let address = address.split(['?', '#']).next()?.to_owned();
    let blocks = blocks::blocks(&dom);
    let blocks = blocks.iter().filter(|b| may_repeat(b)).filter_map(|b| Seen::new(path(&dom, b.node), &b.text));
    Some(Sketch { site: template::site(url.unwrap_or(&address))?, blocks: blocks.collect(), address })
}

/// Says whether a block that repeats may be of the frame. Who wrote a report, and when, may be the same for many.
fn may_repeat(block: &Block) -> bool {
    let is_head = block.text.len() <= 200
        && (byline::opened(&block.text).is_some() || !dates::find_dates(&block.text).is_empty());
    block.mark.is_none() && !is_head
}

/// Returns the innermost elements around a block with their classes, numbers in them left out.
fn path(dom: &Dom<'_>, node: NodeId) -> String {
    let mut out = String::new();
    let mut at = node;
    for _ in 0..4 {
        if !out.is_empty() {
            out.push('<');
        }
        out.push_str(dom.tag(at));
        if let Some(classes) = dom.attr(at, "class") {
            for class in classes.split_whitespace().take(3) {
                out.push('.');
                out.extend(class.chars().filter(|c| !c.is_ascii_digit()));
            }
        }
        match dom.nodes.get(at as usize) {
            Some(node) if node.parent != NONE => at = node.parent,
            _ => break,
        }
    }
    out
}

/// Says of each block whether it is of the article, and what counts as a paragraph of it.
fn article(dom: &Dom<'_>, blocks: &[Block]) -> (Vec<bool>, content::Good) {
    let strict: content::Good = Block::is_good;
    for good in [strict, Block::is_short_good] {
        if let Some(root) = content::root(dom, blocks, good) {
            return (content::select(dom, blocks, root, good), good);
        }
    }
    (vec![false; blocks.len()], strict)
}

/// Returns the blocks between the headline and the article that may say who wrote it and when.
fn header(blocks: &[Block], article: &[bool], title_at: Option<usize>, first: usize) -> Vec<usize> {
    let Some(from) = title_at.map(|t| t + 1) else {
        return (first.saturating_sub(3)..first).filter(|&n| blocks[n].furniture.is_none()).collect();
    };
    let to = first.min(from + 30);
    (from..to.max(from))
        .filter(|&n| {
            let block = &blocks[n];
            let marked = matches!(block.mark, Some(Mark::Author | Mark::Date | Mark::Standfirst))
                && block.furniture != Some("related")
                && block.furniture != Some(blocks::MARKED);
            !article[n]
                && block.text.len() <= 400
                && (block.furniture.is_none() || (marked && block.furniture != Some("caption")))
                && (block.link_percent() < 80 || marked)
        })
        .collect()
}

/// Keeps every block that is not among the paragraphs, by kind; neighbours of a kind stand together.
fn keep_removed(blocks: &[Block], article: &[bool], paras: &[Para], title_at: Option<usize>, draft: &mut Draft) {
    let mut used: Vec<bool> = (0..blocks.len()).map(|n| Some(n) == title_at).collect();
    for para in paras {
        if let Some(used) = used.get_mut(para.block) {
            *used = true;
        }
    }
    let last = article.iter().rposition(|a| *a).unwrap_or(0);
    let from = title_at.or_else(|| article.iter().position(|a| *a)).unwrap_or(0).min(last);
    let mut before: Option<&'static str> = None;
    let mut room = LONGEST_READ;
    for (n, block) in blocks.iter().enumerate() {
        if used[n] || block.furniture == Some(blocks::MARKED) || room < block.text.len() {
            before = None;
            continue;
        }
        room -= block.text.len();
        let kind = match block.furniture {
            // Pictures elsewhere are those of other reports.
            Some("caption") if n < from || n > last + 12 => "related",
            Some(kind) => kind,
            None if block.mark == Some(Mark::Author) && block.is_good() => "bio",
            None if block.link_percent() >= 50 => "links",
            None => "beside",
        };
        match draft.removed.last_mut() {
            Some(removed) if before == Some(kind) && kind != "caption" => {
                removed.exact.push('\n');
                removed.exact.push_str(&block.text);
            }
            _ => draft.remove(kind, &block.text),
        }
        before = Some(kind);
    }
}

/// Lists the headline, what stands under it, and the article.
fn paragraphs(
    blocks: &[Block],
    article: &[bool],
    good: content::Good,
    window: &[usize],
    title_at: Option<usize>,
    draft: &Draft,
) -> Vec<Para> {
    let mut paras = Vec::new();
    let known = draft.title.as_deref().map(fold).unwrap_or_default();
    if let Some(title) = &draft.title {
        paras.push(Para { text: title.clone(), level: 1, block: title_at.unwrap_or(0), ..Para::default() });
    }
    let last = article.iter().rposition(|a| *a).unwrap_or(0);
    for (n, block) in blocks.iter().enumerate() {
        let in_window = window.contains(&n);
        let tail = !article[n]
            && n > last
            && n <= last + 6
            && block.furniture.is_none()
            && block.link_percent() < 50
            && credit::is_line(&block.text, 0);
        if !(article[n] || in_window || tail) || Some(n) == title_at {
            continue;
        }
        if block.level > 0 && fold(&block.text) == known {
            continue;
        }
        let dated = block.text.len() < 160 && !dates::find_dates(&block.text).is_empty();
        let is_byline = !block.is_good() && matches!(block.mark, Some(Mark::Author | Mark::Date))
            || (in_window && dated && !head::is_prose(&block.text));
        paras.push(Para {
            text: block.text.clone(),
            level: if block.level == 1 { 2 } else { block.level },
            block: n,
            is_byline: is_byline && (in_window || block.text.len() < 200),
            is_plain: article[n] && block.linked == 0,
            is_standfirst: in_window && block.mark == Some(Mark::Standfirst),
            is_body: article[n] && good(block) && block.mark != Some(Mark::Standfirst) && !is_author_line(&block.text),
        });
    }
    paras
}

fn is_author_line(line: &str) -> bool {
    line.len() < 160 && byline::opened(line).is_some_and(|rest| !byline::names(rest).people.is_empty())
}

/// Some pages print the summary again as the first paragraph.
fn drop_repeated_standfirst(draft: &mut Draft) {
    let repeated =
        draft.standfirst.as_deref().zip(draft.body.first()).is_some_and(|(s, first)| fold(first).starts_with(&fold(s)));
    if repeated && let Some(words) = draft.standfirst.take() {
        draft.remove("repeat-standfirst", &words);
    }
}

/// Takes the text of the metadata where the page itself shows none.
fn use_linked_body(meta: &Meta, draft: &mut Draft) {
    let shown: usize = draft.body.iter().map(String::len).sum();
    if let Some(body) = &meta.body
        && shown < 300
        && body.len() > shown * 3 + 200
    {
        let body = if body.contains("<p") { super::html::dom::Dom::parse(body).text(0) } else { body.clone() };
        let paras: Vec<String> = body.split('\n').map(meta::plain).filter(|p| !p.is_empty()).collect();
        draft.body = paras;
    }
}

/// Looks for printed dates that the byline block did not give: marked ones, then those just above the headline.
fn visible_dates(blocks: &[Block], title_at: Option<usize>, first: usize, draft: &mut Draft) {
    let anchor = title_at.unwrap_or(first).min(blocks.len());
    let stated = |draft: &Draft| draft.claims.iter().any(|c| c.ground == Ground::BylineBlock);
    if stated(draft) {
        return;
    }
    let above = anchor.saturating_sub(6)..anchor;
    let below = (anchor..(first + 4).min(blocks.len())).chain(above);
    for n in below {
        let block = &blocks[n];
        if stated(draft)
            || block.text.len() > 200
            || matches!(block.furniture, Some("related" | "navigation" | "comments" | "caption" | "footer" | "hidden"))
        {
            continue;
        }
        let found = dates::find_dates(&block.text);
        let marked = block.mark == Some(Mark::Date) || block.mark == Some(Mark::Author);
        let short = block.text.split(' ').count() <= 12 + 3 * found.len();
        if found.is_empty() || !(marked || short) || head::is_prose(&block.text) {
            continue;
        }
        // Unmarked dates near the headline may be those of a teaser; far above it stands the page's own.
        let ground = match (marked, n > anchor || anchor - n <= 3) {
            (true, true) => Ground::BylineBlock,
            (false, true) => Ground::Loose,
            _ => Ground::Masthead,
        };
        head::keep_byline(&squeeze(&block.text), &found, ground, draft);
    }
}

/// Takes `<time>` elements and marked dates where nothing better is known.
fn time_elements(dom: &Dom<'_>, blocks: &[Block], draft: &mut Draft) {
    if draft.claims.iter().any(|c| c.ground != Ground::Modified) {
        return;
    }
    let foreign = |n: &Block| matches!(n.furniture, Some("related" | "comments" | "footer" | "navigation" | "share"));
    for block in blocks.iter().filter(|b| b.mark == Some(Mark::Date) && !foreign(b) && b.text.len() <= 160) {
        let machine = dom
            .attr(block.node, "datetime")
            .or_else(|| dom.attr(block.node, "content"))
            .and_then(|d| meta::machine_date(&d));
        let printed = dates::find_dates(&block.text).into_iter().find(|d| !d.modified).map(|d| d.when());
        if let Some(when) = machine.or(printed) {
            draft.claims.push(Claim { when, ground: Ground::TimeTag, words: None });
            return;
        }
    }
    // A line of nothing but a date.
    let line = blocks.iter().filter(|b| !foreign(b) && b.text.len() <= 80 && !head::is_prose(&b.text)).find_map(|b| {
        let found = dates::find_dates(&b.text).into_iter().find(|d| !d.modified)?;
        (found.end - found.start + 30 > b.text.len()).then(|| found.when())
    });
    if let Some(when) = line {
        draft.claims.push(Claim { when, ground: Ground::Loose, words: None });
    }
}

/// Authors: marked names near the article, else those of the metadata.
fn authors(blocks: &[Block], meta: &Meta, window: &[usize], draft: &mut Draft) {
    let mut people: Vec<String> = Vec::new();
    let near = window.first().map_or(0, |f| f.saturating_sub(12))..window.last().map_or(blocks.len(), |l| l + 12);
    let printed: Vec<String> = draft.byline_lines.iter().flat_map(|l| super::draft::byline_of(l).people).collect();
    if printed.is_empty() {
        people.extend(meta.people.iter().cloned());
    }
    if printed.is_empty() && people.is_empty() {
        let marked = blocks.iter().enumerate().filter(|(_, b)| {
            b.mark == Some(Mark::Author) && b.text.len() < 120 && !matches!(b.furniture, Some("comments" | "related"))
        });
        let mut marked: Vec<(usize, Vec<String>)> =
            marked.map(|(n, b)| (n, super::draft::byline_of(&b.text).people)).filter(|(_, p)| !p.is_empty()).collect();
        marked.sort_by_key(|(n, _)| (!near.contains(n), *n));
        people.extend(marked.into_iter().take(1).flat_map(|(_, p)| p));
    }
    draft.people = people;
    draft.newsrooms.extend(meta.newsrooms.iter().cloned());
}

/// Takes what is said of the author off the end: `Ida Roe is the harbour correspondent of …`.
fn drop_about_author(draft: &mut Draft) {
    const SAID_OF: &[&str] = &[
        "is", "was", "has", "covers", "writes", "joined", "works", "ist", "schreibt", "est", "es", "è", "é", "jest",
        "—", "–",
    ];
    let printed = draft.byline_lines.iter().flat_map(|l| super::draft::byline_of(l).people);
    let names: Vec<String> = printed.chain(draft.people.iter().cloned()).filter(|n| n.contains(' ')).collect();
    let is_about = |p: &str| {
        p.len() <= 900
            && names.iter().any(|name| {
                let rest = p.strip_prefix(name.as_str()).map(|rest| rest.trim_start_matches([',', ' ']));
                // `Ida Roe (roe@example.org) is …`
                let rest = rest.map(|rest| match rest.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
                    Some((_, behind)) => behind.trim_start_matches([',', ' ']),
                    None => rest,
                });
                rest.is_some_and(|rest| SAID_OF.contains(&rest.split(' ').next().unwrap_or("")))
            })
    };
    let from = draft.body.len().saturating_sub(4).max(1);
    let found: Vec<usize> = (from..draft.body.len()).filter(|&n| is_about(&draft.body[n])).collect();
    for n in found.into_iter().rev() {
        let words = draft.body.remove(n);
        draft.remove("bio", &words);
    }
}

/// A heading that nothing follows headed what was left out.
fn drop_last_headings(blocks: &[Block], article: &[bool], draft: &mut Draft) {
    let headings: BTreeSet<&str> =
        blocks.iter().zip(article).filter(|(b, taken)| **taken && b.level > 0).map(|(b, _)| b.text.as_str()).collect();
    while draft.body.len() > 1 && draft.body.last().is_some_and(|last| headings.contains(last.as_str())) {
        let words = draft.body.pop().unwrap_or_default();
        draft.remove("section", &words);
    }
}

/// Finds the outlet's name at the top of a page that has no metadata: a picture's name, or capitals in the date line.
fn masthead(blocks: &[Block], dom: &Dom<'_>, first: usize, draft: &mut Draft) {
    if draft.outlet.is_some() {
        return;
    }
    let lines = draft.byline_lines.iter().flat_map(|l| super::draft::byline_of(l).newsrooms);
    let title = draft.title.clone().unwrap_or_default();
    let context: String = blocks.iter().skip(first).take(3).map(|b| b.text.as_str()).collect::<Vec<_>>().join(" ");
    let own = lines
        .filter(|n| !byline::is_agency(n) && n.contains(' ') && n.len() <= 50)
        .find(|n| !context.contains(&format!("({n})")));
    let alt = || {
        dom.all("img")
            .take(3)
            .filter_map(|n| dom.attr(n, "alt"))
            .map(|a| meta::plain(&a))
            .find(|a| byline::is_newsroom(a) && a.split(' ').count() <= 6)
    };
    let top = || {
        let heads = blocks.iter().take(first.min(6)).map(|b| &b.text);
        heads
            .filter(|t| {
                t.split(' ').count() <= 5
                    && **t != title
                    && byline::is_newsroom(t)
                    && !furniture::is_section(t)
                    && furniture::kind_of(t).is_none()
            })
            .find(|t| t.contains(' '))
            .cloned()
    };
    draft.outlet = alt().or_else(top).or(own).map(|name| uncapitalise(&name, &context));
}
