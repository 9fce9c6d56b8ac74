//! Figures as rows, and figures of one quantity joined into series.

use super::names::Cast;
use super::wholes::{change, is_expected, is_whole, state_of};
use super::{Cite, Evidence, FigureRow, Follows, Grouping, Member, Party, RowId, StatementRow};
use crate::lang::en::names as lexicon;
use crate::lang::en::numbers::{person, same_thing, singular};
use crate::lang::en::speech;
use crate::reading::{Figure, TokenKind, Voice};
use crate::text::Span;
use crate::when::{Day, When};
use std::collections::{BTreeMap, BTreeSet};

/// Returns a row for each figure of each report that counts or measures a thing; lengths of time and ages are left out.
pub fn rows(members: &[Member], grouping: &Grouping, cast: &Cast, statements: &[StatementRow]) -> Vec<FigureRow> {
    let decided: Vec<&StatementRow> = statements.iter().filter(|s| s.decided.is_some()).collect();
    let mut rows = Vec::new();
    for (report, member) in members.iter().enumerate() {
        for (n, figure) in member.reading.figures.iter().enumerate() {
            let names_nothing = figure.what.is_none() && figure.unit.is_none();
            // "One of the men" counts nobody.
            let of_many = figure.value < 1.5 && figure.head.as_deref().is_some_and(|h| h.starts_with("of/"));
            if figure.is_time() || names_nothing || of_many {
                continue;
            }
            let id = RowId::new('f', member.report.id, figure.span, "");
            let evidence = Evidence::one(report, figure.passage);
            let as_read = || {
                figure.according_to.as_ref().and_then(|a| match a.name {
                    Some(name) => Some(Party::Entity(cast.of(report, name))),
                    None => gives_figures(member, a.words).then_some(Party::Words(Cite { report, span: a.words })),
                })
            };
            let is_here = |s: &&&StatementRow| s.report == report && is_speakers(member, s.statement, figure);
            let according_to = match decided.iter().find(is_here) {
                Some(statement) => statement.speaker.map(Party::Entity),
                None => as_read(),
            };
            let support = evidence.support(members, grouping);
            rows.push(FigureRow { id, report, figure: n, series: id, according_to, follows: None, support, evidence });
        }
    }
    join(members, grouping, cast, &mut rows);
    rows
}

/// Says whether a figure stands in a statement and rests on whoever is read as its speaker.
fn is_speakers(member: &Member, statement: usize, figure: &Figure) -> bool {
    let said = &member.reading.statements[statement];
    let Some(party) = figure.according_to.as_ref().filter(|_| figure.voice == Voice::Statement(statement)) else {
        return false;
    };
    (party.name.is_some() && party.name == said.speaker) || said.source.is_some_and(|s| s.overlaps(party.words))
}

/// Says whether words may name who gives a figure: a phrase, or one word for people, an office or a body.
fn gives_figures(member: &Member, words: Span) -> bool {
    let told = member.report.text.get(words).to_lowercase();
    let mut each = told.split_whitespace();
    let (Some(word), None) = (each.next(), each.next()) else { return true };
    let people = singular(word).is_some_and(|one| person(&one).is_some());
    people || lexicon::is_role(word) || lexicon::organization_head(word) || matches!(word, "police" | "authorities")
}

/// Returns the figure of a row.
pub(super) fn figure<'a>(members: &'a [Member], row: &FigureRow) -> &'a Figure {
    &members[row.report].reading.figures[row.figure]
}

/// Returns the thing a figure counts, as printed but for what only makes a sentence of it: "cars stuck in the tunnel" of
/// "cars were stuck in the tunnel".
pub fn counted(member: &Member, figure: &Figure) -> Option<String> {
    let told = member.report.text.get(figure.what?);
    // A headline in capitals: "12 HURT".
    let lower = told.to_lowercase();
    let told = if told.chars().any(char::is_lowercase) { told } else { lower.as_str() };
    let mut words: Vec<&str> = told.split_whitespace().collect();
    // "the number of people taken ill" counts people taken ill.
    if matches!(words[..], ["number" | "numbers" | "count" | "tally", "of", _, ..]) {
        words.drain(..2);
    }
    let is_be = |w: &str| matches!(w, "was" | "were" | "is" | "are" | "been" | "being");
    if let Some(at) = words.iter().position(|w| is_be(w)).filter(|at| *at > 0 && at + 1 < words.len()) {
        let has = |w: &str| matches!(w, "has" | "have" | "had" | "now" | "still");
        let from = (1..at).rev().take_while(|&n| has(words[n])).last().unwrap_or(at);
        let to = (at + 1..words.len() - 1).take_while(|&n| matches!(words[n], "now" | "been" | "being")).last();
        words.drain(from..=to.unwrap_or(at));
    }
    Some(words.join(" "))
}

/// Returns the words in a measured figure's sentence that say what is measured: "offer" for "raised its offer to 5 percent".
pub fn topic(member: &Member, figure: &Figure) -> Option<String> {
    let head = figure.head.as_deref()?;
    let words = &member.reading.words;
    let stems: Vec<&str> = head.split(['/', '+', ' ', ',']).skip(1).filter(|s| s.len() > 3).collect();
    // Near the figure only: a passage may be very long.
    let at = words.tokens.partition_point(|t| t.span.end() <= figure.span.start());
    let sentence = words.inside(figure.passage);
    let inside = sentence.start.max(at.saturating_sub(24))..sentence.end.min(at + 12);
    let (from, alike) = (inside.start, |n: usize| {
        let lower = words.lower(n);
        stems.iter().any(|s| {
            let stem: String = s.chars().take(5).collect();
            lower.starts_with(&stem) || lower.len() > 3 && s.starts_with(lower)
        })
    });
    let at = inside
        .clone()
        .find(|&n| alike(n) && words.tokens[n].kind == TokenKind::Word && !words.lower(n).ends_with("ed"))?;
    // One word before it belongs to it if it is no article and no small word: "insurance claims".
    let before = at.checked_sub(1).filter(|&b| b >= from && words.tokens[b].kind == TokenKind::Word);
    let joined = before.filter(|&b| speech::class(words.lower(b)).is_none() && words.lower(b).len() > 3);
    let joined = joined.filter(|&b| !words.lower(b).ends_with("ed"));
    let span = words.tokens[joined.unwrap_or(at)].span.cover(words.tokens[at].span);
    Some(member.report.text.get(span).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The day of a report, unknown ones last.
fn day(members: &[Member], row: &FigureRow) -> (bool, Option<Day>) {
    let day = members[row.report].report.when().map(|w| w.from());
    (day.is_none(), day)
}

/// Gives the figures of one quantity one series, named after the earliest, and counts who carries each value.
fn join(members: &[Member], grouping: &Grouping, cast: &Cast, rows: &mut [FigureRow]) {
    let mut quantities: BTreeMap<(usize, &str, &str, bool), Vec<usize>> = BTreeMap::new();
    for (n, row) in rows.iter().enumerate() {
        let f = figure(members, row);
        let (Some(head), Some(unit)) = (f.head.as_deref(), f.unit.as_deref()) else { continue };
        // "40 votes to 9" are two counts, not one that changed.
        if head != "vote" {
            let key = (grouping.story[row.report], head, same_thing(unit), is_expected(members, row));
            quantities.entry(key).or_default().push(n);
        }
    }
    for ((_, head, ..), of_quantity) in quantities {
        let things = one_quantity(members, rows, head, &of_quantity);
        let parted: Vec<_> = things.iter().flat_map(|of_thing| by_place(members, cast, rows, of_thing)).collect();
        for series in parted {
            let first = series.iter().min_by_key(|&&n| (day(members, &rows[n]), rows[n].id));
            let Some(first) = first.map(|&n| &rows[n]) else { continue };
            let id = RowId::new('q', members[first.report].report.id, figure(members, first).span, head);
            let supports = supports(members, grouping, rows, &series);
            let follows = follow(members, grouping, rows, &series);
            series.iter().for_each(|&n| rows[n].series = id);
            supports.into_iter().for_each(|(n, support)| rows[n].support = support);
            follows.into_iter().for_each(|(n, follows)| rows[n].follows = Some(follows));
        }
    }
}

/// Joins figures of one head into series: all that count the whole in a state that everybody counts alike; else those of
/// one value, and those that one sentence tells as a change.
fn one_quantity(members: &[Member], rows: &[FigureRow], head: &str, of_quantity: &[usize]) -> Vec<Vec<usize>> {
    let running = state_of(head).is_some_and(|s| s.shared && s.updates());
    // What holds rows together: the whole, or a value.
    let mut joined: Vec<(BTreeSet<Option<u64>>, Vec<usize>)> = Vec::new();
    for (at, &n) in of_quantity.iter().enumerate() {
        let row = &rows[n];
        let value = figure(members, row).value.to_bits();
        let mut bonds = BTreeSet::from([Some(value)]);
        if running {
            bonds = BTreeSet::from([Some(value).filter(|_| !is_whole(members, row))]);
        }
        let before = at.checked_sub(1).map(|b| of_quantity[b]).filter(|&b| change(members, &rows[b], row).is_some());
        let mut mine = vec![n];
        while let Some(at) = joined
            .iter()
            .position(|(known, rows)| !known.is_disjoint(&bonds) || before.is_some_and(|b| rows.contains(&b)))
        {
            let (known, mut more) = joined.swap_remove(at);
            bonds.extend(known);
            more.append(&mut mine);
            mine = more;
        }
        joined.push((bonds, mine));
    }
    for (_, mine) in &mut joined {
        mine.sort_unstable();
    }
    joined.into_iter().map(|(_, mine)| mine).collect()
}

/// Parts figures by place where one report tells different values of different places; else keeps them together.
fn by_place(members: &[Member], cast: &Cast, rows: &[FigureRow], of_quantity: &[usize]) -> Vec<Vec<usize>> {
    let place = |n: usize| {
        let row = &rows[n];
        let span = figure(members, row).place?;
        members[row.report].reading.names.at(span).map(|name| cast.of(row.report, name))
    };
    let mut told: BTreeMap<usize, BTreeSet<(usize, u64)>> = BTreeMap::new();
    for &n in of_quantity {
        if let Some(place) = place(n) {
            told.entry(rows[n].report).or_default().insert((place, figure(members, &rows[n]).value.to_bits()));
        }
    }
    let parted = told.values().any(|s| {
        let places: BTreeSet<usize> = s.iter().map(|p| p.0).collect();
        let values: BTreeSet<u64> = s.iter().map(|p| p.1).collect();
        places.len() > 1 && values.len() > 1
    });
    if !parted {
        return vec![of_quantity.to_vec()];
    }
    let mut groups: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for &n in of_quantity {
        groups.entry(place(n)).or_default().push(n);
    }
    groups.into_values().collect()
}

/// Counts, for each row of a series, who carries its value for a day that may be the same.
fn supports(
    members: &[Member],
    grouping: &Grouping,
    rows: &[FigureRow],
    series: &[usize],
) -> Vec<(usize, super::Support)> {
    type ByDay<'w> = BTreeMap<Option<&'w When>, Vec<usize>>;
    let mut same: BTreeMap<(u64, u64), ByDay<'_>> = BTreeMap::new();
    for &n in series {
        let f = figure(members, &rows[n]);
        let value = (f.value.to_bits(), f.modifier as u64);
        same.entry(value).or_default().entry(f.as_of.as_ref()).or_default().push(n);
    }
    let mut out = Vec::new();
    for by_day in same.values() {
        for (day, mine) in by_day {
            let meets = |other: &Option<&When>| day.zip(*other).is_none_or(|(a, b)| a.meets(b));
            let all = by_day.iter().filter(|(other, _)| meets(other)).flat_map(|(_, rows)| rows);
            let cites = all.flat_map(|&n| rows[n].evidence.cites().iter().copied());
            let support = Evidence::of(cites).map(|e| e.support(members, grouping));
            out.extend(support.into_iter().flat_map(|s| mine.iter().map(move |&n| (n, s))));
        }
    }
    out
}

/// Says what each figure of a series is to the one before it, in order of the days they hold for, then of their reports.
fn follow(members: &[Member], grouping: &Grouping, rows: &[FigureRow], series: &[usize]) -> Vec<(usize, Follows)> {
    let published = |n: usize| members[rows[n].report].report.when().map(When::to);
    let holds = |n: usize| figure(members, &rows[n]).as_of.as_ref().map(When::to).or_else(|| published(n));
    let mut order: Vec<usize> = series.iter().copied().filter(|&n| holds(n).is_some()).collect();
    order.sort_by_key(|&n| (holds(n), published(n), members[rows[n].report].report.id, rows[n].figure));
    let value = |n: usize| figure(members, &rows[n]).value.to_bits();
    let same_source = |a: usize, b: usize| match (&rows[a].according_to, &rows[b].according_to) {
        (None, None) => grouping.independent[rows[a].report] == grouping.independent[rows[b].report],
        (Some(Party::Entity(a)), Some(Party::Entity(b))) => a == b,
        (Some(Party::Words(a)), Some(Party::Words(b))) => {
            let words = |c: &Cite| members[c.report].report.text.get(c.span).to_lowercase();
            words(a) == words(b)
        }
        _ => false,
    };
    let mut known: BTreeSet<u64> = BTreeSet::new();
    let mut found = Vec::new();
    for (at, &n) in order.iter().enumerate() {
        let is_new = known.insert(value(n));
        let Some(&before) = at.checked_sub(1).and_then(|b| order.get(b)) else { continue };
        // Of what is told of the same day, the source's own value in an earlier report.
        let mut of_day = order[..at].iter().rev().take_while(|&&b| holds(b) == holds(n));
        let follows = match () {
            () if !is_new => Follows::Repeated,
            // "Fell from 6 to 4": the report tells the change, if not the days.
            () if holds(before) != holds(n) || change(members, &rows[before], &rows[n]).is_some() => Follows::New,
            () if of_day.any(|&b| rows[b].report != rows[n].report && same_source(b, n)) => Follows::Revision,
            () => Follows::Other,
        };
        found.push((n, follows));
    }
    found
}
