//! When something was said: the time in the cue's clause, else that of the same speaker's words just before.

use super::attribute::Draft;
use super::clause::{Line, Page};
use super::nouns;
use super::speaker::Speakers;
use crate::lang::en::speech::{self, Form};
use crate::reading::dates::{TimeExpression, TimeType};
use crate::text::{PartKind, Span};
use crate::when::When;

/// Longest interval that dates an utterance from the front of its sentence, in days. guess: a week; longer ones are background.
const LONGEST: u32 = 7;

/// Returns when each draft's words were said, as far as the report states it.
pub(super) fn resolve(
    page: &Page<'_>,
    lines: &[Line],
    drafts: &[Draft],
    speakers: &[Option<usize>],
    who: &Speakers<'_, '_>,
    times: &[TimeExpression],
    published: Option<&When>,
) -> Vec<Option<When>> {
    // A time within anybody's words is no time of speaking.
    let mut content: Vec<Span> = drafts.iter().flat_map(|d| &d.content).filter_map(|c| page.span(c.clone())).collect();
    content.sort_unstable();
    let quoted = |t: &TimeExpression| {
        let n = content.partition_point(|c| c.start() <= t.span.start());
        content[n.saturating_sub(3)..n].iter().any(|c| c.end() > t.span.start())
    };
    // The opening tells its day in whoever's words.
    let lede = lede(page, lines, times, published);
    let times: Vec<TimeExpression> = times.iter().filter(|t| !quoted(t)).cloned().collect();
    let times = &times[..];
    let mut out: Vec<Option<When>> = drafts.iter().map(|d| stated(page, lines, d, times, published)).collect();
    let by_noun = |d: &Draft| d.cue.as_ref().is_some_and(|c| nouns::is_noun(page, c));
    for n in 0..drafts.len() {
        if out[n].is_none() && !by_noun(&drafts[n]) {
            out[n] = inherited(lines, drafts, speakers, &out, n)
                .or_else(|| occasion(page, lines, &drafts[n], speakers[n], who, times, published))
                .or_else(|| lede.clone().filter(|_| plain_past(page, &drafts[n])));
        }
    }
    out
}

/// Returns the time stated in the cue's clause, or at the front of its sentence.
fn stated(
    page: &Page<'_>,
    lines: &[Line],
    draft: &Draft,
    times: &[TimeExpression],
    published: Option<&When>,
) -> Option<When> {
    let cue = page.span(draft.cue.clone()?)?;
    let from = draft.cue.as_ref().map_or(0, |c| c.start);
    // "According to the office, nine fell ill on Friday": the day is that of what is told. "On Friday the owners refused her
    // call for a vote": that of another deed.
    if page.lower(from) == "according" || draft.cue.as_ref().is_some_and(|c| nouns::is_noun(page, c)) {
        return None;
    }
    let number = lines.partition_point(|l| l.tokens.end <= from);
    let line = page.span(lines.get(number)?.tokens.clone())?;
    let usable = |t: &&TimeExpression| {
        let inside = |tokens: &std::ops::Range<usize>| page.span(tokens.clone()).is_some_and(|s| s.overlaps(t.span));
        !draft.source.iter().any(inside)
            && page.marks.of(page.words.inside(t.span).start).is_none()
            && dates(page, t, published)
    };
    let here = within(times, line).iter().filter(usable);
    let behind = here.clone().find(|t| t.span.start() >= cue.end()).filter(|t| !in_another_clause(page, cue, t.span));
    let before = || {
        here.clone()
            .rfind(|t| t.span.end() <= cue.start())
            .filter(|t| t.when.as_ref().is_some_and(|w| w.days() <= LONGEST))
    };
    behind.or_else(before).and_then(|t| t.when.clone())
}

/// Says whether a clause of its own opens between the cue and a time behind it: "said Lund, adding that it had rained in May".
fn in_another_clause(page: &Page<'_>, cue: Span, time: Span) -> bool {
    let between = page.words.inside(cue).end..page.words.inside(time).start;
    between
        .into_iter()
        .any(|n| matches!(page.lower(n), "that" | "which" | "who" | "whose" | "where" | "because" | "while"))
}

/// Says whether a time expression can be the day of an utterance: known, not to come, no bound ("by Friday").
fn dates(page: &Page<'_>, time: &TimeExpression, published: Option<&When>) -> bool {
    let Some(when) = &time.when else { return false };
    let first = page.words.inside(time.span).start;
    // "Nine more than on Friday": a day to compare with.
    let compared = first > 1 && matches!(page.lower(first - 2), "than" | "as") && page.lower(first - 1) == "on";
    let bound = first > 0
        && matches!(
            page.lower(first - 1),
            "by" | "until" | "till" | "since" | "from" | "before" | "between" | "for" | "of" | "than"
        );
    let ahead = published.is_some_and(|p| when.from() > p.to());
    matches!(time.kind, TimeType::Date | TimeType::Time) && !bound && !compared && !ahead
}

fn within(times: &[TimeExpression], span: Span) -> &[TimeExpression] {
    let from = times.partition_point(|t| t.span.start() < span.start());
    let to = times.partition_point(|t| t.span.start() < span.end());
    &times[from..to.max(from)]
}

/// Returns the time of the statement before, if the same speaker goes on.
fn inherited(
    lines: &[Line],
    drafts: &[Draft],
    speakers: &[Option<usize>],
    said: &[Option<When>],
    n: usize,
) -> Option<When> {
    let paragraph = |n: usize| lines[drafts[n].line].paragraph;
    let same = |m: usize| match (speakers[n], speakers[m]) {
        (Some(a), Some(b)) => a == b,
        _ => drafts[n].source.is_some() && drafts[n].source == drafts[m].source,
    };
    let before = (0..n).rev().take_while(|&m| paragraph(m) + 1 >= paragraph(n));
    let m = before.take(6).find(|&m| paragraph(m) == paragraph(n) && same(m) || m + 1 == n && same(m))?;
    said[m].clone()
}

/// Returns the day of the occasion just told of, at which the same person then speaks: "Lund met the owners on Tuesday. She said …"
fn occasion(
    page: &Page<'_>,
    lines: &[Line],
    draft: &Draft,
    speaker: Option<usize>,
    who: &Speakers<'_, '_>,
    times: &[TimeExpression],
    published: Option<&When>,
) -> Option<When> {
    let speaker = speaker?;
    let paragraph = lines[draft.line].paragraph;
    let near = (0..draft.line).rev().take_while(|&n| lines[n].paragraph + 1 >= paragraph).take(4);
    for n in near {
        if who.subject(n) != Some(speaker) || !speaks(page, &lines[n]) {
            continue;
        }
        let line = page.span(lines[n].tokens.clone())?;
        let day = within(times, line)
            .iter()
            .find(|t| page.marks.of(page.words.inside(t.span).start).is_none() && dates(page, t, published))
            .and_then(|t| t.when.clone())
            .filter(|w| w.days() == 1);
        if day.is_some() {
            return day;
        }
    }
    None
}

/// Says whether the first verb of a line is one of meeting or speaking in public.
fn speaks(page: &Page<'_>, line: &Line) -> bool {
    let verb = line.tokens.clone().skip(1).find(|&t| page.marks.of(t).is_none() && page.verbish(t));
    verb.is_some_and(|v| {
        let meets =
            ["met", "received", "addressed", "visited", "toured", "appeared", "hosted", "briefed", "gathered", "spoke"];
        meets.contains(&page.lower(v)) || speech::verb(page.lower(v)).is_some_and(|(v, _)| v.takes.quote)
    })
}

/// Returns the days that an undated "said" of a report of the day can mean: from the day its opening tells of to that of publication.
///
/// Only for a report published on that day or the day after it; longer stories quote from several days.
fn lede(page: &Page<'_>, lines: &[Line], times: &[TimeExpression], published: Option<&When>) -> Option<When> {
    let day = published?.exact()?;
    let body = |l: &&Line| {
        page.words
            .tokens
            .get(l.tokens.start)
            .is_some_and(|t| page.words.sentences.get(t.sentence as usize).is_some_and(|s| s.part == PartKind::Body))
    };
    let first = lines.iter().find(|l| body(l) && l.tokens.len() > 12)?;
    let span = page.span(first.tokens.clone())?;
    let told = within(times, span).iter().filter(|t| page.marks.of(page.words.inside(t.span).start).is_none());
    let told = told.filter(|t| dates(page, t, published)).filter_map(|t| t.when.as_ref()?.exact());
    let near = told.filter(|d| (day - *d).get_days() <= 1).max()?;
    Some(When::between(near, day))
}

/// Says whether a draft's cue is a plain past ("said", not "has said" or "says").
fn plain_past(page: &Page<'_>, draft: &Draft) -> bool {
    let Some(cue) = draft.cue.clone() else { return false };
    let perfect = cue.clone().any(|n| {
        matches!(page.lower(n), "has" | "have" | "had" | "once" | "previously" | "earlier" | "often" | "repeatedly")
    });
    let past = cue
        .clone()
        .filter_map(|n| speech::verb(page.lower(n)))
        .any(|(v, form)| form == Form::Past && v.takes.quote && !v.takes.belief);
    past && !perfect
}
