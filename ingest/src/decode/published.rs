//! Which of the days that claim to be the date of publication is taken, and why the others are not.

use super::dates::{Printed, cues::Cue, month_in_url};
use annals_core::report::{Basis, Published, Rival};
use annals_core::text::{PartKind, Span, Text};
use annals_core::when::{Day, When};

/// Where a date of publication was found, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Ground {
    /// A date line by the headline or the author's name.
    BylineBlock,
    /// The item of a feed.
    FeedItem,
    /// The `Date` of an e-mail's head.
    MailDate,
    /// The date column of a table.
    Row,
    /// `datePublished` of JSON-LD or microdata.
    JsonLd,
    /// `article:published_time` and its like.
    MetaPublished,
    /// The opening words of the first paragraph, with a year.
    Dateline,
    /// Printed elsewhere on the page, by a word that says `published`.
    Labelled,
    /// A `<time>` element by the article.
    TimeTag,
    /// A date in the address.
    Url,
    /// Meta tags that do not say which date they hold.
    MetaDate,
    /// A date line elsewhere on the page.
    Loose,
    /// The date of the paper or of the page.
    Masthead,
    /// The day on which a file was made, by its properties; never taken as the day of publication.
    Properties,
    /// The day that every page of the site gives there, as `annals learn` found; never taken.
    Frame,
    /// The day of the last change; never taken as the day of publication.
    Modified,
    /// The day of something else, as its label says; never taken.
    Other,
}

impl Ground {
    fn basis(self) -> Basis {
        match self {
            Ground::BylineBlock | Ground::Dateline | Ground::Labelled | Ground::Loose | Ground::Masthead => {
                Basis::Stated
            }
            _ => Basis::Metadata,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Ground::BylineBlock => "printed by the headline",
            Ground::FeedItem => "date of the feed's item",
            Ground::MailDate => "date of the e-mail's head",
            Ground::Row => "date column of the table",
            Ground::JsonLd => "datePublished in the page's JSON-LD or microdata",
            Ground::MetaPublished => "published time in the page's meta tags",
            Ground::Dateline => "printed in the dateline",
            Ground::Labelled => "printed on the page as the date of publication",
            Ground::TimeTag => "time element of the page",
            Ground::Url => "date in the address",
            Ground::MetaDate => "date in the page's meta tags",
            Ground::Loose => "printed on the page",
            Ground::Masthead => "printed in the masthead",
            Ground::Properties => "day on which the file was made",
            Ground::Frame => "the same on the site's other pages",
            Ground::Modified => "day of the last change",
            Ground::Other => "day of something else",
        }
    }

    /// Says whether it may be the day of publication.
    pub(crate) fn may_win(self) -> bool {
        self < Ground::Properties
    }

    /// Says whether the page tells machines outright that this is the day of publication.
    fn is_declared(self) -> bool {
        matches!(self, Ground::JsonLd | Ground::MetaPublished | Ground::FeedItem)
    }

    fn is_printed(self) -> bool {
        matches!(self, Ground::BylineBlock | Ground::Loose | Ground::Masthead)
    }
}

/// A day that claims to be the date of publication.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Claim {
    /// The day, with its time of day.
    pub(crate) when: When,
    /// The day read the other way round, where `03/04/2024` leaves day and month open.
    pub(crate) swapped: Option<Day>,
    /// Where it stood.
    pub(crate) ground: Ground,
    /// A word beside it says that it is the day of publication.
    pub(crate) labelled: bool,
    /// The words as printed, where they are words of the text.
    pub(crate) words: Option<String>,
}

impl Claim {
    /// Returns a claim without printed words.
    pub(crate) fn new(when: When, ground: Ground) -> Claim {
        Claim { when, swapped: None, ground, labelled: false, words: None }
    }

    /// Returns the claim of a printed date; words beside it may make it the day of a change or of something else.
    pub(crate) fn printed(date: &Printed, ground: Ground, line: &str) -> Claim {
        let ground = match date.cue {
            Some(Cue::Modified) => Ground::Modified,
            Some(Cue::Other) => Ground::Other,
            _ => ground,
        };
        let words = line.get(date.start..date.end).map(str::to_owned);
        let labelled = date.cue == Some(Cue::Published);
        Claim { when: date.when(), swapped: date.swapped, ground, labelled, words }
    }

    pub(super) fn day(&self) -> Day {
        self.when.from()
    }

    /// Says whether it may be the day of publication of something captured on a day.
    pub(crate) fn may_win(&self, captured: Option<Day>) -> bool {
        let limit = captured.and_then(|day| day.tomorrow().ok());
        self.ground.may_win() && !self.is_placeholder() && limit.is_none_or(|limit| self.day() <= limit)
    }

    /// The first day of a computer's calendar stands for no day.
    fn is_placeholder(&self) -> bool {
        let day = self.day();
        matches!((day.year(), day.month(), day.day()), (1970, 1, 1) | (1969, 12, 31) | (1900, 1, 1))
    }
}

/// Which stands first in `03/04/2024`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// What else is known of a report, for weighing its dates.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs<'a> {
    /// Its language with region, as declared: `en-GB`.
    pub(crate) declared: Option<&'a str>,
    /// Its language.
    pub(crate) language: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    /// The order in which other dates of the page are written.
    pub(crate) order: Option<Order>,
    /// The day on which it was captured: nothing is published later.
    pub(crate) captured: Option<Day>,
}

/// A claim that was weighed: its ground may have changed, and why.
struct Weighed {
    claim: Claim,
    note: Option<String>,
}

/// Chooses the date: the best ground wins, the others stay as rivals with the reason.
pub(crate) fn resolve(claims: &[Claim], signs: Signs<'_>, text: &Text) -> Option<Published> {
    let mut weighed: Vec<Weighed> = claims.iter().map(|claim| Weighed { claim: claim.clone(), note: None }).collect();
    settle(&mut weighed, signs);
    refuse_impossible(&mut weighed, signs);
    tell_changes(&mut weighed);
    weighed.sort_by_key(|w| w.claim.ground);
    let best = best(&weighed, signs)?;
    let (day, ground) = (best.claim.day(), best.claim.ground);
    let mut rivals: Vec<Rival> = Vec::new();
    for other in weighed.iter().filter(|w| w.claim.day() != day || w.claim.swapped.is_some()) {
        let value = match other.claim.swapped {
            Some(swapped) => format!("{} or {swapped}", other.claim.day()),
            None => other.claim.day().to_string(),
        };
        if rivals.iter().all(|r| r.value != value) {
            rivals.push(Rival { value, why: why_refused(other, &best.claim) });
        }
    }
    let same: Vec<&Claim> =
        weighed.iter().map(|w| &w.claim).filter(|c| c.day() == day && c.swapped.is_none()).collect();
    // A time of day counts only with the day it was given for.
    let mut when = best.claim.when.clone();
    if when.time.is_none() {
        when.time = same.iter().filter(|c| c.ground.may_win()).find_map(|c| c.when.time.clone());
    }
    let evidence = same.iter().filter_map(|c| c.words.as_deref()).find_map(|w| find_printed(text, w));
    let basis = if evidence.is_some() { Basis::Stated } else { ground.basis() };
    let ground = match &best.note {
        Some(note) => format!("{}; {note}", ground.name()),
        None => ground.name().to_owned(),
    };
    Some(Published { when, basis, evidence: evidence.into_iter().collect(), ground, rivals })
}

/// Settles `03/04/2024` by another date of the page, the order of the page's other dates, or the language.
fn settle(weighed: &mut [Weighed], signs: Signs<'_>) {
    let known: Vec<Day> = weighed.iter().filter(|w| w.claim.swapped.is_none()).map(|w| w.claim.day()).collect();
    for one in weighed.iter_mut() {
        let Some(swapped) = one.claim.swapped else { continue };
        let first = known.iter().find(|d| **d == one.claim.day() || **d == swapped);
        let (order, why) = match (first, signs.order, order_of(signs)) {
            (Some(day), ..) => {
                let order = if *day == swapped { Order::MonthFirst } else { Order::DayFirst };
                (order, "day and month told apart by another date of the page")
            }
            (None, Some(order), _) => (order, "day and month told apart by the page's other dates"),
            (None, None, Some(order)) => (order, "day and month in the order of the page's language and country"),
            _ => continue,
        };
        if order == Order::MonthFirst {
            let time = one.claim.when.time.take();
            one.claim.when = When::day(swapped);
            one.claim.when.time = time;
        }
        one.claim.swapped = None;
        one.note = Some(why.to_owned());
    }
}

/// Returns the order in which a language and country write day and month; English alone tells nothing.
fn order_of(signs: Signs<'_>) -> Option<Order> {
    const DAY_FIRST: &[&str] =
        &["gb", "uk", "ie", "au", "nz", "in", "za", "ng", "ke", "gh", "ug", "pk", "sg", "mt", "zw", "bd", "lk", "my"];
    let region = signs.declared.and_then(|l| l.split(['-', '_']).nth(1)).map(str::to_lowercase);
    let host = signs.url.and_then(|u| u.split("//").nth(1)).and_then(|u| u.split(['/', ':']).next());
    let country = host.and_then(|h| h.rsplit('.').next()).map(str::to_lowercase);
    let is = |place: &Option<String>, list: &[&str]| place.as_deref().is_some_and(|p| list.contains(&p));
    match signs.language? {
        "en" if is(&region, DAY_FIRST) || is(&country, DAY_FIRST) => Some(Order::DayFirst),
        // `en-US` alone is what templates say; an American domain says more.
        "en" if is(&country, &["us", "gov", "mil", "edu"]) => Some(Order::MonthFirst),
        "en" | "zh" | "ja" | "ko" | "hu" | "lt" | "tl" | "sw" => None,
        _ => Some(Order::DayFirst),
    }
}

/// Takes days out of the choice that cannot be: unsettled ones, placeholders, days after the capture.
fn refuse_impossible(weighed: &mut [Weighed], signs: Signs<'_>) {
    let limit = signs.captured.and_then(|day| day.tomorrow().ok());
    for one in weighed.iter_mut() {
        let day = one.claim.day();
        let why = if one.claim.swapped.is_some() {
            Some("day and month cannot be told apart".to_owned())
        } else if one.claim.is_placeholder() {
            Some("a placeholder".to_owned())
        } else if let (Some(limit), Some(captured)) = (limit, signs.captured)
            && day > limit
        {
            Some(format!("later than the capture of {captured}"))
        } else {
            None
        };
        if why.is_some() {
            one.claim.ground = Ground::Other;
            one.note = why;
        }
    }
}

/// Takes unlabelled printed days for those of a change where the metadata say so, or know of nothing so late.
fn tell_changes(weighed: &mut [Weighed]) {
    let days = |of: &dyn Fn(Ground) -> bool| -> Vec<Day> {
        weighed.iter().filter(|w| of(w.claim.ground) && w.claim.words.is_none()).map(|w| w.claim.day()).collect()
    };
    let declared = days(&Ground::is_declared);
    let changed = days(&|g| g == Ground::Modified);
    // Without a declared day, a full day in the address bounds what is printed; a change that is known is one still.
    let addressed = days(&|g| g == Ground::Url);
    let Some(first) = declared.iter().chain(&addressed).min().copied() else {
        let is_change =
            |w: &&mut Weighed| w.claim.ground.is_printed() && !w.claim.labelled && changed.contains(&w.claim.day());
        for one in weighed.iter_mut().filter(is_change) {
            one.claim.ground = Ground::Modified;
            one.note = Some("printed on the page; the metadata call it the day of the last change".to_owned());
        }
        return;
    };
    let declared = if declared.is_empty() { addressed } else { declared };
    let last = declared.iter().chain(&changed).max().copied().unwrap_or(first);
    for one in weighed.iter_mut().filter(|w| w.claim.ground.is_printed() && !w.claim.labelled) {
        let day = one.claim.day();
        if declared.contains(&day) || day <= first {
            continue;
        }
        if changed.contains(&day) {
            one.claim.ground = Ground::Modified;
            one.note = Some("printed on the page; the metadata call it the day of the last change".to_owned());
        } else if last.tomorrow().is_ok_and(|next| day > next) {
            one.claim.ground = Ground::Masthead;
            one.note = Some("printed on the page, later than any day the metadata know".to_owned());
        }
    }
}

/// Returns the claim of the best ground; among several printed ones, that which other signs bear out.
fn best<'a>(weighed: &'a [Weighed], signs: Signs<'_>) -> Option<&'a Weighed> {
    let first = weighed.iter().find(|w| w.claim.ground.may_win())?;
    let ground = first.claim.ground;
    if ground == Ground::BylineBlock {
        let printed = || weighed.iter().filter(|w| w.claim.ground == ground);
        let borne_out = |w: &&Weighed| {
            weighed.iter().any(|m| {
                (m.claim.ground.is_declared() || m.claim.ground == Ground::Url) && m.claim.day() == w.claim.day()
            })
        };
        let month = signs.url.and_then(month_in_url);
        let of_month = |w: &&Weighed| month == Some((w.claim.day().year(), w.claim.day().month()));
        return printed()
            .find(borne_out)
            .or_else(|| printed().find(of_month))
            .or_else(|| printed().find(|w| w.claim.labelled))
            .or(Some(first));
    }
    // `2031-12-31T23:11Z` is the first of January where the outlet sits, if its address says so.
    let in_utc = first.claim.when.time.as_deref().is_some_and(|t| t.ends_with('Z') || t.ends_with("+00:00"));
    let address = weighed.iter().find(|w| w.claim.ground == Ground::Url && is_next_to(&w.claim, &first.claim));
    Some(address.filter(|_| ground.is_declared() && in_utc).unwrap_or(first))
}

fn is_next_to(one: &Claim, other: &Claim) -> bool {
    let follows = |a: &Claim, b: &Claim| b.day().tomorrow().is_ok_and(|day| day == a.day());
    follows(one, other) || follows(other, one)
}

fn why_refused(other: &Weighed, best: &Claim) -> String {
    if let Some(note) = other.note.as_ref().filter(|_| !other.claim.ground.may_win()) {
        return note.clone();
    }
    let later = other.claim.day() > best.day();
    match other.claim.ground {
        Ground::Modified => "the day of the last change".to_owned(),
        Ground::Properties => "the day on which the file was made".to_owned(),
        Ground::Frame => "the same day stands there on the site's other pages".to_owned(),
        Ground::Other => "its label says that it is the day of something else".to_owned(),
        Ground::Masthead => format!("the date of the page; {} is another", best.ground.name()),
        ground if later => {
            format!("{}, later than the date {}: may be that of a change", ground.name(), best.ground.name())
        }
        ground => format!("{}; the date {} counts more", ground.name(), best.ground.name()),
    }
}

/// Finds printed words in the byline, dateline or credit parts.
fn find_printed(text: &Text, words: &str) -> Option<Span> {
    text.parts()
        .iter()
        .filter(|p| matches!(p.kind, PartKind::Byline | PartKind::Dateline | PartKind::Credit | PartKind::Standfirst))
        .find_map(|p| {
            let at = p.span.start() + text.get(p.span).find(words)?;
            text.span(at, at + words.len())
        })
}
