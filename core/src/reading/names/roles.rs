//! What people are, said beside their names: "its director, Ann Lund", "Ann Lund, chair of the guild".

use super::atoms::{Line, Shape, Sheet};
use super::cues;
use super::runs::{Found, Ground};
use crate::lang::en::names as lexicon;

/// The most words that a role is looked for in, on either side.
const REACH: usize = 16;

/// Adds to each name the roles that stand beside it.
pub(super) fn add(sheet: &Sheet, found: &mut [Found]) {
    for n in 0..found.len() {
        if !matches!(found[n].ground, Ground::Titled | Ground::FirstName | Ground::Capitals) {
            continue;
        }
        // A role between two names belongs to one of them: stop at the neighbours.
        let from = n.checked_sub(1).map_or(0, |m| found[m].atoms.end);
        let f = &found[n];
        let line = &sheet.lines[f.line];
        // "… with Ann Lund, Mayor Bo Berg and others": what stands behind is the next one's.
        let next = found.get(n + 1).and_then(|f| f.roles.first()).map(|r| r.start());
        let behind = behind(sheet, line, f.atoms.end).filter(|b| Some(sheet.atoms[b.0].span.start()) != next);
        let roles = [behind, before(sheet, line, f, from)];
        for (start, end, head) in roles.into_iter().flatten() {
            let gender = lexicon::title(&sheet.atoms[head].word).and_then(|t| t.1);
            let mut end = end;
            while end > head + 1 && (parts(&sheet.atoms[end - 1].word) || is_article(&sheet.atoms[end - 1].word)) {
                end -= 1;
            }
            if let Some(span) = sheet.span(start..end) {
                found[n].roles.push(span);
                found[n].gender = found[n].gender.or(gender);
            }
        }
    }
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "its" | "his" | "her" | "their" | "our" | "my" | "one" | "another")
}

fn parts(word: &str) -> bool {
    matches!(word, "of" | "for" | "at" | "in" | "to" | "from" | "with" | "on")
}

fn stops(word: &str, shape: Shape) -> bool {
    let mark = shape == Shape::Mark && !matches!(word, "'" | "’" | "-" | "&" | "(" | ")" | "/");
    mark || cues::says(word)
        || matches!(
            word,
            "who"
                | "which"
                | "that"
                | "whose"
                | "is"
                | "was"
                | "are"
                | "were"
                | "has"
                | "had"
                | "have"
                | "will"
                | "would"
                | "but"
                | "as"
                | "when"
                | "while"
                | "because"
                | "by"
                | "and"
        )
}

/// Returns the role behind a name and a comma: its first word, its end, its head.
fn behind(sheet: &Sheet, line: &Line, mut at: usize) -> Option<(usize, usize, usize)> {
    if sheet.word(line, at) == "(" && sheet.word(line, at + 2) == ")" {
        at += 3;
    }
    if sheet.word(line, at) != "," {
        return None;
    }
    // ", 45, a nurse".
    if sheet.atoms.get(at + 1).is_some_and(|a| a.shape == Shape::Number) && sheet.word(line, at + 2) == "," {
        at += 2;
    }
    let start = at + 1 + usize::from(is_article(sheet.word(line, at + 1)));
    let mut head = None;
    let mut n = start;
    while n < line.atoms.end && n < start + 8 {
        let atom = &sheet.atoms[n];
        if stops(&atom.word, atom.shape) || parts(&atom.word) {
            break;
        }
        if lexicon::is_role(&atom.word) {
            head = Some(n);
        }
        n += 1;
    }
    let head = head?;
    if head + 1 != n
        || (start == at + 1
            && sheet.atoms[head].shape == Shape::Lower
            && n < line.atoms.end
            && cues::says(sheet.word(line, n))
            && head > start + 3)
    {
        return None;
    }
    let mut end = head + 1;
    while end < line.atoms.end && end < start + REACH {
        let atom = &sheet.atoms[end];
        let and = atom.word == "and" && sheet.atoms.get(end + 1).is_some_and(|a| a.is_capital());
        if stops(&atom.word, atom.shape) && !and {
            return Some((start, end, head));
        }
        end += 1;
    }
    // No end in reach: keep what is sure.
    Some((start, if end == line.atoms.end { end } else { head + 1 }, head))
}

/// Returns the role before a name, with or without a comma: its first word, its end, its head.
fn before(sheet: &Sheet, line: &Line, f: &Found, from: usize) -> Option<(usize, usize, usize)> {
    let first = f.roles.first().map_or(f.span, |r| r.cover(f.span)).start();
    let at = line.atoms.start + sheet.atoms[line.atoms.clone()].partition_point(|a| a.span.start() < first);
    let floor = line.atoms.start.max(at.saturating_sub(REACH));
    if at <= floor {
        return None;
    }
    if sheet.word(line, at - 1) != "," {
        let head = at - 1;
        let role = lexicon::is_role(sheet.word(line, head)) && sheet.atoms[head].shape == Shape::Lower;
        return (role && head >= from).then(|| (modifiers(sheet, line, head).max(from), at, head));
    }
    // "the minister, Lund, said" but not "In a letter to the minister, Lund said".
    let closed =
        matches!(sheet.word(line, f.atoms.end), "," | "." | ";" | "”" | "\"" | ")" | "") || f.ground == Ground::Titled;
    if !closed {
        return None;
    }
    let mut head = at - 1;
    let mut end_of_head = at - 1;
    while head > floor {
        head -= 1;
        let atom = &sheet.atoms[head];
        if lexicon::is_role(&atom.word) && (end_of_head == head + 1 || parts(sheet.word(line, head + 1))) {
            break;
        }
        if stops(&atom.word, atom.shape) && atom.word != "and" {
            return None;
        }
        if parts(&atom.word) {
            end_of_head = head;
        }
    }
    if !lexicon::is_role(&sheet.atoms[head].word) {
        return None;
    }
    end_of_head = at - 1;
    let start = opened(sheet, line, head, floor)?;
    (head >= from || end_of_head > head + 1).then_some((start, end_of_head, head))
}

/// Returns where the words begin that go before a role, taking only such as usually do.
fn modifiers(sheet: &Sheet, line: &Line, head: usize) -> usize {
    if let Some(start) = opened(sheet, line, head, line.atoms.start.max(head.saturating_sub(4)))
        && sheet.atoms[start..head].iter().all(|a| a.shape == Shape::Lower)
    {
        return start;
    }
    let mut start = head;
    while start > line.atoms.start && lexicon::modifies_role(&sheet.atoms[start - 1].word) {
        start -= 1;
    }
    start
}

/// Returns the first word behind the article or possessive that opens a role, if one does.
fn opened(sheet: &Sheet, line: &Line, head: usize, floor: usize) -> Option<usize> {
    let mut n = head;
    while n > floor && n + 6 > head {
        n -= 1;
        let word = sheet.word(line, n);
        let owner =
            word == "s" && matches!(sheet.word(line, n.wrapping_sub(1)), "'" | "’") || matches!(word, "'" | "’");
        if is_article(word) || owner {
            return Some(n + 1);
        }
        if stops(word, sheet.atoms[n].shape) || parts(word) {
            return None;
        }
    }
    None
}
