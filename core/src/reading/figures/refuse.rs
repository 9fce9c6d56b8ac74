//! Numbers that count nothing: dates, clock times, names, addresses, telephones, scores, list numbers, "one" as a pronoun.

use super::line::{Glue, Kind, Line};
use super::measure::Quantity;
use super::things::noun_phrase;
use crate::lang::en::numbers::{singular, takes_number};
use crate::reading::dates::{TimeExpression, TimeType};
use crate::reading::syntax::Number;
use crate::text::PartKind;

const MONTHS: [&str; 23] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
];

/// Says whether a quantity is no figure.
pub(super) fn refused(line: &Line, q: &Quantity, times: &[TimeExpression], part: PartKind) -> bool {
    let plain = q.unit.is_none() && q.per.is_none();
    if plain && (in_time(line, q, times) || near_date(line, q) || clock(line, q)) {
        return true;
    }
    if q.unit.is_some_and(|u| u.is_time()) && dated_day(line, q) {
        return true;
    }
    if one_as_pronoun(line, q) || score(line, q) {
        return true;
    }
    plain && (year(line, q) || named(line, q, part) || telephone(line, q) || listed(line, q) || joined_to_word(line, q))
}

/// Inside a time expression that is not a length of time.
fn in_time(line: &Line, q: &Quantity, times: &[TimeExpression]) -> bool {
    let Some(span) = line.cover(q.number, q.amount.to) else { return true };
    let from = times.partition_point(|t| t.span.end() <= span.start());
    times.get(from).is_some_and(|t| t.span.overlaps(span) && t.span.cover(span) == t.span)
        || times.get(from).is_some_and(|t| t.span.overlaps(span) && t.kind != TimeType::Duration)
}

fn month(line: &Line, at: usize) -> bool {
    let lower = line.lower(at);
    let cased = !matches!(lower, "may" | "march" | "mar") || line.capital(at);
    cased && (MONTHS.contains(&lower) || lower == "dec")
}

/// "May 12", "12 May", "Nov. 10", "the 12 and 13 May".
fn near_date(line: &Line, q: &Quantity) -> bool {
    if q.amount.high > 31.0 && !(1000.0..2200.0).contains(&q.amount.high) {
        return false;
    }
    let before = q.number.checked_sub(1).is_some_and(|n| month(line, n));
    let stop = q.number.checked_sub(2).is_some_and(|n| line.print(n + 1) == "." && month(line, n));
    let behind = line.is_word(q.amount.to) && month(line, q.amount.to) && line.capital(q.amount.to);
    before || stop || behind
}

/// "Day 12", "the 10-day mark" are kept; "on day 12" is a name and refused elsewhere. Here: "12 days" inside no date.
fn dated_day(line: &Line, q: &Quantity) -> bool {
    q.number > 0 && matches!(line.lower(q.number - 1), "day" | "week" | "month" | "year")
}

/// "5 p.m.", "10 o'clock", "8.15 this morning", "a quarter to seven", "1800 GMT".
fn clock(line: &Line, q: &Quantity) -> bool {
    const BEHIND: [&str; 19] = [
        "a.m.",
        "p.m.",
        "am",
        "pm",
        "a.m",
        "p.m",
        "o'clock",
        "o’clock",
        "gmt",
        "utc",
        "bst",
        "cet",
        "est",
        "edt",
        "noon",
        "midnight",
        "hrs",
        "ist",
        "pst",
    ];
    let next = line.lower(q.amount.to);
    let after = line.lower(q.amount.to + 1);
    let half_day = matches!(after, "morning" | "afternoon" | "evening");
    let this = matches!(next, "this" | "in" | "that") && half_day;
    let to_hour = q.number >= 2
        && matches!(line.lower(q.number - 1), "to" | "past")
        && matches!(line.lower(q.number - 2), "quarter" | "half" | "twenty" | "ten" | "five" | "minutes");
    let hour_to =
        matches!(next, "to" | "past") && q.amount.high <= 29.0 && line.lower(q.amount.to.wrapping_sub(2)) == "at";
    // "the gates closed at four on Sunday", "at nine tomorrow".
    let at = q.number.checked_sub(1).is_some_and(|n| line.lower(n) == "at");
    let day = matches!(next, "on" | "sharp" | "today" | "tomorrow" | "tonight" | "yesterday")
        || (next == "in" && after == "the");
    if at && day && q.amount.high <= 12.0 && !counted_at(line, q.number - 1) {
        return true;
    }
    let stands = q.amount.high < 25.0 && (this || to_hour || hour_to);
    BEHIND.contains(&next) || stands
}

/// "The toll stood at two on Monday": a count and no hour.
fn counted_at(line: &Line, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |n| line.lower(n));
    matches!(
        before,
        "stood" | "stands" | "remained" | "put" | "toll" | "dead" | "missing" | "injured" | "count" | "tally"
    ) || (at.saturating_sub(8)..at).any(|n| matches!(line.lower(n), "number" | "toll" | "count" | "tally"))
}

/// "one" but for "one man", "one in three", "one million", "one of 12"; "no one", "the one".
fn one_as_pronoun(line: &Line, q: &Quantity) -> bool {
    if line.lower(q.number) != "one" || q.amount.to != q.number + 1 {
        return false;
    }
    let before = q.number.checked_sub(1).map_or("", |n| line.lower(n));
    let pointed = [
        "no", "the", "this", "that", "any", "every", "some", "another", "each", "which", "only", "first", "last", "day",
    ];
    if pointed.contains(&before) || line.glue(q.number) == Glue::Hyphen || line.glue(q.amount.to) == Glue::Hyphen {
        return true;
    }
    if q.unit.is_some() {
        return matches!(line.lower(q.amount.to), "day" | "time" | "point" | "second" | "degree");
    }
    let next = line.lower(q.amount.to);
    if next == "of" {
        return false;
    }
    let vague = [
        "thing", "way", "time", "reason", "side", "hand", "another", "more", "such", "other", "step", "part", "point",
        "place", "word",
    ];
    vague.contains(&next) || noun_phrase(line, q.to, true).is_none_or(|p| singular(line.lower(p.head)).is_some())
}

/// "2-1", "6-4": two numbers under 200 parted by a dash and falling, or behind words of matches.
fn score(line: &Line, q: &Quantity) -> bool {
    let dash = |n: usize| matches!(line.print(n), "-" | "–" | "—" | ":") && line.glue(n) == Glue::Tight;
    let digits = |n: usize| line.atoms.get(n).is_some_and(|a| matches!(a.kind, Kind::Digits(_) | Kind::Odd));
    let open = q.amount.low.max(q.amount.high) < 200.0 || q.amount.high.fract() > 0.0;
    let first = dash(q.amount.to) && digits(q.amount.to + 1) && line.glue(q.amount.to + 1) == Glue::Tight;
    let second = q.number >= 2 && dash(q.number - 1) && line.glue(q.number) == Glue::Tight && digits(q.number - 2);
    if q.unit.is_some() && !first {
        return false;
    }
    let dashed = (q.number..q.amount.to).any(dash);
    let ranged = q.amount.low < q.amount.high && q.unit.is_none() && dashed;
    let sport = [
        "won", "win", "lost", "beat", "draw", "drew", "defeat", "defeated", "victory", "loss", "lead", "led", "score",
        "ahead", "tie",
    ];
    let behind = ranged
        && (q.number.saturating_sub(4)..q.number)
            .chain(q.amount.to..q.amount.to + 2)
            .any(|n| sport.contains(&line.lower(n)));
    (open || first) && (first || second || behind)
}

/// A year: four plain digits that nothing marks as a count.
fn year(line: &Line, q: &Quantity) -> bool {
    let print = line.print(q.number);
    let digits = print.len() == 4 && print.bytes().all(|b| b.is_ascii_digit()) && q.amount.scale < 2.0;
    let near = (1500.0..2100.0).contains(&q.amount.low);
    let told = q.from < q.number;
    digits && near && !told
}

/// "Highway 9", "Boeing 737", "Number 10", "12 Mill Lane", "the Big Three".
fn named(line: &Line, q: &Quantity, part: PartKind) -> bool {
    let before = q.number.checked_sub(1).map_or("", |n| line.lower(n));
    let told = q.from < q.number;
    let spaced = line.glue(q.number) == Glue::Space;
    let dotted = before == "."
        && q.number >= 2
        && matches!(line.lower(q.number - 2), "no" | "nos" | "p" | "pp" | "art" | "vol" | "tel");
    let marked = matches!(before, "#" | "№");
    // "the sick number five" is a count.
    let told_of = before == "number"
        && q.number >= 2
        && matches!(line.lower(q.number - 2), "dead" | "injured" | "missing" | "wounded");
    if !told && !told_of && (dotted || marked || (takes_number(before) && !counted_behind(line, q, before))) {
        return true;
    }
    let title = part == PartKind::Title || part == PartKind::Standfirst;
    if told || title {
        return false;
    }
    let noun = noun_phrase(line, q.to, q.amount.high < 1.5);
    if which_one(line, q) {
        return true;
    }
    let plural = noun.is_some_and(|n| singular(line.lower(n.head)).is_some());
    // A capital before the number, in mid-sentence: "Planet 9", "Group 4 staff" but "In Gaza 12 people".
    let word_before = q.number >= 2 && line.is_word(q.number - 1) && line.capital(q.number - 1);
    let name_before = word_before && line.is_word(q.number - 2) | (line.print(q.number - 2) == ",");
    let large = q.amount.high >= 1000.0 || q.amount.high.fract() > 0.0;
    if name_before && spaced && !large && !plural && line.lower(q.number - 1) != "i" {
        return true;
    }
    // An address or a name that begins with the number.
    let capital_behind =
        line.is_word(q.amount.to) && line.capital(q.amount.to) && line.glue(q.amount.to) == Glue::Space;
    let number_capital = q.number > 0 && line.is_word(q.number) && line.capital(q.number);
    let lower_plural =
        noun.is_some_and(|n| singular(line.lower(n.head)).is_some() && (!line.capital(n.head) || n.head + 1 == n.to));
    // "7050 Old Mill Road", but "63,150 Tern saloons" and "0.5 WAR".
    let marked = q.amount.scale > 1.0 || line.print(q.number).contains([',', '.']);
    let street = capital_behind && !lower_plural && !marked;
    street || (number_capital && capital_behind && !lower_plural)
}

/// "the 8088 chip", "in the 90049 area": plain digits and one thing behind an article tell which one it is.
fn which_one(line: &Line, q: &Quantity) -> bool {
    let print = line.print(q.number);
    let digits = print.len() > 2 && print.bytes().all(|b| b.is_ascii_digit()) && q.amount.to == q.number + 1;
    let pointed = q.number.checked_sub(1).is_some_and(|n| matches!(line.lower(n), "the" | "its" | "this" | "that"));
    let Some(n) = noun_phrase(line, q.to, true).and_then(|p| line.node(p.head)) else { return false };
    digits && pointed && line.syntax.nodes[n].xpos.number() == Some(Number::Singular)
}

/// "on board flight 12" is a name; "in the week 12 people died" is a count.
fn counted_behind(line: &Line, q: &Quantity, before: &str) -> bool {
    let noun = noun_phrase(line, q.to, false);
    let loose = [
        "week", "day", "year", "month", "point", "report", "order", "war", "under", "line", "law", "mark", "post",
        "no", "answer",
    ];
    let counts = loose.contains(&before) || line.is_word(q.number) || q.amount.high >= 1000.0;
    counts && noun.is_some_and(|n| singular(line.lower(n.head)).is_some()) && before != "no."
}

/// "555 0148", "0161 496 0000".
fn telephone(line: &Line, q: &Quantity) -> bool {
    let number = |n: usize| line.atoms.get(n).is_some_and(|a| matches!(a.kind, Kind::Digits(_) | Kind::Odd));
    let before = q.number > 0 && number(q.number - 1);
    let plain = q.amount.scale < 2.0 && q.amount.high.fract() < f64::EPSILON;
    plain && number(q.number) && (number(q.amount.to) || before)
}

/// "1. Open the door", "2) …", "page 3 of 7", "(3)".
fn listed(line: &Line, q: &Quantity) -> bool {
    let next = line.print(q.amount.to);
    let digits = matches!(line.atoms[q.number].kind, Kind::Digits(_));
    let opens = q.number == 0 && matches!(next, "." | ")" | ":") && digits;
    let paged = line.lower(q.amount.to) == "of"
        && line.atoms.get(q.amount.to + 1).is_some_and(|a| matches!(a.kind, Kind::Digits(_)));
    let bracketed = q.number > 0
        && matches!(line.print(q.number - 1), "(" | "[")
        && matches!(next, ")" | "]")
        && q.amount.high < 100.0;
    digits && (opens || paged || bracketed)
}

/// Digits against letters that are no unit: "5G", "3D"; or behind a dash: "Covid-19", "F-16".
fn joined_to_word(line: &Line, q: &Quantity) -> bool {
    let tail = line.is_word(q.amount.to) && line.glue(q.amount.to) == Glue::Tight;
    let lead = q.number > 0
        && line.glue(q.number) != Glue::Space
        && !matches!(
            line.print(q.number - 1),
            "(" | "[" | "“" | "\"" | "‘" | "'" | "—" | "–" | "~" | "≈" | "<" | ">" | "="
        );
    tail || lead
}
