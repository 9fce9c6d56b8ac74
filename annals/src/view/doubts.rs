//! Why two reports may be of one origin or of two, in plain words.

use super::words;
use annals_core::link::{Doubt, Why};
use annals_core::record::Member;

/// Returns one sentence; which number was counted ends it.
pub(crate) fn told(members: &[Member], doubt: &Doubt) -> String {
    let [report, with] = [doubt.report, doubt.with].map(|n| members[n].report.called());
    let counted = if doubt.why.is_likely() { "counted as one" } else { "counted as two" };
    match &doubt.why {
        Why::Partly => format!("{report} may rest on {with}: a part of its text is that one’s; {counted}"),
        Why::Told { newsroom, times } => {
            let times = match times {
                1 => "once".to_owned(),
                2 => "twice".to_owned(),
                n => words::count(*n, "time", "times"),
            };
            format!("{report} may rest on {newsroom}: people speak to {newsroom} in it {times}; {counted} with {with}")
        }
        Why::Metadata { newsroom } => {
            format!(
                "{report} may rest on {newsroom}: the data of its page say so, its words do not; {counted} with {with}"
            )
        }
        Why::Contributed { newsroom } => {
            format!("{report} may rest on {newsroom}: {newsroom} contributed to it; {counted} with {with}")
        }
        Why::Alike => format!("{report} and {with} may be one newsroom: their names are alike; {counted}"),
    }
}
