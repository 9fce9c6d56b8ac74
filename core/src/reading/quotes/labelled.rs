//! Words behind the name of who says them: headlines ("Minister: no talks"), transcripts and interviews ("Lund: We lost.").

use super::Act;
use super::attribute::Draft;
use super::clause::{Line, Page, Tag};
use crate::lang::en::names as lexicon;
use crate::lang::en::speech::{self, Class};
use crate::reading::names::{NameKind, Names};
use crate::reading::words::TokenKind;
use crate::text::PartKind;
use std::ops::Range;

/// Most tokens of a label: "Former finance minister Jane Roe". guess: longer ones are sentences.
const LONGEST: usize = 7;
/// Fewest words behind a label: fewer are a heading. guess.
const FEWEST: usize = 2;

/// Adds a draft for each paragraph that a label opens and that holds no other, to the drafts of its first line.
pub(super) fn read(page: &Page<'_>, names: &Names, lines: &[Line], drafts: &mut [Vec<Draft>]) {
    let mut n = 0;
    while n < lines.len() {
        let last = (n..lines.len()).take_while(|&l| lines[l].paragraph == lines[n].paragraph).last().unwrap_or(n);
        let free = drafts[n..=last].iter().all(Vec::is_empty);
        let paragraph = lines[n].tokens.start..lines[last].tokens.end;
        let mut from = paragraph.start;
        while free && from < paragraph.end {
            // Lund: “Now.” Roe: “Later.”
            let next = next_label(page, names, &(from..paragraph.end)).unwrap_or(paragraph.end);
            drafts[n].extend(labelled(page, names, n, &(from..next), n == 0));
            from = next;
        }
        n = last + 1;
    }
}

/// Returns where another person's label begins behind a quotation in the same paragraph.
fn next_label(page: &Page<'_>, names: &Names, tokens: &Range<usize>) -> Option<usize> {
    let colons = tokens.clone().filter(|&n| page.tag(n) == Tag::Colon && page.marks.of(n).is_none());
    colons.into_iter().skip(1).find_map(|colon| {
        let start = (tokens.start..colon).rev().take(LONGEST + 1).find(|&n| page.tag(n) == Tag::Quote)? + 1;
        (start < colon && is_person(page, names, &(start..colon))).then_some(start)
    })
}

fn labelled(page: &Page<'_>, names: &Names, line: usize, tokens: &Range<usize>, first: bool) -> Option<Draft> {
    let sentence = page.words.tokens.get(tokens.start)?.sentence;
    let title = first || page.words.sentences.get(sentence as usize)?.part == PartKind::Title;
    let colon = tokens.clone().take(LONGEST + 1).find(|&n| page.tag(n) == Tag::Colon)?;
    let label = tokens.start..colon;
    let content = colon + 1..tokens.end;
    let words = content.clone().filter(|&n| page.words.tokens[n].kind == TokenKind::Word).count();
    let spaced = content.start < content.end && !page.glued(content.start);
    let speaks = is_person(page, names, &label) || title && is_voice(page, names, &label);
    // "Lund: a portrait" heads a piece about Lund; a sentence, a quotation or a "no" is said.
    let first = page.lower(content.start.min(tokens.end - 1));
    let said = page.marks.of(content.start).is_some() || content.clone().any(|n| page.verbish(n)) || first == "no";
    (spaced && speaks && said && words >= FEWEST).then(|| Draft {
        content: vec![trimmed(page, content)],
        source: Some(label),
        cue: Some(colon..colon + 1),
        to: None,
        act: Act::Said,
        guessed: false,
        line,
        passage: tokens.clone(),
    })
}

/// Says whether a label ends with a person's name and holds nothing but that and a role.
fn is_person(page: &Page<'_>, names: &Names, label: &Range<usize>) -> bool {
    let Some(span) = page.span(label.clone()) else { return false };
    let last = names.inside(span).last();
    is_plain(page, label)
        && last.is_some_and(|m| m.span.end() == span.end() && names.names[m.name].kind == NameKind::Person)
}

/// Says whether a headline's label is a body, a role, a document or people who speak.
fn is_voice(page: &Page<'_>, names: &Names, label: &Range<usize>) -> bool {
    let Some(span) = page.span(label.clone()) else { return false };
    let last = page.lower(label.end - 1);
    let body = names.inside(span).any(|m| m.span == span && names.names[m.name].kind == NameKind::Organization);
    let role = lexicon::is_role(last) || last.strip_suffix('s').is_some_and(lexicon::is_role);
    is_plain(page, label) && (body || role || speech::is_voice(last))
}

/// Says whether a label is one noun phrase: no verb, preposition, comma or quotation.
fn is_plain(page: &Page<'_>, label: &Range<usize>) -> bool {
    let parts = |n: usize| matches!(page.tag(n), Tag::Comma | Tag::Class(Class::Preposition | Class::Conjunction));
    !label.clone().any(|n| page.verbish(n) || page.marks.of(n).is_some() || parts(n))
}

/// Takes the stop off the end of a sentence that stands alone.
fn trimmed(page: &Page<'_>, content: Range<usize>) -> Range<usize> {
    let stop = content.len() > 1 && page.lower(content.end - 1) == "." && page.tag(content.end - 1) == Tag::Stop;
    content.start..content.end - usize::from(stop)
}
