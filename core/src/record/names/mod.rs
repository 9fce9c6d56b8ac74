//! Who is who across reports.
//!
//! Full names join wherever they are equal. Variants, surnames and short forms join inside a story only, and never two
//! names that one report keeps apart. What a person decided goes before all of that.

mod decisions;
mod forms;
mod groups;
mod split;
mod variants;

pub(super) use self::split::{folded, split};

use self::forms::Item;
use self::groups::Groups;
use super::versions::Told;
use super::{Cite, Decision, Entity, Evidence, Grouping, Member, RowId, Ruling};
use crate::reading::NameKind;
use crate::report::ReportId;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The entities of a record and who each report's names are.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// The entities.
    pub entities: Vec<Entity>,
    /// Report, then name of that report, to entity.
    of: Vec<Vec<usize>>,
    /// What came of each decision, in the order given.
    pub rulings: Vec<Ruling>,
}

impl Cast {
    /// Returns the entity that a report's name is.
    pub fn of(&self, report: usize, name: usize) -> usize {
        self.of[report][name]
    }
}

/// Joins the names of all reports.
pub(super) fn join(members: &[Member], grouping: &Grouping, versions: &[(Told, Told)], decisions: &[Decision]) -> Cast {
    let items = forms::items(members, grouping);
    let mut groups = Groups::of(&items);
    let rulings = decisions::settle(members, &items, decisions, &mut groups);
    groups::equal_names(&items, &mut groups);
    let mut by_story: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, item) in items.iter().enumerate() {
        by_story.entry(item.story).or_default().push(n);
    }
    let of: BTreeMap<(usize, usize), usize> = items.iter().enumerate().map(|(n, i)| ((i.report, i.name), n)).collect();
    let speaker = |told: &Told| {
        let name = members[told.0].reading.statements.get(told.1)?.speaker?;
        of.get(&(told.0, name)).copied()
    };
    let speakers: Vec<(usize, usize)> = versions.iter().filter_map(|(a, b)| Some((speaker(a)?, speaker(b)?))).collect();
    variants::speakers(&items, &speakers, &mut groups);
    for story in by_story.values() {
        groups::organizations(&items, story, &mut groups);
        variants::persons(&items, story, &mut groups);
        variants::orders(&items, story, &mut groups);
        groups::surnames(&items, story, &mut groups);
        groups::acronyms(&items, story, &mut groups);
    }
    let mut cast = cast(members, &items, groups);
    cast.rulings = rulings
        .into_iter()
        .map(|(ruling, spoken_of)| {
            let entities: BTreeSet<usize> =
                spoken_of.iter().map(|&n| cast.of(items[n].report, items[n].name)).collect();
            Ruling { entities: entities.into_iter().collect(), ..ruling }
        })
        .collect();
    cast
}

/// Makes entities of groups, sorted by id.
fn cast(members: &[Member], items: &[Item], mut groups: Groups) -> Cast {
    let mut of_group: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for n in 0..items.len() {
        of_group.entry(groups.root(n)).or_default().push(n);
    }
    let mut built: Vec<(Entity, Vec<usize>)> = of_group
        .into_iter()
        .filter_map(|(root, group)| Some((entity(members, items, &group, groups.grounds(root))?, group)))
        .collect();
    built.sort_by_key(|(e, _)| e.id);
    let of = members.iter().map(|m| vec![0; m.reading.names.names.len()]).collect();
    let mut cast = Cast { of, ..Cast::default() };
    for (entity, group) in built {
        for n in group {
            cast.of[items[n].report][items[n].name] = cast.entities.len();
        }
        cast.entities.push(entity);
    }
    cast
}

fn entity(members: &[Member], items: &[Item], group: &[usize], mut grounds: Vec<String>) -> Option<Entity> {
    let first: (ReportId, Span) = group.iter().map(|&n| (members[items[n].report].report.id, items[n].full)).min()?;
    let mut mentions: Vec<Cite> = Vec::new();
    let mut forms: BTreeMap<String, Cite> = BTreeMap::new();
    let mut roles = BTreeSet::new();
    for &n in group {
        let item = &items[n];
        let report = item.report;
        for &(span, proper) in &item.mentions {
            let cite = Cite { report, span };
            mentions.push(cite);
            if proper {
                let form = forms::printed(members, cite);
                grounds.extend(item.why(&form));
                forms.entry(form).or_insert(cite);
            }
        }
        roles.extend(item.roles.iter().map(|&span| forms::printed(members, Cite { report, span })));
    }
    mentions.sort_unstable();
    grounds.sort_unstable();
    grounds.dedup();
    let name = canonical(members, items, group)?;
    let mut aliases: Vec<String> = forms.keys().cloned().collect();
    if !aliases.contains(&name) {
        aliases.push(name.clone());
        aliases.sort_unstable();
    }
    let evidence = Evidence::of(
        forms.into_values().chain(group.first().map(|&n| Cite { report: items[n].report, span: items[n].full })),
    )?;
    Some(Entity {
        id: RowId::new('n', first.0, first.1, ""),
        kind: kind(items, group),
        name,
        aliases,
        roles: roles.into_iter().collect(),
        mentions,
        grounds,
        evidence,
    })
}

/// Returns the kind that most mentions have.
fn kind(items: &[Item], group: &[usize]) -> NameKind {
    let count =
        |kind| group.iter().filter(|&&n| items[n].kind == kind).map(|&n| items[n].mentions.len()).sum::<usize>();
    [NameKind::Other, NameKind::Place, NameKind::Organization, NameKind::Person]
        .into_iter()
        .max_by_key(|&k| count(k))
        .unwrap_or(NameKind::Other)
}

/// Returns the fullest name as printed, of equals that of most reports, of equals the earliest.
fn canonical(members: &[Member], items: &[Item], group: &[usize]) -> Option<String> {
    let mut forms: BTreeMap<String, (usize, Option<crate::when::Day>)> = BTreeMap::new();
    for &n in group {
        let item = &items[n];
        let day = members[item.report].report.when().map(|w| w.from());
        let form = forms.entry(forms::printed(members, Cite { report: item.report, span: item.full })).or_default();
        form.0 += 1;
        form.1 = match (form.1, day) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    let words = |s: &str| s.split_whitespace().count().min(4);
    let best = forms.iter().max_by(|a, b| {
        let rank = |x: &(&String, &(usize, Option<crate::when::Day>))| (words(x.0), x.1.0);
        let earlier = match (a.1.1, b.1.1) {
            (Some(x), Some(y)) => y.cmp(&x),
            (x, y) => x.is_some().cmp(&y.is_some()),
        };
        rank(a).cmp(&rank(b)).then(earlier).then_with(|| b.0.cmp(a.0))
    });
    best.map(|(name, _)| name.clone())
}
