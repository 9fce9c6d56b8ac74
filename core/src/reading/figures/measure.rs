//! Around the number: currency signs, units behind it, "a year", modifiers and ranges.

use super::Modifier;
use super::amount::{Amount, Style, amount};
use super::line::{Glue, Kind, Line};
use crate::lang::en::numbers::{Unit, UnitKind, currency, modifier_after, modifier_before, unit};

impl Unit {
    /// Says whether it measures time.
    pub(super) fn is_time(&self) -> bool {
        self.kind == UnitKind::Time
    }
}

/// A number with all that belongs to it but the thing counted.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    /// The first atom, modifier included.
    pub(super) from: usize,
    /// The first atom of the number itself, with its currency sign.
    pub(super) number: usize,
    /// The atom behind the number, its unit and the modifier behind it.
    pub(super) to: usize,
    /// The number.
    pub(super) amount: Amount,
    /// How exact it claims to be.
    pub(super) modifier: Modifier,
    /// The unit, if one is printed.
    pub(super) unit: Option<Unit>,
    /// "year" in "a year", "per year".
    pub(super) per: Option<String>,
    /// Whether the unit hangs on by a hyphen: "a six-mile trip".
    pub(super) attributive: bool,
    /// The atom behind the unit alone.
    pub(super) unit_to: usize,
    /// Whether it comes on top of others: "another 12", "three more".
    pub(super) more: bool,
}

/// Reads the quantity whose number or currency sign begins at an atom.
pub(super) fn quantity(line: &Line, at: usize) -> Option<Quantity> {
    let (sign, start) = currency_before(line, at).map_or((None, at), |(u, next)| (Some(u), next));
    let (negative, start) = match minus(line, start) {
        Some(next) => (true, next),
        None => (false, start),
    };
    let mut amount = amount(line, start, sign.is_some() || currency_behind(line, start))?;
    if negative {
        (amount.low, amount.high) = (-amount.high, -amount.low);
    }
    if let Some(to) = range_end(line, at, start, &mut amount) {
        amount.to = to;
    }
    let mut to = amount.to;
    let mut found = sign;
    let mut attributive = false;
    if let Some((unit, behind)) = unit_at(line, to) {
        let twice = sign.is_some() && unit.kind != UnitKind::Money;
        if !twice {
            attributive = line.glue(to) == Glue::Hyphen;
            found = found.or(Some(unit));
            to = behind;
            range_over_units(line, at, unit, &mut amount, &mut to);
        }
    }
    let unit_to = to;
    let per = found.and_then(|_| per_at(line, to));
    let per = per.map(|(name, behind)| {
        to = behind;
        name
    });
    let before = modifier_span(line, at);
    let behind = modifier_behind(line, to);
    let modifier = before.or(behind).map_or(default_modifier(&amount), |(m, _)| m);
    let from = before.map_or(at, |(_, from)| from);
    let to = behind.filter(|_| before.is_none()).map_or(to, |(_, end)| end);
    let more = found.is_none() && matches!(line.lower(to), "more" | "other" | "further" | "additional" | "extra");
    let to = to + usize::from(more);
    let more =
        more || (from..at).any(|n| matches!(line.lower(n), "another" | "further" | "additional" | "extra" | "other"));
    Some(Quantity { from, number: at, to, amount, modifier, unit: found, per, attributive, unit_to, more })
}

fn default_modifier(amount: &Amount) -> Modifier {
    if amount.style == Style::Vague { Modifier::AtLeast } else { Modifier::Exactly }
}

/// A minus sign against the digits, or the word.
fn minus(line: &Line, at: usize) -> Option<usize> {
    let sign = matches!(line.print(at), "-" | "−" | "–") && line.glue(at) == Glue::Space;
    let against = line.glue(at + 1) == Glue::Tight && matches!(line.atoms.get(at + 1)?.kind, Kind::Digits(_));
    let worded = line.lower(at) == "minus";
    (worded || (sign && against)).then_some(at + 1)
}

/// A currency sign or code before digits: "$", "US $", "EUR", "Rs".
pub(super) fn currency_before(line: &Line, at: usize) -> Option<(Unit, usize)> {
    let digits = |n: usize| {
        let minus = usize::from(matches!(line.print(n), "-" | "−"));
        line.atoms.get(n + minus).is_some_and(|a| matches!(a.kind, Kind::Digits(_)))
    };
    let kind = line.atoms.get(at)?.kind;
    if kind == Kind::Word && matches!(line.print(at + 1), "$" | "£" | "¥" | "=") {
        let joined = format!("{}{}", line.lower(at), line.print(at + 1));
        // "a $4 note" is no Australian money.
        let close = line.glue(at + 1) == Glue::Tight || !matches!(line.lower(at), "a" | "s" | "r");
        if let Some(unit) = currency(&joined).filter(|_| close && digits(at + 2)) {
            return Some((unit, at + 2));
        }
    }
    if kind == Kind::Mark {
        let sign = currency(line.print(at))?;
        return digits(at + 1).then_some((sign, at + 1));
    }
    let code = line.print(at);
    let stop = usize::from(line.print(at + 1) == "." && line.glue(at + 1) == Glue::Tight && code == "Rs");
    let coded =
        matches!(code, "Rs" | "NIS" | "RM") || (code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()));
    let unit = currency(line.lower(at)).filter(|_| coded && digits(at + 1 + stop))?;
    Some((unit, at + 1 + stop))
}

/// Says whether a currency follows digits and a letter: "1.2m euros".
fn currency_behind(line: &Line, at: usize) -> bool {
    matches!(line.lower(at + 1), "m" | "b" | "k" | "bn" | "mn")
        && longest_unit(line, at + 2).is_some_and(|(u, _)| u.kind == UnitKind::Money)
}

/// Reads a unit behind a number; the unit and the atom behind it.
pub(super) fn unit_at(line: &Line, at: usize) -> Option<(Unit, usize)> {
    let glue = line.glue(at);
    let bracketed = matches!(line.print(at), "(" | "[") && matches!(line.print(at + 2), ")" | "]");
    if bracketed && line.print(at + 1).len() <= 3 {
        return unit(line.lower(at + 1)).filter(|u| u.kind == UnitKind::Measure).map(|u| (u, at + 3));
    }
    if glue == Glue::Tight {
        let exact = format!("={}", line.lower(at));
        // "5G" is no weight and "4K" no temperature.
        let capital = line.print(at).len() == 1 && matches!(line.print(at), "G" | "L" | "M" | "P");
        if let Some(unit) = unit(&exact).filter(|_| !capital) {
            return Some((unit, at + 1));
        }
    }
    longest_unit(line, at)
}

/// The longest form of a unit that begins at an atom.
fn longest_unit(line: &Line, at: usize) -> Option<(Unit, usize)> {
    let widest = (at + 4).min(line.len());
    (at + 1..=widest).rev().find_map(|to| {
        let form = line.joined(at, to);
        let found = unit(&form).or_else(|| form.contains('-').then(|| unit(&form.replace('-', " ")))?)?;
        fits(line, at, to).then_some((found, to))
    })
}

/// Refuses words that are units elsewhere: the name in "Pound Road", "second" as an ordinal, "pounds" of money.
fn fits(line: &Line, at: usize, to: usize) -> bool {
    let lower = line.lower(at);
    let single = to == at + 1;
    let named = single && line.capital(at) && line.print(at).len() > 4 && line.capital(to) && at > 1;
    let ambiguous =
        single && matches!(lower, "second" | "cup" | "stone" | "line" | "bit" | "quarter" | "times" | "degree");
    let against = line.glue(at) != Glue::Space;
    let article = ambiguous && !against && lower != "degree" && lower != "times";
    !(named || article)
}

/// "per day", "a day", "an hour", "/kg" behind a unit or a thing.
pub(super) fn per_at(line: &Line, at: usize) -> Option<(String, usize)> {
    const SPANS: [&str; 31] = [
        "second",
        "minute",
        "hour",
        "day",
        "night",
        "week",
        "month",
        "year",
        "quarter",
        "share",
        "barrel",
        "tonne",
        "ton",
        "gallon",
        "head",
        "person",
        "piece",
        "litre",
        "liter",
        "pound",
        "kilo",
        "kilogram",
        "gram",
        "bushel",
        "ounce",
        "unit",
        "mile",
        "seat",
        "ticket",
        "household",
        "acre",
    ];
    let hyphened = usize::from(line.print(at) == "-" && line.glue(at + 1) == Glue::Tight);
    let at = at + hyphened;
    let (word, to) = match line.lower(at) {
        "per" | "each" | "every" | "/" => (line.lower(at + 1), at + 2),
        "a" | "an" if SPANS.contains(&line.lower(at + 1)) => (line.lower(at + 1), at + 2),
        "annually" | "yearly" => ("year", at + 1),
        "daily" => ("day", at + 1),
        "monthly" => ("month", at + 1),
        "weekly" => ("week", at + 1),
        _ => return None,
    };
    if matches!(line.lower(at), "/" | "each" | "every") && !SPANS.contains(&word) {
        return None;
    }
    // "down from 3 million a month earlier" is no rate.
    if matches!(line.lower(to), "earlier" | "ago" | "later" | "before" | "after") {
        return None;
    }
    if word == "square" || word == "cubic" {
        let two = line.joined(to - 1, to + 1);
        return Some((unit(&two).map_or(two, |u| u.name.to_owned()), to + 1));
    }
    let named = unit(word).filter(|u| u.kind == UnitKind::Time || u.kind == UnitKind::Measure);
    let usable = word.len() > 2 && line.is_word(to - 1);
    usable.then(|| (named.map_or(word.to_owned(), |u| u.name.to_owned()), to))
}

/// The longest modifier that ends right before an atom: its meaning and first atom.
fn modifier_span(line: &Line, at: usize) -> Option<(Modifier, usize)> {
    let mut best: Option<(Modifier, usize)> = None;
    let mut end = at;
    // "at least another 20", "about a total of": up to two modifiers, the outer one counts unless it says nothing.
    for _ in 0..2 {
        let Some((name, from)) = (1..=4.min(end)).rev().find_map(|n| {
            let form = line.joined(end - n, end);
            Some((modifier_before(&form)?, end - n))
        }) else {
            break;
        };
        let Some(modifier) = named(name) else { break };
        let keeps = best.is_some_and(|(m, _)| m != Modifier::Exactly) && modifier == Modifier::Exactly;
        best = Some((if keeps { best.map_or(modifier, |(m, _)| m) } else { modifier }, from));
        end = from;
    }
    best.filter(|&(modifier, from)| stands_for(line, modifier, from, at))
}

/// Refuses words that are prepositions here: "over the 12 months", "passed 12 buses", "talks about 12".
fn stands_for(line: &Line, modifier: Modifier, from: usize, at: usize) -> bool {
    let word = line.lower(from);
    let alone = from + 1 == at;
    let before = from.checked_sub(1).map_or("", |n| line.lower(n));
    let spoke =
        matches!(before, "talk" | "talks" | "talked" | "asked" | "told" | "know" | "speak" | "worried" | "concerned");
    let rate =
        matches!(before, "increase" | "increased" | "control" | "won" | "victory" | "came" | "turned" | "ran" | "run");
    !(alone && modifier == Modifier::About && word == "about" && spoke) && !(alone && word == "over" && rate)
}

/// A modifier right behind a quantity: "100 or so", "20 or more", "50+".
fn modifier_behind(line: &Line, at: usize) -> Option<(Modifier, usize)> {
    (1..=3).rev().find_map(|n| {
        let to = at + n;
        if to > line.len() {
            return None;
        }
        let name = modifier_after(&line.joined(at, to))?;
        Some((named(name)?, to))
    })
}

fn named(name: &str) -> Option<Modifier> {
    Some(match name {
        "about" => Modifier::About,
        "more_than" => Modifier::MoreThan,
        "at_least" => Modifier::AtLeast,
        "nearly" => Modifier::Nearly,
        "less_than" => Modifier::LessThan,
        "up_to" => Modifier::UpTo,
        "exactly" | "exactly more" => Modifier::Exactly,
        _ => return None,
    })
}

/// Words within a few atoms before that make "from A to B" a range and not a change.
fn ranges(line: &Line, at: usize) -> bool {
    (at.saturating_sub(8)..at).any(|n| {
        let w = line.lower(n);
        w.starts_with("rang")
            || w.starts_with("vari")
            || matches!(w, "between" | "anywhere" | "vary" | "spanning" | "somewhere")
    })
}

/// Joins a second number to a first one: "20 to 30", "20-30", "between 5 and 7", "three or four"; the atom behind it.
fn range_end(line: &Line, at: usize, number: usize, first: &mut Amount) -> Option<usize> {
    let before = at.checked_sub(1).map_or("", |n| line.lower(n));
    let sep = line.lower(first.to);
    let dash = matches!(sep, "-" | "–" | "—" | "‑" | "−") && line.glue(first.to) == Glue::Tight;
    let joins = match sep {
        "to" => before != "from" || ranges(line, at),
        "and" => before == "between",
        "or" => first.style == Style::Words && first.high <= 20.0,
        _ => dash,
    };
    if !joins || first.style == Style::Vague {
        return None;
    }
    let next = first.to + 1;
    let next = currency_before(line, next).map_or(next, |(_, n)| n);
    let money = currency_before(line, at).is_some();
    let second = amount(line, next, money)?;
    if second.style == Style::Vague || (dash && line.glue(first.to + 1) != Glue::Tight) {
        return None;
    }
    let spread = second.scale > 1.0 && first.scale < 2.0 && first.low < second.high / second.scale;
    let low = if spread { first.low * second.scale } else { first.low };
    let wide = sep == "to" && second.high > low * 1000.0 && !ranges(line, at) && !money;
    if second.high <= low || wide || number > first.to {
        return None;
    }
    (first.low, first.high, first.scale) = (low, second.high, second.scale);
    Some(second.to)
}

/// "between 1 percent and 1.5 percent": a range with its unit printed twice.
fn range_over_units(line: &Line, at: usize, unit: Unit, first: &mut Amount, to: &mut usize) {
    let joins = matches!(line.lower(*to), "to" | "and") && ranges(line, at);
    if !joins {
        return;
    }
    let Some(second) = amount(line, *to + 1, false) else { return };
    let Some((same, behind)) = unit_at(line, second.to) else { return };
    if same == unit && second.high > first.low {
        first.high = second.high;
        *to = behind;
    }
}
