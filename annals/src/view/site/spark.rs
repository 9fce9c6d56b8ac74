//! Reports a day as a row of bars, with the numbers in words.

use crate::view::{dates, words};
use annals_core::when::Day;
use maud::{Markup, html};

/// The most bars: longer stories have a bar for several days.
const BARS: usize = 40;
const WIDE: f64 = 120.0;
const HIGH: f64 = 28.0;

/// Draws how many reports are of each day; nothing for one day.
pub(super) fn bars(days: &[(Day, u32)]) -> Markup {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return html! {} };
    let span = since(first.0, last.0) + 1;
    if span < 2 {
        return html! {};
    }
    let each = span.div_ceil(BARS);
    let mut counts = vec![0u32; span.div_ceil(each)];
    days.iter().for_each(|(day, n)| counts[since(first.0, *day) / each] += n);
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    let step = WIDE / counts.len() as f64;
    let wide = (step - 1.0).clamp(0.8, 14.0);
    let (peak, top) = days.iter().max_by_key(|(day, n)| (*n, std::cmp::Reverse(*day))).copied().unwrap_or(*first);
    let told = format!(
        "Reports a day, {}: most on {}, {}",
        dates::range(first.0, last.0),
        dates::full(peak),
        words::count(top as usize, "report", "reports")
    );
    html! {
        svg.spark viewBox={ "0 0 " (WIDE) " " (HIGH) } role="img" aria-label=(told) {
            title { (told) }
            path.base d={ "M0 " (HIGH - 0.5) "H" (WIDE) } {}
            @for (n, count) in counts.iter().enumerate().filter(|(_, c)| **c > 0) {
                @let high = (f64::from(*count) / f64::from(most) * (HIGH - 2.0)).max(2.0);
                rect x={ (format!("{:.1}", n as f64 * step)) } y={ (format!("{:.1}", HIGH - 1.0 - high)) } width={ (format!("{wide:.1}")) } height={ (format!("{high:.1}")) } {}
            }
        }
    }
}

fn since(first: Day, day: Day) -> usize {
    usize::try_from((day - first).get_days()).unwrap_or_default()
}
