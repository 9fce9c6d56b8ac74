//! Web pages: the article's paragraphs, headline, authors, outlet and date, each from where it is best known.

mod authors;
mod blocks;
mod content;
mod days;
mod dom;
mod doubts;
pub(super) mod entities;
mod jsonld;
mod marks;
pub(super) mod meta;
mod places;
mod title;

use super::byline;
use super::clean::{fold, uncapitalise};
use super::credit;
use super::dates;
use super::draft::Draft;
use super::furniture;
use super::head::{self, Para};
use super::published::{Claim, Ground};
use super::template::{self, DayAt, Seen, Sketch, Templates};
use super::{Input, Refused};
use annals_core::reading::words::LONGEST_READ;
use annals_core::report::Report;
use annals_core::when::{Day, When};
use blocks::Block;
use days::Place;
use dom::{Dom, NONE, NodeId};
use marks::Mark;
use meta::Meta;
pub(super) use places::places;
use std::collections::BTreeSet;

/// Decodes a page into one report.
pub(super) fn decode(input: &Input<'_>) -> Result<Vec<Report>, Refused> {
    let known = Known { templates: input.templates, captured: input.captured, ..Known::default() };
    let draft = read(&input.text, input.url, known);
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
    captured: Option<Day>,
}

/// Reads the HTML or plain words of a feed's item into a draft.
pub(super) fn item(words: &str, headline: Option<&str>, outlet: Option<&str>) -> Draft {
    let page = match headline {
        Some(headline) => format!("<h1>{}</h1><div>{words}</div>", headline.replace('&', "&amp;").replace('<', "&lt;")),
        None => words.to_owned(),
    };
    let mut draft = read(&page, None, Known { headline, outlet, ..Known::default() });
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
    let mut meta = meta::read(&dom, url);
    if let Some(headline) = known.headline {
        meta.headlines.insert(0, headline.to_owned());
    }
    let mut blocks = blocks::blocks(&dom);
    let mut draft = Draft {
        url: url.map(str::to_owned).or(meta.canonical.clone()),
        captured: known.captured.or_else(|| captured(page, url.or(meta.canonical.as_deref()))),
        section: meta.section.clone(),
        language: meta.language.clone(),
        ..Draft::default()
    };
    let frame = draft.url.as_deref().and_then(|url| known.templates?.of(url));
    if let Some(frame) = frame {
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
    use_description(&meta, &mut draft);
    authors::read(&dom, &blocks, &article, &window, &meta, &mut draft);
    drop_about_author(&mut draft);
    drop_last_headings(&blocks, &article, &mut draft);
    draft.claims.extend(meta.claims);
    days::read(&dom, &blocks, Place { title: title_at, first }, &mut draft);
    if let Some(day) = draft.url.as_deref().and_then(dates::date_in_url) {
        draft.claims.push(Claim::new(When::day(day), Ground::Url));
    }
    masthead(&blocks, &dom, first, &mut draft);
    if let Some(frame) = frame {
        let of_frame = draft.claims.iter_mut().filter(|c| frame.has_day(&day_at(c)));
        of_frame.for_each(|claim| claim.ground = Ground::Frame);
    }
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
    let canonical = meta::read(&dom, url).canonical;
    let address = canonical.as_deref().filter(|c| c.contains("://")).or(url)?;
    let address = address.split(['?', '#']).next()?.to_owned();
    let blocks = blocks::blocks(&dom);
    let blocks = blocks.iter().filter(|b| may_repeat(b)).filter_map(|b| Seen::new(path(&dom, b.node), &b.text));
    let (blocks, site) = (blocks.collect(), template::site(url.unwrap_or(&address))?);
    let days = read(page, url, Known::default()).claims.iter().map(day_at).collect();
    Some(Sketch { site, blocks, days, address })
}

/// Returns a date with its place on the page, for comparison with other pages.
fn day_at(claim: &Claim) -> DayAt {
    DayAt { place: claim.ground.name().to_owned(), day: claim.day().to_string() }
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

/// Returns the day on which an archive or a browser took the page, as its address or a note in the page says.
fn captured(page: &str, url: Option<&str>) -> Option<Day> {
    const NOTES: &[&str] = &["FILE ARCHIVED ON ", "saved date: "];
    let noted = || {
        // Only what no reader sees: a sentence may hold the same words.
        let comments = page.split("<!--").skip(1).filter_map(|c| c.split_once("-->")).map(|(comment, _)| comment);
        let comments = comments.take(200).collect::<Vec<_>>();
        NOTES.iter().find_map(|note| {
            let page = comments.iter().find(|c| c.contains(note))?;
            let from = page.find(note)? + note.len();
            let words: String = page[from..].chars().take(60).collect();
            dates::find_dates(&words).first().filter(|d| d.swapped.is_none()).map(|d| d.day)
        })
    };
    url.and_then(dates::capture_in_url).or_else(noted)
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
            let marked = matches!(block.mark, Some(Mark::Author | Mark::Date | Mark::Standfirst));
            !article[n] && block.text.len() <= 400 && may_head(block) && (block.link_percent() < 80 || marked)
        })
        .collect()
}

/// Says whether a block between headline and article may speak of the article. Furniture may if it is marked to; an
/// aside beside the article only if it holds the date or the author and nothing else.
fn may_head(block: &Block) -> bool {
    match block.furniture {
        None => true,
        Some("related") => {
            let own = match block.mark {
                Some(Mark::Date) => days::is_only_date(&block.text),
                Some(Mark::Author) => is_author_line(&block.text),
                _ => false,
            };
            own && block.link_percent() < 50
        }
        Some("caption" | "embed" | "comments" | "hidden" | "ad" | "cookies" | "pull-quote") => false,
        Some(kind) => {
            matches!(block.mark, Some(Mark::Author | Mark::Date | Mark::Standfirst)) && kind != blocks::MARKED
        }
    }
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
        paras.push(Para { text: title.clone(), level: 1, block: title_at.unwrap_or(usize::MAX), ..Para::default() });
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
        // A heading may tell of a day; alone it is the date line.
        let dated = block.text.len() < 160
            && !dates::find_dates(&block.text).is_empty()
            && (block.level == 0 || days::is_only_date(&block.text));
        // A name alone above the date line.
        let signed = in_window
            && byline::is_known_person(&block.text)
            && blocks.get(n + 1).is_some_and(|next| next.text.len() < 160 && !dates::find_dates(&next.text).is_empty());
        let is_byline = !block.is_good() && matches!(block.mark, Some(Mark::Author | Mark::Date))
            || (in_window && dated && !head::is_prose(&block.text))
            || signed;
        paras.push(Para {
            text: block.text.clone(),
            level: if block.level == 1 { 2 } else { block.level },
            block: n,
            label: days::label(blocks, n),
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

/// A film or a text behind a script: where the page calls itself an article and shows no text, its own summary is all
/// that can be read.
fn use_description(meta: &Meta, draft: &mut Draft) {
    let dated = meta.claims.iter().any(|c| c.ground.may_win());
    if let Some(words) = meta.description.as_ref().filter(|d| d.chars().count() >= 80)
        && draft.body.is_empty()
        && meta.is_article
        && dated
    {
        draft.body.push(words.clone());
        draft.warnings.push("summary-only");
        if draft.title.is_none() {
            draft.title = meta.headlines.first().cloned();
        }
    }
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
