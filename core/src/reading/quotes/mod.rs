//! Who said what: direct, indirect and mixed attributions with their content, source and cue.

mod attribute;
mod clause;
mod complement;
mod cues;
mod follow;
mod grammar;
mod labelled;
mod loose;
mod marks;
mod nested;
mod nouns;
mod said;
mod silences;
mod speaker;
mod stretch;
mod subject;

use super::dates::TimeExpression;
use super::names::{NameKind, Names};
use super::syntax::Syntax;
use super::words::{TokenKind, Words};
use crate::lang::en::speech;
use crate::text::{Span, Text};
use crate::when::When;
use attribute::Draft;
use clause::{LONGEST_LINE, Page, Tag};
use serde::{Deserialize, Serialize};
use speaker::Speakers;
use std::ops::Range;

/// How the words are given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Speech {
    /// In quotation marks.
    Direct,
    /// In the reporter's words.
    Indirect,
    /// Partly in quotation marks.
    Mixed,
}

impl Speech {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Speech::Direct => "direct",
            Speech::Indirect => "indirect",
            Speech::Mixed => "mixed",
        }
    }
}

/// What is done with the words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Act {
    /// They are said, promised, demanded.
    Said,
    /// They are denied.
    Denied,
    /// They are a question.
    Asked,
    /// Nothing is said: "declined to comment".
    RefusedComment,
    /// Nothing is said: "did not reply to a request", "could not be reached for comment".
    NoReply,
}

impl Act {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Act::Said => "said",
            Act::Denied => "denied",
            Act::Asked => "asked",
            Act::RefusedComment => "refused_comment",
            Act::NoReply => "no_reply",
        }
    }

    /// Says whether it puts on record that nothing was said. The content is then the outlet's words.
    pub fn is_silence(self) -> bool {
        matches!(self, Act::RefusedComment | Act::NoReply)
    }
}

/// On what ground a speaker is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Ground {
    /// The source names them.
    Name,
    /// The source is a role or a kind of body that one alone bears in the report.
    Role,
    /// The source is a pronoun.
    Pronoun,
    /// The source is a document of theirs.
    Document,
}

impl Ground {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Ground::Name => "name",
            Ground::Role => "role",
            Ground::Pronoun => "pronoun",
            Ground::Document => "document",
        }
    }
}

/// Something that somebody is reported to have said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// What was said, in text order, at least one; several where the cue stands in its middle. Without quotation marks at the ends.
    pub content: Vec<Span>,
    /// The words that name the source: "Ann Lund, chair of the guild"; none if nothing names it.
    pub source: Option<Span>,
    /// The words that attribute: "said", "according to"; none for a quotation that only stands by its speaker.
    pub cue: Option<Span>,
    /// How the words are given.
    pub kind: Speech,
    /// What is done with them.
    pub act: Act,
    /// The statement that tells it, where somebody is said to have said it: index into the report's statements.
    pub within: Option<usize>,
    /// Who said it, where it can be told: index into [`Names::names`].
    pub speaker: Option<usize>,
    /// On what ground that is told; none without a speaker.
    pub ground: Option<Ground>,
    /// When it was said.
    pub said: Option<When>,
    /// Who was told, or where: "Hill Post", "a news conference".
    pub to: Option<Span>,
    /// The sentence or sentences that carry it: the passage to show.
    pub passage: Span,
}

/// Finds the statements of all parts that are read, in text order of their content.
pub fn find(
    text: &Text,
    words: &Words,
    syntax: &Syntax,
    names: &Names,
    times: &[TimeExpression],
    published: Option<&When>,
) -> Vec<Statement> {
    let page = Page::new(text, words, syntax);
    let lines = page.lines();
    let mut drafts: Vec<Vec<Draft>> = lines
        .iter()
        .enumerate()
        .map(|(n, l)| if l.tokens.len() > 2 * LONGEST_LINE { Vec::new() } else { attribute::read(&page, n, l) })
        .collect();
    labelled::read(&page, names, &lines, &mut drafts);
    let mut drafts = loose::gather(&page, &lines, follow::carry_on(&page, &lines, drafts));
    let inner = nested::find(&page, &lines, &drafts);
    let mut who = Speakers::new(&page, names, &lines);
    let mut speakers = who.resolve(&drafts);
    for (draft, speaker) in drafts.iter().zip(&mut speakers) {
        *speaker = speaker.filter(|&who| !names_itself(&page, names, draft, who));
    }
    let said = said::resolve(&page, &lines, &drafts, &speakers, &who, times, published);
    let is_person = |n: usize| names.names[n].kind == NameKind::Person;
    let mut statements: Vec<Statement> = drafts
        .iter_mut()
        .zip(speakers)
        .zip(said)
        .filter_map(|((draft, who), said)| {
            // A guess that finds no person is none; the words stand without a speaker if they are long enough.
            if draft.guessed && !who.is_some_and(is_person) {
                loose::disown(&page, draft)?;
                return statement(&page, names, draft, None, None);
            }
            statement(&page, names, draft, who, said)
        })
        .collect();
    statements.extend(told(&page, names, &who, &drafts, &statements, inner));
    order(&mut statements);
    statements
}

/// Returns the statements that others tell: their speakers neither date nor carry on what the outlet tells itself.
fn told(
    page: &Page<'_>,
    names: &Names,
    who: &Speakers<'_, '_>,
    drafts: &[Draft],
    outer: &[Statement],
    inner: Vec<(usize, Draft)>,
) -> Vec<Statement> {
    let found = inner.into_iter().filter_map(|(number, draft)| {
        let outer_cue = drafts[number].cue.clone().and_then(|c| page.span(c));
        let content = drafts[number].content.first().and_then(|c| bare(page, c.clone()));
        let within = outer.iter().position(|s| s.cue == outer_cue && s.content.first() == content.as_ref())?;
        let speaker = who.of(draft.source.clone()?);
        let same = speaker.is_some() && speaker == outer[within].speaker;
        let statement = statement(page, names, &draft, speaker, None).filter(|_| !same)?;
        (statement.content != outer[within].content).then_some(Statement { within: Some(within), ..statement })
    });
    found.collect()
}

/// Puts statements in text order of their content, what is told behind what tells it.
fn order(statements: &mut Vec<Statement>) {
    let mut numbers: Vec<usize> = (0..statements.len()).collect();
    numbers.sort_by_key(|&n| (statements[n].content[0].start(), std::cmp::Reverse(statements[n].content[0].end()), n));
    let mut place = vec![0; numbers.len()];
    numbers.iter().enumerate().for_each(|(new, &old)| place[old] = new);
    for statement in statements.iter_mut() {
        statement.within = statement.within.map(|n| place[n]);
    }
    let mut sorted: Vec<Option<Statement>> = std::mem::take(statements).into_iter().map(Some).collect();
    statements.extend(numbers.into_iter().filter_map(|n| sorted[n].take()));
}

/// Says whether the content names the very person that its pronoun was taken for: in "He said Lund would stay", "he" is
/// somebody else (principle C of binding theory).
fn names_itself(page: &Page<'_>, names: &Names, draft: &Draft, who: usize) -> bool {
    let pronoun =
        |source: &Range<usize>| source.len() == 1 && matches!(page.lower(source.start), "he" | "she" | "his" | "her");
    if !draft.source.as_ref().is_some_and(pronoun) || names.names[who].kind != NameKind::Person {
        return false;
    }
    let contents = draft.content.iter().filter_map(|c| page.span(c.clone()));
    contents.into_iter().any(|c| names.inside(c).any(|m| m.name == who && m.proper))
}

/// Tells on what ground a source is taken for its speaker.
fn ground(page: &Page<'_>, names: &Names, draft: &Draft, who: usize) -> Option<Ground> {
    let source = draft.source.clone()?;
    if source.len() == 1 && matches!(page.tag(source.start), Tag::Class(_)) {
        return Some(Ground::Pronoun);
    }
    let named = page.span(source.clone()).is_some_and(|s| names.inside(s).any(|m| m.name == who && m.proper));
    let owned = source.clone().any(|n| page.tag(n) == Tag::Genitive);
    Some(match (named, owned && speech::is_document(page.lower(source.end - 1))) {
        (true, true) => Ground::Document,
        (true, false) => Ground::Name,
        (false, _) => Ground::Role,
    })
}

fn statement(
    page: &Page<'_>,
    names: &Names,
    draft: &Draft,
    speaker: Option<usize>,
    said: Option<When>,
) -> Option<Statement> {
    let content: Vec<Span> = draft.content.iter().filter_map(|c| bare(page, c.clone())).collect();
    let passage = page.span(draft.passage.clone())?;
    (!content.is_empty()).then(|| Statement {
        content,
        source: draft.source.clone().and_then(|s| page.span(s)),
        cue: draft.cue.clone().and_then(|c| page.span(c)),
        kind: kind(page, &draft.content),
        act: draft.act,
        within: None,
        speaker,
        ground: speaker.and_then(|who| ground(page, names, draft, who)),
        said,
        to: draft.to.clone().and_then(|t| page.span(t)),
        passage,
    })
}

/// Returns the span of a stretch of content, without quotation marks at its ends if they enclose it all.
fn bare(page: &Page<'_>, mut tokens: Range<usize>) -> Option<Span> {
    if let Some(quotation) = page.quoted(tokens.start) {
        let whole = quotation.outer.start <= tokens.start && tokens.end <= quotation.outer.end;
        if whole {
            tokens = tokens.start.max(quotation.inner.start)..tokens.end.min(quotation.inner.end);
        }
    }
    if tokens.len() > 1 && page.tag(tokens.end - 1) == Tag::Comma {
        tokens.end -= 1;
    }
    page.span(tokens)
}

/// Tells how words are given from what stands in quotation marks.
fn kind(page: &Page<'_>, content: &[Range<usize>]) -> Speech {
    let mut words = content.iter().flat_map(|c| c.clone()).filter(|&n| page.words.tokens[n].kind != TokenKind::Mark);
    let (mut inside, mut outside) = (false, false);
    words.by_ref().for_each(|n| if page.marks.of(n).is_some() { inside = true } else { outside = true });
    match (inside, outside) {
        (true, false) => Speech::Direct,
        (true, true) => Speech::Mixed,
        _ => Speech::Indirect,
    }
}
