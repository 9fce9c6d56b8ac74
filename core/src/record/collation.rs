//! A copy beside its original, sentence by sentence: what it took over, what it tells in other words, what it added, what it
//! cut.
//!
//! A sentence counts as added, or cut, only where nothing like it stands in the other text, in whatever order: "the copy adds
//! this" must not be said of a sentence that was moved, shortened, split or joined to another.

use super::Member;
use super::sentences::{Told, alike, common, sentences};
use super::timeline::is_content;
use crate::text::{PartKind, Span};

/// Words that two sentences must share to be one in other words, in percent of both: what links a rewrite, two words of
/// five (`link/copies/overlap.rs`).
const ALIKE: usize = 40;
/// The same where the two stand between sentences that are paired, and share a word of content. guess: spun text keeps a
/// name or a noun and replaces the rest.
const NEAR: usize = 25;
/// Words of a sentence that must stand in one of the other text to be a part of it, in percent. guess: a clause that became a
/// sentence of its own has a new subject and loses a "that".
const PART: usize = 75;
/// A shorter sentence is part of none: "He did not." has its words everywhere.
const LEAST: usize = 4;
/// Words from which on a line without a full stop is a sentence and no crosshead, sign or advertisement. guess.
const LINE: usize = 9;
/// Sentences and words compared on either side at most: beyond that a text is no news story.
const MOST: usize = 600;
const WORDS: usize = 20_000;

/// What became of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Taken over word for word.
    Same {
        /// In the copy.
        here: Span,
    },
    /// It stands in the original in other words, or as a part of another sentence.
    Reworded {
        /// In the copy.
        here: Span,
        /// In the original.
        there: Span,
    },
    /// It stands in the copy alone.
    Added(Span),
    /// It stands in the original alone.
    Cut(Span),
}

/// Compares a copy with its original. Headlines are left out: most desks write their own.
///
/// They come in the order of the copy; what was cut stands behind the sentence that it followed. None if one of the
/// texts has more than 600 sentences or 20,000 words.
pub fn collate(original: &Member, copy: &Member) -> Option<Vec<Fate>> {
    let (there, here) = (body(original), body(copy));
    let (all_there, all_here) = (words(original), words(copy));
    if there.len().max(here.len()) > MOST || all_there.len().max(all_here.len()) > WORDS {
        return None;
    }
    let mut pairs = pairs(&there, &here);
    close(&there, &here, &mut pairs);
    // The sentence of the original that each of the copy comes from, and which of them something came from.
    let source = |n: usize| -> Option<usize> {
        let own = pairs.iter().find(|p| p.1 == n).map(|p| p.0);
        own.or_else(|| (0..there.len()).find(|&o| is_part(&here[n], &there[o])))
    };
    let sources: Vec<Option<usize>> = (0..here.len()).map(source).collect();
    let is_kept = |o: usize| {
        pairs.iter().any(|p| p.0 == o) || here.iter().any(|told| is_part(&there[o], told)) || sources.contains(&Some(o))
    };
    let cut: Vec<usize> = (0..there.len()).filter(|&o| !is_kept(o) && !stands(&there[o], &all_here)).collect();
    let mut fates = Vec::new();
    let behind = |o: Option<usize>, fates: &mut Vec<Fate>| {
        let mut next = o.map_or(0, |o| o + 1);
        while cut.contains(&next) {
            fates.push(Fate::Cut(there[next].span));
            next += 1;
        }
    };
    behind(None, &mut fates);
    for (n, told) in here.iter().enumerate() {
        fates.push(match sources[n] {
            Some(o) if there[o].words == told.words => Fate::Same { here: told.span },
            Some(o) => Fate::Reworded { here: told.span, there: there[o].span },
            // Where no sentence ends alike, the words may stand there all the same.
            None if stands(told, &all_there) => Fate::Same { here: told.span },
            None => Fate::Added(told.span),
        });
        // A sentence that became two is left behind its last part.
        if let Some(o) = sources[n].filter(|o| !sources[n + 1..].contains(&Some(*o))) {
            behind(Some(o), &mut fates);
        }
    }
    // Behind a sentence that was joined to another, so that nothing came from it alone.
    let shown = |o: &usize| fates.contains(&Fate::Cut(there[*o].span));
    let left: Vec<usize> = cut.iter().copied().filter(|o| !shown(o)).collect();
    fates.extend(left.into_iter().map(|o| Fate::Cut(there[o].span)));
    Some(fates)
}

/// Returns the sentences of the article text.
fn body(member: &Member) -> Vec<Told<'_>> {
    let parts = member.report.text.parts();
    let is_body =
        |span: Span| parts.iter().any(|p| p.span.contains(span) && p.kind.is_read() && p.kind != PartKind::Title);
    let is_line = |told: &Told<'_>| {
        let ends = |c: char| matches!(c, '.' | '!' | '?' | '…' | ':' | ';' | '"' | '”' | '’' | '\'' | '»' | ')');
        told.words.len() < LINE && !member.report.text.get(told.span).ends_with(ends)
    };
    sentences(&member.reading).into_iter().filter(|told| is_body(told.span) && !is_line(told)).collect()
}

/// Returns all words of what is read of a report, headline and signs included.
fn words(member: &Member) -> Vec<&str> {
    sentences(&member.reading).into_iter().flat_map(|told| told.words).collect()
}

/// Says whether the words of a sentence stand in a text side by side.
fn stands(told: &Told<'_>, all: &[&str]) -> bool {
    all.windows(told.words.len().max(1)).any(|run| run == told.words)
}

/// Pairs sentences of the original with those of the copy, the most alike first, each in one pair at most.
fn pairs(there: &[Told<'_>], here: &[Told<'_>]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (o, was) in there.iter().enumerate() {
        found.extend(here.iter().enumerate().map(|(n, is)| (alike(was, is), o, n)).filter(|f| f.0 >= ALIKE));
    }
    // Of equally alike ones those that stand at the same place.
    found.sort_by_key(|&(alike, o, n)| (std::cmp::Reverse(alike), o.abs_diff(n), o, n));
    let (mut taken, mut given) = (vec![false; there.len()], vec![false; here.len()]);
    found.retain(|&(_, o, n)| {
        let free = !taken[o] && !given[n];
        taken[o] |= free;
        given[n] |= free;
        free
    });
    found.into_iter().map(|(_, o, n)| (o, n)).collect()
}

/// Pairs what is left between two neighbours of the original that are neighbours in the copy, too, or nearly so.
fn close(there: &[Told<'_>], here: &[Told<'_>], pairs: &mut Vec<(usize, usize)>) {
    let mut places = pairs.clone();
    places.sort_unstable();
    let bounds = places.iter().map(|&(o, n)| (o + 1, n + 1));
    let gaps: Vec<_> =
        std::iter::once((0, 0)).chain(bounds).zip(places.iter().copied().chain([(there.len(), here.len())])).collect();
    for ((from_there, from_here), (to_there, to_here)) in gaps {
        let mut next = from_here;
        for (o, was) in there.iter().enumerate().take(to_there).skip(from_there) {
            let is_near = |n: &usize| alike(was, &here[*n]) >= NEAR && shares_content(was, &here[*n]);
            let is_free = |n: &usize| pairs.iter().all(|p| p.1 != *n);
            if let Some(n) = (next..to_here).filter(is_free).find(is_near) {
                pairs.push((o, n));
                next = n + 1;
            }
        }
    }
}

fn shares_content(a: &Told<'_>, b: &Told<'_>) -> bool {
    a.words.iter().any(|w| is_content(w) && b.words.contains(w))
}

/// Says whether nearly all of a sentence stands in another.
fn is_part(told: &Told<'_>, of: &Told<'_>) -> bool {
    told.words.len() >= LEAST && common(told, of) * 100 >= told.words.len() * PART
}
