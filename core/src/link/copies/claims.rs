//! Whether the day that a report claims can be: a text that tells of Tuesday as over was not published on the Monday before.
//!
//! Asked of the members of one group of copies alone, and only where the words of time in a text leave a doubt.

use crate::lang::en::time::{TimeWord, time_word};
use crate::link::Article;
use crate::reading::{dates, syntax, words};
use crate::text::{PartKind, Text};
use crate::when::Day;

/// Days between publication and the last weekday told as over, from which on the claim is odd: what lies so far back is told
/// by its date, or as last week's. guess: see docs/measurements/origins.md.
const STALE: i32 = 4;
/// Days between them that are usual.
const FRESH: i32 = 1;

/// The months and weekdays that a text names, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::link) struct Times {
    /// January is bit 1.
    pub(in crate::link) months: u16,
    /// Monday is bit 1.
    pub(in crate::link) weekdays: u8,
}

impl Times {
    pub(in crate::link) fn of(article: &Article<'_>) -> Times {
        let mut times = Times::default();
        for body in article.body.iter().filter_map(|span| article.text.get(span.start()..span.end())) {
            for word in body.split(|c: char| !c.is_alphabetic()).filter(|w| w.starts_with(char::is_uppercase)) {
                match time_word(&word.to_lowercase()) {
                    Some(TimeWord::Month(month)) => times.months |= 1 << month,
                    Some(TimeWord::Weekday(day)) => times.weekdays |= 1 << day,
                    _ => {}
                }
            }
        }
        times
    }

    /// Says whether it is worth reading a text against the day that its report claims and the last that others with the same
    /// text claim: it names a month between the days, or weekdays and none shortly before the claimed one.
    pub(super) fn may_contradict(self, claimed: Day, last: Day) -> bool {
        let months = i32::from(last.year() - claimed.year()) * 12 + i32::from(last.month() - claimed.month());
        let is_named = |month: &i32| self.months >> month & 1 == 1;
        let month = (1..=12).filter(is_named).any(|n| (n - i32::from(claimed.month())).rem_euclid(12) <= months);
        let is_named = |day: &i32| self.weekdays >> day & 1 == 1;
        let age = |day: i32| (i32::from(claimed.weekday().to_monday_one_offset()) - day).rem_euclid(7);
        month || (1..=7).filter(is_named).map(age).min().is_some_and(|age| age >= STALE)
    }
}

/// Says whether a text contradicts the day that its report claims, in view of the `later` days that reports with the same
/// text claim: it tells of one of those days or one between as over, or by weekdays that are fresh on a later day and would
/// be stale on this one.
pub(super) fn contradicts(text: &str, claimed: Day, later: &[Day]) -> bool {
    let Some(&last) = later.iter().max() else { return false };
    let paragraphs = text.split("\n\n").map(|p| (PartKind::Body, p.trim()));
    let text = Text::from_paragraphs(paragraphs.filter(|p| !p.1.is_empty()));
    let words = words::split(&text);
    let told = dates::parse(&text, &words, &syntax::parse(&text, &words));
    if told.over_by_date(last).is_some_and(|day| day > claimed && day <= last) {
        return true;
    }
    let age = |day: Day| told.over_by_weekday(day).map(|over| (day - over).get_days());
    age(claimed).is_some_and(|days| days >= STALE)
        && later.iter().any(|&day| age(day).is_some_and(|days| days <= FRESH))
}

/// Says whether a text breaks off: no mark ends its last sentence, or dots do.
pub(in crate::link) fn breaks_off(article: &Article<'_>) -> bool {
    let last = article.body.last().and_then(|span| article.text.get(span.start()..span.end())).unwrap_or_default();
    let last = last.trim_end().trim_end_matches(['”', '"', '’', ')', ']']);
    last.ends_with(['…', ',']) || last.ends_with("...") || last.ends_with(char::is_alphanumeric)
}
