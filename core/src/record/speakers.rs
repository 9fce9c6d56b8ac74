//! Who said a statement, as people decided it: somebody else than was read, or not the one who is printed. The words stay the
//! evidence; that a person put the speaker there is told with the row.

use super::names::{Cast, folded};
use super::versions::Told;
use super::{Decision, Effect, Entity, Grouping, Member, RowId, Ruling, StatementRow, Subject, Verdict};
use crate::lang::en::names as lexicon;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What a person decided of a statement's speaker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecidedSpeaker {
    /// Who said it, in the words of the person who decided it; none where the row has an entity for it, and where it is only
    /// known who did not say it.
    pub name: Option<String>,
    /// Who decided what, when and why.
    pub ground: String,
}

/// Returns the id of a statement that a decision names, and that of its report where that is told: `s-…@…`.
pub fn place(named: &str) -> (&str, Option<&str>) {
    named.split_once('@').map_or((named, None), |(statement, report)| (statement, Some(report)))
}

/// Says whether words look like the id of a statement, with that of its report or without.
pub fn is_statement_id(words: &str) -> bool {
    let (statement, report) = place(words);
    let is_hex = |s: &str| s.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'));
    let is_statement = statement.strip_prefix("s-").is_some_and(|hash| hash.len() == 16 && is_hex(hash));
    is_statement && report.is_none_or(|report| report.len() == 32 && is_hex(report))
}

/// Returns the ids of a report's statements, one a stretch of what was said, and the stretch.
pub fn statement_ids(member: &Member) -> Vec<(RowId, Span)> {
    let stretches = super::statements::stretches(member);
    stretches.map(|(_, content)| (RowId::new('s', member.report.id, content, ""), content)).collect()
}

/// What holds of one statement.
#[derive(Clone, Debug, Default)]
struct Held {
    /// The ruling that says who said it: an index.
    said: Option<usize>,
    /// The rulings that say who did not.
    not: Vec<usize>,
}

/// Settles the decisions, the last first, and gives the rows their speakers. What holds of a statement holds of the same one
/// in copies of its report, and in the original, unless somebody decided about that itself.
pub(super) fn settle(
    (members, grouping): (&[Member], &Grouping),
    cast: &Cast,
    versions: &[(Told, Told)],
    decisions: &[Decision],
    rows: &mut [StatementRow],
) -> Vec<Ruling> {
    let about = decisions.iter().filter(|d| d.subject() == Subject::Speakers);
    let mut rulings: Vec<Ruling> = about.map(|d| found(members, rows, d)).collect();
    rulings.iter_mut().for_each(|ruling| refuse(grouping, cast, ruling));
    let named: Vec<Named> = rulings.iter().map(|r| Named::of(grouping, cast, story(grouping, r), r)).collect();
    let mut held: BTreeMap<Told, Held> = BTreeMap::new();
    for n in (0..rulings.len()).rev() {
        let Some(told) = row_of(rows, &rulings[n]) else { continue };
        let of = held.entry(told).or_default();
        let is_same = |other: &usize| named[*other].may_be(cast, &named[n]);
        let says = rulings[n].decision.verdict == Verdict::SaidBy;
        let later =
            if says { of.said.or(of.not.iter().copied().find(|o| is_same(o))) } else { of.said.filter(|o| is_same(o)) };
        match later {
            Some(later) => {
                let line = rulings[later].decision.line;
                let note = format!("line {line}, which is later, says otherwise; that one holds");
                (rulings[n].effect, rulings[n].note) = (Effect::Overruled, note);
                rulings[n].statements.clear();
            }
            None if says => of.said = Some(n),
            None => of.not.push(n),
        }
    }
    for (told, ruling, is_own) in spread(&held, versions) {
        give((members, grouping), cast, rows, told, (&mut rulings[ruling], is_own));
    }
    rulings
}

/// Looks up the statement of a decision.
fn found(members: &[Member], rows: &[StatementRow], decision: &Decision) -> Ruling {
    let (statement, report) = place(&decision.a);
    let is_there = |r: &&StatementRow| {
        report.is_none_or(|id| members[r.report].report.id.to_string() == id) && r.id.to_string() == statement
    };
    match rows.iter().find(is_there) {
        Some(row) => {
            let (reports, statements) = (vec![row.report], vec![row.id]);
            Ruling { reports, statements, ..Ruling::of(decision, Effect::Holds) }
        }
        None => {
            let note = format!("no report has the statement {statement}; it will hold when one does");
            Ruling { note, ..Ruling::of(decision, Effect::Waits) }
        }
    }
}

/// Returns the story of the statement that a ruling names; the first where it names none.
fn story(grouping: &Grouping, ruling: &Ruling) -> usize {
    ruling.reports.first().map_or(0, |&report| grouping.story[report])
}

/// Says of a ruling that it cannot be if several are called as it says: then it holds of nothing, and overrules nothing.
fn refuse(grouping: &Grouping, cast: &Cast, ruling: &mut Ruling) {
    let says = ruling.decision.verdict == Verdict::SaidBy && ruling.effect == Effect::Holds;
    if says && Named::of(grouping, cast, story(grouping, ruling), ruling).bearers.len() > 1 {
        let note = format!("several are called “{}” in its story; name one by its id", ruling.decision.b);
        (ruling.effect, ruling.note) = (Effect::Impossible, note);
        ruling.statements.clear();
    }
}

/// Whom a ruling names.
struct Named {
    /// The words of the person who decided it.
    name: String,
    /// Who bears that name in a story.
    bearers: Vec<usize>,
}

impl Named {
    fn of(grouping: &Grouping, cast: &Cast, story: usize, ruling: &Ruling) -> Named {
        let name = ruling.decision.b.clone();
        Named { bearers: bearers(grouping, cast, story, &name), name }
    }

    /// Says whether two may be one: one bearer, or, where one has none, names of which one holds the other.
    fn may_be(&self, cast: &Cast, other: &Named) -> bool {
        if !self.bearers.is_empty() && !other.bearers.is_empty() {
            return self.bearers.iter().any(|e| other.bearers.contains(e));
        }
        let names = |of: &Named| -> Vec<String> {
            let borne: Vec<String> = of.bearers.iter().map(|&e| cast.entities[e].name.clone()).collect();
            if borne.is_empty() { vec![of.name.clone()] } else { borne }
        };
        names(self).iter().any(|a| names(other).iter().any(|b| may_be_one(a, b)))
    }
}

fn row_of(rows: &[StatementRow], ruling: &Ruling) -> Option<Told> {
    let id = ruling.statements.first()?;
    rows.iter().find(|r| r.id == *id).map(|r| (r.report, r.statement))
}

/// Returns which ruling holds of which statement, and whether it names the statement itself: first the statements named, then
/// the same ones in copies and originals, near before far.
fn spread(held: &BTreeMap<Told, Held>, versions: &[(Told, Told)]) -> Vec<(Told, usize, bool)> {
    let each = |of: &Held| of.not.iter().copied().chain(of.said).collect::<Vec<_>>();
    let own: Vec<(Told, Vec<usize>)> = held.iter().map(|(told, of)| (*told, each(of))).collect();
    let mut met: BTreeSet<Told> = held.keys().copied().collect();
    let mut out: Vec<(Told, usize, bool)> =
        own.iter().flat_map(|(told, rulings)| rulings.iter().map(|&r| (*told, r, true))).collect();
    let mut last = own;
    while !last.is_empty() {
        let mut next: Vec<(Told, Vec<usize>)> = Vec::new();
        for (told, rulings) in last {
            let near = versions.iter().filter_map(|&(a, b)| if a == told { Some(b) } else { (b == told).then_some(a) });
            for other in near {
                if met.insert(other) {
                    out.extend(rulings.iter().map(|&r| (other, r, false)));
                    next.push((other, rulings.clone()));
                }
            }
        }
        last = next;
    }
    out
}

/// Gives the rows of a statement the speaker that a ruling says.
fn give(
    (members, grouping): (&[Member], &Grouping),
    cast: &Cast,
    rows: &mut [StatementRow],
    told: Told,
    (ruling, is_own): (&mut Ruling, bool),
) {
    if ruling.effect != Effect::Holds {
        return;
    }
    let name = ruling.decision.b.clone();
    let says = ruling.decision.verdict == Verdict::SaidBy;
    // Copies in other stories get whom the statement that was named gets.
    let speaker = says.then(|| Named::of(grouping, cast, story(grouping, ruling), ruling).bearers.first().copied());
    let speaker = speaker.flatten();
    let denied = Named::of(grouping, cast, grouping.story[told.0], ruling);
    let of = if is_own { String::new() } else { format!(" of the same words in {}", called(members, ruling)) };
    let what = if says { format!("“{name}” said it") } else { format!("“{name}” did not say it") };
    let ground = format!("decided{of}: {what}{}", ruling.decision.told());
    let mut is_met = false;
    for row in rows.iter_mut().filter(|r| (r.report, r.statement) == told) {
        let is_denied = |e: usize| Named { name: String::new(), bearers: vec![e] }.may_be(cast, &denied);
        if !says && !row.speaker.is_some_and(is_denied) {
            continue;
        }
        is_met = true;
        row.speaker = speaker;
        let own_words = (says && speaker.is_none()).then(|| name.clone());
        row.decided = Some(DecidedSpeaker { name: own_words, ground: ground.clone() });
        if !ruling.statements.contains(&row.id) {
            ruling.statements.push(row.id);
        }
    }
    if is_own && !is_met {
        ruling.note = format!("it is not read as words of “{name}” anyway");
    }
    ruling.entities.extend(speaker.filter(|_| is_own));
    ruling.entities.dedup();
}

/// Returns what to call the report that a ruling names.
fn called(members: &[Member], ruling: &Ruling) -> String {
    ruling.reports.first().map(|&r| members[r].report.called().into_owned()).unwrap_or_default()
}

/// Returns who bears a name or an id in a story, as it is written, else without the titles before it: none if nobody does,
/// several if it does not tell them apart.
fn bearers(grouping: &Grouping, cast: &Cast, story: usize, name: &str) -> Vec<usize> {
    let all = || 0..cast.entities.len();
    if let Some(of_id) = all().find(|&e| cast.entities[e].id.to_string() == name) {
        return vec![of_id];
    }
    let in_story = |e: &usize| cast.entities[*e].mentions.iter().any(|c| grouping.story[c.report] == story);
    let called = |name: &str| -> Vec<usize> {
        let of_form: Vec<usize> = all().filter(|&e| is_called(&cast.entities[e], name)).filter(in_story).collect();
        let of_name = of_form.iter().copied().filter(|&e| folded(&cast.entities[e].name) == folded(name));
        let of_name: Vec<usize> = of_name.collect();
        if of_name.len() == 1 { of_name } else { of_form }
    };
    let as_written = called(name);
    if as_written.is_empty() { called(&untitled(name)) } else { as_written }
}

/// Says whether a name, as a person wrote it, is one of somebody's, or an id theirs.
fn is_called(of: &Entity, name: &str) -> bool {
    of.id.to_string() == name || std::iter::once(&of.name).chain(&of.aliases).any(|form| folded(form) == folded(name))
}

/// Returns a name without the titles and offices before it: "Ann Lund" for "Ms Ann Lund".
fn untitled(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_title = |word: &&&str| {
        let word = lexicon::fold(word);
        lexicon::title(&word).is_some() || lexicon::modifies_role(&word)
    };
    let titles = words.iter().take_while(is_title).count();
    words[titles.min(words.len().saturating_sub(1))..].join(" ")
}

/// Says whether a name, as a person wrote it, may be somebody's.
pub(in crate::record) fn may_mean(of: &Entity, name: &str) -> bool {
    is_called(of, name) || is_called(of, &untitled(name)) || may_be_one(&of.name, name)
}

/// Says whether two names may be one person's: one, without titles, has all words of the other.
fn may_be_one(a: &str, b: &str) -> bool {
    let words = |name: &str| -> BTreeSet<String> {
        let name = folded(&untitled(name));
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    !a.is_empty() && !b.is_empty() && (a.is_subset(&b) || b.is_subset(&a))
}
