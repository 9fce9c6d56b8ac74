//! Numbers in digits and words: "1.4 million", "three thousand four hundred", "a few dozen", "two thirds", "20 to 30".

use super::line::{Glue, Kind, Line};
use crate::lang::en::numbers::{ends_phrase, fraction_word, number_word};

/// How a number is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// In digits.
    Digits,
    /// In words.
    Words,
    /// Without an exact value: "dozens", "tens of thousands".
    Vague,
    /// As a part of a whole: "two thirds", "one in three".
    Part,
}

/// A number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    /// The atom behind it.
    pub(super) to: usize,
    /// The least it may be.
    pub(super) low: f64,
    /// The most it may be.
    pub(super) high: f64,
    /// What multiplies it: 1,000,000 in "1.4 million".
    pub(super) scale: f64,
    /// How it is printed.
    pub(super) style: Style,
}

impl Amount {
    fn one(value: f64, scale: f64, to: usize, style: Style) -> Amount {
        Amount { to, low: value, high: value, scale, style }
    }

    /// Multiplies it by a scale printed elsewhere.
    pub(super) fn times(&mut self, scale: f64) {
        (self.low, self.high, self.scale) = (self.low * scale, self.high * scale, self.scale * scale);
    }
}

/// Reads the number that begins at an atom. `money`: a currency sign stands before it, so that "m" means million.
pub(super) fn amount(line: &Line, at: usize, money: bool) -> Option<Amount> {
    let found = vague(line, at).or_else(|| in_words(line, at)).or_else(|| in_digits(line, at, money))?;
    Some(part_of_whole(line, at, found).unwrap_or(found))
}

/// "one in three", "nine out of 10": a share.
fn part_of_whole(line: &Line, at: usize, first: Amount) -> Option<Amount> {
    let behind = match (line.lower(first.to), line.lower(first.to + 1)) {
        ("in", _) => first.to + 1,
        ("out", "of") => first.to + 2,
        ("of", "every") => first.to + 2,
        _ => return None,
    };
    let whole = in_words(line, behind).or_else(|| in_digits(line, behind, false))?;
    let small =
        first.high.fract().abs() < 1e-9 && first.high < whole.high && whole.high <= 1000.0 && first.high <= 99.0;
    let year = line.print(behind).len() == 4;
    // "killed two in 10 days" is no share.
    let counted = line.is_word(whole.to) && !super::measure::unit_at(line, whole.to).is_some_and(|(u, _)| u.is_time());
    let share = line.lower(first.to) != "in" || counted;
    let plain = first.style != Style::Vague && first.style != Style::Part && at < first.to;
    (small && !year && share && plain && whole.high > 1.0)
        .then(|| Amount::one(first.high / whole.high, 1.0, whole.to, Style::Part))
}

/// Digits with scale words or letters: "1.4 million", "35m", "4 hundred million", "5 1/2", "1/4".
fn in_digits(line: &Line, at: usize, money: bool) -> Option<Amount> {
    let Kind::Digits(mut value) = line.atoms.get(at)?.kind else { return None };
    let mut to = at + 1;
    if let Some((part, behind)) = slashed(line, at) {
        return Some(Amount::one(part, 1.0, behind, Style::Part));
    }
    match line.atoms.get(to).map(|a| (a.kind, a.glue)) {
        Some((Kind::Digits(part), Glue::Tight)) if part < 1.0 => {
            value += part;
            to += 1;
        }
        Some((Kind::Digits(_), _)) => {
            if let Some((part, behind)) = slashed(line, to) {
                value += part;
                to = behind;
            }
        }
        _ => {}
    }
    let mut scale = 1.0;
    while let Some(more) = scale_at(line, to, money, scale) {
        scale *= more;
        to += 1;
    }
    Some(Amount::one(value * scale, scale, to, Style::Digits))
}

/// A fraction with a stroke, less than one: "1/4".
fn slashed(line: &Line, at: usize) -> Option<(f64, usize)> {
    let Kind::Digits(top) = line.atoms.get(at)?.kind else { return None };
    let stroke = matches!(line.print(at + 1), "/" | "⁄") && line.glue(at + 1) == Glue::Tight;
    let Kind::Digits(bottom) = line.atoms.get(at + 2)?.kind else { return None };
    let usual = matches!(bottom as u32, 2..=10 | 12 | 16 | 32 | 64) && top < bottom && top >= 1.0;
    let more = line.print(at + 3) == "/";
    (stroke && usual && !more).then(|| (top / bottom, at + 3))
}

/// Reads a scale word or letter behind digits.
fn scale_at(line: &Line, at: usize, money: bool, so_far: f64) -> Option<f64> {
    let lower = line.lower(at);
    let tight = line.glue(at) == Glue::Tight;
    let letter = match lower {
        "k" if tight => Some(1e3),
        "mil" if tight => Some(1e6),
        "m" if money => Some(1e6),
        "m" if tight && million_behind(line, at + 1) => Some(1e6),
        "b" if money => Some(1e9),
        "tr" | "t" if money => Some(1e12),
        _ => None,
    };
    let word = || number_word(lower).filter(|&v| v >= 100.0).or((lower == "dozen").then_some(12.0));
    letter.or_else(word).filter(|&v| so_far < 2.0 || v > so_far || v >= 1e6)
}

/// Says whether "m" before this atom means million rather than metre: a thing counted follows.
fn million_behind(line: &Line, at: usize) -> bool {
    let lower = line.lower(at);
    let measured = ["long", "tall", "high", "wide", "deep", "thick", "away", "underground", "apart", "sprint", "race"];
    let counted = line.is_word(at) && line.glue(at) == Glue::Space && !ends_phrase(lower) && !measured.contains(&lower);
    counted || lower == "of"
}

/// "dozens", "hundreds of thousands", "a few dozen", "several thousand": the lower bound and ten times as much.
fn vague(line: &Line, at: usize) -> Option<Amount> {
    let several = match (line.lower(at), line.lower(at + 1), line.lower(at + 2)) {
        ("a", "few", _) => Some(at + 2),
        ("a", "couple", "of") => Some(at + 3),
        ("several", _, _) => Some(at + 1),
        ("few", _, _) if at == 0 => None,
        ("many", _, _) => Some(at + 1),
        _ => None,
    };
    if let Some(next) = several {
        let unit = number_word(line.lower(next)).filter(|&v| v >= 100.0 || line.lower(next) == "dozen")?;
        let mut scale = unit;
        let mut to = next + 1;
        while let Some(more) = number_word(line.lower(to)).filter(|&v| v >= 1000.0) {
            scale *= more;
            to += 1;
        }
        let low = 2.0 * scale;
        return Some(Amount { to, low, high: 9.0 * scale, scale, style: Style::Vague });
    }
    let (mut low, mut to) = (plural_scale(line.lower(at))?, at + 1);
    while line.lower(to) == "of" {
        let Some(more) = plural_scale(line.lower(to + 1)) else { break };
        low *= more;
        to += 2;
    }
    Some(Amount { to, low, high: low * 10.0, scale: low, style: Style::Vague })
}

fn plural_scale(lower: &str) -> Option<f64> {
    match lower {
        "tens" => Some(10.0),
        "scores" => Some(40.0),
        _ => number_word(lower.strip_suffix('s')?).filter(|&v| v >= 12.0 && !(13.0..100.0).contains(&v)),
    }
}

/// "three thousand four hundred", "half a million", "a dozen", "two thirds", "a quarter of".
fn in_words(line: &Line, at: usize) -> Option<Amount> {
    let lower = line.lower(at);
    let next = line.lower(at + 1);
    match lower {
        "half" | "quarter" => return half(line, at),
        "a" | "an" => {
            if fraction_word(next).is_some() && next != "second" {
                let part = 1.0 / fraction_word(next)?;
                if let Some(scale) = number_word(line.lower(at + 2)).filter(|&v| v >= 1000.0) {
                    return Some(Amount::one(part * scale, scale, at + 3, Style::Words));
                }
                return (line.lower(at + 2) == "of" && !matches!(next, "half"))
                    .then(|| Amount::one(part, 1.0, at + 2, Style::Part));
            }
            let scaled = number_word(next).filter(|&v| v >= 100.0 || next == "dozen")?;
            return cardinal(line, at + 1).map(|(value, to)| Amount::one(value, scaled, to, Style::Words));
        }
        _ => {}
    }
    number_word(lower)?;
    let (value, to) = cardinal(line, at)?;
    if let Some(parts) = fraction_word(line.lower(to)).filter(|_| value < 20.0) {
        let plural = line.lower(to).ends_with('s');
        let bound = plural || line.glue(to) == Glue::Hyphen || line.lower(to + 1) == "of";
        if bound && value <= parts {
            return Some(Amount::one(value / parts, 1.0, to + 1, Style::Part));
        }
    }
    // "two and a half", "one and a half million".
    if line.lower(to) == "and" && line.lower(to + 1) == "a" && matches!(line.lower(to + 2), "half" | "quarter") {
        let part = if line.lower(to + 2) == "half" { 0.5 } else { 0.25 };
        let scale = number_word(line.lower(to + 3)).filter(|&v| v >= 100.0);
        let end = to + 3 + usize::from(scale.is_some());
        let scale = scale.unwrap_or(1.0);
        return Some(Amount::one((value + part) * scale, scale, end, Style::Words));
    }
    let scale = number_word(line.lower(to - 1)).filter(|&v| v >= 100.0 && to > at + 1).unwrap_or(1.0);
    Some(Amount::one(value, scale, to, Style::Words))
}

/// "half a million", "half the members", "half of them", "quarter of a million".
fn half(line: &Line, at: usize) -> Option<Amount> {
    let part = if line.lower(at) == "half" { 0.5 } else { 0.25 };
    let mut next = at + 1;
    while matches!(line.lower(next), "a" | "of" | "an") {
        next += 1;
    }
    let scale = number_word(line.lower(next)).filter(|&v| v >= 1000.0 || line.lower(next) == "dozen");
    if let Some(scale) = scale {
        return Some(Amount::one(part * scale, scale, next + 1, Style::Words));
    }
    let whole = matches!(line.lower(at + 1), "of" | "the" | "its" | "their" | "all" | "his" | "her" | "our");
    let apart =
        at == 0 || !matches!(line.lower(at - 1), "first" | "second" | "other" | "latter" | "the" | "top" | "bottom");
    // "half of the second half" and clock times are no shares.
    (whole && apart && part > 0.4).then(|| Amount::one(part, 1.0, at + 1, Style::Part))
}

/// Reads a cardinal in words; the value and the atom behind it.
fn cardinal(line: &Line, at: usize) -> Option<(f64, usize)> {
    let (mut total, mut group, mut to) = (0.0, 0.0, at);
    // The size of the word that the next one must stay below; a new thousand may follow a group.
    let mut room = f64::INFINITY;
    let mut closed = f64::INFINITY;
    loop {
        let mut next = to;
        if line.lower(next) == "and" && to > at && (group >= 100.0 || total > 0.0) {
            next += 1;
        }
        let lower = line.lower(next);
        let value = match line.atoms.get(next).map(|a| a.kind) {
            Some(Kind::Word) => number_word(lower),
            _ => None,
        };
        let Some(value) = value else { break };
        let after_and = next > to;
        if value < 100.0 && lower != "dozen" {
            if value >= room || (after_and && number_then_scale(line, next)) {
                break;
            }
            group += value;
            room = if value >= 20.0 { 10.0 } else { 0.0 };
        } else if after_and {
            break;
        } else if value < 1000.0 {
            if group >= value {
                break;
            }
            group = if group < 1.0 { value } else { group * value };
            room = value;
        } else {
            if value >= closed {
                break;
            }
            total += if group < 1.0 { value } else { group * value };
            (group, closed, room) = (0.0, value, f64::INFINITY);
        }
        to = next + 1;
    }
    (to > at).then_some((total + group, to))
}

/// "two hundred and three thousand" goes on, "a hundred and two million" as well; kept apart from "one million and two".
fn number_then_scale(line: &Line, at: usize) -> bool {
    number_word(line.lower(at + 1)).is_some_and(|v| v >= 1e6)
}
