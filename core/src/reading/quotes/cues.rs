//! Finds the words that attribute: finite verbs of speech with their subjects, participles ("saying"), "according to".

use super::clause::{Page, Tag};
use super::{grammar, subject};
use crate::lang::en::speech::{self, Class, Form, SpeechVerb};
use crate::reading::syntax::{Node, Relation, Upos, Xpos};
use crate::reading::words::TokenKind;
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
    /// Whether its subject is "who".
    pub(super) relative: bool,
    /// The token that its complement begins at.
    pub(super) after: usize,
    /// The preposition that its content stands behind, if it is printed.
    pub(super) behind: bool,
    /// Whether it takes a thing as its content: "denied the charge", "the poll shows a lead".
    pub(super) thing: bool,
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
    let headline = headline(page, &line);
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
        // A capital within a sentence makes a name of it ("State Department"), but in headlines.
        let printed = page.text.get(page.words.tokens[n].span);
        let capital = printed.chars().next().is_some_and(char::is_uppercase);
        if capital && n > line.start && !headline {
            continue;
        }
        // "The states", "promising talks"; "the man accused of fraud", "a group called Dawn" are told of, not telling.
        // But what heads a clause of its own tells, even if it looks like a noun: "…, the count shows."
        let mark = |n: usize| n < line.end && matches!(page.tag(n), Tag::Comma | Tag::Colon);
        let leads = mark(n + 1) && n + 2 < line.end && page.tag(n + 2) == Tag::Quote;
        let heads = |r: Relation| r == Relation::Parataxis || r == Relation::Root && leads;
        let named = |w: &Node| w.upos != Upos::Verb && !heads(w.relation);
        // "A group called Dawn", "delegates pledged to Lund": told of by others.
        let told_of = |w: &Node| w.xpos == Xpos::Vbn && w.relation == Relation::Acl && !grammar::takes_clause(page, n);
        let is_told_of = page.word(n).is_some_and(|w| named(w) || told_of(w));
        // What is no other word is a verb, whatever an unknown name before it makes of the tree.
        let sure = matches!(page.lower(n), "said" | "says" | "say");
        if !sure && (is_told_of || page.syntax.is_passive(page.node(n))) {
            continue;
        }
        if let Some(cue) = cue(page, &line, lo, n, verb, form, &cues) {
            // A participle or a relative clause may stand in the apposition of the subject to come.
            if cue.form != Form::Ing && !cue.relative {
                lo = cue.end();
            }
            cues.push(cue);
        }
    }
    cues
}

/// Says whether most words of a line begin with a capital.
fn headline(page: &Page<'_>, line: &Range<usize>) -> bool {
    let words = line.clone().filter(|&n| page.words.tokens[n].kind == TokenKind::Word);
    let (mut capitals, mut all) = (0, 0);
    for n in words {
        all += 1;
        capitals += usize::from(page.text.get(page.words.tokens[n].span).starts_with(char::is_uppercase));
    }
    capitals * 2 > all && all < 30
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
    // "went on to say" is told as done.
    let form = if leads_on(page, lo, n) < n { Form::Past } else { form };
    if !reads_as_verb(page, lo, start, n, form) {
        return None;
    }
    let after = n + 1;
    if after < line.end && (told_passively(page, verb, form, start, n) || names_things(page, lo, n, form)) {
        return None;
    }
    let object = after + 1 < line.end && (page.is(after, Class::Object) || page.lower(after) == "it");
    let phrasal = after < line.end && off(verb, page.lower(after))
        || object && off(verb, page.lower(after + 1))
        || verb.lemma == "call" && calls_off(page, after, line.end);
    // "asked not to be quoted"
    let unnamed = verb.lemma == "ask" && after < line.end && page.lower(after) == "not";
    if phrasal || unnamed {
        return None;
    }
    let pointed = after + 2 < line.end && matches!(page.lower(after + 1), "this" | "next" | "last");
    let dated = after + 1 < line.end && (page.is(after + 1, Class::Time) || pointed && part_of_time(page, after + 2));
    let particle = after < line.end && verb.behind.contains(&page.lower(after)) && !dated;
    let end = if particle { after + 1 } else { after };
    let mut cue = Cue {
        verb,
        form,
        words: start..end,
        subject: None,
        inverted: false,
        relative: false,
        after: end,
        behind: particle,
        thing: verb.takes.thing,
    };
    if form == Form::Ing && start == n {
        let leads = start == line.start
            || matches!(page.tag(start - 1), Tag::Comma | Tag::Dash | Tag::Quote | Tag::Class(Class::Conjunction))
            || matches!(page.lower(start - 1), "by" | "in" | "while" | "after" | "before" | "when" | "as");
        if !leads {
            let noun = matches!(page.tag(start - 1), Tag::Word | Tag::Capital);
            let own = grammar::subject(page, n, line).map(|s| s.tokens);
            cue.subject = own.or_else(|| subject::before(page, lo, start)).filter(|_| noun);
            cue.subject.as_ref()?;
        }
        return Some(cue);
    }
    let coordinated = start > lo.max(line.start)
        && page.is(start - 1, Class::Conjunction)
        && (earlier.last().is_some_and(|c| c.form == form || c.form != Form::Ing && form != Form::Ing)
            || matches!(form, Form::Past | Form::Third) && page.has_verb(line.start..start - 1));
    // "Will send a letter and consider a ban": as possible as what it is joined to.
    if coordinated && form == Form::Base && grammar::is_possible(page, n) {
        return None;
    }
    if coordinated {
        return Some(cue);
    }
    let comma = start > line.start && matches!(page.tag(start - 1), Tag::Comma | Tag::Quote | Tag::Dash | Tag::Stop);
    let behind_quote = start > line.start
        && (page.tag(start - 1) == Tag::Quote || comma && start >= line.start + 2 && page.tag(start - 2) == Tag::Quote);
    let told = matches!(verb.lemma, "tell" | "remind" | "assure" | "inform" | "urge" | "call" | "allege");
    let may_invert = !told && form != Form::Base && (verb.takes.quote || verb.takes.clause) && !particle;
    if (comma || behind_quote)
        && may_invert
        && let Some(behind) = subject::behind(page, end, line.end)
    {
        let own = if behind_quote { None } else { subject::before(page, lo, start) };
        let ends = closes_line(page, behind.end, line.end) && page.has_verb(line.start..start);
        // "Lund, who sang in “The Sea,” denied the report": what stands behind is what was denied.
        let side = grammar::subject_behind(page, n);
        let says = side != Some(false) || verb.lemma == "say";
        if says && (own.is_none() || ends || side == Some(true)) {
            cue.subject = Some(behind);
            cue.inverted = true;
            return Some(cue);
        }
    }
    if start > lo && pronoun_inside(page, start - 1) {
        cue.subject = Some(start - 1..start);
        return Some(cue);
    }
    let own = subject::before(page, lo, start);
    cue.relative = own.as_ref().is_some_and(|s| page.lower(s.start) == "who");
    // "The row over who paid": a question, not a clause about somebody.
    let asked = |s: &Range<usize>| s.start > lo && page.is(s.start - 1, Class::Preposition);
    if cue.relative && own.as_ref().is_some_and(asked) {
        return None;
    }
    cue.subject = own.map(|s| relative(page, lo, s));
    if cue.subject.is_none()
        && let Some(found) = grammar::subject(page, n, line)
    {
        cue.inverted = found.tokens.start > n;
        cue.relative = found.relative;
        cue.subject = Some(found.tokens);
    }
    let subject = cue.subject.clone()?;
    cue.thing |= verb.takes.shown && speech::is_document(page.lower(head(page, &subject)));
    speaks(page, &subject, line, n, form).then_some(cue)
}

/// "Two streets told to boil water", "residents urged to stay": verbs that need somebody they are said to are passive without.
fn told_passively(page: &Page<'_>, verb: &SpeechVerb, form: Form, start: usize, n: usize) -> bool {
    let needs = matches!(verb.lemma, "tell" | "urge" | "advise" | "remind" | "instruct" | "inform" | "assure");
    let next = page.lower(n + 1);
    needs && start == n && matches!(form, Form::Past | Form::Participle) && matches!(next, "to" | "by")
}

/// "Losses reported by farmers", "Reports of looting": the plural of a noun, not a verb.
fn names_things(page: &Page<'_>, lo: usize, n: usize, form: Form) -> bool {
    let is_noun = matches!(
        page.lower(n),
        "claims"
            | "reports"
            | "demands"
            | "calls"
            | "orders"
            | "estimates"
            | "promises"
            | "proposals"
            | "comments"
            | "notes"
            | "requests"
            | "complaints"
            | "warnings"
            | "charges"
            | "remarks"
            | "pledges"
            | "predictions"
            | "forecasts"
            | "threats"
            | "questions"
    );
    let next = page.lower(n + 1);
    let participle = next.ends_with("ed") && next.len() > 4 || matches!(next, "made" | "filed" | "brought" | "put");
    // A subject with an article before it speaks: "the union claims stated targets"; a bare word before it is a part of the name.
    let bare = n == lo + 1;
    let by = (n + 2 < page.words.tokens.len()) && page.is(n + 2, Class::Preposition);
    form == Form::Third && is_noun && bare && (participle && by || matches!(next, "of" | "from" | "against" | "by"))
}

/// "called it off", "called the march off".
fn calls_off(page: &Page<'_>, at: usize, end: usize) -> bool {
    (at..end.min(at + 6))
        .take_while(|&n| !matches!(page.tag(n), Tag::Comma | Tag::Stop | Tag::Quote | Tag::Colon))
        .any(|n| page.lower(n) == "off")
}

/// Says whether a token is a day, a part of it or a longer unit.
fn part_of_time(page: &Page<'_>, n: usize) -> bool {
    page.is(n, Class::Time)
        || matches!(
            page.lower(n),
            "morning"
                | "afternoon"
                | "evening"
                | "night"
                | "week"
                | "weekend"
                | "month"
                | "year"
                | "spring"
                | "summer"
                | "autumn"
                | "winter"
        )
}

/// Says whether a particle makes another verb of it: "called off", "backed down".
fn off(verb: &SpeechVerb, next: &str) -> bool {
    let particle = matches!(next, "off" | "up" | "down" | "away" | "back" | "around" | "in" | "out");
    let listed = verb.behind.contains(&next);
    particle
        && !listed
        && (verb.takes.naming || matches!(verb.lemma, "think" | "hold" | "see" | "find") && next != "in")
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

/// Returns the noun of a phrase: the last word before its first preposition.
fn head(page: &Page<'_>, phrase: &Range<usize>) -> usize {
    let cut = (phrase.start + 1..phrase.end).find(|&n| page.is(n, Class::Preposition) || page.tag(n) == Tag::Comma);
    cut.unwrap_or(phrase.end) - 1
}

/// Says whether a phrase can be somebody who speaks here.
fn speaks(page: &Page<'_>, subject: &Range<usize>, line: &Range<usize>, verb: usize, form: Form) -> bool {
    let last = subject.end - 1;
    let first = page.lower(subject.start);
    if subject.len() == 1
        && matches!(first, "it" | "this" | "that" | "which" | "there" | "what" | "you" | "these" | "those")
    {
        return first == "it";
    }
    // "If Lund says …" says nothing.
    let unless =
        subject.start > line.start && matches!(page.lower(subject.start - 1), "if" | "unless" | "whether" | "once");
    if unless {
        return false;
    }
    match form {
        Form::Base if page.word(verb).is_some_and(|w| w.xpos == Xpos::Vbp) => true,
        Form::Base => {
            // "Two owners of boats, however, say": the noun, not the aside behind it.
            let word = page.lower(head(page, subject));
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
        // "the written guarantees"
        Form::Third => !matches!(speech::verb(page.lower(last)), Some((_, Form::Participle | Form::Ing))),
        _ => true,
    }
}

/// Says whether a pronoun and an auxiliary are written as one: "he's", "they’ve".
fn pronoun_inside(page: &Page<'_>, n: usize) -> bool {
    let word = page.lower(n);
    let joined = word.contains(['\'', '’']) && !word.contains("n't") && !word.contains("n’t");
    joined && word.len() > 3 && page.is(n, Class::Auxiliary) && !word.starts_with("there") && !word.starts_with("that")
}

/// Goes back over auxiliaries and adverbs; none if the verb is denied or only possible, or passive.
fn group_start(page: &Page<'_>, lo: usize, n: usize) -> Option<usize> {
    let mut start = leads_on(page, lo, n);
    while start > lo {
        let word = page.lower(start - 1);
        match page.tag(start - 1) {
            Tag::Class(Class::Auxiliary) if pronoun_inside(page, start - 1) => {
                let would = word.ends_with('d') || word.ends_with("ll");
                let passive = word.ends_with("re") || word.ends_with('m');
                return (!would && (!passive || page.lower(n).ends_with("ing"))).then_some(start);
            }
            Tag::Class(Class::Adverb) if matches!(word, "not" | "never") => return None,
            Tag::Class(Class::Adverb) => {}
            Tag::Word if page.word(start - 1).is_some_and(|w| w.upos == Upos::Adv) => {}
            Tag::Class(Class::Auxiliary) => {
                let denied = word.contains("n't") || word.contains("n’t") || word == "cannot";
                let possible = matches!(
                    word,
                    "may" | "might" | "can" | "could" | "should" | "must" | "would" | "ought" | "shall" | "will"
                );
                if denied || possible {
                    return None;
                }
                let being = matches!(word, "s" | "is" | "are" | "was" | "were" | "be" | "been" | "being" | "am");
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

/// Goes back over "went on to" and "continued to".
fn leads_on(page: &Page<'_>, lo: usize, n: usize) -> usize {
    if n < lo + 2 || page.lower(n - 1) != "to" {
        return n;
    }
    let on = page.lower(n - 2);
    if on == "on" && n >= lo + 3 && matches!(page.lower(n - 3), "went" | "goes" | "going" | "go") {
        return n - 3;
    }
    let quick = matches!(on, "quick" | "keen" | "careful") && n >= lo + 3 && page.is(n - 3, Class::Auxiliary);
    if quick || matches!(on, "continued" | "continues" | "began" | "used") { n - 2 } else { n }
}

/// Says whether the word is used as a verb here: "the report" and "proposed law" are not.
fn reads_as_verb(page: &Page<'_>, lo: usize, start: usize, n: usize, form: Form) -> bool {
    if start == lo && start == n || page.is(start, Class::Verb) && start < n {
        return true;
    }
    let before = start.checked_sub(1).filter(|&b| b >= lo);
    let Some(before) = before else { return true };
    match page.tag(before) {
        Tag::Class(Class::Determiner | Class::Possessive) | Tag::Genitive => {
            // "Most said": they stand for people.
            let stands =
                matches!(page.lower(before), "all" | "both" | "some" | "many" | "most" | "several" | "few" | "another");
            stands && (form == Form::Base || form == Form::Past && page.verbish(n))
        }
        Tag::Class(Class::Preposition) => {
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
            let end = grammar::source_end(page, n + 2, source_end(page, n + 2, line.end), line.end);
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

/// Goes on to the mark or verb that ends a named source; a relative clause belongs to it.
fn source_end(page: &Page<'_>, at: usize, hi: usize) -> usize {
    let mut relative = false;
    (at..hi)
        .find(|&n| {
            relative |= matches!(page.lower(n), "who" | "that" | "which" | "whose");
            let mark =
                matches!(page.tag(n), Tag::Comma | Tag::Semicolon | Tag::Colon | Tag::Dash | Tag::Quote | Tag::Stop);
            let verb = n > at && page.is(n, Class::Auxiliary) && !relative;
            mark || verb || matches!(page.lower(n), "while" | "whereas" | "but" | "because")
        })
        .unwrap_or(hi)
}
