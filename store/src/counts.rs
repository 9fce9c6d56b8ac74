//! How many results are by each outlet, and of each month: counted in the pass that finds them.

use std::collections::BTreeMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

/// Results by outlet, most first, and by month since 1970-01.
pub(crate) type Counts = (Vec<(String, usize)>, BTreeMap<i64, usize>);

/// The counts of one part of the index: by the numbers that outlets have in it, and by day.
pub(crate) struct InSegment {
    names: Option<StrColumn>,
    by_name: Vec<usize>,
    days: Column<i64>,
    /// By days before the last one of the part.
    by_day: Vec<usize>,
    /// By day, of days too long before.
    by_early_day: BTreeMap<i64, usize>,
    /// Results that wait to be counted together.
    waiting: Vec<DocId>,
}

/// Results counted together.
const TOGETHER: usize = 256;
/// Days counted one beside the other: some ninety years.
const NEAR: i64 = 1 << 15;

impl InSegment {
    pub(crate) fn of(segment: &SegmentReader) -> tantivy::Result<InSegment> {
        let names = segment.fast_fields().str("outlet_name")?;
        let by_name = vec![0; names.as_ref().map_or(0, |n| n.dictionary().num_terms())];
        let days = segment.fast_fields().i64("from")?;
        let near = days.max_value().saturating_sub(days.min_value()).clamp(0, NEAR - 1) as usize;
        let (by_day, by_early_day) = (vec![0; near + 1], BTreeMap::new());
        Ok(InSegment { names, by_name, days, by_day, by_early_day, waiting: Vec::with_capacity(TOGETHER) })
    }

    pub(crate) fn collect(&mut self, doc: DocId) {
        self.waiting.push(doc);
        if self.waiting.len() == TOGETHER {
            self.count();
        }
    }

    fn count(&mut self) {
        let docs = self.waiting.as_slice();
        if let Some(names) = &self.names {
            let mut ords = [None; TOGETHER];
            names.ords().first_vals(docs, &mut ords[..docs.len()]);
            for ord in ords.iter().flatten() {
                self.by_name.get_mut(*ord as usize).into_iter().for_each(|n| *n += 1);
            }
        }
        let last = self.days.max_value();
        let mut days = [None; TOGETHER];
        self.days.first_vals(docs, &mut days[..docs.len()]);
        for day in days.into_iter().flatten() {
            match self.by_day.get_mut(last.abs_diff(day) as usize) {
                Some(n) => *n += 1,
                None => *self.by_early_day.entry(day).or_insert(0) += 1,
            }
        }
        self.waiting.clear();
    }

    fn counts(mut self) -> tantivy::Result<Counts> {
        self.count();
        let met: Vec<u64> = (0..self.by_name.len() as u64).filter(|ord| self.by_name[*ord as usize] > 0).collect();
        let mut counts = met.iter().map(|ord| self.by_name[*ord as usize]);
        let mut outlets = Vec::new();
        if let Some(names) = &self.names {
            names.dictionary().sorted_ords_to_term_cb(&met, |name| {
                outlets.extend(counts.next().map(|n| (String::from_utf8_lossy(name).into_owned(), n)));
            })?;
        }
        let mut months = BTreeMap::new();
        let last = self.days.max_value();
        let near = self.by_day.into_iter().enumerate().map(|(before, n)| (last - before as i64, n));
        for (day, n) in near.filter(|(_, n)| *n > 0).chain(self.by_early_day) {
            *months.entry(month(day)).or_insert(0) += n;
        }
        Ok((outlets, months))
    }
}

/// Joins the counts of the parts of an index.
pub(crate) fn joined(segments: Vec<InSegment>) -> tantivy::Result<Counts> {
    let (mut by_name, mut months): (BTreeMap<String, usize>, BTreeMap<i64, usize>) = Default::default();
    for segment in segments {
        let (outlets, in_month) = segment.counts()?;
        outlets.into_iter().for_each(|(name, n)| *by_name.entry(name).or_insert(0) += n);
        in_month.into_iter().for_each(|(m, n)| *months.entry(m).or_insert(0) += n);
    }
    let mut outlets: Vec<(String, usize)> = by_name.into_iter().collect();
    outlets.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok((outlets, months))
}

/// Returns the month of a day, both counted since 1970.
fn month(day: i64) -> i64 {
    // Howard Hinnant, chrono-compatible low-level date algorithms: civil_from_days.
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (m, shift) = if mp < 10 { (mp + 3, 0) } else { (mp - 9, 1) };
    (yoe + era * 400 + shift - 1970) * 12 + m - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_fall_into_their_months() {
        for (day, expected) in [(0, 0), (30, 0), (31, 1), (22_405, 61 * 12 + 4), (-1, -1), (11_016, 361)] {
            assert_eq!(month(day), expected, "{day}");
        }
    }
}
