//! Finds the words that attribute: finite verbs of speech with their subjects, participles ("saying"), "according to".

use super::clause::{Page, Tag};
use super::subject;
use crate::lang::en::speech::{self, Class, Form, SpeechVerb};
use std::ops::Range;

/// A verb of speech that attributes, with its subject.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    /// The verb.
    pub(super) verb: &'static SpeechVerb,
    /// Its form.
    pub(super) form: Form,
    /// The words printed: auxiliaries, verb, particle.
    pub(super) words: Range<usize>,
    /// Its subject, if it has one of its own.
    pub(super) subject: Option<Range<usize>>,
    /// Whether the subject stands behind it: "said Lund".
    pub(super) inverted: bool,
    /// The token that its complement begins at.
    pub(super) after: usize,
    /// The preposition that its content stands behind, if it is printed.
    pub(super) behind: bool,
}

impl Cue {
    /// Returns where the attribution begins: at the subject or at the verb.
    pub(super) fn start(&self) -> usize {
        match &self.subject {
            Some(subject) if !self.inverted => subject.start,
            _ => self.words.start,
        }
    }

    /// Returns where it ends: behind verb and subject.
    pub(super) fn end(&self) -> usize {
        match &self.subject {
            Some(subject) if self.inverted => subject.end,
            _ => self.after,
        }
    }
}

/// Finds the cues of a line outside its quotations, in text order.
pub(super) fn find(page: &Page<'_>, line: Range<usize>) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut lo = line.start;
    for n in line.clone() {
        if page.marks.of(n).is_some() {
            lo = n + 1;
            continue;
        }
        if matches!(page.tag(n), Tag::Semicolon) {
            lo = n + 1;
        }
        let Some((verb, form)) = speech::verb(page.lower(n)) else { continue };
        if matches!(page.tag(n), Tag::Class(class) if class != Class::Verb) {
            continue;
        }
        if let Some(cue) = cue(page, &line, lo, n, verb, form, &cues) {
            lo = cue.end();
            cues.push(cue);
        }
    }
    cues
}

/// Reads the verb at token `n` as a cue; none if it is a noun, an adjective, denied, or only possible.
fn cue(
    page: &Page<'_>,
    line: &Range<usize>,
    lo: usize,
    n: usize,
    verb: &'static SpeechVerb,
    form: Form,
    earlier: &[Cue],
) -> Option<Cue> {
    let start = group_start(page, lo, n)?;
    if !reads_as_verb(page, lo, start, n, form) {
        return None;
    }
    let after = n + 1;
    let particle = after < line.end && verb.behind.contains(&page.lower(after));
    let end = if particle { after + 1 } else { after };
    let mut cue = Cue { verb, form, words: start..end, subject: None, inverted: false, after: end, behind: particle };
    if form == Form::Ing && start == n {
        let leads = start == line.start
            || matches!(page.tag(start - 1), Tag::Comma | Tag::Dash | Tag::Quote | Tag::Class(Class::Conjunction))
            || matches!(page.lower(start - 1), "by" | "in" | "while" | "after" | "before" | "when");
        if !leads {
            let noun = matches!(page.tag(start - 1), Tag::Word | Tag::Capital);
            cue.subject = subject::before(page, lo, start).filter(|_| noun);
            cue.subject.as_ref()?;
        }
        return Some(cue);
    }
    let coordinated = start > lo.max(line.start)
        && page.is(start - 1, Class::Conjunction)
        && earlier.last().is_some_and(|c| c.form == form || c.form != Form::Ing && form != Form::Ing);
    if coordinated {
        return Some(cue);
    }
    let comma = start > line.start && matches!(page.tag(start - 1), Tag::Comma | Tag::Quote | Tag::Dash | Tag::Stop);
    let behind_quote = start > line.start
        && (page.tag(start - 1) == Tag::Quote || comma && start >= line.start + 2 && page.tag(start - 2) == Tag::Quote);
    let may_invert = form != Form::Base && (verb.takes.quote || verb.takes.clause) && !particle;
    if (comma || behind_quote)
        && may_invert
        && let Some(behind) = subject::behind(page, end, line.end)
    {
        let own = if behind_quote { None } else { subject::before(page, lo, start) };
        let ends = closes_line(page, behind.end, line.end) && page.has_verb(line.start..start);
        if own.is_none() || ends {
            cue.subject = Some(behind);
            cue.inverted = true;
            return Some(cue);
        }
    }
    cue.subject = subject::before(page, lo, start).map(|s| relative(page, lo, s));
    let subject = cue.subject.clone()?;
    speaks(page, &subject, line, form).then_some(cue)
}

/// Says whether nothing but a mark or an adjunct stands behind.
fn closes_line(page: &Page<'_>, at: usize, end: usize) -> bool {
    at >= end || matches!(page.tag(at), Tag::Stop | Tag::Comma | Tag::Quote) || !page.has_verb(at..end)
}

/// Turns "who" into the phrase it stands for.
fn relative(page: &Page<'_>, lo: usize, subject: Range<usize>) -> Range<usize> {
    if page.lower(subject.start) != "who" || subject.start <= lo {
        return subject;
    }
    let mut at = subject.start;
    if page.tag(at - 1) == Tag::Comma {
        at -= 1;
    }
    subject::before(page, lo, at).unwrap_or(subject)
}

/// Says whether a phrase can be somebody who speaks here.
fn speaks(page: &Page<'_>, subject: &Range<usize>, line: &Range<usize>, form: Form) -> bool {
    let last = subject.end - 1;
    let first = page.lower(subject.start);
    if subject.len() == 1
        && matches!(first, "it" | "this" | "that" | "which" | "there" | "what" | "you" | "these" | "those")
    {
        return first == "it";
    }
    // "If Lund says …" says nothing.
    let unless = subject.start > line.start
        && matches!(page.lower(subject.start - 1), "if" | "unless" | "whether" | "when" | "once");
    if unless {
        return false;
    }
    match form {
        Form::Base => {
            let word = page.lower(last);
            let plural = word.ends_with('s') && !word.ends_with("ss")
                || matches!(
                    word,
                    "they"
                        | "we"
                        | "i"
                        | "who"
                        | "people"
                        | "police"
                        | "some"
                        | "many"
                        | "others"
                        | "both"
                        | "most"
                        | "few"
                        | "women"
                        | "men"
                );
            let listed = subject.clone().any(|n| page.is(n, Class::Conjunction));
            (plural || listed) && page.tag(last) != Tag::Genitive
        }
        _ => true,
    }
}

/// Goes back over auxiliaries and adverbs; none if the verb is denied or only possible, or passive.
fn group_start(page: &Page<'_>, lo: usize, n: usize) -> Option<usize> {
    let mut start = n;
    while start > lo {
        let word = page.lower(start - 1);
        match page.tag(start - 1) {
            Tag::Class(Class::Adverb) if matches!(word, "not" | "never") => return None,
            Tag::Class(Class::Adverb) => {}
            Tag::Word if word.ends_with("ly") && word.len() > 4 => {}
            Tag::Class(Class::Auxiliary) => {
                let denied = word.contains("n't") || word.contains("n’t") || word == "cannot";
                let possible = matches!(
                    word,
                    "may" | "might" | "can" | "could" | "should" | "must" | "would" | "ought" | "shall" | "will"
                );
                if denied || possible {
                    return None;
                }
                let being = matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "being" | "am");
                if being && !page.lower(n).ends_with("ing") {
                    return None;
                }
            }
            _ => break,
        }
        start -= 1;
    }
    // Adverbs alone at the front belong to the clause, not to the verb: ", however said" is rare, "Later said" too.
    Some(start)
}

/// Says whether the word is used as a verb here: "the report" and "proposed law" are not.
fn reads_as_verb(page: &Page<'_>, lo: usize, start: usize, n: usize, form: Form) -> bool {
    if start == lo && start == n {
        return true;
    }
    let before = start.checked_sub(1).filter(|&b| b >= lo);
    let Some(before) = before else { return true };
    match page.tag(before) {
        Tag::Class(Class::Determiner | Class::Possessive) | Tag::Genitive => {
            matches!(page.lower(before), "all" | "both" | "some" | "many" | "most") && form == Form::Base
        }
        Tag::Class(Class::Preposition) => {
            if page.lower(before) == "to" {
                let went = before > lo && matches!(page.lower(before - 1), "on" | "quick" | "went" | "continued");
                return went;
            }
            form == Form::Ing && matches!(page.lower(before), "by" | "in" | "after" | "before")
        }
        Tag::Number => form != Form::Third,
        _ => form != Form::Participle || start < n,
    }
}

/// "According to" and its like: the words, the source behind them.
#[derive(Clone, Debug)]
pub(super) struct According {
    /// The words printed.
    pub(super) words: Range<usize>,
    /// Who is named.
    pub(super) source: Range<usize>,
}

/// Finds "according to X" in a line outside its quotations.
pub(super) fn according(page: &Page<'_>, line: Range<usize>) -> Vec<According> {
    let mut found = Vec::new();
    let mut n = line.start;
    while n + 2 < line.end {
        let here = page.marks.of(n).is_none() && page.lower(n) == "according" && page.lower(n + 1) == "to";
        if here {
            let words = n..n + 2;
            let end = source_end(page, n + 2, line.end);
            if end > n + 2 {
                found.push(According { words, source: n + 2..end });
                n = end;
                continue;
            }
        }
        n += 1;
    }
    found
}

/// Goes on to the comma that ends a named source, appositions included where a clause follows them.
fn source_end(page: &Page<'_>, at: usize, hi: usize) -> usize {
    let mut end = at;
    while end < hi {
        match page.tag(end) {
            Tag::Comma | Tag::Semicolon | Tag::Colon | Tag::Dash | Tag::Quote | Tag::Stop => break,
            _ => end += 1,
        }
    }
    end
}
