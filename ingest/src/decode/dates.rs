//! Calendar dates printed in short lines: `24 March 2024`, `May 13, 2025`, `Fri 9 May 2025 6:22 pm`, `2024-11-17T08:31`.
//!
//! For bylines, mastheads and metadata. Dates in running text are core's.

use annals_core::when::{Day, When};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static MONTHS: LazyLock<BTreeMap<&str, i8>> = LazyLock::new(|| {
    let lines = include_str!("lang/months.txt").lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|l| l.split_once(' '))
        .filter_map(|(n, names)| Some((n.parse().ok()?, names)))
        .flat_map(|(n, names): (i8, &str)| names.split_whitespace().map(move |name| (name, n)))
        .collect()
});

static WEEKDAYS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    include_str!("lang/weekdays.txt").lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// A date found in a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Printed {
    /// The day.
    pub(crate) day: Day,
    /// The time of day beside it, `18:22`.
    pub(crate) time: Option<String>,
    /// First byte of the date, its weekday included.
    pub(crate) start: usize,
    /// Byte after the date, its time included.
    pub(crate) end: usize,
    /// A word before it says that it is the day of a change: `updated`.
    pub(crate) modified: bool,
}

impl Printed {
    /// Returns the day with its time.
    pub(crate) fn when(&self) -> When {
        let mut when = When::day(self.day);
        when.time.clone_from(&self.time);
        when
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
        let digits = self.text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &self.text[digits..];
        let ordinal =
            rest.is_empty() || matches!(rest, "st" | "nd" | "rd" | "th" | "er" | "º" | "ST" | "ND" | "RD" | "TH");
        if digits == 0 || digits > 4 || !ordinal { None } else { self.text[..digits].parse().ok() }
    }

    fn month(&self) -> Option<i8> {
        self.text.chars().next().filter(|c| c.is_alphabetic())?;
        MONTHS.get(self.text.to_lowercase().as_str()).copied()
    }

    fn is_weekday(&self) -> bool {
        WEEKDAYS.contains(self.text.to_lowercase().as_str())
    }
}

/// Returns the runs of letters and digits; an ISO `T` between digits parts them.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || (c == '-' && text[at + 1..].starts_with("feira"));
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
    let tokens = tokens(text);
    let mut out: Vec<Printed> = Vec::new();
    let mut n = 0;
    while n < tokens.len() {
        let Some((day, len)) = date_at(text, &tokens[n..]) else {
            n += 1;
            continue;
        };
        let (mut start, mut end) = (tokens[n].start, tokens[n + len - 1].end());
        if n > 0
            && tokens[n - 1].is_weekday()
            && text[tokens[n - 1].end()..start].trim_matches([' ', ',', '.']).is_empty()
        {
            start = tokens[n - 1].start;
        }
        let mut time = None;
        if let Some((found, words)) = time_near(text, &tokens, n + len) {
            end = end.max(tokens[words - 1].end());
            time = Some(found);
        } else if let Some((found, from)) = time_before(text, &tokens, n) {
            start = start.min(from);
            time = Some(found);
        }
        let since = out.last().map_or(0, |p| p.end.min(start));
        let modified = says_modified(&text[since..start]);
        out.push(Printed { day, time, start, end, modified });
        n += len;
    }
    out
}

/// Says whether words before a date make it the day of a change.
pub(crate) fn says_modified(words: &str) -> bool {
    const CUES: &[&str] = &[
        "updated",
        "modified",
        "update",
        "edited",
        "corrected",
        "revised",
        "changed",
        "aktualisiert",
        "mis à jour",
        "actualizado",
        "aggiornato",
        "bijgewerkt",
    ];
    let words = words.to_lowercase();
    CUES.iter().any(|cue| words.contains(cue)) && !words.contains("published") && !words.contains("posted")
}

/// Returns the date that begins at the first token, and how many tokens it takes.
fn date_at(text: &str, t: &[Token<'_>]) -> Option<(Day, usize)> {
    let gap = |a: usize| Some(&text[t.get(a)?.end()..t.get(a + 1)?.start]);
    let close = |a: usize| {
        gap(a).is_some_and(|g| g.len() <= 4 && g.chars().all(|c| matches!(c, ' ' | ',' | '.' | '-' | '/' | '\u{a0}')))
    };
    // 24 March 2024, 24 de marzo de 2024
    if let Some(d) = t[0].number() {
        let de = usize::from(matches!(t.get(1).map(|x| x.text), Some("de" | "of")));
        if (1..=31).contains(&d)
            && let Some(month) = t.get(1 + de).and_then(Token::month)
            && close(0)
        {
            let of = usize::from(matches!(t.get(2 + de).map(|x| x.text), Some("de" | "del" | "of")));
            let year = t.get(2 + de + of)?;
            if (close(1 + de) || gap(1 + de).is_some_and(|g| g == " '"))
                && let Some(day) = day(year_of(year)?, month, d)
            {
                return Some((day, 3 + de + of));
            }
        }
        // 2024 Mar 28, as journals print it.
        if let (Some(year), Some(month)) = (year_of(&t[0]), t.get(1).and_then(Token::month))
            && close(0)
            && close(1)
            && let Some(d) = t.get(2).and_then(Token::number).filter(|d| (1..=31).contains(d))
            && let Some(day) = day(year, month, d)
        {
            return Some((day, 3));
        }
        return numeric(text, t, d);
    }
    // March 28, 2024
    let month = t[0].month()?;
    let d = t.get(1)?.number().filter(|d| (1..=31).contains(d))?;
    let year = t.get(2)?;
    (close(0) && close(1)).then_some(())?;
    Some((day(year_of(year)?, month, d)?, 3))
}

fn year_of(token: &Token<'_>) -> Option<i32> {
    (token.text.len() == 4).then(|| token.text.parse().ok())?.filter(|y| (1900..2100).contains(y))
}

fn day(year: i32, month: i8, day: i32) -> Option<Day> {
    Day::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()
}

/// Reads 2024-03-28, 2024/03/28, 28.03.2024, 28/03/2024 and 03/28/2024; days first and months first alike count as unreadable.
fn numeric(text: &str, t: &[Token<'_>], first: i32) -> Option<(Day, usize)> {
    let (b, c) = (t.get(1)?, t.get(2)?);
    let sign = &text[t[0].end()..b.start];
    let same = sign == &text[b.end()..c.start] || (sign == ". " && &text[b.end()..c.start] == ".");
    if !same || !matches!(sign, "-" | "/" | "." | ". ") {
        return None;
    }
    let (bn, cn) = (b.number()?, c.number()?);
    let found = if t[0].text.len() == 4 {
        (1900..2100).contains(&first).then(|| day(first, i8::try_from(bn).ok()?, cn))??
    } else {
        let year = year_of(c)?;
        match (sign, first, bn) {
            ("." | ". ", d, m) | ("/" | "-", d @ 13.., m) => day(year, i8::try_from(m).ok()?, d)?,
            ("/" | "-", m, d @ 13..) => day(year, i8::try_from(m).ok()?, d)?,
            ("/" | "-", m, d) if m == d => day(year, i8::try_from(m).ok()?, d)?,
            _ => return None,
        }
    };
    Some((found, 3))
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

/// Returns the date of an address, as in `/2024/03/28/` or `-20240328`.
pub(crate) fn date_in_url(url: &str) -> Option<Day> {
    let path = url.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let date = |y: &str, m: &str, d: &str| {
        let sizes = y.len() == 4 && (1..=2).contains(&m.len()) && (1..=2).contains(&d.len());
        let year = y.parse().ok().filter(|y| sizes && (1990..2100).contains(y))?;
        let month = m.parse().ok().or_else(|| MONTHS.get(m).copied())?;
        day(year, month, d.parse().ok()?)
    };
    let named = parts.windows(3).find_map(|w| {
        let month = MONTHS.get(w[1]).copied()?;
        let year: i32 = w[0].parse().ok().filter(|y| (1990..2100).contains(y))?;
        day(year, month, w[2].parse().ok()?)
    });
    parts.windows(3).find_map(|w| date(w[0], w[1], w[2])).or(named).or_else(|| {
        parts.iter().find_map(|p| {
            let eight = p.len() == 8 && p.bytes().all(|b| b.is_ascii_digit());
            if eight { date(&p[..4], &p[4..6], &p[6..]) } else { None }
        })
    })
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
