//! Links as bytes, for a cache.

use super::profile::{put_spans, spans};
use super::{CopyKind, CopyOf, Doubt, Links, Origin, Shared, Why};
use crate::packed::{Unpack, put, put_maybe, put_str};

const KINDS: [CopyKind; 5] =
    [CopyKind::Exact, CopyKind::Near, CopyKind::Excerpt, CopyKind::Rewrite, CopyKind::Credited];

impl CopyKind {
    pub(super) fn number(self) -> u64 {
        KINDS.iter().position(|kind| *kind == self).unwrap_or(0) as u64
    }

    pub(super) fn of(number: u64) -> Option<CopyKind> {
        KINDS.get(usize::try_from(number).ok()?).copied()
    }
}

impl Links {
    /// Writes them as bytes.
    pub fn pack(&self, out: &mut Vec<u8>) {
        put(out, self.copies.len() as u64);
        self.copies.iter().for_each(|copy| pack_copy(copy, out));
        put(out, self.origins.len() as u64);
        for origin in &self.origins {
            put_maybe(out, origin.label.as_deref());
            put_list(out, &origin.reports);
            put(out, origin.parts.len() as u64);
            origin.parts.iter().for_each(|part| put_list(out, part));
        }
        put(out, self.doubts.len() as u64);
        for doubt in &self.doubts {
            put(out, doubt.report as u64);
            put(out, doubt.with as u64);
            pack_why(&doubt.why, out);
        }
        put(out, self.stories.len() as u64);
        self.stories.iter().for_each(|story| put_list(out, story));
    }

    /// Reads what [`Links::pack`] wrote of so many reports; none if it did not write this.
    pub fn unpack(from: &mut Unpack<'_>, reports: usize) -> Option<Links> {
        let report = |from: &mut Unpack<'_>| from.number().map(|n| n as usize).filter(|&n| n < reports);
        let list = |from: &mut Unpack<'_>| from.list(report);
        Some(Links {
            copies: from.list(|from| unpack_copy(from, &report))?,
            origins: from
                .list(|from| Some(Origin { label: from.maybe()?, reports: list(from)?, parts: from.list(list)? }))?,
            doubts: from
                .list(|from| Some(Doubt { report: report(from)?, with: report(from)?, why: unpack_why(from)? }))?,
            stories: from.list(list)?,
        })
    }
}

fn put_list(out: &mut Vec<u8>, reports: &[usize]) {
    put(out, reports.len() as u64);
    reports.iter().for_each(|&report| put(out, report as u64));
}

fn pack_copy(copy: &CopyOf, out: &mut Vec<u8>) {
    put(out, copy.report as u64);
    put(out, copy.of.map_or(0, |of| of as u64 + 1));
    put_maybe(out, copy.origin.as_deref());
    put(out, copy.kind.number());
    put(out, copy.containment.map_or(0, |share| u64::from(share) + 1));
    put(out, u64::from(copy.certain));
    put_shared(out, &copy.passages);
    put_spans(out, &copy.credits);
}

fn unpack_copy(from: &mut Unpack<'_>, report: &impl Fn(&mut Unpack<'_>) -> Option<usize>) -> Option<CopyOf> {
    let copy = report(from)?;
    Some(CopyOf {
        report: copy,
        of: from.number()?.checked_sub(1).map(|of| of as usize),
        origin: from.maybe()?,
        kind: CopyKind::of(from.number()?)?,
        containment: from.small()?.checked_sub(1).map(|share| share as u16),
        certain: from.number()? != 0,
        // What is kept is what was found, whatever people decided.
        decided: false,
        passages: shared(from)?,
        credits: spans(from)?,
    })
}

/// Adds shared passages to bytes.
pub(super) fn put_shared(out: &mut Vec<u8>, passages: &[Shared]) {
    put_spans(out, &passages.iter().flat_map(|s| [s.here, s.there]).collect::<Vec<_>>());
}

/// Reads what [`put_shared`] wrote.
pub(super) fn shared(from: &mut Unpack<'_>) -> Option<Vec<Shared>> {
    Some(spans(from)?.chunks_exact(2).map(|s| Shared { here: s[0], there: s[1] }).collect())
}

fn pack_why(why: &Why, out: &mut Vec<u8>) {
    let (number, newsroom) = match why {
        Why::Partly => (0, None),
        Why::Alike => (1, None),
        Why::Metadata { newsroom } => (2, Some(newsroom)),
        Why::Contributed { newsroom } => (3, Some(newsroom)),
        Why::Told { newsroom, .. } => (4, Some(newsroom)),
    };
    put(out, number);
    newsroom.iter().for_each(|newsroom| put_str(out, newsroom));
    if let Why::Told { times, .. } = why {
        put(out, *times as u64);
    }
}

fn unpack_why(from: &mut Unpack<'_>) -> Option<Why> {
    Some(match from.number()? {
        0 => Why::Partly,
        1 => Why::Alike,
        2 => Why::Metadata { newsroom: from.words()?.to_owned() },
        3 => Why::Contributed { newsroom: from.words()?.to_owned() },
        4 => Why::Told { newsroom: from.words()?.to_owned(), times: from.number()? as usize },
        _ => return None,
    })
}
