//! Which time a clause is told of.

use super::{TimeExpression, TimeType};
use crate::reading::words::Words;
use crate::text::Span;

/// Returns the time that belongs to what a trigger names: a date or time of its own sentence, the one that attaches
/// best. "met on Thursday" beats "who was arrested on Monday met".
///
/// `times` in text order; `sentence` is the trigger's. Only times with days (`when`) are given.
pub fn of_clause<'a>(
    times: &'a [TimeExpression],
    words: &Words,
    sentence: usize,
    trigger: Span,
) -> Option<&'a TimeExpression> {
    let whole = words.sentences.get(sentence)?.span;
    let from = times.partition_point(|t| t.span.start() < whole.start());
    let inside = times[from..].iter().take_while(|t| t.span.end() <= whole.end());
    let dated = inside.filter(|t| matches!(t.kind, TimeType::Date | TimeType::Time) && t.when.is_some());
    let best = dated.map(|t| (cost(words, trigger, t.span), t)).min_by_key(|(cost, _)| *cost)?;
    (best.0 < FAR).then_some(best.1)
}

/// Beyond this a time belongs to another clause.
const FAR: u32 = 40;

/// How badly a time attaches to a trigger: tokens between them, more for what parts clauses.
fn cost(words: &Words, trigger: Span, time: Span) -> u32 {
    if time.overlaps(trigger) {
        return 0;
    }
    let behind = time.start() >= trigger.end();
    let (from, to) = if behind { (trigger.end(), time.start()) } else { (time.end(), trigger.start()) };
    let between = words.inside(trigger.cover(time)).filter(|&n| {
        let s = words.tokens[n].span;
        s.start() >= from && s.end() <= to
    });
    let mut cost = if behind { 0 } else { 2 };
    for n in between {
        cost += match words.lower(n) {
            "," | "(" | ")" => 3,
            ";" | ":" | "—" | "–" | "--" => 15,
            "“" | "”" | "\"" => 8,
            "said" | "says" | "told" | "announced" | "added" | "according" | "reported" => 12,
            "who" | "which" | "whose" | "when" | "while" | "after" | "before" | "but" | "because" | "since"
            | "until" | "although" => 10,
            "that" | "and" | "as" => 5,
            "will" | "would" | "was" | "were" | "had" | "has" | "have" | "is" | "are" => 3,
            "on" | "at" | "in" | "for" | "of" | "the" | "a" | "an" | "early" | "late" => 0,
            word if word.len() > 4 && word.ends_with("ed") => 4,
            _ => 1,
        };
    }
    cost
}
