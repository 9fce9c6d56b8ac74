//! Around the number: currency signs, units behind it, "a year", modifiers and ranges.

use super::Modifier;
use super::amount::{Amount, Style, amount};
use super::line::{Glue, Kind, Line};
use crate::lang::en::numbers::{Unit, UnitKind, currency, modifier_after, modifier_before, number_word, unit};
use crate::reading::syntax::{Number, Upos};

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
    let in_millions = sign.is_some() && millions_of(line, at).is_some();
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
    let mut unit_to = to;
    if let Some((unit, behind)) = unit_at(line, to) {
        unit_to = behind;
        let twice = sign.is_some() && unit.kind != UnitKind::Money;
        if !twice {
            attributive = line.glue(to) == Glue::Hyphen;
            found = found.or(Some(unit));
            if millions_of(line, to).is_some() {
                amount.times(1e6);
            }
            to = behind;
            range_over_units(line, at, unit, &mut amount, &mut to);
        }
    }
    if in_millions {
        amount.times(1e6);
    }
    // "75 USD million".
    if let Some(scale) = number_word(line.lower(to)).filter(|&v| v >= 1e6 && to > amount.to && amount.scale < 2.0) {
        amount.times(scale);
        to += 1;
    }
    if found.is_none() {
        (found, to) = unit_beyond(line, to).map_or((None, to), |unit| (Some(unit), to));
    }
    if let Some((unit, scale)) = other_end(line, at, to, found.is_some(), &amount) {
        found = found.or(unit);
        amount.times(scale);
    }
    small_change(line, found, &mut amount, &mut to);
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

/// "sixteen dollars twenty-five cents": the hundredths belong to the sum.
fn small_change(line: &Line, unit: Option<Unit>, sum: &mut Amount, to: &mut usize) {
    if unit.is_none_or(|u| u.kind != UnitKind::Money) || *to == sum.to || sum.scale > 1.0 {
        return;
    }
    let from = *to + usize::from(line.lower(*to) == "and");
    let Some(part) = amount(line, from, false).filter(|p| p.low >= 1.0 && p.high < 100.0 && p.scale < 2.0) else {
        return;
    };
    let named = matches!(line.lower(part.to), "cent" | "cents" | "pence" | "p");
    // "sixteen dollars twenty-five".
    let ends = part.style == Style::Words && from == *to && part.low >= 10.0 && !line.is_word(part.to);
    if named || ends {
        sum.low += part.low / 100.0;
        sum.high += part.high / 100.0;
        *to = part.to + usize::from(named);
    }
}

/// "MEUR", "MUSD": a currency in millions.
fn millions_of(line: &Line, at: usize) -> Option<Unit> {
    let code = line.print(at).strip_prefix('M')?;
    let upper = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    currency(&line.lower(at)[1..]).filter(|_| upper)
}

/// "280 million of the 1.5 billion crowns": the unit of the whole is that of the part.
fn unit_beyond(line: &Line, at: usize) -> Option<Unit> {
    if line.lower(at) != "of" {
        return None;
    }
    let next = at + 1 + usize::from(matches!(line.lower(at + 1), "the" | "its" | "their" | "a"));
    let sign = currency_before(line, next);
    let whole = amount(line, sign.map_or(next, |(_, n)| n), sign.is_some())?;
    sign.or_else(|| unit_at(line, whole.to)).map(|(unit, _)| unit).filter(|u| u.kind == UnitKind::Money)
}

/// "from 10 to 15 billion dollars", "from 4 to 6 percent": a change whose first end lends scale and unit from the second.
fn other_end(line: &Line, at: usize, to: usize, has_unit: bool, first: &Amount) -> Option<(Option<Unit>, f64)> {
    let from = at.checked_sub(1).is_some_and(|n| line.lower(n) == "from");
    if !from || line.lower(to) != "to" || first.low < first.high {
        return None;
    }
    let sign = currency_before(line, to + 1);
    let second = amount(line, sign.map_or(to + 1, |(_, n)| n), sign.is_some())?;
    let unit = sign.or_else(|| unit_at(line, second.to)).map(|(unit, _)| unit);
    let unit = unit.filter(|u| !has_unit && !u.is_time());
    let money = currency_before(line, at).is_some();
    let spread = first.scale < 2.0 && second.scale >= 1e6 && first.low < 1000.0 && (money || !has_unit);
    Some((unit, if spread { second.scale } else { 1.0 }))
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
        let close = line.glue(at + 1) == Glue::Tight || !matches!(line.print(at), "a" | "s" | "r" | "A");
        if let Some(unit) = currency(&joined).filter(|_| close && digits(at + 2)) {
            return Some((unit, at + 2));
        }
    }
    if kind == Kind::Mark {
        let sign = currency(line.print(at))?;
        return digits(at + 1).then_some((sign, at + 1));
    }
    if let Some(unit) = millions_of(line, at).filter(|_| digits(at + 1)) {
        return Some((unit, at + 1));
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
    // "12 ft 2 in".
    let of_feet = at >= 2 && longest_unit(line, at - 2).is_some_and(|(u, to)| u.name == "foot" && to == at - 1);
    if line.lower(at) == "in" && of_feet {
        return unit("inch").map(|u| (u, at + 1));
    }
    // "one hundred of times".
    if line.lower(at) == "of" && line.lower(at + 1) == "times" {
        return unit("times").map(|u| (u, at + 2));
    }
    if let Some(unit) = hanging(line, at) {
        return Some((unit, at));
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

/// "a 7- or 8-inch screen": the unit that hangs on the second number is that of the first.
fn hanging(line: &Line, at: usize) -> Option<Unit> {
    let dash = matches!(line.print(at), "-" | "\u{2010}" | "\u{2011}") && line.glue(at) == Glue::Tight;
    let joined = matches!(line.lower(at + 1), "or" | "and" | "to") && line.glue(at + 1) == Glue::Space;
    let number = line.atoms.get(at + 2).is_some_and(|a| matches!(a.kind, Kind::Digits(_)));
    let hangs = line.glue(at + 3) == Glue::Hyphen;
    (dash && joined && number && hangs).then(|| longest_unit(line, at + 3).map(|(unit, _)| unit))?
}

/// The longest form of a unit that begins at an atom.
fn longest_unit(line: &Line, at: usize) -> Option<(Unit, usize)> {
    if let Some(unit) = millions_of(line, at) {
        return Some((unit, at + 1));
    }
    // "30 - year bonds": marks parted from their words.
    let at = at
        + usize::from(
            line.print(at) == "-"
                && line.glue(at) == Glue::Space
                && line.glue(at + 1) == Glue::Space
                && line.is_word(at + 1),
        );
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
    let decimal = at.checked_sub(1).is_some_and(|n| line.print(n).contains('.'));
    let part = lower == "cup" && at >= 2 && matches!(line.print(at - 2), "/" | "⁄");
    let article = ambiguous && !against && !decimal && !part && lower != "degree" && lower != "times";
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
    // "5,000 barrel-a-day".
    let glued = line.glue(at) == Glue::Hyphen && matches!(line.lower(at), "a" | "an" | "per");
    let at = at + if glued { 0 } else { hyphened };
    let (word, to) = match line.lower(at) {
        "per" | "each" | "every" | "/" => (line.lower(at + 1), at + 2),
        "a" | "an" if SPANS.contains(&line.lower(at + 1)) => (line.lower(at + 1), at + 2),
        "annually" | "yearly" | "p.a." => ("year", at + 1),
        "daily" => ("day", at + 1),
        "monthly" => ("month", at + 1),
        "weekly" => ("week", at + 1),
        _ => return None,
    };
    let of_units = line.lower(at) == "/" && (unit(word).is_some() || unit(&format!("={word}")).is_some());
    if matches!(line.lower(at), "/" | "each" | "every") && !SPANS.contains(&word) && !of_units {
        return None;
    }
    // "down from 3 million a month earlier" is no rate.
    if matches!(line.lower(to), "earlier" | "ago" | "later" | "before" | "after") {
        return None;
    }
    if word == "annum" {
        return Some(("year".to_owned(), to));
    }
    if let Some((unit, behind)) = longest_unit(line, to - 1).filter(|&(_, behind)| behind > to) {
        return Some((unit.name.to_owned(), behind));
    }
    let exact = || unit(&format!("={word}")).filter(|_| line.lower(at) == "/");
    let named = unit(word).or_else(exact).filter(|u| u.kind == UnitKind::Time || u.kind == UnitKind::Measure);
    let usable = (word.len() > 2 || named.is_some()) && line.is_word(to - 1);
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

/// Says whether the words before make "from A to B" a range and not a change: "homes from 2 to 3 million", "priced from".
fn ranges(line: &Line, at: usize) -> bool {
    let told = (at.saturating_sub(8)..at).any(|n| {
        let w = line.lower(n);
        w.starts_with("rang")
            || w.starts_with("vari")
            || matches!(w, "between" | "anywhere" | "vary" | "spanning" | "somewhere")
    });
    let from = at.checked_sub(1).filter(|&n| matches!(line.lower(n), "from" | "starting"));
    told || from.and_then(|n| n.checked_sub(1)).is_some_and(|n| spreads(line, n))
}

/// Says whether the word before "from" is a thing that has a spread, or a verb that gives one.
fn spreads(line: &Line, at: usize) -> bool {
    const CHANGES: [&str; 24] = [
        "increase",
        "rise",
        "drop",
        "fall",
        "cut",
        "growth",
        "jump",
        "decline",
        "decrease",
        "change",
        "reduction",
        "move",
        "gain",
        "loss",
        "surge",
        "slump",
        "dip",
        "hike",
        "downgrade",
        "upgrade",
        "shift",
        "recovery",
        "rate",
        "up",
    ];
    let Some(node) = line.node(at) else { return false };
    let lemma = line.syntax.lemma(line.text, node);
    match line.syntax.nodes[node].upos {
        Upos::Noun => line.syntax.nodes[node].xpos.number() == Some(Number::Plural) && !CHANGES.contains(&&*lemma),
        Upos::Verb => {
            matches!(&*lemma, "price" | "cost" | "sell" | "start" | "pay" | "charge" | "span" | "stretch" | "last")
        }
        _ => false,
    }
}

/// Joins a second number to a first one: "20 to 30", "20-30", "between 5 and 7", "three or four"; the atom behind it.
fn range_end(line: &Line, at: usize, number: usize, first: &mut Amount) -> Option<usize> {
    let before = at.checked_sub(1).map_or("", |n| line.lower(n));
    let sep = line.lower(first.to);
    let mark = matches!(sep, "-" | "–" | "—" | "‑" | "−");
    let dash = mark && line.glue(first.to) == Glue::Tight;
    // "25 – 40 km": parted on both sides, with one unit behind.
    let wide_dash = mark && !dash && matches!(sep, "-" | "–") && line.glue(first.to + 1) == Glue::Space;
    let joins = match sep {
        "to" => before != "from" || ranges(line, at),
        "and" => before == "between",
        "or" => first.style == Style::Words && first.high <= 20.0,
        "up" => line.lower(first.to + 1) == "to" && before == "from" && ranges(line, at),
        _ => dash || wide_dash,
    };
    if !joins || first.style == Style::Vague {
        return None;
    }
    let next = first.to + 1 + usize::from(sep == "up");
    let next = currency_before(line, next).map_or(next, |(_, n)| n);
    let money = currency_before(line, at).is_some();
    let second = amount(line, next, money)?;
    if second.style == Style::Vague || (dash && line.glue(first.to + 1) != Glue::Tight) {
        return None;
    }
    if wide_dash && unit_at(line, second.to).is_none() {
        return None;
    }
    let spread = second.scale > 1.0 && first.scale < 2.0 && first.low < second.high / second.scale;
    let low = if spread { first.low * second.scale } else { first.low };
    let wide = sep == "to" && low > 0.0 && second.high > low * 1000.0 && !ranges(line, at) && !money;
    if second.high <= low || wide || number > first.to {
        return None;
    }
    (first.low, first.high, first.scale) = (low, second.high, second.scale);
    Some(second.to)
}

/// "between 1 percent and 1.5 percent": a range with its unit printed twice.
fn range_over_units(line: &Line, at: usize, unit: Unit, first: &mut Amount, to: &mut usize) {
    let up = usize::from(line.lower(*to) == "up" && line.lower(*to + 1) == "to");
    let before = at.checked_sub(1).map_or("", |n| line.lower(n));
    // "a 5 percent to 20 percent rise", but "rose 5 percent to 20 percent".
    let apposed =
        line.lower(*to) == "to" && matches!(before, "a" | "an" | "of" | "and" | "for" | "at" | "with" | "some");
    let joins = up == 1 || matches!(line.lower(*to), "to" | "and");
    if !joins || !(apposed || ranges(line, at)) {
        return;
    }
    let Some(second) = amount(line, *to + 1 + up, false) else { return };
    let Some((same, behind)) = unit_at(line, second.to) else { return };
    if same == unit && second.high > first.low {
        first.high = second.high;
        *to = behind;
    }
}
