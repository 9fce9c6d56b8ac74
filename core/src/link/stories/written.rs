//! The days that a report without a day of its own writes out in full: "4 March 2031", "March 4, 2031"; and the years.

use super::terms::days;
use crate::lang::en::time::{TimeWord, time_word};
use crate::link::Article;
use crate::link::words::{Word, Words};
use crate::packed::{Unpack, put, put_signed};

/// The most days, and the most years, that are kept of one report, the first ones.
const MOST: usize = 16;
/// Days within which two written days may be of one event's news.
const NEAR: i32 = 7;
/// Days from which on two written days speak of two events.
const FAR: i32 = 60;

/// What a report writes out.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    /// Days since the epoch.
    days: Vec<i32>,
    years: Vec<i16>,
}

/// What two reports without a day say of how far apart they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Apart {
    Near,
    Unknown,
    Far,
}

impl Written {
    /// Reads title and body.
    pub(super) fn of(article: &Article<'_>, body: &Words, title: &Words) -> Written {
        let mut written = Written::default();
        written.read(article.title, &title.words);
        written.read(article.text, &body.words);
        written
    }

    /// Compares what two reports write out: their nearest days, else whether they have a year in common.
    pub(super) fn apart(&self, other: &Written) -> Apart {
        let gaps = self.days.iter().flat_map(|a| other.days.iter().map(move |b| (a - b).abs()));
        match gaps.min() {
            Some(0..=NEAR) => Apart::Near,
            Some(..=FAR) => Apart::Unknown,
            Some(_) => Apart::Far,
            None if self.years.is_empty() || other.years.is_empty() => Apart::Unknown,
            None if self.years.iter().any(|year| other.years.contains(year)) => Apart::Unknown,
            None => Apart::Far,
        }
    }

    /// Adds them to bytes.
    pub(super) fn pack(&self, out: &mut Vec<u8>) {
        put(out, self.days.len() as u64);
        self.days.iter().for_each(|&day| put_signed(out, day));
        put(out, self.years.len() as u64);
        self.years.iter().for_each(|&year| put_signed(out, i32::from(year)));
    }

    /// Reads what [`Written::pack`] wrote.
    pub(super) fn unpack(from: &mut Unpack<'_>) -> Option<Written> {
        let days = from.list(Unpack::signed)?;
        let years = from.list(|from| i16::try_from(from.signed()?).ok())?;
        Some(Written { days, years })
    }

    fn read(&mut self, text: &str, words: &[Word]) {
        let written = |word: &Word| text.get(word.start as usize..word.end as usize).unwrap_or_default();
        for (n, word) in words.iter().enumerate() {
            let Some(year) = year(written(word)) else { continue };
            push(&mut self.years, year);
            let Some([first, second]) = n.checked_sub(2).map(|from| [written(&words[from]), written(&words[from + 1])])
            else {
                continue;
            };
            let month_and_day = month(first).zip(day(second)).or_else(|| month(second).zip(day(first)));
            if let Some((month, day)) = month_and_day
                && let Ok(date) = jiff::civil::Date::new(year, month, day)
            {
                push(&mut self.days, days(date));
            }
        }
    }
}

fn push<T: PartialEq>(list: &mut Vec<T>, new: T) {
    if list.len() < MOST && !list.contains(&new) {
        list.push(new);
    }
}

fn year(word: &str) -> Option<i16> {
    let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    is_year.then(|| word.parse().ok()).flatten()
}

fn month(word: &str) -> Option<i8> {
    match time_word(&word.to_lowercase()) {
        Some(TimeWord::Month(month)) => Some(month),
        _ => None,
    }
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    (digits.len() <= 2 && matches!(ending, "" | "st" | "nd" | "rd" | "th")).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::words;

    fn of(text: &str) -> Written {
        let mut written = Written::default();
        written.read(text, &words::title(text).words);
        written
    }

    #[test]
    fn the_nearest_written_days_tell_else_the_years() {
        let spring = of("The bridge was closed on March 4, 2031, and opened in 1962.");
        assert_eq!(spring.apart(&of("Closed since 9th March 2031.")), Apart::Near);
        assert_eq!(spring.apart(&of("Work began on 2 April 2031.")), Apart::Unknown);
        assert_eq!(spring.apart(&of("Work ended on 2 April 2035.")), Apart::Far);
        assert_eq!(spring.apart(&of("Cracks were found in 2028.")), Apart::Far);
        assert_eq!(spring.apart(&of("Cracks were found in 2031.")), Apart::Unknown);
        assert_eq!(spring.apart(&of("Cracks were found on Tuesday.")), Apart::Unknown);
    }
}
