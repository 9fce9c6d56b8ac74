//! Where on a page the values of its head stand. Looked for afterwards, so that it is true whatever rule took them.

use super::blocks::{self, Block};
use super::dom::Dom;
use super::jsonld;
use super::marks::Mark;
use crate::decode::clean::fold;
use crate::decode::explain::Found;
use annals_core::report::Report;

/// Something the page says, and where.
struct Said {
    place: String,
    folded: String,
}

/// Returns each value of the report's head with the places that hold the same words.
pub(in crate::decode) fn places(page: &str, report: &Report) -> Vec<Found> {
    let dom = Dom::parse(page);
    let said = said(&dom);
    let mut values: Vec<(&'static str, &str)> = Vec::new();
    values.extend(report.title.as_deref().map(|v| ("title", v)));
    values.extend(report.byline.iter().map(|v| ("byline", v.as_str())));
    values.extend(report.outlet.as_deref().map(|v| ("outlet", v)));
    values.extend(report.section.as_deref().map(|v| ("section", v)));
    values.extend(report.language.as_deref().map(|v| ("language", v)));
    values.extend(report.url.as_deref().map(|v| ("url", v)));
    let found =
        |(field, value): (&'static str, &str)| Found { field, value: value.to_owned(), places: holding(&said, value) };
    values.into_iter().map(found).collect()
}

/// Returns the places that say the value, then those where it is part of more.
fn holding(said: &[Said], value: &str) -> Vec<String> {
    let folded = fold(value);
    let mut places: Vec<String> = Vec::new();
    let mut add = |place: String| {
        if places.len() < 8 && !places.contains(&place) {
            places.push(place);
        }
    };
    said.iter().filter(|s| s.folded == folded).for_each(|s| add(s.place.clone()));
    let within = |s: &&Said| s.folded != folded && format!(" {} ", s.folded).contains(&format!(" {folded} "));
    if folded.len() >= 4 {
        said.iter().filter(within).for_each(|s| add(format!("part of {}", s.place)));
    }
    places
}

/// Lists what the page says in short, what is printed first.
fn said(dom: &Dom<'_>) -> Vec<Said> {
    const LONGEST: usize = 400;
    let mut all: Vec<(String, String)> = Vec::new();
    let blocks = blocks::blocks(dom);
    all.extend(blocks.iter().filter(|b| b.text.len() <= LONGEST).map(|b| (printed(b), b.text.clone())));
    all.extend(jsonld::said(dom).into_iter().map(|(key, value)| (format!("JSON-LD {key}"), value)));
    for n in dom.all("meta") {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| dom.attr(n, a));
        if let (Some(name), Some(content)) = (name, dom.attr(n, "content")) {
            all.push((format!("meta {name}"), content.into_owned()));
        }
    }
    all.extend(dom.all("title").map(|n| ("<title>".to_owned(), dom.text_of_raw(n))));
    for n in dom.all("link") {
        if let (Some(rel), Some(href)) = (dom.attr(n, "rel"), dom.attr(n, "href")) {
            all.push((format!("link {rel}"), href.into_owned()));
        }
    }
    all.extend(dom.all("html").filter_map(|n| Some(("<html lang>".to_owned(), dom.attr(n, "lang")?.into_owned()))));
    let short = all.into_iter().filter(|(_, value)| value.len() <= LONGEST);
    short.map(|(place, value)| Said { place, folded: fold(&value) }).filter(|s| !s.folded.is_empty()).collect()
}

fn printed(block: &Block) -> String {
    let marked = match block.mark {
        Some(Mark::Author) => ", marked as author",
        Some(Mark::Date) => ", marked as date",
        Some(Mark::Standfirst) => ", marked as summary",
        Some(Mark::Title) => ", marked as headline",
        None => "",
    };
    let level = if block.level > 0 { format!(" as h{}", block.level) } else { String::new() };
    format!("printed{level}{marked}")
}
