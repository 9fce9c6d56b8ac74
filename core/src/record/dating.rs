//! Dates for reports that state none: worked out from what they say and from dated reports of the same story.
//!
//! Each day near the story is tried as the day of publication: "yesterday", "on Thursday", "next week" are resolved from
//! it, and the days that come out are held against sentences of dated reports that share rare words with theirs.

use super::Member;
use crate::lang::en::time::{TimeWord, time_word};
use crate::link::Links;
use crate::reading::dates::{self, Anchor, Unresolved};
use crate::reading::{TimeExpression, TimeType, TokenKind, Words};
use crate::report::{Basis, Published};
use crate::text::{Span, Text};
use crate::when::{Day, When, days_after};
use std::collections::BTreeMap;

/// Days tried before the first and behind the last dated report of the story.
const MARGIN: i64 = 14;
/// The widest span of days tried; stories that last longer are not dated from.
const WIDEST: i64 = 400;
/// The widest interval given. Wider ones help nobody.
const WIDE: i64 = 10;
/// Dated reports looked at, so that a huge story stays cheap.
const REPORTS: usize = 60;
/// The least weight of shared words, in quarter bits of rarity. guess: `annals-eval dating` shows what another does.
const LEAST_SHARED: u32 = 36;
/// The least score of the best day. guess: set by reading `annals-eval dating`, whose stories are spread over few days.
const LEAST_SCORE: u32 = 60;
/// A day belongs to the interval if its score is at least so much of the best, in percent. Source: as above; at 85 one in
/// four wrong intervals missed the day by one, at 60 a day more is given than the words bear.
const GOOD: u32 = 78;
/// The least score of a day between those, in percent of the best.
const TORN: u32 = 40;
/// Where a day further off has more than so much of the best, in percent, nothing is told: a weekday fits every week.
/// guess: as above; the stories it was set on last five days at most, so how it does on longer ones is not known.
const RIVAL: u32 = 50;
/// Days beside the interval that are no rivals.
const CLOSE: usize = 3;
/// Matches kept for a time expression.
const KEPT: usize = 12;

/// Returns an inferred date for each report without one, where the reports of its story allow it.
///
/// One entry a report, `None` for those that have a date and those that cannot be dated.
pub fn infer(members: &[Member], links: &Links) -> Vec<Option<Published>> {
    let mut inferred: Vec<Option<Published>> = members.iter().map(|_| None).collect();
    for story in &links.stories {
        let undated = || story.iter().copied().filter(|&n| members[n].report.when().is_none());
        if undated().next().is_none() {
            continue;
        }
        let dated = || story.iter().copied().filter(|&n| members[n].report.when().is_some()).take(REPORTS);
        let Some(known) = Known::of(members, dated(), undated()) else { continue };
        for n in undated() {
            inferred[n] = date(&members[n], &known, original_day(n, members, links));
        }
    }
    inferred
}

/// Returns the day of the report that report `n` copies: a copy is not older.
fn original_day(n: usize, members: &[Member], links: &Links) -> Option<Day> {
    let originals = links.copies.iter().filter(|c| c.report == n).filter_map(|c| c.of);
    originals.filter_map(|of| members[of].report.when()).map(|w| w.from()).max()
}

/// The words around a time expression, by which two tellings of one thing are known.
struct Around {
    /// Stems, sorted, each once.
    stems: Vec<String>,
    /// Those near the time expression, sorted.
    near: Vec<String>,
}

/// A dated sentence of a dated report.
struct Dated<'a> {
    member: &'a Member,
    around: Around,
    time: &'a TimeExpression,
    when: &'a When,
}

/// What the dated reports of a story tell.
struct Known<'a> {
    dated: Vec<Dated<'a>>,
    /// How rare a stem is in the story, in quarter bits.
    rarity: BTreeMap<String, u32>,
    first: Day,
    last: Day,
}

impl<'a> Known<'a> {
    fn of(
        members: &'a [Member],
        reports: impl Iterator<Item = usize>,
        others: impl Iterator<Item = usize>,
    ) -> Option<Known<'a>> {
        let mut dated = Vec::new();
        let mut counts: BTreeMap<String, u128> = BTreeMap::new();
        let mut sentences: u128 = 0;
        let mut days: Option<(Day, Day)> = None;
        let mut count = |member: &Member| {
            for sentence in member.reading.words.sentences.iter().filter(|s| s.part.is_read()) {
                sentences += 1;
                for stem in stems(&member.report.text, &member.reading.words, sentence.tokens.clone()) {
                    *counts.entry(stem).or_default() += 1;
                }
            }
        };
        for n in reports {
            let member = &members[n];
            count(member);
            let when = member.report.when()?;
            let (first, last) = days.unwrap_or((when.from(), when.to()));
            days = Some((first.min(when.from()), last.max(when.to())));
            for time in &member.reading.times {
                if let (Some(when), Some(around)) = (days_meant(time), around(member, time.span)) {
                    dated.push(Dated { member, around, time, when });
                }
            }
        }
        others.for_each(|n| count(&members[n]));
        let (first, last) = days?;
        let rarity = counts
            .into_iter()
            .map(|(stem, count)| {
                // As if the story had a few more sentences, so that words count in a story of two short reports too.
                let odds = ((sentences + 30) / count).clamp(1, u128::from(u32::MAX));
                (stem, odds.saturating_pow(4).ilog2())
            })
            .collect();
        let tight = i64::from((last - first).get_days()) < WIDEST;
        tight.then_some(Known { dated, rarity, first, last })
    }

    /// Returns how much two tellings share: the rarity of their common words, more for those near both times.
    fn shared(&self, a: &Around, b: &Around) -> u32 {
        let weight = |stem: &String| self.rarity.get(stem).copied().unwrap_or(0);
        let all: u32 = a.stems.iter().filter(|s| b.stems.binary_search(s).is_ok()).map(weight).sum();
        let near: u32 = a.near.iter().filter(|s| b.near.binary_search(s).is_ok()).map(weight).sum();
        (all + near) / 2
    }
}

/// Returns the days a time expression means, if they are few enough to hold others against.
fn days_meant(time: &TimeExpression) -> Option<&When> {
    let dated = matches!(time.kind, TimeType::Date | TimeType::Time);
    time.when.as_ref().filter(|w| dated && w.days() <= 7)
}

fn around(member: &Member, span: Span) -> Option<Around> {
    let words = &member.reading.words;
    let sentence = &words.sentences[words.sentence_at(span.start())?];
    let time = words.inside(span);
    let near = time.start.saturating_sub(10).max(sentence.tokens.start)..(time.end + 10).min(sentence.tokens.end);
    let text = &member.report.text;
    Some(Around { stems: stems(text, words, sentence.tokens.clone()), near: stems(text, words, near) })
}

/// Returns the stems of the words that carry meaning, sorted, each once: their first six letters; numbers whole.
fn stems(text: &Text, words: &Words, tokens: std::ops::Range<usize>) -> Vec<String> {
    let mut stems: Vec<String> = tokens
        .filter_map(|n| {
            let lower = words.lower(n);
            match words.tokens[n].kind {
                TokenKind::Mark => None,
                TokenKind::Number => Some(text.get(words.tokens[n].span).to_owned()),
                TokenKind::Word if lower.chars().count() < 4 => {
                    // Short words carry meaning as names alone: "Aid", "US".
                    text.get(words.tokens[n].span).chars().all(char::is_uppercase).then(|| lower.to_owned())
                }
                TokenKind::Word if time_word(lower).is_some() => None,
                TokenKind::Word => Some(lower.chars().take(6).collect()),
            }
        })
        .collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// A time expression of the undated report and the dated sentences that tell the same.
struct Match<'a, 'b> {
    time: usize,
    with: Vec<(u32, &'a Dated<'b>)>,
}

/// What one day of publication has for it.
#[derive(Default)]
struct Case {
    score: u32,
    /// Which time agrees with which dated sentence, and by how much.
    reasons: Vec<(u32, usize, usize)>,
}

fn date(member: &Member, known: &Known<'_>, not_before: Option<Day>) -> Option<Published> {
    let matches = find_matches(member, known);
    if matches.is_empty() {
        return None;
    }
    let (from, to) = (days_after(known.first, -MARGIN), days_after(known.last, MARGIN));
    let told = dates::parse(&member.report.text, &member.reading.words, &member.reading.syntax);
    let mut cases: Vec<(Day, Case)> = Vec::new();
    let mut day = not_before.map_or(from, |d| d.max(from));
    while day <= to {
        cases.push((day, weigh(member, &told, &matches, day)));
        day = days_after(day, 1);
    }
    let best = cases.iter().map(|(_, c)| c.score).max().filter(|&s| s >= LEAST_SCORE)?;
    let share = |case: &Case| case.score * 100 / best;
    let first = cases.iter().position(|(_, c)| share(c) >= GOOD)?;
    let last = cases.iter().rposition(|(_, c)| share(c) >= GOOD)?;
    // Two weeks that fit equally well, with days between that do not, tell nothing.
    let torn = cases[first..=last].iter().any(|(_, c)| share(c) < TORN);
    let apart = |n: usize| n + CLOSE < first || n > last + CLOSE;
    let doubtful = cases.iter().enumerate().any(|(n, (_, c))| apart(n) && share(c) > RIVAL);
    if (last - first) as i64 >= WIDE || torn || doubtful {
        return None;
    }
    let (_, top) = cases.iter().find(|(_, c)| c.score == best)?;
    Some(published(member, &matches, top, When::between(cases[first].0, cases[last].0)))
}

fn find_matches<'a, 'b>(member: &Member, known: &'a Known<'b>) -> Vec<Match<'a, 'b>> {
    let mut matches = Vec::new();
    for (n, time) in member.reading.times.iter().enumerate() {
        // "October 7" is the same day whenever the report was written.
        let words = &member.reading.words;
        let dated = words.inside(time.span).any(|n| matches!(time_word(words.lower(n)), Some(TimeWord::Month(_))));
        let relative = matches!(time.kind, TimeType::Date | TimeType::Time) && time.when.is_none() && !dated;
        let Some(around) = around(member, time.span).filter(|_| relative) else { continue };
        let mut with: Vec<(u32, &Dated<'_>)> =
            known.dated.iter().map(|d| (known.shared(&around, &d.around), d)).filter(|m| m.0 >= LEAST_SHARED).collect();
        with.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
        with.truncate(KEPT);
        if !with.is_empty() {
            matches.push(Match { time: n, with });
        }
    }
    matches
}

/// Weighs a day of publication: each time resolved from it gains by the best dated sentence that agrees.
fn weigh(member: &Member, told: &Unresolved, matches: &[Match<'_, '_>], day: Day) -> Case {
    let times = told.resolve(Some(&When::day(day)));
    if !told.allows(day, &times) {
        return Case::default();
    }
    let mut case = Case::default();
    for (m, found) in matches.iter().enumerate() {
        let Some(time) = times.get(found.time) else { continue };
        if time.anchor != Some(Anchor::Published) {
            continue;
        }
        let Some(when) = days_meant(time) else { continue };
        let last = member.reading.words.lower_at(time.span).starts_with("last ");
        // "Last Monday" on a Thursday may be the one of the week before.
        let week_before = When::between(days_after(when.from(), -7), days_after(when.to(), -7));
        let gain = |(shared, dated): &(u32, &Dated<'_>)| {
            let close = if when.meets(dated.when) {
                4
            } else if last && week_before.meets(dated.when) && when.days() == 1 {
                3
            } else {
                return 0;
            };
            let width = when.days().max(dated.when.days());
            let exact = if width == 1 {
                4
            } else if width <= 3 {
                3
            } else {
                2
            };
            shared * close * exact * part_agrees(time, dated.time) / 64
        };
        let best =
            found.with.iter().enumerate().map(|(n, w)| (gain(w), n)).max_by_key(|(g, n)| (*g, std::cmp::Reverse(*n)));
        if let Some((gain, n)) = best.filter(|(gain, _)| *gain > 0) {
            case.score += gain;
            case.reasons.push((gain, m, n));
        }
    }
    if names_month(member, day.month()) {
        case.score = case.score * 3 / 4;
    }
    case.reasons.sort_by_key(|(gain, ..)| std::cmp::Reverse(*gain));
    case
}

/// Says whether a report names a month alone ("in March"): of the month it is written in it would say "this month".
fn names_month(member: &Member, month: i8) -> bool {
    let words = &member.reading.words;
    member.reading.times.iter().any(|t| time_word(words.lower_at(t.span)) == Some(TimeWord::Month(month)))
}

/// Says how well the times of day agree: 2 where one is silent or they differ a little, more for one hour, less for others.
fn part_agrees(a: &TimeExpression, b: &TimeExpression) -> u32 {
    let part = |value: &str| value.split_once('T').map(|(_, t)| t.to_owned());
    match (part(&a.value), part(&b.value)) {
        (Some(a), Some(b)) if a == b => 8,
        (Some(a), Some(b))
            if a.starts_with(|c: char| c.is_ascii_digit()) == b.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            1
        }
        _ => 4,
    }
}

fn published(member: &Member, matches: &[Match<'_, '_>], case: &Case, when: When) -> Published {
    let mut evidence = Vec::new();
    let mut reasons = Vec::new();
    for &(_, m, n) in case.reasons.iter().take(4) {
        let Some((_, dated)) = matches[m].with.get(n) else { continue };
        let here = member.reading.times[matches[m].time].span;
        let sentence = sentence_of(&member.reading.words, here);
        evidence.push(sentence);
        let there = sentence_of(&dated.member.reading.words, dated.time.span);
        reasons.push(format!(
            "“{}” in “{}” is {}, by “{}” ({})",
            member.report.text.get(here),
            member.report.text.get(sentence),
            days(dated.when),
            dated.member.report.text.get(there),
            dated.member.report.called(),
        ));
    }
    evidence.sort_unstable();
    evidence.dedup();
    Published { when, basis: Basis::Inferred, evidence, ground: reasons.join("; "), rivals: Vec::new() }
}

fn sentence_of(words: &Words, span: Span) -> Span {
    words.sentence_at(span.start()).map_or(span, |n| words.sentences[n].span)
}

fn days(when: &When) -> String {
    match when.exact() {
        Some(day) => day.to_string(),
        None => format!("{} to {}", when.from(), when.to()),
    }
}
