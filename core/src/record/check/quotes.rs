//! Words that a draft puts into somebody's mouth: in a report word for word, altered, in another's mouth, or in none.

use super::alike::{content, is_negating};
use super::{Claim, Desk, Finding, Verdict};
use crate::lang::en::events::{govern, governs, verb};
use crate::reading::{Speech, TokenKind, Words};
use crate::record::doers::akin;
use crate::record::speakers::may_mean;
use crate::record::{self, Cite, StatementRow};
use crate::text::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// Words of a quotation below which it is a name or a turn of phrase, which anybody may use.
const SHORTEST: usize = 3;

/// The share of a quotation's words, in percent, that a report's must have in the same order to be its source; guess.
const ALTERED: usize = 60;

/// Returns a finding for each thing that the draft says somebody said.
pub(super) fn find(desk: &Desk<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for row in desk.record.statements.iter().filter(|r| r.report == desk.draft) {
        let statement = &desk.drafted().reading.statements[row.statement];
        if statement.act.is_silence() {
            continue;
        }
        let quoted = match statement.kind {
            Speech::Direct => vec![row.content],
            Speech::Mixed => in_marks(desk, row.content),
            Speech::Indirect => Vec::new(),
        };
        let before = found.len();
        found.extend(quoted.into_iter().filter_map(|span| quoted_words(desk, row, span)));
        if found.len() == before {
            found.extend(told_words(desk, row));
        }
    }
    found
}

/// Returns the stretches in quotation marks.
fn in_marks(desk: &Desk<'_>, content: Span) -> Vec<Span> {
    let text = &desk.drafted().report.text;
    let told = text.get(content);
    let mut marks = told.char_indices().filter(|(_, c)| matches!(c, '"' | '“' | '”' | '„' | '«' | '»'));
    let mut spans = Vec::new();
    while let Some((from, open)) = marks.next() {
        let Some((to, _)) = marks.next() else { break };
        spans.extend(text.span(content.start() + from + open.len_utf8(), content.start() + to));
    }
    spans
}

/// Looks for a quotation in all reports.
fn quoted_words(desk: &Desk<'_>, row: &StatementRow, span: Span) -> Option<Finding> {
    let own = &desk.drafted().reading.words;
    let pieces = pieces(own, span);
    let count: usize = pieces.iter().map(Vec::len).sum();
    if count < SHORTEST {
        return None;
    }
    let others = || (0..desk.record.members.len()).filter(|&r| r != desk.draft);
    let carried: Vec<Cite> = others().filter_map(|report| whole(desk, report, &pieces)).collect();
    if !carried.is_empty() {
        return Some(said_by(desk, row, span, carried));
    }
    let altered = desk.record.statements.iter().filter(|r| r.report != desk.draft).filter_map(|theirs| {
        let words = &desk.member(theirs.report).reading.words;
        let all: Vec<&str> = pieces.iter().flatten().copied().collect();
        let common = in_order(&all, &plain(words, words.inside(theirs.content)));
        let percent = common * 100 / all.len();
        (percent >= ALTERED && common > SHORTEST).then_some((percent, theirs))
    });
    let best = altered.max_by_key(|(percent, row)| (*percent, std::cmp::Reverse(row.id)));
    let Some((_, theirs)) = best else {
        return Some(desk.finding(
            Claim::Quote,
            span,
            Verdict::Nothing,
            "no report has these words".into(),
            Vec::new(),
        ));
    };
    let cite = Cite { report: theirs.report, span: theirs.content };
    let note =
        format!("{} has “{}”", desk.outlet(theirs.report), desk.member(theirs.report).report.text.get(theirs.content));
    Some(desk.finding(Claim::Quote, span, Verdict::Contradicted, note, vec![cite]))
}

/// Says whether those who are quoted with the same words are the same person.
fn said_by(desk: &Desk<'_>, row: &StatementRow, span: Span, carried: Vec<Cite>) -> Finding {
    let speaker = |cite: &Cite| {
        let holds = |r: &&StatementRow| r.report == cite.report && r.content.overlaps(cite.span);
        // What somebody is said to have said is theirs, not the words of who tells it.
        let rows = || desk.record.statements.iter().filter(holds).filter(|r| r.speaker.is_some());
        let inner = rows().find(|r| desk.record.teller(r).is_some() && r.content.contains(cite.span));
        inner.or_else(|| rows().next()).and_then(|r| r.speaker)
    };
    let named: Vec<(Cite, usize)> = carried.iter().filter_map(|c| Some((*c, speaker(c)?))).collect();
    let is_own = |(_, other): &(Cite, usize)| Some(*other) == row.speaker;
    if let Some(own) = row.speaker.filter(|_| !named.iter().any(is_own)) {
        let against: Vec<(Cite, &str)> =
            carried.iter().filter_map(|c| Some((*c, decided_against(desk, own, c)?))).collect();
        if let Some((_, ground)) = against.first() {
            let note = (*ground).to_owned();
            let cites = against.into_iter().map(|(cite, _)| cite).collect();
            return desk.finding(Claim::Quote, span, Verdict::Contradicted, note, cites);
        }
    }
    match row.speaker {
        Some(own) if !named.is_empty() && named.iter().all(|(_, other)| *other != own) => {
            let (cite, other) = named[0];
            let note = format!("said by {} in {}", desk.record.entities[other].name, desk.outlet(cite.report));
            desk.finding(Claim::Quote, span, Verdict::Contradicted, note, named.into_iter().map(|(c, _)| c).collect())
        }
        Some(own) => {
            let mine: Vec<Cite> = named.iter().filter(|(_, other)| *other == own).map(|(c, _)| *c).collect();
            let note = if mine.is_empty() { "no report names who said it" } else { "" };
            let cites = if mine.is_empty() { carried } else { mine };
            desk.finding(Claim::Quote, span, Verdict::Supported, note.into(), cites)
        }
        None => desk.finding(Claim::Quote, span, Verdict::Supported, String::new(), carried),
    }
}

/// Returns what a person decided of who said the words at a passage, if that speaks against somebody.
fn decided_against<'a>(desk: &Desk<'a>, own: usize, cite: &Cite) -> Option<&'a str> {
    let holds = |r: &&StatementRow| r.report == cite.report && r.content.overlaps(cite.span);
    let means_own = |name: &str| may_mean(&desk.record.entities[own], name);
    let is_denied = |row: &StatementRow| {
        let of_row = desk.record.rulings.iter().filter(|r| r.statements.contains(&row.id));
        of_row.map(|r| &r.decision).any(|d| d.verdict == record::Verdict::NotSaidBy && means_own(&d.b))
    };
    desk.record.statements.iter().filter(holds).find_map(|row| {
        let decided = row.decided.as_ref()?;
        let names_another = match row.speaker {
            Some(speaker) => speaker != own,
            None => decided.name.as_deref().is_some_and(|name| !means_own(name)),
        };
        (names_another || is_denied(row)).then_some(decided.ground.as_str())
    })
}

/// Holds what is told in the draft's own words against statements in sentences that tell the same.
fn told_words(desk: &Desk<'_>, row: &StatementRow) -> Option<Finding> {
    let own = own_words(desk, row);
    let alike = desk.alike.to(row.content);
    let numbers = |report: usize, span: Span| -> BTreeSet<u64> {
        let figures = desk.member(report).reading.figures.iter();
        figures.filter(|f| span.contains(f.span)).map(|f| f.value.to_bits()).collect()
    };
    let figures = numbers(desk.draft, row.content);
    let same_words = |r: &&StatementRow| {
        if !figures.is_subset(&numbers(r.report, r.content)) {
            return false;
        }
        let theirs: BTreeSet<&str> = own_words(desk, r).into_iter().collect();
        let shared = own.iter().filter(|w| theirs.contains(*w)).count();
        shared * 100 >= own.len().min(theirs.len()) * ALTERED && shared >= SHORTEST
    };
    let inside = |r: &&StatementRow| alike.iter().any(|c| c.report == r.report && c.span.overlaps(r.content));
    // Outside of sentences that are alike throughout, all words must be there.
    let all_words = |r: &&StatementRow| {
        let theirs: BTreeSet<&str> = content(&desk.member(r.report).reading.words, r.content).into_iter().collect();
        own.len() >= SHORTEST && own.iter().all(|w| theirs.contains(w)) && theirs.len() <= 2 * own.len()
    };
    let rows: Vec<&StatementRow> = desk
        .record
        .statements
        .iter()
        .filter(|r| r.report != desk.draft && (inside(r) || all_words(r)))
        .filter(same_words)
        .collect();
    let speaker = row.speaker?;
    if let Some(found) = denied(desk, row, speaker, &own) {
        return Some(found);
    }
    let cites =
        |rows: &[&StatementRow]| rows.iter().map(|r| Cite { report: r.report, span: r.content }).collect::<Vec<_>>();
    let is_theirs = |s: usize| s == speaker || akin(&desk.record.entities[s], &desk.record.entities[speaker]);
    let (mine, others): (Vec<&StatementRow>, Vec<&StatementRow>) =
        rows.into_iter().filter(|r| r.speaker.is_some()).partition(|r| r.speaker.is_some_and(is_theirs));
    if !mine.is_empty() {
        return Some(desk.finding(Claim::Quote, row.content, Verdict::Supported, String::new(), cites(&mine)));
    }
    let first = others.first()?;
    let name = first.speaker.map_or("", |e| desk.record.entities[e].name.as_str());
    // What a person decided is no report's word.
    let decided = first.decided.as_ref().map(|decided| decided.ground.clone());
    let note = decided.unwrap_or_else(|| format!("said by {name} in {}", desk.outlet(first.report)));
    Some(desk.finding(Claim::Quote, row.content, Verdict::Contradicted, note, cites(&others)))
}

/// Returns the telling words of a row without those that another is said to have said.
fn own_words<'a>(desk: &Desk<'a>, row: &StatementRow) -> Vec<&'a str> {
    let reading = &desk.member(row.report).reading;
    let inner = reading.statements.iter().filter(|s| s.within == Some(row.statement));
    let told: BTreeSet<&str> = inner.flat_map(|s| &s.content).flat_map(|&c| content(&reading.words, c)).collect();
    content(&reading.words, row.content).into_iter().filter(|w| !told.contains(w)).collect()
}

/// Holds what the draft has somebody say against what the reports tell that they denied.
fn denied(desk: &Desk<'_>, row: &StatementRow, speaker: usize, own: &[&str]) -> Option<Finding> {
    let denies = |r: &&StatementRow| {
        let statement = &desk.member(r.report).reading.statements[r.statement];
        let cue = statement.cue.map(|c| desk.member(r.report).report.text.get(c).to_lowercase());
        let base = cue.as_deref().and_then(|c| c.split_whitespace().find_map(verb)).map_or("", |v| v.base);
        governs("verb", base) & govern::DENY != 0
    };
    let drafted = &desk.drafted().reading.words;
    let own_denies = denies(&row) || drafted.inside(row.content).any(|n| is_negating(drafted.lower(n)));
    // `Something` of the one is `anything` of the other.
    let told: Vec<&&str> = own.iter().filter(|w| !matches!(**w, "something" | "anything" | "nothing")).collect();
    if own_denies || told.len() < 2 {
        return None;
    }
    let holds = |r: &&StatementRow| {
        let theirs: BTreeSet<&str> = content(&desk.member(r.report).reading.words, r.content).into_iter().collect();
        r.report != desk.draft && told.iter().all(|w| theirs.contains(**w))
    };
    let by_them = |r: &&StatementRow| {
        r.speaker.is_none_or(|s| s == speaker || akin(&desk.record.entities[s], &desk.record.entities[speaker]))
    };
    let rows: Vec<&StatementRow> = desk.record.statements.iter().filter(holds).filter(by_them).collect();
    if rows.is_empty() || !rows.iter().all(denies) {
        return None;
    }
    let cites = rows.iter().map(|r| Cite { report: r.report, span: r.content }).collect();
    Some(desk.finding(
        Claim::Quote,
        row.content,
        Verdict::Contradicted,
        "reports tell that they denied it".into(),
        cites,
    ))
}

/// Returns the words of a quotation, parted where it leaves something out.
fn pieces(words: &Words, span: Span) -> Vec<Vec<&str>> {
    let mut pieces = vec![Vec::new()];
    for n in words.inside(span) {
        let word = words.lower(n);
        match words.tokens[n].kind {
            TokenKind::Mark if matches!(word, "…" | "...") => pieces.push(Vec::new()),
            TokenKind::Mark => {}
            _ => pieces.last_mut().into_iter().for_each(|p| p.push(word)),
        }
    }
    pieces.retain(|p| !p.is_empty());
    pieces
}

fn plain(words: &Words, tokens: Range<usize>) -> Vec<&str> {
    tokens.filter(|&n| words.tokens[n].kind != TokenKind::Mark).map(|n| words.lower(n)).collect()
}

/// Returns where a report has all pieces word for word, one behind the other.
fn whole(desk: &Desk<'_>, report: usize, pieces: &[Vec<&str>]) -> Option<Cite> {
    let words = &desk.member(report).reading.words;
    let tokens: Vec<usize> = (0..words.tokens.len()).filter(|&n| words.tokens[n].kind != TokenKind::Mark).collect();
    let same = |a: &str, b: &str| a == b || a.replace('’', "'") == b.replace('’', "'");
    let mut from = 0;
    let mut covered: Option<Span> = None;
    for piece in pieces {
        let at = (from..(tokens.len() + 1).saturating_sub(piece.len()))
            .find(|&at| piece.iter().zip(&tokens[at..]).all(|(word, &n)| same(word, words.lower(n))))?;
        // What a gap leaves out must not turn the rest round, nor lie in another's mouth or paragraph.
        let gap = if covered.is_some() { &tokens[from..at] } else { &[] };
        if gap.iter().any(|&n| is_negating(words.lower(n))) {
            return None;
        }
        let span = words.tokens[tokens[at]].span.cover(words.tokens[tokens[at + piece.len() - 1]].span);
        covered = Some(covered.map_or(span, |c| c.cover(span)));
        from = at + piece.len();
    }
    let span = covered?;
    let paragraph = |at: usize| words.sentence_at(at).map(|s| words.sentences[s].paragraph);
    let said = desk.record.statements.iter().any(|r| r.report == report && r.content.contains(span));
    let whole = pieces.len() == 1 || said || paragraph(span.start()) == paragraph(span.end().saturating_sub(1));
    whole.then_some(Cite { report, span })
}

/// Returns how many words stand in both in the same order (the longest common subsequence).
fn in_order(a: &[&str], b: &[&str]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (n, y) in b.iter().enumerate() {
            let above = row[n + 1];
            row[n + 1] = if x == y { diagonal + 1 } else { above.max(row[n]) };
            diagonal = above;
        }
    }
    row[b.len()]
}
