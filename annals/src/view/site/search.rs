//! What a search found: each report with the passage that holds the words, its story, and the outlets and months to narrow by.

use super::{encoded, pages, search_box};
use crate::app::search::{Answer, Found, on_day};
use crate::app::shelf::Shown;
use crate::view::{dates, words};
use annals_core::when::When;
use maud::{Markup, html};

/// Outlets and months offered; rows of a report shown.
const OFFERED: usize = 12;
const ROWS: usize = 6;

/// What was asked and found.
pub(crate) struct Page<'a> {
    /// What was typed.
    pub(crate) asked: &'a str,
    /// What was found; none if nothing was asked.
    pub(crate) answer: Option<&'a Answer>,
    /// The story of each report found, in the same order.
    pub(crate) stories: Vec<Option<&'a Shown>>,
    /// What is wrong with what was typed.
    pub(crate) unclear: Option<String>,
    /// The number of the page, from 1, and of the last.
    pub(crate) page: (usize, usize),
}

/// Shows what was found.
pub(crate) fn page(found: &Page<'_>) -> Markup {
    html! {
        div.front {
            h1 { "Search" }
            (search_box(found.asked, "pump \"public hearing\" person:lund after:2031-05-06"))
            div #results {
                @if let Some(why) = &found.unclear { p.notice role="alert" { (why) } }
                @if let Some(answer) = found.answer { (results(found, answer)) }
                @else if found.unclear.is_none() { (help()) }
            }
        }
    }
}

fn results(found: &Page<'_>, answer: &Answer) -> Markup {
    html! {
        p.found role="status" {
            (words::count(answer.total, "report", "reports")) " found"
            @if answer.missing > 0 { "; " (words::count(answer.missing, "report is", "reports are")) " not in the index yet" }
        }
        @if answer.not_read > 0 { p.notice { (crate::view::search::not_read(answer.not_read)) "." } }
        @if answer.total == 0 { p.notice { "Nothing holds all of this. Fewer words find more; a word with a letter wrong is found as " code { "word~" } "." } }
        div.columns {
            ol.hits.first { @for (hit, story) in answer.found.iter().zip(&found.stories) { (one(hit, *story)) } }
            @if !answer.outlets.is_empty() || !answer.months.is_empty() { (narrow(found.asked, answer)) }
        }
        (pages(found.page.0, found.page.1, &format!("/search?q={}&page=", encoded(found.asked))))
    }
}

fn one(found: &Found, story: Option<&Shown>) -> Markup {
    let hit = &found.hit;
    let when = hit.days.map(|(from, to)| When::between(on_day(from), on_day(to)));
    let (start, end) = found.passage;
    html! {
        li {
            h2 { a href={ "/report/" (hit.id) } dir="auto" { @if hit.title.trim().is_empty() { "(no headline)" } @else { (words::clipped(&words::one_line(&hit.title), 200)) } } }
            p.facts {
                @if let Some(outlet) = &hit.outlet { span dir="auto" { (words::one_line(outlet)) } " · " }
                @match when { Some(when) => (dates::range(when.from(), when.to())), None => "no date" }
                @if let Some(story) = story { @if story.reports > 1 { " · story: " a href={ "/story/" (story.id) } dir="auto" { (words::clipped(&words::one_line(&story.title), 80)) } } }
            }
            p.words dir="auto" {
                @if start > 0 { "… " }
                @for (piece, is_found) in pieces(found) { @if is_found { mark { (words::lines(piece)) } } @else { (words::lines(piece)) } }
                @if end < hit.text.len() { " …" }
            }
            @if !found.rows.is_empty() {
                ul.rows {
                    @for row in found.rows.iter().take(ROWS) { li dir="auto" { @if !row.mark.is_empty() { span.by { (words::one_line(&row.mark)) ": " } } (words::one_line(&hit.text[row.span.start()..row.span.end()])) } }
                    @if found.rows.len() > ROWS { li.by { "and " (found.rows.len() - ROWS) " more" } }
                }
            }
        }
    }
}

/// Parts the passage of a hit into words that were asked for and others.
fn pieces(found: &Found) -> Vec<(&str, bool)> {
    let (start, end) = found.passage;
    let text = found.hit.text.as_str();
    let mut pieces = Vec::new();
    let mut at = start;
    for range in found.hit.found.iter().filter(|r| r.start >= start && r.end <= end) {
        if range.start < at {
            continue;
        }
        pieces.push((&text[at..range.start], false));
        pieces.push((&text[range.clone()], true));
        at = range.end;
    }
    pieces.push((&text[at..end], false));
    pieces.retain(|(words, _)| !words.is_empty());
    pieces
}

fn narrow(asked: &str, answer: &Answer) -> Markup {
    let also = |more: String| format!("/search?q={}", encoded(&format!("{} {more}", asked.trim())));
    html! {
        aside.second aria-label="Narrow the search" {
            @if !answer.outlets.is_empty() {
                h2 { "By outlet" }
                ul { @for (outlet, n) in answer.outlets.iter().take(OFFERED) { li { a href=(also(format!("outlet:\"{}\"", outlet.replace('"', " ")))) dir="auto" { (words::one_line(outlet)) } " " span.by { (n) } } } }
            }
            @if !answer.months.is_empty() {
                h2 { "By month" }
                ul { @for ((year, month), n) in answer.months.iter().take(OFFERED) { li { a href=(also(format!("after:{year}-{month:02}-01 before:{year}-{month:02}-{:02}", last_day(*year, *month)))) { (format!("{year}-{month:02}")) } " " span.by { (n) } } } }
            }
        }
    }
}

fn last_day(year: i64, month: i64) -> i8 {
    let day = i16::try_from(year).ok().zip(i8::try_from(month).ok());
    day.and_then(|(y, m)| annals_core::when::Day::new(y, m, 1).ok()).map_or(28, |d| d.days_in_month())
}

fn help() -> Markup {
    const WAYS: [(&str, &str); 8] = [
        ("pump leak", "both words, in all their forms"),
        ("\"public hearing\"", "these words in a row"),
        ("-garden", "without the word"),
        ("person:lund", "who is named; also org: and place:"),
        ("outlet:post", "who printed it"),
        ("after:2031-05-06 before:2031-06-01", "by day"),
        ("status:called_off", "tells an event that was called off; also held, planned, postponed, denied"),
        ("has:quote", "also has:statement, has:figure, has:event"),
    ];
    html! { dl.ways { @for (way, told) in WAYS { dt { a href={ "/search?q=" (encoded(way)) } { code { (way) } } } dd { (told) } } } }
}
