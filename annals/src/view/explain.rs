//! What was taken from where, for one document, as text.

use super::words::{count, one_line};
use annals_core::report::Report;
use annals_ingest::decode::{Explained, Found};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Characters of a passage that are shown.
const SHOWN: usize = 88;

/// Parts of one kind that are shown of what was left out.
const EXAMPLES: usize = 4;

/// Returns the account of a document.
pub(crate) fn render(name: &str, explained: &Explained) -> String {
    let mut out = format!("{}\n", one_line(name));
    let charset = explained.charset.as_deref().map_or(String::new(), |c| format!("; characters: {c}"));
    let _ = writeln!(out, "  read as {}{charset}", explained.format);
    match &explained.reports {
        Err(refused) => {
            let _ = writeln!(out, "  refused: {}", one_line(&refused.reason));
        }
        Ok(reports) => {
            for report in reports {
                one(report, &explained.found, &mut out);
            }
        }
    }
    out
}

fn one(report: &Report, found: &[Found], out: &mut String) {
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(out, "    {name:<10} {}", one_line(value));
    };
    let places = |field: &str, value: &str| {
        let found = found.iter().find(|f| f.field == field && f.value == value);
        found.map(|f| if f.places.is_empty() { "put together from the page".into() } else { f.places.join("; ") })
    };
    line("report", &report.id.to_string());
    let mut values: Vec<(&str, Option<&str>)> = vec![("title", report.title.as_deref())];
    values.extend(report.byline.iter().map(|name| ("byline", Some(name.as_str()))));
    values.push(("outlet", report.outlet.as_deref()));
    values.push(("section", report.section.as_deref()));
    values.push(("dateline", report.dateline.as_deref()));
    values.push(("language", report.language.as_deref()));
    values.push(("url", report.url.as_deref()));
    for (field, value) in values {
        let Some(value) = value else { continue };
        line(field, value);
        if let Some(places) = places(field, value) {
            line("", &format!("stands in: {places}"));
        }
    }
    published(report, &mut line);
    for credit in &report.credit {
        line("credit", &credit.name);
    }
    if let Some(template) = &report.template {
        line("frame", &format!("of its site, as learned: {template}"));
    }
    for code in &report.warnings {
        line("warning", &format!("{code}: {}", meaning(code)));
    }
    let characters = report.text.as_str().chars().count();
    line(
        "text",
        &format!(
            "{}, {}",
            count(report.text.parts().len(), "part", "parts"),
            count(characters, "character", "characters")
        ),
    );
    for part in report.text.parts() {
        line("", &format!("{:<10} {}", part.kind.name(), shown(report.text.get(part.span))));
    }
    left_out(report, &mut line);
}

fn published(report: &Report, line: &mut impl FnMut(&str, &str)) {
    let Some(published) = &report.published else { return line("published", "no date that can be trusted") };
    let (from, to) = (published.when.from(), published.when.to());
    let days = if from == to { from.to_string() } else { format!("{from} to {to}") };
    let time = published.when.time.as_deref().map_or(String::new(), |t| format!(" {t}"));
    line("published", &format!("{days}{time}, {}", published.ground));
    for span in &published.evidence {
        line("", &format!("in the words: {}", report.text.get(*span)));
    }
    for rival in &published.rivals {
        line("", &format!("not {}: {}", rival.value, rival.why));
    }
}

fn left_out(report: &Report, line: &mut impl FnMut(&str, &str)) {
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for removed in &report.removed {
        kinds.entry(&removed.kind).or_default().push(&removed.exact);
    }
    for (kind, parts) in kinds {
        let characters: usize = parts.iter().map(|p| p.chars().count()).sum();
        let size = format!("{}, {}", count(parts.len(), "part", "parts"), count(characters, "character", "characters"));
        line("left out", &format!("{kind}: {size}"));
        parts.iter().take(EXAMPLES).for_each(|part| line("", &format!("{:<10} {}", "", shown(part))));
        if parts.len() > EXAMPLES {
            line("", &format!("{:<10} and {} more", "", parts.len() - EXAMPLES));
        }
    }
}

fn shown(words: &str) -> String {
    let words = one_line(words);
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.into_owned(),
    }
}

/// Says what a warning means.
fn meaning(code: &str) -> &'static str {
    match code {
        "bidi-controls" => "direction controls stood in its words; they were taken out",
        "cut-short" => "it was not read to its end",
        "decoder-failed" => "its format could not be followed; the words alone were kept",
        "forwarded-mail" => "a forwarded letter: its sender did not write it",
        "gallery" => "a gallery: most of it is captions",
        "garbled-text" => "characters are broken",
        "hidden-text" => "words that a reader does not see were left out",
        "live-blog" => "a live blog: many entries at many times",
        "long-text" => "only the first 2 MiB of the text are kept",
        "many-links" => "much of the text is links",
        "multi-page" => "the article goes on, on other pages",
        "nested-article" => "several articles stand on the page",
        "no-date" => "no date of publication was found",
        "no-root" => "no paragraph looked like one of an article; short ones were taken",
        "no-title" => "no headline was found",
        "not-english" => "statements, events and figures are read in English alone",
        "off-headline" => "the text shares no word with its headline",
        "paywall" => "the rest is behind a paywall",
        "short-body" => "little text for a report",
        "recognised-text" => "its words were recognised from a picture and may be misread",
        "several-headlines" => "several stories stand on its pages",
        "summary-only" => "the page shows a summary and no text",
        "tracked-changes" => "changes are tracked: insertions were kept, deletions left out",
        "unclear-date" => "day and month of its date cannot be told apart",
        "zero-width" => "characters of no width stood within its words; they were taken out",
        _ => "see the documentation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_core::report::Source;
    use annals_ingest::decode::{Capture, explain};

    #[test]
    fn each_value_is_shown_with_its_place() {
        let page = "<html lang=en><head><title>Quay closed after cranes collide - Sandholm Herald</title><meta property='og:site_name' content='Sandholm Herald'><meta property='article:modified_time' content='2031-05-08'></head><body><nav><a href=/>Home</a> <a href=/s>Sport</a></nav><article><h1>Quay closed after cranes collide</h1><p class=byline>By Mara Quill, 6 May 2031</p><p>The quay at Sandholm was closed on Monday after two cranes collided, the port said, and nobody was hurt.</p></article></body></html>";
        let source = Source { path: "page.html".into(), record: None };
        let shown = render("page.html", &explain(&Capture { bytes: page.as_bytes(), source, ..Capture::default() }));
        for line in [
            "  read as a web page; characters: UTF-8, valid throughout",
            "    title      Quay closed after cranes collide",
            "               stands in: printed as h1; part of <title>",
            "    byline     Mara Quill",
            "    published  2031-05-06, printed by the headline",
            "               not 2031-05-08: the day of the last change",
            "    left out   navigation: 1 part, 10 characters",
        ] {
            assert!(shown.lines().any(|l| l == line), "{line:?} is not in\n{shown}");
        }
    }
}
