//! What a report's name looks like to the joining of names: its folded words, roles and short forms.

use crate::lang::en::names::{self as lexicon, Gender};
use crate::reading::NameKind;
use crate::record::{Cite, Grouping, Member};
use crate::text::Span;
use std::collections::BTreeSet;

/// A name of one report.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The report: index into the members.
    pub(super) report: usize,
    /// Its story.
    pub(super) story: usize,
    /// The name: index into the report's names.
    pub(super) name: usize,
    /// What it is.
    pub(super) kind: NameKind,
    /// Its fullest form.
    pub(super) full: Span,
    /// That as printed.
    pub(super) printed: String,
    /// The folded words of that, without "the" and marks.
    pub(super) words: Vec<String>,
    /// What lists call it, or its words in one string.
    pub(super) key: String,
    /// Whether lists know it.
    pub(super) listed: bool,
    /// Its acronym, folded.
    pub(super) acronym: Option<String>,
    /// The words of its roles that say what it is.
    pub(super) offices: BTreeSet<String>,
    /// Its roles.
    pub(super) roles: Vec<Span>,
    /// What its given name says.
    pub(super) gender: Option<Gender>,
    /// Where it is named or meant, and whether by a proper name.
    pub(super) mentions: Vec<(Span, bool)>,
    /// Whether it is one word in capitals.
    pub(super) capitals: bool,
}

impl Item {
    /// Says why its report means it by another form than its fullest.
    pub(super) fn why(&self, form: &str) -> Option<String> {
        let full = &self.printed;
        let folded = lexicon::fold(form);
        if folded == lexicon::fold(full) {
            return None;
        }
        let part = self.words.len() > 1 && words(form).iter().all(|w| self.words.contains(w));
        let ground = if self.acronym.as_ref() == Some(&folded) {
            "is introduced as the short form of"
        } else if self.listed && lexicon::canonical(&folded).is_some() {
            "is known to be another name of"
        } else if part && self.kind == NameKind::Person {
            "is, in the same report, part of the name"
        } else if part {
            "is, in the same report, short for"
        } else {
            "stands, in the same report, for"
        };
        Some(format!("“{form}” {ground} “{full}”"))
    }
}

/// Returns the words at a passage, white space made single spaces.
pub(super) fn printed(members: &[Member], cite: Cite) -> String {
    members[cite.report].report.text.get(cite.span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the names of all reports, in order.
pub(super) fn items(members: &[Member], grouping: &Grouping) -> Vec<Item> {
    let mut items = Vec::new();
    for (report, member) in members.iter().enumerate() {
        let from = items.len();
        let text = &member.report.text;
        for (name, n) in member.reading.names.names.iter().enumerate() {
            let words = words(text.get(n.full));
            let joined = words.join(" ");
            let canonical = lexicon::canonical(&joined);
            // "US State Department" and "U.S. State Department" are one name.
            let spelt = words.first().filter(|_| words.len() > 1).and_then(|w| Some((w, lexicon::canonical(w)?)));
            let joined = match (canonical, spelt) {
                (None, Some((first, country))) => format!("{}{}", lexicon::fold(country), &joined[first.len()..]),
                _ => joined,
            };
            let roles = n.roles.iter().map(|r| lexicon::fold(text.get(*r)));
            items.push(Item {
                report,
                story: grouping.story[report],
                name,
                kind: n.kind,
                full: n.full,
                printed: printed(members, Cite { report, span: n.full }),
                key: canonical.map_or(joined, lexicon::fold),
                listed: canonical.is_some(),
                acronym: n.acronym.map(|a| lexicon::fold(text.get(a))),
                offices: roles
                    .flat_map(|r| {
                        r.split_whitespace().filter(|w| lexicon::is_role(w)).map(str::to_owned).collect::<Vec<_>>()
                    })
                    .collect(),
                roles: n.roles.clone(),
                gender: words.first().filter(|_| words.len() > 1).and_then(|w| lexicon::first_name(w)).flatten(),
                mentions: Vec::new(),
                capitals: words.len() == 1 && text.get(n.full).chars().filter(|c| c.is_uppercase()).count() > 1,
                words,
            });
        }
        for m in &member.reading.names.mentions {
            if let Some(item) = items.get_mut(from + m.name) {
                item.mentions.push((m.span, m.proper));
            }
        }
    }
    items
}

fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = lexicon::fold(name)
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '(' | ')'))
        .map(|w| w.trim_matches(|c: char| matches!(c, '\'' | '-')))
        .map(|w| if w.chars().filter(|c| *c == '.').count() == 1 { w.trim_end_matches('.') } else { w })
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words
}
