//! What the choice of a story keeps of a report: its most telling terms, never its text.

use super::ages::Ages;
use super::background::{bits, bits_of_number, log2};
use super::list::List;
use super::written::Written;
use crate::link::Article;
use crate::link::words::{self, CAPITAL, FUNCTION, NUMBER, Word, Words};
use crate::packed::{Unpack, put};

/// A term of a report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    /// The hash of its stem.
    pub(super) key: u32,
    /// What it tells times how often it stands there, in [`WEIGHT`] of a bit; twice as much for a name.
    pub(super) weight: u16,
    /// What it is: [`NAME`], [`FIGURE`], [`SALIENT`].
    pub(super) flags: u8,
}

/// Mostly written with a capital.
pub(super) const NAME: u8 = 1;
/// Begins with a digit, or is a number word.
pub(super) const FIGURE: u8 = 2;
/// One of the few that weigh most.
pub(super) const SALIENT: u8 = 4;

impl Term {
    pub(super) fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// Units of [`Term::weight`] in a bit.
const WEIGHT: f32 = 64.0;
/// Terms kept, the heaviest.
const KEPT: usize = 256;
/// Terms that are salient.
const FEW: usize = 12;
/// First sentences that count more.
const LEDE_SENTENCES: usize = 3;
/// How often a word of the lede counts, and one of the title, in halves. guess: 2 to 5 made little difference.
const IN_LEDE: u32 = 3;
const IN_TITLE: u32 = 4;

/// The terms of a report.
#[derive(Clone, Debug, Default)]
pub(in crate::link) struct Terms {
    /// The day of the report's place, since the epoch.
    pub(super) day: i32,
    /// The days that a report writes out, if it has none itself.
    pub(super) written: Option<Written>,
    /// What it is compared by; none until a comparison needs it.
    pub(in crate::link) weighed: Option<Weighed>,
}

/// The terms themselves.
#[derive(Clone, Debug, Default)]
pub(in crate::link) struct Weighed {
    /// Sorted by key.
    pub(super) terms: List,
    /// Length of the vector of weights; of the terms kept, so that long reports are not unlike all others.
    pub(super) length: u32,
    /// The same of figures alone.
    pub(super) figures: u32,
    /// The same of what is no name.
    pub(super) matter: u32,
    /// Weight of the salient terms.
    pub(super) salient: u32,
    /// The ages of people that it gives.
    pub(super) ages: Ages,
}

impl Terms {
    /// Counts the terms of a report whose body was read.
    pub(in crate::link) fn of(article: &Article<'_>, body: &Words) -> Terms {
        let title = words::title(article.title);
        let mut terms = count(article, body, &title);
        let order = |a: &Term, b: &Term| b.weight.cmp(&a.weight).then(a.key.cmp(&b.key));
        terms.sort_unstable_by(order);
        terms.truncate(KEPT);
        terms.iter_mut().take(FEW).for_each(|t| t.flags |= SALIENT);
        terms.sort_unstable_by_key(|t| t.key);
        Terms {
            day: 0,
            written: article.day.is_none().then(|| Written::of(article, body, &title)),
            weighed: Some(Weighed::of(&terms, Ages::of(article, body, &title))),
        }
    }

    /// Adds what stands beside the terms to bytes.
    pub(in crate::link) fn pack_written(&self, out: &mut Vec<u8>) {
        put(out, u64::from(self.written.is_some()));
        self.written.iter().for_each(|written| written.pack(out));
    }

    /// Reads what [`Terms::pack_written`] wrote: terms that are not there yet.
    pub(in crate::link) fn unpack_written(from: &mut Unpack<'_>) -> Option<Terms> {
        let written = match from.number()? {
            0 => None,
            _ => Some(Written::unpack(from)?),
        };
        Some(Terms { day: 0, written, weighed: None })
    }
}

impl Weighed {
    fn of(terms: &[Term], ages: Ages) -> Weighed {
        Weighed {
            terms: List::of(terms),
            length: length(terms, |_| true),
            figures: length(terms, |t| t.is(FIGURE)),
            matter: length(terms, |t| !t.is(NAME)),
            salient: terms.iter().filter(|t| t.is(SALIENT)).map(|t| u32::from(t.weight)).sum(),
            ages,
        }
    }

    /// Adds the terms to bytes.
    pub(in crate::link) fn pack(&self, out: &mut Vec<u8>) {
        put(out, self.terms.len() as u64);
        for term in self.terms.iter() {
            out.extend(term.key.to_le_bytes());
            out.extend(term.weight.to_le_bytes());
            out.push(term.flags);
        }
        [self.length, self.figures, self.matter, self.salient].iter().for_each(|&n| put(out, u64::from(n)));
        self.ages.pack(out);
    }

    /// Reads what [`Weighed::pack`] wrote.
    pub(in crate::link) fn unpack(from: &mut Unpack<'_>) -> Option<Weighed> {
        let count = from.count()?;
        let terms = from.take(count * 7)?.chunks_exact(7);
        let terms: Vec<Term> = terms
            .map(|t| Term {
                key: u32::from_le_bytes([t[0], t[1], t[2], t[3]]),
                weight: u16::from_le_bytes([t[4], t[5]]),
                flags: t[6],
            })
            .collect();
        let (length, figures, matter, salient) = (from.small()?, from.small()?, from.small()?, from.small()?);
        let ages = Ages::unpack(from)?;
        Some(Weighed { terms: List::of(&terms), length, figures, matter, salient, ages })
    }

    /// Returns the terms by which a report is looked up, heaviest first.
    pub(in crate::link) fn keys(&self, most: usize) -> Vec<(u32, u16)> {
        let mut keys: Vec<(u32, u16)> = self.terms.iter().map(|t| (t.key, t.weight)).collect();
        keys.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        keys.truncate(most);
        keys
    }
}

/// Returns the length of the vector of the weights of some terms.
fn length(terms: &[Term], of: impl Fn(&Term) -> bool) -> u32 {
    let squares: u64 = terms.iter().filter(|t| of(t)).map(|t| u64::from(t.weight) * u64::from(t.weight)).sum();
    squares.isqrt() as u32
}

/// Returns the days since 1 January 1970.
pub(in crate::link) fn days(day: crate::when::Day) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    (day - epoch).get_days()
}

/// Returns the day so many days after 1 January 1970; none if no calendar has it.
pub(in crate::link) fn on_day(days: i32) -> Option<crate::when::Day> {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A word where it stands.
struct Seen<'a> {
    word: &'a Word,
    /// The text that its offsets point into.
    text: &'a str,
    /// How often it counts, in halves.
    halves: u32,
    in_title: bool,
}

/// Counts and weighs the terms of body and title.
fn count(article: &Article<'_>, body: &Words, title: &Words) -> Vec<Term> {
    let lede = body.sentences.iter().take(LEDE_SENTENCES).next_back().map_or(0, |s| s.1 as usize);
    let in_body = body.words.iter().enumerate().map(|(n, word)| {
        let halves = if n < lede { IN_LEDE } else { 2 };
        Seen { word, text: article.text, halves, in_title: false }
    });
    let in_title = title.words.iter().map(|word| Seen { word, text: article.title, halves: IN_TITLE, in_title: true });
    let mut seen: Vec<Seen<'_>> = in_body.chain(in_title).filter(|s| !s.word.is(FUNCTION)).collect();
    seen.sort_by_key(|s| s.word.key);
    seen.chunk_by(|a, b| a.word.key == b.word.key).map(term).filter(|t| t.weight > 0).collect()
}

/// Weighs one term by all its places.
fn term(same: &[Seen<'_>]) -> Term {
    let Seen { word, text, .. } = same[0];
    let in_body = same.iter().filter(|s| !s.in_title);
    let capitals = in_body.clone().filter(|s| s.word.is(CAPITAL)).count();
    let is_name = capitals > 0 && capitals * 2 >= in_body.count();
    let bits = if word.is(NUMBER) {
        bits_of_number(text.get(word.start as usize..word.end as usize).unwrap_or_default())
    } else {
        bits(word.key, word.class)
    };
    let bits = if is_name { bits * 2 } else { bits };
    let halves: u32 = same.iter().map(|s| s.halves).sum();
    let weight = (1.0 + log2(halves.max(2) as f32 / 2.0)) * f32::from(bits) / 8.0 * WEIGHT;
    let mut flags = 0;
    flags |= if is_name { NAME } else { 0 };
    flags |= if word.is(NUMBER) { FIGURE } else { 0 };
    Term { key: word.key, weight: weight as u16, flags }
}
