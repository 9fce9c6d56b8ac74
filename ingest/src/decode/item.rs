//! An item of a feed or a wire whose fields are named: JSON Feed, ninjs, NewsML-G2, NITF.

use super::draft::Draft;
use super::html::{self, meta};
use super::published::{Claim, Ground};
use super::{Input, byline, plain};
use annals_core::report::Report;

/// The fields of an item as they stand in it. Empty ones say nothing.
#[derive(Default)]
pub(super) struct Item {
    pub(super) title: String,
    /// The article as markup.
    pub(super) markup: String,
    /// The article as plain words, read where there is no markup.
    pub(super) words: String,
    /// Place, day and newsroom that open the article, where they stand apart from it.
    pub(super) dateline: String,
    /// The day of first publication.
    pub(super) published: String,
    /// The day of this version.
    pub(super) version: String,
    pub(super) authors: Vec<String>,
    pub(super) outlet: String,
    /// Newsrooms that the words come from.
    pub(super) origins: Vec<String>,
    pub(super) url: String,
    pub(super) language: String,
    /// Who may use it, and the like: kept among what was left out.
    pub(super) rights: Vec<String>,
    /// What the feed calls it.
    pub(super) id: String,
}

impl Item {
    /// Makes a report; nothing if the item has neither headline nor words.
    pub(super) fn report(self, input: &Input<'_>, number: usize) -> Option<Report> {
        let id = [&self.id, &self.url].into_iter().find(|v| !v.is_empty()).cloned();
        let source = input.source.within(&id.unwrap_or_else(|| number.to_string()));
        let draft = Draft { captured: input.captured, ..self.draft() };
        (!draft.body.is_empty() || draft.title.is_some()).then(|| draft.finish(source))
    }

    fn draft(self) -> Draft {
        let title = Some(meta::plain(&self.title)).filter(|t| !t.is_empty());
        let outlet = Some(html::outlet_name(&meta::plain(&self.outlet))).filter(|o| !o.is_empty());
        let mut draft = if self.markup.trim().is_empty() {
            let mut draft = Draft { title, outlet, ..Draft::default() };
            // An error is an item of a headline alone.
            let _ = plain::read(&self.words, &mut draft);
            draft
        } else {
            html::item(&self.markup, title.as_deref(), outlet.as_deref())
        };
        open_with(&meta::plain(&self.dateline), &mut draft);
        draft.url = Some(self.url).filter(|u| u.starts_with("http"));
        draft.language = Some(self.language).filter(|l| !l.is_empty());
        let is_revised = !self.published.is_empty() && !self.version.is_empty();
        let dates = [
            (&self.published, Ground::FeedItem),
            (&self.version, if is_revised { Ground::Modified } else { Ground::FeedItem }),
        ];
        for (value, ground) in dates {
            if let Some(when) = day(value) {
                draft.claims.push(Claim::new(when, ground));
            }
        }
        for author in &self.authors {
            let found = byline::names(&meta::plain(author));
            draft.people.extend(found.people);
            draft.newsrooms.extend(found.newsrooms);
        }
        draft.newsrooms.extend(self.origins.iter().map(|o| meta::plain(o)).filter(|o| !o.is_empty()));
        for words in &self.rights {
            draft.remove("rights", &meta::plain(words));
        }
        draft
    }
}

/// Puts the dateline before the first paragraph, where papers print it, unless it stands there.
fn open_with(dateline: &str, draft: &mut Draft) {
    let Some(first) = draft.body.first_mut().filter(|p| !dateline.is_empty() && !p.starts_with(dateline)) else {
        return;
    };
    let mark = if dateline.ends_with(['-', '–', '—', ':']) { "" } else { " -" };
    *first = format!("{dateline}{mark} {first}");
}

/// Reads a date for machines, with or without its marks: `2031-06-04T08:00:00Z`, `20310604T080000Z`.
fn day(value: &str) -> Option<annals_core::when::When> {
    let compact = value.len() >= 8 && value.bytes().take(8).all(|b| b.is_ascii_digit());
    if !compact {
        return meta::machine_date(value);
    }
    let time = value.get(9..13).filter(|t| t.bytes().all(|b| b.is_ascii_digit()));
    let time = time.map(|t| format!("T{}:{}", &t[..2], &t[2..])).unwrap_or_default();
    let zone = value.get(13..).unwrap_or("").trim_start_matches(|c: char| c.is_ascii_digit());
    let zone = if time.is_empty() { "" } else { zone };
    meta::machine_date(&format!("{}-{}-{}{time}{zone}", &value[..4], &value[4..6], &value[6..8]))
}
