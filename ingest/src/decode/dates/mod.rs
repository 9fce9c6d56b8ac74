//! Calendar dates printed in short lines: `24 March 2024`, `May 13, 2025`, `Fri 9 May 2025 6:22 pm`, `2024-11-17T08:31`.
//!
//! For bylines, mastheads and metadata, in many languages. Dates in running text are core's.

mod address;
pub(super) mod cues;
mod east_asian;

pub(crate) use address::{capture_in_url, date_in_url, month_in_url};

use annals_core::when::{Day, When};
use cues::Cue;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static MONTHS: LazyLock<BTreeMap<&str, i8>> = LazyLock::new(|| {
    let lines = include_str!("../lang/months.txt").lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|l| l.split_once(' '))
        .filter_map(|(n, names)| Some((n.parse().ok()?, names)))
        .flat_map(|(n, names): (i8, &str)| names.split_whitespace().map(move |name| (name, n)))
        .collect()
});

static WEEKDAYS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    include_str!("../lang/weekdays.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// A date found in a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Printed {
    /// The day; read with its day first, if `swapped` holds the other reading.
    pub(crate) day: Day,
    /// The day read with its month first, where `03/04/2024` leaves both open.
    pub(crate) swapped: Option<Day>,
    /// The time of day beside it, `18:22`.
    pub(crate) time: Option<String>,
    /// First byte of the date, its weekday included.
    pub(crate) start: usize,
    /// Byte after the date, its time included.
    pub(crate) end: usize,
    /// What the words beside it say it is.
    pub(crate) cue: Option<Cue>,
}

impl Printed {
    /// Returns the day with its time; day first, if the order is open.
    pub(crate) fn when(&self) -> When {
        let mut when = When::day(self.day);
        when.time.clone_from(&self.time);
        when
    }

    /// Says whether a word beside it makes it the day of a change.
    pub(crate) fn is_modified(&self) -> bool {
        self.cue == Some(Cue::Modified)
    }

    /// Returns the day with its time, if it is sure and may be that of publication.
    pub(crate) fn published(&self) -> Option<When> {
        let may = self.swapped.is_none() && !matches!(self.cue, Some(Cue::Modified | Cue::Other));
        may.then(|| self.when())
    }
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    text: &'a str,
    start: usize,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn number(&self) -> Option<i32> {
        let plain: String;
        let text = if self.text.is_ascii() {
            self.text
        } else {
            plain = self.text.chars().map(western).collect();
            &plain
        };
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &text[digits..];
        let ordinal =
            rest.is_empty() || matches!(rest, "st" | "nd" | "rd" | "th" | "er" | "º" | "ST" | "ND" | "RD" | "TH");
        if digits == 0 || digits > 4 || !ordinal { None } else { text[..digits].parse().ok() }
    }

    fn month(&self) -> Option<i8> {
        self.text.chars().next().filter(|c| c.is_alphabetic())?;
        MONTHS.get(self.text.to_lowercase().as_str()).copied()
    }

    /// A year of four digits.
    fn year(&self) -> Option<i32> {
        (self.text.chars().count() == 4).then(|| self.number()).flatten().filter(|y| (1900..2100).contains(y))
    }

    fn is_weekday(&self) -> bool {
        WEEKDAYS.contains(self.text.to_lowercase().as_str())
    }
}

/// Returns the digit of another script as a western one: Arabic, Persian, Devanagari, Bengali, full width.
fn western(c: char) -> char {
    const ZEROS: [u32; 5] = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];
    let found = ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&u32::from(c)));
    found.and_then(|zero| char::from_digit(u32::from(c) - zero, 10)).unwrap_or(c)
}

/// Returns the runs of letters and digits; an ISO `T` between digits parts them.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices() {
        // Devanagari joins its consonants with a sign that is no letter.
        let inside = c.is_alphanumeric()
            || matches!(c, '\u{94d}' | '\u{93c}')
            || (c == '-' && text[at + 1..].starts_with("feira"));
        match (from, inside) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                push(&mut out, text, start, at);
                from = None;
            }
            _ => {}
        }
    }
    if let Some(start) = from {
        push(&mut out, text, start, text.len());
    }
    out
}

fn push<'a>(out: &mut Vec<Token<'a>>, text: &'a str, start: usize, end: usize) {
    let word = &text[start..end];
    let bytes = word.as_bytes();
    if let Some(t) = word.find('T')
        && t > 0
        && bytes[t - 1].is_ascii_digit()
        && bytes.get(t + 1).is_some_and(u8::is_ascii_digit)
    {
        out.push(Token { text: &word[..t], start });
        out.push(Token { text: &word[t + 1..], start: start + t + 1 });
    } else {
        out.push(Token { text: word, start });
    }
}

/// Returns the full calendar dates of a line, in order. Only the first 2,000 bytes are looked at.
pub(crate) fn find_dates(text: &str) -> Vec<Printed> {
    let mut cap = text.len().min(2_000);
    while !text.is_char_boundary(cap) {
        cap -= 1;
    }
    let text = &text[..cap];
    if !may_hold(text) {
        return Vec::new();
    }
    let mut out = east_asian_dates(text);
    let tokens = tokens(text);
    let mut n = 0;
    while n < tokens.len() {
        let taken = out.iter().any(|p| p.start < tokens[n].end() && tokens[n].start < p.end);
        let Some(found) = (if taken { None } else { date_at(text, &tokens[n..]) }) else {
            n += 1;
            continue;
        };
        let (mut start, mut end) = (tokens[n].start, tokens[n + found.tokens - 1].end());
        if n > 0
            && tokens[n - 1].is_weekday()
            && text[tokens[n - 1].end()..start].trim_matches([' ', ',', '.', '،']).is_empty()
        {
            start = tokens[n - 1].start;
        }
        let mut time = None;
        if let Some((found, words)) = time_near(text, &tokens, n + found.tokens) {
            end = end.max(tokens[words - 1].end());
            time = Some(found);
        } else if let Some((found, from)) = time_before(text, &tokens, n) {
            start = start.min(from);
            time = Some(found);
        }
        out.push(Printed { day: found.day, swapped: found.swapped, time, start, end, cue: None });
        n += found.tokens;
    }
    out.sort_by_key(|p| p.start);
    read_cues(text, &mut out);
    out
}

/// Says whether a text has the digits that every date has.
pub(crate) fn may_hold(text: &str) -> bool {
    text.contains(char::is_numeric) || text.contains('年')
}

/// Reads what the words before and behind each date say of it.
fn read_cues(text: &str, dates: &mut [Printed]) {
    let mut since = 0;
    for date in dates {
        date.cue = cues::before(&text[since.min(date.start)..date.start]).or_else(|| cues::behind(&text[date.end..]));
        since = date.end;
    }
}

fn east_asian_dates(text: &str) -> Vec<Printed> {
    let mut out: Vec<Printed> = Vec::new();
    if !text.contains(['年', '년']) {
        return out;
    }
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let inside = before.is_ascii_digit() || out.last().is_some_and(|p| at < p.end);
        before = c;
        let Some((day, len)) = east_asian::date(&text[at..]).filter(|_| !inside) else { continue };
        let mut end = at + len;
        let mut time = None;
        if let Some((found, more)) = east_asian::time(&text[end..]) {
            time = Some(found);
            end += more;
        }
        out.push(Printed { day, swapped: None, time, start: at, end, cue: None });
    }
    out
}

/// A date as found: its day, the other reading, and how many tokens it takes.
struct Found {
    day: Day,
    swapped: Option<Day>,
    tokens: usize,
}

impl Found {
    fn sure(day: Day, tokens: usize) -> Option<Found> {
        Some(Found { day, swapped: None, tokens })
    }
}

/// Returns the month that stands at a token and how many tokens it takes: `März`, `تشرين الثاني`.
fn month_at(t: &[Token<'_>]) -> Option<(i8, usize)> {
    let first = t.first()?;
    if let Some(month) = first.month() {
        // `تشرين الثاني/نوفمبر`, `آذار/مارس`: the month under both its names.
        let again = t.get(1).and_then(Token::month) == Some(month);
        return Some((month, 1 + usize::from(again)));
    }
    let month = match (first.text, t.get(1)?.text) {
        ("كانون", "الثاني") => 1,
        ("تشرين", "الأول" | "الاول") => 10,
        ("تشرين", "الثاني") => 11,
        ("كانون", "الأول" | "الاول") => 12,
        ("tháng" | "Tháng", _) => return t[1].number().and_then(|m| i8::try_from(m).ok()).map(|m| (m, 2)),
        _ => return None,
    };
    let again = t.get(2).and_then(Token::month) == Some(month);
    Some((month, 2 + usize::from(again)))
}

/// Reads the date that begins at the first token.
fn date_at(text: &str, t: &[Token<'_>]) -> Option<Found> {
    let close = |a: usize| {
        let (Some(one), Some(next)) = (t.get(a), t.get(a + 1)) else { return false };
        let gap = &text[one.end()..next.start];
        gap.len() <= 4 && gap.chars().all(|c| matches!(c, ' ' | ',' | '.' | '-' | '/' | '\u{a0}' | '،' | '\'' | '’'))
    };
    if let Some(d) = t[0].number() {
        let numeric = || numeric(text, t, d);
        return day_first(t, d, &close).or_else(|| year_first(t, &close)).or_else(numeric);
    }
    // March 28, 2024
    let (month, len) = month_at(t)?;
    let d = t.get(len)?.number().filter(|d| (1..=31).contains(d))?;
    let of = usize::from(t.get(len + 1).is_some_and(|w| matches!(w.text, "de" | "del")));
    let year = t.get(len + 1 + of)?;
    (close(len - 1) && close(len)).then_some(())?;
    Found::sure(day(year.year()?, month, d)?, len + 2 + of)
}

/// Reads `24 March 2024`, `24 de marzo de 2024`, `5 tháng 8 năm 2020`.
fn day_first(t: &[Token<'_>], d: i32, close: &dyn Fn(usize) -> bool) -> Option<Found> {
    let de = usize::from(matches!(t.get(1).map(|x| x.text), Some("de" | "of" | "d")));
    let (month, len) = month_at(t.get(1 + de..)?)?;
    let next = 1 + de + len;
    let of = usize::from(matches!(t.get(next).map(|x| x.text), Some("de" | "del" | "of" | "năm" | "في")));
    let year = t.get(next + of)?;
    let joined = close(0) && (1..next).all(close);
    (joined && (1..=31).contains(&d)).then_some(())?;
    Found::sure(day(year.year()?, month, d)?, next + of + 1)
}

/// Reads `2024 Mar 28`, as journals print it, and `2024. március 28.`
fn year_first(t: &[Token<'_>], close: &dyn Fn(usize) -> bool) -> Option<Found> {
    let (month, len) = month_at(t.get(1..)?)?;
    let d = t.get(1 + len)?.number().filter(|d| (1..=31).contains(d))?;
    (close(0) && close(len)).then_some(())?;
    Found::sure(day(t[0].year()?, month, d)?, 2 + len)
}

fn day(year: i32, month: i8, day: i32) -> Option<Day> {
    Day::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()
}

/// Reads 2024-03-28, 2024/03/28, 28.03.2024, 28.03.24, 28/03/2024 and 03/28/2024; `03/04/2024` keeps both readings.
fn numeric(text: &str, t: &[Token<'_>], first: i32) -> Option<Found> {
    let (b, c) = (t.get(1)?, t.get(2)?);
    let sign = &text[t[0].end()..b.start];
    let same = sign == &text[b.end()..c.start] || (sign == ". " && &text[b.end()..c.start] == ".");
    if !same || !matches!(sign, "-" | "/" | "." | ". ") {
        return None;
    }
    let (bn, cn) = (b.number()?, c.number()?);
    if t[0].text.chars().count() == 4 {
        return Found::sure(day(t[0].year()?, i8::try_from(bn).ok()?, cn)?, 3);
    }
    let short = c.text.len() == 2 && !text[c.end()..].starts_with(['.', '/', '-', ':']);
    let year = match c.year() {
        Some(year) => year,
        // Two digits of a year are read with points alone: `28.03.24`.
        None if short && sign == "." && !text[..t[0].start].ends_with(['.', '/', '-']) => 2000 + cn,
        None => return None,
    };
    let read = |d: i32, m: i32| day(year, i8::try_from(m).ok()?, d);
    if matches!(sign, "." | ". ") {
        return Found::sure(read(first, bn)?, 3);
    }
    match (read(first, bn), read(bn, first)) {
        (Some(one), Some(other)) if one != other => Some(Found { day: one, swapped: Some(other), tokens: 3 }),
        (one, other) => Found::sure(one.or(other)?, 3),
    }
}

/// Returns a time of day that follows token `from` closely, and the index behind it.
fn time_near(text: &str, t: &[Token<'_>], from: usize) -> Option<(String, usize)> {
    let before = t.get(from.checked_sub(1)?)?.end();
    let at = (from..(from + 3).min(t.len())).find(|&n| t[n].text.bytes().next().is_some_and(|b| b.is_ascii_digit()))?;
    let between = &text[before..t[at].start];
    let known = between
        .split(|c: char| !c.is_alphabetic())
        .all(|w| w.is_empty() || matches!(w.to_lowercase().as_str(), "at" | "um" | "à" | "alle" | "t"));
    if between.len() > 10 || !known {
        return None;
    }
    time_at(text, t, at)
}

fn time_before(text: &str, t: &[Token<'_>], n: usize) -> Option<(String, usize)> {
    for back in 2..=5.min(n) {
        if let Some((time, behind)) = time_at(text, t, n - back)
            && (behind == n || (behind + 1 == n && (t[behind].is_weekday() || t[behind].text == "on")))
            && text[t[n - back].start..t[n].start].len() <= 24
        {
            return Some((time, t[n - back].start));
        }
    }
    None
}

/// Reads `18:22`, `6:22 pm`, `7:30 a.m.`, `9.40pm`, `8 am` at a token.
fn time_at(text: &str, t: &[Token<'_>], at: usize) -> Option<(String, usize)> {
    let split = |s: &'_ str| -> (String, String) {
        let digits = s.bytes().take_while(u8::is_ascii_digit).count();
        (s[..digits].to_owned(), s[digits..].to_lowercase())
    };
    let (hour, mut half) = split(t[at].text);
    let mut hour: u8 = if hour.len() <= 2 { hour.parse().ok()? } else { return None };
    let mut minute = 0;
    // `18h22`
    if let Some(m) = half.strip_prefix('h').filter(|m| m.len() == 2) {
        minute = m.parse().ok()?;
        return (hour < 24 && minute < 60).then(|| (format!("{hour:02}:{minute:02}"), at + 1));
    }
    let mut next = at + 1;
    let stated = half.is_empty();
    if stated && let Some(m) = t.get(next) {
        let sign = &text[t[at].end()..m.start];
        let (digits, rest) = split(m.text);
        if matches!(sign, ":" | ".") && digits.len() == 2 {
            minute = digits.parse().ok()?;
            half = rest;
            next += 1;
            // Seconds.
            if half.is_empty()
                && t.get(next)
                    .is_some_and(|s| &text[m.end()..s.start] == ":" && s.text.len() >= 2 && s.text.is_char_boundary(2))
            {
                next += 1;
            }
        } else if !matches!(rest.as_str(), "am" | "pm" | "a" | "p" | "") || !digits.is_empty() {
            return None;
        }
    }
    let minutes = next > at + 1;
    if half.is_empty()
        && let Some(h) = t.get(next)
        && text[t[next - 1].end()..h.start].trim().is_empty()
    {
        let word = h.text.to_lowercase();
        if matches!(word.as_str(), "am" | "pm") {
            half = word;
            next += 1;
        } else if matches!(word.as_str(), "a" | "p")
            && t.get(next + 1).is_some_and(|m| m.text.eq_ignore_ascii_case("m"))
        {
            half = word + "m";
            next += 2;
        }
    }
    match half.as_str() {
        "am" if hour == 12 => hour = 0,
        "pm" if hour < 12 => hour += 12,
        "" if !minutes => return None,
        "" | "am" | "pm" | "z" | "h" | "uhr" => {}
        _ => return None,
    }
    (hour < 24 && minute < 60).then(|| (format!("{hour:02}:{minute:02}"), next))
}

/// Returns what is left of a line without its dates, times and the words that go with them.
pub(crate) fn without_dates(text: &str, dates: &[Printed]) -> String {
    let mut out = String::new();
    let mut from = 0;
    for date in dates {
        out.push_str(text.get(from..date.start).unwrap_or(""));
        out.push_str(" | ");
        from = date.end;
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out
}
