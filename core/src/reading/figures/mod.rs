//! Numbers that count or measure something: value, range, modifier, unit, thing counted, as-of date and source.
//!
//! A sentence is cut into atoms (`line`); a number is read with what stands around it (`amount`, `measure`), refused if it
//! counts nothing (`refuse`), and joined with the thing counted (`things`), its day (`days`) and its source (`sources`).

mod amount;
mod clauses;
mod context;
mod days;
mod line;
mod measure;
mod refuse;
mod sources;
mod states;
mod things;

use self::amount::Style;
use self::context::Context;
use self::line::Line;
use self::measure::Quantity;
use self::things::Thing;
use super::dates::TimeExpression;
use super::names::Names;
use super::quotes::Statement;
use super::syntax::{Relation, Syntax};
use super::words::{Sentence, Words};
use super::{Attributed, Voice};
use crate::lang::en::numbers;
use crate::text::{PartKind, Span, Text};
use crate::when::When;
use serde::{Deserialize, Serialize};

/// How exact a figure claims to be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Modifier {
    /// As printed.
    Exactly,
    /// About, some, around, or so.
    About,
    /// More than, over.
    MoreThan,
    /// At least.
    AtLeast,
    /// Nearly, almost.
    Nearly,
    /// Less than, under, fewer than.
    LessThan,
    /// Up to, as many as, at most.
    UpTo,
}

impl Modifier {
    /// Returns the name in the public record.
    pub fn name(self) -> &'static str {
        match self {
            Modifier::Exactly => "exactly",
            Modifier::About => "about",
            Modifier::MoreThan => "more_than",
            Modifier::AtLeast => "at_least",
            Modifier::Nearly => "nearly",
            Modifier::LessThan => "less_than",
            Modifier::UpTo => "up_to",
        }
    }
}

/// A figure.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// The number with its modifier and unit: "more than 2.3 million".
    pub span: Span,
    /// The number; for a range its middle, for "dozens" its lower bound.
    pub value: f64,
    /// The least it may be.
    pub low: f64,
    /// The most it may be.
    pub high: f64,
    /// How exact it claims to be.
    pub modifier: Modifier,
    /// What it is counted in: `people`, `USD`, `km`, `percentage`; the singular head noun where no unit is known.
    pub unit: Option<String>,
    /// What it counts, where no unit is printed, in dictionary forms: `first-team player`, `fighter jet`.
    pub thing: Option<String>,
    /// The thing counted, as printed: "mountain villages", "barges were stuck below the lock".
    pub what: Option<Span>,
    /// The normalised head of what is counted, with the state that tells quantities apart: `ship/waiting`, `people/killed`.
    pub head: Option<String>,
    /// Where, if said.
    pub place: Option<Span>,
    /// The time it holds for.
    pub as_of: Option<When>,
    /// Whom it rests on.
    pub according_to: Option<Attributed>,
    /// Whose words it stands in.
    pub voice: Voice,
    /// The sentence: the passage to show.
    pub passage: Span,
}

impl Figure {
    /// Returns the unit in words, `dollar per barrel`, or what is counted, `first-team player`.
    pub fn unit_in_words(&self) -> Option<String> {
        self.thing.clone().or_else(|| self.unit.as_deref().map(numbers::unit_in_words))
    }

    /// Says whether it is a length of time or an age.
    pub fn is_time(&self) -> bool {
        self.unit.as_deref().is_some_and(numbers::is_time)
    }
}

/// Finds the figures of all parts that are read, in text order.
///
/// Lengths of time and ages are found too, with units such as `year` and `year of age`; they are measures, not news, and the
/// record leaves them out ([`Figure::is_time`]).
pub fn find(
    text: &Text,
    words: &Words,
    syntax: &Syntax,
    names: &Names,
    times: &[TimeExpression],
    statements: &[Statement],
    published: Option<&When>,
) -> Vec<Figure> {
    let context = Context::new(names, times, statements, published);
    let mut figures: Vec<Figure> = Vec::new();
    for (number, sentence) in words.sentences.iter().enumerate() {
        if !sentence.part.is_read() || !line::has_number(words, sentence) {
            continue;
        }
        let line = Line::of(text, words, syntax, number);
        let mut at = 0;
        while at < line.len() {
            let Some(q) = measure::quantity(&line, at) else {
                at += 1;
                continue;
            };
            at = q.to.max(at + 1);
            if !refuse::refused(&line, &q, times, sentence.part) {
                figures.extend(figure(&line, &q, sentence, &context, figures.last()));
            }
        }
    }
    lend_to_headlines(text, &mut figures);
    figures
}

/// A headline's figure takes its day and source from the first figure of the body with the same head and value.
fn lend_to_headlines(text: &Text, figures: &mut [Figure]) {
    let Some(body) = text.parts().iter().find(|p| p.kind == PartKind::Body).map(|p| p.span.start()) else { return };
    let split = figures.partition_point(|f| f.span.start() < body);
    let (heads, rest) = figures.split_at_mut(split);
    for f in heads.iter_mut().take(12).filter(|f| f.head.is_some()) {
        let same = rest.iter().take(60).find(|g| g.head == f.head && g.value.total_cmp(&f.value).is_eq());
        if let Some(same) = same {
            f.as_of = f.as_of.take().or_else(|| same.as_of.clone());
            f.according_to = f.according_to.take().or_else(|| same.according_to.clone());
        }
    }
}

/// Builds a figure; none if nothing is counted and nothing before it lends its thing.
fn figure(line: &Line, q: &Quantity, sentence: &Sentence, context: &Context, last: Option<&Figure>) -> Option<Figure> {
    let span = line.cover(q.from, q.to)?;
    let thing = things::thing(line, q);
    let voice = context.voice(span);
    let mut figure = Figure {
        span,
        value: value(q),
        low: low(q),
        high: high(q),
        modifier: q.modifier,
        unit: unit(q, &thing),
        thing: thing.words.filter(|_| q.unit.is_none()).map(|words| with_rate(words, q, thing.per.as_deref())),
        what: thing.what.and_then(|(from, to)| line.cover(from, to)),
        place: context.place(line, q.from, thing.to.max(q.to)),
        as_of: context.as_of(line, q, thing.to.max(q.to), voice, sentence.part),
        according_to: context.according_to(line, q, voice),
        head: thing.head,
        voice,
        passage: sentence.span,
    };
    if figure.unit.is_none() && figure.what.is_none() && age(line, q) {
        figure.unit = Some("year of age".to_owned());
    } else if figure.what.is_none() || figure.head.is_none() {
        borrow(line, q, &mut figure, last);
    }
    if figure.what.is_none() && figure.unit.is_none() {
        share_thing(line, q, &mut figure, last);
    }
    let bare = figure.what.is_none() && figure.unit.is_none();
    let printed = q.from < q.number
        || q.amount.style == Style::Vague
        || (q.amount.low < q.amount.high && line.lower(q.number.wrapping_sub(1)) == "between")
        || (q.amount.style == Style::Digits && (q.amount.high >= 1000.0 || q.amount.high.fract() > 0.0));
    (!bare || printed).then_some(figure)
}

/// "Anna Lund, 41, said", "aged 41", "over the age of 21".
fn age(line: &Line, q: &Quantity) -> bool {
    let word = |back: usize| q.from.checked_sub(back).map_or("", |n| line.lower(n));
    let named = word(1) == "," && q.from >= 2 && line.capital(q.from - 2) && line.is_word(q.from - 2);
    let apposed = named && matches!(line.print(q.to), "," | ")" | ".") && q.amount.style == Style::Digits;
    let spread = q.amount.low < q.amount.high && (2..5).any(|back| matches!(word(back), "age" | "ages" | "aged"));
    let compared = (word(1) == "than" && matches!(word(2), "younger" | "older"))
        || (word(1) == "from" && matches!(word(2), "age" | "ages"));
    let told =
        spread || compared || matches!(word(1), "aged" | "age" | "ages") || (word(1) == "of" && word(2) == "age");
    (apposed || told || is_old(line, q)) && (1.0..=120.0).contains(&q.amount.high) && q.amount.high.fract() < 0.01
}

/// "Maria, who was 10", "he will be 35", "life expectancy is around 73": a person or an age is the number.
fn is_old(line: &Line, q: &Quantity) -> bool {
    let syntax = line.syntax;
    let Some(number) = line.node(q.amount.to.saturating_sub(1)) else { return false };
    let Some(subject) = syntax.child(number, Relation::Nsubj).filter(|_| syntax.child(number, Relation::Cop).is_some())
    else {
        return false;
    };
    let lemma = syntax.lemma(line.text, subject);
    let whole = q.amount.scale < 2.0 && q.amount.style != Style::Part && q.modifier != Modifier::AtLeast;
    whole && matches!(&*lemma.to_lowercase(), "he" | "she" | "who" | "age" | "expectancy")
}

/// "up from 30 in May", "against 44", "to 6.5 percent": the thing is that of the figure before.
fn borrow(line: &Line, q: &Quantity, figure: &mut Figure, last: Option<&Figure>) {
    let Some(last) = last.filter(|l| near(line, l.passage, figure.passage)) else { return };
    let before = q.from.checked_sub(1).map_or("", |n| line.lower(n));
    let links = matches!(before, "from" | "to" | "against" | "than" | "with" | "after" | "of" | "at");
    let of_things = last.unit.as_deref().is_some_and(|u| numbers::currency_name(u) || u.starts_with("percentage"));
    let counts = figure.unit.is_none() && figure.what.is_none() && !of_things;
    let same_unit = figure.unit.is_some() && figure.unit == last.unit && figure.head.is_none();
    if links && (counts || same_unit) && !last.is_time() {
        if figure.what.is_none() {
            figure.what = last.what;
        }
        figure.head.clone_from(&last.head);
        figure.unit.clone_from(&last.unit);
        figure.thing.clone_from(&last.thing);
    }
}

/// "435 homes by lot and 187 by tender": the number alone counts the same thing, but what is told of it is another matter.
fn share_thing(line: &Line, q: &Quantity, figure: &mut Figure, last: Option<&Figure>) {
    let Some(last) = last.filter(|l| l.passage == figure.passage && l.thing.is_some()) else { return };
    let joined = q.from.checked_sub(1).is_some_and(|n| matches!(line.lower(n), "and" | "or" | "but"));
    let told = matches!(line.lower(q.to), "by" | "in" | "from" | "at" | "for" | "on" | "with" | "to");
    if joined && told && q.amount.style != Style::Part {
        figure.unit.clone_from(&last.unit);
        figure.thing.clone_from(&last.thing);
    }
}

/// Says whether a passage is another one or follows it closely.
fn near(line: &Line, earlier: Span, later: Span) -> bool {
    let gap = later.start().saturating_sub(earlier.end());
    earlier == later
        || (gap <= 2 && !line.text.as_str()[earlier.end()..later.start().max(earlier.end())].contains('\n'))
}

fn value(q: &Quantity) -> f64 {
    match q.amount.style {
        Style::Vague => q.amount.low,
        _ if q.amount.low < q.amount.high => f64::midpoint(q.amount.low, q.amount.high),
        _ => q.amount.low,
    }
}

/// The least a figure may be. "About" is read as a tenth around. guess: settle by how far rounded figures of one day lie apart.
fn low(q: &Quantity) -> f64 {
    match q.modifier {
        _ if q.amount.style == Style::Vague => q.amount.low,
        Modifier::About | Modifier::Nearly => q.amount.low - q.amount.low.abs() * 0.1,
        Modifier::LessThan | Modifier::UpTo => q.amount.low.min(0.0),
        _ => q.amount.low,
    }
}

fn high(q: &Quantity) -> f64 {
    match q.modifier {
        _ if q.amount.style == Style::Vague => q.amount.high,
        Modifier::About => q.amount.high + q.amount.high.abs() * 0.1,
        Modifier::MoreThan | Modifier::AtLeast => f64::INFINITY,
        _ => q.amount.high,
    }
}

/// The unit in the record.
fn unit(q: &Quantity, thing: &Thing) -> Option<String> {
    let name = match q.unit {
        Some(unit) => unit.name.to_owned(),
        None if q.amount.style == Style::Part => return None,
        None if thing.people => "people".to_owned(),
        None => thing.noun.clone()?,
    };
    Some(with_rate(name, q, thing.per.as_deref()))
}

/// Adds "per day", printed behind the number or behind the thing.
fn with_rate(name: String, q: &Quantity, behind: Option<&str>) -> String {
    match q.per.as_deref().or(behind) {
        Some(per) => format!("{name} per {per}"),
        None => name,
    }
}
