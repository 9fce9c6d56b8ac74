//! Tells headline, author and date lines, masthead, article and furniture apart in a list of paragraphs.
//!
//! Used for saved text, where nothing is known, and for pages, where the headline is.

use super::byline;
use super::clean::{fold, is_capitals, uncapitalise};
use super::credit;
use super::dates::{self, Printed, cues::Cue};
use super::draft::{Draft, byline_of};
use super::furniture::{self, kind_of};
use super::published::{Claim, Ground};
use std::collections::BTreeSet;

/// A paragraph or line as found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Para {
    /// Its words, single-spaced.
    pub(super) text: String,
    /// Heading level, 1 to 6; 0 for none.
    pub(super) level: u8,
    /// Lines of one block stand together.
    pub(super) block: usize,
    /// What the line before it says, if it is a label alone: `Last updated`.
    pub(super) label: Option<Cue>,
    /// The page marks it as an author or date line.
    pub(super) is_byline: bool,
    /// The page marks it as the summary under the headline.
    pub(super) is_standfirst: bool,
    /// The page shows it to be a paragraph of the article.
    pub(super) is_body: bool,
    /// A paragraph of a page without a link: no pointer to another report.
    pub(super) is_plain: bool,
}

impl Para {
    /// Returns its dates; one that it begins with is what the label before it says.
    fn dates(&self) -> Vec<Printed> {
        let mut found = dates::find_dates(&self.text);
        if let Some(first) = found.first_mut().filter(|d| d.cue.is_none() && d.start <= 2) {
            first.cue = self.label;
        }
        found
    }
}

/// Paragraphs that can stand before the article; bounds the work on texts without one.
const LONGEST_HEAD: usize = 60;

/// Bytes beyond which a paragraph is no headline, author or date line.
const LONGEST_LINE: usize = 600;

/// Fills the draft from paragraphs. A title already known is kept, and taken out where it is repeated.
pub(super) fn read(mut paras: Vec<Para>, draft: &mut Draft) {
    draft.shorten(&mut paras, |p| &mut p.text);
    let paras = drop_furniture(paras, draft);
    let longish = |p: &Para| p.level == 0 && p.text.split(' ').count() >= 15 && !is_date_line(&p.text);
    let body_at = paras
        .iter()
        .position(is_opening)
        .or_else(|| paras.iter().position(longish))
        .unwrap_or(paras.len())
        .min(LONGEST_HEAD);
    let (head, body) = paras.split_at(body_at);
    let title = title_of(head, body, draft);
    read_head(head, title, body, draft);
    read_body(body, draft);
    drop_tail(draft);
    drop_pull_quotes(draft);
    drop_repeats(draft);
}

/// Bytes above which no paragraph stands twice in a text.
const LONGEST_REPEAT: usize = 60;

/// Pages print paragraphs again for narrow screens; the first stays.
fn drop_repeats(draft: &mut Draft) {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for words in std::mem::take(&mut draft.body) {
        if words.len() <= LONGEST_REPEAT || seen.insert(fold(&words)) {
            draft.body.push(words);
        } else {
            draft.remove("repeat", &words);
        }
    }
}

/// Takes out lines that are furniture, and the short lines that follow a heading such as `Tags`.
fn drop_furniture(paras: Vec<Para>, draft: &mut Draft) -> Vec<Para> {
    let mut kept = Vec::with_capacity(paras.len());
    let mut list: Option<&'static str> = None;
    let known = draft.title.as_deref().map(fold);
    for para in paras {
        let is_title = para.text.len() <= LONGEST_LINE && known.as_ref().is_some_and(|t| fold(&para.text) == *t);
        let kind = if is_title || para.level == 1 { None } else { kind_of(&para.text) };
        // `Next up is the oldest of the boats.` tells something; a pointer would be a link.
        let kind = kind.filter(|kind| !(para.is_plain && matches!(*kind, "related" | "tags") && tells(&para.text)));
        let kind = kind.or_else(|| furniture::is_disclosure(&para.text).then_some("disclosure"));
        if let Some(kind) = kind {
            // A date line may also count minutes or shares: it is kept for its date.
            if matches!(kind, "read-time" | "views" | "share" | "counter")
                && !dates::find_dates(&para.text).is_empty()
                && para.text.len() < 120
            {
                kept.push(para);
                continue;
            }
            let alone = para.text.split(' ').count() <= 5 && !credit::is_line(&para.text, 0);
            list = (furniture::opens_list(kind) && alone).then_some(kind);
            draft.remove(kind, &para.text);
            continue;
        }
        if let Some(kind) = list {
            let ended = para.level > 0
                || is_prose(&para.text)
                || para.is_byline
                || is_title
                || byline::opened(&para.text).is_some()
                || is_date_line(&para.text);
            if !ended && !credit::is_line(&para.text, 0) {
                draft.remove(kind, &para.text);
                continue;
            }
            list = None;
        }
        kept.push(para);
    }
    kept
}

/// Says whether a line is a sentence without a colon near its beginning.
fn tells(line: &str) -> bool {
    let colon = line.find(':').is_some_and(|at| at < 40);
    !colon && is_prose(line)
}

/// Says whether a line is one or more sentences.
pub(super) fn is_prose(line: &str) -> bool {
    let words = line.split(' ').count();
    let closed = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…', '。']);
    words > 25 || (words >= 7 && closed) || line.len() > 220
}

/// The first paragraph of an article: long enough, and no author line or summary.
fn is_opening(para: &Para) -> bool {
    if para.is_body {
        return true;
    }
    let words = para.text.split(' ').count();
    para.level == 0
        && !para.is_byline
        && !para.is_standfirst
        && is_prose(&para.text)
        && (words >= 14 || credit::dateline(&para.text).is_some())
        && byline::opened(&para.text).is_none_or(|rest| byline::names(rest).people.is_empty() || words > 30)
}

/// Returns which head paragraph is the headline.
fn title_of(head: &[Para], body: &[Para], draft: &Draft) -> Option<usize> {
    if let Some(known) = &draft.title {
        let known = fold(known);
        return head.iter().position(|p| fold(&p.text) == known);
    }
    let candidates: Vec<usize> = (0..head.len()).filter(|&n| may_be_title(&head[n])).collect();
    if let Some(marked) = candidates.iter().copied().find(|&n| head[n].level == 1) {
        return Some(marked);
    }
    // Saved pages repeat the headline in front of the text and at its end.
    let times = |n: usize| {
        let folded = fold(&head[n].text);
        head.iter()
            .chain(body)
            .filter(|p| p.text.len() <= head[n].text.len() + 40 && fold(&p.text).starts_with(&folded))
            .count()
    };
    let repeated = candidates
        .iter()
        .copied()
        .filter(|&n| head[n].text.split(' ').count() >= 3 && times(n) >= 2)
        .max_by_key(|&n| (times(n), std::cmp::Reverse(n)));
    if repeated.is_some() {
        return repeated;
    }
    // A paper's name and motto stand in the first block; the headline in one of its own below.
    let first_block = head.first().map_or(0, |p| p.block);
    let below: Vec<usize> = candidates.iter().copied().filter(|&n| head[n].block != first_block).collect();
    let masthead = head.first().is_some_and(|p| looks_like_masthead(&p.text)) && !below.is_empty();
    let pool = if masthead { &below } else { &candidates };
    let words = |n: usize| head[n].text.split(' ').count();
    pool.iter()
        .copied()
        .find(|&n| words(n) >= 4)
        .or_else(|| pool.iter().copied().max_by_key(|&n| (words(n), std::cmp::Reverse(n))).filter(|&n| words(n) >= 2))
}

fn may_be_title(para: &Para) -> bool {
    let words: Vec<&str> = para.text.split(' ').collect();
    let sections = words.iter().filter(|w| furniture::is_section(w)).count();
    let slashes = para.text.contains(" / ") || para.text.contains(" | ");
    words.len() <= 30
        && para.text.len() <= 260
        && !para.is_byline
        && !is_date_line(&para.text)
        && !furniture::is_section(&para.text)
        && sections * 2 <= words.len().max(2)
        && !(slashes && is_capitals(&para.text))
        && author_line(&para.text).is_none()
        && !credit::is_line(&para.text, 0)
}

/// A line of date and little else.
fn is_date_line(line: &str) -> bool {
    let found = dates::find_dates(line);
    !found.is_empty() && line.len() <= 200 && !is_prose(line) && {
        let rest = dates::without_dates(line, &found);
        rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count() <= 10
    }
}

/// Returns the names of a line that is there to name its author.
fn author_line(line: &str) -> Option<byline::Byline> {
    if line.len() > 200 || (is_prose(line) && line.split(' ').count() > 14) {
        return None;
    }
    let found = byline_of(line);
    let opens = byline::opened(line).is_some();
    let known = !found.people.is_empty() || !found.newsrooms.is_empty();
    // A user name or a desk is no person, but the line is an author line all the same.
    let user = opens && line.split(' ').count() <= 8 && !is_prose(line);
    ((opens && known) || user).then_some(found)
}

fn looks_like_masthead(line: &str) -> bool {
    let words: Vec<&str> = line.split([' ', '—', '–']).filter(|w| !w.is_empty()).collect();
    let small = |w: &str| matches!(w, "of" | "and" | "the" | "for" | "in" | "&" | "de");
    words.len() <= 9
        && !is_prose(line)
        && words.iter().all(|w| small(w) || w.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic()))
}

/// Reads what stands before the article.
fn read_head(head: &[Para], title: Option<usize>, body: &[Para], draft: &mut Draft) {
    if let (Some(n), None) = (title, &draft.title) {
        draft.title = Some(head[n].text.clone());
    }
    let known = draft.title.as_deref().map(fold).unwrap_or_default();
    let split = title.unwrap_or(if draft.title.is_some() { 0 } else { head.len() });
    let title_block = title.map(|n| head[n].block);
    for (n, para) in head.iter().enumerate() {
        if Some(n) == title {
            continue;
        }
        let line = para.text.as_str();
        if !known.is_empty() && line.len() <= LONGEST_LINE && fold(line).starts_with(&known) {
            draft.remove("repeat-title", line);
            continue;
        }
        let found = para.dates();
        let author = author_line(line).is_some() || (n > split && name_line(para, head.get(n + 1)));
        // A heading may tell of a day.
        let dated = !found.is_empty()
            && is_date_line(line)
            && (para.level == 0 || found[0].end - found[0].start + 12 > line.len());
        if para.is_byline || author || dated {
            let near = n > split || title.is_none_or(|t| t - n <= 3);
            let alone = n < split && !author && found.len() == 1 && n > 0 && !looks_like_mast_date(head, n);
            let ground = if n > split || para.is_byline || author || (near && alone) {
                Ground::BylineBlock
            } else {
                Ground::Masthead
            };
            keep_byline(line, &found, ground, draft);
        } else if n < split {
            above_title(head, n, body, draft);
        } else if draft.outlet.is_none() && Some(para.block) != title_block && is_outlet_line(line) {
            draft.outlet = Some(line.to_owned());
            draft.remove("masthead", line);
        } else if draft.standfirst.is_none() && (para.is_standfirst || line.split(' ').count() >= 5) {
            draft.standfirst = Some(line.to_owned());
        } else if (para.level > 0 && n + 1 == head.len()) || is_prose(line) {
            draft.body.push(line.to_owned());
        } else {
            draft.remove("section", line);
        }
    }
}

/// The date in the block of the paper's name is the paper's.
fn looks_like_mast_date(head: &[Para], n: usize) -> bool {
    head[..n].iter().any(|p| p.block == head[n].block && looks_like_masthead(&p.text))
}

/// A name alone under the headline, above a date or the text.
fn name_line(para: &Para, next: Option<&Para>) -> bool {
    let dated = next.is_some_and(|p| is_date_line(&p.text));
    para.level == 0 && byline::is_known_person(&para.text) && (dated || next.is_none())
}

/// One capitalised word or newsroom name under the headline: `Dailypost` style.
fn is_outlet_line(line: &str) -> bool {
    let words = line.split(' ').count();
    words <= 4
        && looks_like_masthead(line)
        && !furniture::is_section(line)
        && (words == 1 || byline::is_newsroom(line))
        && line.chars().all(|c| c.is_alphanumeric() || " .&'-".contains(c))
}

/// Keeps a printed author or date line, and its dates as claims.
pub(super) fn keep_byline(line: &str, found: &[Printed], ground: Ground, draft: &mut Draft) {
    for date in found {
        draft.claims.push(Claim::printed(date, ground, line));
    }
    let agencies = byline_of(line);
    let only_user = found.is_empty() && agencies.people.is_empty() && agencies.newsrooms.is_empty();
    if only_user {
        draft.remove("byline", line);
    } else if !draft.byline_lines.iter().any(|l| l == line) {
        draft.byline_lines.push(line.to_owned());
    }
}

/// A line above the headline: the paper's name, a section, a motto.
fn above_title(head: &[Para], n: usize, body: &[Para], draft: &mut Draft) {
    let line = head[n].text.as_str();
    let first = head[..n].iter().all(|p| !dates::find_dates(&p.text).is_empty());
    let name = line.split([' ', '\u{a0}']).collect::<Vec<_>>().join(" ");
    let name = name.split(['—', '–', '|', '•', '·']).next().unwrap_or("").trim();
    let words = name.split(' ').count();
    let several = words >= 2 || byline::is_newsroom(name);
    if draft.outlet.is_none()
        && first
        && several
        && words <= 6
        && looks_like_masthead(line)
        && !furniture::is_section(name)
        && !name.contains(" / ")
    {
        let context: String = body.iter().take(3).map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ");
        draft.outlet = Some(uncapitalise(name, &context));
        draft.remove("masthead", line);
    } else if n > 0 && head[n].block == head[0].block && draft.outlet.is_some() {
        draft.remove("masthead", line);
    } else {
        draft.remove("section", line);
    }
}

/// Keeps the article, without the headline printed again.
fn read_body(body: &[Para], draft: &mut Draft) {
    let known = draft.title.as_deref().map(fold).unwrap_or_default();
    for para in body {
        if para.is_byline && !para.is_body && para.text.len() < 160 {
            let found = para.dates();
            let author = author_line(&para.text).is_some() || byline::is_known_person(&para.text);
            if !found.is_empty() || author {
                keep_byline(&para.text, &found, Ground::Loose, draft);
                continue;
            }
        }
        let folded_prefix = para.text.len() < 400 && !known.is_empty() && known.len() > 12;
        if folded_prefix && fold(&para.text).starts_with(&known) && para.text.len() < known.len() + 60 {
            let kind = if fold(&para.text) == known { "repeat-title" } else { "caption" };
            draft.remove(kind, &para.text);
        } else {
            draft.body.push(para.text.clone());
        }
    }
}

/// Takes the outlet's lines about itself off the end, and stray short lines.
fn drop_tail(draft: &mut Draft) {
    let outlet = draft.outlet.as_deref().map(fold).unwrap_or_default();
    while draft.body.len() > 1 {
        let Some(last) = draft.body.last() else { break };
        if credit::is_line(last, 0) {
            break;
        }
        let about = outlet.len() >= 6
            && last.len() < 200
            && fold(last).starts_with(&outlet)
            && is_about_itself(&fold(last), &outlet);
        // A message set into the text ends in its own author and day, behind a dash.
        let is_day = |line: &str| is_date_line(line) && line.len() < 90;
        let before = draft.body.len().checked_sub(2).and_then(|n| draft.body.get(n));
        let end_date = is_day(last) && !last.starts_with(['—', '–']) && !before.is_some_and(|line| is_day(line));
        let short = last.len() <= 24 && !is_prose(last) && !last.ends_with(['.', '!', '?', '"', '”']);
        // The end of a list is no stray line.
        let listed = draft.body.iter().rev().take(3).all(|p| p.len() <= 48 && !is_prose(p));
        // What a colon announces has been taken out: links.
        let announces = last.len() <= 120 && last.ends_with(':');
        let stray = short && !listed;
        if !(about || end_date || stray || announces) {
            break;
        }
        let line = draft.body.pop().unwrap_or_default();
        let found = if end_date { dates::find_dates(&line) } else { Vec::new() };
        if found.iter().any(|d| d.cue == Some(Cue::Other)) {
            // `Vell Harbour Office, consulted on 4 May 2024`: a note.
            draft.remove("note", &line);
        } else if end_date {
            keep_byline(&line, &found, Ground::Loose, draft);
        } else {
            draft.remove(
                if about {
                    "about"
                } else if announces {
                    "related"
                } else {
                    "chrome"
                },
                &line,
            );
        }
    }
}

/// Takes out short paragraphs that print again what a longer one says.
fn drop_pull_quotes(draft: &mut Draft) {
    if draft.body.len() > 400 || draft.body.iter().map(String::len).sum::<usize>() > 400_000 {
        return;
    }
    let folded: Vec<String> = draft.body.iter().map(|p| fold(p)).collect();
    let mut gone = Vec::new();
    for (n, words) in folded.iter().enumerate() {
        let quoted = draft.body[n].starts_with(['“', '"', '‘', '«']);
        let count = words.split(' ').count();
        let short = count <= 40 && (count >= 6 || (quoted && count >= 2));
        let held = |(m, other): (usize, &String)| m != n && other.len() > words.len() && other.contains(words.as_str());
        if short && gone.len() < 20 && folded.iter().enumerate().any(held) {
            gone.push(n);
        }
    }
    for n in gone.into_iter().rev() {
        let words = draft.body.remove(n);
        draft.remove("pull-quote", &words);
    }
}

/// `The Observer depends on its readers`, `Radio Vell, 90.2 FM`: said by the paper of itself.
fn is_about_itself(line: &str, outlet: &str) -> bool {
    let rest = line.get(outlet.len()..).unwrap_or("").trim_start();
    let told = ["said", "says", "reported", "told"].iter().any(|w| rest.split(' ').take(6).any(|x| x == *w));
    let verb =
        ["is", "was", "welcomes", "depends", "relies", "publishes", "reserves", "has", "wants", "needs", "cannot"]
            .iter()
            .any(|w| rest.starts_with(w));
    let readers = ["its readers", "our readers", "its subscribers", "its supporters"].iter().any(|w| rest.contains(w));
    !told && (verb || readers || rest.starts_with(|c: char| c.is_ascii_digit()))
}
