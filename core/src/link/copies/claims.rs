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

/// Says whether the text contradicts the day that its report claims, in view of the `later` days that reports with the same
/// text claim: it tells of one of those days or one between as over, or by weekdays that are fresh on a later day and would
/// be stale on this one.
pub(super) fn contradicts(article: &Article<'_>, later: &[Day]) -> bool {
    let (Some(claimed), Some(&last)) = (article.day, later.iter().max()) else { return false };
    if !may_contradict(article, claimed, last) {
        return false;
    }
    let paragraphs = article.body.iter().filter_map(|span| article.text.get(span.start()..span.end()));
    let paragraphs = paragraphs.flat_map(|body| body.split("\n\n")).map(|p| (PartKind::Body, p.trim()));
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

/// Says whether it is worth reading the text: it names a month between the days, or weekdays and none shortly before the
/// claimed one.
fn may_contradict(article: &Article<'_>, claimed: Day, last: Day) -> bool {
    let months = i32::from(last.year() - claimed.year()) * 12 + i32::from(last.month() - claimed.month());
    let (mut month, mut nearest) = (false, None);
    for span in article.body {
        let Some(body) = article.text.get(span.start()..span.end()) else { continue };
        for word in body.split(|c: char| !c.is_alphabetic()).filter(|w| w.starts_with(char::is_uppercase)) {
            match time_word(&word.to_lowercase()) {
                Some(TimeWord::Month(n)) => {
                    month |= (i32::from(n) - i32::from(claimed.month())).rem_euclid(12) <= months;
                }
                Some(TimeWord::Weekday(day)) => {
                    let age = (i32::from(claimed.weekday().to_monday_one_offset()) - i32::from(day)).rem_euclid(7);
                    nearest = Some(nearest.map_or(age, |n: i32| n.min(age)));
                }
                _ => {}
            }
        }
    }
    month || nearest.is_some_and(|age| age >= STALE)
}

/// Says whether a text breaks off: no mark ends its last sentence, or dots do.
pub(super) fn breaks_off(article: &Article<'_>) -> bool {
    let last = article.body.last().and_then(|span| article.text.get(span.start()..span.end())).unwrap_or_default();
    let last = last.trim_end().trim_end_matches(['”', '"', '’', ')', ']']);
    last.ends_with(['…', ',']) || last.ends_with("...") || last.ends_with(char::is_alphanumeric)
}
