//! What became known of a story, for feed readers: JSON Feed 1.1 and Atom. An entry is known by the passage that tells it, so it
//! stays the same however often the record is compiled.

use super::exchange::{Given, Kind, Method, Param, Problem, Reply, Route};
use super::{Site, ask};
use crate::app::news::news;
use crate::app::shelf::Shown;
use crate::view::json::served::{self, News};
use serde_json::{Value, json};

/// Entries of a feed; guess: a reader asks again before more come.
const ENTRIES: usize = 200;

const STORY: &[Param] =
    &[Param { name: "id", kind: Kind::Report, needed: true, says: "The id of any report of the story." }];

pub(super) const ROUTES: &[Route] = &[
    Route { method: Method::Get, path: "/story/{id}/feed.json", takes: STORY, run: json_feed },
    Route { method: Method::Get, path: "/story/{id}/feed.atom", takes: STORY, run: atom },
];

/// Gives the latest news of a story to what writes them.
fn with<T>(site: &Site, given: &Given, write: impl FnOnce(&Site, &Shown, &[News<'_>]) -> T) -> Result<T, Problem> {
    let holding = site.now();
    let (shown, brief) = ask::story(&holding, given.text("id").unwrap_or_default())?;
    let mut found = news(&brief);
    found.truncate(ENTRIES);
    Ok(write(site, shown, &served::news(&brief, &found)))
}

fn json_feed(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let feed = with(site, given, |site, story, all| {
        let home = site.address();
        let items: Vec<Value> = all
            .iter()
            .map(|c| {
                let mut item = json!({
                    "id": urn(c), "url": format!("{home}/report/{}", c.report), "title": title(c),
                    "content_text": c.words, "tags": [c.kind],
                });
                if let Some(day) = &c.day {
                    item["date_published"] = json!(moment(day));
                }
                item
            })
            .collect();
        json!({
            "version": "https://jsonfeed.org/version/1.1", "title": name(story),
            "home_page_url": format!("{home}/story/{}", story.id),
            "feed_url": format!("{home}/story/{}/feed.json", story.id), "items": items,
        })
    })?;
    Ok(Reply::new("application/feed+json", feed.to_string()))
}

fn atom(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let feed = with(site, given, |site, story, all| {
        let (home, id) = (site.address(), &story.id);
        let updated = all.iter().filter_map(|c| c.day.as_deref()).max().map_or_else(|| story.kept_at.clone(), moment);
        let mut feed = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
             <id>urn:annals:story:{id}</id>\n<title>{}</title>\n<updated>{updated}</updated>\n\
             <author><name>annals</name></author>\n<link rel=\"self\" href=\"{home}/story/{id}/feed.atom\"/>\n\
             <link href=\"{home}/story/{id}\"/>\n",
            xml(name(story))
        );
        for c in all {
            // Atom wants a time of each entry: one whose report has no date has that of the newest.
            let at = c.day.as_deref().map_or_else(|| updated.clone(), moment);
            feed += &format!(
                "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{at}</updated>\n<link href=\"{home}/report/{}\"/>\n\
                 <category term=\"{}\"/>\n<content type=\"text\">{}</content>\n</entry>\n",
                urn(c),
                xml(&title(c)),
                c.report,
                c.kind,
                xml(c.words)
            );
        }
        feed + "</feed>\n"
    })?;
    Ok(Reply::new("application/atom+xml; charset=utf-8", feed))
}

fn urn(news: &News<'_>) -> String {
    format!("urn:annals:{}", news.id)
}

fn name(story: &Shown) -> &str {
    if story.title.trim().is_empty() { "(no title)" } else { &story.title }
}

/// Returns what to call an entry: how an event stands now, or its first words.
fn title(news: &News<'_>) -> String {
    /// Characters of a title; guess: what a reader shows on one line.
    const LONG: usize = 100;
    let words = news.words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut title: String = words.chars().take(LONG).collect();
    if title.len() < words.len() {
        title.push('…');
    }
    match news.status {
        Some(status) => format!("{}: {title}", status.replace('_', " ")),
        None => title,
    }
}

/// Returns the beginning of a day as a time.
fn moment(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

/// Writes words for XML; characters that XML does not have are left out.
fn xml(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\u{9}' | '\u{a}' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn xml_has_no_mark_up_and_no_control_characters_of_the_text() {
        assert_eq!(super::xml("a<b>&\"\u{0}\u{b}\n"), "a&lt;b&gt;&amp;&quot;\n");
    }
}
