//! Refusals to speak, put on record as such: "declined to comment", "did not reply to a request", "could not be reached".

use super::clause::{Line, Page, Tag};
use super::{Act, grammar};
use crate::lang::en::speech::{Class, Silent, is_silent};
use std::ops::Range;

/// Somebody's silence.
pub(super) struct Silence {
    /// What kind it is.
    pub(super) act: Act,
    /// Who is silent.
    pub(super) source: Range<usize>,
    /// The words that tell it: "declined".
    pub(super) cue: Range<usize>,
    /// The same with what was refused: "declined to say when the gate opens".
    pub(super) content: Range<usize>,
}

/// Finds the silences of a line outside its quotations, in text order.
pub(super) fn find(page: &Page<'_>, line: &Line) -> Vec<Silence> {
    let mut found: Vec<Silence> = Vec::new();
    for n in line.tokens.clone().filter(|&n| page.marks.of(n).is_none()) {
        if found.last().is_some_and(|s| s.content.contains(&n)) {
            continue;
        }
        let read = refused(page, n, &line.tokens).or_else(|| unsaid(page, n, &line.tokens));
        found.extend(read.or_else(|| absent(page, n, &line.tokens)));
    }
    found
}

/// Goes behind adverbs: "declined ⟦publicly⟧ to comment".
fn behind_adverbs(page: &Page<'_>, at: usize, end: usize) -> usize {
    (at..end).find(|&n| !page.is(n, Class::Adverb) && !page.lower(n).ends_with("ly")).unwrap_or(end)
}

/// "Declined to say", "refused an interview", "had no comment".
fn refused(page: &Page<'_>, n: usize, line: &Range<usize>) -> Option<Silence> {
    let word = page.lower(n);
    let at = behind_adverbs(page, n + 1, line.end);
    if at >= line.end {
        return None;
    }
    if matches!(word, "had" | "has" | "have" | "having" | "offered" | "offers" | "made") && page.lower(at) == "no" {
        let adjective = at + 1 < line.end && matches!(page.lower(at + 1), "immediate" | "further" | "other");
        let noun = at + 1 + usize::from(adjective);
        let comment = noun < line.end && page.lower(noun) == "comment";
        return comment.then(|| silence(page, Act::RefusedComment, n, n..n + 1, noun, line)).flatten();
    }
    is_silent(word, Silent::Refuse).then_some(())?;
    let verb = behind_adverbs(page, at + 1, line.end);
    let to_speak = page.lower(at) == "to" && verb < line.end && is_silent(page.lower(verb), Silent::Comment);
    // "Declined requests for an interview".
    let interview = page.lower(at) != "to"
        && (at..line.end.min(at + 6))
            .take_while(|&t| !page.parts_clauses(t) && !page.verbish(t))
            .any(|t| matches!(page.lower(t), "interview" | "interviews" | "comment"));
    (to_speak || interview).then_some(())?;
    silence(page, Act::RefusedComment, n, n..n + 1, if to_speak { verb } else { at }, line)
}

/// "Would not comment", "did not immediately respond to a request".
fn unsaid(page: &Page<'_>, n: usize, line: &Range<usize>) -> Option<Silence> {
    let word = page.lower(n).replace('’', "'");
    let joined = word.strip_suffix("n't");
    let not = joined.is_none();
    let helper = match joined {
        Some("wo") => "will",
        Some(helper) => helper,
        None => &word,
    };
    let mut at = n + 1;
    if not {
        (at < line.end && page.lower(at) == "not").then_some(())?;
        at += 1;
    }
    let verb = behind_adverbs(page, at, line.end);
    let lower = (verb < line.end && page.marks.of(verb).is_none()).then(|| page.lower(verb))?;
    let asked = |t: usize| page.parts_clauses(t) || page.marks.of(t).is_some();
    let mut behind = (verb + 1..line.end.min(verb + 12)).take_while(|&t| !asked(t));
    let act = match helper {
        "will" | "would" if matches!(lower, "comment" | "discuss" | "elaborate" | "say" | "answer") => {
            Act::RefusedComment
        }
        "did" | "do" | "does" | "has" | "have" | "had" => match lower {
            "comment" | "commented" => Act::NoReply,
            _ if is_silent(lower, Silent::Reply) && behind.any(|t| is_silent(page.lower(t), Silent::Request)) => {
                Act::NoReply
            }
            _ => return None,
        },
        _ => return None,
    };
    silence(page, act, verb, n..verb + 1, verb, line)
}

/// "Could not be reached for comment", "was not available for comment".
fn absent(page: &Page<'_>, n: usize, line: &Range<usize>) -> Option<Silence> {
    let word = page.lower(n);
    (matches!(word, "reached" | "available" | "unavailable") && n > line.start + 1).then_some(())?;
    let back =
        |t: &usize| page.is(*t, Class::Auxiliary) || page.is(*t, Class::Adverb) || page.lower(*t).ends_with("ly");
    let from = (line.start..n).rev().take_while(back).last()?;
    let denied =
        (from..n).any(|t| page.lower(t) == "not" || page.lower(t).ends_with("n't") || page.lower(t).ends_with("n’t"));
    let asked =
        (n + 1..line.end.min(n + 8)).take_while(|&t| !page.parts_clauses(t)).any(|t| page.lower(t) == "comment");
    (asked && (denied || word == "unavailable")).then_some(())?;
    silence(page, Act::NoReply, n, from..n + 1, n, line)
}

/// Returns a silence whose subject is that of the verb at `verb` and that goes on to the end of what hangs on `last`.
fn silence(
    page: &Page<'_>,
    act: Act,
    verb: usize,
    cue: Range<usize>,
    last: usize,
    line: &Range<usize>,
) -> Option<Silence> {
    let source = grammar::subject(page, verb, line)?.tokens;
    let node = page.syntax.subtree(page.node(last)).end.checked_sub(1)?;
    let whole = page.words.inside(page.syntax.nodes.get(node)?.span).end.max(last + 1);
    let stops = |n: &usize| {
        matches!(page.tag(*n), Tag::Comma | Tag::Semicolon | Tag::Stop | Tag::Dash | Tag::Colon | Tag::Closes)
    };
    let end = (last + 1..whole.min(line.end)).find(stops).unwrap_or(whole.min(line.end));
    (source.end <= cue.start || source.start >= end).then(|| Silence {
        act,
        source,
        cue: cue.clone(),
        content: cue.start..end,
    })
}
