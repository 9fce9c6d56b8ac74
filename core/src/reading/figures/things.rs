//! What a number counts: the noun phrase behind it, what is told of it, and the head that joins figures of one quantity.

use super::amount::Style;
use super::line::{Glue, Kind, Line};
use super::measure::{Quantity, per_at};
use super::states::{ends_clause, matched, right_behind, state_at, state_before, state_behind, state_of_noun, told_of};
use crate::lang::en::numbers::{
    State, UnitKind, ends_phrase, fraction_word, in_scope, person, same_thing, singular, tolls, unit,
};
use crate::reading::syntax::{Node, Number, Relation, Upos, Xpos};

/// A noun phrase: atoms `from..to`, and its head.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) head: usize,
}

/// What is counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Thing {
    /// The atoms of the thing as printed.
    pub(super) what: Option<(usize, usize)>,
    /// The head noun, singular, lower case.
    pub(super) noun: Option<String>,
    /// Whether it is people.
    pub(super) people: bool,
    /// The thing in dictionary forms.
    pub(super) words: Option<String>,
    /// The head, normalised.
    pub(super) head: Option<String>,
    /// "day" in "three people a day", where it stands behind the thing.
    pub(super) per: Option<String>,
    /// The atom behind all that was read.
    pub(super) to: usize,
}

/// Reads the noun phrase that begins at an atom, as the tree has it. `single`: the number is one, so that a singular will do.
pub(super) fn noun_phrase(line: &Line, at: usize, single: bool) -> Option<Phrase> {
    let first = line.node(at).filter(|_| line.is_word(at) && line.glue(at) != Glue::Tight)?;
    let nodes = &line.syntax.nodes;
    let describes = matches!(nodes[first].relation, Relation::Amod | Relation::Compound);
    if ends_phrase(line.lower(at)) && line.lower(at) != "others" && !describes {
        return None;
    }
    let top = joined_head(line, leads_to(line, first));
    let node = &nodes[top];
    let noun = matches!(node.upos, Upos::Noun | Upos::Propn) || nationality(line, line.atom(top)?);
    let head = line.atom(top).filter(|head| noun && *head < at + 9)?;
    let lower = line.lower(head);
    // In a headline "ILL" and "Missing" pass for nouns.
    if singular(lower).is_none() && state_at(line, head).is_some() {
        return None;
    }
    // "a 12-page letter", "0.5 WAR"; else a singular behind a number is a verb or another matter: "the twelve return".
    let counted = line.syntax.children(top).any(|n| n < first && nodes[n].relation == Relation::Nummod);
    let letters = line.print(head).len() < 5 && line.print(head).bytes().all(|b| b.is_ascii_uppercase());
    let part = node.relation == Relation::Compound || line.glue(at) == Glue::Hyphen || letters;
    let tagged = node.xpos == Xpos::Nns && !lower.ends_with("ss");
    let many = tagged || singular(lower).is_some() || person(lower).is_some() || nationality(line, head);
    let lasts = unit(lower).is_some_and(|u| u.kind == UnitKind::Time);
    // "52 last year" are no years.
    let apart = lasts && !many && head > at;
    (!apart && (single || many || (counted && part))).then_some(Phrase { from: at, to: head + 1, head })
}

/// The noun that a word stands before as its article, adjective or first part; a noun that is counted itself, "page" in
/// "a 12-page letter", is its own.
fn leads_to(line: &Line, first: usize) -> usize {
    use Relation::{Advmod, Amod, Compound, Det, Flat, NmodDesc, NmodPoss, NmodUnmarked, Nummod};
    let nodes = &line.syntax.nodes;
    let mut n = first;
    for _ in 0..8 {
        let leads = matches!(
            nodes[n].relation,
            Amod | Compound | Nummod | NmodPoss | NmodUnmarked | NmodDesc | Flat | Advmod | Det
        );
        let starts = line.atom(n).and_then(|at| line.node(at)) == Some(n);
        let measured = starts
            && nodes[n].upos == Upos::Noun
            && line.syntax.children(n).any(|c| c < first && nodes[c].relation == Nummod);
        // The tree often hangs the number on the first part of a compound: "7,000 aid trucks".
        let own = |h: usize| measured && nodes[h].xpos.number() != Some(Number::Plural);
        match nodes[n].head.map(|h| h as usize).filter(|&h| leads && h > n && !own(h)) {
            Some(head) => n = head,
            None => break,
        }
    }
    n
}

/// "Asian and African elephants": where names are joined, the noun behind the last is that of all. "Twelve striking
/// workers", where the tree takes the participle for the verb: its object.
fn joined_head(line: &Line, head: usize) -> usize {
    let nodes = &line.syntax.nodes;
    let plural = |n: usize| nodes[n].xpos.number() == Some(Number::Plural);
    if nodes[head].xpos == Xpos::Vbg {
        let object = line.syntax.child(head, Relation::Obj);
        return object.filter(|&n| n > head && n < head + 4 && plural(n)).unwrap_or(head);
    }
    let named = matches!(nodes[head].upos, Upos::Propn | Upos::Adj) && !plural(head);
    let joined = nodes.get(head + 1).is_some_and(|n| n.upos == Upos::Cconj);
    let names = (head + 2..(head + 6).min(nodes.len())).find(|&n| !matches!(nodes[n].upos, Upos::Propn | Upos::Adj));
    let last = names.filter(|&n| n > head + 2 && nodes[n].upos == Upos::Noun && plural(n));
    last.filter(|_| named && joined).unwrap_or(head)
}

/// The words of a phrase in dictionary forms, without articles, numbers and joining words: `first-team player`.
fn in_dictionary_forms(line: &Line, phrase: Phrase) -> String {
    let mut words = String::new();
    for at in phrase.from..phrase.to {
        let Some(node) = line.node(at).filter(|_| line.atoms[at].kind != Kind::Mark) else { continue };
        let Node { span, upos, .. } = line.syntax.nodes[node];
        let number = at == phrase.from && upos == Upos::Num && line.glue(at + 1) != Glue::Hyphen;
        let small =
            matches!(upos, Upos::Det | Upos::Pron | Upos::Adp | Upos::Cconj | Upos::Adv | Upos::Punct | Upos::Part);
        if number || (small && line.glue(at) != Glue::Hyphen) {
            continue;
        }
        let whole = span == line.atoms[at].span && matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj);
        let form = if whole { line.syntax.lemma(line.text, node).to_lowercase() } else { line.lower(at).to_owned() };
        if !words.is_empty() {
            words.push(if line.glue(at) == Glue::Hyphen { '-' } else { ' ' });
        }
        words.push_str(&form);
    }
    words
}

/// "Israelis", "Chinese": capitalised, in mid-sentence or behind a number.
fn nationality(line: &Line, at: usize) -> bool {
    let lower = line.lower(at);
    let ends = lower.ends_with("is") || (lower.ends_with("ese") && !line.is_word(at + 1));
    line.capital(at) && lower.len() > 5 && ends
}

/// What a count named further before is of: "the number of voters on Sunday at 900", "the toll reached two".
struct Toll {
    state: Option<State>,
    noun: Option<String>,
    what: (usize, usize),
}

/// Words between "number of" and the word that says what became of those it counts.
const PHRASE: usize = 6;

fn is_number_of(line: &Line, at: usize) -> bool {
    matches!(line.lower(at), "number" | "numbers" | "count" | "tally") && line.lower(at + 1) == "of"
}

fn number_of(line: &Line, at: usize, before: usize) -> Option<Toll> {
    let from = at + 2 + usize::from(matches!(line.lower(at + 2), "the" | "its" | "their"));
    let state = matched(line, from, tolls(line.lower(from))).or_else(|| state_at(line, from));
    if let Some((state, to)) = state {
        return Some(Toll { state: Some(state), noun: None, what: (at, to) });
    }
    let phrase = noun_phrase(line, from, false)?;
    let told = state_behind(line, phrase.to, false);
    let to = told.map_or(phrase.to, |(_, _, to)| to).min(before);
    Some(Toll { state: told.map(|(s, ..)| s), noun: singular(line.lower(phrase.head)), what: (at, to) })
}

fn toll(line: &Line, before: usize) -> Option<Toll> {
    let link = before.checked_sub(1).map_or("", |n| line.lower(n));
    let linked = link == ":" || in_scope("toll-link", link);
    if !linked {
        return None;
    }
    let least = before.saturating_sub(16);
    for at in (least..before.saturating_sub(1)).rev() {
        let stop = matches!(line.print(at), ";" | "." | "”" | "“" | "\"" | "(" | ")") || line.lower(at) == "while";
        if stop {
            return None;
        }
        if is_number_of(line, at) {
            return number_of(line, at, before);
        }
        if let Some((state, to)) = matched(line, at, tolls(line.lower(at))).filter(|&(_, to)| to < before) {
            // "the number of people taken ill": the word is part of a phrase that says whom it counts.
            let whole = (at.saturating_sub(PHRASE).max(least)..at).rev().find(|&n| is_number_of(line, n));
            let whole = whole.and_then(|n| number_of(line, n, before)).filter(|toll| toll.what.1 >= to);
            return Some(whole.unwrap_or(Toll { state: Some(state), noun: None, what: (at, to) }));
        }
    }
    None
}

/// Says what a quantity counts.
pub(super) fn thing(line: &Line, q: &Quantity) -> Thing {
    if q.unit.is_some_and(|u| matches!(u.kind, UnitKind::Money | UnitKind::Share)) || q.amount.style == Style::Part {
        return share_or_money(line, q);
    }
    if q.unit.is_some() {
        return measured(line, q);
    }
    counted(line, q)
}

/// Skips "of the", "of its"; the atom behind, and whether a pronoun stands there.
fn of_whom(line: &Line, at: usize) -> Option<(usize, bool)> {
    if line.lower(at) != "of" {
        return None;
    }
    let mut next = at + 1;
    while matches!(
        line.lower(next),
        "the" | "its" | "his" | "her" | "their" | "our" | "all" | "these" | "those" | "my" | "your"
    ) {
        next += 1;
    }
    // "Three of 20 samples": what is counted are samples.
    if matches!(line.atoms.get(next).map(|a| a.kind), Some(Kind::Digits(_))) && line.is_word(next + 1) {
        next += 1;
    }
    let pronoun = matches!(line.lower(next), "them" | "us" | "you" | "whom" | "which" | "");
    Some((next, pronoun))
}

fn counted(line: &Line, q: &Quantity) -> Thing {
    let single = q.amount.high < 1.5;
    let of = of_whom(line, q.to);
    let pronoun = of.is_some_and(|(_, p)| p);
    let start = of.map_or(q.to, |(next, _)| next);
    let phrase = if pronoun { None } else { noun_phrase(line, start, single) };
    let (noun, to) = match phrase {
        Some(p) => (Some(noun_of(line, p.head)), p.to),
        None => (None, start + usize::from(pronoun)),
    };
    let inside = phrase.and_then(|p| (p.from..p.head).find_map(|n| state_at(line, n).map(|(s, _)| s)));
    let as_noun = phrase.and_then(|p| matched(line, p.head, tolls(line.lower(p.head))).map(|(s, _)| s));
    let by_tree = phrase.and_then(|p| state_of_noun(line, p.head));
    let near = state_behind(line, to, phrase.is_none());
    let near = near.filter(|&(_, from, to)| {
        phrase.is_none_or(|p| right_behind(line, p.to, from) || told_of(line, p.head, from, to))
    });
    let behind = by_tree.or(near);
    let toll = toll(line, q.from).filter(|_| !pronoun);
    let before = state_before(line, q.from);
    let state = as_noun.or(behind.map(|(s, ..)| s)).or(inside).or(before).or(toll.as_ref().and_then(|t| t.state));
    const OF_PEOPLE: [&str; 8] =
        ["killed", "injured", "missing", "striking", "abducted", "evacuated", "displaced", "protesting"];
    let of_people = as_noun.is_some_and(|s| OF_PEOPLE.contains(&s.name));
    let noun = if of_people { Some("people".to_owned()) } else { noun };
    let noun = noun.or_else(|| toll.as_ref().filter(|_| q.unit.is_none()).and_then(|t| t.noun.clone()));
    // "Four of eight victims", "two of the men"; "dozens of men" and "700 of its members" are all there are.
    let all = q.amount.style == Style::Vague || matches!(line.lower(q.to + 1), "its" | "his" | "her" | "their" | "our");
    let subset = pronoun || (of.is_some() && (single || !all));
    let what = what_of(line, phrase, behind, toll.as_ref());
    if noun.is_none() && state.is_none() {
        return Thing { to, ..Thing::default() };
    }
    let verb = if behind.is_none() { predicate(line, to) } else { None };
    let told = behind.map_or(to, |(_, _, end)| end);
    // "15 straight days" are a length of time.
    let words = phrase.filter(|p| measure_name(line.lower(p.head)).is_none()).map(|p| in_dictionary_forms(line, p));
    let rate = phrase.filter(|_| q.per.is_none()).and_then(|p| per_at(line, p.to));
    let per = rate.map(|(per, _)| per);
    let mut thing = name_thing(q, noun, state, verb, subset, what, told);
    if let (Some(head), Some(per)) = (&mut thing.head, &per) {
        head.push_str(&format!(" per {per}"));
    }
    Thing { words: words.filter(|w| !w.is_empty()), per, ..thing }
}

/// Builds the thing with its head.
fn name_thing(
    q: &Quantity,
    noun: Option<String>,
    state: Option<State>,
    verb: Option<&str>,
    subset: bool,
    what: Option<(usize, usize)>,
    to: usize,
) -> Thing {
    let noun = noun.unwrap_or_else(|| "people".to_owned());
    let general = person(&noun);
    let striking = state.is_some_and(|s| matches!(s.name, "striking" | "dismissed"));
    let key = match general {
        Some(true) => "people",
        Some(false) if striking => "people",
        _ => same_thing(&noun),
    };
    let mut head = String::from(match (subset, q.more) {
        (true, _) => "of/",
        (false, true) => "more/",
        _ => "",
    });
    head.push_str(key);
    if let Some(state) = state {
        head.push('/');
        head.push_str(state.name);
    }
    if let Some(verb) = verb {
        head.push('+');
        head.push_str(verb);
    }
    if let Some(per) = &q.per {
        head.push_str(" per ");
        head.push_str(per);
    }
    Thing { what, people: general.is_some(), words: None, per: None, noun: Some(noun), head: Some(head), to }
}

/// The name of a unit that a noun is.
fn measure_name(lower: &str) -> Option<&'static str> {
    unit(lower).filter(|u| u.kind != UnitKind::Money).map(|u| u.name)
}

fn noun_of(line: &Line, at: usize) -> String {
    let lower = line.lower(at);
    if nationality(line, at) || (line.capital(at) && (lower.ends_with("ans") || lower.ends_with("ians"))) {
        return "people".to_owned();
    }
    singular(lower).unwrap_or_else(|| lower.to_owned())
}

/// The atoms of the thing as printed: the noun phrase, extended to the state that follows it.
fn what_of(
    line: &Line,
    phrase: Option<Phrase>,
    behind: Option<(State, usize, usize)>,
    toll: Option<&Toll>,
) -> Option<(usize, usize)> {
    match (phrase, behind) {
        // "Twelve people, three of them children, were killed": no one stretch.
        (Some(p), Some((_, at, _))) if (p.to..at).any(|n| ends_clause(line, n)) => Some((p.from, p.to)),
        (Some(p), Some((_, _, end))) => Some((p.from, complement(line, end))),
        (None, Some((_, at, end))) => Some((at, complement(line, end))),
        (Some(p), None) => Some((p.from, of_phrase(line, p.to))),
        (None, None) => toll.map(|t| t.what),
    }
}

/// Takes "outside the harbour" along behind a state: one preposition and its noun, up to a time or the clause's end.
fn complement(line: &Line, at: usize) -> usize {
    let place =
        matches!(line.lower(at), "outside" | "off" | "inside" | "near" | "for" | "of" | "with" | "without" | "from");
    if !place {
        return at;
    }
    if matches!(line.lower(at + 1), "it" | "them" | "him" | "her" | "us") {
        return at;
    }
    let mut to = at + 1;
    while to < at + 5 && line.is_word(to) && !ends_clause(line, to) {
        if to > at + 1 && ends_phrase(line.lower(to)) && !matches!(line.lower(to), "the" | "their" | "its" | "a") {
            break;
        }
        to += 1;
    }
    if to == at + 1 { at } else { to }
}

/// Takes "of parliament" along behind a noun.
fn of_phrase(line: &Line, at: usize) -> usize {
    if line.lower(at) != "of" {
        return at;
    }
    let from = at + 1 + usize::from(matches!(line.lower(at + 1), "the" | "a" | "its" | "their"));
    let mut to = from;
    while to < from + 3 && line.is_word(to) && !ends_phrase(line.lower(to)) {
        to += 1;
    }
    if to == from { at } else { to }
}

/// The verb told of a thing, where it is neither a state nor a bare "is": it parts "70 bakers sang" from all bakers.
fn predicate<'a>(line: &Line<'a>, at: usize) -> Option<&'a str> {
    let mut at = at;
    while at < line.len() {
        let lower = line.lower(at);
        let passes = lower.ends_with("ly")
            || matches!(
                lower,
                "who"
                    | "that"
                    | "which"
                    | "have"
                    | "has"
                    | "had"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "be"
                    | "been"
                    | "being"
                    | "also"
                    | "still"
                    | "already"
                    | "now"
                    | "will"
                    | "would"
                    | "could"
                    | "can"
                    | "may"
                    | "might"
                    | "should"
                    | "must"
                    | "to"
                    | "not"
                    | "all"
                    | "then"
            );
        if !passes {
            break;
        }
        at += 1;
    }
    let lower = line.lower(at);
    (line.is_word(at) && !in_scope("no-predicate", lower) && !line.capital(at)).then_some(lower)
}

/// A length, a weight, an area: what it is of.
fn measured(line: &Line, q: &Quantity) -> Thing {
    let single = true;
    let of = of_whom(line, q.to).filter(|&(_, p)| !p);
    let phrase = match of {
        Some((next, _)) => noun_phrase(line, next, single),
        None if q.attributive => noun_phrase(line, q.to, single),
        None => None,
    };
    let adjective = ["long", "tall", "high", "wide", "deep", "thick", "away"].contains(&line.lower(q.to));
    let what = phrase.map(|p| (p.from, p.to)).or(adjective.then_some((q.to, q.to + 1)));
    let noun = phrase.map(|p| noun_of(line, p.head));
    let name = q.unit.map_or("", |u| u.name);
    let head = noun.as_deref().map(|n| format!("{name} of {}", same_thing(n)));
    let per = if q.per.is_none() { phrase.and_then(|p| per_at(line, p.to)).map(|(per, _)| per) } else { None };
    Thing { what, noun, words: None, per, people: false, head, to: phrase.map_or(q.to, |p| p.to) }
}

/// Money and shares: what is offered, claimed, demanded; the share of what.
fn share_or_money(line: &Line, q: &Quantity) -> Thing {
    let name = q.unit.map_or("share", |u| u.name);
    let of = of_whom(line, q.to).filter(|&(_, p)| !p);
    if let Some(phrase) = of.and_then(|(next, _)| noun_phrase(line, next, true)) {
        let noun = noun_of(line, phrase.head);
        let behind = state_behind(line, phrase.to, false);
        let told = match behind {
            Some((state, ..)) => format!("/{}", state.name),
            None => predicate(line, phrase.to).map_or(String::new(), |v| format!("+{v}")),
        };
        let what = what_of(line, Some(phrase), behind, None);
        let head = format!("{name} of {}{told}", same_thing(&noun));
        return Thing {
            what,
            people: false,
            words: None,
            per: None,
            noun: Some(noun),
            head: Some(head),
            to: phrase.to,
        };
    }
    let topic = state_before(line, q.from).map(|s| s.name.to_owned()).or_else(|| topic(line, q.from));
    let unit_words = (q.amount.to < q.unit_to).then_some((q.amount.to, q.unit_to));
    let per = q.per.as_ref().map_or(String::new(), |p| format!(" per {p}"));
    let head = topic.map(|t| format!("{name}/{t}{per}"));
    Thing { what: unit_words, noun: None, words: None, per: None, people: false, head, to: q.to }
}

/// The noun that a sum is of: "a cut of 7 percent", "debts had grown to 3 million crowns".
fn topic(line: &Line, before: usize) -> Option<String> {
    let link = line.lower(before.checked_sub(1)?);
    if link == "of" {
        let noun = line.lower(before.checked_sub(2)?);
        let usable = line.is_word(before - 2) && !ends_phrase(noun) && fraction_word(noun).is_none();
        return usable.then(|| singular(noun).unwrap_or_else(|| noun.to_owned()));
    }
    let verbs = [
        "reached",
        "totalled",
        "totaled",
        "passed",
        "exceeded",
        "topped",
        "hit",
        "stood",
        "stands",
        "at",
        "surpassed",
        "be",
        "is",
        "was",
    ];
    let verb = (before.saturating_sub(2)..before).find(|&n| verbs.contains(&line.lower(n)))?;
    let start = (before.saturating_sub(30)..verb)
        .rev()
        .find(|&n| {
            matches!(line.print(n), ";" | "." | "“" | "”" | "\"" | ":")
                || matches!(line.lower(n), "that" | "but" | "while")
        })
        .map_or(before.saturating_sub(30), |n| n + 1);
    let first = (start..verb)
        .find(|&n| !matches!(line.lower(n), "the" | "a" | "an" | "its" | "their" | "his" | "her" | "this" | "and"))?;
    let phrase = noun_phrase(line, first, true)?;
    (phrase.to <= verb && line.is_word(phrase.head)).then(|| noun_of(line, phrase.head))
}
