//! Statements as rows, and one utterance recognised across reports: trimmed, lightly edited, translated or told indirectly.

use super::names::Cast;
use super::versions::Told;
use super::{Decision, Evidence, Grouping, Member, RowId, Ruling, StatementRow, speakers};
use crate::lang::en::speech::{self, Class};
use crate::reading::{Speech, TokenKind};
use crate::text::Span;
use crate::when::When;
use std::collections::{BTreeMap, BTreeSet};

/// Words of a row that it is looked up by, rarest first. guess: five find light edits; more find only chance.
const LOOKED_UP: usize = 5;
/// Rows under one word that are compared; beyond that the word is too common to tell utterances. guess.
const MOST_ROWS: usize = 64;
/// Days apart at which equal words are two utterances. guess: a phrase comes back in a campaign, a report does not run that late.
const APART: i32 = 4;

/// Returns a row for each stretch of each statement's content, with what came of the decisions about speakers.
pub(super) fn rows(
    (members, grouping): (&[Member], &Grouping),
    cast: &Cast,
    versions: &[(Told, Told)],
    decisions: &[Decision],
) -> (Vec<StatementRow>, Vec<Ruling>) {
    let mut rows = Vec::new();
    for (report, member) in members.iter().enumerate() {
        for (n, content) in stretches(member) {
            let statement = &member.reading.statements[n];
            let id = RowId::new('s', member.report.id, content, "");
            let evidence = Evidence::one(report, statement.passage);
            let support = evidence.support(members, grouping);
            let speaker = statement.speaker.map(|name| cast.of(report, name));
            rows.push(StatementRow {
                id,
                report,
                statement: n,
                content,
                speaker,
                decided: None,
                utterance: id,
                support,
                evidence,
            });
        }
    }
    let rulings = speakers::settle((members, grouping), cast, versions, decisions, &mut rows);
    join(members, grouping, versions, &mut rows);
    (rows, rulings)
}

/// Returns the stretches of what was said in a report, each with the number of its statement.
pub(super) fn stretches(member: &Member) -> impl Iterator<Item = (usize, Span)> {
    let numbered = member.reading.statements.iter().enumerate();
    numbered.flat_map(move |(n, s)| s.content.iter().map(move |&content| (n, without_that(member, s.kind, content))))
}

/// Leaves out the "that" which leads from the cue to what was said.
fn without_that(member: &Member, kind: Speech, content: Span) -> Span {
    let text = &member.report.text;
    let told = text.get(content);
    let lead = told.get(..5).filter(|lead| kind != Speech::Direct && lead.eq_ignore_ascii_case("that "));
    let rest = lead.and_then(|_| text.trim(text.span(content.start() + 5, content.end())?));
    rest.unwrap_or(content)
}

/// Gives the rows of one utterance one id, and counts who carries it.
fn join(members: &[Member], grouping: &Grouping, versions: &[(Told, Told)], rows: &mut [StatementRow]) {
    let mut stories: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, row) in rows.iter().enumerate() {
        stories.entry(grouping.story[row.report]).or_default().push(n);
    }
    let mut first: Vec<usize> = (0..rows.len()).collect();
    for story in stories.values() {
        let said: Vec<Said<'_>> = story.iter().map(|&n| Said::of(members, &rows[n])).collect();
        for (a, b) in pairs(&said) {
            let (a, b) = (root(&first, story[a]), root(&first, story[b]));
            first[a.max(b)] = a.min(b);
        }
    }
    for (a, b) in of_copies(rows, versions) {
        let (a, b) = (root(&first, a), root(&first, b));
        first[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for n in 0..rows.len() {
        groups.entry(root(&first, n)).or_default().push(n);
    }
    for group in groups.into_values().filter(|g| g.len() > 1) {
        let Some(evidence) = Evidence::of(group.iter().flat_map(|&n| rows[n].evidence.cites().to_vec())) else {
            continue;
        };
        let support = evidence.support(members, grouping);
        // The smallest id, so that the order of reports does not matter.
        let utterance = group.iter().map(|&n| rows[n].id).min().unwrap_or(rows[group[0]].id);
        for n in group {
            rows[n].utterance = utterance;
            rows[n].support = support;
        }
    }
}

/// Returns the pairs of rows of a copy and its original that tell one utterance: stretch by stretch.
fn of_copies(rows: &[StatementRow], versions: &[(Told, Told)]) -> Vec<(usize, usize)> {
    let mut of: BTreeMap<Told, Vec<usize>> = BTreeMap::new();
    for (n, row) in rows.iter().enumerate() {
        of.entry((row.report, row.statement)).or_default().push(n);
    }
    let stretches = |told: &Told| of.get(told).map(Vec::as_slice).unwrap_or_default();
    versions.iter().flat_map(|(a, b)| stretches(a).iter().copied().zip(stretches(b).iter().copied())).collect()
}

fn root(first: &[usize], mut n: usize) -> usize {
    while first[n] != n {
        n = first[n];
    }
    n
}

/// What tells one utterance from another.
struct Said<'a> {
    report: usize,
    speaker: Option<usize>,
    quoted: bool,
    silent: bool,
    when: Option<&'a When>,
    /// Stems of its words, closed classes left out; sorted, each once.
    stems: Vec<&'a str>,
    numbers: BTreeSet<&'a str>,
    negated: bool,
}

impl Said<'_> {
    fn of<'a>(members: &'a [Member], row: &StatementRow) -> Said<'a> {
        let reading = &members[row.report].reading;
        let statement = &reading.statements[row.statement];
        let (stems, numbers, negated) = words(members, row.report, row.content);
        Said {
            report: row.report,
            speaker: row.speaker,
            quoted: statement.kind != Speech::Indirect,
            silent: statement.act.is_silence(),
            when: statement.said.as_ref(),
            stems,
            numbers,
            negated,
        }
    }
}

fn words(members: &[Member], report: usize, content: Span) -> (Vec<&str>, BTreeSet<&str>, bool) {
    let words = &members[report].reading.words;
    let (mut stems, mut numbers, mut negated) = (Vec::new(), BTreeSet::new(), false);
    for n in words.inside(content) {
        let word = words.lower(n);
        match words.tokens[n].kind {
            TokenKind::Number => {
                numbers.insert(word);
            }
            TokenKind::Word => {
                negated |=
                    matches!(word, "not" | "no" | "never" | "nobody" | "nothing" | "none" | "cannot" | "without")
                        || word.ends_with("n't")
                        || word.ends_with("n’t");
                let closed = matches!(speech::class(word), Some(class) if !matches!(class, Class::Verb | Class::Time));
                if !closed && word.len() > 1 {
                    stems.push(stem(word));
                }
            }
            TokenKind::Mark => {}
        }
    }
    stems.sort_unstable();
    stems.dedup();
    (stems, numbers, negated)
}

/// Cuts the commonest endings, so that "closing" and "closed" are one word.
fn stem(word: &str) -> &str {
    for ending in ["ing", "ed", "es", "ly", "s", "e"] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.chars().count() >= 3
            && !rest.ends_with('s')
        {
            return rest;
        }
    }
    word
}

/// The words of a story's rows as numbers in alphabetical order, so that comparing two rows compares no strings.
struct Stems {
    /// In how many rows each stands.
    count: Vec<u32>,
    /// A word in many rows weighs less: 16 in one row, 8 in two or three, 5 in four to seven.
    weight: Vec<u32>,
    /// The words of each row, sorted.
    of_row: Vec<Vec<u32>>,
}

impl Stems {
    fn of(said: &[Said<'_>]) -> Stems {
        let mut number: BTreeMap<&str, u32> = said.iter().flat_map(|s| &s.stems).map(|s| (*s, 0)).collect();
        number.values_mut().zip(0..).for_each(|(slot, n)| *slot = n);
        let of_row: Vec<Vec<u32>> =
            said.iter().map(|s| s.stems.iter().filter_map(|s| number.get(s).copied()).collect()).collect();
        let mut count = vec![0; number.len()];
        of_row.iter().flatten().for_each(|&s| count[s as usize] += 1);
        let weight = count.iter().map(|c: &u32| 16 / (1 + c.max(&1).ilog2())).collect();
        Stems { count, weight, of_row }
    }

    fn weigh(&self, stems: &[u32]) -> u32 {
        stems.iter().map(|&s| self.weight[s as usize]).sum()
    }

    /// Returns how many words two rows share, and what these weigh.
    fn shared(&self, a: usize, b: usize) -> (usize, u32) {
        let (mut a, mut b) = (self.of_row[a].as_slice(), self.of_row[b].as_slice());
        let (mut words, mut weight) = (0, 0);
        while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
            if x == y {
                words += 1;
                weight += self.weight[*x as usize];
            }
            (a, b) = (if x <= y { rest_a } else { a }, if y <= x { rest_b } else { b });
        }
        (words, weight)
    }
}

/// Returns the pairs of rows of one story that are one utterance.
fn pairs(said: &[Said<'_>]) -> Vec<(usize, usize)> {
    let stems = Stems::of(said);
    let weights: Vec<u32> = stems.of_row.iter().map(|s| stems.weigh(s)).collect();
    let mut rows_with: Vec<Vec<usize>> = vec![Vec::new(); stems.count.len()];
    let mut out = Vec::new();
    for (b, here) in stems.of_row.iter().enumerate() {
        let count = |s: &u32| stems.count[*s as usize];
        let mut rare = here.clone();
        rare.sort_by_key(|s| (count(s) < 2, count(s), *s));
        rare.truncate(LOOKED_UP);
        let mut near: Vec<usize> = rare.iter().flat_map(|s| &rows_with[*s as usize]).copied().collect();
        near.sort_unstable();
        near.dedup();
        let same = |&a: &usize| one_utterance(&said[a], &said[b], weights[a].min(weights[b]), || stems.shared(a, b));
        out.extend(near.into_iter().filter(same).map(|a| (a, b)));
        for stem in here {
            let rows = &mut rows_with[*stem as usize];
            if rows.len() < MOST_ROWS {
                rows.push(b);
            }
        }
    }
    out
}

/// Says whether two rows tell one utterance: one's words are in the other's, more strictly the less is known of the speaker.
///
/// `smaller` is the lighter one's weight; `shared` gives how many words they share and the weight of these.
fn one_utterance(a: &Said<'_>, b: &Said<'_>, smaller: u32, shared: impl Fn() -> (usize, u32)) -> bool {
    if a.report == b.report || smaller == 0 || a.silent != b.silent {
        return false;
    }
    let (shared, common) = shared();
    let percent = common * 100 / smaller;
    let numbers_differ = !a.numbers.is_empty() && !b.numbers.is_empty() && a.numbers.is_disjoint(&b.numbers);
    let turned = a.negated != b.negated && percent < 90;
    let apart = matches!((a.when, b.when), (Some(x), Some(y)) if (x.from() - y.to()).get_days() >= APART || (y.from() - x.to()).get_days() >= APART);
    if numbers_differ || turned || apart {
        return false;
    }
    let quoted = a.quoted && b.quoted;
    let short = a.stems.len().min(b.stems.len()) <= 3;
    let (least_percent, least_words) = match (a.speaker, b.speaker) {
        (Some(x), Some(y)) if x == y && short => (100, 2),
        (Some(x), Some(y)) if x == y && quoted => (45, 3),
        (Some(x), Some(y)) if x == y => (60, 4),
        // Two names that were not joined may be one, misspelt: only the very words tell.
        (Some(_), Some(_)) => (if quoted { 85 } else { 101 }, 5),
        _ if quoted => (70, 4),
        _ => (80, 5),
    };
    percent >= least_percent && shared >= least_words
}
