//! Which story and origin each report belongs to, and how many independent origins reports have.

use super::{Bounds, Member};
use crate::link::Links;
use crate::link::sets::{find, unite};
use std::collections::{BTreeMap, BTreeSet};

/// Which story and origin each report belongs to, for the parts of `compile`.
#[derive(Clone, Debug)]
pub struct Grouping {
    /// Report to story: index into [`Links::stories`].
    pub story: Vec<usize>,
    /// Report to origin: index into [`Links::origins`].
    pub origin: Vec<usize>,
    /// Report to what counts as independent: [`Links::independent`].
    pub independent: Vec<usize>,
    /// The same if all that is not sure were one ([`Links::doubts`]).
    fewest: Vec<usize>,
    /// The same if none of it were.
    most: Vec<usize>,
}

impl Grouping {
    /// Looks the reports up in their links.
    pub fn of(links: &Links, members: &[Member]) -> Grouping {
        let none = vec![0; members.len()];
        let mut grouping = Grouping {
            story: none.clone(),
            origin: none.clone(),
            independent: none.clone(),
            fewest: none.clone(),
            most: none,
        };
        for (n, story) in links.stories.iter().enumerate() {
            story.iter().for_each(|&r| grouping.story[r] = n);
        }
        for (n, origin) in links.origins.iter().enumerate() {
            origin.reports.iter().for_each(|&r| grouping.origin[r] = n);
        }
        let outlet = |r: usize| members[r].report.outlet.as_deref();
        grouping.independent = links.independent(members.len(), outlet);
        grouping.most = links.parted().independent(members.len(), outlet);
        grouping.fewest = fewest(members, links, &grouping);
        grouping
    }

    /// Counts the independent origins of reports, with the fewest and the most that they may be.
    pub fn origins<'a>(&self, reports: impl IntoIterator<Item = &'a usize> + Clone) -> (u32, Bounds) {
        let count =
            |of: &[usize]| reports.clone().into_iter().map(|&r| of[r]).collect::<BTreeSet<usize>>().len() as u32;
        let (origins, fewest, most) = (count(&self.independent), count(&self.fewest), count(&self.most));
        // Two copies that one outlet made of two texts are one if nothing is sure: the bounds take that in.
        (origins, Bounds { low: fewest.min(most).min(origins), high: most.max(origins) })
    }
}

/// Joins what may be one. A doubt of one story says nothing of the same outlets in another: so an outlet's origins are joined
/// story by story.
fn fewest(members: &[Member], links: &Links, grouping: &Grouping) -> Vec<usize> {
    let mut root: Vec<usize> = (0..links.origins.len()).collect();
    let mut outlets: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for (n, origin) in links.origins.iter().enumerate() {
        let Some(&first) = origin.reports.first() else { continue };
        if let Some(outlet) = members[first].report.outlet.as_deref() {
            let with = *outlets.entry((grouping.story[first], outlet)).or_insert(n);
            unite(&mut root, n, with);
        }
    }
    for doubt in &links.doubts {
        unite(&mut root, grouping.origin[doubt.report], grouping.origin[doubt.with]);
    }
    grouping.origin.iter().map(|&n| if root.is_empty() { n } else { find(&mut root, n) }).collect()
}
