//! Who is who across reports.

use super::{Cite, Entity, Evidence, Grouping, Member, RowId};
use std::collections::BTreeMap;

/// The entities of a record and who each report's names are.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// The entities.
    pub entities: Vec<Entity>,
    /// Report, then name of that report, to entity.
    of: Vec<Vec<usize>>,
}

impl Cast {
    /// Returns the entity that a report's name is.
    pub fn of(&self, report: usize, name: usize) -> usize {
        self.of[report][name]
    }
}

/// Joins the names of all reports.
pub fn join(members: &[Member], _grouping: &Grouping) -> Cast {
    let mut cast = Cast::default();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (report, member) in members.iter().enumerate() {
        let text = &member.report.text;
        let mut of = Vec::new();
        for (n, name) in member.reading.names.names.iter().enumerate() {
            let words = text.get(name.full).to_owned();
            let entity = *known.entry(words.clone()).or_insert_with(|| {
                cast.entities.push(Entity {
                    id: RowId::new('n', member.report.id, name.full, ""),
                    kind: name.kind,
                    name: words.clone(),
                    aliases: vec![words],
                    roles: Vec::new(),
                    mentions: Vec::new(),
                    grounds: Vec::new(),
                    evidence: Evidence::one(report, name.full),
                });
                cast.entities.len() - 1
            });
            let mentions = member.reading.names.mentions.iter().filter(|m| m.name == n);
            cast.entities[entity].mentions.extend(mentions.map(|m| Cite { report, span: m.span }));
            of.push(entity);
        }
        cast.of.push(of);
    }
    cast
}
