//! The brief on a terminal: per story its lead, timeline, figures, speakers, deadlines, differences, copies.

use super::desk::{Desk, status};
use super::html::beside::Beside;
use super::series::Series;
use super::speech::{Speaker, Utterance, spoken};
use super::wrap::{Colour, Ink, Run, Sheet, padded, room};
use super::{dates, words};
use crate::app::brief::Brief;
use crate::app::intake::Outcome;
use annals_core::record::{Bounds, Difference, EventRow, Line, Matter, Outcome as Came, Relation, Story};
use annals_core::report::Basis;
use annals_core::when::Day;

/// Rows shown of each section; the page and the JSON have all.
const SERIES: usize = 8;
const SPEAKERS: usize = 8;
const SAID: usize = 2;
const DIFFERENCES: usize = 8;
const SHORT_STORIES: usize = 20;

/// Returns the brief as text. Width in columns.
pub(crate) fn render(brief: &Brief, width: usize, colour: Colour) -> String {
    let desk = Desk::new(brief);
    let mut sheet = Sheet::new(width, colour);
    let stories = desk.stories();
    if let Some(day) = brief.as_of {
        sheet.put(0, &[], &[(&known_on(day), Ink::Bold)]);
    }
    let is_long = |s: &Story| s.reports.len() > 1 || stories.len() == 1;
    for (n, story) in stories.iter().filter(|(_, s)| is_long(s)) {
        sheet.gap();
        whole(&mut sheet, &desk, *n, story);
    }
    let short: Vec<&Story> = stories.iter().filter(|(_, s)| !is_long(s)).map(|(_, s)| *s).collect();
    if !short.is_empty() {
        sheet.gap();
        section(&mut sheet, "Told by one report each");
        short.iter().take(SHORT_STORIES).for_each(|s| brief_story(&mut sheet, &desk, s));
        more(&mut sheet, 2, short.len(), SHORT_STORIES);
    }
    ledger(&mut sheet, &desk);
    sheet.finish()
}

/// Says that later reports are left out.
pub(crate) fn known_on(day: Day) -> String {
    format!("As known on {}", dates::full(day))
}

fn whole(sheet: &mut Sheet, desk: &Desk<'_>, n: usize, story: &Story) {
    sheet.heading(&words::clipped(&desk.words(story.title), 200));
    let days = story.first.zip(story.last).map(|(first, last)| dates::range(first, last));
    let days = days.map(|d| format!("{d} · ")).unwrap_or_default();
    sheet.put(0, &[], &[(&format!("{days}{}", desk.support(story)), Ink::Dim)]);
    let year = desk.year(story);
    lead(sheet, desk, story, year);
    timeline(sheet, desk, story, year);
    figures(sheet, desk, n, year);
    speakers(sheet, desk, n, year);
    due(sheet, desk, n, year);
    differences(sheet, desk, n);
    copies(sheet, desk, story);
    doubts(sheet, desk, story);
    undated(sheet, desk, story);
}

/// Writes a story that one report tells.
fn brief_story(sheet: &mut Sheet, desk: &Desk<'_>, story: &Story) {
    let cited = desk.cited(story.title.report, None);
    let title = desk.words(story.title);
    sheet.put(2, &[], &[(&words::clipped(&title, 160), Ink::Bold), (&format!("({cited})"), Ink::Dim)]);
    if let Some(first) = story.summary.iter().map(|&c| desk.words(c)).find(|words| *words != title) {
        sheet.put(4, &[], &[(&words::clipped(&first, 200), Ink::Plain)]);
    }
}

fn section(sheet: &mut Sheet, title: &str) {
    sheet.gap();
    sheet.put(0, &[], &[(title, Ink::Bold)]);
}

/// Writes how many rows were left out.
fn more(sheet: &mut Sheet, indent: usize, all: usize, shown: usize) {
    if all > shown {
        sheet.put(indent, &[], &[(&format!("and {} more", words::number((all - shown) as f64)), Ink::Dim)]);
    }
}

/// Returns `3 origins`, held together.
fn origins(bounds: Bounds) -> String {
    words::origins(bounds).replace(' ', "\u{a0}")
}

fn lead(sheet: &mut Sheet, desk: &Desk<'_>, story: &Story, year: Option<i16>) {
    if !story.summary.is_empty() {
        sheet.gap();
    }
    for &cite in &story.summary {
        let source = format!("({})", desk.cited(cite.report, year));
        sheet.put(2, &[], &[(&desk.words(cite), Ink::Plain), (&source, Ink::Dim)]);
    }
}

fn timeline(sheet: &mut Sheet, desk: &Desk<'_>, story: &Story, year: Option<i16>) {
    if story.timeline.is_empty() {
        return;
    }
    section(sheet, "Timeline");
    let day = |line: &Line| desk.day(line, year);
    let widest = story.timeline.iter().map(|l| room(&day(l))).max().unwrap_or_default().min(16);
    let narrow = sheet.width() < 60;
    let indent = if narrow { 4 } else { 2 + widest + 2 + 10 + 2 };
    for line in &story.timeline {
        let lead = format!("  {}  {}", padded(&day(line), widest), padded(desk.standing(line), 10));
        let warned = desk.differences_of(line.row).iter().any(|d| d.relation == Relation::Contradict);
        let carried = desk.carried(line.bounds, line.line.report).replace(' ', "\u{a0}");
        let support = format!("·\u{a0}{carried}");
        let mut runs: Vec<Run> = Vec::new();
        let told = desk.words(line.line);
        runs.push((&told, Ink::Plain));
        runs.push((&support, Ink::Dim));
        if desk.is_inferred(line) {
            runs.push(("·\u{a0}date\u{a0}inferred", Ink::Dim));
        }
        if warned {
            runs.push(("⚠\u{a0}differs", Ink::Alert));
        }
        sheet.put(indent, &[(lead.trim_end(), Ink::Plain)], &runs);
        if let Some(super::desk::Row::Event(event)) = desk.row(line.row) {
            let passed = desk.passed(event, year);
            if !passed.is_empty() {
                sheet.put(indent, &[], &[(&passed.join(" → "), Ink::Dim)]);
            }
        }
        for difference in desk.differences_of(line.row) {
            if difference.relation == Relation::Contradict {
                sheet.put(indent, &[], &[(&words::one_line(&difference.note), Ink::Dim)]);
            }
        }
    }
}

fn figures(sheet: &mut Sheet, desk: &Desk<'_>, n: usize, year: Option<i16>) {
    let all = desk.series(n);
    let worth = |s: &&Series| s.is_news(desk);
    let shown: Vec<&Series> = all.iter().filter(worth).take(SERIES).collect();
    if shown.is_empty() {
        return;
    }
    section(sheet, "Figures");
    for series in &shown {
        let label = words::clipped(&series.label, 60);
        let values = series.shown(desk, year).into_iter().map(|v| match v.ground.is_empty() {
            true => format!("{} {}", v.before, v.value),
            false => format!("{} {} ({})", v.before, v.value, v.ground),
        });
        let joined = values.collect::<Vec<_>>().join(" ");
        let mut runs: Vec<Run> = vec![(&label, Ink::Bold), (":", Ink::Plain), (&joined, Ink::Plain)];
        if series.contradicts() {
            runs.push(("⚠\u{a0}sources differ", Ink::Alert));
        }
        sheet.put(4, &[(" ", Ink::Plain)], &runs);
    }
    let named = all.iter().filter(|s| !s.label.is_empty()).count();
    more(sheet, 2, named, shown.len());
}

fn speakers(sheet: &mut Sheet, desk: &Desk<'_>, n: usize, year: Option<i16>) {
    let all = desk.speakers(n);
    let named: Vec<&Speaker> = all.iter().filter(|s| s.is_named()).collect();
    if named.is_empty() {
        return;
    }
    section(sheet, "Who said what");
    for speaker in named.iter().take(SPEAKERS) {
        let role = speaker.entity.and_then(|e| desk.role(e)).map(|r| format!(", {r}")).unwrap_or_default();
        let role = if speaker.is_named_by_a_person() { " (named by a person, by no report)" } else { role.as_str() };
        sheet.put(2, &[], &[(&speaker.name, Ink::Bold), (role, Ink::Plain)]);
        let mut best: Vec<&Utterance> = speaker.said.iter().collect();
        best.sort_by_key(|u| {
            let (is_readable, is_direct) = quotable(desk, u);
            (std::cmp::Reverse((is_readable, u.origins, is_direct)), u.id)
        });
        best.truncate(SAID);
        best.sort_by_key(|u| (u.day.is_none(), u.day, u.id));
        for said in best {
            utterance(sheet, desk, said, year);
        }
        more(sheet, 4, speaker.said.len(), SAID);
    }
    more(sheet, 2, named.len(), SPEAKERS);
}

/// Ranks what is worth quoting: own words of a length that can be read at a glance.
fn quotable(desk: &Desk<'_>, said: &Utterance<'_>) -> (bool, bool) {
    let length = spoken(desk, said.best()).chars().count();
    ((30..=220).contains(&length), desk.statement(said.best()).kind == annals_core::reading::Speech::Direct)
}

fn utterance(sheet: &mut Sheet, desk: &Desk<'_>, said: &Utterance<'_>, year: Option<i16>) {
    let best = said.best();
    let mut about = Vec::new();
    about.extend(said.said.as_ref().map(|when| dates::interval(when, year)));
    let to = desk.statement(best).to.map(|to| desk.words_at(best.report, to));
    about.extend(to.filter(|to| *to != desk.outlet(best.report)).map(|to| format!("to {to}")));
    if said.wordings > 1 {
        about.push(format!("{} wordings", said.wordings));
    }
    about.push(match (said.bounds.high, &said.said) {
        (0 | 1, Some(_)) => format!("in {}", desk.outlet(best.report)),
        (0 | 1, None) => format!("in {}", desk.cited(best.report, year)),
        _ => origins(said.bounds),
    });
    let words = spoken(desk, best);
    let about = format!("({})", about.join(", "));
    let decided = said.decided().map(|decided| format!("· {decided}"));
    let mut runs = vec![(words::clipped(&words, 280), Ink::Plain), (about.into(), Ink::Dim)];
    runs.extend(decided.map(|decided| (decided.into(), Ink::Dim)));
    let runs: Vec<Run> = runs.iter().map(|(words, ink)| (words.as_ref(), *ink)).collect();
    sheet.put(4, &[], &runs);
}

fn due(sheet: &mut Sheet, desk: &Desk<'_>, n: usize, year: Option<i16>) {
    let all = desk.due(n);
    if all.is_empty() {
        return;
    }
    section(sheet, "What is due");
    for event in all.iter().take(DIFFERENCES) {
        let day = promised_for(event, year);
        let came = came(event);
        sheet.put(
            20,
            &[(&format!("  {day}"), Ink::Plain)],
            &[
                (&words::clipped(&desk.words(desk.told(event)), 160), Ink::Plain),
                (&format!("· {came} · {}", origins(event.support.bounds)), Ink::Dim),
            ],
        );
    }
    more(sheet, 2, all.len(), DIFFERENCES);
}

/// Returns by when something was promised, in words.
pub(crate) fn promised_for(event: &EventRow, year: Option<i16>) -> String {
    match event.due.as_ref().or(event.when.as_ref()) {
        Some(when) if when.exact().is_some() => format!("by {}", dates::interval(when, year)),
        Some(when) => dates::interval(when, year),
        None => "no day named".into(),
    }
}

/// Returns what came of a promise, in words.
pub(crate) fn came(event: &EventRow) -> String {
    match event.outcome {
        Some(Came::Kept) => "kept".into(),
        Some(Came::Missed) => "not kept".into(),
        Some(Came::Open) | None => match event.status {
            annals_core::reading::Status::Planned => "no report of it yet".into(),
            other => status(other).into(),
        },
    }
}

fn differences(sheet: &mut Sheet, desk: &Desk<'_>, n: usize) {
    // A figure that only moved on stands in its series already.
    let is_news = |d: &&Difference| d.relation == Relation::Contradict || d.kind != Matter::Figure;
    let all: Vec<&Difference> = desk.differences(n).into_iter().filter(is_news).collect();
    if all.is_empty() {
        return;
    }
    section(sheet, "Where reports differ");
    for difference in all.iter().take(DIFFERENCES) {
        sheet.put(4, &[(mark(difference), Ink::Alert)], &[(&words::one_line(&difference.note), Ink::Plain)]);
    }
    more(sheet, 4, all.len(), DIFFERENCES);
}

fn mark(difference: &Difference) -> &'static str {
    match difference.relation {
        Relation::Contradict => "  ✗",
        Relation::Update => "  →",
        Relation::Narrower => "  ≈",
    }
}

fn copies(sheet: &mut Sheet, desk: &Desk<'_>, story: &Story) {
    let mut lines: Vec<String> = Vec::new();
    for copy in story.reports.iter().filter_map(|&r| desk.copy_of(r)) {
        let origin = copy.origin.as_deref().map(|o| words::one_line(o).into_owned());
        let of = copy.of.map(|of| desk.outlet(of)).or(origin).unwrap_or_default();
        let share = copy.containment.map(|c| format!(", {} % of its words", (u32::from(c) + 5) / 10));
        let told = Beside::of(desk, copy).and_then(|b| b.told()).map(|told| format!("; {told}"));
        let (share, told) = (share.unwrap_or_default(), told.unwrap_or_default());
        let told = if copy.decided { format!("{told}; as a person decided") } else { told };
        lines.push(format!("{} ← {of} ({}{share}{told})", desk.outlet(copy.report), copy.kind.name()));
    }
    lines.extend(desk.decided(story));
    if lines.is_empty() {
        return;
    }
    section(sheet, "Copies");
    lines.iter().for_each(|line| sheet.put(4, &[(" ", Ink::Plain)], &[(line, Ink::Plain)]));
}

/// Writes why the number of origins is not sure.
fn doubts(sheet: &mut Sheet, desk: &Desk<'_>, story: &Story) {
    let all = desk.doubts(story);
    if all.is_empty() {
        return;
    }
    section(sheet, "One origin or two");
    for doubt in all.iter().take(DIFFERENCES) {
        sheet.put(4, &[(" ", Ink::Plain)], &[(doubt, Ink::Plain)]);
    }
    more(sheet, 4, all.len(), DIFFERENCES);
}

fn undated(sheet: &mut Sheet, desk: &Desk<'_>, story: &Story) {
    let lines: Vec<String> = story
        .reports
        .iter()
        .filter_map(|&r| match &desk.report(r).published {
            None => Some(format!("{}: no date found", desk.outlet(r))),
            Some(p) if p.basis == Basis::Inferred => Some(format!(
                "{}: {}, inferred: {}",
                desk.outlet(r),
                dates::interval(&p.when, None),
                dates::reason(&p.ground)
            )),
            Some(_) => None,
        })
        .collect();
    if lines.is_empty() {
        return;
    }
    section(sheet, "Undated");
    lines.iter().for_each(|line| sheet.put(4, &[(" ", Ink::Plain)], &[(line, Ink::Plain)]));
}

fn ledger(sheet: &mut Sheet, desk: &Desk<'_>) {
    let [kept, known, refused, failed] = desk.tally();
    let all = kept + known + refused + failed;
    sheet.gap();
    let mut sums = vec![format!("{}: {kept} kept", words::count(all, "input", "inputs"))];
    let others = [(known, "known already"), (refused, "refused"), (failed, "failed")];
    sums.extend(others.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
    sheet.put(0, &[], &[(&sums.join(", "), Ink::Bold)]);
    for entry in desk.containers() {
        let name = words::source(&entry.source);
        sheet.put(4, &[(" ", Ink::Plain)], &[(&format!("{name}: {}", words::one_line(&entry.reason)), Ink::Plain)]);
    }
    for entry in &desk.brief.ledger {
        if entry.outcome == Outcome::Kept {
            continue;
        }
        let name = words::source(&entry.source);
        let why = words::one_line(&entry.reason);
        sheet.put(4, &[(" ", Ink::Plain)], &[(&format!("{name}: {}, {why}", entry.outcome.name()), Ink::Plain)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_brief_reads_at_eighty_columns() {
        let shown = render(&crate::view::sample::brief(), 80, Colour::Off);
        assert_eq!(shown, include_str!("sample.txt"), "as shown now:\n{shown}");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in [40, 64, 80, 110] {
            let shown = render(&crate::view::sample::brief(), width, Colour::Off);
            let wide: Vec<&str> = shown.lines().filter(|l| room(l) > width).collect();
            assert!(wide.is_empty(), "wider than {width}: {wide:?}");
        }
    }

    #[test]
    fn a_terminal_gets_no_control_characters_but_its_colours() {
        let shown = render(&crate::view::sample::brief(), 80, Colour::On);
        let is_own =
            |rest: &str| ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[31m"].iter().any(|c| rest.starts_with(c));
        assert!(shown.match_indices('\u{1b}').all(|(at, _)| is_own(&shown[at..])));
        assert!(shown.contains("b·[31m.png"), "{shown}");
    }
}
