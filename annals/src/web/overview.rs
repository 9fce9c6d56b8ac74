//! What pages say of all stories at once, counted once for all of them while the archive holds the same.

use crate::app::search::since_1970;
use crate::app::shelf::{Holding, Shown};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// What is said of all stories.
#[derive(Default)]
pub(super) struct Overview {
    /// What the archive held when it was counted.
    head: String,
    /// How many reports.
    pub(super) reports: usize,
    /// Who published them, sorted.
    pub(super) outlets: Vec<String>,
    /// The first and the last day of each story, days since 1970-01-01; none of one without a day.
    pub(super) ends: Vec<Option<(i64, i64)>>,
}

/// The overviews of what is held now and of what is about to be.
#[derive(Default)]
pub(super) struct Latest(Mutex<Vec<Arc<Overview>>>);

impl Latest {
    /// Returns the overview of what is held; makes it where that is new.
    pub(super) fn of(&self, holding: &Holding) -> Arc<Overview> {
        let latest = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let made = latest().iter().find(|made| made.head == holding.head).map(Arc::clone);
        made.unwrap_or_else(|| {
            let made = Arc::new(Overview::of(holding));
            let mut latest = latest();
            latest.insert(0, Arc::clone(&made));
            latest.truncate(2);
            made
        })
    }
}

impl Overview {
    fn of(holding: &Holding) -> Overview {
        let outlets: BTreeSet<&str> = holding.stories.iter().flat_map(|s| &s.outlets).map(String::as_str).collect();
        Overview {
            head: holding.head.clone(),
            reports: holding.stories.iter().map(|s| s.reports).sum(),
            outlets: outlets.into_iter().map(str::to_owned).collect(),
            ends: holding.stories.iter().map(ends).collect(),
        }
    }
}

/// Returns the first and the last day of a story.
pub(super) fn ends(shown: &Shown) -> Option<(i64, i64)> {
    Some((since_1970(shown.first?), since_1970(shown.last?)))
}
