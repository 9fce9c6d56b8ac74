//! What the choice of a story keeps of a report: its terms.

use crate::link::Article;
use crate::link::table::Table;
use crate::link::vocabulary::Class;
use crate::link::words::{self, CAPITAL, FUNCTION, NUMBER, Words};

/// A term of a report, for finding its story.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) id: u32,
    /// How often it stands in the body; words in the title and the first sentences count more.
    pub(super) count: f32,
    /// Its weight among all reports, once known.
    pub(super) weight: f32,
    /// Stands in the title or the first sentences.
    pub(super) lede: bool,
    /// Mostly written with a capital: a name.
    pub(super) name: bool,
    pub(super) number: bool,
    pub(super) class: Class,
}

/// The terms of a report.
#[derive(Clone, Debug, Default)]
pub(in crate::link) struct Terms {
    /// Days since the epoch.
    pub(super) day: Option<i32>,
    /// Sorted by id.
    pub(super) terms: Vec<Term>,
    /// Length of the vector of weighted terms.
    pub(super) norm: f32,
    /// The same of the terms of the title and the first sentences.
    pub(super) lede_norm: f32,
}

impl Terms {
    /// Counts the terms of a report whose body was read.
    pub(in crate::link) fn of(article: &Article<'_>, body: &Words, table: &mut Table) -> Terms {
        let title = words::title(article.title);
        Terms { day: article.day.map(days), terms: count(body, &title, table), ..Terms::default() }
    }
}

/// Returns the days since 1 January 1970.
fn days(day: crate::when::Day) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    (day - epoch).get_days()
}

/// Counts the terms of body and title.
fn count(body: &Words, title: &Words, table: &mut Table) -> Vec<Term> {
    let lede = body.sentences.iter().take(3).next_back().map_or(0, |s| s.1 as usize);
    let mut seen: Vec<(u32, u32, u8, Class)> = Vec::with_capacity(body.words.len() + title.words.len());
    for (n, word) in body.words.iter().enumerate() {
        seen.push((word.key, if n < lede { 5 } else { 2 }, word.flags, word.class));
    }
    for word in &title.words {
        seen.push((word.key, 4, word.flags & !CAPITAL | TITLE, word.class));
    }
    seen.retain(|s| s.2 & FUNCTION == 0);
    seen.sort_unstable();
    let mut out: Vec<Term> = Vec::new();
    for same in seen.chunk_by(|a, b| a.0 == b.0) {
        let capitals = same.iter().filter(|s| s.2 & CAPITAL != 0).count();
        let in_body = same.iter().filter(|s| s.2 & TITLE == 0).count();
        out.push(Term {
            id: table.id(u64::from(same[0].0)),
            count: same.iter().map(|s| s.1 as f32 / 2.0).sum(),
            weight: 0.0,
            lede: same.iter().any(|s| s.1 > 2),
            name: capitals > 0 && capitals * 2 >= in_body,
            number: same[0].2 & NUMBER != 0,
            class: same[0].3,
        });
    }
    out.sort_unstable_by_key(|t| t.id);
    out
}

const TITLE: u8 = 128;
