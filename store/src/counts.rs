//! How many results are by each outlet, and of each month: counted in one pass beside the ranking.

use std::collections::BTreeMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentReader};

/// Counts results by outlet, most first, and by month since 1970-01.
pub(crate) struct ByOutletAndMonth;

/// Results by outlet and by month.
pub(crate) type Counts = (Vec<(String, usize)>, BTreeMap<i64, usize>);

/// The counts of one segment: by the numbers that outlets have in it, and by day.
pub(crate) struct InSegment {
    names: Option<StrColumn>,
    by_name: Vec<usize>,
    days: Column<i64>,
    by_day: BTreeMap<i64, usize>,
}

impl Collector for ByOutletAndMonth {
    type Fruit = Counts;
    type Child = InSegment;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<InSegment> {
        let names = segment.fast_fields().str("outlet_name")?;
        let by_name = vec![0; names.as_ref().map_or(0, |n| n.dictionary().num_terms())];
        let days = segment.fast_fields().i64("from")?;
        Ok(InSegment { names, by_name, days, by_day: BTreeMap::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Counts>>) -> tantivy::Result<Counts> {
        let (mut by_name, mut months): (BTreeMap<String, usize>, BTreeMap<i64, usize>) = Default::default();
        for segment in segments {
            let (outlets, in_month) = segment?;
            outlets.into_iter().for_each(|(name, n)| *by_name.entry(name).or_insert(0) += n);
            in_month.into_iter().for_each(|(m, n)| *months.entry(m).or_insert(0) += n);
        }
        let mut outlets: Vec<(String, usize)> = by_name.into_iter().collect();
        outlets.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok((outlets, months))
    }
}

impl SegmentCollector for InSegment {
    type Fruit = tantivy::Result<Counts>;

    fn collect(&mut self, doc: DocId, _: Score) {
        for ord in self.names.iter().flat_map(|names| names.term_ords(doc)) {
            self.by_name.get_mut(ord as usize).into_iter().for_each(|n| *n += 1);
        }
        if let Some(day) = self.days.first(doc) {
            *self.by_day.entry(day).or_insert(0) += 1;
        }
    }

    fn harvest(self) -> tantivy::Result<Counts> {
        let met: Vec<u64> = (0..self.by_name.len() as u64).filter(|ord| self.by_name[*ord as usize] > 0).collect();
        let mut counts = met.iter().map(|ord| self.by_name[*ord as usize]);
        let mut outlets = Vec::new();
        if let Some(names) = &self.names {
            names.dictionary().sorted_ords_to_term_cb(&met, |name| {
                outlets.extend(counts.next().map(|n| (String::from_utf8_lossy(name).into_owned(), n)));
            })?;
        }
        let mut months = BTreeMap::new();
        self.by_day.into_iter().for_each(|(day, n)| *months.entry(month(day)).or_insert(0) += n);
        Ok((outlets, months))
    }
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
